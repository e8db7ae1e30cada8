"""Text reuse of an edition, as a part of its linking: documents of the record in, passages out.

What only the texts decide (where passages stand) is taken over as long as no source changes; what
they are is judged anew, since dates and parties can be corrected.
"""

import hashlib
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from itertools import groupby
from pathlib import Path
from typing import Protocol

from regesta.edition.building.errands import processors
from regesta.edition.building.locking import FILE as LOCK
from regesta.edition.building.locking import lock
from regesta.edition.kept import open_kept, plain
from regesta.edition.links.shared import Passages, Words
from regesta.edition.links.store import FILE, link_row, reuse_fingerprint
from regesta.edition.record.shelf import Shelf
from regesta.edition.record.store import Record
from regesta.errors import EditionError
from regesta.linking.engines.choice import engine_of
from regesta.linking.reuse.align import Span, joined
from regesta.linking.reuse.base import Result, Reuse
from regesta.linking.reuse.judge import LONGEST, Both, Judged, judge, link_of, linked
from regesta.linking.reuse.sides import Side, sides
from regesta.linking.reuse.text import texts_of

WORK = "links.reuse"
#: Documents whose texts are written at a time.
_STEP = 500
_RAW = "a, a_start, a_stop, b, b_start, b_stop, edits, df"


class Tell(Protocol):
    """Told what is at hand."""

    def __call__(self, words: str, /) -> None:
        """Say it."""
        ...


def fill_passages(
    db: sqlite3.Connection,
    folder: Path,
    record: Record,
    *,
    engine: str = "duckdb",
    workers: int | None = None,
    tell: Tell,
) -> list[tuple[object, ...]]:
    """Fill the table ``passages`` of a database of links.

    Returns:
        Rows for the table ``links``, in the order of the pairs.
    """
    digest = _digest(record)
    rows = _kept(db, folder, digest)
    if rows is None:
        # Links that are kept in memory are made while another process may write in the folder.
        file = db.execute("PRAGMA database_list").fetchone()[2]
        found = _found(folder if file else None, record, digest, engine, workers, tell)
        rows = Passages(found)
    db.execute("DELETE FROM passages")
    tell("judging passages")
    links = _judged(db, Shelf(record), rows)
    db.execute("INSERT OR REPLACE INTO meta VALUES ('reuse', ?)", (digest,))
    db.commit()
    return links


