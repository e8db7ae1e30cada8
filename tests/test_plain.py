"""Plain text and Markdown transcripts into documents."""

from pathlib import Path

import pytest
from source_files import layer_texts, source_file, values

from regesta.documents import Document, Party
from regesta.errors import SourceError
from regesta.reading.base import Reading
from regesta.reading.plain import PlainReader
from regesta.reading.sources import open_source

HEAD = """\
---
title: Note on the frontier
date: 1918-08-03
received: 1918-08-05
from: Anna Brandt, Consul at Riga
to: The Minister of Foreign Affairs
place: Riga
number: No. 12
subjects: frontier; couriers
source: Own copy, f. 12
collection: Letters of a Consul
side: Latvia
language: en
id: brandt-12
weather: rain
---
"""


def read(name: str, text: str | bytes) -> Reading:
    """Read a source by its name."""
    return PlainReader().read(source_file(name, text))


def one(name: str, text: str | bytes) -> Document:
    """The only document of a source, all its characters accounted for."""
    reading = read(name, text)
    assert reading.unaccounted == 0
    (document,) = reading.documents
    return document


def test_the_model_page(corpora: Path) -> None:
    """Date, publication, collection and body of the page that started the project."""
    (path,) = (corpora / "soviet").glob("*.txt")
    reading = PlainReader().read(open_source(str(path)))
    (document,) = reading.documents
    assert reading.unaccounted == 0
    assert reading.collection.id == "documents-on-soviet-foreign-policy"
    assert reading.collection.title == "Documents on Soviet Foreign Policy"
    assert document.heading == "25 July 1918"
    date = document.first("date")
    assert date is not None
    assert (date.origin, date.rule) == ("given", "title line")
    assert document.date is not None
    assert document.date.edtf == "1918-07-25"
    assert date.span is not None
    assert document.text[slice(*date.span)] == "25 July 1918"
    assert document.word("publication") == "Izvestia, 25 July 1918"
    (body,) = layer_texts(document, "body")
    assert body.startswith("Questioned as to")
    assert body.endswith("be extended.")
    assert len([mark for mark in document.marks if mark.kind == "paragraph"]) == 5


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_front_matter_gives_facts_and_ids(name: str) -> None:
    """Everything a user writes at the head is found again; the text holds title and body."""
    reading = read(name, HEAD + "\nThe frontier is open.\n")
    document = reading.documents[0]
    assert document.id == "letters-of-a-consul/brandt-12"
    assert (reading.collection.title, reading.collection.side) == ("Letters of a Consul", "Latvia")
    assert document.text == "Note on the frontier\nThe frontier is open."
    assert layer_texts(document, "heading") == ["Note on the frontier"]
    assert document.senders == [Party("Anna Brandt", "Consul at Riga")]
    assert document.recipients == [Party(office="Minister of Foreign Affairs")]
    assert [subject.label for subject in document.subjects] == ["frontier", "couriers"]
    assert (document.word("number"), document.word("publication")) == ("12", "Own copy, f. 12")
    assert document.date is not None
    assert document.date.edtf == "1918-08-03"
    assert any("weather: rain" in note for note in document.reader_notes)
    assert reading.unaccounted == 0


def test_bare_header_lines() -> None:
    """Key and value, one a line, closed by a blank line."""
    document = one("a.txt", "Collection: Letters\nDate: 3 August 1918\n\nThe frontier is open.\n")
    assert document.collection == "letters"
    assert document.date is not None
    assert document.text == "The frontier is open."


def test_the_head_of_a_memorandum_stays_text() -> None:
    """What the paper itself prints is never taken away."""
    document = one("a.txt", "TO: The Minister\nFROM: A. Brandt\n\nThe frontier is open.\n")
    assert document.text.startswith("TO: The Minister\nFROM: A. Brandt\n")


def test_a_file_of_several_documents() -> None:
    """Each front-matter block opens a document; ids stay apart."""
    second = "---\ntitle: Answer\ndate: 1918-08-09\n---\nIt is shut.\n"
    reading = read("box.md", HEAD + "It is open.\n\n---\n\nStill open.\n\n" + second)
    assert [document.id for document in reading.documents] == [
        "letters-of-a-consul/brandt-12",
        "letters-of-a-consul/box-2",
    ]
    assert reading.documents[0].text.endswith("Still open.")
    assert reading.documents[1].source.position.startswith("line ")
    assert reading.unaccounted == 0


def test_without_a_collection_the_folder_is_one() -> None:
    """The folder's name, and the file's name for the document."""
    assert one("Letter Nº 5.txt", "The frontier is open.").id == "papers/Letter_No_5"


