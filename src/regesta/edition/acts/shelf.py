"""The acts as they are asked for: found once a build, kept beside the record, then instant.

Where the folder cannot be written, or another process is writing, they are kept in memory.
"""

import sqlite3
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from regesta.documents.ledger import StoredAct
from regesta.edition.acts.asked import ActQuestion, ActResult, ActSpan
from regesta.edition.acts.sets import Ledger
from regesta.edition.acts.stage import Progress, fill, state_of, write_acts
from regesta.edition.acts.store import (
    COLUMNS,
    TABLES,
    kept_meta,
    of_row,
    open_acts,
    open_any,
)
from regesta.edition.background import Background
from regesta.edition.building.locking import lock
from regesta.edition.record.store import Record
from regesta.edition.settings import read_settings
from regesta.errors import EditionBusy, EditionError

#: Seconds to wait for another process that finds the same acts; and between two looks.
PATIENCE, _POLL = 120.0, 0.2
_ACTS = (
    f"SELECT {', '.join(f'a.{name}' for name in COLUMNS)}, d.earliest, d.latest "
    "FROM acts a JOIN documents d ON d.document = a.document"
)


def chosen_finder(folder: Path) -> str:
    """What finds the acts of an edition: as ``edition.toml`` says, else as before, else ours."""
    from regesta.describing.acts.finders import DEFAULT

    said = read_settings(folder).act_finder
    if said:
        return said
    db = open_any(folder)
    if db is None:
        return DEFAULT
    try:
        return kept_meta(db, "finder") or DEFAULT
    finally:
        db.close()


class ActShelf:
    """The acts of one open edition; safe to share between threads.

    Args:
        folder: The edition.
        record: Its record.
        finder: What finds them; "" is what the edition has chosen.
    """

    def __init__(self, folder: Path, record: Record, finder: str = "") -> None:
        self._folder = folder
        self._record = record
        self.finder = finder or chosen_finder(folder)
        self._state = state_of(record, self.finder)
        self._lock = threading.Lock()
        self._asking = threading.Lock()
        self._background = Background(self.look)
        self._db: sqlite3.Connection | None = None
        self._ledger: Ledger | None = None
        self.progress = (0, 0)

    @property
    def ready(self) -> bool:
        """Whether the acts of the edition's present state have been found."""
        with self._lock:
            if self._db is None:
                self._db = open_acts(self._folder, self._state)
            return self._db is not None

    def start(self, wait: float) -> bool:
        """Have the acts found by a thread of its own; wait so many seconds; tell if done."""
        return self.ready or self._background.done(wait)

    def look(self, progress: Progress | None = None, *, workers: int | None = None) -> None:
        """Find the acts, unless it has been done in this state.

        Raises:
            UnknownValue, MissingExtra: What is to find them cannot be had.
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
                    write_acts(
                        self._folder, self._record, self.finder, progress=tell, workers=workers
                    )
            except EditionBusy:
                # Somebody else finds them or builds: theirs will do, if it does not take too long.
                if time.monotonic() < until:
                    time.sleep(_POLL)
                    continue
            except (EditionError, OSError, sqlite3.Error):
                pass
            if not self.ready:
                self._in_memory(tell, workers)

    def _in_memory(self, tell: Progress, workers: int | None) -> None:
        db = sqlite3.connect(":memory:", check_same_thread=False)
        db.executescript(TABLES)
        fill(db, self._folder, self._record, self.finder, progress=tell, workers=workers)
        with self._lock:
            self._db = db

    def close(self) -> None:
        """Close what is kept."""
        with self._lock, suppress(sqlite3.Error):
            if self._db is not None:
                self._db.close()
                self._db = self._ledger = None

    # Asking.

    def _opened(self) -> Ledger:
        assert self._db is not None
        if self._ledger is None:
            self._ledger = Ledger(self._db)
        return self._ledger

    def of(self, document: str) -> list[StoredAct]:
        """The acts of a document, in the order of their words."""
        assert self._db is not None
        with self._asking:
            rows = self._db.execute(
                f"{_ACTS} WHERE a.document = ? ORDER BY a.start, a.n", (document,)
            ).fetchall()
        return [of_row(row) for row in rows]

    def ask(
        self,
        asked: ActQuestion,
        *,
        limit: int = 50,
        offset: int = 0,
        facets: Sequence[str] = (),
    ) -> ActResult:
        """A page of the acts that match, with the counts of all; ``limit`` -1 gives all."""
        with self._asking:
            ledger = self._opened()
            found = ledger.find(asked)
            total = found.bits.bit_count()
            most = total if limit < 0 else limit
            return ActResult(
                total=total,
                documents=ledger.documents(found.bits),
                of=ledger.of,
                undated=(found.bits & ledger.set("undated")).bit_count(),
                undated_excluded=found.undated_excluded,
                acts=tuple(self._rows(ledger.page(found.bits, most, offset))),
                facets={name: ledger.facet(name, asked, found) for name in facets},
                unknown=found.unknown,
            )

    def _rows(self, numbers: list[int]) -> list[StoredAct]:
        assert self._db is not None
        rows: list[StoredAct] = []
        for start in range(0, len(numbers), 500):
            some = numbers[start : start + 500]
            marks = ", ".join("?" * len(some))
            sql = f"{_ACTS} WHERE a.n IN ({marks}) ORDER BY a.n"
            rows += [of_row(row) for row in self._db.execute(sql, some)]
        return rows

    def spans(self, asked: ActQuestion, unit: str) -> list[ActSpan]:
        """How many acts go each way between two names, by "year" or "month"."""
        with self._asking:
            return self._opened().spans(asked, unit)

    def names(self, field: str, prefix: str = "", limit: int = 20) -> list[str]:
        """Actors or addressees that begin so, the commonest first."""
        with self._asking:
            return self._opened().names(field, prefix, limit)
