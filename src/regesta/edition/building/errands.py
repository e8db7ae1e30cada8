"""Work for processes of their own: a function by its name, bytes in, bytes out.

For what takes long and is asked seldom. A process that ends badly is no loss: its work is done
here, where its fault says what it is. Beside it stands what stages that read whole sources share:
which sources make an errand, and what need not be read again.
"""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import closing
from importlib import import_module

#: Characters of one errand: enough that starting a process for it is little, and so few that the
#: last ones end at about the same time. By their length, for documents differ too much in it.
ERRAND = 2_000_000
#: Sources of a record, and the characters of their documents.
SIZES = "SELECT n >> 20, sum(characters) FROM documents GROUP BY n >> 20"

_COMMAND = "from regesta.edition.building.errands import serve; serve()"


def processors() -> int:
    """How many processors this process may use."""
    try:
        return max(1, len(os.sched_getaffinity(0)))
    except AttributeError:
        return max(1, os.cpu_count() or 1)


def run(function: str, errands: Sequence[bytes], workers: int) -> Iterator[tuple[int, bytes]]:
    """Run a function over several errands.

    Args:
        function: ``module:name`` of a function from bytes to bytes.
        errands: What each is about.
        workers: Processes at a time; 0 or 1 runs them here, one after the other.

    Yields:
        Number and result of each errand, as they are done.
    """
    if workers <= 1 or len(errands) < 2:
        for n, errand in enumerate(errands):
            yield n, _here(function, errand)
        return
    with ThreadPoolExecutor(min(workers, len(errands))) as pool:
        jobs = {pool.submit(_there, function, errand): n for n, errand in enumerate(errands)}
        for job in as_completed(jobs):
            yield jobs.pop(job), job.result()


def _here(function: str, errand: bytes) -> bytes:
    module, _, name = function.partition(":")
    result = getattr(import_module(module), name)(errand)
    assert isinstance(result, bytes)
    return result


def _there(function: str, errand: bytes) -> bytes:
    environment = dict(os.environ)
    environment["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    done = subprocess.run(
        [sys.executable, "-c", _COMMAND, function],
        input=errand,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        check=False,
    )
    return _here(function, errand) if done.returncode else done.stdout


def serve() -> None:
    """Be a process that runs one errand from standard input to standard output."""
    target = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    with target:
        target.write(_here(sys.argv[1], sys.stdin.buffer.read()))


def bundles(sources: Sequence[tuple[int, int]], size: int) -> Iterator[list[tuple[int, int]]]:
    """Put sources in bundles of about one size, the largest first: none of them is left to the end.

    Args:
        sources: Number of each source, and of its documents.
        size: Documents from which on a bundle is full.
    """
    bundle: list[tuple[int, int]] = []
    held = 0
    for source, count in sorted(sources, key=lambda item: (-item[1], item[0])):
        bundle.append((source, count))
        held += count
        if held >= size:
            yield bundle
            bundle, held = [], 0
    if bundle:
        yield bundle


def take_over(
    db: sqlite3.Connection,
    last: sqlite3.Connection | None,
    wanted: dict[int, tuple[str, int]],
    kept: dict[int, str],
) -> None:
    """Take over into the table ``found`` what was found last in sources that are as they were.

    Args:
        db: The database that is being made.
        last: The last one, closed here; None where there is none. A broken one gives nothing.
        wanted: Source -> digest of all that decides what is found in it, and its documents.
        kept: Source -> digest of what ``db`` holds; brought up to date.
    """
    if last is None:
        return
    with closing(last):
        try:
            rows = last.execute("SELECT source, digest FROM found").fetchall()
            for source, digest in rows:
                if wanted.get(source, ("",))[0] == digest and kept.get(source) != digest:
                    row = last.execute("SELECT * FROM found WHERE source = ?", (source,)).fetchone()
                    db.execute("INSERT OR REPLACE INTO found VALUES (?, ?, ?, ?)", row)
                    kept[source] = digest
        except sqlite3.Error:
            return
