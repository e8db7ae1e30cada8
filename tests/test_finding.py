"""Citations are read by their parts, and lead to one document or say that none is sure."""

from pathlib import Path

import pytest

from regesta.documents import Collection
from regesta.edition import Edition
from regesta.edition.building.builder import build
from regesta.edition.citing.citation_parts import CitationParts, arabic, read_citation, several
from regesta.edition.citing.volumes import cited_volumes, volume_of

PAGES = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt>
<title type="complete">Papers on the Harbour Question, 1912, Norland, Volume II</title></titleStmt>
<publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader>
<text><body><div type="chapter"><head>Closing of the harbour</head>
<div type="document" xml:id="d1" n="1"><pb n="10"/>
<head>The Minister in Norland (Berg) to the Secretary of State</head>
<opener><dateline>Halden, June 3, 1912, 7 p.m.</dateline></opener>
<p>41. The harbour was closed.</p></div>
<div type="document" xml:id="d2" n="2">
<head>The Minister in Norland (Berg) to the Secretary of State</head>
<opener><dateline>Halden, June 4, 1912.</dateline></opener>
<p>42. It is open.</p><pb n="11"/><p>More.</p></div>
<div type="document" xml:id="d3" n="3"><pb n="12"/>
<head>The Secretary of State to the Minister in Norland (Berg)</head>
<opener><dateline>Washington, June 4, 1912.</dateline></opener>
<p>17. Your 41.</p></div>
<div type="document" xml:id="d4" n="4"><pb n="13"/>
<head>The Secretary of State to the Minister in Norland (Berg)</head>
<opener><dateline>Washington, June 9, 1912.</dateline></opener>
<p>Your 42.</p></div>
<div type="document" xml:id="d5" n="5">
<head>The Secretary of State to the Minister in Norland (Berg)</head>
<opener><dateline>Washington, June 9, 1912.</dateline></opener>
<p>Your 42 again.</p></div>
</div></body></text></TEI>
"""


@pytest.fixture(scope="module", name="edition")
def _edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    folder = tmp_path_factory.mktemp("find")
    (folder / "harbour1912v02.xml").write_text(PAGES, encoding="utf-8")
    build([folder / "harbour1912v02.xml"], folder / "e", workers=0)
    return Edition.open(folder / "e")


@pytest.mark.parametrize(
    ("citation", "id"),
    [
        ("Berg to Secretary of State, telegram no. 41, June 3, 1912, Harbour, doc. 1", "d1"),
        ("Papers on the Harbour Question, 1912, Norland, vol. II, doc. 3", "d3"),
        ("Harbour Question 1912, Norland, II, Document 2, p. 10", "d2"),
        ("Berg to Sec. of State, 4 June 1912, Harbour Question, Norland II, 10–11", "d2"),
        ("Bqrg to the Secretary of State, Halden, 3 June 1912, 7 p.m.", "d1"),
        ("Secretary of State to Berg, June 4, 1912, Harbour Question 1912, p. 12", "d3"),
        ("The Secretary of State to the Minister in Norland (Berg), Washington, 4 June 1912", "d3"),
        ("Berg an den Secretary of State, 3. Juni 1912, Harbour Question, Nr. 41, S. 10", "d1"),
        ("SECRETARY OF STATE. Washington, 4 June 1912. In: Harbour Question, p. 12", "d3"),
    ],
)  # fmt: skip
def test_leads_to_its_document(edition: Edition, citation: str, id: str) -> None:
    """Every style leads there; a letter, a page or a day that is wrong is forgiven."""
    (found,) = edition.find(citation)
    assert found.match is not None, found
    assert found.match.id.endswith(f"/{id}"), found


@pytest.mark.parametrize(
    "citation",
    [
        "Secretary of State to Berg, June 9, 1912, Harbour Question 1912",
        "Metternich to Talleyrand, 3 May 1814, Congress Papers, vol. I, p. 400",
        "Harbour Question",
        "p. 10",
        "…",
    ],
)
def test_says_that_none_is_sure(edition: Edition, citation: str) -> None:
    """Two that fit as well, another book, or next to nothing name no document."""
    (found,) = edition.find(citation)
    assert found.match is None


def test_twins_are_both_listed(edition: Edition) -> None:
    """Where two fit as well, both are candidates."""
    (found,) = edition.find("Secretary of State to Berg, June 9, 1912, Harbour Question 1912")
    assert {match.id.rpartition("/")[2] for match in found.candidates[:2]} == {"d4", "d5"}


def test_says_what_agrees(edition: Edition) -> None:
    """Each match says which parts fit and which do not."""
    (found,) = edition.find(
        "Berg to Secretary of State, no. 99, 3 June 1912, Harbour Question, p. 10"
    )
    assert found.match is not None
    assert {"date", "page", "sender", "recipient", "collection"} <= set(found.match.agrees)
    assert found.match.differs == ("number",)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("one, p. 1\ntwo, p. 2\n\n", 2),
        ("Berg, June 3, 1912, p. 10; Berg, June 4, 1912, p. 11", 2),
        ("Berg to Lind; telegram no. 4", 1),
        (" \n", 0),
    ],
)
def test_several(text: str, count: int) -> None:
    """Lines are citations, and so are parts between semicolons that name numbers."""
    assert len(several(text)) == count


@pytest.mark.parametrize(
    ("word", "number"),
    [("III", 3), ("iv", 4), ("XLII", 42), ("17", 17), ("", 0), ("mix", 0), ("vol", 0), ("iix", 0)],
)
def test_arabic(word: str, number: int) -> None:
    """Roman numerals of volumes are read, other words are none."""
    assert arabic(word) == number


def test_the_parts() -> None:
    """Marked numbers are what their marks say; a day's numbers are no pages."""
    parts = read_citation(
        "Berg to Lind, tel. no. 41, June 3, 1912, 7 p.m., 763.72/118, Papers, vol. II, doc. 5, "
        "pp. 345–7"
    )
    assert parts == CitationParts(
        text=parts.text,
        dates=("1912-06-03",),
        time="19:00",
        documents=("5",),
        numbers=("41",),
        pages=((345, 347),),
        bare=parts.bare,
        volumes=(2,),
        files=("763.72/118",),
        words=parts.words,
        before=("berg",),
        after=parts.after,
    )
    assert "lind" in parts.after


