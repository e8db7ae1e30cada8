"""The lexicon of acts: vocabularies in, tables out by which the clause grammar tags and recognises.

Verbs and nouns stand there in the form of the dictionary; their inflections are made here, once.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from regesta.describing.words import rows, vocabulary

_WORDS = "acts_words"
#: What is known of words and of what stands between spaces is kept for up to so many.
MOST_KEPT = 100_000
_SIBILANT = re.compile(r"(?:s|x|z|ch|sh|o)$")
_DOUBLED = re.compile(r"([bdfglmnprt])\1ed$")
_SHORT = re.compile(r"[^aeiou][aeiou][bdgmnprt]$")


#: Punctuation, and the letters under which the grammar reads it.
MARKS = {
    "“": '"', "”": '"', "«": '"', "»": '"', "„": '"', '"': '"', "—": "-", "–": "-",
    "[": "(", "]": ")", "(": "(", ")": ")", ",": ",", ".": ".", ";": ";", ":": ":", "?": "?",
    "!": "!", "’s": "'", "'s": "'",
}  # fmt: skip


class Kind(NamedTuple):
    """An act: its group, what it is, its codes."""

    name: str
    group: str
    label: str
    what: str
    cameo: str
    plover: str


@dataclass(frozen=True, slots=True)
class Frame:
    """A verb with the complement that makes it an act.

    Attributes:
        act: The act.
        rest: Words that must follow the verb ("upon" of "call upon").
        needs: What must follow, one of them.
        then: What an act in its complement becomes.
        sure: Whether word and complement leave no other meaning.
        lemma: The verb.
        denied: Only where it is negated ("not give way").
        with_one: Words of which the sentence must have one, or None.
    """

    act: str
    rest: tuple[str, ...]
    needs: tuple[str, ...]
    then: str
    sure: bool
    lemma: str
    denied: bool = False
    with_one: frozenset[str] | None = None


class Adjective(NamedTuple):
    """An adjective that is an act after "be".

    Attributes:
        act: The act.
        denied: The act where it is negated, or "".
        needs: As of a :class:`Frame`.
        whose: "subject", "for" (the one for whom it is so), "speaker", "judge" (only of him who
            finds it so) or "you" (only of him who takes orders).
        sure: Whether it leaves no other meaning.
    """

    act: str
    denied: str
    needs: tuple[str, ...]
    whose: str
    sure: bool


class Noun(NamedTuple):
    """A noun of an act: what carries it, whether it is one alone, only "by" or "with" another."""

    act: str
    light: tuple[str, ...]
    alone: bool
    sure: bool
    lemma: str
    plural: bool
    done_by: bool = False
    with_only: bool = False


@lru_cache(maxsize=1)
def kinds() -> dict[str, Kind]:
    """Every act by its name, in the order of the vocabulary."""
    return {
        name: Kind(
            name,
            entry["group"],
            entry["label"],
            entry["what"],
            entry.get("cameo", ""),
            entry.get("plover", ""),
        )
        for name, entry in vocabulary("acts").items()
    }


def inflect(verb: str, irregular: tuple[str, ...] = ()) -> dict[str, str]:
    """The forms of an English verb, each with its class: V base, s, e past, g in -ing."""
    stem = verb[:-1] if verb.endswith("e") and not verb.endswith(("ee", "ye", "oe")) else verb
    consonant_y = verb.endswith("y") and verb[-2:-1] not in "aeiou"
    third = verb[:-1] + "ies" if consonant_y else verb + ("es" if _SIBILANT.search(verb) else "s")
    past = irregular or (
        (verb[:-1] + "ied",)
        if consonant_y
        else (verb + "d" if verb.endswith("e") else verb + "ed",)
    )
    doubled = _DOUBLED.search(past[0]) if irregular else None
    if doubled:
        present = past[0][:-2] + "ing"
    elif irregular and _SHORT.search(verb) and len(verb) < 5:
        present = verb + verb[-1] + "ing"
    elif verb.endswith("ie"):
        present = verb[:-2] + "ying"
    else:
        present = stem + "ing"
    return {**dict.fromkeys(past, "e"), present: "g", third: "s", verb: "V"}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the grammar knows of words, all in lower case.

    Attributes:
        tags: Class of a word, one letter.
        seen: The same, and the classes of other words as they were guessed by their shape.
        inside: Words in capitals in lower case, with their class within a sentence.
        lemmas: The verb of a form.
        frames: The acts of a verb.
        idioms: Of light verbs those of more than two words.
        nouns: Act nouns by their forms.
        light: Names of the lists of light verbs that a verb is in.
        triggers: Forms of which a sentence that holds an act has one,
        beside: or one of these with a word that makes it an act.
        weak: Forms that are triggers beside "government", in public, beside words of wishing.
        objects: Classes of objects.
        adjectives: Adjectives that are acts.
        wrappers: What stands before an infinitive, by what it makes of it.
        unordered: Verbs that order nothing ("you will see").
        asking: Verbs that ask what they order ("state whether").
        ambiguous: Words that are no imperative at the head of a sentence.
        ordering: Modal verbs that order ("you will").
        please: Words before an imperative.
        bare: Adjectives that telegrams have without "be".
        willing, unable: Modal verbs that promise or refuse; of these, only where negated.
        unpromised: Verbs that promise nothing after them.
        between: Acts whose passive subject names its parties.
        shortened: Words that a full stop shortens.
        received: Verbs by which a paper comes from another.
        either: Forms that are verb or noun.
        future: Forms that say "will" (French futures, German "wird").
        by: Words that lead who does what is done, in the passive.
        both: Forms that are participle and finite verb ("ratifiziert").
        passive: Auxiliaries of the passive, where others have the same participle.
        elided: Words run into the next with an apostrophe, as in French.
        bracket: Verb and auxiliary stand around the object, as in German.
        telling: Words with which an act may begin: forms of its verbs, its nouns and adjectives.
        judging: Verbs that find something so ("considers it essential").
        said: Past forms of verbs that only tell: an act only where it is said to somebody.
        nominal: Triggers that are verb or noun, with the verbs that carry the noun.
        adverbs: Of pairs of words that are an adverb ("at once"), the first by the second.
        affirmed: Of the frames those that need no denial.
        needed: Words of which a sentence must have one that holds any of the frames of a verb.
    """

    tags: dict[str, str]
    seen: dict[str, str]
    inside: dict[str, tuple[str, str]]
    lemmas: dict[str, str]
    frames: dict[str, tuple[Frame, ...]]
    nouns: dict[str, Noun]
    light: dict[str, frozenset[str]]
    triggers: frozenset[str]
    beside: dict[str, frozenset[str]]
    weak: dict[str, frozenset[str]]
    objects: dict[str, frozenset[str]]
    adjectives: dict[str, tuple[Adjective, ...]]
    wrappers: dict[str, frozenset[str]]
    unordered: frozenset[str]
    asking: frozenset[str]
    ambiguous: frozenset[str]
    ordering: frozenset[str]
    please: frozenset[str]
    bare: frozenset[str]
    willing: frozenset[str]
    unable: frozenset[str]
    unpromised: frozenset[str]
    between: frozenset[str]
    shortened: frozenset[str]
    received: frozenset[str]
    either: frozenset[str]
    adverbs: dict[str, frozenset[str]]
    judging: frozenset[str] = frozenset()
    said: frozenset[str] = frozenset()
    nominal: Mapping[str, frozenset[str]] = field(default_factory=dict)
    telling: frozenset[str] = frozenset()
    idioms: Mapping[str, tuple[Frame, ...]] = field(default_factory=dict)
    by: frozenset[str] = frozenset(("by",))
    elided: bool = False
    passive: frozenset[str] = frozenset()
    both: frozenset[str] = frozenset()
    future: frozenset[str] = frozenset()
    bracket: bool = False
    affirmed: Mapping[str, tuple[Frame, ...]] = field(init=False)
    needed: Mapping[str, frozenset[str]] = field(init=False)

    def __post_init__(self) -> None:
        """Find once what of the frames every sentence would have to ask."""
        affirmed: dict[str, tuple[Frame, ...]] = {}
        needed: dict[str, frozenset[str]] = {}
        for verb, frames in self.frames.items():
            affirmed[verb] = tuple(frame for frame in frames if not frame.denied)
            if words := _needed_by(frames):
                needed[verb] = words
        object.__setattr__(self, "affirmed", affirmed)
        object.__setattr__(self, "needed", needed)


