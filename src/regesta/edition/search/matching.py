"""What a search finds, as a set of documents: a query and filters in, bits out.

Words that stand in many documents, values and dates are joined as sets; for anything else the
index is asked. It gives no sets, but it adds up: each document bears one bit of its stretch of
numbers, so that the sum of a stretch names all of its documents that were found.
"""

from collections.abc import Sequence
from functools import reduce
from operator import itemgetter

import numpy as np
import tantivy
from tantivy import Occur, Query

from regesta.edition.search.query import And, Dates, Everything, Leaf, Missing, Node, Not, Or, Value
from regesta.edition.search.query_plan import Planner, any_of, days
from regesta.edition.search.schema import KEY_FIELDS, STRETCH
from regesta.edition.search.sets import KEPT, Bits, Sets
from regesta.edition.search.state import total_of
from regesta.edition.search.written import kept_terms

#: Microseconds, measured: what a hit costs, and what a sum costs besides a document in it.
_HIT, _SUM, _SUMMED = 0.3, 2.0, 0.03
#: Documents of a rare word are fetched one by one where there are no more.
RARE = 2500
_SUMS = {
    "stretches": {
        "histogram": {"field": "n", "interval": STRETCH, "min_doc_count": 1},
        "aggs": {"bits": {"sum": {"field": "bit"}}},
    }
}


def documents_of(searcher: tantivy.Searcher, sets: Sets, query: Query, count: int) -> Bits:
    """The documents that a query of the index finds.

    Args:
        searcher: The index.
        sets: The sets that belong to it.
        query: Finds the documents.
        count: How many it finds, or more.
    """
    if not count:
        return np.zeros_like(sets.all)
    stretches = min(count, len(sets.stretches))
    if _HIT * count > _SUM * stretches + _SUMMED * count:
        try:
            answer = searcher.aggregate(query, _SUMS)
        except ValueError:  # more stretches than the index will sum: sources of one document each
            pass
        else:
            found = answer["stretches"]["buckets"]
            return sets.of_sums(
                [one["key"] for one in found], [one["bits"]["value"] for one in found]
            )
    hits = searcher.search(query, count, count=False, order_by_field="n").hits
    return sets.of_numbers(np.fromiter(map(itemgetter(0), hits), np.int64, len(hits)))


class Matcher:
    """Makes sets for one state of an edition, as far as that takes no look through the index."""

    def __init__(self, sets: Sets, planner: Planner) -> None:
        self.sets = sets
        self.planner = planner
        self.vocabulary = planner.vocabulary

    def query(self, node: Node, *, looking: bool = False) -> Bits | None:
        """The documents that a query finds, or None where the index has to be asked.

        Args:
            node: The query.
            looking: Ask the index for what kept sets of forms and phrases leave out.
        """
        sets = self.sets
        if isinstance(node, Everything):
            return sets.all
        if isinstance(node, (And, Or)):
            found = self._parts(node.parts, looking)
            if found is None:
                return None
            return reduce(np.bitwise_and if isinstance(node, And) else np.bitwise_or, found)
        if isinstance(node, Not):
            inner = self.query(node.part, looking=looking)
            return None if inner is None else sets.all & ~inner
        if isinstance(node, Leaf):
            return self._leaf(node, looking)
        if isinstance(node, Dates):
            return self.dates(node.first, node.last)
        if isinstance(node, Missing):
            return sets.lacking(node.field)
        if isinstance(node, Value) and node.field in KEY_FIELDS:
            return self.value(node.field, node.value)
        return None

    def dates(self, first: str | None, last: str | None, *, within: bool = False) -> Bits:
        """The documents of a range of days."""
        return self.sets.between(*days(first, last), within=within)

    def values(self, field: str, values: Sequence[str]) -> Bits | None:
        """The documents with any of some values."""
        found = np.zeros_like(self.sets.all)
        for value in values:
            bits = self.value(field, value)
            if bits is None:
                return None
            found |= bits
        return found

    def value(self, field: str, value: str) -> Bits | None:
        """The documents with a value exactly as it is kept, or with none ("-")."""
        if value == "-":
            return self.sets.lacking(field)
        column = self.sets.columns[field]
        number = column.numbers.get(value)
        return None if number is None else self.sets.of_ranks(column.of(number))

    def _parts(self, parts: Sequence[Node], looking: bool) -> list[Bits] | None:
        found = []
        for part in parts:
            bits = self.query(part, looking=looking)
            if bits is None:
                return None
            found.append(bits)
        return found

    def _leaf(self, leaf: Leaf, looking: bool) -> Bits | None:
        if leaf.kind == "word":
            return None if leaf.field else self._word(leaf)
        return self._as_written(leaf) if looking else None

    def _as_written(self, leaf: Leaf) -> Bits | None:
        """The documents of forms or a phrase: kept sets joined, and one look for the others.

        None where nothing is kept of them.
        """
        if not (kept := kept_terms(leaf, self.sets.terms)):
            return None
        found = np.zeros_like(self.sets.all)
        for field, term in kept:
            bits = self.sets.term(field, term)
            if bits is not None:
                found |= bits
        searcher, schema = self.vocabulary.searcher, self.planner.schema
        terms = [Query.term_query(schema, field, term, "basic") for field, term in kept]
        others = Query.boolean_query(
            [(Occur.Must, self.planner.query(leaf)), (Occur.MustNot, any_of(terms))]
        )
        result = searcher.search(others, RARE, order_by_field="n")
        if (count := total_of(result)) > RARE:
            return found | documents_of(searcher, self.sets, others, count)
        return found | self.sets.of_numbers([n for n, _ in result.hits])

    def _word(self, leaf: Leaf) -> Bits | None:
        """The documents with a word in any form: kept sets joined, and one look for the others."""
        found = np.zeros_like(self.sets.all)
        rare: list[tantivy.Query] = []
        count = 0
        for stems, _ in self.vocabulary.spoken("anywhere", leaf.words):
            if len(stems) > 1:
                return None
            bits = self.sets.term("anywhere", stems[0])
            if bits is not None:
                found |= bits
            else:
                rare.append(Query.term_query(self.planner.schema, "anywhere", stems[0], "freq"))
                count += self.vocabulary.count("anywhere", stems[0])
        # What is not kept is rarer than that: in a large edition still some thousands.
        if count > len(rare) * max(RARE, self.sets.documents // KEPT["anywhere"]):
            return None
        if rare:
            found |= documents_of(self.vocabulary.searcher, self.sets, any_of(rare), count)
        return found
