"""What is not here: gaps in numbered series, documents that others mention, unprinted files.

In come cards and references; out go silences, each with the documents that bear witness to it: a
shopping list for the archive.
"""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from regesta.documents.base import Value
from regesta.documents.numbers import whole_number
from regesta.linking.base import Card
from regesta.linking.references.missing import Missing
from regesta.linking.references.weigh import days_between, ordinal

SilenceKind = Literal["number", "file", "mentioned"]
#: A number this much lower than the last begins the series anew (a new year, a new writer).
FALL = 2
#: Most numbers that a gap may leave out and still be one: more says that another series began.
WIDEST = 200
#: Days after which two numbers are no longer taken for neighbours.
APART = 400
#: Days within which the next lower number is looked for first: most series begin anew every year.
NEARBY = 200
#: Most numbers that one hand uses on a day: the busiest embassies of a war sent some twenty
#: telegrams. Two numbers further apart belong to two series.
MOST_A_DAY = 20
#: Fewest documents that make a series.
ENOUGH = 3
#: Most documents that are named as witnesses of one silence.
WITNESSES = 50
_Numbered = tuple[int, Card]
_FILE = re.compile(r"^(.*)/(\d{1,6})(?:[½¼]|-?[A-Za-z])?$")


class Silence(Value, frozen=True):
    """Documents that should exist and are not here.

    Attributes:
        kind: ``number``: left out in a sender's own numbered series; ``mentioned``: others mention
            it; ``file``: papers of a file that the edition did not print. A file's numbers are
            those of a registry: nothing says that such a paper was of this correspondence.
        sender, recipient: Whose, as far as it is said.
        numbers: The number, or the first and the last number left out.
        count: How many are left out.
        first, last: Days between which they were written; the same where the day is said.
        time, document_kind: As mentioned.
        file: The file whose papers are left out.
        not_printed: The editors say that they left it out.
        witnesses: Ids of the documents around the gap, or of those that mention it.
        printed: The words of the first mention.
    """

    kind: SilenceKind
    sender: str = ""
    recipient: str = ""
    numbers: tuple[str, ...] = ()
    count: int = 1
    first: str = ""
    last: str = ""
    time: str = ""
    document_kind: str = ""
    file: str = ""
    not_printed: bool = False
    witnesses: tuple[str, ...] = ()
    printed: str = ""


def number_gaps(cards: Iterable[Card], edition_numbered: Iterable[str] = ()) -> list[Silence]:
    """Give the gaps in the numbered series of every sender to every recipient, by date.

    Args:
        cards: Of documents.
        edition_numbered: Collections whose numbers are the edition's own.
    """
    passed = frozenset(edition_numbered)
    series: dict[tuple[str, str], list[tuple[int, Card]]] = defaultdict(list)
    for card in cards:
        number = whole_number(card.number)
        if number is not None and card.day and card.collection not in passed:
            series[card.sender, card.recipient].append((number, card))
    found: list[Silence] = []
    for (sender, recipient), of_pair in series.items():
        if not sender or not recipient or len(of_pair) < ENOUGH:
            continue
        for (before, first), (after, last) in _gaps(of_pair):
            a, b = before + 1, after - 1
            found.append(
                Silence(
                    kind="number",
                    sender=sender,
                    recipient=recipient,
                    numbers=(str(a),) if a == b else (str(a), str(b)),
                    count=b - a + 1,
                    first=first.day,
                    last=last.day,
                    witnesses=(first.id, last.id),
                )
            )
    return sorted(found, key=_order)


def file_gaps(cards: Iterable[Card]) -> list[Silence]:
    """Give the gaps in the papers of every file ("861.51/378"), by date."""
    files: dict[str, list[tuple[int, Card]]] = defaultdict(list)
    for card in cards:
        match = _FILE.match(card.file_number.strip())
        if match and card.day:
            files[(match[1] or "").strip()].append((int(match[2]), card))
    found: list[Silence] = []
    for file, papers in files.items():
        if len(papers) < ENOUGH:
            continue
        ordered = sorted(papers, key=lambda paper: (paper[0], paper[1].day))
        for (a, first), (b, last) in itertools.pairwise(ordered):
            if 1 < b - a <= WIDEST:
                found.append(
                    Silence(
                        kind="file",
                        file=file,
                        numbers=(str(a + 1),) if b - a == 2 else (str(a + 1), str(b - 1)),
                        count=b - a - 1,
                        first=min(first.day, last.day),
                        last=max(first.day, last.day),
                        witnesses=(first.id, last.id),
                    )
                )
    return sorted(found, key=_order)


def _gaps(series: Sequence[_Numbered]) -> Iterator[tuple[_Numbered, _Numbered]]:
    """Papers of a series between which numbers are left out, the lower number first.

    Each is held against the next lower number of its time, not of the day before it: two series of
    one hand (to the post and to the Department's bureaus) run side by side.
    """
    by_number = sorted(series, key=lambda one: (one[0], one[1].day))
    for at, last in enumerate(by_number):
        first = _lower(by_number, at, NEARBY)
        if first is None and at:
            # A thin series: the paper before it, where it is one at all.
            day = max((c.day for _, c in series if c.day < last[1].day), default="")
            first = _lower(by_number, at, APART)
            first = first if first and first[1].day == day else None
        if first is None or last[0] - first[0] < FALL or first[1].day > last[1].day:
            continue
        between = ordinal(last[1].day) - ordinal(first[1].day)
        if last[0] - first[0] - 1 <= MOST_A_DAY * (between + 1):
            yield first, last


def _lower(by_number: Sequence[_Numbered], at: int, within: int) -> _Numbered | None:
    """The paper of the next lower number that was written within some days of another."""
    number, card = by_number[at]
    for i in range(at - 1, -1, -1):
        other = by_number[i]
        if number - other[0] > WIDEST:
            return None
        if other[0] < number and days_between(other[1].day, card.day) <= within:
            return other
    return None


def mentioned(missing: Iterable[Missing]) -> list[Silence]:
    """Join mentions of what is not here: each document once, with all that mention it, by date."""
    joined: dict[tuple[str, str, str, str], list[Missing]] = defaultdict(list)
    for item in missing:
        if item.day or item.number:
            joined[item.key].append(item)
    found = []
    for items in joined.values():
        best = max(items, key=lambda i: (bool(i.sender), bool(i.recipient), bool(i.kind)))
        witnesses = tuple(dict.fromkeys(item.document for item in items))
        found.append(
            Silence(
                kind="mentioned",
                sender=best.sender,
                recipient=best.recipient,
                numbers=(best.number,) if best.number else (),
                first=best.day,
                last=best.day,
                time=best.time,
                document_kind=best.kind,
                not_printed=any(item.not_printed for item in items),
                witnesses=witnesses[:WITNESSES],
                printed=items[0].printed,
            )
        )
    return sorted(found, key=_order)


def _order(silence: Silence) -> tuple[str, str, str, str]:
    number = silence.numbers[0] if silence.numbers else ""
    return (silence.first or "9999", silence.sender, silence.file, number.zfill(6))
