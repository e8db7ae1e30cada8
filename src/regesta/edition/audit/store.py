"""The findings on disk: `audit.sqlite`, one table that any program can open, and its state.

What comes in are findings in their order; out go rows by rank. The state tells by which build and
by which rules they were found.
"""

import json
import sqlite3
from collections.abc import Sequence
from functools import cache

import msgspec

from regesta.auditing.base import Finding
from regesta.auditing.registry import GROUP
from regesta.documents.failures import Failure
from regesta.edition.kept import digest_of_files, plain

FILE = "audit.sqlite"
_TABLE = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
-- What looks wrong. rank: most certain first, from 0. start and stop: code points in the text.
CREATE TABLE findings (
  rank INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  document TEXT NOT NULL,      -- or empty: it stands in no document
  collection TEXT NOT NULL,
  enclosure TEXT NOT NULL,
  kind TEXT NOT NULL,
  confidence REAL NOT NULL,
  why TEXT NOT NULL,
  words TEXT NOT NULL,
  start INTEGER, stop INTEGER,
  given TEXT NOT NULL,         -- what stands against what: JSON, label -> value
  others TEXT NOT NULL,        -- ids of further documents: JSON
  n INTEGER NOT NULL
);
CREATE INDEX findings_document ON findings (document);
"""
COLUMNS = (
    "rank, id, document, collection, enclosure, kind, confidence, why, words, start, stop, given, "
    "others, n"
)


@cache
def fingerprint() -> str:
    """Give a digest of the auditors' code and words: it changes what is found."""
    edition = ("edition/audit/look.py", "edition/audit/desk.py")
    words = ("vocabularies/audit_words.toml", "vocabularies/weekdays.toml")
    return digest_of_files("auditing/*.py", *edition, *words, plugins=GROUP)


def fill(
    db: sqlite3.Connection,
    found: Sequence[Finding],
    state: str,
    failures: Sequence[Failure] = (),
) -> None:
    """Write findings, and which auditors failed, into an empty database."""
    db.executescript(_TABLE)
    meta = {"state": state, "failures": msgspec.json.encode(failures).decode()}
    db.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
    marks = ", ".join("?" * 14)
    db.executemany(
        f"INSERT INTO findings ({COLUMNS}) VALUES ({marks})",
        (_row(rank, finding) for rank, finding in enumerate(found)),
    )
    db.commit()


def _row(rank: int, f: Finding) -> tuple[object, ...]:
    start, stop = f.span or (None, None)
    values = json.dumps(f.values, ensure_ascii=False)
    why, words, given = map(plain, (f.why, f.words, values))
    return (
        rank, f.id, f.document, f.collection, f.enclosure, f.kind, f.confidence, why,
        words, start, stop, given, json.dumps(f.others), f.n,
    )  # fmt: skip


def of_row(row: tuple[object, ...]) -> Finding:
    """A finding of its row."""
    (
        _,
        _,
        document,
        collection,
        enclosure,
        kind,
        confidence,
        why,
        words,
        start,
        stop,
        given,
        *rest,
    ) = row
    others, n = rest
    return Finding(
        document=str(document),
        collection=str(collection),
        kind=str(kind),
        why=str(why),
        words=str(words),
        span=(int(str(start)), int(str(stop))) if start is not None else None,
        values=json.loads(str(given)),
        confidence=float(str(confidence)),
        enclosure=str(enclosure),
        others=tuple(json.loads(str(others))),
        n=int(str(n)),
    )
