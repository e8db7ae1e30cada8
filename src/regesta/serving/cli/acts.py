"""`regesta acts`: the ledger of who protests, proposes, refuses what, toward whom."""

import sys
from typing import TYPE_CHECKING

import click

from regesta.serving.cli.options import (
    TEXT,
    command,
    edition_argument,
    json_option,
    opened,
    quiet_option,
)
from regesta.serving.cli.output import counted, number, out, out_json, remark, safe, style, wrapped
from regesta.serving.cli.progress import told

if TYPE_CHECKING:
    from regesta.documents.ledger import StoredAct
    from regesta.edition.acts.asked import ActResult

SHOWN = 50
"""Acts that are listed for people where no limit is given."""


@command(
    "acts",
    """
regesta acts my.regesta --actor 'Soviet Russia' --addressee 'United States'
regesta acts my.regesta --between 'Great Britain' --between 'United States' --from 1918-09
regesta acts my.regesta --act protest --tier certain --limit 20
regesta acts my.regesta --group status --polarity negated
regesta acts my.regesta --format csv > acts.csv
regesta acts my.regesta --json | jq '.[] | [.actor, .act, .addressee, .document]'
""",
)
@edition_argument
@click.option(
    "--actor", multiple=True, type=TEXT, metavar="NAME", help="Who: a name, or a power for all its."
)
@click.option("--addressee", multiple=True, type=TEXT, metavar="NAME", help="Toward whom.")
@click.option(
    "--between",
    multiple=True,
    type=TEXT,
    metavar="NAME",
    help="Once: what it does and suffers. Twice: what the two do toward each other.",
)
@click.option("--act", multiple=True, type=TEXT, metavar="ACT", help="protest, propose, refuse…")
@click.option(
    "--group", multiple=True, type=TEXT, metavar="GROUP", help="tell, judge, ask, bind, answer…"
)
@click.option("--about", type=TEXT, default="", metavar="WORDS", help="Words of the matter.")
@click.option("--from", "first", type=TEXT, metavar="DATE", help="Documents of this day or later.")
@click.option("--to", "last", type=TEXT, metavar="DATE", help="Documents of this day or earlier.")
@click.option(
    "--polarity", multiple=True, type=click.Choice(["affirmed", "negated"]), help="Done, or denied."
)
@click.option(
    "--modality",
    multiple=True,
    type=click.Choice(["actual", "intended", "conditional", "requested"]),
    help="How far it is done.",
)
@click.option("--tier", multiple=True, type=click.Choice(["certain", "probable"]), help="How sure.")
@click.option("--reported-by", multiple=True, type=TEXT, metavar="NAME", help="Who reports it.")
@click.option("--collection", multiple=True, type=TEXT, metavar="ID", help="Only of these.")
@click.option("--document", type=TEXT, default="", metavar="ID", help="Only of this document.")
@click.option(
    "--limit",
    type=click.IntRange(0),
    metavar="N",
    help=f"How many; {SHOWN} by default, all with --json or csv.",
)
@click.option(
    "--offset", type=click.IntRange(0), default=0, metavar="N", help="How many to pass over first."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "csv"]),
    default="text",
    help="csv: the columns of `regesta export --format acts-csv`.",
)
@json_option
@quiet_option
def acts_command(
    edition: str,
    limit: int | None,
    offset: int,
    form: str,
    as_json: bool,
    quiet: bool,
    **asked: tuple[str, ...] | str | None,
) -> None:
    """List who does what toward whom by words in EDITION: protests, proposes, refuses, promises.

    Each row says how sure it is and stands with the words that prove it: in a probable one the
    actor or the verb leaves a doubt (--tier certain leaves those out). A name finds the actor as
    printed, a power all who speak for it, where that is known. The acts are found once after each
    build.
    """
    whole = -1 if as_json or form == "csv" else SHOWN
    with opened(edition) as shelf, told("Finding acts", unit="documents", quiet=quiet) as tell:
        found = shelf.acts(
            **asked,  # type: ignore[arg-type]
            limit=whole if limit is None else limit,
            offset=offset,
            progress=tell,
        )
        waiting = [] if quiet else shelf.acts.warnings()
    for warning in waiting:
        remark(warning)
    if as_json:
        from regesta.serving.answers.acts import act_lines

        out_json(act_lines(found.acts))
    elif form == "csv":
        from regesta.exporting.acts.tables import write_csv

        write_csv(found.acts, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    else:
        _write(found, offset, quiet)


def _write(found: "ActResult", offset: int, quiet: bool) -> None:
    for stored in found.acts:
        _write_act(stored)
    said = f"{counted(found.total, 'act')} in {counted(found.documents, 'document')}"
    out(style(f"{said} of {number(found.of)}", bold=True))
    if quiet:
        return
    last = offset + len(found.acts)
    if last < found.total:
        remark(f"{number(offset + 1)}–{number(last)} shown; --offset {last} goes on")
    if found.undated_excluded:
        remark(f"{counted(found.undated_excluded, 'act')} of undated documents left out")
    for name, near in found.unknown.items():
        hint = f"; near it: {', '.join(map(safe, near))}" if near else ""
        remark(f"no act has the name {safe(name)!r}{hint}")


def _write_act(stored: "StoredAct") -> None:
    from regesta.documents.dates import bounds_edtf
    from regesta.serving.answers.acts import matter_words, side_words, verb_words

    day = bounds_edtf(stored.earliest, stored.latest) or "undated"
    matter = matter_words(stored)
    tier = "certain, " if stored.act.tier == "certain" else ""
    more = f"{tier}{side_words(stored)}".removesuffix(", ")
    line = f"{safe(stored.act.actor)} {style(verb_words(stored), bold=True)}{safe(matter)}"
    line += f" ({safe(more)})"
    out(f"{day}  {line}")
    out(wrapped(f"“{safe(stored.words)}”  {safe(stored.document)}", indent="    "))
