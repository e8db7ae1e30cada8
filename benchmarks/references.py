"""How many references are found and how many links are right; what they cost.

Prints the recall of the editors' own references (strict gold), the share of the mentions with
number and date that are resolved or shown to be absent, the precision of 200 links drawn at random
and read one by one (``references_read.tsv``), and CPU time a document. Rules were written on the
volumes of --half 0. Gold and volumes are found as for the other benchmarks; see README.md.

    python benchmarks/references.py [--half 0|1] [--misses] [--draw SEED] [--times N]
"""

import argparse
import collections
import csv
import hashlib
import json
import os
import time
from pathlib import Path

from regesta import read
from regesta.documents import Document
from regesta.linking.base import Reference
from regesta.linking.cards import anchors_of, cards_of
from regesta.linking.lookup import MemoryLookup
from regesta.linking.references.references import find_mentions
from regesta.linking.references.resolve import resolve

HERE = Path(__file__).parent
READ = HERE / "references_read.tsv"
#: Links drawn at random, and the seed that drew those in ``references_read.tsv``.
DRAWN, SEED = 200, 1918
#: The size of all volumes of the series, for the time that they would take.
ALL = 321_000

Linked = list[tuple[Document, list[Reference]]]


Figure = dict[str, str | bool]


def figure(what: str, target: str, reached: str, met: bool, note: str) -> Figure:
    """A row of the page of figures."""
    return {"what": what, "target": target, "reached": reached, "met": met, "note": note}


def lookup_of(documents: list[Document]) -> MemoryLookup:
    anchors = {(d.collection, anchor): d.id for d in documents for anchor in anchors_of(d)}
    return MemoryLookup(cards_of(documents), anchors=anchors)


def linked(documents: list[Document]) -> Linked:
    lookup = lookup_of(documents)
    return [(d, [resolve(mention, lookup) for mention in find_mentions(d)]) for d in documents]


def strict_gold(folder: Path) -> list[dict[str, str]]:
    lines = (folder / "frus_references.jsonl").read_text("utf-8").splitlines()
    return [gold for gold in map(json.loads, lines) if gold["strict"]]


def recall(
    found: Linked, gold: list[dict[str, str]], halves: dict[str, int], misses: bool
) -> Figure:
    asserted = {
        (document.id, reference.candidates[0].card.id)
        for document, references in found
        for reference in references
        if reference.standing == "asserted"
    }
    counts = collections.Counter[tuple[int, bool]]()
    for link in gold:
        collection = link["source"].partition("/")[0]
        if collection not in halves:
            continue
        hit = (link["source"], link["target"]) in asserted
        counts[halves[collection], hit] += 1
        if misses and not hit:
            print(
                "missed",
                link["source"],
                link["target"],
                "|",
                link["before"][-60:],
                "|",
                link["note"],
            )
    for half in (0, 1):
        hits, missed = counts[half, True], counts[half, False]
        if hits + missed:
            share = hits / (hits + missed)
            print(f"strict gold, half {half}: {hits} of {hits + missed}, recall {share:.3f}")
    hits = counts[0, True] + counts[1, True]
    share = hits / max(1, counts.total())
    print(f"strict gold: {hits} of {counts.total()}, recall {share:.3f}")
    note = f"{counts.total()} references of the editors, page and number or date agreeing"
    return figure("editors' references found", "≥ .92", f"{share:.3f}", share >= 0.92, note)


def coverage(found: Linked) -> Figure:
    """Body mentions with number and date, in volumes of telegrams (1917 and later)."""
    standings = collections.Counter(
        reference.standing
        for document, references in found
        for reference in references
        if document.collection[4:8] >= "1917"
        and reference.mention.passage.voice == "body"
        and reference.mention.numbers
        and reference.mention.days
    )
    done = sum(standings[name] for name in ("asserted", "absent", "not printed"))
    total = standings.total()
    print(f"number and date: {done} of {total} settled, {done / max(1, total):.3f}")
    print("   ", dict(standings.most_common()))
    share, note = done / max(1, total), f"{total} mentions in texts of 1917–34"
    what = "mentions with number and date, resolved or shown absent"
    return figure(what, "≥ .85", f"{share:.3f}", share >= 0.85, note)


