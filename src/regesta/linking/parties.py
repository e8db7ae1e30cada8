"""Parties into keys, so that two documents' parties can be compared: names, places, offices.

A key is a word that names somebody ("kell", "ruritania") or, after "=", a whole office. Heads of
one mission share a key, as do those who sign for one ministry. Parties that share no key are two.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from regesta.documents import Party
from regesta.linking.words import fold, vocabulary

#: Keys that begin an office of a ministry at home.
_OFFICE = "="
#: Signs that begin a key that is no name: of an office, and of an entry of the authorities.
_NO_NAME = "=@"
#: Shortest word that names somebody.
SHORTEST = 3


@lru_cache(maxsize=1)
def _tables() -> tuple[
    frozenset[str], tuple[tuple[str, re.Pattern[str]], ...], tuple[re.Pattern[str], ...],
    re.Pattern[str], re.Pattern[str],
]:  # fmt: skip
    table = vocabulary("party_keys")
    same = tuple((g["name"], re.compile(f"(?:{'|'.join(g['words'])})$")) for g in table["same"])
    heads = tuple(re.compile(f"{words}$") for words in table["head"])
    here = re.compile(f"(?:{'|'.join(table['here'])})$")
    home = re.compile(f"(?:{'|'.join(table['home'])})")
    return frozenset(table["generic"]), same, heads, here, home


@lru_cache(maxsize=65536)
def words_of(text: str) -> frozenset[str]:
    """Give the words of a text that name somebody or some place."""
    generic = _tables()[0]
    return frozenset(w for w in fold(text).split() if len(w) >= SHORTEST and w not in generic)


@lru_cache(maxsize=65536)
def office_keys(office: str) -> frozenset[str]:
    """Give the keys of an office: its group, the mission it belongs to, or itself."""
    folded = fold(office).removeprefix("the ")
    if not folded:
        return frozenset()
    _, same, heads, here, _ = _tables()
    for name, pattern in same:
        if pattern.match(folded):
            return frozenset([_OFFICE + name])
    for pattern in heads:
        if match := pattern.match(folded):
            return frozenset([f"{_OFFICE}mission {match[1]}"])
    if match := here.match(folded):
        return frozenset([f"{_OFFICE}mission of {match[1]}"])
    return frozenset([_OFFICE + folded])


@lru_cache(maxsize=65536)
def _keys(name: str, office: str, power: str, person: str) -> frozenset[str]:
    keys = words_of(name) | words_of(office) | office_keys(office)
    if not keys and power:
        keys = words_of(power) | frozenset([f"{_OFFICE}mission of {fold(power)}"])
    return keys | frozenset([f"@{person}"]) if person else keys


def party_keys(parties: Iterable[Party]) -> frozenset[str]:
    """Give the keys of some parties together."""
    keys: frozenset[str] = frozenset()
    for party in parties:
        keys |= _keys(party.name, party.office, party.power, party.person)
    return keys


def is_home(keys: frozenset[str]) -> bool:
    """Whether one of the parties is a ministry at home."""
    home = _tables()[4]
    return any(key[:1] == _OFFICE and home.match(key, 1) for key in keys)


def is_mission(keys: frozenset[str]) -> bool:
    """Whether one of the parties is a mission or a consulate."""
    return any(key.startswith("=mission ") or "consul" in key for key in keys)


@lru_cache(maxsize=65536)
def named_keys(printed: str) -> frozenset[str]:
    """Give the keys of a party as a text mentions it ("the Minister in Ruritania")."""
    return words_of(printed) | office_keys(printed)


def agree(keys: frozenset[str], others: frozenset[str]) -> bool | None:
    """Whether two parties are one; None where that is not known.

    A bare name and a bare office may be one person: only two names, or two offices, can differ.
    """
    if not keys.isdisjoint(others):
        return True
    return False if _known(keys) & _known(others) else None


def names_in(keys: Iterable[str]) -> list[str]:
    """Give the keys of a party that are words and name somebody."""
    return [key for key in keys if key[0] not in _NO_NAME]


@lru_cache(maxsize=65536)
def _known(keys: frozenset[str]) -> int:
    """What is known of a party: 1 an office, 2 a name, 3 both."""
    office = any(key[0] == _OFFICE for key in keys)
    return office + 2 * bool(names_in(keys))
