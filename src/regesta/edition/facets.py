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
from regesta.edition.search_numbers import Numbers, none_of, parted, subject_number
from regesta.edition.search_schema import (
    BETWEEN,
    COUNTED_BY_NUMBER,
    COUNTED_WHOLE,
    MANY_YEARS,
    MORE,
    SUBJECT_COLUMNS,
    UNDATED,
)

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
MOST_OF_ALL = 0.55

Labels = Callable[[str, Sequence[str]], Mapping[str, str]]
#: Facet → value, a word or its number, → documents, those without a value among them.
Counts = dict[str, dict[Any, int]]


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted: by facet, and how many documents have no date."""

    counts: Counts
    undated: int


@dataclass(slots=True)
class Facets:
    """Counts for one state of an index; keeps what it learnt of it.

    Attributes:
        searcher: The state.
        numbers: Those of the values that are counted by numbers.
    """

    searcher: tantivy.Searcher
    numbers: Numbers
    _all: Counts = field(default_factory=dict)
    _names: dict[str, dict[int, str]] = field(default_factory=dict)
    _labels: dict[str, dict[str, str]] = field(default_factory=dict)

    def tally(self, query: Query, names: Sequence[str], total: int) -> Tally:
        """Count the values of some facets over a match.

        Args:
            query: Finds the match.
            names: Some of :data:`FACETS`.
            total: How many documents the match has.
        """
        # Years are always counted: they say how many documents have no date.
        wanted = ("year", *("year" if name == "decade" else name for name in names))
        columns = tuple(dict.fromkeys(wanted))
        documents = int(self.searcher.num_docs)
        if total >= documents:
            counts = self._whole(columns)
        elif total < documents * MOST_OF_ALL:
            counts = self._count(query, columns, total)
        else:
            counts = self._all_but(query, columns)
        return Tally(counts, counts["year"].get(UNDATED, 0))

    def _count(self, query: Query, columns: tuple[str, ...], total: int) -> Counts:
        """Count over a match; where some values do not show the most frequent, count all."""
        counts, unsure = self._answer(query, columns, every=total <= LARGE)
        if unsure:
            counts |= self._answer(query, unsure, every=True)[0]
        return counts

    def _all_but(self, query: Query, columns: tuple[str, ...]) -> Counts:
        """Count what a match leaves out, and take it from all."""
        rest = Query.boolean_query([(Occur.Must, Query.all_query()), (Occur.MustNot, query)])
        others, _ = self._answer(rest, columns, every=True)
        return {
            name: {value: n - others[name].get(value, 0) for value, n in counted.items()}
            for name, counted in self._whole(columns).items()
        }

    def _whole(self, columns: tuple[str, ...]) -> Counts:
        """The counts over all documents."""
        if new := tuple(name for name in columns if name not in self._all):
            self._all |= self._answer(Query.all_query(), new, every=True)[0]
        return {name: self._all[name] for name in columns}

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
        none = counted.pop("" if name not in COUNTED_BY_NUMBER else none_of(name), 0)
        if name in ("year", "decade"):
            best = [(str(year), count) for year, count in sorted(counted.items()) if count]
        else:
            best = self._most(name, counted)
        named = self._named(name, best, labels)
        found = [FacetCount(v, n, label) for (v, n), label in zip(best, named, strict=True)]
        return (*found, FacetCount("", none, "none named")) if none else tuple(found)

    def _most(self, name: str, counted: dict[Any, int]) -> list[tuple[str, int]]:
        """The most frequent values, by their names where they are as frequent."""
        if name in COUNTED_BY_NUMBER:
            least = _nth(list(counted.values()), MOST_VALUES)
            if name not in self._names:
                self._names[name] = self.numbers.names(name)
            names = self._names[name]
            counted = {names[value]: n for value, n in counted.items() if n >= least}
        pairs = ((value, count) for value, count in counted.items() if count)
        return nsmallest(MOST_VALUES, pairs, key=lambda pair: (-pair[1], pair[0]))

    def _named(self, name: str, found: Sequence[tuple[str, int]], labels: Labels) -> list[str]:
        if name == "decade":
            return [f"{value}s" for value, _ in found]
        if name not in LABELLED:
            return [value for value, _ in found]
        known = self._labels.setdefault(name, {})
        if new := [value for value, _ in found if value not in known]:
            known |= dict.fromkeys(new, "") | dict(labels(name, new))
        return [known[value] or value for value, _ in found]

    def _answer(
        self, query: Query, columns: Sequence[str], *, every: bool
    ) -> tuple[Counts, list[str]]:
        """Count over a match.

        Args:
            query: Finds the match.
            columns: What to count.
            every: Whether every value is wanted, or enough to know the most frequent.

        Returns:
            The counts, and the columns where they may not hold the most frequent values.
        """
        answer = self.searcher.aggregate(query, _request(columns, every=every))
        beside = parted(_answered(answer, MORE)[0])
        counts: Counts = {}
        unsure = []
        for name in columns:
            counted, least = (
                _subjects(answer) if name == "subject" else _answered(answer, f"by_{name}")
            )
            more = beside.get(name, {})
            if least and not self._sure_of(name, counted, more, least):
                unsure.append(name)
            for value, count in more.items():
                counted[value] = counted.get(value, 0) + count
            counts[name] = counted
        return counts, unsure

    def _sure_of(
        self, name: str, counted: dict[Any, int], more: dict[Any, int], least: int
    ) -> bool:
        """Whether no value that is not among the counted can be among the most frequent."""
        none = none_of(name)
        if none not in counted and self._whole((name,))[name].get(none):
            return False
        whole = [n + more.get(value, 0) for value, n in counted.items() if value != none]
        last = _nth(whole, MOST_VALUES)
        return least < last and all(
            least + n < last for value, n in more.items() if value not in counted
        )


def _request(columns: Sequence[str], *, every: bool) -> dict[str, Any]:
    """Make tantivy's aggregation for some columns."""
    sizes: dict[str, int] = {}
    some = EVERY_VALUE if every else SOME_VALUES
    for name in columns:
        if name in COUNTED_WHOLE:
            sizes[f"by_{name}"] = EVERY_VALUE
        else:
            own = SUBJECT_COLUMNS if name == "subject" else (f"by_{name}",)
            sizes |= {**dict.fromkeys(own, some), MORE: EVERY_VALUE}
    # tantivy counts only each segment's most frequent values unless told otherwise.
    return {
        field: {"terms": {"field": field, "size": size, "segment_size": EVERY_VALUE}}
        for field, size in sizes.items()
    }


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


