"""The how-to for Python does what it says, on the bundled sources."""

import importlib.resources
import re
import shutil
from pathlib import Path

import pytest

HOWTO = Path(__file__).parents[1] / "docs" / "howto" / "python.md"


def test_its_examples_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All its blocks run one after the other, and find what they look for."""
    with importlib.resources.as_file(importlib.resources.files("regesta") / "demo") as demo:
        shutil.copytree(demo, tmp_path / "sources")
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```python\n(.*?)```", HOWTO.read_text(encoding="utf-8"), re.S)
    said: list[tuple[str, ...]] = []
    names: dict[str, object] = {"print": lambda *words: said.append(tuple(map(str, words)))}
    for block in blocks:
        exec(compile(block, str(HOWTO), "exec"), names)
    assert said[0][0] != "0"
    assert said[-3:-1] == [("True",), ("True",)]
    assert ("1912-06-03", "Berg", "Halden") in said
    assert (tmp_path / "found.xml").stat().st_size > 1000
