"""From sources to an edition: what changed is read, the rest is kept, the last edition stays whole.

The next record and search index grow beside the last; one rename puts both in place. A build that
is killed, or finds the disk full, leaves the last edition as it was, and the next build begins
with it.
"""

import errno
import json
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import msgspec

from regesta.edition.authorities import stage as authorities
from regesta.edition.building.arrange import arrange
from regesta.edition.building.deciding import decide, only_decisions, redecide
from regesta.edition.building.gather import gather_collections, settle_clashes
from regesta.edition.building.locking import lock
from regesta.edition.building.pipeline import Shelved
from regesta.edition.building.plan import DECISIONS, Plan, make_plan
from regesta.edition.building.rules import fingerprint
from regesta.edition.building.workers import no_cycles, run
from regesta.edition.decisions import read_decisions
from regesta.edition.record.store import RECORD, SEARCH, Draft, Record, discard
from regesta.edition.results import BuildReport, Counts
from regesta.edition.search.draft import SearchDraft
from regesta.edition.settings import FILE as SETTINGS_FILE
from regesta.edition.settings import (
    Settings,
    adopt_settings,
    read_settings,
    write_settings,
)
from regesta.edition.writing import replace_file
from regesta.errors import EditionError, NotAnEdition
from regesta.reading.sources import SourceRef, find_sources

#: Called with bytes done, bytes in all, and what is being done.
Progress = Callable[[int, int, str], None]

REPORT_FILE = "build-report.json"


def build(
    sources: Sequence[str | Path] | str | Path,
    to: str | Path,
    *,
    title: str | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    fresh: bool = False,
) -> BuildReport:
    """Build an edition, or bring it up to date: only what changed is read.

    Args:
        sources: Files, folders and archives; together they are the whole edition, so that what
            is no longer among them leaves it.
        to: The edition's folder; made where it is not there.
        title: Title of a new edition; the title of one that is there stands in ``edition.toml``.
        workers: Worker processes; None decides by what there is to read, 0 uses none.
        progress: Called with bytes done, bytes in all and what is being done.
        fresh: Read every source again.

    Returns:
        What was done, and what could not be read.

    Raises:
        SourceError: A given path does not exist.
        NotAnEdition: The target holds something else.
        EditionBusy: Another process is building this edition.
        EditionError: The target cannot be written, or the disk is full; the last good edition
            stays in place.
    """
    started = time.perf_counter()
    folder = Path(to)
    given = [sources] if isinstance(sources, str | Path) else list(sources)
    found = find_sources(given, exclude=[folder])
    with _clear_errors(folder):
        _prepare(folder, title, given)
        with lock(folder):
            discard(folder)
            settings = read_settings(folder)
            last = None if fresh else _last(folder)
            try:
                plan = make_plan(folder, list(found), last)
                if last and plan.empty and _is_whole(folder, last, plan):
                    return _nothing_to_do(folder, last, started)
                meta = last.meta if last and plan.empty and _differs(folder, last, plan) else None
                search = last.meta["search"] if last else ""
            finally:
                if last:
                    last.close()
            if meta is not None:
                report = redecide(folder, meta, plan.state, started)
            else:
                report = _build(folder, plan, settings, search, workers, progress, started)
            text = msgspec.json.format(msgspec.json.encode(report_object(report)))
            replace_file(folder / REPORT_FILE, f"{text.decode()}\n")
            return report


def report_object(report: BuildReport) -> dict[str, object]:
    """Give a report as the JSON object of the contract, every key there."""
    return {name: msgspec.to_builtins(getattr(report, name)) for name in report.__struct_fields__}


