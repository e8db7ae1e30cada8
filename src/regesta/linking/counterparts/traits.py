"""Traits of a document: what it speaks of, small enough to be kept and set beside all others'.

A document comes in; out go the bounds of its date, its place, the days that its words name, and
the words themselves, without those that nearly every document of its source has.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import chain

from msgspec.structs import replace

from regesta.documents import Document
from regesta.documents.base import Value
from regesta.linking.words import LANGUAGES, alternatives, fold, vocabulary

#: Characters of a text that are read; what stands later is left out.
LONGEST = 200_000
#: Words that are kept of a document, and how many of them may stand in no other of its source.
MOST_WORDS, MOST_ALONE = 160, 40
#: From so many documents on a source says which of its words are common, and from which share on;
#: fewer documents than the last number make no word common.
A_VOLUME, COMMON, FEW = 100, 0.12, 24
#: Days that are kept.
MOST_DAYS = 24
#: Layers that say nothing of the matter, or in which an editor speaks.
_SILENT = frozenset({
    "heading", "dateline", "source note", "signature", "salutation", "editorial note", "commentary",
})  # fmt: skip

_WORD = re.compile(r"\w{3,}|\d\d")
_DIGITS = re.compile(r"\d+")
#: What stands between the day of a month and the month.
_AFTER = re.compile(r"(?:st|d|nd|rd|th|er|ter|ten|\.)?,?\s(?:of\s|de\s)?([^\W\d_]{3,})")
_NAME = re.compile(r"[^\W\d_a-z][^\W\d_]{2,}")
#: Characters before a day, or a number, in which its month, or its word, stands.
NEAR = 16
#: Characters before a number in which its writer is named.
OWNER = 120
#: Letters by which two words are held to be one: inflection and derivation fall away.
STEM = 7


class Traits(Value, frozen=True):
    """What a document speaks of.

    Attributes:
        first, last: Bounds of its date, ISO, or "" where open.
        place: Where it was written, folded, or "".
        days: Days that its text names, "07-13", in its order.
        numbers: Numbers of papers that its text names, each with the names printed before it:
            "21 Kell Orsova".
        words: Words of its text as printed, the most telling first.
    """

    first: str = ""
    last: str = ""
    place: str = ""
    days: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


def traits_of(document: Document) -> Traits:
    """Give a document's traits, with all of its words; :func:`trim` leaves out the common ones."""
    date, place = document.date, document.place
    text = matter(document)
    days, numbers = figures_in(text)
    return Traits(
        first=(date.earliest or "") if date else "",
        last=(date.latest or "") if date else "",
        place=fold(place.name) if place else "",
        days=days,
        numbers=numbers,
        words=tuple(dict.fromkeys(_WORD.findall(text))),
    )


def matter(document: Document) -> str:
    """Give the words of a document without heading, dateline, signature and editors' notes."""
    text, at, parts = document.text, 0, []
    for layer in document.layers:
        if layer.kind in _SILENT and layer.end > at:
            parts.append(text[at : max(at, layer.start)])
            at = layer.end
    parts.append(text[at : at + LONGEST])
    return " ".join(parts)[:LONGEST]


