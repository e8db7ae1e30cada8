"""What finds acts: a described document in, its acts out; the grammar or any other back end."""

from typing import Protocol

from regesta.describing.base import Context
from regesta.documents import Act, Document


class ActFinder(Protocol):
    """Finds the acts of a document, each with its words; abstains rather than invents."""

    def __call__(self, document: Document, context: Context) -> list[Act]:
        """Give the acts of a document, in the order of their words."""
        ...
