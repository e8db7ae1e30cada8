"""Builds: incremental, the same whatever the workers, safe against kills and bad surroundings."""

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import tantivy
from shelf_sources import letter, volume

from regesta.edition import Edition, build, export
from regesta.edition.building.locking import lock
from regesta.edition.record.store import BUILDING, RECORD, SEARCH, Record
from regesta.edition.results import BuildReport
from regesta.errors import EditionBusy, EditionError, NotAnEdition, SourceError

ROUNDS = 10


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A volume of three documents and two letters."""
    folder = tmp_path / "sources"
    volume(folder, "ost01")
    letter(folder, "a")
    letter(folder, "b", date="", words="No day is written on this one.")
    return folder


def changes(report: BuildReport) -> tuple[int, int, int, int]:
    """What a report counts: added, changed, removed, unchanged."""
    return report.added, report.changed, report.removed, report.unchanged


def digest(folder: Path, scratch: Path) -> str:
    """SHA-256 of the edition's export."""
    target = scratch / "digest.jsonl"
    export(folder, "jsonl", target, force=True)
    return hashlib.sha256(target.read_bytes()).hexdigest()


def ids(folder: Path) -> list[str]:
    """Ids of an edition, in its order."""
    edition = Edition.open(folder)
    found = [document.id for document in edition.documents()]
    edition.close()
    return found


def found(folder: Path, word: str) -> list[str]:
    """Ids of the documents in whose text the search index has a word, sorted."""
    record = Record(folder)
    index = tantivy.Index.open(str(folder / SEARCH / record.meta["search"]))
    query = tantivy.Query.term_query(index.schema, "document_exact", word)
    searcher = index.searcher()
    at = [address for _, address in searcher.search(query, 1000).hits]
    numbers = searcher.fast_field_values("n", at)
    ids = [record.value("SELECT id FROM documents WHERE n = ?", (n,)) for n in numbers]
    record.close()
    return sorted(ids)


def test_first_build_reads_everything_and_reports_it(sources: Path, tmp_path: Path) -> None:
    """Documents, undated ones and sources are counted; the report stands in a file too."""
    report = build(sources, tmp_path / "e", title="Ostova")
    assert (report.documents, report.undated, report.sources) == (5, 1, 3)
    assert changes(report) == (5, 0, 0, 0)
    assert report.unread == ()
    assert json.loads((tmp_path / "e" / "build-report.json").read_text())["documents"] == 5
    assert Edition.open(tmp_path / "e").info().title == "Ostova"