def with_one(
    rest: tuple[str, ...], needs: tuple[str, ...], objects: Mapping[str, Iterable[str]]
) -> frozenset[str] | None:
    """The words of which a sentence must have one that holds a frame, or None."""
    if rest:
        return frozenset(rest[-1:])
    found: set[str] = set()
    for need in needs:
        if need[0] in "=~^":
            found.update(objects[need[1:]])
        elif need[0] == "@" and need[1:2] != "+":
            found.update(need[1:].split(","))
        else:
            return None
    return frozenset(found)


def _needed_by(frames: tuple[Frame, ...]) -> frozenset[str]:
    """The words of which a sentence must have one that holds any of the frames; none if all may."""
    every = [frame.with_one for frame in frames]
    return frozenset[str]().union(*(one for one in every if one)) if all(every) else frozenset()


def _frames(objects: Mapping[str, Iterable[str]]) -> dict[str, tuple[Frame, ...]]:
    found: dict[str, list[Frame]] = {}
    for verb, act, needs, then, sure in rows("acts_verbs"):
        denied = verb.startswith("not ")
        lemma, *rest = verb.removeprefix("not ").split()
        every, follows = tuple(needs.split("|")), tuple(rest)
        one = with_one(follows, every, objects)
        frame = Frame(act, follows, every, then, sure == "1", lemma, denied, one)
        found.setdefault(lemma, []).append(frame)
    return {
        lemma: tuple(
            sorted(
                frames,
                key=lambda f: (
                    -len(f.rest),
                    not f.denied,
                    {"on", "told"}.isdisjoint(f.needs),
                    "*" in f.needs,
                ),
            )
        )
        for lemma, frames in found.items()
    }


