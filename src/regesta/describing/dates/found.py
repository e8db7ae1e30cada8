"""A date as it was found in print, before anyone decides what it dates."""

from typing import Any

from msgspec.structs import replace

from regesta.describing.dates.pairs import iso
from regesta.describing.dates.tokens import Tokens
from regesta.documents.base import Value
from regesta.documents.dates import Calendar, HistoricalDate
from regesta.documents.edtf import parse_edtf

#: Characters of a plain day as EDTF: most dates are one, and need no parser.
_DAY = 10


class Found(Value, frozen=True):
    """A date as printed.

    Attributes:
        start: Offset of its first word.
        end: Offset after its last word, clock time included.
        date_end: Offset after the date, before the clock time.
        shape: The kinds of its parts, in order: "MDY", "DMY", "MY", "Y", "MD", "MD-DY"… A year,
            a span of years, a decade and a century are all "Y".
        year: Its year, or None where none is printed.
        month: Its month, 0 where none is printed.
        day: Its day, 0 where none is printed.
        edtf: The whole as EDTF, or "" where it is incomplete or impossible.
        time: Clock time ``HH:MM``, or None.
        calendar: Calendar as printed.
        received: True where the words say that it is the time of receipt.
        marks: What is odd about it, as in ``HistoricalDate.marks``.
    """

    start: int
    end: int
    date_end: int
    shape: str
    year: int | None
    month: int
    day: int
    edtf: str
    time: str | None = None
    calendar: Calendar = "gregorian"
    received: bool = False
    marks: tuple[str, ...] = ()

    @property
    def possible(self) -> bool:
        """False for a date that no calendar has (31 June)."""
        return bool(self.edtf) or self.year is None

    def value(self, text: str) -> HistoricalDate | None:
        """The date with its printed words, or None where it is incomplete or impossible."""
        edtf = self.edtf
        if len(edtf) == _DAY and edtf[4] == edtf[7] == "-":
            first: str | None = edtf
            last: str | None = edtf
        else:
            date = parse_edtf(edtf) if edtf else None
            if date is None:
                return None
            edtf, first, last = date.edtf, date.earliest, date.latest
        return HistoricalDate(
            edtf=edtf,
            earliest=first,
            latest=last,
            time=self.time,
            calendar=self.calendar,
            printed=text[self.start : self.end],
            marks=self.marks,
        )

    def as_printed(self, text: str) -> HistoricalDate:
        """A date that has no value, as printed: neither EDTF nor bounds."""
        return HistoricalDate(
            edtf="",
            earliest=None,
            latest=None,
            time=self.time,
            calendar="unknown",
            printed=text[self.start : self.end],
            marks=self.marks,
        )

    def marked(self, mark: str, **changes: Any) -> "Found":
        """The same with a mark, and with other changes."""
        marks = self.marks if mark in self.marks else (*self.marks, mark)
        return replace(self, marks=marks, **changes)


def found_at(
    tokens: Tokens, i: int, j: int, shape: str, values: tuple[int | None, int, int]
) -> Found:
    """The date of the tokens ``i``..``j`` with this year, month and day; 0 for none, -1 unclear."""
    year, month, day = values
    if year is None or day < 0:
        edtf = ""
    elif day:
        edtf = iso(year, month, day)
    else:
        edtf = f"{year:04d}-{month:02d}" if month else f"{year:04d}"
    end = tokens.ends[j - 1]
    marks = ("impossible",) if year is not None and day > 0 and not edtf else ()
    return Found(tokens.starts[i], end, end, shape, year, month, max(day, 0), edtf, marks=marks)
