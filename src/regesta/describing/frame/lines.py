"""The lines of a frame, and what shows a line to be a dateline, a receipt, a letter's phrase.

What comes in is a line of a text with the dates found in it; what goes out is what it is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import msgspec

from regesta.describing.dates.found import Found
from regesta.describing.forms import form_end
from regesta.describing.openings import Openings, initials
from regesta.describing.words import DIGIT, caseless, pattern, small, vocabulary, word_set
from regesta.documents import Fact

if TYPE_CHECKING:
    from regesta.describing.dates.signed import Signing

LineKind = Literal[
    "number", "file number", "heading", "bracket", "dateline", "received", "salutation", "closer",
    "signature", "addressee", "time", "participants", "subject", "from", "to", "author", "other",
]  # fmt: skip

#: Lengths in characters: headings may name many recipients, lines of the foot are short.
LONGEST_HEADING, LONGEST_DATELINE, LONGEST_FOOT, LONGEST_FORM = 600, 240, 200, 90

#: What may stand before the first word of a time of receipt.
_OPENED = '[(“"'
_TRAIL = re.compile(r"[\s.,;:)\]’'”\"—–-]*")
WORD = re.compile(r"[^\W\d_]+")
#: A lower-case word, a stop and a capital: "Fred. F. Low" and "Legation. Berlin" are no sentences.
ENDS_SENTENCE = re.compile(r"\b[a-zà-ÿа-я]{3,}[.!?]\s+[A-ZÀ-ÞА-Я“\"]")


class Line(msgspec.Struct, gc=False):
    """One line of the frame: ``text[start:end]``."""

    kind: LineKind
    start: int
    end: int
    dates: list[Found] = []


@dataclass(slots=True)
class Frame:
    """The lines before and after a body.

    Attributes:
        text: The document's text.
        head: Lines before the body, in order.
        foot: Lines after it, in order.
        body_start: Where the body begins.
        body_end: Where it ends.
        heading: The heading where it stands outside the text, else "".
        parties: What was found of senders and recipients, for the describers that follow.
        year: Of writing, for those that follow; 0 where it is not known.
        signing: The signature of a treaty, once somebody has asked for it.
    """

    text: str
    head: list[Line]
    foot: list[Line]
    body_start: int
    body_end: int
    heading: str = ""
    parties: list[Fact] = field(default_factory=list)
    year: int = 0
    signing: "Signing | None" = None
    asked_signing: bool = False
    _of_head: dict[LineKind, list[Line]] = field(init=False, repr=False)
    _of_foot: dict[LineKind, list[Line]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Sort the lines by their kinds: describers ask for them some fifteen times."""
        self._of_head, self._of_foot = _by_kind(self.head), _by_kind(self.foot)

    def of(self, kind: LineKind, *, foot: bool = False) -> Sequence[Line]:
        """Lines of a kind in the head, or the foot, in order."""
        return (self._of_foot if foot else self._of_head).get(kind, ())

    def words(self, line: Line) -> str:
        """The text of a line."""
        return self.text[line.start : line.end]


def _by_kind(lines: list[Line]) -> dict[LineKind, list[Line]]:
    found: dict[LineKind, list[Line]] = {}
    for line in lines:
        found.setdefault(line.kind, []).append(line)
    return found


def has_worded_year(sample: str) -> bool:
    """Whether a line without figures has what a year in words or in Roman numerals has.

    Looking for fixed strings is many times quicker than one pattern for all of them.
    """
    return (
        " mil" in sample
        or " an " in sample
        or "thousand" in sample
        or "MDC" in sample
        or "MCM" in sample
        or "тысяч" in sample
    )


@lru_cache(maxsize=16)
def phrase(key: str) -> Openings:
    """A list of ``letter_words.toml``, matched where it begins."""
    return Openings(vocabulary("letter_words")[key])


@lru_cache(maxsize=1)
def receipt() -> Openings:
    """How a time of receipt begins."""
    words = vocabulary("letter_words")["received"]
    return Openings(
        words, rf"[{re.escape(_OPENED)}]?\s*{{}}(?!\w)", before=f"{_OPENED} ", flags=re.I
    )


