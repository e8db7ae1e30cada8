"""Documents into cards: what a lookup must know of each, and of the papers enclosed in it."""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from regesta.documents import Document, Fact, HistoricalDate, Party, resolve
from regesta.linking.base import Card
from regesta.linking.parties import party_keys

#: Most pages of one card that a lookup lists; a longer document is found by these and the last.
MOST_PAGES = 2000


def card_of(document: Document) -> Card:
    """Give a document's card."""
    return replace(
        _card(document, document.facts),
        number=number_key(document.word("number")),
        kind=document.word("kind"),
        file_number=document.word("file_number"),
        pages=_pages(document, 0, len(document.text)),
    )


def number_key(printed: str) -> str:
    """Give a document's number as numbers are compared: "432/D" is "432d"."""
    return "".join(c for c in printed.lower() if c.isalnum()).lstrip("0")


def enclosure_cards(document: Document) -> list[Card]:
    """Give the cards of the papers enclosed in a document that say when they were written.

    A paper without a date can be found by page only, and then its host is.
    """
    cards = []
    for enclosure in document.enclosures:
        card = _card(document, enclosure.facts)
        if card.day:
            pages = _pages(document, enclosure.start, enclosure.end)
            cards.append(replace(card, part=enclosure.id, pages=pages))
    return cards


def cards_of(documents: Iterable[Document]) -> list[Card]:
    """Give the cards of documents and of what they enclose."""
    cards: list[Card] = []
    for document in documents:
        cards.append(card_of(document))
        cards += enclosure_cards(document)
    return cards


def anchors_of(document: Document) -> list[str]:
    """Give the ids in its source by which other documents point into a document."""
    found = [document.source.position, *(e.id for e in document.enclosures)]
    found += [note.id for note in document.notes]
    return [anchor for anchor in found if anchor and "/" not in anchor]


def _card(document: Document, facts: Sequence[Fact]) -> Card:
    date = _date(facts, "date")
    received = _date(facts, "received")
    senders, recipients = _parties(facts, "sender"), _parties(facts, "recipient")
    return Card(
        id=document.id,
        collection=document.collection,
        order=document.order,
        day=(date.day or "") if date else "",
        time=(date.time or "") if date else "",
        received=(received.day or "") if received else "",
        sender="; ".join(_label(p) for p in senders),
        recipient="; ".join(_label(p) for p in recipients),
        senders=party_keys(senders),
        recipients=party_keys(recipients),
    )


def _label(party: Party) -> str:
    return party.label if not (party.name and party.office) else f"{party.office} ({party.name})"


def _date(facts: Sequence[Fact], field: str) -> HistoricalDate | None:
    found = resolve(facts, field)
    if not found or not isinstance(found[0].value, HistoricalDate):
        return None
    return found[0].value


def _parties(facts: Sequence[Fact], field: str) -> list[Party]:
    return [f.value for f in resolve(facts, field) if isinstance(f.value, Party)]


def _pages(document: Document, start: int, end: int) -> tuple[str, ...]:
    """Pages of a span: that on which it begins, and those that begin in it."""
    pages: list[str] = []
    for mark in document.marks:
        if mark.kind != "page" or not mark.value:
            continue
        if mark.start <= start:
            pages = [mark.value]
        elif mark.start < end:
            pages.append(mark.value)
    return tuple(dict.fromkeys(pages[: MOST_PAGES - 1] + pages[-1:]))
