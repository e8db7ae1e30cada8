"""Writing documents piece by piece: what the exporters of plain files share.

Documents come in, with what is known of them besides; out goes one file, a piece a document.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import BinaryIO

from regesta.documents import Act, Collection, Document, Link

#: Documents between two reports of progress, and between two writes.
EVERY = 200
#: A document whose collection is not there is cited with what it says of itself.
NOWHERE = Collection(id="", title="")


def write_pieces(
    documents: Iterable[Document],
    target: BinaryIO,
    piece: Callable[[Document], str],
    *,
    opening: str = "",
    between: str = "",
    closing: str = "",
    progress: Callable[[int], None] | None = None,
) -> int:
    """Write a piece of text for every document, in constant memory.

    Args:
        documents: In their order.
        target: Where the bytes go, UTF-8.
        piece: A document into its text.
        opening, between, closing: Before the first piece, between two, after the last.
        progress: Called with the number of documents written so far.

    Returns:
        How many documents were written.
    """
    count = 0
    waiting = [opening]
    for document in documents:
        if count:
            waiting.append(between)
        waiting.append(piece(document))
        count += 1
        if count % EVERY == 0:
            target.write(_bytes(waiting))
            waiting.clear()
            if progress:
                progress(count)
    target.write(_bytes([*waiting, closing]))
    if progress:
        progress(count)
    return count


@dataclass(frozen=True, slots=True)
class Known:
    """What is known besides the documents.

    Attributes:
        collections: By id, with their lists of persons and places.
        links, acts: Those of a document by its id.
        address: Where the edition stands on the web, or "".
    """

    collections: dict[str, Collection]
    links: Callable[[str], Iterable[Link]]
    acts: Callable[[str], Iterable[Act]]
    address: str


class KnowingExporter:
    """Writes documents with their links and acts; its heirs say what a document's piece is.

    It asks for links and acts where the edition has them, for the lists of persons and places, and
    for the address on the web.
    """

    takes_links = True
    takes_acts = True
    takes_address = True
    takes_registers = True

    def pieces(self, known: Known) -> tuple[str, Callable[[Document], str], str]:
        """The beginning of the file, what makes a document's piece, and the end."""
        raise NotImplementedError

    def write(
        self,
        documents: Iterable[Document],
        target: BinaryIO,
        *,
        collections: dict[str, Collection],
        progress: Callable[[int], None] | None = None,
        links: Callable[[str], Iterable[Link]] = lambda id: (),
        acts: Callable[[str], Iterable[Act]] = lambda id: (),
        address: str = "",
    ) -> int:
        """Write the documents in their order; give how many were written.

        ``links`` and ``acts`` give those of a document by its id; ``address`` is where the edition
        stands on the web.
        """
        opening, piece, closing = self.pieces(Known(collections, links, acts, address))
        return write_pieces(
            documents, target, piece, opening=opening, closing=closing, progress=progress
        )


def _bytes(pieces: list[str]) -> bytes:
    return "".join(pieces).encode("utf-8", "replace")
