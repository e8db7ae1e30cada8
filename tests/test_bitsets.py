"""Sets of rows as whole numbers: packed, paged, counted by blocks."""

import sqlite3
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta.edition.acts import bitsets
from regesta.edition.acts.store import TABLES
from regesta.edition.acts.tallies import Tallies

SETS = st.sets(st.integers(0, 4999))


@given(SETS)
def test_packed_and_unpacked(rows: set[int]) -> None:
    """A set comes back as it was, be it kept as bits or as a list."""
    packed = bitsets.pack(array("I", rows), 5000)
    assert bitsets.unpack(packed, 5000) == bitsets.make(rows, 5000)
    assert packed[:1] == (b"L" if len(rows) * bitsets.SPARSE < 5000 else b"B")


@given(SETS, st.integers(0, 40), st.integers(0, 300))
def test_members(rows: set[int], limit: int, offset: int) -> None:
    """A page of a set holds its rows in order."""
    found = bitsets.members(bitsets.make(rows, 5000), limit, offset) if limit else []
    assert found == sorted(rows)[offset : offset + limit]


@given(st.lists(st.integers(1, 9), min_size=1, max_size=60), st.randoms())
def test_blocks_are_counted(sizes: list[int], chance: object) -> None:
    """A document counts once, however many of its acts are in the set."""
    rows, free, chosen, expected, n = [], [], [], 0, 0
    for size in sizes:
        block = list(range(n, n + size))
        some = [row for row in block if chance.random() < 0.3]  # type: ignore[attr-defined]
        rows += block
        chosen += some
        expected += bool(some)
        free.append(n + size)
        n += size + 1
    whole, gaps, bits = (bitsets.make(x, n) for x in (rows, free, chosen))
    assert bitsets.blocks(bits, whole, gaps).bit_count() == expected


@pytest.mark.parametrize(("first", "last", "size"), [(0, 3, 3), (5, 6, 1), (4, 4, 0), (7, 2, 0)])
def test_stretches(first: int, last: int, size: int) -> None:
    """A stretch holds its first row and not its last; an empty one nothing."""
    bits = bitsets.stretch(first, last)
    assert bits.bit_count() == size
    assert not size or bitsets.members(bits, 1) == [first]


@given(
    st.lists(st.frozensets(st.integers(0, 900), min_size=1), min_size=1, max_size=5),
    st.frozensets(st.integers(0, 900)),
)
def test_tallies_count_what_two_sets_share(
    kept: list[frozenset[int]], asked: frozenset[int]
) -> None:
    """However a set is packed, as bits or as a list, its acts in another are counted."""
    db = sqlite3.connect(":memory:")
    db.executescript(TABLES)
    order = sorted(kept, key=lambda rows: -len(rows))
    for i, rows in enumerate(order):
        packed = bitsets.pack(array("I", rows), 901)
        values = ("act", f"{i:03}", "", len(rows), 0, 0, packed)
        db.execute("INSERT INTO sets VALUES (?, ?, ?, ?, ?, ?, ?)", values)
    tallies = Tallies(db, 901)
    bits = bitsets.make(asked, 901)
    for _ in range(2):
        assert list(tallies.counts("act", bits)) == [len(rows & asked) for rows in order]
    assert not list(tallies.counts("actor", bits))
    db.close()
