"""`regesta demo`, `open` and `serve`: from sources or an edition to pages in the browser."""

import shutil
from importlib import resources
from pathlib import Path

import click

from regesta.errors import NotAnEdition
from regesta.serving.cli.build import build_edition, write_report
from regesta.serving.cli.options import command, failed, quiet_option
from regesta.serving.cli.output import counted, out, remark

LOOPBACK = "127.0.0.1"
DEMO_TITLE = "The Vologda affair, 1918"
SETTINGS = "edition.toml"

port_option = click.option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="N",
    help="Port to serve on; a free one unless told.",
)
browser_option = click.option("--no-browser", is_flag=True, help="Do not open the browser.")


@command(
    "demo",
    """
regesta demo
regesta demo --no-browser --port 8000
regesta demo --no-serve --to vologda.regesta
""",
)
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Where to put the edition; in your cache unless told.",
)
@click.option("--no-serve", is_flag=True, help="Only build it and say where it is.")
@port_option
@browser_option
@quiet_option
def demo_command(
    target: Path | None, no_serve: bool, port: int | None, no_browser: bool, quiet: bool
) -> None:
    """Build the bundled edition, The Vologda affair of 1918, and open it in the browser."""
    bundled = resources.files("regesta") / "demo"
    if not bundled.is_dir():
        raise failed("this installation has no demo", "install regesta again from its package")
    with resources.as_file(bundled) as folder:
        from regesta.serving.cache_folder import cached_edition

        place = target or cached_edition([folder], name="demo")
        _settle(folder / SETTINGS, place)
        sources = sorted(entry for entry in folder.iterdir() if entry.is_dir())
        report = build_edition(sources, place, quiet=quiet)
    out(f"{DEMO_TITLE}: {counted(report.documents, 'document')} in {place}")
    if not quiet:
        _what_next(place)
    if not no_serve:
        serve_edition(place, port=port or 0, browser=not no_browser, quiet=quiet)


def _settle(settings: Path, place: Path) -> None:
    """Give a new edition the demo's own title and sides; one that is there keeps its own."""
    if settings.exists() and (not place.exists() or not any(place.iterdir())):
        place.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(settings, place / SETTINGS)


def _what_next(place: Path) -> None:
    remark("Try next:")
    for line in (
        f"regesta search {place} departure --facets author",
        f"regesta index {place} date",
        f"regesta serve {place}",
    ):
        remark(f"  {line}")


@command(
    "open",
    """
regesta open ~/sources
regesta open volume.xml letters.zip --title 'My papers'
regesta open my.regesta
""",
)
@click.argument("sources", nargs=-1, required=True, type=click.Path(), metavar="SOURCE...")
@click.option("--title", default="", help="Title of the edition.")
@port_option
@browser_option
@quiet_option
def open_command(
    sources: tuple[str, ...], title: str, port: int | None, no_browser: bool, quiet: bool
) -> None:
    """Build an edition of SOURCES in your cache folder and open it in the browser.

    The same sources get the same edition again, and only what has changed is read. SOURCE may also
    be an edition that you built: then it is opened as it is. Links and acts are found in the
    background, when a page first shows them.
    """
    place = _edition_of(sources)
    if place is None:
        from regesta.serving.cache_folder import cached_edition

        place = cached_edition([Path(s) for s in sources])
        # The reader comes first: pages say how far links and acts have come, and need no wait.
        report = build_edition(
            sources, place, title=title, quiet=quiet, links=False, acts=False, names=False
        )
        if not quiet:
            write_report(report)
    serve_edition(place, port=port or 0, browser=not no_browser, quiet=quiet)


def _edition_of(sources: tuple[str, ...]) -> Path | None:
    """The one source, if it is an edition already; an edition of another version is an error."""
    if len(sources) != 1 or not Path(sources[0]).is_dir():
        return None
    from regesta.edition import Edition

    try:
        Edition.open(sources[0]).close()
    except NotAnEdition:
        return None
    return Path(sources[0])


@command(
    "serve",
    """
regesta serve my.regesta
regesta serve my.regesta --port 0
regesta serve my.regesta --host 0.0.0.0 --port 80
""",
)
@click.argument("edition", type=click.Path(path_type=Path), metavar="EDITION")
@click.option(
    "--host",
    default=LOOPBACK,
    show_default=True,
    help="Address to listen on; this machine alone unless told otherwise.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="N",
    default=8000,
    show_default=True,
    help="Port to listen on; 0 takes a free one.",
)
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="HOST",
    help="Public name of a proxy before it, under which programs may ask /mcp.",
)
@click.option("--browser/--no-browser", help="Open it in the browser; it is not, unless told.")
@quiet_option
def serve_command(
    edition: Path, host: str, port: int, names: tuple[str, ...], browser: bool, quiet: bool
) -> None:
    """Serve EDITION: pages to read under /, the API under /api, tools for language models under
    /mcp. Ctrl-C ends it.
    """
    serve_edition(edition, host=host, port=port, browser=browser, names=names, quiet=quiet)


def serve_edition(
    place: Path,
    *,
    host: str = LOOPBACK,
    port: int,
    browser: bool,
    names: tuple[str, ...] = (),
    quiet: bool,
) -> None:
    """Open an edition and serve it until it is interrupted."""
    from regesta.edition import Edition

    edition = Edition.open(place)
    try:
        from regesta.serving.server import listen, serve

        socket = listen(host, port)
        serve(edition, socket, host=host, browser=browser, names=names, quiet=quiet)
    finally:
        edition.close()
