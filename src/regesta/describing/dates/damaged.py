"""Dates in damaged print: "Ju1y l9, 19l8", read where one reading is possible and no other.

Letters and figures that print and scanning confuse are told apart by what a date needs there: a
month, a day, a year. Where two readings fit ("1S64": 1564, 1864) nothing is read.
"""

import itertools
import re
from collections.abc import Iterator
from functools import lru_cache

from regesta.describing.dates.tokens import Tokens, month_numbers

#: What a letter in a number can stand for.
_FIGURES = {
    **dict.fromkeys("lI|!i", "1"), **dict.fromkeys("OoQ", "0"), **dict.fromkeys("Zz", "2"),
    **dict.fromkeys("bG", "6"), **dict.fromkeys("gq", "9"), "B": "8", "S": "58", "s": "58",
}  # fmt: skip
#: Figures in a word, and letters that look alike: all of a group count as one.
_ALIKE = str.maketrans("co0uvtil1|!hb5gq", "eeennfjjjjjkksyy")
_CHUNK = re.compile(r"[^\s,;:()\[\]./–—-]+")
#: A year with letters among its figures.
_YEAR = re.compile(
    r"[12lI](?<![\w.].)(?:(?=[\dlIOoQSZB]*[lIOoQSZB])(?=\w*\d)[\dlIOoQSZB]{3}|(?<![12])\d{3})(?!\w)"
)
#: Longer lines are no datelines: nothing damaged is looked for there.
LONGEST = 160
_MIXED = re.compile(r"[^\W\d_|!][\d|!]|[\d|!][^\W\d_|!]|[^\W\d_][IO]|[lIO][\d]")
#: A word of unknown letters beside the figures of a date.
_BESIDE = re.compile(r"W[.,]?Do?[.,]*Y|Do?[.]?f*W[.,]?f*Y")
#: Years that damaged figures may stand for.
_YEARS = range(1400, 2030)
_SHORTEST = 4


@lru_cache(maxsize=1)
def _months() -> dict[str, set[int]]:
    """Months by their names with letters that look alike made one."""
    months: dict[str, set[int]] = {}
    for name, number in month_numbers().items():
        if len(name) >= _SHORTEST and name.isalpha():
            months.setdefault(_plain(name), set()).add(number)
    return months


def _plain(word: str) -> str:
    return word.replace("rn", "m").translate(_ALIKE)


def _readings(chunk: str) -> Iterator[int]:
    """The numbers that a chunk of figures and letters can stand for."""
    choices = [_FIGURES.get(c, c if c.isdecimal() else "") for c in chunk]
    if all(choices):
        yield from (int("".join(c)) for c in itertools.product(*choices))


def _read(chunk: str) -> tuple[str, str] | None:
    """The letter and the word of a chunk read in the one way it can be, or None."""
    whole = re.sub(r"(?<=[\dlIO])(?:st|nd|rd|th)$", "", chunk)
    if any(c.isdecimal() for c in whole) and not whole.isdecimal():
        numbers = set(_readings(whole))
        fitting = {n for n in numbers if 1 <= n <= 31 or n in _YEARS}
        if len(fitting) == 1:
            n = fitting.pop()
            return ("D", str(n)) if n <= 31 else ("Y", str(n))
        if numbers:
            return None
    if len(chunk) >= _SHORTEST + chunk[0].islower():
        months = _months().get(_plain(chunk.lower()), set())
        if len(months) == 1:
            n = next(iter(months))
            return "M", next(name for name, number in month_numbers().items() if number == n)
    return None


def is_damaged(text: str, start: int, end: int) -> bool:
    """Whether a line may hold a year with letters among its figures."""
    return end - start <= LONGEST and _YEAR.search(text, start, end) is not None


def repaired(text: str, tokens: Tokens, start: int, end: int) -> Tokens | None:
    """The tokens of a line with what is damaged made whole, or None where nothing is."""
    if end - start > LONGEST:
        return None
    if not _MIXED.search(text, start, end) and not _BESIDE.search(tokens.classes):
        return None
    merges: list[tuple[int, int, str, str]] = []
    at = 0
    for match in _CHUNK.finditer(text, start, end):
        while at < len(tokens.starts) and tokens.starts[at] < match.start():
            at += 1
        stop = at
        while stop < len(tokens.starts) and tokens.starts[stop] < match.end():
            stop += 1
        if stop == at or tokens.classes[at:stop] in ("M", "D", "Y", "Do"):
            continue
        read = _read(match.group())
        if read is not None:
            merges.append((at, stop, *read))
        at = stop
    return tokens.merged(merges) if merges else None
