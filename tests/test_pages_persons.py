"""Pages of persons, offices and powers: what they show, and that they escape it."""

import json
from pathlib import Path

import pytest
from fake_edition import FakeEdition
from shelf_sources import letter, volume
from starlette.testclient import TestClient

from regesta.edition import Edition, build
from regesta.serving.app import create_app
from regesta.serving.pages.persons import decision
from regesta.serving.pages.tenures import plate


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """The reading room of a small edition."""
    folder = tmp_path_factory.mktemp("persons")
    volume(folder / "sources", "ost01", documents=6)
    letter(folder / "sources", "a")
    letter(folder / "sources", "b", sender='Anna "Anne" <b>Lisle</b>', date="1903-05-07")
    build(folder / "sources", folder / "e", workers=0)
    return TestClient(create_app(Edition.open(folder / "e")))


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/persons", ["Harrow, Edmund T.", "Lisle, Anna"]),
        ("/persons?begins=L", ["Lisle, Anna"]),
        ("/persons?begins=Zz", ["No name begins with"]),
        ("/persons/harrow-edmund-t", ["Consul at Ostova", "Why these names are one", "[[merge]]"]),
        ("/persons/harrow-edmund-t?role=author", ["written (6)"]),
        ("/persons/harrow-edmund-t?from=1903&to=1903", ["of 1903 only"]),
        ("/offices", ["Consul at Ostova"]),
        ("/offices/consul-at-ostova", ["Harrow, Edmund T.", "1 May 1903", "The succession"]),
        ("/powers", ["Powers"]),
    ],
)
def test_pages_answer(client: TestClient, path: str, words: list[str]) -> None:
    """Each page shows what it is about."""
    answer = client.get(path)
    assert answer.status_code == 200
    for word in words:
        assert word in answer.text, word


@pytest.mark.parametrize("path", ["/persons/nobody", "/offices/none", "/powers/nowhere"])
def test_what_is_not_there_is_named(client: TestClient, path: str) -> None:
    """An unknown id is a 404 with a page, over HTTP with a message."""
    assert client.get(path).status_code == 404
    answer = client.get(f"/api{path}")
    assert answer.status_code == 404
    assert answer.json()["error"]["message"]


def test_names_are_escaped(client: TestClient) -> None:
    """Mark-up in a name is shown, never obeyed."""
    found = client.get("/api/persons?prefix=Lisle").json()
    for person in found:
        assert "<b>" not in client.get(f"/persons/{person['id']}").text
    assert "<b>" not in client.get("/persons").text


def test_the_document_says_who_held_the_office(client: TestClient) -> None:
    """A named party leads to its page."""
    text = client.get("/documents/ost01/d2").text
    assert '<a href="/persons/harrow-edmund-t">' in text


def test_the_api_says_who_held_an_office(client: TestClient) -> None:
    """A day between two documents names the holder with both; another day names nobody."""
    ask = "/api/office-holder?office=the Consul at Ostova&on="
    found = client.get(f"{ask}1903-05-02").json()
    assert (found["person"], found["confidence"] > 0.9) == ("harrow-edmund-t", True)
    assert found["before"].startswith("ost01/")
    assert client.get(f"{ask}1950-05-02").json()["person"] is None
    assert client.get("/api/office-holder?office=x").status_code == 400


def test_indexes_list_persons_and_offices(client: TestClient) -> None:
    """The indexes of persons and offices have the form of every index."""
    rows = client.get("/api/index/person?prefix=Harrow").json()
    assert [(r["label"], r["count"]) for r in rows] == [("Harrow, Edmund T.", 8)]
    offices = client.get("/api/index/office").json()
    assert any(r["id"] == "consul-at-ostova" for r in offices)
    assert client.get("/api/index/power").status_code == 200


def test_decisions_are_written_as_toml() -> None:
    """What is to be pasted is TOML whatever the name holds."""
    import tomllib

    lines = decision("split", {"person": "x", "name": 'A "B" \\ C'})
    assert tomllib.loads(lines)["split"][0]["name"] == 'A "B" \\ C'
    assert json.dumps("é", ensure_ascii=False) in decision("rename", {"name": "é"})


def test_no_tenures_draw_nothing() -> None:
    """An empty plate is no plate."""
    assert plate([], lambda t: t.office, lambda t: "") == ""


def test_holder_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command names the holder and the documents that show it."""
    from regesta.serving.cli.main import main

    volume(tmp_path / "s", "ost01", documents=6)
    build(tmp_path / "s", tmp_path / "e", workers=0)
    for options, words in (
        (["--on", "1903-05-02"], "harrow-edmund-t"),
        ([], "1903-05-06"),
        (["--on", "1903-05-02", "--json"], '"confidence"'),
    ):
        with pytest.raises(SystemExit) as ended:
            main(["holder", str(tmp_path / "e"), "Consul at Ostova", *options])
        assert ended.value.code == 0
        assert words in capsys.readouterr().out


def test_the_network_of_powers_says_what_it_leaves_out() -> None:
    """A network that shows few of the documents says of how many, by decade, and why."""
    client = TestClient(create_app(FakeEdition()))
    page = client.get("/network?between=powers").text
    assert (
        "Of 42 documents that name an author and a recipient, 3 are counted here. 1 passes" in page
    )
    assert "Of 38 it is not known for which power" in page
    assert "<td>1910–1919</td>" in page
    assert "<td>undated</td>" in page
    assert "are counted here" not in client.get("/network").text
