"""What runs the stages of text reuse: a name in, a checked engine out."""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from regesta.errors import MissingExtra, UnknownValue
from regesta.linking.reuse.base import Batch, Result

ENGINES = ("duckdb", "spark")


class Engine(Protocol):
    """Runs :data:`regesta.linking.reuse.stages.STAGES` in a folder."""

    def write_texts(self, folder: Path, batches: Iterable[Batch]) -> None:
        """Write the table ``texts``, unless it is there."""
        ...

    def run(
        self, folder: Path, *, tell: Callable[[str], None] | None = None, threads: int = 2
    ) -> Iterator[Result]:
        """Run the stages that have not been run, and give the rows of ``RESULT``."""
        ...


def ready_engine(name: str) -> None:
    """Check that an engine can run here.

    Raises:
        UnknownValue: There is no such engine.
        MissingExtra: What it needs is not installed; says how to install it.
    """
    if name not in ENGINES:
        raise UnknownValue(f"there is no engine {name!r}", f"it is one of {', '.join(ENGINES)}")
    if name != "spark":
        return
    if find_spec("pyspark") is None or find_spec("pandas") is None:
        raise MissingExtra("the engine spark needs PySpark", "pip install 'regesta[spark]'")
    home = os.environ.get("JAVA_HOME", "")
    if not shutil.which("java") and not (Path(home) / "bin" / "java").exists():
        hint = "install a Java runtime, version 17 or 21, or set JAVA_HOME"
        raise MissingExtra("the engine spark needs Java", hint)


def engine_of(name: str) -> Engine:
    """Load an engine. Raises as :func:`ready_engine`."""
    ready_engine(name)
    module: Engine = import_module(f"regesta.linking.engines.{name}")
    return module
