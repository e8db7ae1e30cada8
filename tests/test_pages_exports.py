"""Downloads: a file of what a search finds, whole, bounded, in any format."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from shelf_sources import letter, volume
from starlette.testclient import TestClient

from regesta.edition import Edition, build
from regesta.edition.parts import LatePart
from regesta.serving import waiting
from regesta.serving.app import create_app
from regesta.serving.pages import exports as pages_exports


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Three documents of a volume and two letters, served."""
    place = tmp_path_factory.mktemp("downloads")
    volume(place / "s", "ost01")
    letter(place / "s", "a")
    letter(place / "s", "b", date="")
    build(place / "s", place / "e", workers=0)
    edition = Edition.open(place / "e")
    with TestClient(create_app(edition)) as made:
        yield made
    edition.close()


def test_every_format_of_the_menu(client: TestClient) -> None:
    """Each is a file with a name, an ending and as many bytes as it says."""
    for form, _ in pages_exports.MENU:
        answer = client.get("/export", params={"format": form})
        assert answer.status_code == 200, answer.text
        assert 'filename="documents.' in answer.headers["content-disposition"]
        assert answer.headers["cache-control"] == "no-store"
        assert len(answer.content) > 50


def test_a_search_is_what_is_written(client: TestClient) -> None:
    """The filters of the search page hold here too, and the order is that of dates."""
    answer = client.get("/export", params={"format": "csv", "collection": "ost01"})
    rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    assert {row["collection"] for row in rows} == {"ost01"}
    assert 'filename="ost01.csv"' in answer.headers["content-disposition"]
    dates = [row["date_earliest"] for row in rows if row["date_earliest"]]
    assert dates == sorted(dates)
    none = client.get("/export", params={"format": "jsonl", "q": "nowhereatall"})
    assert (none.status_code, none.text) == (200, "")


def test_pages_offer_downloads(client: TestClient) -> None:
    """Search and collection have a menu; each of its addresses answers."""
    for page in ("/search?q=the&from=1900", "/collections/ost01"):
        text = client.get(page).text
        assert text.count('href="/export?format=') == len(pages_exports.MENU)
    assert (
        "/export?format=csv&amp;q=the&amp;from=1900" in client.get("/search?q=the&from=1900").text
    )


def test_a_document_in_further_formats(client: TestClient) -> None:
    """CSL-JSON, JSON-LD and EPUB of one document."""
    page = client.get("/documents/ost01/d1").text
    assert 'href="/documents/ost01/d1.epub"' in page
    (item,) = json.loads(client.get("/documents/ost01/d1.csl").text)
    assert item["id"] == "ost01/d1"
    graph = client.get("/documents/ost01/d1.jsonld").json()["@graph"]
    assert any(node.get("identifier") == "ost01/d1" for node in graph)
    book = zipfile.ZipFile(io.BytesIO(client.get("/documents/ost01/d1.epub").content))
    assert book.testzip() is None


@pytest.mark.parametrize(
    ("asked", "status", "words"),
    [
        ("format=docx", 404, "jsonl"),
        ("", 404, "csl-json"),
        ("format=csv&q=%22open", 400, ""),
        ("format=csv&from=yesterday", 400, ""),
    ],
)
def test_what_cannot_be(client: TestClient, asked: str, status: int, words: str) -> None:
    """Unknown formats list the known ones; a malformed search says what is wrong."""
    answer = client.get(f"/export?{asked}")
    assert answer.status_code == status
    assert words in answer.text


def test_too_many(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """More than one download has is refused with the way to get it."""
    monkeypatch.setattr(pages_exports, "MOST", 2)
    answer = client.get("/export?format=csv")
    assert answer.status_code == 400
    assert "regesta export writes any number" in answer.text


def test_sources_are_made(tmp_path: Path) -> None:
    """An edition without documents gives empty files."""
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "a.bin").write_bytes(b"\0\1\2")
    build(tmp_path / "s", tmp_path / "e", workers=0)
    edition = Edition.open(tmp_path / "e")
    with TestClient(create_app(edition)) as made:
        for form, _ in pages_exports.MENU:
            assert made.get(f"/export?format={form}").status_code == 200
    edition.close()


@pytest.mark.parametrize("form", ["acts-csv", "graphml"])
def test_no_download_waits_for_all_acts_or_links(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    """What is still being found is asked for again later; no request finds it by itself."""
    monkeypatch.setattr(LatePart, "progress", lambda self: (1, 5))
    monkeypatch.setattr(waiting, "READERS_WAIT", 0.0)
    answer = client.get("/export", params={"format": form})
    assert answer.status_code == 503
    assert answer.headers["retry-after"]
