"""Exports: JSON Lines and CSV of an edition, whole or not at all."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from shelf_sources import letter, volume

from regesta.documents import Document, Fact, Party, Source, to_line
from regesta.edition import Edition, build, export
from regesta.edition.exports import find_exporter, left_out
from regesta.errors import EditionError, UnknownValue
from regesta.exporting.tables.summary import COLUMNS, inert, row
from regesta.serving.cli.main import main


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edition]:
    """Three documents of a volume and two letters."""
    place = tmp_path_factory.mktemp("export")
    volume(place / "s", "ost01")
    letter(place / "s", "a", words="=2+2 is what he wrote;\n\nno more.")
    letter(place / "s", "b", date="")
    build(place / "s", place / "e")
    opened = Edition.open(place / "e")
    yield opened
    opened.close()


def test_jsonl_is_the_described_line(edition: Edition, tmp_path: Path) -> None:
    """One line a document, in the order of the edition, each the contract's object."""
    told: list[int] = []
    assert export(edition, "jsonl", tmp_path / "x.jsonl", progress=told.append) == 5
    lines = (tmp_path / "x.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [
        json.loads(json.dumps(to_line(document))) for document in edition.documents()
    ]
    assert told[-1] == 5


def test_csv_has_a_row_a_document(edition: Edition, tmp_path: Path) -> None:
    """The data dictionary's columns, empty cells for what is not known."""
    export(edition.path, "csv", tmp_path / "x.csv", collection="letters-from-the-quay")
    with (tmp_path / "x.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == list(COLUMNS)
    assert [r["id"][-1] for r in rows] == ["a", "b"]
    assert (rows[0]["date_edtf"], rows[1]["date_edtf"]) == ("1903-05-02", "")
    assert rows[0]["sender_names"] == "Anna Lisle"
    assert rows[0]["collection_title"] == "Letters from the quay"


def test_csv_cells_are_no_formulas() -> None:
    """Words of a source that a spreadsheet would run are made inert; parties stay aligned."""
    document = Document(
        id="c/1",
        collection="c",
        source=Source(path="x", sha256="0"),
        text="A",
        heading="=HYPERLINK(1)",
        facts=(
            Fact("sender", Party(name="Ek"), "given"),
            Fact("sender", Party(office="Consul"), "given"),
        ),
    )
    cells = dict(zip(COLUMNS, row(document), strict=True))
    assert cells["heading"] == "'=HYPERLINK(1)"
    assert (cells["sender_names"], cells["sender_offices"]) == ("Ek;", "; Consul")


@pytest.mark.parametrize(
    ("words", "cell"),
    [
        ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
        ("-cmd|'/C calc'!A0", "'-cmd|'/C calc'!A0"),
        ("- a list", "'- a list"),
        ("\tx", "'\tx"),
        ("-40.54", "-40.54"),
        ("-1e-05", "-1e-05"),
        ("24-28", "24-28"),
    ],
)
def test_a_minus_begins_a_formula_and_a_number(words: str, cell: str) -> None:
    """What begins with a minus is made inert unless it is a number."""
    assert inert(words) == cell


def test_documents_asked_for(edition: Edition, tmp_path: Path) -> None:
    """Only the documents named, in the order named."""
    asked = ["ost01/d3", "ost01/d1"]
    export(edition, "jsonl", tmp_path / "x", ids=asked)
    assert [json.loads(line)["id"] for line in (tmp_path / "x").read_text().splitlines()] == asked


def test_an_existing_file_stays_unless_forced(edition: Edition, tmp_path: Path) -> None:
    """A file that is there is not written over by accident."""
    target = tmp_path / "x.jsonl"
    target.write_text("mine")
    with pytest.raises(EditionError, match="is there already"):
        export(edition, "jsonl", target)
    assert target.read_text() == "mine"
    assert export(edition, "jsonl", target, force=True) == 5


def test_a_half_written_export_never_stands_there(
    edition: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When writing fails, nothing is left under the name nor beside it."""

    def broken(_: Document, **__: object) -> dict[str, object]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("regesta.exporting.lines.to_line", broken)
    with pytest.raises(EditionError, match="no space left"):
        export(edition, "jsonl", tmp_path / "x.jsonl")
    assert list(tmp_path.iterdir()) == []


def test_unknown_format_lists_the_known(edition: Edition, tmp_path: Path) -> None:
    """The error names the formats that there are."""
    with pytest.raises(UnknownValue, match=r"csv.*jsonl"):
        export(edition, "docx", tmp_path / "x")


def test_links_stand_in_the_line(edition: Edition, tmp_path: Path) -> None:
    """An edition that has been linked gives each document its links."""
    edition.links.find(workers=0)
    export(edition, "jsonl", tmp_path / "x.jsonl")
    for line in (tmp_path / "x.jsonl").read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        expected = json.loads(
            json.dumps(
                to_line(edition.document(document["id"]), links=edition.links.of(document["id"]))
            )
        )
        assert document == expected


def test_what_nobody_has_looked_for_is_named(tmp_path: Path) -> None:
    """Links and acts that an export would hold are missed until they are found."""
    letter(tmp_path / "s", "a")
    build(tmp_path / "s", tmp_path / "e")
    with Edition.open(tmp_path / "e") as opened:
        tables, csv_only, networks = map(find_exporter, ("tables", "csv", "graphml"))
        assert left_out(tables, opened) == ["links", "acts"]
        assert left_out(csv_only, opened) == left_out(networks, opened) == []
        opened.links.find()
        assert left_out(tables, opened) == ["acts"]


def test_an_export_without_links_says_so(tmp_path: Path) -> None:
    """The command names what is left out, and how to have it; once it is there, no more is said."""
    letter(tmp_path / "s", "a")
    build(tmp_path / "s", tmp_path / "e")
    asked = ["export", str(tmp_path / "e"), "--format", "tables", "--to", str(tmp_path / "t.zip")]
    told = CliRunner().invoke(main, asked)
    assert told.exit_code == 0
    assert f"links and acts are left out: nobody has looked for them yet; regesta links {tmp_path}" in told.stderr  # fmt: skip  # noqa: E501
    with Edition.open(tmp_path / "e") as opened:
        opened.links.find()
        opened.acts.find()
    assert "left out" not in CliRunner().invoke(main, [*asked, "--force"]).stderr
