"""A document: one text, everything else stand-off spans of code points into it."""

from typing import Literal, TypeVar

from regesta.documents.base import Value
from regesta.documents.dates import HistoricalDate
from regesta.documents.facts import Fact, Party, Place, Subject, by_field, resolve

_Kind = TypeVar("_Kind")
LayerKind = Literal[
    "heading", "source note", "dateline", "salutation", "body", "quotation", "enclosure",
    "closer", "signature", "editorial note", "translation", "commentary",
]  # fmt: skip

MarkKind = Literal[
    "paragraph", "page", "line", "person", "place", "organisation", "office", "date", "ref",
    "italic", "smallcaps", "bold", "superscript", "underline", "deleted", "added", "sic", "gap",
    "foreign", "term", "table", "row", "cell", "list", "item", "label", "figure", "verse", "other",
]  # fmt: skip


class Source(Value, frozen=True):
    """Where a document stands in the file the user has.

    Attributes:
        path: Path as given to the build (inside an archive: ``archive.zip!/inner/path``).
        sha256: SHA-256 of the file's bytes, hexadecimal.
        position: The element's ``xml:id`` or XPath, the line, or the page; empty for a whole file.
        reader: Name of the reader that read it.
    """

    path: str
    sha256: str
    position: str = ""
    reader: str = ""


class Layer(Value, frozen=True):
    """Which voice speaks in ``[start, end)``. Layers may nest (a dateline in an enclosure)."""

    kind: LayerKind
    start: int
    end: int
    language: str = ""


class Mark(Value, frozen=True):
    """Inline or structural mark-up of ``[start, end)``; a page break has no length.

    Attributes:
        kind: What it is.
        value: Page number, normalised name, date in ISO form, reason of a gap, or the source's
            own word for it (``other``).
        target: What it points to: an id, a URL, a facsimile.
    """

    kind: MarkKind
    start: int
    end: int
    value: str = ""
    target: str = ""


class Note(Value, frozen=True):
    """A footnote: a text of its own, anchored in the document's text.

    Attributes:
        n: Its printed mark.
        text: Its text.
        anchor: Offset in ``Document.text`` where its mark stands, or None where it has no anchor.
        id: The source's own id.
        marks: Spans into ``text``.
    """

    n: str
    text: str
    anchor: int | None = None
    id: str = ""
    marks: tuple[Mark, ...] = ()


class Enclosure(Value, frozen=True):
    """An enclosed paper printed inside a document: a span of its text with a heading of its own."""

    id: str
    start: int
    end: int
    heading: str = ""
    facts: tuple[Fact, ...] = ()


class Image(Value, frozen=True):
    """A facsimile or figure that belongs to the document, as the source names it."""

    url: str
    label: str = ""


class Document(Value, frozen=True):
    """One telegram, note, letter, statement, treaty, minute…

    Attributes:
        id: ``collection/local-id``; never changes.
        collection: Id of its collection.
        source: Its file and position.
        text: The whole text, paragraphs separated by a line break, white space folded.
        heading: The printed heading on one line, or an empty string.
        layers: Voices, in order of ``start``.
        marks: Mark-up, in order of ``start``.
        notes: Footnotes, in order of their anchors.
        enclosures: Papers printed inside this document.
        facts: Everything described; see :func:`regesta.documents.resolve`.
        parent: Id of the document that encloses this one, or an empty string.
        section: Id of the section of the collection in which it stands, or an empty string.
        order: Its place in the collection, from 0.
        images: Facsimiles.
        reader_notes: What the reader wants an editor to know ("no xml:id in the source").
    """

    id: str
    collection: str
    source: Source
    text: str
    heading: str = ""
    layers: tuple[Layer, ...] = ()
    marks: tuple[Mark, ...] = ()
    notes: tuple[Note, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    facts: tuple[Fact, ...] = ()
    parent: str = ""
    section: str = ""
    order: int = 0
    images: tuple[Image, ...] = ()
    reader_notes: tuple[str, ...] = ()

    @property
    def local_id(self) -> str:
        """The id inside the collection."""
        return self.id[len(self.collection) + 1 :]

    def resolved(self, field: str) -> list[Fact]:
        """Facts of a field as a reader sees them: decided over given over derived."""
        return resolve(self.facts, field)

    def first(self, field: str) -> Fact | None:
        """The first resolved fact of a field, or None."""
        found = by_field(self.facts).get(field)
        return found[0] if found else None

    @property
    def date(self) -> HistoricalDate | None:
        """The resolved date of writing; None as well where it is printed and impossible."""
        fact = self.first("date")
        date = fact.value if fact and isinstance(fact.value, HistoricalDate) else None
        return date if date and date.edtf else None

    @property
    def place(self) -> Place | None:
        """The resolved place of writing."""
        fact = self.first("place")
        return fact.value if fact and isinstance(fact.value, Place) else None

    @property
    def senders(self) -> list[Party]:
        """The resolved senders."""
        return _values(self.facts, "sender", Party)

    @property
    def recipients(self) -> list[Party]:
        """The resolved recipients."""
        return _values(self.facts, "recipient", Party)

    @property
    def subjects(self) -> list[Subject]:
        """The resolved subjects."""
        return _values(self.facts, "subject", Subject)

    def word(self, field: str) -> str:
        """The resolved text of a field whose value is a word ("kind", "number"), or ""."""
        found = by_field(self.facts).get(field)
        value = found[0].value if found else ""
        return value if isinstance(value, str) else ""

    @property
    def pages(self) -> list[str]:
        """Printed page numbers on which the document stands, in order."""
        return [m.value for m in self.marks if m.kind == "page" and m.value]

    def _repr_html_(self) -> str:
        from regesta.documents.notebook import document_html

        return document_html(self)


def _values(facts: tuple[Fact, ...], field: str, kind: type[_Kind]) -> list[_Kind]:
    """The resolved values of a field that are of a kind."""
    return [f.value for f in by_field(facts).get(field, ()) if isinstance(f.value, kind)]
