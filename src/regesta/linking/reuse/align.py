"""Seeds and the words around them into aligned passages with exact edges.

A seed is grown at both ends (``grow.py``), read letter by letter with edlib, then cut where the
texts part. Every letter that agrees counts 1, every edit costs 2: unrelated prose loses about half
a point a letter, a print misread at every tenth letter gains as much. A passage ends where its sum
is greatest, and is cut in two where the sum falls by :data:`DROP`.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import edlib
import numpy as np

from regesta.linking.reuse.base import Batch
from regesta.linking.reuse.grow import COST, Integers, Windows, extended

#: How far the sum may fall within a passage: about 70 letters of unrelated prose.
DROP = 48
#: Shortest passage that is kept, in letters that agree, and its least share of them.
SHORTEST, LEAST = 60, 0.68
#: Signs at an end of a passage that are taken off at most where they make no word.
LONGEST_WORD = 24

_OPS = re.compile(r"(\d+)([=XID])")
_COLUMNS = ("a", "b", "x0", "x1", "y0", "y1", "edits", "df")


class Span(NamedTuple):
    """An aligned passage of two texts; ``same``: letters that agree, ``edits``: that do not."""

    x0: int
    x1: int
    y0: int
    y1: int
    same: int
    edits: int
    df: int = 2


def aligned(batches: Iterable[Batch]) -> Iterator[Batch]:
    """Align seeds that come sorted by pair, the strongest of a pair first.

    Args:
        batches: Columns a, b, x0, x1, y0, y1, df (a seed), ``u`` and ``v`` (the words of both
            texts around it), u0 and v0 (where those begin).

    Yields:
        Columns a, b, x0, x1, y0, y1, edits, df: passages, those of a pair apart from one another.
    """
    rows: list[tuple[int, ...]] = []
    pair, spans = (-1, -1), list[Span]()
    for batch in batches:
        u, v = batch["u"], batch["v"]
        for n, a, b, df, u0, v0, x0, x1, y0, y1 in _grown(batch):
            if (a, b) != pair:
                rows += [_row(pair, span) for span in joined(spans)]
                pair, spans = (a, b), []
            if not _inside(spans, x0 + u0, x1 + u0, y0 + v0, y1 + v0):
                spans += [
                    Span(s.x0 + u0, s.x1 + u0, s.y0 + v0, s.y1 + v0, s.same, s.edits, df)
                    for s in parted(u[n], v[n], x0, x1, y0, y1)
                ]
        if len(rows) > 50_000:
            yield _batch(rows)
            rows = []
    rows += [_row(pair, span) for span in joined(spans)]
    yield _batch(rows)


def _row(pair: tuple[int, int], span: Span) -> tuple[int, ...]:
    return (*pair, span.x0, span.x1, span.y0, span.y1, span.edits, span.df)


def _batch(rows: list[tuple[int, ...]]) -> Batch:
    table = np.asarray(rows, np.int64).reshape(-1, len(_COLUMNS))
    return {name: table[:, i] for i, name in enumerate(_COLUMNS)}


def _inside(spans: list[Span], x0: int, x1: int, y0: int, y1: int) -> bool:
    return any(s.x0 <= x0 and x1 <= s.x1 and s.y0 <= y0 and y1 <= s.y1 for s in spans)


def _grown(batch: Batch) -> Iterator[tuple[int, ...]]:
    """Every seed that grows to a passage's length: number, columns, both ends in both windows."""
    u, v = Windows(batch["u"]), Windows(batch["v"])
    seeds = np.arange(len(u.starts))
    u0, v0 = batch["u0"], batch["v0"]
    x0, y0 = (batch["x0"] - u0).astype(np.int64), (batch["y0"] - v0).astype(np.int64)
    x1: Integers = np.minimum(batch["x1"] - u0, u.ends - u.starts)
    y1: Integers = np.minimum(batch["y1"] - v0, v.ends - v.starts)
    more_x, more_y = extended(u, v, seeds, x1, y1, 1)
    less_x, less_y = extended(u, v, seeds, x0, y0, -1)
    x0, x1, y0, y1 = x0 - less_x, x1 + more_x, y0 - less_y, y1 + more_y
    long = np.flatnonzero(np.minimum(x1 - x0, y1 - y0) >= SHORTEST)
    columns = seeds, batch["a"], batch["b"], batch["df"], u0, v0, x0, x1, y0, y1
    yield from zip(*(column[long].tolist() for column in columns), strict=True)


