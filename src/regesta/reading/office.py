"""Office documents: .docx through HTML, and PDF files that have a text layer.

The libraries are loaded when the first such file is read. What they leave out (running heads, text
they do not understand) is compared with the file itself and said.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from lxml import etree

from regesta.documents import Collection, Document, Fact, Section
from regesta.errors import SourceError
from regesta.reading.assemble import Page, collection_of, document_of
from regesta.reading.base import Reading, SourceFile, Verdict
from regesta.reading.compose import shown, visible
from regesta.reading.html.reader import read_page
from regesta.reading.limits import (
    MAX_DOCX_XML_BYTES,
    MAX_PDF_CHARACTERS,
    MAX_PDF_PAGES,
    megabytes,
)
from regesta.reading.office_letters import letters_of_page
from regesta.reading.pdf_text import PdfPage, compose_pages

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DC = "{http://purl.org/dc/elements/1.1/}"

#: Word's own styles that its HTML should know beyond the library's defaults.
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => h2:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
br[type='page'] => hr
u => u
"""


#: What the zip library raises on damaged archives.
_DAMAGE = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, OSError, ValueError,
    EOFError, OverflowError,
)  # fmt: skip


class DocxReader:
    """Reads Word documents (.docx)."""

    name = "docx"

    def judge(self, source: SourceFile) -> Verdict:
        """A zip archive with Word's main part, or one named so."""
        if source.data.startswith(b"PK\x03\x04") and b"word/" in source.data[:8192]:
            return Verdict(0.9, "a Word document")
        if source.suffix in (".docx", ".docm", ".dotx"):
            return Verdict(0.5, "named like a Word document")
        return Verdict(0, "no Word document")

    def read(self, source: SourceFile) -> Reading:
        """Read a Word document.

        Raises:
            SourceError: It is damaged, encrypted, too large, or without text.
        """
        if source.data.startswith(_OLE):
            raise SourceError("is encrypted, or an old .doc under another name")
        texts = _docx_texts(source.data)
        parts = {name: _xml(text) for name, text in texts.items() if _holds_text(name)}
        page, said = _docx_html(texts)
        try:
            reading = _read_letters(source, page, self.name) or read_page(
                source, page, reader=self.name, heads=True, office=True
            )
        except SourceError:
            raise SourceError("the Word document holds no text") from None
        expected = visible(" ".join(_docx_words(parts)))
        lost = (expected - visible(_words(page))).total() if said is not None else 0
        documents = [_with_properties(document, parts) for document in reading.documents]
        return Reading(reading.collection, documents, reading.unaccounted + lost, reading.warnings)


def _read_letters(source: SourceFile, page: str, reader: str) -> Reading | None:
    """Read a document of many letters: each by itself; None where it holds one document.

    What stands above the first letter is a section of the collection.
    """
    from msgspec.structs import replace

    parted = letters_of_page(page)
    if parted is None:
        return None
    read = [
        read_page(source, html, reader=reader, heads=True, office=True) for html in parted.letters
    ]
    documents = [
        replace(
            one.documents[0],
            id=f"{one.documents[0].id}-{number}",
            source=replace(one.documents[0].source, position=f"letter {number}"),
            order=number - 1,
        )
        for number, one in enumerate(read, 1)
    ]
    collection = read[0].collection
    if parted.before:
        section = Section(f"text-{source.stem}", "text", text="\n".join(parted.before))
        collection = replace(collection, sections=(*collection.sections, section))
    warnings = [warning for one in read for warning in one.warnings]
    return Reading(collection, documents, sum(one.unaccounted for one in read), warnings)


def _docx_texts(data: bytes) -> dict[str, bytes]:
    """The XML parts by their names; their size bounded first, as the archive states it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [
                info for info in archive.infolist() if info.filename.endswith((".xml", ".rels"))
            ]
            total = sum(info.file_size for info in names)
            if total > MAX_DOCX_XML_BYTES:
                most = megabytes(MAX_DOCX_XML_BYTES)
                raise SourceError(f"would unpack to {megabytes(total)} of XML, more than {most}")
            if "word/document.xml" not in archive.namelist():
                raise SourceError("is no Word document: it has no main part")
            texts = {info.filename: _stated(archive, info) for info in names}
    except _DAMAGE as error:
        raise SourceError(f"the Word document is damaged: {_line(error)}") from None
    except (NotImplementedError, RuntimeError):
        raise SourceError("the Word document is encrypted or packed in an unknown way") from None
    for name, text in texts.items():
        plain = text.replace(b"\0", b"")  # of UTF-16
        if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
            raise SourceError(f"the Word document's {name} declares entities; not read")
    return texts


def _stated(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """A part, unpacked no further than the archive states: to read it all unpacks it all."""
    with archive.open(info) as stream:
        return stream.read(info.file_size + 1)


def _holds_text(name: str) -> bool:
    return name == "docProps/core.xml" or name.startswith(
        ("word/document", "word/footnotes", "word/endnotes", "word/header", "word/footer")
    )


def _xml(text: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(text, parser)
    except etree.XMLSyntaxError as error:
        raise SourceError(f"the Word document is damaged: {_line(error)}") from None


def _docx_html(texts: dict[str, bytes]) -> tuple[str, Any]:
    """The document as HTML, made of its XML parts alone, as they were read."""
    import mammoth

    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, text in texts.items():
            archive.writestr(name, text)
    try:
        made = mammoth.convert_to_html(
            whole,
            style_map=_STYLES,
            convert_image=mammoth.images.img_element(lambda image: {"src": ""}),
        )
    except Exception as error:
        raise SourceError(f"the Word document is damaged: {_line(error)}") from None
    return f"<!DOCTYPE html><html><body>{made.value}</body></html>", made.messages


def _docx_words(parts: dict[str, Any]) -> Iterator[str]:
    """The words of the main part and its notes; running heads apart, deleted text never."""
    for name, root in parts.items():
        if not name.startswith(("word/document", "word/footnotes", "word/endnotes")):
            continue
        for text in root.iter(f"{_W}t"):
            if text.text and not any(up.tag == _FALLBACK for up in text.iterancestors()):
                yield text.text


def _words(page: str) -> str:
    root = etree.fromstring(page.encode("utf-8"), etree.HTMLParser(encoding="utf-8"))
    return "".join(root.itertext())


def _with_properties(document: Document, parts: dict[str, Any]) -> Document:
    """Add what the file says of itself: the title where the text prints it, the rest as remarks.

    A file's author is who typed it, not who wrote the paper.
    """
    remarks, facts, heading = list(document.reader_notes), list(document.facts), document.heading
    core = parts.get("docProps/core.xml")
    for name in ("title", "creator", "subject"):
        value = " ".join((core.findtext(f"{_DC}{name}") or "").split()) if core is not None else ""
        if not value:
            continue
        if name == "title" and _printed(value, document.text):
            heading = heading or value
            if not any(fact.field == "title" for fact in facts):
                facts.append(Fact("title", value, "given", "docx:title"))
        else:
            remarks.append(f"the file's own {name}: {value}")
    for name, root in parts.items():
        if name.startswith(("word/header", "word/footer")):
            words = " ".join("".join(t.text or "" for t in root.iter(f"{_W}t")).split())
            if words:
                remarks.append(f"running {name[5:11]}: {words[:500]}")
    return _replaced(document, heading, facts, remarks)


def _replaced(document: Document, heading: str, facts: list[Fact], remarks: list[str]) -> Document:
    from msgspec.structs import replace

    return replace(document, heading=heading, facts=tuple(facts), reader_notes=tuple(remarks))


def _printed(title: str, text: str) -> bool:
    """Tell whether a title of the file's properties is one that the text begins with."""
    wanted = " ".join(title.casefold().split())
    return len(wanted) > 3 and wanted in " ".join(text[:1000].casefold().split())