def _subjects(answer: Mapping[str, Any]) -> tuple[dict[Any, int], int]:
    """The counts of subjects from all their columns, and what one has at most that is not there."""
    counted: dict[Any, int] = {}
    most = 0
    for column in SUBJECT_COLUMNS:
        found, least = _answered(answer, column)
        counted |= {subject_number(column, n): count for n, count in found.items() if n}
        most = max(most, least)
    return counted, most


def _nth(numbers: list[int], n: int) -> int:
    """The n-th largest number, 0 where there are fewer."""
    return sorted(numbers, reverse=True)[n - 1] if len(numbers) >= n else 0


def _parted(counted: dict[str, int]) -> dict[str, int]:
    """Counts of single values from counts of all values of a document."""
    found: dict[str, int] = {}
    for values, count in counted.items():
        for value in values.split(BETWEEN) if values != UNDATED else ("",):
            found[value] = found.get(value, 0) + count
    return found


def _years(counted: dict[str, int], span: int) -> dict[Any, int]:
    """Counts of spans of years; a document counts once in each that it touches."""
    found: dict[Any, int] = {}
    for years, count in counted.items():
        known = years not in (UNDATED, MANY_YEARS)
        spans = {int(y) // span * span for y in years.split(BETWEEN)} if known else {""}
        for one in spans:
            found[one] = found.get(one, 0) + count
    return found
