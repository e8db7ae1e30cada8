"""`regesta suggest`: subjects for documents that have none, learned from indexes or from a list."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regesta.edition.settings import LEAST, MOST_SHOWN
from regesta.errors import RegestaError
from regesta.serving.cli.options import (
    TEXT,
    command,
    edition_argument,
    json_option,
    opened,
    quiet_option,
)
from regesta.serving.cli.output import counted, number, out, out_json, safe, table
from regesta.serving.cli.progress import told

if TYPE_CHECKING:
    from regesta.edition import Edition
    from regesta.edition.suggesting.store import SuggestedSubject

SHOWN = 20
"""Headings that are listed for people, the most frequent."""


@command(
    "suggest",
    """
regesta suggest my.regesta
regesta suggest my.regesta --from indexed.regesta
regesta suggest my.regesta --vocabulary headings.txt
regesta suggest my.regesta --vocabulary thesaurus.ttl --least 0.5
regesta suggest my.regesta --document harbour/d12
regesta suggest my.regesta --json | jq '.suggestions[] | [.document, .label, .confidence]'
""",
)
@edition_argument
@click.option(
    "--vocabulary",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Suggest headings of this list only: plain text, one a line, or SKOS (.ttl, .rdf).",
)
@click.option(
    "--from", "sources", multiple=True, metavar="EDITION", help="Learn from this edition as well."
)
@click.option("--all", "everything", is_flag=True, help="Also where subjects are given.")
@click.option(
    "--least",
    type=click.FloatRange(0, 1),
    default=LEAST,
    show_default=True,
    metavar="0..1",
    help="Least confidence of a suggestion.",
)
@click.option(
    "--most",
    type=click.IntRange(1, 50),
    default=MOST_SHOWN,
    show_default=True,
    help="Suggestions a document.",
)
@click.option(
    "--document",
    default="",
    type=TEXT,
    metavar="ID",
    help="Show what is already suggested for this document; nothing is made anew.",
)
@json_option
@quiet_option
def suggest_command(
    edition: str,
    vocabulary: Path | None,
    sources: tuple[str, ...],
    everything: bool,
    least: float,
    most: int,
    document: str,
    as_json: bool,
    quiet: bool,
) -> None:
    """Suggest subjects for the documents of EDITION that have none.

    What documents with an index are about is learned: from this edition, from others, and from
    the headings of a list. Suggestions stand beside the record, are always marked as such with the
    words that led to them and how sure they are, and never mix with the subjects of the source.
    They belong to one build: make them again after the next.
    """
    with ExitStack() as stack:
        shelf = stack.enter_context(opened(edition))
        if document:
            _show(shelf, document, as_json)
            return
        others = [stack.enter_context(opened(path)) for path in sources]
        with told("Suggesting", unit="documents", quiet=quiet) as tell:
            report = shelf.suggest(
                learn_from=others,
                vocabulary=vocabulary,
                everything=everything,
                least=least,
                most=most,
                progress=lambda done, total: tell(done, total, ""),
            )
        if as_json:
            out_json({**_plain(report), "suggestions": list(shelf.suggestions.all())})
            return
        out(
            f"{counted(report.suggestions, 'suggestion')} for {number(report.suggested_for)} of "
            f"{counted(report.documents, 'document')}; {counted(report.headings, 'heading')} of "
            f"{number(report.known)} known, learned from {counted(report.learned_from, 'document')}"
        )
        headings = sorted(shelf.suggestions.headings(), key=lambda h: (-h.count, h.label))
        table([(number(h.count), safe(h.label)) for h in headings[:SHOWN]], right=(0,), indent="  ")
        if len(headings) > SHOWN:
            out(f"  … and {number(len(headings) - SHOWN)} more")


def _plain(report: object) -> dict[str, object]:
    import msgspec

    plain: dict[str, object] = msgspec.to_builtins(report)
    return plain


def _show(shelf: "Edition", id: str, as_json: bool) -> None:
    shelf.document(id)
    found = shelf.suggestions.of(id)
    if as_json:
        out_json(found)
        return
    if shelf.suggestions.report() is None:
        raise RegestaError(
            f"{shelf.path}: nothing is suggested for this build yet", "regesta suggest EDITION"
        )
    for line in _lines(found):
        out(line)
    if not found:
        out("no subject is suggested for this document")


def _lines(found: "list[SuggestedSubject]") -> Iterator[str]:
    for suggested in found:
        words = ", ".join(suggested.words)
        why = " and ".join(suggested.rules)
        yield f"{suggested.confidence:.0%}  {safe(suggested.label)}  ({safe(words or why)}; {why})"