def _nouns() -> dict[str, Noun]:
    found = {}
    for word, act, light, alone, sure in rows("acts_nouns"):
        carriers = () if light == "-" else tuple(light.split())
        many = word[:-1] + "ies" if word.endswith("y") else word + "s"
        for form, plural in ((word, False), (many, True)):
            found[form] = Noun(
                act, carriers, alone != "0", sure == "1", word, plural, alone == "2", alone == "3"
            )
    return found


#: Complements that make an act only with other words that a sentence must have.
_WEAK = {"gov": "government", "on": "public", "wish": "wish"}


class _Triggers(NamedTuple):
    """Words without which there is no act: alone, beside another, or in some papers."""

    alone: set[str]
    beside: dict[str, frozenset[str]]
    weak: dict[str, frozenset[str]]


def _triggers(
    frames: dict[str, tuple[Frame, ...]],
    lemmas: dict[str, str],
    objects: dict[str, list[str]],
    retold: frozenset[str],
) -> _Triggers:
    alone: set[str] = set()
    weak: dict[str, set[str]] = {name: set() for name in _WEAK.values()}
    others: dict[str, set[str]] = {}
    for verb, found in frames.items():
        for frame in found:
            if frame.rest:
                others.setdefault(verb, set()).add(max(frame.rest, key=len))
                continue
            for need in frame.needs:
                if need in _WEAK:
                    weak[_WEAK[need]].add(verb)
                elif need[0] in "=~^":
                    others.setdefault(verb, set()).update(objects[need[1:]])
                elif need[0] == "@" and need[1:2] != "+":
                    others.setdefault(verb, set()).update(need[1:].split(","))
                else:
                    alone.add(verb)
    forms = {
        name: frozenset(form for form, verb in lemmas.items() if verb in verbs)
        for name, verbs in weak.items()
    }
    return _Triggers(
        {form for form, verb in lemmas.items() if verb in alone},
        {
            form: frozenset(others[verb])
            for form, verb in lemmas.items()
            if verb in others and (verb not in alone or verb in retold)
        },
        forms,
    )


def _of_nouns(
    nouns: dict[str, Noun], light: dict[str, frozenset[str]], lemmas: dict[str, str]
) -> tuple[set[str], dict[str, frozenset[str]]]:
    """Nouns that are acts alone, and those that need a light verb or "by" beside them."""
    carried: dict[str, set[str]] = {}
    for form, verb in lemmas.items():
        for name in light.get(verb, ()):
            carried.setdefault(name, set()).add(form)
    alone, beside = set(), {}
    for form, noun in nouns.items():
        if noun.alone and not noun.done_by and not noun.with_only:
            alone.add(form)
            continue
        words = {word for name in noun.light for word in carried.get(name, ())}
        led = {"by"} if noun.done_by else {"with"} if noun.with_only else set()
        beside[form] = frozenset(words | led)
    return alone, beside


