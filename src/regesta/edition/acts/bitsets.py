"""Sets of rows as whole numbers: a set of a million is joined with another in microseconds.

Bit ``n`` of a set says whether row ``n`` is in it. Rows come in blocks (the acts of one document)
with a free bit after each block: adding the set of all rows carries into the free bit of every
block that has a row in the set, so that documents are counted without looking at a row.
"""

import re
import sys
import zlib
from array import array
from collections.abc import Iterable

#: A set with fewer than one row in so many bits is kept as the list of its rows.
SPARSE = 256
_BYTE = re.compile(rb"[^\0]")
#: Bytes looked at in one step when a page of rows is picked out.
_STEP = 4096
_BITS = [[bit for bit in range(8) if byte >> bit & 1] for byte in range(256)]


def make(rows: Iterable[int], size: int) -> int:
    """A set of rows, each below ``size``."""
    data = bytearray((size >> 3) + 1)
    for row in rows:
        data[row >> 3] |= 1 << (row & 7)
    return int.from_bytes(data, "little")


def stretch(first: int, last: int) -> int:
    """The set of all rows from ``first`` up to, and without, ``last``."""
    return (1 << last) - (1 << first) if last > first else 0


def pack(rows: "array[int]", size: int) -> bytes:
    """Write a set as bytes: as a list of its rows or as bits, whichever is smaller."""
    if len(rows) * SPARSE < size:
        kept = array("I", sorted(rows))
        if sys.byteorder == "big":
            kept.byteswap()
        return b"L" + kept.tobytes()
    bits = make(rows, size)
    return b"B" + zlib.compress(bits.to_bytes((size >> 3) + 1, "little"), 1)


def unpack(packed: bytes, size: int) -> int:
    """Read a set that :func:`pack` wrote."""
    if packed[:1] == b"B":
        return int.from_bytes(zlib.decompress(packed[1:]), "little")
    return make(listed(packed), size)


def listed(packed: bytes) -> "array[int]":
    """The rows of a set that is kept as a list; empty where it is kept as bits."""
    rows = array("I")
    if packed[:1] == b"L":
        rows.frombytes(packed[1:])
        if sys.byteorder == "big":
            rows.byteswap()
    return rows


def members(bits: int, limit: int, offset: int = 0) -> list[int]:
    """Rows of a set in order: so many, after so many passed over."""
    data = bits.to_bytes((bits.bit_length() >> 3) + 1, "little")
    found: list[int] = []
    for start in range(0, len(data), _STEP):
        piece = data[start : start + _STEP]
        here = int.from_bytes(piece, "little").bit_count()
        if here <= offset:
            offset -= here
            continue
        rows = [
            (start + match.start()) * 8 + bit
            for match in _BYTE.finditer(piece)
            for bit in _BITS[piece[match.start()]]
        ]
        found += rows[offset : offset + limit - len(found)]
        offset = 0
        if len(found) >= limit:
            break
    return found


def blocks(bits: int, rows: int, free: int) -> int:
    """The free bits of the blocks that have a row in a set.

    Args:
        bits: The set.
        rows: The set of all rows.
        free: The set of all free bits, one after each block.
    """
    return ((bits & rows) + rows) & free
