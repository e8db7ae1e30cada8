"""The ledger of acts: found after the build, kept beside the record, asked at every door."""

import errno
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import fake_acts
import pytest

from regesta.describing.acts import finders as act_finders
from regesta.describing.base import Context
from regesta.documents import Act, Document
from regesta.edition import Edition, build
from regesta.edition.acts import stage as acts_stage
from regesta.edition.acts.stage import write_acts
from regesta.edition.acts.store import BUILDING, FILE
from regesta.errors import QueryError, UnknownDocument, UnknownValue

NORLAND = (
    "The Minister in Ostova (Berg) to the Secretary of State\n\nHalden, June 3, 1912.\n\n"
    "41. The British Government protests against the closing of the port to France. "
    "Berg proposes a meeting to Great Britain.\n"
)
FRANCE = (
    "The French Ambassador (Lund) to the British Ambassador (Kell)\n\nParis, July 4, 1912.\n\n"
    "The French Government refuses the closing of the port to Great Britain. "
    "Lund would propose a loan to Kell.\n"
)
LATER = (
    "The French Ambassador (Lund) to the Minister in Ostova (Berg)\n\nParis, 1913.\n\n"
    "The French Government does not protest against the loan.\n"
)
UNDATED = "Kell to Lund\n\nGreat Britain proposes peace to France.\n"


@pytest.fixture(autouse=True)
def finder(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Acts are found by a stand-in."""
    kept = act_finders.act_finder
    monkeypatch.setattr(act_finders, "act_finder", lambda name="grammar": fake_acts.find_acts)
    monkeypatch.setattr(acts_stage, "act_finder", lambda name="grammar": fake_acts.find_acts)
    yield
    kept.cache_clear()


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Four papers of two powers."""
    folder = tmp_path / "papers"
    folder.mkdir()
    for name, text in (("a", NORLAND), ("b", FRANCE), ("c", LATER), ("d", UNDATED)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def folder(sources: Path, tmp_path: Path) -> Path:
    """An edition of them."""
    build(sources, tmp_path / "e.regesta", workers=0)
    return tmp_path / "e.regesta"


@pytest.fixture
def edition(folder: Path) -> Edition:
    """The same, open."""
    return Edition.open(folder)


def told(edition: Edition, **asked: object) -> list[tuple[str, str, str]]:
    """Actor, act and document in short."""
    found = edition.acts(**asked)  # type: ignore[arg-type]
    return [(x.act.actor, x.act.act, x.document[-1]) for x in found.acts]


ALL = [
    ("British Government", "protest", "a"),
    ("Berg", "propose", "a"),
    ("French Government", "refuse", "b"),
    ("Lund", "propose", "b"),
    ("French Government", "protest", "c"),
    ("Great Britain", "propose", "d"),
]


def test_acts_are_found_and_kept(edition: Edition, folder: Path) -> None:
    """The ledger is made once, in order of date, undated documents last."""
    assert not edition.acts.ready
    assert edition.acts.of(next(edition.ids())) == []
    assert told(edition) == ALL
    assert edition.acts.ready
    assert (folder / FILE).is_file()
    assert not (folder / BUILDING).exists()
    again = Edition.open(folder)
    assert again.acts.ready
    assert told(again) == ALL
    assert [x.act.actor for x in again.acts.all()] == [row[0] for row in ALL]


def test_counts_say_of_how_many(edition: Edition) -> None:
    """A result counts its acts, the documents that state them, and those looked through."""
    found = edition.acts(act=["propose"])
    assert (found.total, found.documents, found.of, found.undated) == (3, 3, 4, 1)
    found = edition.acts(limit=2, offset=1)
    assert (found.total, len(found.acts)) == (6, 2)
    assert edition.acts(limit=0).acts == ()


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"actor": ["France"]}, [ALL[2], ALL[3], ALL[4]]),
        ({"actor": ["Lund"]}, [ALL[3]]),
        ({"actor": ["lund", "Berg"]}, [ALL[1], ALL[3]]),
        ({"actor": ["United Kingdom"]}, [ALL[0], ALL[5]]),
        ({"addressee": ["Great Britain"]}, [ALL[1], ALL[2], ALL[3]]),
        ({"addressee": ["Kell"]}, [ALL[3]]),
        ({"between": ["France", "Great Britain"]}, [ALL[0], ALL[2], ALL[3], ALL[5]]),
        ({"between": ["Great Britain"]}, [ALL[0], ALL[1], ALL[2], ALL[3], ALL[5]]),
        ({"act": ["refuse", "protest"]}, [ALL[0], ALL[2], ALL[4]]),
        ({"group": ["judge"]}, [ALL[0], ALL[4]]),
        ({"polarity": ["negated"]}, [ALL[4]]),
        ({"modality": ["conditional"]}, [ALL[3]]),
        ({"tier": ["probable"]}, [ALL[3]]),
        ({"about": "closing port"}, [ALL[0], ALL[2]]),
        ({"first": "1912-07", "last": "1912-12"}, [ALL[2], ALL[3]]),
        ({"first": "1913-05-02", "last": "1913-05-02"}, [ALL[4]]),
        ({"last": "1912-06-03"}, [ALL[0], ALL[1]]),
        ({"first": "1914"}, []),
        ({"actor": ["France"], "act": ["protest"]}, [ALL[4]]),
        ({"actor": ["Nobody"]}, []),
    ],
)
def test_filters(
    edition: Edition, asked: dict[str, object], expected: list[tuple[str, str, str]]
) -> None:
    """A filter finds names as printed, powers by any of their names, and overlapping dates."""
    assert told(edition, **asked) == expected


