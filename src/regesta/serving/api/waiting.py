"""Waiting for what is found once after a build, without holding a thread while it is found.

In comes the work of a request, which raises `StillAtWork` where it comes too early; out goes its
answer, or that error where it comes too early for too long.
"""

import asyncio
import time
from collections.abc import Callable
from typing import TypeVar

from starlette.concurrency import run_in_threadpool

from regesta.errors import EditionError

#: Seconds a request waits while the edition is looked through, or linked, for the first time.
WAIT = 20.0
#: Seconds between two looks.
_EVERY = 0.25
_T = TypeVar("_T")


class StillAtWork(EditionError):
    """What is asked for is still being found."""


def ready(progress: tuple[int, int] | None, what: str) -> None:
    """Go on where nothing is left to be found. Raises StillAtWork."""
    if progress is not None:
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
