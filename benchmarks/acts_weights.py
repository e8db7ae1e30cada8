"""The weights of ``vocabularies/acts_weights.tsv``, fitted; what leaving one volume out gives.

Every act that the grammar gives with its marks (``describing/acts/weigh.py``) is right in all
fields or not, by ``acts_dev.jsonl``, ``acts_labelled.jsonl``, made-up papers and the acts read one
by one (``acts_weights_read.tsv``); made-up papers count half. Out comes a ridge-penalised logistic
regression, and how it does on volumes that it was not fitted on, by all acts and by those of
paragraphs alone that no rule was written on.

    python benchmarks/acts_weights.py [--write]
"""

import argparse
import csv
import math
import os
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import acts_labelled
import numpy as np

from regesta import read
from regesta.describing.acts import judge, weigh
from regesta.describing.acts.find import find_acts
from regesta.describing.acts.written import written
from regesta.describing.base import Context
from regesta.documents import Act, Document
from regesta.edition.evaluating.acts import GoldParagraph, evaluate_acts, read_gold

HERE = Path(__file__).parent
READ = HERE / "acts_weights_read.tsv"
TABLE = HERE.parent / "src" / "regesta" / "vocabularies" / "acts_weights.tsv"
#: The ridge penalty, and marks seen less often than this have no weight.
RIDGE, SELDOM = 12.0, 6
#: Weights nearer to nothing than this are left out.
SLIGHT = 0.05
HEAD = """\
# Provenance: fitted for Regesta by benchmarks/acts_weights.py; open to all.
# Weights of the marks by which an act of the ledger is known (describing/acts/weigh.py): a logistic
# regression with ridge penalty on acts judged one by one: two gold files of FRUS, made-up papers of
# other services, and acts read at random.
mark\tweight
"""


class Sample(NamedTuple):
    """An act with its marks: of which volume, whether it is right, how much it counts."""

    volume: str
    marks: tuple[str, ...]
    sure: float
    right: bool
    counts: float = 1.0


class Recorder:
    """Writes acts down as the grammar does, and remembers their marks."""

    def __init__(self) -> None:
        self.known: dict[tuple[Any, ...], tuple[tuple[str, ...], float]] = {}
        self._write = written

    def __call__(self, reading: Any, row: Any, scene: Any, confidence: float) -> Act:
        act = self._write(reading, row, scene, confidence)
        marks = tuple(weigh.marks(reading, row, scene))
        self.known[self.key(act)] = (marks, math.log(max(row.sure, 0.05)))
        return act

    @staticmethod
    def key(act: Act) -> tuple[Any, ...]:
        return (act.span, act.act, act.actor, act.modality)

    def sample(self, volume: str, act: Act, right: bool, counts: float = 1.0) -> Sample:
        marks, sure = self.known[self.key(act)]
        return Sample(volume, marks, sure, right, counts)


def of_gold(
    paragraphs: list[GoldParagraph], documents: list[Document], recorder: Recorder, counts: float
) -> list[Sample]:
    """The acts found in labelled paragraphs."""
    found = []
    for paragraph in paragraphs:
        recorder.known.clear()
        (judged,) = evaluate_acts([paragraph], documents).paragraphs or (None,)
        for verdict in judged.verdicts if judged else ():
            if verdict.found is not None:
                volume = paragraph.id.split("/")[0]
                found.append(recorder.sample(volume, verdict.found, not verdict.cause, counts))
    return found


def of_read(path: Path, documents: dict[str, Document], recorder: Recorder) -> list[Sample]:
    """The acts read one by one that are still found; one that changed is right no more."""
    found = []
    with path.open(encoding="utf-8") as lines:
        for line in csv.DictReader(lines, delimiter="\t"):
            document = documents.get(line["document"])
            if document is None:
                continue
            recorder.known.clear()
            start, end = map(int, line["span"].split("-"))
            said = (line["actor"], line["polarity"][:3], line["modality"])
            for act in find_acts(document, Context()):
                here = act.span and act.span[0] < end and start < act.span[1]
                if act.act != line["act"] or not here:
                    continue
                same = (act.actor, act.polarity[:3], act.modality) == said
                if same or line["verdict"] == "right":
                    right = same and line["verdict"] == "right"
                    found.append(recorder.sample(line["document"].split("/")[0], act, right))
                break
    return found


