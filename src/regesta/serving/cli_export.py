"""`regesta export`: an edition's documents, all or those of a search, into one file.

The file appears whole or not at all: it is written beside its place and moved there at the end.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from regesta.errors import UnknownValue
from regesta.serving.cli_options import (
    TEXT,
    command,
    edition_argument,
    failed,
    filter_options,
    json_option,
    opened,
    quiet_option,
)
from regesta.serving.cli_output import counted, out_json, remark

if TYPE_CHECKING:
    from regesta.edition import Edition
    from regesta.exporting.base import Exporter

PAGE = 500
MOST = 100_000
"""How deep a search can be paged: more documents than that must be exported without a query."""


@command(
    "export",
    """
regesta export my.regesta --format jsonl --to my.jsonl
regesta export my.regesta --format csv --to year.csv --from 1918 --until 1918
regesta export my.regesta --format jsonl --to - --author Chicherin | jq .date.edtf
""",
)
@edition_argument
@click.option("--format", "form", required=True, type=TEXT, metavar="FORMAT", help="jsonl or csv.")
@click.option(
    "--to",
    "target",
    required=True,
    type=TEXT,
    metavar="PATH",
    help="The file to write; - is standard output.",
)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.option("--query", default="", type=TEXT, help="Only documents that a search finds.")
@filter_options(last="--until")
@json_option
@quiet_option
def export_command(
    edition: str,
    form: str,
    target: str,
    force: bool,
    query: str,
    filters: dict[str, Any],
    as_json: bool,
    quiet: bool,
) -> None:
    """Write the documents of EDITION to a file.

    jsonl is one described line a document, with everything that is known of it; csv is a table of
    who, whom, when, where and what. With --query or filters only what a search finds is written.
    """
    exporter = find_exporter(form)
    if target != "-" and Path(target).exists() and not force:
        raise failed(f"{target} is there already", "--force writes over it")
    with opened(edition) as shelf, written(target) as stream:
        ids = matching(shelf, query, filters)
        total = shelf.info().documents if ids is None else len(ids)
        from regesta.serving.cli_progress import told

        with told("Exporting", unit="documents", quiet=quiet or target == "-") as tell:
            count = exporter.write(
                shelf.documents(ids=ids),
                stream,
                collections={c.collection.id: c.collection for c in shelf.collections()},
                progress=lambda done: tell(done, total, ""),
            )
    if as_json and target != "-":
        out_json({"documents": count, "format": form, "path": target})
    elif not quiet:
        place = "standard output" if target == "-" else target
        remark(f"{counted(count, 'document')} written to {place}")


def find_exporter(form: str) -> "Exporter":
    """The exporter of a format, through the door that plug-ins use too."""
    known = {entry.name: entry for entry in entry_points(group="regesta.exporters")}
    if form not in known:
        raise UnknownValue(f"no format {form!r}", f"there are: {', '.join(sorted(known))}")
    exporter: Exporter = known[form].load()()
    return exporter


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


@contextmanager
def written(target: str) -> Iterator[BinaryIO]:
    """A file to write that appears under its name only when it is whole."""
    if target == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    path = Path(target)
    if path.is_dir():
        raise failed(f"{target} is a folder", "name a file in it")
    if not path.parent.is_dir():
        raise failed(f"there is no folder {path.parent}", "make it first")
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:60]}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(name, 0o666 & ~umask)  # mkstemp's own mode would hide the file from the group
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
