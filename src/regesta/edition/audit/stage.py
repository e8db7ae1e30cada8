"""The audit of an edition, after a build: documents of the record in, `audit.sqlite` out."""

import sqlite3
from contextlib import closing
from pathlib import Path

from regesta.documents.failures import Failure, added_up
from regesta.edition.audit.look import find
from regesta.edition.audit.store import BUILDING, FILE, TABLES, fingerprint, write
from regesta.edition.kept import begin, keep_failures
from regesta.edition.late import Progress, state_by
from regesta.edition.record.shelf import Shelf
from regesta.edition.record.store import Record


def state_of(record: Record) -> str:
    """What findings belong to: the sources of a build, and the rules by which all is made."""
    return state_by(record, record.meta.get("rules", ""), fingerprint())


def write_findings(
    folder: Path, record: Record, shelf: Shelf, *, progress: Progress, workers: int | None = None
) -> None:
    """Look through an edition and put the findings in place in one step.

    Raises:
        OSError, sqlite3.Error: The folder cannot be written.
    """
    path = folder / BUILDING
    with closing(begin(path, TABLES)) as db:
        fill(db, folder, record, shelf, progress=progress, workers=workers)
    path.replace(folder / FILE)


def fill(
    db: sqlite3.Connection,
    folder: Path,
    record: Record,
    shelf: Shelf,
    *,
    progress: Progress,
    workers: int | None = None,
) -> None:
    """Write all findings, the most certain first, into a database with the tables of ``store``.

    An auditor that failed on every collection has found nothing that counts: then they belong to no
    state, and are kept only as long as the edition is open.
    """
    failures: list[Failure] = []
    given = (folder, record, shelf)
    found = list(find(*given, progress=progress, workers=workers, failed=failures.append))
    places: dict[str, int] = dict(record.rows("SELECT id, rank FROM collections"))
    found.sort(key=lambda f: (-f.confidence, f.kind, places.get(f.collection, 0)))
    write(db, found)
    keep_failures(db, added_up(failures), state_of(record), of=len(places))
    db.commit()
