"""Names that name no place: a dateline's words in, whether they are of any building or body out."""

import re
from functools import lru_cache

from regesta.describing.words import word_set

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


@lru_cache(maxsize=4096)
def is_generic(name: str) -> bool:
    """Tell whether a name has no word of its own: "Embassy", "Government", "General Headquarters".

    "Foreign Office" and "Legation of Norland" have one.
    """
    words = [word.lower() for word in _WORD.findall(name)]
    return bool(words) and word_set("place_words", "generic").issuperset(words)
