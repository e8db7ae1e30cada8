"""Which words of a text belong to a query: leaves in, bits of words and places in a text out.

The full way folds and stems every word as the index did. The glance is quicker by an order of
magnitude: it looks for beginnings in the lower-case text and makes sure of what it meets.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from regesta.edition.search.query import Leaf
from regesta.edition.search.words import (
    WORD,
    bare_stem,
    beginnings,
    fold,
    shared_beginning,
    stem,
    stemmed_words,
)

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

#: A glance looks at no more places of one word in one text, and tries so many for each.
MOST_PLACES, TRIED = 60, 10
#: Where but one word or none but very common ones are sought, fewer places show as much.
FEW_PLACES = 12
#: A beginning shorter than this is everywhere; the full way is taken.
SHORTEST = 2


#: How a text is looked at, from the quickest way to the surest.
Way = Literal["glance", "plain", "full"]


class Found(NamedTuple):
    """A found word: ``[start, end)`` and which leaves of the query it belongs to (bits)."""

    start: int
    end: int
    leaves: int


@dataclass(frozen=True, slots=True)
class _Glance:
    """What to look for of a leaf: a beginning, a piece inside a word, or a pattern."""

    bit: int
    start: str
    pattern: re.Pattern[str] | None = None
    inside: bool = False

    def is_ascii(self) -> bool:
        """Whether nothing but ASCII is looked for."""
        return self.start.isascii() if self.pattern is None else self.pattern.pattern.isascii()

    def shortened(self) -> "_Glance":
        """The same up to the first letters that may stand for one in print ("ss" for "ß")."""
        if self.pattern is not None:
            return self
        at = _TWO_FOR_ONE.search(self.start)
        return self if at is None else replace(self, start=self.start[: at.start()])


def small_letters(text: str, *, ascii: bool) -> str:
    """Put a text in small letters, place for place; only those of ASCII where that will do."""
    if ascii and not text.isascii():
        return text.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")
    # İ is the one letter whose small form is two code points, which would shift all places.
    return text.replace("İ", "I").lower()


_TWO_FOR_ONE = re.compile("ss|ae|oe|th|ng|fi|fl|ff")


@cache
def _plain_letters() -> "npt.NDArray[np.uint16]":
    """Letter → the small one without accents, as far as the fold is one letter long."""
    import numpy as np

    plain = np.arange(0x10000, dtype=np.uint16)
    for code in (*range(0x41, 0x250), *range(0x370, 0x530), *range(0x1E00, 0x2000)):
        letter = chr(code)
        folded = fold(letter) if letter.isalpha() else ""
        if len(folded) == 1:
            plain[code] = ord(folded)
    return plain


def without_accents(text: str) -> str:
    """Put a text in small letters without accents, place for place."""
    if text.isascii():
        return text.lower()
    import numpy as np

    # Pairs of surrogates are no letters of the table and stay as they are.
    codes = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype="<u2")
    plain = _plain_letters().take(codes, mode="clip")
    return plain.astype("<u2", copy=False).tobytes().decode("utf-16-le", "surrogatepass")


class Matched(dict[str, int]):
    """Word as printed → bits of the leaves that it may belong to."""

    def __init__(self, leaves: Sequence[tuple[int, Leaf]], language: str) -> None:
        super().__init__()
        self.language = language
        self.any = bool(leaves)
        self.bits = sum(bit for bit, _ in leaves)
        self.exact: dict[str, int] = {}
        self.stems: dict[str, int] = {}
        #: The words that are sought in any form.
        self.inflected: list[str] = []
        self.beginnings: list[tuple[str, int]] = []
        self.fuzzy: list[tuple[str, int, int]] = []
        #: (bit, words, whether they are stems, whether the last is a beginning)
        self.phrases: list[tuple[int, tuple[str, ...], bool, bool]] = []
        for bit, leaf in leaves:
            self._take(bit, leaf)
        #: Where only fuzzy words are sought: how long a word may be.
        self._lengths = frozenset(
            n for w, d, _ in self.fuzzy for n in range(len(w) - d, len(w) + d + 1)
        )
        if self.exact or self.stems or self.beginnings or self.phrases:
            self._lengths = frozenset()
        self._begun = self._beginnings()
        self._stemmed = bool(self.stems) or any(stems for _, _, stems, _ in self.phrases)
        #: Words of an ASCII text that can belong to the query, where their first letters are known.
        self.likely = self._make_likely()
        self._glances = self._make_glances(leaves)

    def _take(self, bit: int, leaf: Leaf) -> None:
        word = leaf.words[0]
        if leaf.kind == "word":
            self.inflected.append(word)
            _add(self.stems, stem(word, self.language), bit)
        elif leaf.kind == "exact":
            _add(self.exact, word, bit)
        elif leaf.kind == "prefix":
            self.beginnings.append((word, bit))
        elif leaf.kind == "fuzzy":
            self.fuzzy.append((word, leaf.number, bit))
        elif leaf.kind == "joined":
            stems = tuple(stemmed_words(list(leaf.words), self.language))
            self.phrases += [(bit, stems, True, False)]
            plain = tuple(stem(word, self.language) for word in leaf.words)
            self.inflected += leaf.words
            if plain != stems:
                self.phrases += [(bit, plain, True, False)]
            if all(word.isalpha() and len(word) > 1 for word in leaf.words):
                self.inflected.append("".join(leaf.words))
                _add(self.stems, stem(self.inflected[-1], self.language), bit)
        elif leaf.number:
            for one in leaf.words:
                _add(self.exact, one, bit)
        else:
            self.phrases.append((bit, leaf.words, False, leaf.open_end))

    def __missing__(self, word: str) -> int:
        if self._begun and not self._can_begin(word):
            self[word] = 0
            return 0
        if self._lengths and len(word) not in self._lengths and word.isascii():
            self[word] = 0
            return 0
        folded = fold(word)
        stemmed = stem(folded, self.language) if self._stemmed else ""
        bits = self.exact.get(folded, 0) | self.stems.get(stemmed, 0)
        for beginning, bit in self.beginnings:
            if folded.startswith(beginning):
                bits |= bit
        for asked, distance, bit in self.fuzzy:
            if within_distance(folded, asked, distance):
                bits |= bit
        for bit, words, stems, open_end in self.phrases:
            form = stemmed if stems else folded
            if form in words or (open_end and folded.startswith(words[-1])):
                bits |= bit
        self[word] = bits
        return bits

    def _beginnings(self) -> frozenset[str]:
        """Letters with which a word of the query can begin, one or two; none where any can."""
        if self.fuzzy or any(not word for word in self.stems):
            return frozenset()
        words = [*self.exact, *self.stems, *(word for word, _ in self.beginnings)]
        words += [word for _, phrase, _, _ in self.phrases for word in phrase]
        words += [start for word in self.inflected for start in beginnings(word, self.language)]
        return frozenset(_begin(bare_stem(word)) for word in words)

    def _can_begin(self, word: str) -> bool:
        """Whether a word as printed may belong to the query by its first two letters.

        A stemmer leaves them as they are, but for y and i ("dying", "die").
        """
        two = word[:2]
        if not two.isascii():
            return True
        two = two.lower()
        return two[0] in self._begun or two[0] + two[1:].replace("y", "i") in self._begun

    def _make_likely(self) -> re.Pattern[str] | None:
        if not self._begun:
            return None
        letters = "".join({c for begun in self._begun for c in (begun[0], begun[0].upper())})
        letters = "".join(filter(str.isascii, letters))
        return re.compile(f"(?<![a-zA-Z0-9])[{letters}][a-zA-Z0-9]*") if letters else None

    def _make_glances(self, leaves: Sequence[tuple[int, Leaf]]) -> list[_Glance]:
        """What to look for of each leaf."""
        glances: list[_Glance] = []
        for bit, leaf in leaves:
            if leaf.kind == "fuzzy":
                glances += [_Glance(bit, part, inside=True) for part in _parts(leaf)]
                continue
            if leaf.kind == "word":
                glances += [_Glance(bit, a) for a in beginnings(leaf.words[0], self.language)]
            elif leaf.kind in ("exact", "prefix") or leaf.number:
                glances += [_Glance(bit, word) for word in leaf.words]
            else:
                ends = r"\w*" if leaf.kind == "joined" else ""
                words = [re.escape(self._glance_word(leaf, word)) + ends for word in leaf.words]
                last = r"\w*" if leaf.open_end else r"(?!\w)"
                pattern = re.compile(r"[\W_]+".join(words) + last)
                glances.append(_Glance(bit, "", pattern))
                if leaf.kind == "joined" and all(len(word) > 1 for word in leaf.words):
                    whole = "".join(leaf.words)
                    glances.append(_Glance(bit, _stable_beginning(whole, self.language)))
        return glances

    def _glance_word(self, leaf: Leaf, word: str) -> str:
        if leaf.kind != "joined":
            return word
        return _stable_beginning(word, self.language)

    def glance(
        self, text: str, bits: int, *, way: Way = "glance", places: int = MOST_PLACES
    ) -> list[Found] | None:
        """Find most places of some leaves quickly; None where only the full way will do.

        It passes over words that stand with accents where the query has none, and over all but
        the first of very frequent words: good enough to choose a window by. "plain" takes all
        accents off first, and two letters that may be printed as one for either.
        """
        wanted = [glance for glance in self._glances if glance.bit & bits]
        if way == "plain":
            wanted = [glance.shortened() for glance in wanted]
        if any(glance.pattern is None and len(glance.start) < SHORTEST for glance in wanted):
            return None
        if way == "plain":
            lower = without_accents(text)
        else:
            lower = small_letters(text, ascii=all(map(_Glance.is_ascii, wanted)))
        found: dict[tuple[int, int], int] = {}
        for glance in wanted:
            for span in self._look(text, lower, glance, places):
                found[span] = found.get(span, 0) | glance.bit
        return [Found(start, end, bits) for (start, end), bits in sorted(found.items())]

    def _look(
        self, text: str, lower: str, glance: "_Glance", places: int
    ) -> Iterator[tuple[int, int]]:
        if glance.pattern is not None:
            yield from _matches(lower, glance.pattern, places)
            return
        at, count, tried = lower.find(glance.start), 0, 0
        while at >= 0 and count < places and tried < places * TRIED:
            tried += 1
            start = at
            while start and lower[start - 1].isalnum() and (glance.inside or start == at):
                start -= 1
            if glance.inside or start == at:
                match = WORD.match(text, start)
                if match and self[match[0]] & glance.bit:
                    yield match.span()
                    count += 1
            at = lower.find(glance.start, at + 1)

    def find_likely(self, text: str, likely: re.Pattern[str]) -> list[Found]:
        """Find all places in an ASCII text, looking only at words that can belong to the query."""
        words: dict[int, str] = {}
        spans: dict[int, tuple[int, int]] = {}
        at, end = 0, 0
        for match in likely.finditer(text):
            if self[match[0]]:
                # Neighbours have numbers that follow each other.
                at += 2 if self.phrases and _A_WORD.search(text, end, match.start()) else 1
                words[at], spans[at], end = match[0], match.span(), match.end()
        bits = {i: self[word] for i, word in words.items()}
        if self.phrases:
            bits = self.in_phrases(words, bits, list(words))
        return [Found(*spans[i], bit) for i, bit in bits.items() if bit]

    def in_phrases(
        self,
        words: Mapping[int, str] | Sequence[str],
        bits: Mapping[int, int] | Sequence[int],
        at: Sequence[int],
    ) -> dict[int, int]:
        """Keep a phrase's bit only where its words stand side by side.

        Args:
            words: Word by its number in the text.
            bits: The leaves that it may belong to.
            at: Numbers of the words that may belong to any, in their order.
        """
        in_phrase = 0
        for bit, _, _, _ in self.phrases:
            in_phrase |= bit
        folded = {i: fold(words[i]) for i in at}
        stems = {i: stem(form, self.language) for i, form in folded.items()}
        kept: dict[int, int] = {}
        for i in at:
            alone = self.exact.get(folded[i], 0) | self.stems.get(stems[i], 0)
            kept[i] = kept.get(i, 0) | (bits[i] & ~in_phrase) | (bits[i] & alone)
            for bit, wanted, by_stem, open_end in self.phrases:
                here = stems if by_stem else folded
                if not _same(here[i], wanted[0], open_end and len(wanted) == 1):
                    continue
                span = range(i, i + len(wanted))
                if all(
                    _same(here.get(j), w, open_end and j == span[-1])
                    for j, w in zip(span, wanted, strict=True)
                ):
                    for j in span:
                        kept[j] = kept.get(j, 0) | bit
        return kept


_A_WORD = re.compile("[a-zA-Z0-9]")


def _begin(word: str) -> str:
    """The first two letters of a folded word, or the one it has; y as i."""
    return word[:1] + word[1:2].replace("y", "i")


def _same(word: str | None, wanted: str, beginning: bool) -> bool:
    return word is not None and (word == wanted or (beginning and word.startswith(wanted)))


def _add(table: dict[str, int], key: str, bit: int) -> None:
    table[key] = table.get(key, 0) | bit


def _matches(lower: str, pattern: re.Pattern[str], places: int) -> Iterator[tuple[int, int]]:
    count = 0
    for match in pattern.finditer(lower):
        if not (match.start() and lower[match.start() - 1].isalnum()):
            yield match.span()
            count += 1
            if count == places:
                return


def _parts(leaf: Leaf) -> list[str]:
    """Pieces of a fuzzy word of which one stays whole whatever is wrong.

    One letter wrong spares one half, unless the letters at their border are swapped; two letters
    wrong spare one fifth, since a swap breaks two.
    """
    word = leaf.words[0]
    if leaf.number == 1:
        half = len(word) // 2
        swapped = word[: half - 1] + word[half] + word[half - 1] + word[half + 1 :]
        return [word[:half], word[half:], swapped]
    ends = [len(word) * i // 5 for i in range(6)]
    return [word[a:b] for a, b in pairwise(ends)]


def _stable_beginning(word: str, language: str) -> str:
    """What a word and its stem have in common."""
    return shared_beginning(word, bare_stem(stem(word, language)))


def within_distance(a: str, b: str, most: int) -> bool:
    """Tell whether two words differ by at most so many letters; a swap of neighbours is one.

    The same measure as tantivy's fuzzy query (restricted Damerau–Levenshtein).
    """
    if abs(len(a) - len(b)) > most or len(set(a) - set(b)) > most:
        return False
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, start=1):
        last, row, older = row, [i], before
        for j, y in enumerate(b, start=1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        before = last
        if min(row) > most:
            return False
    return row[-1] <= most
