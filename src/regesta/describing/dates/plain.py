"""The plainest dates, "Lima, May 3, 1871, 7 p.m." and "Bern, den 3. Mai 1905.", read at a glance.

What comes in is a line; what goes out is what the grammar finds in it, or None where only the
grammar can tell. Two of three datelines are of these forms, and their words before the date recur.
"""

import re
from functools import lru_cache

from regesta.describing.dates.clock import find_time
from regesta.describing.dates.found import Found
from regesta.describing.dates.pairs import iso
from regesta.describing.dates.realms import may_be_julian
from regesta.describing.dates.style import names_calendar
from regesta.describing.dates.tokens import letters_of, month_numbers
from regesta.describing.words import DIGIT

#: From the first figure of a line to its end: "3, 1871, 7 p.m.", "3. Mai 1905."
_REST = re.compile(
    r"(?P<day>[0-9]{1,2})(?:,? |\.? (?P<month>[^\W\d_]{3,9}) )(?P<year>1[89][0-9]{2})"
    r"(?P<time>(?:,? |[—–])[0-9]{1,2}(?:[.:][0-9]{2})? [ap]\. ?m)?\.?"
)
_LAST_WORD = re.compile(r"[^\W\d_]+ $")
#: Letters of tokens that change nothing of a date behind them, and which may not stand last.
_HARMLESS, _OPENED = frozenset("W,.;:lf-“”\"‘’'[]()"), frozenset("[(-;:")
#: No month has more days.
_DAYS = 31


def plain_date(text: str, start: int, end: int) -> Found | None:
    """The date of ``text[start:end]`` where it is the only one, and of the plainest form."""
    figure = DIGIT.search(text, start, end)
    rest = _REST.fullmatch(text, figure.start(), end) if figure else None
    if figure is None or rest is None:
        return None
    at, (month, begins) = figure.start(), _lead(text[start : figure.start()])
    word = rest["month"]
    if word is not None:
        if begins < 0 or month:
            return None
        month, shape, first = _month(word), "DMY", at
    else:
        shape, first = "MDY", start + begins
    day, year = int(rest["day"]), int(rest["year"])
    edtf = iso(year, month, day) if month and 0 < day <= _DAYS else ""
    if not edtf:
        return None
    stop = rest.end("year")
    time = find_time(text, stop, end) if rest["time"] else None
    if rest["time"] and time is None:
        return None
    clock, last = time or (None, stop)
    return Found(first, last, stop, shape, year, month, day, edtf, clock)


@lru_cache(maxsize=16_384)
def _lead(before: str) -> tuple[int, int]:
    """The month that words end with, 0 for none, and where it begins; -1 where they say more."""
    last = _LAST_WORD.search(before)
    month = _month(last[0][:-1]) if last else 0
    begins = last.start() if last and month else len(before)
    letters, words = letters_of(before[:begins])
    if not _HARMLESS.issuperset(letters) or letters[-1:] in _OPENED:
        return 0, -1
    return (0, -1) if any(map(names_calendar, words)) else (month, begins)


@lru_cache(maxsize=1024)
def _month(word: str) -> int:
    """The number of a month that is one in our calendar alone; 0 for any other word."""
    small = word.lower()
    plain = letters_of(word)[0] == "M" and not may_be_julian(small)
    return month_numbers().get(small, 0) if plain else 0
