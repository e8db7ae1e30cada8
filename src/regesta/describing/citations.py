"""Where a document is kept, as its edition prints it: "PA AA, R 1234", "АВП РФ, ф. 04, …".

What comes in is a text and the lines of its head; what goes out is the span of the line that names
an archive with a shelfmark, or is labelled as the source, above or below the text.
"""

from collections.abc import Iterable
from functools import lru_cache

from regesta.describing.openings import Openings
from regesta.describing.words import DIGIT, vocabulary

#: Shelfmarks stand in the head or in so many lines at the end.
FOOT_LINES = 3
#: A longer line is no shelfmark.
LONGEST = 240


@lru_cache(maxsize=1)
def _citation() -> Openings:
    words = vocabulary("citation_words")
    labels = (rf"{label}\s*(?P<after{i}>[^\n]+)" for i, label in enumerate(words["label"]))
    archives = (
        rf"{archive}(?!\w)(?=[^\n]*[\d№])(?:[,.:;/ (][^\n]*)?" for archive in words["archive"]
    )
    form = r"[\[(]?{}[\])]?\s*(?:\n|$)"
    return Openings((*labels, *archives, *words["shelfmark"]), form, before="[(")


def find_citation(text: str, lines: Iterable[tuple[int, int]] = ()) -> tuple[int, int] | None:
    """Find the line that says where a document is kept.

    Args:
        text: The document's text.
        lines: The lines of its head, as offsets; the last ones are looked at in any case.

    Returns:
        The span of the archive and shelfmark, without label, bracket and stop; None without any.
    """
    for start, end in (*lines, *_last_lines(text)):
        if not 4 < end - start <= LONGEST:
            continue
        found = _citation().match(text, start, end)
        if found is None or not DIGIT.search(text, start, end):
            continue
        a, b = found.span(found.lastgroup or 0)
        a += text[a] in "[("
        words = text[a:b].rstrip(" .;])\n")
        if any(c.isalpha() for c in words) and any(c.isdecimal() for c in words):
            return a, a + len(words)
    return None


def _last_lines(text: str) -> list[tuple[int, int]]:
    lines, end = [], len(text)
    for _ in range(FOOT_LINES):
        if end <= 0:
            break
        start = text.rfind("\n", 0, end) + 1
        lines.append((start, end))
        end = start - 1
    return lines
