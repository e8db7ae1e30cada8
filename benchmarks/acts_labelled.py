"""A second gold of acts, drawn from the corpora and labelled by reading: how it is made and loaded.

``acts_labelled.jsonl`` holds places and labels but no words of the corpora. A line names a document
(with its enclosure), the place of a paragraph in it, a digest of the words that stood there, and
the acts after the rulings of ``ACTS.md``, settled from two readings (those of the last batches were
read "once"); a reading that said otherwise stands beside them, and an act is "doubtful" where a
careful reader may well say otherwise. The words come from the corpora when the file is loaded; a
paragraph that is not there, or reads otherwise now, is left out with the reason.

    python benchmarks/acts_labelled.py [--draw]
"""

import argparse
import hashlib
import json
import os
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

from regesta import read
from regesta.auditing.acts_figures import ActFigures, figures
from regesta.auditing.acts_match import gold_act, match
from regesta.describing.acts.naming import power_named
from regesta.describing.languages import language_of
from regesta.documents import Act, Document
from regesta.edition.evaluating.acts import GoldParagraph, read_gold

HERE = Path(__file__).parent
LABELLED = HERE / "acts_labelled.jsonl"
VERBS = HERE / "acts_labelled_verbs.txt"
#: How paragraphs are drawn, one batch after the other: the seed, how many of a volume, how many of
#: these must have one of the verbs of ``acts_labelled_verbs.txt`` (half of all paragraphs have one,
#: as in ``acts_dev.jsonl``), and how many in other languages.
BATCHES: tuple[tuple[int, int, int, dict[str, int]], ...] = (
    (1918, 16, 10, {"de": 8, "fr": 6}),
    (1919, 12, 8, {}),
    (1920, 10, 8, {}),
    (1921, 75, 45, {}),
)
#: Their length, as there, in characters.
LENGTHS = range(85, 1301)
#: Of 256 hashes of documents, those that are for writing rules: three in five.
DEVELOP = 154
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a document: its offsets are into the enclosure's text, where there is one."""

    id: str
    start: int
    end: int
    words: str
    heading: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--draw", action="store_true", help="print the paragraphs drawn, and stop")
    options = parser.parse_args()
    folder = Path(os.environ.get("REGESTA_CORPORA", HERE.parents[1] / "shared" / "corpora"))
    documents = documents_of(folder)
    if options.draw:
        known = [p.id for p in read_gold(folder.parent / "gold" / "acts_dev.jsonl")]
        for p in draw(documents, known):
            print(f"{p.id} {p.start}-{p.end} [{p.heading}]\n{p.words}\n")
        return
    paragraphs, missing = load(documents)
    for reason in missing:
        print(reason)
    parts = Counter(part(p.id) for p in paragraphs)
    print(f"{len(paragraphs)} paragraphs, {sum(len(p.acts) for p in paragraphs)} acts; {parts}")
    doubtful = sum(bool(act.get("doubtful")) for p in paragraphs for act in p.acts)
    print(f"doubtful: {doubtful}; second reading against the first: {agreement()}")


def documents_of(folder: Path) -> list[Document]:
    """The documents that paragraphs were drawn from, in the order of the draw."""
    paths = [*sorted((folder / "frus").glob("*.xml")), folder / "qhod"]
    return [document for path in paths if path.exists() for document in read(path)]


def part(id: str) -> str:
    """ "develop" or "held_out", by a hash of the document: an enclosure goes with it."""
    return "develop" if hashlib.sha256(home(id).encode()).digest()[1] < DEVELOP else "held_out"


def home(id: str) -> str:
    """The id of the document that an enclosure is in."""
    return "/".join(id.split("/")[:2])


