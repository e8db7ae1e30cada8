"""A phrase of a heading or signature into parties: name, office and power apart.

What comes in are a few words; what goes out are the parties that they name, or none: a party needs
positive evidence, a title, an office, a power, or words that are written as names are.
"""

import re
from functools import lru_cache

from regesta.describing.gazetteer import locate
from regesta.describing.names import (
    CAPITAL,
    article,
    has_name,
    has_office,
    head_words,
    is_no_party,
    is_office,
    is_titled,
    lower_words,
    name_like,
    strip_title,
    title_sets,
)
from regesta.describing.powers import power_of
from regesta.describing.words import pattern
from regesta.documents import Party

_HEADINGS = "heading_words"
_PAREN = re.compile(r"\s*[\[(]([^()\[\]]+)[\])]")
_GLOSS = re.compile(r"\s*[\[(][^()\[\]]+[\])](?=,?\s+(?:and|und|et)\s[^()]*$)")
_CAPITALS = re.compile(r"[A-ZÀ-ÞА-Я]{3}")
#: A name after its office has at most so many words, particles and titles apart.
LONGEST_HOLDER = 4


def parse_party(phrase: str) -> Party | None:
    """One phrase into a party: name, office, power apart; None where it names nobody."""
    named = parse_holders(phrase)
    return named[0] if named else None


@lru_cache(maxsize=8192)
def parse_holders(phrase: str, *, titled: bool = False, lenient: bool = False) -> tuple[Party, ...]:
    """One phrase into parties: an office with several holders, "(Scott, Miller)", is several.

    Args:
        phrase: The words of one party.
        titled: A title stood before them ("Messrs.").
        lenient: Something else shows that they name a party: an article and capitals are enough.
    """
    inside: list[str] = []
    outside = _without_others(phrase)
    if "(" in outside or "[" in outside:
        inside = [m[1].strip() for m in _PAREN.finditer(outside)]
        outside = _PAREN.sub("", outside)
    suffix = pattern(_HEADINGS, "suffix", r",?\s+{}\.?$", flags=re.I)
    outside = suffix.sub("", outside.strip(" .,;:"))
    if not outside:
        outside, inside = (inside[0], inside[1:]) if inside else ("", [])
    if not outside:
        return ()
    outside, inside = _without_apposition(outside, inside)
    if is_office(outside):
        return _office_holders(article().sub("", outside, count=1), inside, lenient=lenient)
    titled = titled or is_titled(outside) or not title_sets()[2].isdisjoint(lower_words(outside))
    name, rank = strip_title(outside)
    office = article().sub("", inside[0] if inside else rank, count=1)
    name = article().sub("", name, count=1) if name.lower().startswith("the ") else name
    if rank and (of := re.match(rf"(?P<name>[^,]+?) of (?P<where>{CAPITAL}.*)$", name)):
        name, office = of["name"], f"{office} of {of['where']}"
    if not has_name(name, titled=titled or bool(rank)):
        return ()
    return (Party(name=name, office=office, power=power_of(office)),)


def _without_apposition(outside: str, inside: list[str]) -> tuple[str, list[str]]:
    """ "Count Kell, minister of war": the apposition is the office; "Mr. Hay, Rome" has none."""
    first, _, apposition = outside.partition(", ")
    if not apposition or inside or not _is_person(first):
        return outside, inside
    if is_office(apposition) or apposition[0].islower():
        return first, [] if apposition.startswith(("of ", "von ")) else [apposition]
    return (first if locate(apposition) is not None else outside), inside


def _without_others(phrase: str) -> str:
    """The first of "Kell & Co. and other merchants"; no bracket before "and others"."""
    others = pattern(_HEADINGS, "others", ",?\\s+{}\\b").search(phrase)
    if others and (firm := phrase[: others.start()]).count("&"):
        return firm
    return _GLOSS.sub("", phrase) if "(" in phrase or "[" in phrase else phrase


def _office_holders(office: str, inside: list[str], *, lenient: bool) -> tuple[Party, ...]:
    gloss = bool(inside) and _is_gloss(office, inside[0])
    held = bool(inside) and not gloss and has_name(inside[0], titled=True)
    if not (has_office(office) or held or (lenient and _is_capital(office))):
        return ()
    holders = [""]
    if held:
        holders = [strip_title(h)[0] for h in re.split(r",\s+|\s+and\s+", inside[0])]
    power = power_of(office)
    return tuple(Party(name=h, office=office, power=power) for h in holders)


def _is_capital(office: str) -> bool:
    """ "the Bakufu", "the Northern Neutrals": a body that no list knows."""
    head = head_words(office)
    known = any(map(is_no_party, head))
    return bool(head) and not known and all(w[0].isupper() for w in office.split()[: len(head)])


def _is_gloss(office: str, inside: str) -> bool:
    """ "Consul at Lemberg (Lwów)": the bracket has the place's other name."""
    other = locate(inside)
    return other is not None and other == locate(office.rpartition(" ")[2])


def _is_person(phrase: str) -> bool:
    """Tell whether a phrase is a name and no office."""
    return bool(name_like().match(strip_title(phrase)[0])) and not is_office(phrase)
