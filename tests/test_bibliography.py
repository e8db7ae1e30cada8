"""Bibliographies are read by the programs that they are for, and say the same."""

import io
import json
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from regesta.documents import Collection, Document, Fact, Mark, Party, Place, Source
from regesta.documents.dates import from_iso
from regesta.documents.edtf import parse_edtf
from regesta.exporting.base import Exporter
from regesta.exporting.citations.bibliography import BibtexExporter, CslJsonExporter, RisExporter
from regesta.exporting.citations.cite import cite
from regesta.exporting.citations.cite_formats import biblatex_date
from regesta.exporting.text import BETWEEN, TextExporter

VOLUME = Collection(
    id="ost01", title="Papers & Notes of Ostova_1", publisher="Harbour Press", published="1910"
)


def documents(count: int = 3) -> list[Document]:
    """Letters with signs that formats stumble over."""
    date = from_iso("1909-05-03")
    assert date is not None
    facts = (
        Fact("date", date, "given"),
        Fact("sender", Party(name="Åse {Berg} & Søn", office="Consul"), "given"),
        Fact("recipient", Party(name="Lind"), "given"),
        Fact("place", Place(name="Halden"), "given"),
        Fact("kind", "letter", "given"),
        Fact("number", "41", "given"),
    )
    return [
        Document(
            id=f"ost01/d{n}",
            collection="ost01",
            source=Source(path="x.xml", sha256="0"),
            text=f"The quay is calm, 50% of it.\nNo. {n}.",
            heading=f"Berg to Lind: a #{n} “quoted” \\ heading",
            facts=facts,
            marks=(Mark("page", 0, 0, value="80"), Mark("page", 5, 5, value="82")),
        )
        for n in range(1, count + 1)
    ]


def written(exporter: Exporter, some: Iterable[Document]) -> str:
    """What an exporter writes."""
    target = io.BytesIO()
    told: list[int] = []
    count = exporter.write(some, target, collections={"ost01": VOLUME}, progress=told.append)
    assert told[-1] == count
    return target.getvalue().decode()


def read_bibtex(text: str) -> list[dict[str, Any]]:
    """By bibtexparser."""
    bibtexparser = pytest.importorskip("bibtexparser", reason="bibtexparser is not installed")
    parse: Callable[[str], Any] = getattr(bibtexparser, "loads", None) or bibtexparser.parse_string
    return list(parse(text).entries)


def test_bibtex() -> None:
    """Every entry is read, its key its own, its braces balanced."""
    entries = read_bibtex(written(BibtexExporter(), documents()))
    assert [entry["ID"] for entry in entries] == ["ost01:d1", "ost01:d2", "ost01:d3"]
    assert entries[0]["origdate"] == "1909-05-03"
    assert entries[0]["pages"] == "80--82"
    assert entries[0]["booktitle"] == r"Papers \& Notes of Ostova\_1"


def test_bibtex_fields() -> None:
    """The town is an address of its own, and the language has the name that babel knows."""
    from msgspec.structs import replace

    volume = replace(VOLUME, publisher="Harbour Press, Halden", publisher_place="Halden")
    letter = documents(1)[0]
    letter = replace(letter, facts=(*letter.facts, Fact("language", "en-GB", "given")))
    entry = read_bibtex(cite(letter, volume, style="bibtex"))[0]
    assert (entry["publisher"], entry["address"]) == ("Harbour Press", "Halden")
    assert entry["langid"] == "english"


@pytest.mark.parametrize(
    ("edtf", "date"),
    [
        ("1567-03-12", "1567-03-12"),
        ("1567-03", "1567-03"),
        ("1567?", "1567?"),
        ("1930-04-10/1930-04-11", "1930-04-10/1930-04-11"),
        ("[1567-03-12..1567-03-21]", "1567-03-12/1567-03-21"),
        ("156X", "156X"),
    ],
)
def test_dates_as_biblatex_reads_them(edtf: str, date: str) -> None:
    """A choice of days becomes a stretch of time; what biblatex knows stays."""
    value = parse_edtf(edtf)
    assert value is not None
    assert biblatex_date(value) == date


def test_keys_differ() -> None:
    """Ids that differ in case or in signs only have keys that differ."""
    base = documents(1)[0]
    from msgspec.structs import replace

    some = [replace(base, id=f"ost01/{name}") for name in ("d1", "D1", "d_1", "d 1", "dé1")]
    assert len({entry["ID"] for entry in read_bibtex(written(BibtexExporter(), some))}) == 5


def test_ris() -> None:
    """Every record is read with its authors, recipients and pages."""
    rispy = pytest.importorskip("rispy", reason="rispy is not installed")
    entries = rispy.loads(written(RisExporter(), documents()))
    assert [entry["id"] for entry in entries] == ["ost01/d1", "ost01/d2", "ost01/d3"]
    assert entries[0]["title"] == "Berg to Lind: a #1 “quoted” \\ heading"
    assert (entries[0]["start_page"], entries[0]["end_page"]) == ("80", "82")
    assert entries[0]["date"] == "1909/05/03"


def test_csl_json() -> None:
    """The list is JSON, and a CSL processor takes every item."""
    items = json.loads(written(CslJsonExporter(), documents()))
    assert [item["id"] for item in items] == ["ost01/d1", "ost01/d2", "ost01/d3"]
    assert items[0]["issued"] == {"date-parts": [[1909, 5, 3]]}
    source = pytest.importorskip("citeproc.source.json", reason="citeproc-py is not installed")
    assert set(source.CiteProcJSON(items)) == {"ost01/d1", "ost01/d2", "ost01/d3"}


@pytest.mark.parametrize(
    ("exporter", "nothing"),
    [
        (BibtexExporter(), ""),
        (RisExporter(), ""),
        (CslJsonExporter(), "[\n\n]\n"),
        (TextExporter(), ""),
    ],
)
def test_no_document(exporter: Exporter, nothing: str) -> None:
    """An edition without documents gives an empty file of the format."""
    assert written(exporter, []) == nothing


def test_text() -> None:
    """Documents are parted by form feeds, each with its id, citation and text."""
    pieces = written(TextExporter(), documents()).split(BETWEEN)
    assert [piece.split("\n")[0] for piece in pieces] == ["ost01/d1", "ost01/d2", "ost01/d3"]
    assert "Papers & Notes of Ostova_1" in pieces[0]
    assert pieces[0].endswith("The quay is calm, 50% of it.\nNo. 1.\n")


def test_many_documents_are_written_in_pieces() -> None:
    """What is written is whole also beyond one piece."""
    assert len(json.loads(written(CslJsonExporter(), documents(450)))) == 450
