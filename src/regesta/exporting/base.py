"""What an exporter is: it takes described documents one by one and writes one file or folder.

Exporters are found through the entry-point group ``regesta.exporters``; ours use the same door.
"""

from collections.abc import Callable, Iterable
from typing import BinaryIO, Protocol

from regesta.documents import Collection, Document


class Exporter(Protocol):
    """A format's writer.

    What it asks for besides documents, it says by attributes that are true; ``write`` then has a
    parameter for each:

    ============================ ==============================================================
    ``takes_links``              ``links=``, a document's id to its links, where there are any
    ``needs_links``              as before, and the edition is linked first if it is not
    ``takes_acts``               ``acts=``, a document's id to its acts, where they were found
    ``takes_ledger``             ``ledger=``, as before with their powers; they are found first
    ``takes_imprint``            ``editor=`` and ``publisher=`` of the edition itself, or ""
    ``takes_identified``         ``identified=``, a document to the addresses of its parties in
                                 authority files, by role ("author", "recipient") and place
    ``takes_address``            ``address=``, where the edition stands on the web, or ""
    ``takes_title``              ``title=`` of the edition
    ``takes_printed_dates``      ``printed_date=``, a document to what is printed where its date is
                                 a certain slip, or ""
    ``takes_registers``          collections come with their lists of persons and places
    ============================ ==============================================================
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
