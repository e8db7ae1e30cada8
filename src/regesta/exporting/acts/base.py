"""What the exporters of acts share: documents come in one by one, their acts go out.

An exporter says how acts are put into a file; going through the documents, and counting those, is
done here.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from regesta.documents import Collection, Document
from regesta.documents.ledger import StoredAct

#: Documents between two reports of progress.
EVERY = 200
Ledger = Callable[[str], Iterable[StoredAct]]
#: An act with the document that states it.
Stated = tuple[Document, StoredAct]


class ActExporter:
    """Writes the acts of documents; its heirs say how."""

    takes_ledger = True

    def put(self, acts: Iterable[Stated], target: BinaryIO) -> None:
        """Write the acts, in constant memory."""
        raise NotImplementedError

    def write(
        self,
        documents: Iterable[Document],
        target: BinaryIO,
        *,
        collections: dict[str, Collection],
        progress: Callable[[int], None] | None = None,
        ledger: Ledger = lambda id: (),
    ) -> int:
        """Write the acts of documents in their order; give how many documents there were.

        Raises:
            MissingExtra: What writes the format is not installed.
        """
        count = 0

        def stated() -> Iterator[Stated]:
            nonlocal count
            for document in documents:
                for act in ledger(document.id):
                    yield document, act
                count += 1
                if progress and count % EVERY == 0:
                    progress(count)

        self.put(stated(), target)
        if progress:
            progress(count)
        return count
