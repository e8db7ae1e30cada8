"""Where the pages of a site are made: in processes that keep the edition open, or in this one.

What comes in are tasks, functions that take a press and what else they need; out go futures.
"""

import gc
import os
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

from regesta.edition import Edition
from regesta.serving.site.pages import Press

T = TypeVar("T")
#: Editions up to this many documents are made in this process: starting others takes as long.
SMALL = 300
#: Processes at most: more would wait for one another at the disk.
MOST = 8
#: Where one clean process can load the program and fork the others.
_FORKS = sys.platform == "linux"
#: Values that a worker may leave in cycles before it looks for them: a few dozen megabytes.
_LEFT_OVER = 100_000
_press: Press | None = None
_spent: Any = None


class Presses:
    """Runs tasks.

    Args:
        count: How many can run at once; 0: in this process.
    """

    def __init__(
        self, count: int, press: Press, pool: ProcessPoolExecutor | None = None, spent: Any = None
    ) -> None:
        self.count, self._press, self._pool, self._spent = count, press, pool, spent

    @property
    def processor_seconds(self) -> float:
        """What the other processes have spent on their tasks."""
        return float(self._spent.value) if self._spent is not None else 0.0

    def run(self, task: Callable[..., T], *given: Any) -> "Future[T]":
        """Run ``task(press, *given)``; task and values must be such as another process can take."""
        if self._pool is not None:
            return self._pool.submit(_run, task, given)
        done: Future[T] = Future()
        done.set_result(task(self._press, *given))
        return done


@contextmanager
def presses(
    edition: Edition, folder: Path, address: str, count: int | None, *, words: Path | None = None
) -> Iterator[Presses]:
    """Open what makes pages.

    Args:
        edition: The edition.
        folder: Where the site grows.
        address: Where it will stand, or "".
        words: Where the words of documents go, for Pagefind.
        count: Processes; None decides by the size of the edition, 0 uses none.
    """
    if count is None:
        count = _suitable(edition)
    press = Press(edition, folder, address=address, words=words)
    if not count:
        yield Presses(0, press)
        return
    context = get_context("forkserver" if _FORKS else "spawn")
    if _FORKS:
        context.set_forkserver_preload([__name__])
    spent = context.Value("d", 0.0)
    pool = ProcessPoolExecutor(
        count,
        mp_context=context,
        initializer=_open,
        initargs=(str(edition.path), folder, address, words, spent),
    )
    try:
        yield Presses(count, press, pool, spent)
    finally:
        pool.shutdown(cancel_futures=True)


def _suitable(edition: Edition) -> int:
    """How many processes suit the edition and this machine."""
    if edition.info().documents <= SMALL:
        return 0
    try:
        return max(1, min(MOST, len(os.sched_getaffinity(0))))
    except AttributeError:
        return max(1, min(MOST, os.cpu_count() or 1))


def _open(path: str, folder: Path, address: str, words: Path | None, spent: Any) -> None:
    """Open the edition in a worker."""
    global _press, _spent
    _spent = spent
    _press = Press(Edition.open(path), folder, address=address, words=words)
    # What is loaded now stays; and pages leave few cycles, but each looking for them takes long.
    gc.collect()
    gc.freeze()
    gc.set_threshold(_LEFT_OVER)
    _count(time.process_time())


def _run(task: Callable[..., T], given: tuple[Any, ...]) -> T:
    """Run a task in a worker."""
    assert _press is not None
    before = time.process_time()
    try:
        return task(_press, *given)
    finally:
        _count(time.process_time() - before)


def _count(seconds: float) -> None:
    with _spent.get_lock():
        _spent.value += seconds
