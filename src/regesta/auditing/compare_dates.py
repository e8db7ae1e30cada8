"""A date as marked up against the same date as printed: what kind of slip it is, or none.

The order of the tests is the order in which an editor would think of them: a calendar, a month
taken from the next date, a missing year, a digit.
"""

import datetime as dt
import re
from collections.abc import Sequence

from regesta.auditing.base import Printed
from regesta.documents import HistoricalDate, Value, display, parse_edtf
from regesta.documents.dates import from_bounds, from_iso

#: Years before this are in no mark-up on purpose: the oldest letters that are edited are younger.
FIRST_YEAR = 600
#: A year printed alone and further from the mark-up than this counts from another epoch.
SAME_ERA = 300

#: In England a year began on Lady Day until 1752: "3 February 1711" is of 1712.
LADY_DAY, LAST_LADY_DAY = (3, 25), 1752

_ZONE = re.compile(r"T[\d:.]+(?:Z|[+-]\d\d:?\d\d)$")
_SMALL = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_WORD = re.compile(r"[^\W\d_]+")


class Slip(Value, frozen=True):
    """A disagreement between mark-up and print.

    Attributes:
        kind: Kind of the finding.
        why: One sentence.
        suggested: What the print says, or "" where it does not say enough.
        confidence: 0 to 1.
    """

    kind: str
    why: str
    suggested: str = ""
    confidence: float = 0.9


def calendar_gap(year: int) -> int:
    """Days by which the Julian calendar is behind in a year (after its February)."""
    return year // 100 - year // 400 - 2


def shown(edtf: str) -> str:
    """A date in words."""
    date = parse_edtf(edtf)
    return display(date) if date else edtf


def marked_date(value: str) -> HistoricalDate | None:
    """Read the date that mark-up gives: a day, month, year, moment or interval; else None."""
    first, interval, last = value.partition("/")
    if interval:
        return from_bounds(first or None, last or None)
    return from_iso(value) or from_iso(value[:10])


def compare(
    value: str, printed: Printed, words: str, others: Sequence[Printed] = ()
) -> Slip | None:
    """Compare a date in mark-up with the words that it stands for.

    Args:
        value: The mark-up's value, ISO 8601.
        printed: The date as printed.
        words: Its words.
        others: Further dates of the same dateline (that of receipt, in the first place).

    Returns:
        What is wrong, or None where both agree, or where one only says less than the other.
    """
    marked = marked_date(value)
    if marked is None:
        return _no_date(value, printed)
    if not printed.edtf:
        return _incomplete(marked, printed)
    there = parse_edtf(printed.edtf)
    if there is None or not there.earliest or not there.latest:
        return None
    if not marked.earliest or not marked.latest:
        return None  # open at one end: nothing to hold against the print
    if printed.pair:
        return _pair(marked, printed, there)
    if marked.day is None or there.day is None:
        return _coarse(marked, printed, there, words)
    if marked.day == there.day or _other_calendar(marked.day, there.day, printed):
        return None
    if _by_the_zone(value, marked.day, there.day):
        return None
    return _differs(marked.day, there.day, words, others)


def _no_date(value: str, printed: Printed) -> Slip | None:
    """What is no date for a calendar: "--09-07" has no year, "1918-02-30" is no day."""
    if value.startswith("--"):
        suggested = printed.edtf if printed.year else ""
        return Slip(
            "date.no-year", "The mark-up names a day without a year.", suggested, confidence=0.95
        )
    if not value[:1].isdecimal() or "/" in value or not value[:4].isdecimal():
        return None
    return Slip(
        "date.impossible",
        f"The mark-up's {value} is no day of any calendar.",
        printed.edtf,
        confidence=0.97,
    )


def _incomplete(marked: HistoricalDate, printed: Printed) -> Slip | None:
    """The print has no year, or no calendar has the day."""
    year, day = marked.year, marked.day
    if printed.year is not None:
        return Slip(
            "date.impossible",
            "No calendar has the day as it is printed; the mark-up gives another.",
            confidence=0.9,
        )
    if year is not None and year < FIRST_YEAR:
        return Slip(
            "date.no-year",
            f"The print names no year, and the mark-up makes it the year {year}.",
            confidence=0.97,
        )
    if day and printed.month and printed.day and not printed.pair:
        month, number = int(day[5:7]), int(day[8:10])
        agrees = (month, number) == (printed.month, printed.day)
        if not agrees and not _gap_apart(day, printed):
            return Slip(
                "date.differs",
                "The print has another day than the mark-up; it names no year.",
                confidence=0.85,
            )
    return None


def _gap_apart(day: str, printed: Printed) -> bool:
    """Whether the day marked up is the printed one in the other calendar."""
    marked = dt.date.fromisoformat(day)
    for year in (marked.year, marked.year - 1, marked.year + 1):
        try:
            old = dt.date(year, printed.month, printed.day)
        except ValueError:
            continue
        if abs((marked - old).days) == calendar_gap(marked.year):
            return True
    return False


