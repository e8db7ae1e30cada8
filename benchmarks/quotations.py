"""Whether quotations are accepted and altered ones refused, on the real corpora.

Thousands of quotations are drawn (with a fixed seed) from documents and changed as people and
scanners change them: other quotation marks, dashes and spaces, lines broken with and without a
hyphen, words left out with an ellipsis, a first letter in brackets, a remark in brackets. Each
is then altered by one word: replaced, dropped, doubled or put in.
"""

import argparse
import json
import os
import random
import re
import time
from pathlib import Path

from regesta.edition.building.pipeline import read
from regesta.edition.citing.quotations import verify

DRAWN = 1000
WORD = re.compile(r"\w+(?:['’-]\w+)*")


def corpora() -> Path | None:
    """Where the real corpora are, if they are."""
    beside = Path(__file__).parents[2] / "shared" / "corpora"
    found = Path(os.environ.get("REGESTA_CORPORA", beside))
    return found if found.is_dir() else None


def passage(chance: random.Random, text: str) -> str:
    """A stretch of 8 to 80 words that begins and ends with a word; "" where there is none."""
    words = list(WORD.finditer(text))
    size = chance.randint(8, 80)
    if len(words) < size + 20:
        return ""
    first = chance.randrange(len(words) - size)
    return text[words[first].start() : words[first + size - 1].end()]


def copied(chance: random.Random, quotation: str) -> str:
    """The same words as another hand would copy them."""
    chosen = chance.sample(CHANGES, chance.randint(0, 3))
    for change in sorted(chosen, key=CHANGES.index):
        quotation = change(chance, quotation)
    return quotation


def _marks(chance: random.Random, text: str) -> str:
    style = chance.choice([("“", "”", "’"), ('"', '"', "'"), ("„", "“", "'"), ("«", "»", "´")])
    text = re.sub(r"[“”„\"]", lambda m: chance.choice(style[:2]), text)
    return re.sub(r"[’']", style[2], text)


def _dashes(chance: random.Random, text: str) -> str:
    return re.sub(r"\s*[—–]\s*", lambda m: chance.choice(["—", " – ", "--", " — "]), text)


def _lines(chance: random.Random, text: str) -> str:
    return re.sub(r"\s+", lambda m: chance.choice([" ", " ", " ", "\n", "\u00a0"]), text)


def _hyphens(chance: random.Random, text: str) -> str:
    words = list(re.finditer(r"[a-zäöü]{7,}", text))
    if not words:
        return text
    cut = chance.choice(words).start() + 3
    return text[:cut] + chance.choice(["-\n", "\u00ad", "-\n   "]) + text[cut:]


def _ellipsis(chance: random.Random, text: str) -> str:
    words = list(WORD.finditer(text))
    if len(words) < 20 or "…" in text:
        return text
    first = chance.randrange(5, len(words) - 10)
    last = chance.randrange(first + 1, min(len(words) - 5, first + 25))
    mark = chance.choice([" … ", " ... ", " . . . ", " [...] ", " […] ", " . . . . "])
    return text[: words[first].end()] + mark + text[words[last].start() :]


def _capital(chance: random.Random, text: str) -> str:
    return f"[{text[0].swapcase()}]{text[1:]}" if text[0].isalpha() else text


def _remark(chance: random.Random, text: str) -> str:
    words = list(WORD.finditer(text))
    place = chance.choice(words[2:-2])
    if _at_gap(text, *place.span()):
        return text
    at = place.end()
    return text[:at] + chance.choice([" [sic]", " [!]", " [that is, his note]"]) + text[at:]


CHANGES = (_ellipsis, _remark, _capital, _marks, _dashes, _hyphens, _lines)


def altered(chance: random.Random, quotation: str, words: list[str]) -> str:
    """The quotation with one word that is not so in it; "" where brackets hold every word."""
    found = [m for m in WORD.finditer(quotation) if not _at_gap(quotation, *m.span())]
    if len(found) < 3:
        return ""
    place = chance.choice(found[1:-1])
    before, after = quotation[: place.start()], quotation[place.end() :]
    other = chance.choice([word for word in chance.sample(words, 50) if word != place.group()])
    way = chance.randrange(4)
    if way == 0:
        return before + other + after
    if way == 1:
        return before.rstrip() + " " + after.lstrip()
    if way == 2:
        return f"{before}{place.group()} {other}{after}"
    return f"{before}{place.group()} {place.group()}{after}"


def _at_gap(text: str, start: int, end: int) -> bool:
    """Whether a word stands in a bracket, or beside one or an ellipsis, which may hide it."""
    inside = text.rfind("[", 0, start) > text.rfind("]", 0, start)
    around = text[max(0, start - 6) : start] + text[end : end + 6]
    return inside or bool(re.search(r"[\[\]…*]|\.\s?\.", around))


def main() -> None:
    """Draw, check, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--drawn", type=int, default=DRAWN, help="how many of each")
    parser.add_argument("--seed", type=int, default=1918)
    parser.add_argument("--show", type=int, default=0, help="print so many that came out wrong")
    asked = parser.parse_args()
    folder = corpora()
    if folder is None:
        print("no corpora: set REGESTA_CORPORA")
        return
    chance = random.Random(asked.seed)
    files = sorted(folder.rglob("*.xml"), key=lambda path: path.stat().st_size)
    chosen = [path for path in files if path.stat().st_size < 12_000_000]
    documents = [d for path in chance.sample(chosen, min(40, len(chosen))) for d in _read(path)]
    words = list({m.group() for d in documents[:200] for m in WORD.finditer(d.text)})
    true = false = drawn = 0
    spent = 0.0
    while drawn < asked.drawn:
        document = chance.choice(documents)
        plain = passage(chance, document.text)
        if not plain:
            continue
        quotation = copied(chance, plain)
        wrong = altered(chance, quotation, words)
        if not wrong:
            continue
        drawn += 1
        started = time.process_time()
        accepted = verify(document, quotation).verbatim
        believed = verify(document, wrong).verbatim
        spent += time.process_time() - started
        true, false = true + accepted, false + believed
        if (not accepted or believed) and asked.show > 0:
            asked.show -= 1
            print("---", document.id, "refused" if not accepted else "believed", plain,
                  quotation if not accepted else wrong, sep="\n")  # fmt: skip
    figures = [
        {"what": f"true quotations accepted, of {drawn:,}", "target": "≥ .995",
         "reached": f"{true / drawn:.4f}", "met": true / drawn >= 0.995},
        {"what": f"quotations altered by one word accepted, of {drawn:,}", "target": "0",
         "reached": str(false), "met": false == 0,
         "note": f"{spent / drawn / 2 * 1000:.1f} ms of CPU each"},
    ]  # fmt: skip
    print(json.dumps({"figures": figures}))


def _read(path: Path) -> list:  # type: ignore[type-arg]
    return [d for d in read(path) if len(d.text) > 400]


if __name__ == "__main__":
    main()
