"""Worker processes: batches of jobs in, results out as they come; a worker that dies is survived.

Plain child processes on two pipes rather than ``multiprocessing``: a script without a ``__main__``
guard may build, a worker ends by itself when the build is killed, and when one dies (killed for
its memory) it is known over which source. On Linux one process loads what all of them need and
forks the others; it has no threads, so that is safe whatever the program around us does.
"""

import gc
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import IO, Any

import msgspec

from regesta.edition.building.errands import processors
from regesta.edition.building.pipeline import Job, Shelved, prepare, shelve

#: Fewer bytes of sources than this beside the largest are read in this process: starting two
#: workers takes as long as reading them.
SMALL = 1_500_000
#: The largest source may have so many bytes then: nothing could be read beside it.
SINGLE = 8_000_000
#: A batch is one large source, or small ones up to this many bytes.
BATCH_BYTES = 400_000
#: Results that may wait to be written; more would only fill memory.
WAITING = 2
#: How much workers yield to the process that writes: all they make passes through it, so that it
#: must never wait for a processor while they run ahead.
NICENESS = 2
#: Values that a worker may leave in cycles before it looks for them: a few dozen megabytes.
LEFT_OVER = 100_000
_HEADER = 8
_FORKS = sys.platform == "linux"
_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Shelved)
#: Nothing that is loaded is garbage: to look for cycles meanwhile would take a tenth of the time.
_COMMAND = "import gc; gc.disable(); from regesta.edition.building.workers import serve; serve()"


def run(jobs: Sequence[Job], *, workers: int | None = None) -> Iterator[Shelved]:
    """Do the jobs, largest first, and give each result as soon as it is there.

    Args:
        jobs: The sources to read.
        workers: Worker processes; 0 reads in this process, None decides by what there is to do.
    """
    work = batches(jobs)
    with no_cycles():
        if workers == 0 or (workers is None and _not_worth_it(jobs)):
            for batch in work:
                yield from map(shelve, batch)
        else:
            yield from _Pool(work, workers or processors()).results()


def _not_worth_it(jobs: Sequence[Job]) -> bool:
    """Whether one source makes up nearly all there is: others would be read before workers are
    ready to read beside it."""
    sizes = [job.ref.size for job in jobs]
    largest = max(sizes, default=0)
    return largest < SINGLE and sum(sizes) - largest < SMALL


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
    """Be the workers whose handles the command line names, two each: jobs come in, results go out.

    Without handles there is one worker, on standard input and output. Does not return.
    """
    handles = [int(word) for word in sys.argv[1:]] or _standard_handles()
    prepare()
    gc.freeze()
    gc.disable()  # as in no_cycles, for good
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    first, *others = zip(handles[::2], handles[1::2], strict=True)
    mine = next((pair for pair in others if os.fork() == 0), first)
    for handle in set(handles).difference(mine):
        os.close(handle)  # or nobody would see that the worker it belongs to has died
    try:
        _work(*mine)
        while mine is first and others:
            os.wait()  # so that whoever kills the first still finds the others
    except (ChildProcessError, BrokenPipeError):
        pass
    finally:
        os._exit(0)  # Nothing is left to do, and taking a large heap apart takes its time.


def _work(jobs: int, results: int) -> None:
    with os.fdopen(jobs, "rb") as source, os.fdopen(results, "wb") as target:
        while (batch := _receive(source)) is not None:
            for job in batch:
                _write(target, packed(shelve(job)))
            if gc.get_count()[0] > LEFT_OVER:
                gc.collect()


def _standard_handles() -> list[int]:
    """Standard input and output, both out of the way of anything that reads or prints."""
    handles = [os.dup(sys.stdin.fileno()), os.dup(sys.stdout.fileno())]
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return handles


