"""Resolves a noun phrase to the person, office or power that acts, under the name of an index.

The scene says who speaks to whom, for which powers, and whose land is spoken of. A phrase that
names nobody who acts, or is ambiguous, gives None: then there is no act.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from regesta.describing.acts.actor import Actor, Scene
from regesta.describing.acts.named import of_capital, of_power, person
from regesta.describing.acts.naming import powers_of
from regesta.describing.acts.pronouns import possessed, pronoun, pronouns, this
from regesta.describing.acts.seats import has_ruler
from regesta.describing.acts.tags import Sentence
from regesta.describing.words import vocabulary, word_set

_WORDS = "acts_actors"
#: What leads another phrase: "the Minister in Norland".
_LEADS = re.compile("[PT]")


def resolve(sentence: Sentence, start: int, end: int, scene: Scene) -> Actor | None:
    """Name who is meant by ``sentence[start:end]``; None where nobody who acts is.

    Args:
        sentence: The tagged sentence.
        start, end: Tokens of a noun phrase.
        scene: Who speaks to whom.
    """
    tags = sentence.tags
    while start < end and tags[start] in "AP":
        start += 1
    if start >= end:
        return None
    titled = not word_set(_WORDS, "recalled").isdisjoint(sentence.lows[start:end])
    if titled or tags[start] in "po" or sentence.lows[start] in pronouns():
        return _resolve(sentence, start, end, scene)  # asks or says who was named last
    words = (tags[start:end], *sentence.words[start:end])
    if words not in scene.known:
        scene.known[words] = _resolve(sentence, start, end, scene)
    return scene.known[words]


def _are_adjectives(spans: list[tuple[int, int]]) -> bool:
    """Whether phrases that are joined to a longer one are of one word each."""
    return all(end - start == 1 for start, end in spans)


@lru_cache(maxsize=1)
def _telling() -> frozenset[str]:
    """A phrase without capitals can name an actor only if it has one of these words."""
    names = ("government", "body", "forces", "excellency", "recalled", "rulers", "foreign_heads")
    phrases = ("post", "home", "host", "own", "sovereign")
    words = vocabulary(_WORDS)
    single = {word for name in names for word in words[name]}
    several = {word for name in phrases for phrase in words[name] for word in phrase.split()}
    return frozenset({*single, *several, *pronouns(), "undersigned", "powers"})


def _resolve(sentence: Sentence, start: int, end: int, scene: Scene) -> Actor | None:
    named = "N" in sentence.tags[start:end] or scene.press
    if not named and _telling().isdisjoint(sentence.lows[start:end]):
        return None
    if not word_set(_WORDS, "salutation").isdisjoint(sentence.lows[start:end]):
        return None  # "Dear Mr. Ambassador" is spoken to, and does nothing
    joint = _joined(sentence, start, end)
    if joint:
        parts = [resolve(sentence, a, b, scene) for a, b in joint]
        if all(part is not None for part in parts):
            names = list(dict.fromkeys(part.name for part in parts if part))
            sure = min(part.sure for part in parts if part)
            if len(names) == 1:
                return parts[0]
            if parts[-1] is not None and parts[-1].sort == "body" and _are_adjectives(joint[:-1]):
                return _body(sentence, start, end, 0.75)  # "British and Spanish consuls"
            return Actor(", ".join(names), "several", sure * 0.95)
        if parts[-1] is None and len(parts) > 2 and all(part for part in parts[:-1]):
            return _resolve(sentence, start, joint[-2][1], scene)  # "Peru, Chile and the others"
        powers = powers_of(sentence.words[start:end], scene.year)
        governs = sentence.lows[end - 1] in word_set(_WORDS, "government")
        if len(powers) < 2 and not governs:
            return parts[0] if parts[0] is not None and parts[0].sure > 0.8 else None
    return _single(sentence, start, end, scene)


def powers_in(sentence: Sentence, start: int, end: int, scene: Scene) -> Actor | None:
    """The powers that a phrase names: "the Anglo-Spanish agreement"."""
    names = list(dict.fromkeys(n for _, n in powers_of(sentence.words[start:end], scene.year)))
    if not names:
        return None
    return Actor(", ".join(names), "several" if len(names) > 1 else "power", 0.9)


def _joined(sentence: Sentence, start: int, end: int) -> list[tuple[int, int]]:
    tags = sentence.tags
    if tags.find("C", start + 1, end - 1) < 0:
        return []
    cuts = [j for j in range(start + 1, end - 1) if tags[j] in "C,"]
    edges = [start, *(c + 1 for c in cuts)]
    ends = [*cuts, end]
    return [(a, b) for a, b in zip(edges, ends, strict=True) if a < b]


@dataclass(slots=True)
class _Phrase:
    """A noun phrase that names one who acts, looked at from its rules.

    Attributes:
        sentence, start, end: Where it stands.
        lows, words: Its tokens, in lower case and as printed.
        cut: Where another phrase is led in ("the Minister in Norland"), from its beginning.
        noun: Where its "of" stands, or ``cut``.
        head: The noun that it is about.
        heads: All words before ``cut``.
        plain: Its tokens without an article.
        phrase, whole: ``plain`` up to ``cut``, and to the end, as words.
    """

    sentence: Sentence
    start: int
    end: int
    lows: list[str]
    words: list[str]
    cut: int
    noun: int
    head: str
    heads: set[str]
    plain: list[str]
    phrase: str
    whole: str

    @property
    def first(self) -> str:
        """Its first word."""
        return self.lows[0]

    def any_of(self, name: str) -> bool:
        """Whether a word before ``cut`` is of a class of the vocabulary."""
        return not self.heads.isdisjoint(word_set(_WORDS, name))

    def is_of(self, name: str) -> bool:
        """Whether the phrase is one of a list of the vocabulary, with or without what follows."""
        return self.phrase in word_set(_WORDS, name) or self.whole in word_set(_WORDS, name)

    def body(self, sure: float, *, end: int | None = None) -> Actor | None:
        """The phrase under its own words."""
        return _body(self.sentence, self.start, self.end if end is None else end, sure)


def _phrase_of(sentence: Sentence, start: int, end: int) -> _Phrase:
    lows = sentence.lows[start:end]
    led, of = _LEADS.search(sentence.tags, start + 1, end), sentence.tags.find("O", start + 1, end)
    cut = led.start() - start if led is not None else len(lows)
    noun = of - start if of > 0 else cut
    plain = lows[1:] if lows[0] in word_set(_WORDS, "articles") else lows
    return _Phrase(
        sentence, start, end, lows, sentence.words[start:end], cut, noun,
        head=lows[min(cut, noun) - 1],
        heads=set(lows[:cut]),
        plain=plain,
        phrase=" ".join(plain[: cut if plain is lows else cut - 1]),
        whole=" ".join(plain),
    )  # fmt: skip


#: What a rule says of a phrase that it does not know; None is said of one that names nobody.
_NEXT = Actor("", "", 0.0)


def _single(sentence: Sentence, start: int, end: int, scene: Scene) -> Actor | None:
    """Name who is meant by a phrase that joins no two: the first rule that knows it says so."""
    first = sentence.lows[start]
    if first in pronouns() and (end - start == 1 or sentence.tags[start] == "p"):
        return pronoun(first, scene)
    phrase = _phrase_of(sentence, start, end)
    for rule in _RULES:
        actor = rule(phrase, scene)
        if actor is not _NEXT:
            return actor
    return None


def _spoken_of(p: _Phrase, scene: Scene) -> Actor | None:
    """ "The undersigned", "the latter", "your excellency"; private persons are nobody."""
    if "undersigned" in p.heads:
        return scene.speaker
    if p.lows in (["the", "latter"], ["the", "former"]) and scene.recent:
        return scene.recent[-1 if p.lows[1] == "latter" else 0]._replace(sure=0.75)
    if not scene.press and p.any_of("private") and "government" not in p.heads:
        return None
    if not p.any_of("excellency"):
        return _NEXT
    government = word_set(_WORDS, "government")
    if p.noun < len(p.lows) and not government.isdisjoint(p.lows[: p.noun]) and scene.hearer_power:
        # "the government of your excellency"
        return Actor(scene.hearer_power, "power", 0.9, scene.hearer_power)
    if p.first in word_set(_WORDS, "person") and (scene.within or scene.you):
        host = _host("minister", scene) if scene.within else None
        return host or pronoun("he", scene)
    return scene.hearer


def _somebodys(p: _Phrase, scene: Scene) -> Actor | None:
    """ "Our Legation in Norland", "his Government", "my note", "this Government"."""
    governs = p.any_of("government")
    if p.first in pronouns():
        if p.lows[p.cut - 1] in word_set(_WORDS, "post") and p.cut < len(p.lows):
            return p.body(0.75)
        if governs:
            return possessed(p.first, p.lows, scene)
        if p.any_of("paper"):
            return pronoun(p.first, scene)
    any_one = p.first in ("a", "an") and p.head in word_set(_WORDS, "government")
    if any_one and not any(word[:1].isupper() for word in p.words):
        return None  # "a government that claims": any
    if p.first == "this" and governs:
        return this(scene)
    return None if p.any_of("paper") and "government" not in p.heads else _NEXT


def _by_name(p: _Phrase, scene: Scene) -> Actor | None:
    """Persons, powers and capitals: "Mr. Kell", "the Norse Government", "the Vienna Cabinet"."""
    if p.phrase in word_set(_WORDS, "crowned") and (crowned := _crowned(p.phrase, scene)):
        return crowned
    powers_first = p.phrase in word_set(_WORDS, "host") or p.phrase in word_set(_WORDS, "home")
    if not powers_first:
        found = person(p.sentence, p.start, p.start + min(p.cut, p.noun), scene)
        if found is not None:
            return found
        powers = powers_of(p.words, scene.year)
        if powers:
            # "Norland of the seven points": the power before "of" is the one that acts.
            stands = p.noun < p.cut and powers[0][0] < p.noun
            cut = min(p.cut, p.noun) if stands else p.cut
            return of_power(p.lows, p.words, powers, cut, scene)
    seated = of_capital(p.words, p.noun, p.cut, scene) if p.any_of("government") else None
    return seated or _NEXT


def _crowned(phrase: str, scene: Scene) -> Actor | None:
    """Whose "Imperial Government" is meant where the paper shows a side that has a ruler."""
    power = scene.speaker_power
    own = phrase in vocabulary(_WORDS)["self_named"].get(power, ()) or not scene.within
    for side in (power if own else "", scene.host):
        if side and has_ruler(side, scene.year):
            return Actor(side, "power", 0.85, side)
    return None


def _by_station(p: _Phrase, scene: Scene) -> Actor | None:
    """Who is called by what he is: "the Imperial Government", "the Department", "the Legation"."""
    power = scene.speaker_power
    if p.phrase in vocabulary(_WORDS)["self_named"].get(power, ()):
        return Actor(power, "power", 0.9, power)
    if p.phrase in word_set(_WORDS, "own") and not scene.within and power:
        return Actor(power, "power", 0.9, power)
    ruled = scene.host if scene.within else power
    rulers = p.noun < p.cut and p.lows[-1] in word_set(_WORDS, "rulers")
    if rulers and p.head == "government" and ruled:
        return Actor(ruled, "power", 0.85, ruled)  # "the government of the King"
    if p.phrase == "secretary of state" and (other := _secretary(p, scene)) is not _NEXT:
        return other
    if p.is_of("home"):
        return Actor(scene.home, "power", 0.93, scene.home) if scene.home else None
    if p.phrase in scene.titled and p.first in ("the", "this", "that"):
        return scene.titled[p.phrase]._replace(sure=0.75)
    if p.phrase in word_set(_WORDS, "post"):
        another = p.cut < len(p.lows) and p.lows[p.cut] in ("in", "at")
        return p.body(0.75) if another else _envoy(scene)  # "the Legation in Norland"
    if p.head in word_set(_WORDS, "post") and p.heads & {"royal", "imperial", "this"}:
        return _envoy(scene)
    return _host(p.phrase, scene) if p.is_of("host") else _NEXT


def _secretary(p: _Phrase, scene: Scene) -> Actor | None:
    """Whose "Secretary of State" is meant, where he is not the one at Washington.

    One "for Foreign Affairs" never is; to an envoy abroad who says "you" to his own, or whose
    service is another, he is of the land where he is; between two other powers of the writer's.
    """
    if p.lows[p.cut : p.cut + 1] == ["for"] or scene.home not in ("", "United States"):
        return _host(p.phrase, scene)
    ours = scene.speaker_power == scene.home
    if scene.within and scene.host and ((scene.below and scene.you) or not ours):
        return _host(p.phrase, scene)
    foreign = scene.speaker_power not in ("", scene.home)
    if not foreign or scene.home in ("", scene.hearer_power):
        return _NEXT
    return Actor(scene.speaker_power, "power", 0.75, scene.speaker_power)


def _by_body(p: _Phrase, scene: Scene) -> Actor | None:
    """Bodies under their own words: "the treaty powers", "the Council of Defence"."""
    if p.head == "powers" and len(p.plain) > 1:
        return p.body(0.7)
    named = p.words[1 if p.sentence.tags[p.start] == "D" else 0 :]
    if p.head in word_set(_WORDS, "body") and any(word[:1].isupper() for word in named):
        return p.body(0.75)
    speaks = scene.public and bool(scene.speaker_power) and p.head == "government"
    if speaks:
        return Actor(scene.speaker_power, "power", 0.75, scene.speaker_power)
    capital = any(w[:1].isupper() for w in p.words[:-1] if w.lower() not in ("the", "a"))
    if p.head in word_set(_WORDS, "government") and capital:
        return p.body(0.8)
    press = p.head in word_set(_WORDS, "press") or "N" in p.sentence.tags[p.start :][: p.cut]
    return p.body(0.6, end=p.start + p.cut) if scene.press and press else _NEXT


#: From what is surest to what is least.
_RULES: tuple[Callable[[_Phrase, Scene], Actor | None], ...] = (
    _spoken_of, _somebodys, _by_name, _by_station, _by_body,
)  # fmt: skip


def _body(sentence: Sentence, start: int, end: int, sure: float) -> Actor | None:
    """A body under its own words, without what only leads to them or hangs open behind them."""
    tags = sentence.tags
    while start < end and tags[start] in "DA#,(":
        start += 1
    while end > start and tags[end - 1] in "DOPTAC,(":
        end -= 1
    if start >= end or sentence.lows[start] in word_set(_WORDS, "times"):
        return None
    return Actor(sentence.text(start, end - 1), "body", sure)


def body_of(sentence: Sentence, start: int, end: int) -> Actor | None:
    """Those in office whom a phrase without a name means: "the naval commanders"; else None."""
    lows = sentence.lows[start:end]
    if not word_set(_WORDS, "private").isdisjoint(lows):
        return None
    if word_set(_WORDS, "officers").isdisjoint(lows):
        return None
    return _body(sentence, start, end, 0.65)


def _host(phrase: str, scene: Scene) -> Actor | None:
    if scene.superior and phrase in word_set(_WORDS, "sovereign") and scene.speaker_power:
        # An index has the head of one's own state by his office.
        return Actor(phrase.title(), "office", 0.85, scene.speaker_power)
    if not scene.within and scene.speaker_power:
        presides = phrase in word_set(_WORDS, "sovereign") and scene.home == "United States"
        if presides and scene.speaker_power == scene.home:
            return Actor(phrase.title(), "office", 0.85, scene.home)
        if phrase in word_set(_WORDS, "several_ministers"):
            return None  # of which of the two powers is not said
        return Actor(scene.speaker_power, "power", 0.75, scene.speaker_power)
    if not scene.host:
        return None
    sort = "power" if phrase in word_set(_WORDS, "whole_power") else "office"
    return Actor(
        scene.host,
        sort,
        0.88
        if phrase not in ("minister", "president", "government", "governor", "secretary")
        else 0.72,
        scene.host,
    )


def _envoy(scene: Scene) -> Actor | None:
    if scene.within and scene.speaker is not None and not scene.superior:
        return scene.speaker
    if scene.within and scene.superior:
        return scene.hearer
    return scene.speaker
