"""Facets: a query in, its exact counts over the whole match out, as rows with their labels.

What few documents have two of is counted by its first value, which is quick, and the others apart.
Of a match of most documents those that it leaves out are counted, and taken from all.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from typing import Any

import tantivy
from tantivy import Occur, Query

from regesta.edition.results import FacetCount
from regesta.edition.search.schema import BETWEEN, COUNTED_FIRST, COUNTED_WHOLE, value_number

#: Facets that can be asked for, in the order in which they are shown.
FACETS = (
    "year", "decade", "collection", "author", "recipient", "place", "subject", "kind", "language",
)  # fmt: skip
#: Facets whose values are index entries with labels of their own.
LABELLED = ("collection", "author", "recipient", "place", "subject")
#: So many values of a facet are given, years and decades all.
MOST_VALUES = 50
#: Of a large match so many values are asked for, enough to be sure of the most frequent.
LARGE, SOME_VALUES, EVERY_VALUE = 10_000, 150, 10_000_000
#: Where a match holds more of all documents than this, the others are counted.
MOST_OF_ALL = 0.6

Labels = Callable[[str, Sequence[str]], Mapping[str, str]]
#: Facet → value, a word or its number, → documents; "" and 0 stand for those that have none.
Counts = dict[str, dict[Any, int]]


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted: by facet, and how many documents have a date."""

    counts: Counts
    dated: int


@dataclass(slots=True)
class Facets:
    """Counts for one state of an index; keeps what it learnt of it.

    Attributes:
        searcher: The state.
        values: Gives all values of a field that is counted by numbers.
    """

    searcher: tantivy.Searcher
    values: Callable[[str], Mapping[str, int]]
    _all: dict[tuple[str, ...], Tally] = field(default_factory=dict)
    _numbers: dict[str, dict[int, str]] = field(default_factory=dict)
    _labels: dict[str, dict[str, str]] = field(default_factory=dict)

    def tally(self, query: Query, names: Sequence[str], total: int) -> Tally:
        """Count the values of some facets over a match.

        Args:
            query: Finds the match.
            names: Some of :data:`FACETS`.
            total: How many documents the match has.
        """
        columns = tuple(dict.fromkeys("year" if name == "decade" else name for name in names))
        documents = int(self.searcher.num_docs)
        if total < documents * MOST_OF_ALL:
            return self._count(query, columns, every=total <= LARGE)
        whole = self._whole(columns)
        if total == documents:
            return whole
        rest = [(Occur.Must, Query.all_query()), (Occur.MustNot, query)]
        others = self._count(Query.boolean_query(rest), columns, every=True)
        counts = {name: dict(counted) for name, counted in whole.counts.items()}
        for name, counted in others.counts.items():
            for value, count in counted.items():
                counts[name][value] -= count
        return Tally(counts, whole.dated - others.dated)

    def _whole(self, columns: tuple[str, ...]) -> Tally:
        """The counts over all documents."""
        if columns not in self._all:
            self._all[columns] = self._count(Query.all_query(), columns, every=True)
        return self._all[columns]

    def rows(
        self, names: Sequence[str], tally: Tally, labels: Labels
    ) -> dict[str, tuple[FacetCount, ...]]:
        """Give counts as rows: years in order, others most frequent first, "none named" last.

        Args:
            names: The facets asked for.
            tally: Their counts.
            labels: Gives the labels of the ids of a field.
        """
        return {name: self._rows(name, tally, labels) for name in names}

    def _rows(self, name: str, tally: Tally, labels: Labels) -> tuple[FacetCount, ...]:
        counted = dict(tally.counts["year" if name == "decade" else name])
        if name in ("year", "decade"):
            counted = _years(counted, 10 if name == "decade" else 1)
        elif name in COUNTED_WHOLE:
            counted = _parted(counted)
        none = counted.pop("", 0) + counted.pop(0, 0)
        if name in ("year", "decade"):
            best = [(str(year), count) for year, count in sorted(counted.items()) if count]
        else:
            best = self._most(name, counted)
        named = self._named(name, best, labels)
        found = [FacetCount(v, n, label) for (v, n), label in zip(best, named, strict=True)]
        return (*found, FacetCount("", none, "none named")) if none else tuple(found)

    def _most(self, name: str, counted: dict[Any, int]) -> list[tuple[str, int]]:
        """The most frequent values, by their names where they are as frequent."""
        if name not in COUNTED_WHOLE:
            least = _nth(list(counted.values()), MOST_VALUES)
            ids = self._ids(name)
            counted = {ids[value]: n for value, n in counted.items() if n >= least}
        pairs = ((value, count) for value, count in counted.items() if count)
        return nsmallest(MOST_VALUES, pairs, key=lambda pair: (-pair[1], pair[0]))

    def _ids(self, name: str) -> dict[int, str]:
        if name not in self._numbers:
            self._numbers[name] = {value_number(value): value for value in self.values(name)}
        return self._numbers[name]

    def _named(self, name: str, found: Sequence[tuple[str, int]], labels: Labels) -> list[str]:
        if name == "decade":
            return [f"{value}s" for value, _ in found]
        if name not in LABELLED:
            return [value for value, _ in found]
        known = self._labels.setdefault(name, {})
        if new := [value for value, _ in found if value not in known]:
            known |= dict.fromkeys(new, "") | dict(labels(name, new))
        return [known[value] or value for value, _ in found]

    def _count(self, query: Query, columns: tuple[str, ...], *, every: bool) -> Tally:
        """Count over a match; where some values do not show the most frequent, count all."""
        answer = self.searcher.aggregate(query, _request(columns, every=every))
        dated = int(answer["dated"]["value"])
        counts: Counts = {}
        unsure = []
        for name in columns:
            counted, least = _answered(answer, f"by_{name}")
            more = _answered(answer, f"more_{name}")[0] if name in COUNTED_FIRST else {}
            if least and not (
                self._has_none(counted, name, columns) and _is_sure(counted, more, least)
            ):
                unsure.append(name)
            for value, count in more.items():
                counted[value] = counted.get(value, 0) + count
            counts[name] = counted
        if unsure:
            counts |= self._count(query, tuple(unsure), every=True).counts
        return Tally(counts, dated)

    def _has_none(self, counted: dict[Any, int], name: str, columns: tuple[str, ...]) -> bool:
        """Whether the documents without a value are among the counted, or there are no such."""
        return 0 in counted or not self._whole(columns).counts[name].get(0)


