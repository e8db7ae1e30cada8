"""The acts as they are asked for: found once a build, kept beside the record, then instant.

Where the folder cannot be written, or another process is writing, they are kept in memory.
"""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from regesta.documents.ledger import StoredAct
from regesta.edition.acts.asked import ActQuestion, ActResult, ActSpan
from regesta.edition.acts.sets import Ledger
from regesta.edition.acts.stage import fill, state_of, write_acts
from regesta.edition.acts.store import (
    COLUMNS,
    FILE,
    TABLES,
    of_row,
)
from regesta.edition.kept import kept_meta, open_kept
from regesta.edition.late import LateShelf, Progress
from regesta.edition.record.store import Record
from regesta.edition.settings import read_settings

#: Documents whose acts are kept open after they were asked for.
_KEPT = 32
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
    db = open_kept(folder / FILE)
    if db is None:
        return DEFAULT
    try:
        return kept_meta(db, "finder") or DEFAULT
    finally:
        db.close()


class ActShelf(LateShelf):
    """The acts of one open edition; safe to share between threads.

    Args:
        folder: The edition.
        record: Its record.
        finder: What finds them; "" is what the edition has chosen.
    """

    _tables, _file = TABLES, FILE

    def __init__(self, folder: Path, record: Record, finder: str = "") -> None:
        self.finder = finder or chosen_finder(folder)
        super().__init__(folder, record, state_of(record, self.finder, folder))
        self._ledger: Ledger | None = None
        # What is kept never changes; a page and its downloads ask for the same acts.
        self._lately: dict[str, list[StoredAct]] = {}

    def look(self, progress: Progress | None = None, *, workers: int | None = None) -> None:
        """Find the acts, unless it has been done in this state.

        Raises:
            UnknownValue, MissingExtra: What is to find them cannot be had.
        """
        of = (self._folder, self._record, self.finder)
        self._look(
            progress,
            lambda tell: write_acts(*of, progress=tell, workers=workers),
            lambda db, tell: fill(db, *of, progress=tell, workers=workers),
        )

    def _kept(self) -> sqlite3.Connection | None:
        return open_kept(self._folder / FILE, self._state)

    def close(self) -> None:
        """Close what is kept."""
        super().close()
        self._ledger = None

    def waiting(self) -> list[str]:
        """Warnings on decisions that no act has the words of."""
        assert self._db is not None
        return (kept_meta(self._db, "waiting") or "").splitlines()

    # Asking.

    def _opened(self) -> Ledger:
        assert self._db is not None
        if self._ledger is None:
            self._ledger = Ledger(self._db)
        return self._ledger

    def of(self, document: str) -> list[StoredAct]:
        """The acts of a document, in the order of their words."""
        assert self._db is not None
        found = self._lately.get(document)
        if found is None:
            with self._asking:
                rows = self._db.execute(
                    f"{_ACTS} WHERE a.document = ? ORDER BY a.start, a.n", (document,)
                ).fetchall()
            found = [of_row(row) for row in rows]
            if len(self._lately) >= _KEPT:
                self._lately.clear()
            self._lately[document] = found
        return list(found)

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
