"""Bad input at the door: each gets one clear line and its exit status, and nothing is lost."""

import contextlib
import errno
import io
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from regesta.edition import Edition
from regesta.edition.exports import find_exporter
from regesta.serving.cli.main import main

TEXT = "Archangel, July 25, 1918.\n\nThe grain ships lie at anchor.\n"


def run(*args: str, given: str | bytes | None = None) -> Result:
    """Run the command line in this process."""
    return CliRunner().invoke(main, list(args), input=given)


def one_line(result: Result, status: int = 1) -> str:
    """The one line of a failure, checked for its form."""
    assert result.exit_code == status, result.output
    lines = result.stderr.splitlines()
    assert len(lines) == 1, result.stderr
    assert lines[0].startswith("regesta: ")
    assert "Traceback" not in result.output
    return lines[0]


@pytest.fixture(name="sources")
def _sources(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "one.txt").write_text(TEXT, encoding="utf-8")
    return folder


@pytest.fixture(name="edition")
def _edition(tmp_path: Path, sources: Path) -> Path:
    target = tmp_path / "papers.regesta"
    assert run("build", str(sources), "--to", str(target), "--quiet").exit_code == 0
    return target


READING = [
    ("search", "{}", "x"),
    ("show", "{}", "a/b"),
    ("index", "{}", "author"),
    ("cite", "{}", "a/b"),
    ("export", "{}", "--format", "jsonl", "--to", "-"),
    ("serve", "{}", "--port", "0"),
]


@pytest.mark.parametrize("command", READING, ids=lambda c: c[0])
@pytest.mark.parametrize("kind", ["missing", "file", "empty folder", "folder of papers"])
def test_a_path_that_is_no_edition(
    command: tuple[str, ...], kind: str, tmp_path: Path, sources: Path
) -> None:
    """Whatever stands there instead of an edition is named in one line."""
    empty = tmp_path / "empty"
    empty.mkdir()
    path = {
        "missing": tmp_path / "nowhere",
        "file": sources / "one.txt",
        "empty folder": empty,
        "folder of papers": sources,
    }[kind]
    line = one_line(run(*(word.format(path) for word in command)))
    assert path.name in line


@pytest.mark.parametrize("command", READING, ids=lambda c: c[0])
def test_an_edition_of_another_version(command: tuple[str, ...], edition: Path) -> None:
    """An edition with another schema is named with the mend."""
    with sqlite3.connect(edition / "record.sqlite") as db:
        db.execute("PRAGMA user_version = 9999")
        tables = {row[0] for row in db.execute("SELECT name FROM sqlite_master")}
        if "meta" in tables:
            db.execute("UPDATE meta SET value = '9999' WHERE key = 'schema'")
    db.close()
    line = one_line(run(*(word.format(edition) for word in command)))
    assert "build" in line


def test_an_unknown_id_names_near_ones(edition: Path) -> None:
    """An id with a slip names the document that is meant."""
    (id,) = (
        hit["id"] for hit in json.loads(run("search", str(edition), "--json").stdout)["results"]
    )
    assert id in one_line(run("show", str(edition), id + "x"))


@pytest.mark.parametrize(
    "query",
    ['"open', "(a OR", "a OR", "NOT", "field:", "date:[", ")", "*", "a" * 5000, "((((((((" * 500],
)
def test_a_malformed_query_is_refused_or_answered(edition: Path, query: str) -> None:
    """A query is answered (0) or refused with one line (2); it never breaks anything."""
    result = run("search", str(edition), "--", query)
    if result.exit_code != 0:
        one_line(result, 2)


@pytest.mark.parametrize("option", ["--from", "--to"])
@pytest.mark.parametrize("date", ["spring", "1918-13", "1918-02-30", "25.7.1918", "0000-00-00"])
def test_a_bad_date_is_refused(edition: Path, option: str, date: str) -> None:
    """A date that cannot be is refused as wrong usage, by name."""
    assert date in one_line(run("search", str(edition), "x", option, date), 2)