def figures_in(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the days and the numbers that a text names, in one reading of its figures.

    Returns:
        Days of the year, whatever the language ("07-13"); and numbers ("Kell’s No. 21"), with the
        names before them.
    """
    days, numbers = dict[str, None](), dict[str, None]()
    for match in _DIGITS.finditer(text):
        start, end = match.span()
        before = text[max(0, start - NEAR) : start]
        if end - start <= 2 and len(days) < MOST_DAYS and (day := _day(text, match, before)):
            days[day] = None
        words = before.split()
        numbered = words and end - start <= 6 and _is_number_word(words[-1])
        if numbered and len(numbers) < MOST_DAYS:
            names = dict.fromkeys(_NAME.findall(text, max(0, start - OWNER), start))
            if names:
                numbers[" ".join((match[0], *names))] = None
    return tuple(days), tuple(numbers)


def _day(text: str, match: re.Match[str], before: str) -> str:
    """The day that two figures at most mean, with the month before or after them; "" for none."""
    day, end = int(match[0]), match.end()
    if not 1 <= day <= 31 or before[-1:] in _JOINED or text[end : end + 1] in ("/", ":"):
        return ""
    months = _months()
    words = before.split()
    if words and before[-1].isspace():
        # "July the 13th"
        word = words[-2] if words[-1] == "the" and len(words) > 1 else words[-1]
        if month := months.get(word.rstrip(".").lower()):
            return f"{month:02d}-{day:02d}"
    after = _AFTER.match(text, end)
    month = months.get(after[1].lower()) if after else None
    return f"{month:02d}-{day:02d}" if month else ""


#: Signs that join a figure to the one before it ("7.15", "3/16").
_JOINED = frozenset(".,:/")


@lru_cache(maxsize=4096)
def _is_number_word(word: str) -> bool:
    """Whether a word says that a number follows: "No.", "Nr.", "n°"."""
    return _numbered().fullmatch(word) is not None


@lru_cache(maxsize=1)
def _numbered() -> re.Pattern[str]:
    tables = vocabulary("reference_words")
    words = {word for language in LANGUAGES for word in tables[language]["small"]["number"]}
    return re.compile(alternatives(words))


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    """Names of months in all languages; a name that means two months in two of them is none."""
    numbers: dict[str, set[int]] = {}
    for table in vocabulary("months").values():
        if isinstance(table, dict):
            for number, names in table.items():
                for name in names:
                    numbers.setdefault(name, set()).add(int(number))
    return {name: found.pop() for name, found in numbers.items() if len(found) == 1}


@lru_cache(maxsize=1)
def _small() -> frozenset[str]:
    return frozenset(word for words in vocabulary("small_words").values() for word in words)


def trim(source: Sequence[Traits]) -> list[Traits]:
    """Leave out the words that tell nothing, looking at all documents of one source together.

    A volume shows which of its words are common; a single document has its names, its numbers and
    its longest words kept. What is kept of a document does not depend on any other source.
    """
    volume = len(source) >= A_VOLUME
    counts = Counter(chain.from_iterable(traits.words for traits in source) if volume else ())
    most = max(len(source) * COMMON, FEW)
    several = {word for word, count in counts.items() if 1 < count <= most}
    once = {word for word, count in counts.items() if count == 1}
    small = _small()
    kept = []
    for traits in source:
        words = traits.words
        if volume:
            shared = sorted(filter(several.__contains__, words), key=counts.__getitem__)
            alone = sorted(filter(once.__contains__, words), key=_dull)
            words = (*shared[: MOST_WORDS - MOST_ALONE], *alone[:MOST_ALONE])
        else:
            ranked = sorted((w for w in words if w.lower() not in small), key=_dull)
            words = tuple(ranked[:MOST_WORDS])
        kept.append(replace(traits, words=words))
    return kept


def _dull(word: str) -> tuple[int, int]:
    """Names and numbers first, then the longest words."""
    return (0 if word[0].isupper() or word[0].isdecimal() else 1, -len(word))


def key_of(word: str) -> str:
    """Give the key by which words are compared: without case, accents and endings."""
    return fold(word)[:STEM]


def is_small(word: str) -> bool:
    """Whether a word is one of those that tell nothing in any text."""
    return word.lower() in _small()


def is_empty(word: str) -> bool:
    """Whether a folded word, shared by two texts, says nothing of what they share.

    Such are adverbs and pronouns, and the noughts of a number that is printed in groups.
    """
    return word in _empty() or not word.strip("0")


@cache
def _empty() -> frozenset[str]:
    words = (word for words in vocabulary("empty_words").values() for word in words)
    return frozenset(map(fold, words))


def is_month(word: str) -> bool:
    """Whether a word is the name of a month."""
    return word.lower() in _months()
