"""A finished draft into a :class:`Document`: layers in order, notes, enclosures and their facts."""

from collections.abc import Callable

from regesta.documents import Document, Enclosure, Fact, Image, Layer, Mark, Source
from regesta.documents.dates import from_bounds, from_iso
from regesta.reading.tei.facts import first_of, unit_facts
from regesta.reading.tei.marks import Marked, Unit, body_layers, make_note, page_image, page_number
from regesta.reading.tei.pointers import anchor_notes
from regesta.reading.tei.rules import FRUS_NS, XML_ID, XML_LANG
from regesta.reading.tei.text import Draft
from regesta.reading.tei.words import words

Qualify = Callable[[str], str]


def heading_of(unit: Unit, text: str) -> str:
    """Give a unit's headings on one line."""
    heads = (" ".join(text[span[1] : span[2]].split()) for span in unit.heads)
    return " — ".join(head for head in heads if head)


def make_document(
    draft: Draft,
    *,
    collection: str,
    source: Source,
    qualify: Qualify,
    images: dict[str, str] | None = None,
    heading: str = "",
    facts: list[Fact] | None = None,
    parent: str = "",
    section: str = "",
    reader_notes: list[str] | None = None,
    facsimiles: tuple[Image, ...] = (),
) -> Document:
    """Make a document of its draft.

    Args:
        draft: The draft, its text complete.
        collection: Id of its collection.
        source: Its file and position.
        qualify: Makes an id of a pointer.
        images: Addresses of facsimiles by their ids.
        heading: Its heading where the header gives one; else its printed headings.
        facts: Facts of the header; what the text says again is left out.
        parent: Id of the document around it.
        section: Id of the section around it.
        reader_notes: What is already known to be odd.
        facsimiles: Images of the whole document.
    """
    images = images or {}
    notes_ = reader_notes if reader_notes is not None else []
    anchor_notes(draft)
    marked = Marked(draft, qualify, images)
    text = marked.text
    given = list(facts or ())
    known = {fact.field for fact in given}
    for fact in unit_facts(marked.unit, text, qualify, warn=notes_.append):
        if fact.field not in known:
            given.append(fact)
    attrs = draft.attrs
    if first_of(given, "date") is None and (span := _span_of_time(attrs)) is not None:
        given.append(span)
    layers = marked.layers
    if attrs.get("subtype") in words("editorial", "subtypes"):
        layers.insert(0, Layer("editorial note", 0, len(text)))
        given.append(Fact("kind", "editorial note", "given", "tei:div/@subtype"))
    body = body_layers(layers, text, attrs.get(XML_LANG, ""))
    if body:
        layers = sorted([*layers, *body], key=_by_start)
    return Document(
        id=f"{collection}/{draft.id}",
        collection=collection,
        source=source,
        text=text,
        heading=heading or heading_of(marked.unit, text),
        layers=tuple(layers),
        marks=_marks(marked.marks, draft, images),
        notes=tuple(make_note(note, qualify, images) for note in draft.notes),
        enclosures=_enclosures(marked, qualify, notes_),
        facts=tuple(given),
        parent=parent,
        section=section,
        order=draft.order,
        images=facsimiles,
        reader_notes=tuple(notes_),
    )


def _by_start(layer: Layer) -> tuple[int, int]:
    return layer.start, -layer.end


def _marks(marks: list[Mark], draft: Draft, images: dict[str, str]) -> tuple[Mark, ...]:
    """Put the page on which the document begins before its other marks."""
    pages = draft.pages
    if pages and pages[0][0] != "" and draft.extra.get("begins"):
        _, number, facs = pages[0]
        first = Mark("page", 0, 0, page_number({"n": number}), page_image({"facs": facs}, images))
        return (first, *marks)
    return tuple(marks)


def _span_of_time(attrs: dict[str, str]) -> Fact | None:
    """Read FRUS's ``doc-dateTime-min`` and ``-max``: one day, or the days between."""
    first = attrs.get(f"{FRUS_NS}}}doc-dateTime-min", "")[:10]
    last = attrs.get(f"{FRUS_NS}}}doc-dateTime-max", "")[:10]
    if not first or not last:
        return None
    date = from_iso(first) if first == last else from_bounds(first, last)
    return Fact("date", date, "given", "tei:doc-dateTime") if date else None


def _enclosures(marked: Marked, qualify: Qualify, notes: list[str]) -> tuple[Enclosure, ...]:
    if len(marked.units) == 1:
        return ()
    made = []
    for number, unit in enumerate(marked.units[1:], 1):
        span = unit.span
        assert span is not None
        facts = unit_facts(unit, marked.text, qualify, warn=notes.append)
        made.append(
            Enclosure(
                id=span[3].get(XML_ID) or f"att{number}",
                start=span[1],
                end=span[2],
                heading=heading_of(unit, marked.text),
                facts=tuple(facts),
            )
        )
    return tuple(made)
