"""Names in all texts, after a build: documents of the record in, `names.sqlite` out.

Texts are read by several processes, and only where their source changed, or what its collection
names. What was found so far is kept at every step: a stage that is killed goes on where it was.
"""

import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import msgspec

from regesta.edition.building.errands import read_through
from regesta.edition.building.rows import numbers_of
from regesta.edition.kept import begin, digest_of
from regesta.edition.late import Progress, state_by
from regesta.edition.named.store import BUILDING, FILE, TABLES, fingerprint, pack
from regesta.edition.naming import Namer, known_rows
from regesta.edition.record.shelf import Shelf
from regesta.edition.record.store import Record

_encoder = msgspec.msgpack.Encoder()
_errand = msgspec.msgpack.Decoder(tuple[str, list[int]])
_answer = msgspec.msgpack.Decoder(list[tuple[int, list[tuple[int, bytes]]]])


def state_of(record: Record) -> str:
    """What names belong to: the sources of a build, and the rules by which all is made."""
    return state_by(record, record.meta.get("rules", ""), fingerprint())


def write_names(
    folder: Path, record: Record, *, progress: Progress, workers: int | None = None
) -> None:
    """Find the names of an edition and put them in place in one step.

    Raises:
        OSError, sqlite3.Error: The folder cannot be written.
    """
    path = folder / BUILDING
    if not path.exists():
        with suppress(FileNotFoundError):
            shutil.copyfile(folder / FILE, path)
    with closing(begin(path, TABLES)) as db:
        fill(db, folder, record, progress=progress, workers=workers)
    path.replace(folder / FILE)


def fill(
    db: sqlite3.Connection,
    folder: Path,
    record: Record,
    *,
    progress: Progress,
    workers: int | None = None,
) -> None:
    """Bring a database with the tables of ``store`` up to date."""
    db.execute("DELETE FROM meta")  # until all is found it belongs to no state
    wanted = _digests(record)
    kept: dict[int, str] = dict(db.execute("SELECT source, digest FROM found").fetchall())
    for source in (n for n in kept if wanted.get(n, ("",))[0] != kept[n]):
        db.execute("DELETE FROM found WHERE source = ?", (source,))
        db.execute("DELETE FROM names WHERE n BETWEEN ? AND ?", numbers_of(source))
    db.commit()
    answers = read_through(
        record,
        wanted,
        kept,
        function="regesta.edition.named.stage:answer",
        packed=lambda sources: _encoder.encode((str(folder), sources)),
        workers=workers,
        tell=progress,
    )
    for answered in answers:
        for source, names in _answer.decode(answered):
            db.executemany("INSERT OR REPLACE INTO names VALUES (?, ?)", names)
            db.execute("INSERT OR REPLACE INTO found VALUES (?, ?, ?)", (source, *wanted[source]))
        db.commit()
    db.execute("INSERT INTO meta VALUES ('state', ?)", (state_of(record),))
    db.commit()


def _digests(record: Record) -> dict[int, tuple[str, int]]:
    """Source → digest of all that decides what is found in it, and its documents."""
    common = [record.meta.get("rules", ""), fingerprint()]
    parts: dict[int, list[str]] = {}
    counts: dict[int, int] = {}
    known: dict[str, str] = {}
    for source, collection, count in record.rows(
        "SELECT n >> 20, collection, count(*) FROM documents GROUP BY 1, 2 ORDER BY 1, 2"
    ):
        if collection not in known:
            known[collection] = digest_of(*map(repr, known_rows(record, collection)))
        parts.setdefault(source, []).append(known[collection])
        counts[source] = counts.get(source, 0) + count
    for source, digest in record.rows(
        "SELECT d.n >> 20, e.digest FROM decisions e JOIN documents d ON d.id = e.document "
        "ORDER BY e.document, e.n"
    ):
        parts[source].append(digest)
    return {
        n: (digest_of(*common, sha256, path, *parts[n]), counts[n])
        for n, sha256, path in record.rows("SELECT n, sha256, path FROM sources")
        if n in counts
    }


def answer(errand: bytes) -> bytes:
    """Read some sources' documents: folder and source numbers in, the names of each out."""
    folder, sources = _errand.decode(errand)
    record = Record(Path(folder))
    try:
        namer = Namer(record)
        return _encoder.encode([(n, _read(record, namer, n)) for n in sources])
    finally:
        record.close()


def _read(record: Record, namer: Namer, source: int) -> list[tuple[int, bytes]]:
    numbers: dict[str, int] = dict(
        record.rows(
            "SELECT id, n FROM documents WHERE n BETWEEN ? AND ? ORDER BY n", numbers_of(source)
        )
    )
    documents = Shelf(record).documents("", list(numbers))
    read = ((numbers[document.id], namer.found(document)) for document in documents)
    return [(n, pack(names)) for n, names in read if names]
