"""How right the acts are: the gold of diplomatic papers by half, tier and group; other gold; speed.

Prints precision and recall with bootstrap intervals on ``acts_dev.jsonl`` (developed on one half,
checked on the other), on paragraphs drawn from the corpora and labelled by reading
(``acts_labelled.jsonl``, in two parts as well), the newspaper page, the made-up papers of other
services (``acts_made_up.jsonl`` and, longer, ``_blind`` and ``_later``), French and German ones,
PLOVER's news sentences, the acts read one by one (``acts_read.tsv``), the errors by cause, and CPU
time. Corpora are found as for the others.

    python benchmarks/acts.py [--half develop|check] [--errors] [--draw SEED]
"""

import argparse
import collections
import csv
import json
import os
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import acts_labelled

from regesta import read
from regesta.auditing.acts_figures import ActFigures, figures, interval
from regesta.auditing.acts_match import Verdict
from regesta.describing.acts.find import find_acts
from regesta.describing.acts.lexicon import kinds
from regesta.describing.acts.weigh import CERTAIN
from regesta.describing.base import Context
from regesta.documents import Act, Document, Fact, Source
from regesta.edition.evaluating.acts import (
    ActsEvaluation,
    GoldParagraph,
    evaluate_acts,
    half,
    read_gold,
)

HERE = Path(__file__).parent
READ = HERE / "acts_read.tsv"
TIERS_READ = HERE / "acts_tier_read.tsv"
#: Certain acts drawn to be read, and the seed that drew those in ``acts_read.tsv``.
DRAWN, READ_SEED = 60, 2031
#: The seed that draws the documents for the speed.
SEED = 2027
#: Documents whose acts are found for the speed, drawn with that seed.
TIMED = 600
#: Names that PLOVER gave its classes when its sentences were coded, and what they are called here.
PLOVER = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "FIGHT": "ASSAULT"}

#: The parts of the labelled paragraphs, and what they were used for.
PARTS = {"develop": "rules written on them", "held_out": "no rule written on them, weights fitted"}

Figure = dict[str, Any]
Share = Callable[[ActFigures], float | None]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--half", choices=("develop", "check"))
    parser.add_argument("--errors", action="store_true", help="print the errors of the half")
    parser.add_argument("--draw", type=int, metavar="SEED", help="print acts to read, and stop")
    options = parser.parse_args()
    corpora = Path(os.environ.get("REGESTA_CORPORA", HERE.parents[1] / "shared" / "corpora"))
    gold = corpora.parent / "gold" / "acts_dev.jsonl"
    shown: list[Figure] = []
    documents: list[Document] = []
    if gold.exists():
        documents = _documents(corpora)
        if options.draw is not None:
            _draw(documents, gold, options.draw)
            return
        shown += _by_half(gold, documents, options.half, options.errors)
        shown += _labelled(corpora, documents, options.half, options.errors)
        shown += _page(gold, documents)
    else:
        print("no gold: set REGESTA_CORPORA")
    for name, what in (
        ("made_up", "papers of other services"),
        ("made_up_blind", "papers of other services, longer, written before the mending"),
        ("made_up_later", "the same, written after it and before they were read"),
        ("french", "French"),
        ("german", "German"),
        ("french_blind", "French, written before they were read"),
        ("german_blind", "German, written before they were read"),
    ):
        path = HERE / f"acts_{name}.jsonl"
        if path.exists():
            shown += _alone(path, what)
    plover = corpora.parent / "gold" / "PLOVER_GSR_CAMEO.json"
    if plover.exists():
        shown += _plover(plover)
    shown += _precision_read(documents)
    shown += _tiers_read()
    if documents:
        shown += _speed(documents)
    print(json.dumps({"figures": shown}, ensure_ascii=False))


def _documents(corpora: Path) -> list[Document]:
    paths = [*sorted((corpora / "frus").glob("*.xml")), corpora / "soviet"]
    return [document for path in paths if path.exists() for document in read(path)]


