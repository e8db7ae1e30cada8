"""A folder of fetched files: what is whole is kept, what is missing is fetched and written down.

What comes in are wanted files and a folder; out goes what became of each. The folder's manifest
has addresses and checksums, so that anyone can tell later what was fetched, when and from where.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import msgspec

from regesta.documents import Value
from regesta.errors import RegestaError
from regesta.serving.fetch.http import Fetched, Fetcher, NotThere
from regesta.serving.fetch.registry import Wanted

MANIFEST = "regesta-fetch.json"
State = Literal["fetched", "held", "unchanged", "failed"]

#: Called with bytes here, bytes in all (0: not known) and the file's name.
Progress = Callable[[int, int, str], None]


class Held(Value, frozen=True):
    """A file of a manifest."""

    collection: str
    url: str
    bytes: int
    sha256: str
    fetched: str
    etag: str = ""
    modified: str = ""


class Outcome(Value, frozen=True):
    """What became of a wanted file; ``why`` says what failed."""

    file: str
    collection: str
    state: State
    url: str = ""
    bytes: int = 0
    sha256: str = ""
    why: str = ""


def read_manifest(folder: Path) -> dict[str, Held]:
    """The files that were fetched into a folder, by name; none where there is no manifest.

    Raises:
        RegestaError: There is one that cannot be read.
    """
    path = folder / MANIFEST
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, dict[str, Held]])["files"]
    except FileNotFoundError:
        return {}
    except (OSError, msgspec.DecodeError, KeyError) as error:
        raise RegestaError(f"{path}: cannot be read: {error}", "remove it to begin anew") from None


def _write_manifest(folder: Path, files: dict[str, Held]) -> None:
    text = msgspec.json.format(msgspec.json.encode({"files": dict(sorted(files.items()))}))
    beside = folder / f"{MANIFEST}.part"
    beside.write_bytes(text + b"\n")
    beside.replace(folder / MANIFEST)


def fetch(
    files: Sequence[Wanted],
    folder: Path,
    fetcher: Fetcher,
    *,
    refresh: bool = False,
    force: bool = False,
    progress: Progress | None = None,
) -> Iterator[Outcome]:
    """Fetch files into a folder, one after the other; a failure is told and the work goes on.

    Args:
        files: What is wanted.
        folder: Where to; made where it is not there.
        fetcher: Asks the servers.
        refresh: Ask whether what is here has changed at its publisher's.
        force: Replace files that are not as they were fetched, or were not fetched.
        progress: Told as files grow.
    """
    folder.mkdir(parents=True, exist_ok=True)
    known = read_manifest(folder)
    for one in files:
        try:
            outcome, held = _one(
                one, folder, known.get(one.file), fetcher, refresh, force, progress
            )
        except RegestaError as error:
            yield Outcome(one.file, one.collection, "failed", why=str(error))
            continue
        if held is not None:
            known[one.file] = held
            _write_manifest(folder, known)
        yield outcome


def _one(
    one: Wanted,
    folder: Path,
    held: Held | None,
    fetcher: Fetcher,
    refresh: bool,
    force: bool,
    progress: Progress | None,
) -> tuple[Outcome, Held | None]:
    target = folder / one.file
    if target.exists() and not force:
        _check_held(target, held, one)
        assert held is not None
        if not refresh:
            return _outcome(one, held, "held"), None
        if fetcher.unchanged(Fetched(held.url, 0, "", held.etag, held.modified)):
            return _outcome(one, held, "unchanged"), None
    got = _from_anywhere(one, target, fetcher, progress)
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    new = Held(one.collection, got.url, got.bytes, got.sha256, now, got.etag, got.modified)
    return _outcome(one, new, "fetched"), new


def _check_held(target: Path, held: Held | None, one: Wanted) -> None:
    """Refuse to take a file for ours that is not as it was fetched."""
    mend = "--force fetches it again"
    if held is None:
        raise RegestaError(f"{target} is there and was not fetched", mend)
    with target.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != held.sha256 or (one.sha256 and digest != one.sha256):
        raise RegestaError(f"{target} is not as it was fetched", mend)


def _from_anywhere(
    one: Wanted, target: Path, fetcher: Fetcher, progress: Progress | None
) -> Fetched:
    """Fetch from the first address that has the file."""
    for n, url in enumerate(one.urls, 1):
        try:
            return fetcher.fetch(
                url,
                target,
                sha256=one.sha256,
                progress=(lambda a, b: progress(a, b, one.file)) if progress else None,
            )
        except NotThere as error:
            if n == len(one.urls):
                raise RegestaError(
                    f"{one.collection}: {error.what}", "check the name; the publisher lists them"
                ) from None
    raise AssertionError("a wanted file without address")


def _outcome(one: Wanted, held: Held, state: State) -> Outcome:
    return Outcome(one.file, one.collection, state, held.url, held.bytes, held.sha256)
