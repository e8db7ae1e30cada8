"""Who acts: a stretch of tokens and the scene of the document in, a name as an index has it out.

The scene says who speaks to whom, for which powers, and whose land is spoken of. What names no one
who acts, or cannot be resolved, is None: then there is no act.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from regesta.describing.acts.naming import adjectives, called, powers_of
from regesta.describing.acts.seats import has_ruler, seat_of
from regesta.describing.acts.tags import Sentence
from regesta.describing.places.gazetteer import is_post
from regesta.describing.powers.states import speaks_for
from regesta.describing.powers.words import power_of
from regesta.describing.words import vocabulary, word_set
from regesta.documents import Party

_WORDS = "acts_actors"
#: What leads another phrase: "the Minister in Norland".
_LEADS = re.compile("[PT]")
_IN = re.compile(r"\b(?:in|to|at|en|à|aux?|in der|im)\s+(?:the\s+)?([A-ZÀ-Þ][\w’' -]+)")


class Actor(NamedTuple):
    """A name of one who acts.

    Attributes:
        name: As an index has it.
        sort: "person", "power", "body", "several".
        sure: How firmly it is resolved, 0 to 1.
        power: The power it speaks for, or "".
        own: "speaker", "hearer" or "".
    """

    name: str
    sort: str
    sure: float
    power: str = ""
    own: str = ""


@dataclass(slots=True)
class Scene:
    """Who speaks to whom in a document or a quotation of it.

    Attributes:
        speaker, hearer: Names; None where nobody is known.
        speaker_power, hearer_power: The powers they speak for, "" where not known.
        host: The power in whose land the envoy of the two is, or "".
        home: The power whose service writes, or "".
        within: Both are of one service.
        superior, below: The speaker gives the other orders, or takes them.
        press: A newspaper writes: those who act in the streets are named as it names them.
        foreign: Of whom a title tells that he is of another land: "speaker", "hearer" or "".
        public: Addressed to nobody: a statement, proclamation, interview.
        year: Of the document, 0 where not known.
        recent: Those named lately, the last one last.
        known: Who was meant by the words of a phrase without pronouns, found once.
        voice: In what is quoted by a paper, its scene, as long as the quotation goes on.
        capitals: Whether every noun has a capital, as in German: one alone names nobody.
        titled: Who was named last with a title: whom "the commissioner" means.
    """

    speaker: Actor | None = None
    hearer: Actor | None = None
    speaker_power: str = ""
    hearer_power: str = ""
    host: str = ""
    home: str = ""
    within: bool = False
    public: bool = False
    foreign: str = ""
    press: bool = False
    superior: bool = False
    below: bool = False
    year: int = 0
    reporter: Actor | None = None
    recent: list[Actor] = field(default_factory=list)
    known: dict[tuple[str, ...], Actor | None] = field(default_factory=dict)
    voice: "Scene | None" = None
    titled: dict[str, Actor] = field(default_factory=dict)
    capitals: bool = False

    def remember(self, actor: Actor | None) -> None:
        """Keep who was named, for the pronouns that follow."""
        if actor is not None and not actor.own:
            self.recent.append(actor)
            del self.recent[:-6]


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
    if titled or tags[start] in "po" or sentence.lows[start] in _pronouns():
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
    """Words of which a phrase without a capital has one, if it names anybody who acts."""
    names = ("government", "body", "forces", "excellency", "recalled", "rulers")
    phrases = ("post", "home", "host", "own", "sovereign")
    words = vocabulary(_WORDS)
    single = {word for name in names for word in words[name]}
    several = {word for name in phrases for phrase in words[name] for word in phrase.split()}
    return frozenset({*single, *several, *_pronouns(), "undersigned", "powers"})


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


def _single(sentence: Sentence, start: int, end: int, scene: Scene) -> Actor | None:
    lows, words = sentence.lows[start:end], sentence.words[start:end]
    first = lows[0]
    if first in _pronouns() and (len(lows) == 1 or sentence.tags[start] == "p"):
        return _pronoun(first, scene)
    led, of = _LEADS.search(sentence.tags, start + 1, end), sentence.tags.find("O", start + 1, end)
    cut = led.start() - start if led is not None else len(lows)
    noun = of - start if of > 0 else cut
    head, heads = lows[min(cut, noun) - 1], set(lows[:cut])
    plain = lows[1:] if first in word_set(_WORDS, "articles") else lows
    government = word_set(_WORDS, "government")
    if "undersigned" in heads:
        return scene.speaker
    if lows in (["the", "latter"], ["the", "former"]) and scene.recent:
        return scene.recent[-1 if lows[1] == "latter" else 0]._replace(sure=0.75)
    private = word_set(_WORDS, "private")
    if not scene.press and not heads.isdisjoint(private) and "government" not in heads:
        return None
    if not heads.isdisjoint(word_set(_WORDS, "excellency")):
        if noun < len(lows) and not government.isdisjoint(lows[:noun]) and scene.hearer_power:
            # "the government of your excellency"
            return Actor(scene.hearer_power, "power", 0.9, scene.hearer_power)
        his = scene.within and first in word_set(_WORDS, "person")
        return _host("minister", scene) if his else scene.hearer
    if first in _pronouns() and lows[cut - 1] in word_set(_WORDS, "post") and cut < len(lows):
        return _body(sentence, start, end, 0.75)  # "our Legation in Norland"
    if first in _pronouns() and not heads.isdisjoint(government):
        return _possessed(first, lows, scene)
    if first in _pronouns() and not heads.isdisjoint(word_set(_WORDS, "paper")):
        return _pronoun(first, scene)
    if first in ("a", "an") and head in government and not any(w[:1].isupper() for w in words):
        return None  # "a government that claims": any
    if first == "this" and not heads.isdisjoint(government):
        return _this(lows, scene)
    phrase = " ".join(plain[: cut if plain is lows else cut - 1])
    whole = " ".join(plain)
    powers_first = phrase in word_set(_WORDS, "host") or phrase in word_set(_WORDS, "home")
    if not heads.isdisjoint(word_set(_WORDS, "paper")) and "government" not in heads:
        return None
    person = _person(sentence, start, start + min(cut, noun), scene) if not powers_first else None
    if person is not None and person.sort == "power":
        return person
    powers = powers_of(words, scene.year)
    if person is not None:
        return person
    if powers and not powers_first:
        # "Norland of the seven points": the power before "of" is the one that acts.
        stands = noun < cut and powers[0][0] < noun
        return _of_power(lows, words, powers, min(cut, noun) if stands else cut, scene)
    seated = _of_capital(words, noun, cut, scene) if not heads.isdisjoint(government) else None
    if seated is not None:
        return seated
    if phrase in vocabulary(_WORDS)["self_named"].get(scene.speaker_power, ()):
        return Actor(scene.speaker_power, "power", 0.9, scene.speaker_power)
    if phrase in word_set(_WORDS, "own") and not scene.within and scene.speaker_power:
        return Actor(scene.speaker_power, "power", 0.9, scene.speaker_power)
    crowned = noun < cut and lows[-1] in word_set(_WORDS, "rulers") and head == "government"
    if crowned and (scene.host if scene.within else scene.speaker_power):
        # "the government of the King"
        power = scene.host if scene.within else scene.speaker_power
        return Actor(power, "power", 0.85, power)
    if phrase == "secretary of state" and scene.home not in ("", "United States"):
        return _host(phrase, scene)
    if phrase in word_set(_WORDS, "home") or whole in word_set(_WORDS, "home"):
        if scene.home:
            return Actor(scene.home, "power", 0.93, scene.home)
        return None
    if phrase in scene.titled and first in ("the", "this", "that"):
        return scene.titled[phrase]._replace(sure=0.75)
    if phrase in word_set(_WORDS, "post"):
        if cut < len(lows) and lows[cut] in ("in", "at"):
            return _body(sentence, start, end, 0.75)  # another: "the Legation in Norland"
        return _envoy(scene)
    if head in word_set(_WORDS, "post") and heads & {"royal", "imperial", "this"}:
        return _envoy(scene)
    if phrase in word_set(_WORDS, "host") or whole in word_set(_WORDS, "host"):
        return _host(phrase, scene)
    if head == "powers" and len(plain) > 1:
        return _body(sentence, start, end, 0.7)  # "the treaty powers"
    if head in word_set(_WORDS, "body") and any(
        w[:1].isupper() for w in words[1 if sentence.tags[start] == "D" else 0 :]
    ):
        return _body(sentence, start, end, 0.75)
    if head in government and any(
        w[:1].isupper() for w in words[:-1] if w.lower() not in ("the", "a")
    ):
        if scene.public and scene.speaker_power and head == "government":
            return Actor(scene.speaker_power, "power", 0.75, scene.speaker_power)
        return _body(sentence, start, end, 0.8)
    if scene.public and scene.speaker_power and head == "government":
        return Actor(scene.speaker_power, "power", 0.75, scene.speaker_power)
    if scene.press and (
        head in word_set(_WORDS, "press") or "N" in sentence.tags[start : start + cut]
    ):
        return _body(sentence, start, start + cut, 0.6)
    return None


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


@lru_cache(maxsize=1)
def _pronouns() -> frozenset[str]:
    names = ("first", "first_plural", "second", "person", "thing", "several")
    return frozenset(word for name in names for word in vocabulary(_WORDS)[name])


def _pronoun(low: str, scene: Scene) -> Actor | None:
    """Whom a pronoun or possessive means."""
    if low in word_set(_WORDS, "first"):
        return scene.speaker
    if low in word_set(_WORDS, "first_plural"):
        if scene.within and not scene.superior and scene.speaker is not None:
            return scene.speaker  # an envoy and his mission
        if scene.speaker_power and scene.speaker is not None:
            return Actor(scene.speaker_power, "power", 0.8, scene.speaker_power, "speaker")
        return scene.speaker
    if low in word_set(_WORDS, "second"):
        return scene.hearer
    wanted: tuple[str, ...] = ()
    if low in word_set(_WORDS, "person"):
        wanted = ("person", "office")
    elif low in word_set(_WORDS, "thing"):
        wanted = ("power", "body")
    elif low in word_set(_WORDS, "several"):
        wanted = ("several", "body", "power")
    for sort in (wanted,) if low not in word_set(_WORDS, "several") else ((wanted[0],), wanted):
        for actor in reversed(scene.recent):
            if actor.sort in sort:
                return actor._replace(sure=min(actor.sure, 0.76))
    if scene.speaker_power and low in word_set(_WORDS, "thing") and not scene.within:
        return Actor(scene.speaker_power, "power", 0.8, scene.speaker_power)
    if scene.host and low in word_set(_WORDS, "person") and scene.within and not scene.recent:
        return Actor(scene.host, "office", 0.7, scene.host)
    return None


def _possessed(first: str, lows: list[str], scene: Scene) -> Actor | None:
    """ "my Government", "your Minister", "his Government"."""
    if first in word_set(_WORDS, "first") or first in word_set(_WORDS, "first_plural"):
        power, own = scene.speaker_power, "speaker"
    elif first in word_set(_WORDS, "second"):
        power, own = scene.hearer_power, "hearer"
    else:
        if "majesty" in lows or any(low.startswith("majesty") for low in lows):
            return _majesty(first, lows[-1] == "majesty", scene)
        owner = next((a for a in reversed(scene.recent) if a.power), None)
        power, own = (owner.power if owner else scene.host), ""
    if not power:
        return None
    return Actor(power, "power", 0.9 if own else 0.75, power, "")


def _majesty(first: str, alone: bool, scene: Scene) -> Actor | None:
    """ "Her Majesty", "his Majesty's Government": of the one side that has such a ruler."""
    sides = [scene.host if scene.within else scene.hearer_power]
    if not alone:
        sides = [scene.speaker_power, scene.hearer_power, scene.host]
    queen = first == "her"
    crowned = {power for power in sides if power and has_ruler(power, scene.year, queen=queen)}
    if len(crowned) != 1:
        return None
    power = crowned.pop()
    sure = 0.9 if power == scene.speaker_power and not alone else 0.75
    return Actor(power, "office" if alone else "power", sure, power)


def _this(lows: list[str], scene: Scene) -> Actor | None:
    """ "this Government": the host's in an envoy's report, the writer's own in a note."""
    if scene.within and scene.host and not scene.superior:
        return Actor(scene.host, "power", 0.85, scene.host)
    if scene.speaker_power:
        return Actor(scene.speaker_power, "power", 0.9, scene.speaker_power)
    return None


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


