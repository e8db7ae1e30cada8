"""Documents, regests and texts out of the record; what search asks of the record as well."""

import difflib
import xml.parsers.expat
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from regesta.documents import Document
from regesta.edition.building.rows import unpack_document, unpack_layers, unpack_regest
from regesta.edition.record.near import near_ids
from regesta.edition.record.store import Record
from regesta.edition.results import Regest
from regesta.edition.search.schema import Taken
from regesta.errors import SourceError, UnknownDocument
from regesta.reading.archives import SEPARATOR
from regesta.reading.sources import open_source

_T = TypeVar("_T")
#: Parameters of one query; SQLite allows more, but a statement should stay short.
MANY = 500
#: Documents kept open after they were asked for, and how long one of them may be.
_KEPT, _LONG = 32, 100_000
#: Regests kept, some kilobyte each: neighbours are named on one another's pages.
_REGESTS = 4_000
_WHOLE = (
    "SELECT t.text, t.rest, d.id, d.place_in_collection, s.path, s.sha256 FROM documents d "
    "JOIN texts t USING (n) JOIN sources s ON s.n = d.n >> 20"
)
_REGEST = "SELECT r.regest, d.id, d.place_in_collection FROM documents d JOIN regests r USING (n)"
_TAKEN = (
    "SELECT r.regest, d.id, d.place_in_collection, d.n FROM documents d JOIN regests r USING (n)"
)
_TAKEN_WITH_TEXTS = (
    "SELECT r.regest, d.id, d.place_in_collection, d.n, t.text, t.voices FROM documents d "
    "JOIN regests r USING (n) JOIN texts t USING (n)"
)


class Shelf:
    """The record's documents, as :class:`regesta.edition.search.state.Shelf` wants them."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self._kept: dict[str, Document] = {}
        self._regests: dict[str, Regest] = {}

    def regests(self, ids: Sequence[str]) -> list[Regest]:
        """One-line views, in the order asked, unknown ids left out."""
        self.record.check_open()
        known = self._regests
        found = {id: known[id] for id in ids if id in known}
        for some in _parts([id for id in ids if id not in found]):
            marks = ", ".join("?" * len(some))
            for row in self.record.rows(f"{_REGEST} WHERE d.id IN ({marks})", some):
                found[row[1]] = regest_of_row(row)
        if len(found) <= MANY:
            if len(known) + len(found) > _REGESTS:
                known = self._regests = {}
            known.update(found)
        return [found[id] for id in ids if id in found]

    def take(self, numbers: Sequence[int], *, texts: bool) -> Mapping[int, Taken]:
        """Documents by their numbers: one line each, and texts for snippets where asked for."""
        found: dict[int, Taken] = {}
        for some in _parts(numbers):
            marks = ", ".join("?" * len(some))
            sql = _TAKEN_WITH_TEXTS if texts else _TAKEN
            for row in self.record.rows(f"{sql} WHERE d.n IN ({marks})", some):
                layers = unpack_layers(row[4], row[5]) if texts else None
                found[row[3]] = Taken(regest_of_row(row[:3]), layers)
        return found

    def labels(self, field: str, ids: Sequence[str]) -> Mapping[str, str]:
        """Labels of index entries and collections, by id."""
        found: dict[str, str] = {}
        for some in _parts(ids):
            marks = ", ".join("?" * len(some))
            found |= dict(
                self.record.rows(
                    f"SELECT key, label FROM entries WHERE name = ? AND key IN ({marks})",
                    (field, *some),
                )
            )
        return found

    def document(self, id: str) -> Document:
        """One document. Raises UnknownDocument."""
        self.record.check_open()
        found = self._kept.get(id)
        if found is None:  # a record never changes; a page asks for its document time and again
            row = self.record.row(f"{_WHOLE} WHERE d.id = ?", (id,))
            if row is None:
                raise unknown_document(self.record, id)
            found = _document_of_row(row)
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            if len(found.text) < _LONG:
                self._kept[id] = found
        return found

    def documents(self, collection: str, ids: Sequence[str] | None) -> Iterator[Document]:
        """Documents in the order of their collections, in constant memory."""
        if ids is not None:
            for some in _parts(ids):
                marks = ", ".join("?" * len(some))
                rows = self.record.rows(f"{_WHOLE} WHERE d.id IN ({marks})", some)
                found = {row[2]: row for row in rows}
                for id in some:
                    if id in found and id.startswith(f"{collection}/" if collection else ""):
                        yield _document_of_row(found[id])
            return
        for (id,) in self.record.rows("SELECT id FROM collections ORDER BY rank"):
            if collection in ("", id):
                where = "WHERE d.collection = ? ORDER BY d.place_in_collection, d.id"
                yield from map(_document_of_row, self.record.stream(f"{_WHOLE} {where}", (id,)))

    def source(self, id: str) -> tuple[str, bytes]:
        """The document's source as it stands: (file name, bytes); of a volume, the element only."""
        document = self.document(id)
        row = self.record.row(
            "SELECT s.file, s.path, s.sha256 FROM documents d JOIN sources s ON s.n = d.n >> 20 "
            "WHERE d.id = ?",
            (id,),
        )
        assert row is not None
        file, path, sha256 = row
        inner = path.partition(SEPARATOR)[2] if not path.endswith(file) else ""
        where = f"{file}{SEPARATOR}{inner}" if inner else file
        try:
            source = open_source(where)
        except SourceError as error:
            raise SourceError(f"{path}: {error.what}", "build the edition again") from None
        if source.sha256 != sha256:
            raise SourceError(f"{path}: has changed since it was read", "build the edition again")
        position = document.source.position
        element = element_bytes(source.data, position) if position else None
        return source.name, source.data if element is None else element


