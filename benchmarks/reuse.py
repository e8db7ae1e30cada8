"""How much text reuse is found, how exactly, and what it costs.

Plants passages with misprints into the corpora and counts those found (--seeds runs of 100 a cell),
checks the spans found in the corpora, judges pairs that were read (``reuse_read.tsv``; rules were
written on some halves of it), measures the method of passim 2 on the same texts, and what more
documents cost. Corpora are found as for the other benchmarks; see README.md.

    python benchmarks/reuse.py [--seeds N] [--grow DOCUMENTS ...]
"""

import argparse
import csv
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
from functools import partial
from pathlib import Path
from unittest.mock import patch

from msgspec import structs
from references import lookup_of

from regesta import read
from regesta.documents import Document, Source
from regesta.linking.engines import duckdb as engine_duckdb
from regesta.linking.engines.duckdb import run, write_texts
from regesta.linking.references.references import find_mentions
from regesta.linking.references.resolve import resolve
from regesta.linking.reuse import anchors as reuse_anchors
from regesta.linking.reuse import chains as reuse_chains
from regesta.linking.reuse.base import Result, Reuse
from regesta.linking.reuse.judge import Both, judge
from regesta.linking.reuse.sides import sides
from regesta.linking.reuse.stages import MOST_PLACES, STAGES
from regesta.linking.reuse.text import stretches, texts_of

HERE = Path(__file__).parent
READ = HERE / "reuse_read.tsv"
LENGTHS, RATES = (150, 400), (0.0, 0.01, 0.03, 0.05, 0.10)
#: (length, rate) -> share of the planted passages that is to be found.
TARGETS = {(150, 0.03): 0.98, (150, 0.05): 0.95, (150, 0.10): 0.60, (400, 0.10): 0.97}
A_CELL = 100
#: Half of the list of pairs that were read -> whether rules were written by it. Halves 2, 3 and 4
#: were drawn by class and corpus, so that the rare classes are among them; 5 and 6 beside the
#: borders of the rules, two in five of them held out by a hash of their names; 7, 8 and 9 by the
#: class that the rules of then gave, one after the other: no rule was changed after 9.
GROUPS = {
    **dict.fromkeys("023578", "pairs that rules were written by"),
    **dict.fromkeys("1469", "held out"),
}  # fmt: skip
#: Held-out halves that are shown apart too.
APART = {
    "1": "drawn by lot",
    "4": "drawn by class",
    "6": "beside the borders",
    "9": "drawn by the rules' class",
}
#: The figures saved of passim 2 on Apache Spark, over 10,690 documents: seconds on a clock and of
#: all processors, GB.
PASSIM_SECONDS, PASSIM_CPU, PASSIM_MEMORY, PASSIM_DOCUMENTS = 504, 385, 4.3, 10_690
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
    return list(run(work, threads=threads))


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


