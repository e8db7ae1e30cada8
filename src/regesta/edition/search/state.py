"""What a search has in hand: the request, one state of the index, the request understood.

What the index does not hold (lines of documents, texts for snippets, labels of facet values) it
asks of a ``Shelf``, which the record implements.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import tantivy
from tantivy import Occur, Query

from regesta.edition.results import FacetCount
from regesta.edition.search.filters import Filter
from regesta.edition.search.highlight import Highlighter
from regesta.edition.search.query import Node
from regesta.edition.search.query_plan import Planner, silent
from regesta.edition.search.schema import SETS_FROM, Taken
from regesta.edition.search.writer import read_sequence
from regesta.errors import EditionError

if TYPE_CHECKING:
    from regesta.edition.search.matching import Matcher
    from regesta.edition.search.sets import Bits, Sets


class Shelf(Protocol):
    """What search asks of the record. What it does not know is left out of every answer."""

    def take(self, numbers: Sequence[int], *, texts: bool) -> Mapping[int, Taken]:
        """Documents by their numbers, with ``schema.layer_texts`` of each where asked for."""
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
    #: "author" or "recipient" and a name → documents of the persons so called, by id.
    people: Callable[[str, str], Sequence[str]] | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """Facets of a match, and how many of its documents have no date."""

    facets: dict[str, tuple[FacetCount, ...]]
    undated: int


@dataclass(frozen=True)
class State:
    """One state of the index: everything a search needs, never changed once made."""

    version: tuple[int, int]
    folder: Path
    searcher: tantivy.Searcher
    planner: Planner
    #: Counts of late searches: a search is paged, sorted and narrowed more often than asked anew.
    counted: dict[tuple[object, ...], Counted] = field(default_factory=dict)

    @cached_property
    def sets(self) -> "Sets":
        """The sets of this state; read when first asked for, which small editions rarely do.

        Raises:
            EditionError: They are not there, or belong to another state.
        """
        from regesta.edition.search.sets import read_sets

        sets = read_sets(self.folder)
        of_this = sets and sets.sequence == read_sequence(self.folder)
        if not sets or not of_this or sets.documents != self.searcher.num_docs:
            raise EditionError(
                f"{self.folder}: the sets of the search index are missing",
                "build the edition again",
            )
        return sets

    @cached_property
    def matcher(self) -> "Matcher | None":
        """What joins sets; None in a small edition, whose index is quick enough."""
        if self.searcher.num_docs < SETS_FROM:
            return None
        from regesta.edition.search.matching import Matcher

        return Matcher(self.sets, self.planner)


@dataclass(frozen=True, slots=True)
class Understood:
    """A request understood: its query, its filters, both as one tantivy query, and as one set.

    ``bits`` is None where only the index can tell what is found.
    """

    node: Node
    filters: list[Filter]
    text: Query
    whole: Query
    marker: Highlighter
    bits: "Bits | None"


def joined_queries(text: Query, filters: Sequence[Query]) -> Query:
    """What a query finds and every filter lets pass, scored by the query alone."""
    if not filters:
        return text
    musts = [(Occur.Must, text), *((Occur.Must, silent(query)) for query in filters)]
    return Query.boolean_query(musts)


def count_of(state: State, query: Query) -> int:
    """How many documents a query finds."""
    # Ordered by a number, so that no scores are worked out.
    return total_of(state.searcher.search(query, 1, order_by_field="ascending"))


def total_of(result: tantivy.SearchResult) -> int:
    """How many documents were found, where that was counted."""
    return int(result.count or 0)  # type: ignore[attr-defined]  # the stubs forget it


def joined_bits(bits: "Bits | None", filters: Sequence[Filter]) -> "Bits | None":
    """The documents of a set that every filter lets pass; None where a set is not at hand."""
    for filter in filters:
        if bits is None or filter.bits is None:
            return None
        bits = bits & filter.bits
    return bits


def size_of(bits: "Bits") -> int:
    """How many documents a set has; numpy is loaded where there are sets alone."""
    from regesta.edition.search.sets import size

    return size(bits)
