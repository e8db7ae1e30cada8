"""Evaluation: bare words only, honest counts, and disagreements that are worth reading."""

import csv
import io
import json
from pathlib import Path

import pytest
from audit_papers import chapter, dated, paper, party, write_volume
from click.testing import CliRunner, Result
from tei_snippets import volume

from regesta.auditing.comparing import (
    coarser,
    exactly_party,
    exactly_place,
    name_of,
    same_date,
    same_party,
    same_place,
)
from regesta.auditing.disagreement import units_of
from regesta.documents import HistoricalDate, parse_edtf
from regesta.edition import build, export
from regesta.edition.edition import Edition
from regesta.edition.evaluating.describing import Evaluation, Tally, evaluate
from regesta.errors import SourceError, UnknownValue
from regesta.serving.cli.main import main


def run(*args: str) -> Result:
    """Run the command line in this process."""
    return CliRunner().invoke(main, list(args))


def tally(found: Evaluation, field: str, unit: str = "document") -> Tally:
    """The counts of a field over all collections."""
    return next(t for t in found.tallies if (t.field, t.unit, t.collection) == (field, unit, ""))


def date(edtf: str) -> HistoricalDate:
    """A date of its EDTF."""
    found = parse_edtf(edtf)
    assert found is not None
    return found


INNER = (
    '<frus:attachment xml:id="att1"><head>Mr. Orlo to Mr. Varga</head><dateline>'
    '<placeName>Halden</placeName>, <date when="1890-04-13">April 1, 1890</date></dateline>'
    "<p>Sir: The tide is high.</p></frus:attachment>"
)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Four papers: two right, one with another month in its mark-up, one without a date there."""
    papers = [
        paper("d1", dated("1890-05-03", "May 3, 1890"), head=party("Varga")),
        paper("d2", dated("1890-06-04", "May 4, 1890"), head=party("Varga"), more=INNER),
        paper("d3", "Port Alba, May 5, 1890", head=party("Varga")),
        paper("d4", dated("1890-05-06", "May 6, 1890"), head=party("Varga")),
    ]
    return write_volume(tmp_path / "sources", chapter(*papers))


def test_no_mark_up_is_left() -> None:
    """Of a paper only its words are described: no attribute, id or normalised value."""
    more = (
        '<p>He met <persName key="#p_SECRET1" ref="https://example.org/SECRET2">Orlo</persName> '
        'on <date when="1777-07-07">that day</date>.<note n="1">SECRET3</note></p>'
    )
    body = paper("SECRET4", dated("1666-06-06", "May 3, 1890"), head=party("Varga"), more=more)
    (document,) = volume(chapter(body, id="SECRET5")).documents
    (unit,) = units_of(document)
    for leak in ("SECRET", "1777", "1666", "#p_", "example.org", "<", "Foreign Secretary\x00"):
        assert leak not in unit.text
    assert "He met Orlo on that day." in unit.text


def test_enclosed_papers_are_units_of_their_own() -> None:
    """An enclosed paper is compared by itself, and its words leave the paper around it."""
    (document,) = volume(
        chapter(paper("d1", dated("1890-05-03", "May 3, 1890"), more=INNER))
    ).documents
    outer, inner = units_of(document)
    assert "tide" not in outer.text
    assert inner.text.startswith("Mr. Orlo to Mr. Varga\nHalden, April 1, 1890")
    assert (outer.kind, inner.kind, inner.id) == ("document", "enclosure", f"{document.id}/att1")
    assert {fact.field for fact in inner.given} >= {"date", "place"}


def test_the_description_does_not_follow_the_mark_up(source: Path) -> None:
    """What is read is what is printed, though the mark-up says otherwise."""
    found = evaluate(source)
    wrong = next(j for j in found.disagreements if j.verdict == "wrong" and j.kind == "document")
    assert (wrong.given, wrong.read) == ("1890-06-04", "1890-05-04")


def test_counts(source: Path) -> None:
    """Given, right, wrong and extra add up, by kind of unit and by collection."""
    found = evaluate(source, workers=0)
    dates = tally(found, "date")
    assert (dates.given, dates.right, dates.wrong, dates.extra) == (3, 2, 1, 1)
    assert dates.recall == pytest.approx(2 / 3)
    assert dates.precision == pytest.approx(2 / 3)
    assert tally(found, "date", "enclosure").wrong == 1
    assert (found.documents, found.enclosures) == (4, 1)
    own = [t for t in found.tallies if t.collection == "lagoon1890v1" and t.field == "date"]
    assert sum(t.given for t in own) == 4


def test_editors_errors_come_first(source: Path) -> None:
    """Disagreements that the mark-up probably causes stand before what was merely not read."""
    found = evaluate(source).disagreements
    likely = [j.likely for j in found]
    assert likely == sorted(likely, reverse=True)
    assert found[0].field == "date"
    assert found[0].verdict == "wrong"
    assert found[0].mark is not None
    start, end = found[0].mark
    assert found[0].words[start:end] in ("May 4, 1890", "April 1, 1890")
    assert found[0].why


def test_fields_that_are_never_given_are_not_compared(source: Path) -> None:
    """A source that marks up no number makes none of ours extra."""
    assert not [t for t in evaluate(source).tallies if t.field in ("number", "received")]


def test_only_some_fields(source: Path) -> None:
    """One field can be asked for; an unknown one is named."""
    found = evaluate(source, fields=["date"])
    assert {t.field for t in found.tallies} == {"date"}
    assert {j.field for j in found.disagreements} == {"date"}
    with pytest.raises(UnknownValue):
        evaluate(source, fields=["weather"])


def test_processes_count_the_same(source: Path) -> None:
    """Sharing the work among processes changes nothing."""
    other = source.read_text().replace("lagoon1890v1", "second")
    (source.parent / "second.xml").write_text(other)
    alone, shared = (evaluate(source.parent, workers=n) for n in (0, 2))
    assert alone.tallies == shared.tallies
    assert alone.disagreements == shared.disagreements


def test_front_matter_editions_and_lines(tmp_path: Path, source: Path) -> None:
    """Texts with front matter, an edition and its described lines are sources too."""
    letter = tmp_path / "letter.md"
    letter.write_text(
        "---\ndate: 1890-05-03\nfrom: Ida Varga\nto: Per Orlo\n---\n\n"
        "Port Alba, May 3, 1890.\n\nDear Sir: The harbour is quiet.\n\nIda Varga\n"
    )
    assert tally(evaluate(letter), "date").right == 1
    build(source, tmp_path / "e.regesta", workers=0)
    edition = Edition.open(tmp_path / "e.regesta")
    export(edition, "jsonl", tmp_path / "e.jsonl")
    edition.close()
    for path in (tmp_path / "e.regesta", tmp_path / "e.jsonl"):
        dates = tally(evaluate(path), "date")
        assert (dates.right, dates.wrong) == (2, 1)


def test_bad_sources(tmp_path: Path) -> None:
    """Nothing to compare with, and lines that are none, are said in one line."""
    plain = tmp_path / "plain.txt"
    plain.write_text("The harbour is quiet.\n")
    with pytest.raises(SourceError, match="anything to compare"):
        evaluate(plain)
    lines = tmp_path / "bad.jsonl"
    lines.write_text('{"id": "x"}\n')
    with pytest.raises(SourceError, match="line 1"):
        evaluate(lines)
    with pytest.raises(SourceError):
        evaluate(tmp_path / "nowhere.jsonl")


def test_the_command(source: Path) -> None:
    """Figures and disagreements for people, JSON and CSV for programs."""
    done = run("evaluate", str(source), "-q")
    assert done.exit_code == 0
    assert "4 documents and 1 enclosed paper" in done.stdout
    assert "1890-06-04" in done.stdout
    only = run("evaluate", str(source), "--disagreements-only", "--verdict", "wrong", "-q").stdout
    assert "documents" not in only
    assert only.count(", wrong") == 2
    answer = json.loads(run("evaluate", str(source), "--json", "-q").stdout)
    dates = next(f for f in answer["fields"] if f["field"] == "date" and not f["collection"])
    assert dates["recall"] == 0.6667
    assert answer["disagreements"][0]["likely"] > 0.7
    rows = list(csv.DictReader(io.StringIO(run("evaluate", str(source), "--csv", "-q").stdout)))
    assert rows[0]["field"] == "date"
    assert run("evaluate", str(source), "--field", "weather", "-q").exit_code == 2


# Comparing.


@pytest.mark.parametrize(
    ("given", "read", "same", "exact"),
    [
        (["Mr. Varga"], [["Varga", ""]], True, True),
        (["Varga"], [["E. Varga", ""]], True, False),
        (["Varga"], [["", "Consul at Port Alba"]], False, False),
        (["Consul at Port Alba"], [["", "Consul at Port Alba"]], True, True),
        (["Varga", "Orlo"], [["Varga", ""]], False, False),
        (["Varga"], [["Varga", ""], ["Orlo", ""]], True, False),
        (["Graf Holm"], [["Holm", ""]], True, True),
        (["Varga"], [], False, False),
    ],
)
def test_parties(given: list[str], read: list[list[str]], same: bool, exact: bool) -> None:
    """Leniently by name or office and within a longer name, strictly one for one."""
    assert same_party(given, read) is same
    assert exactly_party(given, read) is exact


@pytest.mark.parametrize(
    ("given", "read", "same"),
    [
        ("1890-05-03", "1890-05-03", True),
        ("1890-05-03", "1890-05-03?", True),
        ("1890-05-03", "1890-05-04", False),
        ("1890-05", "1890-05-03", True),
        ("1890-05", "1890-06-03", False),
        ("1890-05-03", "1890-05", False),
        ("[1890-05-03..1890-05-09]", "1890-05-03/1890-05-09", True),
    ],
)
def test_dates(given: str, read: str, same: bool) -> None:
    """Doubt marks pass, and a day in the month that is given."""
    assert same_date(date(given), date(read)) is same


def test_a_coarser_date_says_less() -> None:
    """The month of a day that is given is no error, but no answer either."""
    assert coarser(date("1890-05-03"), date("1890-05"))
    assert not coarser(date("1890-05-03"), date("1890-06"))


def test_places() -> None:
    """A building beside the town passes; two names of one place do where they lie together."""
    where = {"Halden": 1, "Fredrikshald": 1}.get
    assert same_place("Legation, Halden", "Halden", where)
    assert same_place("Fredrikshald", "Halden", where)
    assert not same_place("Port Alba", "Halden", where)
    assert exactly_place("Halden", "halden.")
    assert name_of("The Hon. Mr. Varga") == "varga"
