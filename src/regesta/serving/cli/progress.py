"""Progress on standard error: a bar on a terminal, a plain line now and then elsewhere, or nothing.

What comes in are counts of bytes or documents; the result on standard output is never touched.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from regesta.serving.cli.output import number, remark, safe

PLAIN_EVERY = 5.0
"""Seconds between plain lines: often enough to show life, seldom enough for a log."""
NAME_WIDTH = 32

#: How much is done, how much in all, name of the current file.
Tell = Callable[[int, int, str], None]


def _nothing(done: int, total: int, current: str) -> None:
    pass


@contextmanager
def told(title: str, *, unit: str = "bytes", quiet: bool = False) -> Iterator[Tell]:
    """Show progress while the block runs.

    Args:
        title: What is being done ("Building").
        unit: What is counted: "bytes" or "documents".
        quiet: Show nothing.

    Yields:
        A function to call as often as one likes.
    """
    if quiet:
        yield _nothing
    elif sys.stderr.isatty():
        with _bar(title, unit) as tell:
            yield tell
    else:
        yield _plain(title, unit)


def short_name(path: str) -> str:
    """The last part of a path, of an archive's inner path too."""
    return safe(path.rstrip("/").rsplit("/", 1)[-1])


def amount(value: float, unit: str) -> str:
    """So many megabytes, or so many documents."""
    return f"{value / 1e6:,.1f} MB" if unit == "bytes" else f"{number(round(value))} {unit}"


def _plain(title: str, unit: str) -> Tell:
    last = time.monotonic()

    def tell(done: int, total: int, current: str) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= PLAIN_EVERY:
            last = now
            share = f"{100 * done // total} %, " if total else ""
            remark(f"{title}: {share}{amount(done, unit)} {short_name(current)}".rstrip())

    return tell


@contextmanager
def _bar(title: str, unit: str) -> Iterator[Tell]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

    started = time.monotonic()
    columns: tuple[Any, ...] = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        TaskProgressColumn(),
        TextColumn("{task.fields[told]}", markup=False),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(title, total=None, told="")

        def tell(done: int, total: int, current: str) -> None:
            seconds = max(time.monotonic() - started, 0.001)
            name = short_name(current)
            if len(name) > NAME_WIDTH:
                name = "…" + name[1 - NAME_WIDTH :]
            words = f"{amount(done, unit)}, {amount(done / seconds, unit)}/s  {name}"
            progress.update(task, completed=done, total=total or None, told=words)

        yield tell
