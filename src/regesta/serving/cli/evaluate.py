"""`regesta evaluate`: how right describing is on marked-up sources, and where both disagree."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from regesta.serving.cli.options import TEXT, command, json_option, listed, quiet_option
from regesta.serving.cli.output import (
    counted,
    number,
    out,
    out_bytes,
    out_json,
    remark,
    safe,
    style,
    table,
    warn,
    wrapped,
)

if TYPE_CHECKING:
    from regesta.auditing.disagreement import Judgement
    from regesta.edition.evaluating.describing import Evaluation, Tally

SHOWN = 40
"""Disagreements that are listed where no limit is given."""
FIELDS = ("date", "received", "sender", "recipient", "place", "number", "file_number", "kind")
VERDICTS = ("wrong", "abstained", "extra")
_HEAD = (
    "",
    "",
    "given",
    "right",
    "strictly",
    "wrong",
    "abstained",
    "unprinted",
    "none given",
    "yet read",
)


@command(
    "evaluate",
    """
regesta evaluate volume.xml
regesta evaluate letters/ --field date --limit 100
regesta evaluate volume.xml --verdict wrong --disagreements-only
regesta evaluate letters/ --csv > disagreements.csv
regesta evaluate --acts gold.jsonl volume.xml
regesta evaluate letters/ --json | jq '.fields[] | select(.collection == null)'
""",
)
@click.argument("sources", nargs=-1, type=click.Path(), metavar="SOURCE...")
@click.option(
    "--acts",
    type=click.Path(),
    metavar="GOLD",
    help="Measure acts against a gold file, one paragraph with its acts a line.",
)
@click.option("--field", multiple=True, type=TEXT, metavar="NAMES", help="Only date, sender…")
@click.option(
    "--verdict",
    multiple=True,
    type=TEXT,
    metavar="NAMES",
    help="Only disagreements that are wrong, abstained or extra.",
)
@click.option("--volumes", is_flag=True, help="Figures for every collection, too.")
@click.option("--disagreements-only", is_flag=True, help="Leave the figures out.")
@click.option(
    "--limit",
    type=click.IntRange(0),
    metavar="N",
    help=f"How many disagreements; {SHOWN} by default, all with --json and --csv.",
)
@click.option("--workers", type=click.IntRange(0), metavar="N", help="Processes to share it.")
@click.option("--csv", "as_csv", is_flag=True, help="Write the disagreements as a table.")
@json_option
@quiet_option
def evaluate_command(
    sources: tuple[str, ...],
    acts: str | None,
    field: tuple[str, ...],
    verdict: tuple[str, ...],
    volumes: bool,
    disagreements_only: bool,
    limit: int | None,
    workers: int | None,
    as_csv: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Measure describing on marked-up SOURCES: strip the mark-up, describe what is left, compare.

    SOURCE is anything whose mark-up or header gives dates or parties: TEI, LIDO, texts with front
    matter, described lines (.jsonl), an edition. Only words are described: no attribute, no id and
    no header value is left. Then come the disagreements, those first that the mark-up probably
    causes: read them as a list of corrections.

    With --acts, paragraphs of a gold file are read in SOURCES, or with their heading alone where
    none are given; then come the errors by their cause.
    """
    if acts is not None:
        from regesta.serving.cli.evaluate_acts import evaluate_acts_command

        most = limit if limit is not None else 10**9 if as_json else SHOWN
        evaluate_acts_command(acts, sources, limit=most, as_json=as_json)
        return
    if not sources:
        raise click.UsageError("no SOURCE is given; name files, folders or an edition")
    from regesta.edition.evaluating.describing import evaluate
    from regesta.serving.cli.progress import told

    fields = listed(field, FIELDS, "--field")
    verdicts = listed(verdict, VERDICTS, "--verdict")
    with told("Evaluating", quiet=quiet) as tell:
        found = evaluate(sources, fields=fields, workers=workers, progress=tell)
    chosen = [j for j in found.disagreements if not verdicts or j.verdict in verdicts]
    most = limit if limit is not None else len(chosen) if as_json or as_csv else SHOWN
    if as_json:
        from regesta.serving.answers.audit import evaluation_answer

        out_json(evaluation_answer(found, chosen[:most]))
        return
    if as_csv:
        from regesta.serving.answers.audit import disagreements_table

        out_bytes(disagreements_table(chosen[:most]).encode("utf-8", "replace"))
        return
    for line in found.unread if not quiet else ():
        warn(f"{line['path']}: {line['reason']}")
    if not disagreements_only:
        _write_figures(found, volumes=volumes)
    _write_disagreements(chosen, most)


def _write_figures(found: "Evaluation", *, volumes: bool) -> None:
    papers = counted(found.documents, "document")
    if found.enclosures:
        papers += f" and {counted(found.enclosures, 'enclosed paper')}"
    out(style(papers, bold=True) + f" in {found.seconds:.1f} s")
    if found.unmarked:
        remark(f"{counted(found.unmarked, 'document')} without any mark-up of theirs left out")
    groups: dict[str, list[Tally]] = {}
    for tally in found.tallies:
        groups.setdefault(tally.collection, []).append(tally)
    for collection, tallies in groups.items():
        if collection and not volumes:
            continue
        out()
        if collection:
            out(style(safe(collection), bold=True))
        rows = [_row(tally) for tally in tallies if tally.given or tally.extra]
        table([_HEAD, *rows], right=range(2, 10), indent="  ")
    remark(
        "\nright + wrong + abstained = given; unprinted: wrong or abstained where the mark-up "
        "gives what the paper prints nowhere; yet read: of the papers for which it gives none"
    )


def _row(tally: "Tally") -> tuple[str, ...]:
    def share(value: int) -> str:
        return f"{value / tally.given:.4f}" if tally.given else "–"

    shares = [share(n) for n in (tally.right, tally.exact, tally.wrong, tally.abstained)]
    rest = [number(n) for n in (tally.unprinted, tally.none + tally.extra, tally.extra)]
    return (tally.unit, tally.field.replace("_", " "), number(tally.given), *shares, *rest)


def _write_disagreements(chosen: Sequence["Judgement"], most: int) -> None:
    out()
    out(style(counted(len(chosen), "disagreement"), bold=True))
    if not chosen:
        out("  Mark-up and words agree in everything that was compared.")
    for j in chosen[:most]:
        out()
        out(f"{style(safe(j.unit), fg='blue')}  {j.field.replace('_', ' ')}, {j.verdict}")
        rows = [("mark-up", safe(j.given) or "–"), ("words say", safe(j.read) or "–")]
        table(rows, indent="  ")
        out(_words(j))
        if j.why:
            out(wrapped(f"{j.why} ({j.likely:.2f} that the mark-up errs)", indent="  "))
    if len(chosen) > most:
        remark(f"\n{number(most)} of {number(len(chosen))} shown; --limit shows more")


def _words(j: "Judgement") -> str:
    """The words on one line, those that are read marked."""
    if j.mark is None:
        return f"  “{safe(j.words)}”"
    start, end = j.mark
    marked = style(safe(j.words[start:end]), bold=True, fg="red")
    return f"  “…{safe(j.words[:start])}{marked}{safe(j.words[end:])}…”"