def _request(columns: Sequence[str], *, every: bool) -> dict[str, Any]:
    """Make tantivy's aggregation for some columns."""
    request: dict[str, Any] = {"dated": {"value_count": {"field": "earliest"}}}
    for name in columns:
        some = EVERY_VALUE if every or name in COUNTED_WHOLE else SOME_VALUES
        # tantivy counts only each segment's most frequent values unless told otherwise.
        terms = {"field": f"by_{name}", "size": some, "segment_size": EVERY_VALUE}
        request[f"by_{name}"] = {"terms": terms}
        if name in COUNTED_FIRST:
            terms = {"field": f"more_{name}", "size": EVERY_VALUE, "segment_size": EVERY_VALUE}
            request[f"more_{name}"] = {"terms": terms}
    return request


def _answered(answer: Mapping[str, Any], name: str) -> tuple[dict[Any, int], int]:
    """The counts by value, and what a value has at most that is not among them."""
    found = answer.get(name, {})
    rows = found.get("buckets", ())
    if name.removeprefix("by_") in COUNTED_WHOLE:
        counted = {row["key"]: row["doc_count"] for row in rows}
    else:
        counted = {int(row["key"]): row["doc_count"] for row in rows}
    least = min(counted.values(), default=0) if found.get("sum_other_doc_count") else 0
    return counted, least


def _is_sure(counted: dict[Any, int], more: dict[Any, int], least: int) -> bool:
    """Whether no value that is not among the counted can be among the most frequent."""
    whole = [n + more.get(value, 0) for value, n in counted.items() if value]
    last = _nth(whole, MOST_VALUES)
    return least < last and all(
        least + n < last for value, n in more.items() if value not in counted
    )


def _nth(numbers: list[int], n: int) -> int:
    """The n-th largest number, 0 where there are fewer."""
    return sorted(numbers, reverse=True)[n - 1] if len(numbers) >= n else 0


def _parted(counted: dict[str, int]) -> dict[str, int]:
    """Counts of single values from counts of all values of a document."""
    found: dict[str, int] = {}
    for values, count in counted.items():
        for value in values.split(BETWEEN) if values != "-" else ("",):
            found[value] = found.get(value, 0) + count
    return found


def _years(counted: dict[str, int], span: int) -> dict[Any, int]:
    """Counts of spans of years; a document counts once in each that it touches."""
    found: dict[Any, int] = {}
    for years, count in counted.items():
        spans = {int(y) // span * span for y in years.split(BETWEEN)} if years != "-" else {""}
        for one in spans:
            found[one] = found.get(one, 0) + count
    return found