def _person(sentence: Sentence, start: int, end: int, scene: Scene) -> Actor | None:
    """A title with a name, or a name alone."""
    words, lows, tags = sentence.words, sentence.lows, sentence.tags
    titles, nobody = word_set(_WORDS, "title"), word_set(_WORDS, "nobody")
    known = adjectives()
    last = end - 1
    while last >= start and lows[last] in word_set(_WORDS, "after_name"):
        last -= 1
    if last < start or tags[last] != "N":
        return None
    name = lows[last]
    if (
        name in nobody
        or name in known
        or name in titles
        or (words[last].isupper() and len(name) > 9)
    ):
        return None
    if (
        name in word_set(_WORDS, "government")
        or name in word_set(_WORDS, "body")
        or name in word_set(_WORDS, "forces")
        or name in word_set(_WORDS, "paper")
    ):
        return None
    before = [lows[j].rstrip(".") for j in range(start, last)]
    titled = any(word in titles for word in before)
    if titled:
        power = next((p for _, p in powers_of(words[start:last], scene.year)), "")
        ranked = bool(power) or any(word not in word_set(_WORDS, "courtesy") for word in before)
        found = Actor(_surname(words, start, last), "person", 0.93 if ranked else 0.79, power)
        for word in before if ranked else ():
            if word in titles and word not in word_set(_WORDS, "courtesy"):
                scene.titled[word] = found
        return found
    if any(tags[j] == "D" for j in range(start, last)):
        return None
    if last == start or all(tags[j] == "N" for j in range(start, last)):
        if speaks_for(words[last], scene.year) or _plural_of_power(name):
            return None
        alone = last == start and not _is_party(words[last], scene)
        if alone and is_post(words[last]):
            return _seat(words[last], scene)
        if alone and not start and _is_common(name):
            return None  # "Negotiations": a capital only because it opens its sentence
        if scene.capitals and not _is_party(words[last], scene):
            return None
        # A party of the paper is known; any other capital may be anything.
        return Actor(words[last], "person", 0.9 if _is_of_paper(words[last], scene) else 0.6)
    return None


