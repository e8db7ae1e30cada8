"""The docs hold what the program does: keys, tables, commands, options and links."""

import re
import shlex
from pathlib import Path

import click
import pytest

from regesta.documents import Document, Source, to_line
from regesta.edition.acts.store import TABLES as ACT_TABLES
from regesta.edition.links.store import TABLES as LINK_TABLES
from regesta.edition.record.schema import TABLES, VIEWS
from regesta.serving.cli.main import main

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    [*(ROOT / "docs").rglob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"],
)


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _commands(text: str) -> list[str]:
    """Lines that the docs tell a reader to type, in blocks of shell."""
    typed = []
    for kind, block in re.findall(r"^```(console|sh)\n(.*?)^```$", text, re.M | re.S):
        block = block.replace("\\\n", " ")
        for line in block.splitlines():
            if kind == "console" and not line.startswith("$ "):
                continue
            typed.append(line.removeprefix("$ ").strip())
    return typed


@pytest.mark.parametrize("path", PAGES, ids=_name)
def test_links_lead_somewhere(path: Path) -> None:
    """Every link to a file of the project names one that is there."""
    text = path.read_text("utf-8")
    targets = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", text)
    assert [t for t in targets if not (path.parent / t).exists()] == []


@pytest.mark.parametrize("path", PAGES, ids=_name)
def test_commands_exist(path: Path) -> None:
    """Every regesta command in the docs is one that the program knows, with its options."""
    assert isinstance(main, click.Group)
    for line in _commands(path.read_text("utf-8")):
        words = shlex.split(line.partition(" | ")[0].partition(" > ")[0], comments=True)
        if not words or not words[0].endswith("regesta"):
            continue
        words = words[1:]
        if not words or words[0].startswith("-"):
            continue
        command = main.get_command(click.Context(main), words[0])
        assert command is not None, line
        known = {o for p in command.params for o in (*p.opts, *p.secondary_opts)} | {"-h", "--help"}
        used = {w.partition("=")[0] for w in words[1:] if re.match(r"--?[A-Za-z]", w)}
        assert used <= known, line


def test_described_line_is_documented() -> None:
    """The reference names every key of the described line."""
    page = (ROOT / "docs" / "reference" / "document.md").read_text("utf-8")
    line = to_line(Document(id="a/b", collection="a", source=Source("p", "s"), text="t"))
    assert [key for key in line if f"`{key}`" not in page] == []


def test_tables_are_documented() -> None:
    """The reference names every table of the record, of the links and of the acts, and no other."""
    page = (ROOT / "docs" / "reference" / "edition-folder.md").read_text("utf-8")
    tables = re.findall(r"CREATE TABLE (\w+)", TABLES)
    tables += re.findall(r"CREATE TABLE IF NOT EXISTS (\w+)", LINK_TABLES + ACT_TABLES)
    documented = re.findall(r"^\| `(\w+)` \|", page, re.M)
    assert documented == tables
    (views,) = re.findall(r"^Views: (.*)\.$", page, re.M)
    assert sorted(re.findall(r"`(\w+)`", views)) == sorted(re.findall(r"CREATE VIEW (\w+)", VIEWS))


def test_front_matter_keys_are_documented() -> None:
    """The how-to names only keys that are understood, and every field has its row."""
    from regesta.reading.headers import field_of
    from regesta.vocabularies import vocabulary

    page = (ROOT / "docs" / "howto" / "your-own-transcripts.md").read_text("utf-8")
    rows = re.findall(r"^\| (`.*?) \| (.*?) \|", page, re.M)
    keys = [key for row in rows for cell in row for key in re.findall(r"`([\w.]+)`", cell)]
    assert [key for key in keys if not field_of(key)] == []
    assert {field_of(key) for key in keys} == set(vocabulary("front_matter")["keys"])
