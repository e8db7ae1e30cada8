"""The reading column: made-up documents in, HTML out, every character in its place."""

import html
import re

import pytest
from fake_edition import hostile, letter, span, telegram
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regesta.documents import Document, Layer, Mark, Note, Source
from regesta.serving.pages.text import show_text

SOURCE = Source("made-up.txt", "0" * 64)
KINDS = ["italic", "bold", "person", "table", "row", "cell", "list", "item", "page", "gap", "verse"]
LAYERS = ["heading", "dateline", "quotation", "enclosure", "translation", "signature", "body"]


def make(text: str, **parts: object) -> Document:
    """A document of a text."""
    return Document(id="c/d", collection="c", source=SOURCE, text=text, **parts)  # type: ignore[arg-type]


def show(document: Document) -> str:
    """Its HTML, names linking nowhere."""
    return str(show_text(document, link=lambda mark: "").html)


def words(shown: str) -> str:
    """The document's own words in the HTML, without what the page adds, white space left out."""
    added = r'<span class="side".*?</span>(?=<|[^<])|<span class="vh">.*?</span>'
    for pattern in (
        r'<a class="(?:fn|pb)".*?</a>',
        r'<p class="label".*?</p>',
        added,
        r"<[^>]+>",
    ):
        shown = re.sub(pattern, "", shown, flags=re.S)
    return "".join(html.unescape(shown).split())


def balanced(shown: str) -> bool:
    """Whether every element is closed in order."""
    stack: list[str] = []
    for close, tag in re.findall(r"<(/?)([a-z0-9]+)[^>]*>", shown):
        if not close:
            stack.append(tag)
        elif not stack or stack.pop() != tag:
            return False
    return not stack


@pytest.mark.parametrize("document", [telegram(), letter(), hostile()], ids=lambda d: d.id)
def test_nothing_is_lost(document: Document) -> None:
    """The words of a document stand in the column, each once and in order."""
    bare = make(document.text, layers=document.layers, marks=document.marks)
    assert words(show(bare)) == "".join(document.text.split())
    assert balanced(show(document))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # of a busy machine
@given(
    st.text(alphabet="ab <&\n", max_size=60),
    st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 60), st.integers(0, 60)), max_size=8),
    st.lists(
        st.tuples(st.sampled_from(LAYERS), st.integers(0, 60), st.integers(0, 60)), max_size=5
    ),
)
def test_any_marks_nest(
    text: str, marks: list[tuple[str, int, int]], layers: list[tuple[str, int, int]]
) -> None:
    """Whatever spans a reader gives, the HTML is well nested and holds every character once."""

    def inside(kind: str, a: int, b: int) -> tuple[str, int, int]:
        a, b = sorted((min(a, len(text)), min(b, len(text))))
        return kind, a, a if kind == "page" else b

    document = make(
        text,
        marks=tuple(sorted((Mark(*inside(*m)) for m in marks), key=lambda m: m.start)),  # type: ignore[arg-type]
        layers=tuple(Layer(*inside(*v)) for v in layers),  # type: ignore[arg-type]
    )
    shown = show(document)
    assert balanced(shown)
    assert words(shown) == "".join(text.split())


def test_printed_matter_stands_above() -> None:
    """Source note, heading, printed kind and dateline stand together, as printed."""
    shown = show(telegram())
    head = shown[: shown.index('<div class="text">')]
    classes = re.findall(r'<(?:p|h2) class="(\w+)"', head)
    assert classes == ["src", "hd", "kd", "dl"]


def test_note_stands_at_its_anchor() -> None:
    """A note's mark follows the word it belongs to, with the note beside it."""
    shown = show_text(telegram(), link=lambda mark: "")
    assert 'The harbour<a class="fn" id="r1" href="#n1">' in shown.html
    assert 'role="note"><span class="num">1</span>&ensp;A port in the south.' in shown.html
    assert [(n.key, n.n, n.anchored, n.only_narrow) for n in shown.notes] == [
        ("1", "1", True, True),
        ("2", "2", True, False),
    ]


def test_long_note_is_whole_after_the_text() -> None:
    """A note too long for the margin is cut there and stands whole after the text."""
    shown = show_text(telegram(), link=lambda mark: "")
    assert "whole note</a>" in shown.html
    assert str(shown.notes[1].html).count("The paper is long.") == 40


def test_page_break_inside_a_line() -> None:
    """A page number is linked to its facsimile where there is one, with a rule inside a line."""
    shown = show(telegram())
    assert '<a class="pb" id="pg_80" href="#pg_80">' in shown
    assert '<span class="brk"></span><a class="pb" id="pg_81" href="https://example.org' in shown


def test_tables_lists_and_parts() -> None:
    """Tables keep rows and cells, lists items, enclosures and translations are set off."""
    shown = show(letter())
    assert "<tr><td>Rye</td><td class=n>120</td></tr>" in shown
    assert "<li>first, the ship</li><li>second, the cargo</li>" in shown
    assert "<blockquote>" in shown
    assert '<section class="part enclosure" id="enclosure-1">' in shown
    assert '<section class="part translation" id="version-1" lang="fr">' in shown
    assert '<p class="sal">Sir:</p>' in shown


def test_crossing_marks_are_closed_and_opened() -> None:
    """Marks that cross are closed and opened again; an id stands only once."""
    text = "one two three"
    document = make(
        text, marks=(Mark("italic", *span(text, "one two")), Mark("bold", *span(text, "two three")))
    )
    shown = show_text(document, link=lambda mark: "", proofs=[("e-x", 2, 10)]).html
    assert balanced(str(shown))
    assert shown.count('id="e-x"') == 1


def test_links_do_not_nest() -> None:
    """A link inside a link is left out, and a note's mark never stands inside one."""
    document = make(
        "the great harbour",
        marks=(Mark("ref", 0, 17, "", "x"), Mark("place", 4, 17, "", "y")),
        notes=(Note("1", "A note.", anchor=9),),
    )
    shown = str(show_text(document, link=lambda mark: f"/{mark.target}").html)
    assert shown.count('class="name"') == 0
    assert shown.count('class="xref"') == 2
    depth = 0
    for close in re.findall(r"<(/?)a\b", shown):
        depth += -1 if close else 1
        assert depth in (0, 1)


def test_empty_text() -> None:
    """A document without text gives no column."""
    assert show(make("")).strip() == ""
