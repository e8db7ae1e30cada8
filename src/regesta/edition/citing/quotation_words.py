"""Words of a text and of a quotation, as a careful reader compares them: to the letter.

What printing and copying change without changing a word is made alike: the forms of quotation
marks, dashes, spaces and ligatures, words parted at the end of a line. Letters, capitals, accents
and the signs of punctuation are kept: they are what "verbatim" promises.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

from regesta.vocabularies import vocabulary

#: Parts the words of a :class:`Stream`; stands in no word.
BETWEEN = "\x1f"
#: Words in brackets may stand for up to this many words of the print.
REPLACED = 12
#: Three points or stars, spaced or not: words are left out here.
ELLIPSIS = "…"
_SILENT = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_JOIN = f"[\u0300-\u036f\u0483-\u0487{_SILENT}]*"
_MARKS = "\"“”„‟«»‹›‘’‚‛`´'′″¹²³⁰⁴-⁹"
_BROKEN = r"[-‐‑\u00ad]\s+"
_TOKEN = re.compile(
    rf"(?P<word>[^\W_¹²³⁰⁴-⁹]+{_JOIN}(?:(?:['’‘`´ʼ‐‑-]{_JOIN})?[^\W_¹²³⁰⁴-⁹]+{_JOIN}"
    rf"|{_BROKEN}[^\W\d_]+{_JOIN})*)"
    r"|(?P<ellipsis>…(?:\s?\.)?|\.(?:\s?\.){2,}|\*(?:\s?\*){2,})"
    rf"|(?P<mark>[{_MARKS}{_SILENT}]+)"
    r"|(?P<dash>[–—―‒]|-+|‐|‑)"
    r"|(?P<sign>\S)"
)
_LIKE = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'", "‐": "-", "‑": "-", "ſ": "s"}
    | dict.fromkeys(_SILENT, "")
)
_LIGATURES = re.compile("[ﬀ-ﬆ]")


@dataclass(slots=True)
class Token:
    """A word or sign: its form for comparing, where it stands, and other forms it may have.

    Attributes:
        form: As compared.
        start, end: Where it stands, in code points.
        parts: The pieces of a word that a hyphen and the end of a line part; else empty.
        is_word: Whether it has letters or digits.
    """

    form: str
    start: int
    end: int
    parts: tuple[str, ...] = ()
    is_word: bool = True

    @property
    def forms(self) -> tuple[str, ...]:
        """What it may be: one word, one with a hyphen, or several ("short- and")."""
        if not self.parts:
            return (self.form,)
        several = f"{BETWEEN}—{BETWEEN}".join(map(_form, self.parts))
        return (self.form, _form("-".join(self.parts)), several)


def tokens(text: str) -> Iterator[Token]:
    """Give the words and signs of a text; quotation marks and raised figures are passed over."""
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup
        if kind == "word":
            word = found.group()
            if parts := _parted(word):
                yield Token(_form("".join(parts)), *found.span(), parts=parts)
            else:
                yield Token(_form(word), *found.span())
        elif kind == "ellipsis":
            yield Token(ELLIPSIS, *found.span(), is_word=False)
        elif kind == "dash":
            yield Token("—", *found.span(), is_word=False)
        elif kind == "sign":
            yield Token(found.group(), *found.span(), is_word=False)


def _parted(word: str) -> tuple[str, ...]:
    """The pieces of a word with a hyphen at the end of a line, also where the line is gone."""
    return tuple(re.split(_BROKEN, word)) if re.search(r"\s", word) else ()


@lru_cache(maxsize=65536)
def _form(word: str) -> str:
    if word.isascii():
        return word.replace("`", "'")
    word = _LIGATURES.sub(lambda m: unicodedata.normalize("NFKC", m.group()), word)
    return unicodedata.normalize("NFC", word.translate(_LIKE))


@dataclass(slots=True)
class Stream:
    """A text's words and signs in one string, for finding many in a row.

    Attributes:
        tokens: In their order.
        joined: Their forms, each followed by :data:`BETWEEN`.
        offsets: Where each begins in ``joined``.
    """

    tokens: list[Token]
    joined: str = ""
    offsets: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        at = 0
        for token in self.tokens:
            self.offsets.append(at)
            at += len(token.form) + 1
        self.joined = "".join([token.form + BETWEEN for token in self.tokens])

    def number(self, offset: int) -> int:
        """Number of the token at an offset of ``joined``."""
        return bisect_right(self.offsets, offset) - 1


def streams(text: str) -> list[Stream]:
    """Give a text's stream; further ones where words are parted at the ends of lines."""
    first = list(tokens(text))
    found = [Stream(first)]
    if any(token.parts for token in first):
        for n in (1, 2):
            other = [
                Token(t.forms[n] if t.parts else t.form, t.start, t.end, (), t.is_word)
                for t in first
            ]
            found.append(Stream(other))
    return found


