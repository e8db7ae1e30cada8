"""`regesta fetch`: public collections by name, into a folder that can be built."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from regesta.serving.cli.options import TEXT, command, failed, json_option, quiet_option
from regesta.serving.cli.output import out, out_json, remark, safe, table, warn

if TYPE_CHECKING:
    from regesta.serving.fetch.registry import Entry, Wanted


@command(
    "fetch",
    """
regesta fetch --list
regesta fetch frus1918Russiav03 --to frus
regesta fetch frus-1919-paris --to frus --dry-run
regesta fetch frus-1918-russia --to frus && regesta build frus --to frus.regesta
regesta fetch my-letters --to letters --registry my-collections.toml
""",
)
@click.argument("collections", nargs=-1, type=TEXT, metavar="[COLLECTION...]")
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="The folder to put files into; made where it is not there.",
)
@click.option("--list", "listing", is_flag=True, help="List the collections that are known.")
@click.option("--dry-run", is_flag=True, help="Say what would be fetched; ask no server.")
@click.option("--refresh", is_flag=True, help="Ask whether files that are here have changed.")
@click.option("--force", is_flag=True, help="Replace files that are not as they were fetched.")
@click.option(
    "--registry",
    "registries",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="A file of collections of your own.",
)
@click.option(
    "--pause",
    type=click.FloatRange(0, 600),
    default=1.0,
    show_default=True,
    metavar="SECONDS",
    help="Between two requests to a host.",
)
@json_option
@quiet_option
def fetch_command(
    collections: tuple[str, ...],
    target: Path | None,
    listing: bool,
    dry_run: bool,
    refresh: bool,
    force: bool,
    registries: tuple[Path, ...],
    pause: float,
    as_json: bool,
    quiet: bool,
) -> None:
    """Fetch public collections by name into a folder.

    What is here already is kept; what was cut goes on where it ended. The folder's
    regesta-fetch.json has every file's address, checksum and day.
    """
    from regesta.serving.fetch.registry import read_registries, wanted

    registry = read_registries(registries)
    if listing:
        _list(registry, as_json)
        return
    if not collections:
        raise click.UsageError("missing COLLECTION; --list names those that are known")
    files = wanted(collections, registry)
    if dry_run:
        rows = [{"file": f.file, "collection": f.collection, "urls": f.urls} for f in files]
        if as_json:
            out_json(rows)
        else:
            table([(safe(f.file), safe(f.urls[0])) for f in files])
        return
    if target is None:
        raise click.UsageError("missing --to FOLDER")
    _fetch(files, target, pause, refresh, force, as_json, quiet)


def _list(registry: "dict[str, Entry]", as_json: bool) -> None:
    if as_json:
        keys = ("title", "home", "licence", "pattern")
        out_json([{"name": n, **{k: getattr(e, k) for k in keys}} for n, e in registry.items()])
        return
    table([(safe(name), safe(e.title), safe(e.licence)) for name, e in registry.items()])


def _fetch(
    files: "list[Wanted]",
    target: Path,
    pause: float,
    refresh: bool,
    force: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    from regesta.serving.cli.progress import amount, told
    from regesta.serving.fetch.fetching import fetch
    from regesta.serving.fetch.http import Fetcher

    outcomes = []
    with told("Fetching", quiet=quiet) as tell:
        for one in fetch(
            files, target, Fetcher(pause=pause), refresh=refresh, force=force, progress=tell
        ):
            outcomes.append(one)
            if one.state == "failed":
                warn(f"{one.file}: {one.why}")
            elif not as_json:
                out(f"{safe(one.file)}  {amount(one.bytes, 'bytes')}  {one.state}")
    bad = [one for one in outcomes if one.state == "failed"]
    if as_json:
        out_json({"folder": str(target), "files": outcomes})
    if bad:
        raise failed(f"{len(bad)} of {len(outcomes)} files could not be fetched", "run it again")
    if not as_json:
        remark(f"regesta build {safe(str(target))} --to … makes an edition of them", quiet=quiet)
