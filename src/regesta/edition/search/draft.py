"""The next search index while it is built: a folder of its own, sharing files with the last.

The record names the folder that belongs to it, so that one rename of the record switches both.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from regesta.documents.numbers import whole_number
from regesta.edition.building.keys import DocumentKeys
from regesta.edition.building.rows import unpack_document
from regesta.edition.record.store import SEARCH
from regesta.edition.search.schema import EntryLine, SearchEntry, search_entry
from regesta.edition.search.sets_making import make_sets
from regesta.edition.search.writer import SearchWriter, check_version
from regesta.errors import EditionError


class SearchDraft:
    """The search index of the edition to be; a context manager.

    Args:
        folder: The edition.
        last: Name of the last index's folder, or "" to begin with an empty one.
    """

    def __init__(self, folder: Path, *, last: str = "") -> None:
        self.home = folder / SEARCH
        self.home.mkdir(exist_ok=True)
        numbers = [n for path in self.home.iterdir() if (n := whole_number(path.name)) is not None]
        self.sequence = max([int(last or 0), *numbers]) + 1
        self.name, self.last = f"{self.sequence:06}", last
        self.folder = self.home / self.name
        #: Whether the index has to be made anew of all documents of the record.
        self.lost = bool(last) and not _clone(self.home / last, self.folder)
        self._writer = SearchWriter(self.folder)

    def add(self, line: EntryLine) -> None:
        """Add a document, or replace it."""
        self._writer.add_line(line)

    def settle(self, db: sqlite3.Connection, touched: Iterable[str]) -> None:
        """Make the entries of some documents what the record says of them now.

        Args:
            db: The draft of the record, complete.
            touched: Ids of documents that are gone or may have changed.
        """
        if self.lost:
            self._writer.clear()
            touched = [id for (id,) in db.execute("SELECT id FROM documents ORDER BY rank")]
        for id in sorted(touched):
            entry = _entry(db, id)
            if entry is None:
                self._writer.delete(id)
            else:
                self._writer.add(entry)

    def commit(self) -> None:
        """Make it durable."""
        self._writer.commit(self.sequence)

    def keep_sets(self, db: sqlite3.Connection) -> None:
        """Write the sets that belong to it, when the record is in order and all is committed."""
        make_sets(db, self.folder)

    def sweep(self) -> None:
        """Remove earlier indexes but the last: an edition that is open still searches in it."""
        for path in self.home.iterdir():
            if path.name not in (self.name, self.last):
                shutil.rmtree(path, ignore_errors=True)

    def abandon(self) -> None:
        """Throw it away."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> "SearchDraft":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._writer.close(merge=error is None)
        if error is not None:
            self.abandon()


def _clone(last: Path, new: Path) -> bool:
    """Make a copy that shares its files: tantivy never changes one, it only writes others."""
    try:
        check_version(last)
        new.mkdir()
        for path in last.iterdir():
            if path.name.startswith(".") and path.name.endswith(".lock"):
                continue
            try:
                os.link(path, new / path.name)
            except OSError:
                shutil.copy2(path, new / path.name)
    except (OSError, EditionError):
        with suppress(OSError):
            shutil.rmtree(new)
        return False
    return True


def _entry(db: sqlite3.Connection, id: str) -> SearchEntry | None:
    row = db.execute(
        "SELECT d.n, d.given_place, d.place_key, d.place, t.text, t.rest, s.path, s.sha256 "
        "FROM documents d JOIN texts t USING (n) JOIN sources s ON s.n = d.n >> 20 WHERE d.id = ?",
        (id,),
    ).fetchone()
    if row is None:
        return None
    n, order, place_key, place, text, rest, path, sha256 = row
    document = unpack_document(text, rest, id=id, order=order, path=path, sha256=sha256)
    parties = db.execute(
        "SELECT DISTINCT role, key, label FROM parties WHERE document = ? AND key <> '' "
        "ORDER BY role, place",
        (n,),
    ).fetchall()
    subjects = db.execute(
        "SELECT key, label FROM subjects WHERE document = ? ORDER BY place", (n,)
    ).fetchall()
    keys = DocumentKeys(
        authors=tuple((key, label) for role, key, label in parties if role == "author"),
        recipients=tuple((key, label) for role, key, label in parties if role == "recipient"),
        places=((place_key, place),) if place_key else (),
        subjects=tuple(subjects),
    )
    return search_entry(document, n=n, keys=keys)
