"""Tables of an open edition, and what a notebook shows of it: an edition in, rows or HTML out."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from regesta.documents.notebook import table_html
from regesta.edition.frames import Table
from regesta.errors import UnknownValue
from regesta.exporting.tables.columns import TABLES
from regesta.exporting.tables.rows import rows_of

if TYPE_CHECKING:
    from regesta.edition.edition import Edition


def table(
    edition: "Edition", name: str, *, collection: str = "", ids: Sequence[str] | None = None
) -> Table:
    """A table by its name; links and acts are found first where they are asked for.

    Raises:
        UnknownValue: No such table.
    """
    if name not in TABLES:
        raise UnknownValue(f"there is no table {name!r}", f"tables: {', '.join(TABLES)}")
    if name == "links":
        edition.links.find()
    if name == "acts":
        edition.acts.find()

    def rows() -> Iterator[Sequence[Any]]:
        known = {s.collection.id: s.collection for s in edition.collections()}
        for document in edition.documents(collection=collection, ids=ids):
            links = edition.links.of(document.id) if name == "links" else ()
            acts = edition.acts.of(document.id) if name == "acts" else ()
            for which, row in rows_of(document, known[document.collection], links, acts):
                if which == name:
                    yield row

    return Table(name, {n: kind for n, (kind, _) in TABLES[name].items()}, _Again(rows))


class _Again:
    """Rows that can be gone through more than once, made anew each time."""

    def __init__(self, make: Any) -> None:
        self._make = make

    def __iter__(self) -> Iterator[Sequence[Any]]:
        rows: Iterator[Sequence[Any]] = self._make()
        return rows


def edition_html(edition: "Edition") -> str:
    """An edition in a notebook: its title, what is in it and what is missing, its collections."""
    counts, info = edition.counts(), edition.info()
    caption = f"{info.title}: {counts.documents:,} documents, {counts.undated:,} undated"
    rows = [
        (s.collection.id, s.collection.title, s.documents, s.first, s.last)
        for s in edition.collections()
    ]
    return table_html(("collection", "title", "documents", "first", "last"), rows, caption=caption)
