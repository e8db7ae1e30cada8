"""Counts of a search: facets over the whole match, and the documents without a date."""

from collections.abc import Sequence

from regesta.edition.search.filters import as_values
from regesta.edition.search.query import And, Dates, Everything, Node, conjuncts, normal_form
from regesta.edition.search.schema import KEY_FIELDS
from regesta.edition.search.state import (
    Counted,
    SearchRequest,
    State,
    Understood,
    count_of,
    joined_bits,
    joined_queries,
    size_of,
)

#: Facet counts kept for one state of the index.
MOST_FACETS_KEPT = 200


def counted(state: State, request: SearchRequest, search: Understood, total: int) -> Counted:
    """Count the facets over the whole match, and the documents in it that have no date."""
    names = tuple(dict.fromkeys(request.facets))
    if not total or not names:
        return Counted(dict.fromkeys(names, ()), _undated(state, search) if total else 0)
    filters = tuple(tuple(as_values(getattr(request, name))) for name in KEY_FIELDS)
    dates = (request.first, request.last, request.within, request.undated)
    asked = (normal_form(search.node), filters, dates, names)
    if asked not in state.counted:
        if len(state.counted) >= MOST_FACETS_KEPT:
            state.counted.clear()
        state.counted[asked] = _count_facets(state, search, names, total)
    return state.counted[asked]


def _count_facets(state: State, search: Understood, names: Sequence[str], total: int) -> Counted:
    from regesta.edition.search.facets import Facets
    from regesta.edition.search.matching import RARE, documents_of

    sets, bits = state.sets, search.bits
    if bits is None and state.matcher and total > RARE:
        bits = joined_bits(state.matcher.query(search.node, looking=True), search.filters)
    if bits is None:
        bits = documents_of(state.searcher, sets, search.whole, total)
    return Counted(Facets(sets).rows(bits, names), size_of(bits & sets.undated))


def _undated(state: State, search: Understood) -> int:
    """How many of the documents found have no date."""
    if search.bits is not None:
        return size_of(search.bits & state.sets.undated)
    undated = state.planner.missing("date")
    text = state.planner.narrowed(undated).query(search.node)
    return count_of(state, joined_queries(text, [*(f.query for f in search.filters), undated]))


def undated_excluded(state: State, request: SearchRequest, search: Understood) -> int:
    """How many undated documents a range of dates left out."""
    ranged = [f for f in search.filters if f.by_date]
    parts = conjuncts(search.node)
    dated = [part for part in parts if isinstance(part, Dates)]
    if not dated and (not ranged or request.undated):
        return 0
    rest = _joined(tuple(part for part in parts if part not in dated))
    kept = [f for f in search.filters if not f.by_date]
    if search.bits is not None and state.matcher:
        bits = joined_bits(state.matcher.query(rest), kept)
        if bits is not None:
            return size_of(bits & state.sets.undated)
    text = state.planner.query(rest)
    return count_of(
        state, joined_queries(text, [*(f.query for f in kept), state.planner.missing("date")])
    )


def _joined(parts: Sequence[Node]) -> Node:
    if not parts:
        return Everything()
    return And(tuple(parts)) if len(parts) > 1 else parts[0]
