"""A server answers from the new state after a build."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from regesta.edition import Edition, build
from regesta.serving import following
from regesta.serving.app import create_app


def _served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """A folder with a paper, and its edition; servers look for a new state at every request."""
    monkeypatch.setattr(following, "EVERY", 0.0)
    papers, place = tmp_path / "papers", tmp_path / "e"
    papers.mkdir()
    (papers / "one.txt").write_text("Archangel, July 25, 1918.\n\nThe grain ships lie at anchor.")
    build(papers, place, workers=0)
    return papers, place


def test_a_build_is_seen_by_the_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A document added by a build is answered without a restart, under another tag."""
    papers, place = _served(tmp_path, monkeypatch)
    edition = Edition.open(place)
    app = create_app(edition)
    client = TestClient(app)
    before = client.get("/healthz")
    (papers / "two.txt").write_text("Archangel, July 26, 1918.\n\nThe cranes stand still.")
    build(papers, place, workers=0)
    after = client.get("/healthz", headers={"if-none-match": before.headers["etag"]})
    assert (before.json()["documents"], after.json()["documents"]) == (1, 2)
    edition.close()
    app.state.edition.close()


def test_a_lost_record_does_not_stop_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What stands there no longer, or is broken, leaves the server with what it has."""
    monkeypatch.setattr(following, "EVERY", 0.0)
    (tmp_path / "one.txt").write_text("Archangel, July 25, 1918.\n\nThe grain ships lie at anchor.")
    place = tmp_path / "e"
    build(tmp_path / "one.txt", place, workers=0)
    edition = Edition.open(place)
    client = TestClient(create_app(edition))
    (place / "record.sqlite").rename(place / "elsewhere")
    assert client.get("/healthz").status_code == 200
    (place / "record.sqlite").write_text("junk")
    assert client.get("/healthz").status_code == 200
    edition.close()


def test_an_edition_that_cannot_be_opened_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a new state cannot be opened now, the server answers from the old and looks again."""
    papers, place = _served(tmp_path, monkeypatch)
    edition = Edition.open(place)
    app = create_app(edition)
    client = TestClient(app)
    (papers / "two.txt").write_text("Archangel, July 26, 1918.\n\nThe cranes stand still.")
    build(papers, place, workers=0)

    def none_left(path: Path) -> Edition:
        raise OSError("too many open files")

    with monkeypatch.context() as patched:
        patched.setattr(following.Edition, "open", none_left)
        assert client.get("/healthz").json()["documents"] == 1
    assert client.get("/healthz").json()["documents"] == 2
    edition.close()
    app.state.edition.close()
