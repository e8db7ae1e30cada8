"""What the auditors share: names of weekdays, folded names, what a source says openly."""

import re
from functools import cache, lru_cache

from regesta.documents import Document
from regesta.documents.folding import plain_letters
from regesta.vocabularies import vocabulary

_BRACKET = re.compile(r"\[([^\[\]]{1,60})\]")
_WORD = re.compile(r"[^\W\d_]+")
#: A note this close to words may speak of them, in characters.
NEAR = 3


@cache
def _doubts() -> re.Pattern[str]:
    """What an editor writes where a print errs, or where a reading is doubtful."""
    words = vocabulary("editors_words")
    square, round, alone = ("|".join(words[k]) for k in ("doubt", "doubt_round", "doubt_alone"))
    return re.compile(rf"\[\s*(?:{square})|\(\s*(?:{round})\s*\)|\b(?:{alone})\b", re.I)


@cache
def weekdays(language: str = "") -> dict[str, int]:
    """Names of weekdays in lower case → Monday 0 to Sunday 6; of all languages where none fits."""
    table = vocabulary("weekdays")
    fitting = [names for key, names in table.items() if key[:2] == language[:2].lower()]
    return {name: i for names in fitting or table.values() for i, name in enumerate(names)}


@lru_cache(maxsize=65536)
def folded(text: str) -> tuple[str, ...]:
    """The words of a name in lower case without accents."""
    return tuple(word.lower() for word in _WORD.findall(plain_letters(text)))


def said_openly(document: Document, start: int, end: int) -> bool:
    """Tell whether the source itself says that something is odd about the words of a span.

    "[sic]", "[?]" and their like in the words or right after them, mark-up of an error, or a
    footnote anchored at them.
    """
    around = document.text[max(0, start - 2) : end + 12]
    if _doubts().search(around.split("\n")[0] if "\n" not in document.text[start:end] else around):
        return True
    if any(
        mark.kind in ("sic", "added", "deleted") and mark.start <= end and mark.end >= start
        for mark in document.marks
    ):
        return True
    return any(
        note.anchor is not None and start <= note.anchor <= end + NEAR for note in document.notes
    )


def brackets(words: str) -> list[str]:
    """What stands in square brackets: an editor's addition or correction."""
    return _BRACKET.findall(words)


def one_line(text: str) -> str:
    """Words on one line."""
    return " ".join(text.split())


def edit_distance(a: str, b: str, most: int) -> int:
    """Letters to change, add, leave out or exchange with a neighbour; ``most + 1`` when more."""
    if abs(len(a) - len(b)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            best = min(last[j] + 1, row[-1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and y == a[i - 2]:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return min(last[-1], most + 1)
