"""The edition's face: what it answers of made-up volumes and letters."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from shelf_sources import letter, volume

from regesta.documents import Party
from regesta.edition import Edition, build
from regesta.errors import (
    EditionVersionError,
    NotAnEdition,
    SourceError,
    UnknownDocument,
    UnknownValue,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A volume of 35 documents (May and June 1903), three letters of a side, one undated."""
    place = tmp_path_factory.mktemp("edition")
    volume(place / "s", "ost01", documents=35, title="Papers of Ostova")
    letter(place / "s", "a", date="1903-05-02", side="Ostova")
    letter(place / "s", "b", date="1903-05", sender="Émile Zorn")
    letter(place / "s", "c", date="", sender="Aaron Ek")
    build(place / "s", place / "e", title="Ostova, 1903")
    return place / "e"


@pytest.fixture(scope="module")
def edition(folder: Path) -> Iterator[Edition]:
    """That edition, open."""
    opened = Edition.open(folder)
    yield opened
    opened.close()


def test_info_and_counts(edition: Edition) -> None:
    """What is here and what is missing; documents without a year are in no year."""
    assert (edition.info().title, edition.info().documents) == ("Ostova, 1903", 38)
    counts = edition.counts()
    assert (counts.documents, counts.collections, counts.undated) == (38, 2, 1)
    assert counts.years == {1903: 37}
    assert counts.without_subject == edition.search(subject=("-",), limit=0).total
    assert counts.by_origin["date"]["missing"] == 1
    assert sum(counts.by_origin["date"].values()) == 38
    assert edition.report()["documents"] == 38


def test_document_comes_back_as_it_was_read(edition: Edition) -> None:
    """Text, facts, source and place of a document are those of its source."""
    document = edition.document("ost01/d2")
    assert "The quay is calm. Item 2." in document.text
    assert document.date is not None
    assert document.date.edtf == "1903-05-02"
    assert (document.source.path.endswith("ost01.xml"), document.source.position) == (True, "d2")
    assert len(document.source.sha256) == 64
    assert document.pages == ["12"]


@pytest.mark.parametrize(
    ("id", "near"), [("ost01/d999", "ost01/d"), ("ost1/d1", "ost01"), ("", "")]
)
def test_unknown_document_names_near_ids(id: str, near: str, edition: Edition) -> None:
    """An id that is not there says so and names what is near it."""
    with pytest.raises(UnknownDocument) as caught:
        edition.document(id)
    assert near in caught.value.hint
    for ask in (edition.source, edition.steps, edition.cite, edition.collection_of):
        with pytest.raises(UnknownDocument):
            ask(id)


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("ost01/D2", "ost01/d2"),
        ("ost01/d02", "ost01/d2"),
        ("ost01/d2x", "ost01/d2"),
        ("ost01/2", "ost01/d2"),
        ("ost01/2d", "ost01/d2"),
    ],
)
def test_a_slip_of_the_pen_leads_to_the_id(asked: str, near: str, edition: Edition) -> None:
    """Capitals, noughts, a sign too many, too few or in the wrong place: the id is named first."""
    with pytest.raises(UnknownDocument) as caught:
        edition.document(asked)
    assert caught.value.hint.startswith(f"near it: {near}")


def test_regests_keep_the_order_asked(edition: Edition) -> None:
    """Regests come in the order asked, unknown ids left out, however many are asked."""
    asked = ["ost01/d3", "nothing", "letters-from-the-quay/a", "ost01/d1"]
    assert [r.id for r in edition.regests(asked)] == [asked[0], asked[2], asked[3]]
    assert len(edition.regests([f"ost01/d{n % 35 + 1}" for n in range(1200)])) == 1200


def test_documents_in_order(edition: Edition) -> None:
    """Collections by first date, a volume in its own order, letters by date and undated last."""
    ids = [document.id for document in edition.documents()]
    assert ids[:3] == [f"letters-from-the-quay/{x}" for x in "bac"]
    assert ids[3:] == [f"ost01/d{n}" for n in range(1, 36)]
    letters = edition.documents(collection="letters-from-the-quay")
    assert [d.id[-1] for d in letters] == ["b", "a", "c"]
    assert [d.id for d in edition.documents(ids=["ost01/d9", "ost01/d4"])] == [
        "ost01/d9",
        "ost01/d4",
    ]