def _is_common(low: str) -> bool:
    """Whether a word that opens a sentence is likely no name."""
    return low.endswith(tuple(vocabulary(_WORDS)["common_endings"]))


def _plural_of_power(low: str) -> bool:
    """Whether a word is a people: "the Germans"."""
    return low.endswith("ns") and low[:-1] in adjectives()


def _is_party(name: str, scene: Scene) -> bool:
    """Whether a name is that of somebody who speaks or is spoken of here."""
    known = (scene.speaker, scene.hearer, *scene.recent)
    return any(actor is not None and actor.name == name for actor in known)


def _is_of_paper(name: str, scene: Scene) -> bool:
    """Whether a name is the sender's or recipient's."""
    return any(a is not None and a.name == name for a in (scene.speaker, scene.hearer))


def _of_capital(words: list[str], noun: int, cut: int, scene: Scene) -> Actor | None:
    """The government by its capital: "the Vienna Cabinet", "the Cabinet of Vienna"."""
    for word in (*words[: min(noun, cut) - 1], " ".join(words[noun + 1 :])):
        if power := seat_of(word, scene.year):
            name = called(power, scene.year)
            return Actor(name, "power", 0.85, name)
    return None


def _seat(town: str, scene: Scene) -> Actor | None:
    """The government that sits in a capital ("Washington refuses"); other towns do nothing."""
    power = seat_of(town, scene.year)
    if not power:
        return None
    name = called(power, scene.year)
    return Actor(name, "power", 0.8, name)