def _figure(what: str, target: str, reached: str, met: bool | None, note: str = "") -> Figure:
    figure: Figure = {"what": what, "target": target, "reached": reached, "note": note}
    if met is not None:
        figure["met"] = met
    return figure


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _with_interval(
    every: Sequence[Sequence[Verdict]], share: Share, *, tier: str = ""
) -> tuple[float, str]:
    value = share(figures(every, tier=tier)) or 0.0
    bounds = interval(every, share, tier=tier)
    return value, f"{value:.2f}" + (f" ({bounds[0]:.2f}–{bounds[1]:.2f})" if bounds else "")


def _by_half(gold: Path, documents: list[Document], only: str | None, errors: bool) -> list[Figure]:
    shown = []
    for name in ("develop", "check"):
        if only and name != only:
            continue
        found = evaluate_acts(
            [p for p in read_gold(gold) if half(p.id) == name], _at_home(documents)
        )
        every = [paragraph.verdicts for paragraph in found.paragraphs]
        _print(f"{name} half", found)
        shown += _gold_figures(every, f"{name} half")
        if errors:
            _print_errors(found)
    return shown


def _at_home(documents: list[Document]) -> list[Document]:
    """The page of the newspaper under the id that the gold file gives it, too."""
    own = [d for d in documents if not d.id.startswith("frus")]
    return documents + [
        Document(
            f"soviet/{d.local_id}", d.collection, d.source, d.text, d.heading, d.layers, d.marks,
            d.notes, d.enclosures, d.facts,
        )
        for d in own
    ]  # fmt: skip


def _gold_figures(every: Sequence[Sequence[Verdict]], name: str) -> list[Figure]:
    certain, said = _with_interval(every, lambda f: f.strict_precision, tier="certain")
    recall, said_recall = _with_interval(every, lambda f: f.strict_recall, tier="certain")
    placed, said_placed = _with_interval(every, lambda f: f.precision)
    kept, said_kept = _with_interval(every, lambda f: f.recall)
    strict, said_strict = _with_interval(every, lambda f: f.strict_precision)
    counts = figures(every)
    wrong = counts.polarity / counts.placed if counts.placed else 0.0
    note = f"{name}, {counts.gold} acts"
    return [
        _figure(
            "certain tier, all right", "P ≥ .90 at R ≥ .35", f"P {said}, R {said_recall}",
            certain >= 0.9 and recall >= 0.35, note,
        ),
        _figure(
            "all, at its place", "P ≥ .78, R ≥ .60", f"P {said_placed}, R {said_kept}",
            placed >= 0.78 and kept >= 0.6, note,
        ),
        _figure("all, strict", "P ≥ .70", f"P {said_strict}", strict >= 0.7, note),
        _figure("polarity wrong", "≤ 1 %", f"{wrong:.1%}", wrong <= 0.01, note),
    ]  # fmt: skip


def _labelled(
    corpora: Path, documents: list[Document], only: str | None, errors: bool
) -> list[Figure]:
    """Figures on what was drawn and labelled: of FRUS by part, then of the German papers."""
    german = list(read(corpora / "qhod")) if (corpora / "qhod").exists() else []
    paragraphs, missing = acts_labelled.load([*documents, *german])
    for reason in missing:
        print(f"left out: {reason}")
    shown = []
    for part in ("develop", "held_out"):
        chosen = [
            p for p in paragraphs if acts_labelled.part(p.id) == part and p.id.startswith("frus")
        ]
        if not chosen or only not in (None, "develop" if part == "develop" else "check"):
            continue
        found = evaluate_acts(chosen, documents)
        _print(f"labelled, {PARTS[part]}", found)
        _print_plain(chosen, found)
        every = [paragraph.verdicts for paragraph in found.paragraphs]
        shown += _gold_figures(every, f"labelled paragraphs, {PARTS[part]}")
        if errors:
            _print_errors(found)
    found = evaluate_acts([p for p in paragraphs if not p.id.startswith("frus")], german)
    if found.paragraphs:
        _print("labelled, German of 1719 and 1720", found)
    return shown


