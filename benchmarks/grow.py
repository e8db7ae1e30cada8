"""Grows the corpora to the size of a whole series, and builds an edition of it.

In come the real documents; out goes an edition of as many as asked: copies with ids and days of
their own, sentences drawn anew from other documents of the same collection, and now and then a
misprinted or a new word, so that the vocabulary grows as it does in a real series. The same
number gives the same edition. Real describing is skipped: facts come with the copied documents.
"""

import argparse
import datetime as dt
import multiprocessing
import os
import random
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

import msgspec

from regesta.documents import Collection, Document, HistoricalDate
from regesta.documents.dates import from_iso
from regesta.edition import Edition
from regesta.edition.building import builder
from regesta.edition.building.pipeline import Job, Shelved
from regesta.edition.building.rows import add_rows, number_of, pack

SEED = 1918
#: Share of a copy's sentences that come from another document, and of its words that are altered.
DRAWN, ALTERED = 0.6, 0.002
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")
_LETTERS = "etaoinshrdlucmfwyp"

_base: dict[str, tuple[Collection, list[Document], list[str]]] = {}


def corpora() -> Path | None:
    """Where the real documents are."""
    named = os.environ.get("REGESTA_CORPORA")
    folder = Path(named) if named else Path(__file__).parents[2] / "shared" / "corpora"
    return folder if folder.is_dir() else None


def grow(documents: int, to: Path, *, workers: int = 2) -> Edition:
    """Build an edition of so many documents in a folder; one that is there is opened.

    Args:
        documents: How many, at least those of the corpora.
        to: The folder of the grown edition.
        workers: Processes that make documents.

    Raises:
        SystemExit: There are no corpora.
    """
    if (to / "edition.toml").exists():
        edition = Edition.open(to)
        if edition.counts().documents == documents:
            return edition
        edition.close()
    source = corpora()
    if source is None:
        raise SystemExit("no corpora: name their folder in REGESTA_CORPORA")
    with tempfile.TemporaryDirectory() as scratch:
        _load(source, Path(scratch) / "base")
        stubs = _stubs(Path(scratch) / "stubs", documents)

        def made(jobs: Sequence[Job], *, workers: int | None = None) -> Iterator[Shelved]:
            tasks = [(job.n, job.ref.load().data.decode()) for job in jobs]
            with multiprocessing.get_context("fork").Pool(processes) as pool:
                yield from pool.imap(_make, tasks)

        processes = workers
        with patch.object(builder, "run", made):
            builder.build(stubs, to, title="A grown series")
    return Edition.open(to)


def _load(source: Path, folder: Path) -> None:
    """Read the corpora by the front door, into memory."""
    builder.build(source, folder)
    edition = Edition.open(folder)
    for summary in edition.collections():
        collection = summary.collection
        documents = list(edition.documents(collection=collection.id))
        sentences = [s for d in documents for s in _SENTENCE.split(d.text) if 20 < len(s) < 600]
        sections = tuple(msgspec.structs.replace(s, text="") for s in collection.sections)
        _base[collection.id] = (
            msgspec.structs.replace(collection, sections=sections),
            documents,
            sentences,
        )
    edition.close()


def _stubs(folder: Path, wanted: int) -> Path:
    """Write one small file for each copy of a collection: its name, its number, its size."""
    folder.mkdir(parents=True)
    made, copy = 0, 0
    while made < wanted:
        for id, (_, documents, _) in _base.items():
            count = min(len(documents), wanted - made)
            if count:
                name = f"{copy:04}-{id[:40]}.txt"
                (folder / name).write_text(f"{id}\n{copy}\n{count}\n", encoding="utf-8")
            made += count
        copy += 1
    return folder


def _make(task: tuple[int, str]) -> Shelved:
    n, stub = task
    id, copy, count = stub.split()
    collection, documents, sentences = _base[id]
    new = id if copy == "0" else f"{id}-{copy}"
    chance = random.Random(f"{SEED} {id} {copy}")
    grown = msgspec.structs.replace(collection, id=new)
    shelved = Shelved(n, "read", f"{n:064x}", collection=new, standalone=False)
    shelved.gathered = pack(grown)
    for place, document in enumerate(documents[: int(count)]):
        if copy != "0":
            document = altered(document, new, int(copy), sentences, chance)
        add_rows(shelved.rows, number_of(n, place), document)
    return shelved


def altered(
    document: Document, collection: str, copy: int, sentences: Sequence[str], chance: random.Random
) -> Document:
    """Make a copy of a document: other ids and days, other sentences after its head."""
    head = max(
        (x.end for x in document.layers if x.kind in ("heading", "dateline") and x.start < 400),
        default=0,
    )
    parts = _SENTENCE.split(document.text[head:])
    body = " ".join(chance.choice(sentences) if chance.random() < DRAWN else p for p in parts)
    text = document.text[:head] + ("\n" if head else "") + misprinted(body, chance)
    days = chance.randint(-200, 200) + copy * 40
    facts: list[Any] = []
    for fact in document.facts:
        value = fact.value
        if isinstance(value, HistoricalDate) and value.day:
            day = dt.date.fromisoformat(value.day) + dt.timedelta(days)
            value = from_iso(day.isoformat()) or value
        facts.append(msgspec.structs.replace(fact, value=value, span=None))
    return msgspec.structs.replace(
        document,
        id=f"{collection}/{document.local_id}",
        collection=collection,
        parent=f"{collection}/{document.parent.partition('/')[2]}" if document.parent else "",
        text=text,
        layers=tuple(x for x in document.layers if x.end <= head),
        marks=(),
        enclosures=(),
        notes=tuple(msgspec.structs.replace(n, anchor=None, marks=()) for n in document.notes),
        facts=tuple(facts),
    )


def misprinted(text: str, chance: random.Random) -> str:
    """Change a letter in a few words, as printers and optical readers do."""
    words = text.split(" ")
    for _ in range(int(len(words) * ALTERED + chance.random())):
        at = chance.randrange(len(words))
        word = words[at]
        if len(word) > 3:
            cut = chance.randrange(1, len(word) - 1)
            words[at] = word[:cut] + chance.choice(_LETTERS) + word[cut + chance.randrange(2) :]
    return " ".join(words)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=321_000)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument(
        "--names", action="store_true", help="find the names in all texts too, as a build does"
    )
    asked = parser.parse_args()
    began = time.perf_counter()
    edition = grow(asked.documents, asked.to, workers=asked.workers)
    if asked.names:
        edition.names.find(workers=asked.workers)
    size = sum(f.stat().st_size for f in asked.to.rglob("*") if f.is_file())
    print(
        f"{edition.counts().documents:,} documents, {size / 2**30:.1f} GB, "
        f"{time.perf_counter() - began:.0f} s",
        file=sys.stderr,
    )


if __name__ == "__main__":
    main()
