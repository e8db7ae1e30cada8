"""`regesta links`, `thread`, `silences`: what documents say of one another, and what is missing."""

from typing import TYPE_CHECKING

import click

from regesta.serving.choices import LINK_KINDS, STANDINGS
from regesta.serving.cli.options import (
    TEXT,
    command,
    document_argument,
    edition_argument,
    here,
    json_option,
    opened,
    quiet_option,
)
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
from regesta.serving.cli.progress import told

if TYPE_CHECKING:
    from regesta.edition import Edition
    from regesta.edition.links.lists import SilenceResult
    from regesta.edition.links.shelf import ThreadOfDocuments
    from regesta.edition.links.store import StoredLink

SHOWN = 50
"""Links or silences that are listed for people where no limit is given."""
_ARROWS = {True: "→", False: "←"}


@command(
    "links",
    """
regesta links my.regesta frus1918Russiav03/d101
regesta links my.regesta frus1918Russiav03/d101 --kind reply
regesta links my.regesta frus1918Russiav03/d94 --kind counterpart
regesta links my.regesta --standing absent --limit 20
regesta links my.regesta --json | jq '.[] | select(.kind == "reply") | [.document, .target]'
""",
)
@edition_argument
@click.argument("id", type=TEXT, metavar="[ID]", default="", required=False)
@click.option(
    "--kind",
    multiple=True,
    type=TEXT,
    metavar="|".join(LINK_KINDS),
    help="Only links of these kinds.",
)
@click.option(
    "--standing",
    multiple=True,
    type=click.Choice(STANDINGS),
    help="asserted: enough agrees; candidate: some does; absent, not printed, open: none is here.",
)
@click.option(
    "--limit",
    type=click.IntRange(0),
    metavar="N",
    help=f"How many of the whole edition; {SHOWN} by default, all with --json.",
)
@click.option(
    "--offset", type=click.IntRange(0), default=0, metavar="N", help="How many to pass over first."
)
@json_option
@quiet_option
def links_command(
    edition: str,
    id: str,
    kind: tuple[str, ...],
    standing: tuple[str, ...],
    limit: int | None,
    offset: int,
    as_json: bool,
    quiet: bool,
) -> None:
    """List what a document of EDITION says of others, and what others say of it.

    Without an ID, the links of the whole edition. Each names the words that make it, and what
    agreed. A reference that leads to no document here is listed too, with the reason. The edition
    is linked once after each build; then the answer is there at once.
    """
    whole = None if as_json else SHOWN
    with opened(edition) as shelf, told("Linking", unit="documents", quiet=quiet) as tell:
        id = here(shelf, id) if id else id
        found = shelf.links(
            id,
            kind=kind,
            standing=standing,
            limit=whole if limit is None else limit,
            offset=offset,
            progress=tell,
        )
        if as_json:
            from regesta.serving.answers.links import link_answer

            out_json([link_answer(link) for link in found])
            return
        _write_links(shelf, found, id)
        if not id and not quiet:
            total = shelf.links.count(kind=kind, standing=standing)
            if offset + len(found) < total:
                remark(f"\n{number(len(found))} of {number(total)} shown; --limit shows more")


def _write_links(shelf: "Edition", found: "list[StoredLink]", id: str) -> None:
    from regesta.serving.answers.links import STANDINGS, evidence_words
    from regesta.serving.cli.lines import regest_words

    if not found:
        remark("no link of this choice")
        return
    others = {x.link.target if x.document == id or not id else x.document for x in found}
    regests = {r.id: r for r in shelf.regests(sorted(others - {""}))}
    last = ""
    for stored in found:
        own = stored.document == id or not id
        if not id and stored.document != last:
            last = stored.document
            out(style(safe(last), bold=True))
        link, other = stored.link, stored.link.target if own else stored.document
        said = f"  “{safe(link.printed)}”" if link.printed else ""
        out(f"{_ARROWS[own]} {safe(link.kind)}{said}")
        if other in regests:
            out(wrapped(f"{regest_words(regests[other])}  {safe(other)}", indent="    "))
        why = evidence_words(link.evidence) or STANDINGS.get(stored.standing, stored.standing)
        days = link.evidence.get("days", "")
        after = f", after {counted(int(days), 'day')}" if days else ""
        out(wrapped(f"{why}{after}", indent="    "))


