"""A pasted citation into what it says: days, numbers, pages, volume, words. Nothing is looked up.

Citations have no grammar that everybody keeps; each part is read by its own marks, and what stands
without a mark ("…, III, 26–27") is kept as something that it may be.
"""

import re
from functools import cache

from regesta.describing.dates.grammar import find_dates
from regesta.describing.words import pattern, vocabulary
from regesta.documents import Value
from regesta.documents.numbers import whole_number
from regesta.edition.search.words import folded_words

_VOCABULARY = "citation_marks"
_ROMAN = re.compile(r"(?=[ivxlc])c{0,3}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})$")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_RANGE = r"(\d{1,4})(?:\s?[-–—]\s?(\d{1,4}))?"
_NUMBER = r"(\d+[a-z]?(?:/\d+)?)"
#: What is looked for, one after the other: the list of words before a number → the number.
_MARKED = {
    "document": _NUMBER, "number": _NUMBER, "pages": _RANGE, "volume": r"(\d+|[ivxlc]+)\b",
}  # fmt: skip
#: The paper that encloses the one that is meant, by its number.
_ENCLOSING = re.compile(
    pattern(_VOCABULARY, "enclosing", r"(?<![^\W\d_]){}", flags=re.I).pattern
    + pattern(_VOCABULARY, "document", r"(?: the)? {}\.? ?\d+[a-z]?,?", flags=re.I).pattern,
    re.I,
)
_BARE = re.compile(rf"(?:[,:;]\s*|\(){_RANGE}(?=\)?[.,;]?\s*$|\)?[,;] )")
#: "F.R.U.S." is one word, as "FRUS" is.
_INITIALS = re.compile(r"\b(?:[^\W\d_a-z]\.){3,}(?!\w)")
_CLOCK = re.compile(r"\d{1,2}(?:[:.]\d\d)? ?[ap]\. ?m\.|\bnoon\b|\bmidnight\b", re.I)
_FILE = re.compile(r"\b\d{2,3}[a-z]?\.\d[\w.]*(?:/[\w–-]+)?\b", re.I)


class CitationParts(Value, frozen=True):
    """What a citation says.

    Attributes:
        text: The citation.
        dates: Days, months and years printed in it, in EDTF, days first.
        time: Clock time ``HH:MM``, or "".
        documents: Numbers after "doc.".
        numbers: Numbers after "no.", of a telegram or of a document.
        pages: Ranges of pages after "p."; both ends alike for one page.
        bare: Ranges of numbers without a mark that may be pages.
        volumes: Numbers after "vol.", roman ones read.
        files: File numbers.
        words: All its words, folded, without those that tell nothing.
        before, after: The words before and after what parts sender from recipient.
    """

    text: str
    dates: tuple[str, ...] = ()
    time: str = ""
    documents: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    pages: tuple[tuple[int, int], ...] = ()
    bare: tuple[tuple[int, int], ...] = ()
    volumes: tuple[int, ...] = ()
    files: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


def several(text: str) -> list[str]:
    """Part pasted lines into citations; a line of several, parted by semicolons, as well."""
    return [part for parts in parted_lines(text) for part in parts]


def parted_lines(text: str) -> list[list[str]]:
    """Part pasted lines into citations.

    Returns:
        Each line: the line alone, or the parts between its semicolons, where each could be a
        citation by itself. A semicolon within a citation leaves a part that names no number.
    """
    found: list[list[str]] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        parts = [part.strip() for part in line.split(";")]
        alone = len(parts) > 1 and all(re.search(r"\d", part) and len(part) > 12 for part in parts)
        found.append(parts if alone else [line])
    return found


def read_citation(text: str) -> CitationParts:
    """Read a citation."""
    text = _ENCLOSING.sub("", " ".join(text.split()))
    text = _INITIALS.sub(lambda m: m[0].replace(".", ""), text)
    dates = [found for found in find_dates(text, 0, len(text)) if found.edtf]
    dates.sort(key=lambda found: -len(found.edtf))
    # What belongs to a day or a file number is no page.
    free = _without(text, [(found.start, found.end) for found in dates if found.day])
    files = _FILE.findall(free)
    free = _CLOCK.sub(" ", _FILE.sub(" ", free))
    marked: dict[str, list[re.Match[str]]] = {}
    for key, number in _MARKED.items():
        marks = pattern(_VOCABULARY, key, r"(?<![^\W\d_]){}", flags=re.I).pattern
        marked[key] = list(re.finditer(rf"{marks}\.?\s?{number}", free, re.I))
        free = _without(free, [m.span() for m in marked[key]])
    before, after = _sides(text, min((f.start for f in dates if f.day), default=len(text)))
    return CitationParts(
        text=text,
        dates=tuple(dict.fromkeys(found.edtf for found in dates)),
        time=next((found.time for found in dates if found.time), ""),
        documents=tuple(m[1].lower() for m in marked["document"]),
        numbers=tuple(m[1].lower() for m in marked["number"]),
        pages=tuple(_range(m) for m in marked["pages"]),
        bare=tuple(_range(m) for m in _BARE.finditer(free)),
        volumes=tuple(filter(None, (arabic(m[1]) for m in marked["volume"]))),
        files=tuple(files),
        words=telling_words(text),
        before=before,
        after=after,
    )


def telling_words(text: str) -> tuple[str, ...]:
    """The folded words of a text without those that tell nothing apart; roman numbers read."""
    empty = _empty()
    found = []
    for word in folded_words(text):
        if word not in empty:
            number = arabic(word) if len(word) > 1 or word in "iv" else 0
            found.append(str(number) if number else word)
    return tuple(found)


def arabic(word: str) -> int:
    """Read a number, roman or not; 0 where it is none."""
    word = word.lower()
    if (number := whole_number(word)) is not None:
        return number
    if not word or not _ROMAN.match(word):
        return 0
    values = [_ROMAN_VALUES[letter] for letter in word]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def parted_id(id: str) -> str:
    """The words and numbers of an id: "frus1918Russiav03" → "frus 1918 Russia v 3"."""
    found: list[str] = []
    for letter in id:
        alike = found and (
            letter.isdecimal() == found[-1][-1].isdecimal()
            and not (letter.isupper() and found[-1][-1].islower())
        )
        if not letter.isalnum():
            found.append(" ")
        elif alike:
            found[-1] += letter
        else:
            found.append(letter)
    words = " ".join(found).split()
    return " ".join(word.lstrip("0") if word.isdecimal() else word for word in words)


@cache
def series_words() -> dict[str, tuple[str, ...]]:
    """Short name of a series, folded → the telling words of its title."""
    found = vocabulary(_VOCABULARY)["series"].items()
    return {name: telling_words(" ".join(words)) for name, words in found}


@cache
def _empty() -> frozenset[str]:
    return frozenset(w for word in vocabulary(_VOCABULARY)["empty"] for w in folded_words(word))


def _range(match: re.Match[str]) -> tuple[int, int]:
    """ "80–82", "80", and "345–7" or "345–47" in short."""
    first, last = match[1], match[2] or match[1]
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return int(first), max(int(first), int(last))


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _sides(text: str, end: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of sender and recipient, as far as a "to" parts them before the date."""
    parting = pattern(_VOCABULARY, "between", r"\s{}\s", flags=re.I).search(text, 0, end)
    if parting is None:
        return (), ()
    return telling_words(text[: parting.start()]), telling_words(text[parting.end() : end])
