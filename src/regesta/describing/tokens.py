"""A line into tokens, each with one letter for what it can be in a date.

The date grammar then reads the string of letters instead of the words: one grammar for every
language, and the knowledge of words stays in ``vocabularies/months.toml`` and ``date_words.toml``.

Letters: M month, R roman numeral, D number 1–31, Y year 1000–2099, # another number, s season,
l article, f "of", o ordinal ending, t "to", r "received", u "undated", c circa, b before, a after,
k "sic", N "number", W another word; a dash is "-", other signs stand for themselves.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from regesta.describing.words import vocabulary

_TOKEN = re.compile(
    r"(?:\d{1,2}|[xX])-?(?:m?br(?:e|is)?|ber)\b|[AC]\. ?[DE]\.|\d+|[^\W\d_]+|[^\w\s]", re.UNICODE
)
_DASHES = dict.fromkeys("-–—‒―−‑", "-")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_CLASSES = {
    "of": "f", "article": "l", "ordinal": "o", "to": "t", "received": "r", "undated": "u",
    "circa": "c", "before": "b", "after": "a", "spring": "s", "summer": "s", "autumn": "s",
    "winter": "s", "year_after": "f", "sic": "k", "number": "N",
}  # fmt: skip
SEASON_ORDER = ("spring", "summer", "autumn", "winter")


@dataclass(slots=True)
class Tokens:
    """The tokens of a stretch of text.

    Attributes:
        classes: One letter a token.
        words: The tokens as printed.
        starts: Their offsets in the whole text.
        ends: Their ends.
    """

    classes: str
    words: list[str]
    starts: list[int]
    ends: list[int]


@lru_cache(maxsize=1)
def month_numbers() -> dict[str, int]:
    """Month names in lower case, without dashes, and their numbers."""
    return {
        name: int(number)
        for table in vocabulary("months").values()
        if isinstance(table, dict)
        for number, names in table.items()
        for name in names
    }


@lru_cache(maxsize=1)
def season_numbers() -> dict[str, int]:
    """Season names in lower case and their EDTF codes (21 spring … 24 winter)."""
    words = vocabulary("date_words")
    return {w: 21 + i for i, season in enumerate(SEASON_ORDER) for w in words[season]}


def _number_class(word: str) -> str:
    if len(word) == 4:
        return "Y" if "1000" <= word <= "2099" else "#"
    return "D" if len(word) <= 2 and 1 <= int(word) <= 31 else "#"


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    """Every word whose letter does not depend on its case, as printed in any of three cases."""
    lower: dict[str, str] = {}
    words = vocabulary("date_words")
    for key, letter in _CLASSES.items():
        for word in words[key]:
            lower.setdefault(word, letter)
    capital_only = set(vocabulary("months")["capital_only"])
    known: dict[str, str] = {}
    for word, letter in lower.items():
        known[word] = known[word.capitalize()] = known[word.upper()] = letter
    for word in month_numbers():
        known[word.capitalize()] = known[word.upper()] = "M"
        if word not in capital_only:
            known[word] = "M"
    for numeral in _ROMAN:
        known.setdefault(numeral, "R")
    known.update(_DASHES)
    for number in range(100):
        known[str(number)] = _number_class(str(number))
        known[f"{number:02d}"] = _number_class(f"{number:02d}")
    return known


class _Classes(dict[str, str]):
    """Letters of tokens; a token seen for the first time is judged and kept."""

    def __missing__(self, word: str) -> str:
        if word[0].isdigit():
            name = word.lower().replace("-", "")
            letter = _number_class(word) if word.isdecimal() else "W"
            letter = "M" if name in month_numbers() else letter
        elif word[0].isalpha():
            letter = "M" if word.lower().replace("-", "") in month_numbers() else "W"
            letter = "f" if word[1:2] == "." else letter
            if word.lower() in vocabulary("months")["capital_only"]:
                letter = "W"
        else:
            letter = word if len(word) == 1 else "W"
        if len(self) < 200_000:
            self[word] = letter
        return letter


@lru_cache(maxsize=1)
def _classes() -> _Classes:
    return _Classes(_known())


def tokenize(text: str, start: int, end: int) -> Tokens:
    """Cut ``text[start:end]`` into tokens; offsets are those of the whole text."""
    letter = _classes()
    found = list(_TOKEN.finditer(text, start, end))
    words = [m.group() for m in found]
    return Tokens(
        classes="".join([letter[w] for w in words]),
        words=words,
        starts=[m.start() for m in found],
        ends=[m.end() for m in found],
    )


def roman_month(word: str) -> int:
    """Month number of a roman numeral I–XII."""
    return _ROMAN.index(word) + 1
