"""The references of a document: clean, find, resolve, annotate."""

from regesta.documents import Document, Link
from regesta.linking.base import Card, Lookup, Mention, Reference
from regesta.linking.references.annotate import annotate
from regesta.linking.references.clean import clean
from regesta.linking.references.find import find
from regesta.linking.references.notes import find_notes
from regesta.linking.references.resolve import resolve
from regesta.linking.threads import relate


def find_mentions(document: Document, card: Card | None = None) -> list[Mention]:
    """Give every mention of a document: what needs no other document to be known."""
    passages = clean(document, card)
    return find_notes(document, passages, find(document, passages))


def resolve_references(document: Document, lookup: Lookup) -> list[Reference]:
    """Give every reference of a document, resolved as far as the lookup knows."""
    return [resolve(mention, lookup) for mention in find_mentions(document)]


def link_references(document: Document, lookup: Lookup) -> list[Link]:
    """Give the links that a document's references make, and the relations that follow from them.

    This is the linker ``references``.
    """
    references = resolve_references(document, lookup)
    return [*annotate(references), *relate(references)]
