"""Writing the search index: entries in, an index folder out; what is acknowledged survives a kill.

The record (SQLite) is committed first. ``SearchWriter.sequence`` says up to where the index has
followed it; the record replays what came later, and writing an entry twice changes nothing.
"""

import contextlib
import os
from pathlib import Path
from types import TracebackType

import tantivy

from regesta.edition.search.schema import (
    SCHEMA_VERSION,
    EntryLine,
    SearchEntry,
    build_schema,
    register_tokenizers,
)
from regesta.errors import EditionBusy, EditionError, EditionVersionError

#: Memory that the writer may fill before it writes a segment, in bytes.
HEAP = 250_000_000
SEQUENCE_FILE = "sequence"
VERSION_FILE = "schema-version"


def read_sequence(folder: Path) -> int:
    """Give the last sequence number that the index of a folder has acknowledged, or 0."""
    try:
        return int((folder / SEQUENCE_FILE).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0


def check_version(folder: Path) -> None:
    """Tell whether this version of Regesta reads the index.

    Raises:
        EditionVersionError: It was made with another schema.
    """
    try:
        found = (folder / VERSION_FILE).read_text(encoding="ascii").strip()
    except OSError:
        found = "none"
    if found != str(SCHEMA_VERSION):
        raise EditionVersionError(
            f"{folder}: the search index has schema {found}, this Regesta reads {SCHEMA_VERSION}",
            "build the edition again",
        )


class SearchWriter:
    """The one writer of an index; a context manager.

    Args:
        folder: The index folder; made where it is not there.
        heap: Memory in bytes before a segment is written.

    Raises:
        EditionBusy: Another process is writing to it.
        EditionVersionError: It was made with another schema.
        EditionError: The folder cannot be written.
    """

    def __init__(self, folder: Path, *, heap: int = HEAP) -> None:
        self.folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if tantivy.Index.exists(str(folder)):
                check_version(folder)
            else:
                (folder / SEQUENCE_FILE).unlink(missing_ok=True)
                _write(folder / VERSION_FILE, str(SCHEMA_VERSION))
            self._index = tantivy.Index(build_schema(), path=str(folder))
            register_tokenizers(self._index)
        except (OSError, ValueError) as error:
            raise EditionError(f"{folder}: the search index cannot be opened: {error}") from error
        self._writer: tantivy.IndexWriter | None = _open_writer(self._index, folder, heap)
        self._index.reload()
        self._fresh = self._index.searcher().num_docs == 0 and self.sequence == 0
        self._added: set[int] = set()

    @property
    def sequence(self) -> int:
        """The sequence number of the last acknowledged commit, or 0."""
        return read_sequence(self.folder)

    def add(self, entry: SearchEntry) -> None:
        """Add a document, or replace it; seen by readers after the next commit."""
        self.add_line(entry.line())

    def add_line(self, line: EntryLine) -> None:
        """The same of an entry that was made ready before."""
        id, fields = line
        key = hash(id)  # two ids of one hash cost no more than a deletion of nothing
        if not self._fresh or key in self._added:
            self._open.delete_documents_by_term("id", id)
        if self._fresh:
            self._added.add(key)
        with self._errors():
            self._open.add_json(fields)

    def delete(self, id: str) -> None:
        """Remove a document; nothing happens where it is not there."""
        # By its text: tantivy deletes nothing by an unsigned number, and tells nobody.
        self._open.delete_documents_by_term("id", id)

    def clear(self) -> None:
        """Remove all documents."""
        self._open.delete_all_documents()

    def commit(self, sequence: int) -> None:
        """Make everything since the last commit durable and remember how far the record was.

        Args:
            sequence: The record's number up to which the index has now followed.
        """
        with self._errors():
            self._open.commit()
        _write(self.folder / SEQUENCE_FILE, str(sequence))

    def close(self, *, merge: bool = True) -> None:
        """Give the writer's lock back; what was not committed is forgotten.

        Args:
            merge: Wait for running merges of segments (faster searches afterwards).
        """
        writer, self._writer = self._writer, None
        if writer is None:
            return
        if merge:
            with contextlib.suppress(ValueError):
                writer.wait_merging_threads()
        del writer

    @property
    def _open(self) -> tantivy.IndexWriter:
        if self._writer is None:
            raise EditionError(f"{self.folder}: the search index's writer is closed")
        return self._writer

    def _errors(self) -> "_WriteErrors":
        return _WriteErrors(self.folder)

    def __enter__(self) -> "SearchWriter":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close(merge=error is None)


class _WriteErrors:
    """Turns what tantivy raises (a full disk, a vanished folder) into an EditionError."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if isinstance(error, (ValueError, OSError)):
            raise EditionError(
                f"{self.folder}: the search index cannot be written: {error}",
                "the last good index stays in place; free some space and build again",
            ) from error


def _open_writer(index: tantivy.Index, folder: Path, heap: int) -> tantivy.IndexWriter:
    try:
        return index.writer(heap_size=heap, num_threads=1)
    except ValueError as error:
        if "LockBusy" in str(error):
            raise EditionBusy(
                f"{folder}: another process is writing to this edition", "wait until it is done"
            ) from error
        raise EditionError(f"{folder}: the search index cannot be written: {error}") from error


def _write(path: Path, text: str) -> None:
    """Write a small file so that a kill leaves the old one or the new one."""
    beside = path.with_name(path.name + ".new")
    with beside.open("w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
