"""Hours of sending and of receipt, by the clocks of two places: a telegram outruns no sun.

In come a collection's documents; of each its hours, its place and its parties are kept. Where a
reader is, is learned from the letters that he writes himself. Out go receipts that no difference
of clocks allows.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress

from regesta.auditing.base import Auditor, Desk, Finding
from regesta.auditing.compare_dates import shown
from regesta.auditing.dates import CLOCKS, enclosure_at
from regesta.auditing.words import said_openly
from regesta.documents import Collection, Document, Fact, HistoricalDate, Value

#: A reader's place is known by so many letters of his, and by this share of all of them.
ENOUGH, MOST = 3, 0.7
#: Degrees of longitude that the sun passes in an hour.
DEGREES = 15
#: Hours by which the clocks of two places may differ from the sun's: zones and summer time. Beyond
#: the second nothing but a misprint is left.
DOUBTFUL, SURE = 1.25, 2.0
#: Both hours stand this close together, in characters.
_NEAR = 400


class _Telegram(Value, frozen=True):
    document: str
    enclosure: str
    recipient: str
    place: str
    longitude: float
    sent: dt.datetime
    received: dt.datetime
    span: tuple[int, int]
    words: str
    day_printed: bool


class ClockAuditor(Auditor):
    """Looks at the hours of telegrams."""

    looks_at = "hours of sending and receipt, by the clocks of both places"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._telegrams: list[_Telegram] = []
        self._seats: dict[str, Counter[tuple[str, float]]] = defaultdict(Counter)

    def document(self, document: Document) -> Iterable[Finding]:
        """Keep where a document was written by whom, and when it was sent and received."""
        place = document.place
        if place is None or place.longitude is None:
            return ()
        for sender in document.senders:
            self._seats[sender.label][place.name, place.longitude] += 1
        telegram = _telegram(document, place.name, place.longitude)
        if telegram is not None:
            self._telegrams.append(telegram)
        return ()

    def collection(self, collection: Collection) -> Iterable[Finding]:
        """Give receipts that lie before the sending."""
        telegrams, self._telegrams = self._telegrams, []
        seats, self._seats = self._seats, defaultdict(Counter)
        return list(_early(telegrams, seats, collection.id))


def _telegram(document: Document, place: str, longitude: float) -> _Telegram | None:
    sent, received = _hour(document, "date"), _hour(document, "received")
    if sent is None or received is None or not document.recipients:
        return None
    (written, fact), (arrived, other) = sent, received
    if not fact.span or not other.span or (written.date() - arrived.date()).days > CLOCKS:
        return None
    start, end = min(fact.span[0], other.span[0]), max(fact.span[1], other.span[1])
    if end - start > _NEAR or said_openly(document, start, end):
        return None
    return _Telegram(
        document=document.id,
        enclosure=enclosure_at(document, start),
        recipient=document.recipients[0].label,
        place=place,
        longitude=longitude,
        sent=written,
        received=arrived,
        span=(start, end),
        words=document.text[start:end],
        day_printed=other.rule != "received-day-of-sending",
    )


def _hour(document: Document, field: str) -> tuple[dt.datetime, Fact] | None:
    """Day and hour of a field: as read from the words, else as the mark-up has them."""
    facts = [fact for fact in document.facts if fact.field == field]
    for fact in sorted(facts, key=lambda fact: fact.origin != "derived"):
        date = fact.value
        if isinstance(date, HistoricalDate) and date.day and date.time:
            with suppress(ValueError):  # "24:00"
                return dt.datetime.fromisoformat(f"{date.day}T{date.time}"), fact
    return None


def _early(
    telegrams: Iterable[_Telegram], seats: dict[str, Counter[tuple[str, float]]], collection: str
) -> Iterator[Finding]:
    for telegram in telegrams:
        known = seats.get(telegram.recipient)
        if not known:
            continue
        (seat, longitude), times = known.most_common(1)[0]
        if times < ENOUGH or times < MOST * known.total():
            continue
        ahead = (telegram.longitude - longitude) / DEGREES
        under_way = (telegram.received - telegram.sent) / dt.timedelta(hours=1) + ahead
        if under_way > -DOUBTFUL:
            continue
        sure = under_way <= -SURE and telegram.day_printed
        yield Finding(
            document=telegram.document,
            collection=collection,
            kind="date.received-before-sent",
            why=_why(telegram, seat, ahead, -under_way),
            words=telegram.words,
            span=telegram.span,
            values={"sent": _shown(telegram.sent), "received": _shown(telegram.received)},
            confidence=0.9 if sure else 0.7,
            enclosure=telegram.enclosure,
        )


def _why(telegram: _Telegram, seat: str, ahead: float, hours: float) -> str:
    early = f"{hours:.0f} hours" if hours >= SURE else "more than an hour"
    if abs(ahead) < 1:
        return f"It would have arrived {early} before it was sent; {seat} has the same hour."
    clocks = f"{abs(ahead):.0f} hour{'s' if round(abs(ahead)) > 1 else ''}"
    lead = f"{telegram.place} is {clocks} {'ahead of' if ahead > 0 else 'behind'} {seat}"
    return f"It would have arrived {early} before it was sent: {lead}."


def _shown(moment: dt.datetime) -> str:
    return f"{shown(moment.date().isoformat())}, {moment:%H:%M}"
