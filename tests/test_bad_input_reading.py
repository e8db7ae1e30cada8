"""Bad input: whatever the bytes, a reading or one clear line, never anything else."""

import os
import sys
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from source_files import docx, paragraph, pdf, source_file

from regesta.errors import SourceError, UnsupportedSource
from regesta.reading import limits, registry
from regesta.reading.base import Reading, SourceFile, Verdict
from regesta.reading.html.reader import begins_like_html
from regesta.reading.sources import SourceRef, Unread, find_sources
from regesta.reading.xmlsafe import mend_comments

SUFFIXES = (".txt", ".md", ".html", ".docx", ".pdf", ".xml", ".xhtml", ".rtf", ".csv", "")

#: Pieces that readers look for, to be thrown together.
PIECES = (
    b"<p>", b"</div>", b"<div>", b"<a href='#n'>1</a>", b"<a name='n'>", b"<li id='n'>t</li>",
    b"[^1]", b"[^1]: note\n", b"---\n", b"+++\n", b"title: x\n", b"date: 1918\n", b"\n\n", b"\f",
    b"*", b"**", b"_", b"[a](b)", b"![a](b)", b"<!--", b"-->", b"|a|b|\n|-|-|\n", b"> q\n",
    b"# H\n", b"- i\n", b"1. i\n",
    b"\xff\xfe", b"\x00", b"\xef\xbb\xbf", b"<table><tr><td>", b"&#xD800;",
    b"<script>", b"</script>", b"<h1>T</h1>", b"[Subject] [Author] [Date]\n", b"25 July 1918\n",
    b"PK\x03\x04", b"%PDF-1.4\n", b"\\", b"`", b"<?xml version='1.0'?>", b"<meta charset='koi8-r'>",
    b"<TEI xmlns='http://www.tei-c.org/ns/1.0'>", b"<link rel='canonical' href='http://[x'>",
    b"<!DOCTYPE html><html>", b"<!ENTITY a 'b'>", b"words ",
)  # fmt: skip


def attempt(source: SourceFile) -> Reading | SourceError:
    """Read a source; an error must be ours, and one line."""
    try:
        return registry.read(source)
    except SourceError as error:
        found = error
    assert found.what
    assert "\n" not in found.what
    assert "reader failed" not in found.what
    return found


def check_spans(reading: Reading) -> None:
    """Every span lies in its text."""
    for document in reading.documents:
        length = len(document.text)
        document.text.encode("utf-8")
        for span in (*document.layers, *document.marks):
            assert 0 <= span.start <= span.end <= length
        for note in document.notes:
            assert note.anchor is None or 0 <= note.anchor <= length
            assert all(0 <= mark.start <= mark.end <= len(note.text) for mark in note.marks)
        for fact in document.facts:
            assert fact.span is None or 0 <= fact.span[0] < fact.span[1] <= length


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(SUFFIXES),
    st.lists(st.one_of(st.sampled_from(PIECES), st.binary(max_size=8)), max_size=40),
)
@example(".html", [b"<html>", b"<p>" * 50])
@example(".md", [b"[^1]: only a note\n"])
@example(".txt", [b"\xff\xfe\x00"])
def test_any_bytes_under_any_name(suffix: str, pieces: list[bytes]) -> None:
    """Random bytes and pieces of formats give a reading with sound spans, or one line."""
    made = attempt(source_file(f"x{suffix}", b"".join(pieces)))
    if isinstance(made, Reading):
        check_spans(made)
        if suffix in (".txt", ".md", ".html"):
            assert made.unaccounted == 0


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from([("a.docx", docx(paragraph("words " * 20))), ("a.pdf", pdf([["words"] * 5]))]),
    st.integers(0, 2000),
    st.binary(min_size=1, max_size=4),
)
def test_damaged_files(whole: tuple[str, bytes], at: int, patch: bytes) -> None:
    """Bytes changed anywhere in a good file give a reading or one line."""
    name, data = whole
    at = min(at, len(data) - 1)
    attempt(source_file(name, data[:at] + patch + data[at + len(patch) :]))
    attempt(source_file(name, data[:at]))


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t ", "white space"),
        ("a.txt", os.urandom(4000), "binary|image|program"),
        ("a.rtf", b"{\\rtf1 words}", "RTF .save it as"),
        ("a.doc", bytes.fromhex("d0cf11e0a1b11ae1"), "old Word format"),
        ("a.odt", b"PK\x03\x04", "OpenDocument"),
        ("a.jpg", b"\xff\xd8\xff\xe0", "image .run OCR"),
        ("a.eml", b"From: x", "e-mail"),
        ("a.mht", b"MIME-Version: 1.0", "web archive"),
        ("a.gz", b"\x1f\x8b", "archive"),
        ("a.csv", b"a,b\nc,d", "not read here: table"),
        ("a.py", b"print()", "no reader takes it"),
        ("a.html", b"<html>", "no text"),
        ("a.pdf", b"no pdf", "no PDF"),
        ("a.docx", b"no docx", "damaged"),
    ],
)
def test_each_has_its_reason(name: str, data: bytes, reason: str) -> None:
    """A file that cannot be read says why, and how to mend it where there is a way."""
    with pytest.raises(SourceError, match=reason):
        registry.read(source_file(name, data))