def _pair(marked: HistoricalDate, printed: Printed, there: HistoricalDate) -> Slip | None:
    """A pair of days in two calendars, of which the mark-up should take the second."""
    if marked.day is None or not there.latest or marked.within(there.earliest, there.latest):
        return None
    if "/" in printed.edtf or printed.edtf[:1] == "[":
        # A range, or a pair whose gap is wrong (see the dates' auditor): only the year is sure.
        years = {(there.earliest or "")[:4], there.latest[:4]}
        if marked.day[:4] in years:
            return None
        why = f"The print has the year {there.latest[:4]}, the mark-up {int(marked.day[:4])}."
        return Slip("date.year", why, confidence=0.9)
    assert there.day is not None
    new = dt.date.fromisoformat(there.day)
    gap = calendar_gap(new.year if new.month > 2 else new.year - (new.year % 100 == 0))
    apart = (new - dt.date.fromisoformat(marked.day)).days
    if apart == gap:
        why = (
            f"The two days differ by {gap}, as they must between the calendars in {new.year}; "
            "the mark-up takes the first, in the Old Style."
        )
        return Slip("date.old-style", why, there.day, confidence=0.97)
    kind = "date.year" if marked.day[:4] != there.day[:4] else "date.differs"
    why = "The mark-up gives neither of the two days that are printed."
    return Slip(kind, why, there.day, confidence=0.95)


def _coarse(
    marked: HistoricalDate, printed: Printed, there: HistoricalDate, words: str
) -> Slip | None:
    """One of them is a month, a year or longer."""
    assert marked.earliest is not None
    if there.within(marked.earliest, marked.latest):
        return None  # the mark-up only says less
    if marked.within(there.earliest, there.latest):
        if marked.day and printed.edtf[-1:].isdecimal() and len(printed.edtf) == 7:
            if _day_in_words(words):
                return None  # the day may be there in words
            why = f"The print gives no day, the mark-up does: {shown(marked.day)}."
            return Slip("date.day-added", why, printed.edtf, confidence=0.9)
        return None
    if marked.overlaps(there.earliest, there.latest):
        return None
    if not printed.edtf[:4].isdecimal() or len(printed.edtf) not in (4, 7, 10):
        return None  # open, uncertain or a range: nothing to hold against the mark-up
    if len(printed.edtf) == 4 and abs(int(printed.edtf) - int(marked.earliest[:4])) > SAME_ERA:
        return None  # a year of another calendar
    which, one, two = _first_difference(marked.earliest, printed.edtf)
    return Slip(which, f"The print has {one}, the mark-up {two}.", printed.edtf, confidence=0.93)


def _day_in_words(words: str) -> bool:
    """Whether a month's words hold its day: "the last of May, 1719", "3. May 1719"."""
    words = words.partition("(")[0].partition("[")[0]
    return len(_WORD.findall(words)) > 1 or _SMALL.search(words) is not None


def _first_difference(marked: str, there: str) -> tuple[str, str, str]:
    if marked[:4] != there[:4]:
        return "date.year", f"the year {int(there[:4])}", f"{int(marked[:4])}"
    if marked[5:7] != there[5:7]:
        month, other = shown(there[:7]), shown(marked[:7])
        return "date.month", month, other
    return "date.differs", shown(there), shown(marked)


def _other_calendar(marked: str, there: str, printed: Printed) -> bool:
    """The mark-up may give the Gregorian day of a printed Julian one, and no more than that."""
    one, two = dt.date.fromisoformat(marked), dt.date.fromisoformat(there)
    if printed.calendar == "julian":
        # The printed day was converted; mark-up that keeps it is another matter of taste.
        return (two - one).days == calendar_gap(two.year)
    if one.year == two.year + 1 and (two.month, two.day) < LADY_DAY and two.year < LAST_LADY_DAY:
        two = two.replace(year=one.year) if (two.month, two.day) != (2, 29) else two
    return (one - two).days in (0, calendar_gap(two.year))


def _by_the_zone(value: str, marked: str, there: str) -> bool:
    """Whether a moment with its time zone falls on the day beside the printed one."""
    apart = dt.date.fromisoformat(marked) - dt.date.fromisoformat(there)
    return abs(apart.days) == 1 and _ZONE.search(value) is not None


def _differs(marked: str, there: str, words: str, others: Sequence[Printed]) -> Slip | None:
    arrival = next((o for o in others if o.received and o.month), None)
    same_day = marked[8:] == there[8:]
    if same_day and marked[5:7] != there[5:7]:
        if arrival and arrival.month == int(marked[5:7]) and marked[:4] == there[:4]:
            why = (
                "The mark-up has the day of writing with the month of receipt: "
                f"{shown(there)} is printed."
            )
            return Slip("date.month-of-receipt", why, there, confidence=0.99)
        if marked[:4] == there[:4]:
            why = f"The print has {shown(there[:7])}, the mark-up {shown(marked[:7])}."
            return Slip("date.month", why, there, confidence=0.97)
    if marked[:4] != there[:4]:
        why = f"The print has the year {int(there[:4])}, the mark-up {int(marked[:4])}."
        return Slip("date.year", why, there, confidence=0.98 if marked[5:] == there[5:] else 0.95)
    why = f"The print has {shown(there)}, the mark-up {shown(marked)}."
    return Slip("date.differs", why, there, confidence=0.93)
