"""JSON Lines: one described line of the contract a document, UTF-8, a line feed after each."""

from collections.abc import Callable, Iterable
from typing import BinaryIO

import msgspec

from regesta.documents import Act, Collection, Document, Link, to_line

#: Documents between two reports of progress, and between two writes.
EVERY = 200


class JsonlExporter:
    """Writes what ``describe --jsonl`` and ``/api/documents`` give."""

    name = "jsonl"
    suffix = ".jsonl"
    media_type = "application/x-ndjson"
    #: Asks for the links of a linked edition, and for its acts where they have been found.
    takes_links = takes_acts = True

    def write(
        self,
        documents: Iterable[Document],
        target: BinaryIO,
        *,
        collections: dict[str, Collection],
        progress: Callable[[int], None] | None = None,
        links: Callable[[str], Iterable[Link]] = lambda id: (),
        acts: Callable[[str], Iterable[Act]] = lambda id: (),
    ) -> int:
        """Write the documents in their order; give how many were written.

        ``links`` and ``acts`` give the links and the acts of a document by its id.
        """
        encode = msgspec.json.Encoder().encode
        lines: list[bytes] = []
        count = 0
        for document in documents:
            known = to_line(document, links=links(document.id), acts=acts(document.id))
            lines.append(encode(known))
            count += 1
            if len(lines) == EVERY:
                target.write(b"\n".join([*lines, b""]))
                lines.clear()
                if progress:
                    progress(count)
        target.write(b"\n".join([*lines, b""]) if lines else b"")
        if progress:
            progress(count)
        return count
