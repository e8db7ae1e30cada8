"""Who held an office on a day: asked of documents whose names and signatures were hidden.

The names of half of the documents, of the other half, and of one volume after the other are taken
out of the record; authorities and tenures are learned from what is left; every hidden
document that prints an office, and whose heading or signature says who held it, is a question.
"""

import argparse
import datetime as dt
import json
import random
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from grow import corpora

from regesta.describing.persons.authorities import make_authorities
from regesta.describing.persons.names import compatible, one_letter_apart, parse_name
from regesta.describing.persons.tenures import Holding, Observation, holder_on
from regesta.describing.persons.values import Authority
from regesta.edition import build
from regesta.edition.authorities.gathering import Gathered, Mention, gather
from regesta.edition.record.store import RECORD


@dataclass
class Score:
    """Questions and answers; a misprint is an answer one letter from the hidden name."""

    asked: int = 0
    right: int = 0
    wrong: int = 0
    misprints: int = 0
    errors: list[str] = field(default_factory=list)

    def line(self, what: str) -> str:
        """The score in one line."""
        answered = self.right + self.wrong
        sure = self.right / answered if answered else float("nan")
        return (
            f"{what:32} asked {self.asked:5}  answered {answered / max(1, self.asked):.3f}  "
            f"right where answered {sure:.4f}  wrong {self.wrong / max(1, self.asked):.4f}  "
            f"misprints among the wrong {self.misprints}"
        )

    def add(self, other: "Score") -> None:
        """Add another score."""
        self.asked += other.asked
        self.right += other.right
        self.wrong += other.wrong
        self.misprints += other.misprints
        self.errors += other.errors


def questions(gathered: Gathered) -> list[tuple[Mention, list[str]]]:
    """Parties with an office of one holder, a day, and a name: the names are the answer."""
    found = []
    for mention in gathered.mentions:
        if mention.form >= 0 and mention.day and mention.office.single:
            form = gathered.forms[mention.form]
            found.append((mention, [words for words in (form.name, form.fuller) if words]))
    return found


def learn(db: sqlite3.Connection) -> tuple[dict[str, list[Observation]], list[Authority]]:
    """Authorities and what is seen of offices, from a record as it stands."""
    gathered = gather(db)
    authorities = make_authorities(gathered.forms)
    of_form = {form: k for k, one in enumerate(authorities) for form in one.forms}
    seen: dict[str, list[Observation]] = defaultdict(list)
    for m in gathered.mentions:
        if m.form >= 0 and m.day and m.office.single:
            seen[m.office.key].append(Observation(m.day, str(of_form[m.form]), m.document))
    for some in seen.values():
        some.sort()
    return seen, authorities


def judge(names: Iterable[str], authority: Authority) -> str:
    """ "right", "misprint" or "wrong": whether an authority has one of the hidden names."""
    hidden = [parse_name(words) for words in names]
    known = list(authority.names)
    if any(a.surname == b.surname and compatible(a, b) for a in hidden for b in known):
        return "right"
    near = any(one_letter_apart(a.surname, b.surname) for a in hidden for b in known)
    return "misprint" if near else "wrong"


def ask(record: Path, hide: Callable[[int], bool], asked: list[tuple[Mention, list[str]]]) -> Score:
    """Hide the names of some documents, learn from the others, ask for the hidden ones."""
    db = sqlite3.connect(":memory:")
    with sqlite3.connect(record) as source:
        source.backup(db)
    source.close()
    hidden = {n for (n,) in db.execute("SELECT n FROM documents") if hide(n)}
    for table in ("parties", "signs"):
        rows = [(n,) for n in hidden]
        db.executemany(f"DELETE FROM {table} WHERE document = ?", rows)
    seen, authorities = learn(db)
    score = Score()
    for mention, names in asked:
        if mention.document not in hidden:
            continue
        score.asked += 1
        holding = holder_on(
            seen.get(mention.office.key, ()), mention.day, acting=mention.office.acting
        )
        if holding is None:
            continue
        verdict = judge(names, authorities[int(holding.who)])
        if verdict == "right":
            score.right += 1
        else:
            score.wrong += 1
            score.misprints += verdict == "misprint"
            score.errors.append(_error(db, mention, names, holding, authorities))
    db.close()
    return score


def _error(
    db: sqlite3.Connection,
    mention: Mention,
    names: list[str],
    holding: Holding,
    authorities: list[Authority],
) -> str:
    (id,) = db.execute("SELECT id FROM documents WHERE n = ?", (mention.document,)).fetchone()
    answer = authorities[int(holding.who)].shown
    day = dt.date.fromordinal(mention.day)
    return f"{id} {day} {mention.office.label}: {names[-1]}; answered {answer} ({holding.why})"


def main() -> int:
    """Build the corpora, or take an edition, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("edition", nargs="?", type=Path, help="an edition; default: build one")
    parser.add_argument("--errors", action="store_true", help="list the wrong answers")
    options = parser.parse_args()
    source = corpora()
    if options.edition is None and source is None:
        print("no corpora: name their folder in REGESTA_CORPORA")
        print(json.dumps({"figures": []}))
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.edition or Path(scratch) / "edition"
        if options.edition is None and source is not None:
            build(source, folder)
        return measure(folder / RECORD, show=options.errors)


def measure(record: Path, *, show: bool) -> int:
    """Print the figures of a record."""
    db = sqlite3.connect(f"file:{record}?mode=ro", uri=True)
    gathered = gather(db)
    volumes = dict(db.execute("SELECT n, collection FROM documents"))
    db.close()
    asked = questions(gathered)
    rng = random.Random(1918)
    half = {n for n in sorted(volumes) if rng.random() < 0.5}
    parts: list[tuple[str, Score]] = [
        ("half of the documents", ask(record, lambda n: n in half, asked)),
        ("the other half", ask(record, lambda n: n not in half, asked)),
    ]
    left_out = Score()
    for volume in sorted(set(volumes.values())):
        inside = {n for n, name in volumes.items() if name == volume}
        left_out.add(ask(record, inside.__contains__, asked))
    parts += [("one volume after the other", left_out)]
    figures = []
    for what, score in parts:
        print(score.line(what))
        if show:
            print("\n".join(f"    {error}" for error in score.errors))
        answered = score.right + score.wrong
        if not answered:
            continue
        sure, wrong = score.right / answered, score.wrong / score.asked
        share = f"{answered} of {score.asked} answered, {score.misprints} wrong by a misprint"
        figures.append(
            {"what": f"{what} hidden: right where answered", "target": "≥ .97",
             "reached": f"{sure:.4f}", "met": sure >= 0.97, "note": share}
        )  # fmt: skip
        figures.append(
            {"what": f"{what} hidden: wrong", "target": "≤ .01", "reached": f"{wrong:.4f}",
             "met": wrong <= 0.01}
        )  # fmt: skip
    print(json.dumps({"figures": figures}, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
