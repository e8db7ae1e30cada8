"""Small files of an edition that people edit or read: written whole or not at all, one at a time.

A text comes in; beside the old file the new one is written, and then takes its place.
"""

import errno
import os
import secrets
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from regesta.errors import EditionError

LOCK_FILE: Final = "writing.lock"


#: Errors of the system, and of SQLite, that say that a folder or a disk takes no more.
_NO_ROOM: Final = {errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOSPC, errno.EDQUOT}
_NO_ROOM_SQLITE: Final = {
    sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_FULL,
}  # fmt: skip


def unwritable(error: BaseException) -> bool:
    """Whether an error says that nothing can be written here: not allowed, or no space.

    Whoever only reads can then do without. Any other error (a lock that is held, a broken disk) is
    no reason to.
    """
    if isinstance(error, sqlite3.Error):
        # The last byte of an extended code is its plain code.
        return getattr(error, "sqlite_errorcode", -1) & 0xFF in _NO_ROOM_SQLITE
    if isinstance(error, OSError):
        return error.errno in _NO_ROOM
    cause = error.__cause__ or error.__context__
    return isinstance(error, EditionError) and cause is not None and unwritable(cause)


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Let nobody else who asks for it change the files of an edition; waits until it is so.

    For reading a file, changing it and writing it back. The system gives the lock back when the
    process ends.

    Raises:
        OSError: The folder cannot be written.
    """
    handle = os.open(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        take_lock(handle, wait=True)
        yield
    finally:
        os.close(handle)


def take_lock(handle: int, *, wait: bool) -> bool:
    """Lock an open file for this process, until it closes it; whether that was done.

    Args:
        handle: The file's.
        wait: Wait until nobody else has the lock; without, False is given where somebody has.
    """
    try:
        import fcntl
    except ImportError:
        return _take_on_windows(handle, wait=wait)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        if wait:
            raise
        return False
    return True


def _take_on_windows(handle: int, *, wait: bool) -> bool:
    import msvcrt

    how = msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK  # type: ignore[attr-defined]
    try:
        msvcrt.locking(handle, how, 1)  # type: ignore[attr-defined]
    except OSError:
        if wait:
            raise
        return False
    return True


def replace_file(path: Path, text: str) -> None:
    """Write a file so that whoever reads it finds the old text or the new, even after a crash.

    A link stays one, and what the file's owner allows stays allowed.

    Raises:
        OSError: It cannot be written; the old file stays as it is.
    """
    path = path.resolve()
    fresh = path.with_name(f".{path.name[:60]}.{secrets.token_hex(6)}.part")
    try:
        with fresh.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        if path.exists():
            shutil.copymode(path, fresh)
        os.replace(fresh, path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
