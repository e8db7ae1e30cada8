"""A document into its place of writing: the dateline without building, street and country."""

import re
from functools import lru_cache

import msgspec

from regesta.describing.base import Context
from regesta.describing.frame import CONNECTED, Frame, Line, frame_of
from regesta.describing.gazetteer import locate
from regesta.describing.grammar import Found, find_dates
from regesta.describing.headings import parse_heading
from regesta.describing.words import vocabulary
from regesta.documents import Document, Fact, Place

#: Confidence where the gazetteer knows the place, and where nothing but the dateline says it.
LOCATED, UNLOCATED, BUILDING = 0.97, 0.85, 0.6

_DIGIT = re.compile(r"\d")
_LETTER = re.compile(r"[^\W\d_]")
_LEADING = re.compile(r"^(?:(?:at|off|near|in|zu|à|from|dated|de|en|in the|at the)\s+)+", re.I)
_TRAILING = re.compile(
    r"(?:[\s,.;:([—–-]|\b(?:le|den|the|this|il|el|am|vom|on|circa|ca?\.|undated|dated|d\. ?d|about|"
    r"ce|li)\b)+$",
    re.I,
)
_PART = re.compile(r"[,;]|(?<=[^\W\d]{4})\.(?= +[A-ZÀ-ÞА-Я])")


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
    fact = _from_heading(frame) or _from_datelines(frame)
    return [fact] if fact else []


def located(fact: Fact) -> Fact:
    """A place that the source names without coordinates, with those of the gazetteer.

    The name stays as given; the rule says that the coordinates are not the source's.
    """
    place = fact.value
    if not isinstance(place, Place) or place.latitude is not None:
        return fact
    found = locate(place.name)
    if found is None:
        pieces = _segments(place.name, 0, len(place.name))
        chosen = _choose(place.name, pieces, "") if "," in place.name else None
        inner = chosen.value if chosen else None
        if not isinstance(inner, Place) or inner.latitude is None:
            return fact
        latitude, longitude = inner.latitude, inner.longitude
    else:
        latitude, longitude = found.latitude, found.longitude
    value = msgspec.structs.replace(place, latitude=latitude, longitude=longitude)
    return msgspec.structs.replace(fact, value=value, rule=f"{fact.rule}, located by gazetteer")


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
    for match in _PART.finditer(text[start:end]):
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
    if lead and locate(words) is None:
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
        return _building_alone(text, pieces, rule)
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


def _building_alone(text: str, pieces: list[tuple[int, int]], rule: str) -> Fact | None:
    """In "Foreign Office, June 17" the building is all that is printed of the place."""
    for a, b in pieces:
        name = text[a:b]
        if name[0].isupper() and not _DIGIT.search(name) and _building().search(name):
            found = locate(name)
            place = Place(name, found.latitude, found.longitude) if found else Place(name)
            return Fact("place", place, "derived", f"{rule}-building", (a, b), BUILDING)
    return None


def _place_of(text: str, a: int, b: int) -> tuple[int, int] | None:
    """A piece without its building; None where nothing is left."""
    words = text[a:b]
    if not _building().search(words) and locate(words) is not None:
        return a, b
    if _DIGIT.search(words) or len(words) > 60 or _no_place().match(words):
        return None
    if not _LETTER.match(words) or words[0].islower():
        return None
    building = _building().search(words)
    if building is None:
        return (a, b) if len(words.split()) <= 6 else None
    inside = _inside_building().match(words)
    if inside and not _building().search(inside["name"]):
        return a + inside.start("name"), b
    return None


def _from_heading(frame: Frame) -> Fact | None:
    """In "X an Y, Wien, 10. April 1720" the place stands between the parties and the date."""
    for line in frame.of("heading"):
        fact = _before_date(frame.text, line.start, line.end, line.dates)
        if fact is not None:
            return fact
    if frame.heading:
        size = len(frame.heading)
        fact = _before_date(frame.heading, 0, size, find_dates(frame.heading, 0, size))
        if fact is not None:
            return msgspec.structs.replace(fact, span=None)
    return None


def _before_date(text: str, start: int, end: int, dates: list[Found]) -> Fact | None:
    ending = [d for d in dates if d.edtf and d.day and not text[d.end : end].strip(" .)]")]
    if not ending or not CONNECTED.search(text[start : ending[-1].start]):
        return None
    words = re.sub(
        r"[\[(][^\[\]()]*[\])]", lambda m: " " * len(m[0]), text[start : ending[-1].start]
    )
    parties = parse_heading(words, len(words))
    if parties is None:
        return None
    pieces = _segments(words, parties.rest, len(words))
    if not pieces or any(_DIGIT.search(words[a:b]) for a, b in pieces[:1]):
        return None
    (a, b), *wider = pieces
    found = locate(words[a:b], words[slice(*wider[0])] if wider else "")
    found = found or next((x for p in wider if (x := locate(words[slice(*p)]))), None)
    name = words[a:b]
    place = Place(name, found.latitude, found.longitude) if found else Place(name)
    confidence = LOCATED if found else UNLOCATED
    return Fact("place", place, "derived", "heading", (a + start, b + start), confidence)
