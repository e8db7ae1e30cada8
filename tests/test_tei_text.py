"""The walk through TEI: text, marks, layers and notes of small pieces of mark-up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tei_snippets import single, volume

from regesta.documents import Document


def first(body: str) -> Document:
    """The one document of a made-up file."""
    return single(body).documents[0]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>One\n   two.</p>\n<p>Three.</p>", "One two.\nThree."),
        ("<p>One<lb/>two <lb/> three</p>", "One\ntwo\nthree"),
        ("<p>harb<lb break='no'/>our</p>", "harbour"),
        ("<p>harb\n  <pb n='2' break='no'/>\n  our</p>", "harbour"),
        ("<p>safe<pb n='2'/>ly</p>", "safely"),
        ("<p>a <hi rend='italic'> b </hi> c</p>", "a b c"),
        ("<p>a<!-- not this --> b</p>", "a b"),
        ("<p>a\u00a0\u2003b</p>", "a b"),
        (
            "<table><row><cell>No.</cell><cell/><cell>Date</cell></row><row><cell>1</cell></row>"
            "</table><p>End</p>",
            "No.\tDate\n1\nEnd",
        ),
        ("<list><label>1.</label><item>One</item><label>2.</label><item>Two</item></list>",
         "1. One\n2. Two"),
        ("<list><label>(<hi>a</hi>)</label><item>One</item></list>", "(a) One"),
        ("<p>He said <q>no</q>.</p>", "He said no."),
        ("<lg><l>Sea</l><l>and sky</l></lg>", "Sea\nand sky"),
        ("<metamark>No. 7</metamark><p>Text</p>", "No. 7\nText"),
        ("<p>the <unheardOf>odd</unheardOf> thing</p>", "the odd thing"),
        ("<p>17<subst><add>1</add><del>2</del></subst>9</p>", "1719"),
        ("<p><choice><sic>harbuor</sic><corr>harbour</corr></choice></p>", "harbour"),
        ("<p><choice><reg>harbour</reg><orig>harborough</orig></choice></p>", "harbour"),
        ("<p><choice><abbr>H. M.</abbr><expan>His Majesty</expan></choice></p>", "His Majesty"),
        ("<p><choice><orig>only this</orig></choice></p>", "only this"),
        ("<p><app><lem>port</lem><rdg>bay</rdg></app></p>", "port"),
        ("<p><app><rdg>bay</rdg><rdg>gulf</rdg></app></p>", "bay"),
        ("<p>Kept <del>out</del> in</p>", "Kept out in"),
    ],
)  # fmt: skip
def test_text(body: str, text: str) -> None:
    """Mark-up becomes the text that a reader sees, and nothing of it is lost."""
    reading = single(body)
    assert reading.documents[0].text == text
    assert reading.unaccounted == 0


@pytest.mark.parametrize(
    ("body", "kind", "words", "value"),
    [
        ("<p>a <hi rend='smallcaps'>Red</hi> b</p>", "smallcaps", "Red", ""),
        ("<p>a <foreign xml:lang='la'>ad interim</foreign></p>", "foreign", "ad interim", "la"),
        ("<p>a <date when='1890-05-02'>2 May</date></p>", "date", "2 May", "1890-05-02"),
        ("<p>a <pb n='[12]' facs='x.jpg'/>b</p>", "page", "", "12"),
        ("<p>a <gap reason='torn' quantity='2' unit='chars'/></p>", "gap", "", "torn · 2 chars"),
        ("<p><choice><sic>oen</sic><corr>one</corr></choice></p>", "sic", "one", "oen"),
        ("<p>a <unheardOf>odd</unheardOf></p>", "other", "odd", "unheardOf"),
        ("<list><head>Gifts</head><item>a clock</item></list>", "label", "Gifts", ""),
    ],
)
def test_marks(body: str, kind: str, words: str, value: str) -> None:
    """An element leaves a mark over its words, with its value."""
    document = first(body)
    (mark,) = [m for m in document.marks if m.kind == kind]
    assert (document.text[mark.start : mark.end], mark.value) == (words, value)


def test_names_point_into_the_register() -> None:
    """A name's pointer becomes an id of the collection, an address stays as it is."""
    document = first("<p><rs type='person' ref='#k1'>Vane</rs> <persName ref='http://x/1'>Orr"
                     "</persName></p>")  # fmt: skip
    assert [m.target for m in document.marks if m.kind == "person"] == ["letters#k1", "http://x/1"]


