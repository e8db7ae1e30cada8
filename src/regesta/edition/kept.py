"""Files beside the record that keep what was found after a build: opened, begun, told apart.

Each is a database with a table ``meta``, in which ``state`` says what it belongs to. Any of them
may be thrown away: what it held is found again.
"""

import hashlib
import sqlite3
from collections.abc import Sequence
from importlib.metadata import entry_points
from pathlib import Path
from urllib.parse import quote

import msgspec

import regesta
from regesta.documents.failures import Failure


def open_kept(path: Path, state: str | None = None) -> sqlite3.Connection | None:
    """Open a file for reading; None where there is none, or none of the state asked for."""
    if not path.is_file():
        return None
    try:
        db = sqlite3.connect(
            f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
    except sqlite3.Error:
        return None
    if state is None or kept_meta(db, "state") == state:
        return db
    db.close()
    return None


def kept_meta(db: sqlite3.Connection, key: str) -> str:
    """A value of the table ``meta``, or ""."""
    try:
        row = db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    except sqlite3.Error:
        return ""
    return str(row[0]) if row else ""


def kept_failures(db: sqlite3.Connection) -> tuple[Failure, ...]:
    """What of the installed extensions failed when it was found."""
    said = kept_meta(db, "failures")
    return msgspec.json.decode(said, type=tuple[Failure, ...]) if said else ()


def keep_failures(
    db: sqlite3.Connection, failures: Sequence[Failure], state: str, *, of: int
) -> None:
    """Write down what failed, and to which state all belongs.

    Args:
        db: With a table ``meta``.
        failures: One for each thing that failed.
        state: The state.
        of: At how many each could fail. Where one failed at all of them nothing is known of what
            it finds: the state is left out, so that it is found anew when it is asked for next.
    """
    whole = all(failure.times < of for failure in failures)
    meta = {"failures": msgspec.json.encode(failures).decode(), "state": state if whole else ""}
    db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", meta.items())


def plain(text: str) -> str:
    """A text that a database takes: a source's text may hold half of a surrogate pair."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def begin(path: Path, tables: str) -> sqlite3.Connection:
    """Open the file that is being made: one left behind is gone on with, a broken one is not.

    Args:
        path: The file.
        tables: SQL that makes its tables where they are not there.

    Raises:
        sqlite3.OperationalError: The folder cannot be written.
    """
    for last in (False, True):
        db = sqlite3.connect(path)
        try:
            db.executescript(f"PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; {tables}")
            return db
        except sqlite3.DatabaseError:
            db.close()
            if last:
                raise
            path.unlink(missing_ok=True)
    raise AssertionError  # the last time it is opened or raised


def digest_of_files(*patterns: str, plugins: str = "") -> str:
    """Give a digest of our code and words, and of the names and versions of a group of plug-ins.

    Args:
        patterns: Files of the package, in their order; those of one pattern by name.
        plugins: A group of entry points.
    """
    root = Path(regesta.__file__).parent
    digest = hashlib.sha256()
    for pattern in patterns:
        for path in sorted(root.glob(pattern)):
            digest.update(path.read_bytes())
    found = entry_points(group=plugins) if plugins else ()
    for entry in sorted(found, key=lambda e: (e.name, e.value)):
        version = entry.dist.version if entry.dist else ""
        digest.update(f"{entry.name} {entry.value} {version}\n".encode())
    return digest.hexdigest()


def digest_of(*parts: str) -> str:
    """Give a digest of words, each told from the next."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
