"""Errands: work in other processes, sources in bundles, and what need not be done again."""

import os
import sqlite3
from pathlib import Path

import pytest

from regesta.edition.building.errands import bundles, run, take_over

FOUND = (
    "CREATE TABLE found (source INTEGER PRIMARY KEY, digest TEXT, documents INTEGER, packed BLOB)"
)


def shout(errand: bytes) -> bytes:
    """An errand that can be done anywhere."""
    return errand.upper()


@pytest.mark.parametrize("workers", [0, 2])
def test_an_errand_is_done_wherever_it_can_be(workers: int) -> None:
    """Results come with the number of their errand; what no process can load is done here."""
    done = dict(run(f"{__name__}:shout", [b"one", b"two"], workers))
    assert done == {0: b"ONE", 1: b"TWO"}


def whose(errand: bytes) -> bytes:
    """Tells which process does it; one errand ends any process but the first."""
    own = str(os.getpid()).encode()
    if errand and errand != own:
        os._exit(0)
    return own


def test_a_process_runs_one_errand_after_another() -> None:
    """As many processes as asked, however many errands; none of them is this one."""
    done = dict(run(f"{__name__}:whose", [b""] * 9, 2))
    assert len(done) == 9
    assert len(set(done.values())) <= 2
    assert str(os.getpid()).encode() not in done.values()


def test_what_ends_a_process_is_done_here() -> None:
    """The other errands are still done elsewhere."""
    own = str(os.getpid()).encode()
    done = dict(run(f"{__name__}:whose", [b"", own, b"", b""], 2))
    assert done.pop(1) == own
    assert own not in done.values()


@pytest.mark.parametrize(
    ("sources", "size", "wanted"),
    [
        ([], 10, []),
        ([(1, 3)], 10, [[(1, 3)]]),
        ([(1, 3), (2, 9), (3, 4)], 10, [[(2, 9), (3, 4)], [(1, 3)]]),
        ([(2, 5), (1, 5), (3, 20)], 10, [[(3, 20)], [(1, 5), (2, 5)]]),
    ],
)
def test_bundles(
    sources: list[tuple[int, int]], size: int, wanted: list[list[tuple[int, int]]]
) -> None:
    """The largest first; a bundle is full once it holds so many documents."""
    assert list(bundles(sources, size)) == wanted


def databases(tmp_path: Path) -> tuple[sqlite3.Connection, sqlite3.Connection]:
    """A new database, and the last one with what was found in three sources."""
    new, last = sqlite3.connect(tmp_path / "new"), sqlite3.connect(tmp_path / "last")
    for db in (new, last):
        db.execute(FOUND)
    rows = [(1, "same", 5, b"one"), (2, "old", 5, b"two"), (3, "gone", 5, b"three")]
    last.executemany("INSERT INTO found VALUES (?, ?, ?, ?)", rows)
    return new, last


def test_what_is_as_it_was_is_taken_over(tmp_path: Path) -> None:
    """A source whose digest is that of last time, and no other."""
    new, last = databases(tmp_path)
    kept: dict[int, str] = {}
    take_over(new, last, {1: ("same", 5), 2: ("new", 5)}, kept)
    assert kept == {1: "same"}
    assert new.execute("SELECT source, packed FROM found").fetchall() == [(1, b"one")]
    with pytest.raises(sqlite3.ProgrammingError):
        last.execute("SELECT 1")


def test_what_is_there_already_is_not_taken_over(tmp_path: Path) -> None:
    """A stage that was killed had got that far."""
    new, last = databases(tmp_path)
    kept = {1: "same"}
    take_over(new, last, {1: ("same", 5)}, kept)
    assert new.execute("SELECT count(*) FROM found").fetchone() == (0,)


def test_nothing_comes_of_nothing(tmp_path: Path) -> None:
    """Without a last database, or with a broken one, all is read anew."""
    new, last = databases(tmp_path)
    last.execute("DROP TABLE found")
    kept: dict[int, str] = {}
    take_over(new, None, {1: ("same", 5)}, kept)
    take_over(new, last, {1: ("same", 5)}, kept)
    assert kept == {}
