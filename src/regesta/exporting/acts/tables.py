"""Acts as tables: one row an act, as CSV, or as Parquet where pyarrow is installed.

The columns are those of :data:`COLUMNS`; ``docs/reference/acts.md`` is their dictionary.
"""

from collections.abc import Iterable
from typing import Any, BinaryIO

from regesta.documents.ledger import StoredAct
from regesta.errors import MissingExtra
from regesta.exporting.acts.base import ActExporter, Stated
from regesta.exporting.tables.summary import csv_writer, inert

#: Rows of one group of a Parquet file: so many are in memory. The acts of some seven hundred
#: documents; groups of 5,000 make a file that is a twentieth smaller and hold twice as much.
GROUP = 2_000
_BETWEEN = "; "
#: Column → (its type, what it holds).
COLUMNS: dict[str, tuple[str, str]] = {
    "document": ("text", "id of the document that states the act"),
    "place": ("number", "its place among that document's acts, from 0"),
    "earliest": ("text", "first possible day of the document, ISO 8601; empty: open or undated"),
    "latest": ("text", "last possible day"),
    "actor": ("text", "who does it, as an index would name him"),
    "actor_power": ("text", "the powers he speaks for, parted by semicolons, where known"),
    "actor_cow": ("text", "their numbers in the Correlates of War project, where it has them"),
    "act": ("text", "what is done: one of the acts of the ledger"),
    "group": ("text", "the family of the act: tell, judge, ask, bind, answer…"),
    "polarity": ("text", "affirmed or negated"),
    "modality": ("text", "actual, intended, conditional or requested"),
    "addressee": ("text", "toward whom"),
    "addressee_power": ("text", "the powers of the addressee, where known"),
    "addressee_cow": ("text", "their numbers in the Correlates of War project"),
    "about": ("text", "the matter, in a few words of the text"),
    "reported_by": ("text", "who reports it; empty: the document's own sender"),
    "tier": ("text", "certain or probable"),
    "confidence": ("real", "0 to 1"),
    "start": ("number", "its words in the document's text: first code point"),
    "stop": ("number", "and the one after the last"),
    "words": ("text", "those words"),
    "plover": ("text", "PLOVER class, where the scheme has the act"),
    "cameo": ("text", "CAMEO code, where the scheme has the act"),
    "language": ("text", "ISO 639 code of the words"),
    "rule": ("text", "what found it"),
}


def act_cells(stored: StoredAct) -> list[str | int | float | None]:
    """The cells of an act, in the order of :data:`COLUMNS`; None where there is no value."""
    act = stored.act
    start, stop = act.span or (None, None)
    return [
        stored.document,
        stored.place,
        stored.earliest,
        stored.latest,
        act.actor,
        _BETWEEN.join(stored.actor_powers) or None,
        _BETWEEN.join(map(str, stored.actor_cow)) or None,
        act.act,
        act.group or None,
        act.polarity,
        act.modality,
        act.addressee or None,
        _BETWEEN.join(stored.addressee_powers) or None,
        _BETWEEN.join(map(str, stored.addressee_cow)) or None,
        act.about or None,
        act.reported_by or None,
        act.tier,
        act.confidence,
        start,
        stop,
        stored.words,
        act.plover or None,
        act.cameo or None,
        act.language or None,
        act.rule or None,
    ]


def write_csv(acts: Iterable[StoredAct], target: BinaryIO) -> None:
    """Write acts as CSV with a heading line."""
    writer = csv_writer(target)
    writer.writerow(COLUMNS)
    for stored in acts:
        writer.writerow([_inert(cell) for cell in act_cells(stored)])


def _inert(cell: str | int | float | None) -> str:
    return inert("" if cell is None else " ".join(str(cell).split()))


class ActsCsvExporter(ActExporter):
    """Writes one line an act, with the columns of :data:`COLUMNS`."""

    name = "acts-csv"
    suffix = ".csv"
    media_type = "text/csv"

    def put(self, acts: Iterable[Stated], target: BinaryIO) -> None:
        """Write a heading line, then a line an act."""
        write_csv((act for _, act in acts), target)


class ActsParquetExporter(ActExporter):
    """Writes the same columns as a Parquet file, with their meaning in its metadata."""

    name = "acts-parquet"
    suffix = ".parquet"
    media_type = "application/vnd.apache.parquet"

    def put(self, acts: Iterable[Stated], target: BinaryIO) -> None:
        """Write a row an act.

        Raises:
            MissingExtra: pyarrow is not installed.
        """
        arrow, parquet = _pyarrow()
        schema = _schema(arrow)
        with parquet.ParquetWriter(target, schema, compression="zstd") as writer:
            rows: list[list[Any]] = []
            for _, stored in acts:
                rows.append(act_cells(stored))
                if len(rows) == GROUP:
                    writer.write_table(_table(arrow, schema, rows))
                    rows = []
            writer.write_table(_table(arrow, schema, rows))


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise MissingExtra(
            "Parquet needs pyarrow, which is not installed", "pip install 'regesta[parquet]'"
        ) from None
    return pyarrow, parquet


def _schema(arrow: Any) -> Any:
    types = {"text": arrow.string(), "number": arrow.int64(), "real": arrow.float64()}
    return arrow.schema(
        [arrow.field(name, types[kind], metadata={"description": said})
         for name, (kind, said) in COLUMNS.items()]
    )  # fmt: skip


def _table(arrow: Any, schema: Any, rows: list[list[Any]]) -> Any:
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return arrow.table(
        [arrow.array([_clean(cell) for cell in column], field.type)
         for column, field in zip(columns, schema, strict=True)],
        schema=schema,
    )  # fmt: skip


def _clean(cell: Any) -> Any:
    """Halves of surrogate pairs, which a source's text may hold, have no place in Parquet."""
    return cell.encode("utf-8", "replace").decode() if isinstance(cell, str) else cell
