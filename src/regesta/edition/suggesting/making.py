"""Making suggestions: editions with an index, or a list of headings, in; a database of them out."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from regesta.describing.subjects.lists import read_terms
from regesta.describing.subjects.model import MOST, Example, SubjectModel, Term, learn, suggest
from regesta.describing.subjects.terms import Terms, terms_of
from regesta.documents import Document, Subject
from regesta.edition.record.shelf import Shelf
from regesta.edition.record.store import Record
from regesta.edition.suggesting.store import TABLES, SuggestReport, rows_of
from regesta.errors import SourceError

#: Documents whose suggestions are made together; a chapter is hardly ever longer.
TOGETHER = 2_000
#: Largest list of headings that is read, in bytes.
LARGEST_LIST = 64_000_000
#: Called with documents done and documents in all.
Progress = Callable[[int, int], None]


def learned(records: Sequence[Record], vocabulary: Path | None) -> SubjectModel:
    """Learn headings from documents of records that have subjects, and from a list.

    Raises:
        SourceError: The list cannot be read.
    """
    return learn(
        (example for record in records for example in _examples(record, len(records))),
        vocabulary_terms=_terms(vocabulary) if vocabulary else [],
    )


def fill(
    db: sqlite3.Connection,
    record: Record,
    shelf: Shelf,
    model: SubjectModel,
    *,
    state: str,
    list_name: str,
    everything: bool,
    least: float,
    most: int,
    progress: Progress | None,
) -> SuggestReport:
    """Suggest for the documents of a record, into an empty database.

    Args:
        db: The database.
        record, shelf: Of the edition.
        model: What was learned.
        state: What the suggestions belong to.
        list_name: The file name of the list of headings, or "".
        everything: Suggest for documents with given subjects as well.
        least: Least confidence, 0 to 1.
        most: Suggestions a document.
        progress: Called with documents done and documents in all.
    """
    db.executescript(TABLES)
    documents = suggested_for = suggestions = 0
    headings: set[str] = set()
    total = int(record.value("SELECT count(*) FROM documents"))
    for batch in _batches(record, shelf, everything=everything):
        found = suggest(model, batch, least=least, most=most)
        rows = list(rows_of(found))
        db.executemany("INSERT INTO suggestions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        documents += len(batch)
        suggested_for += len(found)
        suggestions += len(rows)
        headings.update(str(row[2]) for row in rows)
        if progress:
            progress(documents, total)
    report = SuggestReport(
        documents=documents,
        suggested_for=suggested_for,
        suggestions=suggestions,
        headings=len(headings),
        learned_from=sum(1 for headings in model.examples if headings),
        known=len(model.terms),
        list=list_name,
    )
    meta = {"state": state, "report": msgspec.json.encode(report).decode()}
    db.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))
    db.commit()
    return report


def _batches(record: Record, shelf: Shelf, *, everything: bool) -> Iterator[list[Terms]]:
    """The words of documents to suggest for, those of one collection together."""
    for (collection,) in record.rows("SELECT id FROM collections ORDER BY rank"):
        chapters = _chapters(record, collection)
        batch: list[Terms] = []
        for document in shelf.documents(collection, None):
            if everything or not document.resolved("subject"):
                batch.append(terms_of(document, chapters.get(document.section, "")))
            if len(batch) == TOGETHER:
                yield batch
                batch = []
        if batch:
            yield batch


def _terms(path: Path) -> list[Term]:
    try:
        if path.stat().st_size > LARGEST_LIST:
            raise SourceError(f"{path}: is too large for a list of headings")
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror or error}") from None
    return read_terms(str(path), data)


def _examples(record: Record, records: int) -> Iterator[Example]:
    """Documents of a record with given subjects, evenly chosen where there are very many."""
    shelf = Shelf(record)
    ids = [
        id
        for (id,) in record.rows(
            "SELECT d.id FROM documents d WHERE d.n IN (SELECT document FROM facts "
            "WHERE field = 'subject' AND origin <> 'derived') ORDER BY d.n"
        )
    ]
    step = max(1, -(-len(ids) * records // MOST))
    chapters: dict[str, dict[str, str]] = {}
    for document in shelf.documents("", ids[::step]):
        if document.collection not in chapters:
            chapters[document.collection] = _chapters(record, document.collection)
        headings = tuple(_main_headings(document).items())
        if headings:
            words = terms_of(document, chapters[document.collection].get(document.section, ""))
            yield Example(words, headings, document.collection)


def _main_headings(document: Document) -> dict[str, float]:
    """A document's headings of the first level, with their confidence."""
    found: dict[str, float] = {}
    for fact in document.resolved("subject"):
        if isinstance(fact.value, Subject) and fact.origin != "derived":
            heading = (*fact.value.path, fact.value.label)[0]
            found[heading] = max(fact.confidence, found.get(heading, 0.0))
    return found


def _chapters(record: Record, collection: str) -> dict[str, str]:
    """Section → its heading and those of the sections around it."""
    rows = record.rows(
        "SELECT id, heading, parent FROM sections WHERE collection = ?", (collection,)
    )
    known = {id: (heading, parent) for id, heading, parent in rows}
    found: dict[str, str] = {}
    for id in known:
        words, at, seen = [], id, set[str]()
        while at in known and at not in seen:
            seen.add(at)
            words.append(known[at][0])
            at = known[at][1]
        found[id] = " ".join(words)
    return found
