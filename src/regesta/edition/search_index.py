"""The search index, open for reading: a request in, a ``SearchResult`` out.

What the index does not hold (lines of documents, texts for snippets, labels of facet values) it
asks of a ``Shelf``, which the record implements.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from regesta.edition.results import Regest, SearchResult
from regesta.edition.search_schema import LayerTexts


class Shelf(Protocol):
    """What search asks of the record. Unknown ids are left out of every answer."""

    def regests(self, ids: Sequence[str]) -> list[Regest]:
        """One-line views, in the order asked."""
        ...

    def layer_texts(self, ids: Sequence[str]) -> Mapping[str, LayerTexts]:
        """Texts for snippets, by document id (``search_schema.layer_texts`` of each document)."""
        ...

    def labels(self, field: str, ids: Sequence[str]) -> Mapping[str, str]:
        """Labels of index entries ("author", "recipient", "place", "subject") and collections."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """A search as :meth:`regesta.edition.Edition.search` takes it; the same names and defaults.

    ``match`` is "all" (every word, with operators) or "any" (plain words, ranked by how many and
    how rare; no operators).
    """

    query: str = ""
    author: Sequence[str] = ()
    recipient: Sequence[str] = ()
    place: Sequence[str] = ()
    subject: Sequence[str] = ()
    kind: Sequence[str] = ()
    collection: Sequence[str] = ()
    language: Sequence[str] = ()
    first: str | None = None
    last: str | None = None
    within: bool = False
    undated: bool = False
    layer: str = ""
    sort: str = "relevance"
    limit: int = 20
    offset: int = 0
    facets: Sequence[str] = ()
    snippets: bool = True
    match: str = "all"


class SearchIndex:
    """An index open for reading; safe to share between threads, follows commits by itself."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def open(cls, folder: str | Path) -> "SearchIndex":
        """Open an index folder.

        Raises:
            NotAnEdition: There is no index in it.
            EditionVersionError: It was made with another schema.
        """
        raise NotImplementedError

    def search(self, request: SearchRequest, shelf: Shelf) -> SearchResult:
        """Search.

        Raises:
            QueryError: The query or a filter is malformed; says where and how to write it.
        """
        raise NotImplementedError

    def close(self) -> None:
        """Let go of the files."""
