"""The words of an edition as numbers: what each stands for, and how telling it is.

Words as printed come in, document by document; out go arrays of numbers that fit in memory for an
edition of any size, and for every number the word, its key and its weight.
"""

import math
from array import array
from collections.abc import Iterable, Sequence

from regesta.linking.counterparts.traits import is_month, is_small, key_of

#: A word that is printed with a capital so many times oftener than without is a name.
_NAMES = 4


class Lexicon:
    """Words by number; a word's key joins its forms ("guard", "guards", "Guards")."""

    def __init__(self) -> None:
        self._forms: dict[str, int] = {}
        self._words: list[str] = []
        self._keys: dict[str, int] = {}
        self._of_form = array("I")
        self._documents = array("I")
        self._capital = array("I")
        self._weights: list[float] = []

    def add(self, words: Iterable[str]) -> "array[int]":
        """Take in the words of a document; give their forms' numbers, each key once."""
        found = array("I")
        seen = set[int]()
        forms, of_form = self._forms, self._of_form
        for word in words:
            form = forms.get(word)
            if form is None:
                form = self._new(word)
            key = of_form[form]
            if key in seen or not key:
                continue
            seen.add(key)
            found.append(form)
            self._documents[key] += 1
            self._capital[key] += word[0].isupper()
        return found

    def _new(self, word: str) -> int:
        form = self._forms[word] = len(self._words)
        self._words.append(word)
        if not self._documents:  # key 0 is that of all words that tell nothing
            self._documents.append(0)
            self._capital.append(0)
        key = 0 if is_small(word) else self._keys.setdefault(key_of(word), len(self._documents))
        if key == len(self._documents):
            self._documents.append(0)
            self._capital.append(0)
        self._of_form.append(key)
        return form

    def weigh(self, documents: int) -> None:
        """Weigh all keys, once all documents are in: rare ones tell most."""
        self._weights = [math.log(documents / n) if n > 1 else 0.0 for n in self._documents]

    def keys(self, forms: Iterable[int], *, most: int) -> "array[int]":
        """Give the keys of some forms that other documents have too, the rarest first."""
        weights = self._weights
        keys = [key for key in map(self._of_form.__getitem__, forms) if weights[key] > 0]
        keys.sort(key=weights.__getitem__, reverse=True)
        return array("I", keys[:most])

    def weight(self, key: int) -> float:
        """How telling a key is: the natural logarithm of one in how many documents has it."""
        return self._weights[key]

    def find(self, words: Iterable[str]) -> frozenset[int]:
        """Give the keys of some words, as far as any document has them."""
        found = (self._keys.get(key_of(word), 0) for word in words)
        return frozenset(key for key in found if key)

    def names(self, forms: Sequence[int], keys: Iterable[int]) -> tuple[list[str], list[str]]:
        """Give some keys as a document prints them: names and numbers, and other words."""
        printed = {self._of_form[form]: self._words[form] for form in reversed(forms)}
        names, others = list[str](), list[str]()
        for key in keys:
            word = printed.get(key, "")
            lower = self._documents[key] - self._capital[key]
            if is_month(word):
                continue
            if word[:1].isupper() and self._capital[key] >= _NAMES * lower:
                names.append(word)
            elif word and not word[0].isdigit():
                others.append(word.lower() if word[1:].islower() else word)
        return names, others
