"""Citations in seven styles, with what is known and with what is not."""

import calendar
import json

import msgspec
import pytest

from regesta.documents import (
    Collection,
    Document,
    Fact,
    HistoricalDate,
    Mark,
    Note,
    Party,
    Place,
    Source,
)
from regesta.documents.dates import from_iso
from regesta.errors import UnknownValue
from regesta.exporting.citations.cite import STYLES, cite
from regesta.exporting.citations.cite_passage import Passage

VOLUME = Collection(
    id="ost01", title="Papers of Ostova", publisher="Harbour Press, Lisle", published="1910"
)


def fact(field: str, value: object) -> Fact:
    """A given fact."""
    return Fact(field, value, "given")  # type: ignore[arg-type]


def moment(day: str, time: str | None = None) -> HistoricalDate:
    """A date of one day."""
    found = from_iso(day + (f"T{time}" if time else ""))
    assert found is not None
    return found


def document(*facts: Fact, heading: str = "", id: str = "ost01/d101", pages: str = "") -> Document:
    """A document with these facts on these pages."""
    marks = tuple(Mark("page", i, i, value=n) for i, n in enumerate(pages.split()))
    return Document(
        id=id,
        collection=id.partition("/")[0],
        source=Source(path="x.xml", sha256="0"),
        text="The quay is calm.",
        heading=heading,
        facts=facts,
        marks=marks,
    )


TELEGRAM = document(
    fact("sender", Party(name="Harrow", office="Consul at Ostova")),
    fact("recipient", Party(office="Secretary of State")),
    fact("kind", "telegram"),
    fact("number", "521"),
    fact("place", Place("Ostova")),
    fact("date", moment("1903-05-02", "19:00")),
    heading="The Consul at Ostova (Harrow) to the Secretary of State.",
    pages="80 81 82",
)
BARE = document(id="ost01/annex")


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        (
            "note",
            "The Consul at Ostova (Harrow) to the Secretary of State, telegram no. 521, Ostova, "
            "2 May 1903, 7 p.m., Papers of Ostova, doc. 101, pp. 80–82.",
        ),
        (
            "chicago",
            "The Consul at Ostova (Harrow) to the Secretary of State, Ostova, 2 May 1903, 7 p.m., "
            "in Papers of Ostova (Harbour Press, Lisle, 1910), doc. 101, 80–82.",
        ),
        (
            "mla",
            "The Consul at Ostova (Harrow). “The Consul at Ostova (Harrow) to the Secretary of "
            "State.” 2 May 1903, 7 p.m. Papers of Ostova, Harbour Press, Lisle, 1910, doc. 101, "
            "pp. 80–82.",
        ),
        (
            "iso690",
            "HARROW. The Consul at Ostova (Harrow) to the Secretary of State. Ostova, 2 May 1903, "
            "7 p.m. In: Papers of Ostova. Harbour Press, Lisle, 1910, doc. 101, pp. 80–82.",
        ),
    ],
)
def test_styles_of_words(style: str, expected: str) -> None:
    """A full document in each style of words."""
    assert cite(TELEGRAM, VOLUME, style=style) == expected


@pytest.mark.parametrize(
    ("facts", "heading", "expected"),
    [
        ((), "Minutes of the harbour board.", "Minutes of the harbour board, Papers of Ostova."),
        ((fact("sender", Party(name="Lisle")),), "Letter", "Lisle, Papers of Ostova."),
        (
            (fact("sender", Party(name="Lisle")), fact("sender", Party(name="Ek"))),
            "",
            "Lisle and Ek, Papers of Ostova.",
        ),
        (
            (fact("date", moment("1903-05-02")), fact("publication", "Quay News, 3 May 1903.")),
            "2 May 1903",
            "2 May 1903, Quay News, 3 May 1903, Papers of Ostova.",
        ),
        ((), "", "Papers of Ostova."),
    ],
)
def test_unknown_parts_are_left_out(facts: tuple[Fact, ...], heading: str, expected: str) -> None:
    """What is not known leaves no gap and is never made up."""
    assert cite(document(*facts, heading=heading, id="ost01/annex"), VOLUME) == expected


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("chicago", "in Papers of Ostova (Lisle: Harbour Press, 1910), doc. 101, 80–82."),
        ("chicago-bibliography", "doc. 101, 80–82. Lisle: Harbour Press, 1910."),
        ("mla", "Papers of Ostova, Harbour Press, 1910, doc. 101, pp. 80–82."),
        ("iso690", "In: Papers of Ostova. Lisle: Harbour Press, 1910, doc. 101, pp. 80–82."),
    ],
)
def test_imprint(style: str, expected: str) -> None:
    """The town stands before the publisher, as the houses have it; in MLA it is left out."""
    volume = msgspec.structs.replace(VOLUME, publisher_place="Lisle")
    assert cite(TELEGRAM, volume, style=style).endswith(expected)


@pytest.mark.parametrize(
    ("heading", "printed"),
    [
        ("Treaty of commerce, signed at Lisle, May 2, 1903", ""),
        ("Treaty of commerce, signed at Lisle, 2 May 1903", ""),
        ("Treaty of commerce, signed at Lisle, the 2d of May, 1903", "the 2d of May, 1903"),
    ],
)
def test_date_of_a_heading_is_given_once(heading: str, printed: str) -> None:
    """Where the heading of a treaty says day and place, the citation does not say them again."""
    day = msgspec.structs.replace(moment("1903-05-02"), printed=printed)
    treaty = document(fact("date", day), fact("place", Place("Lisle")), heading=heading)
    assert cite(treaty, VOLUME) == f"{heading}, Papers of Ostova, doc. 101."
    other = document(fact("date", moment("1903-06-09")), heading=heading)
    assert f"{heading}, 9 June 1903, " in cite(other, VOLUME)


