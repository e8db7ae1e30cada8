"""Options that commands share: the edition, --json, --quiet, the filters of a search."""

import functools
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from regesta.errors import RegestaError
from regesta.serving.cli.main import write_epilog

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.edition import Edition

F = TypeVar("F", bound=Callable[..., Any])


class RegestaCommand(click.Command):
    """A command whose examples stand in its help as they are written."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples flush left."""
        write_epilog(self, formatter)


def command(name: str, examples: str) -> Callable[[F], RegestaCommand]:
    """Make a command from a function, with examples for its help text.

    Args:
        name: The command.
        examples: Lines to type, each beginning with "regesta".
    """
    indented = "\n".join(f"  {line}" for line in examples.strip().splitlines())
    return click.command(
        name,
        cls=RegestaCommand,
        epilog=f"Examples:\n{indented}",
        context_settings={"max_content_width": 96},
    )


class WellFormedText(click.ParamType[str]):
    """A text argument that can be written down: no bytes that are not UTF-8, no NUL."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Refuse what no store and no terminal can hold."""
        text = str(value)
        try:
            text.encode()
        except UnicodeEncodeError:
            self.fail("this is not valid UTF-8", param, ctx)
        if "\0" in text:
            self.fail("this holds a NUL character", param, ctx)
        return text


TEXT = WellFormedText()

edition_argument = click.argument("edition", type=click.Path(), metavar="EDITION")
document_argument = click.argument("id", type=TEXT, metavar="ID")
json_option = click.option("--json", "as_json", is_flag=True, help="Write JSON for programs.")
quiet_option = click.option("-q", "--quiet", is_flag=True, help="No progress and no remarks.")

_FILTERS: tuple[tuple[str, str], ...] = (
    ("author", "Who wrote: a name, an office, or an id of the author index."),
    ("recipient", "To whom: likewise."),
    ("place", "Where it was written."),
    ("subject", "About what: a heading of the subject index."),
    ("kind", "Kind of document: telegram, note, treaty…"),
    ("collection", "Id of a collection."),
    ("language", "Language of the document, as an ISO 639 code: en, de…"),
)
_RANGE = ("first", "last", "within", "undated")


def filter_options(*, last: str = "--to") -> Callable[[F], F]:
    """Add the filters of a search, given to the function as one dictionary ``filters``.

    Args:
        last: The option for the last day; another where --to is a file.
    """
    names = [name for name, _ in _FILTERS]
    options = [
        click.option(f"--{name}", multiple=True, type=TEXT, metavar="NAME", help=text)
        for name, text in _FILTERS
    ]
    options += [
        click.option("--from", "first", metavar="DATE", type=TEXT, help="From: 1918-07-25, 1918…"),
        click.option(last, "last", metavar="DATE", type=TEXT, help="To: 1918-08, 1920…"),
        click.option("--within", is_flag=True, help="Only dates wholly in that range."),
        click.option("--undated", is_flag=True, help="Keep undated documents in that range."),
    ]

    def decorate(function: F) -> F:
        @functools.wraps(function)
        def gather(*args: Any, **given: Any) -> Any:
            filters = {name: given.pop(name) for name in (*names, *_RANGE)}
            return function(*args, filters=filters, **given)

        wrapped: Any = gather
        for option in reversed(options):
            wrapped = option(wrapped)
        return wrapped  # type: ignore[no-any-return]

    return decorate


def listed(values: Sequence[str], known: Sequence[str], option: str) -> tuple[str, ...]:
    """Read a list of names, also separated by commas; "all" means all that are known."""
    names = [part.strip() for value in values for part in value.split(",") if part.strip()]
    if "all" in names:
        return tuple(known)
    for name in names:
        if name not in known:
            raise click.BadParameter(
                f"{name!r} is none of {', '.join(known)}, all", param_hint=option
            )
    return tuple(dict.fromkeys(names))


@contextmanager
def opened(path: str) -> "Iterator[Edition]":
    """Open an edition for a command, and close it; warn of extensions that failed."""
    from regesta.edition import Edition
    from regesta.serving.cli.output import warn

    edition = Edition.open(path)
    try:
        yield edition
        for failure in edition.failures():
            warn(failure)
    finally:
        edition.close()


def failed(what: str, hint: str = "") -> RegestaError:
    """An error for one clear line and exit status 1."""
    return RegestaError(what, hint)


def here(edition: "Edition", id: str) -> str:
    """The id that a document has now; a remark says so where it was another."""
    now = edition.moved_to(id)
    if now:
        from regesta.serving.cli.output import remark

        remark(f"{id} is {now} now")
    return now or id