def test_nothing_changed_reads_nothing(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second build of the same sources opens none of them."""
    build(sources, tmp_path / "e")
    monkeypatch.setattr(
        "regesta.edition.building.builder.run", lambda *_, **__: pytest.fail("it read")
    )
    assert changes(build(sources, tmp_path / "e")) == (0, 0, 0, 5)


def test_only_what_changed_is_reported_and_found(sources: Path, tmp_path: Path) -> None:
    """A changed letter, a new one and a removed one are told apart, in the record and in search."""
    build(sources, tmp_path / "e")
    letter(sources, "a", words="The ships lie in the roadstead again.")
    letter(sources, "c", words="A lantern was seen.")
    (sources / "b.md").unlink()
    assert changes(build(sources, tmp_path / "e")) == (1, 1, 1, 3)
    assert found(tmp_path / "e", "roadstead") == ["letters-from-the-quay/a"]
    assert found(tmp_path / "e", "lantern") == ["letters-from-the-quay/c"]
    assert found(tmp_path / "e", "written") == []


def test_a_touched_file_with_the_same_bytes_is_unchanged(sources: Path, tmp_path: Path) -> None:
    """A new time of change alone changes no document."""
    build(sources, tmp_path / "e")
    os.utime(sources / "a.md", (1, 1))
    assert changes(build(sources, tmp_path / "e")) == (0, 0, 0, 5)
    assert changes(build(sources, tmp_path / "e")) == (0, 0, 0, 5)


def test_an_incremental_build_gives_what_a_fresh_one_gives(sources: Path, tmp_path: Path) -> None:
    """Exports are byte for byte the same after any history of builds."""
    build(sources, tmp_path / "e")
    volume(sources, "ost01", documents=5, words="The quay is full.")
    volume(sources, "ost02", documents=2)
    letter(sources, "a", date="1903-07-09")
    build(sources, tmp_path / "e")
    build(sources, tmp_path / "fresh")
    assert digest(tmp_path / "e", tmp_path) == digest(tmp_path / "fresh", tmp_path)
    assert found(tmp_path / "e", "quay") == found(tmp_path / "fresh", "quay")


def test_workers_change_nothing(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No worker, one or three, forked or each started alone: the same export."""
    for n in range(8):
        volume(sources, f"vol{n}", documents=20)
    digests = set()
    for workers, forks in ((0, True), (1, True), (3, True), (3, False)):
        monkeypatch.setattr(
            "regesta.edition.building.workers._FORKS", forks and sys.platform == "linux"
        )
        build(sources, tmp_path / f"e{workers}{forks}", workers=workers)
        digests.add(digest(tmp_path / f"e{workers}{forks}", tmp_path))
    assert len(digests) == 1


def test_progress_ends_at_the_whole(sources: Path, tmp_path: Path) -> None:
    """Progress is told in bytes of sources, up to all of them."""
    told: list[tuple[int, int, str]] = []
    build(sources, tmp_path / "e", progress=lambda *now: told.append(now))
    done, total, _ = told[-1]
    assert done == total == sum(path.stat().st_size for path in sources.iterdir())


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(sources: Path, tmp_path: Path) -> None:
    """A broken volume and an empty file are in the report; the other documents are there."""
    (sources / "broken.xml").write_text("<TEI xmlns='http://www.tei-c.org/ns/1.0'><text><body>")
    (sources / "empty.txt").write_text("")
    report = build(sources, tmp_path / "e")
    assert [Path(item["path"]).name for item in report.unread] == ["broken.xml", "empty.txt"]
    assert all(item["reason"] and "\n" not in item["reason"] for item in report.unread)
    assert report.documents == 5
    assert len(build(sources, tmp_path / "e").unread) == 2


def test_second_volume_with_one_id_stands_back_until_the_first_goes(tmp_path: Path) -> None:
    """The first path keeps the id; the other is unread with the reason, and read when it can be."""
    first = volume(tmp_path / "s" / "one", "ost01")
    volume(tmp_path / "s" / "two", "ost01", documents=4, words="Lanterns everywhere.")
    report = build(tmp_path / "s", tmp_path / "e")
    assert report.documents == 3
    (unread,) = report.unread
    assert unread["path"].endswith("two/ost01.xml")
    assert "one/ost01.xml" in unread["reason"]
    assert found(tmp_path / "e", "lanterns") == []
    assert len(found(tmp_path / "e", "quay")) == 3
    first.unlink()
    report = build(tmp_path / "s", tmp_path / "e")
    assert (report.documents, report.unread) == (4, ())
    assert len(found(tmp_path / "e", "lanterns")) == 4


def test_one_letter_in_two_folders_is_one_document(tmp_path: Path) -> None:
    """The same file twice is read once; another text under the same id gets an id of its own."""
    letter(tmp_path / "s" / "one", "a")
    letter(tmp_path / "s" / "two", "a")
    letter(tmp_path / "s" / "x", "a", words="Quite another lantern.")
    report = build(tmp_path / "s", tmp_path / "e")
    assert ids(tmp_path / "e") == ["letters-from-the-quay/a", "letters-from-the-quay/a-2"]
    assert [Path(item["path"]).parent.name for item in report.unread] == ["two"]
    assert any("a-2" in warning for warning in report.warnings)
    assert found(tmp_path / "e", "lantern") == ["letters-from-the-quay/a-2"]
    assert found(tmp_path / "e", "ships") == ["letters-from-the-quay/a"]


def test_twins_inside_a_volume_get_ids_of_their_own(tmp_path: Path) -> None:
    """A document id that a volume has twice is kept by the first, with a warning for the second."""
    path = volume(tmp_path / "s", "ost01", documents=2)
    path.write_text(path.read_text().replace('xml:id="d2"', 'xml:id="d1"'))
    report = build(tmp_path / "s", tmp_path / "e")
    assert report.documents + len(report.unread) >= 1
    assert len(set(ids(tmp_path / "e"))) == report.documents
    assert report.warnings or report.unread


def test_a_register_in_another_file_names_the_people(tmp_path: Path) -> None:
    """People of a list in another volume are indexed as it prints them, as long as it is there."""
    register = volume(tmp_path / "s", "ost01")
    other = volume(tmp_path / "s", "ost02", documents=2)
    text = other.read_text().replace('xml:id="p_HE1"', 'xml:id="p_X"')
    other.write_text(text.replace('corresp="#p_HE1"', 'corresp="ost01#p_HE1"'))
    build(tmp_path / "s", tmp_path / "e")
    people = Edition.open(tmp_path / "e")
    assert [(e.label, e.count) for e in people.index("author")] == [("Harrow, Edmund T.", 5)]
    register.unlink()
    build(tmp_path / "s", tmp_path / "e")
    assert [e.label for e in Edition.open(tmp_path / "e").index("author")] == ["Harrow"]


def test_settings_are_the_users(sources: Path, tmp_path: Path) -> None:
    """edition.toml is kept and its words are used at the next build, though no source changed."""
    build(sources, tmp_path / "e", title="First title")
    settings = tmp_path / "e" / "edition.toml"
    settings.write_text('title = "My title"\n[collections.ost01]\nside = "Ostova"\n')
    build(sources, tmp_path / "e", title="Another title")
    edition = Edition.open(tmp_path / "e")
    assert edition.info().title == "My title"
    assert [side for side, _ in edition.on("1903-05-01").sides] == ["Ostova"]
    assert "My title" in settings.read_text()


@pytest.mark.parametrize("text", ["title = ", "title = 7", "collections = 3"])
def test_broken_settings_give_one_line(text: str, sources: Path, tmp_path: Path) -> None:
    """What is wrong in edition.toml is named with the file, and the last edition stays."""
    build(sources, tmp_path / "e")
    (tmp_path / "e" / "edition.toml").write_text(text)
    with pytest.raises(EditionError, match=r"edition\.toml"):
        build(sources, tmp_path / "e")
    assert len(ids(tmp_path / "e")) == 5


def test_two_builds_at_once(sources: Path, tmp_path: Path) -> None:
    """The second of two builds of one edition says that it is busy."""
    build(sources, tmp_path / "e")
    with lock(tmp_path / "e"), pytest.raises(EditionBusy):
        build(sources, tmp_path / "e")


def test_a_folder_with_other_things_is_left_alone(sources: Path, tmp_path: Path) -> None:
    """A target that holds something else is refused, a missing source as well."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("mine")
    with pytest.raises(NotAnEdition):
        build(sources, tmp_path / "mine")
    with pytest.raises(NotAnEdition):
        build(sources, tmp_path / "mine" / "thesis.txt")
    with pytest.raises(SourceError):
        build(tmp_path / "nowhere", tmp_path / "e")
    assert os.listdir(tmp_path / "mine") == ["thesis.txt"]
    assert not (tmp_path / "e").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_target_that_cannot_be_written(sources: Path, tmp_path: Path) -> None:
    """One clear line says so."""
    (tmp_path / "locked").mkdir(mode=0o500)
    with pytest.raises(EditionError, match="cannot be written"):
        build(sources, tmp_path / "locked" / "e")


def test_a_full_disk_leaves_the_last_edition(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No space while the new edition is written: one line, and the old one answers as before."""
    build(sources, tmp_path / "e")
    before = digest(tmp_path / "e", tmp_path)
    letter(sources, "c")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("regesta.edition.record.store.os.fsync", full)
    with pytest.raises(EditionError, match="the disk is full"):
        build(sources, tmp_path / "e")
    monkeypatch.undo()
    assert digest(tmp_path / "e", tmp_path) == before
    assert len(list((tmp_path / "e" / "search").iterdir())) == 1
    assert not (tmp_path / "e" / BUILDING).exists()
    assert build(sources, tmp_path / "e").documents == 6


def test_a_lost_search_index_is_made_again(sources: Path, tmp_path: Path) -> None:
    """Without its search folder an edition is mended by the next build that has work."""
    build(sources, tmp_path / "e")
    shutil.rmtree(tmp_path / "e" / "search")
    build(sources, tmp_path / "e")
    assert len(found(tmp_path / "e", "quay")) == 3


def test_a_broken_record_is_built_anew(sources: Path, tmp_path: Path) -> None:
    """A record that is no database any more is replaced by the next build."""
    build(sources, tmp_path / "e")
    (tmp_path / "e" / RECORD).write_bytes(b"not a database")
    with pytest.raises(NotAnEdition):
        Edition.open(tmp_path / "e")
    assert changes(build(sources, tmp_path / "e")) == (5, 0, 0, 0)


def test_readers_keep_the_edition_they_opened(sources: Path, tmp_path: Path) -> None:
    """An edition that is open answers as before while and after it is built again."""
    build(sources, tmp_path / "e")
    edition = Edition.open(tmp_path / "e")
    (sources / "a.md").unlink()
    build(sources, tmp_path / "e")
    assert edition.search("ships").total == 1
    assert edition.document("letters-from-the-quay/a").text
    assert edition.counts().documents == 5


_BUILD = (
    "import sys; from regesta.edition import build; "
    "build(sys.argv[1], sys.argv[2], workers=int(sys.argv[3]))"
)


def test_kill_at_any_moment_keeps_the_last_edition_and_the_next_build_ends(
    tmp_path: Path,
) -> None:
    """Ten builds are killed at random; each time the edition is whole, and one more build ends."""
    sources, edition = tmp_path / "s", tmp_path / "e"
    for n in range(4):
        volume(sources, f"vol{n}", documents=40)
    build(sources, edition)
    chance = random.Random(7)
    started = time.perf_counter()
    build(sources, tmp_path / "timed")
    whole = time.perf_counter() - started
    for round in range(ROUNDS):
        before = digest(edition, tmp_path)
        volume(sources, f"new{round}", documents=30 + round)
        process = subprocess.Popen(
            [sys.executable, "-c", _BUILD, str(sources), str(edition), str(round % 3)],
            stderr=subprocess.DEVNULL,
        )
        time.sleep(chance.uniform(0.05, 0.4 + 2 * whole))
        process.send_signal(signal.SIGKILL)
        process.wait()
        after = digest(edition, tmp_path)
        if after != before:
            build(sources, tmp_path / "now")
            assert after == digest(tmp_path / "now", tmp_path)
        assert found(edition, "quay")
    build(sources, edition)
    build(sources, tmp_path / "fresh")
    assert digest(edition, tmp_path) == digest(tmp_path / "fresh", tmp_path)
    assert len(found(edition, "quay")) == 505
    assert len(list((edition / "search").iterdir())) == 2


def test_a_worker_that_dies_costs_one_source(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The source over which a worker is killed twice is unread; all others are there."""
    volume(sources, "vol1", documents=20)
    letter(sources, "deadly")
    monkeypatch.setattr(
        "regesta.edition.building.workers._COMMAND",
        "import os, regesta.edition.building.workers as w; real = w.shelve\n"
        "def shelve(job):\n"
        "    return os._exit(9) if 'deadly' in job.ref.path else real(job)\n"
        "w.shelve = shelve; w.serve()",
    )
    report = build(sources, tmp_path / "e", workers=2)
    assert report.documents == 25
    (unread,) = report.unread
    assert unread["path"].endswith("deadly.md")
    assert "killed" in unread["reason"]
    monkeypatch.undo()
    assert build(sources, tmp_path / "e").documents == 26


def test_large_editions_count_by_sets(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From some size on words are found as sets, which a build makes anew whenever it changes."""
    queries = ("", "written", "written -day", "the OR day", '"this one"')
    folder = tmp_path / "e"

    def answers() -> list[object]:
        edition = Edition.open(folder)
        found = [edition.search(q, facets=("kind", "year"), sort="date") for q in queries]
        edition.close()
        return [(f.total, f.undated, f.facets, {h.regest.id for h in f.hits}) for f in found]

    def built(size: int) -> list[list[object]]:
        monkeypatch.setattr("regesta.edition.search.sets_making.SETS_FROM", size)
        monkeypatch.setattr("regesta.edition.search.state.SETS_FROM", size)
        build(sources, folder, workers=0, fresh=True)
        before = answers()
        added = letter(sources, "c", words="Written on the day after.")
        build(sources, folder, workers=0)
        added.unlink()
        return [before, answers()]

    before, after = built(10**9)
    assert before != after
    assert built(0) == [before, after]
