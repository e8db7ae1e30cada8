"""Answers as tables for statistics: rows in named columns in; pandas, polars or Arrow out.

The three libraries are loaded when they are asked for; without one, the error says how to get it.
Days stay ISO text: a data frame's own dates begin where history often ends.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from itertools import islice
from typing import Any

from regesta.documents import Document, Party
from regesta.documents.notebook import table_html
from regesta.edition.results import IndexEntry, Regest, SearchResult
from regesta.errors import MissingExtra

#: Rows that a notebook shows.
SHOWN = 20
_CURES = {"pandas": "pandas", "polars": "polars", "pyarrow": "parquet"}
REGEST = (
    "id", "collection", "heading", "date", "earliest", "latest", "senders", "recipients", "place",
    "latitude", "longitude", "kind", "number",
)  # fmt: skip


class Framed:
    """What can be had as a data frame: its heirs say their columns and rows."""

    def columns(self) -> Sequence[str]:
        """Names of the columns."""
        raise NotImplementedError

    def rows(self) -> Iterable[Sequence[Any]]:
        """Rows, in the columns' order; None for what is not known."""
        raise NotImplementedError

    def _arrays(self) -> dict[str, list[Any]]:
        names = list(self.columns())
        arrays: dict[str, list[Any]] = {name: [] for name in names}
        for row in self.rows():
            for name, cell in zip(names, row, strict=True):
                arrays[name].append(cell)
        return arrays

    def to_pandas(self) -> Any:
        """A ``pandas.DataFrame``. Raises MissingExtra where pandas is not installed."""
        return _library("pandas").DataFrame(self._arrays(), columns=list(self.columns()))

    def to_polars(self) -> Any:
        """A ``polars.DataFrame``. Raises MissingExtra where polars is not installed."""
        return _library("polars").DataFrame(self._arrays(), strict=False, infer_schema_length=None)

    def to_arrow(self) -> Any:
        """A ``pyarrow.Table``. Raises MissingExtra where pyarrow is not installed."""
        return _library("pyarrow").table(self._arrays())

    def _repr_html_(self) -> str:
        return table_html(self.columns(), islice(iter(self.rows()), SHOWN))


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        raise MissingExtra(
            f"a data frame needs {name}", f"pip install 'regesta[{_CURES[name]}]'"
        ) from None


class Entries(list[IndexEntry], Framed):
    """Entries of an index: a list that can be had as a data frame."""

    def columns(self) -> Sequence[str]:
        """Label, id and count."""
        return ("label", "id", "count", "note")

    def rows(self) -> Iterator[Sequence[Any]]:
        """A row an entry."""
        for entry in self:
            yield entry.label, entry.id, entry.count, entry.note or None


class Documents(list[Document], Framed):
    """Documents: a list that can be had as a data frame, its texts included."""

    def columns(self) -> Sequence[str]:
        """Those of a regest, and the text."""
        return (*REGEST, "text")

    def rows(self) -> Iterator[Sequence[Any]]:
        """A row a document."""
        from regesta.edition.building.rows import regest_of

        for document in self:
            yield *regest_row(regest_of(document)), document.text


class Table(Framed):
    """A table of an edition ("documents", "facts", "parties"…), its rows made as they are read."""

    def __init__(
        self, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]
    ) -> None:
        self.name = name
        self._kinds, self._rows = dict(columns), rows

    def __repr__(self) -> str:
        return f"<Table {self.name!r}: {', '.join(self._kinds)}>"

    def to_arrow(self) -> Any:
        """A ``pyarrow.Table`` with the types of the data dictionary; see :class:`Framed`."""
        arrow = _library("pyarrow")
        types = {"integer": arrow.int64(), "number": arrow.float64()}
        schema = arrow.schema([(n, types.get(k, arrow.string())) for n, k in self._kinds.items()])
        return arrow.table(self._arrays(), schema=schema)

    def columns(self) -> Sequence[str]:
        """Names of the columns; see the data dictionary in an export of ``tables``."""
        return tuple(self._kinds)

    def rows(self) -> Iterable[Sequence[Any]]:
        """The rows."""
        return self._rows


class Found(Framed):
    """The hits of a search as rows; ``SearchResult`` has the same methods."""

    def __init__(self, result: SearchResult) -> None:
        self.result = result

    def columns(self) -> Sequence[str]:
        """Those of a regest, then score and snippet."""
        return (*REGEST, "score", "snippet")

    def rows(self) -> Iterator[Sequence[Any]]:
        """A row a hit."""
        for hit in self.result.hits:
            snippet = " … ".join(s.text for s in hit.snippets) or None
            yield *regest_row(hit.regest), hit.score, snippet

    def _repr_html_(self) -> str:
        shown = (
            (r.id, _edtf(r), _names(r.senders), _names(r.recipients), _place(r), _snippet(hit))
            for hit in self.result.hits[:SHOWN]
            for r in [hit.regest]
        )
        result = self.result
        caption = f"{result.total:,} found" + (f" for {result.query}" if result.query else "")
        return table_html(("id", "date", "from", "to", "place", "words"), shown, caption=caption)


def regest_row(regest: Regest) -> tuple[Any, ...]:
    """A regest in the columns :data:`REGEST`."""
    date, place = regest.date, regest.place
    return (
        regest.id,
        regest.collection,
        regest.heading or None,
        date.edtf if date else None,
        date.earliest if date else None,
        date.latest if date else None,
        _names(regest.senders),
        _names(regest.recipients),
        _place(regest),
        place.latitude if place else None,
        place.longitude if place else None,
        regest.kind or None,
        regest.number or None,
    )


def _names(parties: Sequence[Party]) -> str | None:
    return "; ".join(party.label for party in parties if party.label) or None


def _edtf(regest: Regest) -> str | None:
    return regest.date.edtf if regest.date else None


def _place(regest: Regest) -> str | None:
    return regest.place.name if regest.place else None


def _snippet(hit: Any) -> str:
    return str(hit.snippets[0].text) if hit.snippets else ""
