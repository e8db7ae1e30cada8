"""The record on disk: opening `record.sqlite` for reading, and writing the next one beside it.

A record is never changed in place. A build works on a copy that nobody else sees and then puts it
in the place of the last in one step. Whoever has a record open goes on with the one that was there
when it was opened, whole, however often the edition is built meanwhile; to see what was built, it
is opened again.
"""

import os
import shutil
import sqlite3
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from regesta.edition.building.rows import Row, Rows, numbers_of
from regesta.edition.record.schema import INDEXES, SCHEMA_VERSION, TABLES, VIEWS
from regesta.errors import EditionError, EditionVersionError, NotAnEdition

RECORD = "record.sqlite"
BUILDING = "record.building"
#: Folder of the search indexes; the record names the one that belongs to it.
SEARCH = "search"
#: "REGE": marks a SQLite file as a record of ours.
APPLICATION_ID = 0x52454745
#: Tables whose rows belong to a document, by the column that holds its number.
OF_DOCUMENTS = {
    "documents": "n", "texts": "n", "regests": "n",
    "facts": "document", "parties": "document", "subjects": "document", "signs": "document",
}  # fmt: skip
_CACHE_KIB = 64_000
#: Level of ``sqlite3.threadsafety`` at which threads may share a connection.
_SHARED = 3
_AGAIN = "open it again"


class Record:
    """A record open for reading; safe to share between threads, each query on a connection alone.

    Connections are opened as they are needed. After a build there is another file of this name:
    then all share those that the old one has, which goes on as long as one is open.

    Raises:
        NotAnEdition: There is no record in the folder.
        EditionVersionError: It was made with another schema.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / RECORD
        self._pool: deque[sqlite3.Connection] = deque()
        self._file = _check(folder)
        self._closed = self._shared = False
        self._mark, self._first = self._opened()
        self._pool.append(self._first)
        self.meta: dict[str, str] = dict(self.rows("SELECT key, value FROM meta"))

    @property
    def replaced(self) -> bool:
        """Whether the edition was built again since this record was opened."""
        return _mark(self._file) != self._mark

    def check_current(self) -> None:
        """See that what is made from this record and kept beside it belongs to it.

        Raises:
            EditionError: The edition was built again since it was opened, or is closed.
        """
        self.check_open()
        if self.replaced:
            raise EditionError(f"{self.path.parent}: was built again since it was opened", _AGAIN)

    def check_open(self) -> None:
        """Raise EditionError where the record was closed."""
        if self._closed:
            raise EditionError(f"{self.path.parent}: was closed", _AGAIN)

    def rows(self, sql: str, values: Iterable[Any] = ()) -> list[Row]:
        """Give all rows of a query."""
        connection = self._taken()
        try:
            return connection.execute(sql, tuple(values)).fetchall()
        finally:
            self._give_back(connection)

    def row(self, sql: str, values: Iterable[Any] = ()) -> Row | None:
        """Give the first row of a query, or None."""
        found = self.rows(sql, values)
        return found[0] if found else None

    def value(self, sql: str, values: Iterable[Any] = ()) -> Any:
        """Give the first value of the first row, or None."""
        found = self.rows(sql, values)
        return found[0][0] if found else None

    def stream(self, sql: str, values: Iterable[Any] = ()) -> Iterator[Row]:
        """Give the rows of a query one by one, in constant memory."""
        with self.connection() as connection:
            yield from connection.execute(sql, tuple(values))

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection to the calling thread."""
        connection = self._taken()
        try:
            yield connection
        finally:
            self._give_back(connection)

    def _taken(self) -> sqlite3.Connection:
        """A connection to be given back; one that nobody uses, unless the file was replaced."""
        self.check_open()
        try:  # taking from a deque and giving back are each one step for all threads
            return self._pool.pop()
        except IndexError:
            mark, connection = self._opened()
        if mark == self._mark:
            return connection
        connection.close()
        if sqlite3.threadsafety < _SHARED:
            self.check_current()
        self._shared = True
        return self._first  # it only reads, so several may at once

    def _give_back(self, connection: sqlite3.Connection) -> None:
        self._pool.append(connection)
        if self._closed:
            self.close()

    def _opened(self) -> tuple[tuple[int, int] | None, sqlite3.Connection]:
        """A connection, and which file it is to: a build may put another there at any moment."""
        while True:
            mark = _mark(self._file)
            connection = self._connect()
            if _mark(self._file) == mark:
                return mark, connection
            connection.close()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"file:{quote(str(self._file))}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        connection.execute("PRAGMA mmap_size = 4000000000")
        connection.execute("PRAGMA query_only = 1")
        return connection

    def close(self) -> None:
        """Close all connections, each that is lent as soon as it is given back.

        Whatever is asked afterwards is an EditionError.
        """
        self._closed = True
        with suppress(IndexError):
            while True:
                connection = self._pool.pop()
                # One that several share may still be read from: it ends with the last of them.
                if connection is not self._first or not self._shared:
                    connection.close()


