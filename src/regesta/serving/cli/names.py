"""`regesta names`: the persons, places and powers in a text; which texts name a person."""

import click

from regesta.serving.cli.lines import regest_words
from regesta.serving.cli.options import TEXT, command, edition_argument, json_option, opened
from regesta.serving.cli.output import counted, out, out_json, remark, safe, style, table

KINDS = ("person", "place", "power", "organisation")


@command(
    "names",
    """
regesta names my.regesta harbour/d12
regesta names my.regesta harbour/d12 --kind person --json
regesta names my.regesta --mentions 'Harrow, Edmund T.'
""",
)
@edition_argument
@click.argument("id", type=TEXT, metavar="[ID]", required=False)
@click.option(
    "--kind", multiple=True, type=click.Choice(KINDS), help="Only these; all where none is given."
)
@click.option(
    "--mentions",
    default="",
    type=TEXT,
    metavar="PERSON",
    help="List the documents whose text names this person: an id or a name of the author index.",
)
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=50,
    show_default=True,
    help="Documents at most, with --mentions.",
)
@json_option
def names_command(
    edition: str, id: str | None, kind: tuple[str, ...], mentions: str, limit: int, as_json: bool
) -> None:
    """List the persons, places and powers that the text of document ID of EDITION names.

    Names are found by their titles, forenames and initials, and by what the edition's headings,
    signatures and lists name. A person has an id where exactly one fits. What the source marks up
    is "given", everything else "derived".
    """
    if bool(id) == bool(mentions):
        raise click.UsageError("give a document's ID or --mentions PERSON, one of them")
    if mentions:
        _mentions(edition, mentions, limit, as_json)
        return
    assert id is not None
    with opened(edition) as shelf:
        found = [name for name in shelf.names(id) if not kind or name.kind in kind]
    if as_json:
        out_json(found)
        return
    if not found:
        remark("no names were found in this text")
        return
    rows: dict[tuple[str, str, str, str], int] = {}
    for name in found:
        row = (name.kind, name.label or name.name, name.id, name.origin)
        rows[row] = rows.get(row, 0) + 1
    table(
        [
            (kind, safe(label), f"{times}×" if times > 1 else "", origin, safe(id))
            for (kind, label, id, origin), times in rows.items()
        ],
        right=(2,),
    )


def _mentions(edition: str, person: str, limit: int, as_json: bool) -> None:
    with opened(edition) as shelf:
        found = shelf.mentioning(person, limit=limit)
    if as_json:
        out_json([{"document": regest.id, "names": names} for regest, names in found])
        return
    for regest, names in found:
        words = ", ".join(dict.fromkeys(name.words for name in names))
        out(f"{style(safe(regest.id), bold=True)}  {regest_words(regest)}")
        out(f"  {safe(words)}")
    remark(counted(len(found), "document"))
