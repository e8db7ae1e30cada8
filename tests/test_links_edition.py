"""An edition's links: made after the build, kept beside the record, asked at every door."""

import errno
import json
import re
import sqlite3
import warnings
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from starlette.testclient import TestClient

from regesta.documents import Document, Link
from regesta.edition import Edition, build
from regesta.edition.links.stage import write_links
from regesta.edition.links.store import BUILDING, FILE
from regesta.errors import UnknownDocument, UnknownValue
from regesta.exporting.tei.corpus import TeiExporter
from regesta.linking import registry
from regesta.linking.base import Lookup
from regesta.linking.references.found import found_in, mentions_of
from regesta.linking.references.references import find_mentions
from regesta.serving.app import create_app
from regesta.serving.cli.main import main

ASKS = (
    "The Consul at Ostova (Harrow) to the Secretary of State\n\n"
    "Ostova, July 25, 1918, 7 p.m.\n\n"
    "28. The grain ships lie at anchor; I ask that they be unloaded.\n"
)
ANSWERS = (
    "The Secretary of State to the Consul at Ostova (Harrow)\n\n"
    "Washington, July 27, 1918, 4 p.m.\n\n"
    "14. Your 28, July 25, 7 p.m. Have them unloaded. Your 27, July 24, 3 p.m., has not come in.\n"
)


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Two telegrams: a question and its answer."""
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "asks.txt").write_text(ASKS, encoding="utf-8")
    (folder / "answers.txt").write_text(ANSWERS, encoding="utf-8")
    return folder


@pytest.fixture
def folder(sources: Path, tmp_path: Path) -> Path:
    """An edition of both."""
    build(sources, tmp_path / "e.regesta", workers=0)
    return tmp_path / "e.regesta"


@pytest.fixture
def edition(folder: Path) -> Edition:
    """The same, open."""
    return Edition.open(folder)


def test_a_raised_figure_is_no_number(sources: Path, tmp_path: Path) -> None:
    """A number that `int` cannot read spoils neither the build nor the links."""
    for n in range(1, 5):
        words = f"---\nnumber: {n}²\ndate: 1918-07-0{n}\nfrom: Kell\nto: Holm\n---\nIt rained."
        (sources / f"n{n}.md").write_text(words, encoding="utf-8")
    assert build(sources, tmp_path / "e.regesta", workers=0).documents == 6
    with Edition.open(tmp_path / "e.regesta") as edition:
        assert edition.silences().total == 1
        assert edition.audit().total >= 0


def told(edition: Edition) -> list[tuple[str, str, str, str]]:
    """All links in short."""
    return [
        (x.document.partition("/")[2], x.link.kind, x.link.target.partition("/")[2], x.standing)
        for x in edition.links()
    ]


LINKED = [
    ("answers", "reference", "asks", "asserted"),
    ("answers", "reference", "", "absent"),
    ("answers", "reply", "asks", "asserted"),
]


def test_links_are_made_and_kept(edition: Edition, folder: Path) -> None:
    """A reference is resolved, a reply follows from it, and what is missing stays as data."""
    assert not edition.links.ready
    assert told(edition) == LINKED
    assert edition.links.ready
    assert (folder / FILE).is_file()
    assert not (folder / BUILDING).exists()
    assert told(Edition.open(folder)) == LINKED


def test_links_of_a_document(edition: Edition) -> None:
    """A document's own links come first, then those that lead to it."""
    id = next(d.id for d in edition.documents() if d.id.endswith("/asks"))
    assert [x.link.kind for x in edition.links(id)] == ["reference", "reply"]
    assert edition.links(id, incoming=False) == []
    assert [x.link.kind for x in edition.links(id, kind=["reply"])] == ["reply"]
    with pytest.raises(UnknownDocument):
        edition.links("nobody/knows")
    with pytest.raises(UnknownValue, match="standing"):
        edition.links(standing=["sure"])


