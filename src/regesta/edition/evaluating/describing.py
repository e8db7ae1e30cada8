"""Marked-up sources in, a measure of describing out: stripped, described, compared.

Sources stream by, one batch at a time; only counts and disagreements are kept.
"""

import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from regesta.auditing.disagreement import FIELDS, Judgement, Unit, judge, units_of
from regesta.documents import Document, Value
from regesta.edition.building.errands import processors, run
from regesta.edition.record.store import RECORD
from regesta.errors import RegestaError, SourceError, UnknownValue
from regesta.reading.sources import Unread, find_sources

#: Called with bytes done, bytes in all, and what is being done.
Progress = Callable[[int, int, str], None]
#: Sources of up to this many bytes go together to one process.
BATCH = 1_500_000
#: Smaller sources in all are not worth a second process, in bytes.
SMALL = 4_000_000
_VERDICTS = ("right", "wrong", "abstained", "extra", "none")


class Tally(Value, frozen=True):
    """Counts of one field, of one kind of unit, in one collection or in all.

    Attributes:
        collection: Id, or "" for all.
        given: Units whose mark-up gives a value: right, wrong and abstained together.
        exact: Right strictly too.
        unprinted: Wrong or abstained where what is given is printed nowhere in the paper.
        extra, none: Units without a value in the mark-up: one is read; none is.
    """

    field: str
    unit: str
    collection: str
    right: int = 0
    exact: int = 0
    wrong: int = 0
    abstained: int = 0
    unprinted: int = 0
    extra: int = 0
    none: int = 0

    @property
    def given(self) -> int:
        """Units whose mark-up gives a value."""
        return self.right + self.wrong + self.abstained

    @property
    def precision(self) -> float | None:
        """Share of what is read that is right, or None where nothing is."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def recall(self) -> float | None:
        """Share of what is given that is read right, or None where nothing is given."""
        return self.right / self.given if self.given else None


class Evaluation(Value, frozen=True):
    """A measure of describing.

    Attributes:
        documents, enclosures: Papers compared.
        tallies: By field, kind of unit and collection; collection "" first.
        disagreements: Those that the mark-up probably causes first.
        unread: ``{"path", "reason"}`` of files that could not be read.
        unmarked: Documents whose source gives none of the fields: not compared.
    """

    documents: int
    enclosures: int
    tallies: tuple[Tally, ...]
    disagreements: tuple[Judgement, ...]
    unread: tuple[dict[str, str], ...] = ()
    unmarked: int = 0
    seconds: float = 0.0


class _Part(Value, frozen=True):
    counts: dict[str, int]
    disagreements: list[Judgement]
    documents: int
    enclosures: int
    unmarked: int
    unread: list[dict[str, str]] = []


def evaluate(
    sources: Sequence[str | Path] | str | Path,
    *,
    fields: Sequence[str] = (),
    workers: int | None = None,
    progress: Progress | None = None,
) -> Evaluation:
    """Strip sources of their mark-up, describe what is left, and compare.

    Args:
        sources: Marked-up files, folders and archives; editions; described lines (``.jsonl``).
        fields: Only these fields; all by default.
        workers: Processes; None decides by what there is to read, 0 uses none.
        progress: Called with bytes done and in all.

    Raises:
        SourceError: A given path does not exist, or no source gives anything to compare with.
        UnknownValue: No such field.
    """
    started = time.perf_counter()
    for field in fields:
        if field not in FIELDS:
            raise UnknownValue(f"there is no field {field!r}", f"fields: {', '.join(FIELDS)}")
    given = [sources] if isinstance(sources, str | Path) else list(sources)
    parts: list[_Part] = []
    batches, unread = _batches(given)
    total = sum(size for _, size in batches)
    if workers is None:
        workers = 0 if total < SMALL else processors()
    done = 0
    errands = [msgspec.json.encode(paths) for paths, _ in batches]
    for n, answer in run("regesta.edition.evaluating.describing:answer", errands, workers):
        parts.append(msgspec.msgpack.decode(answer, type=_Part))
        done += batches[n][1]
        if progress:
            progress(done, total, batches[n][0][-1])
    made = _together(parts, unread, fields)
    if not made.documents and not made.enclosures:
        reason = f": {made.unread[0]['path']}: {made.unread[0]['reason']}" if made.unread else ""
        raise SourceError(
            f"no source gives anything to compare with{reason}",
            "evaluate wants marked-up sources: TEI with dates or parties, front matter, LIDO…",
        )
    return msgspec.structs.replace(made, seconds=round(time.perf_counter() - started, 3))


def _batches(
    given: Iterable[str | Path],
) -> tuple[list[tuple[list[str], int]], list[dict[str, str]]]:
    """Files in batches with their sizes, the largest first; and what is no source."""
    files: list[tuple[str, int]] = []
    unread: list[dict[str, str]] = []
    plain: list[str | Path] = []
    for path in map(Path, given):
        if (path / RECORD).is_file() or path.suffix.lower() in (".jsonl", ".ndjson"):
            try:
                size = (path / RECORD if path.is_dir() else path).stat().st_size
            except OSError as error:
                raise SourceError(f"{path}: {(error.strerror or str(error)).lower()}") from None
            files.append((str(path), size))
        else:
            plain.append(path)
    for found in find_sources(plain) if plain else ():
        if isinstance(found, Unread):
            unread += [] if found.deliberate else [{"path": found.path, "reason": found.reason}]
        elif found.member is None:
            files.append((found.file, found.size))
        elif (found.file, 0) not in files:
            files.append((found.file, 0))
    batches: list[tuple[list[str], int]] = []
    for name, size in sorted(dict(files).items(), key=lambda item: (-item[1], item[0])):
        if batches and batches[-1][1] + size <= BATCH:
            batches[-1] = ([*batches[-1][0], name], batches[-1][1] + size)
        else:
            batches.append(([name], size))
    return batches, unread


def answer(errand: bytes) -> bytes:
    """Evaluate a batch of files: paths in, counts and disagreements out, both packed."""
    from regesta.describing.bare import bare_document
    from regesta.describing.places.gazetteer import locate
    from regesta.describing.registry import describe

    counts: Counter[str] = Counter()
    disagreements: list[Judgement] = []
    seen: Counter[str] = Counter()
    unread: list[dict[str, str]] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for unit in _units(msgspec.json.decode(errand, type=list[str]), unread):
            if not any(fact.field in FIELDS for fact in unit.given):
                seen["unmarked"] += unit.kind == "document"
                continue
            seen[unit.kind] += 1
            read = describe(bare_document(unit.id, unit.text))
            for judgement in judge(unit, read, locate):
                _count(counts, judgement)
                if judgement.verdict in ("wrong", "abstained", "extra"):
                    disagreements.append(judgement)
    part = _Part(
        dict(counts), disagreements, seen["document"], seen["enclosure"], seen["unmarked"], unread
    )
    return msgspec.msgpack.encode(part)


def _count(counts: Counter[str], judgement: Judgement) -> None:
    key = "\0".join([judgement.field, judgement.kind, judgement.collection])
    counts[f"{key}\0{judgement.verdict}"] += 1
    if judgement.unprinted:
        counts[f"{key}\0unprinted"] += 1
    if judgement.exact and judgement.verdict == "right":
        counts[f"{key}\0exact"] += 1


def _units(paths: Iterable[str], unread: list[dict[str, str]]) -> Iterator[Unit]:
    for path in paths:
        try:
            for document in _documents(Path(path)):
                if isinstance(document, Unit):
                    yield document
                else:
                    yield from units_of(document)
        except RegestaError as error:
            unread.append({"path": path, "reason": " ".join(str(error).split())})


def _documents(path: Path) -> Iterator[Document | Unit]:
    """The documents of a file with what it gives, nothing described."""
    if path.is_dir():
        from regesta.edition.edition import Edition

        edition = Edition.open(path)
        try:
            yield from edition.documents()
        finally:
            edition.close()
        return
    if path.suffix.lower() in (".jsonl", ".ndjson"):
        from regesta.edition.evaluating.lines import units_of_lines

        yield from units_of_lines(path)
        return
    from regesta.reading.registry import read

    for found in find_sources([path]):
        if isinstance(found, Unread):
            if not found.deliberate:
                raise SourceError(found.reason)
            continue
        yield from read(found.load()).documents


def _together(
    parts: Sequence[_Part], unread: list[dict[str, str]], fields: Sequence[str]
) -> Evaluation:
    counts: Counter[tuple[str, str, str, str]] = Counter()
    for part in parts:
        for key, times in part.counts.items():
            field, unit, collection, verdict = key.split("\0")
            for where in ("", collection):
                counts[field, unit, where, verdict] += times
    # A field that a collection's mark-up never gives is not compared there: nothing is missing.
    given = {
        (field, where)
        for (field, _, where, verdict), times in counts.items()
        if times and verdict in ("right", "wrong", "abstained") and (not fields or field in fields)
    }
    groups = sorted({key[:3] for key in counts if (key[0], key[2]) in given}, key=_order)
    tallies = tuple(_tally(group, counts) for group in groups)
    found = [j for part in parts for j in part.disagreements if (j.field, j.collection) in given]
    found.sort(key=lambda j: (-j.likely, FIELDS.index(j.field), j.unit))
    return Evaluation(
        documents=sum(part.documents for part in parts),
        enclosures=sum(part.enclosures for part in parts),
        tallies=tallies,
        disagreements=tuple(found),
        unread=(*unread, *(line for part in parts for line in part.unread)),
        unmarked=sum(part.unmarked for part in parts),
    )


def _order(group: tuple[str, str, str]) -> tuple[bool, str, str, int]:
    field, unit, collection = group
    return bool(collection), collection, unit, FIELDS.index(field)


def _tally(group: tuple[str, str, str], counts: Counter[tuple[str, str, str, str]]) -> Tally:
    said: dict[str, Any] = {
        name: counts[(*group, name)] for name in (*_VERDICTS, "exact", "unprinted")
    }
    return Tally(*group, **said)