def _mark(path: Path) -> tuple[int, int] | None:
    """Which file stands under a name, or None for none; its number is not used again while open."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _check(folder: Path) -> Path:
    path = folder / RECORD
    if not folder.exists():
        raise NotAnEdition(f"{folder}: there is no such folder", "regesta build SOURCE --to FOLDER")
    if not path.is_file():
        raise NotAnEdition(f"{folder}: holds no edition", "regesta build SOURCE --to FOLDER")
    version = record_version(path)
    if version is None:
        raise NotAnEdition(f"{path}: is no record of an edition", "build the edition again")
    if version != SCHEMA_VERSION:
        raise EditionVersionError(
            f"{folder}: the edition has schema {version}, this Regesta reads {SCHEMA_VERSION}",
            f"build it again from its sources: regesta build SOURCE --to {folder}",
        )
    return path


def record_version(path: Path) -> int | None:
    """Give the schema version of a record from its first bytes, or None where it is none."""
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except OSError as error:
        raise NotAnEdition(f"{path}: cannot be read: {error.strerror}") from None
    if head[:16] != b"SQLite format 3\0" or len(head) < 100:
        return None
    if int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        return None
    return int.from_bytes(head[60:64], "big")


class Draft:
    """The next record while it is built, in one transaction, on a file of its own.

    Args:
        folder: The edition.
        keep: Start from the last record instead of an empty one.
        indexed: Keep its indexes: few rows will change.
    """

    def __init__(self, folder: Path, *, keep: bool, indexed: bool = False) -> None:
        self.folder = folder
        self.path = folder / BUILDING
        discard(folder)
        if keep:
            shutil.copyfile(folder / RECORD, self.path)
        self.db = sqlite3.connect(self.path, isolation_level=None)
        # No journal and no syncing: nobody sees this file before it is whole, and a build that
        # ends early throws it away.
        for pragma in (
            "page_size = 8192", "journal_mode = OFF", "synchronous = OFF",
            "locking_mode = EXCLUSIVE", f"cache_size = -{_CACHE_KIB}",
            f"application_id = {APPLICATION_ID}", f"user_version = {SCHEMA_VERSION}",
        ):  # fmt: skip
            self.db.execute(f"PRAGMA {pragma}")
        if not keep:
            self.db.executescript(TABLES + VIEWS)
        # The last two columns are filled when all documents are in.
        columns = self.db.execute("PRAGMA table_info(documents)").fetchall()
        self._columns = [row[1] for row in columns][:-2]
        self.db.execute("BEGIN")
        for name in () if indexed else INDEXES:
            self.db.execute(f"DROP INDEX IF EXISTS {name}")

    def insert(self, rows: Rows) -> None:
        """Insert the rows of some documents."""
        for table in OF_DOCUMENTS:
            found: list[Row] = getattr(rows, table)
            if not found:
                continue
            names = f"({', '.join(self._columns)})" if table == "documents" else ""
            marks = ", ".join("?" * len(found[0]))
            self.db.executemany(f"INSERT INTO {table} {names} VALUES ({marks})", found)

    def delete_documents(self, source: int) -> list[str]:
        """Delete a source's documents; give their ids."""
        return self.delete_range(*numbers_of(source))

    def delete_range(self, first: int, last: int) -> list[str]:
        """Delete the documents of a range of numbers; give their ids."""
        between = (first, last)
        ids = self.db.execute(
            "SELECT id FROM documents WHERE n BETWEEN ? AND ?", between
        ).fetchall()
        for table, column in OF_DOCUMENTS.items():
            self.db.execute(f"DELETE FROM {table} WHERE {column} BETWEEN ? AND ?", between)
        return [id for (id,) in ids]

    def digests(self, where: str, *values: int) -> dict[str, int]:
        """Give id → digest (this process's own) of some documents, to tell which have changed."""
        rows = self.db.execute(
            f"SELECT id, text, rest FROM documents JOIN texts USING (n) WHERE {where}", values
        )
        return {id: hash((text, rest)) for id, text, rest in rows}

    @staticmethod
    def numbers(source: int) -> tuple[int, int]:
        """First and last number that a source's documents can have."""
        return numbers_of(source)

    def index(self, *names: str) -> None:
        """Make indexes that were dropped."""
        for name in names or INDEXES:
            self.db.execute(f"CREATE {INDEXES[name].replace('INDEX', 'INDEX IF NOT EXISTS', 1)}")

    def set(self, **meta: str) -> None:
        """Write values of the table ``meta``."""
        self.db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", meta.items())

    def publish(self) -> None:
        """Commit, and put this record in the place of the last in one step."""
        self.db.execute("COMMIT")
        self.db.execute("PRAGMA optimize")
        self.db.close()
        with self.path.open("rb+") as file:
            os.fsync(file.fileno())
        self.path.replace(self.folder / RECORD)
        sync_folder(self.folder)

    def abandon(self) -> None:
        """Throw it away."""
        with suppress(sqlite3.Error):
            self.db.close()
        with suppress(OSError):
            discard(self.folder)


def discard(folder: Path) -> None:
    """Remove what a build that ended early left behind."""
    for name in (BUILDING, f"{BUILDING}-journal", f"{BUILDING}-wal", f"{BUILDING}-shm"):
        (folder / name).unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make a rename in a folder durable, where the system can."""
    with suppress(OSError, AttributeError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
