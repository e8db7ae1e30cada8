"""A zip file that is the same bytes for the same content: no clock, no names of this machine."""

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO

#: The first day that a zip file can name.
_NO_DAY = (1980, 1, 1, 0, 0, 0)
_CHUNK = 1 << 20


class Archive:
    """A zip file that is being written."""

    def __init__(self, into: zipfile.ZipFile) -> None:
        self._zip = into

    def add(self, name: str, content: str | bytes, *, packed: bool = True) -> None:
        """Add a small file."""
        self._zip.writestr(_entry(name, packed=packed), content)

    def add_file(self, name: str, content: IO[bytes], *, packed: bool = True) -> None:
        """Add a file from its beginning, in constant memory."""
        content.seek(0)
        with self._zip.open(_entry(name, packed=packed), "w", force_zip64=True) as into:
            shutil.copyfileobj(content, into, _CHUNK)


def _entry(name: str, *, packed: bool = True) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _NO_DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    entry.external_attr = 0o644 << 16
    entry.create_system = 3  # the same on every system
    return entry


@contextmanager
def archive(target: BinaryIO) -> Iterator[Archive]:
    """Write a zip file to a stream; one that cannot be sought is served from a temporary file."""
    if target.seekable():
        with zipfile.ZipFile(target, "w", compresslevel=6) as into:
            yield Archive(into)
        return
    with tempfile.TemporaryFile() as whole:
        with zipfile.ZipFile(whole, "w", compresslevel=6) as into:
            yield Archive(into)
        whole.seek(0)
        shutil.copyfileobj(whole, target, _CHUNK)
