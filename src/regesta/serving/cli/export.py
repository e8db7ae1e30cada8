"""`regesta export`: an edition's documents, all or those of a search, into one file."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from regesta.errors import UnknownValue
from regesta.serving.cli.options import (
    TEXT,
    command,
    edition_argument,
    failed,
    filter_options,
    json_option,
    opened,
    quiet_option,
)
from regesta.serving.cli.output import counted, out_json, remark, warn
from regesta.serving.cli.progress import told

if TYPE_CHECKING:
    from regesta.edition import Edition
    from regesta.edition.exports import Each

FORMATS = (
    "jsonl, csv, tables, parquet, tei, cmif, jsonld, skos, skos-xml, bibtex, ris, csl-json, epub, "
    "text, site, graphml, gexf, graphml-parties, gexf-parties, acts-csv, acts-parquet, "
    "acts-jsonld, or that of a plug-in."
)
PAGE = 500
MOST = 100_000
"""How deep a search can be paged: more documents than that must be exported without a query."""


@command(
    "export",
    """
regesta export my.regesta --format jsonl --to my.jsonl
regesta export my.regesta --format csv --to year.csv --from 1918 --until 1918
regesta export my.regesta --format tei --each collection --to my-tei
regesta export my.regesta --format bibtex --to my.bib --query '"grain ship"'
regesta export my.regesta --format graphml --to my.graphml
regesta export my.regesta --format epub --to ships.epub --query ship --from 1917
regesta export my.regesta --format site --to public
regesta export my.regesta --format jsonl --to - --author Chicherin | jq .date.edtf
""",
)
@edition_argument
@click.option("--format", "form", required=True, type=TEXT, metavar="FORMAT", help=FORMATS)
@click.option(
    "--to",
    "target",
    required=True,
    type=TEXT,
    metavar="PATH",
    help="The file to write; - is standard output. With --each a folder.",
)
@click.option(
    "--each",
    type=click.Choice(["collection", "document"]),
    help="PATH is a folder: a file in it for every collection, or for every document.",
)
@click.option("--force", is_flag=True, help="Write over a file, or a site, that is there.")
@click.option("--query", default="", type=TEXT, help="Only documents that a search finds.")
@click.option(
    "--site-search",
    type=click.Choice(["auto", "pagefind", "own"]),
    default="auto",
    show_default=True,
    help="For site: auto adds Pagefind where it is installed; own works everywhere.",
)
@filter_options(last="--until")
@json_option
@quiet_option
def export_command(
    edition: str,
    form: str,
    target: str,
    each: "Each | None",
    force: bool,
    query: str,
    site_search: str,
    filters: dict[str, Any],
    as_json: bool,
    quiet: bool,
) -> None:
    """Write the documents of EDITION to a file.

    jsonl is one described line a document, with everything that is known of it; csv is a table of
    who, whom, when, where and what; tei is a TEI corpus, which Regesta reads back without loss;
    cmif is a list of letters for correspSearch; jsonld is schema.org with Web Annotations; skos
    are the subjects; tables and parquet are zip files of a table each for documents, facts,
    parties, subjects, links, acts and notes; acts-csv, acts-parquet and acts-jsonld are the ledger
    of acts with powers and codes; bibtex, ris and csl-json are bibliographies; epub is a book
    and text is to read; graphml and gexf are the network of documents and parties with all links,
    graphml-parties and gexf-parties who wrote to whom, how often; site is the whole reading room
    as a folder of web pages.
    With --query or filters only what a search finds is written.
    """
    if form == "site":
        if each or query or any(filters.values()):
            raise failed("a site is the whole edition", "leave out --each, --query and filters")
        from regesta.serving.cli.site import write_site

        with opened(edition) as shelf:
            write_site(shelf, target, force=force, search=site_search, as_json=as_json, quiet=quiet)
        return
    _check_format(form)
    if each:
        _check_folder(target, force)
    else:
        _check(target, force)
    with opened(edition) as shelf:
        if not quiet:
            _tell_left_out(shelf, form, edition)
            _tell_wanting(shelf, form, edition)
        ids = matching(shelf, query, filters)
        if target == "-" and not each:
            count = _to_standard_output(shelf, form, ids)
        else:
            count = _to_files(shelf, form, target, ids, each=each, force=force, quiet=quiet)
    if as_json and target != "-":
        out_json({"documents": count, "format": form, "path": target})
    elif not quiet:
        place = "standard output" if target == "-" else target
        remark(f"{counted(count, 'document')} written to {place}")


def _to_files(
    shelf: "Edition",
    form: str,
    target: str,
    ids: Sequence[str] | None,
    *,
    each: "Each | None",
    force: bool,
    quiet: bool,
) -> int:
    """Write documents into one file, or a file each into a folder; give how many."""
    from regesta.edition.exports import export, export_each

    total = shelf.info().documents if ids is None else len(ids)
    with told("Exporting", unit="documents", quiet=quiet) as tell:

        def progress(done: int) -> None:
            tell(done, total, "")

        if each:
            return export_each(
                shelf, form, target, each=each, ids=ids, force=force, progress=progress
            )
        return export(shelf, form, target, ids=ids, force=force, progress=progress)


def _check_format(form: str) -> None:
    """Refuse a format that nobody writes, and name those that there are."""
    from regesta.edition.exports import formats

    if form not in formats():
        known = ", ".join(sorted((*formats(), "site")))
        raise UnknownValue(f"no format is named {form!r}", f"the formats: {known}")


def _tell_left_out(shelf: "Edition", form: str, edition: str) -> None:
    """Say what the format would hold and nobody has looked for yet, with the cure."""
    from regesta.edition.exports import find_exporter, left_out

    if missing := left_out(find_exporter(form), shelf):
        cure = " and ".join(f"regesta {name} {edition}" for name in missing)
        names = " and ".join(missing)
        warn(f"{names} are left out: nobody has looked for them yet; {cure} does, then export anew")


def _tell_wanting(shelf: "Edition", form: str, edition: str) -> None:
    """Say what the format asks for and the edition does not say of itself, with the cure."""
    from regesta.edition.exports import find_exporter, wanting

    if names := wanting(find_exporter(form), shelf):
        cure = f'write them into {edition}/edition.toml ({names[0]} = "…") and build again'
        warn(f"{form} asks for what is not said: {', '.join(names)}; {cure}")


def _check_folder(target: str, force: bool) -> None:
    """Refuse a place where no folder of files can be, before any work is done."""
    path = Path(target)
    if target == "-":
        raise failed("a file for each needs a folder", "name one after --to")
    if path.exists() and not path.is_dir():
        raise failed(f"{target} is no folder", "name a folder, or leave --each out")
    if path.is_dir() and any(path.iterdir()) and not force:
        raise failed(f"{target} holds something already", "--force writes into it")


def _check(target: str, force: bool) -> None:
    """Refuse a place where no file can be, before any work is done."""
    path = Path(target)
    if target == "-":
        return
    if path.is_dir():
        raise failed(f"{target} is a folder", "name a file in it")
    if path.exists() and not path.is_file():
        raise failed(f"{target} is no file", "- is standard output")
    if path.exists() and not force:
        raise failed(f"{target} is there already", "--force writes over it")
    if not path.parent.is_dir():
        raise failed(f"there is no folder {path.parent}", "make it first")


def _to_standard_output(edition: "Edition", form: str, ids: list[str] | None) -> int:
    from regesta.edition.exports import asked_besides, collections_of, find_exporter

    exporter = find_exporter(form)
    count = exporter.write(
        edition.documents(ids=ids),
        sys.stdout.buffer,
        collections=collections_of(exporter, edition, ids),
        **asked_besides(exporter, edition),
    )
    sys.stdout.buffer.flush()
    return count


def matching(edition: "Edition", query: str, filters: dict[str, Any]) -> list[str] | None:
    """Ids of the documents that a search finds, in order of date; None when all are wanted."""
    if not query and not any(filters.values()):
        return None
    ids: list[str] = []
    while True:
        found = edition.search(
            query, **filters, sort="date", limit=PAGE, offset=len(ids), snippets=False
        )
        if found.total > MOST:
            raise failed(
                f"{counted(found.total, 'document')} match, more than {counted(MOST, 'document')}",
                "narrow the search, or export everything",
            )
        ids += [hit.regest.id for hit in found.hits]
        if not found.hits or len(ids) >= found.total:
            return ids
