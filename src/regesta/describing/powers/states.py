"""Powers with their years and metonyms: "the Wilhelmstraße" of 1905 is the German Empire.

The table ``states.tsv`` knows when a power was there and by which houses and places its government
is called; ``powers.tsv`` has the adjectives of offices in many languages.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from regesta.describing.powers.words import power_of
from regesta.describing.words import rows

_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_OF = re.compile(r"^.*\s(?:of|von|de|du|des|der)\s(?:the\s|la\s|le\s)?([^,()]+)$")
_YEARS = re.compile(r"^(?P<words>.*?)\s*\((?P<first>\d{3,4})?[–-](?P<last>\d{4})?\)$")


class Metonym(NamedTuple):
    """A house or place that stands for a government, and the years in which it does."""

    words: str
    first: int
    last: int


class State(NamedTuple):
    """A power.

    Attributes:
        name: As indexes have it.
        first, last: Its first and last year; 0 and 9999 where open.
        forms: Further names and adjectives.
        metonyms: What stands for its government.
        family: The name that ``powers.tsv`` has for it and its forerunners.
    """

    name: str
    first: int
    last: int
    forms: tuple[str, ...]
    metonyms: tuple[Metonym, ...]
    family: str


@lru_cache(maxsize=1)
def states() -> tuple[State, ...]:
    """Every power of the table, in its order."""
    found = []
    for name, first, last, forms, metonyms, family in rows("states"):
        found.append(
            State(
                name,
                int(first or 0),
                int(last or 9999),
                tuple(filter(None, forms.split("|"))),
                tuple(_metonym(words) for words in metonyms.split("|") if words),
                family or name,
            )
        )
    return tuple(found)


def _metonym(words: str) -> Metonym:
    match = _YEARS.match(words)
    if match is None:
        return Metonym(words, 0, 9999)
    return Metonym(match["words"], int(match["first"] or 0), int(match["last"] or 9999))


@lru_cache(maxsize=1)
def _families() -> dict[str, list[State]]:
    found: dict[str, list[State]] = {}
    for state in states():
        found.setdefault(state.family, []).append(state)
    return found


@lru_cache(maxsize=1)
def _by_words() -> dict[str, list[tuple[int, int, State]]]:
    found: dict[str, list[tuple[int, int, State]]] = {}
    for state in states():
        for form in (state.name, *state.forms):
            found.setdefault(_folded(form), []).append((state.first, state.last, state))
        for metonym in state.metonyms:
            key = _folded(metonym.words)
            found.setdefault(key, []).append((metonym.first, metonym.last, state))
    return found


def _folded(words: str) -> str:
    return " ".join(_WORD.findall(words.lower().replace("ß", "ss").replace("’", "'")))


@lru_cache(maxsize=8192)
def in_year(power: str, year: int) -> str:
    """Give the power that bore a name in a year: "Germany" of 1905 is the German Empire.

    Args:
        power: A name of ``powers.tsv``.
        year: 0 where it is not known: then the name stays.
    """
    for state in _families().get(power, ()) if year else ():
        if state.first <= year <= state.last:
            return state.name
    return power


@lru_cache(maxsize=16384)
def speaks_for(words: str, year: int) -> str:
    """Name the power that the words of an office or a body speak for, or "".

    Args:
        words: "British Ambassador", "the Sublime Porte", "Auswärtiges Amt".
        year: Of the document; 0 where it is not known.
    """
    if not words:
        return ""
    spoken = power_of(words)
    if spoken:
        return in_year(spoken, year)
    tokens = [
        t for t in _folded(words).split() if t not in ("the", "le", "la", "die", "der", "das")
    ]
    for size in range(min(4, len(tokens)), 0, -1):
        known = _by_words().get(" ".join(tokens[:size]))
        if known is None or (size < len(tokens) and tokens[size] in ("in", "at", "to", "à", "en")):
            continue
        return _only(known, year)
    after = _OF.search(words)
    return _only(_by_words().get(_folded(after[1]), ()), year) if after else ""


def _only(known: Sequence[tuple[int, int, State]], year: int) -> str:
    """The one power that fits a year, or ""."""
    fits = {state.name for first, last, state in known if not year or first <= year <= last}
    return fits.pop() if len(fits) == 1 else ""
