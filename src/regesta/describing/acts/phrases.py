"""Noun phrases of a tagged sentence: where they begin and end, and where clauses stop.

A sentence comes in as letters, one a word; stretches of tokens go out.
"""

from functools import lru_cache

from regesta.describing.acts.lexicon import Lexicon
from regesta.describing.acts.tags import Sentence
from regesta.describing.words import vocabulary

Span = tuple[int, int]
#: The letters of a noun phrase.
_PHRASE = frozenset("wN#'De")
STOPS = frozenset('.;:?!-"')
#: An object or complement is looked for within so many tokens.
WINDOW = 30


class Phrases:
    """The noun phrases of one sentence."""

    def __init__(self, sentence: Sentence, lexicon: Lexicon) -> None:
        self.s = sentence
        self.lexicon = lexicon
        self.tags = sentence.tags
        self.size = len(sentence.tags)
        self.words = sentence.there
        self._stops: dict[int, int] = {}

    def phrase_before(self, end: int) -> Span | None:
        """The noun phrase that ends before ``end``, with a joined one before it."""
        tags = self.tags
        j = end - 1
        while j >= 0 and tags[j] in _PHRASE and not (tags[j] == "e" and j == end - 1):
            if tags[j] == "e" and not (j and tags[j - 1] in "DwN'"):
                break
            if tags[j] == "e" and tags[j - 1] == tags[j + 1] == "N":
                break  # "Kell hoped Mr. Borg would agree"
            if tags[j] == "D" and not (j and tags[j - 1] == "D"):
                j -= 1
                break
            j -= 1
        start = j + 1
        day = tags.rfind("#", start, end - 1)
        if day > start and tags[day + 1] == "N" and self.s.lows[day - 1] in _months():
            start = day + 1  # "On July 14 Norland asked"
        if start >= end or (tags[start] == "D" and start + 1 == end and tags[start] == "D"):
            return (start, end) if start < end and self.s.lows[start] in _demonstrative() else None
        if start > 3 and tags[start - 3 : start] == "N,C" and tags[start] == "N":
            j = start - 3
            while j > 1 and tags[j - 2 : j] == "N,":
                j -= 2
            if j < start - 3:
                return (j - (tags[j - 1] == "D"), end)  # "the British, French, and Italian"
        if start > 1 and tags[start - 1] == "C" and tags[start - 2] in "wN'":
            other = self.phrase_before(start - 1)
            led = tags[other[0] - 1] if other is not None and other[0] else "."
            if other is not None and led not in "Vg" and (led not in "PO" or tags[start] == "N"):
                return (other[0], end)
        return (start, end)

    def _whole(self, end: int, at: int) -> int:
        """A subject with the phrases of "of", "for" and "in" that follow it up to its verb."""
        tags, j = self.tags, end
        while j < at - 1 and tags[j] in "OPT" and tags[j + 1] in "wND#":
            j += 2
            while j < at and tags[j] in "wND#'":
                j += 1
            if j < at - 1 and tags[j] == "C" and tags[j + 1] == "N":
                j += 2  # "the Governments of Norland and Sudland"
            end = j
        return end

    def antecedent(self, relative: int) -> Span | None:
        """What a relative pronoun stands for."""
        end = relative
        if end and self.tags[end - 1] == ",":
            end -= 1
        phrase = self.phrase_before(end) if end else None
        if phrase is None:
            return None
        start = phrase[0]
        while start > 1 and self.tags[start - 1] == "O":
            before = self.phrase_before(start - 1)
            if before is None:
                break
            start = before[0]
        return (start, end)

    def phrase_after(self, at: int) -> Span | None:
        """The noun phrase that begins at ``at``, its "of" included."""
        tags, j = self.tags, at
        if j < self.size and tags[j] in "op":
            return (j, j + 1)
        while j < self.size and (tags[j] in "wN#'D" or (tags[j] in "eA" and j > at)):
            if tags[j] == "D" and j > at and tags[j - 1] not in "DP":
                break
            if tags[j] in "eA" and not (j + 1 < self.size and tags[j + 1] in "wN"):
                break
            j += 1
        if j == at:
            return None
        while j < self.size - 1 and tags[j] == "O" and tags[j + 1] in "wND#":
            k = j + 1
            while k < self.size and tags[k] in "wN#'D":
                if tags[k] == "D" and k > j + 1 and tags[k - 1] != "D":
                    break  # "to the Government of Norland the appointment of …"
                k += 1
            j = k
        if j < self.size - 1 and tags[j] == "C" and tags[j + 1] in "wNDo":
            more = self.phrase_after(j + 1)
            if more and (more[1] >= self.size or self.tags[more[1]] not in "mXhs"):
                j = more[1]
        return (at, j)

    def stop_after(self, at: int) -> int:
        """The token after the clause that goes on at ``at``."""
        known = self._stops.get(at)
        if known is None:
            known = self._stops[at] = self._stop_after(at)
        return known

    def _stop_after(self, at: int) -> int:
        tags = self.tags
        limit = min(self.size, at + WINDOW)
        j = at
        while j < limit:
            letter = tags[j]
            if letter in ".;:?!-":
                return j
            if letter == "," and j > at + 1:
                after = tags[j + 1 : j + 3]
                if after[:1] in ("C", "R", "S", "g", "p", "P", "A", "T", "s", ""):
                    return j
            if letter == "C" and j > at and tags[j + 1 : j + 2] in ("p", "V", "s", "m", "H"):
                return j
            if letter == "S" and j > at + 2:
                return j
            j += 1
        return limit

    def words_in(self, span: Span) -> frozenset[str]:
        """The words of a stretch."""
        return frozenset(self.s.lows[span[0] : span[1]])


@lru_cache(maxsize=1)
def _months() -> frozenset[str]:
    return frozenset(word for words in vocabulary("months")["en"].values() for word in words)


@lru_cache(maxsize=1)
def _demonstrative() -> frozenset[str]:
    return frozenset(vocabulary("acts_words")["alone"])
