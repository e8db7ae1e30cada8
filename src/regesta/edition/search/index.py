"""The search index, open for reading: a request in, a ``SearchResult`` out.

What the index does not hold (lines of documents, texts for snippets, labels of facet values) it
asks of a ``Shelf``, which the record implements.
"""

import math
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Protocol

import tantivy
from tantivy import Occur, Order, Query

from regesta.edition.results import FacetCount, Hit, Regest, SearchResult
from regesta.edition.search.closeness import Closeness
from regesta.edition.search.filters import Filter, as_values, filters_of
from regesta.edition.search.forms import Vocabulary
from regesta.edition.search.highlight import Highlighter, Seen
from regesta.edition.search.query import (
    And,
    Dates,
    Everything,
    Leaf,
    Node,
    conjuncts,
    is_plain,
    normal_form,
    sought,
)
from regesta.edition.search.query_parser import parse, plain_words
from regesta.edition.search.query_plan import Planner, silent
from regesta.edition.search.schema import FACETS, KEY_FIELDS, LAYERS, SETS_FROM, Taken
from regesta.edition.search.writer import check_version, read_sequence
from regesta.errors import EditionError, NotAnEdition, QueryError

if TYPE_CHECKING:
    from regesta.edition.search.matching import Matcher
    from regesta.edition.search.sets import Bits, Sets

SORTS = ("relevance", "date", "-date")
MATCHES = ("all", "any")
MOST_HITS, DEEPEST_HIT = 500, 100_000
#: So many of the best documents are looked at again for words that stand together.
SECOND_LOOK, SECOND_LOOK_LONG = 20, 50
#: A query of so many words without operators is relaxed where no document has them all.
RELAX_FROM = 8
#: Other forms of a word that the result names.
MOST_EXPANSIONS = 8
#: Facet counts kept for one state of the index.
MOST_FACETS_KEPT = 200
#: Unknown words that others are looked for.
MOST_NEAR = 4
#: Terms and filters tried out when nothing is found.
MOST_SUSPECTS = 24


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


@dataclass(frozen=True, slots=True)
class _Counted:
    """Facets of a match, and how many of its documents have no date."""

    facets: dict[str, tuple[FacetCount, ...]]
    undated: int


@dataclass(frozen=True)
class _State:
    """One state of the index: everything a search needs, never changed once made."""

    version: tuple[int, int]
    folder: Path
    searcher: tantivy.Searcher
    planner: Planner
    #: Counts of late searches: a search is paged, sorted and narrowed more often than asked anew.
    counted: dict[tuple[object, ...], _Counted] = field(default_factory=dict)

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

        return Matcher(self.sets, self.planner.vocabulary, self.planner.schema)


@dataclass(frozen=True, slots=True)
class _Search:
    """A request understood: its query, its filters, both as one tantivy query, and as one set.

    ``bits`` is None where only the index can tell what is found.
    """

    node: Node
    filters: list[Filter]
    text: Query
    whole: Query
    marker: Highlighter
    bits: "Bits | None"


@dataclass(frozen=True, slots=True)
class _Found:
    """A document that was found: its score, and what was seen where its texts were looked at."""

    taken: Taken
    score: float = 0.0
    seen: Seen | None = None


class SearchIndex:
    """An index open for reading; safe to share between threads, follows commits by itself."""

    def __init__(self, folder: Path, index: tantivy.Index) -> None:
        self.folder = folder
        self._index = index
        self._lock = Lock()
        self._state: _State | None = None

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
        if request.match == "any":
            node = plain_words(request.query, layer=request.layer)
        else:
            node = parse(request.query, layer=request.layer)
        search = _understand(state, request, node, shelf)
        total, found = _find(state, request, search, shelf)
        relaxed = ""
        if not total and request.match == "all" and _can_relax(node):
            widened = replace(request, match="any")
            node = plain_words(request.query, layer=request.layer)
            search = _understand(state, widened, node, shelf)
            total, found = _find(state, widened, search, shelf)
            relaxed = RELAXED if total else ""
        counted = _counted(state, request, search, total)
        return SearchResult(
            query=normal_form(node),
            total=total,
            undated=counted.undated,
            undated_excluded=_undated_excluded(state, request, search),
            hits=_hits(request, search, found),
            facets=counted.facets,
            killed_by=() if total else _killed_by(state, search),
            near={} if total else _near(state, node),
            expansions=_expansions(state, search.node),
            relaxed=relaxed,
            took_ms=round((time.perf_counter() - began) * 1000, 3),
        )

    def _current(self) -> _State:
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
                self._state = _State(version, self.folder, searcher, planner)
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


