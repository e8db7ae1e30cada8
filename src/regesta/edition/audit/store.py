"""The findings on disk: `audit.sqlite`, which any program can open, and the rules they are made by.

What comes in are findings in their order; out go rows by rank.
"""

import json
import sqlite3
from collections.abc import Sequence
from functools import cache

from regesta.auditing.base import Finding
from regesta.auditing.registry import GROUP
from regesta.edition.kept import digest_of_files, plain

FILE = "audit.sqlite"
BUILDING = "audit.building"
TABLES = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
-- What looks wrong. rank: most certain first, from 0. start and stop: code points in the text.
CREATE TABLE IF NOT EXISTS findings (
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
CREATE INDEX IF NOT EXISTS findings_document ON findings (document);
"""
COLUMNS = (
    "rank, id, document, collection, enclosure, kind, confidence, why, words, start, stop, given, "
    "others, n"
)


@cache
def fingerprint() -> str:
    """Give a digest of the auditors' code and words: it changes what is found."""
    edition = ("edition/audit/look.py", "edition/audit/desk.py", "edition/audit/stage.py")
    names = ("audit_words", "editors_words", "weekdays")
    words = (f"vocabularies/{name}.toml" for name in names)
    return digest_of_files("auditing/*.py", *edition, *words, plugins=GROUP)


def write(db: sqlite3.Connection, found: Sequence[Finding]) -> None:
    """Put findings in the place of those that a database has; they belong to no state yet."""
    db.execute("DELETE FROM meta")
    db.execute("DELETE FROM findings")
    marks = ", ".join("?" * 14)
    db.executemany(
        f"INSERT INTO findings ({COLUMNS}) VALUES ({marks})",
        (_row(rank, finding) for rank, finding in enumerate(found)),
    )


def _row(rank: int, f: Finding) -> tuple[object, ...]:
    start, stop = f.span or (None, None)
    values = json.dumps(f.values, ensure_ascii=False)
    why, words, given = map(plain, (f.why, f.words, values))
    return (
        rank, f.id, f.document, f.collection, f.enclosure, f.kind, f.confidence, why,
        words, start, stop, given, json.dumps(f.others), f.n,
    )  # fmt: skip


def of_row(row: tuple[object, ...]) -> Finding:
    """A finding of its row: :data:`COLUMNS`."""
    said = dict(zip(COLUMNS.split(", "), row, strict=True))
    text = {name: str(value) for name, value in said.items()}
    span = (int(text["start"]), int(text["stop"])) if said["start"] is not None else None
    return Finding(
        document=text["document"],
        collection=text["collection"],
        kind=text["kind"],
        why=text["why"],
        words=text["words"],
        span=span,
        values=json.loads(text["given"]),
        confidence=float(text["confidence"]),
        enclosure=text["enclosure"],
        others=tuple(json.loads(text["others"])),
        n=int(text["n"]),
    )
