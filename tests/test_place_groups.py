"""Places of the index: names of one point are one place; generic words are none."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from regesta.describing.places.generic import is_generic
from regesta.edition import Edition
from regesta.edition.building.builder import build
from regesta.serving.app import create_app

VOLUME = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt>
<title>Papers</title></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/>
</sourceDesc></fileDesc></teiHeader><text><body>{letters}</body></text></TEI>
"""
LETTER = """<div type="document" xml:id="d{n}" n="{n}">
<head>Mr. {writer} to Mr. Harrow.</head>
<opener><dateline><placeName>{place}</placeName>, <date when="1868-06-{n:02d}">June {n}, 1868
</date></dateline></opener><p>A letter.</p></div>"""
WRITTEN = (
    ("Tokyo", "Kell"), ("Tokyo", "Kell"), ("Tokyo", "Kell"), ("Yedo", "Kell"), ("Tokyn", "Kell"),
    ("Lisben", "Arne"), ("Lisbon", "Berg"), ("Lisbon", "Berg"), ("Government", "Kell"),
)  # fmt: skip


@pytest.fixture(scope="module", name="edition")
def _edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    folder: Path = tmp_path_factory.mktemp("places")
    letters = "".join(
        LETTER.format(n=n, place=place, writer=writer)
        for n, (place, writer) in enumerate(WRITTEN, 1)
    )
    (folder / "papers.xml").write_text(VOLUME.format(letters=letters), encoding="utf-8")
    build([folder / "papers.xml"], folder / "e", workers=0)
    return Edition.open(folder / "e")


def test_names_of_one_place(edition: Edition) -> None:
    """An old name and a misprint of the same hand join; another hand's misprint stays apart."""
    groups = edition.places.groups()
    place = groups["yedo"]
    assert (place.main.label, place.count) == ("Tokyo", 5)
    assert [n.label for n in place.others] == ["Tokyn", "Yedo"]
    assert groups["tokyn"] == place
    assert "lisben" not in groups
    assert "lisbon" not in groups
    assert [n.label for n in edition.places.notes("yedo").others] == ["Tokyo", "Tokyn"]


def test_generic_words_are_no_entry(edition: Edition) -> None:
    """What names no place stands in no index."""
    assert {e.label for e in edition.index("place")} == {
        "Tokyo", "Yedo", "Tokyn", "Lisben", "Lisbon"
    }  # fmt: skip


def test_the_index_page(edition: Edition) -> None:
    """The page has the whole place with its names below, and says where an old name stands."""
    client = TestClient(create_app(edition))
    page = client.get("/places").text
    assert 'see <a href="/places/tokyo">Tokyo</a>' in page
    assert "All documents of the place" in client.get("/places/yedo").text
    assert client.get("/search?place=tokyo&place=yedo").status_code == 200


@pytest.mark.parametrize(
    ("name", "generic"),
    [
        ("Embassy", True), ("General Headquarters", True), ("Palace of the Government", True),
        ("Foreign Office", False), ("Legation of Norland", False), ("Paris", False), ("", False),
    ],
)  # fmt: skip
def test_is_generic(name: str, generic: bool) -> None:
    """Only a name without a word of its own is generic."""
    assert is_generic(name) is generic
