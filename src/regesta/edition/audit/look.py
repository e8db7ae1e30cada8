"""The audit of an edition: documents stream past all auditors, their findings are merged.

A collection is looked through at a time and then forgotten, so memory does not grow with the
edition. Large editions are shared out among processes, a collection to each.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from regesta.auditing.base import Finding
from regesta.auditing.registry import Auditors
from regesta.documents.failures import Failed, Failure
from regesta.edition.audit.desk import EditionDesk
from regesta.edition.building.errands import processors, run
from regesta.edition.contents import summary
from regesta.edition.late import Progress
from regesta.edition.record.shelf import Shelf
from regesta.edition.record.store import Record

#: From so many documents on, looking through is shared among processes.
MANY = 15_000
#: Documents after which progress is told.
_STEP = 250
#: So many other papers with the same slip are worth telling.
COMPANY = 4
#: What one slip can look like from several sides: the first kinds of a line stand for the others.
_SAME_SLIP = (
    (
        "date.month-of-receipt", "date.old-style", "date.year", "date.month", "date.differs",
        "date.no-year", "date.impossible", "date.offset", "date.weekday", "date.day-added",
        "date.received-before-sent", "date.volume-years", "date.out-of-order",
    ),
)  # fmt: skip
#: Kinds whose findings are slips of many sorts.
_UNLIKE = frozenset(("date.differs",))
_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(tuple[list[Finding], list[Failure]])


def find(
    folder: Path,
    record: Record,
    shelf: Shelf,
    *,
    progress: Progress | None = None,
    workers: int | None = None,
    failed: Failed,
) -> Iterator[Finding]:
    """Look through a whole edition.

    Args:
        folder: The edition.
        record: Its open record.
        shelf: Its documents.
        progress: Called as documents are looked through.
        workers: Processes; None decides by the number of documents, 0 uses none.
        failed: Told of auditors that fail; such a one is left out to the collection's end.

    Yields:
        Findings, collection by collection, merged and not yet in order.

    Raises:
        EditionError: The edition was built again while processes were looking through it.
    """
    rows = record.rows("SELECT id, documents FROM collections ORDER BY rank")
    total = sum(count for _, count in rows)
    tell = progress or (lambda done, all, name: None)
    if workers is None:
        workers = 0 if total < MANY else processors()
    if workers > 1 and len(rows) > 1 and not record.replaced:
        yield from _shared(folder, rows, total, tell, workers, failed)
        record.check_current()  # processes of their own open it by its name
    else:
        done = 0
        for id, count in rows:
            yield from of_collection(
                record, shelf, id, _counting(tell, done, total, id), failed=failed
            )
            done += count
    tell(total, total, "the same day's papers")
    auditors = Auditors(EditionDesk(record, shelf), failed=failed)
    yield from numbered(auditors.edition())


def of_collection(
    record: Record,
    shelf: Shelf,
    id: str,
    tell: Callable[[int], None] | None = None,
    *,
    failed: Failed,
) -> list[Finding]:
    """Look through one collection."""
    auditors = Auditors(EditionDesk(record, shelf), failed=failed)
    found: list[Finding] = []
    for n, document in enumerate(shelf.documents(id, None), 1):
        found += auditors.document(document)
        if tell and n % _STEP == 0:
            tell(n)
    found += auditors.collection(summary(record, id).collection)
    return numbered(with_company(merged(found)))


def _counting(tell: Progress, done: int, total: int, name: str) -> Callable[[int], None]:
    def count(n: int) -> None:
        tell(done + n, total, name)

    return count


def merged(found: Iterable[Finding]) -> list[Finding]:
    """Keep one finding of a slip that shows from several sides."""
    kept: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in found:
        group = next((g[0] for g in _SAME_SLIP if finding.kind in g), finding.kind)
        key = (finding.document or finding.words, finding.enclosure, group)
        kept.setdefault(key, []).append(finding)
    chosen: list[Finding] = []
    for (_, _, group), findings in kept.items():
        if group == "party.spelling" and len(findings) > 1:
            findings = _one_a_word(findings)
        order = next((g for g in _SAME_SLIP if g[0] == group), ())
        if order and len(findings) > 1:
            first = min(order.index(f.kind) for f in findings)
            findings = [f for f in findings if order.index(f.kind) == first or _apart(f, findings)]
        chosen += findings
    return chosen


def with_company(found: Sequence[Finding]) -> list[Finding]:
    """Say of a slip of dates how many other papers of the collection show it too."""
    kinds = Counter(finding.kind for finding in found if finding.field == "date")
    made = []
    for finding in found:
        others = kinds[finding.kind] - 1
        if others >= COMPANY:
            slip = "such a slip" if finding.kind in _UNLIKE else "the same slip"
            why = f"{finding.why} {others} other papers of this collection show {slip}."
            finding = msgspec.structs.replace(finding, why=why)
        made.append(finding)
    return made


def _apart(finding: Finding, others: Sequence[Finding]) -> bool:
    """Whether a finding about a date's words stands elsewhere than all the others."""
    if finding.kind in _SAME_SLIP[0][-3:] or finding.span is None:
        return False
    return all(
        other is finding
        or other.span is None
        or other.span[1] <= finding.span[0]
        or finding.span[1] <= other.span[0]
        for other in others
    )


def _one_a_word(findings: list[Finding]) -> list[Finding]:
    best: dict[str, Finding] = {}
    for finding in findings:
        last = best.get(finding.words)
        if last is None or finding.confidence > last.confidence:
            best[finding.words] = finding
    return list(best.values())


def numbered(found: Iterable[Finding]) -> list[Finding]:
    """Tell apart findings that would have the same id."""
    seen: dict[str, int] = {}
    made = []
    for finding in found:
        n = seen[finding.id] = seen.get(finding.id, 0) + 1
        made.append(msgspec.structs.replace(finding, n=n) if n > 1 else finding)
    return made


# Shared among processes.


def _shared(
    folder: Path,
    rows: Sequence[tuple[str, int]],
    total: int,
    tell: Progress,
    workers: int,
    failed: Failed,
) -> Iterator[Finding]:
    """Have each collection looked through by a process of its own, the largest first."""
    rows = sorted(rows, key=lambda row: (-row[1], row[0]))
    errands = [msgspec.json.encode([str(folder), id]) for id, _ in rows]
    done = 0
    for n, found in run("regesta.edition.audit.look:answer", errands, workers):
        id, count = rows[n]
        done += count
        tell(done, total, id)
        findings, failures = _decoder.decode(found)
        for failure in failures:
            failed(failure)
        yield from findings


def answer(errand: bytes) -> bytes:
    """Look through one collection: folder and id in, findings and failures out."""
    folder, id = msgspec.json.decode(errand, type=list[str])
    record = Record(Path(folder))
    try:
        failures: list[Failure] = []
        found = of_collection(record, Shelf(record), id, failed=failures.append)
        return _encoder.encode((found, failures))
    finally:
        record.close()
