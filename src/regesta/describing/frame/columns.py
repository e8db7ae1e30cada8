"""A line in which two of a head stand side by side: a number or form, and a house, hour or receipt.

What comes in are the words of a line; what goes out is where the second begins. Editions set both
in two columns, which text puts on one line: "No. 12.] Department of State", "Tel. (No. 3.) R. 6
P.M.", "Nr. 266 vom 14. 10. Ankunft: 15. Oktober".
"""

import re
from functools import lru_cache

from regesta.describing.forms import is_form
from regesta.describing.frame.lines import LineKind, receipt_within
from regesta.describing.frame.shapes import is_number
from regesta.describing.words import pattern

_CLOSED = re.compile(r"(?<=[\d.\w]\])\s+(?=[^\W\d]{2})")
_CLOCK = re.compile(r"(?<=[.)\]])\s+(?=[DR]\. \d)")


def second_column(words: str) -> int:
    """Where the second of two things begins in a line with figures; 0 where there is one."""
    if "]" in words and (closed := _CLOSED.search(words)) and is_number_only(words, closed):
        return closed.end()
    clock = _CLOCK.search(words)
    if clock is not None and column_kind(words[: clock.start()]):
        return clock.end()
    arrived = receipt_within().search(words) or _handed_in_within().search(words)
    if arrived is not None and column_kind(words[: arrived.start()]):
        return arrived.end()
    return 0


def is_number_only(words: str, closed: re.Match[str]) -> bool:
    """Whether a document's number stands before the bracket that closes it."""
    return is_number(words[: closed.start()], first=False)


@lru_cache(maxsize=1)
def _handed_in_within() -> re.Pattern[str]:
    """The white space before the time of handing in within a line."""
    return pattern("letter_words", "handed_in", r"\s+(?={}:?\s.{0,40}\d)")


def column_kind(words: str) -> LineKind | None:
    """What the first of two is: a number, or words for the form."""
    if is_number(words, first=False):
        return "number"
    return "bracket" if is_form(words) else None
