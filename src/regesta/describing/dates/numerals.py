"""Numbers in words into numbers: "the twenty-fifth", "mil sept cent dix-neuf", "восемнадцатого".

Tokens in, the same tokens out with every run of such words made one token of letter D, Y or #.
Only the words of a language that the line's months belong to are numbers: "due in May" is none.
"""

import re
from functools import lru_cache

from regesta.describing.dates.tokens import Tokens
from regesta.describing.words import vocabulary

#: A run of number words; small words between them may join ("vingt et un", "ninety-eight").
_RUN = re.compile(r"q(?:(?:[-to]{0,2})q)*")


@lru_cache(maxsize=1)
def _values() -> dict[str, dict[str, int]]:
    """Number words with their value in each language that has them."""
    values: dict[str, dict[str, int]] = {}
    for language, table in vocabulary("numerals").items():
        for value, words in table.items():
            for word in words if value != "join" else ():
                values.setdefault(word, {})[language] = int(value)
    return values


@lru_cache(maxsize=1)
def month_languages() -> dict[str, frozenset[str]]:
    """Names of months in lower case, without dashes, and the languages that have them."""
    languages: dict[str, set[str]] = {}
    for language, table in vocabulary("months").items():
        if isinstance(table, dict):
            for names in table.values():
                for name in names:
                    languages.setdefault(name, set()).add(language)
    return {name: frozenset(found) for name, found in languages.items()}


def languages_of(tokens: Tokens) -> frozenset[str]:
    """The languages that a line's months belong to; all where it names none."""
    found: set[str] = set()
    for word, letter in zip(tokens.words, tokens.classes, strict=True):
        if letter == "M":
            found |= month_languages().get(word.lower().replace("-", ""), frozenset())
    return frozenset(found) or frozenset(vocabulary("numerals"))


def with_numbers(tokens: Tokens) -> Tokens:
    """Make every number in words one token."""
    languages = languages_of(tokens)
    classes = _with_seven(tokens)
    merges: list[tuple[int, int, str, str]] = []
    for match in _RUN.finditer(classes):
        merges += _numbers(tokens, match.start(), match.end(), languages)
    return tokens.merged(merges) if merges else tokens


def _with_seven(tokens: Tokens) -> str:
    """French "sept" is a number, not a month, beside a number and before a month."""
    classes = tokens.classes
    for k, word in enumerate(tokens.words):
        if (word == "sept" and re.match(r"-?[qM]", classes[k + 1 :] + ".")) or (
            word == "sept" and re.search(r"q-?$", classes[:k])
        ):
            classes = f"{classes[:k]}q{classes[k + 1 :]}"
    return classes


def _numbers(
    tokens: Tokens, i: int, j: int, languages: frozenset[str]
) -> list[tuple[int, int, str, str]]:
    """The numbers of one run: "three and four" are two, "vingt et un" is one."""
    merges: list[tuple[int, int, str, str]] = []
    sum_, start, end = _Sum(), i, i
    for k in range(i, j):
        known = _values().get(tokens.words[k].lower(), {})
        value = next((v for language, v in known.items() if language in languages), None)
        if value is None:
            continue
        if not sum_.add(value):
            merges.append(_merge(start, end, sum_.total))
            sum_, start = _Sum(), k
            sum_.add(value)
        elif end == start == i:
            start = k
        end = k + 1
    if sum_.total:
        merges.append(_merge(start, end, sum_.total))
    return merges


def _merge(i: int, j: int, value: int) -> tuple[int, int, str, str]:
    letter = "D" if 1 <= value <= 31 else "Y" if 1000 <= value <= 2099 else "#"
    return i, j, letter, str(value)


class _Sum:
    """Adds number words up as languages do: tens before units, "quatre-vingt-dix" four twenties."""

    def __init__(self) -> None:
        self.thousands = self.rest = 0

    @property
    def total(self) -> int:
        """What the words say so far; 0 before the first."""
        return self.thousands + self.rest

    def add(self, value: int) -> bool:
        """Add a word's value; False where it begins another number."""
        tail = self.rest % 100
        if value == 1000:
            if self.thousands:
                return False
            self.thousands, self.rest = max(self.rest, 1) * 1000, 0
        elif value == 100:
            if self.rest > 99:
                return False
            self.rest = max(self.rest, 1) * 100
        elif value > 100:
            if self.rest:
                return False
            self.rest = value
        elif value == 20 and tail == 4:
            self.rest += 76
        elif (
            tail == 0
            or (tail >= 20 and tail % 10 == 0 and value < 10)
            or (tail in (60, 80) and 10 <= value <= 19)
            or (tail == 10 and 7 <= value <= 9)
        ):
            self.rest += value
        else:
            return False
        return True
