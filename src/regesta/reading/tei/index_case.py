"""How a printed index spells: its text in; which headings are names, and headings out of capitals.

What an index writes with a small letter anywhere is no name; what it writes with a capital
everywhere else keeps it where a heading stands in capitals.
"""

import re
from collections import Counter
from typing import Final

from regesta.reading.tei.words import words as words_of

_WORD: Final = re.compile(r"[^\W\d_]+")
_ROMAN: Final = re.compile(r"[IVX]{2,}")
#: Most words of a name.
_LONG: Final = 6
#: Shorter headings in capitals may be abbreviations.
_SHORT: Final = 4


class Cases:
    """The words of an index, counted as they are spelt.

    Args:
        text: Of the index.
    """

    def __init__(self, text: str) -> None:
        self._counts = Counter(_WORD.findall(text))
        self._small = frozenset(words_of("index", "small"))
        self._before = frozenset(words_of("index", "before_names"))

    def is_name(self, words: str) -> bool:
        """Whether words are a name: every one has a capital and is never written without."""
        found = _WORD.findall(words)
        if not found or len(found) > _LONG or not found[0][0].isupper() or ":" in words:
            return False
        return all(
            word in self._small or (word[0].isupper() and not self._counts[word.lower()])
            for word in found
        )

    def stem(self, words: str) -> str:
        """The words before a name that ends a heading: "Attitude of " of "Attitude of Alba"."""
        parts = words.split(" ")
        for at in range(len(parts) - 1, 0, -1):
            if parts[at - 1] in self._before:
                name = " ".join(parts[at:])
                return " ".join(parts[:at]) + " " if self.is_name(name) else ""
        return ""

    def spelt(self, heading: str) -> str:
        """A heading in capitals as the index spells its words elsewhere; others as they are."""
        letters = [c for c in heading if c.isalpha()]
        if len(letters) < _SHORT or not all(c.isupper() for c in letters):
            return heading
        alone = len(_WORD.findall(heading)) == 1
        spelt = _WORD.sub(lambda m: self._word(m[0], alone), heading)
        return spelt[:1].upper() + spelt[1:]

    def _seen(self, *words: str) -> bool:
        return any(word in self._small or self._counts[word] for word in words)

    def _word(self, word: str, alone: bool) -> str:
        small, capital = word.lower(), word.capitalize()
        if len(word) == 1 or _ROMAN.fullmatch(word):
            return word
        if alone and len(word) <= _SHORT and not self._seen(small, capital):
            return word
        if small in self._small or self._counts[small] > self._counts[capital]:
            return small
        return capital