def regest_of_row(row: tuple[bytes, str, int]) -> Regest:
    """A regest of its row: packed, id, place in its collection."""
    return unpack_regest(row[0], id=row[1], order=row[2])


def regests_where(record: Record, clause: str, values: Sequence[object] = ()) -> list[Regest]:
    """Regests by a clause on ``documents d`` (JOIN, WHERE, ORDER BY, LIMIT)."""
    return [regest_of_row(row) for row in record.rows(f"{_REGEST} {clause}", values)]


def unknown_document(record: Record, id: str) -> UnknownDocument:
    """Make the error for an id that is not there, naming ids near it."""
    collection, _, local_id = id.partition("/")
    if record.row("SELECT 1 FROM collections WHERE id = ?", (collection,)):
        near = near_ids(record, collection, local_id)
        hint = f"near it: {', '.join(near)}" if near else ""
        return UnknownDocument(f"no document has the id {id!r}", hint)
    known = [row[0] for row in record.rows("SELECT id FROM collections ORDER BY rank")]
    alike = difflib.get_close_matches(collection, known, n=3)
    hint = f"collections of like name: {', '.join(alike)}" if alike else ""
    return UnknownDocument(f"no document has the id {id!r}", hint)


class _Found(Exception):
    """Stops the parser when the element has ended."""


def element_bytes(data: bytes, position: str) -> bytes | None:
    """Cut the element of an ``xml:id`` out of a file, byte for byte.

    Returns:
        Its bytes, or None where the file is no XML or has no element of that id.
    """
    parser = xml.parsers.expat.ParserCreate()
    depth, start, inside, end = 0, -1, 0, -1

    def opened(_: str, attributes: dict[str, str]) -> None:
        nonlocal depth, start, inside
        depth += 1
        if start < 0 and attributes.get("xml:id") == position:
            start, inside = parser.CurrentByteIndex, depth

    def closed(_: str) -> None:
        nonlocal depth, end
        if start >= 0 and depth == inside:
            end = parser.CurrentByteIndex
            raise _Found
        depth -= 1

    parser.StartElementHandler, parser.EndElementHandler = opened, closed
    try:
        parser.Parse(data, True)
    except _Found:
        return data[start : data.index(b">", end) + 1]
    except xml.parsers.expat.ExpatError:
        return None
    return None


def _document_of_row(row: tuple[bytes, bytes, str, int, str, str]) -> Document:
    text, rest, id, order, path, sha256 = row
    return unpack_document(text, rest, id=id, order=order, path=path, sha256=sha256)


def _parts(ids: Sequence[_T]) -> Iterator[Sequence[_T]]:
    for start in range(0, len(ids), MANY):
        yield ids[start : start + MANY]
