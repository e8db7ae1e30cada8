"""The TEI reader as a whole: what it takes, what it refuses, and the real editions."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from tei_snippets import TEI, single, source

from regesta.documents import Document
from regesta.errors import SourceError
from regesta.reading.base import Reading, SourceFile
from regesta.reading.tei.reader import TeiReader


@pytest.mark.parametrize(
    ("text", "score", "reason"),
    [
        (f"<TEI {TEI}/>", 1.0, "root element is TEI"),
        (f"<?xml version='1.0'?><!-- x --><t:teiCorpus {TEI.replace('=', ':t=')}/>", 1.0,
         "root element is teiCorpus"),
        ("<TEI.2/>", 0.9, "root element is TEI.2 (TEI P4)"),
        ("<html xmlns='http://www.w3.org/1999/xhtml'/>", 0.0, "root element is html, not TEI"),
        ("<TEI xmlns='urn:other'/>", 0.0, "root element is TEI, not TEI"),
        ("Sir: I have the honor", 0.0, "is not XML"),
        ("", 0.0, "is not XML"),
        ("<<<", 0.0, "root element is not there, not TEI"),
    ],
)  # fmt: skip
def test_judge(text: str, score: float, reason: str) -> None:
    """The reader takes a file by its root element and says why it declines one."""
    verdict = TeiReader().judge(source(text))
    assert (verdict.score, verdict.reason) == (score, reason)


def test_a_truncated_file_is_refused_with_its_line() -> None:
    """A file that breaks off is refused in one line that names it."""
    with pytest.raises(SourceError, match=r"file\.xml, line 2: .*truncated"):
        TeiReader().read(source(f"<TEI {TEI}><text>\n<body><p>Half a"))


def test_an_empty_shell_is_refused() -> None:
    """A TEI file without any words is no document."""
    with pytest.raises(SourceError, match="without any text"):
        TeiReader().read(source(f"<TEI {TEI}><teiHeader/></TEI>"))


def test_a_mended_file_warns() -> None:
    """What had to be mended is in the warnings, with its line."""
    assert single("<p>x<!--- y ---></p>").warnings == [
        "line 1: a comment holds '--'; read as if it did not"
    ]


def test_deep_nesting_is_read() -> None:
    """Mark-up far deeper than any recursion limit is read."""
    depth = sys.getrecursionlimit() * 3
    reading = single("<div>" * depth + "<p>deep</p>" + "</div>" * depth)
    assert reading.documents[0].text == "deep"


def readings(folder: Path) -> Iterator[tuple[SourceFile, Reading]]:
    """Read every TEI file of a folder."""
    reader = TeiReader()
    for path in sorted(folder.glob("*.xml")):
        file = source(path.read_bytes(), path.name, folder.name)
        if reader.judge(file).score:
            yield file, reader.read(file)


def text_of(reading: Reading) -> Iterator[str]:
    """All texts of a reading, with the hidden readings that marks keep."""
    for document in reading.documents:
        for text, marks in (
            (document.text, document.marks),
            *((note.text, note.marks) for note in document.notes),
        ):
            yield text
            yield from (m.value for m in marks if m.target in ("sic", "orig", "abbr", "rdg", "del"))
    for section in reading.collection.sections:
        yield section.heading
        yield section.text


def letters(texts: Iterator[str]) -> dict[str, int]:
    """Count the visible characters of texts, each by itself."""
    counts: dict[str, int] = {}
    for text in texts:
        for letter in "".join(text.split()):
            counts[letter] = counts.get(letter, 0) + 1
    return counts


def check(file: SourceFile, reading: Reading) -> None:
    """Compare a reading with its file as another parser sees it, character by character."""
    assert reading.unaccounted == 0, file.name
    parser = etree.XMLParser(huge_tree=True, remove_pis=True)
    root = etree.fromstring(re.sub(rb"<!--.*?-->", b"", file.data, flags=re.DOTALL), parser)
    source_letters = letters(str(text) for text in root.itertext())
    read_letters = letters(text_of(reading))
    # Several headings of one section are joined by a dash of ours.
    joined = sum(section.heading.count(" — ") for section in reading.collection.sections)
    read_letters["—"] = read_letters.get("—", 0) - joined
    wrong = {
        letter: (source_letters.get(letter, 0), read_letters.get(letter, 0))
        for letter in source_letters.keys() | read_letters.keys()
        if source_letters.get(letter, 0) != read_letters.get(letter, 0)
    }
    assert not wrong, (file.name, wrong)
    for document in reading.documents:
        check_spans(document)


def check_spans(document: Document) -> None:
    """Every span of a document lies in its text; the printed words of a fact stand there."""
    size = len(document.text)
    facts = [*document.facts, *(f for e in document.enclosures for f in e.facts)]
    spans = [(x.start, x.end) for x in (*document.layers, *document.marks, *document.enclosures)]
    spans += [fact.span for fact in facts if fact.span]
    assert all(0 <= start <= end <= size for start, end in spans), document.id
    assert all(n.anchor is None or 0 <= n.anchor <= size for n in document.notes), document.id


@pytest.mark.corpora
def test_frus(corpora: Path) -> None:
    """Every document of the volumes is read once, and every character of them is kept."""
    documents = 0
    ids: set[str] = set()
    enclosures = persons = 0
    for file, reading in readings(corpora / "frus"):
        check(file, reading)
        documents += len(reading.documents)
        ids |= {document.id for document in reading.documents}
        enclosures += sum(len(document.enclosures) for document in reading.documents)
        persons += len(reading.collection.persons)
    assert documents == len(ids) == 6206
    assert enclosures == 1349
    assert persons == 261


@pytest.mark.corpora
def test_qhod(corpora: Path) -> None:
    """Every file of the letters edition is read; those with a correspondence have parties."""
    kept = [(file, reading) for file, reading in readings(corpora / "qhod")]
    for file, reading in kept:
        check(file, reading)
    assert len(kept) == 225
    found = [document for _, reading in kept for document in reading.documents]
    documents = [document for document in found if "CMIF" not in document.source.path]
    assert len(found) - len(documents) == 72
    assert len(documents) == 223
    assert len({document.id for document in documents}) == 223
    assert sum(bool(document.senders) for document in documents) == 80
    assert sum(len(reading.collection.persons) for _, reading in kept) == 275
    assert sum(len(reading.collection.places) for _, reading in kept) == 166
