"""An editor's decisions: read with clear complaints, applied at every build, undone when gone."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from shelf_sources import letter, volume

from regesta.edition import Edition, build
from regesta.edition.audit.decisions import dismiss
from regesta.edition.building.deciding import only_decisions
from regesta.edition.decisions import read_decisions
from regesta.edition.record.store import Record


def write(folder: Path, text: str, name: str = "a.toml") -> None:
    """Write a file of decisions."""
    (folder / "decisions").mkdir(parents=True, exist_ok=True)
    (folder / "decisions" / name).write_text(text, encoding="utf-8")


@pytest.fixture
def edition(tmp_path: Path) -> tuple[Path, Path]:
    """Sources and the edition built of them."""
    sources = tmp_path / "sources"
    volume(sources, "ost01")
    letter(sources, "a")
    build(sources, tmp_path / "e", workers=0)
    return sources, tmp_path / "e"


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("[[document]]\nid = 'x'\ndate = '1903-13-01'", 1, "no date in EDTF"),
        ("\n\n[[document]]\nid = 'x'", 3, "decides nothing"),
        ("[[document]]\ndate = '1903'", 1, "needs id"),
        ("[[document]]\nid = 'x'\ndata = '1903'", 1, "did you mean date?"),
        ("[[document]]\nid = 'x'\nsender = {nam = 'K'}", 1, "has no 'nam'"),
        ("[[document]]\nid = 'x'\nkind = ['a', 'b']", 1, "one value only"),
        ("[[document]]\nid = 'x'\nplace = ''", 1, "is empty"),
        ("[[documents]]\nid = 'x'", 1, "did you mean [[document]]?"),
        ("[document]\nid = 'x'", 1, "write [[document]]"),
        ("[[merge]]\npersons = ['a']", 1, "two persons or more"),
        ("[[merge]]\npersons = 'a'", 1, "must be a list"),
        ("[[rename]]\nperson = 'a'\nname = 3", 1, "words in quotation marks"),
        ("[[document]]\nid = 'x\n", 2, "is no TOML"),
    ],
)
def test_a_malformed_decision_is_named(tmp_path: Path, text: str, line: int, says: str) -> None:
    """The complaint names file and line and how to write it; the other decisions hold."""
    write(tmp_path, text)
    write(tmp_path, "[[document]]\nid = 'v/d1'\ndate = '1903'", "b.toml")
    found = read_decisions(tmp_path)
    [warning] = found.warnings
    assert warning.startswith(f"decisions/a.toml: line {line}: ")
    assert says in warning
    assert [fact.value.edtf for fact in found.facts("v/d1")] == ["1903"]  # type: ignore[union-attr]


def test_a_mark_of_the_byte_order_is_no_word(tmp_path: Path) -> None:
    """Decisions saved with a byte order mark, as some editors do, hold."""
    write(tmp_path, "\ufeff[[document]]\nid = 'v/d1'\ndate = '1903'")
    found = read_decisions(tmp_path)
    assert found.warnings == []
    assert len(found.facts("v/d1")) == 1


def test_dismissals_at_once_are_all_kept(tmp_path: Path) -> None:
    """Of many who dismiss at the same time each has its line, and what stood there stays."""
    write(tmp_path, "\ufeff[[dismiss]]\nfinding = 'mine'\n", "audit.toml")
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda n: dismiss(tmp_path, f"f{n}", "d", "why"), range(40)))
    found = read_decisions(tmp_path)
    assert found.warnings == []
    assert {d.finding for d in found.dismissed} == {"mine", *(f"f{n}" for n in range(40))}
    assert [path.name for path in (tmp_path / "decisions").iterdir()] == ["audit.toml"]


def test_the_later_decision_on_a_field_holds(tmp_path: Path) -> None:
    """Two decisions on one field: the second; on two fields: both."""
    write(tmp_path, "[[document]]\nid='v/d'\nkind='note'\nplace='Ostova'\n")
    write(tmp_path, "[[document]]\nid='v/d'\nkind='letter'\nwhy='seen'\nby='M. K.'\n", "b.toml")
    facts = {fact.field: fact for fact in read_decisions(tmp_path).facts("v/d")}
    assert (facts["kind"].value, facts["kind"].rule, facts["kind"].origin) == (
        "letter", "seen, M. K.", "decided",
    )  # fmt: skip
    assert facts["place"].rule == "decisions/a.toml: line 1"


def test_what_is_decided_stands_above_all_else(edition: tuple[Path, Path]) -> None:
    """The decided value is shown, indexed and searched; the other facts stay; and it can go."""
    sources, folder = edition
    write(
        folder,
        "[[document]]\nid='ost01/d2'\ndate='1904-02-03'\nsender={name='Amos Kell'}\n"
        "subject='Tides: high'\n",
    )
    report = build(sources, folder, workers=0)
    assert (report.changed, report.unchanged, report.warnings) == (1, 3, ())
    opened = Edition.open(folder)
    document = opened.document("ost01/d2")
    assert document.date
    assert document.date.edtf == "1904-02-03"
    assert {f.origin for f in document.facts if f.field == "date"} >= {"given", "decided"}
    assert opened.entry("author", "amos-kell").documents == ("ost01/d2",)
    assert opened.search("high", author=("amos-kell",)).total == 0
    assert opened.search("", subject=("tides--high",)).total == 1
    assert opened.counts().by_origin["date"]["decided"] == 1
    opened.close()
    (folder / "decisions" / "a.toml").unlink()
    assert build(sources, folder, workers=0).changed == 1
    again = Edition.open(folder)
    assert not [f for f in again.document("ost01/d2").facts if f.origin == "decided"]
    assert again.search("", subject=("tides--high",)).total == 0
    again.close()


def test_a_build_of_changed_sources_keeps_decisions(edition: tuple[Path, Path]) -> None:
    """A source that is read again comes out with its decisions."""
    sources, folder = edition
    write(folder, "[[document]]\nid='ost01/d1'\nkind='minutes'")
    volume(sources, "ost01", words="The quay is loud.")
    build(sources, folder, workers=0)
    volume(sources, "ost01", words="The quay is very loud.")
    build(sources, folder, workers=0)
    opened = Edition.open(folder)
    assert opened.document("ost01/d1").word("kind") == "minutes"
    opened.close()


def test_a_decision_on_what_is_not_there_is_reported(edition: tuple[Path, Path]) -> None:
    """A document or person that no longer exists is named, and nothing else suffers."""
    sources, folder = edition
    write(
        folder,
        "[[document]]\nid='ost01/d9'\nkind='note'\n\n[[merge]]\npersons=['lisle-anna','nobody']\n",
    )
    first, second = build(sources, folder, workers=0).warnings
    assert first == (
        "decisions/a.toml: line 1: no document has the id 'ost01/d9'; the decision waits for it"
    )
    assert second.startswith("decisions/a.toml: line 5: no person has the id 'nobody'")


def test_a_decided_title_is_what_the_document_is_called(edition: tuple[Path, Path]) -> None:
    """The printed heading stays beside it, and is the heading again when the decision goes."""
    sources, folder = edition
    id = next(d.id for d in Edition.open(folder).documents() if d.heading)
    before = Edition.open(folder).document(id)
    printed = before.heading
    for title in ("A title of ours", "Another title"):
        write(folder, f"[[document]]\nid='{id}'\ntitle='{title}'\n")
        assert build(sources, folder, workers=0).warnings == ()
        document = Edition.open(folder).document(id)
        assert document.heading == title
        titles = [fact.value for fact in document.facts if fact.field == "title"]
        assert (titles[0], titles[-1]) == (title, printed)
        assert titles.count(title) == len({"A title of ours", "Another title"} & {*titles})
    write(folder, "")
    build(sources, folder, workers=0)
    after = Edition.open(folder).document(id)
    assert (after.heading, after.facts) == (before.heading, before.facts)


def test_the_id_of_a_printed_name_leads_to_the_person(edition: tuple[Path, Path]) -> None:
    """Whoever merges by ids of the index of authors is told whose the printed name is."""
    sources, folder = edition
    shelf = Edition.open(folder)
    person = next(e.id for e in shelf.index("person") if e.label.startswith("Lisle, Anna"))
    printed = next(e.id for e in shelf.index("author") if "Lisle" in e.label and e.id != person)
    write(folder, f"[[rename]]\nperson='{printed}'\nname='Lisle, A.'\n")
    (warning,) = build(sources, folder, workers=0).warnings
    assert warning == (
        f"decisions/a.toml: line 1: no person has the id '{printed}'; "
        f"that is a printed name, of {person}"
    )


def test_authorities_are_merged_split_and_renamed(edition: tuple[Path, Path]) -> None:
    """Only the authorities are made anew: no document changes, search stays as it is."""
    sources, folder = edition
    before = Record(folder)
    ids = {id for (id,) in before.rows("SELECT id FROM authorities")}
    search = before.meta["search"]
    before.close()
    assert ids >= {"harrow-edmund-t", "lisle-anna"}
    write(
        folder,
        "[[merge]]\npersons=['lisle-anna','harrow-edmund-t']\nwhy='a pen name'\n\n"
        "[[rename]]\nperson='lisle-anna'\nname='Lisle, Anna (Harrow)'\n",
    )
    assert build(sources, folder, workers=0).changed == 0
    record = Record(folder)
    rows: dict[str, str] = dict(record.rows("SELECT id, label FROM authorities"))
    assert record.meta["search"] == search
    record.close()
    assert rows["lisle-anna"] == "Lisle, Anna (Harrow)"
    assert "harrow-edmund-t" not in rows


def test_only_decisions_differ() -> None:
    """States are lists whose last part are the decisions."""
    assert only_decisions('["a", [], [1]]', '["a", [], [2]]')
    assert not only_decisions('["a", [], [1]]', '["b", [], [1]]')
    assert not only_decisions("", '["b", [], [1]]')
