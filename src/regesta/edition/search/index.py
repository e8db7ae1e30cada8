"""The search index, open for reading: a request in, a ``SearchResult`` out."""

import math
import time
from dataclasses import replace
from pathlib import Path
from threading import Lock

import tantivy

from regesta.edition.results import SearchResult
from regesta.edition.search.counting import counted, undated_excluded
from regesta.edition.search.filters import filters_of
from regesta.edition.search.finding import LONG, find, hits_of
from regesta.edition.search.forms import Vocabulary
from regesta.edition.search.highlight import Highlighter
from regesta.edition.search.hints import expansions, killed_by, near_spellings
from regesta.edition.search.query import (
    Leaf,
    Node,
    conjuncts,
    is_plain,
    normal_form,
    sought,
    with_people,
)
from regesta.edition.search.query_parser import parse, plain_words
from regesta.edition.search.query_plan import Planner
from regesta.edition.search.schema import FACETS, LAYERS
from regesta.edition.search.state import (
    SearchRequest,
    Shelf,
    State,
    Understood,
    joined_bits,
    joined_queries,
)
from regesta.edition.search.writer import check_version
from regesta.errors import NotAnEdition, QueryError

SORTS = ("relevance", "date", "-date")
MATCHES = ("all", "any")
MOST_HITS, DEEPEST_HIT = 500, 100_000


class SearchIndex:
    """An index open for reading; safe to share between threads, follows commits by itself."""

    def __init__(self, folder: Path, index: tantivy.Index) -> None:
        self.folder = folder
        self._index = index
        self._lock = Lock()
        self._state: State | None = None

    @classmethod
    def open(cls, folder: str | Path) -> "SearchIndex":
        """Open an index folder.

        Raises:
            NotAnEdition: There is no index in it.
            EditionVersionError: It was made with another schema.
        """
        path = Path(folder)
        try:
            there = tantivy.Index.exists(str(path))
        except (OSError, ValueError):
            there = False
        if not there:
            raise NotAnEdition(f"{path}: there is no search index", "build the edition again")
        check_version(path)
        return cls(path, _open(path))

    def close(self) -> None:
        """Let go of the files."""
        with self._lock:
            self._state = None

    @property
    def documents(self) -> int:
        """How many documents are in the index."""
        return int(self._current().searcher.num_docs)

    def search(self, request: SearchRequest, shelf: Shelf) -> SearchResult:
        """Search.

        Raises:
            QueryError: The query or a filter is malformed; says where and how to write it.
        """
        try:
            return self._search(request, shelf)
        except ValueError as error:
            raise QueryError(
                f"the index cannot carry out this query: {error}", "ask for less at once"
            ) from error

    def _search(self, request: SearchRequest, shelf: Shelf) -> SearchResult:
        began = time.perf_counter()
        _check(request)
        state = self._current()
        exchanged: dict[str, tuple[str, ...]] = {}
        if request.match == "any":
            node, exchanged = _any_words(state, request)
        else:
            node = parse(request.query, layer=request.layer)
            if request.people is not None:
                node = with_people(node, request.people)
        search = _understand(state, request, node, shelf)
        total, found, search = find(state, request, search, shelf)
        relaxed = ""
        if not total and request.match == "all" and _can_relax(node):
            widened = replace(request, match="any")
            node, exchanged = _any_words(state, request)
            search = _understand(state, widened, node, shelf)
            total, found, search = find(state, widened, search, shelf)
            relaxed = RELAXED if total else ""
        counts = counted(state, request, search, total)
        return SearchResult(
            query=normal_form(node),
            total=total,
            undated=counts.undated,
            undated_excluded=undated_excluded(state, request, search),
            hits=hits_of(request, search, found),
            facets=counts.facets,
            killed_by=() if total else killed_by(state, search),
            near={} if total else near_spellings(state, node),
            expansions=exchanged | expansions(state, search.node),
            relaxed=relaxed,
            took_ms=round((time.perf_counter() - began) * 1000, 3),
        )

    def _current(self) -> State:
        """The index as it was last committed; opened again where its files were exchanged."""
        version = _version(self.folder)
        state = self._state
        if state is not None and state.version == version:
            return state
        with self._lock:
            if self._state is None or self._state.version != version:
                if self._state is not None and self._state.version[0] != version[0]:
                    self._index = _open(self.folder)
                self._index.reload()
                searcher = self._index.searcher()
                vocabulary = Vocabulary(searcher)
                planner = Planner(self._index.schema, vocabulary)
                self._state = State(version, self.folder, searcher, planner)
            return self._state


