"""A place's name into where it lies: a table of historical names first, then today's cities.

Where two towns of one name are of like size and nothing in the dateline chooses, none is chosen.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from regesta.describing.words import rows

#: The largest of several namesakes must have so many times the people of the next.
LEAD = 2.5


@dataclass(frozen=True, slots=True)
class Located:
    """Where a place lies, in degrees, and by which table."""

    latitude: float
    longitude: float
    rule: str


def fold(name: str) -> str:
    """Letters without accents, in lower case, words parted by one space."""
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", plain.casefold()))


@lru_cache(maxsize=1)
def _historical() -> dict[str, Located]:
    found: dict[str, Located] = {}
    for names, latitude, longitude, *_ in rows("places"):
        place = Located(float(latitude), float(longitude), "historical names")
        for name in names.split("|"):
            found.setdefault(fold(name), place)
    return found


@lru_cache(maxsize=1)
def _cities() -> tuple[bytes, int]:
    """The table of cities as it stands, and where its rows begin; they are in order of names."""
    table = (resources.files("regesta.vocabularies") / "cities.tsv").read_bytes()
    return table, table.index(b"\n", table.index(b"\nfolded\t") + 1) + 1


@lru_cache(maxsize=1)
def _regions() -> dict[str, str]:
    return {fold(form): code for code, forms in rows("regions") for form in forms.split("|")}


@lru_cache(maxsize=16_384)
def locate(name: str, region: str = "") -> Located | None:
    """Find a place.

    Args:
        name: As printed, without building ("Archangel", "Key West").
        region: The state or country printed after it ("Fla.", "Liberia"), or "".

    Returns:
        Where it lies, or None where no table knows it or namesakes cannot be told apart.
    """
    folded = fold(name)
    if not folded:
        return None
    country = _regions().get(fold(region), "") if region else ""
    both = _historical().get(fold(f"{name} {region}")) if region else None
    known = both or (_historical().get(folded) if not country.startswith("US") else None)
    return known or _city(folded, country)


def _city(folded: str, country: str) -> Located | None:
    found: list[tuple[int, float, float]] = []
    for row in city_rows(folded):
        _, _, latitude, longitude, code, people = row.split(b"\t")
        if not country or code.decode() == country[:2]:
            found.append((int(people), float(latitude), float(longitude)))
    if not found:
        return None
    found.sort(reverse=True)
    if len(found) > 1 and found[0][0] < LEAD * found[1][0]:
        return None
    return Located(found[0][1], found[0][2], "cities of today")


def city_rows(folded: str) -> Iterator[bytes]:
    """The rows of a name, found by halving: parsing the table would take longer than all else."""
    table, low = _cities()
    wanted, high = f"{folded}\t".encode(), len(table)
    while low < high:
        middle = (low + high) // 2
        start = table.rfind(b"\n", low, middle) + 1 or low
        if table[start : start + len(wanted)] < wanted:
            low = table.index(b"\n", middle) + 1
        else:
            high = start
    while table.startswith(wanted, low):
        end = table.index(b"\n", low)
        yield table[low:end]
        low = end + 1
