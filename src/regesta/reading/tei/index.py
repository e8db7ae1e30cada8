"""A printed back-of-book index into subjects of the documents that stand on its pages.

An entry's heading is what stands before its page numbers; entries under it have it in their path.
Within an entry a semicolon begins a heading of its own. "See" references lead to other entries,
not to pages, and give none.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from regesta.reading.tei.text import Draft, Span
from regesta.reading.tei.words import words as words_of

#: A longer heading is cut at its first semicolon.
LONG_LABEL: Final = 100
_SEE: Final = re.compile(r"\(?\bsee(?: also)?(?: under)?\b.*", re.IGNORECASE | re.DOTALL)
_EDGES: Final = " \n\t,;:.–—-"


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A heading of an index with the pages or documents to which it points."""

    label: str
    path: tuple[str, ...]
    targets: tuple[str, ...]


def index_entries(draft: Draft) -> list[IndexEntry]:
    """Read the entries of a section's ``list type="index"``; other sections have none."""
    spans = draft.sink.spans
    if not any(s[0].name == "list" and s[3].get("type") == "index" for s in spans):
        return []
    text = draft.sink.text
    entries: list[IndexEntry] = []
    paths: dict[int, tuple[str, ...]] = {}
    items = [s for s in spans if s[0].name == "item" and _in_index(s)]
    children = _references(spans)
    nested = _inner_lists(spans)
    for item in items:
        outer = _outer_item(item)
        path = paths.get(id(outer), ()) if outer is not None else ()
        end = nested[id(item)] if id(item) in nested else int(item[2])
        headings = list(_headings(text, item[1], end, children.get(id(item), [])))
        own: tuple[str, ...] = (_heading(text[item[1] : end]),)
        if headings:
            own = (*headings[0][1], headings[0][0])
        paths[id(item)] = (*path, *filter(None, own))
        for label, base, targets in headings:
            if label and targets:
                entries.append(IndexEntry(label, (*path, *base), tuple(targets)))
    return entries


def _in_index(span: Span) -> bool:
    around = span[4]
    while around is not None and around[5] is None:
        if around[0].name == "list" and around[3].get("type") == "index":
            return True
        around = around[4]
    return False


def _outer_item(span: Span) -> Span | None:
    around: Span | None = span[4]
    while around is not None and around[5] is None:
        if around[0].name == "item":
            return around
        around = around[4]
    return None


def _references(spans: Iterable[Span]) -> dict[int, list[Span]]:
    found: dict[int, list[Span]] = {}
    for span in spans:
        if span[0].name == "ref":
            item = _outer_item(span)
            if item is not None:
                found.setdefault(id(item), []).append(span)
    return found


def _inner_lists(spans: Iterable[Span]) -> dict[int, int]:
    """Where an item's own words end because a list of entries under it begins."""
    ends: dict[int, int] = {}
    for span in spans:
        if span[0].name == "list":
            item = _outer_item(span)
            if item is not None:
                ends.setdefault(id(item), span[1])
    return ends


def _heading(words: str) -> str:
    words = " ".join(words.split())
    words = _SEE.sub("", words)
    opened = words.count("(") - words.count(")")
    if opened < 0:  # The end of a bracket that a reference stood in: "supra), terms".
        words = words[words.rindex(")") + 1 :]
    elif opened > 0:
        words = words[: words.rindex("(")]
    words = words.strip(_EDGES)
    # A synopsis, not a heading: its first part names the matter.
    return words.partition(";")[0].strip(_EDGES) if len(words) > LONG_LABEL else words


def _headings(
    text: str, start: int, end: int, references: list[Span]
) -> Iterable[tuple[str, tuple[str, ...], list[str]]]:
    """Go through an item's words: label, broader headings within the item, and targets."""
    joiners = words_of("index", "joiners")
    base = ""
    label = ""
    targets: list[str] = []
    at = start
    first = True
    elsewhere = ""  # within "see also …", which ends with its bracket or its sentence
    for reference in references:
        if reference[1] > end:
            break
        target = reference[3].get("target", "")
        words = text[at : reference[1]]
        at = reference[2]
        words, elsewhere = _without_see(words, elsewhere)
        named = _heading(words) if len(words) > 3 else ""
        if any(c.isalpha() for c in named) and named.casefold() not in joiners:
            if targets:
                yield label, (base,) if base and base != label else (), targets
            targets = []
            if first:
                whole, _, last = named.rpartition(": ")
                base, label = (whole.strip(_EDGES), last) if whole else (named, named)
                first = False
            else:
                label = named
        if target.startswith(("#pg_", "#d")) or re.match(r"#p(?:age)?[-_]?\d", target):
            targets += _range(words, target, targets)
    if targets:
        yield label, (base,) if base and base != label else (), targets


def _without_see(words: str, elsewhere: str) -> tuple[str, str]:
    """Words between references without those of "see also A: B; and under C".

    Args:
        words: What stands between two references.
        elsewhere: ")" or "." where a "see" before them ends so, else "".

    Returns:
        The words of headings, with those of a "see" that begins in them, and what ends that one.
    """
    if elsewhere == ")":
        _, closed, words = words.partition(")")
        elsewhere = "" if closed else ")"
    elif elsewhere and words.lstrip()[:1] == ".":
        words, elsewhere = words.lstrip()[1:], ""
    elif elsewhere:
        words = ""
    found = _SEE.search(words)
    if found:
        opened = words.count("(", 0, found.end()) > words.count(")", 0, found.start() + 1)
        elsewhere = ")" if opened and ")" not in found[0] else "" if ")" in found[0] else "."
    return words, elsewhere


def _range(words: str, target: str, before: list[str]) -> list[str]:
    """Give a target, with the pages between it and the one before where a dash joins them."""
    if before and words.strip() in ("–", "-", "—"):
        head = re.fullmatch(r"(#\D+)(\d+)", before[-1])
        tail = re.fullmatch(r"(#\D+)(\d+)", target)
        if head and tail and head[1] == tail[1] and 0 < int(tail[2]) - int(head[2]) <= 30:
            return [f"{tail[1]}{n}" for n in range(int(head[2]) + 1, int(tail[2]) + 1)]
    return [target]
