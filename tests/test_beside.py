"""Beside the record: names in texts found on demand, suggestions made and kept apart."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from shelf_sources import letter, volume
from starlette.testclient import TestClient

from regesta.edition import Edition, build
from regesta.errors import EditionError, SourceError, UnknownDocument, UnknownValue
from regesta.serving.app import create_app
from regesta.serving.cli.main import main


@pytest.fixture(scope="module", name="folder")
def _folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition of a volume with a list of persons, and of letters with and without subjects."""
    root = tmp_path_factory.mktemp("beside")
    sources = root / "sources"
    volume(sources, "ostova", words="Mr. Harrow told Colonel Quill of Mrs. Harrow at Liverpool.")
    for n in range(6):
        about, words = (
            ("Harbour dues", "The harbour dues on grain and the tariff of the quay were raised.")
            if n % 2
            else ("Quarantine", "Cholera: the ships lie in quarantine and the surgeon is aboard.")
        )
        path = letter(sources, f"given{n}", words=words)
        text = path.read_text("utf-8").replace("title:", f"subject: {about}\ntitle:", 1)
        path.write_text(text, encoding="utf-8")
    letter(sources, "bare1", words="The dues of the harbour on every cargo of grain are too high.")
    letter(sources, "bare2", words="The surgeon says that cholera is aboard; quarantine is near.")
    edition = root / "edition"
    build([sources], edition)
    return edition


@pytest.fixture(name="edition")
def _edition(folder: Path) -> Edition:
    """The same, open and without suggestions."""
    (folder / "suggestions.sqlite").unlink(missing_ok=True)
    return Edition.open(folder)


def test_names_of_a_document(edition: Edition) -> None:
    """Persons of the list are linked, others named, a woman of a man's surname left open."""
    found = [(n.kind, n.words, n.id, n.origin) for n in edition.names("ostova/d1")]
    assert found == [
        ("person", "Mr. Harrow", "harrow-edmund-t", "derived"),
        ("person", "Colonel Quill", "", "derived"),
        ("person", "Mrs. Harrow", "", "derived"),
        ("place", "Liverpool", "", "derived"),
    ]
    text = edition.document("ostova/d1").text
    assert all(text[slice(*n.span)] == n.words for n in edition.names("ostova/d1"))
    with pytest.raises(UnknownDocument):
        edition.names("ostova/d99")


def test_documents_that_mention_a_person(edition: Edition) -> None:
    """A person is found by id or name in the texts, not only in the headings."""
    by_id = edition.mentioning("harrow-edmund-t")
    assert [regest.id for regest, _ in by_id] == ["ostova/d1", "ostova/d2", "ostova/d3"]
    assert edition.mentioning("Harrow, Edmund T.", limit=1)[0][0].id == "ostova/d1"
    with pytest.raises(UnknownValue):
        edition.mentioning("Nobody")
    with pytest.raises(UnknownValue, match="near it: harrow-edmund-t"):
        edition.mentioning("Harrow, Edmond")


def test_suggestions_are_learned_and_kept_apart(edition: Edition) -> None:
    """Documents without subjects get headings of like ones, marked as suggested; facts stay."""
    assert edition.suggestions.report() is None
    report = edition.suggest(least=0.05)
    assert (report.documents, report.learned_from, report.known) == (5, 6, 2)
    best = {
        edition.document(s.document).heading or s.document: s
        for s in reversed(list(edition.suggestions.all()))
    }
    suggested = {s.label: s for s in best.values()}
    assert {"Harbour dues", "Quarantine"} <= suggested.keys()
    dues = suggested["Harbour dues"]
    assert (dues.origin, dues.rule) == ("derived", "suggested")
    assert {"harbour", "dues"} <= {word.lower() for word in dues.words}
    assert 0.05 <= dues.confidence <= 1
    assert not edition.document(dues.document).subjects
    assert edition.entry("subject", "harbour-dues").count == 3
    label, ids = edition.suggestions.under("harbour-dues")
    assert label == "Harbour dues"
    assert dues.document in ids
    assert [h.given for h in edition.suggestions.headings()] == [True, True]


