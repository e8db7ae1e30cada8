"""What a describer is: it reads a document and gives facts, each with its rule and its words.

Describers are found through the entry-point group ``regesta.describers``; ours use the same door.
They run in the order dates, parties, places, numbers, kinds, languages, then any others.
"""

from dataclasses import dataclass
from typing import Protocol

from regesta.documents import Collection, Document, Fact


@dataclass(frozen=True, slots=True)
class Context:
    """What a describer may know besides the document.

    Attributes:
        collection: Its collection, or None for bare text.
    """

    collection: Collection | None = None


class Describer(Protocol):
    """Gives the facts of one kind; an empty list where it does not know."""

    def __call__(self, document: Document, context: Context) -> list[Fact]:
        """Describe a document from its words; never repeat what the source gives."""
        ...
