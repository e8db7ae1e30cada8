"""One build at a time: a lock on a file of the edition, given back by the system when we end."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from regesta.errors import EditionBusy, EditionError

FILE = "build.lock"


@contextmanager
def lock(folder: Path) -> Iterator[None]:
    """Hold the lock of an edition.

    Raises:
        EditionBusy: Another process is building it.
        EditionError: The folder cannot be written.
    """
    try:
        handle = os.open(folder / FILE, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise EditionError(
            f"{folder}: cannot be written: {(error.strerror or str(error)).lower()}"
        ) from None
    try:
        if not _take(handle):
            raise EditionBusy(f"{folder}: another build is writing to it", "wait until it is done")
        yield
    finally:
        os.close(handle)


def _take(handle: int) -> bool:
    try:
        import fcntl
    except ImportError:
        return _take_on_windows(handle)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _take_on_windows(handle: int) -> bool:
    import msvcrt

    try:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    except OSError:
        return False
    return True
