"""Suggested subjects: one volume's own index hidden at a time, learned from the other volumes'.

The gold of a document are the main headings of the index entries that lead to it, as normalised by
the project (case, plurals, years, brackets). Headings differ between volumes: most of a hidden
volume's stand in no other, and nothing that learns could name them. Both recalls are printed: of
all headings, and of those that another volume has ("findable"); precision@3 counts three
suggestions for every document, and no suggester could reach more than the ceiling beside it.

The stages add one means after the other; the weights of each stage are fitted without the hidden
volume. `--fit` prints the weights of all volumes together, which stand in the vocabulary.

    python benchmarks/subjects.py [--corpora FOLDER] [--volumes] [--fit]
"""

import argparse
import json
import math
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from grow import corpora

from regesta.describing.subjects.model import (
    EVIDENCE,
    SHARED,
    Evidence,
    Example,
    SubjectModel,
    Term,
    Weights,
    evidence_for,
    learn,
    score,
    share_in_groups,
)
from regesta.describing.subjects.terms import Terms, heading_key, terms_of
from regesta.documents import Subject
from regesta.reading.registry import read
from regesta.reading.sources import Unread, find_sources

#: Of candidates that are wrong, one in so many is used for fitting.
THINNED = 20
STAGES: tuple[tuple[str, tuple[str, ...], float], ...] = (
    ("words of the heading in the text", ("text", "heading"), 0.0),
    ("+ documents of other indexes", ("text", "heading", "neighbours"), 0.0),
    (
        "+ powers by their adjectives, spread of headings",
        ("text", "heading", "powers", "neighbours", "collections", "documents"),
        0.0,
    ),
    ("+ words of the chapter", EVIDENCE, 0.0),
    ("+ the chapter's other documents", EVIDENCE, SHARED),
)


@dataclass(slots=True)
class Volume:
    """A volume with an index: its documents, their gold, and what speaks for each candidate."""

    name: str
    terms: list[Terms]
    gold: dict[str, dict[str, float]]
    evidence: dict[str, dict[str, Evidence]] = field(default_factory=dict)
    half: dict[str, dict[str, Evidence]] = field(default_factory=dict)
    listed: dict[str, dict[str, Evidence]] = field(default_factory=dict)

    @property
    def headings(self) -> set[str]:
        return {key for gold in self.gold.values() for key in gold}


@dataclass(slots=True)
class Tally:
    """Counts over documents that have headings."""

    documents: int = 0
    gold: int = 0
    findable: int = 0
    first3: int = 0
    first10: int = 0
    ceiling: int = 0

    def add(self, other: "Tally") -> None:
        for name in ("documents", "gold", "findable", "first3", "first10", "ceiling"):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def line(self) -> str:
        places = 3 * self.documents
        return (
            f"{self.first3 / places:.3f} ({self.ceiling / places:.3f})      "
            f"{self.first10 / self.gold:.3f}      {self.first10 / max(1, self.findable):.3f}"
        )


def load(path: Path) -> Volume | None:
    """Read a volume; None where it has no index."""
    source = next(iter(find_sources([path])))
    if isinstance(source, Unread):
        raise SystemExit(f"{path}: {source.reason}")
    reading = read(source.load())
    sections = {s.id: s for s in reading.collection.sections}
    terms, gold = [], {}
    for document in reading.documents:
        chapters, at = [], document.section
        while at in sections:
            chapters.append(sections[at].heading)
            at = sections[at].parent
        hidden = msgspec.structs.replace(document, facts=())
        terms.append(terms_of(hidden, " ".join(chapters)))
        headings: dict[str, float] = {}
        for fact in document.facts:
            if fact.field == "subject" and isinstance(fact.value, Subject):
                key = heading_key((*fact.value.path, fact.value.label)[0])
                headings[key] = max(fact.confidence, headings.get(key, 0.0))
        headings.pop("", None)
        gold[document.id] = headings
    return Volume(path.stem, terms, gold) if any(gold.values()) else None


