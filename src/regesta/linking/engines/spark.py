"""The stages on Apache Spark: the same SQL, the same functions, the same rows as on DuckDB.

Needs the extra ``spark`` and Java. Without a cluster Spark runs on this machine; where the
environment names one (``SPARK_REMOTE`` or ``MASTER``), or a session is open already, that is used,
and the folder must be one that every machine sees.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from regesta.linking.engines import duckdb as engine_duckdb
from regesta.linking.reuse.base import Batch, Result, Step
from regesta.linking.reuse.stages import RESULT, STAGES, Stage

#: Partitions of every shuffle, for each thread.
PARTITIONS = 4
_TYPES = {"int32": "int", "int64": "bigint", "string": "string"}
_NUMBERS = {"int32": np.int32, "int64": np.int64}

write_texts = engine_duckdb.write_texts


def run(
    folder: Path, *, tell: Callable[[str], None] | None = None, threads: int = 2
) -> Iterator[Result]:
    """Run the stages over the texts of a folder, as ``engine_duckdb.run`` does.

    Tables are written by Spark, each a folder of Parquet files; those that are there are kept.
    """
    spark = _session(folder, threads)
    try:
        _view(spark, folder / "texts.parquet", "texts")
        for stage in STAGES:
            if tell:
                tell(f"finding {stage.name} on Spark")
            path = folder / f"{stage.name}.spark"
            if not (path / "_SUCCESS").exists():
                _made(spark, stage, threads).write.mode("overwrite").parquet(str(path))
            _view(spark, path, stage.name)
        return map(_row, spark.sql(RESULT).collect())
    finally:
        spark.stop()


def _session(folder: Path, threads: int) -> Any:
    from pyspark.sql import SparkSession

    # Spark's workers must be this Python and find this package.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("regesta")
    if "SPARK_REMOTE" not in os.environ:
        builder = (
            builder.master(os.environ.get("MASTER", f"local[{threads}]"))
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.driver.memory", os.environ.get("SPARK_DRIVER_MEMORY", "2g"))
            .config("spark.local.dir", str(folder / "spill"))
        )
    spark = builder.config("spark.sql.shuffle.partitions", PARTITIONS * threads).getOrCreate()
    if "SPARK_REMOTE" not in os.environ:
        spark.sparkContext.setLogLevel("ERROR")
    return spark


def _view(spark: Any, path: Path, name: str) -> None:
    spark.read.parquet(str(path)).createOrReplaceTempView(name)


def _made(spark: Any, stage: Stage, threads: int) -> Any:
    rows = spark.sql(stage.sql)
    if stage.together:
        rows = rows.repartition(PARTITIONS * threads, *stage.together)
        rows = rows.sortWithinPartitions(*stage.order)
    else:
        rows = rows.repartition(PARTITIONS * threads)
    columns = ", ".join(f"{name} {_TYPES[kind]}" for name, kind in stage.columns.items())
    return rows.mapInArrow(_arrow_step(stage.step, stage.columns), columns)


def _arrow_step(step: Step, columns: dict[str, str]) -> Callable[[Any], Iterator[Any]]:
    """A stage's function as Spark calls it: Arrow batches of PyArrow in and out."""

    def called(batches: Iterable[Any]) -> Iterator[Any]:
        import pyarrow

        for made in step(_columns(batch) for batch in batches):
            yield pyarrow.RecordBatch.from_pydict(
                {
                    name: made[name]
                    if kind == "string"
                    else np.ascontiguousarray(made[name], _NUMBERS[kind])
                    for name, kind in columns.items()
                }
            )

    return called


def _columns(batch: Any) -> Batch:
    import pyarrow

    return {
        name: column.to_pylist() if pyarrow.types.is_string(column.type) else column.to_numpy()
        for name, column in zip(batch.schema.names, batch.columns, strict=True)
    }


def _row(row: Any) -> Result:
    a, a_start, a_stop, b, b_start, b_stop, edits, df = row
    return (a, a_start, a_stop, b, b_start, b_stop, edits, df)