def _can_relax(node: Node) -> bool:
    return is_plain(node) and len(conjuncts(node)) >= RELAX_FROM


def _understand(state: _State, request: SearchRequest, node: Node, shelf: Shelf) -> _Search:
    matcher = state.matcher
    filters = filters_of(request, state.planner, shelf.labels, matcher)
    text = state.planner.query(node)
    whole = _with(text, [filter.query for filter in filters])
    bits = matcher.query(node) if matcher else None
    bits = _joined_bits(bits, filters)
    return _Search(node, filters, text, whole, _marker(state, request, node), bits)


def _joined_bits(bits: "Bits | None", filters: Sequence[Filter]) -> "Bits | None":
    for filter in filters:
        if bits is None or filter.bits is None:
            return None
        bits = bits & filter.bits
    return bits


def _with(text: Query, filters: Sequence[Query]) -> Query:
    if not filters:
        return text
    musts = [(Occur.Must, text), *((Occur.Must, silent(query)) for query in filters)]
    return Query.boolean_query(musts)


def _count(state: _State, query: Query) -> int:
    # Ordered by a number, so that no scores are worked out.
    return _total(state.searcher.search(query, 1, order_by_field="ascending"))


def _total(result: tantivy.SearchResult) -> int:
    return int(result.count or 0)  # type: ignore[attr-defined]  # the stubs forget it


def _find(
    state: _State, request: SearchRequest, search: _Search, shelf: Shelf
) -> tuple[int, list[_Found]]:
    """Count all, and give the page asked for."""
    last = request.offset + request.limit
    leaves = list(dict.fromkeys(sought(search.node)))
    if request.sort != "relevance" or not leaves:
        return _find_by_date(state, request, search, shelf)
    looks = _worth_a_second_look(request, leaves)
    total, hits = _best(state, search, max(last, looks, 1))
    best = _take(state, shelf, hits[:looks], texts=True)
    if len(best) > 1:
        best = _second_look(state, search, leaves, best)
    rest = _take(state, shelf, hits[max(looks, request.offset) : last], texts=request.snippets)
    return total, _by_score(best)[request.offset : last] + _by_score(rest)


def _best(
    state: _State, search: _Search, wanted: int
) -> tuple[int, list[tuple[float, tantivy.DocAddress]]]:
    """Count all, and give the best by the words and their layers.

    Where the set of all is at hand, words that most documents have are not asked of the index: it
    would go through them all for next to no score. Documents without them are passed over.
    """
    ranked, bits = state.planner.ranked, search.bits
    if bits is None:
        result = state.searcher.search(ranked(search.whole, search.node), wanted)
        return _total(result), list(result.hits)
    lighter = state.planner.lighter(search.node)
    if lighter is not search.node:
        text = _with(state.planner.query(lighter), [filter.query for filter in search.filters])
        more = 2 * wanted + SECOND_LOOK
        result = state.searcher.search(ranked(text, search.node), more, count=False)
        found = list(result.hits)
        numbers = _numbers(state, found)
        there = state.sets.has(bits, numbers)
        kept = [hit for hit, has in zip(found, there, strict=True) if has]
        if len(kept) >= wanted or len(found) < more:
            return _size(bits), kept[:wanted]
    result = state.searcher.search(ranked(search.whole, search.node), wanted, count=False)
    return _size(bits), list(result.hits)


