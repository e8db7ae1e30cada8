"""Counting how many acts of one set have each of many values: a set in, numbers out.

The values of a field are held together as arrays: those of many acts as words of 64 bits, those of
few as one row of the numbers of their acts. Joining the whole numbers of ``bitsets`` one by one
takes ten times as long.
"""

import sqlite3
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

#: So many values are counted at a time, the commonest first.
AT_ONCE = 64

Words = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class _Field:
    """The values of a field, the commonest first: the first as words, the others as lists."""

    words: Words
    starts: npt.NDArray[np.int64]
    lists: npt.NDArray[np.uint32]


class Tallies:
    """The values of an open ledger, ready to be counted.

    Args:
        db: A database of ``acts_store``; used by one thread at a time.
        size: Bits of a set.
    """

    def __init__(self, db: sqlite3.Connection, size: int) -> None:
        self._db = db
        self._words = (size >> 6) + 1
        self._fields: dict[str, _Field] = {}
        self._last: tuple[int, Words, npt.NDArray[np.uint8]] | None = None

    def counts(self, name: str, bits: int) -> Iterator[int]:
        """How many acts of a set have each value of a field, the commonest value first.

        They are counted as they are asked for.
        """
        words, told = self._looked_at(bits)
        field = self._field(name)
        for at in range(0, len(field.words), AT_ONCE):
            joined = field.words[at : at + AT_ONCE] & words
            yield from np.bitwise_count(joined).sum(axis=1, dtype=np.int64).tolist()
        for at in range(0, len(field.starts) - 1, AT_ONCE):
            starts = field.starts[at : at + AT_ONCE + 1]
            there = told.take(field.lists[starts[0] : starts[-1]])
            sums = np.add.reduceat(there, starts[:-1] - starts[0], dtype=np.int64)
            yield from sums.tolist()

    def _looked_at(self, bits: int) -> tuple[Words, npt.NDArray[np.uint8]]:
        """A set as words and as one truth an act; the last is kept, since facets share it."""
        if self._last is None or self._last[0] is not bits:
            words = np.frombuffer(bits.to_bytes(self._words * 8, "little"), dtype="<u8")
            told = np.unpackbits(words.view(np.uint8), bitorder="little")
            self._last = bits, words.astype(np.uint64), told
        return self._last[1], self._last[2]

    def _field(self, name: str) -> _Field:
        if name not in self._fields:
            self._fields[name] = self._read(name)
        return self._fields[name]

    def _read(self, name: str) -> _Field:
        """The sets of a field as ``bitsets.pack`` wrote them; those of many acts come first."""
        rows: list[bytes] = []
        lists: list[npt.NDArray[np.uint32]] = []
        for (packed,) in self._db.execute(
            "SELECT packed FROM sets WHERE name = ? ORDER BY count DESC, value", (name,)
        ):
            if packed[:1] == b"L":
                lists.append(np.frombuffer(packed, dtype="<u4", offset=1))
            else:
                rows.append(zlib.decompress(packed[1:]).ljust(self._words * 8, b"\0"))
        words = np.frombuffer(b"".join(rows), dtype="<u8").reshape(-1, self._words)
        return _Field(
            words.astype(np.uint64, copy=False),
            np.cumsum([0, *map(len, lists)], dtype=np.int64),
            np.concatenate([np.zeros(0, dtype=np.uint32), *lists]).astype(np.uint32, copy=False),
        )