def test_empty_edition(tmp_path: Path) -> None:
    """An edition of one scrap answers too."""
    (tmp_path / "scrap.txt").write_text("Some words that nobody dated.\n", encoding="utf-8")
    build([tmp_path / "scrap.txt"], tmp_path / "e", workers=0)
    (found,) = Edition.open(tmp_path / "e").find("Berg, 3 June 1912")
    assert (found.match, found.candidates) == (None, ())


def test_a_day_off_by_one_is_a_slip(edition: Edition) -> None:
    """The day before, on the right page: a slip. The page of a neighbour: nobody can tell."""
    (found,) = edition.find(
        "Secretary of State to Berg, June 5, 1912, Harbour Question 1912, p. 12"
    )
    assert found.match is not None
    assert found.match.id.endswith("/d3")
    (open_,) = edition.find("Berg to Secretary of State, June 4, 1912, Harbour Question 1912, 10")
    assert open_.match is None or open_.match.id.endswith("/d2")


def test_a_semicolon_within_a_citation(edition: Edition) -> None:
    """A line that leads nowhere in its parts is one citation; one of several stays several."""
    line = (
        "Secretary of State to Berg, 41 and 1912; Washington, June 4, 1912, Harbour Question, p. 12"
    )
    (found,) = edition.find(line)
    assert found.match is not None
    assert found.match.id.endswith("/d3")
    two = edition.find(
        "Berg to Secretary of State, no. 41, June 3, 1912, doc. 1; Harbour Question, doc. 3"
    )
    assert len(two) == 2