def test_what_a_range_leaves_out_is_counted(edition: Edition) -> None:
    """Acts of undated documents pass no range of dates, and the result says how many."""
    found = edition.acts(first="1912", last="1913")
    assert (found.total, found.undated_excluded) == (5, 1)


def test_names_near_one_that_is_not_there(edition: Edition) -> None:
    """A name that no act has is named with names near it."""
    assert edition.acts(actor=["Grea"]).unknown == {"Grea": ("Great Britain",)}


def test_facets(edition: Edition) -> None:
    """Facets count what the other filters leave; actors are listed as powers where known."""
    found = edition.acts(act=["propose"], facets=["act", "actor", "year", "group"])
    told = {name: [(x.value, x.count) for x in rows] for name, rows in found.facets.items()}
    assert told == {
        "act": [("propose", 3), ("protest", 2), ("refuse", 1)],
        "actor": [("Berg", 1), ("France", 1), ("Great Britain", 1)],
        "year": [("1912", 2)],
        "group": [("ask", 3)],
    }


def test_both_ways_by_year_and_month(edition: Edition) -> None:
    """Acts between two powers are counted each way, by year or month."""
    spans = edition.acts.spans(["France", "Great Britain"], unit="month")
    assert [(s.date, s.there, s.back) for s in spans] == [("1912-06", 0, 1), ("1912-07", 2, 0)]


def test_acts_of_a_document(edition: Edition) -> None:
    """A document's acts come in the order of their words, with the words."""
    edition.acts.find()
    id = next(d.id for d in edition.documents() if d.id.endswith("/b"))
    stated = edition.acts.stated(id)
    assert [x.act.actor for x in stated] == ["French Government", "Lund"]
    document = edition.document(id)
    for stored in stated:
        assert stored.act.span is not None
        assert " ".join(document.text[slice(*stored.act.span)].split()) == stored.words
    assert stated[1].actor_powers == ("France",)
    assert stated[1].addressee_powers == ("Great Britain",)
    with pytest.raises(UnknownDocument):
        edition.acts(document="nobody/knows")
    assert edition.acts(document=id).total == 2


def test_malformed_questions(edition: Edition) -> None:
    """A value that cannot be is refused with what could be."""
    with pytest.raises(UnknownValue, match="polarity"):
        edition.acts(polarity=["maybe"])
    with pytest.raises(UnknownValue, match="between"):
        edition.acts(between=["a", "b", "c"])
    with pytest.raises(QueryError):
        edition.acts(first="soon")


