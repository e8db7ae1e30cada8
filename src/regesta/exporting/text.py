"""Plain text: every document with its citation, its text and its notes, to read and to count."""

from collections.abc import Callable, Iterable
from typing import BinaryIO

from regesta.documents import Collection, Document
from regesta.exporting.citations.cite import cite
from regesta.exporting.pieces import NOWHERE, write_pieces

#: Stands alone on a line between two documents: a form feed, which no text has.
BETWEEN = "\f\n"


class TextExporter:
    """Writes id and citation, the text, the notes; documents parted by form feeds."""

    name = "text"
    suffix = ".txt"
    media_type = "text/plain"

    def write(
        self,
        documents: Iterable[Document],
        target: BinaryIO,
        *,
        collections: dict[str, Collection],
        progress: Callable[[int], None] | None = None,
    ) -> int:
        """Write the documents in their order; give how many were written."""

        def piece(document: Document) -> str:
            citation = cite(document, collections.get(document.collection, NOWHERE))
            notes = [f"[{note.n or n}] {note.text}" for n, note in enumerate(document.notes, 1)]
            text = document.text.replace("\f", "\n").strip("\n")
            parts = (f"{document.id}\n{citation}", text, "\n".join(notes))
            return "\n\n".join(filter(None, parts)) + "\n"

        return write_pieces(documents, target, piece, between=BETWEEN, progress=progress)
