"""Two printed days into one value: the same day in two calendars, a span, or one of two days."""

import datetime as dt
import re

from regesta.describing.dates.calendars import is_dual_pair
from regesta.describing.words import word_set
from regesta.documents.dates import Calendar

Parts = tuple[int | None, int, int]
Pair = tuple[Parts, Parts]
#: EDTF, calendar and marks of a pair.
Meaning = tuple[str, Calendar, tuple[str, ...]]
_IMPOSSIBLE: Meaning = ("", "gregorian", ("impossible",))


def iso(year: int, month: int, day: int) -> str:
    """EDTF of a day, or "" where it is impossible."""
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return ""


def single(shape: str, parts: list[int]) -> Parts:
    """Year, month and day of an unpaired date from its parts in printed order; 0 for none."""
    at = dict(zip(shape, parts, strict=True))
    return at.get("Y"), at.get("M", 0), at.get("D", 0)


def halves(left: str, right: str, parts: list[int]) -> Pair:
    """Both days of a pair; what one half leaves out is the other's, never anything else."""
    a = single(left, parts[: len(left)])
    b = single(right, parts[len(left) :])
    month_a, month_b = a[1] or b[1], b[1] or a[1]
    return (a[0], month_a, a[2]), (b[0], month_b, b[2])


def pair_meaning(pair: Pair, sign: str, word: str = "") -> Meaning:
    """A pair is the same day in two calendars where the offset proves it, else a range.

    "/" and brackets announce two calendars; where their offset does not fit, the document does
    not say which half errs, and both stay possible.

    Args:
        pair: The two days.
        sign: What joins them: "-", "/", "&", "(", "[" or "t" for a word.
        word: That word, in lower case.
    """
    (y1, m1, d1), (y2, m2, d2) = pair
    if y2 is None:
        return "", "gregorian", ()
    first_year = y1 if y1 is not None else (y2 - 1 if m1 == 12 and m2 == 1 else y2)
    second = iso(y2, m2, d2)
    if not second:
        return _IMPOSSIBLE
    for old, new in (
        ((first_year, m1, d1), second),
        ((y2, m2, d2), iso(first_year, m1, d1)),
    ):
        if new and sign != "t" and is_dual_pair(old, dt.date.fromisoformat(new)):
            return new, "dual", ()
    first = iso(first_year, m1, d1)
    if not first:
        return _IMPOSSIBLE
    if first >= second:
        return "", "gregorian", ("offset",)
    if sign == "?":
        return f"[{first},{second}]", "gregorian", ()
    if sign == "&" or word in word_set("date_words", "and"):
        return f"{{{first},{second}}}", "gregorian", ()
    if word in word_set("date_words", "or"):
        return f"[{first},{second}]", "gregorian", ()
    apart = (dt.date.fromisoformat(second) - dt.date.fromisoformat(first)).days
    if sign in "-t" or apart == 1:
        return f"{first}/{second}", "gregorian", ()
    return f"[{first},{second}]", "dual", ("offset",)


def between(edtf: str) -> str:
    """What "between" makes of a pair: one unknown day, month or year of the two or inside them."""
    first, second = re.split(r"[/,]", edtf.strip("[]{}"), maxsplit=1)
    return f"[{first}..{second}]"


def years(first: int, second: str, sign: str) -> str:
    """EDTF of a span of years ("1914–18", "1715 and 1718"), or "" where it is none."""
    if len(second) == 4:
        last = int(second)
    elif len(second) == 2 and first % 100 < int(second):
        last = first // 100 * 100 + int(second)
        if sign == "-" and int(second) <= 12:
            # "1903-04" may be April 1903.
            return ""
    else:
        return ""
    return f"{first:04d}/{last:04d}" if last > first else ""


def double_year(first: int, second: str) -> int | None:
    """The later year of "1731/2", "1699/1700", "1719/20", or None where it is no such pair."""
    later = first + 1
    return later if str(later)[-len(second) :] == second else None
