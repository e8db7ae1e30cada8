"""The checks that read the whole project: lint, format, types, and who may import whom.

They are tests like any other, so that `python -m pytest` is the one command that runs everything.
"""

import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PYTHON_FOLDERS = [name for name in ("src", "tests", "benchmarks") if (ROOT / name).is_dir()]


def run(*command: str) -> None:
    """Run a command in the project; fail with what it printed."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.fail(f"{' '.join(command)}\n{done.stdout[-4000:]}{done.stderr[-2000:]}", False)


def script(name: str) -> str:
    """Where this environment keeps an installed command."""
    return str(Path(sysconfig.get_path("scripts")) / name)


def test_lint() -> None:
    """Ruff finds nothing to mend."""
    run(sys.executable, "-m", "ruff", "check", *PYTHON_FOLDERS)


def test_format() -> None:
    """Ruff would format no file otherwise."""
    run(sys.executable, "-m", "ruff", "format", "--check", *PYTHON_FOLDERS)


def test_types() -> None:
    """Mypy in its strict mode finds no error, in the benchmarks neither."""
    run(sys.executable, "-m", "mypy")
    run(sys.executable, "-m", "mypy", "benchmarks")


def test_import_layers() -> None:
    """Data flows down the house and never back up."""
    run(script("lint-imports"), "--no-cache")
