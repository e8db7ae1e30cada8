"""Long documents have a table of contents; narrow pages say first who wrote to whom."""

import pytest
from fake_edition import FakeEdition, telegram
from msgspec.structs import replace
from starlette.testclient import TestClient

from regesta.documents import Document, Layer, Mark
from regesta.documents.dates import bounds_edtf
from regesta.serving.app import create_app
from regesta.serving.pages.divisions import LONG, opens_division
from regesta.serving.pages.text import show_text


@pytest.mark.parametrize(
    ("line", "opens"),
    [
        ("Article I", True),
        ("ARTICLE 12.", True),
        ("Artikel 3", True),
        ("Article premier", True),
        ("Статья 4", True),
        ("Annex B: Tariff of port dues", True),
        ("Article I of the treaty says that no due shall be raised, and that none be paid.", False),
        ("article 4 was left out", False),
        ("Parties to the treaty", False),
        ("Art is long.", False),
    ],
)
def test_lines_that_open_a_division(line: str, opens: bool) -> None:
    """A short line of a division's word and number opens one; a sentence does not."""
    assert opens_division(line) is opens


def _document(lines: list[str], *, long: bool = True, headings: int = 0) -> Document:
    filler = "The quay is calm. " * (LONG // 18 + 1) if long else "The quay is calm."
    text = "\n".join([*lines, filler])
    layers, at = [], 0
    for line in lines[:headings]:
        layers.append(Layer("heading", at, at + len(line)))
        at += len(line) + 1
    return replace(telegram(), text=text, layers=tuple(layers), marks=(), notes=(), facts=())


def test_articles_make_a_contents() -> None:
    """The articles of a long treaty are listed, each leading to its line; of a short one none."""
    lines = ["Treaty", "Article I", "Ports.", "Article II", "Dues.", "Article III", "Tolls."]
    shown = show_text(_document(lines, headings=1), link=lambda mark: "")
    assert [d.label for d in shown.contents] == ["Article I", "Article II", "Article III"]
    for division in shown.contents:
        assert f'id="{division.anchor}"' in shown.html
    assert not show_text(_document(lines, long=False), link=lambda mark: "").contents


def test_headings_make_a_contents() -> None:
    """Headings after the first, which is the document's own, are parts of it."""
    lines = ["Report", "The harbour", "The quay", "The tolls"]
    document = _document(lines)
    spread, at = [], 0
    text = "\n".join(f"{line}\n{'It is calm. ' * 400}" for line in lines)
    for line in lines:
        at = text.index(line, at)
        spread.append(Layer("heading", at, at + len(line)))
    shown = show_text(replace(document, text=text, layers=tuple(spread)), link=lambda mark: "")
    assert [d.label for d in shown.contents] == lines[1:]
    assert all(f'id="{d.anchor}"' in shown.html for d in shown.contents)


def test_pages_stand_for_what_has_no_parts() -> None:
    """A long document without headings has its printed pages for contents."""
    document = _document(["Report"], headings=1)
    marks = tuple(Mark("page", at, at, value=str(80 + at)) for at in (0, 20, 400, 900))
    shown = show_text(replace(document, marks=marks), link=lambda mark: "")
    assert [d.label for d in shown.contents] == ["page 80", "page 100", "page 480", "page 980"]
    assert all(f'id="{d.anchor}"' in shown.html for d in shown.contents)


def test_a_narrow_page_says_the_facts_first() -> None:
    """Before the text stand the facts behind one tap, and links to the parts of the page."""
    with TestClient(create_app(FakeEdition())) as client:
        page = client.get("/documents/white/d1").text
    brief = page[page.index('class="brief') : page.index("<article")]
    assert "<dt>From</dt>" in brief
    for anchor in ("text", "facts", "h-cite"):
        assert f'href="#{anchor}"' in brief
        assert page.count(f'id="{anchor}"') == 1


@pytest.mark.parametrize(
    ("first", "last", "edtf"),
    [
        ("1719-01-01", "1719-12-31", "1719"),
        ("1719-01-01", "1720-12-31", "1719/1720"),
        ("1904-02-01", "1904-02-29", "1904-02"),
        ("1904-02-01", "1904-04-30", "1904-02/1904-04"),
        ("1904-02-01", "1904-02-28", "1904-02-01/1904-02-28"),
        ("1904-02-01", "1904-02-01", "1904-02-01"),
        (None, "1904-02-01", "../1904-02-01"),
        (None, None, ""),
    ],
)
def test_bounds_as_years_and_months(first: str | None, last: str | None, edtf: str) -> None:
    """All of a year or of a month is that year or month."""
    assert bounds_edtf(first, last) == edtf
