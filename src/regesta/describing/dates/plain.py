"""The plainest dates, "Lima, May 3, 1871, 7 p.m." and "Bern, den 3. Mai 1905.", read at a glance.

What comes in is a line; what goes out is what the grammar finds in it, or None where only the
grammar can tell. Two of three datelines are of these forms, and their words before the date recur.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from regesta.describing.dates.clock import find_time
from regesta.describing.dates.found import Found
from regesta.describing.dates.pairs import iso
from regesta.describing.dates.realms import may_be_julian
from regesta.describing.dates.style import names_calendar
from regesta.describing.dates.tokens import letters_of, month_numbers
from regesta.describing.words import DIGIT

_TIME = r"[0-9]{1,2}(?:[.:][0-9]{2})? [ap]\. ?m\b\.?"
#: From the first figure of a line to its end: "3, 1871, 7 p.m.", "3. Mai 1905.", "3, 1871. (Rec".
_REST = re.compile(
    r"(?P<day>[0-9]{1,2})(?:,? |\.? (?P<month>[^\W\d_]{3,9}) )(?P<year>1[89][0-9]{2})"
    rf"(?P<time>(?:,? |[—–]){_TIME})?\.?(?:\)|(?<=\.)\]|(?P<more> (?=\(\w)))?"
)
#: The same of a receipt that leaves the year out, or the day: "3, 7 p.m.]", "3.]", "7 p.m.]".
_RECEIPT = re.compile(
    rf"(?:(?P<day>[0-9]{{1,2}})(?:(?P<time>(?:, |[—–]){_TIME})[\])]*|\.?\)?|\.\])|{_TIME}[\])]*)"
)
_LAST_WORD = re.compile(r"[^\W\d_]+ $")
#: Letters of tokens that change nothing of a date behind them, and which may not stand last. The
#: Mar of "Viña del Mar" is a month and the "St." of a town an ending: without figures nothing is
#: made of them.
_HARMLESS, _OPENED = frozenset("W,.;:lf-“”\"‘’'[]()MFotz"), frozenset("[(-;:")
#: Signs and small words that a date reaches over, and what it would join behind them.
_OVER, _JOINING = ",.;:lf-“”\"‘’'[]()", frozenset("tz")
#: No month has more days.
_DAYS = 31


class _Lead(NamedTuple):
    """What words before a figure say: the month they end with, and where it begins, -1 for more."""

    month: int
    begins: int
    received: bool


def plain_dates(text: str, start: int, end: int) -> list[Found] | None:
    """The dates of ``text[start:end]`` where all are of the plainest forms; else None."""
    figure = DIGIT.search(text, start, end)
    if figure is None:
        return None
    at = figure.start()
    lead = _lead(text[start:at])
    if lead.begins < 0:
        return None
    rest = _REST.match(text, at, end)
    if rest is not None and (rest.end() == end or rest["more"]):
        sent = _day(text, start, end, lead, rest)
        if sent is None or not rest["more"]:
            return None if sent is None else [sent]
        arrived = plain_dates(text, rest.end(), end)
        return [sent, *arrived] if arrived and arrived[0].received else None
    return _receipt(text, start, at, end, lead) if lead.received else None


def _day(text: str, start: int, end: int, lead: _Lead, rest: re.Match[str]) -> Found | None:
    """A whole day, with its hour where one is printed."""
    month, shape, first = lead.month, "MDY", start + lead.begins
    if rest["month"] is not None:
        if month:
            return None
        month, shape, first = _month(rest["month"]), "DMY", rest.start()
    day, year = int(rest["day"]), int(rest["year"])
    edtf = iso(year, month, day) if month and 0 < day <= _DAYS else ""
    if not edtf:
        return None
    stop = rest.end("year")
    time = find_time(text, stop, end) if rest["time"] else None
    if rest["time"] and time is None:
        return None
    clock, last = time or (None, stop)
    return Found(first, last, stop, shape, year, month, day, edtf, clock, received=lead.received)


def _receipt(text: str, start: int, at: int, end: int, lead: _Lead) -> list[Found] | None:
    """A day of receipt without year, or no day where only the hour is printed."""
    rest = _RECEIPT.fullmatch(text, at, end)
    if rest is None or (rest["day"] is None) != (lead.month == 0):
        return None
    if rest["day"] is None:
        return []
    day, stop = int(rest["day"]), rest.end("day")
    time = find_time(text, stop, end) if rest["time"] else None
    if not 0 < day <= _DAYS or (rest["time"] and time is None):
        return None
    clock, last = time or (None, stop)
    first = start + lead.begins
    return [Found(first, last, stop, "MD", None, lead.month, day, "", clock, received=True)]


@lru_cache(maxsize=16_384)
def _lead(before: str) -> _Lead:
    last = _LAST_WORD.search(before)
    month = _month(last[0][:-1]) if last else 0
    begins = last.start() if last and month else len(before)
    letters, words = letters_of(before[:begins])
    received = "r" in letters
    harmless = _HARMLESS.issuperset(letters.replace("r", "")) and not _joins(letters, month)
    if not harmless or letters[-1:] in _OPENED or any(map(names_calendar, words)):
        return _Lead(0, -1, received)
    return _Lead(month, begins, received)


def _joins(letters: str, month: int) -> bool:
    """Whether it may be one of two dates ("March and 3 April"), or begin before that ("May, 3")."""
    last = letters.rstrip(_OVER)[-1:]
    return last in _JOINING or (last == "M" and not month) or "MM" in letters + "M" * (month > 0)


@lru_cache(maxsize=1024)
def _month(word: str) -> int:
    """The number of a month that is one in our calendar alone; 0 for any other word."""
    small = word.lower()
    plain = letters_of(word)[0] == "M" and not may_be_julian(small)
    return month_numbers().get(small, 0) if plain else 0
