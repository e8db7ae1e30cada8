"""The names of an edition as they are asked for: found once a build, kept beside the record."""

import sqlite3
from pathlib import Path

from regesta.edition.kept import open_kept
from regesta.edition.late import LateShelf, Progress
from regesta.edition.named.stage import fill, state_of, write_names
from regesta.edition.named.store import FILE, TABLES, FoundName, unpack
from regesta.edition.record.store import Record


class NameShelf(LateShelf):
    """The names of one open edition; safe to share between threads.

    Args:
        folder: The edition.
        record: Its record.
    """

    _tables, _file = TABLES, FILE

    def __init__(self, folder: Path, record: Record) -> None:
        super().__init__(folder, record, state_of(record))

    def look(self, progress: Progress | None = None, *, workers: int | None = None) -> None:
        """Find the names in all texts, unless it has been done in this state."""
        of = (self._folder, self._record)
        self._look(
            progress,
            lambda tell: write_names(*of, progress=tell, workers=workers),
            lambda db, tell: fill(db, *of, progress=tell, workers=workers),
        )

    def _kept(self) -> sqlite3.Connection | None:
        return open_kept(self._folder / FILE, self._state)

    def of(self, document: str) -> list[FoundName]:
        """What was found in a document."""
        assert self._db is not None
        n = self._record.value("SELECT n FROM documents WHERE id = ?", (document,))
        with self._asking:
            row = self._db.execute("SELECT packed FROM names WHERE n = ?", (n,)).fetchone()
        return unpack(row[0]) if row else []
