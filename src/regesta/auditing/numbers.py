"""Numbered series: what one office sent to another, by its numbers; out of order or used twice.

In come documents in order; of each that has a number, who wrote to whom is kept with it.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from regesta.auditing.base import Auditor, Desk, Finding
from regesta.auditing.compare_dates import shown
from regesta.auditing.words import folded
from regesta.documents import Collection, Document, Value
from regesta.documents.numbers import whole_number

#: A series shorter than this says nothing of its order.
SHORTEST = 7
#: Two neighbours of the number in question differ by at most so much.
CLOSE = 12
#: Numbers of one series that run backwards more often than this are no series.
BACKWARD = 0.12
#: Two papers of one number this many days apart may be two years' series.
SAME_SERIES = 200


class _Numbered(Value, frozen=True):
    document: str
    number: int
    printed: str
    span: tuple[int, int] | None
    day: str
    place: str
    confidence: float


class NumberAuditor(Auditor):
    """Looks at document numbers in the series of one sender to one recipient."""

    looks_at = "document numbers: out of order or used twice in a series"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._series: dict[tuple[str, str, bool], list[_Numbered]] = {}

    def document(self, document: Document) -> Iterable[Finding]:
        """Keep a number with its series."""
        fact, date = document.first("number"), document.date
        if fact is None or not isinstance(fact.value, str) or date is None or not date.day:
            return ()
        senders, recipients = document.senders, document.recipients
        number = whole_number(fact.value)
        if number is None or len(senders) != 1 or len(recipients) != 1:
            return ()
        sender, recipient = (" ".join(folded(p.label)[-2:]) for p in (senders[0], recipients[0]))
        if not sender or not recipient or document.parent:
            return ()
        place = document.place.name if document.place else ""
        numbered = _Numbered(
            document=document.id,
            number=number,
            printed=document.text[slice(*fact.span)] if fact.span else fact.value,
            span=fact.span,
            day=date.day,
            place=place,
            confidence=fact.confidence,
        )
        # Telegrams and despatches between the same two are counted apart.
        telegram = document.word("kind") == "telegram"
        self._series.setdefault((sender, recipient, telegram), []).append(numbered)
        return ()

    def collection(self, collection: Collection) -> Iterable[Finding]:
        """Give what is wrong in each series."""
        series, self._series = self._series, {}
        for papers in series.values():
            if len(papers) >= SHORTEST:
                papers.sort(key=lambda p: (p.day, p.number))
                yield from _doubled(papers, collection.id)
                yield from _misplaced(papers, collection.id)


def _running(papers: Sequence[_Numbered]) -> bool:
    """Whether the numbers go up with the days, as those of a series do."""
    back = sum(b.number < a.number for a, b in pairwise(papers))
    return back <= max(2, BACKWARD * len(papers))


def _misplaced(papers: Sequence[_Numbered], collection: str) -> Iterator[Finding]:
    if not _running(papers):
        return
    for i in range(2, len(papers) - 2):
        near = [papers[j].number for j in (i - 2, i - 1, i + 1, i + 2)]
        paper = papers[i]
        if near != sorted(near) or near[2] - near[1] > CLOSE or near[3] - near[0] > 4 * CLOSE:
            continue
        if near[0] <= paper.number <= near[3]:
            continue
        wanted = [n for n in range(near[1] + 1, near[2]) if _one_slip(paper.number, n)]
        if not wanted:
            continue
        why = (
            f"The papers before and after it in this series are numbered {near[1]} and {near[2]}; "
            f"{' or '.join(map(str, wanted[:2]))} differs from the print in one slip."
        )
        # Among few numbers a slip away from the print is less likely to be there by chance.
        sure = 0.8 if near[2] - near[1] <= 4 else 0.5
        values = {"printed": paper.printed, "before it": str(near[1]), "after it": str(near[2])}
        if len(wanted) == 1:
            values["suggested"] = str(wanted[0])
        yield _finding("number.out-of-order", why, paper, collection, values, sure)


def _one_slip(printed: int, wanted: int) -> bool:
    """Whether one digit changed, left out, added, or two exchanged make one of the other."""
    a, b = str(printed), str(wanted)
    if len(a) == len(b):
        wrong = [i for i in range(len(a)) if a[i] != b[i]]
        swapped = len(wrong) == 2 and a[wrong[0]] == b[wrong[1]] and a[wrong[1]] == b[wrong[0]]
        return len(wrong) == 1 or swapped
    if abs(len(a) - len(b)) != 1:
        return False
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))


def _doubled(papers: Sequence[_Numbered], collection: str) -> Iterator[Finding]:
    """One number on two papers of different days, where the numbers go on between them."""
    if not _running(papers):
        return
    numbers = [paper.number for paper in papers]
    for i, (a, b) in enumerate(pairwise(papers)):
        if a.number != b.number or a.day == b.day:
            continue
        apart = (dt.date.fromisoformat(b.day) - dt.date.fromisoformat(a.day)).days
        following = numbers[i + 2 : i + 4]
        if apart > SAME_SERIES or len(following) < 2 or not following[0] > b.number:
            continue
        why = (
            f"The same number stands on the paper of {shown(a.day)} of this series; "
            f"the next is {following[0]}."
        )
        values = {"printed": b.printed, "also on": a.document, "next": str(following[0])}
        yield _finding("number.doubled", why, b, collection, values, 0.6, others=(a.document,))


def _finding(
    kind: str,
    why: str,
    paper: _Numbered,
    collection: str,
    values: dict[str, str],
    confidence: float,
    others: tuple[str, ...] = (),
) -> Finding:
    return Finding(
        document=paper.document,
        collection=collection,
        kind=kind,
        why=why,
        words=paper.printed,
        span=paper.span,
        values=values,
        confidence=round(confidence * min(1.0, paper.confidence + 0.05), 2),
        others=others,
    )