def _print_plain(paragraphs: list[GoldParagraph], found: ActsEvaluation) -> None:
    """Recall apart for acts that any careful reader would mark, and for doubtful ones."""
    kept: collections.Counter[bool] = collections.Counter()
    asked: collections.Counter[bool] = collections.Counter()
    for paragraph, judged in zip(paragraphs, found.paragraphs, strict=True):
        doubtful = {
            (act["act"], act["start"], act["end"]): bool(act.get("doubtful"))
            for act in paragraph.acts
        }
        for verdict in judged.verdicts:
            if verdict.gold:
                which = doubtful[(verdict.gold.act, verdict.gold.start, verdict.gold.end)]
                asked[which] += 1
                kept[which] += verdict.found is not None and verdict.cause != "other act"
    for which, name in ((False, "plain"), (True, "doubtful")):
        print(f"  {name:8} gold {asked[which]:3} placed R {kept[which] / max(1, asked[which]):.2f}")


def _page(gold: Path, documents: list[Document]) -> list[Figure]:
    page = [p for p in read_gold(gold) if p.id.startswith("soviet")]
    found = evaluate_acts(page, _at_home(documents))
    severed = any(
        v.gold and v.gold.act == "sever" and not v.cause
        for paragraph in found.paragraphs
        for v in paragraph.verdicts
    )
    reached = f"{found.all.strict} of {found.all.gold}, rupture {'found' if severed else 'missed'}"
    met = found.all.strict >= 13 and severed
    print(f"newspaper page: {reached}, {found.all.found} found")
    return [
        _figure("the Izvestia page, strict", "≥ 13 of 17, the negated rupture too", reached, met)
    ]


def _alone(path: Path, what: str) -> list[Figure]:
    found = evaluate_acts(read_gold(path))
    every = [paragraph.verdicts for paragraph in found.paragraphs]
    _print(what, found)
    _, said = _with_interval(every, lambda f: f.strict_precision, tier="certain")
    counts = found.all
    reached = (
        f"at place P {_share(counts.precision)} R {_share(counts.recall)}, strict P "
        f"{_share(counts.strict_precision)}, certain P {said} R "
        f"{_share(found.certain.strict_recall)}"
    )
    return [_figure(f"made-up papers: {what}", "", reached, None, f"{counts.gold} acts")]


def _print(name: str, found: ActsEvaluation) -> None:
    print(f"{name}: {found.all.gold} acts, {found.all.found} found")
    rows = {"all": found.all, "certain": found.certain, **found.groups}
    for label, f in rows.items():
        if f.gold or f.found:
            print(
                f"  {label:8} gold {f.gold:3} found {f.found:3} placed P {_share(f.precision)} "
                f"R {_share(f.recall)} strict P {_share(f.strict_precision)} "
                f"R {_share(f.strict_recall)} polarity wrong {f.polarity}"
            )
    print("  causes: " + ", ".join(f"{cause} {n}" for cause, n in found.all.causes.items()))
    print("  lost at: " + ", ".join(f"{step} {n}" for step, n in found.lost.items()))


def _print_errors(found: ActsEvaluation) -> None:
    for paragraph in found.paragraphs:
        for verdict in paragraph.verdicts:
            if verdict.cause:
                print(f"  {verdict.cause}: {paragraph.id}: {verdict.found} / {verdict.gold}")


def _plover(path: Path) -> list[Figure]:
    """Classes of news sentences: one is right where an act of the sentence has it."""
    known = {kind.plover for kind in kinds().values()}
    right = said = asked = 0
    by_class: collections.Counter[str] = collections.Counter()
    for entry in json.loads(path.read_text("utf-8")):
        wanted = PLOVER.get(entry["event"], entry["event"])
        if wanted == "DOCUMENT":
            continue
        asked += 1
        classes = [act.plover for act in _news(entry["text"]) if act.plover]
        if classes:
            said += 1
            if wanted in classes:
                right += 1
                by_class[wanted] += 1
    precision, recall = right / max(1, said), right / max(1, asked)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    reached = f"F1 {f1:.2f} (P {precision:.2f}, R {recall:.2f})"
    print(f"PLOVER: {reached} of {asked} sentences; {dict(by_class)}; classes known {len(known)}")
    note = (
        "developed on: words of news were added after reading these sentences; a sentence with "
        "any act counts as answered, right where one of its acts has the class; PETRARCH-1 .745 "
        "and PETRARCH-2 .415 on 284 records of its own"
    )
    return [_figure("PLOVER's news sentences, class", "F1 ≥ .60", reached, f1 >= 0.6, note)]


