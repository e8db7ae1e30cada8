"""A document into its language, by its small words and letters; short texts get none."""

import re
from functools import lru_cache

from regesta.describing.base import Context
from regesta.describing.words import vocabulary
from regesta.documents import Document, Fact

#: Characters of the text that are looked at: enough to be sure, few enough to be quick.
SAMPLE = 500
#: Fewer different small words than this say nothing.
LEAST = 5
#: The best language must have this many times the words of the next.
LEAD = 1.6

_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=1)
def _small_words() -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((k, frozenset(words)) for k, words in vocabulary("small_words").items())


def language_of(text: str) -> tuple[str, float] | None:
    """The language of a text with a confidence, or None where it cannot be told."""
    words = set(_WORD.findall(text.lower()))
    votes = sorted(((len(words & small), k) for k, small in _small_words()), reverse=True)
    (best, language), (second, _) = votes[:2]
    if best < LEAST or best < second * LEAD:
        return None
    return language, round(min(0.99, 1 - second / best / 2), 2)


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