@command(
    "thread",
    """
regesta thread my.regesta frus1918Russiav03/d101
regesta thread my.regesta frus1918Russiav03/d101 --json | jq '.documents[].document'
""",
)
@edition_argument
@document_argument
@json_option
@quiet_option
def thread_command(edition: str, id: str, as_json: bool, quiet: bool) -> None:
    """List the documents of EDITION that answer and continue one another around a document.

    With --json null where the document stands in no thread.
    """
    with opened(edition) as shelf, told("Linking", unit="documents", quiet=quiet) as tell:
        id = here(shelf, id)
        shelf.links.find(tell)
        found = shelf.thread(id)
        if as_json:
            from regesta.serving.answers.links import thread_answer

            steps = found.steps if found else ()
            regests = {r.id: r for r in shelf.regests([step.document for step in steps])}
            out_json(thread_answer(found, regests) if found else None)
        elif found is None:
            remark("nothing here answers or continues this document, and it answers nothing")
        else:
            _write_thread(shelf, found, id)


def _write_thread(shelf: "Edition", found: "ThreadOfDocuments", id: str) -> None:
    from regesta.serving.cli.lines import regest_words

    regests = {r.id: r for r in shelf.regests([step.document for step in found.steps])}
    for step in found.steps:
        mark = "▸" if step.document == id else " "
        regest = regests.get(step.document)
        out(f"{mark} {regest_words(regest) if regest else ''}  {safe(step.document)}")
        for answered, days in step.answers:
            after = "" if days is None else f", after {counted(days, 'day')}"
            out(f"    answers {safe(answered)}{after}")
        for before in step.continues:
            out(f"    continues {safe(before)}")


@command(
    "silences",
    """
regesta silences my.regesta
regesta silences my.regesta --kind mentioned --sender 'Secretary of State'
regesta silences my.regesta --month 1918-10 --json | jq '.[] | [.first, .sender, .numbers]'
""",
)
@edition_argument
@click.option(
    "--kind",
    multiple=True,
    type=click.Choice(["mentioned", "number", "file"]),
    help="mentioned by documents, left out in a sender's numbered series (both unless told), or "
    "unprinted papers of a file.",
)
@click.option("--sender", multiple=True, type=TEXT, metavar="NAME", help="Whose documents.")
@click.option(
    "--month",
    multiple=True,
    type=TEXT,
    metavar="YYYY-MM",
    help="Of these months; 1918 and 191X are years.",
)
@click.option(
    "--limit",
    type=click.IntRange(0),
    metavar="N",
    help=f"How many; {SHOWN} by default, all with --json.",
)
@click.option(
    "--offset", type=click.IntRange(0), default=0, metavar="N", help="How many to pass over first."
)
@json_option
@quiet_option
def silences_command(
    edition: str,
    kind: tuple[str, ...],
    sender: tuple[str, ...],
    month: tuple[str, ...],
    limit: int | None,
    offset: int,
    as_json: bool,
    quiet: bool,
) -> None:
    """List what is not in EDITION though it should be: a list to take to the archive.

    Documents that others mention by number or day, and numbers that a sender's own series leaves
    out, each with the documents that bear witness to it. Papers of files that the edition did not
    print are counted apart: --kind file lists them.
    """
    with opened(edition) as shelf, told("Linking", unit="documents", quiet=quiet) as tell:
        result = shelf.silences(
            kind=kind,
            sender=sender,
            month=month,
            limit=limit if limit is not None else -1 if as_json else SHOWN,
            offset=offset,
            progress=tell,
        )
    if as_json:
        from regesta.serving.answers.links import silence_lines

        out_json(silence_lines(result))
    else:
        _write_silences(result, kind, offset)


def _write_silences(result: "SilenceResult", kinds: tuple[str, ...], offset: int) -> None:
    from regesta.serving.answers.links import kind_words, silence_heading, what_words, when_words

    out(style(silence_heading(result, kinds), bold=True))
    if "file" not in kinds and (apart := result.by_kind.get("file")):
        remark(f"apart from these: {kind_words('file', *apart)} (--kind file)")
    rows = [
        (safe(when_words(s)), safe(what_words(s)), ", ".join(map(safe, s.witnesses[:2])))
        for s in result.silences
    ]
    table(rows)
    last = offset + len(result.silences)
    if last < result.total:
        remark(f"\n{number(offset + 1)}–{number(last)} shown; --offset {last} goes on")
