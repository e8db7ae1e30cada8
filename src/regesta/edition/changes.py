"""When documents changed, and which are gone: a ledger beside the record, for harvesters.

What comes in is a built edition; out go changes in the order of ids. The ledger is brought up to
date when it is first asked after a build: a document is stamped with that build where it is new,
altered or gone. Nobody harvested in between, so no change is missed. What left the edition before
the ledger was begun is not known, and a ledger that was deleted begins anew.
"""

import hashlib
import secrets
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from regesta.documents import Value
from regesta.edition.record.store import Record
from regesta.edition.writing import unwritable
from regesta.errors import EditionBusy, EditionError

FILE = "changes.sqlite"
_TABLES = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS changes (
  id TEXT PRIMARY KEY,
  collection TEXT NOT NULL,
  kind TEXT NOT NULL,
  stamp TEXT NOT NULL,
  gone INTEGER NOT NULL,
  digest BLOB NOT NULL
) WITHOUT ROWID;
"""
_LOCKED = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_WHERE = (
    "id > ? AND stamp >= ? AND stamp <= ? AND (? = '' OR collection = ?) "
    "AND (? = '' OR kind = ?) AND (? = 0 OR kind <> '')"
)


class Change(Value, frozen=True):
    """The last change of a document.

    Attributes:
        stamp: When the edition was built that brought it, UTC, ``YYYY-MM-DDThh:mm:ssZ``.
        gone: Whether it has left the edition.
    """

    id: str
    collection: str
    kind: str
    stamp: str
    gone: bool = False


class ChangeFilter(Value, frozen=True):
    """Which changes are asked for; "" stands for all.

    Attributes:
        first, last: Stamps, inclusive.
        with_kind: Only documents of a known kind.
    """

    first: str = ""
    last: str = ""
    collection: str = ""
    kind: str = ""
    with_kind: bool = False


class ChangeLedger:
    """The ledger of an edition, up to date with its record; safe to share between threads."""

    def __init__(self, folder: Path, record: Record) -> None:
        self._lock = threading.Lock()
        self._db = self._open(folder)
        build = " ".join(record.meta.get(key, "") for key in ("built", "search", "counts"))
        if self._meta("build") != build:
            try:
                self._update(record, build, _stamp(record.meta["built"]))
            except sqlite3.Error as error:
                raise _refused(folder / FILE, error) from None
        self.secret = self._meta("secret")
        """Random, made with the ledger: it seals what a harvester brings back."""

    @staticmethod
    def _open(folder: Path) -> sqlite3.Connection:
        """Open the file, or a ledger in memory where the folder cannot be written.

        Raises:
            EditionBusy: Another process keeps the file locked.
            EditionError: It cannot be read.
        """
        try:
            return _begun(str(folder / FILE))
        except sqlite3.Error as error:
            if unwritable(error):
                return _begun(":memory:")
            raise _refused(folder / FILE, error) from None

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _meta(self, key: str) -> str:
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else ""

    def _update(self, record: Record, build: str, stamp: str) -> None:
        """Compare the record with the ledger, and stamp what differs."""
        db = self._db
        with self._transaction():
            if self._meta("build") == build:
                return  # another process has done it
            known = dict(db.execute("SELECT id, digest FROM changes WHERE gone = 0"))
            rows = record.stream(
                "SELECT d.id, d.collection, d.kind, t.text, t.rest "
                "FROM documents d JOIN texts t USING (n)"
            )
            changed = _changed(rows, known, stamp)
            db.executemany("INSERT OR REPLACE INTO changes VALUES (?, ?, ?, ?, 0, ?)", changed)
            gone = [(stamp, id) for id in known]
            db.executemany("UPDATE changes SET gone = 1, stamp = ? WHERE id = ?", gone)
            db.execute("INSERT OR REPLACE INTO meta VALUES ('build', ?)", (build,))

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def page(self, asked: ChangeFilter, *, after: str = "", limit: int = 100) -> list[Change]:
        """Changes with ids after one, in the order of ids."""
        with self._lock:
            rows = self._db.execute(
                f"SELECT id, collection, kind, stamp, gone FROM changes WHERE {_WHERE} "
                "ORDER BY id LIMIT ?",
                (*_values(asked, after), limit),
            ).fetchall()
        return [_change(row) for row in rows]

    def count(self, asked: ChangeFilter) -> int:
        """How many changes a filter lets through."""
        with self._lock:
            row = self._db.execute(
                f"SELECT count(*) FROM changes WHERE {_WHERE}", _values(asked, "")
            ).fetchone()
        return int(row[0])

    def change(self, id: str) -> Change | None:
        """The last change of a document, or None for one that never was here."""
        with self._lock:
            row = self._db.execute(
                "SELECT id, collection, kind, stamp, gone FROM changes WHERE id = ?", (id,)
            ).fetchone()
        return _change(row) if row else None

    def earliest(self) -> str:
        """The earliest stamp, or "" where nothing was ever here."""
        with self._lock:
            return self._db.execute("SELECT min(stamp) FROM changes").fetchone()[0] or ""

    def values(self, name: str) -> list[str]:
        """The collections ("collection") or kinds ("kind") that documents have or had."""
        column = {"collection": "collection", "kind": "kind"}[name]
        with self._lock:
            rows = self._db.execute(
                f"SELECT DISTINCT {column} FROM changes WHERE {column} <> '' ORDER BY 1"
            ).fetchall()
        return [value for (value,) in rows]


def _begun(place: str) -> sqlite3.Connection:
    db = sqlite3.connect(place, isolation_level=None, check_same_thread=False)
    try:
        db.executescript(_TABLES)
        db.execute("BEGIN IMMEDIATE")
        db.execute("INSERT OR IGNORE INTO meta VALUES ('secret', ?)", (secrets.token_hex(),))
        db.execute("COMMIT")
    except BaseException:
        db.close()
        raise
    return db


def _refused(path: Path, error: sqlite3.Error) -> EditionError:
    if getattr(error, "sqlite_errorcode", -1) & 0xFF in _LOCKED:
        return EditionBusy(f"{path}: another process is writing to it", "ask again in a moment")
    hint = "where it is broken, move it away: harvesters then harvest everything once more"
    return EditionError(f"{path}: cannot be brought up to date: {error}", hint)


def _change(row: tuple[str, str, str, str, int]) -> Change:
    id, collection, kind, stamp, gone = row
    return Change(id, collection, kind, stamp, bool(gone))


def _values(asked: ChangeFilter, after: str) -> tuple[object, ...]:
    return (
        after, asked.first, asked.last or "9", asked.collection, asked.collection,
        asked.kind, asked.kind, int(asked.with_kind),
    )  # fmt: skip


def _changed(
    rows: Iterator[tuple[str, str, str, bytes, bytes]], known: dict[str, bytes], stamp: str
) -> Iterator[tuple[str, str, str, str, bytes]]:
    """Rows of what is new or altered; what is still here leaves ``known``."""
    for id, collection, kind, text, rest in rows:
        digest = hashlib.blake2b(text + b"\0" + rest, digest_size=12).digest()
        if known.pop(id, b"") != digest:
            yield id, collection, kind, stamp, digest


def _stamp(built: str) -> str:
    """The moment of a build to the second, UTC."""
    return built[:19].ljust(19, "0") + "Z" if "T" in built else f"{built[:10]}T00:00:00Z"