class PdfReader:
    """Reads PDF files that have a text layer."""

    name = "pdf"

    def judge(self, source: SourceFile) -> Verdict:
        """A PDF by its first bytes, or named so."""
        if b"%PDF-" in source.data[:1024]:
            return Verdict(0.9, "a PDF")
        if source.suffix == ".pdf":
            return Verdict(0.5, "named like a PDF")
        return Verdict(0, "no PDF")

    def read(self, source: SourceFile) -> Reading:
        """Read a PDF's text, page by page.

        Raises:
            SourceError: It is damaged, encrypted, too large, or has no text layer.
        """
        if b"%PDF-" not in source.data[:1024]:
            raise SourceError("is no PDF, whatever its name says")
        pages, title = _pdf_pages(source.data)
        blank = [page.label for page in pages if not any(line.strip() for line in page.lines)]
        if len(blank) == len(pages):
            raise SourceError("the PDF has no text layer; run OCR first")
        made = compose_pages(pages)
        remarks = list(made.remarks)
        if blank:
            some = ", ".join(blank[:20]) + (" …" if len(blank) > 20 else "")
            remarks.append(f"pages without text (pictures?): {some}")
        facts = []
        heading = made.heading
        if title and _printed(title, made.composition.text):
            facts.append(Fact("title", title, "given", "pdf:title"))
            heading = heading or title
        elif title:
            remarks.append(f"the file's own title: {title}")
        page = Page(made.composition, heading=heading, facts=facts, remarks=tuple(remarks))
        collection = collection_of(source, page, reader=self.name)
        document = document_of(source, page, collection, reader=self.name)
        return _pdf_reading(collection, document, pages, made.left_out)


def _pdf_reading(
    collection: Collection, document: Document, pages: list[PdfPage], left_out: Any
) -> Reading:
    expected = visible(" ".join(line for page in pages for line in page.lines))
    lost = (expected - left_out - shown([document])).total()
    warnings = [f"{document.id}: {note}" for note in document.reader_notes]
    return Reading(collection, [document], lost, warnings)


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise SourceError("the PDF is encrypted; save a copy without a password") from None
        raise SourceError(f"the PDF is damaged: {_line(error)}") from None
    try:
        yield pdf
    except pypdfium2.PdfiumError as error:
        raise SourceError(f"the PDF is damaged: {_line(error)}") from None
    finally:
        pdf.close()


def _pdf_pages(data: bytes) -> tuple[list[PdfPage], str]:
    """Lines of every page with its label, and the title of the file's properties."""
    pages: list[PdfPage] = []
    characters = 0
    with _opened(data) as pdf:
        if len(pdf) > MAX_PDF_PAGES:
            raise SourceError(f"the PDF has {len(pdf):,} pages, more than {MAX_PDF_PAGES:,}")
        if not len(pdf):
            raise SourceError("the PDF has no pages")
        title = " ".join((pdf.get_metadata_value("Title") or "").split())
        for index in range(len(pdf)):
            page = pdf.get_page(index)
            try:
                inside = page.get_textpage()
                try:
                    text = inside.get_text_range()
                finally:
                    inside.close()
            finally:
                page.close()
            characters += len(text)
            if characters > MAX_PDF_CHARACTERS:
                raise SourceError("the PDF holds more text than one document; split it")
            text = text.replace("\x02", "-\n").replace("\ufffe", "-\n").replace("\x00", "")
            lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            pages.append(PdfPage(pdf.get_page_label(index) or str(index + 1), lines))
    return pages, title


def _line(error: BaseException) -> str:
    return " ".join(str(error).split())[:160] or type(error).__name__
