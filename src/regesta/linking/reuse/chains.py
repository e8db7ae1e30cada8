"""Shared anchors of two texts into seeds: co-linear runs that are worth reading letter by letter.

In come rows (a, b, x, y, df) in that order: the anchor at x in text a stands at y in text b, and in
df places in all; with them the letters beside it in both. Out come rows of runs: from and to in
both texts, how rare.
"""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from regesta.linking.reuse.anchors import BESIDE, BITS, LETTERS
from regesta.linking.reuse.base import Batch

#: Widest stretch without a shared anchor within a run, in code points. Where every tenth letter is
#: misread one stands in 40; a wider gap only chains set phrases across unrelated prose.
GAP = 320
#: Longest run; what is longer goes on as a run of its own, so that no alignment grows with the
#: square of a text.
LONGEST = 4000
#: A run of so many anchors is read whatever stands elsewhere; of fewer, where they are so rare.
ENOUGH = 3
RARE_PAIR, RARE_ONE = 7, 3
#: So many of the letters on one side agree, where one may stand this far out of line. Two chance
#: agreements in three fail; of planted passages one in a thousand is lost by it.
SAME, ASIDE = 3, 1
#: Anchors of one pair of texts that are taken together at most; more go on as if of another pair.
MOST = 1_000_000

_KEYS = ("a", "b", "x", "y", "df", "p", "q")
#: The letters of one side, and the lowest bit of each.
_SIDE = np.int64((1 << BITS * BESIDE) - 1)
_LOW = np.int64(sum(1 << BITS * n for n in range(BESIDE)))
_Array = NDArray[np.int64]


def seeds(batches: Iterable[Batch]) -> Iterator[Batch]:
    """Give the runs of rows that come sorted, in batches of any size; a pair is never cut."""
    kept: Batch | None = None
    for batch in batches:
        rows = {key: np.asarray(batch[key], np.int64) for key in _KEYS}
        if kept is not None:
            rows = {key: np.concatenate([kept[key], rows[key]]) for key in _KEYS}
        size = len(rows["a"])
        if not size:
            continue
        last = (rows["a"] == rows["a"][-1]) & (rows["b"] == rows["b"][-1])
        cut = size - int(np.count_nonzero(last))
        if size - cut > MOST:
            cut = size
        kept = {key: rows[key][cut:] for key in _KEYS}
        if cut:
            yield _runs({key: rows[key][:cut] for key in _KEYS})
    if kept is not None and len(kept["a"]):
        yield _runs(kept)


def _runs(rows: dict[str, _Array]) -> Batch:
    a, b, x, y, df = (rows[key] for key in _KEYS[:5])
    other = np.ones(len(a), bool)
    other[1:] = (a[1:] != a[:-1]) | (b[1:] != b[:-1])
    broken = other.copy()
    dx, dy = np.diff(x), np.diff(y)
    broken[1:] |= (dx <= 0) | (dy <= 0) | (dx > GAP) | (dy > GAP)
    broken = _shortened(broken, x, y)
    first = np.flatnonzero(broken)
    last = np.append(first[1:], len(a)) - 1
    count = last - first + 1
    rarest = np.minimum.reduceat(df, first)
    shared = np.diff(np.append(np.flatnonzero(other), len(a)))[np.cumsum(other)[first] - 1]
    weak = (count >= 2) & ((rarest <= RARE_PAIR) | (shared >= ENOUGH)) | (rarest <= RARE_ONE)
    read = count >= ENOUGH
    weak = np.flatnonzero(weak & ~read)
    one, other = first[weak], last[weak]
    alike = agreeing(rows["p"][one] & _SIDE, rows["q"][one] & _SIDE)
    after = agreeing(rows["p"][other] >> BITS * BESIDE, rows["q"][other] >> BITS * BESIDE)
    np.maximum(alike, after, out=alike)
    read[weak] = alike >= SAME
    first, last, count, rarest = first[read], last[read], count[read], rarest[read]
    # The strongest runs of a pair are read first: what they hold is not read again.
    order = np.lexsort((y[first], x[first], -count, b[first], a[first]))
    first, last = first[order], last[order]
    return {
        "a": a[first], "b": b[first],
        "x0": x[first], "x1": x[last] + LETTERS, "y0": y[first], "y1": y[last] + LETTERS,
        "df": rarest[order], "rank": np.arange(len(first)),
    }  # fmt: skip


def agreeing(one: _Array, other: _Array) -> NDArray[np.uint8]:
    """How many packed letters of two rows agree, where some may have been lost or put in."""
    most = np.zeros(len(one), np.uint8)
    for aside in range(-ASIDE, ASIDE + 1):
        p, q = one >> BITS * max(0, aside), other >> BITS * max(0, -aside)
        same = _any_bit(p) & ~_any_bit(p ^ q) & _LOW
        np.maximum(most, np.bitwise_count(same), out=most)
    return most


def _any_bit(packed: _Array) -> _Array:
    """Whether any bit of a letter is set, in its lowest one; the other bits mean nothing."""
    found = packed.copy()
    for n in range(1, BITS):
        found |= packed >> n
    return found


def _shortened(broken: NDArray[np.bool_], x: _Array, y: _Array) -> NDArray[np.bool_]:
    """Break runs again where they have grown too long."""
    first = np.flatnonzero(broken)
    last = np.append(first[1:], len(x)) - 1
    long = np.maximum(x[last] - x[first], y[last] - y[first]) > LONGEST
    for at, end in zip(first[long], last[long], strict=True):
        part = np.maximum(x[at : end + 1] - x[at], y[at : end + 1] - y[at]) // LONGEST
        broken[at + 1 : end + 1] |= np.diff(part) > 0
    return broken
