"""Who wrote to whom: a name that several persons bear is several nodes, and says so on its page."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from regesta.edition import Edition
from regesta.edition.building.builder import build
from regesta.errors import UnknownValue
from regesta.serving.app import create_app

VOLUME = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt>
<title>Papers of {year}</title></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/>
</sourceDesc></fileDesc></teiHeader><text><body>{letters}</body></text></TEI>
"""
LETTER = """<div type="document" xml:id="d{n}" n="{n}">
<head>Mr. Kell to Mr. Harrow.</head><opener><dateline>{place}, June {n}, {year}.</dateline></opener>
<p>A letter.</p><closer><signed>{signed}</signed></closer></div>"""


@pytest.fixture(scope="module", name="edition")
def _edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    folder = tmp_path_factory.mktemp("network")
    for year, place, signed in ((1861, "Lisbon", "P. H. KELL."), (1882, "Quito", "EDWIN V. KELL.")):
        letters = "".join(
            LETTER.format(n=n, place=place, year=year, signed=signed) for n in range(1, 4)
        )
        text = VOLUME.format(year=year, letters=letters)
        (folder / f"papers{year}.xml").write_text(text, encoding="utf-8")
    build([folder], folder / "e", workers=0)
    return Edition.open(folder / "e")


def test_namesakes_are_apart(edition: Edition) -> None:
    """Two bearers of a surname are two in the network, each with his own years and documents."""
    ties = [t for t in edition.network.ties() if "kell" in t.sender]
    slips = list(edition.ids())
    assert {(t.first, t.last) for t in edition.network.ties(slips=slips)} == {(None, None)}
    assert [(t.sender, t.documents, t.first) for t in ties] == [
        ("person:kell-edwin-v", 3, "1882-06-01"),
        ("person:kell-p-h", 3, "1861-06-01"),
    ]
    talk = edition.network.conversation(ties[0].sender, ties[0].recipient)
    assert (talk.total, talk.labels[0]) == (3, "Kell, Edwin V.")
    assert all(mine and r.id.startswith("papers1882/") for r, mine in talk.documents)
    both = edition.network.conversation("kell", "harrow")
    assert both.total == 6
    with pytest.raises(UnknownValue):
        edition.network.conversation("person:kell-nobody", "harrow")


def test_an_entry_of_several_names_each(edition: Edition) -> None:
    """The entry says whose name it is, with years, and leads to each person."""
    persons = edition.authorities.entry_persons("author", "kell")
    assert {(p.label, p.first) for p in persons} == {
        ("Kell, Edwin V.", "1882-06-01"),
        ("Kell, P. H.", "1861-06-01"),
    }
    page = TestClient(create_app(edition)).get("/authors/kell").text
    assert "Two persons stand under this name" in page
    assert "/persons/kell-p-h" in page
    assert 'href="/persons/kell-edwin-v"' in TestClient(create_app(edition)).get("/network").text


def test_volumes_are_read(tmp_path: Path) -> None:
    """A name of one person stays the entry that it was."""
    letter = LETTER.format(n=1, place="Quito", year=1882, signed="EDWIN V. KELL.")
    (tmp_path / "p.xml").write_text(VOLUME.format(year=1882, letters=letter), encoding="utf-8")
    build([tmp_path / "p.xml"], tmp_path / "e", workers=0)
    assert [t.sender for t in Edition.open(tmp_path / "e").network.ties()] == ["kell"]
