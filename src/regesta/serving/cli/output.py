"""How commands speak: JSON or plain lines on standard output, remarks on standard error.

What comes in are values and lines; what goes out holds no control character of a source's text and
no colour where nobody can see it.
"""

import os
import re
import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence
from typing import Any

import click
import msgspec

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
WIDEST_CELL = 48
"""A longer cell pushes its own row on rather than all the others."""
MEASURE = 88
"""Widest line of running text, in characters: longer ones tire the eye."""


def safe(text: str) -> str:
    """Give a text without control characters, so that no source can command the terminal."""
    return _CONTROLS.sub("\ufffd", text)


def width() -> int:
    """Columns for running text: the terminal's, at most MEASURE."""
    return max(40, min(shutil.get_terminal_size((MEASURE, 24)).columns, MEASURE))


def coloured() -> bool:
    """Tell whether standard output is a terminal that wants colour (NO_COLOR is respected)."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()


def style(text: str, **how: Any) -> str:
    """Colour a text where colour is wanted."""
    return click.style(text, **how) if coloured() else text


def out(line: str = "") -> None:
    """Write a line of the result."""
    click.echo(line, color=coloured())


def out_json(value: Any, *, indent: int | None = None) -> None:
    """Write a value as JSON in UTF-8, indented on a terminal, one line elsewhere."""
    data = msgspec.json.encode(value)
    if indent is None:
        indent = 2 if sys.stdout.isatty() else 0
    if indent:
        data = msgspec.json.format(data, indent=indent)
    out_bytes(data + b"\n")


def out_bytes(data: bytes) -> None:
    """Write bytes of the result as they are."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def remark(line: str, *, quiet: bool = False) -> None:
    """Write a line on standard error."""
    if not quiet:
        click.echo(line, err=True)


def warn(line: str) -> None:
    """Write a warning on standard error."""
    click.echo(f"regesta: warning: {' '.join(safe(line).split())}", err=True)


def wrapped(text: str, *, indent: str = "", hanging: str | None = None) -> str:
    """Fold a paragraph to the width of the page."""
    return textwrap.fill(
        safe(text),
        width(),
        initial_indent=indent,
        subsequent_indent=indent if hanging is None else hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )


def table(rows: Sequence[Sequence[str]], *, right: Iterable[int] = (), indent: str = "") -> None:
    """Write rows in columns; the columns named in ``right`` are set flush right."""
    if not rows:
        return
    flush = set(right)
    sizes = [min(WIDEST_CELL, max(len(row[i]) for row in rows)) for i in range(len(rows[0]))]
    for row in rows:
        cells = [
            cell.rjust(size) if i in flush else cell.ljust(size)
            for i, (cell, size) in enumerate(zip(row, sizes, strict=True))
        ]
        out(f"{indent}{'  '.join(cells).rstrip()}")


def number(value: int) -> str:
    """A count as people read it: 321,000."""
    return f"{value:,}"


def counted(value: int, one: str, many: str = "") -> str:
    """A count with its noun: "1 document", "3,210 documents"."""
    return f"{number(value)} {one if value == 1 else many or one + 's'}"