#: Says in the result that the query was widened.
RELAXED = (
    "No document has all of these words; these have the most and the rarest of them. "
    'Put words in "quotation marks" or join them with AND to insist on them.'
)


def _open(folder: Path) -> tantivy.Index:
    try:
        index = tantivy.Index.open(str(folder))
        index.config_reader("manual")
        return index
    except (OSError, ValueError) as error:
        raise NotAnEdition(
            f"{folder}: the search index cannot be opened: {error}", "build the edition again"
        ) from error


def _version(folder: Path) -> tuple[int, int]:
    try:
        status = (folder / "meta.json").stat()
    except OSError as error:
        raise NotAnEdition(
            f"{folder}: the search index is gone", "build the edition again"
        ) from error
    return folder.stat().st_ino, status.st_mtime_ns


def _check(request: SearchRequest) -> None:
    if not 0 <= request.limit <= MOST_HITS:
        raise QueryError(
            f"limit is {request.limit}", f"write a number from 0 to {MOST_HITS} and page by offset"
        )
    if request.offset < 0 or request.offset + request.limit > DEEPEST_HIT:
        raise QueryError(
            f"offset is {request.offset}",
            f"offset and limit together reach to {DEEPEST_HIT:,}; narrow the search by date",
        )
    for name, value, known in (
        ("layer", request.layer, ("", *LAYERS)),
        ("sort", request.sort, SORTS),
        ("match", request.match, MATCHES),
    ):
        if value not in known:
            names = ", ".join(filter(None, known))
            raise QueryError(f"there is no {name} {value}", f"{name} is one of {names}")
    for facet in request.facets:
        if facet not in FACETS:
            raise QueryError(f"there is no facet {facet}", f"facets are {', '.join(FACETS)}")


def _any_words(state: State, request: SearchRequest) -> tuple[Node, dict[str, tuple[str, ...]]]:
    """Words any of which may stand; for those that no document has, words spelt almost so."""
    from regesta.edition.search.spelling import respelt

    return respelt(state.planner.vocabulary, plain_words(request.query, layer=request.layer))


def _can_relax(node: Node) -> bool:
    return is_plain(node) and len(conjuncts(node)) >= LONG


def _understand(state: State, request: SearchRequest, node: Node, shelf: Shelf) -> Understood:
    matcher = state.matcher
    filters = filters_of(request, state.planner, shelf.labels, matcher)
    text = state.planner.query(node)
    whole = joined_queries(text, [filter.query for filter in filters])
    bits = matcher.query(node) if matcher else None
    bits = joined_bits(bits, filters)
    return Understood(node, filters, text, whole, _marker(state, request, node), bits)


def _marker(state: State, request: SearchRequest, node: Node) -> Highlighter:
    leaves = list(dict.fromkeys(sought(node)))
    weights = {leaf: _rarity(state, leaf) for leaf in leaves}
    return Highlighter(leaves, weights=weights, layer=request.layer)


def _rarity(state: State, leaf: Leaf) -> float:
    """What a leaf is worth in a snippet: more where few documents have it."""
    searcher = state.searcher
    counts = [state.planner.vocabulary.count("document_exact", word) for word in leaf.words]
    return 0.2 + math.log1p(searcher.num_docs / (1 + min(counts)))
