"""Suggestions on disk: `suggestions.sqlite`, which any program can open, and its rows."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from regesta.documents import Subject
from regesta.documents.base import Value
from regesta.edition.building.keys import subject_key
from regesta.edition.building.rows import Row
from regesta.edition.kept import plain

if TYPE_CHECKING:
    from regesta.describing.subjects.model import Suggestion

FILE = "suggestions.sqlite"
#: Rule of a suggested subject, wherever it is shown.
RULE = "suggested"
TABLES = """
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
SELECT = "SELECT document, key, label, path, confidence, words, rules, uri FROM suggestions"


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


def of_row(row: Row) -> SuggestedSubject:
    """A suggestion of its row: :data:`SELECT`."""
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


def rows_of(found: "dict[str, list[Suggestion]]") -> Iterator[tuple[object, ...]]:
    """The rows of what was suggested for documents."""
    for document, suggestions in found.items():
        for place, suggestion in enumerate(suggestions):
            term = suggestion.term
            key, label = subject_key(Subject(term.label, term.path))
            yield (
                document,
                place,
                key,
                plain(label),
                plain(json.dumps(term.path, ensure_ascii=False)),
                term.uri,
                suggestion.confidence,
                plain(json.dumps(suggestion.words, ensure_ascii=False)),
                json.dumps(suggestion.rules),
            )
