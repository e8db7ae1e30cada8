"""A place's name into where it lies: a table of historical names first, then today's cities.

Where two towns of one name are of like size and nothing in the dateline chooses, none is chosen.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from regesta.describing.words import rows
from regesta.documents.folding import plain_letters

_WORDS = re.compile(r"\w+")
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
    if name.isascii():
        return " ".join(_WORDS.findall(name.lower()))
    return " ".join(_WORDS.findall(plain_letters(name).casefold()))


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
def _regions() -> dict[str, tuple[str, ...]]:
    """The codes of states and countries by their folded forms, the likeliest first."""
    return {
        fold(form): tuple(codes.split(","))
        for codes, forms in rows("regions")
        for form in forms.split("|")
    }


def is_post(name: str) -> bool:
    """Tell whether a name is in the table of places of diplomacy; many towns are surnames too."""
    return fold(name) in _historical()


def is_region(name: str) -> bool:
    """Tell whether a name is a state's or a country's, as it stands after a place's."""
    return fold(name) in _regions()


def is_state(name: str) -> bool:
    """Tell whether a name is that of a state within a country."""
    return any("." in code for code in _regions().get(fold(name), ()))


#: Before a name, in the words of datelines: "Port of", "Ville de".
_PART_OF = re.compile(
    r"(?:(?:the )?(?:city|town|village|port|harbou?r|bay|presidio|state|plains) of|off|near|"
    r"(?:ville|port) de|stadt|hafen von|bei|nahe|près de|ciudad de|puerto de|città di) (?=\S)",
    re.I,
)


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
    found = _locate(folded, fold(region))
    if found is not None or " " not in folded:
        return found
    part = _PART_OF.match(name)
    if part:
        return locate(name[part.end() :], region)
    # "Taiku Korea": the comma before the region is missing.
    before, _, last = folded.rpartition(" ")
    return _locate(before, last) if not region and last in _regions() else None


def _locate(folded: str, region: str) -> Located | None:
    codes = _regions().get(region, ()) if region else ()
    both = _historical().get(f"{folded} {region}") if region else None
    if both is not None:
        return both
    if not codes:
        return _historical().get(folded) or _city(folded, "")
    for code in codes:
        found = _city(folded, code)
        if found is not None:
            return found
    known = _historical().get(folded)
    return known if known is not None and _lies_in(known, codes) else None


@lru_cache(maxsize=4096)
def _lies_in(known: Located, codes: tuple[str, ...]) -> bool:
    """A historical name is kept with its region, unless that lies on the other side of an ocean."""
    lands = _lands()
    boxes = [lands[code[:2]] for code in codes if code[:2] in lands]
    if not boxes:
        return True
    margin = 3.0
    return any(
        south - margin <= known.latitude <= north + margin
        and west - margin <= known.longitude <= east + margin
        for south, west, north, east in boxes
    )


@lru_cache(maxsize=1)
def _lands() -> dict[str, tuple[float, float, float, float]]:
    """The box of degrees that holds each country: south, west, north, east."""
    return {
        code: (float(south), float(west), float(north), float(east))
        for code, south, west, north, east in rows("lands")
    }


def _city(folded: str, code: str) -> Located | None:
    found: list[tuple[int, float, float]] = []
    wanted = code.encode()
    for row in city_rows(folded):
        _, _, latitude, longitude, land, people = row.split(b"\t")
        if land.startswith(wanted):
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
