"""A document into its language, by its small words and letters; short texts get none."""

import re
from collections import Counter
from functools import lru_cache

from regesta.describing.base import Context
from regesta.describing.words import vocabulary
from regesta.documents import Document, Fact

#: Characters of the text that are looked at: enough to be sure, few enough to be quick.
SAMPLE = 600
#: Fewer small words than this say nothing.
LEAST = 5
#: The best language must have this many times the words of the next.
LEAD = 1.6

_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=1)
def _small_words() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for language, words in vocabulary("small_words").items():
        for word in words:
            found[word] = (*found.get(word, ()), language)
    return found


def language_of(text: str) -> tuple[str, float] | None:
    """The language of a text with a confidence, or None where it cannot be told."""
    votes: Counter[str] = Counter()
    known = _small_words()
    for word in _WORD.findall(text.lower()):
        languages = known.get(word)
        if languages:
            for language in languages:
                votes[language] += 1 / len(languages)  # type: ignore[assignment]
    best = votes.most_common(2)
    if not best or best[0][1] < LEAST:
        return None
    second = best[1][1] if len(best) > 1 else 0.0
    if best[0][1] < second * LEAD:
        return None
    return best[0][0], round(min(0.99, 1 - second / best[0][1] / 2), 2)


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
