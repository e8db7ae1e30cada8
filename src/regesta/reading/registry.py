"""All readers, found through entry points, and the choice among them: source in, reading out."""

from functools import cache
from importlib.metadata import entry_points

from regesta.errors import RegestaError, SourceError, UnsupportedSource
from regesta.reading.base import Reader, Reading, SourceFile, Verdict
from regesta.reading.file_kinds import known_unread

GROUP = "regesta.readers"


@cache
def load_readers() -> tuple[tuple[Reader, ...], tuple[str, ...]]:
    """Load every reader once a process.

    Returns:
        The readers in the order of their names, and one line for each that could not be loaded.
    """
    readers: list[Reader] = []
    broken: list[str] = []
    for entry in sorted(entry_points(group=GROUP), key=lambda found: found.name):
        try:
            readers.append(entry.load()())
        except Exception as error:
            broken.append(f"reader {entry.name!r} ({entry.value}) cannot be loaded: {_line(error)}")
    return tuple(readers), tuple(broken)


def choose(source: SourceFile) -> Reader:
    """Give the reader that is surest of a source.

    Raises:
        UnsupportedSource: None takes it; says what it is, or what each reader said.
    """
    readers, _ = load_readers()
    verdicts = [(_judge(reader, source), reader) for reader in readers]
    best = max(verdicts, key=lambda pair: pair[0].score, default=None)
    if best is not None and best[0].score > 0:
        return best[1]
    said = known_unread(source.name, source.data[:32])
    if not said:
        said = "no reader takes it: " + "; ".join(f"{r.name}: {v.reason}" for v, r in verdicts)
    raise UnsupportedSource(said)


def read(source: SourceFile) -> Reading:
    """Read a source with the reader that suits it.

    Raises:
        SourceError: It cannot be read; one clear line. A reader's own failure is one too.
    """
    if not source.data.strip(b"\0 \t\r\n\f\v"):
        raise SourceError("is empty" if not source.data else "holds white space only")
    reader = choose(source)
    try:
        return reader.read(source)
    except RegestaError:
        raise
    except Exception as error:
        raise SourceError(f"the {reader.name} reader failed on it: {_line(error)}") from error


def _judge(reader: Reader, source: SourceFile) -> Verdict:
    try:
        return reader.judge(source)
    except Exception as error:
        return Verdict(0, f"failed to look at it: {_line(error)}")


def _line(error: BaseException) -> str:
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text[:200]}" if text else type(error).__name__
