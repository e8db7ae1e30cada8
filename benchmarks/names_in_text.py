"""Names in the running text: persons found and linked, against the mark-up of three FRUS volumes.

Editors marked persons in the body of frus1918Russiav03, frus1919Parisv01 and frus1917Supp02v02; the
rules were written while looking at the first two. In come the texts without
mark-up, the volume's list of persons and the parties that its headings name. Headings, datelines,
closings and signatures are left out. A name is found where the words found and the words marked
overlap.

Mark-up is never complete. The raw precision counts every name that is not marked as wrong; the
corrected one counts it as right where the same volume marks the same surname elsewhere or lists it,
and its words are not those of a ship or firm. ``--unmarked N`` prints the rest to be read.

    python benchmarks/names_in_text.py [--corpora FOLDER] [--unmarked N] [--missed N]
"""

import argparse
import json
import random
import time
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from grow import corpora

from regesta.describing.base import Context
from regesta.describing.mentions.find import Mention, find_mentions
from regesta.describing.mentions.lexicon import Counts, Lexicon, learn, observe, surname
from regesta.describing.mentions.links import Directory, link_persons
from regesta.describing.registry import describe
from regesta.documents import Mark
from regesta.reading.base import Reading
from regesta.reading.registry import read
from regesta.reading.sources import Unread, find_sources

VOLUMES = ("frus1918Russiav03", "frus1919Parisv01", "frus1917Supp02v02")
FRAME = ("heading", "dateline", "closer", "signature")
RECALL, PRECISION, SPEED = 0.80, 0.90, 1e6
Case = tuple[str, str, list[tuple[int, int]], list[Mark]]


@dataclass(slots=True)
class Tally:
    """Counts of one volume, and the names to be read."""

    found: int = 0
    marked: int = 0
    evident: int = 0
    missed: list[str] = field(default_factory=list)
    unmarked: list[str] = field(default_factory=list)
    right: int = 0
    wrong: int = 0
    left: int = 0
    seconds: float = 0.0
    characters: int = 0

    @property
    def recall(self) -> float:
        return 1 - len(self.missed) / self.marked

    @property
    def raw(self) -> float:
        return self.found / (self.found + self.evident + len(self.unmarked))

    @property
    def corrected(self) -> float:
        return (self.found + self.evident) / (self.found + self.evident + len(self.unmarked))


def cases_of(reading: Reading) -> list[Case]:
    """(id, text, frame, marked persons) of every text and footnote."""
    cases: list[Case] = []
    for document in reading.documents:
        frame = [(x.start, x.end) for x in document.layers if x.kind in FRAME]
        marks = [m for m in document.marks if m.kind == "person"]
        cases.append((document.id, document.text, frame, marks))
        for note in document.notes:
            marks = [m for m in note.marks if m.kind == "person"]
            cases.append((f"{document.id} note {note.n}", note.text, [], marks))
    return cases


def lexicon_of(reading: Reading, cases: Sequence[Case]) -> Lexicon:
    """What the volume is known to name, without its mark-up."""
    counts, parties, places = Counts(), [], []
    for document in reading.documents:
        bare = msgspec.structs.replace(document, facts=(), marks=())
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            described = describe(bare, Context())
        parties += [p.name for p in (*described.senders, *described.recipients) if p.name]
        places += [described.place.name] if described.place else []
    for _, text, _, _ in cases:
        observe(counts, text)
    persons = [person.name for person in reading.collection.persons]
    return learn(counts, persons=persons, parties=parties, places=places)


def within(at: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)


def shown(text: str, start: int, end: int) -> str:
    words = f"{text[max(0, start - 45) : start]}[[{text[start:end]}]]{text[end : end + 35]}"
    return words.replace("\n", " / ")


def measure(reading: Reading) -> Tally:
    """Find, link and compare the names of one volume."""
    tally, cases = Tally(), cases_of(reading)
    lexicon = lexicon_of(reading, cases)
    people = reading.collection.persons
    directory = Directory((p.id, p.name, p.note) for p in people)
    known = {surname(p.name) for p in people}
    known |= {surname(text[m.start : m.end]) for _, text, _, marks in cases for m in marks}
    for _, text, _, _ in cases:
        started = time.process_time()
        find_mentions(text, lexicon)
        tally.seconds += time.process_time() - started
        tally.characters += len(text)
    for id, text, frame, marks in cases:
        found = [m for m in find_mentions(text, lexicon) if m.kind == "person"]
        links = link_persons(text, found, directory)
        gold = [m for m in marks if not within(m.start, frame)]
        tally.marked += len(gold)
        met: set[int] = set()
        for mention, bearer in zip(found, links, strict=True):
            if within(mention.start, frame):
                continue
            same = [i for i, g in enumerate(gold) if _overlap(g, mention)]
            met.update(same)
            _count(tally, id, text, mention, bool(same), known)
            target = next((gold[i].target for i in same if gold[i].target), "")
            if target and people:
                tally.right += bearer is not None and bearer.id == target
                tally.wrong += bearer is not None and bearer.id != target
                tally.left += bearer is None
        for i, g in enumerate(gold):
            if i not in met:
                tally.missed.append(f"{id}: {shown(text, g.start, g.end)}")
    return tally


def _overlap(mark: Mark, mention: Mention) -> bool:
    return mark.start < mention.end and mention.start < mark.end


def _count(
    tally: Tally, id: str, text: str, mention: Mention, marked: bool, known: set[str]
) -> None:
    if marked:
        tally.found += 1
    elif surname(mention.name) in known:
        tally.evident += 1
    else:
        line = f"{id}: {mention.rule}: {shown(text, mention.start, mention.end)}"
        tally.unmarked.append(line)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=corpora())
    parser.add_argument("--unmarked", type=int, default=0, help="names not marked to print")
    parser.add_argument("--missed", type=int, default=0, help="names not found to print")
    asked = parser.parse_args()
    if asked.corpora is None or not (asked.corpora / "frus").is_dir():
        print("no corpora: name their folder in REGESTA_CORPORA")
        return
    figures = []
    print("persons in running text  recall  precision  corrected   M char/s   links right  wrong")
    for volume in VOLUMES:
        path = asked.corpora / "frus" / f"{volume}.xml"
        source = next(iter(find_sources([path])))
        if isinstance(source, Unread):
            raise SystemExit(f"{path}: {source.reason}")
        tally = measure(read(source.load()))
        speed = tally.characters / tally.seconds
        linked = tally.right + tally.wrong + tally.left
        links = f"{tally.right / linked:.3f}  {tally.wrong / linked:.3f}" if linked else "no list"
        print(
            f"{volume:24} {tally.recall:.3f}   {tally.raw:.3f}      {tally.corrected:.3f}      "
            f"{speed / 1e6:5.1f}       {links}"
        )
        met = tally.recall >= RECALL and tally.raw >= PRECISION and speed >= SPEED
        figures.append(
            {
                "what": f"persons in the text of {volume}",
                "target": "recall .80, precision .90, 1 million characters a second",
                "reached": f"recall {tally.recall:.3f}, precision {tally.raw:.3f} raw and "
                f"{tally.corrected:.3f} corrected, {speed / 1e6:.1f} million characters a second",
                "met": met,
            }
        )
        random.seed(1)
        for name, lines, n in (
            ("not marked", tally.unmarked, asked.unmarked),
            ("missed", tally.missed, asked.missed),
        ):
            for line in random.sample(lines, min(n, len(lines))):
                print(f"  {name}: {line}")
    print(json.dumps({"figures": figures}))


if __name__ == "__main__":
    main()
