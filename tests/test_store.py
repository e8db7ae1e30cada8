"""The record on disk: opened by any program, never changed in place, read by many threads."""

import sqlite3
import zlib
from pathlib import Path

import pytest
from shelf_sources import letter, volume

from regesta.edition import build
from regesta.edition.record.schema import SCHEMA_VERSION, TABLES
from regesta.edition.record.store import Draft, Record, record_version


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition of a volume and a letter."""
    place = tmp_path_factory.mktemp("store")
    volume(place / "s", "ost01")
    letter(place / "s", "a")
    build(place / "s", place / "e")
    return place / "e"


def test_any_program_can_open_it(folder: Path) -> None:
    """Plain SQLite: tables, views and a text that zlib unpacks."""
    with sqlite3.connect(folder / "record.sqlite") as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        views = db.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall()
        for (name,) in views:
            db.execute(f"SELECT * FROM {name}").fetchall()
        assert ("authors",) in views
        (packed,) = db.execute(
            "SELECT text FROM texts JOIN documents USING (n) WHERE id = 'ost01/d1'"
        ).fetchone()
        assert "The quay is calm. Item 1." in zlib.decompress(packed).decode()
        (facts,) = db.execute("SELECT count(*) FROM facts WHERE field = 'date'").fetchone()
        assert facts >= 4
    db.close()


def test_columns_are_explained(folder: Path) -> None:
    """The comments of the schema stand in the file itself."""
    with sqlite3.connect(folder / "record.sqlite") as db:
        (sql,) = db.execute("SELECT sql FROM sqlite_master WHERE name = 'documents'").fetchone()
    db.close()
    assert "-- collection/local-id" in sql
    assert sql.split("(")[0].strip() in TABLES


def test_version_stands_in_the_header(folder: Path, tmp_path: Path) -> None:
    """The schema's version is read from the first bytes; other files have none."""
    assert record_version(folder / "record.sqlite") == SCHEMA_VERSION
    (tmp_path / "text").write_text("no database")
    assert record_version(tmp_path / "text") is None
    sqlite3.connect(tmp_path / "other").execute("CREATE TABLE x (y)").connection.close()
    assert record_version(tmp_path / "other") is None


def test_a_record_cannot_be_written(folder: Path) -> None:
    """Serving never changes an edition."""
    record = Record(folder)
    with pytest.raises(sqlite3.OperationalError):
        record.rows("DELETE FROM documents")
    record.close()


def test_a_draft_is_nobodys_until_it_is_published(folder: Path, tmp_path: Path) -> None:
    """An abandoned draft leaves no trace; a published one is the record."""
    (tmp_path / "record.sqlite").write_bytes((folder / "record.sqlite").read_bytes())
    draft = Draft(tmp_path, keep=True)
    draft.set(title="Changed")
    draft.abandon()
    assert [path.name for path in tmp_path.iterdir()] == ["record.sqlite"]
    assert Record(tmp_path).meta["title"] != "Changed"
    draft = Draft(tmp_path, keep=True)
    draft.set(title="Changed")
    draft.index()
    draft.publish()
    assert Record(tmp_path).meta["title"] == "Changed"
    assert [path.name for path in tmp_path.iterdir()] == ["record.sqlite"]
