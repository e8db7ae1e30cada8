"""Work for processes of their own: a function by its name, bytes in, bytes out.

For what takes long and is asked seldom. A process that ends badly is no loss: its work is done
here, where its fault says what it is.
"""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from importlib import import_module

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
