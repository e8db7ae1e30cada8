"""Writing documents piece by piece: what the exporters of plain files share."""

from collections.abc import Callable, Iterable
from typing import BinaryIO

from regesta.documents import Collection, Document

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


def _bytes(pieces: list[str]) -> bytes:
    return "".join(pieces).encode("utf-8", "replace")
