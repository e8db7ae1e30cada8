"""An edition's audit: planted defects named, a clean volume silent; decisions, page, command."""

import asyncio
import errno
import json
import sqlite3
import threading
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from audit_papers import BareDesk, chapter, dated, paper, party, write_volume
from click.testing import CliRunner, Result
from starlette.testclient import TestClient

from regesta.auditing import registry
from regesta.auditing.base import Auditor, Desk, Finding
from regesta.documents import Document
from regesta.documents.failures import Failure
from regesta.edition import Edition, build
from regesta.edition.audit.look import numbered, of_collection, with_company
from regesta.edition.audit.part import Audit
from regesta.edition.audit.shelf import AuditShelf, band, kind_label, kind_words
from regesta.edition.audit.store import BUILDING, FILE, TABLES
from regesta.errors import EditionError, UnknownValue
from regesta.serving import waiting
from regesta.serving.app import create_app
from regesta.serving.cli.main import main

PLANTED = {
    "d2": dated("1890-06-04", "May 4, 1890. (Received June 1, 1890.)"),
    "d3": dated("1890-04-23", "April 23/May 5, 1890"),
    "d5": dated("1980-05-07", "May 7, 1890"),
}
KINDS = {
    "d2": "date.month-of-receipt",
    "d3": "date.old-style",
    "d5": "date.year",
}


def body(planted: bool) -> str:
    """Six papers, a day apart."""
    papers = []
    for n in range(1, 7):
        day = dated(f"1890-05-{n + 2:02d}", f"May {n + 2}, 1890")
        day = PLANTED.get(f"d{n}", day) if planted else day
        papers.append(paper(f"d{n}", day, head=party("Varga")))
    return chapter(*papers)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An edition with three defects."""
    write_volume(tmp_path / "sources", body(planted=True))
    build(tmp_path / "sources", tmp_path / "e.regesta", workers=0)
    return tmp_path / "e.regesta"


@pytest.fixture
def edition(folder: Path) -> Edition:
    """The same, open."""
    return Edition.open(folder)


def test_planted_defects_are_named(edition: Edition) -> None:
    """Each defect is one finding, the most certain first, and nothing else is one."""
    found = edition.audit()
    assert {f.finding.document.partition("/")[2]: f.finding.kind for f in found.findings} == KINDS
    sure = [f.finding.confidence for f in found.findings]
    assert sure == sorted(sure, reverse=True)
    assert (found.total, found.open, found.dismissed, found.documents) == (3, 3, 0, 6)
    assert found.looked_at


def test_a_clean_volume_has_no_findings(tmp_path: Path) -> None:
    """Nothing is found where nothing is wrong, and the audit says what it looked at."""
    write_volume(tmp_path / "sources", body(planted=False))
    build(tmp_path / "sources", tmp_path / "e.regesta", workers=0)
    found = Edition.open(tmp_path / "e.regesta").audit()
    assert found.findings == ()
    assert len(found.looked_at) > 5


def test_it_is_looked_through_once_a_build(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second question is answered from what is kept, until the edition is built again."""
    first = Edition.open(folder)
    first.audit()
    assert (folder / FILE).is_file()
    first.close()

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("looked through again")

    with monkeypatch.context() as patched:
        patched.setattr("regesta.edition.audit.stage.find", refuse)
        again = Edition.open(folder)
        assert again.audit.ready
        assert again.audit().total == 3
        again.close()
    sources = folder.parent / "sources"
    write_volume(sources, body(planted=False))
    build(sources, folder, workers=0)
    assert Edition.open(folder).audit().total == 0


def test_processes_find_the_same(folder: Path) -> None:
    """Sharing the work among processes changes nothing."""
    write_volume(folder.parent / "sources", body(planted=True))
    other = (folder.parent / "sources" / "lagoon1890v1.xml").read_text()
    (folder.parent / "sources" / "second.xml").write_text(other.replace("lagoon1890v1", "second"))
    build(folder.parent / "sources", folder, workers=0)
    edition = Edition.open(folder)
    edition.audit.find(workers=2)
    shared = [f.finding for f in edition.audit().findings]
    edition.close()
    (folder / FILE).unlink()
    assert shared == [f.finding for f in Edition.open(folder).audit().findings]
    assert {f.collection for f in shared} == {"lagoon1890v1", "second"}