def parted(u: str, v: str, x0: int, x1: int, y0: int, y1: int) -> list[Span]:
    """Align ``u[x0:x1]`` with ``v[y0:y1]`` and cut where the texts part.

    Returns:
        Passages long and like enough, in their order; none where the seed was chance.
    """
    ops = _ops(u[x0:x1], v[y0:y1])
    found = [_whole_words(s, u, v) for s in _cut(ops, x0, y0) if s.same >= SHORTEST]
    return [s for s in found if s.same >= LEAST * (s.same + s.edits)]


def _whole_words(span: Span, u: str, v: str) -> Span:
    """A passage without half words and signs at its ends, as far as both texts agree there."""
    x0, x1, y0, y1 = span.x0, span.x1, span.y0, span.y1
    limit = x0 + LONGEST_WORD
    while x0 < min(x1, limit) and u[x0] == v[y0] and not (_begins(u, x0) and _begins(v, y0)):
        x0, y0 = x0 + 1, y0 + 1
    limit = x1 - LONGEST_WORD
    while x1 > max(x0, limit) and u[x1 - 1] == v[y1 - 1] and not (_ends(u, x1) and _ends(v, y1)):
        x1, y1 = x1 - 1, y1 - 1
    gone = x0 - span.x0 + span.x1 - x1
    return Span(x0, x1, y0, y1, span.same - gone, span.edits, span.df)


def _begins(text: str, at: int) -> bool:
    return text[at].isalnum() and not (at and text[at - 1].isalnum())


def _ends(text: str, at: int) -> bool:
    return text[at - 1].isalnum() and not (at < len(text) and text[at].isalnum())


#: How many letters, in figures, and what becomes of them.
_Ops = list[tuple[str, str]]


def _ops(u: str, v: str) -> _Ops:
    """The steps from ``u`` to ``v``: = the same, X changed, I only in u, D only in v."""
    if u == v:
        return [(str(len(u)), "=")] if u else []
    if not u or not v:
        return [(str(len(u) or len(v)), "I" if u else "D")]
    found: _Ops = _OPS.findall(edlib.align(u, v, mode="NW", task="path")["cigar"])
    return found


def _cut(ops: _Ops, x: int, y: int) -> list[Span]:
    """The stretches of an alignment whose sums rise and are not broken by a fall of DROP."""
    found: list[Span] = []
    total = best = same = edits = 0
    x0, y0, x1, y1, agreed, changed = x, y, x, y, 0, 0
    for figures, op in ops:
        n = int(figures)
        if op == "=":
            if total <= 0:  # nothing behind is worth keeping: begin here
                if best:
                    found.append(Span(x0, x1, y0, y1, agreed, changed))
                x0, y0, total, best, same, edits = x, y, 0, 0, 0, 0
            x, y, total, same = x + n, y + n, total + n, same + n
            if total > best:
                best, x1, y1, agreed, changed = total, x, y, same, edits
        else:
            x += n if op != "D" else 0
            y += n if op != "I" else 0
            total, edits = total - COST * n, edits + n
            if best - total > DROP:
                total = 0
    if best:
        found.append(Span(x0, x1, y0, y1, agreed, changed))
    return found


def joined(spans: list[Span]) -> list[Span]:
    """Passages of a pair, in order, those that overlap or touch on one line made one.

    Two that overlap in one text alone are kept: a paper may quote a sentence twice.
    """
    found: list[Span] = []
    for span in sorted(spans):
        for place in range(len(found) - 1, max(-1, len(found) - 9), -1):
            last = found[place]
            if span.x0 <= last.x1 + 2 and last.y0 <= span.y0 <= last.y1 + 2:
                found[place] = _union(last, span)
                break
        else:
            found.append(span)
    return found


def _union(one: Span, other: Span) -> Span:
    """One passage of two; what both hold is counted once."""
    x1, y1 = max(one.x1, other.x1), max(one.y1, other.y1)
    added = max(0, other.x1 - one.x1, other.y1 - one.y1)
    whole = max(1, other.x1 - other.x0, other.y1 - other.y0)
    share = min(1.0, added / whole)
    return Span(
        one.x0, x1, one.y0, y1,
        one.same + round(other.same * share), one.edits + round(other.edits * share),
        min(one.df, other.df),
    )  # fmt: skip
