"""What linking costs as an edition grows: references, reuse, counterparts, at 1×, 10× and 30×.

An edition is made of copies of the corpora. In a copy every word is another of the same length,
names with names, save those by which references and parties are read, where they are read; all
years are later by some, in the text and in the facts. So a copy answers and repeats itself as a
real series does, and shares with the others little more than set phrases around numbers and days.
(``grow.py`` draws sentences from one pool, so that each is "quoted" dozens of times.)

    python benchmarks/linking_growth.py                                  # 1× and 10×
    python benchmarks/linking_growth.py --documents 6455 64550 200000    # as many as asked
"""

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import grow
import msgspec

import regesta
from regesta.documents import Document, HistoricalDate, Party, Place
from regesta.documents.dates import from_iso
from regesta.edition.building.rows import Rows, add_rows
from regesta.edition.links import reuse_stage, stage
from regesta.edition.record.store import Record
from regesta.linking.engines import duckdb as engine

#: All volumes of the series, and what they may take: seconds on two processors, GB.
ALL, SECONDS, MEMORY = 321_000, 600, 6.0
#: Each copy is so many years later than the last: copies lie about as close in time as volumes.
YEARS = 3
#: Words by which references are read stay where a figure is near: so many code points after it or
#: before. Kept everywhere, with the commonest words, they made half of all passages stand between a
#: document and its own copy; of those of the corpora a sixth stand between two volumes.
KEPT, AFTER, AHEAD = ("reference_words", "party_keys", "months"), 30, 60
#: Most that the cost of a document may rise while documents become ten times as many.
LINEAR = 1.35
_WORD = re.compile(r"[^\W\d_]{2,}")
_DIGITS = re.compile(r"\d+")
_YEAR = re.compile(r"\b1[5-9]\d\d\b")
_POLL = 0.5

Figure = dict[str, str | bool]


# Growing.


@cache
def _alike() -> list[list[str]]:
    """The words of the corpora, those of one length and case together."""
    counts = Counter(
        word
        for _, documents, _ in grow._base.values()
        for document in documents
        for word in _WORD.findall(document.text)
    )
    alike: dict[tuple[int, bool, bool], list[str]] = {}
    for word in sorted(counts):
        alike.setdefault((len(word), word[0].isupper(), word.isupper()), []).append(word)
    return list(alike.values())


@cache
def _known() -> frozenset[str]:
    """The words by which references and parties are read."""
    folder = Path(regesta.__file__).parent / "vocabularies"
    texts = [(folder / f"{name}.toml").read_text("utf-8") for name in KEPT]
    return frozenset(word.lower() for text in texts for word in _WORD.findall(text))


@cache
def _changed(copy: int) -> dict[str, str]:
    chance = random.Random(f"1918 {copy}")
    found: dict[str, str] = {}
    for words in _alike():
        found.update(zip(words, chance.sample(words, len(words)), strict=True))
    return found


def _words(text: str, copy: int) -> str:
    """A text as a copy has it; as long as before."""
    other, known = _changed(copy), _known()
    figures = [match.start() for match in _DIGITS.finditer(text)]

    def changed(match: re.Match[str]) -> str:
        word, at = match[0], match.start()
        if word.lower() in known:
            next = bisect_left(figures, at - AFTER)
            if next < len(figures) and figures[next] <= at + AHEAD:
                return word
        return other.get(word, word)

    text = _WORD.sub(changed, text)
    return _YEAR.sub(lambda m: str(int(m[0]) + YEARS * copy), text)


def _title(words: str, copy: int) -> str:
    """A name or an office as a copy has it."""
    other, known = _changed(copy), _known()
    return _WORD.sub(lambda m: m[0] if m[0].lower() in known else other.get(m[0], m[0]), words)


def copied(
    document: Document, collection: str, copy: int, _: Sequence[str], __: random.Random
) -> Document:
    """A copy of a document, in place of ``grow.altered``: all spans hold."""
    facts: list[Any] = []
    for fact in document.facts:
        value = fact.value
        if isinstance(value, HistoricalDate) and value.day:
            year, rest = value.day[:4], value.day[4:].replace("-02-29", "-02-28")
            later = from_iso(f"{int(year) + YEARS * copy:04}{rest}")
            value = msgspec.structs.replace(later, time=value.time) if later else value
        elif isinstance(value, Party):
            name, office = _title(value.name, copy), _title(value.office, copy)
            value = msgspec.structs.replace(value, name=name, office=office, person="")
        elif isinstance(value, Place):
            value = msgspec.structs.replace(value, name=_words(value.name, copy))
        facts.append(msgspec.structs.replace(fact, value=value))
    return msgspec.structs.replace(
        document,
        id=f"{collection}/{document.local_id}",
        collection=collection,
        parent=f"{collection}/{document.parent.partition('/')[2]}" if document.parent else "",
        text=_words(document.text, copy),
        notes=tuple(
            msgspec.structs.replace(note, text=_words(note.text, copy)) for note in document.notes
        ),
        facts=tuple(facts),
    )


def _rows_only(rows: Rows, n: int, document: Document) -> None:
    add_rows(rows, n, document)
    rows.entries.clear()  # nobody searches here


def grown(documents: int, to: Path, workers: int) -> Path:
    """An edition of so many documents; one that is there is taken."""
    with patch.object(grow, "altered", copied), patch.object(grow, "add_rows", _rows_only):
        grow.grow(documents, to, workers=workers).close()
    return to


# Measuring.