def test_threads(edition: Edition) -> None:
    """The answer and what it answers are a thread, with the days between."""
    ids = {d.local_id: d.id for d in edition.documents()}
    thread = edition.thread(ids["answers"])
    assert thread is not None
    assert [step.document for step in thread.steps] == [ids["asks"], ids["answers"]]
    assert thread.steps[1].answers == ((ids["asks"], 2),)
    found = edition.links.threads()
    assert [(line.document, line.size) for line in found.lines] == [(ids["asks"], 2)]
    assert found.total == 1
    assert edition.links.unanswered().total == 0
    (line,), sender = found.lines, found.facets["sender"][0].value
    for month, total in ((line.first[:7], 1), (line.first[:4], 1), (line.first[:3] + "X", 1),
                         ("1701", 0), ("*", 0)):  # fmt: skip
        assert edition.links.threads(month=month, sender=sender).total == total
    assert edition.links.threads(recipient="Nobody").total == 0


def test_silences(edition: Edition) -> None:
    """What is mentioned and not here is listed with its witness."""
    found = edition.silences()
    assert [(s.kind, s.numbers, s.first, s.sender) for s in found.silences] == [
        ("mentioned", ("27",), "1918-07-24", "Consul at Ostova (Harrow)")
    ]
    assert edition.silences(month=["1918-08"]).total == 0
    with pytest.raises(UnknownValue, match="silence"):
        edition.silences(kind=["loud"])


def test_only_what_changed_is_read_again(
    sources: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a change one source is read; the links are those of a fresh edition."""
    Edition.open(folder).links.find()
    (sources / "more.txt").write_text(ASKS.replace("28.", "30.").replace("25", "26"), "utf-8")
    build(sources, folder, workers=0)
    read: list[int] = []
    from regesta.edition.links import stage as links_stage

    kept = links_stage._read
    monkeypatch.setattr(
        links_stage, "_read", lambda record, source: read.append(source) or kept(record, source)
    )
    again = Edition.open(folder)
    assert [link for link in told(again) if link[1] != "duplicate"] == LINKED
    assert len(read) == 1
    assert again.silences(kind=["number"]).total == 0


def test_what_leaves_takes_its_links_along(sources: Path, folder: Path) -> None:
    """No link leads to a document that is gone."""
    Edition.open(folder).links.find()
    (sources / "asks.txt").unlink()
    build(sources, folder, workers=0)
    assert {x.link.target for x in Edition.open(folder).links()} == {""}


def test_a_stage_that_was_killed_goes_on(folder: Path) -> None:
    """Leftovers of another stage, whole or broken, do no harm."""
    for leftover in (b"", b"no database at all" * 99):
        (folder / FILE).unlink(missing_ok=True)
        (folder / BUILDING).write_bytes(leftover)
        assert told(Edition.open(folder)) == LINKED


def test_a_broken_file_of_links_is_made_again(folder: Path) -> None:
    """What is no database, or of another state, is not believed."""
    (folder / FILE).write_bytes(b"no database at all" * 99)
    assert told(Edition.open(folder)) == LINKED
    with sqlite3.connect(folder / FILE) as db:
        db.execute("UPDATE meta SET value = 'another'")
    assert not Edition.open(folder).links.ready
    assert told(Edition.open(folder)) == LINKED


def test_without_a_place_to_write_links_are_in_memory(
    edition: Edition, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An edition on a disk that cannot be written has links all the same."""
    from regesta.edition.links import shelf as links_shelf

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "read-only")

    monkeypatch.setattr(links_shelf, "write_links", refuse)
    assert told(edition) == LINKED
    assert not (folder / FILE).exists()


