"""Decisions put to work on the next record: documents whose decisions changed get their rows anew.

What comes in is a draft with all documents; what goes out are warnings, and in the table
``decisions`` what was decided of which document, so that the next build knows what changed.
"""

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from regesta.documents import Document
from regesta.edition.authorities import stage as authorities
from regesta.edition.building.arrange import arrange
from regesta.edition.building.gather import people_here, rework
from regesta.edition.decisions import FOLDER, Decisions, decided, read_decisions
from regesta.edition.record.store import Draft
from regesta.edition.results import BuildReport, Counts
from regesta.edition.search.draft import SearchDraft


def decide(draft: Draft, decisions: Decisions, touched: set[str]) -> list[str]:
    """Bring the documents of a draft to what is decided of them.

    Args:
        draft: With all its documents; ``documents_id`` is indexed.
        decisions: All that hold now.
        touched: Gets the ids of documents whose rows are new.

    Returns:
        Warnings: decisions on documents that are not there.
    """
    db = draft.db
    last = {
        (document, n): digest
        for document, n, digest in db.execute("SELECT document, n, digest FROM decisions")
    }
    warnings: list[str] = []
    now: dict[tuple[str, int], str] = {}
    for id in decisions.documents:
        row = db.execute("SELECT n FROM documents WHERE id = ?", (id,)).fetchone()
        if row is None:
            where = decisions.documents[id][0].where
            warnings.append(f"{where}: no document has the id {id!r}; the decision waits for it")
        else:
            now[id, row[0]] = decisions.digest(id)
    changed = {key for key in now.keys() | last.keys() if now.get(key) != last.get(key)}
    numbers = {n for _, n in changed}
    if numbers:
        here = [n for n in sorted(numbers) if _is_here(draft, n)]
        rework(draft, here, people_here(db), touched, edit=_editor(decisions))
        db.execute("DELETE FROM decisions")
        db.executemany(
            "INSERT INTO decisions VALUES (?, ?, ?)",
            [(document, n, digest) for (document, n), digest in sorted(now.items())],
        )
    return warnings


def _is_here(draft: Draft, n: int) -> bool:
    return draft.db.execute("SELECT 1 FROM documents WHERE n = ?", (n,)).fetchone() is not None


def _editor(decisions: Decisions) -> Callable[[Document], Document]:
    return lambda document: decided(document, decisions.facts(document.id))


def only_decisions(last: str, now: str) -> bool:
    """Tell whether two states of an edition differ in nothing but decisions."""
    try:
        one, other = json.loads(last), json.loads(now)
    except ValueError:
        return False
    return isinstance(one, list) and len(one) == len(other) and one[:-1] == other[:-1]


def redecide(folder: Path, meta: dict[str, str], state: str, started: float) -> BuildReport:
    """Bring an edition to its decisions, where nothing but these has changed.

    Only documents whose decisions changed are described anew and found anew by search; what is
    merged or split costs the authorities alone.

    Args:
        folder: The edition.
        meta: What its record says of itself.
        state: Its state with the new decisions.
        started: When the build began, as ``time.perf_counter`` counts.
    """
    decisions = read_decisions(folder)
    draft = Draft(folder, keep=True, indexed=True)
    touched: set[str] = set()
    search: SearchDraft | None = None
    counts = msgspec.json.decode(meta["counts"], type=Counts)
    try:
        warnings = [*decisions.warnings, *decide(draft, decisions, touched)]
        if touched:
            with SearchDraft(folder, last=meta["search"]) as search:
                search.settle(draft.db, touched)
                search.commit()
                counts = arrange(draft.db)
                search.keep_sets(draft.db)
        warnings += authorities.make(draft.db, decisions)
        report = _reported(folder, meta, counts, len(touched), warnings, started)
        draft.set(
            counts=msgspec.json.encode(counts).decode(),
            report=msgspec.json.encode(report).decode(),
            search=search.name if search else meta["search"],
            state=state,
            built=datetime.now(UTC).isoformat(timespec="milliseconds"),
        )
        draft.publish()
    except BaseException:
        draft.abandon()
        if search is not None:
            search.abandon()
        raise
    if search is not None:
        search.sweep()
    return report


def _reported(
    folder: Path,
    meta: dict[str, str],
    counts: Counts,
    changed: int,
    warnings: list[str],
    started: float,
) -> BuildReport:
    last = msgspec.json.decode(meta["report"], type=BuildReport)
    others = [line for line in last.warnings if not line.startswith(f"{FOLDER}/")]
    return msgspec.structs.replace(
        last,
        added=0,
        removed=0,
        changed=changed,
        unchanged=counts.documents - changed,
        undated=counts.undated,
        without_sender=counts.without_sender,
        without_recipient=counts.without_recipient,
        warnings=tuple(sorted((*others, *warnings))),
        seconds=round(time.perf_counter() - started, 3),
        edition=str(folder),
    )