def _find_by_date(
    state: _State, request: SearchRequest, search: _Search, shelf: Shelf
) -> tuple[int, list[_Found]]:
    descending = request.sort == "-date"
    if search.bits is not None:
        last = request.offset + request.limit
        numbers = state.sets.by_date(search.bits, request.offset, last, descending=descending)
        taken = shelf.take(numbers, texts=request.snippets)
        return _size(search.bits), [_Found(taken[n]) for n in numbers if n in taken]
    result = state.searcher.search(
        search.whole,
        max(request.limit, 1),
        offset=request.offset,
        order_by_field="descending" if descending else "ascending",
        order=Order.Desc if descending else Order.Asc,
    )
    # The index knows days and times; the place of a document in its collection came later.
    hits = [(int(key or 0) >> 20, address) for key, address in result.hits[: request.limit]]
    found = _take(state, shelf, hits, texts=request.snippets)
    found.sort(key=lambda one: (one.score, *_place(one.taken.regest)), reverse=descending)
    return _total(result), [replace(one, score=0.0) for one in found]


def _size(bits: "Bits") -> int:
    from regesta.edition.search.sets import size

    return size(bits)


def _place(regest: Regest) -> tuple[str, int, str]:
    return regest.collection, regest.order, regest.id


def _take(
    state: _State,
    shelf: Shelf,
    hits: Sequence[tuple[float, tantivy.DocAddress]],
    *,
    texts: bool,
) -> list[_Found]:
    """Take what was found from the record, in the order of the hits."""
    if not hits:
        return []
    numbers = _numbers(state, hits)
    taken = shelf.take(numbers, texts=texts)
    scored = zip(numbers, hits, strict=True)
    return [_Found(taken[n], score) for n, (score, _) in scored if n in taken]


def _numbers(state: _State, hits: Sequence[tuple[float, tantivy.DocAddress]]) -> list[int]:
    given = state.searcher.fast_field_values("n", [address for _, address in hits])
    return [int(n or 0) for n in given]


def _by_score(found: Sequence[_Found]) -> list[_Found]:
    """The best first; documents of one score by id, however the index came to be."""
    return sorted(found, key=lambda one: (-one.score, one.taken.regest.id))


def _worth_a_second_look(request: SearchRequest, leaves: Sequence[Leaf]) -> int:
    """How many of the best documents are looked at again: more where the question is long."""
    words = sum(len(leaf.words) for leaf in leaves if leaf.kind in ("word", "exact", "joined"))
    if words < 2 or not request.limit or request.offset >= SECOND_LOOK:
        return 0
    return SECOND_LOOK_LONG if words >= RELAX_FROM else SECOND_LOOK


def _second_look(
    state: _State, search: _Search, leaves: Sequence[Leaf], found: Sequence[_Found]
) -> list[_Found]:
    """Score the best documents again with what stands together in them."""
    closeness = Closeness(leaves, state.planner.vocabulary, search.marker)
    again = []
    for one in found:
        if texts := one.taken.texts:
            seen = search.marker.look(texts)
            one = _Found(one.taken, one.score + closeness.score(texts, seen), seen)
        again.append(one)
    return again


def _counted(state: _State, request: SearchRequest, search: _Search, total: int) -> _Counted:
    """Count the facets over the whole match, and the documents in it that have no date."""
    names = tuple(dict.fromkeys(request.facets))
    if not total or not names:
        return _Counted(dict.fromkeys(names, ()), _undated(state, search) if total else 0)
    filters = tuple(tuple(as_values(getattr(request, name))) for name in KEY_FIELDS)
    dates = (request.first, request.last, request.within, request.undated)
    asked = (normal_form(search.node), filters, dates, names)
    if asked not in state.counted:
        if len(state.counted) >= MOST_FACETS_KEPT:
            state.counted.clear()
        state.counted[asked] = _count_facets(state, search, names, total)
    return state.counted[asked]


def _count_facets(state: _State, search: _Search, names: Sequence[str], total: int) -> _Counted:
    from regesta.edition.search.facets import Facets
    from regesta.edition.search.matching import documents_of

    sets, bits = state.sets, search.bits
    if bits is None:
        bits = documents_of(state.searcher, sets, search.whole, total)
    return _Counted(Facets(sets).rows(bits, names), _size(bits & sets.undated))


def _undated(state: _State, search: _Search) -> int:
    """How many of the documents found have no date."""
    if search.bits is not None:
        return _size(search.bits & state.sets.undated)
    undated = state.planner.missing("date")
    text = state.planner.narrowed(undated).query(search.node)
    return _count(state, _with(text, [*(f.query for f in search.filters), undated]))


