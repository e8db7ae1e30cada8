"""`regesta show`, `index` and `cite`: one document, one index, one citation of an edition."""

import click

from regesta.documents.numbers import whole_number
from regesta.serving.choices import INDEXES, STYLES
from regesta.serving.cli.options import (
    TEXT,
    command,
    document_argument,
    edition_argument,
    here,
    json_option,
    opened,
)
from regesta.serving.cli.output import number, out, out_bytes, out_json, remark, safe, table


@command(
    "show",
    """
regesta show my.regesta frus1918Russiav01/d101
regesta show my.regesta frus1918Russiav01/d101 --json | jq .senders
regesta show my.regesta frus1918Russiav01/d101 --format tei > d101.xml
""",
)
@edition_argument
@document_argument
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "tei"]),
    default="text",
    show_default=True,
    help="text to read; json with every fact; tei: the source's element as it stands, or made.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
def show_command(edition: str, id: str, form: str, as_json: bool) -> None:
    """Show one document of EDITION by its ID (collection/local-id)."""
    with opened(edition) as shelf:
        id = here(shelf, id)
        if as_json or form == "json":
            from regesta.documents import to_line

            out_json(to_line(shelf.document(id), links=shelf.links.of(id), acts=shelf.acts.of(id)))
        elif form == "tei":
            if shelf.document(id).source.reader == "tei":
                out_bytes(shelf.source(id)[1].rstrip() + b"\n")
            else:
                out_bytes(shelf.tei(id).encode())
        else:
            from regesta.serving.cli.document import write_document

            document = shelf.document(id)
            write_document(document, citation=shelf.cite(id), enclosed=shelf.enclosed(id))


@command(
    "index",
    """
regesta index my.regesta author
regesta index my.regesta subject --prefix Rail
regesta index my.regesta date --prefix 1918-07
regesta index my.regesta place --json | jq '.[] | [.label, .count]'
regesta index my.regesta person --prefix Kel
""",
)
@edition_argument
@click.argument("name", type=click.Choice(INDEXES), metavar="subject|author|…|office")
@click.option("--prefix", default="", type=TEXT, help="Only entries that begin so.")
@click.option(
    "--limit", type=click.IntRange(0), metavar="N", help="How many entries; all unless told."
)
@click.option(
    "--offset", type=click.IntRange(0), metavar="N", default=0, help="How many to pass over first."
)
@click.option(
    "--level", type=click.Choice(["year", "month", "day"]), help="For dates: how fine to count."
)
@json_option
def index_command(
    edition: str,
    name: str,
    prefix: str,
    limit: int | None,
    offset: int,
    level: str | None,
    as_json: bool,
) -> None:
    """List an index of EDITION, in the order of a printed one.

    NAME is subject, author, recipient, place or date: what documents print. Or it is person, power
    or office: whom the parties are, each once over all collections.

    The id in the last column is what the search filter of the same name takes (--author ID…);
    that of a person is what decisions on persons name.
    """
    with opened(edition) as shelf:
        entries = shelf.index(
            name,
            prefix=prefix,
            limit=limit,
            offset=offset,
            documents=as_json,
            level=level or "",
        )
        if as_json:
            from regesta.serving.answers.documents import index_lines

            out_json(index_lines(entries))
            return
        if entries:
            table(
                [(number(e.count), safe(e.label), _shown_id(e.id, e.label)) for e in entries],
                right=[0],
            )
            return
        if prefix:
            remark(f"no entry begins with {prefix!r}")
        else:
            remark(f"no document of this edition has a {name}")


def _shown_id(id: str, label: str) -> str:
    return "" if id == label else safe(id)


@command(
    "cite",
    """
regesta cite my.regesta frus1918Russiav01/d101
regesta cite my.regesta frus1918Russiav01/d101 --style bibtex >> sources.bib
regesta cite my.regesta frus1918Russiav01/d101 --note 3 --style chicago
regesta cite my.regesta frus1918Russiav01/d101 --quotation "left Vologda" --source --link
""",
)
@edition_argument
@document_argument
@click.option(
    "--style",
    type=click.Choice(STYLES),
    default="note",
    show_default=True,
    help="note is a footnote in the manner of the series.",
)
@click.option("--note", default="", type=TEXT, metavar="MARK", help="Cite this note of it.")
@click.option(
    "--span",
    default="",
    type=TEXT,
    metavar="START-END",
    help="Cite this passage, in characters of the text.",
)
@click.option(
    "--quotation", default="", type=TEXT, metavar="WORDS", help="Cite the passage of these words."
)
@click.option("--source", is_flag=True, help="Add where the original is kept.")
@click.option("--link", is_flag=True, help="Add the permalink, pinned to the text as it is now.")
@json_option
def cite_command(
    edition: str,
    id: str,
    style: str,
    note: str,
    span: str,
    quotation: str,
    source: bool,
    link: bool,
    as_json: bool,
) -> None:
    """Cite a document of EDITION by its ID, or a note or a passage of it.

    A note or a passage is cited with the printed pages on which it stands. The permalink holds the
    version of the text: who follows it after a change is told so.
    """
    where = _span(span)
    with opened(edition) as shelf:
        id = here(shelf, id)
        citation = shelf.cite(
            id, style=style, note=note, span=where, quotation=quotation, source=source, link=link
        )
        if as_json:
            from regesta.serving.api.models import Citation

            passage = shelf.passage(id, note=note, span=where, quotation=quotation)
            address = shelf.permalink(id, span=passage.span, note=passage.note)
            out_json(Citation(id, style, citation, address, shelf.version(id)))
            return
    out(safe(citation).rstrip("\n"))


def _span(words: str) -> tuple[int, int] | None:
    if not words:
        return None
    first, _, last = words.partition("-")
    start, stop = whole_number(first), whole_number(last)
    if start is None or stop is None:
        raise click.BadParameter(f"{words!r} is no span such as 120-340", param_hint="--span")
    return start, stop
