"""A Word document of many letters into its letters: each under a heading, dated there or below it.

HTML made of the document in; the HTML of each letter out, its footnotes with it, and the words that
stand before the first.
"""

from dataclasses import dataclass
from typing import Any, Final

from lxml import etree

from regesta.reading.letters import FEWEST, is_letter

_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass(frozen=True, slots=True)
class PartedPage:
    """A page of several letters.

    Attributes:
        before: What stands above the first letter, one line a block.
        letters: The HTML of each letter.
    """

    before: tuple[str, ...]
    letters: tuple[str, ...]


def letters_of_page(page: str) -> PartedPage | None:
    """Part a page where all headings of a level, once letters begin, are those of letters."""
    root = etree.fromstring(page.encode("utf-8"), etree.HTMLParser(encoding="utf-8"))
    blocks = list(root.find("body"))
    for level in _HEADINGS:
        found = [at for at, block in enumerate(blocks) if block.tag == level]
        letters = [at for at in found if is_letter(_words(blocks[at]), _words_below(blocks, at))]
        if len(letters) >= FEWEST and letters == found[-len(letters) :]:
            higher = _HEADINGS[: _HEADINGS.index(level)]
            if any(block.tag in higher for block in blocks[letters[0] :]):
                return None  # chapters with letters in them: what they say of each would be lost
            return _parted(blocks, letters)
    return None


def _words(block: Any) -> str:
    return " ".join("".join(block.itertext()).split())


def _words_below(blocks: list[Any], at: int) -> str:
    below = blocks[at + 1] if at + 1 < len(blocks) else None
    return _words(below) if below is not None and below.tag == "p" else ""


def _parted(blocks: list[Any], starts: list[int]) -> PartedPage:
    listed = blocks[-1] if blocks[-1].tag == "ol" else None
    notes = {item.get("id"): item for item in listed} if listed is not None else {}
    if not notes or None in notes:
        listed, notes = None, {}
    end = len(blocks) - (listed is not None)
    before = tuple(filter(None, map(_words, blocks[: starts[0]])))
    letters = []
    for start, stop in zip(starts, [*starts[1:], end], strict=True):
        part = blocks[start:stop]
        called = [a.get("href", "")[1:] for block in part for a in block.iter("a")]
        own = "".join(_html(notes[name]) for name in dict.fromkeys(called) if name in notes)
        inner = "".join(map(_html, part)) + (f"<ol>{own}</ol>" if own else "")
        letters.append(f"<!DOCTYPE html><html><body>{inner}</body></html>")
    return PartedPage(before, tuple(letters))


def _html(block: Any) -> str:
    return str(etree.tostring(block, encoding="unicode", method="html"))
