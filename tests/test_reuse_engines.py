"""Engines: the same SQL and functions give the same rows; what is missing is said with its cure."""

import hashlib
import shutil
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

import pytest
from reuse_papers import found, misread, paper, prose

from regesta.errors import MissingExtra, UnknownValue
from regesta.linking.engines.choice import ENGINES, engine_of, ready_engine
from regesta.linking.reuse.base import Result
from regesta.linking.reuse.text import texts_of

PAPERS = [
    paper(str(n), f"{prose(n)} {misread(prose(n // 4), 0.02, n)} {prose(n % 5, 40, 'cyrillic')}")
    for n in range(30)
]


def digest(rows: Iterable[Result]) -> str:
    """A digest of rows."""
    return hashlib.sha256(repr(list(rows)).encode()).hexdigest()


@pytest.mark.skipif(find_spec("pyspark") is None, reason="PySpark is not installed")
@pytest.mark.skipif(not shutil.which("java"), reason="there is no Java")
@pytest.mark.filterwarnings("ignore")
def test_spark_and_duckdb_give_the_same_digest(tmp_path: Path) -> None:
    """To the last edit, in the same order; what Spark has made is kept and not made again."""
    (tmp_path / "duckdb").mkdir()
    (tmp_path / "spark").mkdir()
    rows = found(PAPERS, tmp_path / "duckdb")
    spark = engine_of("spark")
    spark.write_texts(tmp_path / "spark", texts_of(PAPERS, 3))
    assert rows
    assert digest(spark.run(tmp_path / "spark")) == digest(rows)
    assert digest(spark.run(tmp_path / "spark")) == digest(rows)


def test_there_are_two_engines() -> None:
    """Another name is refused with the names there are."""
    assert ENGINES == ("duckdb", "spark")
    ready_engine("duckdb")
    with pytest.raises(UnknownValue, match="duckdb, spark"):
        ready_engine("dask")


def test_a_missing_engine_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without PySpark the extra is named, without Java the runtime."""
    monkeypatch.setattr("regesta.linking.engines.choice.find_spec", lambda name: None)
    with pytest.raises(MissingExtra, match=r"pip install 'regesta\[spark\]'"):
        ready_engine("spark")
    monkeypatch.setattr("regesta.linking.engines.choice.find_spec", lambda name: object())
    monkeypatch.setattr("regesta.linking.engines.choice.shutil.which", lambda name: None)
    monkeypatch.setenv("JAVA_HOME", "/nowhere")
    with pytest.raises(MissingExtra, match="Java"):
        ready_engine("spark")
