"""The stages on DuckDB: Parquet files in a folder, each put in place in one step, ``RESULT`` out.

What was killed leaves nothing that counts; the next run goes on after the last whole file. The last
stage is cut into slices, so that no table of words grows with the edition, and its slices are
shared out among processes: ``python -m regesta.linking.engines.duckdb FOLDER THREADS SLICE…``.
"""

import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from arro3.core import Array, DataType, Field, RecordBatch, RecordBatchReader, Schema

from regesta.linking.engines import words
from regesta.linking.reuse.base import Batch, Result
from regesta.linking.reuse.stages import RESULT, STAGES, TEXTS, Stage

#: Memory that all processes together may give to DuckDB before it spills to the folder, in MB.
MEMORY = 2000
#: Rows of a slice of the last stage: with the words around them about 350 MB.
SLICE = 250_000
#: From so many slices' rows on other processes help.
MANY = 40_000
_POLL = 0.2
#: Texts that are read at a time, with all that is made of them some ten MB; so many make a group
#: of rows of their file (a multiple of 2,048), which is read without its neighbours.
TEXTS_AT_ONCE = 4096
#: Rows of the result that are taken at a time.
_FETCHED = 10_000
#: How tables are packed. zstd takes three times as long and saves a sixth of the disk: what anchors
#: are made of is as good as chance.
_PACKING = "snappy"
#: Rows of a table that are packed together: DuckDB's own default.
GROUP = 122_880
_TYPES = {"int32": DataType.int32, "int64": DataType.int64, "string": DataType.string}
_NUMBERS = {"int32": np.int32, "int64": np.int64}

Tell = Callable[[str], None]


def write_texts(folder: Path, batches: Iterable[Batch]) -> None:
    """Write the table ``texts``, unless it is there."""
    _write(folder / "texts.parquet", TEXTS, batches, group=TEXTS_AT_ONCE)


def run(folder: Path, *, tell: Tell | None = None, threads: int = 2) -> Iterator[Result]:
    """Run the stages over the texts of a folder; tables that are there are kept.

    Args:
        folder: Holds ``texts``, and has room for about ten times as much.
        tell: Told what is at hand.
        threads: Threads of DuckDB, and processes of the last stage.

    Returns:
        The rows of ``reuse_stages.RESULT``, read as they are asked for.
    """
    for stage in STAGES:
        say = tell or (lambda words: None)
        say(f"finding {stage.name}")
        if stage.sliced:
            _in_slices(folder, stage, say, threads)
        else:
            _whole(folder, stage, threads)
    return _result(folder, threads)


def _result(folder: Path, threads: int) -> Iterator[Result]:
    with _connect(folder, threads) as db:
        db.execute(RESULT)
        while rows := db.fetchmany(_FETCHED):
            yield from rows


def _whole(folder: Path, stage: Stage, threads: int) -> None:
    path = folder / f"{stage.name}.parquet"
    if path.exists():
        return
    if stage.order:
        with _connect(folder, threads) as db:
            rows = _batches(db, f"{stage.sql} ORDER BY {', '.join(stage.order)}")
            _write(path, stage.columns, stage.step(rows))
    else:
        _write(path, stage.columns, _by_texts(folder, stage, threads))


def _by_texts(folder: Path, stage: Stage, threads: int) -> Iterator[Batch]:
    """What a stage makes of texts, some at a time on every thread."""

    def made(part: str) -> list[Batch]:
        with _connect(folder, 1) as db:
            return list(stage.step(_batches(db, stage.sql + part)))

    running: deque[Future[list[Batch]]] = deque()
    with ThreadPoolExecutor(threads) as pool:
        for part in _parts(folder):
            running.append(pool.submit(made, part))
            if len(running) > threads:
                yield from running.popleft().result()
        while running:
            yield from running.popleft().result()


def _parts(folder: Path) -> Iterator[str]:
    """Conditions by which the table ``texts`` is read some rows at a time, never all at once."""
    with _connect(folder, 1) as db:
        found = db.execute("SELECT max(stretch) FROM texts").fetchone()
    last = found[0] if found and found[0] is not None else -1
    for first in range(0, last + 1, TEXTS_AT_ONCE):
        yield f" WHERE stretch BETWEEN {first} AND {first + TEXTS_AT_ONCE - 1}"


def _in_slices(folder: Path, stage: Stage, tell: Tell, threads: int) -> None:
    """Make the slices that are not there, by so many processes at a time."""
    with _connect(folder, 1) as db:
        parts = (_batches(db, f"SELECT stretch, text FROM texts{part}") for part in _parts(folder))
        words.write(folder, chain.from_iterable(parts))
    slices, rows = _slices(folder, stage, threads)
    left = [part for part in slices if not _slice(folder, stage, part).exists()]
    helpers = [
        _helper(folder, left[n::threads])
        for n in range(1, threads)
        if rows > MANY and left[n::threads]
    ]
    try:
        own = left[::threads] if helpers else left
        for part in own:
            tell(f"finding {stage.name}, {_there(folder, stage, slices)} of {len(slices)}")
            make_slice(folder, stage, part, threads if not helpers else 1)
        while any(helper.poll() is None for helper in helpers):
            time.sleep(_POLL)
    finally:
        for helper in helpers:
            if helper.poll() is None:
                helper.terminate()
            helper.wait()
    for part in left:  # what a helper did not do, for whatever reason, shows its fault here
        make_slice(folder, stage, part, threads)


