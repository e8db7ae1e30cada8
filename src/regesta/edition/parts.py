"""What every late part of an open edition shares: it opens its shelf at the first question.

A late part answers from what is found after the build: links, acts, names, findings. The shelf
finds and keeps; the part is what `Edition` shows of it.
"""

import threading
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Generic, TypeVar

from regesta.documents.failures import Failure
from regesta.edition.late import LateShelf
from regesta.edition.record.shelf import Shelf, unknown_document
from regesta.edition.record.store import Record

S = TypeVar("S", bound=LateShelf)


class LatePart(ABC, Generic[S]):
    """A part of one open edition; safe to share between threads.

    Args:
        path: The edition.
        record: Its record.
        shelf: Its documents.
    """

    def __init__(self, path: Path, record: Record, shelf: Shelf) -> None:
        self._path, self._record, self._shelf = path, record, shelf
        self._opening = threading.Lock()
        self._kept: S | None = None

    @abstractmethod
    def _open(self) -> S:
        """Open the shelf: what it needs is imported here, so that an edition opens at once."""

    @property
    def _late(self) -> S:
        with self._opening:
            self._record.check_open()
            if self._kept is None:
                self._kept = self._open()
            return self._kept

    @property
    def ready(self) -> bool:
        """Whether it has been found since the build, and every question is answered at once."""
        return self._late.ready

    def progress(self, wait: float = 0.0) -> tuple[int, int] | None:
        """Have it found in the background, where it has not been.

        Args:
            wait: Seconds to wait for it.

        Returns:
            Documents done and in all, or None once it is there.
        """
        late = self._late
        return None if late.start(wait) else late.progress

    @property
    def failures(self) -> tuple[Failure, ...]:
        """Installed extensions that failed when it was found; none before it was asked for."""
        return self._kept.failures if self._kept else ()

    def close(self) -> None:
        """Close what is open."""
        with self._opening:
            if self._kept is not None:
                self._kept.close()
                self._kept = None

    def _known(self, id: str) -> None:
        """Raise UnknownDocument where no document has the id."""
        if self._record.row("SELECT 1 FROM documents WHERE id = ?", (id,)) is None:
            raise unknown_document(self._record, id)
