"""Answers in notebooks: data frames of results, indexes and documents; HTML that is safe."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from regesta import Edition, build, describe, read
from regesta.errors import MissingExtra, UnknownValue

HOSTILE = "<script>alert(1)</script>"
LETTER = f"Ole Lind to Ada Vane\n\nHalden, June 3, 1912.\n\nThe harbour is shut. {HOSTILE}\n"


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three letters, one of them undated."""
    folder = tmp_path_factory.mktemp("frames") / "quay"
    folder.mkdir()
    (folder / "one.txt").write_text(LETTER, encoding="utf-8")
    (folder / "two.txt").write_text(LETTER.replace("June 3", "June 9"), encoding="utf-8")
    (folder / "three.txt").write_text("A list of harbours.\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def edition(sources: Path) -> Iterator[Edition]:
    """An edition of them."""
    build(sources, sources.parent / "e", workers=0)
    opened = Edition.open(sources.parent / "e")
    yield opened
    opened.close()


def test_search_results_as_frames(edition: Edition) -> None:
    """The same rows in pandas, polars and Arrow; what is not known is missing."""
    found = edition.search("", sort="date")
    frame = found.to_pandas()
    assert len(frame) == len(found.hits)
    assert list(frame["date"][:2]) == ["1912-06-03", "1912-06-09"]
    assert frame["senders"].iloc[0] == "Ole Lind"
    assert found.to_polars()["id"].to_list() == list(frame["id"])
    table = found.to_arrow()
    assert table.column_names == list(frame.columns)
    assert table.to_pylist()[-1]["date"] is None


def test_index_entries_and_documents(edition: Edition, sources: Path) -> None:
    """Lists of entries and of documents are lists, and frames when they are asked for."""
    authors = edition.index("author")
    assert authors == list(authors)
    assert authors.to_pandas()["count"].tolist() == [2]
    documents = read(sources)
    assert len(documents) == 3
    assert documents.to_polars()["date"].null_count() == 1
    assert "harbour" in documents.to_arrow().to_pylist()[0]["text"]


def test_tables_of_an_edition(edition: Edition) -> None:
    """Every table of the data dictionary; rows can be gone through again."""
    parties = edition.table("parties")
    assert parties.to_pandas()["name"].tolist() == ["Ole Lind", "Ada Vane"] * 2
    assert parties.to_arrow().num_rows == 4
    assert len(edition.table("facts", ids=["quay/one"]).to_polars()) > 3
    assert edition.table("notes").to_pandas().empty
    with pytest.raises(UnknownValue, match="no table"):
        edition.table("persons")


def test_arrow_has_the_types_of_the_dictionary(edition: Edition) -> None:
    """A column in which nothing is known has its type all the same."""
    pytest.importorskip("pyarrow", reason="needs the extra [parquet]")
    schema = edition.table("documents").to_arrow().schema
    types = {name: str(schema.field(name).type) for name in ("parent", "latitude", "words")}
    assert types == {"parent": "string", "latitude": "double", "words": "int64"}


def test_an_edition_tells_what_it_is_and_closes_itself(edition: Edition) -> None:
    """In a session an edition and its tables say their names; with closes an edition."""
    with Edition.open(edition.path) as again:
        assert f"{again.info().documents} documents" in repr(again)
        assert repr(again.table("notes")).startswith("<Table 'notes': document, position")


def test_notebooks_show_no_scripts(edition: Edition) -> None:
    """Editions, documents, results and lists have HTML in which a source's words are words."""
    shown = [
        edition,
        edition.document("quay/one"),
        edition.search("harbour"),
        edition.index("author"),
        edition.table("documents"),
        describe(LETTER),
    ]
    for value in shown:
        html = value._repr_html_()
        assert html.count("<table") == 1
        assert "<script" not in html
    assert "2 found" in edition.search("harbour")._repr_html_()


@pytest.mark.parametrize(
    ("library", "method", "extra"),
    [
        ("pandas", "to_pandas", "pandas"),
        ("polars", "to_polars", "polars"),
        ("pyarrow", "to_arrow", "parquet"),
    ],
)
def test_without_the_library(
    edition: Edition, monkeypatch: pytest.MonkeyPatch, library: str, method: str, extra: str
) -> None:
    """Who has no such library is told how to get it."""
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtra) as told:
        getattr(edition.search("harbour"), method)()
    assert told.value.hint == f"pip install 'regesta[{extra}]'"