def _undated_excluded(state: _State, request: SearchRequest, search: _Search) -> int:
    """How many undated documents a range of dates left out."""
    ranged = [f for f in search.filters if f.by_date]
    parts = conjuncts(search.node)
    dated = [part for part in parts if isinstance(part, Dates)]
    if not dated and (not ranged or request.undated):
        return 0
    rest = _joined(tuple(part for part in parts if part not in dated))
    kept = [f for f in search.filters if not f.by_date]
    if search.bits is not None and state.matcher:
        bits = _joined_bits(state.matcher.query(rest), kept)
        if bits is not None:
            return _size(bits & state.sets.undated)
    text = state.planner.query(rest)
    return _count(state, _with(text, [*(f.query for f in kept), state.planner.missing("date")]))


def _joined(parts: Sequence[Node]) -> Node:
    if not parts:
        return Everything()
    return And(tuple(parts)) if len(parts) > 1 else parts[0]


def _hits(request: SearchRequest, search: _Search, found: Sequence[_Found]) -> tuple[Hit, ...]:
    return tuple(
        Hit(
            one.taken.regest,
            round(float(one.score), 4),
            search.marker.snippets(one.taken.texts, one.seen)
            if request.snippets and one.taken.texts
            else (),
        )
        for one in found
    )


def _marker(state: _State, request: SearchRequest, node: Node) -> Highlighter:
    leaves = list(dict.fromkeys(sought(node)))
    weights = {leaf: _rarity(state, leaf) for leaf in leaves}
    return Highlighter(leaves, weights=weights, layer=request.layer)


def _rarity(state: _State, leaf: Leaf) -> float:
    """What a leaf is worth in a snippet: more where few documents have it."""
    searcher = state.searcher
    counts = [searcher.doc_freq("document_exact", word) for word in leaf.words]
    return 0.2 + math.log1p(searcher.num_docs / (1 + min(counts)))


def _killed_by(state: _State, search: _Search) -> tuple[FacetCount, ...]:
    """Name each term and filter without which something would be found, with how much.

    Where no single one is to blame, those that find nothing by themselves are named together.
    """
    suspects = list(_suspects(state, search))[:MOST_SUSPECTS]
    if len(suspects) < 2:
        return ()
    killers = []
    for i, (shown, _) in enumerate(suspects):
        others = [query for j, (_, query) in enumerate(suspects) if j != i]
        if count := _count(state, _with(others[0], others[1:])):
            killers.append(FacetCount(shown, count, shown))
    if killers:
        return tuple(sorted(killers, key=lambda killer: -killer.count))
    empty = [(shown, query) for shown, query in suspects if not _count(state, query)]
    others = [query for suspect in suspects if suspect not in empty for query in suspect[1:]]
    count = _count(state, _with(others[0], others[1:])) if others and empty else 0
    return tuple(FacetCount(shown, count, shown) for shown, _ in empty) if count else ()


def _suspects(state: _State, search: _Search) -> Iterator[tuple[str, Query]]:
    for part in conjuncts(search.node):
        yield normal_form(part), state.planner.query(part)
    for filter in search.filters:
        yield filter.shown, filter.query


def _near(state: _State, node: Node) -> dict[str, tuple[str, ...]]:
    """Name words spelt almost like those that no document has."""
    from regesta.edition.search.spelling import near_words

    words = {leaf.words[0]: None for leaf in sought(node) if leaf.kind == "word" and not leaf.field}
    found = {word: near_words(state.planner.vocabulary, word) for word in list(words)[:MOST_NEAR]}
    return {word: near for word, near in found.items() if near}


def _expansions(state: _State, node: Node) -> dict[str, tuple[str, ...]]:
    """Name the other forms under which a word was found."""
    expansions = {}
    leaves = [leaf for leaf in sought(node) if leaf.kind == "word"]
    # Names are searched as they are written, so that no other form of them is found.
    words = {leaf.words[0] for leaf in leaves if leaf.field in ("", *LAYERS)}
    for word in sorted(words)[:MOST_SUSPECTS]:
        forms = [form for form, _ in state.planner.vocabulary.forms(word) if form != word]
        if forms:
            expansions[word] = tuple(forms[:MOST_EXPANSIONS])
    return expansions
