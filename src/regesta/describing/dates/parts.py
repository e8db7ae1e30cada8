"""Parts of a month, year, decade or century as EDTF: "early July 1918", "first half of 1918".

A third of a month is ten days (1–10, 11–20, 21 to the end), a third of a year has the codes 37–39
of ISO 8601-2, a half 40 and 41, a quarter 33–36; a decade is ``172X``, a century ``17XX``.
"""

from msgspec.structs import replace

from regesta.describing.dates.found import Found, found_at
from regesta.describing.dates.tokens import Tokens, month_numbers, number
from regesta.documents.dates import last_day

_THIRD = {"e": 0, "m": 1, "n": 2}
#: First and last year of the thirds of a decade and of a century, counted from its round year.
_OF_TEN = ((0, 3), (4, 6), (7, 9))
_OF_HUNDRED = ((0, 33), (34, 66), (67, 99))


def _value(tokens: Tokens, i: int, j: int, wanted: str) -> int:
    """The last number among the tokens that has one of these letters; 0 where none has."""
    found = [w for w, c in zip(tokens.words[i:j], tokens.classes[i:j], strict=True) if c in wanted]
    return number(found[-1]) if found else 0


def _month(tokens: Tokens, i: int, j: int) -> int:
    at = tokens.classes.find("M", i, j)
    return month_numbers()[tokens.words[at].lower().replace("-", "")] if at >= 0 else 0


def part_of(tokens: Tokens, i: int, j: int) -> Found | None:
    """A century, a decade, or a third of these, of a year or of a month."""
    classes = tokens.classes[i:j]
    third = _THIRD.get(classes[0])
    if "C" in classes:
        century = _value(tokens, i, j, "DRG")
        return _years(tokens, i, j, (century - 1) * 100, third, _OF_HUNDRED, "XX")
    year = _value(tokens, i, j, "Y")
    if "v" in classes or classes[-1] in "So":
        return None if year % 10 else _years(tokens, i, j, year, third, _OF_TEN, "X")
    if third is None:
        return None
    month = _month(tokens, i, j)
    if not month:
        found = found_at(tokens, i, j, "Y", (year, 0, 0))
        return replace(found, edtf=f"{year:04d}-{37 + third}")
    first, last = ((1, 10), (11, 20), (21, last_day(year, month)))[third]
    found = found_at(tokens, i, j, "MY", (year, month, 0))
    return replace(found, edtf=_days(year, month, first, last))


def _days(year: int, month: int, first: int, last: int) -> str:
    return f"[{year:04d}-{month:02d}-{first:02d}..{year:04d}-{month:02d}-{last:02d}]"


def _years(
    tokens: Tokens,
    i: int,
    j: int,
    start: int,
    third: int | None,
    thirds: tuple[tuple[int, int], ...],
    unknown: str,
) -> Found | None:
    """A decade or century from its round year, or a third of it."""
    if not 1000 <= start <= 2000:
        return None
    found = found_at(tokens, i, j, "Y", (start, 0, 0))
    if third is None:
        return replace(found, edtf=f"{start:04d}"[: 4 - len(unknown)] + unknown)
    first, last = thirds[third]
    return replace(found, edtf=f"[{start + first:04d}..{start + last:04d}]")


def decade_at(tokens: Tokens, i: int, j: int) -> Found | None:
    """Read "1720s" and "1720er": the ending stands close to a round year."""
    year = number(tokens.words[i])
    close = all(tokens.ends[k] == tokens.starts[k + 1] for k in range(i, j - 1))
    return _years(tokens, i, j, year, None, _OF_TEN, "X") if close and year % 10 == 0 else None


def half_or_quarter(tokens: Tokens, i: int, j: int) -> Found | None:
    """A half or quarter of a year, or a half of a month."""
    n, year, month = _value(tokens, i, j, "DRG"), _value(tokens, i, j, "Y"), _month(tokens, i, j)
    at = next((k for k in range(i, j) if tokens.classes[k] in "hj"), i)
    n = _value(tokens, i, at, "DRG")
    half = tokens.classes[at] == "h"
    if not 1 <= n <= (2 if half else 4):
        return None
    if not month:
        found = found_at(tokens, i, j, "Y", (year, 0, 0))
        return replace(found, edtf=f"{year:04d}-{(39 if half else 32) + n}")
    if not half:
        return None
    found = found_at(tokens, i, j, "MY", (year, month, 0))
    first, last = ((1, 15), (16, last_day(year, month)))[n - 1]
    return replace(found, edtf=_days(year, month, first, last))
