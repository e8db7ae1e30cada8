"""`regesta build`: sources in, an edition and its report out."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regesta.serving.cli.options import command, failed, json_option, quiet_option
from regesta.serving.cli.output import (
    counted,
    number,
    out,
    out_json,
    safe,
    style,
    table,
    warn,
    wrapped,
)

if TYPE_CHECKING:
    from regesta.edition.results import BuildReport

SHOWN_REASONS = 12
SHOWN_PATHS = 5
SHOWN_WARNINGS = 10


def build_edition(
    sources: Sequence[str | Path],
    to: Path,
    *,
    title: str = "",
    workers: int | None = None,
    quiet: bool = False,
    links: bool = True,
    acts: bool = True,
    names: bool | None = None,
    act_finder: str = "",
    engine: str = "duckdb",
) -> "BuildReport":
    """Build, link what was built, find its acts and its names, with progress on standard error.

    Names are found where links are, unless told.
    """
    from regesta.edition import Edition, build
    from regesta.serving.cli.progress import told

    with told("Building", quiet=quiet) as tell:
        report = build(sources, to, title=title or None, workers=workers, progress=tell)
    if report.documents and title and not quiet:
        with closing(Edition.open(to)) as edition:
            if edition.info().title != title:
                warn(f"the title stands in {to / 'edition.toml'} already and was left as it is")
    failures: list[str] = []
    if report.documents and links:
        with (
            closing(Edition.open(to)) as edition,
            told("Linking", unit="documents", quiet=quiet) as tell,
        ):
            edition.links.find(tell, workers=workers, engine=engine)
            failures += edition.failures()
    if report.documents and acts:
        with (
            closing(Edition.open(to)) as edition,
            told("Finding acts", unit="documents", quiet=quiet) as tell,
        ):
            edition.acts.find(tell, workers=workers, finder=act_finder)
            failures += edition.failures()
    if report.documents and (links if names is None else names):
        with (
            closing(Edition.open(to)) as edition,
            told("Finding names", unit="documents", quiet=quiet) as tell,
        ):
            edition.names.find(tell, workers=workers)
    for failure in failures:
        warn(failure)
    return report


@command(
    "build",
    """
