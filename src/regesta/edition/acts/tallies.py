"""Counting how many acts of one set have each of many values: a set in, numbers out.

What is counted again and again is kept as arrays: values of many acts as words of 64 bits, those of
few as the numbers of their acts. Whole numbers, which sets are joined by, take five times as long.
"""

import sqlite3
import zlib

import numpy as np
import numpy.typing as npt

#: Bytes of the arrays that are kept, about; a ledger of a million acts has 125,000 to a set.
MOST_KEPT = 200_000_000


class Tallies:
    """The values of an open ledger, ready to be counted.

    Args:
        db: A database of ``acts_store``; used by one thread at a time.
        size: Bits of a set.
    """

    def __init__(self, db: sqlite3.Connection, size: int) -> None:
        self._db = db
        self._words = (size >> 6) + 1
        self._kept: dict[tuple[str, str], npt.NDArray[np.uint64] | npt.NDArray[np.uint32]] = {}
        self._held = 0
        self._last: tuple[int, npt.NDArray[np.uint64], npt.NDArray[np.uint8]] | None = None

    def common(self, name: str, value: str, bits: int) -> int:
        """How many acts of a set have a value."""
        words, told = self._looked_at(bits)
        kept = self._read(name, value)
        if kept.dtype == np.uint64:
            return int(np.bitwise_count(words & kept).sum())
        return int(told.take(kept).sum())

    def _looked_at(self, bits: int) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint8]]:
        """A set as words and as one truth an act; the last is kept, since facets share it."""
        if self._last is None or self._last[0] is not bits:
            words = np.frombuffer(bits.to_bytes(self._words * 8, "little"), dtype="<u8")
            told = np.unpackbits(words.view(np.uint8), bitorder="little")
            self._last = bits, words, told
        return self._last[1], self._last[2]

    def _read(self, name: str, value: str) -> npt.NDArray[np.uint64] | npt.NDArray[np.uint32]:
        kept = self._kept.get((name, value))
        if kept is None:
            row = self._db.execute(
                "SELECT packed FROM sets WHERE name = ? AND value = ?", (name, value)
            ).fetchone()
            kept = self._unpacked(row[0]) if row else np.zeros(0, dtype=np.uint32)
            if self._held < MOST_KEPT:
                self._kept[name, value] = kept
                self._held += kept.nbytes
        return kept

    def _unpacked(self, packed: bytes) -> npt.NDArray[np.uint64] | npt.NDArray[np.uint32]:
        """A set that ``bitsets.pack`` wrote."""
        if packed[:1] == b"L":
            return np.frombuffer(packed, dtype="<u4", offset=1).astype(np.uint32)
        data = zlib.decompress(packed[1:])
        return np.frombuffer(data.ljust(self._words * 8, b"\0"), dtype="<u8").astype(np.uint64)
