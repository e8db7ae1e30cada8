"""The stages on DuckDB: Parquet files in a folder, each made once and put in place in one step.

A stage that was killed leaves nothing that counts; the next run goes on after the last whole file.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from arro3.core import Array, DataType, Field, RecordBatch, RecordBatchReader, Schema

from regesta.linking.reuse_base import Batch, Result
from regesta.linking.reuse_stages import RESULT, STAGES, TEXTS

#: Memory that DuckDB may take before it spills to the folder.
MEMORY = "2500MB"
_TYPES = {"int32": DataType.int32, "int64": DataType.int64, "string": DataType.string}
_NUMBERS = {"int32": np.int32, "int64": np.int64}


def write_texts(folder: Path, batches: Iterable[Batch]) -> None:
    """Write the table ``texts``, unless it is there."""
    _write(folder, "texts", TEXTS, batches)


def run(
    folder: Path, *, tell: Callable[[str], None] | None = None, threads: int = 2
) -> list[Result]:
    """Run the stages over the texts of a folder; tables that are there are kept.

    Returns:
        The rows of ``reuse_stages.RESULT``.
    """
    for stage in STAGES:
        if not table(folder, stage.name).exists():
            if tell:
                tell(f"finding {stage.name}")
            with _connect(folder, threads) as db:
                order = f" ORDER BY {', '.join(stage.order)}" if stage.order else ""
                rows = batches(db, stage.sql + order)
                _write(folder, stage.name, stage.columns, stage.step(rows), threads)
    with _connect(folder, threads) as db:
        return db.execute(RESULT).fetchall()


def table(folder: Path, name: str) -> Path:
    """The file of a table."""
    return folder / f"{name}.parquet"


def _connect(folder: Path, threads: int) -> duckdb.DuckDBPyConnection:
    spill = str(folder / "spill").replace("'", "''")
    db = duckdb.connect(config={"threads": threads, "memory_limit": MEMORY})
    db.execute(f"SET temp_directory = '{spill}'; SET preserve_insertion_order = false")
    for name in ("texts", *(stage.name for stage in STAGES)):
        path = table(folder, name)
        if path.exists():
            quoted = str(path).replace("'", "''")
            db.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{quoted}')")
    return db


def batches(db: duckdb.DuckDBPyConnection, sql: str) -> Iterator[Batch]:
    """The rows of a query, batch by batch."""
    for batch in RecordBatchReader.from_stream(db.sql(sql)):
        yield {name: _column(batch.column(name)) for name in batch.schema.names}


def _column(column: Any) -> Any:
    if DataType.is_string(column.type) or DataType.is_string_view(column.type):
        return column.to_pylist()
    return column.to_numpy()


def _write(
    folder: Path, name: str, columns: dict[str, str], made: Iterable[Batch], threads: int = 2
) -> None:
    path = table(folder, name)
    if path.exists():
        return
    schema = Schema([Field(column, _TYPES[kind]()) for column, kind in columns.items()])
    arrow = (_arrow(batch, columns, schema) for batch in made)
    draft = path.with_suffix(".draft")
    with duckdb.connect(config={"threads": threads}) as db:
        db.register("made", RecordBatchReader.from_batches(schema, arrow))
        quoted = str(draft).replace("'", "''")
        db.execute(f"COPY made TO '{quoted}' (FORMAT parquet, COMPRESSION zstd)")
    draft.replace(path)


def _arrow(batch: Batch, columns: dict[str, str], schema: Schema) -> RecordBatch:
    arrays: list[Array] = []
    for name, kind in columns.items():
        if kind == "string":
            arrays.append(Array(batch[name], type=DataType.string()))
        else:
            arrays.append(Array.from_numpy(np.ascontiguousarray(batch[name], _NUMBERS[kind])))
    return RecordBatch.from_arrays(arrays, schema=schema)
