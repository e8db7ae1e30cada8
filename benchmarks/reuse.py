"""How much text reuse is found, how exactly, and what it costs.

Plants passages with misprints into the corpora and counts those found (--seeds runs of 100 a cell),
checks the spans found in the corpora, judges pairs that were judged by hand (``reuse_read.tsv``;
rules were written on half 0), measures the method of passim 2 on the same texts, and what more
documents cost. Corpora are found as for the other benchmarks; see README.md.

    python benchmarks/reuse.py [--seeds N] [--grow DOCUMENTS ...]
"""

import argparse
import json
import os
import random
import re
import resource
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import structs

from regesta import read
from regesta.documents import Document, Source
from regesta.linking.engine_duckdb import run, write_texts
from regesta.linking.reuse_base import Result
from regesta.linking.reuse_text import stretches, texts_of

HERE = Path(__file__).parent
READ = HERE / "reuse_read.tsv"
LENGTHS, RATES = (150, 400), (0.0, 0.01, 0.03, 0.05, 0.10)
#: (length, rate) -> share of the planted passages that is to be found.
TARGETS = {(150, 0.03): 0.98, (150, 0.05): 0.95, (150, 0.10): 0.60, (400, 0.10): 0.97}
A_CELL = 100
#: The figures saved of passim 2 on Apache Spark, over 10,690 documents (wall seconds, GB).
PASSIM_SECONDS, PASSIM_MEMORY, PASSIM_DOCUMENTS = 504, 4.3, 10_690
#: Words that stay in every copy of a grown series, the commonest; a word as copies change it.
COMMON_WORDS = 400
_WORD = re.compile(r"[^\W\d_]{4,}")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

Figure = dict[str, str | bool]


def figure(what: str, target: str, reached: str, met: bool, note: str) -> Figure:
    """A row of the page of figures."""
    return {"what": what, "target": target, "reached": reached, "met": met, "note": note}


def misread(text: str, rate: float, chance: random.Random) -> str:
    """A text as a machine reads it: of the errors 60 % change a letter, 20 % lose it, 20 % add one.

    An added sign is a space in two cases of 28.
    """
    made = []
    for sign in text:
        if chance.random() >= rate:
            made.append(sign)
            continue
        kind = chance.random()
        if kind < 0.6:
            made.append(chance.choice(_LETTERS))
        elif kind >= 0.8:
            made.append(sign + chance.choice(_LETTERS + "  "))
    return "".join(made)


class Planted:
    """A document made up around a passage of another, and where that stands."""

    def __init__(
        self, large: Sequence[tuple[str, int, str]], seed: int, n: int, length: int, rate: float
    ) -> None:
        chance = random.Random(f"{seed} {length} {rate} {n}")
        self.source, offset, text = chance.choice(large)
        at = chance.randrange(200, len(text) - length - 50)
        self.start, self.end = offset + at, offset + at + length
        _, _, other = chance.choice(large)
        begin = chance.randrange(0, len(other) - 700)
        words = other[begin : begin + 700].split()
        around = chance.sample(words, min(60, len(words)))
        passage = misread(text[at : at + length], rate, chance)
        after = chance.sample(around, min(40, len(around)))
        self.id = f"planted/{seed}-{length}-{rate}-{n}"
        self.cell = (length, rate)
        whole = f"{' '.join(around)}\n{passage}\n{' '.join(after)}"
        self.document = Document(
            id=self.id, collection="planted", source=Source("", ""), text=whole
        )


def plant(documents: Sequence[Document], seeds: Iterable[int]) -> list[Planted]:
    large = [
        (document.id, one.start, one.text)
        for document in documents
        for one in stretches(document)
        if len(one.text) > 1500
    ]
    return [
        Planted(large, seed, n, length, rate)
        for seed in seeds
        for length in LENGTHS
        for rate in RATES
        for n in range(A_CELL)
    ]


def found_in(documents: Iterable[Document], work: Path, threads: int = 2) -> list[Result]:
    """The passages that some documents share."""
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    write_texts(work, texts_of(documents, 500))
    return run(work, threads=threads)


def recall(documents: Sequence[Document], seeds: int, work: Path) -> list[Figure]:
    planted = {one.id: one for one in plant(documents, range(1, seeds + 1))}
    hits = set[str]()
    for a, a0, a1, b, b0, b1, _, _ in found_in(
        [*documents, *(one.document for one in planted.values())], work
    ):
        for here, there, start, end in ((a, b, b0, b1), (b, a, a0, a1)):
            one = planted.get(here)
            if one is None or one.source != there:
                continue
            if min(end, one.end) - max(start, one.start) >= 0.5 * one.cell[0]:
                hits.add(here)
    figures = []
    for length in LENGTHS:
        for rate in RATES:
            ids = [one.id for one in planted.values() if one.cell == (length, rate)]
            share = sum(id in hits for id in ids) / len(ids)
            target = TARGETS.get((length, rate))
            print(f"planted {length} characters, {rate:.0%} misread: {share:.3f} of {len(ids)}")
            if target:
                what = f"planted passages, {length} characters, {rate:.0%} misread, found"
                note = f"{len(ids)} planted"
                figures.append(
                    figure(what, f"≥ {target:.2f}", f"{share:.3f}", share >= target, note)
                )
    return figures


