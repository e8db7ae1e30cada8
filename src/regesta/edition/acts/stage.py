"""The acts, after a build: documents of the record in, `acts.sqlite` out.

First every text is read for the acts it states, by several processes and only where its source
changed; then the ledger is written in order of date, with the powers that the whole edition knows.
What was found so far is kept at every step, so a stage that is killed goes on where it was.
"""

import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import msgspec

from regesta.describing.acts.finders import act_finder, find_all, finder_version
from regesta.describing.base import Context
from regesta.documents import Act, Collection, Document
from regesta.documents.failures import Failure, added_up
from regesta.edition.acts.deciding import ActDecisions
from regesta.edition.acts.ledger import write_ledger
from regesta.edition.acts.store import (
    BUILDING,
    FILE,
    TABLES,
    VIEWS,
    FoundActs,
    fingerprint,
)
from regesta.edition.building.errands import read_through, take_over
from regesta.edition.building.rows import numbers_of
from regesta.edition.contents import summaries, summary
from regesta.edition.kept import begin, digest_of, keep_failures, open_kept
from regesta.edition.late import Progress, state_by
from regesta.edition.record.shelf import Shelf
from regesta.edition.record.store import Record

_encoder = msgspec.msgpack.Encoder()
_errand = msgspec.msgpack.Decoder(tuple[str, list[int], str])
_answer = msgspec.msgpack.Decoder(list[tuple[int, int, bytes, tuple[Failure, ...]]])


_found = msgspec.msgpack.Decoder(list[FoundActs])


def state_of(record: Record, finder: str, folder: Path) -> str:
    """What acts belong to: the sources of a build, the rules by which all is made, decisions."""
    decided = ActDecisions(folder).digest
    return state_by(record, "\0".join(filter(None, [_common(record, finder), decided])))


def _common(record: Record, finder: str) -> str:
    return "\0".join([record.meta.get("rules", ""), fingerprint(), finder_version(finder)])


def write_acts(
    folder: Path,
    record: Record,
    finder: str,
    *,
    progress: Progress | None = None,
    workers: int | None = None,
) -> None:
    """Find the acts of an edition and put them in place in one step.

    Raises:
        OSError, sqlite3.Error: The folder cannot be written.
        UnknownValue, MissingExtra: The back end cannot be had.
    """
    act_finder(finder)
    path = folder / BUILDING
    with closing(begin(path, TABLES + VIEWS)) as db:
        fill(db, folder, record, finder, progress=progress, workers=workers)
    path.replace(folder / FILE)


def fill(
    db: sqlite3.Connection,
    folder: Path,
    record: Record,
    finder: str,
    *,
    progress: Progress | None = None,
    workers: int | None = None,
) -> None:
    """Write all acts of an edition into a database with the tables of ``acts_store``."""
    tell = progress or (lambda done, total, name: None)
    failures = _find(db, folder, record, finder, tell, workers)
    decisions = ActDecisions(folder)
    write_ledger(db, record, lambda: decisions.applied(_stream(db)))
    meta = {"finder": finder, "waiting": "\n".join(decisions.waiting)}
    db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", meta.items())
    documents = record.value("SELECT count(*) FROM documents")
    keep_failures(db, failures, state_of(record, finder, folder), of=int(documents))
    db.commit()


def _find(
    db: sqlite3.Connection,
    folder: Path,
    record: Record,
    finder: str,
    tell: Progress,
    workers: int | None,
) -> tuple[Failure, ...]:
    """Bring the table ``found`` up to date: only sources that changed are read again.

    Returns:
        Where the finder failed. Such a source is kept without its digest: it is read again.
    """
    wanted = _digests(record, finder)
    kept = dict(db.execute("SELECT source, digest FROM found").fetchall())
    take_over(db, open_kept(folder / FILE), wanted, kept)
    db.executemany("DELETE FROM found WHERE source = ?",
                   [(n,) for n in kept if wanted.get(n, ("",))[0] != kept[n]])  # fmt: skip
    db.commit()
    failures: list[Failure] = []
    answers = read_through(
        record,
        wanted,
        kept,
        function="regesta.edition.acts.stage:answer",
        packed=lambda sources: _encoder.encode((str(folder), sources, finder)),
        workers=workers,
        tell=tell,
    )
    for answered in answers:
        for source, count, blob, failed in _answer.decode(answered):
            row = (source, "" if failed else wanted[source][0], count, blob)
            db.execute("INSERT OR REPLACE INTO found VALUES (?, ?, ?, ?)", row)
            failures += failed
        db.commit()
    return added_up(failures)


def _digests(record: Record, finder: str) -> dict[int, tuple[str, int]]:
    """Source → digest of all that decides what is found in it, and its documents."""
    common = _common(record, finder)
    counts: dict[int, int] = dict(
        record.rows("SELECT n >> 20, count(*) FROM documents GROUP BY n >> 20")
    )
    decided: dict[int, list[str]] = {}
    for source, digest in record.rows(
        "SELECT d.n >> 20, e.digest FROM decisions e JOIN documents d ON d.id = e.document "
        "ORDER BY e.document, e.n"
    ):
        decided.setdefault(source, []).append(digest)
    said = {s.collection.id: f"{s.collection.title} {s.collection.side}" for s in summaries(record)}
    return {
        n: (digest_of(common, sha256, path, said.get(of, ""), *decided.get(n, ())), counts[n])
        for n, sha256, path, of in record.rows("SELECT n, sha256, path, collection FROM sources")
        if n in counts
    }


def answer(errand: bytes) -> bytes:
    """Read some sources' documents: folder, source numbers and back end in, their acts out.

    With the acts go the failures of the back end.
    """
    folder, sources, finder = _errand.decode(errand)
    record = Record(Path(folder))
    try:
        return _encoder.encode([_read(record, source, finder) for source in sources])
    finally:
        record.close()


def _read(record: Record, source: int, finder: str) -> tuple[int, int, bytes, tuple[Failure, ...]]:
    ids = [id for (id,) in record.rows(
        "SELECT id FROM documents WHERE n BETWEEN ? AND ? ORDER BY n", numbers_of(source)
    )]  # fmt: skip
    documents = Shelf(record).documents("", ids)
    contexts = {id: Context(collection) for id, collection in _collections(record, source).items()}
    failures: list[Failure] = []
    read = find_all(documents, finder, contexts, failed=failures.append)
    found = [_taken(document, acts) for document, acts in read if acts]
    packed = zlib.compress(_encoder.encode(found), 1)
    return source, len(ids), packed, added_up(failures)


def _collections(record: Record, source: int) -> dict[str, Collection]:
    """The collections of a source's documents, without their sections and registers."""
    rows = record.rows(
        "SELECT DISTINCT collection FROM documents WHERE n BETWEEN ? AND ?", numbers_of(source)
    )
    return {id: summary(record, id).collection for (id,) in rows}


def _taken(document: Document, acts: Sequence[Act]) -> FoundActs:
    parties = [*document.senders, *document.recipients]
    text = document.text
    return FoundActs(
        id=document.id,
        acts=tuple(acts),
        words=tuple(" ".join(text[slice(*act.span)].split()) for act in acts if act.span),
        parties=tuple((p.name, p.office, p.power) for p in parties),
    )


def _stream(db: sqlite3.Connection) -> Iterator[list[FoundActs]]:
    for (packed,) in db.execute("SELECT packed FROM found ORDER BY source").fetchall():
        yield _found.decode(zlib.decompress(packed))
