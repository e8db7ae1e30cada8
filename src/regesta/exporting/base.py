"""What an exporter is: it takes described documents one by one and writes one file or folder.

Exporters are found through the entry-point group ``regesta.exporters``; ours use the same door.
"""

from collections.abc import Callable, Iterable
from typing import BinaryIO, Protocol

from regesta.documents import Collection, Document


class Exporter(Protocol):
    """A format's writer.

    One that has ``takes_links = True`` is also given ``links=``, a document's id to its links;
    one with ``takes_acts = True`` is given ``acts=``, a document's id to its acts, and one with
    ``takes_ledger = True`` ``ledger=``, a document's id to its acts with their powers.
    """

    name: str
    suffix: str
    media_type: str

    def write(
        self,
        documents: Iterable[Document],
        target: BinaryIO,
        *,
        collections: dict[str, Collection],
        progress: Callable[[int], None] | None = None,
    ) -> int:
        """Write the documents in their order, in constant memory; give how many were written."""
        ...
