"""Permalinks: they never move, tell when the text has changed, and follow ids that moved."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from regesta.documents import Document, Note, Source
from regesta.edition import Edition, build
from regesta.edition.citing.permalinks import (
    Permalink,
    follow,
    permalink,
    read_permalink,
    version_of,
)
from regesta.errors import EditionError, QueryError, UnknownValue
from regesta.serving.app import create_app
from regesta.serving.cli.main import main

LETTER = (
    "Ole Lind to Ada Vane\n\nHalden, June 3, 1912.\n\nThe harbour is shut, and so is the quay.\n"
)


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edition]:
    """Two letters of one folder, of which one had other ids before."""
    place = tmp_path_factory.mktemp("permalinks")
    folder = place / "quay"
    folder.mkdir()
    (folder / "one.txt").write_text(LETTER, encoding="utf-8")
    (folder / "two.txt").write_text(LETTER.replace("June 3", "June 9"), encoding="utf-8")
    (folder / "edition.toml").write_text(
        'title = "The quay"\naddress = "https://quay.example.org/"\n'
        '[moved]\n"quay/7" = "quay/seven"\n"quay/seven" = "quay/one"\n"quay/a" = "quay/b"\n',
        encoding="utf-8",
    )
    build(folder, place / "e", workers=0)
    opened = Edition.open(place / "e")
    yield opened
    opened.close()


def test_version_is_of_text_and_notes() -> None:
    """What is described does not change it; a word or a note does."""
    one = Document(id="a/1", collection="a", source=Source("x", "0"), text="Words.")
    version = version_of(one)
    assert read_permalink(permalink(one.id, address="", version=version)).version == version
    assert version_of(msgspec.structs.replace(one, heading="Other")) == version
    assert version_of(msgspec.structs.replace(one, text="Word.")) != version
    assert version_of(msgspec.structs.replace(one, notes=(Note("1", "x"),))) != version


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("https://q.example.org/documents/a/b?v=0123456789ab", Permalink("a/b", "0123456789ab")),
        ("/documents/a/b%20c.xml#n3", Permalink("a/b c")),
        ("<http://127.0.0.1:8000/documents/a/b>.", Permalink("a/b")),
        ("documents/a", None),
        ("Lind to Vane, documents/a/b", None),
        ("http://[", None),
    ],
)
def test_read_permalink(words: str, expected: Permalink | None) -> None:
    """A pasted address is read, with or without its host, version, suffix or place."""
    assert read_permalink(words) == expected


def test_written_permalinks_are_read() -> None:
    """Passages and notes have their place in the address."""
    made = permalink("a/b c", address="https://x.org", version="0123456789ab", span=(3, 9))
    assert made == "https://x.org/documents/a/b%20c?v=0123456789ab&words=3-9#words"
    assert permalink("a/b", note=2) == "/documents/a/b#n3"
    assert read_permalink(made) == Permalink("a/b c", "0123456789ab")


def test_follow() -> None:
    """Several moves are one; a ring leads nowhere."""
    assert follow("a", {"a": "b", "b": "c"}) == "c"
    assert follow("c", {"a": "b", "b": "c"}) == ""
    assert follow("a", {"a": "b", "b": "a"}) == ""


def test_find_takes_permalinks_and_ids(edition: Edition) -> None:
    """A permalink leads to its document; an id of old to the one of now, and says so."""
    link = edition.permalink("quay/one")
    assert link.startswith("https://quay.example.org/documents/quay/one?v=")
    (found,) = edition.find(link)
    assert found.match is not None
    assert (found.match.id, found.match.differs) == ("quay/one", ())
    (old,) = edition.find("https://elsewhere.org/documents/quay/7?v=000000000000")
    assert old.match is not None
    assert (old.match.id, old.match.differs) == ("quay/one", ("version",))
    assert old.understood["moved to"] == "quay/one"
    assert edition.find("quay/nothing")[0].match is None


def test_pages_say_what_has_changed(edition: Edition) -> None:
    """The address with another version says that the text has changed; its own says nothing."""
    with TestClient(create_app(edition)) as client:
        version = edition.version("quay/one")
        same = client.get(f"/documents/quay/one?v={version}").text
        other = client.get("/documents/quay/one?v=0123456789ab").text
    assert "have changed since they were cited" not in same
    assert "have changed since they were cited (version 0123456789ab)" in other
    assert f"https://quay.example.org/documents/quay/one?v={version}" in same


def test_ids_of_old_are_redirected(edition: Edition) -> None:
    """Pages, downloads and API send on, with everything that was asked."""
    with TestClient(create_app(edition), follow_redirects=False) as client:
        for asked, there in [
            ("/documents/quay/7?v=0123456789ab", "/documents/quay/one?v=0123456789ab"),
            ("/documents/quay/seven.xml", "/documents/quay/one.xml"),
            ("/api/documents/quay/7", "/api/documents/quay/one"),
            ("/api/cite/quay/7?style=mla", "/api/cite/quay/one?style=mla"),
        ]:
            answer = client.get(asked)
            assert (answer.status_code, answer.headers["location"]) == (301, there)
        assert client.get("/documents/quay/77").status_code == 404
        assert client.get("/documents/quay/a").status_code in (301, 404)


def test_command_line_follows(edition: Edition) -> None:
    """`show` and `cite` follow an id of old and say so."""
    for command in ("show", "cite"):
        done = CliRunner().invoke(main, [command, str(edition.path), "quay/7"])
        assert done.exit_code == 0
        assert "quay/7 is quay/one now" in done.stderr


def test_cite_passages(edition: Edition) -> None:
    """A quotation is cited where it stands to the letter; its link leads to the words."""
    cited = edition.cite("quay/one", quotation="shut, and so is the quay", link=True)
    start = edition.document("quay/one").text.index("shut")
    assert f"&words={start}-" in cited
    with pytest.raises(QueryError, match="to the letter"):
        edition.cite("quay/one", quotation="shut, and so was the quay")
    with pytest.raises(UnknownValue, match="no note"):
        edition.cite("quay/one", note="3")
    with pytest.raises(UnknownValue, match="no characters"):
        edition.cite("quay/one", span=(5, 5000))


def test_a_malformed_address(tmp_path: Path) -> None:
    """An address that is none is named with the file."""
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "one.txt").write_text(LETTER, encoding="utf-8")
    (tmp_path / "s" / "edition.toml").write_text('address = "quay.example.org"\n')
    with pytest.raises(EditionError, match="address must be a web address"):
        build(tmp_path / "s", tmp_path / "e", workers=0)