@dataclass(slots=True)
class Segment:
    """Words of a quotation that stand without a gap.

    Attributes:
        tokens: Its words and signs.
        forms: For each, the forms it may have in print.
        room: How many words of the print the gap before it may hide: any number (None) in an
            ellipsis, a few in a bracket, none in a remark such as [sic].
        between: The words of that bracket, which the print may have itself.
    """

    tokens: list[Token] = field(default_factory=list)
    forms: list[tuple[str, ...]] = field(default_factory=list)
    room: int | None = None
    between: tuple[str, ...] = ()

    def add(self, token: Token, *forms: str) -> None:
        """Add a word with the forms it may have."""
        self.tokens.append(token)
        self.forms.append(forms or token.forms)

    def pattern(self) -> re.Pattern[str]:
        """What finds it in a :class:`Stream`."""
        parts = []
        for forms in self.forms:
            choice = "|".join(re.escape(form) for form in dict.fromkeys(forms))
            parts.append(f"(?:{choice}){BETWEEN}")
        return re.compile(rf"(?<![^{BETWEEN}])" + "".join(parts))


_BRACKETED = re.compile(r"\[([^\[\]]{0,400})\]")
_CHANGED_LETTERS = re.compile(
    rf"(?:\[\w+\]|[^\W_]|[{_SILENT}]|['’-](?=[\w\[])|-[^\S\n]*\n\s*(?=\w))+"
)


@cache
def _remarks() -> frozenset[str]:
    """What says of the text before it that it is so, in brackets of its own."""
    return frozenset(vocabulary("editors_words")["remark"])


def segments(quotation: str) -> list[Segment]:
    """Part a quotation at its ellipses and at what its editor put in brackets.

    Returns:
        Its segments, each with at least one word; the signs at the ends of each are left out,
        because where a quotation is cut they are the quoter's.
    """
    found = [Segment()]
    at = 0
    for start, end, content in _brackets(quotation):
        _add_plain(found, quotation, at, start)
        at = end
        if content is None:
            _add_changed(found[-1], quotation, start, end)
        else:
            words = tuple(token.form for token in tokens(content) if token.is_word)
            remark = content.strip().lower() in _remarks()
            room = 0 if remark else REPLACED if words else None
            found.append(Segment(room=room, between=words))
    _add_plain(found, quotation, at, len(quotation))
    return _trimmed(found)


def _brackets(quotation: str) -> list[tuple[int, int, str | None]]:
    """Words with letters in brackets ("[T]he", content None) and bracketed words, in order."""
    changed = [(m.start(), m.end(), None) for m in _CHANGED_LETTERS.finditer(quotation)
               if "[" in m.group() and not re.fullmatch(r"\[\w+\]", m.group())]  # fmt: skip
    taken = {n for start, end, _ in changed for n in range(start, end)}
    whole = [(m.start(), m.end(), m.group(1)) for m in _BRACKETED.finditer(quotation)
             if m.start() not in taken]  # fmt: skip
    return sorted([*changed, *whole], key=lambda row: row[0])


def _add_plain(found: list[Segment], quotation: str, start: int, end: int) -> None:
    for token in tokens(quotation[start:end]):
        token.start += start
        token.end += start
        if token.form == ELLIPSIS:
            found.append(Segment())
        else:
            found[-1].add(token)


def _add_changed(segment: Segment, quotation: str, start: int, end: int) -> None:
    """Add a word some of whose letters the quoter put in: "[T]he" may be "The" or "the"."""
    printed = re.sub(_BROKEN, "", quotation[start:end])
    full = re.sub(r"[\[\]]", "", printed)
    swapped = re.sub(r"\[(\w+)\]", lambda m: m.group(1).swapcase(), printed)
    without = re.sub(r"\[\w+\]", "", printed)
    forms = [_form(word) for word in (full, swapped, without) if word]
    forms.append(BETWEEN.join(token.form for token in tokens(printed)))
    segment.add(Token(_form(full), start, end), *forms)


def _trimmed(found: list[Segment]) -> list[Segment]:
    """Leave out the signs at the ends of segments, and segments without words."""
    kept: list[Segment] = []
    before: Segment | None = None
    for n, segment in enumerate(found):
        first, last = 0, len(segment.tokens)
        while first < last and not segment.tokens[first].is_word:
            first += 1
        while last > first and not segment.tokens[last - 1].is_word:
            # A question or a cry is more than a place to stop.
            if n == len(found) - 1 and segment.tokens[last - 1].form in "?!":
                break
            last -= 1
        room, between = segment.room, segment.between
        if before is not None:  # two gaps in a row are one, and the wider one holds
            wide = room is None or before.room is None
            room = None if wide else max(room or 0, before.room or 0)
            between = before.between + between
        trimmed = Segment(segment.tokens[first:last], segment.forms[first:last], room, between)
        if any(token.is_word for token in trimmed.tokens):
            kept.append(trimmed)
            before = None
        elif n:
            before = trimmed
    return kept
