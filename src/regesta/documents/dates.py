"""A historical date: bounds, precision, calendar and the printed words; EDTF out.

What comes in are the parts a reader or a describer is sure of; what goes out never says more.
"""

import calendar as calendar_days
import datetime as dt
import re
from functools import lru_cache
from typing import Literal

from regesta.documents.base import Value

Calendar = Literal["gregorian", "julian", "dual", "republican", "hijri", "rumi", "unknown"]
#: What can be odd about a printed date: no calendar has the day ("impossible"); two printed days
#: are not the same one ("offset"); the printed weekday is another ("weekday"); the calendar
#: follows from language and place and is not printed ("style"); a double year stands outside of
#: January to March ("double year"); the print is damaged and was read in the only way it can be
#: ("damaged"); the day followed the new moon, a day either way ("new moon").
MARKS = ("impossible", "offset", "weekday", "style", "double year", "damaged", "new moon")

_ISO = re.compile(
    r"(?P<y>-?\d{4})(?:-(?P<m>\d\d)(?:-(?P<d>\d\d))?)?"
    r"(?:T(?P<h>[01]\d|2[0-3]|24(?=:00)):(?P<mi>[0-5]\d)(?::\d\d(?:\.\d+)?)?)?"
    r"(?:Z|[+-]\d\d:\d\d)?\Z",
    re.ASCII,
)


class HistoricalDate(Value, frozen=True, tag="date"):
    """A date as far as it is known.

    Attributes:
        edtf: The date in EDTF (ISO 8601-2), proleptic Gregorian.
        earliest: First possible day, ``YYYY-MM-DD``, or None when open.
        latest: Last possible day, ``YYYY-MM-DD``, or None when open.
        time: Clock time of day as printed, ``HH:MM`` ("24:00" is midnight at the end of the day).
        calendar: The calendar as printed.
        printed: The printed words, or an empty string when only mark-up says it.
        marks: What is odd about it, among :data:`MARKS`. An impossible date has no EDTF and no
            bounds: it is kept as printed.
    """

    edtf: str
    earliest: str | None
    latest: str | None
    time: str | None = None
    calendar: Calendar = "gregorian"
    printed: str = ""
    marks: tuple[str, ...] = ()

    @property
    def day(self) -> str | None:
        """The one day this date can be, or None."""
        return self.earliest if self.earliest and self.earliest == self.latest else None

    @property
    def year(self) -> int | None:
        """The one year this date can be, or None."""
        if self.earliest and self.latest and self.earliest[:4] == self.latest[:4]:
            return int(self.earliest[:4])
        return None

    def compare(self, other: "HistoricalDate") -> int | None:
        """Tell which is earlier, as far as it is certain.

        Returns:
            -1 where every day of this date lies before every day of the other, 1 where after, 0
            where both are the same day (and hour, if both have one), None where the order is open.
        """
        if self.latest and other.earliest and self.latest < other.earliest:
            return -1
        if self.earliest and other.latest and self.earliest > other.latest:
            return 1
        if self.day is None or self.day != other.day:
            return None
        if self.time and other.time:
            return (self.time > other.time) - (self.time < other.time)
        return 0 if self.time == other.time else None

    def overlaps(self, first: str | None, last: str | None) -> bool:
        """Tell whether any day of this date can lie in ``first``..``last`` (None is open)."""
        return (last is None or (self.earliest or "") <= last) and (
            first is None or (self.latest or "9999-12-31") >= first
        )

    def within(self, first: str | None, last: str | None) -> bool:
        """Tell whether every day of this date lies in ``first``..``last`` (None is open)."""
        return (first is None or (self.earliest is not None and self.earliest >= first)) and (
            last is None or (self.latest is not None and self.latest <= last)
        )


def last_day(year: int, month: int) -> int:
    """Give the last day of a month of the proleptic Gregorian calendar."""
    return calendar_days.monthrange(year, month)[1]


def bounds_edtf(first: str | None, last: str | None) -> str:
    """First and last possible day (``YYYY-MM-DD``) as EDTF, years and months as such: "1719".

    An open end is ``..``; "" where both are open.
    """
    if not first or not last:
        return f"{first or '..'}/{last or '..'}" if first or last else ""
    for size, begins, ends in ((4, "-01-01", "-12-31"), (7, "-01", "")):
        end = ends or (f"-{last_day(int(last[:4]), int(last[5:7])):02d}" if last[5:7] else "")
        if len(first) == len(last) == 10 and first[size:] == begins and last[size:] == end:
            first, last = first[:size], last[:size]
            break
    return first if first == last else f"{first}/{last}"


def from_iso(
    value: str, *, printed: str = "", calendar: Calendar = "gregorian"
) -> HistoricalDate | None:
    """Read an ISO 8601 date as TEI's ``@when`` has it: year, month, day or moment.

    Returns:
        The date, or None where the value is no possible date ("1918-02-30", "spring").
    """
    read = _read_iso(value.strip())
    return HistoricalDate(*read, calendar=calendar, printed=printed) if read else None


@lru_cache(maxsize=4096)
def _read_iso(value: str) -> tuple[str, str, str, str | None] | None:
    """Give EDTF, first and last day, and time of an ISO 8601 date; a volume repeats its days."""
    match = _ISO.match(value)
    if match is None:
        return None
    try:
        year = int(match["y"])
        month, day = int(match["m"] or 0), int(match["d"] or 0)
        if day:
            first = last = dt.date(year, month, day)
        elif month:
            first, last = dt.date(year, month, 1), dt.date(year, month, last_day(year, month))
        else:
            first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    except ValueError:
        return None
    time = f"{match['h']}:{match['mi']}" if match["h"] and day else None
    edtf = match["y"] + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if day else "")
    return edtf, first.isoformat(), last.isoformat(), time


def from_bounds(
    first: str | None, last: str | None, *, printed: str = "", between: bool = False
) -> HistoricalDate | None:
    """Make a date from TEI's ``@from``/``@to`` or, with ``between``, ``@notBefore``/``@notAfter``.

    ``between`` means one unknown day of the range (``[a..b]``), else the whole range (``a/b``).
    Returns None where a bound is no possible date, or both are missing.
    """
    start = from_iso(first) if first else None
    end = from_iso(last) if last else None
    if (first and start is None) or (last and end is None) or not (start or end):
        return None
    a, b = (start.edtf if start else ""), (end.edtf if end else "")
    if start and end and start.edtf == end.edtf:
        return from_iso(a, printed=printed)
    return HistoricalDate(
        edtf=f"[{a}..{b}]" if between else f"{a or '..'}/{b or '..'}",
        earliest=start.earliest if start else None,
        latest=end.latest if end else None,
        printed=printed,
    )