def _news(text: str) -> list[Act]:
    facts = (Fact("language", "en", "given"), Fact("publication", "news", "given"))
    return find_acts(Document("news/1", "news", Source("", ""), text, facts=facts), Context())


def _draw(documents: list[Document], gold: Path, seed: int) -> None:
    for document, act in _drawn(documents, gold, seed):
        start, end = act.span or (0, 0)
        around = document.text[max(0, start - 160) : start] + "<<" + document.text[start:end] + ">>"
        fields = (document.id, f"{start}-{end}", act.act, act.actor, act.polarity, act.modality)
        print("\t".join(fields), "\n   ", around.replace("\n", " / "))


def _drawn(documents: list[Document], gold: Path, seed: int) -> list[tuple[Document, Act]]:
    """Certain acts, one of a document, of documents that the gold file does not have."""
    known = {"/".join(p.id.split("/")[:2]) for p in read_gold(gold)}
    chance = random.Random(seed)
    rest = [d for d in documents if d.id not in known and d.id.startswith("frus")]
    chance.shuffle(rest)
    drawn: list[tuple[Document, Act]] = []
    for document in rest:
        certain = [act for act in find_acts(document, Context()) if act.tier == "certain"]
        if certain:
            drawn.append((document, chance.choice(certain)))
        if len(drawn) == DRAWN:
            break
    return drawn


def _precision_read(documents: list[Document]) -> list[Figure]:
    """The verdicts in ``acts_read.tsv``; those that the grammar no longer gives are said."""
    if not READ.exists():
        return []
    with READ.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    right = sum(row["verdict"] == "right" for row in rows)
    texts = {document.id: document for document in documents}
    still = 0
    for row in rows if documents else ():
        acts = find_acts(texts[row["document"]], Context()) if row["document"] in texts else []
        start, end = map(int, row["span"].split("-"))
        still += any(
            act.act == row["act"] and act.span and act.span[0] < end and start < act.span[1]
            and act.tier == "certain"
            for act in acts
        )  # fmt: skip
    reached = f"{right} of {len(rows)} right"
    print(f"read one by one: {reached}; {still} of them found as certain now")
    note = f"drawn with seed {READ_SEED} from documents outside the gold; {still} of them given now"
    return [
        _figure("certain acts read one by one", "≥ .90", reached, right / len(rows) >= 0.9, note)
    ]


def _tiers_read() -> list[Figure]:
    """What two readers said of rows of many degrees of confidence (``acts_tier_read.tsv``)."""
    with TIERS_READ.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    shown = []
    for tier, some in (
        ("certain", [row for row in rows if float(row["confidence"]) >= CERTAIN]),
        ("probable, from .45", [row for row in rows if float(row["confidence"]) < CERTAIN]),
    ):
        right = [sum(row[reader] == "right" for row in some) for reader in ("first", "second")]
        reached = f"{right[0]} and {right[1]} of {len(some)} right"
        print(f"read blind by two, {tier}: {reached}")
        figure = _figure(f"rows read blind by two, {tier}", "", reached, None, "24 of each degree")
        shown.append(figure)
    return shown


def _speed(documents: list[Document]) -> list[Figure]:
    drawn = random.Random(SEED).sample(documents, min(TIMED, len(documents)))
    best = 0.0
    for _ in range(3):
        started = time.process_time()
        for document in drawn:
            find_acts(document, Context())
        best = max(best, len(drawn) / (time.process_time() - started))
    print(f"speed: {best:.0f} documents a second of one core")
    return [
        _figure("finding acts", "≥ 400 documents/s a core", f"{best:.0f}", best >= 400, "CPU time")
    ]


if __name__ == "__main__":
    main()
