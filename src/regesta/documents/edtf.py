"""EDTF (ISO 8601-2) text into a date with bounds: levels 0 and 1 and the common forms of level 2.

The text itself is kept as the date's ``edtf``; what comes out never says more than the text did.
"""

import datetime as dt
import itertools
import re
from collections.abc import Iterator
from functools import lru_cache

from regesta.documents.dates import HistoricalDate

#: One point in time: a year, month, season or day, with unspecified digits and qualifiers.
ELEMENT = re.compile(
    r"(?P<q0>[?~%]?)(?P<y>[0-9X]{4})(?:S(?P<s>[1-4]))?(?P<q1>[?~%]?)"
    r"(?:-(?P<q2>[?~%]?)(?P<m>[0-9X]{2})(?P<q3>[?~%]?)"
    r"(?:-(?P<q4>[?~%]?)(?P<d>[0-9X]{2})(?P<q5>[?~%]?))?)?"
    r"(?:T(?P<h>[01][0-9]|2[0-3]|24(?=:?00)):?(?P<mi>[0-5][0-9])(?::?[0-9][0-9])?"
    r"(?:Z|[+-][0-9][0-9](?::?[0-9][0-9])?)?)?\Z"
)

#: First and last month of the season codes of ISO 8601-2 (21–24 without hemisphere, 25–28 north,
#: 29–32 south, 33–36 quarters, 37–39 thirds, 40–41 halves). A winter may be that of either end of
#: its year: its bounds reach from January to the next February (month 14).
SEASONS: dict[str, tuple[int, int]] = {
    **dict.fromkeys(("21", "25", "31"), (3, 5)),
    **dict.fromkeys(("22", "26"), (6, 8)),
    **dict.fromkeys(("23", "27", "29"), (9, 11)),
    **dict.fromkeys(("24", "28", "30"), (1, 14)),
    "32": (6, 8),
    **{str(33 + i): (1 + 3 * i, 3 + 3 * i) for i in range(4)},
    **{str(37 + i): (1 + 4 * i, 4 + 4 * i) for i in range(3)},
    **{str(40 + i): (1 + 6 * i, 6 + 6 * i) for i in range(2)},
}


def _significant(year: str, digits: str | None) -> str:
    """The years that ``1950S2`` stands for: only its first two figures are sure."""
    return year[: int(digits)] + "X" * (4 - int(digits)) if digits else year


def _numbers(pattern: str, low: int, high: int) -> list[int]:
    """Every number of ``low``..``high`` that an EDTF pattern such as ``1X`` can stand for."""
    if "X" not in pattern:
        return [int(pattern)] if low <= int(pattern) <= high else []
    first, last = int(pattern.replace("X", "0")), int(pattern.replace("X", "9"))
    fits = re.compile(pattern.replace("X", r"\d")).fullmatch
    width = len(pattern)
    return [n for n in range(max(low, first), min(high, last) + 1) if fits(f"{n:0{width}d}")]


def _days(
    years: Iterator[int], months: list[int], days: list[int], *, last: bool
) -> Iterator[dt.date]:
    """Every possible day of the candidates, in ascending or descending order."""
    for year, month, day in itertools.product(
        years, months[::-1] if last else months, days[::-1] if last else days
    ):
        try:
            yield dt.date(year, month, day)
        except ValueError:
            continue


def _season_bounds(years: list[int], code: str) -> tuple[dt.date, dt.date]:
    start, end = SEASONS[code]
    first = dt.date(years[0], start, 1)
    year, month = years[-1] + end // 12, end % 12 + 1
    return first, dt.date(year, month, 1) - dt.timedelta(days=1)


def _bounds(match: re.Match[str]) -> tuple[dt.date, dt.date] | None:
    """First and last possible day of one element, or None where there is none."""
    years = _numbers(_significant(match["y"], match["s"]), 1, 9998)
    if not years or (match["s"] and match["m"]):
        return None
    if match["m"] in SEASONS:
        return None if match["d"] else _season_bounds(years, match["m"])
    months = _numbers(match["m"] or "XX", 1, 12)
    days = _numbers(match["d"] or "XX", 1, 31)
    first = next(_days(iter(years), months, days, last=False), None)
    end = next(_days(iter(years[::-1]), months, days, last=True), None)
    return (first, end) if first and end else None


def _element(text: str) -> tuple[str, str, str | None] | None:
    """Earliest, latest and clock time of one element, or None."""
    match = ELEMENT.match(text)
    bounds = _bounds(match) if match else None
    if match is None or bounds is None or (match["h"] and not match["d"]):
        return None
    time = f"{match['h']}:{match['mi']}" if match["h"] else None
    return bounds[0].isoformat(), bounds[1].isoformat(), time


def _interval(text: str) -> HistoricalDate | None:
    """``a/b``, where either may be open (``..``) or unknown (empty)."""
    left, right = text.split("/", 1)
    start = None if left in ("", "..") else _element(left)
    end = None if right in ("", "..") else _element(right)
    if (left not in ("", "..") and start is None) or (right not in ("", "..") and end is None):
        return None
    if not (start or end) or (start and end and start[0] > end[1]):
        return None
    return HistoricalDate(
        edtf=text, earliest=start[0] if start else None, latest=end[1] if end else None
    )


def _set(text: str) -> HistoricalDate | None:
    """``[a..b]``, ``[a,b]`` (one of them) or ``{a,b}`` (all of them)."""
    firsts: list[str | None] = []
    lasts: list[str | None] = []
    for part in text[1:-1].split(","):
        left, dots, right = part.strip().partition("..")
        start = _element(left) if left else None
        end = _element(right) if right else None
        if (left and start is None) or (right and end is None) or not (start or end):
            return None
        if start and end and start[0] > end[1]:
            return None
        if not dots:
            end = start
        firsts.append(start[0] if start else None)
        lasts.append(end[1] if end else None)
    first = None if None in firsts else min(f for f in firsts if f)
    last = None if None in lasts else max(x for x in lasts if x)
    return HistoricalDate(edtf=text, earliest=first, latest=last)


@lru_cache(maxsize=65536)
def parse_edtf(text: str) -> HistoricalDate | None:
    """Read a date in EDTF.

    Level 0 and 1 are read whole (``1918-10-25``, ``1918-10?``, ``191X``, ``1918-21``,
    ``1918-05-01/1918-06-03``, ``../1918``), of level 2 qualified parts (``?1918-10-~25``), sets
    (``[1918-07-12..1918-07-31]``, ``{1917,1919}``), unspecified digits anywhere, significant
    figures (``1950S2``) and the finer seasons. Qualifiers do not widen the bounds: nobody says how
    far "about" reaches.

    Returns:
        The date with the text as its ``edtf``, or None where it is no EDTF, no possible day
        (``1918-06-31``), or outside the years 1 to 9998.
    """
    text = text.strip()
    if len(text) > 2 and text[0] + text[-1] in ("[]", "{}"):
        return _set(text)
    if "/" in text:
        return _interval(text)
    found = _element(text)
    if found is None:
        return None
    return HistoricalDate(
        edtf=text.partition("T")[0], earliest=found[0], latest=found[1], time=found[2]
    )