def test_a_source_that_is_not_there(tmp_path: Path) -> None:
    """A missing source is named, and no edition is left behind."""
    target = tmp_path / "e"
    line = one_line(run("build", str(tmp_path / "nowhere"), "--to", str(target), "--quiet"))
    assert "nowhere" in line
    assert not target.exists()


def test_nothing_that_can_be_read_is_a_failure(tmp_path: Path) -> None:
    """A build without any document fails, names the reason in its report, and says so."""
    source = tmp_path / "junk.bin"
    source.write_bytes(bytes(range(256)) * 8)
    result = run("build", str(source), "--to", str(tmp_path / "e"), "--quiet", "--json")
    assert "nothing could be built" in one_line(result)
    report = json.loads(result.stdout)
    assert report["documents"] == 0
    assert report["unread"][0]["path"].endswith("junk.bin")


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path, sources: Path) -> None:
    """The rest is built with status 0, and the bad file named with its reason."""
    (sources / "two.xml").write_text("<TEI><text>", encoding="utf-8")
    result = run("build", str(sources), "--to", str(tmp_path / "e"), "--quiet")
    assert result.exit_code == 0
    assert "two.xml" in result.stdout


def test_a_folder_of_papers_is_never_built_over(sources: Path) -> None:
    """A target that holds other files is refused, and they stay."""
    one_line(run("build", str(sources), "--to", str(sources), "--quiet"))
    assert (sources / "one.txt").read_text(encoding="utf-8") == TEXT


