"""A browser keeps an answer as long as it holds, and no longer."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from regesta.edition import Edition, build
from regesta.edition.late import LateShelf
from regesta.serving.app import create_app

LETTER = "Mr. Berg to Mr. Lind.\n\nHalden, June 3, 1912.\n\nSir: {}\n"
ADDRESSES = ("/on/1912-06-03", "/documents/papers/one", "/api/documents/papers/one", "/", "/dates")


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """One letter that states an act."""
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "one.txt").write_text(LETTER.format("I protest against the closing of the port."))
    return folder


@pytest.fixture
def place(papers: Path, tmp_path: Path) -> Path:
    """An edition of it."""
    build(papers, tmp_path / "e", workers=0)
    return tmp_path / "e"


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_is_found_later_is_seen(
    address: str, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Acts and links are found after a build: then no page of before holds any more."""
    # A page has them found beside it, and here that could end between two of its answers.
    monkeypatch.setattr(LateShelf, "start", lambda self, wait: self.ready)
    with Edition.open(place) as edition:
        client = TestClient(create_app(edition))
        held = client.get(address).headers["etag"]
        assert client.get(address, headers={"if-none-match": held}).status_code == 304
        edition.acts.find(workers=0)
        edition.links.find(workers=0)
        assert client.get(address, headers={"if-none-match": held}).status_code == 200


def test_any_answer_that_is_held_will_do(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A client may ask whether anything is there at all, or name several answers."""
    monkeypatch.setattr(LateShelf, "start", lambda self, wait: self.ready)
    with Edition.open(place) as edition:
        client = TestClient(create_app(edition))
        for address in ADDRESSES:
            tag = client.get(address).headers["etag"]
            for held in ("*", f'"other", {tag}'):
                answer = client.get(address, headers={"if-none-match": held})
                assert answer.status_code == 304
