"""A printed back-of-book index into subjects of the documents that stand on its pages.

An entry's heading is what stands before its page numbers; entries under it have it in their path.
Within an entry a semicolon begins a heading of its own: under the first, or beside it where both
are names. "See" references lead to other entries, not to pages, and give none.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from regesta.reading.tei.index_case import Cases
from regesta.reading.tei.text import Draft, Span
from regesta.reading.tei.words import words as words_of

#: A longer heading is cut at its first semicolon.
LONG_LABEL: Final = 100
_SEE: Final = re.compile(r"\(?\bsee(?: also)?(?: under)?\b.*", re.IGNORECASE | re.DOTALL)
_DASHES: Final = ("–", "-", "—")
#: What leads to a page or a document: by its id, or by the number that is printed.
_PAGE: Final = re.compile(r"#p(?:age)?[-_]?\d")
_NUMBER: Final = re.compile(r"\W*\d")
_UNLINKED: Final = re.compile(r"\s(\d{1,4})\s*[–—-]\s*$")
#: Share of dashes that follow another dash at once; in an index with ranges they are misprints.
_FEW: Final = 0.1
_EDGES: Final = " \n\t,;:.–—-"


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A heading of an index with the pages or documents to which it points."""

    label: str
    path: tuple[str, ...]
    targets: tuple[str, ...]


def index_entries(draft: Draft) -> list[IndexEntry]:
    """Read the entries of a section's ``list type="index"``, or of a section that is an index."""
    spans = draft.sink.spans
    whole = draft.attrs.get("type", "").casefold() in words_of("index", "kinds")
    if not any(s[0].name == "list" and (whole or s[3].get("type") == "index") for s in spans):
        return []
    text = draft.sink.text
    cases = Cases(text)
    dashes = not _dashes_only_part(spans, text)
    entries: list[IndexEntry] = []
    paths: dict[int, tuple[str, ...]] = {}
    items = [s for s in spans if s[0].name == "item" and (whole or _in_index(s))]
    children = _references(spans)
    nested = _inner_lists(spans)
    for item in items:
        outer = _outer_item(item)
        path = paths.get(id(outer), ()) if outer is not None else ()
        end = nested[id(item)] if id(item) in nested else int(item[2])
        of_item = _Item(cases, dashes)
        headings = list(of_item.read(text, item[1], end, children.get(id(item), [])))
        own: tuple[str, ...] = (_heading(text[item[1] : end]),)
        if headings:
            own = (*headings[0].path, headings[0].label)
        paths[id(item)] = (*path, *(cases.spelt(part) for part in own if part))
        for entry in headings:
            if entry.label and entry.targets:
                spelt = tuple(cases.spelt(part) for part in entry.path)
                entries.append(IndexEntry(cases.spelt(entry.label), (*path, *spelt), entry.targets))
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


class _Item:
    """Reads the words of one item.

    Args:
        cases: How the index spells.
        dashes: Whether a dash between pages means those between them.
    """

    def __init__(self, cases: Cases, dashes: bool) -> None:
        self.cases, self.dashes = cases, dashes
        #: Headings above, the heading that what follows stands under, and words before its name.
        self.above, self.base, self.stem = "", "", ""
        self.label = ""

    def read(self, text: str, start: int, end: int, references: list[Span]) -> Iterator[IndexEntry]:
        """Go through an item's words: its headings with what they point to."""
        joiners = words_of("index", "joiners")
        targets: list[str] = []
        at = start
        elsewhere = ""  # within "see also …", which ends with its bracket or its sentence
        for reference in references:
            if reference[1] > end:
                break
            target = reference[3].get("target", "")
            words = text[at : reference[1]]
            at = reference[2]
            words, elsewhere = _without_see(words, elsewhere)
            words, unlinked = _without_page(words, target)
            named = _heading(words) if len(words) > 3 else ""
            if any(c.isalpha() for c in named) and named.casefold() not in joiners:
                if targets:
                    yield self._entry(targets)
                targets = []
                self._take(named)
            targets += unlinked
            numbered = _NUMBER.match(text, reference[1], reference[2]) and target[:1] == "#"
            if numbered or target.startswith(("#pg_", "#d")) or _PAGE.match(target):
                joined = "–" if unlinked else words
                targets += _range(joined, target, targets) if self.dashes else [target]
        if targets:
            yield self._entry(targets)

    def _entry(self, targets: list[str]) -> IndexEntry:
        path = self.base if self.base != self.label else self.above
        return IndexEntry(self.label, (path,) if path else (), tuple(targets))

    def _take(self, named: str) -> None:
        """Take over a heading: under the first one, or beside it where both are names."""
        if not self.base:
            self.above, _, self.label = named.rpartition(": ")
            self.above = self.above.strip(_EDGES)
            self.base = self.above or self.label
            self.stem = self.cases.stem(self.label)
            return
        first = self.label
        self.label = named
        if not self.cases.is_name(named):
            self.stem = self.cases.stem(named) if self.above else ""
        elif self.stem:
            self.label = f"{self.stem}{named}"
            self.base = self.above or self.label
        elif not self.above and self.cases.is_name(first) and first == self.base:
            self.base = self.label


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


def _without_page(words: str, target: str) -> tuple[str, list[str]]:
    """Words without a page that has no link of its own: "by Norland 44–" before a linked 48."""
    found = _UNLINKED.search(words)
    tail = re.fullmatch(r"(#\D+)(\d{1,9})", target)
    if not found or not tail or int(found[1]) >= int(tail[2]):
        return words, []
    return words[: found.start()], [f"{tail[1]}{int(found[1])}"]


def _dashes_only_part(spans: Iterable[Span], text: str) -> bool:
    """Whether an index parts its pages by dashes ("84– 98– 106"): then a dash means no range."""
    references = [span for span in spans if span[0].name == "ref"]
    dashed = [text[a[2] : b[1]].strip() in _DASHES for a, b in pairwise(references)]
    rows = sum(one and two for one, two in pairwise(dashed))
    return rows > _FEW * sum(dashed)


def _range(words: str, target: str, before: list[str]) -> list[str]:
    """Give a target, with the pages between it and the one before where a dash joins them."""
    if before and words.strip() in _DASHES:
        head = re.fullmatch(r"(#\D+)(\d{1,9})", before[-1])
        tail = re.fullmatch(r"(#\D+)(\d{1,9})", target)
        if head and tail and head[1] == tail[1] and 0 < int(tail[2]) - int(head[2]) <= 30:
            return [f"{tail[1]}{n}" for n in range(int(head[2]) + 1, int(tail[2]) + 1)]
    return [target]
