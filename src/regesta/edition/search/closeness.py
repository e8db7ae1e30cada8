"""The second look at the best documents: their texts in, what stands together in them as a score.

BM25 does not know whether words stand together or where. The texts of the best documents are at
hand for their passages anyway; here they say how near each other the words asked for are, whether
the document begins with them, and how much of the question its heading repeats.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from regesta.edition.search.forms import Vocabulary
from regesta.edition.search.highlight import Highlighter, Seen
from regesta.edition.search.highlight_words import Found
from regesta.edition.search.query import Leaf
from regesta.edition.search.schema import LayerTexts
from regesta.edition.search.words import folded_words, stemmed_words

#: Weights beside BM25, developed on half of 1,702 editors' summaries: words of the first lines and
#: of the first page, words anywhere, words of the notes, words near each other, words side by side;
#: threes of the heading; and what a long document loses, in which much stands near much.
FIRST_LINES, FIRST_PAGE, ANYWHERE, NOTES, CLOSE, NEIGHBOURS = 0.4, 0.8, 0.4, 0.2, 0.8, 0.3
THREES, LENGTH = 0.6, 0.75
#: A question that begins "from the…" or "to the…": words of that side of the heading, and how many
#: words after the first are looked at.
SIDE, SIDE_WORDS = 3.5, 7
#: Code points: how far the first lines and the first page reach; words with at most so many between
#: are close, or neighbours; a usual document and a usual heading.
LINES_REACH, PAGE_REACH, CLOSE_REACH, NEIGHBOUR_REACH = 400, 2000, 45, 3
USUAL_TEXT, USUAL_HEADING = 2800, 60
#: The first times that words stand together count most, as in BM25.
SATURATION = 1.2


class _Words(NamedTuple):
    """The words of a query by leaf bit, with their rarity and their places in the question."""

    rarity: dict[int, float]
    order: dict[int, int]


class Closeness:
    """Scores documents for one query.

    Args:
        leaves: What was sought, in the order of the question.
        vocabulary: Gives the rarity of words.
        marker: Finds the words in the texts.
    """

    def __init__(self, leaves: Sequence[Leaf], vocabulary: Vocabulary, marker: Highlighter) -> None:
        self.vocabulary = vocabulary
        words = [word for leaf in leaves for word in leaf.words]
        self.question = words
        rarity, order = {}, {}
        for place, (bit, leaf) in enumerate(marker.strong()):
            counts = [vocabulary.documents(word) for word in leaf.words]
            rarity[bit] = vocabulary.rarity(min(counts))
            order[bit] = place
        self.words = _Words(rarity, order)
        self._grams: dict[str, dict[tuple[str, str, str], float]] = {}

    def score(self, texts: LayerTexts, seen: Seen) -> float:
        """Give what is added to a document's score; below 0 for a long one with little in it."""
        together: dict[tuple[int, int], int] = {}
        beside: dict[tuple[int, int], int] = {}
        score, there, noted, length = 0.0, 0, 0, 0
        for piece in seen:
            there |= _leaves(piece.found)
            if piece.layer == "notes":
                noted |= _leaves(piece.found)
            if piece.layer != "document":
                continue
            if not length:
                score += FIRST_LINES * self._worth(_leaves(piece.found, LINES_REACH))
                score += FIRST_PAGE * self._worth(_leaves(piece.found, PAGE_REACH))
            length += len(piece.text)
            self._count(piece.found, together, beside)
        score += ANYWHERE * self._worth(there) + NOTES * self._worth(noted)
        score -= LENGTH * math.log1p(length / USUAL_TEXT)
        score += CLOSE * self._sum(together) + NEIGHBOURS * self._sum(beside)
        return score + self._heading(texts)

    def _worth(self, leaves: int) -> float:
        return sum(rarity for bit, rarity in self.words.rarity.items() if bit & leaves)

    def _count(
        self,
        found: Sequence[Found],
        together: dict[tuple[int, int], int],
        beside: dict[tuple[int, int], int],
    ) -> None:
        """Count how often words that follow each other in the question are near in the text."""
        order = self.words.order
        for i, later in enumerate(found):
            at = order.get(later.leaves & -later.leaves)
            if at is None:
                continue
            for j in range(i - 1, -1, -1):
                earlier = found[j]
                gap = later.start - earlier.end
                if gap > CLOSE_REACH:
                    break
                before = order.get(earlier.leaves & -earlier.leaves)
                if before is None or abs(at - before) != 1:
                    continue
                pair = (min(at, before), max(at, before))
                together[pair] = together.get(pair, 0) + 1
                if gap <= NEIGHBOUR_REACH and before < at:
                    beside[pair] = beside.get(pair, 0) + 1

    def _sum(self, counts: dict[tuple[int, int], int]) -> float:
        rarities = list(self.words.rarity.values())
        return sum(
            (rarities[a] + rarities[b]) / 2 * (1 + SATURATION) * n / (n + SATURATION)
            for (a, b), n in counts.items()
        )

    def _heading(self, texts: LayerTexts) -> float:
        """Threes of the question's words, small words too, that the heading repeats."""
        has_side = self.question[0] in ("from", "to")
        if not texts.headings or len(self.question) < (2 if has_side else 3):
            return 0.0
        words = " ".join(texts.headings)[:400]
        folded = folded_words(words)
        heading = stemmed_words(folded, texts.language)
        asked = self._asked(texts.language)
        threes = set(zip(heading, heading[1:], heading[2:], strict=False))
        usual = 0.4 + 0.6 * len(words) / USUAL_HEADING
        score = sum(asked.get(three, 0.0) for three in threes) / usual
        return score + (self._side(folded, texts.language) if has_side else 0.0)

    def _side(self, heading: list[str], language: str) -> float:
        """Words of "from the consul at…" or "to the consul at…" on that side of the heading."""
        if "to" not in heading[1:]:
            return 0.0
        joint = heading.index("to", 1)
        side = heading[:joint] if self.question[0] == "from" else heading[joint + 1 :]
        stems = set(stemmed_words(side, language))
        asked = stemmed_words(self.question[1:SIDE_WORDS], language)
        return SIDE * sum(self.vocabulary.heading_rarity(w) for w in asked if w in stems)

    def _asked(self, language: str) -> dict[tuple[str, str, str], float]:
        """What each three of the question's words is worth in a heading of a language."""
        if language not in self._grams:
            stems = stemmed_words(self.question, language)
            worth = {word: self.vocabulary.heading_rarity(word) for word in stems}
            self._grams[language] = {
                three: THREES * sum(worth[word] for word in three)
                for three in zip(stems, stems[1:], stems[2:], strict=False)
            }
        return self._grams[language]


def _leaves(found: Sequence[Found], reach: int | None = None) -> int:
    leaves = 0
    for place in found:
        if reach is not None and place.start > reach:
            break
        leaves |= place.leaves
    return leaves