VOLUME = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt>
<title type="complete">{title}</title></titleStmt>
<publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader>
<text><body>{documents}</body></text></TEI>
"""
LETTER = """<div type="document" xml:id="d{n}" n="{n}"><pb n="{page}"/>
<head>The Minister in {land} (Berg) to the Foreign Minister (Lind)</head>
<opener><dateline>Halden, June {n}, {year}.</dateline></opener><p>A letter.</p>{more}</div>"""
TITLES = {
    "nor1901": "Papers on the Foreign Affairs of Norland, 1901",
    "nor1902v01": "Papers on the Foreign Affairs of Norland, 1902, Volume I",
    "nor1902v02": "Papers on the Foreign Affairs of Norland, 1902, The Fisheries, Volume II",
    "nor1903Supp2v02": "Papers on the Foreign Affairs of Norland, 1903, Supplement 2, Volume II",
}


@pytest.fixture(scope="module", name="series")
def _series(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    folder = tmp_path_factory.mktemp("series")
    for id, title in TITLES.items():
        more = '<pb n="40"/><p>More.</p>'
        letters = "".join(
            LETTER.format(n=n, page=10 * n, land="Norland", year=id[3:7], more=more * (n == 3))
            for n in range(1, 6)
        )
        text = VOLUME.format(title=title, documents=letters)
        (folder / f"{id}.xml").write_text(text, encoding="utf-8")
    build([folder], folder / "e", workers=0)
    return Edition.open(folder / "e")


@pytest.mark.parametrize(
    ("citation", "id"),
    [
        ("NOR 1901, doc. 4", "nor1901/d4"),
        ("NOR 1902, II, 20", "nor1902v02/d2"),
        ("NOR, 1902, vol. I, p. 20", "nor1902v01/d2"),
        ("Papers on the Foreign Affairs of Norland, 1901, p. 50", "nor1901/d5"),
        ("Foreign Affairs 1902, I, doc. 3", "nor1902v01/d3"),
        ("NOR 1903, Supplement 2, II, 20", "nor1903Supp2v02/d2"),
        ("Berg to Lind, June 2, 1902, NOR 1902, II, 20", "nor1902v02/d2"),
        ("NOR 1901, 30–40", "nor1901/d3"),
        # Two documents on that page; two volumes of that year; no such volume, year, supplement.
        ("NOR 1901, p. 40", None),
        ("NOR 1902, doc. 3", None),
        ("NOR 1902, III, 20", None),
        ("NOR 1907, doc. 3", None),
        ("NOR 1903, II, 20", None),
        ("NOR 1903, Supplement 1, vol. II, p. 20", None),
        ("NOR 1902, Supplement, vol. II, doc. 2", None),
        ("Lind to Berg, June 2, 1902, NOR 1902, II, 20", None),
        ("Lind to the Minister in Norland, June 4, 1901, NOR 1901, doc. 4", None),
    ],
)
def test_a_year_after_the_series_is_the_volume(
    series: Edition, citation: str, id: str | None
) -> None:
    """Series, year and number name the volume; another volume or the other direction is none."""
    (found,) = series.find(citation)
    assert (found.match.id if found.match else None) == id, found


def test_says_which_volume_was_read(series: Edition) -> None:
    """The year is no date, the bare number after the volume a page."""
    (found,) = series.find("NOR 1902, II, 20")
    assert found.understood == {"page": "20", "volume": "NOR 1902, vol. 2"}


def test_several_volumes_of_a_year_are_all_listed(series: Edition) -> None:
    """Where the number of the volume is missing, the documents of both are candidates."""
    (found,) = series.find("NOR 1902, doc. 3")
    assert {match.id for match in found.candidates} >= {"nor1902v01/d3", "nor1902v02/d3"}


def test_a_volume_of_another_title_stands_in_its_series() -> None:
    """The id tells the series: a volume may be called a message, and is cited as the series."""
    message = volume_of(Collection("frus1861", "Message of the President to the two Houses"))
    for cited in (
        "FRUS 1861, p. 71",
        "F.R.U.S. 1861, p. 71",
        "Foreign Relations, 1861, p. 71",
        "For. Rel., 1861, p. 71",
        "U.S., Foreign Rel. 1861, p. 71",
    ):
        found = cited_volumes(read_citation(cited), [message])
        assert found is not None
        assert found.sure == {"frus1861"}


ACTS = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt>
<title>Akten der Hafengesandtschaft</title></titleStmt><publicationStmt><p/></publicationStmt>
<sourceDesc><p/></sourceDesc></fileDesc></teiHeader><text><body>
<div type="Brief" xml:id="a"><head>Nr. 1</head><head>Graf Berg an Minister Vane: Bericht.</head>
<opener><dateline>Halden, den 3. Juni 1871</dateline></opener><p>Nein.</p></div>
<div type="Brief" xml:id="b"><head>Nr. 2</head><head>Minister Vane an Graf Berg: Weisung.</head>
<opener><dateline>Alba, den 9. Juni 1871</dateline></opener><p>Doch.</p></div>
</body></text></TEI>"""


def test_a_volume_and_a_number_are_enough(tmp_path: Path) -> None:
    """A citation that names nobody does not differ from a document in its parties."""
    (tmp_path / "hafen12.xml").write_text(ACTS, encoding="utf-8")
    build([tmp_path / "hafen12.xml"], tmp_path / "e", workers=0)
    found = Edition.open(tmp_path / "e")
    (finding,) = found.find("Akten der Hafengesandtschaft, Bd. 12, Nr. 2")
    assert finding.match is not None
    assert (finding.match.id, finding.match.differs) == ("hafen12/b", ())
    (other,) = found.find("Oskar Holm, Akten der Hafengesandtschaft, Bd. 12, Nr. 2")
    assert other.match is None or other.match.differs
