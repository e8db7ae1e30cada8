"""The words of an edition as numbers: what each stands for, and how telling it is.

Words as printed come in, document by document; out go arrays of numbers that fit in memory for an
edition of any size, and for every number the word, its key and its weight.
"""

import math
from array import array
from collections.abc import Iterable, Sequence

import numpy as np

from regesta.linking.counterparts.traits import is_month, is_small, key_of
from regesta.linking.parties import names_in

#: A word that is printed with a capital so many times oftener than without is a name.
_NAMES = 4
#: Words taken in that are counted at one time.
_COUNTED = 1 << 20


class Lexicon:
    """Words by number; a word's key joins its forms ("guard", "guards", "Guards")."""

    def __init__(self) -> None:
        self._forms: dict[str, int] = {}
        self._words: list[str] = []
        self._keys: dict[str, int] = {}
        self._of_form = array("I")
        self._upper = bytearray()
        self._taken = array("I")
        self._documents = np.zeros(1, np.int64)
        self._capital = np.zeros(1, np.int64)
        self._weights: list[float] = []
        self._named: dict[frozenset[str], frozenset[int]] = {}
        self._printed: tuple[Sequence[int], dict[int, str]] = ((), {})
        #: The squares of all weights, by key.
        self.squares: list[float] = []

    def add(self, words: Iterable[str]) -> "array[int]":
        """Take in the words of a document; give their forms' numbers, each key once."""
        found = array("I")
        seen = {0}  # key 0 is that of all words that tell nothing
        forms, of_form = self._forms, self._of_form
        for word in words:
            form = forms.get(word)
            if form is None:
                form = self._new(word)
            key = of_form[form]
            if key not in seen:
                seen.add(key)
                found.append(form)
        self._taken.extend(found)
        if len(self._taken) >= _COUNTED:
            self._count()
        return found

    def _new(self, word: str) -> int:
        form = self._forms[word] = len(self._words)
        self._words.append(word)
        self._upper.append(word[0].isupper())
        keys = self._keys
        self._of_form.append(0 if is_small(word) else keys.setdefault(key_of(word), len(keys) + 1))
        return form

    def _count(self) -> None:
        """Count in how many documents each key stands, and in how many with a capital."""
        forms = np.array(self._taken, np.int64)
        keys = np.array(self._of_form, np.int64)[forms]
        size = len(self._keys) + 1
        more = size - len(self._documents)
        self._documents = np.append(self._documents, np.zeros(more, np.int64))
        self._capital = np.append(self._capital, np.zeros(more, np.int64))
        self._documents += np.bincount(keys, minlength=size)
        upper = np.frombuffer(bytes(self._upper), np.uint8)[forms].astype(bool)
        self._capital += np.bincount(keys[upper], minlength=size)
        self._taken = array("I")

    def weigh(self, documents: int) -> None:
        """Weigh all keys, once all documents are in: rare ones tell most."""
        self._count()
        counts = self._documents.tolist()
        self._weights = [math.log(documents / n) if n > 1 else 0.0 for n in counts]
        self.squares = [weight * weight for weight in self._weights]

    def keys(self, forms: Iterable[int], *, most: int) -> "array[int]":
        """Give the keys of some forms that other documents have too, the rarest first."""
        weights = self._weights
        keys = [key for key in map(self._of_form.__getitem__, forms) if weights[key] > 0]
        keys.sort(key=weights.__getitem__, reverse=True)
        return array("I", keys[:most])

    def weight(self, key: int) -> float:
        """How telling a key is: the natural logarithm of one in how many documents has it."""
        return self._weights[key]

    def named(self, party: frozenset[str]) -> frozenset[int]:
        """Give the keys of the words that name a party, as far as any document has them.

        All documents must be in: what was given once is given again.
        """
        found = self._named.get(party)
        if found is None:
            keys = (self._keys.get(key_of(word), 0) for word in names_in(party))
            found = self._named[party] = frozenset(key for key in keys if key)
        return found

    def names(self, forms: Sequence[int], keys: Iterable[int]) -> tuple[list[str], list[str]]:
        """Give some keys as a document prints them: names and numbers, and other words."""
        printed = self._as_printed(forms)
        names, others = list[str](), list[str]()
        for key in keys:
            word = printed.get(key, "")
            lower = self._documents[key] - self._capital[key]
            if is_month(word):
                continue
            if word[:1].isupper() and self._capital[key] >= _NAMES * lower:
                names.append(word)
            elif word and not word[0].isdecimal():
                others.append(word.lower() if word[1:].islower() else word)
        return names, others

    def _as_printed(self, forms: Sequence[int]) -> dict[int, str]:
        """Keys and words of a document; kept until another is asked for: it has several links."""
        if self._printed[0] is not forms:
            words = {self._of_form[form]: self._words[form] for form in reversed(forms)}
            self._printed = forms, words
        return self._printed[1]