def classes(documents: Sequence[Document], rows: Sequence[Result]) -> list[Figure]:
    """Classes of the pairs that were read, by group; what is found no more counts as formula."""
    with READ.open(encoding="utf-8", newline="") as file:
        read_ones = list(csv.DictReader(file, delimiter="\t"))
    found = {(row[0], row[3]) for row in rows}
    for one in read_ones:
        if (one["a"], one["b"]) not in found:  # the order of documents may have changed
            for name in ("", "_start", "_stop"):
                one["a" + name], one["b" + name] = one["b" + name], one["a" + name]
    pairs = _sided(documents, rows, {(one["a"], one["b"]) for one in read_ones})
    named = _named(documents, {id for pair in pairs for id in pair})
    told: dict[str, list[tuple[str, str]]] = {}
    apart: dict[str, list[tuple[str, str]]] = {}
    for one in read_ones:
        start, stop, pair = int(one["a_start"]), int(one["a_stop"]), (one["a"], one["b"])
        near = [
            (min(stop, x.reuse.a_end) - max(start, x.reuse.a_start), x.form)
            for x in judge(pairs.get(pair, []), refers=frozenset(pair) in named)
        ]
        form = max(near, default=(0, "formula"))[1]
        told.setdefault(GROUPS[one["half"]], []).append((one["label"], form))
        if one["half"] in APART:
            apart.setdefault(APART[one["half"]], []).append((one["label"], form))
    for group, some in apart.items():
        alike = sum(label == form for label, form in some)
        print(f"classes, {group}: macro-F1 {_macro(some)[0]:.3f}, {alike} of {len(some)} right")
    figures = []
    for group, some in told.items():
        macro, scores = _macro(some)
        low, high = _interval(some)
        alike = sum(label == form for label, form in some)
        listed = ", ".join(
            f"{name} {precision:.2f} {recall:.2f} {f1:.2f}"
            for name, (precision, recall, f1) in scores.items()
        )
        print(f"classes, {group}: macro-F1 {macro:.3f} ({low:.2f} to {high:.2f}), "
              f"{alike} of {len(some)} right; precision, recall, F1: {listed}")  # fmt: skip
        note = f"{len(some)} pairs read in two passes; {alike} right; 95 %: {low:.2f} to {high:.2f}"
        what = f"class of a match, macro-F1 ({group})"
        figures.append(figure(what, "≥ .85", f"{macro:.3f}", macro >= 0.85, note))
    return figures


def _sided(
    documents: Sequence[Document], rows: Sequence[Result], wanted: set[tuple[str, str]]
) -> dict[tuple[str, str], list[Both]]:
    """The passages of some pairs, each with both its sides."""
    ids = {id for pair in wanted for id in pair}
    spans_of: dict[str, list[tuple[int, int, str]]] = {id: [] for id in ids}
    for a, a0, a1, b, b0, b1, _, _ in rows:
        if a in ids:
            spans_of[a].append((a0, a1, b))
        if b in ids:
            spans_of[b].append((b0, b1, a))
    side = {
        (document.id, *span): one
        for document in documents
        if document.id in ids
        for span, one in zip(
            spans_of[document.id], sides(document, spans_of[document.id]), strict=True
        )
    }
    pairs: dict[tuple[str, str], list[Both]] = {}
    for a, a0, a1, b, b0, b1, edits, df in rows:
        if (a, b) in wanted:
            reuse = Reuse(a, b, a0, a1, b0, b1, edits, df)
            pairs.setdefault((a, b), []).append((reuse, side[a, a0, a1, b], side[b, b0, b1, a]))
    return pairs


def _named(documents: Sequence[Document], ids: set[str]) -> set[frozenset[str]]:
    """Pairs of documents of which one names the other, as far as the first is among some."""
    some = [document for document in documents if document.id in ids]
    lookup = lookup_of(list(documents))
    return {
        frozenset((document.id, found.candidates[0].card.id))
        for document in some
        for found in (resolve(mention, lookup) for mention in find_mentions(document))
        if found.standing == "asserted"
    }


def _macro(
    some: Sequence[tuple[str, str]],
) -> tuple[float, dict[str, tuple[float, float, float]]]:
    """The mean over classes of F1; each class's precision, recall and F1."""
    scores = {}
    for name in sorted({label for label, _ in some}):
        right = sum(label == form == name for label, form in some)
        read, given = (sum(x[n] == name for x in some) for n in (0, 1))
        scores[name] = (right / max(1, given), right / read, 2 * right / (read + given))
    return sum(score[2] for score in scores.values()) / len(scores), scores


def _interval(some: Sequence[tuple[str, str]]) -> tuple[float, float]:
    """Bounds of macro-F1 in 95 of 100 draws of as many pairs, with replacement."""
    chance = random.Random(1918)
    drawn = sorted(_macro(chance.choices(some, k=len(some)))[0] for _ in range(1000))
    return drawn[25], drawn[974]


