"""The worked example of docs/howto/add-a-format.md, run as it stands there."""

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[1] / "docs" / "howto" / "add-a-format.md"


def block(kind: str) -> str:
    """The page's only block of code of a kind."""
    (found,) = re.findall(rf"^```{kind}\n(.*?)^```$", PAGE.read_text("utf-8"), re.M | re.S)
    return str(found)


@pytest.fixture
def plugin(tmp_path: Path) -> Path:
    """A folder that holds the example as an installed package."""
    declared = tomllib.loads(block("toml"))["project"]
    (tmp_path / "regesta_cards.py").write_text(block("python"), "utf-8")
    info = tmp_path / "regesta_cards-0.1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {declared['name']}\nVersion: {declared['version']}\n"
    )
    ((group, entries),) = declared["entry-points"].items()
    lines = [f"{name} = {target}" for name, target in entries.items()]
    (info / "entry_points.txt").write_text("\n".join([f"[{group}]", *lines]) + "\n")
    return tmp_path


def python(plugin: Path, code: str, *arguments: str) -> str:
    """Run code in a fresh process that sees the plug-in."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env={**os.environ, "PYTHONPATH": str(plugin)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


READ = """
import hashlib, json, sys
from pathlib import Path
from regesta.documents import to_line
from regesta.reading.base import SourceFile
from regesta.reading.registry import read

path = Path(sys.argv[1])
data = path.read_bytes()
source = SourceFile(str(path), path.name, path.parent.name, data, hashlib.sha256(data).hexdigest())
reading = read(source)
print(json.dumps([reading.unaccounted, [to_line(d) for d in reading.documents]]))
"""


def test_the_example_reads_its_sample(plugin: Path) -> None:
    """The plug-in is found by its entry point and gives exactly what the cards say."""
    sample = plugin / "archangel.cards.json"
    sample.write_text(block("json"), "utf-8")
    unaccounted, (first, second) = json.loads(python(plugin, READ, str(sample)))
    assert unaccounted == 0
    assert first["id"] == "archangel-cards/12"
    assert first["date"]["edtf"] == "1918-07-29"
    assert [(p["name"], p["office"]) for p in first["senders"]] == [("Cole", "Consul at Archangel")]
    assert first["place"]["name"] == "Archangel"
    assert first["notes"][0]["anchor"] == len(first["text"])
    assert second["date"] is None
    assert second["senders"] == []


def test_what_the_example_does_not_understand_is_counted(plugin: Path) -> None:
    """A key that the reader does not know is counted, not lost in silence."""
    box = json.loads(block("json"))
    box["cards"][1]["ink"] = "violet"
    sample = plugin / "archangel.cards.json"
    sample.write_text(json.dumps(box), "utf-8")
    unaccounted, _ = json.loads(python(plugin, READ, str(sample)))
    assert unaccounted == len("violet")