def learned_from(volumes: Sequence[Volume]) -> SubjectModel:
    """A model of these volumes' indexes."""
    return learn(
        Example(terms, tuple(volume.gold[terms.id].items()), volume.name)
        for volume in volumes
        for terms in volume.terms
        if volume.gold[terms.id]
    )


def fit(rows: Sequence[tuple[list[float], bool, float]]) -> list[float]:
    """Logistic regression by Newton's method: weights, the constant last.

    Args:
        rows: (values, right or wrong, weight of the row).
    """
    size = len(rows[0][0]) + 1
    weights = [0.0] * size
    for _ in range(8):
        slope = [0.0] * size
        curve = [[1e-3 if i == j else 0.0 for j in range(size)] for i in range(size)]
        for values, right, many in rows:
            x = [*values, 1.0]
            total = sum(a * b for a, b in zip(weights, x, strict=True))
            likely = 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
            off, bend = many * (right - likely), many * likely * (1 - likely)
            for i, a in enumerate(x):
                slope[i] += off * a
                row, factor = curve[i], bend * a
                for j, b in enumerate(x):
                    row[j] += factor * b
        step = solve(curve, slope)
        weights = [w + s for w, s in zip(weights, step, strict=True)]
    return weights


def solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Solve linear equations by elimination with pivots."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    size = len(rows)
    for i in range(size):
        best = max(range(i, size), key=lambda k: abs(rows[k][i]))
        rows[i], rows[best] = rows[best], rows[i]
        for k in range(size):
            if k != i and rows[k][i]:
                share = rows[k][i] / rows[i][i]
                rows[k] = [a - share * b for a, b in zip(rows[k], rows[i], strict=True)]
    return [rows[i][-1] / rows[i][i] for i in range(size)]


def halved(volume: Volume, others: Sequence[Volume]) -> None:
    """Gather evidence for every second document, the index of the others being known."""
    known = [terms for terms in volume.terms[::2] if volume.gold[terms.id]]
    first = Volume(volume.name, known, volume.gold)
    model = learned_from([*others, first])
    volume.half = {terms.id: evidence_for(model, terms) for terms in volume.terms[1::2]}


def with_list(volume: Volume) -> None:
    """Gather evidence where nothing is known but the list of the volume's headings."""
    headings = [Term(heading) for heading in sorted(volume.headings)]
    model = learn([], vocabulary_terms=headings, others=volume.terms)
    volume.listed = {terms.id: evidence_for(model, terms) for terms in volume.terms}


def fitted(volumes: Sequence[Volume], names: tuple[str, ...]) -> Weights:
    """Weights of the evidence: for headings of other volumes, fitted on volumes whose evidence was
    gathered without themselves; for their own headings, where half of their index was known; for
    those of a list, where nothing else was known.
    """
    whole = [(volume, volume.evidence, 0.0) for volume in volumes]
    half = [(volume, volume.half, 1.0) for volume in volumes]
    listed = [(volume, volume.listed, 0.0) for volume in volumes]
    parts = {"other": whole, "own": half, "listed": listed}
    return {name: _fitted(part, names) for name, part in parts.items()}


def _fitted(
    gathered: Sequence[tuple[Volume, dict[str, dict[str, Evidence]], float]],
    names: tuple[str, ...],
) -> dict[str, float]:
    chance = random.Random(1)
    rows = []
    for volume, evidences, own in gathered:
        for id, found in evidences.items():
            gold = volume.gold[id]
            if not gold:
                continue
            for key, evidence in found.items():
                right = key in gold
                if evidence.own == own and (right or chance.random() < 1 / THINNED):
                    values = [getattr(evidence, name) for name in names]
                    rows.append((values, right, 1.0 if right else float(THINNED)))
    *weights, base = fit(rows)
    return {"base": base, **dict(zip(names, weights, strict=True))}


