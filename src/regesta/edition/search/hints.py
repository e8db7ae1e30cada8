"""What helps a reader on: what killed a search, words spelt almost so, other forms found."""

from collections.abc import Iterator

from tantivy import Query

from regesta.edition.results import FacetCount
from regesta.edition.search.query import Node, conjuncts, normal_form, sought, terms
from regesta.edition.search.schema import LAYERS
from regesta.edition.search.state import State, Understood, count_of, joined_queries

#: Other forms of a word that the result names.
MOST_EXPANSIONS = 8
#: Unknown words that others are looked for.
MOST_NEAR = 4
#: Terms and filters tried out when nothing is found.
MOST_SUSPECTS = 24


def killed_by(state: State, search: Understood) -> tuple[FacetCount, ...]:
    """Name each term and filter without which something would be found, with how much.

    Where no single one is to blame, those that find nothing by themselves are named together.
    """
    suspects = list(_suspects(state, search))[:MOST_SUSPECTS]
    if len(suspects) < 2:
        return ()
    killers = []
    for i, (shown, _) in enumerate(suspects):
        others = [query for j, (_, query) in enumerate(suspects) if j != i]
        if count := count_of(state, joined_queries(others[0], others[1:])):
            killers.append(FacetCount(shown, count, shown))
    if killers:
        return tuple(sorted(killers, key=lambda killer: -killer.count))
    empty = [(shown, query) for shown, query in suspects if not count_of(state, query)]
    others = [query for suspect in suspects if suspect not in empty for query in suspect[1:]]
    count = count_of(state, joined_queries(others[0], others[1:])) if others and empty else 0
    return tuple(FacetCount(shown, count, shown) for shown, _ in empty) if count else ()


def _suspects(state: State, search: Understood) -> Iterator[tuple[str, Query]]:
    for part in conjuncts(search.node):
        yield normal_form(part), state.planner.query(part)
    for filter in search.filters:
        yield filter.shown, filter.query


def near_spellings(state: State, node: Node) -> dict[str, tuple[str, ...]]:
    """Name what is near to words and values that no document has, as they are written in a query.

    Words and names spelt almost so, values that are like one, and a date where one was written as
    a word or as a name ("1914-1918", "from:1918").
    """
    from regesta.edition.search.near import near

    found: dict[str, tuple[str, ...]] = {}
    for term in dict.fromkeys(terms(node)):
        if len(found) < MOST_NEAR and (others := near(state.planner.vocabulary, term)):
            found[normal_form(term)] = others
    return found


def expansions(state: State, node: Node) -> dict[str, tuple[str, ...]]:
    """Name the other forms under which a word was found."""
    expansions = {}
    leaves = [leaf for leaf in sought(node) if leaf.kind == "word"]
    # Names are searched as they are written, so that no other form of them is found.
    words = {leaf.words[0] for leaf in leaves if leaf.field in ("", *LAYERS)}
    for word in sorted(words)[:MOST_SUSPECTS]:
        # Itself and one more, which says whether there are others.
        found = state.planner.vocabulary.forms(word, MOST_EXPANSIONS + 1)
        forms = [form for form, _ in found if form != word]
        if forms:
            expansions[word] = tuple(forms[:MOST_EXPANSIONS])
    return expansions
