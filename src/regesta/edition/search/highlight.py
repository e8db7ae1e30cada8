"""Our own highlighter: texts of a found document and a query in, windows with marked words out.

Offsets are code points. A word is marked when the index would have found it: both ask
``search_words``. A window is a verbatim piece of its layer, cut at word boundaries.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from regesta.edition.results import Snippet
from regesta.edition.search.highlight_words import FEW_PLACES, MOST_PLACES, Found, Matched, Way
from regesta.edition.search.query import Leaf
from regesta.edition.search.schema import LAYERS, LayerTexts
from regesta.edition.search.words import WORD

#: A window's aim, its margin before the first found word, and how many there are, in code points.
WINDOW, MARGIN, MOST_WINDOWS = 220, 40, 3
#: So many windows there are, if there are, though the second shows no other word.
LEAST_WINDOWS = 2
#: More found words of one piece of text are not weighed.
MOST_FOUND = 600
#: A leaf worth less than this (a word of every fifth document) chooses no window beside rarer ones.
COMMON = 2.0
#: At most so many characters of one piece are looked through.
MOST_TEXT = 400_000
#: More pieces than this (a hundred footnotes) are first looked at as one.
FEW = 4
#: A long piece is looked at in parts of so many code points, until every word was found once, or
#: far into it any; a part begins a little before its place, for phrases across it.
AT_ONCE, OVERLAP, FAR = 30_000, 300, 90_000


class Piece(NamedTuple):
    """A piece of a layer with the words that were found in it."""

    layer: str
    language: str
    text: str
    found: list[Found]


Seen = list[Piece]
#: By number of the layer and of the piece in it.
_Pieces = dict[tuple[int, int], Piece]


@dataclass(frozen=True, slots=True)
class _Window:
    piece: Piece
    start: int
    end: int
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
        self._matched: dict[tuple[str, str], Matched] = {}
        self._differ = any(leaf.field for leaf in self.leaves)
        self._worths: dict[int, float] = {}
        rare = sum(weight >= COMMON for weight in self.weights)
        self.places = MOST_PLACES if rare and len(self.leaves) > 1 else FEW_PLACES

    def strong(self) -> list[tuple[int, Leaf]]:
        """The leaves that choose a window, each with its bit: the rare ones, or all."""
        rare = [i for i, weight in enumerate(self.weights) if weight >= COMMON]
        return [(1 << i, self.leaves[i]) for i in rare or range(len(self.leaves))]

    def look(self, texts: LayerTexts) -> Seen:
        """Find the words that choose a window in all texts searched: quickly, where that will do.

        Words that a glance finds nowhere are looked for once more without accents; where nothing at
        all is found, every word is looked at.
        """
        strong = sum(bit for bit, _ in self.strong())
        seen, met = self._look(texts, "glance", strong)
        if missed := strong & ~met:
            again, more = self._look(texts, "plain", missed, ascii=not met)
            seen, met = _together(seen, again), met | more
        return list((seen if met else self._look(texts, "full", strong)[0]).values())

    def snippets(self, texts: LayerTexts, seen: Seen | None = None) -> tuple[Snippet, ...]:
        """Give the best windows of a document, at most three, the best first.

        Where no word is found in its texts (a filter alone, a name in the mark-up), the opening
        of the text stands without marks.

        Args:
            texts: The document's texts.
            seen: What :meth:`look` found in them, where that is at hand.
        """
        if not self.leaves:
            return _opening(texts)
        windows = [w for piece in (seen or self.look(texts)) for w in self._cut(piece)]
        windows.sort(key=lambda w: (-w.worth, LAYERS.index(w.piece.layer), w.start))
        chosen: list[_Window] = []
        covered = 0
        for window in windows:
            if len(chosen) < MOST_WINDOWS and (not chosen or window.leaves & ~covered):
                chosen.append(window)
                covered |= window.leaves
        for window in windows:
            if len(chosen) >= LEAST_WINDOWS:
                break
            if window not in chosen:
                chosen.append(window)
        return tuple(map(self._snippet, chosen)) or _opening(texts)

    def find(self, text: str, *, layer: str, language: str = "") -> list[Found]:
        """Find the words of the query in a text of a layer, in their order."""
        matched = self._matched_in(layer, language)
        if not matched.any:
            return []
        if matched.likely is not None and text.isascii():
            return matched.find_likely(text, matched.likely)
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

    def _matched_in(self, layer: str, language: str) -> "Matched":
        key = (layer if self._differ else "", language)
        if key not in self._matched:
            here = [
                (1 << i, leaf) for i, leaf in enumerate(self.leaves) if leaf.field in ("", layer)
            ]
            self._matched[key] = Matched(here, language)
        return self._matched[key]

    def _look(
        self, texts: LayerTexts, way: Way, strong: int, *, ascii: bool = True
    ) -> tuple[_Pieces, int]:
        """Look through all texts for some leaves, in one way.

        Args:
            texts: The document's texts.
            way: How they are looked at.
            strong: The leaves.
            ascii: Whether texts without any accent are looked through as well.

        Returns:
            The pieces with what was found, by layer and place, and which of the leaves were met.
        """
        seen: _Pieces = {}
        met = 0
        for layer in self.layers:
            pieces = texts.layer(layer)
            if seen and met == strong:
                break
            if len(pieces) > FEW and self._is_idle(texts, layer, strong, way):
                continue
            spoken = texts.languages if layer == "document" and texts.languages else ()
            for i, piece in enumerate(pieces):
                text = piece[:MOST_TEXT]
                if not ascii and text.isascii():
                    continue
                language = ((spoken[i] if i < len(spoken) else "") or texts.language).strip("-")
                found = self._places(text, layer, language, strong, way)
                for place in found:
                    met |= place.leaves & strong
                if found or not i:
                    seen[LAYERS.index(layer), i] = Piece(layer, language, text, found[:MOST_FOUND])
        return seen, met

    def _is_idle(self, texts: LayerTexts, layer: str, strong: int, way: Way) -> bool:
        """Whether a layer of many pieces has nothing to find; seen at once for all of them."""
        if way == "full":
            return False
        joined = "\n".join(texts.layer(layer))[:MOST_TEXT]
        matched = self._matched_in(layer, texts.language)
        return matched.glance(joined, strong, way=way) == []

    def _places(self, text: str, layer: str, language: str, strong: int, way: Way) -> list[Found]:
        matched = self._matched_in(layer, language)
        if not matched.any:
            return []
        found: list[Found] = []
        seen = 0
        for start in range(0, len(text), AT_ONCE):
            part = text[max(0, start - OVERLAP) : start + AT_ONCE]
            here = None
            if way != "full":
                here = matched.glance(part, strong, way=way, places=self.places)
            if here is None:
                here = self.find(part, layer=layer, language=language)
            shift = max(0, start - OVERLAP)
            for place in here:
                if place.start + shift >= start or not start:
                    found.append(Found(place.start + shift, place.end + shift, place.leaves))
                    seen |= place.leaves
            far = way == "full" or start >= FAR
            if seen and (far or seen & strong == strong):
                break
        return found

    def _cut(self, piece: Piece) -> list[_Window]:
        """Choose windows around the best clusters that do not overlap."""
        text, found = piece.text, piece.found
        chosen: list[_Window] = []
        free = found
        most = MOST_WINDOWS if len(self.leaves) > 1 else LEAST_WINDOWS
        while free and len(chosen) < most:
            worth, first, last, leaves = self._best(free)
            start, end = _bounds(text, free[first].start, free[last].end)
            chosen.append(_Window(piece, start, end, leaves, worth))
            free = [f for f in free if f.end + MARGIN <= start or f.start >= end + MARGIN]
        return chosen

    def _best(self, found: Sequence[Found]) -> tuple[float, int, int, int]:
        """The best cluster that fits a window: its worth, first and last place, and leaves."""
        best = (-1.0, 0, 0, 0)
        past, many = 0, len(found)
        for first, place in enumerate(found):
            reach = place.start + WINDOW - MARGIN
            past = max(past, first + 1)
            while past < many and found[past].end <= reach:
                past += 1
            leaves = 0
            for near in found[first:past]:
                leaves |= near.leaves
            worth = self._worth(leaves) + 0.02 * min(past - first, 10)
            if worth > best[0]:
                best = (worth, first, past - 1, leaves)
        return best

    def _snippet(self, window: _Window) -> Snippet:
        piece = window.piece
        text = piece.text[window.start : window.end]
        found = self.find(text, layer=piece.layer, language=piece.language)
        return Snippet(piece.layer, text, tuple((f.start, f.end) for f in found))

    def _worth(self, leaves: int) -> float:
        """What it is worth to show these leaves."""
        if leaves not in self._worths:
            self._worths[leaves] = sum(w for i, w in enumerate(self.weights) if leaves >> i & 1)
        return self._worths[leaves]


def _together(one: _Pieces, other: _Pieces) -> _Pieces:
    """What two ways have found in the same texts."""
    together = dict(one)
    for key, piece in other.items():
        if key in one:
            found = sorted({*one[key].found, *piece.found})
            piece = piece._replace(found=found[:MOST_FOUND])
        together[key] = piece
    return dict(sorted(together.items()))


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


def _opening(texts: LayerTexts) -> tuple[Snippet, ...]:
    for layer in LAYERS:
        for text in texts.layer(layer):
            if text.strip():
                at = len(text) - len(text.lstrip())
                _, end = _bounds(text, at, at)
                return (Snippet(layer, text[at:end]),)
    return ()
