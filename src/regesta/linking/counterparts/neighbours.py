"""Which papers share rare words with one and lie near it in time: papers in order in, places out.

All words stand in a few arrays of numbers and many papers are asked for at once, so that to look up
a place costs next to nothing, however many papers the days of an edition have.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

#: Words of a paper that are looked up, the rarest first, and papers near it that may share one.
LOOKED_UP, SHARED_BY = 60, 60
#: Share of the closeness of two papers that the words looked up make at least. Of the pairs of
#: the volumes measured .993 keep to it.
RARE = 0.4
#: Papers that are asked for at once: with all that they share some MB.
AT_ONCE = 64
#: Papers of the times before those, in all, up to which sums are kept for each.
_DENSE = 1 << 19
#: What adding in another order may change in a closeness.
_EXACT = 1e-9

Numbers = NDArray[np.int64]
Floats = NDArray[np.float64]


class Neighbours:
    """Papers by their words.

    Args:
        keys: Words of every paper by number, the rarest first.
        squares: Squares of the weights of all words.
        lengths: Of every paper's words as a vector of weights.
        starts: Where the time before each paper begins, as a place.
    """

    def __init__(
        self,
        keys: Sequence[Sequence[int]],
        squares: Sequence[float],
        lengths: Sequence[float],
        starts: Sequence[int],
    ) -> None:
        self._squares, self._lengths = np.array(squares, np.float64), np.array(lengths, np.float64)
        self._starts = np.array(starts, np.int64)
        self._sizes = np.fromiter(map(len, keys), np.int64, len(keys))
        self._begins = np.cumsum(self._sizes) - self._sizes
        self._keys = np.empty(int(self._sizes.sum()), np.int32)
        for begin, some in zip(self._begins.tolist(), keys, strict=True):
            self._keys[begin : begin + len(some)] = some
        self._marked = np.zeros(len(squares), np.int64)
        self._index()

    def _index(self) -> None:
        """Put rare words in order, and for each word its papers."""
        self._few = np.minimum(self._sizes, LOOKED_UP)
        self._rare_begins = np.cumsum(self._few) - self._few
        rare = self._keys[_ranges(self._begins, self._few)]
        # A word and a paper as one number: sorted, they are found by both.
        both = rare.astype(np.int64) * len(self._sizes)
        both += np.repeat(np.arange(len(self._sizes)), self._few)
        order = np.argsort(both)
        self._both = both[order]
        self._rare = rare
        self._where = np.empty(len(rare), np.int32)
        self._where[order] = np.arange(len(rare), dtype=np.int32)

    def each(self, *, close: float, most: int) -> Iterator[list[int]]:
        """Give for every paper earlier ones that share rare words, the most telling first.

        Args:
            close: Least closeness of the words, 0 to 1; papers less close are left out. 0 for any.
            most: How many are given for one, of those that share most of its rare words.
        """
        for first in range(0, len(self._sizes), AT_ONCE):
            places = np.arange(first, min(first + AT_ONCE, len(self._sizes)))
            rows, found = self._sharing(places, close, most)
            if close:
                rows, found = self._near(places, rows, found, close)
            ends = np.searchsorted(rows, np.arange(len(places)), "right").tolist()
            listed, begin = found.tolist(), 0
            for end in ends:
                yield listed[begin:end]
                begin = end

    def _sharing(self, places: Numbers, close: float, most: int) -> tuple[Numbers, Numbers]:
        """Rows of some papers, and the places of those that share rare words with each."""
        papers, few = len(self._sizes), self._few[places]
        entries = _ranges(self._rare_begins[places], few)
        rows, keys = np.repeat(np.arange(len(places)), few), self._rare[entries].astype(np.int64)
        starts = self._starts[places]
        first = np.searchsorted(self._both, keys * papers + starts[rows])
        sizes = self._where[entries] - first
        shared_by_few = np.flatnonzero((sizes > 0) & (sizes <= SHARED_BY))
        keys, sizes = keys[shared_by_few], sizes[shared_by_few]
        rows = np.repeat(rows[shared_by_few], sizes)
        found = self._both[_ranges(first[shared_by_few], sizes)] - np.repeat(keys * papers, sizes)
        # Every paper has its own stretch, as long as the time before it.
        stretches = np.cumsum(places - starts) - (places - starts)
        at, shared = _summed(stretches[rows] + found - starts[rows], self._squares[keys], sizes)
        rows = np.searchsorted(stretches, at, "right") - 1
        found = at - stretches[rows] + starts[rows]
        if close:
            least = RARE * close * self._lengths[places]
            enough = shared >= least[rows] * self._lengths[found]
            rows, found, shared = rows[enough], found[enough], shared[enough]
        # Of papers that share as much the later come first.
        order = np.lexsort((-found, -shared, rows))
        rows, found = rows[order], found[order]
        best = np.arange(len(rows)) - np.searchsorted(rows, rows) < most
        return rows[best], found[best]

    def _near(
        self, places: Numbers, rows: Numbers, found: Numbers, close: float
    ) -> tuple[Numbers, Numbers]:
        """Those rows and papers whose words are close enough, rare or not."""
        if not len(rows):
            return rows, found
        sizes = self._sizes[places]
        keys = self._keys[_ranges(self._begins[places], sizes)]
        here = np.unique(keys)
        self._marked[here] = np.arange(1, len(here) + 1)
        weights = np.zeros((len(places), len(here) + 1))
        weights[np.repeat(np.arange(len(places)), sizes), self._marked[keys]] = self._squares[keys]
        sizes = self._sizes[found]
        others = self._marked[self._keys[_ranges(self._begins[found], sizes)]]
        self._marked[here] = 0
        shared = weights[np.repeat(rows, sizes), others]
        closeness = np.add.reduceat(shared, np.cumsum(sizes) - sizes)
        near = closeness >= (close - _EXACT) * self._lengths[places][rows] * self._lengths[found]
        return rows[near], found[near]


def _ranges(starts: Numbers, sizes: Numbers) -> Numbers:
    """All numbers from each start on, so many as its size, in a row."""
    ends = np.cumsum(sizes)
    return np.repeat(starts - ends + sizes, sizes) + np.arange(ends[-1] if len(ends) else 0)


def _summed(at: Numbers, weights: Floats, sizes: Numbers) -> tuple[Numbers, Floats]:
    """Add weights up by place; each weight stands for so many places in a row."""
    among = at
    sparse = len(at) and int(at.max()) > _DENSE
    if sparse:
        at, among = np.unique(at, return_inverse=True)
    sums: Floats = np.bincount(among, np.repeat(weights, sizes)).astype(np.float64, copy=False)
    if sparse:
        return at, sums
    found: Numbers = np.flatnonzero(sums).astype(np.int64, copy=False)
    return found, sums[found]
