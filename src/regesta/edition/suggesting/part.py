"""What an open edition says of suggested subjects, and how they are made. `edition.suggestions`.

What comes in are editions with given subjects and lists of headings; what goes out stands in
`suggestions.sqlite`, keyed by the build it belongs to. Given subjects are never touched.
"""

import hashlib
import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from regesta.edition.building.rows import Row
from regesta.edition.kept import open_kept
from regesta.edition.record.shelf import Shelf
from regesta.edition.record.store import Record
from regesta.edition.settings import LEAST, MOST_SHOWN
from regesta.edition.suggesting.store import (
    FILE,
    SELECT,
    SuggestedHeading,
    SuggestedSubject,
    SuggestReport,
    of_row,
)
from regesta.errors import EditionError, UnknownValue

if TYPE_CHECKING:
    from regesta.edition.suggesting.making import Progress


class Suggestions:
    """Makes and reads the suggestions of an edition; safe to share between threads.

    Args:
        folder: The edition's folder.
        record: Its open record.
        shelf: Its documents.
    """

    def __init__(self, folder: Path, record: Record, shelf: Shelf) -> None:
        self._folder = folder
        self._record = record
        self._shelf = shelf
        self._lock = threading.Lock()
        self._kept: tuple[tuple[int, int], sqlite3.Connection] | None = None

    @property
    def state(self) -> str:
        """Tells one build from another."""
        meta = self._record.meta
        return hashlib.sha256(f"{meta.get('state', '')}\n{meta['rules']}".encode()).hexdigest()

    @property
    def stamp(self) -> str:
        """A mark of the file at hand, "" where there is none."""
        try:
            found = (self._folder / FILE).stat()
        except OSError:
            return ""
        return f"{found.st_ino}-{found.st_mtime_ns}"

    def make(
        self,
        *,
        learn_from: Sequence[Record] = (),
        vocabulary: Path | None = None,
        everything: bool = False,
        least: float = LEAST,
        most: int = MOST_SHOWN,
        progress: "Progress | None" = None,
    ) -> SuggestReport:
        """Learn, suggest, and keep the suggestions in place of those before.

        Raises:
            SourceError: The list cannot be read.
            EditionError: There is nothing to learn from, or the file cannot be written.
        """
        from regesta.edition.suggesting.making import fill, learned

        model = learned([self._record, *learn_from], vocabulary)
        if not model.terms:
            raise EditionError(
                f"{self._folder}: no document has a subject to learn from",
                "give a list with --vocabulary FILE, or an edition with an index with --from",
            )
        path = self._folder / f"{FILE}.{os.getpid()}.new"
        try:
            with closing(sqlite3.connect(path)) as db:
                report = fill(
                    db,
                    self._record,
                    self._shelf,
                    model,
                    state=self.state,
                    list_name=vocabulary.name if vocabulary else "",
                    everything=everything,
                    least=least,
                    most=most,
                    progress=progress,
                )
            os.replace(path, self._folder / FILE)
        except (OSError, sqlite3.Error) as error:
            with suppress(OSError):
                path.unlink()
            why = " ".join(str(error).split())
            raise EditionError(f"{self._folder / FILE}: cannot be written: {why}") from None
        return report

    def report(self) -> SuggestReport | None:
        """What the suggestions at hand are, or None where there are none for this build."""
        rows = self._rows("SELECT value FROM meta WHERE key = 'report'")
        return msgspec.json.decode(rows[0][0], type=SuggestReport) if rows else None

    def of(self, id: str) -> list[SuggestedSubject]:
        """The suggestions for a document, the likeliest first."""
        rows = self._rows(f"{SELECT} WHERE document = ? ORDER BY place", (id,))
        return [of_row(row) for row in rows]

    def all(self) -> Iterator[SuggestedSubject]:
        """All suggestions, by document."""
        yield from map(of_row, self._rows(f"{SELECT} ORDER BY document, place"))

    def headings(self) -> list[SuggestedHeading]:
        """The headings suggested, by name, with their counts."""
        rows = self._rows(
            "SELECT key, min(label), count(*) FROM suggestions GROUP BY key ORDER BY 2, key"
        )
        given = {
            key for (key,) in self._record.rows("SELECT key FROM entries WHERE name = 'subject'")
        }
        return [SuggestedHeading(k, label, n, k in given) for k, label, n in rows]

    def under(self, key: str) -> tuple[str, list[str]]:
        """A heading's label and the ids of documents for which it is suggested, surest first.

        Raises:
            UnknownValue: It is suggested for none.
        """
        rows = self._rows(
            "SELECT label, document FROM suggestions WHERE key = ? "
            "ORDER BY confidence DESC, document",
            (key,),
        )
        if not rows:
            raise UnknownValue(f"no subject {key!r} is suggested", "regesta suggest EDITION")
        return str(rows[0][0]), [str(row[1]) for row in rows]

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._kept:
                self._kept[1].close()
            self._kept = None

    def _rows(self, sql: str, values: Iterable[object] = ()) -> list[Row]:
        with self._lock:
            db = self._open()
            try:
                return db.execute(sql, tuple(values)).fetchall() if db else []
            except sqlite3.Error:
                return []

    def _open(self) -> sqlite3.Connection | None:
        """The file of this build, opened once; None where there is none."""
        self._record.check_open()
        path = self._folder / FILE
        try:
            found = path.stat()
        except OSError:
            return None
        stamp = (found.st_ino, found.st_mtime_ns)
        if self._kept and self._kept[0] == stamp:
            return self._kept[1]
        if self._kept:
            self._kept[1].close()
            self._kept = None
        db = open_kept(path, self.state)
        if db is None:
            return None
        self._kept = (stamp, db)
        return db
