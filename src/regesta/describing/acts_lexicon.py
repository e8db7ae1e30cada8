"""The lexicon of acts: vocabularies in, tables out by which the clause grammar tags and recognises.

Verbs and nouns stand there in the form of the dictionary; their inflections are made here, once.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from regesta.describing.words import rows, vocabulary

_WORDS = "acts_words"
_SIBILANT = re.compile(r"(?:s|x|z|ch|sh|o)$")
_DOUBLED = re.compile(r"([bdfgmnprt])\1ed$")
_SHORT = re.compile(r"[^aeiou][aeiou][bdgmnprt]$")


class Kind(NamedTuple):
    """An act: its group, what it is, its codes."""

    name: str
    group: str
    label: str
    what: str
    cameo: str
    plover: str


class Frame(NamedTuple):
    """A verb with the complement that makes it an act.

    Attributes:
        act: The act.
        rest: Words that must follow the verb ("upon" of "call upon").
        needs: What must follow, one of them.
        then: What an act in its complement becomes.
        sure: Whether word and complement leave no other meaning.
        lemma: The verb.
    """

    act: str
    rest: tuple[str, ...]
    needs: tuple[str, ...]
    then: str
    sure: bool
    lemma: str


class Noun(NamedTuple):
    """A noun of an act: what carries it, whether it is one alone."""

    act: str
    light: tuple[str, ...]
    alone: bool
    sure: bool
    lemma: str
    plural: bool


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
    past = irregular or ((verb[:-1] + "ied",) if consonant_y else (stem + "ed",))
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


class Lexicon(NamedTuple):
    """What the grammar knows of words, all in lower case.

    Attributes:
        tags: Class of a word, one letter.
        lemmas: The verb of a form.
        frames: The acts of a verb.
        nouns: Act nouns by their forms.
        light: Names of the lists of light verbs that a verb is in.
        triggers: Forms without which a sentence holds no act.
        objects: Classes of objects.
    """

    tags: dict[str, str]
    lemmas: dict[str, str]
    frames: dict[str, tuple[Frame, ...]]
    nouns: dict[str, Noun]
    light: dict[str, frozenset[str]]
    triggers: frozenset[str]
    objects: dict[str, frozenset[str]]


def _frames() -> dict[str, tuple[Frame, ...]]:
    found: dict[str, list[Frame]] = {}
    for verb, act, needs, then, sure in rows("acts_verbs"):
        lemma, *rest = verb.split()
        frame = Frame(act, tuple(rest), tuple(needs.split("|")), then, sure == "1", lemma)
        found.setdefault(lemma, []).append(frame)
    return {
        lemma: tuple(sorted(frames, key=lambda frame: -len(frame.rest)))
        for lemma, frames in found.items()
    }


def _nouns() -> dict[str, Noun]:
    found = {}
    for word, act, light, alone, sure in rows("acts_nouns"):
        carriers = () if light == "-" else tuple(light.split())
        many = word[:-1] + "ies" if word.endswith("y") else word + "s"
        for form, plural in ((word, False), (many, True)):
            found[form] = Noun(act, carriers, alone == "1", sure == "1", word, plural)
    return found


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The tables of English."""
    words = vocabulary(_WORDS)
    frames, nouns = _frames(), _nouns()
    tags: dict[str, str] = {}
    lemmas: dict[str, str] = {}
    irregular = {verb: tuple(forms) for verb, forms in words["verbs"]["irregular"].items()}
    light: dict[str, set[str]] = {}
    for name, verbs in words["light"].items():
        for verb in verbs:
            light.setdefault(verb.split()[0], set()).add(name)
    for verb in {*words["verbs"]["regular"], *irregular, *frames, *light}:
        for form, letter in inflect(verb, irregular.get(verb, ())).items():
            if tags.get(form, "e") != "V" or letter == "V":
                tags[form] = letter
            if form not in lemmas or letter == "V":
                lemmas[form] = verb
    for word in words["nouns"]["words"]:
        tags[word] = "w"
    for letter, members in words["classes"].items():
        for word in members:
            tags[word] = letter
            lemmas.pop(word, None)
    acting = {form for form, verb in lemmas.items() if verb in frames}
    return Lexicon(
        tags,
        lemmas,
        frames,
        nouns,
        {verb: frozenset(names) for verb, names in light.items()},
        frozenset({*acting, *nouns}),
        {name: frozenset(members) for name, members in words["objects"].items()},
    )