def test_filters_and_facets(edition: Edition) -> None:
    """Kinds by field or in full, collections, documents and confidence; unknown ones are named."""
    assert edition.audit(kind=["date"]).total == 3
    assert edition.audit(kind=["date.year"]).total == 1
    assert edition.audit(confidence=0.985).total == 1
    assert edition.audit(document="lagoon1890v1/d3").total == 1
    found = edition.audit(limit=1, offset=1)
    assert (found.total, len(found.findings)) == (3, 1)
    assert {row.value for row in found.facets["kind"]} == set(KINDS.values())
    assert found.facets["collection"][0].count == 3
    for wrong in ({"kind": ["weather"]}, {"collection": ["nowhere"]}, {"state": "shut"}):
        with pytest.raises(UnknownValue):
            edition.audit(**wrong)  # type: ignore[arg-type]


def test_dismissing(edition: Edition) -> None:
    """A dismissed finding is a line in a text file, is counted, and stays away."""
    finding = edition.audit().findings[0].finding
    path = edition.audit.dismiss(finding.id, why='the clerk\'s own "slip"')
    assert path == edition.path / "decisions" / "audit.toml"
    found = edition.audit()
    assert (found.total, found.open, found.dismissed) == (2, 2, 1)
    (gone,) = edition.audit(state="dismissed").findings
    assert gone.dismissed is not None
    assert gone.dismissed.why == 'the clerk\'s own "slip"'
    build(edition.path.parent / "sources", edition.path, workers=0)
    again = Edition.open(edition.path)
    assert again.audit().total == 2
    assert "audit.toml" not in json.dumps(again.report())
    with pytest.raises(UnknownValue):
        edition.audit.dismiss("000000000000", why="no such finding")


def test_dismissing_by_kind_and_document(edition: Edition) -> None:
    """An editor may write the decision by hand; one that fits nothing is counted as stale."""
    (edition.path / "decisions" / "mine.toml").write_text(
        '[[dismiss]]\nfinding = "date.year"\ndocument = "lagoon1890v1/d5"\n'
        '[[dismiss]]\nfinding = "date.year"\ndocument = "lagoon1890v1/d1"\n'
    )
    found = edition.audit()
    assert (found.total, found.dismissed, found.stale) == (2, 1, 1)


def test_a_corrected_date_is_settled(edition: Edition) -> None:
    """What an editor has decided is no finding any more, after the next build."""
    (edition.path / "decisions" / "mine.toml").write_text(
        '[[document]]\nid = "lagoon1890v1/d5"\ndate = "1890-05-07"\nwhy = "so printed"\n'
    )
    build(edition.path.parent / "sources", edition.path, workers=0)
    left = {f.finding.document for f in Edition.open(edition.path).audit().findings}
    assert left == {"lagoon1890v1/d2", "lagoon1890v1/d3"}


def test_a_broken_file_of_decisions_is_not_written_over(edition: Edition) -> None:
    """What an editor wrote is never lost, even where it cannot be read."""
    finding = edition.audit().findings[0].finding
    path = edition.path / "decisions" / "audit.toml"
    path.write_text("[[dismiss\n")
    with pytest.raises(EditionError):
        edition.audit.dismiss(finding.id, why="so in the original")
    assert path.read_text() == "[[dismiss\n"
    assert edition.audit().total == 3


def test_ids_are_stable_and_tell_equals_apart() -> None:
    """The same document, kind and words have one id; a second such finding gets another."""
    one = Finding("c/d1", "c", "date.year", "Why.", words="May 3", confidence=0.9)
    other = Finding("c/d1", "c", "date.year", "Another reason.", words="May 3", confidence=0.5)
    assert one.id == other.id
    assert len({f.id for f in numbered([one, other])}) == 2


def test_company_is_told() -> None:
    """A slip that many papers of a collection show is told with their number."""
    found = [Finding(f"c/d{n}", "c", "date.year", "Why.") for n in range(6)]
    assert (
        with_company(found)[0].why == "Why. 5 other papers of this collection show the same slip."
    )
    assert with_company(found[:2])[0].why == "Why."


class _Broken(Auditor):
    looks_at = "nothing"

    def document(self, document: Document) -> list[Finding]:
        raise RuntimeError("no")