def spans(rows: Sequence[Result]) -> Figure:
    long = [row for row in rows if max(row[2] - row[1], row[5] - row[4]) >= 200]
    like = sum(1 - row[6] / max(row[2] - row[1], row[5] - row[4]) >= 0.75 for row in long)
    share = like / max(1, len(long))
    print(f"spans of 200 and more: {like} of {len(long)} at identity .75")
    return figure(
        "spans of 200 characters and more with identity ≥ .75", "≥ .95", f"{share:.3f}",
        share >= 0.95, f"{len(long)} spans",
    )  # fmt: skip


def grown(documents: Sequence[Document], wanted: int) -> Iterable[Document]:
    """So many documents: copies in which every rarer word is another of the same letters' number.

    ``grow.py`` draws its sentences from one pool, so that every one is quoted dozens of times over;
    here a copy repeats itself as a real series does, and shares with the others only the set
    phrases of common words.
    """
    counts = Counter(word for document in documents for word in _WORD.findall(document.text))
    common = {word for word, _ in counts.most_common(COMMON_WORDS)}
    by_length: dict[int, list[str]] = {}
    for word in sorted(counts):
        if word not in common:
            by_length.setdefault(len(word), []).append(word)
    made, copy = 0, 0
    while made < wanted:
        chance = random.Random(f"1918 {copy}")
        other: dict[str, str] = {}
        for words in by_length.values():
            other.update(zip(words, chance.sample(words, len(words)), strict=True))
        for document in documents[: wanted - made]:
            if copy:
                text = _WORD.sub(lambda m, o=other: o.get(m[0], m[0]), document.text)
                id = f"{document.collection}-{copy}/{document.local_id}"
                document = structs.replace(document, id=id, text=text)
            yield document
            made += 1
        copy += 1


def growth(all_documents: Sequence[Document], wanted: int, scratch: Path) -> tuple[float, float]:
    """What so many documents cost: CPU seconds of all processes, and peak memory in GB."""
    documents = grown(all_documents, wanted)
    work = scratch / "grown"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    write_texts(work, texts_of(documents, 500))
    began, wall = os.times(), time.perf_counter()
    last, stage = began, "start"

    def tell(words: str) -> None:
        nonlocal last, stage
        words = words.partition(",")[0]
        if words != stage:
            now = os.times()
            print(f"  {stage}: {sum(now[:4]) - sum(last[:4]):.0f} s CPU", flush=True)
            last, stage = now, words

    rows = run(work, tell=tell)
    tell("end")
    cpu = sum(os.times()[:4]) - sum(began[:4])
    size = sum(f.stat().st_size for f in work.rglob("*") if f.is_file()) / 2**30
    peak = (
        sum(
            resource.getrusage(who).ru_maxrss
            for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
        / 2**20
    )
    print(
        f"grown to {wanted:,}: {len(rows):,} passages, {cpu:.0f} s CPU, "
        f"{time.perf_counter() - wall:.0f} s, {peak:.1f} GB memory, {size:.1f} GB of tables",
        flush=True,
    )
    shutil.rmtree(work)
    return cpu, peak


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=3, help="how many times 100 a cell")
    parser.add_argument("--grow", type=int, nargs="*", default=(), help="documents to grow to")
    options = parser.parse_args()
    corpora = Path(os.environ.get("REGESTA_CORPORA", HERE.parents[1] / "corpora"))
    volumes = sorted((corpora / "frus").glob("*.xml"))
    if not volumes:
        print("no volumes: set REGESTA_CORPORA")
        print(json.dumps({"figures": []}))
        return
    documents = [d for path in volumes for d in read(path)]
    if options.grow:
        with tempfile.TemporaryDirectory() as scratch:
            for wanted in options.grow:
                growth(documents, wanted, Path(scratch))
        return
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch) / "work"
        began, wall = time.process_time(), time.perf_counter()
        rows = found_in(documents, work)
        cpu, wall = time.process_time() - began, time.perf_counter() - wall
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        print(
            f"{len(documents)} documents: {len(rows)} passages, {cpu:.1f} s CPU, {wall:.1f} s, {peak:.1f} GB"
        )
        figures = [spans(rows)]
        figures += recall(documents, options.seeds, work)
    print(json.dumps({"figures": figures}, ensure_ascii=False))


if __name__ == "__main__":
    main()
