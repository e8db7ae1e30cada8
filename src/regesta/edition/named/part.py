"""What an open edition says of the names in its texts: persons, places, powers. `edition.names`."""

from pathlib import Path
from typing import TYPE_CHECKING

from regesta.documents import Document
from regesta.edition.parts import LatePart
from regesta.edition.record.shelf import Shelf
from regesta.edition.record.store import Record

if TYPE_CHECKING:
    from regesta.edition.late import Progress
    from regesta.edition.named.shelf import NameShelf
    from regesta.edition.naming import NameInText, Namer


class Names(LatePart["NameShelf"]):
    """The names in the texts of an open edition.

    They are found in a document whenever it is asked for, and sooner where all have been found
    since the build.
    """

    def __init__(self, path: Path, record: Record, shelf: Shelf) -> None:
        super().__init__(path, record, shelf)
        self._namer: Namer | None = None

    def _open(self) -> "NameShelf":
        from regesta.edition.named.shelf import NameShelf

        return NameShelf(self._path, self._record)

    def find(self, progress: "Progress | None" = None, *, workers: int | None = None) -> None:
        """Find the names in all texts and keep them, unless it has been done since the build.

        Args:
            progress: Called with documents done, documents in all, and what is at hand.
            workers: Processes that read; None decides by the number of documents, 0 uses none.
        """
        self._late.look(progress, workers=workers)

    def __call__(self, id: str) -> "list[NameInText]":
        """The persons, places and powers that a document's text names. Raises UnknownDocument."""
        return self.of(self._shelf.document(id))

    def of(
        self,
        document: Document,
        *,
        longest: int = 1_000_000,
        notes: bool = True,
        given: bool = True,
    ) -> "list[NameInText]":
        """The same, for a document at hand; quicker once :meth:`find` has been through.

        Args:
            document: The document.
            longest: Look so many characters into its text.
            notes: Whether the names in its footnotes are given too.
            given: Whether the names that its source marks are given too.
        """
        kept = self._late.of(document.id) if self.ready else None
        return self._reader().names(document, longest=longest, notes=notes, given=given, kept=kept)

    def _reader(self) -> "Namer":
        from regesta.edition.naming import Namer

        with self._opening:
            if self._namer is None:
                self._namer = Namer(self._record)
            return self._namer