def passim(documents: Sequence[Document], ours: Sequence[Result], work: Path) -> Figure:
    """How many pairs of the method of passim 2 are ours too.

    passim itself is on no package index: this is its search (25 letters, in at most 100 places,
    five of them on one line) with our alignment.
    """
    anchors, pairs, _ = STAGES
    few = pairs.sql.replace(f"2 AND {MOST_PLACES}", "2 AND 100")
    assert few != pairs.sql
    stages = (anchors, structs.replace(pairs, sql=few), STAGES[2])
    with (
        patch.object(reuse_anchors, "LETTERS", 25),
        patch.object(reuse_chains, "LETTERS", 25),
        patch.object(reuse_chains, "ENOUGH", 5),
        patch.object(reuse_chains, "RARE_PAIR", 0),
        patch.object(reuse_chains, "RARE_ONE", 0),
        patch.object(reuse_chains, "SAME", 0),
        patch.object(engine_duckdb, "STAGES", stages),
    ):
        theirs = found_in(documents, work, threads=1)
    mine = {(row[0], row[3]) for row in ours}
    good = {(row[0], row[3]) for row in theirs if _good(row)}
    share = len(good & mine) / max(1, len(good))
    print(f"pairs by passim's search: {len(good)}, also ours {len(good & mine)}, {share:.4f}")
    all_ours = len({(row[0], row[3]) for row in ours if _good(row)})
    note = f"{len(good)} pairs; all of ours of that length and identity: {all_ours}"
    what = "pairs of passim's search, ≥ 150 characters at identity ≥ .75, found"
    return figure(what, "≥ .99", f"{share:.4f}", share >= 0.99, note)


def _good(row: Result) -> bool:
    length = max(row[2] - row[1], row[5] - row[4])
    return length >= 150 and 1 - row[6] / length >= 0.75


def _other(others: dict[str, str], found: re.Match[str]) -> str:
    """The word that stands for a found one."""
    return others.get(found[0], found[0])


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
                text = _WORD.sub(partial(_other, other), document.text)
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

    rows = list(run(work, tell=tell))
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
    corpora = Path(os.environ.get("REGESTA_CORPORA", HERE.parents[1] / "shared" / "corpora"))
    volumes = sorted((corpora / "frus").glob("*.xml"))
    if not volumes:
        print("no volumes: set REGESTA_CORPORA")
        print(json.dumps({"figures": []}))
        return
    documents = read(corpora)
    names = {path.stem for path in volumes}
    if options.grow:
        with tempfile.TemporaryDirectory() as scratch:
            for wanted in options.grow:
                growth(documents, wanted, Path(scratch))
        return
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch) / "work"
        began, wall = os.times(), time.perf_counter()
        rows = found_in(documents, work)
        cpu, wall = sum(os.times()[:4]) - sum(began[:4]), time.perf_counter() - wall
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        print(f"{len(documents)} documents: {len(rows)} passages")
        print(f"{cpu:.1f} s of all processors, {wall:.1f} s on a clock, {peak:.1f} GB")
        share = len(documents) / PASSIM_DOCUMENTS
        on_clock, of_processors = PASSIM_SECONDS * share / wall, PASSIM_CPU * share / cpu
        figures = [
            figure(
                "faster than passim 2 (saved), both on a clock, on two processors", "≥ 50×",
                f"{on_clock:.0f}×", on_clock >= 50,
                f"{wall:.1f} s for {len(documents)} documents; processor time of all against "
                f"processor time {of_processors:.0f}× ({cpu:.1f} s)",
            ),
            figure(
                "memory against passim 2 (saved)", "≤ 1/5", f"{peak / PASSIM_MEMORY:.2f}",
                peak <= PASSIM_MEMORY / 5, f"{peak:.2f} GB",
            ),
            passim([d for d in documents if d.collection in names], rows, work),
            spans(rows),
            *classes(documents, rows),
        ]  # fmt: skip
        figures += recall(documents, options.seeds, work)
    print(json.dumps({"figures": figures}, ensure_ascii=False))


if __name__ == "__main__":
    main()
