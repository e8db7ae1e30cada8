"""How right hard dates are read: a table written from the literature of chronology.

Every row of ``hard_dates.tsv`` is read from its words alone. Prints right, wrong, missed and
invented, in all and by part: a was looked at while the rules were written, the others afterwards.

    python benchmarks/hard_dates.py [--errors] [--half a|b|c|d|e]
"""

import argparse
import collections
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from regesta.describing.dates.phrases import read_date
from regesta.documents import HistoricalDate

TABLE = Path(__file__).with_name("hard_dates.tsv")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table; ``edtf`` is "nothing" where no date is printed."""

    half: str
    language: str
    words: str
    on: str
    edtf: str
    time: str
    calendar: str
    why: str


def rows() -> Iterator[Row]:
    """The rows of the table."""
    lines = [x for x in TABLE.read_text("utf-8").splitlines() if x and not x.startswith("#")]
    for line in lines[1:]:
        yield Row(*line.split("\t"))


def judge(row: Row, date: HistoricalDate | None) -> str:
    """right, wrong (another value), missed (none) or invented (a value where there is none)."""
    if row.edtf == "nothing":
        if date is None:
            return "right" if row.calendar != "unknown" else "missed"
        return "invented" if date.edtf else "right"
    if date is None or not date.edtf:
        return "missed"
    same = date.edtf == row.edtf and date.calendar == row.calendar
    return "right" if same and (date.time or "") == row.time else "wrong"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="print what is not right")
    parser.add_argument("--half", choices=("a", "b", "c", "d", "e"), help="one half only")
    options = parser.parse_args()
    tallies: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for row in rows():
        if options.half in (None, row.half):
            date = read_date(row.words, on=row.on or None)
            verdict = judge(row, date)
            for name in ("all", f"half {row.half}", f"language {row.language}"):
                tallies[name][verdict] += 1
            if options.errors and verdict != "right":
                shown = (date.edtf, date.time, date.calendar, date.marks) if date else None
                wanted = (row.edtf, row.time, row.calendar)
                print(f"{verdict:8} {row.words!r} wanted {wanted} got {shown} ({row.why})")
    for name, tally in sorted(tallies.items()):
        n = sum(tally.values())
        print(
            f"{name:12} n {n:4}  right {tally['right'] / n:.4f}  wrong {tally['wrong'] / n:.4f}  "
            f"missed {tally['missed'] / n:.4f}  invented {tally['invented']}"
        )
    tally = tallies["all"]
    n = sum(tally.values())
    languages = sum(name.startswith("language") for name in tallies)
    figures = [
        {
            "what": f"hard dates right, of {n} in {languages} languages",
            "target": "≥ .98",
            "reached": f"{tally['right'] / n:.4f}",
            "met": tally["right"] / n >= 0.98,
        },
        {
            "what": "hard dates invented",
            "target": "0",
            "reached": tally["invented"],
            "met": tally["invented"] == 0,
        },
    ]
    print(json.dumps({"figures": figures}, ensure_ascii=False))


if __name__ == "__main__":
    main()
