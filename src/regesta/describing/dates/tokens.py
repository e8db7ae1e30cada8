"""A line into tokens, each with one letter for what it can be in a date.

The date grammar then reads the string of letters instead of the words: one grammar for every
language, and the knowledge of words stays in ``vocabularies/months.toml``, ``date_words.toml``,
``calendars.toml`` and ``numerals.toml``.

Letters: M month, y perhaps a month ("may"), R roman numeral I–XII, G a higher one, D number 1–31, Y
year 1000–2099 (in figures or as MDCCXIX), # another number, s season, l article, f "of", o ordinal
ending, t "to", r "received", u "undated", c circa, d perhaps, b before, a after, x "not later
than", z "between", k "sic", N "number", e early, m middle, n late, h half, j quarter, C century, S
and v after and before a decade, w weekday, q number in words, V Republican month, X day at the end
of the Republic's year, P republic, H Hijri month, K Kalends, Nones, Ides, p pridie, g reign, F
feast, i week, W another word; a dash is "-", other signs stand for themselves.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from regesta.describing.words import DIGIT, vocabulary

_TOKEN = re.compile(
    r"(?:\d{1,2}|[xX])-?(?:m?br(?:e|is)?|ber)\b|[AC]\. ?[DEH]\.|[(\[]pe?r(?=\.)|\d+|"
    r"[A-Za-z]+[^\W\d_]*|[^\W\d_]+|[^\w\s]",
    re.UNICODE,
)
_DASHES = dict.fromkeys("-–—‒―−‑", "-")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_ROMAN_WHOLE = re.compile(r"M{0,2}(?:CM|CD|D?C{0,4})(?:XC|XL|L?X{0,4})(?:IX|IV|V?I{0,4})")
_ROMAN_ENDING = re.compile(r"(?<=[IVX])(?:e|er|ème|eme|ième|th|º)$")
_CLASSES = {
    "of": "f", "article": "l", "ordinal": "o", "to": "t", "received": "r", "undated": "u",
    "circa": "c", "perhaps": "d", "before": "b", "after": "a", "spring": "s", "summer": "s",
    "autumn": "s", "winter": "s", "year_after": "f", "sic": "k", "number": "N", "at_limit": "x",
    "between": "z", "early": "e", "middle": "m", "late": "n", "half": "h", "quarter": "j",
    "century": "C", "decade_after": "S", "decade_before": "v", "republic": "P", "reign": "g",
    "week": "i",
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

    def merged(self, merges: list[tuple[int, int, str, str]]) -> "Tokens":
        """The same with the tokens ``i``..``j`` of each (i, j, letter, word) made one."""
        classes, words, starts, ends = [], [], [], []
        at = 0
        for i, j, letter, word in [*merges, (len(self.words), len(self.words), "", "")]:
            classes.append(self.classes[at:i])
            words += self.words[at:i]
            starts += self.starts[at:i]
            ends += self.ends[at:i]
            if i < j:
                classes.append(letter)
                words.append(word)
                starts.append(self.starts[i])
                ends.append(self.ends[j - 1])
            at = j
        return Tokens("".join(classes), words, starts, ends)


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


@lru_cache(maxsize=1)
def weekday_numbers() -> dict[str, int]:
    """Names of weekdays in lower case and their numbers, Monday 0."""
    return {w: i for i, day in enumerate(vocabulary("date_words")["weekdays"]) for w in day}


def _number_class(word: str) -> str:
    if not word.isascii():
        word = f"{int(word):0{len(word)}d}"
    if len(word) == 4:
        return "Y" if "1000" <= word <= "2099" else "#"
    return "D" if len(word) <= 2 and 1 <= int(word) <= 31 else "#"


@lru_cache(maxsize=1)
def _lower() -> dict[str, str]:
    """Every word but the months, in lower case, with its letter."""
    lower: dict[str, str] = {}
    words, calendars = vocabulary("date_words"), vocabulary("calendars")
    for key, letter in _CLASSES.items():
        for word in words[key]:
            lower.setdefault(word, letter)
    lists = [
        ("w", weekday_numbers()),
        ("V", [name for names in calendars["republican"].values() for name in names]),
        ("X", [name for names in calendars["republican_feasts"].values() for name in names]),
        ("H", calendars["hijri_first"]["words"]),
        ("K", [name for key in ("kalends", "nones", "ides") for name in calendars["roman"][key]]),
        ("p", calendars["roman"]["pridie"]),
        ("F", vocabulary("feasts")["around"]["notice"]),
        ("q", [w for t in vocabulary("numerals").values() for n in t.values() for w in n]),
    ]
    for letter, names in lists:
        for word in names:
            lower.setdefault(word, letter)
    return lower


class _Classes(dict[str, str]):
    """Letters of tokens; a token seen for the first time is judged and kept."""

    def __missing__(self, word: str) -> str:
        letter = _judge(word)
        if len(self) < 200_000:
            self[word] = letter
        return letter


def _judge(word: str) -> str:
    if word in _DASHES:
        return "-"
    if word[0] in "([" and len(word) > 1:
        return "r"
    name = word.lower().replace("-", "").replace("ſ", "s")
    if word[0].isdecimal():
        if name in month_numbers():
            return "M"
        return _number_class(word) if word.isdecimal() else "W"
    if not word[0].isalpha():
        return _lower().get(word, word) if len(word) == 1 else "W"
    if name in month_numbers():
        return "y" if name in vocabulary("months")["capital_only"] and word.islower() else "M"
    # "D. C." is no circa and "3O" no ordinal: these mean that only as small letters.
    letter = _lower().get(name, "W") if word not in ("C", "O") else "W"
    if letter != "W":
        return letter
    if word in _ROMAN:
        return "R"
    if word[1:2] == ".":
        return "f"
    return _roman_class(word)


def _roman_class(word: str) -> str:
    """Y for a year in Roman numerals, G for a number above XII, with or without an ending."""
    value = roman(word)
    if value is None or len(word) < 2:
        return "W"
    if 1 <= value <= len(_ROMAN):
        return "R"
    return "Y" if 1000 <= value <= 2099 and len(word) > 3 else "G" if 12 < value < 100 else "W"


@lru_cache(maxsize=1)
def _classes() -> _Classes:
    return _Classes()


#: Runs of figures, and what parts the words between them: these recur from line to line.
_FIGURES = re.compile(f"({DIGIT.pattern}+)")
#: Longer words between two figures are a sentence's.
LONGEST_BETWEEN = 60
#: "7bre": a figure that begins the name of a month.
_MONTH_IN_FIGURE = re.compile(r"-?(?:m?br|ber)")


def tokenize(text: str, start: int, end: int) -> Tokens:
    """Cut ``text[start:end]`` into tokens, not yet located: most lines show no date at once."""
    letter, classes, words = _classes(), "", list[str]()
    for n, piece in enumerate(_FIGURES.split(text[start:end])):
        if n % 2:
            classes += letter[piece]
            words.append(piece)
        elif n and piece[:1] in _AFTER_FIGURE and _MONTH_IN_FIGURE.match(piece):
            words = _TOKEN.findall(text, start, end)
            return Tokens("".join(map(letter.__getitem__, words)), words, [], [])
        elif piece:
            letters, found = (_between if len(piece) <= LONGEST_BETWEEN else letters_of)(piece)
            classes += letters
            words += found
    return Tokens(classes, words, [], [])


_AFTER_FIGURE = frozenset("-mb")


def letters_of(piece: str) -> tuple[str, list[str]]:
    """The letters and the tokens of words, here of what stands between figures."""
    words = _TOKEN.findall(piece)
    return "".join(map(_classes().__getitem__, words)), words


_between = lru_cache(maxsize=16_384)(letters_of)


def locate(tokens: Tokens, text: str, start: int) -> None:
    """Fill in where the tokens stand; offsets are those of the whole text.

    Nothing but white space lies between tokens, so that the next such word is the token.
    """
    at, find = start, text.find
    for word in tokens.words:
        at = find(word, at)
        tokens.starts.append(at)
        at += len(word)
        tokens.ends.append(at)


def roman(word: str) -> int | None:
    """The number of a Roman numeral ("XVIII", "XVIIIe", "MDCCXIX"), or None."""
    if word[:1] not in _ROMAN_DIGITS:
        return None
    word = _ROMAN_ENDING.sub("", word)
    if not word or not word.isupper() or not _ROMAN_WHOLE.fullmatch(word):
        return None
    values = [_ROMAN_DIGITS[c] for c in word]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-v if v < after else v for v, after in pairs)


def number(word: str) -> int:
    """The number of a token of letter D, R, G, Y or #."""
    return int(word) if word[0].isdecimal() else roman(word) or 0
