"""Waiting for what is found once after a build, without holding a thread while it is found.

In comes the work of a request, which raises `StillAtWork` where it comes too early; out goes its
answer. API, MCP and pages wait alike; they differ in how long, and in what they say in the end.
"""

import asyncio
import time
from collections.abc import Callable
from typing import Protocol, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from regesta.errors import EditionError

#: Seconds a program waits while the edition is looked through, or linked, for the first time; and
#: a reader, who is then shown how far it has come.
WAIT, READERS_WAIT = 20.0, 4.0
#: Seconds between two looks.
_EVERY = 0.25
_T = TypeVar("_T")


class StillAtWork(EditionError):
    """What is asked for is still being found."""


class Late(Protocol):
    """A part of an edition whose answers are found after the build."""

    def progress(self) -> tuple[int, int] | None:
        """Have it found in the background: documents done and in all, None once it is there."""


def ready(part: Late, what: str) -> None:
    """Go on where a part's answers are there.

    Args:
        part: Of the edition; it is begun with where nobody has asked before.
        what: Said to whoever has waited long enough.

    Raises:
        StillAtWork: They are not there yet.
    """
    if part.progress() is not None:
        raise StillAtWork(what, "ask again in a minute")


async def patiently(work: Callable[[], _T]) -> _T:
    """Do the work of a request in a thread, again and again as long as it comes too early.

    Between two tries no thread is held: all other requests are answered meanwhile.

    Raises:
        StillAtWork: It came too early for ``WAIT`` seconds.
    """
    until = time.monotonic() + WAIT
    while True:
        try:
            return await run_in_threadpool(work)
        except StillAtWork:
            if time.monotonic() >= until:
                raise
        await asyncio.sleep(_EVERY)


def how_far(request: Request, part: Late) -> tuple[int, int] | None:
    """How far a part has come, for a page that :func:`shown_in_time` makes.

    Returns:
        Documents done and in all, once the reader has waited long enough; None where it is there.

    Raises:
        StillAtWork: It is not there yet, and the reader may wait.
    """
    progress = part.progress()
    if progress is not None and not getattr(request.state, "waited", False):
        raise StillAtWork("the page comes too early")
    return progress


async def shown_in_time(view: Callable[[Request], _T], request: Request) -> _T:
    """Make a page, in a thread, once what it shows is there; after a while, as far as it is."""
    until = time.monotonic() + READERS_WAIT
    while time.monotonic() < until:
        try:
            return await run_in_threadpool(view, request)
        except StillAtWork:
            await asyncio.sleep(_EVERY)
    request.state.waited = True
    return await run_in_threadpool(view, request)
