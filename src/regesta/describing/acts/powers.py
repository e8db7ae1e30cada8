"""The power for which the actor of an act speaks: printed names in, names of powers out.

What a name says by itself ("the Soviet Government", "British Ambassador"), what a document's
parties say ("Berg" is the Minister in Norland who signs), and what the whole edition knows of a
person. Where none of these says it, nothing is said.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from regesta.describing.persons.names import parse_name
from regesta.describing.powers.states import in_year, speaks_for
from regesta.describing.words import rows, vocabulary

#: Years by which a person's papers may lie from a document that names him.
REACH = 12
_PARTS = re.compile(r"\s*(?:,|;|\band\b|\bund\b|\bet\b|\by\b|&)\s*")
_ABROAD = re.compile(
    r"\b(?:in|at|near|to|bei|à|en|au)\s+(?:the\s+|la\s+|le\s+)?([^\W\d_a-z][^,()]*)"
)
_ARTICLE = re.compile(r"^(?:the|der|die|das|le|la|les|l’|acting|appointed)\s+", re.I)


class PartyLine(NamedTuple):
    """Parties of documents that are alike, as the record has them.

    Attributes:
        name, office, power: As printed or derived; "" where not known.
        side: The power whose papers the collection is, or "".
        year: Of the documents, or 0.
    """

    name: str
    office: str
    power: str
    side: str
    year: int


class CowCode(NamedTuple):
    """A power in the Correlates of War project: number, letters, years of membership."""

    number: int
    letters: str
    members: str


@lru_cache(maxsize=1)
def cow_codes() -> dict[str, CowCode]:
    """Codes by the name of the power."""
    return {power: CowCode(int(n), letters, years) for power, n, letters, years in rows("cow")}


@lru_cache(maxsize=1)
def _own() -> dict[str, frozenset[str]]:
    table = vocabulary("own_offices")
    return {power: frozenset(said["offices"]) for power, said in table.items()}


def side_of(*titles: str) -> str:
    """The power whose papers a collection holds, where a title says so, or ""."""
    words = " ".join(" ".join(titles).casefold().split())
    for power, said in vocabulary("own_offices").items():
        if any(title in words for title in said["papers"]):
            return power
    return ""


@lru_cache(maxsize=16384)
def power_of_party(office: str, power: str, side: str, year: int) -> str:
    """Name the power for which a party speaks, or "".

    In a power's own papers its own offices stand without its name: posts abroad ("Ambassador in
    Russia"), and those of ``vocabularies/own_offices.toml``.
    """
    spoken = in_year(power, year) if power else speaks_for(office, year)
    if spoken or not side or not office:
        return spoken
    if _bare(office) in _own().get(side, ()):
        return side
    abroad = _ABROAD.search(office)
    return side if abroad and not _same(speaks_for(abroad[1], year), side) else ""


def _same(one: str, other: str) -> bool:
    """Whether two names are of one state, as far as its number tells."""
    if one == other:
        return True
    codes = cow_codes()
    return one in codes and other in codes and codes[one].number == codes[other].number


def _bare(office: str) -> str:
    words = office.strip().replace("'", "’")
    while match := _ARTICLE.match(words):
        words = words[match.end() :]
    return words.lower()


def powers_in(words: str, year: int) -> tuple[str, ...]:
    """The powers that words name by themselves: "Great Britain and France" are two."""
    parts = [part for part in _PARTS.split(words) if part]
    if len(parts) > 1:
        each = [speaks_for(_unled(part), year) for part in parts]
        if all(each):
            return tuple(dict.fromkeys(each))
    whole = speaks_for(_unled(words), year)
    return (whole,) if whole else ()


def _unled(words: str) -> str:
    return re.sub(r"^(?:the|die|der|le|la)\s+", "", words, flags=re.I)


@lru_cache(maxsize=65_536)
def _key(name: str) -> str:
    return " ".join(name.casefold().replace("'", "’").split())


class KnownPowers:
    """What an edition knows of the powers for which people speak.

    Args:
        lines: All parties of the edition.
    """

    def __init__(self, lines: Iterable[PartyLine]) -> None:
        #: Name or surname → power → first and last year in which it is seen there, 0 unknown.
        self._known: dict[str, dict[str, tuple[int, int]]] = {}
        self._asked: dict[tuple[str, int], tuple[str, ...]] = {}
        for line in lines:
            power = power_of_party(line.office, line.power, line.side, line.year)
            if power and line.name:
                for key in {_key(line.name), _surname(line.name)} - {""}:
                    self._learn(key, power, line.year)

    def _learn(self, key: str, power: str, year: int) -> None:
        powers = self._known.setdefault(key, {})
        first, last = powers.get(power, (year, year))
        years = [y for y in (first, last, year) if y] or [0]
        powers[power] = (min(years), max(years))

    def of(self, name: str, year: int, here: Sequence[PartyLine] = ()) -> tuple[str, ...]:
        """The powers for which a name stands in a year: one, several, or none.

        Args:
            name: As printed, or as an index would have it.
            year: Of the document, 0 where it is not known.
            here: The document's own parties, who are heard before anyone else of their name.
        """
        if not name:
            return ()
        for party in here:
            if _key(name) in (_key(party.name), _key(party.office), _surname(party.name)):
                power = power_of_party(party.office, party.power, party.side, year)
                if power:
                    return (power,)
        asked = (name, year)
        if asked not in self._asked:
            self._asked[asked] = powers_in(name, year) or self._of_person(name, year)
        return self._asked[asked]

    def _of_person(self, name: str, year: int) -> tuple[str, ...]:
        """The one power for which anyone of that name speaks about then."""
        keys = [_key(name)] if parse_name(name).given else [_key(name), _surname(name)]
        for key in dict.fromkeys(keys):
            found = [
                power
                for power, (first, last) in self._known.get(key, {}).items()
                if not year or not first or first - REACH <= year <= last + REACH
            ]
            if found:
                return (found[0],) if len(found) == 1 else ()
        return ()


def _surname(name: str) -> str:
    return parse_name(name).surname
