"""Files of several letters: Word documents and Markdown, parted at their headings."""

import pytest
from source_files import docx, paragraph, source_file

from regesta.reading.letters import letters_in
from regesta.reading.office import DocxReader

NOTES = (
    '<w:footnotes W_NS><w:footnote w:id="2"><w:p><w:r><w:t>The note.</w:t></w:r></w:p>'
    "</w:footnote></w:footnotes>"
)
CALL = '<w:r><w:footnoteReference w:id="2"/></w:r>'


def letter(heading: str, below: str, extra: str = "") -> str:
    """A letter of a made-up volume in Word."""
    return paragraph(heading, "Heading1") + paragraph(below) + paragraph("Yes.", extra=extra)


def test_a_word_volume_is_its_letters() -> None:
    """Each heading with a dateline below it begins a letter, with its own footnotes only."""
    reading = DocxReader().read(
        source_file(
            "volume.docx",
            docx(
                paragraph("Volume Two", "Title")
                + letter("1. Brandt to Kell", "Riga, 3 March 1849")
                + letter("2. Kell to Brandt", "Reval, 7 March 1849", CALL),
                footnotes=NOTES,
            ),
        )
    )
    one, two = reading.documents
    assert [d.id for d in (one, two)] == ["papers/volume-1", "papers/volume-2"]
    assert [d.heading for d in (one, two)] == ["1. Brandt to Kell", "2. Kell to Brandt"]
    assert (len(one.notes), [note.text for note in two.notes]) == (0, ["The note."])
    assert [section.text for section in reading.collection.sections] == ["Volume Two"]
    assert reading.unaccounted == 0


@pytest.mark.parametrize(
    "body",
    [
        letter("Brandt to Kell", "Riga, 3 March 1849"),  # one letter
        letter("Brandt to Kell", "Riga, 3 March 1849") + letter("Kell to Brandt", "Undated."),
        letter("The road to Riga", "It was long.") + letter("The way to Reval", "It was short."),
    ],
)
def test_other_headings_stay_headings_of_one_document(body: str) -> None:
    """Where not every heading is a dated letter's, the file is one document."""
    reading = DocxReader().read(source_file("volume.docx", docx(body)))
    assert [d.id for d in reading.documents] == ["papers/volume"]


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("# Brandt to Kell\n\nRiga, 3 May 1849\n\n# Kell to Brandt\nReval, 7 May 1849.", (0, 4)),
        ("# Brandt to Kell\n\nYes.\n# Kell to Brandt\n\nReval, 7 March 1849", None),
    ],
)  # fmt: skip
def test_a_dateline_below_a_heading(text: str, starts: tuple[int, ...] | None) -> None:
    """A Markdown heading may be dated by the line below it."""
    parted = letters_in(text.split("\n"))
    assert (parted.starts if parted else None) == starts
