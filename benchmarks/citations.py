"""Whether pasted citations lead to their documents, on the real corpora.

Documents are drawn with a fixed seed and cited in five printed styles, as authors cite: with
abbreviated months and titles, in American or European order, and every second time with one small
error: a letter wrong, a page or a day off by one, a part left out.
"""

import argparse
import json
import os
import random
import re
import tempfile
import time
from pathlib import Path

from regesta.documents import Document
from regesta.edition import Edition
from regesta.edition.building.builder import build

DRAWN, DRAWS = 500, 5
MONTHS = (
    "Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.",
)  # fmt: skip


def short_style(chance: random.Random, edition: Edition, document: Document) -> str:
    """As historians cite in passing: names, American date, short title, pages."""
    collection = edition.collection_of(document.id)
    title = collection.title.replace("Papers Relating to the ", "")
    title = title.replace("Foreign Relations of the United States", "FRUS")
    title = re.sub(r",? Volume (\w+)", r", vol. \1", title)
    parties = [
        next((p.name or p.office or p.power for p in side), "")
        for side in (document.senders, document.recipients)
    ]
    day = ""
    if document.date and document.date.day:
        y, m, d = map(int, document.date.day.split("-"))
        day = chance.choice([f"{MONTHS[m - 1]} {d}, {y}", f"{d} {MONTHS[m - 1]} {y}"])
    pages = document.pages
    page = f"{pages[0]}–{pages[-1]}" if len(pages) > 1 else "".join(pages[:1])
    number = document.word("number") if chance.random() < 0.5 else ""
    exchange = " to ".join(filter(None, parties))
    return ", ".join(filter(None, (exchange, number and f"no. {number}", day, title, page)))


def spoiled(chance: random.Random, citation: str) -> str:
    """The citation with one small error."""
    way = chance.randrange(4)
    if way == 0:
        words = list(re.finditer(r"[^\W\d_]{5,}", citation))
        if words:
            at = chance.choice(words).start() + chance.randint(1, 4)
            citation = citation[:at] + chance.choice("aeinrst") + citation[at + 1 :]
    elif way == 1:
        pages = list(re.finditer(r"\d+(?=[–.]|$)", citation))
        if pages:
            m = pages[-1]
            wrong = int(m.group()) + chance.choice([-1, 1])
            citation = citation[: m.start()] + str(wrong) + citation[m.end() :]
    elif way == 2:
        days = list(
            re.finditer(r"\b([1-9]|[12]\d)\b(?= (?:[A-Z][a-z]+\.?) \d{4}|, \d{4})", citation)
        )
        if days:
            m = days[0]
            citation = citation[: m.start()] + str(int(m.group()) + 1) + citation[m.end() :]
    else:
        pieces = citation.split(", ")
        if len(pieces) > 4:
            del pieces[chance.randrange(1, len(pieces) - 1)]
        citation = ", ".join(pieces)
    return citation


def measure(edition: Edition, drawn: int, seed: int, show: int) -> tuple[int, int, int, float]:
    """Cite and find: how many came out right, wrong and with no name; CPU seconds."""
    chance = random.Random(seed)
    ids = [id for entry in edition.index("date") for id in entry.documents]
    right = wrong = nothing = 0
    spent = 0.0
    for n, id in enumerate(chance.sample(ids, min(drawn, len(ids)))):
        document = edition.document(id)
        style = ("note", "chicago", "mla", "iso690", "")[n % 5]
        citation = edition.cite(id, style=style) if style else ""
        citation = citation or short_style(chance, edition, document)
        if chance.random() < 0.5:
            citation = spoiled(chance, citation)
        started = time.process_time()
        answers = edition.find(citation)
        spent += time.process_time() - started
        named = {answer.match.id for answer in answers if answer.match}
        right += named == {id}
        wrong += bool(named - {id})
        nothing += not named
        if named != {id} and show > 0:
            show -= 1
            print("---", id, citation, answers[0].understood, answers[0].match, sep="\n")
            for match in answers[0].candidates[:3]:
                print("   ", match)
    return right, wrong, nothing, spent


def figures(edition: Edition, drawn: int, seeds: list[int], show: int) -> list[dict[str, object]]:
    """Measure several draws; the worst of them is what is reached."""
    found = [measure(edition, drawn, seed, show) for seed in seeds]
    sizes = [right + wrong + nothing for right, wrong, nothing, _ in found]
    rights = [row[0] / size for row, size in zip(found, sizes, strict=True)]
    wrongs = [row[1] / size for row, size in zip(found, sizes, strict=True)]
    for seed, right, wrong in zip(seeds, rights, wrongs, strict=True):
        print(f"draw {seed}: {right:.3f} right, {wrong:.3f} wrong")
    each = sum(row[3] for row in found) / sum(sizes) * 1000
    return [
        {"what": f"citations that lead to their document first, of {sizes[0]}", "target": "≥ .97",
         "reached": f"{min(rights):.3f}", "met": min(rights) >= 0.97,
         "note": f"worst of {len(seeds)} draws; mean {sum(rights) / len(rights):.3f}"},
        {"what": "citations that lead to another document", "target": "≤ .005",
         "reached": f"{max(wrongs):.3f}", "met": max(wrongs) <= 0.005,
         "note": f"worst of {len(seeds)} draws; mean {sum(wrongs) / len(wrongs):.4f}; the others "
                 f"name nothing; {each:.0f} ms of CPU each"},
    ]  # fmt: skip


def main() -> None:
    """Build, cite, find, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--drawn", type=int, default=DRAWN)
    parser.add_argument("--seed", type=int, default=1918)
    parser.add_argument("--draws", type=int, default=DRAWS, help="how many draws of so many")
    parser.add_argument("--show", type=int, default=0, help="print so many that came out wrong")
    parser.add_argument("--of", help="an edition instead of the corpora")
    asked = parser.parse_args()
    seeds = list(range(asked.seed, asked.seed + asked.draws))
    if asked.of:
        found = figures(Edition.open(asked.of), asked.drawn, seeds, asked.show)
        print(json.dumps({"figures": found}))
        return
    beside = Path(__file__).parents[2] / "shared" / "corpora"
    folder = Path(os.environ.get("REGESTA_CORPORA", beside))
    if not folder.is_dir():
        print("no corpora: set REGESTA_CORPORA")
        return
    with tempfile.TemporaryDirectory() as scratch:
        build([folder], Path(scratch) / "e")
        edition = Edition.open(Path(scratch) / "e")
        found = figures(edition, asked.drawn, seeds, asked.show)
        edition.close()
    print(json.dumps({"figures": found}))


if __name__ == "__main__":
    main()
