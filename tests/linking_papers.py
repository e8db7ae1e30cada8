"""Made-up papers for the tests of linking: a minister in Ruritania and his ministry at home."""

from regesta.documents import (
    Document,
    Enclosure,
    Fact,
    HistoricalDate,
    Layer,
    Mark,
    Note,
    Party,
    Source,
    parse_edtf,
)
from regesta.linking.cards import anchors_of, cards_of
from regesta.linking.lookup import MemoryLookup

HOME = Party(office="Secretary of State")
KELL = Party(name="Kell", office="Minister in Ruritania")
ARNE = Party(name="Arne", office="Consul at Tarn")


def day_of(edtf: str, time: str | None = None) -> HistoricalDate:
    """A day with its clock time."""
    date = parse_edtf(edtf)
    assert date is not None
    return HistoricalDate(date.edtf, date.earliest, date.latest, time)


def paper(
    id: str,
    text: str = "",
    *,
    date: str = "",
    time: str | None = None,
    sender: Party | None = None,
    recipient: Party | None = None,
    number: str = "",
    kind: str = "",
    page: str = "",
    order: int = 0,
    notes: tuple[tuple[int, str], ...] = (),
    layers: tuple[Layer, ...] = (),
    enclosures: tuple[Enclosure, ...] = (),
    marks: tuple[Mark, ...] = (),
    language: str = "en",
    file_number: str = "",
) -> Document:
    """A document of the collection before the stroke of its id."""
    facts = [Fact("language", language, "derived")] if language else []
    facts += [Fact("date", day_of(date, time), "given")] if date else []
    facts += [Fact("sender", sender, "given")] if sender else []
    facts += [Fact("recipient", recipient, "given")] if recipient else []
    words = (("number", number), ("kind", kind), ("file_number", file_number))
    facts += [Fact(field, word, "given") for field, word in words if word]
    pages = (Mark("page", 0, 0, page),) if page else ()
    return Document(
        id=id,
        collection=id.partition("/")[0],
        source=Source(path="made-up.xml", sha256="0" * 64, position=id.partition("/")[2]),
        text=text,
        layers=layers,
        marks=(*pages, *marks),
        notes=tuple(Note(str(i + 1), words, at, f"n{i}") for i, (at, words) in enumerate(notes)),
        enclosures=enclosures,
        facts=tuple(facts),
        order=order,
    )


def lookup_of(*documents: Document) -> MemoryLookup:
    """A lookup of some documents."""
    anchors = {(d.collection, anchor): d.id for d in documents for anchor in anchors_of(d)}
    return MemoryLookup(cards_of(documents), anchors=anchors)
