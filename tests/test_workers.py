"""Workers send back what they made, whatever it holds."""

import os
import sys
from contextlib import suppress
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from shelf_sources import volume

from regesta.describing import registry
from regesta.edition.building import workers
from regesta.edition.building.pipeline import Job, Shelved, prepare, shelve
from regesta.edition.building.rows import Rows
from regesta.edition.building.workers import packed, run, unpacked
from regesta.edition.search.schema import SearchEntry
from regesta.reading.sources import SourceRef, find_sources

ROWS = Rows(
    documents=[(1, "a/d1", None, 0.5, -3)],
    texts=[(1, b"\x78\x01", b"", b"\x80")],
    entries=[SearchEntry("a/d1", {"key": [(1 << 63) - 1], "document": ["peace"]}).line()],
)


@pytest.mark.parametrize(
    "result",
    [
        Shelved(1, "same", "ab"),
        Shelved(2, "read", "ab", collection="a", gathered=b"\x80", rows=ROWS),
        Shelved(3, "unread", reason="a file whose name is no Unicode: \udcff.xml"),
    ],
)
def test_a_result_arrives_as_it_was_sent(result: Shelved) -> None:
    """Rows, blobs and names that are no Unicode come out as they went in."""
    assert unpacked(packed(result)) == result


def test_what_is_odd_about_describers_is_reported_however_they_were_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A describer that cannot be loaded is named with the first source, after preparing too."""
    (ref,) = find_sources([volume(tmp_path, "vol")])
    assert isinstance(ref, SourceRef)
    lost = EntryPoint("lost", "no.such.module:thing", registry.GROUP)
    monkeypatch.setattr(registry, "entry_points", lambda group: [lost])
    registry.describers.cache_clear()
    try:
        prepare()
        assert "lost cannot be loaded" in " ".join(shelve(Job(1, ref)).warnings)
    finally:
        registry.describers.cache_clear()


@pytest.mark.parametrize(
    ("sizes", "started"),
    [
        ([4_000_000, 90_000], False),  # one volume changed, and a list that stands back for it
        ([4_000_000], False),
        ([4_000_000, 4_000_000], True),
        ([9_000_000], True),
        ([700_000, 700_000], False),
        ([], False),
    ],
)
def test_workers_are_started_where_something_can_be_read_beside_the_largest_source(
    sizes: list[int], started: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One large source alone is read where it is: workers would be ready when it is done."""
    jobs = [
        Job(n, SourceRef(path=f"{n}.xml", file=f"{n}.xml", folder="", size=size, mtime_ns=0))
        for n, size in enumerate(sizes)
    ]
    asked: list[object] = []

    class Pool:
        def __init__(self, work: object, count: int) -> None:
            asked.append(work)

        def results(self) -> list[Shelved]:
            return []

    monkeypatch.setattr(workers, "_Pool", Pool)
    monkeypatch.setattr(workers, "shelve", lambda job: Shelved(job.n, "same"))
    list(run(jobs))
    assert bool(asked) is started


@pytest.mark.skipif(sys.platform != "linux", reason="looks processes up in /proc")
def test_workers_end_with_the_work(tmp_path: Path) -> None:
    """No process is left over, neither when all is read nor when a build gives up half-way."""
    for n in range(6):
        volume(tmp_path, f"vol{n}")
    found = [ref for ref in find_sources([tmp_path]) if isinstance(ref, SourceRef)]
    jobs = [Job(n, ref) for n, ref in enumerate(found)]
    before = _children()
    assert sorted(shelved.n for shelved in run(jobs, workers=3)) == list(range(6))
    assert not _children() - before
    half_way = run(jobs, workers=3)
    next(half_way)
    assert _children() - before
    half_way.close()
    assert not _children() - before


def _children() -> set[str]:
    """Processes that this one started, those of other tests among them."""
    found = set[str]()
    for task in Path(f"/proc/{os.getpid()}/task").iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):  # A thread that ended meanwhile.
            found |= set((task / "children").read_text().split())
    return found