def test_layers() -> None:
    """Each voice of a letter has its layer, and what no other voice takes is body."""
    document = first(
        "<head>A letter</head><opener><dateline>Alba</dateline><salute>Sir,</salute></opener>"
        "<p>I write.</p><closer><salute>Yours,</salute><signed>Vane</signed></closer>"
    )
    assert [(x.kind, document.text[x.start : x.end]) for x in document.layers] == [
        ("heading", "A letter"),
        ("dateline", "Alba"),
        ("salutation", "Sir,"),
        ("body", "I write."),
        ("closer", "Yours,\nVane"),
        ("salutation", "Yours,"),
        ("signature", "Vane"),
    ]


def test_translation_is_a_layer_with_its_language() -> None:
    """A translation beside the original is a layer of its own, out of the body."""
    document = first(
        "<div type='original'><p>Ich komme.</p></div>"
        "<div type='translation' xml:lang='en'><p>I am coming.</p></div>"
    )
    assert [(x.kind, x.language) for x in document.layers] == [("body", ""), ("translation", "en")]


@pytest.mark.parametrize(
    ("body", "anchor", "n"),
    [
        ("<p>One<note n='1' xml:id='n1'>See below.</note> two</p>", 3, "1"),
        ("<p>One two</p><note n='*' place='end'>See below.</note>", 7, "*"),
        ("<note n='1'>See below.</note><p>One two</p>", 0, "1"),
    ],
)
def test_notes_are_texts_of_their_own(body: str, anchor: int, n: str) -> None:
    """A footnote leaves the text and is anchored where its mark stands."""
    reading = single(body)
    document = reading.documents[0]
    (note,) = document.notes
    assert document.text == "One two"
    assert (note.text, note.anchor, note.n) == ("See below.", anchor, n)
    assert reading.unaccounted == 0


def test_notes_in_notes_are_notes_of_their_document() -> None:
    """However deep a note stands in notes, it is kept, where the outermost is anchored."""
    inner = "<choice><sic>two<note n='3'>three</note></sic><corr>zwei</corr></choice>"
    reading = single(f"<p>A<note n='1'>one<note n='2'>{inner}</note></note></p>")
    (document,) = reading.documents
    assert document.text == "A"
    assert {(note.n, note.anchor) for note in document.notes} == {("1", 1), ("2", 1), ("3", 1)}
    assert reading.unaccounted == 0


def test_an_inline_note_stays_in_the_text() -> None:
    """A note that is printed as a line of its own is a source note in the text."""
    reading = volume(
        "<div type='document' xml:id='d1'><note rend='inline' type='source'>File No. 12.3/4</note>"
        "<head>Note</head><note>[Inclosure 1.]</note><p>Text</p></div>"
    )
    document = reading.documents[0]
    assert document.text == "File No. 12.3/4\nNote\n[Inclosure 1.]\nText"
    assert [x.kind for x in document.layers] == ["source note", "heading", "source note", "body"]
    assert document.word("file_number") == "12.3/4"


_TEXTS = st.sampled_from(["Sir", " the ", "\n  port ", "é—", " ", "a&amp;b", "\u00a0"])
_NAMES = st.sampled_from(
    ["p", "hi", "note n='1'", "table", "row", "cell", "list", "item", "label", "head", "dateline",
     "choice", "sic", "corr", "orig", "app", "rdg", "del", "add", "subst", "quote", "persName",
     "date when='1890'", "signed", "closer", "odd", "floatingText", "div type='translation'",
     "ref target='#x'", "figure", "gap", "foreign xml:lang='la'"]
)  # fmt: skip
_EMPTY = st.sampled_from(["<pb n='3'/>", "<lb/>", "<lb break='no'/>", "<gap/>", "<milestone/>"])
_TREES = st.recursive(
    _TEXTS | _EMPTY,
    lambda inner: st.tuples(_NAMES, st.lists(inner, max_size=5)).map(
        lambda made: f"<{made[0]}>{''.join(made[1])}</{made[0].split()[0]}>"
    ),
    max_leaves=25,
)


@given(st.lists(_TREES, max_size=6))
def test_nothing_is_lost_and_every_span_lies_in_its_text(trees: list[str]) -> None:
    """Whatever the mark-up, every character is accounted for and every span is in bounds."""
    reading = single("".join(trees))
    assert reading.unaccounted == 0
    for document in reading.documents:
        spans = [(x.start, x.end) for x in (*document.layers, *document.marks)]
        spans += [(e.start, e.end) for e in document.enclosures]
        spans += [f.span for f in document.facts if f.span]
        assert all(0 <= start <= end <= len(document.text) for start, end in spans)
        assert [x.start for x in document.layers] == sorted(x.start for x in document.layers)
        assert all(n.anchor is None or 0 <= n.anchor <= len(document.text) for n in document.notes)
        assert document.text == document.text.strip()
        assert not any(pair in document.text for pair in ("  ", "\n\n", " \n", "\n "))
        for layer in document.layers:
            words = document.text[layer.start : layer.end]
            assert words == words.strip()
            assert words
