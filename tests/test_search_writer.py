"""Writing the search index: one writer, replacing, the sequence, and what a kill leaves behind."""

import pickle
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import msgspec
import pytest
from search_shelf import PAPERS, MadeUpShelf, number, paper, write_index

from regesta.edition.search.index import SearchIndex
from regesta.edition.search.schema import SearchEntry, search_entry
from regesta.edition.search.state import SearchRequest
from regesta.edition.search.writer import SearchWriter, read_sequence
from regesta.errors import EditionBusy, EditionError, EditionVersionError

#: Adds and commits for ever, and says each sequence number once it is acknowledged.
WRITE_FOR_EVER = """
import sys
from pathlib import Path
from regesta.edition.search.schema import SearchEntry
from regesta.edition.search.writer import SearchWriter
writer = SearchWriter(Path(sys.argv[1]), heap=15_000_000)
number = writer.sequence
print(number, flush=True)
while True:
    number += 1
    id = f"x/d{number}"
    writer.add(SearchEntry(id, {"id": [id], "lacks": [1],
                                "document": ["grainE"], "stemming": ["en"]}))
    writer.commit(number)
    print(number, flush=True)
"""


def total(index: SearchIndex, query: str = "") -> int:
    """How many documents a query finds."""
    return index.search(SearchRequest(query=query, snippets=False), MadeUpShelf(PAPERS)).total


def test_entries_travel() -> None:
    """An entry comes out of a pickle and of msgpack as it went in, and is made the same twice."""
    for document in PAPERS:
        entry = search_entry(document, n=number(document.id))
        assert entry == search_entry(document, n=number(document.id))
        assert pickle.loads(pickle.dumps(entry)) == entry
        assert msgspec.msgpack.decode(msgspec.msgpack.encode(entry), type=SearchEntry) == entry


def test_replaces_and_deletes(tmp_path: Path) -> None:
    """A document added again replaces the old one, in the same commit or a later one."""
    index = write_index(tmp_path, [*PAPERS, *PAPERS])
    assert total(index) == len(PAPERS)
    with SearchWriter(tmp_path) as writer:
        writer.add(search_entry(paper("red/d1", "Nothing but zebras."), n=number("red/d1")))
        writer.delete("red/d2")
        writer.delete("red/d77")
        writer.commit(2)
    assert total(index) == len(PAPERS) - 1
    assert total(index, "zebras") == 1
    assert total(index, "grain") == 1
    with SearchWriter(tmp_path) as writer:
        writer.clear()
        writer.commit(3)
    assert total(index) == 0


def test_uncommitted_is_forgotten(tmp_path: Path) -> None:
    """What was not committed is not there, and the sequence says so."""
    with SearchWriter(tmp_path) as writer:
        writer.add(search_entry(PAPERS[0], n=1))
        writer.commit(7)
        writer.add(search_entry(PAPERS[1], n=2))
    assert read_sequence(tmp_path) == 7
    assert total(SearchIndex.open(tmp_path)) == 1
    with SearchWriter(tmp_path) as writer:
        assert writer.sequence == 7


def test_one_writer(tmp_path: Path) -> None:
    """A second writer is told that the edition is busy; after the first is closed it may write."""
    with SearchWriter(tmp_path), pytest.raises(EditionBusy):
        SearchWriter(tmp_path)
    with SearchWriter(tmp_path) as writer:
        writer.commit(1)
    with pytest.raises(EditionError):
        writer.commit(2)


def test_refuses_another_schema_and_a_file(tmp_path: Path) -> None:
    """An index of another schema is not written to, and a file is no folder."""
    write_index(tmp_path / "search", PAPERS[:1])
    (tmp_path / "search" / "schema-version").write_text("0")
    with pytest.raises(EditionVersionError):
        SearchWriter(tmp_path / "search")
    (tmp_path / "file").write_text("")
    with pytest.raises(EditionError):
        SearchWriter(tmp_path / "file")


def test_reader_follows_commits_and_exchanged_folders(tmp_path: Path) -> None:
    """A reader sees a commit at its next search, also where the folder was exchanged."""
    index = write_index(tmp_path / "search", PAPERS[:2])
    assert total(index) == 2
    write_index(tmp_path / "next", PAPERS)
    (tmp_path / "search").rename(tmp_path / "last")
    (tmp_path / "next").rename(tmp_path / "search")
    assert total(index) == len(PAPERS)


def test_threads_share_a_reader(tmp_path: Path) -> None:
    """Threads search one reader while a writer commits, and each sees some whole state."""
    index = write_index(tmp_path, PAPERS[:1])
    totals: list[int] = []
    failures: list[BaseException] = []

    def search() -> None:
        try:
            totals.extend(total(index, "-zebra") for _ in range(30))
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=search) for _ in range(4)]
    for thread in threads:
        thread.start()
    with SearchWriter(tmp_path) as writer:
        for n, document in enumerate(PAPERS[1:], start=2):
            writer.add(search_entry(document, n=number(document.id)))
            writer.commit(n)
    for thread in threads:
        thread.join()
    assert not failures
    assert set(totals) <= set(range(1, len(PAPERS) + 1))
    assert total(index) == len(PAPERS)


def test_a_kill_loses_no_acknowledged_commit(tmp_path: Path) -> None:
    """Killed without warning twenty times, the index holds every document it acknowledged."""
    chance = random.Random(1918)
    acknowledged = 0
    for _ in range(20):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITE_FOR_EVER, str(tmp_path)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        began = int(process.stdout.readline())
        assert began >= acknowledged
        first = int(process.stdout.readline())
        time.sleep(chance.uniform(0, 0.05))
        process.send_signal(signal.SIGKILL)
        said = [int(line) for line in process.stdout.read().split()]
        process.wait()
        process.stdout.close()
        acknowledged = max([first, *said])
        assert read_sequence(tmp_path) >= acknowledged
        assert total(SearchIndex.open(tmp_path)) >= acknowledged
    assert acknowledged >= 20