def judge(
    volume: Volume,
    others: Sequence[Volume],
    weights: Weights,
    shared: float,
    gathered: dict[str, dict[str, Evidence]] | None = None,
) -> Tally:
    """Suggest for a hidden volume and compare with its index."""
    gathered = volume.evidence if gathered is None else gathered
    scores = {
        id: {key: score(evidence, weights) for key, evidence in found.items()}
        for id, found in gathered.items()
    }
    if shared:
        groups = {terms.id: terms.group for terms in volume.terms}
        scores = share_in_groups(scores, groups, shared)
    known = set().union(*(other.headings for other in others))
    tally = Tally()
    for id, gold in volume.gold.items():
        if not gold or id not in scores:
            continue
        best = sorted(scores[id].items(), key=lambda item: (-item[1], item[0]))
        names = [key for key, _ in best]
        findable = known & gold.keys()
        tally.documents += 1
        tally.gold += len(gold)
        tally.findable += len(findable)
        tally.first3 += len(gold.keys() & set(names[:3]))
        tally.first10 += len(gold.keys() & set(names[:10]))
        tally.ceiling += min(3, len(findable))
    return tally


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=corpora())
    parser.add_argument("--volumes", action="store_true", help="figures of each hidden volume")
    parser.add_argument("--fit", action="store_true", help="print the weights of all volumes")
    asked = parser.parse_args()
    if asked.corpora is None or not (asked.corpora / "frus").is_dir():
        print("no corpora: name their folder in REGESTA_CORPORA")
        return
    paths = sorted((asked.corpora / "frus").glob("*.xml"))
    volumes = [volume for path in paths if (volume := load(path))]
    started = time.process_time()
    for volume in volumes:
        model = learned_from([other for other in volumes if other is not volume])
        volume.evidence = {terms.id: evidence_for(model, terms) for terms in volume.terms}
        halved(volume, [other for other in volumes if other is not volume])
        with_list(volume)
    spent = time.process_time() - started
    documents = sum(len(volume.terms) for volume in volumes)
    if asked.fit:
        for name, weights in fitted(volumes, EVIDENCE).items():
            print(name, json.dumps({part: round(value, 2) for part, value in weights.items()}))
        return
    print(f"{len(volumes)} volumes with an index, each hidden in turn; {documents} documents, ")
    print(f"{1000 * spent / documents:.1f} ms a document, learning included")
    print(f"{'':57} precision@3 (ceiling)  recall@10  of findable")
    figures = []
    for number, (title, names, shared) in enumerate(STAGES, 1):
        whole = Tally()
        for volume in volumes:
            others = [other for other in volumes if other is not volume]
            tally = judge(volume, others, fitted(others, names), shared)
            if asked.volumes:
                print(f"     {volume.name:52} {tally.line()}")
            whole.add(tally)
        print(f"{number}. {title:54} {whole.line()}")
        figures.append(
            {
                "what": f"suggested subjects, stage {number}: {title}",
                "target": "reported, and raised three times",
                "reached": f"precision@3 {whole.first3 / whole.documents / 3:.3f} of at most "
                f"{whole.ceiling / whole.documents / 3:.3f}, recall@10 "
                f"{whole.first10 / whole.gold:.3f}, of findable headings "
                f"{whole.first10 / whole.findable:.3f}",
            }
        )
    fits = {v.name: fitted([o for o in volumes if o is not v], EVIDENCE) for v in volumes}
    for title, part in (
        ("every second document hidden, the rest of the index known", "half"),
        ("a list of the volume's headings, and nothing else", "listed"),
    ):
        whole = Tally()
        for volume in volumes:
            fit = fits[volume.name]
            whole.add(judge(volume, volumes, fit, SHARED, getattr(volume, part)))
        print(f"{title:57} {whole.line()}")
        figures.append(
            {
                "what": f"suggested subjects, {title}",
                "target": "reported",
                "reached": f"precision@3 {whole.first3 / whole.documents / 3:.3f} of at most "
                f"{whole.ceiling / whole.documents / 3:.3f}, recall@10 "
                f"{whole.first10 / whole.gold:.3f}",
            }
        )
    print(json.dumps({"figures": figures}))


if __name__ == "__main__":
    main()
