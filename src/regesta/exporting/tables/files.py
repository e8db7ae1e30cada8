"""Tables for statistics: a zip file of CSV or Parquet, one file a table, with a data dictionary.

``datapackage.json`` describes the tables for programs (Frictionless Data Package), ``README.md``
for people. Rows go to temporary files first, so that memory does not grow with the edition.
"""

import json
import tempfile
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from typing import IO, Any, BinaryIO, Protocol

from regesta.documents import Act, Collection, Document, Link
from regesta.errors import MissingExtra
from regesta.exporting.archive import archive
from regesta.exporting.pieces import EVERY, NOWHERE
from regesta.exporting.tables.columns import TABLES, dictionary
from regesta.exporting.tables.rows import Cell, rows_of
from regesta.exporting.tables.summary import RISKY, csv_writer, inert

#: Rows of one Parquet row group at most, and letters of its texts: so much of a table is in memory.
_GROUP, _LETTERS = 1_000, 1_000_000
_FRICTIONLESS = {"text": "string", "integer": "integer", "number": "number", "date": "date"}


class _Sink(Protocol):
    """Takes the rows of one table."""

    def add(self, row: list[Cell]) -> None: ...

    def close(self) -> None: ...


class _Tables:
    """Writes all tables at once; its heirs say how one is written."""

    takes_links = True
    takes_acts = True
    ending, kind = ".csv", "text/csv"
    #: Whether the archive makes a table smaller, or the table's own format has done so already.
    packed = True

    def sink(self, table: str, stream: IO[bytes]) -> _Sink:
        """Begin a table."""
        raise NotImplementedError

    def write(
        self,
        documents: Iterable[Document],
        target: BinaryIO,
        *,
        collections: dict[str, Collection],
        progress: Callable[[int], None] | None = None,
        links: Callable[[str], Iterable[Link]] | None = None,
        acts: Callable[[str], Iterable[Act]] | None = None,
    ) -> int:
        """Write the documents in their order; give how many were written.

        ``links`` and ``acts`` give those of a document by its id; without them their tables are
        empty, and the data dictionary says why.
        """
        count = 0
        missing = {name for name, of in (("links", links), ("acts", acts)) if of is None}
        with ExitStack() as open_files:
            streams = {t: open_files.enter_context(tempfile.TemporaryFile()) for t in TABLES}
            sinks = {table: self.sink(table, stream) for table, stream in streams.items()}
            for document in documents:
                own = collections.get(document.collection, NOWHERE)
                own_links = links(document.id) if links else ()
                own_acts = acts(document.id) if acts else ()
                for table, row in rows_of(document, own, own_links, own_acts):
                    sinks[table].add(row)
                count += 1
                if progress and count % EVERY == 0:
                    progress(count)
            for sink in sinks.values():
                sink.close()
            with archive(target) as made:
                made.add("README.md", dictionary(missing))
                made.add("datapackage.json", _package(self.ending, self.kind, collections))
                for table, stream in streams.items():
                    made.add_file(f"{table}{self.ending}", stream, packed=self.packed)
        if progress:
            progress(count)
        return count


class TablesExporter(_Tables):
    """Writes CSV (RFC 4180, UTF-8)."""

    name = "tables"
    suffix = ".zip"
    media_type = "application/zip"

    def sink(self, table: str, stream: IO[bytes]) -> _Sink:
        """Begin a table with the names of its columns."""
        return _CsvSink(table, stream)


class _CsvSink:
    def __init__(self, table: str, stream: IO[bytes]) -> None:
        self._writer = csv_writer(stream)  # type: ignore[arg-type]
        self._writer.writerow(TABLES[table])

    def add(self, row: list[Cell]) -> None:
        self._writer.writerow(
            [inert(c) if isinstance(c, str) and c[:1] in RISKY else c for c in row]
        )

    def close(self) -> None:
        """All is written."""


class ParquetExporter(_Tables):
    """Writes Parquet (extra ``parquet``)."""

    name = "parquet"
    suffix = ".zip"
    media_type = "application/zip"
    ending, kind = ".parquet", "application/vnd.apache.parquet"
    packed = False

    def sink(self, table: str, stream: IO[bytes]) -> _Sink:
        """Begin a table.

        Raises:
            MissingExtra: pyarrow is not installed.
        """
        return _ParquetSink(table, stream)


class _ParquetSink:
    def __init__(self, table: str, stream: IO[bytes]) -> None:
        try:
            import pyarrow
            from pyarrow import parquet
        except ImportError:
            raise MissingExtra(
                "writing Parquet needs pyarrow", "pip install 'regesta[parquet]'"
            ) from None
        kinds = {
            "text": pyarrow.string(), "integer": pyarrow.int64(), "number": pyarrow.float64(),
            "date": pyarrow.string(),
        }  # fmt: skip
        self._arrow: Any = pyarrow
        self._schema = pyarrow.schema(
            [
                pyarrow.field(name, kinds[kind], metadata={"description": holds})
                for name, (kind, holds) in TABLES[table].items()
            ]
        )
        self._writer: Any = parquet.ParquetWriter(stream, self._schema, compression="zstd")
        self._rows: list[list[Cell]] = []
        self._text = list(TABLES[table]).index("text") if "text" in TABLES[table] else None
        self._letters = 0

    def add(self, row: list[Cell]) -> None:
        self._rows.append(row)
        if self._text is not None:
            self._letters += len(str(row[self._text]))
        if len(self._rows) == _GROUP or self._letters > _LETTERS:
            self._flush()

    def _flush(self) -> None:
        columns = zip(*self._rows, strict=True) if self._rows else ([] for _ in self._schema)
        arrays = [
            self._arrow.array(
                list(map(_whole, column)) if field.type == "string" else column, type=field.type
            )
            for column, field in zip(columns, self._schema, strict=True)
        ]
        self._writer.write_table(self._arrow.Table.from_arrays(arrays, schema=self._schema))
        self._rows.clear()
        self._letters = 0

    def close(self) -> None:
        self._flush()
        self._writer.close()


def _whole(cell: Cell) -> Cell:
    """A text without halves of characters, which UTF-8 does not know."""
    if isinstance(cell, str) and not cell.isascii():
        return cell.encode("utf-8", "replace").decode()
    return cell


def _package(ending: str, kind: str, collections: dict[str, Collection]) -> str:
    titles = [c.title for c in collections.values() if c.title]
    resources = [
        {
            "name": table,
            "path": f"{table}{ending}",
            "mediatype": kind,
            "encoding": "utf-8",
            "schema": {
                "fields": [
                    {"name": name, "type": _FRICTIONLESS[type_], "description": holds}
                    for name, (type_, holds) in columns.items()
                ],
                "missingValues": [""],
            },
        }
        for table, columns in TABLES.items()
    ]
    about = {"name": "regesta", "title": titles[0] if len(titles) == 1 else "An edition"}
    return json.dumps({**about, "resources": resources}, ensure_ascii=False, indent=1) + "\n"
