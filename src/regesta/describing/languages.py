"""A document into its language, by its small words and letters; short texts get none."""

from functools import lru_cache

from regesta.describing.base import Context
from regesta.describing.words import vocabulary
from regesta.documents import Document, Fact

#: Characters of the text that are looked at: enough to be sure, few enough to be quick.
SAMPLE = 400
#: Fewer different small words than this say nothing.
LEAST = 5
#: The best language must have this many times the words of the next.
LEAD = 1.6


@lru_cache(maxsize=1)
def _small_words() -> tuple[tuple[str, ...], dict[str, tuple[int, ...]], frozenset[str]]:
    """The languages, which of them have each small word, and all of these words."""
    languages = tuple(vocabulary("small_words"))
    found: dict[str, list[int]] = {}
    for i, language in enumerate(languages):
        for word in set(vocabulary("small_words")[language]):
            found.setdefault(word, []).append(i)
    which = {word: tuple(having) for word, having in found.items()}
    return languages, which, frozenset(which)


def language_of(text: str) -> tuple[str, float] | None:
    """The language of a text with a confidence, or None where it cannot be told."""
    languages, small, known = _small_words()
    votes = [0] * len(languages)
    for word in known.intersection(text.lower().split()):
        for language in small[word]:
            votes[language] += 1
    best = max(votes)
    which = votes.index(best)
    votes[which] = 0
    second = max(votes)
    if best < LEAST or best < second * LEAD:
        return None
    return languages[which], round(min(0.99, 1 - second / best / 2), 2)


def describe_language(document: Document, context: Context) -> list[Fact]:
    """Give the language of the body as an ISO 639 code, unless the source gives one."""
    if any(f.field == "language" for f in document.facts):
        return []
    text = document.text
    start = min(200, len(text) // 4)
    end = min(len(text), start + SAMPLE)
    found = language_of(text[start:end]) or (
        language_of(text[start : start + 4 * SAMPLE]) if len(text) > end else None
    )
    if found is None:
        return []
    return [Fact("language", found[0], "derived", "small words", (start, end), found[1])]