def drawn(found: Linked, seed: int) -> list[tuple[Document, Reference]]:
    """Links in an order that only chance and the seed decide: a rule more moves no other link."""
    every = [(d, r) for d, references in found for r in references if r.standing == "asserted"]
    return sorted(every, key=lambda pair: _lot(pair[0], pair[1], seed))[:DRAWN]


def _lot(document: Document, reference: Reference, seed: int) -> str:
    words = "\t".join((str(seed), *row_of(document, reference)))
    return hashlib.sha256(words.encode()).hexdigest()


def row_of(document: Document, reference: Reference) -> list[str]:
    mention = reference.mention
    note = "" if mention.passage.note is None else str(mention.passage.note)
    target = reference.candidates[0].card.id
    return [document.id, str(mention.start), note, mention.printed[:40], target]


def precision(found: Linked) -> Figure:
    """What was read, against what is asserted now."""
    with READ.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    verdicts = collections.Counter(row["verdict"] for row in rows)
    right = verdicts["right"]
    print(f"read: {right} of {len(rows)} right, precision {right / max(1, len(rows)):.3f}")
    now = {
        tuple(row_of(d, r)[i] for i in (0, 1, 2, 4))
        for d, references in found
        for r in references
        if r.standing == "asserted"
    }
    kept = [r for r in rows if (r["document"], r["start"], r["note"], r["target"]) in now]
    still = sum(row["verdict"] == "right" for row in kept)
    print(f"    of these asserted today: {len(kept)}, right {still}")
    share, note = right / max(1, len(rows)), f"{len(rows)} drawn by lot and read in two passes"
    return figure("links asserted that are right", "≥ .98", f"{share:.3f}", share >= 0.98, note)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", type=int, choices=(0, 1))
    parser.add_argument("--misses", action="store_true", help="print the gold links not found")
    parser.add_argument("--draw", type=int, metavar="SEED", help="print links to read, and stop")
    parser.add_argument("--times", type=int, default=3, help="how often to measure CPU time")
    options = parser.parse_args()
    corpora = Path(os.environ.get("REGESTA_CORPORA", HERE.parents[1] / "shared" / "corpora"))
    volumes = sorted((corpora / "frus").glob("*.xml"))
    if not volumes:
        print("no volumes: set REGESTA_CORPORA")
        print(json.dumps({"figures": []}))
        return
    halves = {path.stem: i % 2 for i, path in enumerate(volumes)}
    documents = [d for path in volumes for d in read(path)]
    found = linked(documents)
    if options.half is not None:
        found = [(d, rs) for d, rs in found if halves.get(d.collection) == options.half]
        halves = {name: half for name, half in halves.items() if half == options.half}
    if options.draw is not None:
        for document, reference in drawn(found, options.draw):
            print("\t".join(row_of(document, reference)))
        return
    gold = strict_gold(corpora.parent / "gold")
    figures = [recall(found, gold, halves, options.misses), coverage(found), precision(found)]
    best = min(_timed(documents) for _ in range(options.times))
    cost = best / max(1, len(documents))
    print(f"time: {cost * 1000:.3f} ms CPU a document, {cost * ALL / 60:.1f} minutes for {ALL:,}")
    note = f"{len(documents)} documents, the best of {options.times}"
    what = "finding and resolving references"
    figures.append(figure(what, "≤ 0.5 ms", f"{cost * 1000:.2f} ms", cost <= 0.0005, note))
    print(json.dumps({"figures": figures}, ensure_ascii=False))


def _timed(documents: list[Document]) -> float:
    start = time.process_time()
    linked(documents)
    return time.process_time() - start


if __name__ == "__main__":
    main()
