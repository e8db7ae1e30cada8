"""Dates that are certain slips of the mark-up: kept, told, and left out of what they would open."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from audit_papers import chapter, dated, paper, party, write_volume
from starlette.testclient import TestClient

from regesta.edition import Edition, build, export
from regesta.serving.app import create_app
from regesta.serving.mcp.answers import holdings

D = "lagoon1890v1/"


def _paper(n: int, day: str, printed: str) -> str:
    text = "The Government of Norland protests against the seizure of the schooner."
    return paper(f"d{n}", dated(day, printed), head=party("Varga"), text=text)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An edition of five papers of 1890, one of them marked up as of 201, one as of 1980."""
    papers = [_paper(n, f"1890-05-{n + 2:02d}", f"May {n + 2}, 1890") for n in (1, 2, 3)]
    papers += [_paper(4, "0201-05-06", "May 6, 1890"), _paper(5, "1980-05-07", "May 7, 1890")]
    write_volume(tmp_path / "sources", chapter(*papers))
    build(tmp_path / "sources", tmp_path / "e.regesta", workers=0)
    return tmp_path / "e.regesta"


@pytest.fixture
def edition(folder: Path) -> Iterator[Edition]:
    """The same, open."""
    with Edition.open(folder) as made:
        yield made


def test_a_slip_is_known_without_an_audit(edition: Edition) -> None:
    """A document says at once whether its date is a certain slip, and what is printed."""
    slip = edition.slips.of(D + "d4")
    assert slip is not None
    assert (slip.date, slip.printed) == ("0201-05-06", "May 6, 1890")
    assert edition.slips.of(D + "d1") is None
    assert not edition.audit.ready
    assert slip.finding in {f.finding.id for f in edition.audit().findings}


@pytest.mark.parametrize("collection", ["", "lagoon1890v1"])
def test_spans_leave_slips_out_and_name_them(edition: Edition, collection: str) -> None:
    """From when to when papers reach is not told by a misprint; the document keeps its date."""
    span = edition.slips.span(collection)
    assert (span.first, span.last) == ("1890-05-03", "1890-05-05")
    assert [slip.document for slip in span.slips] == [D + "d4", D + "d5"]
    date = edition.document(D + "d4").date
    assert date is not None
    assert date.edtf == "0201-05-06"


def test_a_collection_reaches_as_far_as_its_sure_dates(edition: Edition) -> None:
    """First and last day in lists of collections leave slips out, as spans do."""
    for summary in (*edition.collections(), edition.collection("lagoon1890v1")):
        assert (summary.first, summary.last) == ("1890-05-03", "1890-05-05")


def test_one_old_paper_moves_no_collection(tmp_path: Path) -> None:
    """Collections stand in the order of their middle papers, whatever an enclosure is dated."""
    old = [dated(day, day[:4]) for day in ("1690-02-03", "1895-01-02", "1895-01-03")]
    new = [dated(day, day[:4]) for day in ("1890-05-03", "1890-05-04")]
    for name, days in (("later1895", old), ("sooner1890", new)):
        papers = [paper(f"d{n}", day, head=party("Varga")) for n, day in enumerate(days)]
        write_volume(tmp_path / "sources", chapter(*papers), name=name)
    build(tmp_path / "sources", tmp_path / "e.regesta", workers=0)
    with Edition.open(tmp_path / "e.regesta") as edition:
        ids = [summary.collection.id for summary in edition.collections()]
    assert ids == ["sooner1890", "later1895"]


def test_a_dismissed_finding_is_no_slip(folder: Path) -> None:
    """Where an editor lets the date stand, it counts again."""
    (folder / "decisions").mkdir(exist_ok=True)
    lines = f'[[dismiss]]\nfinding = "date"\ndocument = "{D}d5"\nwhy = "so in the original"\n'
    (folder / "decisions" / "audit.toml").write_text(lines)
    with Edition.open(folder) as edition:
        assert edition.slips.of(D + "d5") is None
        assert edition.slips.span().last == "1980-05-07"


def test_pages_follow_a_dismissal(edition: Edition) -> None:
    """A span of years that a dismissal makes longer is shown so at once, on every page."""
    finding = edition.audit(document=D + "d5").findings[0].finding
    with TestClient(create_app(edition)) as client:
        before = {path: client.get(path).text for path in ("/", "/about", "/dates")}
        edition.audit.dismiss(finding.id, why="so in the original")
        for path, page in before.items():
            assert client.get(path).text != page, path


def test_pages_and_answers_say_so(edition: Edition) -> None:
    """Title page, dates, collection, document, ledger and greeting leave it out and name it."""
    with TestClient(create_app(edition)) as client:
        told = "whose date is a certain slip of the mark-up"
        for address in ("/", "/dates", "/collections/lagoon1890v1"):
            page = client.get(address).text
            assert told in page, address
            assert "201–" not in page
        assert "201–" not in client.get("/about").text
        page = client.get(f"/documents/{D}d4").text
        assert "printed: <q>May 6, 1890</q>; the mark-up says 6 May 201: see the" in page
        assert f'href="/audit?document={D.replace("/", "%2F")}d4"' in page
        page = client.get("/search?sort=date").text
        assert page.count("printed: <q>May 6, 1890</q>") == 1
        edition.acts.find()
        page = client.get("/acts?tier=all").text
        assert told in page
        assert "protests" in page
        assert 'class="num">6 May 201<' not in page
        assert told not in client.get("/acts?act=refuse").text, "it has no such act"
        assert 'class="num">6 May 201<' in client.get(f"/acts?document={D}d4").text
    assert "1890-05-03 to 1890-05-05 (without dates that are certain slips" in holdings(edition)


def test_a_citation_has_both_dates(edition: Edition) -> None:
    """The printed date is cited, with the mark-up's beside it, and leads back to the document."""
    citation = edition.cite(D + "d4")
    assert "“May 6, 1890” [marked up as 6 May 201]" in citation
    match = edition.find(citation)[0].match
    assert match is not None
    assert match.id == D + "d4"
    entry = edition.cite(D + "d4", style="bibtex")
    assert "origdate" not in entry
    assert "marked up as" in entry


@pytest.mark.parametrize("format", ["bibtex", "ris", "csl-json"])
def test_a_bibliography_of_all_says_what_one_citation_says(
    format: str, edition: Edition, tmp_path: Path
) -> None:
    """An export cites a slip as a single citation does: the printed date and the marked-up one."""
    export(edition, format, tmp_path / "all")
    written = (tmp_path / "all").read_text()
    assert "“May 6, 1890” [marked up as" in written
    assert "0201" not in written
