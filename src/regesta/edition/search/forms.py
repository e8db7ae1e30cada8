"""Forms of words in an index: a word in, the forms that stand there and share its stem out."""

import math
from collections.abc import Iterable, Sequence
from itertools import islice

import tantivy

from regesta.edition.search.schema import LAYERS
from regesta.edition.search.words import bare_stem, beginnings, stem, stemmed_words

#: A beginning shorter than this holds too much of the vocabulary to look through for forms.
SHORTEST_BEGINNING = 3
#: So many forms are looked at, most frequent first.
MOST_LOOKED_AT = 2000
#: Forms are named of languages that have a word in such a share of its documents: "their" is no
#: form of "the", though it would be in another language's stemmer, in which few documents have it.
LEAST_SHARE = 0.02
#: Beginnings whose words are kept, with at most some thousands of words each.
MOST_BEGINNINGS = 32


class Vocabulary:
    """The words of an index at one moment, with the number of documents that have them."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        self.searcher = searcher
        found = searcher.terms_with_prefix("stemming", "")
        #: Languages whose stems stand in the index; "" for words that are not stemmed.
        self.languages = tuple(sorted(language.strip("-") for language, _ in found)) or ("",)
        self._spoken: dict[tuple[str, tuple[str, ...]], list[tuple[list[str], float]]] = {}
        self._values: dict[str, dict[str, int]] = {}
        self._forms: dict[tuple[str, int | None], tuple[tuple[str, int], ...]] = {}
        self._counts: dict[tuple[str, str], int] = {}
        self._beginnings: dict[tuple[str, str, int], list[tuple[str, int]]] = {}

    def count(self, field: str, word: str) -> int:
        """How many documents have a word of a field as the index keeps it."""
        known = self._counts.get((field, word))
        if known is None:
            if len(self._counts) > 100_000:
                self._counts.clear()
            # No layer has a stem that stands nowhere, which most languages' stems of a word do.
            there = field not in LAYERS or self.count("anywhere", word)
            known = self.searcher.doc_freq(field, word) if there else 0
            self._counts[field, word] = known
        return known

    def stem(self, word: str, language: str) -> str:
        """A folded word's stem in a language."""
        return stem(word, language)

    def rarity(self, documents: int) -> float:
        """What BM25 makes of a term that so many documents have (its inverse frequency)."""
        total = self.searcher.num_docs
        return math.log(1 + (max(total - documents, 0) + 0.5) / (documents + 0.5))

    def documents(self, word: str) -> int:
        """How many documents have a folded word, in any form."""
        return sum(self.count("anywhere", form) for form in {*self._all_stems(word)})

    def _all_stems(self, word: str) -> list[str]:
        return [stem(word, language) for language in self.languages]

    def heading_rarity(self, stemmed: str) -> float:
        """The rarity of a stem among headings."""
        return self.rarity(self.count("headings", stemmed))

    def spoken(self, field: str, words: Sequence[str]) -> list[tuple[list[str], float]]:
        """Give the stems of words in each language of the index that has them all in a field.

        With each comes the factor that makes up for the language: "the" is rare among German
        documents, and must not count as rare for that.
        """
        key = (field, tuple(words))
        if key not in self._spoken:
            if len(self._spoken) > 20_000:
                self._spoken.clear()
            self._spoken[key] = self._balance(field, words)
        return self._spoken[key]

    def _balance(self, field: str, words: Sequence[str]) -> list[tuple[list[str], float]]:
        found, everywhere = [], [0] * len(words)
        for language in self.languages:
            stems = self.stemmed(words, language)
            counts = [self.count(field, word) for word in stems]
            everywhere = [a + b for a, b in zip(everywhere, counts, strict=True)]
            if all(counts):
                found.append((stems, sum(map(self.rarity, counts))))
        meant = sum(map(self.rarity, everywhere))
        return [(stems, meant / rarity) for stems, rarity in found]

    def stemmed(self, words: Sequence[str], language: str) -> list[str]:
        """The stems of folded words, abbreviations spelled out."""
        return stemmed_words(list(words), language)

    def values(self, field: str) -> dict[str, int]:
        """All values of a field of few values, each with its number of documents."""
        if field not in self._values:
            self._values[field] = dict(self.searcher.terms_with_prefix(field, ""))
        return self._values[field]

    def beginning_with(
        self, beginning: str, fields: Iterable[str], *, limit: int
    ) -> list[tuple[str, int]]:
        """Words that begin so, most frequent first; one more than ``limit`` at most."""
        counts: dict[str, int] = {}
        for field in fields:
            for word, count in self._begun(field, beginning, limit + 1):
                counts[word] = counts.get(word, 0) + count
        return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))

    def _begun(self, field: str, beginning: str, limit: int) -> list[tuple[str, int]]:
        """The words of one field; the last ones are kept, as a search asks for them twice."""
        key = (field, beginning, limit)
        if key not in self._beginnings:
            if len(self._beginnings) >= MOST_BEGINNINGS:
                self._beginnings.clear()
            self._beginnings[key] = self.searcher.terms_with_prefix(field, beginning, limit=limit)
        return self._beginnings[key]

    def forms(self, word: str, most: int | None = None) -> tuple[tuple[str, int], ...]:
        """Forms of a folded word that stand in the texts, itself included, most frequent first.

        Args:
            word: The word.
            most: So many will do; None: all.
        """
        if (word, most) not in self._forms:
            if len(self._forms) > 5000:
                self._forms.clear()
            self._forms[word, most] = self._look_up(word, most)
        return self._forms[word, most]

    def _languages_of(self, word: str, *, least: float) -> dict[str, str]:
        """The languages that have a word in more than a share of its documents, with its stem."""
        stems = {language: stem(word, language) for language in self.languages}
        counts = {language: self.count("anywhere", form) for language, form in stems.items()}
        most = sum(counts.values()) * least
        return {language: stems[language] for language, n in counts.items() if n > most}

    def _look_up(self, word: str, most: int | None) -> tuple[tuple[str, int], ...]:
        wanted = self._languages_of(word, least=LEAST_SHARE if most is not None else 0)
        begun = {start for language in wanted for start in beginnings(word, language)}
        found: dict[str, int] = {}
        seen: tuple[str, ...] = ()  # Beginnings of which every word was looked at.
        for beginning in sorted(begun | set(map(bare_stem, wanted.values()))):
            if len(beginning) < SHORTEST_BEGINNING or beginning.startswith(seen):
                continue
            near = self.beginning_with(beginning, ["document_exact"], limit=MOST_LOOKED_AT)
            if len(near) <= MOST_LOOKED_AT:
                seen += (beginning,)
            for language, form in wanted.items():
                same = ((w, n) for w, n in near if stem(w, language) == form)
                found.update(islice(same, most))
        if word not in found:
            fields = [f"{layer}_exact" for layer in LAYERS]
            count = max(self.count(field, word) for field in fields)
            found |= {word: count} if count else {}
        return tuple(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))[:most]