def test_suggestions_of_another_build_are_not_shown(edition: Edition, folder: Path) -> None:
    """Suggestions belong to the build they were made for."""
    import sqlite3

    edition.suggest(least=0.05)
    with sqlite3.connect(folder / "suggestions.sqlite") as db:
        db.execute("UPDATE meta SET value = 'other' WHERE key = 'state'")
    db.close()
    again = Edition.open(folder)
    assert again.suggestions.report() is None
    assert list(again.suggestions.all()) == []


def test_a_broken_file_is_no_obstacle(edition: Edition, folder: Path) -> None:
    """What is no database gives no suggestions, and is replaced by the next."""
    (folder / "suggestions.sqlite").write_bytes(b"nothing of the kind")
    assert edition.suggestions.headings() == []
    assert edition.suggest(least=0.05).suggestions > 0
    assert edition.suggestions.headings() != []


def test_a_list_limits_what_is_suggested(edition: Edition, tmp_path: Path) -> None:
    """With a list nothing else is suggested, and its other names count."""
    path = tmp_path / "list.txt"
    path.write_text("# ours\nHealth > Epidemics = Cholera | Plague\nTrade > Fishing\n", "utf-8")
    edition.suggest(vocabulary=path, least=0.01, everything=True)
    assert {s.label for s in edition.suggestions.all()} == {"Health: Epidemics"}
    assert {s.path for s in edition.suggestions.all()} == {("Health",)}


def test_nothing_to_learn_from(tmp_path: Path) -> None:
    """An edition without any subject says so, and how to mend it."""
    volume(tmp_path / "sources", "plain")
    build([tmp_path / "sources"], tmp_path / "edition")
    with pytest.raises(EditionError, match="no document has a subject"):
        Edition.open(tmp_path / "edition").suggest()


def test_learning_from_another_edition(tmp_path: Path, folder: Path) -> None:
    """An edition without an index learns from one that has it."""
    letter(tmp_path / "sources", "one", words="Cholera: the ships lie in quarantine.")
    build([tmp_path / "sources"], tmp_path / "edition")
    edition = Edition.open(tmp_path / "edition")
    edition.suggest(learn_from=[Edition.open(folder)], least=0.05)
    assert [s.label for s in edition.suggestions.all()][:1] == ["Quarantine"]


def test_a_list_that_cannot_be_read(edition: Edition, tmp_path: Path) -> None:
    """A missing list is named, and nothing is written."""
    with pytest.raises(SourceError, match=r"none\.txt"):
        edition.suggest(vocabulary=tmp_path / "none.txt")
    assert edition.suggestions.report() is None


def test_the_commands(edition: Edition, folder: Path) -> None:
    """`names` and `suggest` speak to people and to programs."""

    def run(*args: str) -> tuple[int, str]:
        result = CliRunner().invoke(main, [args[0], str(folder), *args[1:]])
        return result.exit_code, result.output

    code, said = run("names", "ostova/d1")
    assert code == 0
    assert "Harrow, Edmund T." in said
    code, said = run("names", "ostova/d1", "--json", "--kind", "place")
    assert [n["words"] for n in json.loads(said)] == ["Liverpool"]
    code, said = run("names", "--mentions", "harrow-edmund-t", "--json")
    assert len(json.loads(said)) == 3
    assert run("names")[0] == 2
    code, said = run("suggest", "--document", "ostova/d1")
    assert code == 1
    code, said = run("suggest", "--least", "0.05", "-q")
    assert code == 0
    assert "suggestion" in said
    code, said = run("suggest", "--least", "0.05", "--json", "-q")
    told = json.loads(said)
    assert told["suggestions"][0]["rule"] == "suggested"
    document = told["suggestions"][0]["document"]
    code, said = run("suggest", "--document", document)
    assert code == 0
    assert told["suggestions"][0]["label"] in said


def test_the_page_of_texts_that_name_a_person(folder: Path) -> None:
    """The reading room lists them with the words; nobody of that id is a page that says so."""
    with TestClient(create_app(Edition.open(folder))) as client:
        page = client.get("/mentions/harrow-edmund-t")
        assert page.status_code == 200
        assert "3 documents" in page.text
        assert "Mr. Harrow" in page.text
        assert "/mentions/harrow-edmund-t" in client.get("/persons/harrow-edmund-t").text
        assert client.get("/mentions/nobody").status_code == 404
