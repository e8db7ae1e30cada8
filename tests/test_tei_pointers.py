"""Notes printed elsewhere than where they belong, registers and facsimiles of a volume."""

import pytest
from tei_snippets import TEI, source, volume

from regesta.reading.base import Reading
from regesta.reading.tei.reader import TeiReader


def read(text: str, name: str) -> Reading:
    """Read a made-up file."""
    return TeiReader().read(source(text, name))


def book(body: str) -> Reading:
    """Read a made-up file without header."""
    return read(f"<TEI {TEI}><text><body>{body}</body></text></TEI>", "book.xml")


def test_a_note_at_the_end_of_the_volume_stands_where_the_text_points_to_it() -> None:
    """What a letter points to is its note, with its number; the section keeps the others."""
    reading = volume(
        "<div type='letter' xml:id='l1'><p>One<ptr target='#n1'/> and <ref target='#n2'>two</ref>"
        " of us<note n='*'>Here.</note>.</p></div>"
        "<div type='letter' xml:id='l2'><p>Again<ptr target='#n1' n='9'/>.</p></div>",
        back="<div type='notes' xml:id='end'><head>Notes</head><note xml:id='n1'>First.</note>"
        "<note xml:id='n2' n='2'>Second.</note><note xml:id='n3'>Nobody's.</note></div>",
    )
    one, two = reading.documents
    assert [(n.n, n.text, n.anchor) for n in one.notes] == [
        ("", "First.", 3), ("2", "Second.", 11), ("*", "Here.", 17),
    ]  # fmt: skip
    assert [(n.n, n.text, n.anchor) for n in two.notes] == [("9", "First.", 5)]
    (section,) = [s for s in reading.collection.sections if s.id == "end"]
    assert (section.heading, section.text) == ("Notes", "Nobody's.")
    assert reading.unaccounted == 0


@pytest.mark.parametrize(
    "body",
    [
        "<p>One<ptr target='#n1'/> two.</p><div><note xml:id='n1' n='1'>First.</note></div>",
        "<p>One<anchor xml:id='a1'/> two.</p><div><note target='#a1' n='1'>First.</note></div>",
    ],
)
def test_a_note_at_the_end_of_a_letter_stands_where_the_text_points_to_it(body: str) -> None:
    """A pointer to the note, or from it to an anchor, says where it belongs."""
    (document,) = book(body).documents
    assert [(n.n, n.text, n.anchor) for n in document.notes] == [("1", "First.", 3)]


def test_a_volume_s_registers_and_facsimiles() -> None:
    """Lists of persons and places in a volume are registers, numbers of authorities addresses."""
    reading = volume(
        "<div type='letter' xml:id='l1'><p>One<pb n='2' facs='#f2'/> two.</p></div>"
        "<div type='letter' xml:id='l2'><p>Two.</p></div>",
        header="<teiHeader><fileDesc/></teiHeader><facsimile><surface xml:id='f2'>"
        "<graphic url='https://example.org/2.jpg'/></surface></facsimile>",
        back="<div type='persons'><listPerson><person xml:id='k1'><persName><surname>Vane</surname>"
        ", <forename>A.</forename></persName><idno type='GND'>11850000</idno></person></listPerson>"
        "<listPlace><place xml:id='o1'><placeName>Alba</placeName></place></listPlace></div>",
    )
    (person,) = reading.collection.persons
    assert (person.name, person.refs) == ("Vane, A.", ("https://d-nb.info/gnd/11850000",))
    assert [place.name for place in reading.collection.places] == ["Alba"]
    (page,) = [mark for mark in reading.documents[0].marks if mark.kind == "page"]
    assert page.target == "https://example.org/2.jpg"
    assert reading.unaccounted == 0


def test_a_note_within_a_line_stays_where_it_stands() -> None:
    """A translation that points to the note of the original does not take it away."""
    (document,) = book(
        "<div><p>One<note xml:id='n1'>First.</note> two.</p></div>"
        "<div type='translation'><p>Un<ref target='#n1'/> deux.</p></div>"
    ).documents
    assert [(n.text, n.anchor) for n in document.notes] == [("First.", 3)]


@pytest.mark.parametrize(("kind", "found"), [("index", ["Tolls"]), ("names", [])])
def test_a_section_may_be_the_index(kind: str, found: list[str]) -> None:
    """The lists of a division that is an index need no type; an index of names is none."""
    reading = volume(
        "<div type='letter' xml:id='l1'><p>One.</p></div><div type='letter'><p>Two.</p></div>",
        back=f"<div type='{kind}'><list><item>Tolls: <ref target='#l1'>1</ref></item></list></div>",
    )
    assert [subject.label for subject in reading.documents[0].subjects] == found


def test_where_the_original_lies_is_no_footnote() -> None:
    """A source note between blocks is a voice of the text; one with a number is a footnote."""
    (document,) = book(
        "<head>Vane to Kell</head><note type='source'>State Archive, 12.</note>"
        "<p>One<note type='source' n='1'>From the draft.</note>.</p>"
    ).documents
    assert document.text == "Vane to Kell\nState Archive, 12.\nOne."
    assert [document.text[x.start : x.end] for x in document.layers if x.kind == "source note"] == [
        "State Archive, 12."
    ]
    assert document.word("source_note") == "State Archive, 12."
    assert [note.text for note in document.notes] == ["From the draft."]


def test_the_heading_of_an_article_is_not_the_treaty_s() -> None:
    """Heads of divisions within a document are headings in its text, not part of its own."""
    reading = volume(
        "<div type='treaty' xml:id='t1'><head>Nr. 4</head><head>Treaty of Alba</head>"
        "<div type='article'><head>Article I</head><p>Peace.</p></div></div>"
        "<div type='letter'><div><head>Vane to Kell</head><p>Yes.</p></div></div>"
        "<div type='letter'><p>No.</p></div>"
    )
    assert [d.heading for d in reading.documents] == ["Nr. 4 — Treaty of Alba", "Vane to Kell", ""]
    treaty = reading.documents[0]
    headings = [treaty.text[x.start : x.end] for x in treaty.layers if x.kind == "heading"]
    assert headings == ["Nr. 4", "Treaty of Alba", "Article I"]
