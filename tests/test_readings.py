"""Readings that a text does not show, and gaps, on pages, in books, in TEI and in a terminal."""

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tei_snippets import single

from regesta.documents import Collection, Document
from regesta.documents.readings import document_readings
from regesta.edition import Edition, build
from regesta.exporting.epub.pages import document_page
from regesta.exporting.tei.body import body
from regesta.serving.app import create_app
from regesta.serving.cli.document import paragraphs, write_document
from regesta.serving.pages.text import show_text

CHANGED = "<p>the rate of <subst><del>three</del><add>four</add></subst> in a hundred</p>"
VARIANT = "<p>I <app><lem>regret</lem><rdg>deplore</rdg></app> it</p>"
SLIP = "<p>he <choice><sic>tolld</sic><corr>told</corr></choice> me</p>"
SHORT = "<p>the <choice><abbr>Gvt</abbr><expan>Government</expan></choice> waits</p>"
NOTED = f"<p>a word<note n='1'>See {VARIANT[3:-4]}.</note></p>"
GAP = "<p>it has <gap reason='illegible' quantity='2' unit='words'/> said</p>"


def document_of(text: str) -> Document:
    """The document of a made-up letter."""
    (document,) = single(text).documents
    return document


READ = [
    (CHANGED, "four] first written: three", "<subst><add>four</add><del>three</del></subst>"),
    (VARIANT, "regret] variant: deplore", "<app><lem>regret</lem><rdg>deplore</rdg></app>"),
    (SLIP, "told] in the source: tolld", "<choice><corr>told</corr><sic>tolld</sic></choice>"),
    (
        SHORT,
        "Government] abbreviated in the source: Gvt",
        "<choice><expan>Government</expan><abbr>Gvt</abbr></choice>",
    ),
]


@pytest.mark.parametrize(("text", "line", "tei"), READ)
def test_a_reading_is_listed_and_written_back(text: str, line: str, tei: str) -> None:
    """Every reading is a line of the apparatus, and the TEI has it as the source has."""
    document = document_of(text)
    assert [one.line for one in document_readings(document)] == [line]
    written = body(document)
    assert tei in written.replace("<add><add>", "<add>").replace("</add></add>", "</add>")
    assert line in document_page(document, Collection("a", "A"))
    assert [one.line for one in show_text(document, link=lambda _: "").readings] == [line]


def test_the_word_that_stands_is_not_struck_out() -> None:
    """What replaced a deleted word is shown as added, never as deleted."""
    document = document_of(CHANGED)
    for shown in (
        show_text(document, link=lambda _: "").html,
        document_page(document, Collection("a", "A")),
        body(document),
    ):
        assert "<del>four" not in shown
        assert "<del><ins>four" not in shown
        assert "<del><add>four" not in shown


def test_readings_of_a_note_are_listed() -> None:
    """The apparatus goes on with the notes."""
    assert [one.line for one in document_readings(document_of(NOTED))] == [
        "regret] variant: deplore"
    ]


def test_a_gap_is_seen_everywhere(capsys: pytest.CaptureFixture[str]) -> None:
    """A gap stands in the terminal, in a book and in TEI where it stands in the source."""
    document = document_of(GAP)
    assert paragraphs(document) == ["it has […: illegible, 2 words] said"]
    assert "it has <span" in document_page(document, Collection("a", "A"))
    assert "[…]</span> said" in document_page(document, Collection("a", "A"))
    assert 'it has <gap reason="illegible" extent="2 words"/>said' in body(document)
    write_document(document_of(VARIANT), citation="A.")
    assert "regret] variant: deplore" in capsys.readouterr().out


def test_a_table_is_a_table_in_a_book() -> None:
    """Rows stand in a table with their cells, and what follows is a paragraph again."""
    document = document_of(
        "<p>So:</p><table><row><cell>Iron</cell><cell>12<note n='1'>Tons.</note></cell></row>"
        "<row><cell>Linen</cell><cell><hi rend='italic'>3</hi></cell></row>"
        "<row><cell><p>Wool</p></cell><cell><p>4</p></cell></row></table><p>Done.</p>"
    )
    page = document_page(document, Collection("a", "A"))
    assert page.count("<table>") == 1
    assert "<tr><td>Linen</td><td><i>3</i></td></tr>" in page
    assert "<tr><td>Wool</td><td>4</td></tr></table>" in page
    assert page.index("</table>") < page.index("<aside") < page.index("Done.")
    assert page.count('id="r1"') == page.count('id="n1"') == 1


@pytest.mark.parametrize(
    ("notes", "text"),
    [
        ("<note type='apparatus' place='end'>a</note><note n='1'>b</note>", "One[*][1]."),
        ("<note place='foot'>a</note><note place='foot'>b</note>", "One[1][2]."),
    ],
)
def test_a_note_without_a_number_has_no_other_note_s(notes: str, text: str) -> None:
    """Beside numbered notes a note without a number is starred, as on its page."""
    assert paragraphs(document_of(f"<p>One{notes}.</p>")) == [text]


def test_a_page_lists_readings_as_lines(tmp_path: Path) -> None:
    """The lemma stands before its readings, not in the narrow column of notes' numbers."""
    head = "<teiHeader><fileDesc><titleStmt><title>A</title></titleStmt></fileDesc></teiHeader>"
    text = f"{head}<text><body>{VARIANT}</body></text>"
    tei = f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{text}</TEI>'
    (tmp_path / "a.xml").write_text(tei, encoding="utf-8")
    build([tmp_path / "a.xml"], tmp_path / "e", workers=0)
    with Edition.open(tmp_path / "e") as edition, TestClient(create_app(edition)) as client:
        page = client.get(f"/documents/{next(iter(edition.ids()))}").text
        (sheet,) = re.findall(r'href="(/static/[^"]+\.css)"', page)
        rule = client.get(sheet).text
    assert '<ul class="readings"><li>regret] <i lang="en">variant:</i> deplore</li></ul>' in page
    assert ".after .readings li{display:block}" in rule