def load(documents: Iterable[Document]) -> tuple[list[GoldParagraph], list[str]]:
    """Join labels and words: the paragraphs, and a reason for each that was left out."""
    known = {document.id: document for document in documents}
    found, missing = [], []
    for row in _rows():
        document = known.get(home(row["id"]))
        if document is None:
            missing.append(f"{row['id']}: its document is not among the corpora")
            continue
        start, end = row["paragraph_start"], row["paragraph_end"]
        there = {p.start: p for p in paragraphs(document) if p.id == row["id"]}.get(start)
        if there is None or there.end != end or digest(there.words) != row["digest"]:
            missing.append(f"{row['id']}: other words stand at {start}–{end} now")
            continue
        found.append(GoldParagraph(row["id"], there.heading, there.words, tuple(row["acts"])))
    return found, missing


def agreement() -> ActFigures:
    """The second reading judged by the first, as a back end is judged by gold."""
    verdicts = []
    for row in _rows():
        if row.get("once"):
            continue
        first, second = (row.get(name, row["acts"]) for name in ("first", "second"))
        acts = [_act(entry) for entry in second]
        verdicts.append(match(acts, [gold_act(entry) for entry in first], 0, power_named))
    return figures(verdicts)


def _act(entry: dict[str, Any]) -> Act:
    return Act(
        entry["actor"], entry["act"], polarity=entry["polarity"], modality=entry["modality"],
        span=(entry["start"], entry["end"]),
    )  # fmt: skip


def _rows() -> list[dict[str, Any]]:
    lines = LABELLED.read_text("utf-8").splitlines() if LABELLED.exists() else []
    return [json.loads(line) for line in lines]


def digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def paragraphs(document: Document) -> Iterator[Paragraph]:
    """The lines of a document's text, each with the heading it stands under."""
    at = 0
    for line in document.text.split("\n"):
        start, at = at, at + len(line) + 1
        id, heading, offset = document.id, document.heading, 0
        for enclosure in document.enclosures:
            if enclosure.start <= start < enclosure.end:
                id, heading = f"{document.id}/{enclosure.id}", enclosure.heading
                offset = enclosure.start
        yield Paragraph(id, start - offset, start - offset + len(line), line, heading)


def draw(documents: Sequence[Document], known: Iterable[str]) -> list[Paragraph]:
    """Draw paragraphs, one of a document: in turn from every volume, then in other languages.

    Args:
        documents: Of the corpora.
        known: Ids of documents not to draw from.
    """
    verbs = _verbs()
    taken = {home(id) for id in known}
    drawn: list[Paragraph] = []
    for seed, of_volume, with_verb, others in BATCHES:
        chance = random.Random(seed)
        turns: list[list[Paragraph]] = []
        foreign: dict[str, list[Paragraph]] = {language: [] for language in others}
        for volume, found in sorted(_by_volume(documents).items()):
            chance.shuffle(found)
            sample: list[Paragraph] = []
            free = of_volume - with_verb
            for p in found:
                told = language_of(p.words)
                if told and told[0] in others:
                    foreign[told[0]].append(p)
                if (told and told[0] != "en") or not volume.startswith("frus"):
                    continue
                if len(sample) == of_volume or home(p.id) in taken:
                    continue
                if verbs.isdisjoint(_WORD.findall(p.words.lower())):
                    if not free:
                        continue
                    free -= 1
                sample.append(p)
                taken.add(home(p.id))
            turns.append(sample)
        drawn += [p for turn in zip_longest(*turns) for p in turn if p is not None]
        for language, number in others.items():
            chance.shuffle(foreign[language])
            first = {home(p.id): p for p in foreign[language] if home(p.id) not in taken}
            drawn += list(first.values())[:number]
    return drawn


def _by_volume(documents: Sequence[Document]) -> dict[str, list[Paragraph]]:
    volumes: dict[str, list[Paragraph]] = {}
    for document in documents:
        volumes.setdefault(document.collection, []).extend(
            p for p in paragraphs(document) if len(p.words) in LENGTHS and p.words != p.heading
        )
    return volumes


def _verbs() -> set[str]:
    lines = VERBS.read_text("utf-8").splitlines()
    return {verb for line in lines if not line.startswith("#") for verb in line.split()}


if __name__ == "__main__":
    main()