def _build(
    folder: Path,
    plan: Plan,
    settings: Settings,
    last_search: str,
    workers: int | None,
    progress: Progress | None,
    started: float,
) -> BuildReport:
    draft = Draft(folder, keep=bool(last_search))
    try:
        with SearchDraft(folder, last=last_search) as search:
            before, touched = _read(draft, search, plan, workers, progress)
            with no_cycles():
                counts, warnings = _finish(draft, search, settings, touched)
            report = _report(folder, draft, plan, counts, before, warnings, started)
            draft.set(
                title=settings.title or folder.stem,
                description=settings.description,
                address=settings.address,
                moved=json.dumps(settings.moved, ensure_ascii=False),
                counts=msgspec.json.encode(counts).decode(),
                report=msgspec.json.encode(report_object(report)).decode(),
                search=search.name,
                rules=fingerprint(),
                state=plan.state,
                version=version("regesta"),
                built=datetime.now(UTC).isoformat(timespec="milliseconds"),
            )
        try:
            draft.publish()
        except BaseException:
            search.abandon()
            raise
    except BaseException:
        draft.abandon()
        raise
    search.sweep()
    return report


def _prepare(folder: Path, title: str | None, given: Sequence[str | Path]) -> None:
    """Make the folder, unless something else stands there."""
    if folder.exists() and not folder.is_dir():
        raise NotAnEdition(f"{folder}: is a file, no folder for an edition")
    ours = (SETTINGS_FILE, RECORD, DECISIONS)
    if folder.is_dir() and any(folder.iterdir()) and not any((folder / f).exists() for f in ours):
        raise NotAnEdition(
            f"{folder}: holds other files and no edition", "name an empty or a new folder"
        )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / DECISIONS).mkdir(exist_ok=True)
    if adopt_settings(folder, map(Path, given), title=title or ""):
        return
    default = Path(given[0]).stem if len(given) == 1 else folder.stem
    write_settings(folder, title=title or default or "Edition")


def _last(folder: Path) -> Record | None:
    """The last record, where this version's rules made it."""
    try:
        record = Record(folder)
    except (EditionError, sqlite3.Error):
        return None
    if record.meta.get("rules") == fingerprint():
        return record
    record.close()
    return None


def _is_whole(folder: Path, last: Record, plan: Plan) -> bool:
    """Whether the edition says what it should, and its search index is there."""
    search = folder / SEARCH / last.meta["search"]
    return last.meta.get("state") == plan.state and search.is_dir()


def _differs(folder: Path, last: Record, plan: Plan) -> bool:
    """Whether nothing but its decisions has changed."""
    search = folder / SEARCH / last.meta["search"]
    return only_decisions(last.meta.get("state", ""), plan.state) and search.is_dir()


def _nothing_to_do(folder: Path, last: Record, started: float) -> BuildReport:
    report = msgspec.json.decode(last.meta["report"], type=BuildReport)
    return msgspec.structs.replace(
        report,
        added=0,
        changed=0,
        removed=0,
        unchanged=report.documents,
        seconds=round(time.perf_counter() - started, 3),
        edition=str(folder),
    )


def _read(
    draft: Draft,
    search: SearchDraft,
    plan: Plan,
    workers: int | None,
    progress: Progress | None,
) -> tuple[dict[str, int], set[str]]:
    """Read what is to be read into the draft and into the search index.

    Returns:
        Id → digest of every document that was there and whose source changed or is gone; and
        the ids whose search entries are now untrue.
    """
    before: dict[str, int] = {}
    added: set[str] = set()
    for n in plan.gone:
        before |= _remove(draft, n)
    total = sum(job.ref.size for job in plan.jobs)
    jobs = {job.n: job for job in plan.jobs}
    done = 0
    for shelved in run(plan.jobs, workers=workers):
        ref, last = jobs[shelved.n].ref, plan.last[shelved.n]
        if shelved.status == "same":
            draft.db.execute(
                "UPDATE sources SET size = ?, mtime_ns = ?, file = ? WHERE n = ?",
                (ref.size, ref.mtime_ns, ref.file, last),
            )
        else:
            before |= _remove(draft, last)
            _insert(draft, ref, shelved)
            for line in shelved.rows.entries:
                search.add(line)
                added.add(line[0])
        done += ref.size
        if progress:
            progress(done, total, ref.path)
    return before, before.keys() - added


def _remove(draft: Draft, source: int) -> dict[str, int]:
    if not source:
        return {}
    digests = draft.digests("n BETWEEN ? AND ?", *draft.numbers(source))
    draft.delete_documents(source)
    draft.db.execute("DELETE FROM sources WHERE n = ?", (source,))
    return digests


