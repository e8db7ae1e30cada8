"""Our own highlighter: texts of a found document and a query in, windows with marked words out.

Offsets are code points. A word is marked when the index would have found it: both ask
``search_words``. A window is a verbatim piece of its layer, cut at word boundaries.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from regesta.edition.query import Leaf
from regesta.edition.results import Snippet
from regesta.edition.search_schema import LAYERS, LayerTexts
from regesta.edition.search_words import WORD, fold, stem, stemmed_words

#: A window's aim, its margin before the first found word, and how many there are, in code points.
WINDOW, MARGIN, MOST_WINDOWS = 220, 40, 3
#: More found words of one piece of text are not weighed.
MOST_FOUND = 600
#: At most so many characters of one piece are looked through.
MOST_TEXT = 400_000


class Found(NamedTuple):
    """A found word: ``[start, end)`` and which leaves of the query it belongs to (bits)."""

    start: int
    end: int
    leaves: int


@dataclass(frozen=True, slots=True)
class _Window:
    layer: str
    text: str
    start: int
    end: int
    found: tuple[Found, ...]
    leaves: int
    worth: float


class Highlighter:
    """Marks the words of one query; keeps what it learnt of words for the next document.

    Args:
        leaves: What was sought.
        weights: Worth of a leaf, rare words more; 1 where it is not there.
        layer: The one layer searched, or "" for all.
    """

    def __init__(
        self,
        leaves: Sequence[Leaf],
        *,
        weights: Mapping[Leaf, float] | None = None,
        layer: str = "",
    ) -> None:
        self.leaves = [leaf for leaf in leaves if not leaf.field or leaf.field in LAYERS][:60]
        self.weights = [(weights or {}).get(leaf, 1.0) for leaf in self.leaves]
        self.layers = (layer,) if layer else LAYERS
        self._matched: dict[tuple[str, str], _Matched] = {}

    def snippets(self, texts: LayerTexts) -> tuple[Snippet, ...]:
        """Give the best windows of a document, at most three, the best first.

        Where no word is found in its texts (a filter alone, a name in the mark-up), the opening
        of the text stands without marks.
        """
        windows = [w for layer in self.layers for w in self._windows(texts, layer)]
        windows.sort(key=lambda w: (-w.worth, LAYERS.index(w.layer), w.start))
        chosen: list[_Window] = []
        covered = 0
        for window in windows:
            if len(chosen) < MOST_WINDOWS and (not chosen or window.leaves & ~covered):
                chosen.append(window)
                covered |= window.leaves
        for window in windows:
            if len(chosen) >= min(2, MOST_WINDOWS):
                break
            if window not in chosen:
                chosen.append(window)
        return tuple(map(_snippet, chosen)) or _opening(texts)

    def find(self, text: str, *, layer: str, language: str = "") -> list[Found]:
        """Find the words of the query in a text of a layer, in their order."""
        matched = self._matched_in(layer, language)
        if not matched.any:
            return []
        words = WORD.findall(text)
        bits = list(map(matched.__getitem__, words))
        at = [i for i, bit in enumerate(bits) if bit]
        if not at:
            return []
        if matched.phrases:
            kept = matched.in_phrases(words, bits, at)
            bits_at = [(i, kept.get(i, 0)) for i in at]
        else:
            bits_at = [(i, bits[i]) for i in at]
        spans = _places({words[i] for i in at}, text)
        return [
            Found(start, end, bit)
            for (start, end), (_, bit) in zip(spans, bits_at, strict=True)
            if bit
        ]

    def _matched_in(self, layer: str, language: str) -> "_Matched":
        key = (layer, language)
        if key not in self._matched:
            here = [
                (1 << i, leaf) for i, leaf in enumerate(self.leaves) if leaf.field in ("", layer)
            ]
            self._matched[key] = _Matched(here, language)
        return self._matched[key]

    def _windows(self, texts: LayerTexts, layer: str) -> list[_Window]:
        windows: list[_Window] = []
        pieces = texts.layer(layer)
        spoken = texts.languages if layer == "document" and texts.languages else ()
        for i, piece in enumerate(pieces):
            text = piece[:MOST_TEXT]
            own = spoken[i] if i < len(spoken) else ""
            language = (own or texts.language).strip("-")
            found = self.find(text, layer=layer, language=language)[:MOST_FOUND]
            windows += self._cut(layer, text, found)
        return windows

    def _cut(self, layer: str, text: str, found: list[Found]) -> list[_Window]:
        """Choose windows around the best clusters that do not overlap."""
        chosen: list[_Window] = []
        free = found
        while free and len(chosen) < MOST_WINDOWS:
            best: tuple[float, int, int] | None = None
            last = 0
            for first in range(len(free)):
                last = max(last, first)
                reach = free[first].start + WINDOW - MARGIN
                while last + 1 < len(free) and free[last + 1].end <= reach:
                    last += 1
                worth = self._worth(free[first : last + 1])
                if best is None or worth > best[0]:
                    best = (worth, first, last)
            assert best is not None
            worth, first, last = best
            start, end = _bounds(text, free[first].start, free[last].end)
            inside = tuple(f for f in found if start <= f.start and f.end <= end)
            leaves = 0
            for f in inside:
                leaves |= f.leaves
            chosen.append(_Window(layer, text, start, end, inside, leaves, worth))
            free = [f for f in free if f.end + MARGIN <= start or f.start >= end + MARGIN]
        return chosen

    def _worth(self, found: Sequence[Found]) -> float:
        leaves = 0
        for f in found:
            leaves |= f.leaves
        worth = sum(w for i, w in enumerate(self.weights) if leaves >> i & 1)
        return worth + 0.02 * min(len(found), 10)


class _Matched(dict[str, int]):
    """Word as printed → bits of the leaves that it may belong to."""

    def __init__(self, leaves: Sequence[tuple[int, Leaf]], language: str) -> None:
        super().__init__()
        self.language = language
        self.any = bool(leaves)
        self.exact: dict[str, int] = {}
        self.stems: dict[str, int] = {}
        self.beginnings: list[tuple[str, int]] = []
        self.fuzzy: list[tuple[str, int, int]] = []
        #: (bit, words, whether they are stems, whether the last is a beginning)
        self.phrases: list[tuple[int, tuple[str, ...], bool, bool]] = []
        for bit, leaf in leaves:
            self._take(bit, leaf)
        self._in_phrases = {word for _, words, _, _ in self.phrases for word in words}

    def _take(self, bit: int, leaf: Leaf) -> None:
        word = leaf.words[0]
        if leaf.kind == "word":
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
            if plain != stems:
                self.phrases += [(bit, plain, True, False)]
            if all(word.isalpha() and len(word) > 1 for word in leaf.words):
                _add(self.stems, stem("".join(leaf.words), self.language), bit)
        elif leaf.number:
            for one in leaf.words:
                _add(self.exact, one, bit)
        else:
            self.phrases.append((bit, leaf.words, False, leaf.open_end))

    def __missing__(self, word: str) -> int:
        folded = fold(word)
        stemmed = stem(folded, self.language)
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

    def in_phrases(self, words: list[str], bits: list[int], at: list[int]) -> dict[int, int]:
        """Keep a phrase's bit only where its words stand side by side."""
        in_phrase = 0
        for bit, _, _, _ in self.phrases:
            in_phrase |= bit
        kept: dict[int, int] = {}
        folded = {i: fold(words[i]) for i in at}
        stems = {i: stem(form, self.language) for i, form in folded.items()}
        for i in at:
            alone = self.exact.get(folded[i], 0) | self.stems.get(stems[i], 0)
            kept[i] = kept.get(i, 0) | (bits[i] & ~in_phrase) | (bits[i] & alone)
            for bit, wanted, by_stem, open_end in self.phrases:
                here = stems if by_stem else folded
                span = range(i, i + len(wanted))
                if all(
                    _same(here.get(j), w, open_end and j == span[-1])
                    for j, w in zip(span, wanted, strict=True)
                ):
                    for j in span:
                        kept[j] = kept.get(j, 0) | bit
        return kept


