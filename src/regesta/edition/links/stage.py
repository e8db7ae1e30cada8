"""The linking stage, after a build: documents of the record in, `links.sqlite` out.

First every text is read for what it says of others, by several processes and only where its source
changed; then all of it is resolved against the whole edition. What was found so far is kept at
every step, so a stage that is killed goes on where it was.
"""

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import msgspec

from regesta.documents import Collection
from regesta.documents.failures import Failure, added_up
from regesta.edition.building.errands import read_through, take_over
from regesta.edition.building.rows import numbers_of
from regesta.edition.contents import summaries
from regesta.edition.kept import begin, digest_of, keep_failures, open_kept, plain
from regesta.edition.late import Progress, state_by
from regesta.edition.links.counterparts_stage import counterparts
from regesta.edition.links.given_stage import given_rows
from regesta.edition.links.store import (
    BUILDING,
    COLUMNS,
    FILE,
    INDEXES,
    TABLES,
    fingerprint,
    insert,
    link_row,
)
from regesta.edition.record.shelf import Shelf
from regesta.edition.record.store import Record
from regesta.linking.base import Card
from regesta.linking.counterparts.sides import Known
from regesta.linking.lookup import MemoryLookup
from regesta.linking.references.annotate import annotate
from regesta.linking.references.found import (
    Found,
    Told,
    cards_in,
    found_in_source,
    mentions_of,
)
from regesta.linking.references.missing import Missing, missing
from regesta.linking.references.resolve import resolve
from regesta.linking.registry import link as link_by
from regesta.linking.registry import others
from regesta.linking.silences import Silence, file_gaps, mentioned, number_gaps
from regesta.linking.threads import relate, threads, unanswered

#: Links written at a time.
_STEP = 5_000

_encoder = msgspec.msgpack.Encoder()
_found = msgspec.msgpack.Decoder(list[Found])
_told = msgspec.msgpack.Decoder(list[Told])
_errand = msgspec.msgpack.Decoder(tuple[str, list[int]])
_answer = msgspec.msgpack.Decoder(list[tuple[int, int, bytes]])


def state_of(record: Record) -> str:
    """What links belong to: the sources of a build, and the rules by which all is made."""
    return state_by(record, record.meta.get("rules", ""), fingerprint())


def write_links(
    folder: Path,
    record: Record,
    *,
    progress: Progress | None = None,
    workers: int | None = None,
    engine: str = "duckdb",
) -> None:
    """Link an edition and put its links in place in one step.

    Raises:
        OSError, sqlite3.Error: The folder cannot be written.
    """
    path = folder / BUILDING
    with closing(begin(path, TABLES)) as db:
        fill(db, folder, record, progress=progress, workers=workers, engine=engine)
    path.replace(folder / FILE)


def fill(
    db: sqlite3.Connection,
    folder: Path,
    record: Record,
    *,
    progress: Progress | None = None,
    workers: int | None = None,
    engine: str = "duckdb",
) -> None:
    """Write all links of an edition into a database with the tables of ``links_store``."""
    from regesta.edition.links.reuse_stage import fill_passages  # NumPy and edlib: not for readers

    tell = progress or (lambda done, total, name: None)
    _find(db, folder, record, tell, workers)
    for table in ("links", "threads", "silences", "conversations"):
        db.execute(f"DELETE FROM {table}")
    shelf = Shelf(record)
    collections = [summary.collection for summary in summaries(record)]
    lookup = _lookup(db, collections)
    relations, references, gone = _resolve(db, lookup, tell)
    total = len(lookup)
    reused = fill_passages(
        db,
        folder,
        record,
        engine=engine,
        workers=workers,
        tell=lambda words: tell(total, total, words),
    )
    _insert_links(db, reused)
    _counterparts(db, record, lookup)
    failures = _others(db, shelf, lookup)
    _insert_links(db, given_rows(db, record, {card.id for card in lookup.cards()}))
    _whole(db, lookup, relations, references, gone)
    db.executescript(INDEXES)
    keep_failures(db, failures, state_of(record), of=total)
    db.commit()


# Finding.