def fit(samples: list[Sample], ridge: float = RIDGE) -> dict[str, float]:
    """Weights by Newton’s method; the bias and ``sure`` are hardly held back."""
    often = Counter(mark for s in samples for mark in set(s.marks))
    names = ["bias", "sure", *sorted(m for m, n in often.items() if n >= SELDOM)]
    place = {name: i for i, name in enumerate(names)}
    x = np.zeros((len(samples), len(names)))
    for i, s in enumerate(samples):
        x[i, 0], x[i, 1] = 1.0, s.sure
        for mark in s.marks:
            if mark in place:
                x[i, place[mark]] = 1.0
    y = np.array([float(s.right) for s in samples])
    counts = np.array([s.counts for s in samples])
    penalty = np.full(len(names), ridge)
    penalty[:2] = 0.1
    w = np.zeros(len(names))
    for _ in range(30):
        p = 1.0 / (1.0 + np.exp(-(x @ w)))
        slope = x.T @ (counts * (p - y)) + penalty * w
        curve = (x * (counts * p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        w -= np.linalg.solve(curve, slope)
    return {name: round(float(value), 2) for name, value in zip(names, w, strict=True)}


def chance(weights: dict[str, float], s: Sample) -> float:
    total = weights["bias"] + weights["sure"] * s.sure
    total += sum(weights.get(mark, 0.0) for mark in s.marks)
    return 1.0 / (1.0 + math.exp(-total))


def left_out(samples: list[Sample], ridge: float = RIDGE) -> list[float]:
    """For each act its probability by weights fitted without its volume."""
    given = [0.0] * len(samples)
    for volume in sorted({s.volume for s in samples}):
        weights = fit([s for s in samples if s.volume != volume], ridge)
        for i, s in enumerate(samples):
            if s.volume == volume:
                given[i] = chance(weights, s)
    return given


def show(samples: list[Sample], given: list[float]) -> None:
    pairs = sorted(zip(given, samples, strict=True), key=lambda pair: -pair[0])
    print(f"{len(samples)} acts, {sum(s.right for s in samples)} right")
    for least in (0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.5, 0.4, 0.3, 0.2):
        kept = [s for p, s in pairs if p >= least]
        if kept:
            right = sum(s.right for s in kept)
            print(f"  ≥ {least:.2f}: {len(kept):4} kept, {right / len(kept):.3f} of them right")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    corpora = Path(os.environ.get("REGESTA_CORPORA", HERE.parents[1] / "shared" / "corpora"))
    documents = [d for path in sorted((corpora / "frus").glob("*.xml")) for d in read(path)]
    recorder = Recorder()
    for name, value in (("written", recorder), ("FLOOR", 0.0), ("LOOSE_FLOOR", 0.0)):
        setattr(judge, name, value)
    samples: list[Sample] = []
    gold = read_gold(corpora.parent / "gold" / "acts_dev.jsonl")
    drawn, _ = acts_labelled.load(documents)
    gold += [p for p in drawn if acts_labelled.part(p.id) == "develop"]
    of_known = of_gold(gold, documents, recorder, 1.0)
    held = [p for p in drawn if acts_labelled.part(p.id) == "held_out" and p.id[:4] == "frus"]
    unseen = of_gold(held, documents, recorder, 1.0)
    samples += [*of_known, *unseen]
    samples += of_gold(read_gold(HERE / "acts_made_up.jsonl"), [], recorder, 0.5)
    samples += of_read(READ, {d.id: d for d in documents}, recorder)
    given = left_out(samples)
    show(samples, given)
    print("by paragraphs that no rule was written on:")
    first = len(of_known)
    show(unseen, given[first : first + len(unseen)])
    if options.write:
        weights = fit(samples)
        kept = {m: w for m, w in weights.items() if abs(w) >= SLIGHT or m in ("bias", "sure")}
        lines = [f"{mark}\t{weight}" for mark, weight in kept.items()]
        TABLE.write_text(HEAD + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
