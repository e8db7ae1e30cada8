"""The audit and the evaluation as JSON and as tables: one shape for command line, API and pages."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from regesta.auditing.disagreement import Judgement
    from regesta.edition.audit.shelf import AuditFinding, AuditResult
    from regesta.edition.evaluating.describing import Evaluation, Tally

#: Cells that a spreadsheet would run as a formula begin so.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Dismissed(msgspec.Struct):
    """An editor's decision that a finding needs no mending."""

    why: str


class FindingLine(msgspec.Struct):
    """Something that looks wrong, with both values and why."""

    id: str
    document: str | None
    collection: str
    enclosure: str | None
    kind: str
    words: str
    span: tuple[int, int] | None
    values: dict[str, str]
    why: str
    confidence: float
    others: list[str]
    dismissed: Dismissed | None


class AuditCount(msgspec.Struct):
    """A facet's value with its count."""

    value: str
    count: int
    label: str


class AuditAnswer(msgspec.Struct):
    """What looks wrong in an edition, the most certain first."""

    total: int
    open: int
    dismissed: int
    documents: int
    looked_at: list[str]
    facets: dict[str, list[AuditCount]]
    findings: list[FindingLine]


def finding_line(found: "AuditFinding") -> FindingLine:
    """A finding as JSON has it."""
    finding = found.finding
    return FindingLine(
        id=finding.id,
        document=finding.document or None,
        collection=finding.collection,
        enclosure=finding.enclosure or None,
        kind=finding.kind,
        words=finding.words,
        span=finding.span,
        values=finding.values,
        why=finding.why,
        confidence=finding.confidence,
        others=list(finding.others),
        dismissed=Dismissed(found.dismissed.why) if found.dismissed else None,
    )


def audit_answer(result: "AuditResult") -> AuditAnswer:
    """The audit as JSON has it."""
    return AuditAnswer(
        total=result.total,
        open=result.open,
        dismissed=result.dismissed,
        documents=result.documents,
        looked_at=list(result.looked_at),
        facets={
            name: [AuditCount(row.value, row.count, row.label) for row in rows]
            for name, rows in result.facets.items()
        },
        findings=[finding_line(found) for found in result.findings],
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(head)
    for row in rows:
        cells = [str(cell) for cell in row]
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells])
    return stream.getvalue()


def audit_table(result: "AuditResult") -> str:
    """The audit as CSV, a finding a row."""
    head = "id document enclosure collection kind confidence words start end values why dismissed"
    rows = []
    for found in result.findings:
        f = found.finding
        start, end = f.span or ("", "")
        values = "; ".join(f"{label}: {value}" for label, value in f.values.items())
        reason = found.dismissed.why if found.dismissed else ""
        rows.append(
            (f.id, f.document, f.enclosure, f.collection, f.kind, f.confidence, f.words, start,
             end, values, f.why, reason)
        )  # fmt: skip
    return _table(head.split(), rows)


# Evaluation.


class TallyLine(msgspec.Struct):
    """Counts of one field, of one kind of unit, in one collection or (null) in all."""

    field: str
    unit: str
    collection: str | None
    given: int
    right: int
    strict: int
    wrong: int
    abstained: int
    unprinted: int
    extra: int
    none: int
    precision: float | None
    recall: float | None


class DisagreementLine(msgspec.Struct):
    """A field whose mark-up and whose words disagree, or of which only one says anything."""

    id: str
    unit: str
    collection: str
    field: str
    verdict: str
    given: str | None
    read: str | None
    words: str
    mark: tuple[int, int] | None
    rule: str | None
    confidence: float
    likely: float
    why: str


class EvaluationAnswer(msgspec.Struct):
    """How right describing is on some sources."""

    documents: int
    enclosures: int
    unmarked: int
    fields: list[TallyLine]
    disagreements: list[DisagreementLine]
    unread: list[dict[str, str]]
    seconds: float


def evaluation_answer(
    found: "Evaluation", disagreements: Sequence["Judgement"]
) -> EvaluationAnswer:
    """An evaluation as JSON has it, with some of its disagreements."""
    return EvaluationAnswer(
        documents=found.documents,
        enclosures=found.enclosures,
        unmarked=found.unmarked,
        fields=[tally_line(tally) for tally in found.tallies],
        disagreements=[_disagreement(j) for j in disagreements],
        unread=list(found.unread),
        seconds=found.seconds,
    )


def tally_line(tally: "Tally") -> TallyLine:
    """Counts as JSON has them."""
    return TallyLine(
        field=tally.field,
        unit=tally.unit,
        collection=tally.collection or None,
        given=tally.given,
        right=tally.right,
        strict=tally.exact,
        wrong=tally.wrong,
        abstained=tally.abstained,
        unprinted=tally.unprinted,
        extra=tally.extra,
        none=tally.none,
        precision=_rounded(tally.precision),
        recall=_rounded(tally.recall),
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _disagreement(j: "Judgement") -> DisagreementLine:
    return DisagreementLine(
        id=j.unit,
        unit=j.kind,
        collection=j.collection,
        field=j.field,
        verdict=j.verdict,
        given=j.given or None,
        read=j.read or None,
        words=j.words,
        mark=j.mark,
        rule=j.rule or None,
        confidence=j.confidence,
        likely=j.likely,
        why=j.why,
    )


def disagreements_table(disagreements: Sequence["Judgement"]) -> str:
    """Disagreements as CSV, one a row."""
    head = "id unit collection field verdict given read words rule confidence likely why"
    return _table(
        head.split(),
        [
            (j.unit, j.kind, j.collection, j.field, j.verdict, j.given, j.read, j.words, j.rule,
             j.confidence, j.likely, j.why)
            for j in disagreements
        ],
    )  # fmt: skip