def test_source_is_the_element_byte_for_byte(edition: Edition) -> None:
    """Of a volume the document's own element, of a letter the file."""
    name, data = edition.source("ost01/d2")
    assert name == "ost01.xml"
    assert data.startswith(b'<div type="document" xml:id="d2"')
    assert data.endswith(b"Item 2.</p></div>")
    assert edition.source("letters-from-the-quay/a")[1].startswith(b"---\n")


def test_a_source_that_changed_is_not_shown(tmp_path: Path) -> None:
    """A file that is no longer what was read, or is gone, is an error with the cure."""
    path = letter(tmp_path / "s", "a")
    build(tmp_path / "s", tmp_path / "e")
    edition = Edition.open(tmp_path / "e")
    path.write_text("Another text.")
    with pytest.raises(SourceError, match="has changed"):
        edition.source("letters-from-the-quay/a")
    path.unlink()
    with pytest.raises(SourceError, match=r"no longer there.*build"):
        edition.source("letters-from-the-quay/a")


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("author", ["Aaron Ek", "Anna Lisle", "Émile Zorn", "Harrow, Edmund T."]),
        ("recipient", ["Edmund Harrow", "Secretary of State"]),
        ("place", ["Ostova"]),
        ("subject", []),
    ],
)
def test_index_in_printed_order(name: str, labels: list[str], edition: Edition) -> None:
    """Entries stand in the order of a printed index, accents folded, each with its documents."""
    entries = edition.index(name)
    assert [entry.label for entry in entries] == labels
    assert all(entry.count == len(entry.documents) for entry in entries)
    assert edition.index_size(name) == len(labels)


def test_index_pages_and_prefixes(edition: Edition) -> None:
    """A page of an index, and the entries that begin alike whatever their accents."""
    assert [e.label for e in edition.index("author", limit=1, offset=2)] == ["Émile Zorn"]
    assert [e.label for e in edition.index("author", prefix="EM", documents=False)] == [
        "Émile Zorn"
    ]
    assert edition.index("author", limit=0) == []
    assert edition.index("author", documents=False)[0].documents == ()


def test_dates_by_level(edition: Edition) -> None:
    """Days, months and years; a date known to the month stands under the month."""
    days = edition.index("date")
    assert [e.label for e in days][:2] == ["1903-05", "1903-05-01"]
    assert [(e.label, e.count) for e in edition.index("date", level="month")] == [
        ("1903-05", 30),
        ("1903-06", 7),
    ]
    assert [(e.label, e.count) for e in edition.index("date", level="year")] == [("1903", 37)]
    assert len(edition.index("date", prefix="1903-06")) == 7


def test_entry_by_id_or_label(edition: Edition) -> None:
    """An entry is found by its id, by its label, and a date of any level by itself."""
    assert edition.entry("author", "harrow-edmund-t").label == "Harrow, Edmund T."
    assert edition.entry("author", "Harrow, Edmund T.").note == "Consul at Ostova"
    assert edition.entry("date", "1903").count == 37
    assert edition.entry_id("author", "Harrow, Edmund T.") == "harrow-edmund-t"
    assert edition.entry_id("author", "Nobody") == ""
    listed = next(
        fact.value.person
        for document in map(edition.document, edition.entry("author", "harrow-edmund-t").documents)
        for fact in document.resolved("sender")
        if isinstance(fact.value, Party) and "#" in fact.value.person
    )
    assert edition.entry_id("author", listed) == "harrow-edmund-t"
    assert edition.entry_id("author", "nowhere#p_1") == ""
    with pytest.raises(UnknownValue, match="near it: Harrow, Edmund"):
        edition.entry("author", "Harris")


@pytest.mark.parametrize(
    ("name", "level"), [("writer", ""), ("", ""), ("author", "month"), ("date", "week")]
)
def test_unknown_index(name: str, level: str, edition: Edition) -> None:
    """No such index or level: the error lists those that there are."""
    with pytest.raises(UnknownValue):
        edition.index(name, level=level)


