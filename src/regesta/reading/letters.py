"""A Markdown file of several letters into its letters: each under a heading that says who and when.

"## Kell an Holm, Wien, 14. Januar 1849" is no chapter of one document. Only where every heading of
a level joins two parties, and ends with a date or has a dateline below it, is a file parted there;
a journal is not.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from regesta.reading.markdown import FENCE, HEADING, heading_words
from regesta.reading.printed_dates import date_at_end
from regesta.vocabularies import vocabulary

#: Fewest letters that make a file one of several.
FEWEST = 2
#: A dateline below a heading is a line by itself, of so many characters at most.
_DATELINE = 80


@dataclass(frozen=True, slots=True)
class Parted:
    """Where a file of several letters is parted.

    Attributes:
        starts: The lines with their headings, in order.
        title: What a heading of a higher level above them calls them all, or "".
        before: The last line, not included, of a text above the first; 0 where there is none.
    """

    starts: tuple[int, ...]
    title: str = ""
    before: int = 0


@cache
def _joins() -> re.Pattern[str]:
    """A word that joins sender and recipient, between two words that are names."""
    words = "|".join(map(re.escape, vocabulary("citation_marks")["between"]))
    return re.compile(rf"\w[\w.)]*\s+(?:{words})\s+(?:\w+\s+){{0,3}}?[^\W\d_a-zà-ÿа-я]")


def letters_in(lines: Sequence[str]) -> Parted | None:
    """Give where a file is parted into its letters; None where it holds one document."""
    headings: dict[int, list[tuple[int, str]]] = {}
    fenced = False
    for at, line in enumerate(lines):
        fenced ^= FENCE.match(line) is not None
        if not fenced and (match := HEADING.match(line)):
            headings.setdefault(len(match[1]), []).append((at, heading_words(match)))
    for level, found in sorted(headings.items()):
        if len(found) >= FEWEST and all(is_letter(w, _below(lines, at)) for at, w in found):
            return _parted(lines, level, [at for at, _ in found], headings)
    return None


def is_letter(heading: str, below: str) -> bool:
    """Tell whether a heading joins two parties and ends with a date, or has a dateline below it."""
    if _joins().search(heading) is None:
        return False
    dated = len(below) <= _DATELINE and date_at_end(below.rstrip(" .")) is not None
    return dated or date_at_end(heading) is not None


def _below(lines: Sequence[str], at: int) -> str:
    """The first line with words below a heading."""
    return next((line.strip() for line in lines[at + 1 :] if line.strip()), "")


def _parted(
    lines: Sequence[str], level: int, starts: list[int], headings: dict[int, list[tuple[int, str]]]
) -> Parted | None:
    above = [(at, words) for n in headings if n < level for at, words in headings[n]]
    if any(at > starts[0] for at, _ in above):
        return None  # chapters with letters in them: what they say of each would be lost
    text = [at for at in range(starts[0]) if lines[at].strip()]
    if len(above) == 1 and text == [above[0][0]]:
        return Parted(tuple(starts), title=above[0][1])
    return Parted(tuple(starts), before=starts[0] if text else 0)