def test_markdown() -> None:
    """Headings, emphasis, links, lists, quotations, tables and footnotes become spans."""
    text = """\
# The *open* frontier

First **words** with a [link](https://example.org/x "t") and a note[^a].\\
Next line, 3 \\* 4.

## Terms

1. Couriers pass.
2. Others wait.

- a bullet

> Quoted words.

| side | men |
|------|----:|
| east | 12  |

![A map](map.png)

[^a]: The _note_, with `code`,
    over two lines.
"""
    document = one("a.md", text)
    assert document.heading == "The open frontier"
    assert document.text == (
        "The open frontier\nFirst words with a link and a note.\nNext line, 3 * 4.\nTerms\n"
        "1. Couriers pass.\n2. Others wait.\na bullet\nQuoted words.\nside men\neast 12"
    )
    assert layer_texts(document, "quotation") == ["Quoted words."]
    assert layer_texts(document, "heading") == ["The open frontier", "Terms"]
    (note,) = document.notes
    assert (note.n, note.text) == ("a", "The note, with code, over two lines.")
    assert note.anchor == document.text.index(".\nNext")
    spans = {(m.kind, document.text[m.start : m.end], m.target) for m in document.marks}
    assert {
        ("italic", "open", ""), ("bold", "words", ""), ("ref", "link", "https://example.org/x"),
        ("cell", "12", ""), ("item", "a bullet", ""),
    } <= spans  # fmt: skip
    assert document.images[0].label == "A map"


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("a_b_c", "a_b_c"),
        ("*open", "*open"),
        ("[no link]", "[no link]"),
        ("a[^missing]", "a[^missing]"),
        ("x <sup>2</sup> <unknown>", "x 2 <unknown>"),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        ("a <!-- left out --> b", "a b"),
    ],
)
def test_markdown_that_is_none_stays_as_written(written: str, read_as: str) -> None:
    """Stars, underscores and brackets of the text itself are kept."""
    assert one("a.md", written).text == read_as


def test_links_that_run_scripts_lose_their_target() -> None:
    """An address is kept only where it leads somewhere harmless."""
    (mark,) = (m for m in one("a.md", "[x](javascript:alert)").marks if m.kind == "ref")
    assert mark.target == ""


def test_pages_of_a_plain_text() -> None:
    """A form feed is a page break."""
    document = one("a.txt", "First page.\n\f\nSecond page.\n")
    assert [mark.start for mark in document.marks if mark.kind == "page"] == [12]


def test_a_guessed_character_set_is_said() -> None:
    """An editor learns that the reader had to guess."""
    reading = read(
        "a.txt", "Правительство получило ноту и надеется на ответ до осени.".encode("cp1251")
    )
    assert "cp1251" in reading.warnings[0]
    assert reading.documents[0].text.startswith("Правительство")


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"\x00\x01\x02" * 50, "binary"), (b"{\\rtf1 words}", "RTF"), (b"%PDF-1.4", "PDF")],
)
def test_what_is_no_text_says_what_it_is(data: bytes, reason: str) -> None:
    """A name is not believed against the bytes."""
    with pytest.raises(SourceError, match=reason):
        read("a.txt", data)


@pytest.mark.parametrize(
    ("name", "data", "taken"),
    [("a.txt", b"words", True), ("a.md", b"words", True), ("transcript", b"words", True),
     ("a.csv", b"a,b", False), ("a.rtf", b"{\\rtf1", False), ("x", b"\xff\xd8\xff\x00", False)],
)  # fmt: skip
def test_judging(name: str, data: bytes, taken: bool) -> None:
    """Text by its name, or a name without an ending and the looks of text."""
    assert (PlainReader().judge(source_file(name, data)).score > 0) is taken


def test_values_of_the_first_page_only_name_the_collection() -> None:
    """A file holds one collection: a second name is said, not used."""
    second = "---\ntitle: Answer\ncollection: Others\n---\nIt is shut.\n"
    reading = read("box.md", HEAD + "It is open.\n\n" + second)
    assert values(reading.documents[1], "title") == ["Answer"]
    assert any("Others" in warning for warning in reading.warnings)


LETTERS = """\
# From the Brandt papers

## Brandt an Kell, Riga, 14. Januar 1849

Lieber Freund, die Nachrichten sind besser.

## Kell an Brandt, Reval, 19. Januar 1849

Verehrter Freund, Dein Brief kam gestern.
"""


def test_letters_under_headings_of_their_own() -> None:
    """A Markdown file whose headings say who wrote to whom, when, holds as many documents."""
    reading = read("papers/brandt.md", LETTERS)
    assert reading.unaccounted == 0
    assert reading.collection.title == "From the Brandt papers"
    assert [(d.id.rpartition("/")[2], d.heading) for d in reading.documents] == [
        ("brandt-1", "Brandt an Kell, Riga, 14. Januar 1849"),
        ("brandt-2", "Kell an Brandt, Reval, 19. Januar 1849"),
    ]
    prefaced = LETTERS.replace("\n\n## Brandt", "\n\nThey were found in 1901.\n\n## Brandt", 1)
    assert len(read("papers/brandt.md", prefaced).documents) == 3
    headed = f"---\nlanguage: de\ncollection: Letters\n---\n{LETTERS}"
    assert [d.word("language") for d in read("b.md", headed).documents] == ["de", "de"]


@pytest.mark.parametrize(
    "text",
    [
        LETTERS.replace(" an Kell", "").replace(" an Brandt", ""),  # a journal
        LETTERS.replace(", 19. Januar 1849", ""),  # one heading without a date
        LETTERS.split("## Kell")[0],  # one letter
        f"---\ndate: 1849\n---\n{LETTERS}",  # a head that dates the file
    ],
)
def test_other_headings_part_nothing(text: str) -> None:
    """Chapters, journals and a file with a date of its own are one document."""
    assert len(read("papers/brandt.md", text).documents) == 1