def _digest(record: Record) -> str:
    """A digest of all that decides where passages stand."""
    digest = hashlib.sha256(f"{record.meta.get('rules', '')}\0{reuse_fingerprint()}".encode())
    for row in record.rows("SELECT n, path, sha256, status FROM sources ORDER BY n"):
        digest.update(repr(row).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _kept(db: sqlite3.Connection, folder: Path, digest: str) -> Passages | None:
    """The passages that this database, or the last one, holds of the same texts."""
    last = open_kept(folder / FILE)
    try:
        for one in (db, last):
            if one is None:
                continue
            try:
                found = one.execute("SELECT value FROM meta WHERE key = 'reuse'").fetchone()
                if found and found[0] == digest:
                    return Passages(one.execute(f"SELECT {_RAW} FROM passages ORDER BY n"))
            except sqlite3.Error:
                continue
    finally:
        if last is not None:
            last.close()
    return None


def _found(
    folder: Path | None, record: Record, digest: str, engine: str, workers: int | None, tell: Tell
) -> Iterator[Result]:
    with _work(folder, digest) as work:
        threads = processors() if workers is None else max(1, workers)
        tell("reading texts")
        chosen = engine_of(engine)
        chosen.write_texts(work, texts_of(Shelf(record).documents("", None), _STEP))
        found = chosen.run(work, tell=tell, threads=threads)
        for (a, b), group in groupby(found, key=lambda row: (row[0], row[3])):
            spans = [
                Span(x0, x1, y0, y1, max(x1 - x0, y1 - y0) - edits, edits, df)
                for _, x0, x1, _, y0, y1, edits, df in group
            ]
            for s in joined(spans):
                yield a, s.x0, s.x1, b, s.y0, s.y1, s.edits, s.df


@contextmanager
def _work(folder: Path | None, digest: str) -> Iterator[Path]:
    """A folder for the stages: that which a killed run over the same texts left, or a new one."""
    if folder is None:
        with tempfile.TemporaryDirectory() as elsewhere:
            yield Path(elsewhere)
        return
    work = folder / WORK
    with ExitStack() as held:
        try:
            work.mkdir(exist_ok=True)
            held.enter_context(lock(work))
            _begin(work, digest)
        except (OSError, EditionError):  # no room to write, or another program is at it
            work = Path(held.enter_context(tempfile.TemporaryDirectory()))
        yield work
        shutil.rmtree(work, ignore_errors=True)


def _begin(work: Path, digest: str) -> None:
    """Clear a folder of the tables of other texts; raises OSError where it cannot be written."""
    state = work / "state"
    if state.is_file() and state.read_text() == digest:
        return
    for path in work.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name != LOCK:
            path.unlink()
    state.write_text(digest)


def _judged(db: sqlite3.Connection, shelf: Shelf, rows: Passages) -> list[tuple[object, ...]]:
    """Judge passages, write them, and give the rows of their links."""
    named = set(db.execute(_NAMED))
    links: list[tuple[object, ...]] = []
    with closing(Words(2 * len(rows))) as words:
        found = _sides(shelf, rows, words)
        for first, pair in rows.pairs():
            a, b = pair[0][0], pair[0][3]
            both, starts = list[Both](), dict[tuple[str, int], int]()
            for n, row in enumerate(pair, first):
                one, other = found[2 * n], found[2 * n + 1]
                if one is not None and other is not None:
                    both.append((_reuse(row), one, other))
                    starts[a, row[1]], starts[b, row[4]] = 2 * n, 2 * n + 1
            if not both:
                continue
            judged = judge(both, refers=(a, b) in named or (b, a) in named)
            db.executemany(_INSERT, map(_row, judged))
            for passage, count in linked(judged):
                reuse = passage.reuse
                side = (b, reuse.b_start) if passage.later == "b" else (a, reuse.a_start)
                made = link_of(passage, words[starts[side]], passages=count)
                if made:
                    links.append(link_row(*made))
    return links


#: Pairs of documents of which the first names the second.
_NAMED = """SELECT document, target FROM links
WHERE kind IN ('reference', 'reply', 'continuation') AND standing = 'asserted' AND target <> ''"""
_INSERT = f"""INSERT INTO passages ({_RAW}, class, later, reason, confidence)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""


def _row(judged: Judged) -> tuple[object, ...]:
    x = judged.reuse
    return (
        x.a, x.a_start, x.a_end, x.b, x.b_start, x.b_end, x.edits, x.df,
        judged.form, judged.later, judged.reason, judged.confidence,
    )  # fmt: skip


def _reuse(row: Result) -> Reuse:
    a, a_start, a_end, b, b_start, b_end, edits, df = row
    return Reuse(a, b, a_start, a_end, b_start, b_end, edits, df)


def _sides(shelf: Shelf, rows: Passages, words: Words) -> list[Side | None]:
    """Both sides of every passage, two to a number, and their first words into ``words``."""
    found: list[Side | None] = [None] * (2 * len(rows))
    for wanted in rows.by_document():
        for document in shelf.documents("", list(wanted)):
            asked, begun = wanted[document.id], dict[int, int]()
            made = sides(document, [(start, end, other) for _, start, end, other in asked])
            for (n, start, end, _), side in zip(asked, made, strict=True):
                found[n] = side
                if start in begun:
                    words.repeat(n, begun[start])
                    continue
                begun[start] = n
                said = document.text[start : min(end, start + LONGEST)]
                words.put(n, plain(" ".join(said.split())))
    return found