def _insert(draft: Draft, ref: SourceRef, shelved: Shelved) -> None:
    draft.db.execute(
        "INSERT INTO sources VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            shelved.n, ref.path, ref.file, ref.size, ref.mtime_ns, shelved.sha256, shelved.status,
            shelved.reason, shelved.collection, shelved.standalone, len(shelved.rows.documents),
            shelved.unaccounted, json.dumps(shelved.warnings, ensure_ascii=False),
            shelved.gathered or None,
        ),
    )  # fmt: skip
    draft.insert(shelved.rows)


def _finish(
    draft: Draft, search: SearchDraft, settings: Settings, touched: set[str]
) -> tuple[Counts, list[str]]:
    """Merge, settle, decide, put in order, count, and bring the search index to the same state.

    Returns:
        The counts, and what is wrong with decisions.
    """
    decisions = read_decisions(draft.folder)
    settle_clashes(draft, touched)
    draft.index("documents_id")
    gather_collections(draft, settings, touched)
    warnings = [*decisions.warnings, *decide(draft, decisions, touched)]
    search.settle(draft.db, touched)
    # The index is written out by a thread that needs no Python, while this one puts in order.
    with ThreadPoolExecutor(max_workers=1) as beside:
        written = beside.submit(search.commit)
        counts = arrange(draft.db)
        warnings += authorities.make(draft.db, decisions)
        draft.index()
        written.result()
    search.keep_sets(draft.db)
    return counts, warnings


def _report(
    folder: Path,
    draft: Draft,
    plan: Plan,
    counts: Counts,
    before: dict[str, int],
    decided: list[str],
    started: float,
) -> BuildReport:
    db = draft.db
    unread = db.execute(
        "SELECT path, reason FROM sources WHERE status NOT IN ('read', 'renamed')"
    ).fetchall()
    unread += [(item.path, item.reason) for item in plan.unread if not item.deliberate]
    warnings = [f"{item.path}: {item.reason}" for item in plan.unread if item.deliberate]
    warnings += decided
    for path, lines in db.execute("SELECT path, warnings FROM sources WHERE warnings <> '[]'"):
        warnings += [f"{path}: {line}" for line in json.loads(lines)]
    first = min((job.n for job in plan.jobs), default=plan.following)
    first_number, _ = draft.numbers(first)
    fresh = counts.documents
    after: dict[str, int] = {}
    if before:
        after = draft.digests("n >= ?", first_number)
        fresh = len(after)
    elif first > 1:
        (fresh,) = db.execute(
            "SELECT count(*) FROM documents WHERE n >= ?", (first_number,)
        ).fetchone()
    stayed = before.keys() & after.keys()
    changed = sum(before[id] != after[id] for id in stayed)
    sources, unaccounted = db.execute(
        "SELECT count(*), coalesce(sum(unaccounted), 0) FROM sources"
    ).fetchone()
    return BuildReport(
        documents=counts.documents,
        added=fresh - len(stayed),
        changed=changed,
        removed=len(before) - len(stayed),
        unchanged=counts.documents - fresh + len(stayed) - changed,
        undated=counts.undated,
        without_sender=counts.without_sender,
        without_recipient=counts.without_recipient,
        unread=tuple({"path": path, "reason": reason} for path, reason in sorted(unread)),
        unaccounted_characters=unaccounted,
        seconds=round(time.perf_counter() - started, 3),
        edition=str(folder),
        sources=sources,
        warnings=tuple(sorted(warnings)),
    )


@contextmanager
def _clear_errors(folder: Path) -> Iterator[None]:
    """Turn what the system and SQLite say of a full disk or a locked folder into one line."""
    kept = "the last good edition stays in place" if (folder / RECORD).exists() else ""
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        reason = "the disk is full" if full else (error.strerror or str(error)).lower()
        raise EditionError(f"{folder}: cannot be written: {reason}", kept) from error
    except sqlite3.Error as error:
        full = "full" in str(error) or "disk I/O" in str(error)
        reason = "the disk is full" if full else str(error)
        raise EditionError(f"{folder}: cannot be written: {reason}", kept) from error
