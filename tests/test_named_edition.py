"""Names in all texts, found once after a build: the same as one by one, and only what changed."""

import errno
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from shelf_sources import letter, volume

from regesta.edition import Edition, build
from regesta.edition.named import shelf as named_shelf
from regesta.edition.named import stage as named_stage
from regesta.edition.named.store import BUILDING, FILE
from regesta.edition.naming import NameInText


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    """An edition of a volume with a list of persons, and of letters of another collection."""
    sources = tmp_path / "sources"
    volume(sources, "ostova", words="Mr. Harrow told Colonel Quill of Mrs. Harrow at Liverpool.")
    letter(sources, "one", words="Captain Marlow saw Mr. Harrow and Mr. Pell at Ostova.")
    letter(sources, "two", words="The ships have left.")
    build([sources], tmp_path / "edition", workers=0)
    return tmp_path / "edition"


@pytest.fixture(name="edition")
def _edition(folder: Path) -> Iterator[Edition]:
    with Edition.open(folder) as edition:
        yield edition


def told(edition: Edition) -> dict[str, list[NameInText]]:
    """The names of every document."""
    return {id: edition.names(id) for id in edition.ids()}


def test_names_found_at_once_are_those_found_one_by_one(edition: Edition) -> None:
    """What is kept gives the same names as looking for them, in the text and in part of it."""
    assert not edition.names.ready
    before = told(edition)
    document = edition.document("ostova/d1")
    some = edition.names.of(document, longest=40, notes=False, given=False)
    edition.names.find()
    assert edition.names.ready
    assert told(edition) == before
    assert edition.names.of(document, longest=40, notes=False, given=False) == some
    assert any(names for names in before.values())
    assert (edition.path / FILE).is_file()


def test_only_what_changed_is_read_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a change of one letter the other collection is not read again, and names are new."""
    with Edition.open(folder) as edition:
        edition.names.find()
    letter(folder.parent / "sources", "two", words="Mr. Quarles has left with Captain Marlow.")
    build([folder.parent / "sources"], folder, workers=0)
    read: list[int] = []
    kept = named_stage._read
    monkeypatch.setattr(
        named_stage, "_read", lambda r, namer, n: read.append(n) or kept(r, namer, n)
    )
    with Edition.open(folder) as edition:
        assert not edition.names.ready
        before = told(edition)
        edition.names.find()
        assert told(edition) == before
    assert len(read) == 1
    assert ["Mr. Quarles", "Captain Marlow"] in [[n.words for n in x] for x in before.values()]


def test_a_killed_stage_goes_on(edition: Edition) -> None:
    """What was found before the stage was killed is not lost, and not taken for the whole."""

    def kill(done: int, total: int, name: str) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        named_stage.write_names(edition.path, edition._record, progress=kill, workers=0)
    db = sqlite3.connect(edition.path / BUILDING)
    assert db.execute("SELECT count(*) FROM found").fetchone()[0]
    db.close()
    assert not edition.names.ready
    edition.names.find()
    assert edition.names.ready


@pytest.mark.parametrize("name", [FILE, BUILDING])
def test_a_broken_file_is_made_anew(edition: Edition, name: str) -> None:
    """A file that is no database is no hindrance."""
    before = told(edition)
    (edition.path / name).write_text("no database" * 1000)
    edition.names.find()
    assert told(edition) == before
    assert edition.names.ready


def test_a_folder_that_cannot_be_written(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    """The names are then kept in memory."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EROFS, "read-only")

    before = told(edition)
    monkeypatch.setattr(named_shelf, "write_names", refuse)
    edition.names.find()
    assert told(edition) == before
    assert edition.names.ready
    assert not (edition.path / FILE).exists()


def test_names_that_another_found_are_seen(edition: Edition) -> None:
    """What is kept of another state is passed over until the right one is in its place."""
    sqlite3.connect(edition.path / FILE).close()
    assert not edition.names.ready
    assert not edition.names.ready
    with Edition.open(edition.path) as other:
        other.names.find()
    assert edition.names.ready