@lru_cache(maxsize=1)
def receipt_within() -> re.Pattern[str]:
    """The white space before a time of receipt within a line."""
    return pattern("letter_words", "received", r"\s+(?={}(?!\w))", flags=re.I)


@lru_cache(maxsize=1)
def handed_in() -> Openings:
    """When a telegram was handed in: its hour, and a day that the dateline has already."""
    return Openings(vocabulary("letter_words")["handed_in"], r"{}(?!\w).{0,60}\d")


@lru_cache(maxsize=1)
def connection() -> re.Pattern[str]:
    """What connects the two parties of a line, between white space; in capitals too.

    All cases are spelt out, and the first letters looked for first: that is twice as quick as
    ``re.I``, and every line is asked.
    """
    words = vocabulary("heading_words")["connecting"]
    spelt = [cased for word in words for cased in (word, word.upper(), word.title())]
    first = "".join(sorted(frozenset("aA").union(*map(initials, spelt))))
    elided, town = "[Aa][Ll][Ll][’']", r"a\s+(?=[A-ZÀ-Þ]\w+ [A-ZÀ-Þ])"
    return re.compile(rf"\s(?<=\S\s)\s*(?=[{first}])(?:(?:{'|'.join(spelt)})\s+|{elided}|{town})\S")


@lru_cache(maxsize=1)
def kind_nouns() -> frozenset[str]:
    """Nouns that make a heading a kind of document and never a party."""
    return frozenset(vocabulary("kinds")["nouns"])


@lru_cache(maxsize=1)
def small_words() -> frozenset[str]:
    """Small words that stand between the names of a dateline."""
    return frozenset(vocabulary("letter_words")["small"])


def lower_count(words: list[str]) -> int:
    """How many of some words begin with a small letter."""
    return sum(map(str.islower, [word[0] for word in words]))


@lru_cache(maxsize=16_384)
def _placelike(words: str) -> bool:
    """Tell whether these are the words before a date in a dateline, and no sentence."""
    if len(words) > 160 or ENDS_SENTENCE.search(words):
        return False
    found = WORD.findall(words)
    lower = [w for w in found if w[0].islower() and w not in small_words()]
    return len(found) <= 20 and len(lower) <= 3


def is_dateline(text: str, start: int, end: int, dates: list[Found]) -> bool:
    """Tell whether a line with dates is a dateline: place, date, perhaps "(Received …)"."""
    if end - start > LONGEST_DATELINE:
        return False
    first, last = dates[0], dates[-1]
    before = text[start : first.start]
    if before and _dates_otherwise(before):
        return False
    if before and (first.shape in ("Y", "MY") or not _placelike(before)):
        before = text[min(form_end(text, start, end), first.start) : first.start]
    if first.received or not _placelike(before):
        return False
    if first.shape == "Y":
        # A bare year dates a document only right after its place, or alone.
        place = before.rstrip(" [(")
        if place and (len(place) > 40 or place[-1] != "," or DIGIT.search(place)):
            return False
    rest = text[last.end : end]
    if first.shape == "Y" and rest.strip(" .,;:)]"):
        # "1870 tons" is no date.
        return False
    if first.shape == "MY" and DIGIT.search(before):
        return False
    tail = rest[_TRAIL.match(rest).end() :]  # type: ignore[union-attr]
    bracketed = rest.lstrip(" .,")[:1] in ("(", "[") and len(tail) <= 100
    return len(tail) <= 40 or bracketed or receipt().match(tail) is not None


@lru_cache(maxsize=16_384)
def _dates_otherwise(before: str) -> bool:
    """ "Born May 3, 1880", "Ratifications exchanged": the day of something else than writing."""
    words = before.lower().split(maxsplit=3)
    if 0 < len(words) <= 3 and words[0].strip(".,:") in word_set("date_words", "dates_otherwise"):
        return True
    return tells_otherwise(before)


@lru_cache(maxsize=1)
def _otherwise_within() -> re.Pattern[str]:
    bare = caseless(pattern("date_words", "otherwise_within").pattern)
    return re.compile(rf"{bare}(?!\w)")


def tells_otherwise(words: str) -> bool:
    """What later happened to a treaty, or where a law was printed: that day is not its date."""
    words = small(words)
    return any(
        not words[match.start() - 1 : match.start()].isalpha()
        for match in _otherwise_within().finditer(words)
    )