def test_an_enclosure_names_what_encloses_it() -> None:
    """An enclosed paper is cited with the document that encloses it, in every style."""
    enclosed = msgspec.structs.replace(TELEGRAM, id="ost01/x7", parent="ost01/d101")
    for style in ("note", "chicago", "chicago-bibliography", "mla", "iso690", "bibtex", "ris"):
        assert "nclosed in doc. 101" in cite(enclosed, VOLUME, style=style), style
        assert "nclosed" not in cite(TELEGRAM, VOLUME, style=style)


def test_bibtex() -> None:
    """Fields that are known, special characters of LaTeX escaped, names whole."""
    entry = cite(TELEGRAM, Collection(id="ost01", title="Papers & Notes"), style="bibtex")
    assert entry.startswith("@incollection{ost01:d101,\n  author = {{Harrow}},")
    assert r"booktitle = {Papers \& Notes}" in entry
    assert "pages = {80--82}" in entry
    assert "publisher" not in entry
    assert entry.count("{") == entry.count("}")


def test_ris() -> None:
    """One field a line between TY and ER, the day in RIS's form."""
    lines = cite(TELEGRAM, VOLUME, style="ris").split("\n")
    assert (lines[0], lines[-1]) == ("TY  - CHAP", "ER  - ")
    assert {"DA  - 1903/05/02", "SP  - 80", "EP  - 82", "PY  - 1910"} <= set(lines)
    assert all(line[2:6] == "  - " for line in lines)
    # To other programs A4 of a chapter is its translator, and CY the publisher's town.
    assert not any(line.startswith("A4") for line in lines)
    assert not any(line.startswith("CY") for line in lines)
    note = next(line for line in lines if line.startswith("N1"))
    assert note.startswith("N1  - to ")


def test_csl_json() -> None:
    """One item of CSL with literal names and the parts of the date that are known."""
    (item,) = json.loads(cite(TELEGRAM, VOLUME, style="csl-json"))
    assert item["type"] == "personal_communication"
    assert item["author"] == [{"literal": "Harrow"}]
    assert item["recipient"] == [{"literal": "Secretary of State"}]
    assert item["issued"] == {"date-parts": [[1903, 5, 2]]}
    month = document(fact("date", from_iso("1903-05")))
    assert json.loads(cite(month, VOLUME, style="csl-json"))[0]["issued"] == {
        "date-parts": [[1903, 5]]
    }


@pytest.mark.parametrize("style", STYLES)
def test_a_bare_document_can_be_cited(style: str) -> None:
    """A document of which nothing is known is cited without an invented word."""
    citation = cite(BARE, VOLUME, style=style)
    assert "Papers of Ostova" in citation
    assert "None" not in citation
    assert ", ," not in citation


def test_unknown_style() -> None:
    """The error lists the styles."""
    with pytest.raises(UnknownValue, match="note, chicago, chicago-bibliography, mla"):
        cite(BARE, VOLUME, style="apa")


NOTED = msgspec.structs.replace(
    TELEGRAM,
    text="One page. Another page.",
    marks=(Mark("page", 0, 0, value="80"), Mark("page", 10, 10, value="81")),
    notes=(Note("3", "Not printed.", 15),),
    facts=(*TELEGRAM.facts, fact("file_number", "861.51/381"), fact("repository", "Archive")),
)


@pytest.mark.parametrize(
    ("style", "passage", "expected"),
    [
        ("note", Passage(note=0), "doc. 101, p. 81, n. 3."),
        ("note", Passage(span=(0, 4)), "doc. 101, p. 80."),
        ("note", Passage(span=(5, 12)), "doc. 101, pp. 80–81."),
        ("chicago", Passage(note=0), "doc. 101, 81n3."),
        ("mla", Passage(note=0), "doc. 101, p. 81, n. 3."),
        ("iso690", Passage(span=(12, 20)), "doc. 101, p. 81."),
    ],
)
def test_passages(style: str, passage: Passage, expected: str) -> None:
    """A passage has the pages on which it stands, a note its mark as well."""
    assert cite(NOTED, VOLUME, style=style, passage=passage).endswith(expected)


def test_bibliography_source_and_link() -> None:
    """Chicago's bibliography inverts nothing that is no name; source and link close a citation."""
    assert cite(NOTED, VOLUME, style="chicago-bibliography") == (
        "The Consul at Ostova (Harrow). “The Consul at Ostova (Harrow) to the Secretary of State.” "
        "Ostova, 2 May 1903, 7 p.m. In Papers of Ostova, doc. 101, 80–81. Harbour Press, Lisle, "
        "1910."
    )
    made = cite(NOTED, VOLUME, source=True, link="https://x.org/documents/a/b")
    assert made.endswith("80–81. Source: Archive, 861.51/381. https://x.org/documents/a/b.")
    assert "Source" not in cite(BARE, VOLUME, source=True)
    assert cite(NOTED, VOLUME, style="ris", source=True) == cite(NOTED, VOLUME, style="ris")


def test_american_dates_in_any_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    """A heading's own date is known for one whatever language the machine speaks."""
    monkeypatch.setattr(calendar, "month_name", ["", *("Monat" for _ in range(12))])
    dated = document(fact("date", moment("1918-07-25")), heading="Minutes of July 25, 1918")
    assert cite(dated, VOLUME).count("1918") == 1
