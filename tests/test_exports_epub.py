"""EPUB: a book that readers open, with its notes, pages and contents."""

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from regesta.documents import (
    Collection,
    Document,
    Fact,
    Layer,
    Mark,
    Note,
    Party,
    Source,
    parse_edtf,
)
from regesta.exporting.epub.book import EpubExporter

X = {"x": "http://www.w3.org/1999/xhtml", "o": "http://www.idpf.org/2007/opf"}
EPUB = "{http://www.idpf.org/2007/ops}type"
QUAY = Collection(id="quay", title="The Quay & the <Harbour>", publisher="Press", published="1987")
TEXT = "Lind to the Board\nHalden, June 3, 1912.\nThe harbour is shut & closed.\nLind"


def letter(id: str = "quay/1", **more: object) -> Document:
    """A letter with everything that a chapter shows."""
    made: dict[str, object] = {
        "id": id,
        "collection": "quay",
        "source": Source(path="x", sha256="0"),
        "text": TEXT,
        "heading": "Lind to the Board",
        "layers": (Layer("heading", 0, 17), Layer("dateline", 18, 39), Layer("signature", 70, 74)),
        "marks": (
            Mark("page", 40, 40, value="80"),
            Mark("italic", 44, 51),
            Mark("bold", 48, 58),
            Mark("smallcaps", 70, 74),
        ),
        "notes": (Note("1", "Not printed.\nSee <it>.", 51), Note("", "Loose.", None)),
        "facts": (
            Fact("sender", Party(name="Lind"), "given"),
            Fact("date", parse_edtf("1912-06-03") or "", "given"),
            Fact("language", "en", "given"),
        ),
    }
    return Document(**(made | more))  # type: ignore[arg-type]


def book(*documents: Document, **collections: Collection) -> bytes:
    """A book of documents."""
    target = io.BytesIO()
    known = collections or {"quay": QUAY}
    EpubExporter().write(documents, target, collections=known, title="The edition")
    return target.getvalue()


def part(data: bytes, name: str) -> etree._Element:
    """A file of a book."""
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(name))


def test_the_container() -> None:
    """The first file says what it is, unpacked; the package lists every file."""
    made = zipfile.ZipFile(io.BytesIO(book(letter(), letter("quay/2"))))
    first = made.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert made.read("mimetype") == b"application/epub+zip"
    package = etree.fromstring(made.read("OEBPS/package.opf"))
    listed = {f"OEBPS/{i.get('href')}" for i in package.findall(".//o:item", X)}
    assert listed | {"mimetype", "META-INF/container.xml", "OEBPS/package.opf"} == set(
        made.namelist()
    )
    assert len(package.findall(".//o:itemref", X)) == 4


def test_a_chapter() -> None:
    """Heading, day, words with their type, page of the print, and notes as popups."""
    page = part(book(letter()), "OEBPS/d000001.xhtml")
    assert page.findtext(".//x:h1", namespaces=X) == "Lind to the Board"
    words = "".join(page.find("x:body", X).itertext())
    assert "3 June 1912" in words
    assert words.count("Lind to the Board") <= 2
    assert [b.get("aria-label") for b in page.iter("{*}span") if b.get(EPUB)] == ["page 80"]
    (call,) = [a for a in page.iter("{*}a") if a.get(EPUB) == "noteref"]
    notes = {a.get("id"): a for a in page.iter("{*}aside")}
    assert call.get("href") == "#n1"
    assert "See <it>." in "".join(notes["n1"].itertext())
    assert notes["n1"].find(".//x:a", X).get("href") == f"#{call.get('id')}"
    assert "Loose." in "".join(notes["n2"].itertext())
    assert page.findtext(".//x:i", namespaces=X) == "harbour"
    assert page.get("lang") == "en"


def test_contents_are_grouped_by_collection() -> None:
    """Of several collections each has its part in the table of contents."""
    other = letter("pier/1", collection="pier", heading="")
    data = book(letter(), other, quay=QUAY, pier=Collection(id="pier", title="The Pier"))
    nav = part(data, "OEBPS/nav.xhtml")
    groups = [s.text for s in nav.findall(".//x:nav[1]//x:span", X)]
    assert groups == ["The Quay & the <Harbour>", "The Pier"]
    links = [(a.get("href"), a.text) for a in nav.findall("x:body/x:nav[1]//x:a", X)]
    assert links[0] == ("d000001.xhtml", "3 June 1912, Lind to the Board")
    title = part(data, "OEBPS/cover.xhtml").findtext(".//x:h1", namespaces=X)
    assert title == "The edition"


def test_same_bytes_and_no_documents() -> None:
    """The same documents give the same book; none give an empty one."""
    assert book(letter()) == book(letter())
    assert part(book(), "OEBPS/nav.xhtml") is not None


@pytest.mark.skipif(not shutil.which("epubcheck"), reason="needs Debian's epubcheck")
def test_epubcheck(tmp_path: Path) -> None:
    """The validator of the standard has nothing to say."""
    loose = letter("quay/2", text="", layers=(), marks=(), notes=(), facts=(), heading="")
    (tmp_path / "book.epub").write_bytes(book(letter(), loose))
    jar = Path(str(shutil.which("epubcheck"))).resolve()
    said = subprocess.run(
        ["java", "-jar", str(jar), str(tmp_path / "book.epub")], capture_output=True, text=True
    )
    assert "0 errors / 0 warnings" in said.stdout, said.stderr + said.stdout
