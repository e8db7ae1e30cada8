"""The bundled edition: its sources say what they say, and nothing more.

`demo.tsv` holds what each regest states of its paper: one row a document. Where the file of facts
from which the regests were written is at hand, the table is held to it as well.
"""

import csv
import json
import os
import re
from importlib.resources import files
from pathlib import Path

import pytest

from regesta.documents import Document, HistoricalDate, Party, Place
from regesta.reading.base import Reading
from regesta.reading.registry import read
from regesta.reading.sources import SourceRef, find_sources

DEMO = Path(str(files("regesta"))) / "demo"
TABLE = Path(__file__).with_name("demo.tsv")
COLLECTIONS = {
    "american-papers-on-vologda": ("American papers on Vologda", 29),
    "allied-papers-on-vologda": ("Allied papers on Vologda", 7),
    "soviet-papers-on-vologda": ("Soviet papers on Vologda", 24),
}
UNDATED = 4


def rows() -> list[dict[str, str]]:
    """The table of what each document states."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


ROWS = rows()
IDS = [row["id"] for row in ROWS]


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    """Every source of the demo, read."""
    found = list(find_sources([DEMO]))
    refused = [f"{ref.path}: {ref.reason}" for ref in found if not isinstance(ref, SourceRef)]
    assert [line for line in refused if "README" not in line and "edition.toml" not in line] == []
    return [read(ref.load()) for ref in found if isinstance(ref, SourceRef)]


@pytest.fixture(scope="module")
def documents(readings: list[Reading]) -> dict[str, Document]:
    """The demo's documents by id."""
    return {d.id: d for reading in readings for d in reading.documents}


def given(document: Document, field: str) -> list[object]:
    """Values that the source itself gives."""
    return [f.value for f in document.facts if f.field == field and f.origin == "given"]


def test_every_source_is_read_whole(readings: list[Reading]) -> None:
    """No character of a source is unaccounted for, and no reader has a complaint."""
    assert [r.collection.id for r in readings if r.unaccounted] == []
    warnings = [line for reading in readings for line in reading.warnings]
    assert [line for line in warnings if not line.endswith("of navigation left out")] == []


def test_what_is_here(readings: list[Reading], documents: dict[str, Document]) -> None:
    """Sixty documents in three collections, by the ids and titles that the docs rely on."""
    assert sorted(documents) == sorted(IDS)
    titles = {r.collection.id: r.collection.title for r in readings}
    counts = {id: sum(d.collection == id for d in documents.values()) for id in titles}
    assert {id: (titles[id], counts[id]) for id in titles} == COLLECTIONS


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_date_is_as_certain_as_known(row: dict[str, str], documents: dict[str, Document]) -> None:
    """A date has the stated bounds and hour; an undated document is given none."""
    dates = given(documents[row["id"]], "date")
    bounds = [
        (d.earliest or "", d.latest or "", d.time or "")
        for d in dates
        if isinstance(d, HistoricalDate)
    ]
    expected = (row["earliest"], row["latest"], row["time"])
    assert bounds == ([expected] if any(expected) else [])


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_parties_and_place(row: dict[str, str], documents: dict[str, Document]) -> None:
    """Senders, recipients and place are those stated; none is given where none is known."""
    document = documents[row["id"]]
    for field in ("sender", "recipient"):
        labels = [p.label for p in given(document, field) if isinstance(p, Party)]
        assert labels == [name for name in row[field].split("; ") if name], field
    places = [p.name for p in given(document, "place") if isinstance(p, Place)]
    assert places == ([row["place"]] if row["place"] else [])


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_every_document_cites_where_its_paper_is(
    row: dict[str, str], documents: dict[str, Document]
) -> None:
    """Each names its printed source and an address, in its text, notes or facts."""
    document = documents[row["id"]]
    words = [document.text, *(n.text for n in document.notes), *(m.target for m in document.marks)]
    words += [v for f in document.facts if isinstance(v := f.value, str)]
    whole = " ".join(words)
    assert re.search(r"https?://", whole), "no address"
    assert re.search(
        r"Papers Relating|Izvestia|Two Years|Goldin|collection|Kluchnikov|Pravda", whole
    )


def test_length_of_a_regest(documents: dict[str, Document]) -> None:
    """A regest is short: its body has between forty and two hundred and fifty words."""
    lengths = {
        id: sum(len(d.text[y.start : y.end].split()) for y in d.layers if y.kind == "body")
        for id, d in documents.items()
    }
    assert {id: n for id, n in lengths.items() if not 40 <= n <= 250} == {}


def test_two_men_called_poole(readings: list[Reading]) -> None:
    """The Consul and the General stay two persons, each with his own mentions."""
    (volume,) = [r for r in readings if r.collection.id == "american-papers-on-vologda"]
    pooles = {p.id: p.name for p in volume.collection.persons if "Poole" in p.name}
    assert sorted(pooles.values()) == ["DeWitt C. Poole", "Frederick C. Poole"]
    named = {m.target.lstrip("#") for d in volume.documents for m in d.marks if m.kind == "person"}
    assert {id.partition("#")[2] for id in pooles} <= {t.rpartition("#")[2] for t in named}


def test_table_agrees_with_the_facts() -> None:
    """Dates, numbers and files are those of the facts from which the regests were written."""
    corpora = os.environ.get("REGESTA_CORPORA")
    folder = Path(corpora) if corpora else Path(__file__).parents[2] / "shared" / "corpora"
    path = folder.parent / "demo" / "vologda_facts.jsonl"
    if not path.is_file():
        pytest.skip(f"no facts at {path}")
    facts = {f["id"]: f for f in map(json.loads, path.read_text("utf-8").splitlines())}
    for row in ROWS:
        fact = facts[row["fact"]]
        first, _, last = (fact["date"] or fact["date_edtf"]).partition("/")
        if row["earliest"]:
            assert row["earliest"] == first[:10], row["id"]
            assert row["latest"] == (last or first)[:10].replace("..", ""), row["id"]
        else:
            assert last == "..", row["id"]
        assert row["time"] == first[11:16], row["id"]
        assert row["number"] == (fact["number"] or ""), row["id"]
        assert row["file_number"] == (fact["source"]["file_no"] or ""), row["id"]
        assert row["place"] in (fact["place"], ""), row["id"]
        assert row["received"] == (fact["received"] or "")[:10], row["id"]


def test_undated_documents_are_few_and_known() -> None:
    """Four papers are undated, because their own date was not on the page that was read."""
    assert sum(not row["earliest"] and not row["latest"] for row in ROWS) == UNDATED