def test_an_auditor_that_fails_is_left_out(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A plug-in's fault is told once, by default as a warning, and the others are heard."""
    own = registry.auditors()
    monkeypatch.setattr(registry, "auditors", lambda: (("broken", _Broken), *own))
    failures: list[Failure] = []
    of = (edition._record, edition._shelf, "lagoon1890v1")
    assert len(of_collection(*of, failed=failures.append)) == 3
    assert [(f.what, f.where) for f in failures] == [("auditor broken", "lagoon1890v1/d1")]
    with pytest.warns(registry.AuditorWarning, match="broken failed on lagoon1890v1/d1"):
        registry.Auditors(BareDesk()).document(edition.document("lagoon1890v1/d1"))


def test_an_auditor_that_fails_is_told_of(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its failure is told by report and command, and what it lacks is not kept as all there is."""
    own = registry.auditors()
    filters = warnings.filters[:]
    with monkeypatch.context() as patched:
        patched.setattr(registry, "auditors", lambda: (("broken", _Broken), *own))
        with Edition.open(folder) as edition:
            assert edition.audit().total == 3
            assert edition.audit.ready
            (failure,) = edition.failures()
            assert "auditor broken failed on lagoon1890v1/d1" in failure
            assert edition.report()["warnings"] == [failure]
        result = CliRunner().invoke(main, ["audit", str(folder)])
        assert result.exit_code == 0
        assert "regesta: warning: auditor broken failed" in result.stderr
    assert warnings.filters == filters
    with Edition.open(folder) as edition:
        assert not edition.audit.ready
        assert edition.audit().total == 3
        assert edition.failures() == []


def test_editions_looked_through_at_once(folder: Path) -> None:
    """Several open editions of one folder do not write over one another's findings."""
    editions = [Edition.open(folder) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        totals = list(pool.map(lambda edition: edition.audit().total, editions))
    assert totals == [3] * 4
    assert Edition.open(folder).audit.ready
    assert [path.name for path in folder.glob("audit.sqlite*")] == ["audit.sqlite"]


def test_every_auditor_is_a_plug_in(edition: Edition) -> None:
    """Ours come through the entry points like anyone's, and each says what it looks at."""
    names = {name for name, _ in registry.auditors()}
    assert {"dates", "chronology", "numbers", "references", "notes", "duplicates"} <= names
    assert all(made.looks_at for _, made in registry.auditors())


def test_every_kind_has_its_names() -> None:
    """Kinds begin with a known field and have a label and a headline."""
    words = kind_words()
    assert words["labels"].keys() == words["headlines"].keys()
    assert {kind.partition(".")[0] for kind in words["labels"]} == words["fields"].keys()
    assert kind_label("weather.wet-day") == "weather: wet day"
    assert [band(c) for c in (0.95, 0.7, 0.2)] == ["certain", "probable", "possible"]


def test_a_folder_that_cannot_be_written(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing can be kept, the findings are held in memory."""

    def refuse(*_: object) -> Path:
        raise OSError(errno.EROFS, "read-only")

    monkeypatch.setattr(Path, "replace", refuse)
    shelf = AuditShelf(edition.path, edition._record, edition._shelf)
    shelf.look()
    assert shelf.ask().total == 3
    assert not (edition.path / FILE).exists()


def test_other_errors_are_told(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only a folder that cannot be written is a reason to keep findings in memory."""

    def break_down(*_: object) -> Path:
        raise OSError(errno.EIO, "input/output error")

    monkeypatch.setattr(Path, "replace", break_down)
    with pytest.raises(OSError, match="input/output error"):
        edition.audit()


def test_one_that_was_stopped_is_begun_anew(edition: Edition) -> None:
    """Findings left behind half written are no part of those of now."""
    stopped = sqlite3.connect(edition.path / BUILDING)
    stopped.executescript(TABLES)
    stopped.execute("INSERT INTO meta VALUES ('state', 'of old')")
    stopped.commit()
    stopped.close()
    assert edition.audit().total == 3
    assert not (edition.path / BUILDING).exists()


def test_what_was_kept_may_be_damaged(edition: Edition) -> None:
    """A file of findings that is none is made again."""
    (edition.path / FILE).write_bytes(b"no database" * 100)
    assert edition.audit().total == 3
    assert Edition.open(edition.path).audit.ready


# Command, API, page.


def run(*args: str) -> Result:
    """Run the command line in this process."""
    return CliRunner().invoke(main, list(args))


def test_the_command(folder: Path) -> None:
    """Lines for people, JSON and CSV for programs, and a dismissal."""
    done = run("audit", str(folder), "-q")
    assert done.exit_code == 0
    assert "3 findings in 6 documents" in done.stdout
    answer = json.loads(run("audit", str(folder), "--json", "-q").stdout)
    assert len(answer["findings"]) == 3
    finding = answer["findings"][0]
    assert {"document", "kind", "words", "span", "values", "why", "confidence"} <= finding.keys()
    table = run("audit", str(folder), "--csv", "-q").stdout
    assert table.splitlines()[0].startswith("id,document,enclosure,collection,kind,confidence")
    assert len(table.splitlines()) == 4
    assert run("audit", str(folder), "--dismiss", finding["id"], "-q").exit_code == 1
    why = ("--why", "so in the original")
    assert run("audit", str(folder), "--dismiss", finding["id"], *why, "-q").exit_code == 0
    assert "2 findings" in run("audit", str(folder), "-q").stdout
    assert run("audit", str(folder), "--kind", "weather", "-q").exit_code == 2


def test_the_page_and_the_api(edition: Edition) -> None:
    """Findings with their words, a link to them, facets, downloads; the document counts its own."""
    client = TestClient(create_app(edition))
    page = client.get("/audit").text
    assert page.count('class="find"') == 3
    assert "<mark>May 4, 1890</mark>" in page
    assert "The month is that of receipt" in page
    url = page.partition('class="btn noprint" href="')[2].partition('"')[0]
    shown = client.get(url).text
    assert 'id="words"' in shown
    assert "1 finding<" in shown
    assert client.get("/audit?kind=date.year").text.count('class="find"') == 1
    assert client.get("/audit?confidence=much").status_code == 400
    assert "text/csv" in client.get("/audit.csv").headers["content-type"]
    answer = client.get("/api/audit?limit=2")
    assert answer.headers["x-total-count"] == "3"
    assert len(answer.json()["findings"]) == 2
    assert client.get("/api/audit?kind=weather").status_code == 400


def test_the_page_follows_decisions(edition: Edition) -> None:
    """A decision shows at once, although the edition has not been built again."""
    client = TestClient(create_app(edition))
    held = client.get("/api/audit").headers["etag"]
    finding = edition.audit().findings[0].finding
    edition.audit.dismiss(finding.id, why="so in the original")
    assert client.get("/api/audit", headers={"if-none-match": held}).status_code == 200
    assert client.get("/audit").text.count('class="find"') == 2
    gone = client.get("/audit?state=dismissed").text
    assert "so in the original" in gone


def test_a_page_before_it_is_done(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    """A large edition says how far looking through has come, and the page comes back."""
    monkeypatch.setattr(Audit, "progress", lambda self, wait=0.0: (250, 9000))
    monkeypatch.setattr(waiting, "READERS_WAIT", 0.0)
    client = TestClient(create_app(edition))
    page = client.get("/audit")
    assert page.status_code == 202
    assert "250 of 9,000 documents" in page.text
    assert 'http-equiv="refresh"' in page.text
    monkeypatch.setattr(waiting, "WAIT", 0.0)
    answer = client.get("/api/audit")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "10")


@pytest.mark.parametrize("asked", ["/api/audit", "/audit", "/audit.csv"])
def test_waiting_holds_up_nobody(
    asked: str, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While more requests wait for the audit than there are threads, others are answered."""
    done = threading.Event()
    monkeypatch.setattr(
        Audit,
        "progress",
        lambda self, wait=0.0: None if done.is_set() or done.wait(wait) else (0, 1),
    )
    monkeypatch.setattr(waiting, "READERS_WAIT", 60.0)
    order: list[str] = []

    async def ask() -> None:
        transport = httpx.ASGITransport(app=create_app(edition))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:

            async def get(path: str) -> None:
                assert (await client.get(path)).status_code == 200
                order.append(path)

            tasks = [asyncio.create_task(get(asked)) for _ in range(60)]
            await asyncio.sleep(0)
            await get("/healthz")
            done.set()
            await asyncio.gather(*tasks)

    asyncio.run(ask())
    assert order == ["/healthz", *[asked] * 60]


def test_nothing_found_says_what_was_looked_at(tmp_path: Path) -> None:
    """An empty audit is no empty page."""
    write_volume(tmp_path / "sources", body(planted=False))
    build(tmp_path / "sources", tmp_path / "e.regesta", workers=0)
    page = TestClient(create_app(Edition.open(tmp_path / "e.regesta"))).get("/audit").text
    assert "Nothing was found" in page
    assert "page numbers" in page


def test_the_desk_is_a_protocol(edition: Edition) -> None:
    """The edition's desk has everything that auditors may ask."""
    from regesta.edition.audit.desk import EditionDesk

    asked = {name for name in vars(Desk) if not name.startswith("_")}
    assert asked <= set(dir(EditionDesk))