class Memory:
    """The most memory that this process and those it starts hold at one time, in GB."""

    def __init__(self) -> None:
        self.peak = 0.0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "Memory":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(_POLL):
            held = sum(map(_memory, [os.getpid(), *_children(os.getpid())]))
            self.peak = max(self.peak, held)


def _children(parent: int) -> list[int]:
    found = []
    for tasks in Path(f"/proc/{parent}/task").glob("*/children"):
        try:
            for child in map(int, tasks.read_text().split()):
                found += [child, *_children(child)]
        except OSError:
            continue
    return found


def _memory(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 2**20


def seconds() -> float:
    """Processor time of this process and of those it started that have ended."""
    return sum(os.times()[:4])


class Clock:
    """Processor time by stage."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    def of(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """A function whose time is counted under a name."""

        def timed(*args: Any, **named: Any) -> Any:
            began = seconds()
            try:
                return function(*args, **named)
            finally:
                self.spent[name] = self.spent.get(name, 0.0) + seconds() - began

        return timed


#: Stage -> the functions that are its parts.
STAGES: dict[str, list[tuple[Any, str]]] = {
    "reading for references": [(stage, "_find")],
    "resolving": [(stage, "_lookup"), (stage, "_resolve")],
    "reuse: texts": [(engine, "write_texts")],
    "reuse: anchors, seeds": [(engine, "_whole")],
    "reuse: passages": [(engine, "_in_slices")],
    "reuse: judging": [(reuse_stage, "_judged")],
    "counterparts": [(stage, "_counterparts")],
    "threads, silences": [(stage, "_whole")],
}


def linked(folder: Path, workers: int | None) -> dict[str, Any]:
    """Link an edition; what each stage cost."""
    clock, record = Clock(), Record(folder)
    with ExitStack() as held, Memory() as memory:
        for name, parts in STAGES.items():
            for module, function in parts:
                timed = clock.of(name, getattr(module, function))
                held.enter_context(patch.object(module, function, timed))
        began, wall = seconds(), time.perf_counter()
        stage.write_links(folder, record, workers=workers)
        cpu, wall = seconds() - began, time.perf_counter() - wall
    documents = int(record.value("SELECT count(*) FROM documents") or 0)
    record.close()
    return {
        "documents": documents,
        "stages": clock.spent,
        "cpu": cpu,
        "wall": wall,
        "memory": memory.peak,
    }


def measured(documents: int, scratch: Path, workers: int) -> dict[str, Any]:
    """Grow, and link in a process of its own, whose memory is nobody else's."""
    folder = scratch / f"{documents}.regesta"
    command = [sys.executable, __file__, "--workers", str(workers)]
    subprocess.run([*command, "--grow", str(documents), str(folder)], check=True)
    for name in ("links.sqlite", "links.building"):
        (folder / name).unlink(missing_ok=True)
    done = subprocess.run([*command, "--link", str(folder)], check=True, capture_output=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    print(
        f"{found['documents']:,} documents: {found['cpu']:.0f} s of all processors "
        f"({1000 * found['cpu'] / found['documents']:.2f} ms each), {found['wall']:.0f} s on a "
        f"clock, {found['memory']:.2f} GB",
        flush=True,
    )
    for name, cpu in found["stages"].items():
        print(f"  {name}: {cpu:.1f} s, {1000 * cpu / found['documents']:.3f} ms a document")
    return found


def figures(found: Sequence[dict[str, Any]]) -> list[Figure]:
    """Time and memory at the size of the whole series, and how the cost of a document rises."""
    made: list[Figure] = []
    last = found[-1]
    each = [one["cpu"] / one["documents"] for one in found]
    if len(found) > 1:
        rise = each[-1] / each[0]
        sizes = [
            f"{one['documents']:,}: {1000 * e:.2f} ms" for one, e in zip(found, each, strict=True)
        ]
        made.append({
            "what": "linking grows about linearly: cost of a document, the most against the fewest",
            "target": f"≤ {LINEAR:.2f}×", "reached": f"{rise:.2f}×", "met": rise <= LINEAR,
            "note": ", ".join(sizes),
        })  # fmt: skip
    on_two = last["cpu"] * ALL / last["documents"] / 2
    made.append({
        "what": f"linking {ALL:,} documents on two processors",
        "target": f"≤ {SECONDS / 60:.0f} min", "reached": f"{on_two / 60:.1f} min",
        "met": on_two <= SECONDS,
        "note": f"processor time of {last['documents']:,} documents, shared by two",
    })  # fmt: skip
    made.append({
        "what": "memory while linking", "target": f"≤ {MEMORY:.0f} GB",
        "reached": f"{last['memory']:.2f} GB", "met": last["memory"] <= MEMORY,
        "note": f"{last['documents']:,} documents, all processes",
    })  # fmt: skip
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, nargs="+", default=[6_455, 64_550])
    parser.add_argument("--keep", type=Path, help="folder of grown editions, taken if there")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--grow", nargs=2, metavar=("N", "TO"), help=argparse.SUPPRESS)
    parser.add_argument("--link", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.grow:
        grown(int(asked.grow[0]), Path(asked.grow[1]), asked.workers)
        return
    if asked.link:
        print(json.dumps(linked(asked.link, asked.workers)))
        return
    if grow.corpora() is None:
        print("no corpora: name their folder in REGESTA_CORPORA")
        print(json.dumps({"figures": []}))
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = asked.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        found = [measured(n, folder, asked.workers) for n in asked.documents]
    print(json.dumps({"figures": figures(found)}, ensure_ascii=False))


if __name__ == "__main__":
    main()