def _pairs(pairs: list[str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for pair in pairs:
        first, second = pair.split()
        found.setdefault(second, set()).add(first)
    return {second: frozenset(firsts) for second, firsts in found.items()}


def _adjectives() -> dict[str, tuple[Adjective, ...]]:
    found: dict[str, tuple[Adjective, ...]] = {}
    for word, act, denied, needs, whose, s in rows("acts_adjectives"):
        one = Adjective(
            act, "" if denied == "-" else denied, tuple(needs.split("|")), whose, s == "1"
        )
        found[word] = (*found.get(word, ()), one)
    return found


#: Lists of words that the lexicon has under their own names.
_LISTS = (
    "unordered", "asking", "ambiguous", "ordering", "please", "bare", "willing", "unable",
    "unpromised", "between", "shortened", "received", "judging",
)  # fmt: skip


def _light(words: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """Of each verb that carries nouns the names of the lists it is in."""
    found: dict[str, set[str]] = {}
    for name, verbs in words["light"].items():
        for verb in verbs:
            found.setdefault(verb.split()[0], set()).add(name)
    return {verb: frozenset(names) for verb, names in found.items()}


def _forms(verbs: Iterable[str], words: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    """The classes and the verbs of all forms of the verbs that are known."""
    tags: dict[str, str] = {}
    lemmas: dict[str, str] = {}
    irregular = {verb: tuple(forms) for verb, forms in words["verbs"]["irregular"].items()}
    for verb in {*words["verbs"]["regular"], *irregular, *verbs}:
        for form, letter in inflect(verb, irregular.get(verb, ())).items():
            if tags.get(form, "e") != "V" or letter == "V":
                tags[form] = letter
            if form not in lemmas or letter == "V":
                lemmas[form] = verb
    return tags, lemmas


def _class_others(
    tags: dict[str, str],
    lemmas: dict[str, str],
    words: Mapping[str, Any],
    adjectives: Iterable[str],
    nouns: Iterable[str],
) -> None:
    """Give words of closed classes, nouns, adjectives and marks their letters."""
    tags.update(dict.fromkeys(words["nouns"]["words"], "w"))
    tags.update((word, "w") for word in adjectives if word.endswith("ing"))
    for letter, members in words["classes"].items():
        for word in members:
            tags[word] = letter
            if word not in ("have", "has", "had"):
                lemmas.pop(word, None)
    lemmas |= {"has": "have", "had": "have", "like": "like"}  # "would like you to"
    for noun in nouns:
        tags.setdefault(noun, "w")  # so that it is one in capitals at the head of a sentence
    tags.update(MARKS)


def _needed(
    adjectives: Mapping[str, tuple[Adjective, ...]],
    lemmas: Mapping[str, str],
    words: Mapping[str, Any],
) -> dict[str, frozenset[str]]:
    """Beside which words an adjective may be an act: what joins, finds or denies it."""
    joining = {form for form, verb in lemmas.items() if verb in words["copulas"]}
    being = frozenset([*words["classes"]["X"], *words["bare"], *joining])
    judging = frozenset(form for form, verb in lemmas.items() if verb in words["judging"])
    denying = frozenset(words["denying"])
    return {
        word: denying
        if all(e.act == "-" for e in entries)
        else judging
        if all(e.whose == "judge" for e in entries)
        else being | judging
        for word, entries in adjectives.items()
    }


def _joined(*tables: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """What stands beside a form by any of the tables."""
    found: dict[str, frozenset[str]] = {}
    for table in tables:
        for form, others in table.items():
            found[form] = found.get(form, frozenset()) | others
    return found


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The tables of English."""
    words = vocabulary(_WORDS)
    frames, nouns, adjectives = _frames(words["objects"]), _nouns(), _adjectives()
    light = _light(words)
    tags, lemmas = _forms({*frames, *light}, words)
    _class_others(tags, lemmas, words, adjectives, nouns)
    retold, either = frozenset(words["retold"]), frozenset(words["verbs"]["also_nouns"])
    found = _triggers(frames, lemmas, words["objects"], retold)
    nominal, carried = _of_nouns(nouns, light, lemmas)
    needed = _needed(adjectives, lemmas, words)
    said = frozenset(
        form
        for form, verb in lemmas.items()
        if verb in retold and tags.get(form) == "e" and form not in nouns
    )
    alone = frozenset({*found.alone, *nominal, *words["open"], *words["please"], *words["bare"]})
    lists: dict[str, Any] = {name: frozenset(words[name]) for name in _LISTS}
    return Lexicon(
        tags=tags,
        seen=dict(tags),
        inside={},
        lemmas=lemmas,
        frames=frames,
        nouns=nouns,
        light=light,
        triggers=alone,
        # "Replied" alone is no act, "replied in the negative" is one.
        beside={
            form: others
            for form, others in _joined(found.beside, carried, needed).items()
            if form not in alone or form in said
        },
        weak=found.weak,
        objects={name: frozenset(members) for name, members in words["objects"].items()},
        adjectives=adjectives,
        wrappers={name: frozenset(members) for name, members in words["wrappers"].items()},
        either=frozenset(form for form, verb in lemmas.items() if verb in either),
        adverbs=_pairs(words["adverbs"]),
        said=said,
        nominal={
            form: carried.get(form, frozenset()) | needed.get(form, frozenset())
            for form in found.alone - nominal
            if lemmas[form] in either
        },
        telling=frozenset({*nouns, *adjectives}).union(
            form for form, verb in lemmas.items() if verb in frames or verb in light
        ),
        idioms={
            verb: idioms
            for verb in light
            if (idioms := tuple(f for f in frames.get(verb, ()) if len(f.rest) > 1))
        },
        **lists,
    )