def test_a_full_disk_loses_nothing(
    edition: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An export into a full disk says so in one line and leaves the old file as it was."""
    target = tmp_path / "out.jsonl"
    target.write_text("old")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))

    monkeypatch.setattr(os, "replace", full)
    line = one_line(
        run("export", str(edition), "--format", "jsonl", "--to", str(target), "--force", "--quiet")
    )
    assert "no space left" in line.lower()
    assert target.read_text() == "old"
    assert not list(tmp_path.glob(".out.jsonl*"))


@pytest.mark.parametrize("target", ["there/is/no/such/folder.jsonl", "."])
def test_an_export_that_cannot_be_written(edition: Path, target: str) -> None:
    """A place where no file can be is named."""
    run_it = run("export", str(edition), "--format", "jsonl", "--to", target, "--force", "--quiet")
    one_line(run_it)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "not JSON"),
        ("[]", "not {"),
        ('{"id": "x"}', "text"),
        ('{"id": "x", "text": null}', "text"),
        ('{"id": "x", "text": "\\ud800"}', "not JSON"),
        ("\udcff", "not JSON"),
    ],
)
def test_a_bad_line_is_named_and_passed_over(line: str, words: str) -> None:
    """A bad line is named with its number; the others are described, and the status is 1."""
    good = '{"id": "g", "text": "Paris, May 1, 1911."}'
    given = f"{good}\n{line}\n\n{good}\n".encode("utf-8", "surrogateescape")
    result = run("describe", "--jsonl", given=given)
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 2
    assert "line 2" in result.stderr
    assert words in result.stderr


def test_no_good_line_at_all_is_a_failure() -> None:
    """Where no line could be read the status is 1."""
    assert run("describe", "--jsonl", given="a\nb\n").exit_code == 1
    assert run("describe", "--jsonl", given="").exit_code == 0


@pytest.mark.parametrize("given", [b"", b"  \n", b"\xff\xfe\xff"])
def test_text_that_is_none(given: bytes) -> None:
    """No text, or bytes that are no UTF-8, on standard input are refused."""
    one_line(run("describe", given=given))


def test_a_file_that_cannot_be_described_does_not_stop_the_next(sources: Path) -> None:
    """Each bad file is named; the good one is described; the status is 1."""
    result = run("describe", "--json", str(sources / "none.txt"), str(sources / "one.txt"))
    assert result.exit_code == 1
    assert "none.txt" in result.stderr
    assert json.loads(result.stdout)["date"]["edtf"] == "1918-07-25"


def test_hostile_text_is_only_text(tmp_path: Path, sources: Path) -> None:
    """Mark-up, commands to a terminal and huge words in a source are shown as words."""
    hostile = (
        "Archangel, July 25, 1918.\n\n[bold]<script>alert(1)</script>\x1b]0;x\x07 " + "w" * 9999
    )
    (sources / "two.txt").write_text(hostile, encoding="utf-8")
    target = str(tmp_path / "e")
    assert run("build", str(sources), "--to", target, "--quiet").exit_code == 0
    found: dict[str, Any] = json.loads(run("search", target, "script", "--json").stdout)
    shown = run("show", target, found["results"][0]["id"])
    assert shown.exit_code == 0
    assert "[bold]<script>" in shown.stdout
    assert "\x1b" not in shown.stdout


def test_an_open_edition_is_closed(edition: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command closes the edition it opened, also when it fails."""
    closed = []
    close = Edition.close
    monkeypatch.setattr(Edition, "close", lambda self: (closed.append(1), close(self)))
    run("show", str(edition), "no/such")
    assert closed == [1]


@pytest.mark.parametrize(
    "words",
    [("search", "{}", "grain"), ("export", "{}", "--format", "csv", "--to", "-"), ("--version",)],
)
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_a_stream_that_is_closed_is_no_fault(
    edition: Path, words: tuple[str, ...], closed: str
) -> None:
    """Where the shell has closed a stream, a command says nothing there and fails at nothing."""
    asked = " ".join(word.format(edition) for word in words)
    shell = f"exec '{sys.executable}' -m regesta.serving.cli.main {asked} {closed}"
    done = subprocess.run(["sh", "-c", shell], capture_output=True, text=True, check=False)
    assert "unexpected" not in done.stderr
    assert "Traceback" not in done.stderr


def _write_all(form: str, documents: Any, target: Any) -> None:
    find_exporter(form).write(documents, target, collections={})
    target.flush()


@pytest.mark.parametrize("form", ["csv", "acts-csv", "tables", "jsonl"])
def test_a_pipe_closed_early_ends_a_table(edition: Path, form: str) -> None:
    """Whoever has read enough of a table, as `head` does, is no failure."""

    class Closed(io.RawIOBase):
        def writable(self) -> bool:
            return True

        def write(self, data: Any) -> int:
            raise BrokenPipeError(errno.EPIPE, "broken pipe")

    target = io.BufferedWriter(Closed())
    with Edition.open(edition) as opened:
        documents = opened.documents()
        with pytest.raises(BrokenPipeError):
            _write_all(form, documents, target)
        assert not target.closed
    with contextlib.suppress(BrokenPipeError):
        target.close()


def test_a_name_without_letters_is_no_folder(tmp_path: Path) -> None:
    """`regesta build "$UNSET"` does not read the folder one happens to stand in."""
    told = one_line(run("build", "", "--to", str(tmp_path / "e")))
    assert "no such file or folder" in told
    assert not (tmp_path / "e").exists()


def test_a_folder_of_decisions_alone_can_be_built(tmp_path: Path, sources: Path) -> None:
    """A build that ended early leaves it, and version control keeps it: it is an edition's."""
    (tmp_path / "e" / "decisions").mkdir(parents=True)
    result = run("build", str(sources), "--to", str(tmp_path / "e"), "--quiet")
    assert result.exit_code == 0, result.output


def test_a_site_that_has_no_place_is_told_by_its_own_name(edition: Path) -> None:
    """The folder in which it would have grown is nobody's business."""
    told = one_line(run("export", str(edition), "--format", "site", "--to", "/proc/nowhere"))
    assert "building" not in told
    assert "/proc/nowhere" in told
