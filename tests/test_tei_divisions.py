"""Which divisions of a TEI file are documents."""

import pytest
from tei_snippets import single, volume

from regesta.reading.tei.divisions import unit_types

LETTER = "<opener><dateline>Alba, 3 May 1890</dateline></opener><p>Sir</p>"


def _div(kind: str, inside: str = LETTER, tag: str = "div") -> str:
    typed = f' type="{kind}"' if kind else ""
    return f"<{tag}{typed}>{inside}</{tag}>"


@pytest.mark.parametrize(
    ("body", "units"),
    [
        # By name, in several languages and cases.
        (_div("Dokument", "<p>a</p>") + _div("Dokument", "<p>b</p>"), {"Dokument"}),
        (_div("chapitre", _div("pièce", "<p>a</p>") * 2), {"pièce"}),
        (_div("document", "<p>a</p>") * 2, {"document"}),
        (_div("letter", "<p>a</p>") * 2 + _div("treaty", "<p>b</p>"), {"letter", "treaty"}),
        # By what letters have.
        (_div("Nummer") * 3, {"Nummer"}),
        (_div("kapitel", _div("") * 2), {"<div>"}),
        (_div("year", _div("", tag="div2") * 2, tag="div1"), {"<div2>"}),
        (_div("Nummer") * 2 + _div("Stück") * 2, {"Nummer", "Stück"}),
        (_div("Nummer", LETTER + _div("enclosure")) * 2, {"Nummer"}),
        # One document: a letter with what belongs to it, or parts without any such.
        (_div("Nummer"), set()),
        (_div("Nummer") + _div("enclosure") * 2, set()),
        (_div("translation") * 2, set()),
        (_div("chapter", "<p>a</p>") * 4, set()),
        (_div("chapter") * 2 + _div("chapter", "<p>a</p>") * 4, set()),
        (_div("", _div("") * 2 + LETTER), set()),
        ("<!--" + _div("letter") * 2 + "--><p>a</p>", set()),
    ],
)
def test_units(body: str, units: set[str]) -> None:
    """Types known by name make documents; else those that open or close as letters do."""
    assert unit_types(f"<TEI><text><body>{body}</body></text></TEI>".encode()) == units


def test_a_described_letter_is_one_document() -> None:
    """A file whose header describes its letter is never cut."""
    data = f"<TEI><correspDesc/><text><body>{_div('Nummer') * 3}</body></text></TEI>"
    assert unit_types(data.encode()) == set()


def test_untyped_divisions_become_documents() -> None:
    """Documents without type or id are read each, with where they stand in the file."""
    read = volume(_div("chapter", _div("") * 2))
    assert [d.source.position for d in read.documents] == [
        "(//*[local-name()='div'][not(@type)])[1]",
        "(//*[local-name()='div'][not(@type)])[2]",
    ]
    assert len(single(_div("letter")).documents) == 1
