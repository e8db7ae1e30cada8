"""One writer at a time: a lock on a file of the edition, given back by the system when we end.

A build takes it, and whatever is found after one and kept beside the record.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from regesta.edition.writing import take_lock
from regesta.errors import EditionBusy, EditionError

FILE = "build.lock"


@contextmanager
def lock(folder: Path) -> Iterator[None]:
    """Hold the lock of an edition.

    Raises:
        EditionBusy: Another process, or another thread, writes to it.
        EditionError: The folder cannot be written.
    """
    try:
        handle = os.open(folder / FILE, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise EditionError(
            f"{folder}: cannot be written: {(error.strerror or str(error)).lower()}"
        ) from None
    try:
        if not take_lock(handle, wait=False):
            raise EditionBusy(
                f"{folder}: another program is writing to it",
                "wait until it is done: a build, or a server that links it or finds acts",
            )
        yield
    finally:
        os.close(handle)
