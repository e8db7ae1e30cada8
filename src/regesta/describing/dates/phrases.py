"""Words that are a date into the date they say: one value, or nothing.

For words that someone gives as a date (a field of a table, a caption, "the 12th instant" beside the
day of the letter). Running text and datelines go through :mod:`regesta.describing.dates.document`.
"""

import datetime as dt
import re
from functools import lru_cache

from regesta.describing.dates.found import Found
from regesta.describing.dates.grammar import find_dates
from regesta.describing.dates.tokens import tokenize
from regesta.describing.words import vocabulary
from regesta.documents.dates import HistoricalDate

#: What may stand around a bare year that is a date: a place before a comma, brackets, doubt.
_PLACE = re.compile(
    r"(?:[^\W\d_][^\d]*,\s*|n\. ?d\.\s*|(?:l['’])?an(?:n[éo]e?|o)\s+|[\[(«\"“]+)*\s*$", re.I
)
_REST = re.compile(r"[\s.,;:?!\[\])(]*(?:ind(?:ictione|ictio|\.)\s*[IVX\d]+\.?)?$", re.I)
#: Shapes that say no more than a year.
_YEAR_ONLY = "Y"
#: Letters of words that may stand before a span of years, or before a year in doubt.
_DATE_LETTERS = frozenset("flztcdbaxemnvu.,[('")


def read_date(words: str, *, on: str | None = None) -> HistoricalDate | None:
    """Read words that are a date.

    Args:
        words: A date as printed, perhaps with a place before it and a clock time.
        on: The day that "yesterday" and "the 12th instant" are counted from, ``YYYY-MM-DD``.

    Returns:
        The date; with the mark "impossible" and without EDTF where no calendar has the day; None
        where the words are no date, are not complete, or can be read in two ways.
    """
    dates = find_dates(words, 0, len(words))
    whole = [d for d in dates if not d.received and d.year is not None]
    for found in whole:
        if found.shape == _YEAR_ONLY and found.edtf and not _is_year(words, found):
            continue
        if found.shape == "MY" and re.search(r"\d", words[: found.start]):
            continue
        value = found.value(words)
        if value is not None:
            return value
        return found.as_printed(words) if found.marks else None
    return _relative(words, on)


def _is_year(words: str, found: Found) -> bool:
    """Whether a bare year is a date: alone, or after a place and a comma."""
    before, after = words[: found.start], words[found.end :]
    if "/" in found.edtf or "," in found.edtf or found.edtf[-1] in "?~%":
        return not set(tokenize(before, 0, len(before)).classes) - _DATE_LETTERS
    if found.edtf[:1] == "[" or found.edtf[4:] or "X" in found.edtf:
        return True
    return _PLACE.fullmatch(before) is not None and _REST.fullmatch(after) is not None


@lru_cache(maxsize=1)
def _counted() -> tuple[list[tuple[re.Pattern[str], int]], list[tuple[re.Pattern[str], int]]]:
    table = vocabulary("relative_days")
    days = [
        (re.compile(rf"\W*(?:{'|'.join(names)})\W*", re.I), int(n))
        for n, names in table["days"].items()
    ]
    months = [
        (
            re.compile(
                rf"\W*(?:(?:the|le|den|am|il|el|vom)\s+)?(?P<d>\d{{1,2}})\W*(?:st|nd|rd|th|d|го|er|º)?"
                rf"[\s.,]*(?:de\s+)?(?:{'|'.join(names)})\W*",
                re.I,
            ),
            int(n),
        )
        for n, names in table["months"].items()
    ]
    return days, months


def _relative(words: str, on: str | None) -> HistoricalDate | None:
    """Read "yesterday" and "the 12th instant", counted from a day that is known."""
    if on is None:
        return None
    anchor = dt.date.fromisoformat(on)
    days, months = _counted()
    for expression, n in days:
        if expression.fullmatch(words):
            return _one_day(anchor + dt.timedelta(days=n), words)
    for expression, n in months:
        match = expression.fullmatch(words)
        if match:
            count = anchor.year * 12 + anchor.month - 1 + n
            try:
                return _one_day(dt.date(count // 12, count % 12 + 1, int(match["d"])), words)
            except ValueError:
                return HistoricalDate(
                    "", None, None, calendar="unknown", printed=words, marks=("impossible",)
                )
    return None


def _one_day(day: dt.date, words: str) -> HistoricalDate:
    written = day.isoformat()
    return HistoricalDate(written, written, written, printed=words)
