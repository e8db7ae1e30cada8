"""`regesta audit`: what looks wrong in an edition, the most certain first; and dismissing it."""

from typing import TYPE_CHECKING

import click

from regesta.serving.cli.options import (
    TEXT,
    command,
    edition_argument,
    failed,
    json_option,
    opened,
    quiet_option,
)
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
    wrapped,
)
from regesta.serving.cli.progress import told

if TYPE_CHECKING:
    from regesta.edition import Edition
    from regesta.edition.audit.shelf import AuditFinding, AuditResult

SHOWN = 50
"""Findings that are listed for people where no limit is given."""
EVERYTHING = 1_000_000
LONGEST = 160
"""Longest value that is shown for people, in characters."""


@command(
    "audit",
    """
regesta audit my.regesta
regesta audit my.regesta --kind date --confidence 0.9
regesta audit my.regesta --json | jq '.findings[] | [.document, .kind, .why]'
regesta audit my.regesta --csv > findings.csv
regesta audit my.regesta --dismiss 3f9a0c21d7be --why 'so in the original'
""",
)
@edition_argument
@click.option(
    "--kind",
    multiple=True,
    type=TEXT,
    metavar="KIND",
    help="A field (date, party, number, page, reference, note, duplicate, document) or a kind.",
)
@click.option(
    "--collection", multiple=True, type=TEXT, metavar="ID", help="Only of these collections."
)
@click.option("--document", default="", type=TEXT, metavar="ID", help="Only of this document.")
@click.option(
    "--confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="0..1",
    help="Only findings at least so sure.",
)
@click.option(
    "--state",
    type=click.Choice(["open", "dismissed", "all"]),
    default="open",
    show_default=True,
    help="Those that are open, that an editor dismissed, or all.",
)
@click.option(
    "--limit",
    type=click.IntRange(0),
    metavar="N",
    help=f"How many findings; {SHOWN} by default, all with --json and --csv.",
)
@click.option(
    "--offset", type=click.IntRange(0), default=0, metavar="N", help="How many to pass over first."
)
@click.option("--csv", "as_csv", is_flag=True, help="Write a table for spreadsheets.")
@click.option("--dismiss", default="", type=TEXT, metavar="FINDING", help="Dismiss a finding.")
@click.option("--why", default="", type=TEXT, metavar="WORDS", help="Why it is dismissed.")
@json_option
@quiet_option
def audit_command(
    edition: str,
    kind: tuple[str, ...],
    collection: tuple[str, ...],
    document: str,
    confidence: float,
    state: str,
    limit: int | None,
    offset: int,
    as_csv: bool,
    dismiss: str,
    why: str,
    as_json: bool,
    quiet: bool,
) -> None:
    """List what looks wrong in EDITION, the most certain first.

    Each finding names the document, its words, what stands against what, and why. The edition is
    looked through once after each build; then the answer is there at once. Nothing is mended: a
    finding is for an editor to judge. --dismiss writes lines to decisions/audit.toml in the
    edition's folder, which is yours to keep under version control.
    """
    with opened(edition) as shelf:
        with told("Looking through", unit="documents", quiet=quiet) as tell:
            result = shelf.audit(
                kind=kind,
                collection=collection,
                document=document,
                confidence=confidence,
                state=state,
                limit=_limit(limit, whole=as_json or as_csv),
                offset=offset,
                progress=tell,
            )
        if dismiss:
            _dismiss(shelf, dismiss, why, quiet=quiet)
            return
        if as_csv:
            from regesta.serving.answers.audit import audit_table

            out_bytes(audit_table(result).encode("utf-8", "replace"))
        elif as_json:
            from regesta.serving.answers.audit import audit_answer

            out_json(audit_answer(result))
        else:
            _write(result, offset)


def _limit(limit: int | None, *, whole: bool) -> int:
    return limit if limit is not None else EVERYTHING if whole else SHOWN


def _dismiss(shelf: "Edition", finding: str, why: str, *, quiet: bool) -> None:
    if not why.strip():
        raise failed("a finding is dismissed for a reason", "add --why 'so in the original'")
    path = shelf.audit.dismiss(finding, why=why.strip())
    remark(f"dismissed in {path}", quiet=quiet)


def _write(result: "AuditResult", offset: int) -> None:
    documents = counted(result.documents, "document")
    out(style(f"{counted(result.total, 'finding')} in {documents}", bold=True))
    if result.dismissed:
        remark(f"{number(result.dismissed)} dismissed; --state dismissed shows them")
    if result.stale:
        remark(f"{number(result.stale)} dismissed findings are no longer there")
    if not result.total:
        out()
        out("Nothing found. What was looked at:")
        for line in result.looked_at:
            out(wrapped(line, indent="  "))
        return
    for found in result.findings:
        out()
        _write_finding(found)
    last = offset + len(result.findings)
    if last < result.total:
        remark(f"\n{number(offset + 1)}–{number(last)} shown; --offset {last} goes on")


def _write_finding(found: "AuditFinding") -> None:
    finding = found.finding
    out(f"{style(safe(finding.kind), bold=True)}  {finding.confidence:.2f}")
    where = finding.document or f"{finding.collection}, outside its documents"
    if finding.enclosure:
        where += f", enclosure {finding.enclosure}"
    label = f"  {safe(found.label)}" if found.label else ""
    out(f"  {style(safe(where), fg='blue')}{label}")
    rows = [(safe(label), f"“{_short(value)}”" if label == "printed" else _short(value))
            for label, value in finding.values.items()]  # fmt: skip
    table(rows, indent="  ")
    out(wrapped(finding.why, indent="  "))
    if found.dismissed:
        out(wrapped(f"dismissed: {found.dismissed.why}", indent="  "))
    out(f"  {style(finding.id, dim=True)}")


def _short(value: str) -> str:
    value = safe(" ".join(value.split()))
    return value if len(value) <= LONGEST else f"{value[:LONGEST].rsplit(' ', 1)[0]} …"