def test_while_another_links(
    edition: Edition, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who finds the edition being linked waits for those links, and not for ever."""
    from regesta.edition import late
    from regesta.edition.building.locking import lock

    monkeypatch.setattr(late, "PATIENCE", 0.3)
    with lock(folder):
        assert told(edition) == LINKED
    assert not (folder / FILE).exists()
    other = Edition.open(folder)
    waiting = Edition.open(folder)
    with lock(folder):
        assert waiting.links.progress(0.05) is not None
        write_links(folder, other._record)
    assert waiting.links.progress(60) is None
    assert told(waiting) == LINKED


def test_an_edition_of_nothing_to_link(tmp_path: Path) -> None:
    """A document that mentions nothing gives no link, no thread and no silence."""
    (tmp_path / "a.md").write_text("---\ntitle: A note\n---\n\nThe cranes stand still.\n", "utf-8")
    build(tmp_path / "a.md", tmp_path / "e.regesta", workers=0)
    edition = Edition.open(tmp_path / "e.regesta")
    assert edition.links() == []
    assert edition.links.threads().total == 0
    assert edition.silences().total == 0


def test_what_was_found_can_be_kept(edition: Edition) -> None:
    """Mentions come back from their packed form as they were."""
    for document in edition.documents():
        assert mentions_of(found_in(document)) == find_mentions(document)


def test_linkers_of_others(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plug-in's links are kept, those to nothing left out; one that fails is passed over."""
    ids = [d.id for d in edition.documents()]

    def joins(document: Document, lookup: Lookup) -> list[Link]:
        return [Link("twin", ids[0]), Link("twin", "nobody/knows")] if document.id == ids[1] else []

    def fails(document: Document, lookup: Lookup) -> list[Link]:
        raise RuntimeError("out of ink")

    from regesta.edition.links import stage as links_stage

    monkeypatch.setattr(links_stage, "others", lambda: (("joins", joins), ("fails", fails)))
    assert [(x.document, x.link.target) for x in edition.links(kind=["twin"])] == [(ids[1], ids[0])]
    with pytest.warns(registry.LinkerWarning, match="out of ink"):
        nothing = registry.link(edition.document(ids[0]), None, [("fails", fails)])  # type: ignore[arg-type]
    assert nothing == []


def test_a_linker_that_fails_is_told_of(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A failure is a value of the answer and a warning of the report; no filter is touched."""
    from regesta.edition.links import stage as links_stage

    def fails(document: Document, lookup: Lookup) -> list[Link]:
        if everywhere:
            raise RuntimeError("out of ink")
        return []

    monkeypatch.setattr(links_stage, "others", lambda: (("fails", fails),))
    filters = warnings.filters[:]
    everywhere = True
    with Edition.open(folder) as edition:
        assert edition.failures() == []
        assert edition.links.count() > 0
        assert edition.links.ready
        (failure,) = edition.failures()
        assert re.search(r"linker fails failed on .* and 1 more .*out of ink", failure)
        assert edition.report()["warnings"] == [failure]
    assert warnings.filters == filters
    assert not Edition.open(folder).links.ready  # what it finds is not known yet
    everywhere = False
    with Edition.open(folder) as edition:
        edition.links.find()
        assert edition.failures() == []
    assert Edition.open(folder).links.ready


def test_our_own_linker_is_found() -> None:
    """Ours comes through the same door."""
    assert registry.OURS in dict(registry.linkers())


def run(*args: str) -> Result:
    """Run the command line; it must succeed."""
    result = CliRunner().invoke(main, list(args))
    assert result.exit_code == 0, result.stderr
    return result


def test_on_the_command_line(folder: Path, edition: Edition) -> None:
    """`links`, `thread` and `silences` print the same, for people and as JSON."""
    ids = {d.local_id: d.id for d in edition.documents()}
    for_people = run("links", str(folder), ids["answers"]).stdout
    assert "Your 28, July 25, 7 p.m." in for_people
    assert "number, date, hour, sender and recipient agree" in for_people
    lines: list[dict[str, Any]] = json.loads(run("links", str(folder), "--json").stdout)
    assert set(lines[0]) == {
        *("document", "kind", "target", "standing", "span", "note", "printed", "confidence"),
        "evidence",
    }
    thread = json.loads(run("thread", str(folder), ids["asks"], "--json").stdout)
    assert [step["document"] for step in thread["documents"]] == [ids["asks"], ids["answers"]]
    assert "after 2 days" in run("thread", str(folder), ids["asks"]).stdout
    assert "no. 27" in run("silences", str(folder)).stdout
    silences = json.loads(run("silences", str(folder), "--json").stdout)
    assert silences[0]["witnesses"] == [ids["answers"]]
    shown = json.loads(run("show", str(folder), ids["answers"], "--json").stdout)
    assert [link["kind"] for link in shown["links"]] == ["reference", "reference", "reply"]


def test_a_kind_that_there_is_not_is_named(folder: Path, edition: Edition) -> None:
    """A slip of the pen is no empty answer: the kinds are listed, and the exit status says so."""
    edition.links.find()
    done = CliRunner().invoke(main, ["links", str(folder), "--kind", "replies"])
    assert done.exit_code == 2
    assert "there is no kind of link 'replies'" in done.output
    assert "reply, continuation" in done.output


def test_build_links_unless_told_not_to(sources: Path, tmp_path: Path) -> None:
    """`build` links what it built; `--no-links` leaves it for later."""
    run("build", str(sources), "--to", str(tmp_path / "a"), "--no-links", "-q")
    assert not (tmp_path / "a" / FILE).exists()
    run("build", str(sources), "--to", str(tmp_path / "a"), "-q")
    assert (tmp_path / "a" / FILE).exists()


def test_in_the_reading_room(edition: Edition) -> None:
    """The pages show references in the text, threads, and what is not here."""
    edition.links.find()
    client = TestClient(create_app(edition))
    ids = {d.local_id: d.id for d in edition.documents()}
    page = client.get(f"/documents/{ids['answers']}").text
    assert f'<a class="xref" href="/documents/{ids["asks"]}">Your 28' in page
    assert "number, date, hour, sender and recipient agree" in page
    assert "Mentions, and not here" in page
    assert "Mentioned in" in client.get(f"/documents/{ids['asks']}").text
    thread = client.get(f"/threads/{ids['asks']}")
    assert "answers after 2 days" in thread.text
    assert client.get("/threads/nobody/knows").status_code == 404
    assert "Harrow" in client.get("/threads").text
    assert "no. 27" in client.get("/silences").text
    assert client.get("/silences?kind=loud").status_code == 404
    links = client.get(f"/api/documents/{ids['answers']}/links?kind=reply").json()
    assert [link["target"] for link in links] == [ids["asks"]]
    assert client.get(f"/api/documents/{ids['asks']}/thread").json()["id"] == ids["asks"]
    assert client.get("/api/silences").json()[0]["numbers"] == ["27"]
    line = client.get(f"/api/documents/{ids['answers']}").json()
    assert [link["note"] for link in line["links"]] == [None, None, None]


def test_tei_of_ours_brings_its_links_along(folder: Path, edition: Edition, tmp_path: Path) -> None:
    """From our own TEI an edition finds the same links, and keeps what only the file states."""
    reference = edition.links(kind=["reference"], standing=["asserted"])[0]
    answers, asks = reference.document, reference.link.target
    stated = Link("forwarding", asks, (0, 3), "The", 0.7, {"words": "sent on"})
    again = Link("reference", asks, reference.link.span, "Your 28", 0.1)
    elsewhere = Link("forwarding", "nowhere/d1", (0, 3), "The")

    def links(id: str) -> list[Link]:
        more = [stated, again, elsewhere] if id == answers else []
        return [*edition.links.of(id), *more]

    with (tmp_path / "papers.xml").open("wb") as target:
        known = {s.collection.id: s.collection for s in edition.collections()}
        TeiExporter().write(edition.documents(), target, collections=known, links=links)
    build(tmp_path / "papers.xml", tmp_path / "again.regesta", workers=0)
    other = Edition.open(tmp_path / "again.regesta")
    found = [s.link for s in other.links()]
    own = [s.link for s in edition.links()]
    assert [link for link in found if "stated" not in link.evidence] == own
    (kept,) = (link for link in found if "stated" in link.evidence)
    assert (kept.kind, kept.target, kept.confidence) == ("forwarding", asks, 0.7)
    assert kept.evidence["stated"] == "by the source"
    other.close()
