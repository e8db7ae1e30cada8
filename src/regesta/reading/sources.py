"""From the paths a user gives to light references to files, in one stable order.

Folders are walked, archives are listed; nothing is read until a reference is loaded, so that a
build can pass over unchanged files. What cannot be a source comes out as one line with its reason.
"""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from regesta.errors import SourceError
from regesta.reading import archives, file_kinds
from regesta.reading.base import SourceFile
from regesta.reading.limits import MAX_DEPTH, MAX_FILE_BYTES, megabytes


@dataclass(frozen=True, slots=True)
class SourceRef:
    """A file that can be loaded; as light as its row in a listing.

    Attributes:
        path: As it stands in the report and in ``Source.path``; inside an archive
            ``archive.zip!/inner/path``.
        file: Absolute path of the file on disk (of the archive, for a member).
        folder: Name of the folder (or archive) it lies in: the fallback collection.
        size: Its size in bytes, unpacked.
        mtime_ns: When the file on disk was last changed, nanoseconds since 1970.
        member: Where its bytes lie in the archive, or None for a file of its own.

    ``(path, size, mtime_ns)`` unchanged means that the bytes are unchanged too.
    """

    path: str
    file: str
    folder: str
    size: int
    mtime_ns: int
    member: archives.Member | None = None

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.member.name.rpartition("/")[2] if self.member else os.path.basename(self.file)

    def load(self) -> SourceFile:
        """Read the bytes and their SHA-256.

        Raises:
            SourceError: It has vanished, may not be read, or is not what its archive promised.
        """
        data = archives.load(self.file, self.member) if self.member else _read(self.file)
        return SourceFile(
            path=self.path,
            name=self.name,
            folder=self.folder,
            data=data,
            sha256=hashlib.sha256(data).hexdigest(),
        )


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that is no source, with the reason in a few words.

    ``deliberate`` marks what was passed over on purpose (a README, an archive's licence): a word
    for the report's warnings rather than something that failed.
    """

    path: str
    reason: str
    deliberate: bool = False


def find_sources(
    arguments: Sequence[str | Path], *, exclude: Iterable[str | Path] = ()
) -> Iterator[SourceRef | Unread]:
    """List what lies under the given files, folders and archives.

    Args:
        arguments: Files, folders (walked to the bottom, in sorted order) and ``.zip`` archives.
        exclude: Paths to leave out with all that lies under them (the edition being built).

    Yields:
        References and, for what cannot be read, ``Unread`` lines; each file once.

    Raises:
        SourceError: A given path does not exist; raised before anything is listed.
    """
    given = [os.path.normpath(path) if (path := os.fspath(one)) else "" for one in arguments]
    for path in given:
        if not os.path.lexists(path):
            named = path or "a name of no letters"
            raise SourceError(f"no such file or folder: {named}", "check the spelling")
    return _Walk(exclude).run(given)


def open_source(path: str, *, base: str | Path = "") -> SourceFile:
    """Load one source again by the path its documents carry (``a.zip!/inner`` too).

    Args:
        path: ``Source.path``.
        base: Folder that relative paths start from; the working folder when empty.

    Raises:
        SourceError: It is no longer there or cannot be read.
    """
    outer, inside, inner = path.partition(archives.SEPARATOR)
    if os.path.lexists(os.path.join(base, path)):
        outer, inside, inner = path, "", ""
    file = os.path.join(base, outer)
    found = _Walk(()).run([os.path.normpath(file)] if os.path.lexists(file) else [])
    for item in found:
        if isinstance(item, SourceRef) and item.path.partition(archives.SEPARATOR)[2] == inner:
            loaded = item.load()
            return SourceFile(path, loaded.name, loaded.folder, loaded.data, loaded.sha256)
        if isinstance(item, Unread) and not inside:
            raise SourceError(item.reason)
    raise SourceError(f"{path} is no longer there")


def _read(file: str) -> bytes:
    try:
        with open(file, "rb") as stream:
            data = stream.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise SourceError(_reason(error)) from None
    if len(data) > MAX_FILE_BYTES:
        raise SourceError(f"larger than {megabytes(MAX_FILE_BYTES)}; split it")
    return data


def _reason(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "may not be read (permission denied)"
    if isinstance(error, FileNotFoundError):
        return "is no longer there"
    return (error.strerror or str(error)).lower()


class _Walk:
    """One walk over the given paths; remembers where it has been, so that links cannot loop."""

    def __init__(self, exclude: Iterable[str | Path]) -> None:
        self.exclude = {os.path.realpath(path) for path in exclude}
        self.seen: set[str] = set()
        self.roots: tuple[str, ...] = ()

    def run(self, given: Sequence[str]) -> Iterator[SourceRef | Unread]:
        self.roots = tuple(os.path.realpath(path) for path in given)
        for path in given:
            yield from self.visit(path, named=True)

    def visit(
        self, path: str, *, named: bool = False, depth: int = 0
    ) -> Iterator[SourceRef | Unread]:
        """One path, link or not. ``named`` by the user: read whatever it is called."""
        real = os.path.realpath(path)
        if real in self.seen or real in self.exclude:
            return
        if not named and os.path.islink(path) and os.path.exists(path) and self.is_outside(real):
            reason = "is a link that leads out of the folder; to read what it leads to, name that"
            yield Unread(_printable(path), reason)
            return
        self.seen.add(real)
        try:
            info = os.stat(path)
        except OSError as error:
            broken = os.path.islink(path) and not isinstance(error, PermissionError)
            reason = "is a link that leads nowhere" if broken else _reason(error)
            yield Unread(_printable(path), reason)
            return
        if stat.S_ISDIR(info.st_mode):
            yield from self.folder(path, depth)
        elif stat.S_ISREG(info.st_mode):
            yield from self.file(path, info, named=named)
        else:
            yield Unread(_printable(path), "is no ordinary file (a device, pipe or socket)")

    def is_outside(self, real: str) -> bool:
        """Whether a path lies under nothing that was given; a link may lead to any file."""
        return not any(
            real == root or real.startswith(os.path.join(root, "")) for root in self.roots
        )

    def folder(self, path: str, depth: int) -> Iterator[SourceRef | Unread]:
        if depth > MAX_DEPTH:
            yield Unread(_printable(path), f"lies more than {MAX_DEPTH} folders deep; name it")
            return
        try:
            names = sorted(os.listdir(path))
        except OSError as error:
            yield Unread(_printable(path), _reason(error))
            return
        beside = set(names)
        for name in names:
            inner = os.path.join(path, name)
            if file_kinds.is_litter(name) or file_kinds.is_settings(name):
                continue
            if file_kinds.is_edition(inner) or file_kinds.is_page_folder(name, beside):
                continue
            yield from self.visit(inner, depth=depth + 1)

    def file(self, path: str, info: os.stat_result, *, named: bool) -> Iterator[SourceRef | Unread]:
        shown = _printable(path)
        file = os.path.abspath(path)
        if not named and file_kinds.is_about(os.path.basename(path)):
            yield Unread(shown, "speaks of the folder, is none of its documents", True)
        elif shown != path:
            yield Unread(shown, "has a name that is not UTF-8; rename it")
        elif info.st_size == 0:
            yield Unread(shown, "is empty")
        elif path.lower().endswith(".zip"):
            yield from _members(shown, file, info.st_mtime_ns)
        elif info.st_size > MAX_FILE_BYTES:
            size = f"{megabytes(info.st_size)}, more than {megabytes(MAX_FILE_BYTES)}"
            yield Unread(shown, f"is too large ({size}); split it")
        else:
            folder = os.path.basename(os.path.dirname(file)) or "sources"
            yield SourceRef(shown, file, _printable(folder), info.st_size, info.st_mtime_ns)


def _members(path: str, file: str, mtime_ns: int) -> Iterator[SourceRef | Unread]:
    """The files of an archive, sorted by name."""
    try:
        listed = archives.members(file)
    except SourceError as error:
        yield Unread(path, error.what)
        return
    for item in listed:
        shown = f"{path}{archives.SEPARATOR}{item.name}"
        if isinstance(item, archives.Refused):
            yield Unread(shown, item.reason, item.deliberate)
        else:
            folder = item.name.rpartition("/")[0].rpartition("/")[2] or Path(file).stem
            yield SourceRef(shown, file, folder, item.size, mtime_ns, item)


def _printable(path: str) -> str:
    """The path with bytes that are no Unicode made visible, so that it can be stored and shown."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
