"""Parties in the case of their heading into the first, where only one first case is possible.

What comes in is a party as printed ("послу в Турции Келлину", "Gesandten in Bern"); what goes out
is the same in the case that names it ("посол в Турции Келлин", "Gesandter in Bern"). A word that
could come from two stays as printed.
"""

import re
from functools import lru_cache

from msgspec.structs import replace

from regesta.describing.parties.names import bears_office
from regesta.describing.words import pattern, vocabulary, word_set
from regesta.documents import Party

_HEADINGS = "heading_words"
_CYRILLIC = re.compile(r"[а-яё]")
#: "Я. З. Келлину": a consonant and the ending of a case; "-ому" and "-ю" have several first cases.
_CASED = re.compile(r"[А-ЯЁ][а-яё]*[бвгджзклмнпрстфхцчшщ](?<!ом)(?<!ем)(?P<ending>[уа])$")
_INITIALS = re.compile(r"(?:[А-ЯЁ][а-яё]?\.\s?)+")
_ENDINGS = {"dative": "у", "genitive": "а"}


def in_russian(party: Party, case: str) -> Party:
    """A party of a Russian heading.

    Args:
        party: As printed.
        case: "dative" for whom a paper goes to, "genitive" for who stands behind a kind of paper.
    """
    if not _CYRILLIC.search(party.office + party.name):
        return party
    words = party.office.split(" ")
    known = vocabulary("party_words")["russian_cases"]
    first = [known.get(word.lower(), "") for word in words]
    # The words of the office itself come first; what it is of, stays in the genitive.
    led = next((i for i, word in enumerate(first) if not word), len(words))
    if not led:
        return party
    changed = [_as_printed(new, old) for new, old in zip(first[:led], words, strict=False)]
    office = " ".join([*changed, *words[led:]])
    return replace(party, office=office, name=_surname(party.name, _ENDINGS[case]))


def _as_printed(new: str, old: str) -> str:
    return new[0].upper() + new[1:] if old[:1].isupper() else new


def _surname(name: str, ending: str) -> str:
    """A surname, perhaps with initials, without the ending of its case."""
    initials = _INITIALS.match(name)
    start = initials.end() if initials else 0
    cased = _CASED.match(name[start:])
    return name[:-1] if cased and cased["ending"] == ending else name


@lru_cache(maxsize=4096)
def behind_den(office: str) -> str:
    """A German office behind "an den": "Kaiserlichen Gesandten" is Kaiserlicher Gesandter."""
    words = office.split(" ")
    held = word_set(_HEADINGS, "held")
    head = next((i for i, w in enumerate(words) if w.lower() in held), len(words))
    if not head:
        return office
    noun = _nominative_noun(words[head - 1])
    if noun is None:
        return office
    words[: head - 1] = [_strong(word) for word in words[: head - 1]]
    words[head - 1] = noun
    return " ".join(words)


def _nominative_noun(noun: str) -> str | None:
    """The noun of an office behind "den" in the first case; None where it is no such noun."""
    lower = noun.lower()
    if pattern("party_words", "german_adjectival", r".*{}en$", flags=re.I).match(noun):
        return noun[:-1] + "r"
    if pattern("party_words", "german_weak", r".*{}en$", flags=re.I).match(noun):
        return noun[:-2]
    return noun if bears_office(lower, born=False) and not lower.endswith("en") else None


def _strong(adjective: str) -> str:
    return adjective[:-2] + "er" if adjective.endswith("en") and len(adjective) > 4 else adjective
