"""The title of a treaty into the day and town of its signature: ", signed at Rome, May 26, 1930".

What comes in is a document's frame; what goes out is the date with the words between "signed" and
it. What later happened to the treaty is not its date.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from regesta.describing.dates.found import Found
from regesta.describing.dates.grammar import find_dates
from regesta.describing.frame.lines import Frame, tells_otherwise
from regesta.describing.kinds import kind_of_title
from regesta.describing.words import caseless, pattern, small

#: The town stands between "signed" and the day, in at most so many characters.
LONGEST_TOWN = 60
#: Titles of treaties stand in the first lines of these kinds.
TITLES, _TITLED = 4, frozenset(("heading", "dateline", "bracket"))


class Signing(NamedTuple):
    """When a treaty was signed.

    Attributes:
        found: The date.
        text: What it stands in: the document's text, or a heading outside it.
        town: Where the words between "signed" and the date begin.
    """

    found: Found
    text: str
    town: int


@lru_cache(maxsize=1)
def _signed() -> re.Pattern[str]:
    """ "Signed" behind a comma or stop: in "the convention signed on May 3" it is another's."""
    bare = caseless(pattern("date_words", "signed").pattern)
    return re.compile(rf"(?:^|[,.;:—–(]\s*){bare}(?!\w)", re.M)


def signing(frame: Frame) -> Signing | None:
    """The signature that the title of a treaty tells of, or None; it is asked for twice."""
    if not frame.asked_signing:
        frame.signing, frame.asked_signing = _signing(frame), True
    return frame.signing


def _signing(frame: Frame) -> Signing | None:
    # Few lines tell of a signature: whether the title is a treaty's is asked of those alone.
    for line in frame.head:
        if not line.dates or line.kind not in _TITLED:
            continue
        signed = _within(frame.text, line.start, line.end, line.dates)
        if signed is not None:
            lines = [x for x in frame.head if x.kind in _TITLED][:TITLES]
            return signed if any(map(_is_treaty, map(frame.words, lines))) else None
    if not frame.heading or not _is_treaty(frame.heading):
        return None
    dates = find_dates(frame.heading, 0, len(frame.heading))
    return _within(frame.heading, 0, len(frame.heading), dates)


def _is_treaty(title: str) -> bool:
    return kind_of_title(title) == "treaty"


def _within(text: str, start: int, end: int, dates: list[Found]) -> Signing | None:
    if not dates:
        return None
    for mark in _signed().finditer(small(text[start:end])):
        town = start + mark.end()
        day = next((d for d in dates if d.start >= town), None)
        if day is None or not day.day or not day.edtf or day.start - town > LONGEST_TOWN:
            continue
        between = text[town : day.start]
        if not tells_otherwise(between) and ";" not in between:
            return Signing(day, text, town)
    return None