def _helper(folder: Path, parts: Sequence[tuple[int, int]]) -> "subprocess.Popen[bytes]":
    names = [f"{first}-{last}" for first, last in parts]
    path = [p for p in sys.path if p]
    code = f"import sys; sys.path[:0] = {path!r}; from {__name__} import main; main()"
    return subprocess.Popen(
        [sys.executable, "-c", code, str(folder), *names],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def main() -> None:
    """Be a process that makes slices of the last stage."""
    folder, *names = sys.argv[1:]
    for name in names:
        first, last = map(int, name.split("-"))
        make_slice(Path(folder), STAGES[-1], (first, last), 1)


def make_slice(folder: Path, stage: Stage, part: tuple[int, int], threads: int) -> None:
    """Make a slice of a stage, unless it is there: rows whose first key is ``first``..``last``."""
    path = _slice(folder, stage, part)
    if path.exists():
        return
    key, (first, last) = stage.together[0], part
    sql = f"SELECT * FROM {stage.sliced} WHERE {key} BETWEEN {first} AND {last}"
    with _connect(folder, threads, memory=MEMORY // 2) as db, closing(words.Words(folder)) as texts:
        rows = _batches(db, f"{sql} ORDER BY {', '.join(stage.order)}")
        _write(path, stage.columns, stage.step(words.around(rows, texts)))


def _slices(folder: Path, stage: Stage, threads: int) -> tuple[list[tuple[int, int]], int]:
    """First and last key of every slice, the same at every run, and the rows of all."""
    key = stage.together[0]
    with _connect(folder, threads) as db:
        counts = db.execute(
            f"SELECT {key}, count(*) FROM {stage.sliced} GROUP BY {key} ORDER BY {key}"
        ).fetchall()
    rows = sum(count for _, count in counts)
    most = min(SLICE, max(1, rows // 4)) if rows > MANY else SLICE
    slices: list[tuple[int, int]] = []
    first, size = None, 0
    for value, count in counts:
        first = value if first is None else first
        size += count
        if size >= most:
            slices.append((first, value))
            first, size = None, 0
    if first is not None:
        slices.append((first, counts[-1][0]))
    return slices or [(0, 0)], rows


def _slice(folder: Path, stage: Stage, part: tuple[int, int]) -> Path:
    return folder / f"{stage.name}.{part[0]}-{part[1]}.parquet"


def _there(folder: Path, stage: Stage, slices: Sequence[tuple[int, int]]) -> int:
    return sum(_slice(folder, stage, part).exists() for part in slices)


def _connect(folder: Path, threads: int, memory: int = MEMORY) -> duckdb.DuckDBPyConnection:
    db = duckdb.connect(config={"threads": threads, "memory_limit": f"{memory}MB"})
    db.execute(f"SET temp_directory = {_quoted(folder / 'spill')}")
    db.execute("SET preserve_insertion_order = false")
    db.execute("SET enable_progress_bar = false")  # it would write among what others print
    for name in ("texts", *(stage.name for stage in STAGES)):
        files = sorted(folder.glob(f"{name}.*parquet"))
        if files:
            listed = ", ".join(map(_quoted, files))
            db.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet([{listed}])")
    return db


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _batches(db: duckdb.DuckDBPyConnection, sql: str) -> Iterator[Batch]:
    """The rows of a query, batch by batch."""
    for batch in RecordBatchReader.from_stream(db.sql(sql)):
        yield {name: _column(batch.column(name)) for name in batch.schema.names}


def _column(column: Any) -> Any:
    if DataType.is_string(column.type) or DataType.is_string_view(column.type):
        return column.to_pylist()
    return column.to_numpy()


def _write(
    path: Path, columns: dict[str, str], made: Iterable[Batch], *, group: int = GROUP
) -> None:
    if path.exists():
        return
    schema = Schema([Field(name, _TYPES[kind]()) for name, kind in columns.items()])
    arrow = (_arrow(batch, columns, schema) for batch in made)
    draft = path.with_suffix(".draft")
    with duckdb.connect(config={"threads": 1}) as db:
        db.execute("SET enable_progress_bar = false")
        db.register("made", RecordBatchReader.from_batches(schema, arrow))
        packed = f"FORMAT parquet, COMPRESSION {_PACKING}, ROW_GROUP_SIZE {group}"
        db.execute(f"COPY made TO {_quoted(draft)} ({packed})")
    draft.replace(path)


def _arrow(batch: Batch, columns: dict[str, str], schema: Schema) -> RecordBatch:
    arrays: list[Array] = []
    for name, kind in columns.items():
        if kind == "string":
            arrays.append(Array(batch[name], type=DataType.string()))
        else:
            arrays.append(Array.from_numpy(np.ascontiguousarray(batch[name], _NUMBERS[kind])))
    return RecordBatch.from_arrays(arrays, schema=schema)
