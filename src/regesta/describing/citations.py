"""Where a document is kept, as its edition prints it: "PA AA, R 1234", "АВП РФ, ф. 04, …".

What comes in is a text; what goes out is the span of the line that names an archive with a
shelfmark, or is labelled as the source, above or below the text.
"""

import re
from functools import lru_cache

from regesta.describing.words import vocabulary

#: Shelfmarks stand in so many characters of the beginning and the end of a text.
WITHIN_HEAD, WITHIN_FOOT = 700, 500
#: A longer line is no shelfmark.
LONGEST = 240


@lru_cache(maxsize=1)
def _citation() -> re.Pattern[str]:
    words = vocabulary("citation_words")
    label, archive = "|".join(words["label"]), "|".join(words["archive"])
    shelf = "|".join(words["shelfmark"])
    rest = rf"[^\n]{{1,{LONGEST}}}"
    return re.compile(
        rf"^[\[(]?(?:(?:{label})\s*(?P<labelled>{rest})|(?P<kept>(?:{archive})(?!\w)"
        rf"(?=[^\n]*[\d№])(?:[,.:;/ (][^\n]{{0,{LONGEST}}})?)|(?P<shelf>(?:{shelf})))[\])]?$",
        re.M,
    )


def find_citation(text: str) -> tuple[int, int] | None:
    """Find the line that says where a document is kept.

    Args:
        text: The document's text.

    Returns:
        The span of the archive and shelfmark, without label, bracket and stop; None without any.
    """
    head = _citation().search(text, 0, WITHIN_HEAD)
    size = len(text)
    start = max(0, size - WITHIN_FOOT)
    found = head or (_citation().search(text, text.find("\n", start) + 1) if size else None)
    if found is None:
        return None
    a, b = found.span(found.lastgroup or 0)
    words = text[a:b].rstrip(" .;])")
    if not any(c.isalpha() for c in words) or not any(c.isdigit() for c in words):
        return None
    return a, a + len(words)