def _find(
    db: sqlite3.Connection, folder: Path, record: Record, tell: Progress, workers: int | None
) -> None:
    """Bring the table ``found`` up to date: only sources that changed are read again."""
    wanted = _digests(record)
    kept = dict(db.execute("SELECT source, digest FROM found").fetchall())
    take_over(db, open_kept(folder / FILE), wanted, kept)
    db.executemany("DELETE FROM found WHERE source = ?",
                   [(n,) for n in kept if wanted.get(n, ("",))[0] != kept[n]])  # fmt: skip
    db.commit()
    answers = read_through(
        record,
        wanted,
        kept,
        function="regesta.edition.links.stage:answer",
        packed=lambda sources: _encoder.encode((str(folder), sources)),
        workers=workers,
        tell=tell,
    )
    for answered in answers:
        for source, count, blob in _answer.decode(answered):
            row = (source, wanted[source][0], count, blob)
            db.execute("INSERT OR REPLACE INTO found VALUES (?, ?, ?, ?)", row)
        db.commit()


def _digests(record: Record) -> dict[int, tuple[str, int]]:
    """Source → digest of all that decides what is found in it, and its documents."""
    common = (record.meta.get("rules", ""), record.meta.get("state", ""), fingerprint())
    rows = record.rows("SELECT n, sha256, path FROM sources")
    counts: dict[int, int] = dict(
        record.rows("SELECT n >> 20, count(*) FROM documents GROUP BY n >> 20")
    )
    return {
        n: (digest_of(*common, sha256, path), counts[n]) for n, sha256, path in rows if n in counts
    }


def answer(errand: bytes) -> bytes:
    """Read some sources' documents: folder and source numbers in, what was found out."""
    folder, sources = _errand.decode(errand)
    record = Record(Path(folder))
    try:
        return _encoder.encode([_read(record, source) for source in sources])
    finally:
        record.close()


def _read(record: Record, source: int) -> tuple[int, int, bytes]:
    ids = [id for (id,) in record.rows(
        "SELECT id FROM documents WHERE n BETWEEN ? AND ? ORDER BY n", numbers_of(source)
    )]  # fmt: skip
    found = found_in_source(Shelf(record).documents("", ids))
    return source, len(found), zlib.compress(_encoder.encode(found), 1)


def _stream(db: sqlite3.Connection) -> Iterator[list[Found]]:
    yield from map(_found.decode, _packed(db))


def _packed(db: sqlite3.Connection) -> Iterator[bytes]:
    for (packed,) in db.execute("SELECT packed FROM found ORDER BY source"):
        yield zlib.decompress(packed)


# Resolving.


def _lookup(db: sqlite3.Connection, collections: Iterable[Collection]) -> MemoryLookup:
    cards: list[Card] = []
    anchors: dict[tuple[str, str], str] = {}
    for found in _stream(db):
        cards += cards_in(found)
        for one in found:
            for anchor in one.anchors:
                anchors.setdefault((one.card.collection, anchor), one.card.id)
    return MemoryLookup(cards, anchors=anchors, collections=collections)


def _resolve(
    db: sqlite3.Connection, lookup: MemoryLookup, tell: Progress
) -> tuple[list[tuple[str, str, str]], list[tuple[str, str]], list[Missing]]:
    """Write the links of every document; give relations, likeliest references, what is missing."""
    relations: list[tuple[str, str, str]] = []
    references: list[tuple[str, str]] = []
    gone: list[Missing] = []
    total, done = len(lookup), 0
    for some in _stream(db):
        rows: list[tuple[object, ...]] = []
        for one in some:
            id = one.card.id
            resolved = [resolve(mention, lookup) for mention in mentions_of(one)]
            related = relate(resolved)
            rows += [link_row(id, link) for link in (*annotate(resolved), *related)]
            relations += [(id, link.kind, link.target) for link in related]
            references += [(id, r.candidates[0].card.id) for r in resolved if r.candidates]
            gone += missing(resolved)
        _insert_links(db, rows)
        done += len(some)
        tell(total, total, f"resolving {done:,}")
    return relations, references, gone


def _insert_links(db: sqlite3.Connection, rows: Sequence[tuple[object, ...]]) -> None:
    marks = ", ".join("?" * 10)
    db.executemany(f"INSERT INTO links ({COLUMNS}) VALUES ({marks})", rows)


