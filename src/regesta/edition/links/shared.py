"""Passages of a whole edition as numbers: rows of an engine in, held in a tenth of the memory.

A row of eight values takes some 500 bytes, and a large edition has millions of passages.
"""

from array import array
from collections.abc import Iterable, Iterator
from itertools import pairwise
from tempfile import TemporaryFile

import numpy as np
from numpy.typing import NDArray

from regesta.linking.reuse.base import Result

_COLUMNS = 8


class Passages:
    """Passages in their order; every document's id is kept once."""

    def __init__(self, rows: Iterable[Result]) -> None:
        self._ids: list[str] = []
        self._numbers = array("i")
        known: dict[str, int] = {}
        for a, a_start, a_stop, b, b_start, b_stop, edits, df in rows:
            for id in (a, b):
                if id not in known:
                    known[id] = len(self._ids)
                    self._ids.append(id)
            self._numbers.extend((known[a], a_start, a_stop, known[b], b_start, b_stop, edits, df))

    def __len__(self) -> int:
        return len(self._numbers) // _COLUMNS

    def __getitem__(self, n: int) -> Result:
        if not 0 <= n < len(self):
            raise IndexError(n)
        a, a_start, a_stop, b, b_start, b_stop, edits, df = self._numbers[
            n * _COLUMNS : (n + 1) * _COLUMNS
        ]
        return self._ids[a], a_start, a_stop, self._ids[b], b_start, b_stop, edits, df

    def pairs(self) -> Iterator[tuple[str, str, range]]:
        """Both ids of every pair of documents, and the numbers of its passages, in their order."""
        table = self._table()
        if not len(table):
            return
        other = np.flatnonzero((np.diff(table[:, (0, 3)], axis=0) != 0).any(axis=1)) + 1
        bounds = [0, *other.tolist(), len(table)]
        for first, last in pairwise(bounds):
            a, b = table[first, (0, 3)].tolist()
            yield self._ids[a], self._ids[b], range(first, last)

    def by_document(self) -> dict[str, NDArray[np.int64]]:
        """Sides of every document, by its id in order: twice the passage's number, 1 more in b."""
        documents = self._table()[:, (0, 3)].reshape(-1)
        order = np.argsort(documents, kind="stable")
        bounds = np.cumsum(np.bincount(documents, minlength=len(self._ids)))
        parts = np.split(order, bounds[:-1]) if self._ids else []
        return dict(sorted(zip(self._ids, parts, strict=True)))

    def side(self, n: int) -> tuple[int, int, str]:
        """From and to of a side in its document's text, and the id of the other document."""
        at = n // 2 * _COLUMNS + (3 if n % 2 else 0)
        other = at - 3 if n % 2 else at + 3
        return self._numbers[at + 1], self._numbers[at + 2], self._ids[self._numbers[other]]

    def _table(self) -> NDArray[np.int32]:
        return np.array(self._numbers, np.int32).reshape(-1, _COLUMNS)


class Words:
    """Words by number, on disk: of millions that are kept few are asked for again."""

    def __init__(self, count: int) -> None:
        self._file = TemporaryFile()  # noqa: SIM115 (closed by close)
        self._places = array("q", bytes(8 * count))
        self._sizes = array("i", bytes(4 * count))
        self._end = 0

    def put(self, n: int, words: str) -> None:
        """Keep words under a number."""
        packed = words.encode()
        self._places[n], self._sizes[n] = self._end, len(packed)
        self._end += self._file.write(packed)

    def repeat(self, n: int, other: int) -> None:
        """Keep under a number what is kept under another."""
        self._places[n], self._sizes[n] = self._places[other], self._sizes[other]

    def __getitem__(self, n: int) -> str:
        self._file.seek(self._places[n])
        return self._file.read(self._sizes[n]).decode()

    def close(self) -> None:
        """Forget all."""
        self._file.close()
