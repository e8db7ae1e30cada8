"""Facets: a set of documents in, exact counts of its values out, as rows with their labels.

Of a set of most documents those that it leaves out are counted, and taken from all.
"""

from collections.abc import Sequence
from functools import cached_property
from heapq import nsmallest

import numpy as np
import numpy.typing as npt

from regesta.edition.results import FacetCount
from regesta.edition.search.sets import PROFILED, Bits, Column, Sets, size

#: Facets that are given whole, in the order of time.
SPANS = ("year", "decade")
#: So many values of a facet are given, years and decades all.
MOST_VALUES = 50
#: So many values are counted at a time where only the most frequent are wanted.
AT_ONCE = 32
#: From so many values a document on, no value is counted that cannot be among the most frequent.
MANY = 2
#: What it takes to look up all values of one document, where one document of a value takes 1.
LOOK_UP = 64

Counts = npt.NDArray[np.int64]


class _Match:
    """What is counted: the documents themselves or, of a set of most, those that it leaves out."""

    def __init__(self, sets: Sets, bits: Bits) -> None:
        self.sets = sets
        self.left_out = size(bits) * 2 > sets.documents
        self.told = sets.told(sets.all & ~bits if self.left_out else bits)
        self.ranks = np.flatnonzero(self.told)

    @cached_property
    def profiles(self) -> dict[str, Counts]:
        """Field → how many documents have each of its profiles."""
        counts = [np.bincount(profiles.take(self.ranks)) for profiles in self.sets.profiles]
        return {n: made for names, made in zip(PROFILED, counts, strict=True) for n in names}

    def all(self, name: str) -> Counts:
        """Counts of all values of a field."""
        column = self.sets.columns[name]
        wide = len(column.values) + 1
        if name in self.profiles:
            profiles = self.profiles[name]
            firsts = self.sets.profile_firsts[name][: len(profiles)]
            counts = np.bincount(firsts, weights=profiles, minlength=wide).astype(np.int64)
        else:
            counts = np.bincount(column.first.take(self.ranks), minlength=wide)
        if len(column.more):
            if len(self.ranks) * LOOK_UP < len(column.more):
                more = column.more.take(_stretches(column.more_at, self.ranks))
            else:
                more = column.more[self.told[column.more_ranks]]
            counts = counts + np.bincount(more, minlength=wide)
        return column.totals - counts[1:] if self.left_out else counts[1:]

    def most(self, name: str) -> Counts:
        """Counts of values, as far as these can be among the most frequent."""
        column = self.sets.columns[name]
        many = len(column.more) > len(column.first) * MANY
        if not many or len(self.ranks) * LOOK_UP < len(column.more):
            return self.all(name)
        counts = np.zeros(len(column.values), dtype=np.int64)
        told = self.told.view(np.uint8)
        done, least = 0, 1
        while done < len(counts) and column.totals[done] >= least:
            end = min(done + AT_ONCE, len(counts))
            starts = column.starts[done : end + 1]
            there = told.take(column.ranks[starts[0] : starts[-1]])
            some = np.add.reduceat(there, starts[:-1] - starts[0], dtype=np.int32)
            counts[done:end] = column.totals[done:end] - some if self.left_out else some
            done = end
            least = max(1, _nth(counts[:done]))
        return counts


class Facets:
    """Counts for one state of an edition."""

    def __init__(self, sets: Sets) -> None:
        self.sets = sets

    def rows(self, bits: Bits, names: Sequence[str]) -> dict[str, tuple[FacetCount, ...]]:
        """Give counts as rows: years in order, others most frequent first, "none named" last.

        Args:
            bits: The set of documents.
            names: Some of :data:`FACETS`.
        """
        match = _Match(self.sets, bits)
        made = {}
        for name in names:
            column = self.sets.columns[name]
            best = _in_order(column, match.all(name)) if name in SPANS else None
            rows = _most(column, match.most(name)) if best is None else best
            none = size(bits & self.sets.lacking(name))
            last = (FacetCount("", none, "none named"),) if none else ()
            made[name] = (*rows, *last)
        return made


def _in_order(column: Column, counts: Counts) -> list[FacetCount]:
    """All values that are there, in the order of time."""
    found = sorted((int(column.values[n]), n) for n in np.flatnonzero(counts).tolist())
    return [FacetCount(str(value), int(counts[n]), column.labels[n]) for value, n in found]


def _most(column: Column, counts: Counts) -> list[FacetCount]:
    """The most frequent values, by their names where they are as frequent."""
    there = np.flatnonzero(counts >= max(1, _nth(counts))).tolist()
    found = [(int(counts[n]), column.values[n], n) for n in there]
    best = nsmallest(MOST_VALUES, found, key=lambda one: (-one[0], one[1]))
    return [FacetCount(value, count, column.labels[n]) for count, value, n in best]


def _nth(counts: Counts) -> int:
    """The last count that is among the most frequent; 0 where there are fewer."""
    if len(counts) <= MOST_VALUES:
        return 0
    return int(np.partition(counts, -MOST_VALUES)[-MOST_VALUES])


def _stretches(starts: npt.NDArray[np.int64], at: npt.NDArray[np.intp]) -> npt.NDArray[np.int64]:
    """All places from ``starts[i]`` to ``starts[i + 1]`` for every ``i`` in ``at``."""
    begun = starts[at]
    lengths = starts[at + 1] - begun
    ends = np.cumsum(lengths)
    return np.repeat(begun - ends + lengths, lengths) + np.arange(ends[-1] if len(ends) else 0)