def _surname(words: list[str], start: int, last: int) -> str:
    particles = word_set(_WORDS, "particles")
    j = last
    if any(words[k].lower() in particles for k in range(max(start, 0) + 2, last)):
        while j - 1 > start and words[j - 1].lower().rstrip(".") not in word_set(_WORDS, "title"):
            j -= 1
        return " ".join(words[j : last + 1])
    while j - 1 > start and words[j - 1].lower() in particles:
        j -= 1
    return " ".join(words[j : last + 1])


def _of_power(
    lows: list[str], words: list[str], powers: Sequence[tuple[int, str]], cut: int, scene: Scene
) -> Actor | None:
    names = list(dict.fromkeys(name for at, name in powers if at < cut)) or list(
        dict.fromkeys(name for _, name in powers)
    )
    head = lows[cut - 1]
    name = ", ".join(names)
    power = names[0] if len(names) == 1 else ""
    sort = "power" if len(names) == 1 else "several"
    whole_power = (
        powers[0][0] <= 1 and cut - powers[0][0] <= 2 and head not in word_set(_WORDS, "body")
    )
    heads = set(lows[:cut])
    if not heads.isdisjoint(word_set(_WORDS, "forces")):
        return Actor(name, sort, 0.85, power)
    if head in word_set(_WORDS, "body") and head not in word_set(_WORDS, "government"):
        first = 1 if lows[0] in ("the", "a", "an", "these", "those") else 0
        return Actor(" ".join(words[first:cut]), "body", 0.85, power)
    if not heads.isdisjoint(word_set(_WORDS, "government")):
        office = heads.isdisjoint(("government", "governments", "republic", "cabinet", "office"))
        return Actor(name, "office" if office and sort == "power" else sort, 0.92, power)
    if words[cut - 1][:1].isupper() and whole_power:
        return Actor(name, sort, 0.85, power)
    if scene.press and head in word_set(_WORDS, "press"):
        first = 1 if lows[0] in ("the", "a", "an", "these", "those") else 0
        return Actor(" ".join(words[first:cut]), "body", 0.7)
    if scene.press and words[cut - 1][:1].isupper():
        return Actor(name, "person", 0.6, power)  # "Norland’s leader Jan Kell"
    return None


