"""Whole numbers as sources write them: a text comes in, its number or None goes out."""

from typing import Final

#: Most figures of a number that is read: every such number fits a column of 64 bits, and no
#: source can make one that Python refuses to read (it stops at 4,300 figures).
MOST_FIGURES: Final = 18


def whole_number(text: str) -> int | None:
    """Read a text of nothing but the figures 0 to 9; None for any other.

    The figures of other scripts and raised ones ("6²", for which ``str.isdigit`` is true and
    ``int`` fails) are no number of a document, a page or a note; nor are more than
    ``MOST_FIGURES`` figures.
    """
    if not text.isascii() or not text.isdecimal() or len(text) > MOST_FIGURES:
        return None
    return int(text)