def test_only_what_changed_is_read_again(
    sources: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a change one source is read; the ledger is that of a fresh edition."""
    Edition.open(folder).acts.find()
    (sources / "e.txt").write_text(FRANCE.replace("1912", "1911"), encoding="utf-8")
    build(sources, folder, workers=0)
    read: list[int] = []
    kept = acts_stage._read
    monkeypatch.setattr(
        acts_stage, "_read", lambda r, source, f: read.append(source) or kept(r, source, f)
    )
    again = Edition.open(folder)
    assert told(again)[0] == ("French Government", "refuse", "e")
    assert again.acts().total == 8
    assert len(read) == 1


def test_a_finder_that_fails_everywhere_is_not_believed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No act is found, the failure is told, and the next opening looks for the acts again."""

    def broken(document: Document, context: Context) -> list[Act]:
        raise RuntimeError("out of ink")

    with monkeypatch.context() as patched:
        patched.setattr(act_finders, "act_finder", lambda name="grammar": broken)
        with Edition.open(folder) as edition:
            edition.acts.find(workers=0)
            assert (edition.acts.ready, edition.acts().total) == (True, 0)
            (failure,) = edition.failures()
            assert re.search(r"act finder grammar failed on \S+ and 3 more .*out of ink", failure)
    with Edition.open(folder) as edition:
        assert not edition.acts.ready
        assert told(edition) == ALL
        assert edition.failures() == []


def test_where_a_finder_failed_is_read_again(
    sources: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other documents' acts are kept, and after the next build the one is read again."""

    def at_times(document: Document, context: Context) -> list[Act]:
        if document.id.endswith("b"):
            raise RuntimeError("out of ink")
        return list(fake_acts.find_acts(document, context))

    with monkeypatch.context() as patched:
        patched.setattr(act_finders, "act_finder", lambda name="grammar": at_times)
        Edition.open(folder).acts.find(workers=0)
    with Edition.open(folder) as edition:
        assert edition.acts.ready
        assert edition.acts().total < len(ALL)
        assert len(edition.failures()) == 1
    (sources / "e.txt").write_text("Kell to Lund\n\nIt rained.\n", encoding="utf-8")
    build(sources, folder, workers=0)
    assert told(Edition.open(folder)) == ALL


def test_a_killed_stage_goes_on(folder: Path) -> None:
    """What was found before the stage was killed is not read again."""
    edition = Edition.open(folder)

    def kill(done: int, total: int, name: str) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_acts(folder, edition._record, "grammar", progress=kill, workers=0)
    db = sqlite3.connect(folder / BUILDING)
    assert db.execute("SELECT count(*) FROM found").fetchone()[0]
    db.close()
    assert told(edition) == ALL


def test_a_folder_that_cannot_be_written(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ledger is then kept in memory."""
    from regesta.edition.acts import shelf as acts_shelf

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EROFS, "read-only")

    monkeypatch.setattr(acts_shelf, "write_acts", refuse)
    assert told(edition) == ALL
    assert not (edition.path / FILE).exists()


def test_any_other_error_is_told(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault is not taken for a folder that cannot be written: no work is done twice for it."""
    from regesta.edition.acts import shelf as acts_shelf

    def broken(*_: object, **__: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(acts_shelf, "write_acts", broken)
    with pytest.raises(OSError, match="Input/output"):
        edition.acts.find()


def test_the_table_is_plain(edition: Edition) -> None:
    """Any program can read the ledger, with the numbers of the powers."""
    edition.acts.find()
    db = sqlite3.connect(edition.path / FILE)
    rows = db.execute("SELECT actor, actor_power, actor_cow, cameo FROM ledger").fetchall()
    assert rows[0] == ("British Government", "Great Britain", 200, "114")
    assert rows[1] == ("Berg", "", None, "")
    db.close()


def test_facets_by_sets_and_by_rows_are_the_same(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many acts there are, facets count the same."""
    from regesta.edition.acts import sets as acts_sets
    from regesta.edition.acts.asked import FACETS

    questions = ({}, {"act": ["propose"]}, {"between": ["France"]}, {"first": "1912"})
    by_rows = [edition.acts(**asked, facets=FACETS).facets for asked in questions]  # type: ignore[arg-type]
    monkeypatch.setattr(acts_sets, "FEW", 0)
    assert [edition.acts(**asked, facets=FACETS).facets for asked in questions] == by_rows  # type: ignore[arg-type]


def test_acts_as_tables_and_annotations(edition: Edition, tmp_path: Path) -> None:
    """Every act is a row with its codes, and an annotation whose selectors give its words."""
    import csv
    import json

    from regesta.edition import export

    assert export(edition, "acts-csv", tmp_path / "a.csv") == 4
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["actor"] for row in rows if row["document"].endswith("/a")] == [
        "British Government", "Berg",
    ]  # fmt: skip
    assert rows[0]["actor_cow"] == "200"
    assert rows[0]["cameo"] == "114"
    assert export(edition, "acts-jsonld", tmp_path / "a.jsonld") == 4
    made = json.loads((tmp_path / "a.jsonld").read_text("utf-8"))
    for annotation in made["first"]["items"]:
        quoted, placed = annotation["target"]["selector"]
        id = annotation["target"]["source"].removeprefix("urn:regesta:document:")
        text = edition.document(id).text
        assert text[placed["start"] : placed["end"]] == quoted["exact"]
    assert len(made["first"]["items"]) == 6


def test_acts_as_parquet(edition: Edition, tmp_path: Path) -> None:
    """Parquet holds the same columns; without pyarrow the cure is printed."""
    from regesta.edition import export
    from regesta.errors import MissingExtra
    from regesta.exporting.acts.tables import COLUMNS

    try:
        from pyarrow import parquet
    except ImportError:
        with pytest.raises(MissingExtra, match="pyarrow"):
            export(edition, "acts-parquet", tmp_path / "a.parquet")
        return
    export(edition, "acts-parquet", tmp_path / "a.parquet")
    table = parquet.read_table(tmp_path / "a.parquet")
    assert table.column_names == list(COLUMNS)
    assert table.num_rows == 6


def test_columns_are_documented() -> None:
    """The data dictionary names every column of the tables, and no other."""
    import re

    from regesta.exporting.acts.tables import COLUMNS

    page = Path(__file__).parents[1] / "docs" / "reference" / "acts.md"
    rows = re.findall(r"^\| (`.*?) \|", page.read_text("utf-8"), re.M)
    assert {name for row in rows for name in re.findall(r"`(\w+)`", row)} == set(COLUMNS)