def residence(office: str, year: int) -> str:
    """The power in whose land an office is held: "Ambassador in Russia"."""
    match = _IN.search(office)
    if match is None:
        return ""
    powers = powers_of(match[1].split(), year)
    return powers[0][1] if powers else ""


def _last_name(name: str) -> str:
    """The surname of a party's name, with its particles."""
    words = name.rstrip(" .,").removesuffix("’s").removesuffix("'s").split()
    return _surname(words, -1, len(words) - 1) if words else name


def party_actor(party: Party, year: int, *, own: str) -> tuple[Actor | None, str]:
    """A sender or recipient as an actor, and the power it speaks for."""
    power = party.power or power_of(party.office)
    power = called(power, year) if power else ""
    if power and power == residence(party.office, year):
        power = ""  # "Minister in the Netherlands" is another's
    if party.name and any(c.isupper() for c in party.name.split()[-1]):
        name = party.name
        spoken = powers_of(name.split(), year)
        if spoken and not party.office:
            return Actor(spoken[0][1], "power", 0.9, spoken[0][1], own), spoken[0][1]
        return Actor(_last_name(name), "person", 0.95, power, own), power
    if power:
        return Actor(power, "power", 0.9, power, own), power
    if party.office:
        return Actor(party.office, "office", 0.6, "", own), ""
    return None, ""
