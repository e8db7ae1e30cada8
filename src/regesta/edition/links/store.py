"""The links on disk: `links.sqlite`, which any program can open, and the state they belong to.

It stands beside the record, which no linking ever changes, and is put in place in one step.
"""

import json
import sqlite3
from collections.abc import Iterable
from functools import cache

from regesta.documents import Link
from regesta.documents.base import Value
from regesta.edition.kept import digest_of_files, plain
from regesta.linking.registry import GROUP

FILE = "links.sqlite"
BUILDING = "links.building"
TABLES = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- What the documents of a source say of others, as found by the rules of that digest (msgpack,
-- zlib): kept so that only what changed is read again.
CREATE TABLE IF NOT EXISTS found (
  source INTEGER PRIMARY KEY, digest TEXT NOT NULL, documents INTEGER NOT NULL, packed BLOB NOT NULL
);

-- A link, or a reference that leads nowhere. start and stop: code points in the text, or in the
-- note, of the document; note: its place among the document's notes, from 0.
CREATE TABLE IF NOT EXISTS links (
  n INTEGER PRIMARY KEY,            -- by document, in the order of its words
  document TEXT NOT NULL,
  kind TEXT NOT NULL,               -- reference, reply, continuation, enclosure, forwarding…
  target TEXT NOT NULL,             -- id of the other document, or empty
  standing TEXT NOT NULL,           -- asserted, candidate, absent, not printed, open
  confidence REAL NOT NULL,
  start INTEGER, stop INTEGER, note INTEGER,
  printed TEXT NOT NULL,
  evidence TEXT NOT NULL            -- what agreed: JSON, name -> value
);

-- Documents that answer and continue one another; thread: id of the first of them.
CREATE TABLE IF NOT EXISTS threads (
  document TEXT PRIMARY KEY, thread TEXT NOT NULL, place INTEGER NOT NULL
) WITHOUT ROWID;

-- What is not here. kind: number (left out in a series), file (in a file), mentioned.
CREATE TABLE IF NOT EXISTS silences (
  n INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  sender TEXT NOT NULL,
  recipient TEXT NOT NULL,
  first TEXT NOT NULL,              -- days between which it was written
  last TEXT NOT NULL,
  month TEXT NOT NULL,
  numbers TEXT NOT NULL,            -- "402", "402–422"
  count INTEGER NOT NULL,           -- how many documents
  not_printed INTEGER NOT NULL,     -- the editors say that they left it out
  whole TEXT NOT NULL               -- all that is known: JSON
);
-- Passages that stand in two documents: start and stop are code points of the texts of both; edits:
-- letters that differ; df: places of their rarest run of letters; class: quotation, enclosure,
-- duplicate, draft, treaty clause, formula; later: "a", "b" or "", the document that came second.
CREATE TABLE IF NOT EXISTS passages (
  n INTEGER PRIMARY KEY,
  a TEXT NOT NULL, a_start INTEGER NOT NULL, a_stop INTEGER NOT NULL,
  b TEXT NOT NULL, b_start INTEGER NOT NULL, b_stop INTEGER NOT NULL,
  edits INTEGER NOT NULL, df INTEGER NOT NULL,
  class TEXT NOT NULL, later TEXT NOT NULL, reason TEXT NOT NULL, confidence REAL NOT NULL
);
-- Threads, the longest first, and documents that nobody answered though the other side wrote
-- back, by date.
CREATE TABLE IF NOT EXISTS conversations (
  n INTEGER PRIMARY KEY,
  answered INTEGER NOT NULL,        -- 1: a thread, 0: nobody answered
  document TEXT NOT NULL,           -- its first document
  size INTEGER NOT NULL,            -- how many documents
  sender TEXT NOT NULL,             -- of the first document
  recipient TEXT NOT NULL,
  first TEXT NOT NULL,              -- days between which they were written
  last TEXT NOT NULL,
  month TEXT NOT NULL
);
"""
INDEXES = """
CREATE INDEX IF NOT EXISTS links_document ON links (document);
CREATE INDEX IF NOT EXISTS links_target ON links (target) WHERE target <> '';
CREATE INDEX IF NOT EXISTS links_kind ON links (kind, standing);
CREATE INDEX IF NOT EXISTS threads_thread ON threads (thread, place);
CREATE INDEX IF NOT EXISTS passages_a ON passages (a, b);
CREATE INDEX IF NOT EXISTS passages_b ON passages (b, a);
CREATE INDEX IF NOT EXISTS silences_kind ON silences (kind);
CREATE INDEX IF NOT EXISTS silences_sender ON silences (sender);
CREATE INDEX IF NOT EXISTS conversations_sender ON conversations (answered, sender);
"""
COLUMNS = "document, kind, target, standing, confidence, start, stop, note, printed, evidence"


class StoredLink(Value, frozen=True):
    """A link of the edition, with the document that it starts from."""

    document: str
    link: Link

    @property
    def standing(self) -> str:
        """Whether it is asserted, a candidate, or leads nowhere, and why."""
        return self.link.evidence.get("standing", "asserted")


@cache
def fingerprint() -> str:
    """Give a digest of the linkers' code and words: it changes what is linked."""
    words = [f"vocabularies/{name}.toml" for name in _VOCABULARIES]
    code = (
        "linking/**/*.py",
        "edition/links/*stage.py",
        "edition/links/shared.py",
        "documents/links.py",
    )
    return digest_of_files(*code, *words, plugins=GROUP)


_VOCABULARIES = (
    "reference_words",
    "party_keys",
    "months",
    "small_words",
    "reuse_words",
    "reason_words",
    "search_common_words",
)


@cache
def reuse_fingerprint() -> str:
    """Give a digest of the code that finds passages: it changes where they stand."""
    names = ("align", "anchors", "base", "chains", "grow", "stages", "text")
    return digest_of_files(*(f"linking/reuse/{name}.py" for name in names))


def link_row(document: str, link: Link) -> tuple[object, ...]:
    """The row of a link, without its number."""
    start, stop = link.span or (None, None)
    evidence = {name: value for name, value in link.evidence.items() if name != "standing"}
    standing = link.evidence.get("standing", "asserted" if link.target else "open")
    return (
        document, link.kind, link.target, standing, link.confidence, start, stop, link.note,
        plain(link.printed), plain(json.dumps(evidence, ensure_ascii=False)),
    )  # fmt: skip


def of_row(row: tuple[object, ...]) -> StoredLink:
    """A link of its row."""
    document, kind, target, standing, confidence, start, stop, note, printed, evidence = row
    assert isinstance(confidence, float)
    return StoredLink(
        document=str(document),
        link=Link(
            kind=str(kind),
            target=str(target),
            span=(start, stop) if isinstance(start, int) and isinstance(stop, int) else None,
            printed=str(printed),
            confidence=confidence,
            evidence={"standing": str(standing), **json.loads(str(evidence))},
            note=note if isinstance(note, int) else None,
        ),
    )


def insert(db: sqlite3.Connection, table: str, rows: Iterable[tuple[object, ...]], n: int) -> None:
    """Insert rows of so many columns; the first column numbers them where it is an integer key."""
    marks = ", ".join("?" * n)
    db.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