def test_a_hostile_folder_yields_its_good_file(tmp_path: Path) -> None:
    """Everything bad is one line with its path; what is good is read."""
    (tmp_path / "good.txt").write_text("The frontier is open.")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(b"\x7fELF" + bytes(500))
    (tmp_path / "page.pdf").write_bytes(pdf([[]]))
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04")
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04")
    os.mkfifo(tmp_path / "pipe.txt")
    with zipfile.ZipFile(tmp_path / "box.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../slip.txt", "words")
        archive.writestr("bomb.txt", bytes(limits.BOMB_BYTES + 1))
        archive.writestr("inside.txt", "The frontier is shut.")
    read, refused = [], []
    for item in find_sources([tmp_path]):
        if isinstance(item, Unread):
            refused.append(item.path)
            continue
        made = attempt(item.load())
        (refused if isinstance(made, SourceError) else read).append(item.path)
    assert [path.rpartition("/")[2] for path in read] == ["inside.txt", "good.txt"]
    assert len(refused) == 8


def test_a_text_of_200_megabytes_is_declined_in_bounded_memory(tmp_path: Path) -> None:
    """One line of 200 MB is too large for a text; saying so takes no more than its bytes."""
    path = tmp_path / "line.txt"
    with path.open("wb") as stream:
        for _ in range(200):
            stream.write(b"x" * 1_000_000)
    (ref,) = find_sources([path])
    assert isinstance(ref, SourceRef)
    tracemalloc.start()
    try:
        made = attempt(ref.load())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert isinstance(made, SourceError)
    assert "too large" in made.what
    assert peak < 450_000_000


@pytest.mark.parametrize(
    ("name", "piece"),
    [("a.txt", b"x"), ("a.txt", b"wor-\n"), ("a.txt", b"word word word word word word word word\n"),
     ("a.md", b"*a"), ("a.md", b"["), ("a.md", b"!["), ("a.md", b"<a"), ("a.md", b"[a]("),
     ("a.md", b"<!--"), ("a.md", b"[^"), ("a.html", b"<b>"), ("a.html", b"<p>word "),
     ("a.html", b"<a href='#n'>1</a>"), ("a.html", b"<!---->"), ("a.html", b"<!--"),
     ("a.xml", b"<!--"), ("a.xml", b"<?xml "), ("a.xml", b"<TEI>")],
)  # fmt: skip
def test_repetition_is_read_in_linear_time(name: str, piece: bytes) -> None:
    """Four times the pieces cost no more than four times the calls, and 20,000 pieces end."""

    def calls(times: int) -> int:
        counted = 0

        def count(frame: object, event: str, function: object) -> None:
            nonlocal counted
            counted += event in ("call", "c_call")

        source = source_file(name, piece * times)
        sys.setprofile(count)
        try:
            attempt(source)
        finally:
            sys.setprofile(None)
        return counted

    calls(4 * 400)  # after which whatever is loaded once is loaded
    assert calls(4 * 400) <= 4.5 * calls(400) + 1000
    attempt(source_file(name, piece * 20_000))


class _Searched(bytes):
    """Bytes that count how many of them a search looks at."""

    looked_at = 0

    def find(self, wanted: bytes, start: int = 0, end: int | None = None) -> int:  # type: ignore[override]
        end = len(self) if end is None else end
        found = super().find(wanted, start, end)
        self.looked_at += (end if found < 0 else found) - start
        return found


@pytest.mark.parametrize("piece", [b"<!--", b"<!---->", b"<!-- - -->", b"<!-- a -- b -->", b"-->"])
@pytest.mark.parametrize("search", [mend_comments, begins_like_html])
def test_comments_are_searched_once(search: Callable[[bytes], object], piece: bytes) -> None:
    """Looking for comments looks at each byte a few times, however many comments there are."""

    def looked_at(times: int) -> int:
        data = _Searched(piece * times)
        search(data)
        return data.looked_at

    assert looked_at(4 * 500) <= 4 * looked_at(500) + 100


class _Failing:
    name = "failing"

    def judge(self, source: SourceFile) -> Verdict:
        return Verdict(1, "sure")

    def read(self, source: SourceFile) -> Reading:
        raise RecursionError("too deep")


class _Rude:
    name = "rude"

    def judge(self, source: SourceFile) -> Verdict:
        raise ValueError("no")

    def read(self, source: SourceFile) -> Reading:
        raise NotImplementedError


def test_a_reader_that_fails_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """A plug-in's own failure names the plug-in; one that fails to judge is passed over."""
    monkeypatch.setattr(registry, "load_readers", lambda: ((_Failing(), _Rude()), ()))
    with pytest.raises(SourceError, match="failing reader failed on it: RecursionError"):
        registry.read(source_file("a.txt", "words"))
    monkeypatch.setattr(registry, "load_readers", lambda: ((_Rude(),), ()))
    with pytest.raises(UnsupportedSource, match="rude: failed to look"):
        registry.read(source_file("a.txt", "words"))


def test_a_plug_in_that_cannot_be_imported_is_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other readers work; the broken one is named."""

    class Broken:
        name, value = "broken", "nowhere:Reader"

        def load(self) -> type:
            raise ImportError("No module named 'nowhere'")

    registry.load_readers.cache_clear()
    monkeypatch.setattr(registry, "entry_points", lambda **_: [Broken()])
    try:
        readers, broken = registry.load_readers()
    finally:
        registry.load_readers.cache_clear()
    assert readers == ()
    assert "'broken'" in broken[0]
