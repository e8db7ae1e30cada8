"""Passages of a whole edition as numbers: rows of an engine in, held in a tenth of the memory.

A row of eight values takes some 500 bytes, and a large edition has millions of passages.
"""

from array import array
from collections.abc import Iterable, Iterator
from itertools import islice, pairwise
from tempfile import TemporaryFile

import numpy as np
from numpy.typing import NDArray

from regesta.linking.reuse.base import Result

_COLUMNS = 8
#: Documents whose sides are given at a time.
_AT_A_TIME = 500

#: A side's number (twice the passage's, 1 more in its second document), from and to in the text,
#: and the id of the other document.
Asked = tuple[int, int, int, str]


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

    def pairs(self) -> Iterator[tuple[int, list[Result]]]:
        """The passages of every pair of documents, in their order, and the number of the first."""
        table, ids = self._table(), self._ids
        other = np.flatnonzero((np.diff(table[:, (0, 3)], axis=0) != 0).any(axis=1)) + 1
        for first, last in pairwise([0, *other.tolist(), len(table)]):
            if rows := table[first:last].tolist():
                yield first, [(ids[row[0]], *row[1:3], ids[row[3]], *row[4:]) for row in rows]

    def by_document(self) -> Iterator[dict[str, list[Asked]]]:
        """What stands elsewhere too of some documents, by id in order, then of some more."""
        table, ids = self._table(), self._ids
        documents = table[:, (0, 3)].reshape(-1)
        order = np.argsort(documents, kind="stable")
        ends = np.cumsum(np.bincount(documents, minlength=len(ids)))
        numbers = iter(sorted(range(len(ids)), key=ids.__getitem__))
        while some := list(islice(numbers, _AT_A_TIME)):
            begins = [int(ends[n - 1]) if n else 0 for n in some]
            sides = np.concatenate(
                [order[at : ends[n]] for n, at in zip(some, begins, strict=True)]
            )
            rows, second = table[sides // 2], (sides % 2).astype(bool)
            here = np.where(second[:, None], rows[:, 4:6], rows[:, 1:3]).tolist()
            there = np.where(second, rows[:, 0], rows[:, 3]).tolist()
            found: dict[str, list[Asked]] = {ids[n]: [] for n in some}
            for n, document, (start, stop), other in zip(
                sides.tolist(), documents[sides].tolist(), here, there, strict=True
            ):
                found[ids[document]].append((n, start, stop, ids[other]))
            yield found

    def _table(self) -> NDArray[np.int32]:
        return np.frombuffer(self._numbers, np.int32).reshape(-1, _COLUMNS)


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
