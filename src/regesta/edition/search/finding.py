"""The page of a search: a request understood in, how many are found and the page's hits out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

import tantivy
from tantivy import Order

from regesta.edition.results import Hit, Regest
from regesta.edition.search.closeness import Closeness
from regesta.edition.search.highlight import Seen
from regesta.edition.search.query import Leaf, sought
from regesta.edition.search.schema import Taken
from regesta.edition.search.state import (
    SearchRequest,
    Shelf,
    State,
    Understood,
    size_of,
    total_of,
)

#: So many of the best documents are looked at again for words that stand together.
SECOND_LOOK, SECOND_LOOK_LONG = 20, 50
#: A question of so many words is long.
LONG = 8
#: Where the index alone knows what is found, so many hits are asked for: if they are all there is,
#: they are the set of all, and nothing is asked twice. To give one hit more takes .2 µs.
ALL_AT_ONCE = 300
#: So many hits more than are wanted show whether the last of them has equals, whose order is by id.
EQUALS = 30


#: A score and where its document is in the index.
Scored = tuple[float, tantivy.DocAddress]


@dataclass(frozen=True, slots=True)
class Found:
    """A document that was found: its score, and what was seen where its texts were looked at."""

    taken: Taken
    score: float = 0.0
    seen: Seen | None = None


def find(
    state: State, request: SearchRequest, search: Understood, shelf: Shelf
) -> tuple[int, list[Found], Understood]:
    """Count all, and give the page asked for; and what was understood, with the set of all.

    The set is there where it was at hand, or where the search came by it.
    """
    last = request.offset + request.limit
    leaves = list(dict.fromkeys(sought(search.node)))
    if request.sort != "relevance" or not leaves:
        return *_find_by_date(state, request, search, shelf), search
    looks = _worth_a_second_look(request, leaves)
    wanted = max(last, looks, 1) + EQUALS
    if search.bits is None and state.matcher is not None:
        total, hits = _best(state, search, max(wanted, ALL_AT_ONCE))
        if total == len(hits):
            search = replace(search, bits=state.sets.of_numbers(_numbers(state, hits)))
    else:
        total, hits = _best(state, search, wanted)
    hits = _settled(state, shelf, hits, [looks, request.offset, last])
    best = _take(state, shelf, hits[:looks], texts=True)
    if len(best) > 1:
        best = _second_look(state, search, leaves, best)
    rest = _take(state, shelf, hits[max(looks, request.offset) : last], texts=request.snippets)
    return total, _by_score(best)[request.offset : last] + _by_score(rest), search


def _best(state: State, search: Understood, wanted: int) -> tuple[int, list[Scored]]:
    """Count all, and give the best by the words and their layers.

    Where the set of all is at hand, the index is asked for less than that, and what it gives
    beyond the set is passed over.
    """
    ranked, bits = state.planner.ranked, search.bits
    if bits is None:
        result = state.searcher.search(ranked(search.whole, search.node), wanted)
        return total_of(result), list(result.hits)
    total, filters = size_of(bits), [f.query for f in search.filters]
    loosely = state.planner.ranked_loosely(search.node, filters, total=total)
    if loosely is not None:
        more = 2 * wanted
        found = list(state.searcher.search(loosely, more, count=False).hits)
        there = state.sets.has(bits, _numbers(state, found))
        kept = [hit for hit, has in zip(found, there, strict=True) if has]
        if len(kept) >= wanted or len(found) < more:
            return total, kept[:wanted]
    result = state.searcher.search(ranked(search.whole, search.node), wanted, count=False)
    return total, list(result.hits)


def _find_by_date(
    state: State, request: SearchRequest, search: Understood, shelf: Shelf
) -> tuple[int, list[Found]]:
    descending = request.sort == "-date"
    if search.bits is not None:
        last = request.offset + request.limit
        numbers = state.sets.by_date(search.bits, request.offset, last, descending=descending)
        taken = shelf.take(numbers, texts=request.snippets)
        return size_of(search.bits), [Found(taken[n]) for n in numbers if n in taken]
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
    return total_of(result), [replace(one, score=0.0) for one in found]


def _place(regest: Regest) -> tuple[str, int, str]:
    return regest.collection, regest.order, regest.id


def _settled(state: State, shelf: Shelf, hits: list[Scored], cuts: Sequence[int]) -> list[Scored]:
    """The same hits, those of one score by id where a page begins or ends among them.

    The index gives equals in the order of its files, which no two builds share. So many equals
    that not every page would see all of them are left as they are.
    """
    settled = list(hits)
    for cut in sorted({*cuts}):
        start, end = _equals(hits, cut)
        if 1 < end - start <= EQUALS:
            equals = hits[start:end]
            taken = shelf.take(numbers := _numbers(state, equals), texts=False)
            ids = [taken[n].regest.id if n in taken else "" for n in numbers]
            by_id = sorted(zip(ids, equals, strict=True), key=itemgetter(0))
            settled[start:end] = [hit for _, hit in by_id]
    return settled


def _equals(hits: Sequence[Scored], cut: int) -> tuple[int, int]:
    """From where to where hits have one score, if a cut goes through them; else nothing."""
    if not 0 < cut < len(hits) or hits[cut - 1][0] != hits[cut][0]:
        return 0, 0
    start = end = cut
    while start and hits[start - 1][0] == hits[cut][0]:
        start -= 1
    while end < len(hits) and hits[end][0] == hits[cut][0]:
        end += 1
    return start, end


def _take(state: State, shelf: Shelf, hits: Sequence[Scored], *, texts: bool) -> list[Found]:
    """Take what was found from the record, in the order of the hits."""
    if not hits:
        return []
    numbers = _numbers(state, hits)
    taken = shelf.take(numbers, texts=texts)
    scored = zip(numbers, hits, strict=True)
    return [Found(taken[n], score) for n, (score, _) in scored if n in taken]


def _numbers(state: State, hits: Sequence[Scored]) -> list[int]:
    given = state.searcher.fast_field_values("n", [address for _, address in hits])
    return [int(n or 0) for n in given]


def _by_score(found: Sequence[Found]) -> list[Found]:
    """The best first; documents of one score by id, however the index came to be."""
    return sorted(found, key=lambda one: (-one.score, one.taken.regest.id))


def _worth_a_second_look(request: SearchRequest, leaves: Sequence[Leaf]) -> int:
    """How many of the best documents are looked at again: more where the question is long."""
    words = sum(len(leaf.words) for leaf in leaves if leaf.kind in ("word", "exact", "joined"))
    if words < 2 or not request.limit or request.offset >= SECOND_LOOK:
        return 0
    return SECOND_LOOK_LONG if words >= LONG else SECOND_LOOK


def _second_look(
    state: State, search: Understood, leaves: Sequence[Leaf], found: Sequence[Found]
) -> list[Found]:
    """Score the best documents again with what stands together in them."""
    closeness = Closeness(leaves, state.planner.vocabulary, search.marker)
    again = []
    for one in found:
        if texts := one.taken.texts:
            seen = search.marker.look(texts)
            one = Found(one.taken, one.score + closeness.score(texts, seen), seen)
        again.append(one)
    return again


def hits_of(request: SearchRequest, search: Understood, found: Sequence[Found]) -> tuple[Hit, ...]:
    """The hits of a page with their passages."""
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
