"""`regesta search`: a query and filters in; a tally, regests and passages out, or JSON."""

from typing import TYPE_CHECKING, Any

import click

from regesta.serving.choices import FACETS
from regesta.serving.cli.options import (
    TEXT,
    command,
    edition_argument,
    filter_options,
    json_option,
    listed,
    opened,
)
from regesta.serving.cli.output import counted, number, out, out_json, remark, safe, style, table

if TYPE_CHECKING:
    from regesta.edition import Edition
    from regesta.edition.results import SearchResult

SHOWN_FACET_ROWS = 12
#: Other entries of an index that are named beside the one asked for.
MOST_OTHERS = 3


@command(
    "search",
    """
regesta search my.regesta 'departure Vologda'
regesta search my.regesta '"grain ship" OR cereal*' --from 1914-08 --to 1918-11
regesta search my.regesta 'blockade -Baltic' --author Lansing --sort date
regesta search my.regesta --recipient Chicherin --facets author,year
regesta search my.regesta 'who warned the envoys of bombardment' --match any
regesta search my.regesta railway --json | jq '.results[].id'
""",
)
@edition_argument
@click.argument("query", nargs=-1, type=TEXT)
@filter_options()
@click.option(
    "--match",
    type=click.Choice(["all", "any"]),
    default="all",
    show_default=True,
    help="all: every word, with operators. any: plain words, best matches first.",
)
@click.option(
    "--layer",
    type=click.Choice(["document", "notes", "sources", "headings"]),
    help="Search one layer only.",
)
@click.option(
    "--sort",
    type=click.Choice(["relevance", "date", "-date"]),
    default="relevance",
    show_default=True,
    help="Order of the results; -date is latest first.",
)
@click.option(
    "--limit",
    type=click.IntRange(0, 500),
    metavar="N",
    default=20,
    show_default=True,
    help="How many results.",
)
@click.option(
    "--offset",
    type=click.IntRange(0),
    metavar="N",
    default=0,
    help="How many results to pass over first.",
)
@click.option(
    "--facets",
    multiple=True,
    metavar="NAMES",
    help="Count the match by year, author…, separated by commas, or all.",
)
@json_option
def search_command(
    edition: str,
    query: tuple[str, ...],
    filters: dict[str, Any],
    match: str,
    layer: str | None,
    sort: str,
    limit: int,
    offset: int,
    facets: tuple[str, ...],
    as_json: bool,
) -> None:
    """Search EDITION for documents.

    QUERY: all words must occur; OR, NOT (or -word), "a phrase", (groups), prefix*, =exact and
    field:value are understood. Put the query in single quotes, so that the shell leaves it alone.
    Without a query, everything that passes the filters is found.
    """
    names = listed(facets, FACETS, "--facets")
    with opened(edition) as shelf:
        result = shelf.search(
            " ".join(query),
            **filters,
            match=match,
            layer=layer or "",
            sort=sort,
            limit=limit,
            offset=offset,
            facets=names,
        )
        if as_json:
            from regesta.serving.answers.documents import search_answer

            out_json(search_answer(result))
            return
        others = _others(shelf, filters)
        unknown = [] if result.total else _unknown(shelf, filters)
    _write(result, offset=offset, unknown=unknown)
    for line in others:
        remark(line)


def _write(result: "SearchResult", *, offset: int, unknown: list[str]) -> None:
    from regesta.serving.cli.lines import regest_words, snippet_lines

    out(style(_tally(result), bold=True))
    for word, forms in result.expansions.items() if result.hits else ():
        remark(f"{safe(word)} also found as: {safe(', '.join(forms))}")
    for hit in result.hits:
        out()
        out(regest_words(hit.regest))
        out(f"  {style(safe(hit.regest.id), fg='blue')}")
        for snippet in hit.snippets:
            for line in snippet_lines(snippet):
                out(line)
    for name, rows in result.facets.items():
        if not rows:
            continue
        out()
        out(style(f"By {name}", bold=True))
        shown = rows[:SHOWN_FACET_ROWS]
        table(
            [(safe(r.label or r.value or "none named"), number(r.count)) for r in shown],
            right=[1],
            indent="  ",
        )
        if len(rows) > len(shown):
            remark(f"  and {number(len(rows) - len(shown))} more; --json gives them all")
    last = offset + len(result.hits)
    if result.hits and last < result.total:
        remark(f"\n{number(offset + 1)}–{number(last)} shown; --offset {last} goes on")
    if not result.total:
        _explain(result, unknown)


def _unknown(shelf: "Edition", filters: dict[str, Any]) -> list[str]:
    """Filters that name nothing in this edition, with what is near them."""
    from regesta.serving.answers.unknown import unknown_filters

    return [safe(one.sentence) for one in unknown_filters(shelf, filters)]


def _others(shelf: "Edition", filters: dict[str, Any]) -> list[str]:
    """Entries of an index that begin with the name of a filter: "Kell" leaves "Kell, John" out."""
    lines = []
    for field in ("author", "recipient"):
        for name in filters.get(field) or ():
            found = shelf.index(field, prefix=name, limit=MOST_OTHERS + 1, documents=False)
            if name not in {entry.id for entry in found}:
                continue  # the name is no entry of its own: all who are so called were looked for
            named = [entry for entry in found if entry.id != name]
            shown = [f"{safe(e.label)} ({number(e.count)}, --{field} {e.id})" for e in named]
            if shown:
                also = "; ".join(shown[:MOST_OTHERS])
                lines.append(f"\nAlso in the index of {field}s: {also}")
    return lines


def _tally(result: "SearchResult") -> str:
    line = counted(result.total, "document")
    if result.undated:
        line += f", {number(result.undated)} of them undated"
    if result.undated_excluded:
        line += f"; {counted(result.undated_excluded, 'undated match', 'undated matches')} left out"
        line += " (--undated keeps them)"
    return line


def _explain(result: "SearchResult", unknown: list[str]) -> None:
    """Say which term or filter left nothing."""
    for line in unknown:
        out(f"  {line}")
    for row in result.killed_by:
        found = counted(row.count, "document")
        out(f"  without {safe(row.label or row.value)} there would be {found}")
    for word, near in result.near.items():
        out(f"  no document has {safe(word)}: did you mean {safe(', '.join(near))}?")
    if not (result.killed_by or result.near or result.undated_excluded or unknown):
        out("  Nothing has all of this: try fewer words, or prefix* for other forms.")
