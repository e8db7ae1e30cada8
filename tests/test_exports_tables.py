"""Tables of an edition: CSV and Parquet with a data dictionary, the same values in both."""

import csv
import io
import json
import sys
import zipfile

import pytest

from regesta.documents import Collection, Document, Fact, Link, Note, Party, Source, Subject
from regesta.errors import MissingExtra
from regesta.exporting.tables.columns import TABLES, dictionary
from regesta.exporting.tables.files import ParquetExporter, TablesExporter

QUAY = Collection(id="quay", title="The Quay")
LETTER = Document(
    id="quay/1",
    collection="quay",
    source=Source(path="x", sha256="0"),
    text="=SUM(1)\nThe harbour is shut.",
    notes=(Note("1", "One\nTwo", 7), Note("2", "Three")),
    facts=(
        Fact("sender", Party(name="Lind", office="Pilot"), "given"),
        Fact("recipient", Party(office="Board"), "derived", "heading", (0, 4), 0.8),
        Fact("subject", Subject("Cranes", ("Harbour",)), "given"),
    ),
)
LINK = Link("reference", "", (0, 3), "One", 0.5, {"number": "7"}, 0)


def written(exporter: TablesExporter | ParquetExporter) -> zipfile.ZipFile:
    """The archive of one document."""
    target = io.BytesIO()
    count = exporter.write([LETTER], target, collections={"quay": QUAY}, links=lambda id: [LINK])
    assert count == 1
    return zipfile.ZipFile(target)


def rows(made: zipfile.ZipFile, table: str) -> list[dict[str, str]]:
    """The rows of a CSV table."""
    text = made.read(f"{table}.csv").decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_every_table_has_its_columns() -> None:
    """The tables, the dictionary for people and the one for programs agree."""
    made = written(TablesExporter())
    package = json.loads(made.read("datapackage.json"))
    for resource in package["resources"]:
        columns = TABLES[resource["name"]]
        assert [f["name"] for f in resource["schema"]["fields"]] == list(columns)
        header = made.read(resource["path"]).decode().split("\r\n")[0]
        assert header == ",".join(columns)
        assert all(f"`{name}`" in dictionary() for name in columns)
    assert {r["name"] for r in package["resources"]} == TABLES.keys()


def test_values() -> None:
    """Facts, parties, subjects, links and notes stand in tables of their own, joined by id."""
    made = written(TablesExporter())
    (document,) = rows(made, "documents")
    assert document["text"] == "'=SUM(1)\nThe harbour is shut."
    assert (document["words"], document["date_edtf"]) == ("5", "")
    parties = [(r["role"], r["name"], r["office"]) for r in rows(made, "parties")]
    assert parties == [("sender", "Lind", "Pilot"), ("recipient", "", "Board")]
    (subject,) = rows(made, "subjects")
    assert (subject["subject"], subject["path"]) == ("harbour--cranes", "Harbour")
    (link,) = rows(made, "links")
    assert (link["note"], link["start"], link["evidence"]) == ("0", "0", "number: 7")
    assert [r["text"] for r in rows(made, "notes")] == ["One\nTwo", "Three"]
    assert rows(made, "facts")[1]["end"] == "4"


def test_parquet_holds_the_same() -> None:
    """Parquet has the same rows with types, and each column says what it holds."""
    parquet = pytest.importorskip("pyarrow.parquet")
    made, plain = written(ParquetExporter()), written(TablesExporter())
    for table, columns in TABLES.items():
        found = parquet.read_table(io.BytesIO(made.read(f"{table}.parquet")))
        assert found.column_names == list(columns)
        assert found.num_rows == len(rows(plain, table))
    notes = parquet.read_table(io.BytesIO(made.read("notes.parquet")))
    assert notes.to_pylist()[1]["anchor"] is None
    assert notes.schema.field("text").metadata == {b"description": b"its text"}


def test_same_bytes() -> None:
    """The same documents give the same bytes, whatever the hour."""
    for exporter in (TablesExporter(), ParquetExporter()):
        files = []
        for _ in range(2):
            target = io.BytesIO()
            exporter.write([LETTER], target, collections={"quay": QUAY})
            files.append(target.getvalue())
        assert files[0] == files[1]


def test_a_stream_that_cannot_be_sought() -> None:
    """Standard output takes an archive too."""

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    pipe = Pipe()
    TablesExporter().write([LETTER], pipe, collections={})
    assert zipfile.ZipFile(io.BytesIO(pipe.getvalue())).testzip() is None


def test_without_pyarrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has no pyarrow is told how to get it."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtra, match="pyarrow") as told:
        ParquetExporter().write([LETTER], io.BytesIO(), collections={})
    assert told.value.hint == "pip install 'regesta[parquet]'"


def test_the_dictionary_says_what_was_not_looked_for() -> None:
    """A table that is empty because nobody looked says so; one that is empty by itself does not."""
    target = io.BytesIO()
    TablesExporter().write([LETTER], target, collections={"quay": QUAY}, links=lambda id: ())
    told = zipfile.ZipFile(target).read("README.md").decode()
    links, acts = told.partition("## links")[2], told.partition("## acts")[2]
    assert not links.lstrip().startswith("Empty:")
    assert acts.lstrip().startswith("Empty: the edition's acts had not been looked for")
