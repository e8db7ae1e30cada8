"""Where governments sit: a town and a year in, the power whose capital it was out, or "".

The table is ``[capitals]`` of ``vocabularies/acts_scenes.toml``; a power stands there with the
years in which the town was its capital, where that changed. So do the years of kings and queens.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from regesta.describing.openings import choice
from regesta.describing.words import vocabulary

_YEARS = re.compile(r"^(?P<power>.*?)(?: \((?P<first>\d{4})?[–-](?P<last>\d{4})?\))?$")


class Seat(NamedTuple):
    """A power, and the first and last year in which a town was its capital."""

    power: str
    first: int
    last: int


@lru_cache(maxsize=1)
def seats() -> dict[str, tuple[Seat, ...]]:
    """The powers that sat in each town, in the order of the table."""
    return {
        town: tuple(_seat(entry) for entry in entries.split("|"))
        for town, entries in vocabulary("acts_scenes")["capitals"].items()
    }


def _seat(entry: str) -> Seat:
    match = _YEARS.match(entry)
    assert match is not None
    return Seat(match["power"], int(match["first"] or 0), int(match["last"] or 9999))


def seat_of(town: str, year: int) -> str:
    """The power whose government sat in a town, by its name in ``powers.tsv`` or ``states.tsv``.

    Args:
        town: As printed.
        year: 0 where it is not known: then the power that the table names last.
    """
    known = seats().get(town, ())
    if not year:
        return known[-1].power if known else ""
    return next((s.power for s in known if s.first <= year <= s.last), "")


_RANGE = re.compile(r"(\d{4})?–(\d{4})?")


@lru_cache(maxsize=4096)
def has_ruler(power: str, year: int, *, queen: bool = False) -> bool:
    """Whether a king or an emperor ruled a power in a year, or with ``queen`` a queen.

    Tables ``[kings]`` and ``[queens]`` of ``vocabularies/acts_scenes.toml``; where the year is not
    known (0), whether any ever did.
    """
    reigns = vocabulary("acts_scenes")["queens" if queen else "kings"].get(power, "")
    spans = _RANGE.findall(reigns)
    if not year:
        return bool(spans)
    return any(int(first or 0) <= year <= int(last or 9999) for first, last in spans)


@lru_cache(maxsize=1)
def towns() -> re.Pattern[str]:
    """Finds the towns of the table in a dateline."""
    names = sorted(seats(), key=len, reverse=True)
    return re.compile(rf"\b(?:{choice(map(re.escape, names))})\b(?!’s|'s)")
