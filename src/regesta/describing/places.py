"""A document into its place of writing: the dateline without building, street and country."""

import re
from functools import lru_cache

from regesta.describing.base import Context
from regesta.describing.frame import Frame, Line, frame_of
from regesta.describing.gazetteer import locate
from regesta.describing.words import vocabulary
from regesta.documents import Document, Fact, Place

#: Confidence where the gazetteer knows the place, and where nothing but the dateline says it.
LOCATED, UNLOCATED = 0.97, 0.85

_LETTER = re.compile(r"[^\W\d_]")
_LEADING = re.compile(r"^(?:(?:at|off|near|in|zu|à|from|dated|de|en|in the|at the)\s+)+", re.I)
_TRAILING = re.compile(
    r"(?:[\s,.;:([—–-]|\b(?:le|den|the|this|il|el|am|vom|on|circa|ca?\.|undated|dated|d\. ?d|about|"
    r"ce|li)\b)+$",
    re.I,
)
_STOP = re.compile(r"(?<=[^\W\d]{4})\. +(?=[A-ZÀ-ÞА-Я])")


@lru_cache(maxsize=1)
def _building() -> re.Pattern[str]:
    nouns = "|".join(vocabulary("place_words")["building"])
    return re.compile(rf"\b(?:{nouns})\b", re.I)


@lru_cache(maxsize=1)
def _no_place() -> re.Pattern[str]:
    words = "|".join(vocabulary("place_words")["no_place"])
    return re.compile(rf"^(?:{words})\b", re.I)


@lru_cache(maxsize=1)
def _inside_building() -> re.Pattern[str]:
    """In "Consulate General … at Havana" the place stands after the last preposition."""
    return re.compile(r".*\b(?:at|à|zu)\s+(?P<name>[A-ZÀ-ÞА-Я][^,]*)$")


def describe_place(document: Document, context: Context) -> list[Fact]:
    """Give the place of writing, unless the source gives one."""
    if any(f.field == "place" for f in document.facts):
        return []
    frame = frame_of(document)
    fact = _from_datelines(frame) or _from_heading(frame)
    return [fact] if fact else []


def _from_datelines(frame: Frame) -> Fact | None:
    for lines in (frame.of("dateline"), frame.of("dateline", foot=True)[-1:]):
        pieces: list[tuple[int, int]] = []
        for line in lines:
            end = next((d.start for d in line.dates if not d.received), None)
            if end is None:
                received = next((d.start for d in line.dates), line.end)
                end = min(received, _bracket_start(frame, line))
            pieces += _segments(frame.text, line.start, end)
        fact = _choose(frame.text, pieces, "dateline")
        if fact is not None:
            return fact
    return None


def _bracket_start(frame: Frame, line: Line) -> int:
    at = frame.text.find("(", line.start + 1, line.end)
    return at if at >= 0 else line.end


def _segments(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The pieces between commas of the words before a date, as offsets."""
    pieces, at = [], start
    for match in re.finditer(r"[,;]|(?<=[^\W\d]{4})\.(?= +[A-ZÀ-ÞА-Я])", text[start:end]):
        pieces.append((at, start + match.start()))
        at = start + match.end()
    pieces.append((at, end))
    return [trimmed for a, b in pieces if (trimmed := _trim(text, a, b)) is not None]


def _trim(text: str, a: int, b: int) -> tuple[int, int] | None:
    """Take signs, prepositions and articles off both ends of a piece."""
    words = text[a:b]
    words_left = words.lstrip(' [(“"‘’”—–-.:')
    a += len(words) - len(words_left)
    words = words_left.rstrip(' ])”"’—–-:')
    lead = _LEADING.match(words)
    if lead:
        a += lead.end()
        words = words[lead.end() :]
    tail = _TRAILING.search(words)
    if tail and words[tail.start() :].strip() != ".":
        words = words[: tail.start()]
    words = words.rstrip()
    if words.endswith(".") and len(words) > 5:
        words = words[:-1]
    return (a, a + len(words)) if _LETTER.search(words) else None


def _choose(text: str, pieces: list[tuple[int, int]], rule: str) -> Fact | None:
    """The first piece that is a place; what follows it is its state or country."""
    candidates = [p for p in (_place_of(text, a, b) for a, b in pieces) if p is not None]
    if not candidates:
        return None
    best: tuple[int, int] | None = None
    for i, (a, b) in enumerate(candidates):
        region = text[slice(*candidates[i + 1])] if i + 1 < len(candidates) else ""
        found = locate(text[a:b], region)
        if found is not None:
            place = Place(text[a:b], found.latitude, found.longitude)
            return Fact("place", place, "derived", rule, (a, b), LOCATED)
        best = best or (a, b)
    assert best is not None
    name = text[slice(*best)]
    return Fact("place", Place(name), "derived", rule, best, UNLOCATED)


def _place_of(text: str, a: int, b: int) -> tuple[int, int] | None:
    """A piece without its building; None where nothing is left."""
    words = text[a:b]
    if any(c.isdigit() for c in words) or len(words) > 60 or _no_place().match(words):
        return None
    if not _LETTER.match(words) or words[0].islower():
        return None
    building = _building().search(words)
    if building is None:
        return (a, b) if len(words.split()) <= 6 else None
    inside = _inside_building().match(words)
    if inside and not _building().search(inside["name"]):
        return a + inside.start("name"), b
    after = words[building.end() :].strip(" .")
    if building.start() == 0 or not after:
        return None
    return None


def _from_heading(frame: Frame) -> Fact | None:
    """In "…, Wien, 10. April 1720" the place stands between the parties and the date."""
    for line in frame.of("heading"):
        dates = [d for d in line.dates if d.edtf and d.shape != "Y"]
        if dates and not frame.text[dates[-1].end : line.end].strip(" .)]"):
            comma = frame.text.rfind(",", line.start, dates[-1].start - 2)
            pieces = _segments(frame.text, comma + 1, dates[-1].start) if comma > 0 else []
            fact = _choose(frame.text, pieces, "heading")
            if fact is not None and isinstance(fact.value, Place):
                return fact if fact.value.latitude is not None else None
    return None
