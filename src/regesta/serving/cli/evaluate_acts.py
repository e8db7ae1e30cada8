"""`regesta evaluate --acts GOLD`: how right acts are, by tier and group, and why they are wrong."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regesta.serving.cli.output import (
    counted,
    number,
    out,
    out_json,
    remark,
    safe,
    style,
    table,
    wrapped,
)

if TYPE_CHECKING:
    from regesta.auditing.acts_figures import ActFigures
    from regesta.auditing.acts_match import Verdict
    from regesta.edition.evaluating.acts import ActsEvaluation, Judged

_HEAD = ("", "gold", "found", "at its place", "of gold", "strictly", "of gold", "polarity wrong")


def evaluate_acts_command(
    gold: str, sources: tuple[str, ...], *, limit: int, as_json: bool
) -> None:
    """Measure and print; see the command."""
    from regesta.edition.building.pipeline import read
    from regesta.edition.evaluating.acts import evaluate_acts, half, read_gold

    paragraphs = read_gold(gold)
    documents = [document for source in sources for document in read(Path(source))]
    found = evaluate_acts(paragraphs, documents)
    if as_json:
        out_json(acts_answer(found, limit))
        return
    halves = Counter(half(paragraph.id) for paragraph in paragraphs)
    out(
        style(counted(len(found.paragraphs), "paragraph"), bold=True) + f" in {found.seconds:.1f} s"
    )
    if found.missing:
        remark(f"{counted(len(found.missing), 'paragraph')} not in its document: left out")
    rows = [_row("all", found.all), _row("certain", found.certain)]
    rows += [_row(name, counts) for name, counts in found.groups.items() if counts.gold]
    table([_HEAD, *rows], right=range(1, 8), indent="  ")
    out()
    causes = ", ".join(f"{cause} {number(n)}" for cause, n in found.all.causes.items())
    out("causes: " + (causes or "none"))
    if found.lost:
        lost = ", ".join(f"{step} {number(n)}" for step, n in found.lost.items())
        out("lost at: " + lost)
    remark(f"halves by a stable hash of the ids: {dict(halves)}")
    _write_errors(found, limit)


def _row(name: str, counts: "ActFigures") -> tuple[str, ...]:
    def share(value: float | None) -> str:
        return "–" if value is None else f"{value:.2f}"

    return (
        name,
        number(counts.gold),
        number(counts.found),
        share(counts.precision),
        share(counts.recall),
        share(counts.strict_precision),
        share(counts.strict_recall),
        number(counts.polarity),
    )


def _write_errors(found: "ActsEvaluation", limit: int) -> None:
    shown = 0
    for paragraph in found.paragraphs:
        for n, verdict in enumerate(paragraph.verdicts):
            if not verdict.cause or shown >= limit:
                continue
            shown += 1
            out()
            out(style(verdict.cause, bold=True) + f"  {safe(paragraph.id)}")
            for line in [*_lines(paragraph, verdict), *_where(paragraph, n)]:
                out(wrapped(safe(line), indent="  ", hanging="    "))


def _lines(paragraph: "Judged", verdict: "Verdict") -> list[str]:
    lines = []
    if verdict.found is not None and verdict.found.span is not None:
        act = verdict.found
        start, end = verdict.found.span
        words = paragraph.text[start - paragraph.offset : end - paragraph.offset]
        lines.append(f"found: {act.actor} {act.act} ({act.polarity}, {act.modality}): {words}")
    if verdict.gold is not None:
        gold = verdict.gold
        words = paragraph.text[gold.start : gold.end]
        lines.append(f"gold:  {gold.actor} {gold.act} ({gold.polarity}, {gold.modality}): {words}")
    return lines


def _where(paragraph: "Judged", n: int) -> list[str]:
    """Where the grammar lost the act of a verdict."""
    loss = paragraph.lost.get(n)
    if loss is None:
        return []
    told = ", ".join(filter(None, (loss.word, loss.why)))
    return [f"lost at: {loss.step}" + (f" ({told})" if told else "")]


def acts_answer(found: "ActsEvaluation", limit: int) -> dict[str, Any]:
    """The evaluation as JSON: figures of both tiers and of every group, and the errors."""
    from regesta.documents.line import act_line

    errors = [
        {
            "id": paragraph.id,
            "cause": verdict.cause,
            "found": act_line(verdict.found) if verdict.found else None,
            "gold": verdict.gold._asdict() if verdict.gold else None,
            "lost_at": paragraph.lost[n]._asdict() if n in paragraph.lost else None,
        }
        for paragraph in found.paragraphs
        for n, verdict in enumerate(paragraph.verdicts)
        if verdict.cause
    ]
    return {
        "paragraphs": len(found.paragraphs),
        "missing": list(found.missing),
        "all": _figures(found.all),
        "certain": _figures(found.certain),
        "groups": {name: _figures(counts) for name, counts in found.groups.items()},
        "lost_at": found.lost,
        "errors": errors[:limit],
    }


def _figures(counts: "ActFigures") -> dict[str, Any]:
    return {
        "gold": counts.gold,
        "found": counts.found,
        "precision": counts.precision,
        "recall": counts.recall,
        "strict_precision": counts.strict_precision,
        "strict_recall": counts.strict_recall,
        "polarity_wrong": counts.polarity,
        "causes": counts.causes,
    }
