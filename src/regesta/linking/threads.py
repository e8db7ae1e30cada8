"""References into threads: which document answers, continues, encloses or forwards which.

In come references with what they were resolved to; out go links of those kinds with the days
between, threads of documents that answer and continue one another, and what was never answered.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Literal

from regesta.documents import Link
from regesta.documents.base import Value
from regesta.linking.base import Card, Reference
from regesta.linking.parties import agree
from regesta.linking.references.days import AHEAD
from regesta.linking.references.weigh import ordinal
from regesta.linking.words import LANGUAGES, alternatives, vocabulary

Relation = Literal["reply", "continuation", "enclosure", "forwarding"]
RELATIONS: tuple[Relation, ...] = ("reply", "continuation", "enclosure", "forwarding")
#: Kinds that hold a thread together.
THREADING = frozenset({"reply", "continuation"})
#: Share of a reference's confidence that its relation keeps where no verb says so.
UNSAID = 0.95
_STOP = re.compile(r"[.;:]\s")


class Thread(Value, frozen=True):
    """Documents that answer and continue one another, by date.

    Attributes:
        id: Of its first document.
        documents: Their ids, by date.
        replies: (answer, answered, days between or None), in the order of the documents.
        first, last: Days of the first and the last document, or "".
    """

    id: str
    documents: tuple[str, ...]
    replies: tuple[tuple[str, str, int | None], ...] = ()
    first: str = ""
    last: str = ""


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[Relation, re.Pattern[str]], ...]:
    table = vocabulary("reference_words")["relations"]
    return tuple(
        (kind, re.compile(rf"(?<!\w)(?:{alternatives(table[kind])})(?!\w)")) for kind in RELATIONS
    )


@lru_cache(maxsize=1)
def _bearer() -> re.Pattern[str]:
    table = vocabulary("reference_words")
    words = alternatives(table["relations"]["bearer"])
    articles = alternatives(w for name in LANGUAGES for w in table[name]["small"]["article"])
    return re.compile(rf"(?<!\w)(?:{words})(?:\s+(?:{articles}))?\s*$")


def relate(references: Iterable[Reference]) -> list[Link]:
    """Give the relations that documents' own references make, each target once a kind.

    Only what is asserted in the document's own words counts: a note is the editor's.
    """
    found: dict[tuple[str, str], Link] = {}
    for reference in references:
        mention = reference.mention
        if reference.standing != "asserted" or mention.passage.voice != "body":
            continue
        target = reference.candidates[0].card
        kind, words = _relation(reference, target)
        if kind is None or target.id == mention.passage.card.id:
            continue
        said = 1.0 if words else UNSAID
        evidence = {"standing": "asserted", "words": words or "opening"}
        days = days_after(mention.passage.card, target)
        if days is not None and days < -AHEAD and kind in THREADING:
            continue  # one of the two days is wrong: nobody answers what is yet to come
        if days is not None:
            evidence["days"] = str(days)
        link = Link(
            kind=kind,
            target=target.id,
            span=(mention.start, mention.end),
            printed=mention.printed,
            confidence=round(reference.confidence * said, 3),
            evidence=evidence,
        )
        found.setdefault((kind, target.id), link)
    return list(found.values())


def _relation(reference: Reference, target: Card) -> tuple[Relation | None, str]:
    """The relation that the words before a mention, or its place at the opening, tell."""
    mention = reference.mention
    writer = mention.passage.card
    before = _STOP.split(mention.before)[-1]
    said = {}
    for kind, pattern in _patterns():
        for match in pattern.finditer(before):
            said[kind] = match
    answers = bool(agree(target.senders, writer.recipients)) and (
        agree(target.recipients, writer.senders) is not False
    )
    continues = bool(agree(target.senders, writer.senders)) and (
        agree(target.recipients, writer.recipients) is True
    )
    last = max(said, key=lambda kind: said[kind].start(), default=None)
    if last in ("enclosure", "forwarding"):
        # "Sent to you in my note of the 14th": the note is the bearer, not what is sent.
        return (None, "") if _bearer().search(before) else (last, said[last].group())
    if answers and (last in THREADING or mention.opening):
        return "reply", said[last].group() if last else ""
    if continues and (last == "continuation" or mention.opening):
        return "continuation", said[last].group() if last == "continuation" else ""
    return None, ""


def days_after(card: Card, target: Card) -> int | None:
    """Days from when a document was written to when another that mentions it was."""
    if not card.day or not target.day:
        return None
    return ordinal(card.day) - ordinal(target.day)


def threads(cards: Mapping[str, Card], relations: Iterable[tuple[str, str, str]]) -> list[Thread]:
    """Join documents into threads.

    Args:
        cards: By document id.
        relations: (id, kind, target id); others than replies and continuations, targets that are
            not here and documents that relate to themselves are passed over.

    Returns:
        Threads of two documents and more, by their first day, then id; cycles do no harm.
    """
    parents: dict[str, str] = {}

    def root(id: str) -> str:
        while parents.setdefault(id, id) != id:
            parents[id] = parents[parents[id]]
            id = parents[id]
        return id

    replies: dict[str, dict[tuple[str, str], int | None]] = defaultdict(dict)
    edges = [
        (a, kind, b) for a, kind, b in relations
        if kind in THREADING and a != b and a in cards and b in cards
    ]  # fmt: skip
    for a, _, b in edges:
        parents[root(a)] = root(b)
    for a, kind, b in edges:
        if kind == "reply":
            replies[root(a)][a, b] = days_after(cards[a], cards[b])
    members: dict[str, list[str]] = defaultdict(list)
    for id in parents:
        members[root(id)].append(id)
    found = [_thread(cards, ids, replies[key]) for key, ids in members.items()]
    return sorted(found, key=lambda thread: (thread.first or "9999", thread.id))


def _thread(
    cards: Mapping[str, Card], ids: list[str], replies: Mapping[tuple[str, str], int | None]
) -> Thread:
    ordered = sorted(ids, key=lambda id: _when(cards[id]))
    place = {id: i for i, id in enumerate(ordered)}
    days = [cards[id].day for id in ordered if cards[id].day]
    pairs = sorted(replies.items(), key=lambda item: (place[item[0][0]], place[item[0][1]]))
    return Thread(
        id=ordered[0],
        documents=tuple(ordered),
        replies=tuple((a, b, days) for (a, b), days in pairs),
        first=days[0] if days else "",
        last=days[-1] if days else "",
    )


def _when(card: Card) -> tuple[str, str, str, int]:
    return (card.day or "9999", card.time or "99", card.collection, card.order)


def unanswered(
    cards: Sequence[Card], references: Iterable[tuple[str, str]], *, within: int = 365
) -> list[Card]:
    """Give the documents that nobody answered, though an answer could be here.

    Args:
        cards: Of all documents.
        references: (id, target id), asserted or only likely: what may have been answered is not
            called unanswered.
        within: Days in which the other side must have written back at all, or nothing is said.

    Returns:
        Documents with a known day and two known parties, which no later document from their
        recipient to their sender mentions; by date.
    """
    by_id = {card.id: card for card in cards}
    answered = set[str]()
    for id, target in references:
        card, other = by_id.get(id), by_id.get(target)
        if card and other and agree(card.senders, other.recipients):
            answered.add(target)
    written: dict[tuple[str, str], list[str]] = defaultdict(list)
    for card in cards:
        if card.day:
            for pair in _pairs(card):
                written[pair].append(card.day)
    for days in written.values():
        days.sort()
    found = []
    for card in sorted(cards, key=_when):
        if card.id in answered or not card.day or not card.senders or not card.recipients:
            continue
        back = {(b, a) for a, b in _pairs(card)}
        if any(_wrote_back(written[pair], card.day, within) for pair in back if pair in written):
            found.append(card)
    return found


def _pairs(card: Card) -> set[tuple[str, str]]:
    return {(card.sender, card.recipient)} if card.sender and card.recipient else set()


def _wrote_back(days: Sequence[str], day: str, within: int) -> bool:
    """Whether one of some sorted days lies so many days after a day, or on it."""
    at = bisect_left(days, day)
    return at < len(days) and ordinal(days[at]) - ordinal(day) <= within
