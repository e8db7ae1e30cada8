"""Word documents and PDF files with text."""

import pytest
from source_files import docx, layer_texts, paragraph, pdf, source_file

from regesta.errors import SourceError
from regesta.reading import office
from regesta.reading.base import Reading
from regesta.reading.office import DocxReader, PdfReader

CORE = (
    '<c:coreProperties xmlns:c="http://schemas.openxmlformats.org/package/2006/metadata/'
    'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title>'
    "<dc:creator>A Typist</dc:creator></c:coreProperties>"
)
NOTES = (
    '<w:footnotes W_NS><w:footnote w:id="2"><w:p><w:r><w:t>The note.</w:t></w:r></w:p>'
    "</w:footnote></w:footnotes>"
)
REFERENCE = '<w:r><w:footnoteReference w:id="2"/></w:r>'


def word(body: str, **parts: str) -> Reading:
    """Read a Word document."""
    return DocxReader().read(source_file("letter.docx", docx(body, **parts)))


def printed(pages: list[list[str]], **options: str) -> Reading:
    """Read a PDF."""
    return PdfReader().read(source_file("letter.pdf", pdf(pages, **options)))  # type: ignore[arg-type]


def test_a_word_document_with_a_head_and_a_footnote() -> None:
    """Title, header lines, paragraphs and footnotes; nothing unaccounted."""
    reading = word(
        paragraph("Note on the frontier", "Title")
        + paragraph("Collection: Riga Letters")
        + paragraph("Date: 3 October 1899")
        + paragraph("The frontier is open.", extra=REFERENCE)
        + paragraph("No reply is needed."),
        footnotes=NOTES,
    )
    document = reading.documents[0]
    assert reading.unaccounted == 0
    assert reading.warnings == []  # the way back from a note is no navigation left out
    assert document.id == "riga-letters/letter"
    assert document.heading == "Note on the frontier"
    assert document.date is not None
    assert layer_texts(document, "body") == ["The frontier is open.\nNo reply is needed."]
    assert [(n.n, n.text) for n in document.notes] == [("1", "The note.")]
    assert document.notes[0].anchor == document.text.index("\nNo reply")


def test_who_typed_a_file_did_not_write_the_paper() -> None:
    """A title that the text prints is a fact; the creator is a remark."""
    body = paragraph("Note on the frontier") + paragraph("The frontier is open to all couriers.")
    document = word(body, core=CORE.format(title="Note on the Frontier")).documents[0]
    assert document.word("title") == "Note on the Frontier"
    assert document.first("author") is None
    assert any("A Typist" in note for note in document.reader_notes)
    assert word(body, core=CORE.format(title="Document1")).documents[0].first("title") is None


def test_deleted_words_are_gone_and_inserted_ones_there() -> None:
    """Tracked changes are read as accepted."""
    body = (
        '<w:p><w:r><w:t xml:space="preserve">Open </w:t></w:r><w:del><w:r>'
        "<w:delText>shut</w:delText></w:r></w:del><w:ins><w:r><w:t>frontier</w:t></w:r></w:ins></w:p>"
    )
    reading = word(body)
    assert reading.documents[0].text == "Open frontier"
    assert reading.unaccounted == 0


def test_running_heads_of_word_are_remarks() -> None:
    """What stands in header parts is kept, apart from the text."""
    header = "<w:hdr W_NS><w:p><w:r><w:t>Confidential</w:t></w:r></w:p></w:hdr>"
    document = word(paragraph("The frontier is open."), header1=header).documents[0]
    assert document.text == "The frontier is open."
    assert "running header: Confidential" in document.reader_notes


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04 and nothing", "damaged"),
        (docx(paragraph("x"))[:400], "damaged"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(500), "encrypted"),
        (docx(""), "no text"),
        (docx(paragraph("x")).replace(b"word/document.xml", b"word/decoument.xm"), "main part"),
        (docx("<w:p>"), "damaged"),
    ],
)
def test_word_documents_that_cannot_be_read(data: bytes, reason: str) -> None:
    """One clear line each."""
    with pytest.raises(SourceError, match=reason):
        DocxReader().read(source_file("letter.docx", data))


def test_a_word_document_that_declares_entities_is_refused() -> None:
    """No Word document does; a hostile one may."""
    data = docx(paragraph("x"), footnotes='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    with pytest.raises(SourceError, match="entities"):
        DocxReader().read(source_file("letter.docx", data))


def test_a_word_document_that_unpacks_to_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    """The size of its XML is bounded before it is parsed."""
    monkeypatch.setattr(office, "MAX_DOCX_XML_BYTES", 100)
    with pytest.raises(SourceError, match="unpack"):
        word(paragraph("The frontier is open."))


WIDE = "The Minister received the note on the morning of the third and he answered at once"


def test_pages_of_a_pdf() -> None:
    """Paragraphs run over pages; each page has its mark and label."""
    reading = printed([[WIDE, WIDE + " that"], ["the frontier would stay open.", "", "A. Brandt"]])
    document = reading.documents[0]
    assert reading.unaccounted == 0
    assert document.pages == ["1", "2"]
    assert "at once that the frontier would" in document.text
    (_, second) = [mark for mark in document.marks if mark.kind == "page"]
    assert document.text[second.start :].startswith("the frontier would stay")


def test_running_heads_of_a_pdf_number_its_pages() -> None:
    """Lines that recur are no text; their numbers are the printed pages."""
    words = ("north", "south", "east", "west", "inner")
    pages = [
        [f"PAPERS OF 1899 {311 + n}", f"{word} {WIDE}", f"{word} of it {WIDE}"]
        for n, word in enumerate(words)
    ]
    reading = printed(pages)
    document = reading.documents[0]
    assert "PAPERS" not in document.text
    assert document.pages == ["311", "312", "313", "314", "315"]
    assert any("running head on 5 pages" in note for note in document.reader_notes)
    assert reading.unaccounted == 0


@pytest.mark.parametrize(
    ("elsewhere", "text"),
    [("a settlement was made", "the settlement of"), ("no evidence at all", "the settle-ment of")],
)
def test_hyphens_at_line_ends(elsewhere: str, text: str) -> None:
    """A divided word is mended only where the text prints it whole."""
    lines = [WIDE + " the settle-", "ment of it; " + WIDE, elsewhere + " " + WIDE]
    reading = printed([lines])
    assert text in reading.documents[0].text
    assert reading.unaccounted == 0


def test_a_title_of_the_properties_that_is_printed() -> None:
    """The file's title is believed where its first page has it."""
    pages = [["Note on the frontier", "", WIDE]]
    assert printed(pages, title="Note on the Frontier").documents[0].word("title")
    document = printed(pages, title="scan0001.tif").documents[0]
    assert not document.word("title")
    assert any("scan0001" in note for note in document.reader_notes)


def test_pages_without_text_are_named() -> None:
    """A picture among pages of text is said."""
    document = printed([[WIDE], [], [WIDE]]).documents[0]
    assert any("pages without text (pictures?): 2" in note for note in document.reader_notes)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf([[], []]), "no text layer; run OCR"),
        (pdf([["words"]], encrypt=True), "encrypted"),
        (b"%PDF-1.4\nnothing", "damaged"),
        (pdf([["words"]])[:200], "damaged|no text"),
        (b"words", "no PDF"),
    ],
)
def test_pdfs_that_cannot_be_read(data: bytes, reason: str) -> None:
    """One clear line each."""
    with pytest.raises(SourceError, match=reason):
        PdfReader().read(source_file("letter.pdf", data))
