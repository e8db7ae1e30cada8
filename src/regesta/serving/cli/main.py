"""The command line: `regesta COMMAND`, each command loaded only when it is asked for.

What comes in are arguments; out go results on standard output, everything else on standard error,
and the exit status: 0 done, 1 it failed with one line why, 2 wrong usage.
"""

import contextlib
import errno
import importlib
import os
import re
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import click

from regesta.errors import QueryError, RegestaError, UnknownValue

#: Command → (module beside this one, what it does in one line). Later parts add their rows here.
COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("open", "Build the bundled edition and open it in the browser."),
    "open": ("open", "Build an edition of SOURCES in your cache and open it."),
    "build": ("build", "Build or bring up to date an edition of SOURCES."),
    "serve": ("open", "Serve EDITION: pages to read and an API to ask."),
    "search": ("search", "Search EDITION for documents."),
    "show": ("read", "Show one document of EDITION."),
    "index": ("read", "List an index of EDITION: subjects, authors, dates…"),
    "describe": ("describe", "Describe bare text: its date, parties, place…"),
    "evaluate": ("evaluate", "Measure describing on marked-up SOURCES; list what disagrees."),
    "audit": ("audit", "List what looks wrong in EDITION, the most certain first."),
    "names": ("names", "List the persons, places and powers that a document names."),
    "suggest": ("suggest", "Suggest subjects for documents of EDITION that have none."),
    "links": ("links", "List what documents of EDITION say of others, with the evidence."),
    "thread": ("links", "List the documents that answer one another around a document."),
    "silences": ("links", "List what is not in EDITION though others mention or imply it."),
    "acts": ("acts", "List who protests, proposes, refuses what in EDITION, toward whom."),
    "holder": ("holder", "Tell who held an office on a day, from EDITION's own documents."),
    "cite": ("read", "Cite a document of EDITION."),
    "find": ("find", "Find the documents of EDITION that pasted citations mean."),
    "verify": ("verify", "Check a quotation against a document of EDITION, to the letter."),
    "fetch": ("fetch", "Fetch public collections by name into a folder."),
    "export": ("export", "Write the documents of EDITION to a file."),
    "mcp": ("mcp", "Give EDITION to a language model as tools, over stdio."),
}
INTERRUPTED = 130
GUIDE = """\
Start here:
  regesta demo                                  a small edition, ready to read
  regesta open ~/sources                        your own folder, in the browser

Step by step:
  regesta build ~/sources --to my.regesta
  regesta search my.regesta 'grain AND "Black Sea"' --from 1914 --to 1918
  regesta serve my.regesta

'regesta COMMAND --help' shows a command's options with examples.
Exit status: 0 done, 1 failed (one line says why), 2 wrong usage."""


class LazyGroup(click.Group):
    """A group that knows its commands' names and summaries, and imports one when it is run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands in the order of a newcomer's path."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command, or None where there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"regesta.serving.cli.{COMMANDS[cmd_name][0]}")
        command = getattr(module, f"{cmd_name}_command")
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; for an unknown one name the nearest."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            raise click.UsageError(f"no command {args[0]!r}{_nearest(args[0])}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the epilog flush left, as it is written."""
        write_epilog(self, formatter)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a reader that has seen enough is no failure (click would say 1)."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            _silence(sys.stdout)
            return None

    def main(  # type: ignore[override]
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = "regesta",
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run, and turn every failure into one line and an exit status."""
        if not standalone_mode:
            return super().main(args, prog_name, standalone_mode=False, **extra)
        _steady_streams()
        try:
            status = super().main(args, prog_name, standalone_mode=False, **extra)
            sys.stdout.flush()
        except Exception as error:
            if os.environ.get("REGESTA_DEBUG") and not isinstance(error, click.ClickException):
                raise
            status = _report(error)
        except KeyboardInterrupt:
            status = INTERRUPTED
        sys.exit(status if isinstance(status, int) else 0)


def write_epilog(command: click.Command, formatter: click.HelpFormatter) -> None:
    """Write a command's examples as they stand, without wrapping or indenting them."""
    if command.epilog:
        formatter.write_paragraph()
        for line in command.epilog.splitlines():
            formatter.write(f"{line}\n")


def _nearest(name: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, COMMANDS, n=2, cutoff=0.5)
    return f"; did you mean {' or '.join(near)}?" if near else ""


def _steady_streams() -> None:
    """Never fail on a character that the terminal's encoding lacks, nor on a closed stream."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by the shell: `regesta … >&-`
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def _line(what: str, hint: str = "") -> None:
    """Write one clear line on standard error."""
    text = " ".join(f"{what} ({hint})".split() if hint else what.split())
    try:
        click.echo(f"regesta: {text}", err=True)
    except OSError:  # standard error itself is gone: the exit status must do
        _silence(sys.stderr)


def _silence(stream: Any) -> None:
    """Send what is still buffered for a closed pipe nowhere, so that exit stays quiet."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _report(error: Exception) -> int:
    """Say in one line what failed; give the exit status."""
    if isinstance(error, click.Abort):
        return INTERRUPTED
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.message)
        return 0
    if isinstance(error, click.UsageError):
        _line(*_usage_words(error))
        return 2
    if isinstance(error, click.ClickException):
        _line(error.format_message())
        return error.exit_code
    if isinstance(error, RegestaError):
        _line(error.what, error.hint)
        return 2 if isinstance(error, QueryError | UnknownValue) else 1
    if isinstance(error, OSError):
        return _report_os_error(error)
    kind = type(error).__name__
    _line(f"unexpected {kind}: {error}", "a fault in Regesta; REGESTA_DEBUG=1 shows where")
    return 1


def _usage_words(error: click.UsageError) -> tuple[str, str]:
    """What click says of wrong usage, in our words, and where to look."""
    path = error.ctx.command_path if error.ctx else "regesta"
    message = error.format_message().rstrip(".").replace("a valid integer range", "a whole number")
    message = re.sub(r"\.? \((Did you mean .*)\)$", lambda m: f"; {m[1].lower()}", message)
    hint = f"see '{path} --help'"
    short = isinstance(error, click.NoSuchOption) and not error.option_name.startswith("--")
    if short and error.ctx and error.ctx.info_name == "search":
        hint = "a query with -word stands in one pair of quotes, as in 'grain -relief'; " + hint
    return message[:1].lower() + message[1:], hint


def _report_os_error(error: OSError) -> int:
    if isinstance(error, BrokenPipeError) or error.errno == errno.EPIPE:
        _silence(sys.stdout)  # the reader has seen enough, as in `regesta index … | head`
        return 0
    where = f": {error.filename}" if error.filename else ""
    hint = {
        errno.ENOSPC: "free some space and run it again",
        errno.EACCES: "check its permissions",
    }.get(error.errno or 0, "")
    _line(f"{error.strerror or error}{where}", hint)
    return 1


def _print_version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from regesta import __version__

        click.echo(f"regesta {__version__}")
        ctx.exit()


@click.group(
    cls=LazyGroup,
    epilog=GUIDE,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96},
)
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_print_version,
    help="Show the version and exit.",
)
def main() -> None:
    """From a pile of diplomatic documents to an edition that answers.

    Point Regesta at TEI volumes, saved web pages, transcripts; get every document dated,
    attributed, indexed by subject, author and date, searchable and citable.
    """


def run() -> NoReturn:
    """Run as `python -m regesta.serving.cli.main`."""
    main()
    raise SystemExit(0)


if __name__ == "__main__":
    run()
