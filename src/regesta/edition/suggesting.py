"""Suggested subjects of an edition: learned from what has an index, kept beside the record.

What comes in are editions with given subjects and lists of headings; what goes out stands in
`suggestions.sqlite`, keyed by the build it belongs to. Given subjects are never touched.
"""

import hashlib
import json
import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import quote

import msgspec

from regesta.describing.subjects.lists import read_terms
from regesta.describing.subjects.model import (
    MOST,
    Example,
    Suggestion,
    Term,
    learn,
    suggest,
)
from regesta.describing.subjects.terms import Terms, terms_of
from regesta.documents import Document, Subject
from regesta.documents.base import Value
from regesta.edition.building.keys import subject_key
from regesta.edition.building.rows import Row
from regesta.edition.record.shelf import Shelf
from regesta.edition.record.store import Record
from regesta.edition.settings import LEAST, MOST_SHOWN
from regesta.errors import EditionError, SourceError, UnknownValue

FILE = "suggestions.sqlite"
#: Documents whose suggestions are made together; a chapter is hardly ever longer.
TOGETHER = 2_000
#: Rule of a suggested subject, wherever it is shown.
RULE = "suggested"
#: Largest list of headings that is read, in bytes.
LARGEST_LIST = 64_000_000
_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
-- Headings suggested for documents, the likeliest first. words: JSON list of words of the document
-- that led there; rules: JSON list of what spoke for it; path: JSON list of broader headings.
CREATE TABLE suggestions (
  document TEXT NOT NULL,
  place INTEGER NOT NULL,
  key TEXT NOT NULL,
  label TEXT NOT NULL,
  path TEXT NOT NULL,
  uri TEXT NOT NULL,
  confidence REAL NOT NULL,
  words TEXT NOT NULL,
  rules TEXT NOT NULL,
  PRIMARY KEY (document, place)
) WITHOUT ROWID;
CREATE INDEX suggestions_key ON suggestions (key);
"""
Progress = Callable[[int, int], None]


class SuggestedSubject(Value, frozen=True):
    """A heading suggested for a document; no fact of the source.

    Attributes:
        document: Id of the document.
        id: What its entry in the subject index has or would have.
        label: The heading; ``path`` holds its broader headings, broadest first.
        confidence: 0 to 1.
        words: Words of the document that led there, as printed.
        rules: What spoke for it: "heading", "words", "chapter", "documents like it",
            "documents of its chapter".
        uri: The heading's address in the list it comes from, or "".
        origin, rule: Always "derived" and "suggested".
    """

    document: str
    id: str
    label: str
    path: tuple[str, ...]
    confidence: float
    words: tuple[str, ...]
    rules: tuple[str, ...]
    uri: str
    origin: str
    rule: str


class SuggestedHeading(Value, frozen=True):
    """A heading with the number of documents for which it is suggested; ``given``: it is an entry
    of the subject index as well.
    """

    id: str
    label: str
    count: int
    given: bool


class SuggestReport(Value, frozen=True):
    """What was suggested.

    Attributes:
        documents: Documents looked at; suggested_for: those with a suggestion.
        headings: Different headings suggested.
        learned_from: Documents with an index that were learned from.
        known: Headings that could have been suggested.
        list: The list's file name, or "".
    """

    documents: int
    suggested_for: int
    suggestions: int
    headings: int
    learned_from: int
    known: int
    list: str


class Suggester:
    """Makes and reads the suggestions of an edition; safe to share between threads.

    Args:
        folder: The edition's folder.
        record: Its open record.
        shelf: Its documents.
    """

    def __init__(self, folder: Path, record: Record, shelf: Shelf) -> None:
        self._folder = folder
        self._record = record
        self._shelf = shelf
        self._lock = threading.Lock()
        self._kept: tuple[tuple[int, int], sqlite3.Connection] | None = None

    @property
    def state(self) -> str:
        """Tells one build from another."""
        meta = self._record.meta
        return hashlib.sha256(f"{meta.get('state', '')}\n{meta['rules']}".encode()).hexdigest()

    @property
    def stamp(self) -> str:
        """A mark of the file at hand, "" where there is none."""
        try:
            found = (self._folder / FILE).stat()
        except OSError:
            return ""
        return f"{found.st_ino}-{found.st_mtime_ns}"

    def make(
        self,
        *,
        learn_from: Sequence[Record] = (),
        vocabulary: Path | None = None,
        everything: bool = False,
        least: float = LEAST,
        most: int = MOST_SHOWN,
        progress: Progress | None = None,
    ) -> SuggestReport:
        """Learn, suggest, and keep the suggestions in place of those before.

        Raises:
            SourceError: The list cannot be read.
            EditionError: There is nothing to learn from, or the file cannot be written.
        """
        terms = _terms(vocabulary) if vocabulary else []
        records = [self._record, *learn_from]
        model = learn(
            (example for record in records for example in _examples(record, len(records))),
            vocabulary_terms=terms,
        )
        if not model.terms:
            raise EditionError(
                f"{self._folder}: no document has a subject to learn from",
                "give a list with --vocabulary FILE, or an edition with an index with --from",
            )
        documents = suggested_for = suggestions = 0
        headings: set[str] = set()
        path = self._folder / f"{FILE}.{os.getpid()}.new"
        total = int(self._record.value("SELECT count(*) FROM documents"))
        try:
            with closing(sqlite3.connect(path)) as db:
                db.executescript(_TABLES)
                for batch in self._batches(everything=everything):
                    found = suggest(model, batch, least=least, most=most)
                    rows = list(_rows(found))
                    db.executemany(
                        "INSERT INTO suggestions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows
                    )
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
                    list=vocabulary.name if vocabulary else "",
                )
                meta = {"state": self.state, "report": msgspec.json.encode(report).decode()}
                db.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))
                db.commit()
            os.replace(path, self._folder / FILE)
        except (OSError, sqlite3.Error) as error:
            with suppress(OSError):
                path.unlink()
            why = " ".join(str(error).split())
            raise EditionError(f"{self._folder / FILE}: cannot be written: {why}") from None
        return report

    def report(self) -> SuggestReport | None:
        """What the suggestions at hand are, or None where there are none for this build."""
        rows = self._rows("SELECT value FROM meta WHERE key = 'report'")
        return msgspec.json.decode(rows[0][0], type=SuggestReport) if rows else None

    def of(self, id: str) -> list[SuggestedSubject]:
        """The suggestions for a document, the likeliest first."""
        rows = self._rows(f"{_SELECT} WHERE document = ? ORDER BY place", (id,))
        return [_of_row(row) for row in rows]

    def all(self) -> Iterator[SuggestedSubject]:
        """All suggestions, by document."""
        yield from map(_of_row, self._rows(f"{_SELECT} ORDER BY document, place"))

    def headings(self) -> list[SuggestedHeading]:
        """The headings suggested, by name, with their counts."""
        rows = self._rows(
            "SELECT key, min(label), count(*) FROM suggestions GROUP BY key ORDER BY 2, key"
        )
        given = {
            key for (key,) in self._record.rows("SELECT key FROM entries WHERE name = 'subject'")
        }
        return [SuggestedHeading(k, label, n, k in given) for k, label, n in rows]

    def under(self, key: str) -> tuple[str, list[str]]:
        """A heading's label and the ids of documents for which it is suggested, surest first.

        Raises:
            UnknownValue: It is suggested for none.
        """
        rows = self._rows(
            "SELECT label, document FROM suggestions WHERE key = ? "
            "ORDER BY confidence DESC, document",
            (key,),
        )
        if not rows:
            raise UnknownValue(f"no subject {key!r} is suggested", "regesta suggest EDITION")
        return str(rows[0][0]), [str(row[1]) for row in rows]

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._kept:
                self._kept[1].close()
            self._kept = None

    def _batches(self, *, everything: bool) -> Iterator[list[Terms]]:
        """The words of documents to suggest for, those of one collection together."""
        for (collection,) in self._record.rows("SELECT id FROM collections ORDER BY rank"):
            chapters = _chapters(self._record, collection)
            batch: list[Terms] = []
            for document in self._shelf.documents(collection, None):
                if everything or not document.resolved("subject"):
                    batch.append(terms_of(document, chapters.get(document.section, "")))
                if len(batch) == TOGETHER:
                    yield batch
                    batch = []
            if batch:
                yield batch

    def _rows(self, sql: str, values: Iterable[object] = ()) -> list[Row]:
        with self._lock:
            db = self._open()
            try:
                return db.execute(sql, tuple(values)).fetchall() if db else []
            except sqlite3.Error:
                return []

    def _open(self) -> sqlite3.Connection | None:
        """The file of this build, opened once; None where there is none."""
        path = self._folder / FILE
        try:
            found = path.stat()
        except OSError:
            return None
        stamp = (found.st_ino, found.st_mtime_ns)
        if self._kept and self._kept[0] == stamp:
            return self._kept[1]
        if self._kept:
            self._kept[1].close()
            self._kept = None
        db = sqlite3.connect(
            f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        try:
            row = db.execute("SELECT value FROM meta WHERE key = 'state'").fetchone()
        except sqlite3.Error:
            row = None
        if row is None or row[0] != self.state:
            db.close()
            return None
        self._kept = (stamp, db)
        return db


_SELECT = "SELECT document, key, label, path, confidence, words, rules, uri FROM suggestions"


def _of_row(row: Row) -> SuggestedSubject:
    document, key, label, path, confidence, words, rules, uri = row
    return SuggestedSubject(
        document=str(document),
        id=str(key),
        label=str(label),
        path=tuple(json.loads(str(path))),
        confidence=float(str(confidence)),
        words=tuple(json.loads(str(words))),
        rules=tuple(json.loads(str(rules))),
        uri=str(uri),
        origin="derived",
        rule=RULE,
    )


def _rows(found: dict[str, list[Suggestion]]) -> Iterator[tuple[object, ...]]:
    for document, suggestions in found.items():
        for place, suggestion in enumerate(suggestions):
            term = suggestion.term
            key, label = subject_key(Subject(term.label, term.path))
            yield (
                document,
                place,
                key,
                _plain(label),
                _plain(json.dumps(term.path, ensure_ascii=False)),
                term.uri,
                suggestion.confidence,
                _plain(json.dumps(suggestion.words, ensure_ascii=False)),
                json.dumps(suggestion.rules),
            )


def _plain(text: str) -> str:
    """A text without the halves of pairs that no database takes."""
    return text.encode("utf-8", "replace").decode()


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


__all__ = ["LEAST", "MOST_SHOWN", "SuggestReport", "SuggestedSubject", "Suggester"]
