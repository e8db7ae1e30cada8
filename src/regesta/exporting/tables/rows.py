"""A document's rows in the tables of an edition: documents in, cells out, in typed columns."""

from collections.abc import Iterable, Iterator

from regesta.documents import Act, Collection, Document, Fact, HistoricalDate, Link, Party, Place
from regesta.documents import Subject as SubjectValue
from regesta.exporting.skos import concept_id

Cell = str | int | float | None
#: Table and row.
Row = tuple[str, list[Cell]]


def rows_of(
    document: Document,
    collection: Collection,
    links: Iterable[Link] = (),
    acts: Iterable[Act] = (),
) -> Iterator[Row]:
    """Give every row of a document, in the columns of :data:`columns.TABLES`."""
    yield "documents", _document(document, collection)
    for n, fact in enumerate(document.facts):
        start, end = fact.span or (None, None)
        yield (
            "facts",
            [
                document.id, n, fact.field, fact_words(fact), fact.origin, fact.rule or None,
                start, end, fact.confidence,
            ],
        )  # fmt: skip
    for role in ("sender", "recipient"):
        for n, fact in enumerate(document.resolved(role)):
            if isinstance(party := fact.value, Party):
                said = (party.name, party.office, party.power, party.person)
                cells: list[Cell] = [document.id, role, n, *(words or None for words in said)]
                yield "parties", [*cells, fact.origin, fact.confidence]
    for fact in document.resolved("subject"):
        if isinstance(subject := fact.value, SubjectValue):
            path = " > ".join(subject.path) or None
            yield "subjects", [document.id, concept_id(subject), subject.label, path, fact.origin]
    for link in links:
        start, end = link.span or (None, None)
        evidence = "; ".join(f"{name}: {words}" for name, words in sorted(link.evidence.items()))
        yield (
            "links",
            [
                document.id, link.kind, link.target or None, link.printed or None, link.note,
                start, end, link.confidence, evidence or None,
            ],
        )  # fmt: skip
    for act in acts:
        start, end = act.span or (None, None)
        yield (
            "acts",
            [
                document.id, act.actor, act.act, act.addressee or None, act.about or None,
                act.polarity, act.modality, act.reported_by or None, start, end,
                act.plover or None, act.cameo or None, act.confidence,
            ],
        )  # fmt: skip
    for n, note in enumerate(document.notes):
        yield "notes", [document.id, n, note.n or None, note.anchor, note.text]


def _document(document: Document, collection: Collection) -> list[Cell]:
    date, place, pages = document.date, document.place, document.pages
    received, destination = document.first("received"), document.first("destination")
    return [
        document.id,
        document.collection or None,
        collection.title or None,
        document.heading or None,
        *(document.word(name) or None for name in ("kind", "number", "file_number", "language")),
        *((date.edtf, date.earliest, date.latest, date.time) if date else (None,) * 4),
        *((date.calendar, date.printed or None) if date else (None, None)),
        _origin(document.first("date")) if date else None,
        fact_words(received) or None if received else None,
        place.name if place else None,
        place.latitude if place else None,
        place.longitude if place else None,
        _origin(document.first("place")),
        fact_words(destination) if destination else None,
        document.word("source_note") or document.word("repository") or None,
        document.word("publication") or None,
        pages[0] if pages else None,
        pages[-1] if pages else None,
        document.parent or None,
        len(document.text.split()),
        len(document.text),
        len(document.notes),
        document.source.path,
        document.source.position or None,
        document.source.sha256,
        document.text,
    ]


def fact_words(fact: Fact) -> str:
    """A fact's value in words: dates in EDTF, a party's name, office and power."""
    value = fact.value
    if isinstance(value, HistoricalDate):
        return value.edtf
    if isinstance(value, Party):
        return ", ".join(filter(None, (value.name, value.office, value.power)))
    if isinstance(value, Place):
        return value.name
    if isinstance(value, SubjectValue):
        return " > ".join((*value.path, value.label))
    return value


def _origin(fact: Fact | None) -> str | None:
    return fact.origin if fact else None
