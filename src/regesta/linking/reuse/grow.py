"""Seeds into how far both texts go on agreeing beyond them: many at a time, in arrays.

From a place where two texts agree one reads on in both. Every letter that agrees counts 1, every
edit costs 2; growth ends where the sum is greatest, and is given up where it has fallen by
:data:`FALL`. All seeds take the same step at once, letter by letter, in a band beside the diagonal.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol, cast

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

#: What an edit costs, a letter that agrees being worth 1.
COST = 2
#: How far the sum may fall: about 50 letters of unrelated prose.
FALL = 48
#: Letters by which one text may run ahead of the other.
ASIDE = 15
#: Letters read on each side of a seed, at most.
AROUND = 240
#: Seeds that are grown at a time: their arrays stay in a processor's cache. After so many letters
#: those that have ended are put aside.
_AT_A_TIME, _STEP = 4096, 12

Integers = NDArray[np.int64]
_BAND = 2 * ASIDE + 1
#: Sums are kept as multiples, the place in the band in the bits below.
_BITS = 5
_SCALE = 1 << _BITS
_EDIT = COST * _SCALE
_AGREE = np.int16((COST + 1) * _SCALE)
_U_ENDS, _V_ENDS = 0xFFFF, 0xFFFE
_K = np.arange(_BAND, dtype=np.int16)[:, None]
#: A sum is kept with COST added for every place in the band, so that letters put in cost nothing.
_TO_SUM = (_K - COST * _SCALE * _K).astype(np.int16)


class Coded(Protocol):
    """Texts that are at hand as code points too."""

    def codes(self) -> tuple[NDArray[np.uint16], Integers] | None:
        """All signs in a row and how many each text has; None where 16 bits do not hold them."""
        ...


class Windows:
    """Texts as one row of code points, with where each begins."""

    def __init__(self, texts: Sequence[str]) -> None:
        found = cast(Coded, texts).codes() if hasattr(texts, "codes") else None
        if found is None:
            found = self._coded(texts)
        self.codes, lengths = found
        self.ends = np.cumsum(lengths)
        self.starts = self.ends - lengths

    @staticmethod
    def _coded(texts: Sequence[str]) -> tuple[NDArray[np.uint16], Integers]:
        whole = "".join(texts)
        packed = whole.encode("utf-16-le", "surrogatepass")
        if len(packed) == 2 * len(whole):
            codes = np.frombuffer(packed, np.uint16)
        else:  # signs beyond the first plane take two places there: their low halves do
            whole_codes = np.frombuffer(whole.encode("utf-32-le", "surrogatepass"), np.uint32)
            codes = whole_codes.astype(np.uint16)
        return codes, np.fromiter(map(len, texts), np.int64, len(texts))

    def read(
        self, at: Integers, way: int, room: Integers, most: int, end: int
    ) -> NDArray[np.uint16]:
        """Letters from some places on, forward (1) or backward (-1), a column each."""
        last = len(self.codes) - most
        first = at if way > 0 else at - (most - 1)
        if last < 0 or first.min() < 0 or first.max() > last:
            steps = np.arange(most)[:, None]
            found = self.codes.take(at[None, :] + way * steps, mode="clip")
        else:  # whole rows at once, which costs a third of letter by letter
            rows = sliding_window_view(self.codes, most)[first]
            found = np.ascontiguousarray((rows if way > 0 else rows[:, ::-1]).T)
        short = np.flatnonzero(room < most)
        if len(short):
            found[:, short] = np.where(
                np.arange(most)[:, None] < room[short], found[:, short], np.uint16(end)
            )
        return found


def extended(
    u: Windows, v: Windows, seeds: Integers, x: Integers, y: Integers, way: int
) -> tuple[Integers, Integers]:
    """Grow seeds on one side.

    Args:
        u, v: The words around the seeds of both texts.
        seeds: Which of them.
        x, y: Their ends in both, from the beginning of each window; growth begins there.
        way: 1 to grow forward, -1 backward.

    Returns:
        Letters that were added in both texts.
    """
    i, j = np.zeros(len(seeds), np.int64), np.zeros(len(seeds), np.int64)
    for first in range(0, len(seeds), _AT_A_TIME):
        part = slice(first, first + _AT_A_TIME)
        some = seeds[part]
        at_u, at_v = u.starts[some] + x[part], v.starts[some] + y[part]
        room_u = u.ends[some] - at_u if way > 0 else x[part]
        room_v = v.ends[some] - at_v if way > 0 else y[part]
        back = 0 if way > 0 else 1
        i[part], j[part] = _grown(u, v, at_u - back, at_v - back, room_u, room_v, way)
    return i, j


def _grown(
    u: Windows, v: Windows, at_u: Integers, at_v: Integers, room_u: Integers, room_v: Integers,
    way: int,
) -> tuple[Integers, Integers]:  # fmt: skip
    count = len(at_u)
    best = np.zeros(count, np.int16)
    i, j = np.zeros(count, np.int64), np.zeros(count, np.int64)
    left = np.flatnonzero((room_u > 0) & (room_v > 0))
    sums = np.repeat(np.where(_K < ASIDE, -8192, COST * _SCALE * ASIDE), len(left), axis=1)
    sums = sums.astype(np.int16)
    for begun in range(0, AROUND, _STEP):
        if not len(left):
            break
        above, wide = begun - ASIDE, _STEP + _BAND - 1
        mine = u.read(at_u[left] + way * begun, way, room_u[left] - begun, _STEP, _U_ENDS)
        other = _band(v, at_v[left], room_v[left], way, above, wide)
        high, row, place = _steps(sums, mine, other, best[left])
        grew = row >= 0
        to = left[grew]
        best[to], i[to] = high[grew], begun + row[grew] + 1
        j[to] = i[to] + place[grew] - ASIDE
        last = (sums + _TO_SUM).max(axis=0) // _SCALE
        on = (best[left] - last <= FALL) & (begun + _STEP < room_u[left])
        left, sums = left[on], np.ascontiguousarray(sums[:, on])
    return i, j


def _band(
    v: Windows, at: Integers, room: Integers, way: int, first: int, wide: int
) -> NDArray[np.uint16]:
    """Letters of ``v`` that lie in the band, from the first on; those before the seed are none."""
    lacking = max(0, -first)
    found = v.read(at + way * max(0, first), way, room - max(0, first), wide - lacking, _V_ENDS)
    if not lacking:
        return found
    return np.concatenate([np.full((lacking, len(at)), _V_ENDS, np.uint16), found])


def _steps(
    sums: NDArray[np.int16],
    mine: NDArray[np.uint16],
    other: NDArray[np.uint16],
    best: NDArray[np.int16],
) -> tuple[NDArray[np.int16], Integers, Integers]:
    """Read some letters on in all; ``sums`` is brought up to date.

    Returns:
        The greatest sum of each, the letter at which it was reached (-1: not among these), and its
        place in the band.
    """
    row, place = np.full(len(best), -1, np.int64), np.zeros(len(best), np.int64)
    # Every letter costs an edit where it does not agree: that is taken off when sums are read.
    edit = np.int16(_EDIT)
    # Written into again and again: to ask for new arrays at every letter costs as much as to fill.
    lost, gain, total = np.empty_like(sums[1:]), np.empty_like(sums), np.empty_like(sums)
    for n, letter in enumerate(mine):
        np.subtract(sums[1:], edit, out=lost)
        np.multiply(other[n : n + _BAND] == letter, _AGREE, out=gain, dtype=np.int16)
        np.add(sums, gain, out=sums)
        np.maximum(sums[:-1], lost, out=sums[:-1])
        for one, next in pairwise(sums):
            np.maximum(one, next, out=next)
        taken = _TO_SUM - np.int16(_EDIT * (n + 1))
        high = np.add(sums, taken, out=total).max(axis=0)
        high_sum = high >> _BITS
        grew = np.flatnonzero(high_sum > best)
        best[grew], row[grew] = high_sum[grew], n
        place[grew] = high[grew] & (_SCALE - 1)
    np.subtract(sums, np.int16(_EDIT * len(mine)), out=sums)
    return best, row, place
