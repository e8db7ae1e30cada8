"""Notes into clauses: pages, volumes, document numbers and "not printed", before they are resolved.

A page belongs to this collection unless the clause names another publication.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from msgspec.structs import replace

from regesta.documents import Mark
from regesta.linking.base import Cited, Mention, Passage
from regesta.linking.references.volumes import find_series, read_volume, volume_of
from regesta.linking.words import alternatives, vocabulary

#: Between a mention and its page, in code points.
BETWEEN = 110
#: A clause that says nothing but "supra" is no longer than this.
SHORT = 16
#: Most pages that one clause lists.
MOST_PAGES = 8
_CLAUSE = re.compile(r";\s|(?<=[\d)\]])\.\s+(?=[A-Z])|(?<=[a-z]{5})\.\s+(?=[A-Z])")
#: A word that may belong to the title of another publication.
_TITLE = re.compile(r"\b[A-ZÀ-Þ][\w’']{2,}|\d")


@dataclass(frozen=True, slots=True)
class NoteWords:
    """Patterns of what notes say in one language; see ``reference_words.toml``."""

    page: re.Pattern[str]
    here: re.Pattern[str]
    plain: re.Pattern[str]
    document: re.Pattern[str]
    unprinted: re.Pattern[str]
    same: re.Pattern[str]
    volume: re.Pattern[str]
    pointer: re.Pattern[str]
    step: tuple[re.Pattern[str], re.Pattern[str]]


@dataclass(slots=True)
class Clause:
    """What one clause of a note says."""

    start: int
    end: int
    mentions: list[int] = field(default_factory=list)
    pages: list[tuple[int, int, str]] = field(default_factory=list)
    targets: list[Mark] = field(default_factory=list)
    document: tuple[int, int, str] | None = None
    cited: Cited | None = None
    unprinted: bool = False
    pointer: bool = False
    step: int = 0


@lru_cache(maxsize=4)
def note_words(language: str) -> NoteWords:
    """Compile the words of notes in a language of the vocabulary."""
    table = vocabulary("reference_words")[language]["notes"]
    number = r"\d{1,4}"
    more = rf"(?:\s*(?:,?\s*(?:and|&|und|et)|,|–|—|-)\s*{number}(?!\d|\s*[ap]\.|,?\s*vol))"
    steps = tuple(
        re.compile(rf"\W*(?:{alternatives(table[key])})\W*$") for key in ("previous", "next")
    )
    return NoteWords(
        page=re.compile(rf"(?<!\w)(?:{alternatives(table['page'])})\s*(?P<list>{number}{more}*)"),
        here=re.compile(rf"(?<!\w)(?:{alternatives(table['back'] + table['forth'])})\W*$"),
        plain=re.compile(rf"(?<!\w)(?:{alternatives(table['plain'])})(?!\w)"),
        document=re.compile(
            rf"(?<!\w)(?:{alternatives(table['document'])})\s*(?P<n>{number})(?![\d/]|\s*,?\s*of)"
        ),
        unprinted=re.compile(rf"(?<!\w)(?:{alternatives(table['unprinted'])})(?!\w)"),
        same=re.compile(rf"(?<!\w)(?:{alternatives(table['same'])})"),
        volume=re.compile(
            rf"(?<!\w)(?:{alternatives(table['volume'])})\s*(?:[ivxlc]+|\d+)\b", re.I
        ),
        pointer=re.compile(rf"(?<!\w)(?:{alternatives(table['pointer'])})"),
        step=(steps[0], steps[1]),
    )


def clauses(text: str, passage: Passage) -> Iterator[tuple[int, int]]:
    """Cut a note into clauses: start and end of each."""
    start = passage.start
    for match in _CLAUSE.finditer(text, passage.start, passage.end):
        yield start, match.start() + 1
        start = match.end()
    yield start, passage.end


def read_clause(
    text: str,
    start: int,
    end: int,
    words: NoteWords,
    own: Sequence[Mention],
    refs: Sequence[Mark],
    last: Cited | None,
) -> Clause:
    """Read one clause.

    Args:
        text: The note's text.
        start, end: The clause in it.
        words: Of the note's language.
        own: The mentions of the whole note.
        refs: What the editors' mark-up of the note points to.
        last: The volume that the clause before cites, for "ibid.".
    """
    clause = Clause(start, end)
    clause.mentions = [i for i, m in enumerate(own) if start <= m.start < end]
    clause.targets = [m for m in refs if start <= m.start < end]
    clause.unprinted = words.unprinted.search(text, start, end) is not None
    clause.pointer = words.pointer.search(text, start, end) is not None
    series = find_series(text, start, end)
    volume = words.volume.search(text, start, end)
    if series is not None:
        clause.cited = read_volume(text[series.end() : end])
        clause.cited = replace(
            clause.cited, series=_series_name(text[series.start() : series.end()])
        )
    elif (again := words.same.search(text, start, end)) is not None:
        clause.cited = _again(last, text[again.end() : end])
    elif _foreign(text, start, volume.start() if volume else start, words):
        last = None
    elif volume is not None:
        clause.cited = read_volume(text[volume.start() : end])
    for listed in words.page.finditer(text, start, end):
        numbers = re.finditer(r"\d+", listed["list"])
        at = listed.start("list")
        found = [(at + n.start(), at + n.end(), n.group()) for n in numbers][:MOST_PAGES]
        if clause.cited or _is_ours(text, listed.start(), clause, words, own, found):
            clause.pages += found
    if numbered := words.document.search(text, start, end):
        clause.document = (numbered.start(), numbered.end(), numbered["n"])
    tail = text[start:end] if end - start < SHORT else ""
    if clause.mentions and not clause.pages:
        tail = text[own[clause.mentions[-1]].end : end].rpartition(",")[2]
    clause.step = -1 if words.step[0].match(tail) else 1 if words.step[1].match(tail) else 0
    return clause


def _again(last: Cited | None, text: str) -> Cited | None:
    """The volume of "ibid., 1919, vol. ii": that of the clause before, but for what it says."""
    if last is None:
        return None
    said = read_volume(text)
    if said.years:
        return replace(said, series=last.series)
    return replace(last, volume=said.volume or last.volume)


def _foreign(text: str, start: int, stop: int, words: NoteWords) -> bool:
    """Whether the title of another publication stands before a volume: "State Papers, vol. 5"."""
    return _TITLE.search(words.plain.sub("", text[start:stop])) is not None


def _is_ours(
    text: str,
    at: int,
    clause: Clause,
    words: NoteWords,
    own: Sequence[Mention],
    found: list[tuple[int, int, str]],
) -> bool:
    """Whether a page is one of this collection: the mark-up, "ante", or no other title says so."""
    if any(
        mark.start < end and start < mark.end for start, end, _ in found for mark in clause.targets
    ):
        return True
    start = max([clause.start, *(own[i].end for i in clause.mentions if own[i].end <= at)])
    between = text[start:at]
    if clause.pages and not between.strip(" ,and&"):
        return True
    if words.here.search(between[-40:]):
        return True
    return (start > clause.start and len(between) < BETWEEN) or not _TITLE.search(
        words.plain.sub("", between)
    )


def _series_name(printed: str) -> str:
    read = volume_of(printed)
    return read.series if read else ""