def test_day_with_sides(edition: Edition) -> None:
    """Each side in its column, wider dates beside, neighbours and the month's calendar."""
    day = edition.on("1903-05-02")
    assert [(side, [r.id for r in found]) for side, found in day.sides] == [
        ("Ostova", ["letters-from-the-quay/a"]),
        ("Papers of Ostova", ["ost01/d2"]),
    ]
    assert ([r.id for r in day.may_belong], day.may_belong_total) == (
        ["letters-from-the-quay/b"],
        1,
    )
    assert (day.before, day.after) == ("1903-05-01", "1903-05-03")
    assert (day.month[2], sum(day.month.values())) == (2, 29)
    empty = edition.on("1899-01-01")
    assert (empty.sides, empty.before, empty.after) == ((), None, "1903-05-01")


@pytest.mark.parametrize("date", ["1903-02-30", "1903-05", "19030502", "", "x'; --"])
def test_no_day(date: str, edition: Edition) -> None:
    """What is no possible day is refused."""
    with pytest.raises(UnknownValue):
        edition.on(date)


def test_steps_lead_to_neighbours(edition: Edition) -> None:
    """Place and neighbours in the collection, with the author, and by date over all collections."""
    steps = {step.way: step for step in edition.steps("ost01/d2")}
    assert list(steps) == ["collection", "author", "date"]
    assert (steps["collection"].position, steps["collection"].total) == (2, 35)
    author = steps["author"]
    assert (author.label, author.position, author.total) == ("Harrow, Edmund T.", 2, 35)
    date = steps["date"]
    assert (date.label, date.total) == ("1903-05-02", 2)
    assert date.previous is not None
    assert date.following is not None
    assert (date.previous.id, date.following.id) == ("letters-from-the-quay/a", "ost01/d3")


def test_steps_of_an_undated_document(edition: Edition) -> None:
    """It has no place by date, and is the last with its author and in its collection."""
    steps = {step.way: step for step in edition.steps("letters-from-the-quay/c")}
    assert "date" not in steps
    assert (steps["collection"].position, steps["collection"].following) == (3, None)


def test_collections_and_contents(edition: Edition) -> None:
    """Summaries in order of their papers' days; contents: sections, their documents inside."""
    summaries = edition.collections()
    assert [s.collection.title for s in summaries] == ["Letters from the quay", "Papers of Ostova"]
    assert (summaries[0].documents, summaries[0].undated) == (3, 1)
    entries = edition.contents("ost01")
    section = next(e for e in entries if e.section and e.section.id == "comp1")
    assert (section.depth, section.count) == (0, 35)
    inside = [e for e in entries if e.depth == 1]
    assert [e.regest.id for e in inside[:2] if e.regest] == ["ost01/d1", "ost01/d2"]
    assert [p.name for p in edition.collection("ost01").collection.persons] == ["Harrow, Edmund T."]
    assert "Consul at Ostova" in edition.section_text("ost01", "persons")
    for ask in (edition.collection, edition.contents):
        with pytest.raises(UnknownValue):
            ask("nothing")
    with pytest.raises(UnknownValue):
        edition.section_text("ost01", "nothing")


def test_threads_share_an_edition(edition: Edition) -> None:
    """Many threads ask at once and each gets its own answer."""
    wrong: list[str] = []

    def ask(n: int) -> None:
        for _ in range(20):
            if edition.document(f"ost01/d{n}").local_id != f"d{n}":
                wrong.append(str(n))

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_what_is_no_edition(tmp_path: Path, folder: Path) -> None:
    """No folder, an empty folder, a file: each says so with the cure; another schema too."""
    for place in (tmp_path / "nowhere", tmp_path, Path(__file__)):
        with pytest.raises(NotAnEdition, match="regesta build"):
            Edition.open(place)
    data = bytearray((folder / "record.sqlite").read_bytes())
    data[60:64] = (99).to_bytes(4, "big")
    (tmp_path / "record.sqlite").write_bytes(data)
    with pytest.raises(EditionVersionError, match=r"schema 99.*build it again"):
        Edition.open(tmp_path)