def _same(word: str | None, wanted: str, beginning: bool) -> bool:
    return word is not None and (word == wanted or (beginning and word.startswith(wanted)))


def _add(table: dict[str, int], key: str, bit: int) -> None:
    table[key] = table.get(key, 0) | bit


def _places(words: set[str], text: str) -> list[tuple[int, int]]:
    """Find every place of these words in a text, in order, without looking at the others."""
    if len(words) > 40:
        return [(m.start(), m.end()) for m in WORD.finditer(text) if m[0] in words]
    places: list[tuple[int, int]] = []
    for word in words:
        at = text.find(word)
        while at >= 0:
            match = WORD.match(text, at)
            end = match.end() if match else at
            if end - at == len(word) and not _inside(text, at):
                places.append((at, end))
            at = text.find(word, max(end, at + 1))
    places.sort()
    return places


_BEFORE = re.compile(r"[^\W_][\u0300-\u036f\u0483-\u0487\u00ad\u200b-\u200d\u2060\ufeff]*\Z")


def _inside(text: str, at: int) -> bool:
    """Tell whether the place is within a word rather than at its beginning."""
    if at == 0 or text[at - 1].isspace():
        return False
    return _BEFORE.search(text, max(0, at - 8), at) is not None


def _bounds(text: str, first: int, last: int) -> tuple[int, int]:
    """Widen a cluster to a window that begins and ends at word boundaries."""
    spare = max(WINDOW - (last - first), 2 * MARGIN)
    start = max(0, first - min(MARGIN, spare // 2))
    end = min(len(text), start + max(WINDOW, last - start + MARGIN))
    start = max(0, min(start, end - WINDOW))
    while start > 0 and start < first and not text[start - 1].isspace():
        start += 1
    while end < len(text) and end > last and not text[end].isspace():
        end -= 1
    while start < first and text[start].isspace():
        start += 1
    while end > last and text[end - 1].isspace():
        end -= 1
    return start, end


def _snippet(window: _Window) -> Snippet:
    marks = [(f.start - window.start, f.end - window.start) for f in window.found]
    joined: list[tuple[int, int]] = []
    for start, end in marks:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return Snippet(window.layer, window.text[window.start : window.end], tuple(joined))


def _opening(texts: LayerTexts) -> tuple[Snippet, ...]:
    for layer in LAYERS:
        for text in texts.layer(layer):
            if text.strip():
                at = len(text) - len(text.lstrip())
                _, end = _bounds(text, at, at)
                return (Snippet(layer, text[at:end]),)
    return ()


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