#: The longest passage of two papers, unless most are clauses: then they are of one model.
_SHARED = """
WITH shared AS (
  SELECT document, target, stop - start AS length, json_extract(evidence, '$.class') AS class
  FROM links
)
SELECT document, target, max(CASE WHEN class <> 'treaty clause' THEN length END) FROM shared
WHERE class IN ('quotation', 'enclosure', 'duplicate', 'treaty clause')
GROUP BY document, target
HAVING sum(class <> 'treaty clause') >= sum(class = 'treaty clause') AND
  sum(class <> 'treaty clause') > 0
"""


_TWICE = "SELECT a, b FROM passages WHERE class = 'duplicate'"
#: Asserted references with the words that make them; a bare figure with what it counts.
_SAID = """
SELECT document, target, CASE printed
  WHEN json_extract(evidence, '$.page') THEN 'p. ' || printed
  WHEN json_extract(evidence, '$.number') THEN 'No. ' || printed
  ELSE printed END
FROM links WHERE kind = 'reference' AND standing = 'asserted' AND target <> document
"""


def _counterparts(db: sqlite3.Connection, record: Record, lookup: MemoryLookup) -> None:
    """Write the links between counterparts."""
    # Read to their ends first: rows are written into the same table.
    references = db.execute(_SAID).fetchall()
    passages = db.execute(_SHARED).fetchall()
    known = Known(
        {(id, target): printed for id, target, printed in references},
        {(id, target): length for id, target, length in passages},
        {frozenset(ids) for ids in db.execute(_TWICE)},
    )
    threaded = db.execute(
        "SELECT document, target FROM links WHERE kind IN ('reply', 'continuation')"
    ).fetchall()
    cards = {card.id: card for card in lookup.cards()}
    found = (
        (cards[one.card.id], one.traits) for some in map(_told.decode, _packed(db)) for one in some
    )
    rows: list[tuple[object, ...]] = []
    for id, link in counterparts(found, record, known, threaded):
        rows.append(link_row(id, link))
        if len(rows) >= _STEP:
            _insert_links(db, rows)
            rows = []
    _insert_links(db, rows)


def _others(db: sqlite3.Connection, shelf: Shelf, lookup: MemoryLookup) -> tuple[Failure, ...]:
    """Run the linkers of other packages, where there are any; give those that failed."""
    chosen = others()
    if not chosen:
        return ()
    rows: list[tuple[object, ...]] = []
    failures: list[Failure] = []
    for document in shelf.documents("", None):
        made = link_by(document, lookup, chosen, failed=failures.append)
        rows += [link_row(document.id, link) for link in made]
        if len(rows) >= _STEP:
            _insert_links(db, rows)
            rows, failures = [], list(added_up(failures))
    _insert_links(db, rows)
    return added_up(failures)


def _whole(
    db: sqlite3.Connection,
    lookup: MemoryLookup,
    relations: Iterable[tuple[str, str, str]],
    references: Iterable[tuple[str, str]],
    gone: Iterable[Missing],
) -> None:
    """Write what only the whole edition shows: threads, silences, what nobody answered."""
    cards = lookup.cards()
    by_id = {card.id: card for card in cards}
    found = threads(by_id, relations)
    insert(db, "threads", (
        (id, thread.id, place) for thread in found for place, id in enumerate(thread.documents)
    ), 3)  # fmt: skip
    silences = [
        *mentioned(gone),
        *number_gaps(cards, lookup.edition_numbered()),
        *file_gaps(cards),
    ]
    insert(db, "silences", ((n, *_silence_row(s)) for n, s in enumerate(silences)), 11)
    longest = sorted(found, key=lambda thread: -len(thread.documents))
    rows = [
        (1, *_conversation(by_id[t.id], len(t.documents), t.first, t.last)) for t in longest
    ] + [(0, *_conversation(c, 1, c.day, c.day)) for c in unanswered(cards, references)]
    insert(db, "conversations", ((n, *row) for n, row in enumerate(rows)), 9)


def _conversation(card: Card, size: int, first: str, last: str) -> tuple[object, ...]:
    return card.id, size, plain(card.sender), plain(card.recipient), first, last, first[:7]


def _silence_row(silence: Silence) -> tuple[object, ...]:
    whole = plain(json.dumps(msgspec.to_builtins(silence), ensure_ascii=False))
    month = silence.first[:7] if silence.first[:1].isdecimal() else ""
    return (
        silence.kind, plain(silence.sender), plain(silence.recipient), silence.first,
        silence.last, month, "–".join(silence.numbers), silence.count, silence.not_printed, whole,
    )  # fmt: skip
