"""What is found after a build and kept beside its record: once a state, by whoever comes first.

Links, acts and names are found so. Where the folder cannot be written, has no space, or another
process goes on writing for too long, they are kept in memory; every other error is raised.
"""

import hashlib
import os
import sqlite3
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from regesta.documents.failures import Failure
from regesta.edition.background import Background
from regesta.edition.building.locking import lock
from regesta.edition.kept import kept_failures, open_kept
from regesta.edition.record.store import Record
from regesta.edition.writing import unwritable
from regesta.errors import EditionBusy, EditionError

#: Called with documents done, documents in all, and what is at hand.
Progress = Callable[[int, int, str], None]
#: Seconds to wait for another process that finds the same; and between two looks.
PATIENCE, _POLL = 120.0, 0.2


def state_by(record: Record, *rules: str) -> str:
    """What is found belongs to this state: the sources of a build, and the rules it is made by.

    The time of a build is no part of it: two builds may end in the same second.
    """
    digest = hashlib.sha256()
    for row in record.rows("SELECT n, path, sha256, status FROM sources ORDER BY n"):
        digest.update(repr(row).encode("utf-8", "surrogatepass"))
    parts = [digest.hexdigest(), record.meta.get("state", ""), *rules]
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


class LateShelf(ABC):
    """What was found of one open edition; safe to share between threads.

    Args:
        folder: The edition.
        record: Its record.
        state: What is found belongs to.
    """

    #: The tables of what is kept in memory, and the file of what is kept in the folder.
    _tables: str
    _file: str

    def __init__(self, folder: Path, record: Record, state: str) -> None:
        self._folder = folder
        self._record = record
        self._state = state
        self._lock = threading.Lock()
        self._asking = threading.Lock()
        self._background = Background(self.look)
        self._db: sqlite3.Connection | None = None
        self._unfit: tuple[int, ...] | None = None
        self.progress = (0, 0)

    @abstractmethod
    def look(self, progress: Progress | None = None, *, workers: int | None = None) -> None:
        """Find it, unless it has been done in this state."""

    @abstractmethod
    def _kept(self) -> sqlite3.Connection | None:
        """What is kept of this state, or None."""

    @property
    def ready(self) -> bool:
        """Whether it has been found in the edition's present state."""
        with self._lock:
            if self._db is None:
                # A page asks several times; to open a file of another state takes a millisecond.
                seen = self._seen()
                if seen is None or seen == self._unfit:
                    return False
                self._db = self._kept()
                self._unfit = seen if self._db is None else None
            return self._db is not None

    def _seen(self) -> tuple[int, ...] | None:
        """What tells the file of now from the one before, or None where there is none."""
        try:
            found = os.stat(self._folder / self._file)
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size

    @property
    def failures(self) -> tuple[Failure, ...]:
        """What of the installed extensions failed when it was found; none before."""
        with self._lock:
            return kept_failures(self._db) if self._db is not None else ()

    def start(self, wait: float) -> bool:
        """Have it found by a thread of its own; wait so many seconds; tell if done."""
        return self.ready or self._background.done(wait)

    def _look(
        self,
        progress: Progress | None,
        write: Callable[[Progress], None],
        fill: Callable[[sqlite3.Connection, Progress], None],
    ) -> None:
        """Find it, unless it has been done.

        Args:
            progress: Told of every step, as ``self.progress`` is.
            write: Finds it and keeps it in the folder.
            fill: Finds it into tables in memory.
        """
        if self.ready:
            return

        def tell(done: int, total: int, name: str) -> None:
            self.progress = (done, total)
            if progress:
                progress(done, total, name)

        until = time.monotonic() + PATIENCE
        while not self.ready:
            try:
                with lock(self._folder):
                    # Processes of their own open the record by its name.
                    self._record.check_current()
                    write(tell)
                if not self.ready:
                    # It lacks what an extension that failed everywhere would have found, and is
                    # of no state; this edition, once told, goes on with it.
                    with self._lock:
                        self._db = open_kept(self._folder / self._file)
            except EditionBusy:
                # Somebody else finds it or builds: theirs will do, if it does not take too long.
                if time.monotonic() < until:
                    time.sleep(_POLL)
                    continue
            except (EditionError, OSError, sqlite3.Error) as error:
                if not unwritable(error):
                    raise
            if not self.ready:
                self._record.check_current()
                db = sqlite3.connect(":memory:", check_same_thread=False)
                db.executescript(self._tables)
                fill(db, tell)
                with self._lock:
                    self._db = db

    def close(self) -> None:
        """Close what is kept."""
        with self._lock, suppress(sqlite3.Error):
            if self._db is not None:
                self._db.close()
                self._db = None