regesta build ~/sources --to my.regesta
regesta build frus/*.xml letters.zip --to my.regesta --title 'The Vologda affair'
regesta build ~/sources --to my.regesta --json | jq .unread
regesta build ~/series --to series.regesta --engine spark
""",
)
@click.argument("sources", nargs=-1, required=True, type=click.Path(), metavar="SOURCE...")
@click.option(
    "--to",
    "target",
    required=True,
    type=click.Path(path_type=Path),
    metavar="EDITION",
    help="Folder of the edition; made if it is not there, else brought up to date.",
)
@click.option("--title", default="", help="Title of the edition.")
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    metavar="N",
    help="Processes that read; as many as cores.",
)
@click.option(
    "--links/--no-links",
    default=True,
    show_default=True,
    help="Link the documents to one another; else it is done when links are first asked for.",
)
@click.option(
    "--acts/--no-acts",
    default=True,
    show_default=True,
    help="Find the acts that the documents state; else it is done when they are first asked for.",
)
@click.option(
    "--names/--no-names",
    default=None,
    help="Find the names in all texts, as is done where links are; else they are looked for in "
    "each document that is shown.",
)
@click.option(
    "--act-finder",
    default="",
    metavar="NAME",
    help="What finds acts: grammar, parser, or that of a plug-in; kept for later builds.",
)
@click.option(
    "--engine",
    type=click.Choice(["duckdb", "spark"]),
    default="duckdb",
    show_default=True,
    help="What finds the same words in two documents; spark needs the extra of that name.",
)
@json_option
@quiet_option
def build_command(
    sources: tuple[str, ...],
    target: Path,
    title: str,
    workers: int | None,
    links: bool,
    acts: bool,
    names: bool | None,
    act_finder: str,
    engine: str,
    as_json: bool,
    quiet: bool,
) -> None:
    """Build an edition of SOURCES, or bring it up to date.

    SOURCE is a file, a folder or a .zip: TEI, HTML, plain text or Markdown, .docx, PDF with text.
    Sources are never changed, and what has not changed is not read again. A file that cannot be
    read is named in the report with its reason, and the build goes on.
    """
    if act_finder:
        from regesta.edition.acts.part import check_act_finder

        check_act_finder(act_finder)
    if links:
        from regesta.edition.links.part import check_engine

        check_engine(engine)  # before the sources are read
    report = build_edition(
        sources,
        target,
        title=title,
        workers=workers,
        quiet=quiet,
        links=links,
        acts=acts,
        names=names,
        act_finder=act_finder,
        engine=engine,
    )
    if as_json:
        out_json(report_json(report))
    else:
        write_report(report, quiet=quiet)
    if not report.documents:
        raise failed("nothing could be built: there is no document in these sources", _why(report))


def _why(report: "BuildReport") -> str:
    if not report.unread:
        return "no file was found in them"
    first = report.unread[0]
    return f"{first['path']}: {first['reason']}"


def report_json(report: "BuildReport") -> dict[str, object]:
    """The report as `build --json` writes it: every key, always."""
    return {name: getattr(report, name) for name in report.__struct_fields__}


def write_report(report: "BuildReport", *, quiet: bool = False) -> None:
    """Write the report for people."""
    changes = ", ".join(
        f"{number(count)} {word}"
        for word, count in (
            ("added", report.added),
            ("changed", report.changed),
            ("removed", report.removed),
            ("unchanged", report.unchanged),
        )
        if count
    )
    out(style(safe(report.edition), bold=True))
    rows = [("Documents", number(report.documents), changes)]
    rows += [
        (label, number(count), share(count, report.documents))
        for label, count in (
            ("Undated", report.undated),
            ("Without sender", report.without_sender),
            ("Without recipient", report.without_recipient),
        )
    ]
    lost = report.unaccounted_characters
    rows += [
        ("Characters lost", number(lost), "" if lost else "every character is accounted for"),
        ("Files not read", number(len(report.unread)), ""),
        ("Seconds", f"{report.seconds:.1f}", _speed(report)),
    ]
    table(rows, right=[1], indent="  ")
    _write_unread(report)
    if quiet:
        return
    for line in report.warnings[:SHOWN_WARNINGS]:
        warn(line)
    if len(report.warnings) > SHOWN_WARNINGS:
        warn(f"and {counted(len(report.warnings) - SHOWN_WARNINGS, 'more warning')}; see --json")


def _write_unread(report: "BuildReport") -> None:
    """Name the files that could not be read, those with one reason together."""
    reasons: dict[str, list[str]] = {}
    for item in report.unread:
        reasons.setdefault(item["reason"], []).append(item["path"])
    for reason, paths in list(reasons.items())[:SHOWN_REASONS]:
        out()
        out(wrapped(f"Not read: {reason}", indent="  ", hanging="    "))
        for path in paths[:SHOWN_PATHS]:
            out(f"    {safe(path)}")
        if len(paths) > SHOWN_PATHS:
            out(f"    and {counted(len(paths) - SHOWN_PATHS, 'more file')}; --json names them")
    if len(reasons) > SHOWN_REASONS:
        left = counted(len(reasons) - SHOWN_REASONS, "more reason")
        out(f"  and files with {left}; --json names them")


def share(count: int, whole: int) -> str:
    """A count's share of the whole, in words that never round something to nothing."""
    if not whole or not count:
        return ""
    percent = 100 * count / whole
    return "under 1 %" if percent < 1 else f"{percent:.0f} %"


def _speed(report: "BuildReport") -> str:
    worked = report.added + report.changed
    if not worked or report.seconds <= 0:
        return ""
    return f"{number(round(worked / report.seconds))} documents a second"
