"""Recognises how a page is laid out from its blocks alone: title, source line, collection, ways on.

The model is the page of an on-line collection: a date or heading for a title, a line that says
where it was printed, the text, the collection's name, and links to its indexes.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from regesta.documents import HistoricalDate
from regesta.reading.printed_dates import date_at_end, whole_date
from regesta.vocabularies import vocabulary

#: A title or source line is one line of a page: longer blocks are text.
MAX_LINE = 200

#: The text begins within so many blocks after a title (dateline, number, salutation).
_NEAR = 4


class _Patterns(NamedTuple):
    """Ways on, a line that ends with them, how a line begins that names a source."""

    ways: re.Pattern[str]
    tail: re.Pattern[str]
    source: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    words = vocabulary("sites")["ways"]
    names = "|".join(words["words"])
    way = rf"\[?\s*(?:{names})\s*\]?"
    ways = re.compile(rf"{way}(?:\s*[|·•–—-]?\s*{way})+$", re.I)
    tail = re.compile(rf"\s*(?:\[\s*(?:{names})\s*\]\s*){{2,}}$", re.I)
    source = "|".join(words["source_words"])
    begins = re.compile(rf"(?:{source})(?:\s*:|\s+the\b|\s+in\b)?\s+\S", re.I)
    return _Patterns(ways, tail, begins)


@dataclass(frozen=True, slots=True)
class Shape:
    """Which blocks are what, by index; None where there is none.

    Attributes:
        title: The page's title.
        source: The line that says where it was printed.
        collection: The collection's name below the text.
        ways: The links to the collection's indexes, navigation rather than text.
        name: The collection's name, on a line of its own or before the ways on.
        date: The page's date, where its title is one.
        rule: What gave the date ("title line").
    """

    title: int | None = None
    source: int | None = None
    collection: int | None = None
    ways: int | None = None
    date: HistoricalDate | None = None
    rule: str = ""
    name: str = ""


def recognise(blocks: Sequence[str]) -> Shape:
    """Find the parts of a page.

    Without the links to indexes at the end only a title is told from the text, and only where it
    stands alone and is no dateline, salutation or sentence: the rest is left to the describers.
    """
    if len(blocks) < 2:
        return Shape()
    ways = _ways(blocks)
    if ways is None:
        return Shape(title=0 if looks_like_title(blocks[0], blocks[1:]) else None)
    name = _patterns().tail.sub("", " ".join(blocks[ways].split())) if ways else ""
    name = "" if is_ways(blocks[ways]) else name
    collection = ways - 1 if not name and ways >= 2 and _short(blocks[ways - 1]) else None
    last = ways if collection is None else collection
    if collection is not None:
        name = " ".join(blocks[collection].split())
    title = 0 if last > 1 and _short(blocks[0]) else None
    date = whole_date(blocks[0]) if title == 0 else None
    source = 1 if title == 0 and last > 2 and _may_be_source(blocks[1], dated=bool(date)) else None
    rule = "title line" if date else ""
    if source and date is None:
        found = date_at_end(blocks[1])
        date, rule = (found[1], "source line") if found else (None, "")
    return Shape(title, source, collection, ways, date, rule, name)


def _may_be_source(block: str, *, dated: bool) -> bool:
    """Tell whether the block under a title says where it was printed."""
    if not _short(block) or block[-1] in ".!?:":
        return False
    return dated or date_at_end(block) is not None or is_source_line(block)


def is_source_line(block: str) -> bool:
    """Tell whether a short block says of itself where the text was printed ("Source: …")."""
    return _short(block) and _patterns().source.match(block) is not None


def looks_like_title(block: str, following: Sequence[str]) -> bool:
    """Tell whether a first block is a title: short; no sentence, dateline, salutation, address.

    Args:
        block: The first block.
        following: The blocks after it; text, longer than the title, is among the first of them.
    """
    words = block.split()
    longer = any(len(one) > len(block) for one in following[:_NEAR])
    if len(words) < 3 or len(block) > MAX_LINE or "\n" in block or not longer:
        return False
    if block[-1] in ",;:!?" or not (words[0][0].isupper() or words[0][0].isdecimal()):
        return False
    dated = date_at_end(following[0]) is not None and _short(following[0])
    return (block[-1] != "." or dated) and date_at_end(block) is None


def _ways(blocks: Sequence[str]) -> int | None:
    """The last block that holds nothing but names of indexes, near the end."""
    for index in range(len(blocks) - 1, max(len(blocks) - 5, 0), -1):
        block = blocks[index]
        if has_ways(block):
            return index
    return None


def is_ways(block: str) -> bool:
    """Tell whether a block is nothing but links to indexes ("[Subject] [Author] [Date]")."""
    return len(block) < MAX_LINE and _patterns().ways.match(" ".join(block.split())) is not None


def has_ways(block: str) -> bool:
    """Tell whether a block is links to indexes, or ends with them after a collection's name."""
    return is_ways(block) or (_short(block) and _patterns().tail.search(block) is not None)


def _short(block: str) -> bool:
    return 0 < len(block) <= MAX_LINE and "\n" not in block
