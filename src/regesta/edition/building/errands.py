"""Work for processes of their own: a function by its name, bytes in, bytes out.

For what takes long and is asked seldom. A process runs one errand after another, since to start it
costs as much as some hundred documents; one that ends badly is no loss: its work is done here,
where its fault says what it is. Beside it stands what stages that read whole sources share:
which sources make an errand, and what need not be read again.
"""

import gc
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack, closing, suppress
from importlib import import_module
from queue import SimpleQueue
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from regesta.edition.late import Progress
    from regesta.edition.record.store import Record

#: Characters of one errand: so few that the last ones end at about the same time. By their length,
#: for documents differ too much in it.
ERRAND = 2_000_000
#: From so many documents on, reading is shared among processes.
MANY = 2_000
#: Sources of a record, and the characters of their documents.
SIZES = "SELECT n >> 20, sum(characters) FROM documents GROUP BY n >> 20"

#: Values that a process may leave in cycles before it looks for them: a few dozen megabytes.
LEFT_OVER = 100_000
#: Bytes before an errand and its answer that say how long it is.
_HEADER = 8
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
    count = min(workers, len(errands))
    idle = SimpleQueue[_Helper]()

    def done(errand: bytes) -> bytes:
        helper = idle.get()
        try:
            return helper.run(errand)
        finally:
            idle.put(helper)

    with ExitStack() as held:
        for _ in range(count):
            idle.put(held.enter_context(closing(_Helper(function))))
        pool = held.enter_context(ThreadPoolExecutor(count))
        jobs = {pool.submit(done, errand): n for n, errand in enumerate(errands)}
        for job in as_completed(jobs):
            yield jobs.pop(job), job.result()


class _Helper:
    """A process that runs errands of one function; started when the first is there."""

    def __init__(self, function: str) -> None:
        self.function = function
        self._process: subprocess.Popen[bytes] | None = None

    def run(self, errand: bytes) -> bytes:
        """Run an errand there; where the process ends over it, here."""
        with suppress(OSError):
            process = self._process = self._process or _started(self.function)
            if process.stdin and process.stdout:
                _send(process.stdin, errand)
                answer = _receive(process.stdout)
                if answer is not None:
                    return answer
        self.close()
        return _here(self.function, errand)

    def close(self) -> None:
        """Let the process end: it does when no errand can come any more."""
        if self._process is not None:
            with suppress(OSError):
                self._process.communicate()
            self._process = None


def _started(function: str) -> "subprocess.Popen[bytes]":
    environment = dict(os.environ)
    environment["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    return subprocess.Popen(
        [sys.executable, "-c", _COMMAND, function],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    )


def _send(to: IO[bytes], message: bytes) -> None:
    to.write(len(message).to_bytes(_HEADER, "little") + message)
    to.flush()


def _receive(source: IO[bytes]) -> bytes | None:
    """The next message, or None where there is none or not all of it."""
    header = source.read(_HEADER)
    if len(header) < _HEADER:
        return None
    size = int.from_bytes(header, "little")
    message = source.read(size)
    return message if len(message) == size else None


def _here(function: str, errand: bytes) -> bytes:
    module, _, name = function.partition(":")
    result = getattr(import_module(module), name)(errand)
    assert isinstance(result, bytes)
    return result


def serve() -> None:
    """Be a process that runs errands from standard input to standard output until none comes."""
    target = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    gc.set_threshold(LEFT_OVER)
    with target:
        while (errand := _receive(sys.stdin.buffer)) is not None:
            _send(target, _here(sys.argv[1], errand))


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


def read_through(
    record: "Record",
    wanted: dict[int, tuple[str, int]],
    kept: dict[int, str],
    *,
    function: str,
    packed: Callable[[list[int]], bytes],
    workers: int | None,
    tell: "Progress",
) -> Iterator[bytes]:
    """Have those sources read that are not kept as they are, and tell of every step.

    Args:
        record: The record that holds their documents.
        wanted: Source -> digest of all that decides what is found in it, and its documents.
        kept: Source -> digest of what is there already.
        function: What reads an errand, as in :func:`run`.
        packed: Makes the errand of some sources.
        workers: Processes that read; None decides by the number of documents, 0 uses none.
        tell: Told of documents done and in all, of an errand once its answer has been taken.

    Yields:
        The answer of each errand.
    """
    to_read = [n for n, (digest, _) in wanted.items() if kept.get(n) != digest]
    total = sum(count for _, count in wanted.values())
    done = total - sum(wanted[n][1] for n in to_read)
    tell(done, total, "")
    if workers is None:
        workers = processors() if total - done >= MANY else 0
    sizes: dict[int, int] = dict(record.rows(SIZES))
    some = [[n for n, _ in bundle] for bundle in bundles([(n, sizes[n]) for n in to_read], ERRAND)]
    for at, answer in run(function, list(map(packed, some)), workers):
        yield answer
        done += sum(wanted[n][1] for n in some[at])
        tell(done, total, "")


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
