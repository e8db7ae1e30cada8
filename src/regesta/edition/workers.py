"""Worker processes: batches of jobs in, results out as they come; a worker that dies is survived.

Plain child processes on two pipes rather than ``multiprocessing``: a script without a ``__main__``
guard may build, a worker ends by itself when the build is killed, and when one dies (killed for
its memory) it is known over which source.
"""

import gc
import os
import pickle
import queue
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO, Any

import msgspec

from regesta.edition.pipeline import Job, Shelved, shelve

#: Fewer bytes of sources than this are read at once in this process: starting two workers takes
#: as long as reading them.
SMALL = 1_500_000
#: One source up to this many bytes is read in this process too: nothing could be read beside it.
SINGLE = 8_000_000
#: A batch is one large source, or small ones up to this many bytes.
BATCH_BYTES = 400_000
#: Results that may wait to be written; more would only fill memory.
WAITING = 2
_HEADER = 8
_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Shelved)
_COMMAND = "from regesta.edition.workers import serve; serve()"


def default_workers() -> int:
    """How many workers suit this machine: its processors, as far as this process may use them."""
    try:
        return max(1, len(os.sched_getaffinity(0)))
    except AttributeError:
        return max(1, os.cpu_count() or 1)


def run(jobs: Sequence[Job], *, workers: int | None = None) -> Iterator[Shelved]:
    """Do the jobs, largest first, and give each result as soon as it is there.

    Args:
        jobs: The sources to read.
        workers: Worker processes; 0 reads in this process, None decides by what there is to do.
    """
    work = batches(jobs)
    size = sum(job.ref.size for job in jobs)
    if workers == 0 or (workers is None and size < (SMALL if len(work) > 1 else SINGLE)):
        with _no_cycles():
            for batch in work:
                yield from map(shelve, batch)
        return
    yield from _Pool(work, workers or default_workers()).results()


def batches(jobs: Sequence[Job]) -> list[list[Job]]:
    """Part jobs into batches, largest sources first, small ones together."""
    found: list[list[Job]] = []
    room = 0
    for job in sorted(jobs, key=lambda j: (-j.ref.size, j.n)):
        if job.ref.size > room or not found:
            found.append([])
            room = BATCH_BYTES
        found[-1].append(job)
        room -= job.ref.size
    return found


def serve() -> None:
    """Be a worker: jobs come on standard input, results go to what was standard output."""
    gc.freeze()
    gc.disable()  # as in _no_cycles, for good
    source = sys.stdin.buffer
    target = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    while (batch := _receive(source)) is not None:
        for job in batch:
            _write(target, packed(shelve(job)))
        gc.collect()


@contextmanager
def _no_cycles() -> Iterator[None]:
    """Read without looking for cycles: values are trees, freed by their counts, and looking for
    cycles among a volume's hundred thousand of them costs a tenth of the time.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


class _Pool:
    """Some workers, each with a thread here that feeds it and takes what it gives."""

    def __init__(self, work: list[list[Job]], count: int) -> None:
        self.work = deque(work)
        self.lock = threading.Lock()
        self.done: queue.Queue[Shelved | BaseException | None] = queue.Queue(WAITING)
        self.count = max(1, min(count, len(work)))
        self.children: list[subprocess.Popen[bytes]] = []
        self.closed = False
        self.failed_once: set[int] = set()

    def results(self) -> Iterator[Shelved]:
        threads = [threading.Thread(target=self._tend, daemon=True) for _ in range(self.count)]
        for thread in threads:
            thread.start()
        try:
            ended = 0
            while ended < len(threads):
                item = self.done.get()
                if item is None:
                    ended += 1
                elif isinstance(item, BaseException):
                    raise item
                else:
                    yield item
        finally:
            self._close()

    def _tend(self) -> None:
        """Keep one worker busy until there is no work left; start another when it dies."""
        try:
            while not self.closed:
                with self.lock:
                    if not self.work:
                        break
                    child = self._start()
                self._feed(child)
        except BaseException as error:
            self._put(error)
        self._put(None)

    def _feed(self, child: subprocess.Popen[bytes]) -> None:
        assert child.stdin is not None
        assert child.stdout is not None
        while not self.closed:
            with self.lock:
                if not self.work:
                    break
                batch = self.work.popleft()
            left = deque(batch)
            try:
                _send(child.stdin, batch)
                while left:
                    data = _read(child.stdout)
                    if data is None:
                        raise EOFError
                    result = unpacked(data)
                    left.popleft()
                    self._put(result)
            except (EOFError, OSError, pickle.UnpicklingError, msgspec.DecodeError):
                if not self.closed:
                    self._bury(left)
                child.kill()
                break
        child.stdin.close()
        child.wait()
        child.stdout.close()

    def _bury(self, left: deque[Job]) -> None:
        """A worker died over the first job left: try it once more alone, then give it up."""
        job = left.popleft()
        if job.n in self.failed_once:
            reason = "the process that read it was killed (was there too little memory?)"
            self._put(Shelved(job.n, "unreachable", reason=reason))
        with self.lock:
            if job.n not in self.failed_once:
                self.failed_once.add(job.n)
                self.work.append([job])
            if left:
                self.work.appendleft(list(left))

    def _start(self) -> subprocess.Popen[bytes]:
        environment = dict(os.environ)
        environment["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
        child = subprocess.Popen(
            [sys.executable, "-c", _COMMAND],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        self.children.append(child)
        return child

    def _put(self, item: Shelved | BaseException | None) -> None:
        while not self.closed:
            try:
                self.done.put(item, timeout=0.2)
                return
            except queue.Full:
                continue

    def _close(self) -> None:
        self.closed = True
        for child in self.children:
            if child.poll() is None:
                child.kill()
            child.wait()


def packed(result: Shelved) -> bytes:
    """Pack a result; msgpack takes a quarter of pickle's time, but no name that is no Unicode."""
    try:
        return _encoder.encode(result)
    except UnicodeEncodeError:
        return pickle.dumps(result, protocol=5)


def unpacked(data: bytes) -> Any:
    """Give the result that was packed."""
    # Pickles begin with a byte that msgpack has for an empty map, which no result is.
    return pickle.loads(data) if data[:1] == b"\x80" else _decoder.decode(data)


def _send(stream: IO[bytes], value: Any) -> None:
    _write(stream, pickle.dumps(value, protocol=5))


def _receive(stream: IO[bytes]) -> Any:
    """The next value, or None at the end of the stream."""
    data = _read(stream)
    return None if data is None else pickle.loads(data)


def _write(stream: IO[bytes], data: bytes) -> None:
    stream.write(len(data).to_bytes(_HEADER, "little"))
    stream.write(data)
    stream.flush()


def _read(stream: IO[bytes]) -> bytes | None:
    header = stream.read(_HEADER)
    if len(header) < _HEADER:
        return None
    size = int.from_bytes(header, "little")
    data = stream.read(size)
    return data if len(data) == size else None
