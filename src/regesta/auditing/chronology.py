"""A collection's dates together: papers that stand out of their order, years that cannot be.

In come documents in the order of their source; of each a day and its words are kept.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from regesta.auditing.base import Auditor, Desk, Finding
from regesta.auditing.compare_dates import FIRST_YEAR, shown
from regesta.auditing.words import one_line, said_openly
from regesta.documents import Collection, Document, HistoricalDate, Value
from regesta.documents.numbers import whole_number

#: Neighbours on each side that must agree with one another.
SIDE = 3
#: The neighbours span at most so many days; the paper is at least so many days away from them.
CLOSE, FAR = 45, 60
#: Where neighbours of one time are not themselves in order, only another year tells.
A_YEAR = 365
#: A volume's years reach so far before the middle half of its papers, in years.
REACH = 150


class _Dated(Value, frozen=True):
    document: str
    section: str
    day: str
    words: str
    span: tuple[int, int] | None
    supported: bool
    said: bool
    enclosed: bool


class ChronologyAuditor(Auditor):
    """Looks at the order of dates within chapters, and at the years of a whole volume."""

    looks_at = "dates among their neighbours, and against the volume's years"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._dated: list[_Dated] = []

    def document(self, document: Document) -> Iterable[Finding]:
        """Keep the day of a document."""
        fact = document.first("date")
        if fact is None or not isinstance(fact.value, HistoricalDate) or not fact.value.day:
            return ()
        words = fact.value.printed or (document.text[slice(*fact.span)] if fact.span else "")
        self._dated.append(
            _Dated(
                document=document.id,
                section=document.section,
                day=fact.value.day,
                words=one_line(words),
                span=fact.span,
                supported=fact.value.day[:4] in words,
                said=bool(fact.span) and said_openly(document, *(fact.span or (0, 0))),
                enclosed=bool(document.parent),
            )
        )
        return ()

    def collection(self, collection: Collection) -> Iterable[Finding]:
        """Give papers out of order and years out of the volume's."""
        dated, self._dated = self._dated, []
        found = list(_impossible_years(dated, collection))
        named = {finding.document for finding in found}
        chapters: dict[str, list[_Dated]] = {}
        for paper in dated:
            if not paper.enclosed and paper.document not in named:
                chapters.setdefault(paper.section, []).append(paper)
        for papers in chapters.values():
            found += _out_of_order(papers, collection.id)
        return found


def _impossible_years(dated: Sequence[_Dated], collection: Collection) -> Iterator[Finding]:
    """A year after the volume's own, or an age before its papers, that no word supports."""
    years = sorted(int(paper.day[:4]) for paper in dated)
    if not years:
        return
    published = whole_number(collection.published[:4])
    last = 9999 if published is None else published
    first = years[len(years) // 4] - REACH
    for paper in dated:
        year = int(paper.day[:4])
        if paper.said or (year >= FIRST_YEAR and first <= year <= last):
            continue
        if year > last:
            why = f"The volume itself was published in {last}."
        else:
            why = f"Half of the volume's papers are later than {years[len(years) // 2] - 1}."
            if paper.supported:
                continue
        values = {"dated": shown(paper.day), "printed": paper.words or "no date"}
        yield Finding(
            document=paper.document,
            collection=collection.id,
            kind="date.volume-years",
            why=why,
            words=paper.words,
            span=paper.span,
            values=values,
            confidence=0.9,
        )


def _out_of_order(papers: Sequence[_Dated], collection: str) -> Iterator[Finding]:
    """One paper between neighbours that agree, which another year or month would put in order."""
    days = [dt.date.fromisoformat(paper.day) for paper in papers]
    for i, paper in enumerate(papers):
        before, after = days[max(0, i - SIDE) : i], days[i + 1 : i + 1 + SIDE]
        if len(before) < 2 or len(after) < 2 or paper.said:
            continue
        near = [*before, *after]
        ordered, day = near == sorted(near), days[i]
        first, last = min(near), max(near)
        far = FAR if ordered else A_YEAR
        if (last - first).days > CLOSE:
            continue
        if first - dt.timedelta(far) <= day <= last + dt.timedelta(far):
            continue
        if ordered:
            first, last = before[-1], after[0]
        mended = _mended(day, first, last)
        if mended is None or (not ordered and mended.year == day.year):
            continue
        why = (
            f"It stands among papers of {shown(first.isoformat())} to "
            f"{shown(last.isoformat())}; {shown(mended.isoformat())} would be in order."
        )
        values = {
            "dated": shown(paper.day),
            "before it": shown(before[-1].isoformat()),
            "after it": shown(after[0].isoformat()),
        }
        yield Finding(
            document=paper.document,
            collection=collection,
            kind="date.out-of-order",
            why=why,
            words=paper.words,
            span=paper.span,
            values=values,
            confidence=0.8 if mended.year != day.year else 0.6,
        )


def _mended(day: dt.date, first: dt.date, last: dt.date) -> dt.date | None:
    """The same day in another year or month, where only one such day is in order."""
    found: set[dt.date] = set()
    for year in {first.year, last.year}:
        for month in {day.month, first.month, last.month}:
            if (year, month) == (day.year, day.month):
                continue
            if year != day.year and month != day.month:
                continue  # one slip, not two
            try:
                other = dt.date(year, month, day.day)
            except ValueError:
                continue
            if first <= other <= last:
                found.add(other)
    return found.pop() if len(found) == 1 else None
