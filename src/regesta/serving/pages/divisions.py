"""The divisions of a long document: its enclosures, headings and articles, else its printed pages.

What comes in are the entries that the reading column met; out goes a table of contents, or nothing
where the document is short or has no parts.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from regesta.documents import Document
from regesta.serving.pages.words import shorten

#: Characters from which a text is long: some five printed pages.
LONG = 12_000
#: A contents of fewer entries helps nobody; one of more is folded away.
_LEAST, _MOST = 3, 400
#: Longest line that is taken for a division's heading; longest entry.
_LINE, _ENTRY = 80, 72


@dataclass(frozen=True, slots=True)
class Division:
    """A part of a document: where it stands on the page, what it is called, how deep it lies."""

    anchor: str
    label: str
    depth: int = 0


@cache
def _opening() -> re.Pattern[str]:
    path = resources.files("regesta.vocabularies") / "division_words.toml"
    words = tomllib.loads(path.read_text("utf-8"))
    numbers = "|".join((r"\d{1,3}[a-z]?", "[ivxlc]{1,7}", "[a-z]", *words["number"]))
    return re.compile(rf"(?:{'|'.join(words['word'])})\.? (?:{numbers}) *(?:[.:—–-]|$)", re.I)


def opens_division(line: str) -> bool:
    """Whether a line is the heading of an article, a chapter or an annex: "Article IV"."""
    line = line.strip(" []*—–-")
    return len(line) <= _LINE and _opening().match(line) is not None and line[:1].isupper()


def contents_of(document: Document, met: Sequence[Division]) -> tuple[Division, ...]:
    """The table of contents of a long document."""
    if len(document.text) < LONG:
        return ()
    if len(met) >= _LEAST:
        return tuple(
            Division(d.anchor, shorten(" ".join(d.label.split()), _ENTRY), d.depth)
            for d in met[:_MOST]
        )
    seen: dict[str, Division] = {}
    for mark in document.marks:
        if mark.kind == "page" and mark.value:
            key = f"pg_{'_'.join(mark.value.split())}"
            seen.setdefault(key, Division(key, f"page {mark.value}"))
    return tuple(seen.values())[:_MOST] if len(seen) >= _LEAST else ()