@contextmanager
def no_cycles() -> Iterator[None]:
    """Work without looking for cycles: values are trees, freed by their counts, and looking for
    cycles among a volume's hundred thousand costs a tenth of the time.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@dataclass(frozen=True, slots=True)
class _Worker:
    """A worker as the build sees it: where its jobs go, and where its results come from."""

    jobs: IO[bytes]
    results: IO[bytes]

    def close(self) -> None:
        """Let go of it; it ends by itself."""
        with suppress(OSError):  # a job that did not get through any more
            self.jobs.close()
        self.results.close()


class _Pool:
    """Some workers, each with a thread here that feeds it and takes what it gives."""

    def __init__(self, work: list[list[Job]], count: int) -> None:
        self.work = deque(work)
        self.lock = threading.Lock()
        self.done: queue.Queue[Shelved | BaseException | None] = queue.Queue(WAITING)
        self.count = max(1, min(count, len(work)))
        self.processes: list[subprocess.Popen[bytes]] = []
        self.closed = False
        self.failed_once: set[int] = set()

    def results(self) -> Iterator[Shelved]:
        try:
            workers = self._start(self.count)
            for worker in workers:
                threading.Thread(target=self._tend, args=(worker,), daemon=True).start()
            ended = 0
            while ended < len(workers):
                item = self.done.get()
                if item is None:
                    ended += 1
                elif isinstance(item, BaseException):
                    raise item
                else:
                    yield item
        except BaseException:
            self._kill()
            raise
        finally:
            self._close()

    def _tend(self, worker: _Worker) -> None:
        """Keep one worker busy until there is no work left; start another when it dies."""
        try:
            while not self._feed(worker):
                with self.lock:
                    if self.closed or not self.work:
                        break
                    (worker,) = self._start(1)
        except BaseException as error:
            self._put(error)
        self._put(None)

    def _feed(self, worker: _Worker) -> bool:
        """Feed a worker until there is no work left; False where it died before."""
        try:
            while not self.closed:
                with self.lock:
                    if not self.work:
                        break
                    batch = self.work.popleft()
                left = deque(batch)
                try:
                    _send(worker.jobs, batch)
                    while left:
                        data = _read(worker.results)
                        if data is None:
                            raise EOFError
                        result = unpacked(data)
                        left.popleft()
                        self._put(result)
                except (EOFError, OSError, pickle.UnpicklingError, msgspec.DecodeError):
                    if not self.closed:
                        self._bury(left)
                    return False
            return True
        finally:
            worker.close()

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

    def _start(self, count: int) -> list[_Worker]:
        if not _FORKS:
            return [self._start_alone() for _ in range(count)]
        workers, theirs = [], []
        for _ in range(count):
            (source, jobs), (results, target) = os.pipe(), os.pipe()
            theirs += [source, target]
            workers.append(_Worker(os.fdopen(jobs, "wb"), os.fdopen(results, "rb")))
        try:
            self._run(*map(str, theirs), pass_fds=theirs, process_group=0)
        finally:
            for handle in theirs:
                os.close(handle)
        return workers

    def _start_alone(self) -> _Worker:
        child = self._run(stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert child.stdin is not None
        assert child.stdout is not None
        return _Worker(child.stdin, child.stdout)

    def _run(self, *words: str, **options: Any) -> subprocess.Popen[bytes]:
        environment = dict(os.environ)
        environment.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy starts one a core, for nothing
        environment["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
        command = [sys.executable, "-c", _COMMAND, *words]
        quiet = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
        child = subprocess.Popen(command, env=environment, **{**quiet, **options})
        self.processes.append(child)
        return child

    def _put(self, item: Shelved | BaseException | None) -> None:
        while not self.closed:
            try:
                self.done.put(item, timeout=0.2)
                return
            except queue.Full:
                continue

    def _kill(self) -> None:
        with self.lock:
            self.closed = True
        for process in self.processes:
            if process.poll() is not None:
                continue
            if _FORKS:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()

    def _close(self) -> None:
        self.closed = True
        for process in self.processes:
            process.wait()


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
