"""A document into its place of writing: the dateline without building, street and country."""

import re
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from regesta.describing.base import Context
from regesta.describing.dates.signed import signing
from regesta.describing.forms import form_end
from regesta.describing.frame.document import frame_of
from regesta.describing.frame.lines import (
    LONGEST_DATELINE,
    Frame,
    Line,
    connection,
    kind_nouns,
    phrase,
)
from regesta.describing.kinds import SENT, kind_of_title
from regesta.describing.parties.headings import lowered
from regesta.describing.places.gazetteer import is_post, is_region, locate
from regesta.describing.places.headings import from_heading
from regesta.describing.places.pieces import UNLOCATED, choose, segments
from regesta.describing.words import DIGIT, pattern
from regesta.documents import Document, Fact, Place

#: "Secret telegram": a kind of document alone has at most so many words.
LONGEST_KIND = 2
_WORDS = "place_words"
#: "at Kell", "à Kell": where something is done.
_AT_NAME = re.compile(r"\s(?:at|à|in|zu|en|a|в|г\.)\s+(?=[A-ZÀ-ÞА-Я])")


def describe_place(document: Document, context: Context) -> list[Fact]:
    """Give the place of writing, unless the source gives one."""
    if any(f.field == "place" for f in document.facts):
        return []
    frame = frame_of(document)
    fact = _from_signing(frame) or from_heading(frame) or _from_datelines(frame)
    fact = fact or _from_closing(frame) or _undated(frame) or _from_title(frame)
    fact = fact or _labelled(frame) or _of_post(frame) or _of_session(frame)
    return [_in_small_letters(fact)] if fact else []


def _in_small_letters(fact: Fact) -> Fact:
    """ "ATHENS", which a newspaper prints so, is Athens; only where that is a known place."""
    place = fact.value
    if not isinstance(place, Place) or place.latitude is None or not place.name.isupper():
        return fact
    return msgspec.structs.replace(
        fact, value=msgspec.structs.replace(place, name=lowered(place.name))
    )


def _from_signing(frame: Frame) -> Fact | None:
    """The town where a treaty was signed, by its title."""
    signed = signing(frame)
    if signed is None:
        return None
    pieces = segments(signed.text, signed.town, signed.found.start)
    fact = choose(signed.text, pieces, "signed") if pieces else None
    inside = signed.text is frame.text
    return fact if fact is None or inside else msgspec.structs.replace(fact, span=None)


def _from_closing(frame: Frame) -> Fact | None:
    """The town of "Done in duplicate at Kell, this 6th day of May", if it is known."""
    for line in reversed(frame.foot):
        if not line.dates or phrase("done").match(frame.text, line.start) is None:
            continue
        for mark in _AT_NAME.finditer(frame.text, line.start, line.dates[0].start):
            pieces = segments(frame.text, mark.end(), line.dates[0].start)
            fact = choose(frame.text, pieces[:2], "closing") if pieces else None
            if fact and isinstance(fact.value, Place) and fact.value.latitude is not None:
                return fact
    return None


def _from_title(frame: Frame) -> Fact | None:
    """ "Telegramm aus Bukarest", "Despatch from Lima": all that says where it was written."""
    for line in frame.of("heading"):
        words = frame.words(line)
        match = pattern(_WORDS, "sent_from", r"\s{}\s+(?P<name>[^,;:]+?)\.?$").search(words)
        if match is None or not _is_bare_kind(words[: match.start()]):
            continue
        found = locate(match["name"])
        if found is not None and not is_region(match["name"]):
            place = Place(match["name"], found.latitude, found.longitude)
            span = (line.start + match.start("name"), line.start + match.end("name"))
            return Fact("place", place, "derived", "title", span, UNLOCATED)
    return None


@lru_cache(maxsize=1)
def _posted() -> re.Pattern[str]:
    """The town that ends the words of who writes, between commas: "Kell, z. Z. Genf,"."""
    town = r"(?P<name>[A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+)?)(?: \([^()]*\))?,$"
    return pattern("heading_words", "sojourn", rf"[^\W\d]{{2}}, (?:{{}} )?{town}")


def _labelled(frame: Frame) -> Fact | None:
    """ "From: Paris": where a telegram comes from, if diplomats write from there."""
    for line in frame.of("from")[:1]:
        name = frame.words(line).strip(" .,;")
        found = locate(name) if is_post(name) else None
        if found is not None and not is_region(name):
            place = Place(name, found.latitude, found.longitude)
            span = (line.start, line.start + len(name))
            return Fact("place", place, "derived", "label", span, UNLOCATED)
    return None


def _of_post(frame: Frame) -> Fact | None:
    """ "Botschafter Kell, Moskau, an das Amt": where the writer of a dated paper is posted."""
    for line in frame.of("heading")[:1]:
        if not frame.parties or frame.text.find(", ", line.start, line.end) < 0:
            return None
        joint = connection().search(frame.text, line.start, line.end)
        left = frame.text[line.start : joint.start()] if joint else ""
        match = _posted().search(left)
        if match is None or not is_post(match["name"]):
            return None
        if not any(x.dates for x in frame.head if x.kind in ("dateline", "other")):
            return None
        found = locate(match["name"])
        if found is None or is_region(match["name"]):
            return None
        place = Place(match["name"], found.latitude, found.longitude)
        span = (line.start + match.start("name"), line.start + match.end("name"))
        return Fact("place", place, "derived", "post in heading", span, UNLOCATED)
    return None


def _of_session(frame: Frame) -> Fact | None:
    """ "Discussion at the 318th Meeting, Lima, April 11, 1957": the town before a heading's day."""
    for line in frame.of("heading")[:1]:
        if not line.dates or not line.dates[-1].day:
            return None
        before, comma, day = frame.text[line.start : line.dates[-1].start].rpartition(", ")
        name = before.rpartition(", ")[2]
        if day or not comma or name == before or not is_post(name) or is_region(name):
            return None
        found, b = locate(name), line.start + len(before)
        a = b - len(name)
        if found is not None:
            place = Place(name, found.latitude, found.longitude)
            return Fact("place", place, "derived", "heading", (a, b), UNLOCATED)
    return None


def _is_bare_kind(words: str) -> bool:
    """ "Geheimes Telegramm": a kind of document, and nothing that it is about."""
    found = words.lower().split()
    bare = 0 < len(found) <= LONGEST_KIND and found[-1] in kind_nouns()
    return bare and kind_of_title(words) in SENT


def located(fact: Fact) -> Fact:
    """A place that the source names without coordinates, with those of the gazetteer.

    The name stays as given; the rule says that the coordinates are not the source's.
    """
    place = fact.value
    if not isinstance(place, Place) or place.latitude is not None:
        return fact
    found = locate(place.name)
    if found is None:
        pieces = segments(place.name, 0, len(place.name))
        chosen = choose(place.name, pieces, "") if "," in place.name else None
        inner = chosen.value if chosen else None
        if not isinstance(inner, Place) or inner.latitude is None:
            return fact
        latitude, longitude = inner.latitude, inner.longitude
    else:
        latitude, longitude = found.latitude, found.longitude
    value = msgspec.structs.replace(place, latitude=latitude, longitude=longitude)
    return msgspec.structs.replace(fact, value=value, rule=f"{fact.rule}, located by gazetteer")


def _from_datelines(frame: Frame) -> Fact | None:
    for lines in (frame.of("dateline"), _last_datelines(frame)):
        pieces: list[tuple[int, int]] = []
        for line in lines:
            end = next((d.start for d in line.dates if not d.received), None)
            if end is None:
                received = next((d.start for d in line.dates), line.end)
                end = min(received, _bracket_start(frame, line))
            start = min(form_end(frame.text, line.start, end), end)
            pieces += segments(frame.text, start, end)
        fact = choose(frame.text, pieces, "dateline") or _behind_date(frame.text, lines)
        if fact is not None:
            return fact
    return None


def _behind_date(text: str, lines: Sequence[Line]) -> Fact | None:
    """The place of "1848 Mai 3, Wien": right behind the date, where nothing stands before it."""
    for line in lines:
        if not line.dates or text[line.start : line.dates[0].start].strip(" [("):
            continue
        for a, b in segments(text, line.dates[0].end, line.end)[:1]:
            found = locate(text[a:b])
            if found is not None and text[a].isupper():
                place = Place(text[a:b], found.latitude, found.longitude)
                return Fact("place", place, "derived", "dateline", (a, b), UNLOCATED)
    return None


def _undated(frame: Frame) -> Fact | None:
    """A dateline without its date: "Embassy of the United States, / St. Petersburg, Russia."

    Only where the head prints no other, and where the gazetteer knows the place.
    """
    if frame.of("dateline") or frame.of("dateline", foot=True):
        return None
    lines = [line for line in frame.head if line.kind in ("heading", "bracket")]
    for i, line in enumerate(lines):
        words = frame.words(line)
        if line.dates or DIGIT.search(words) or len(words) > LONGEST_DATELINE:
            continue
        pieces = segments(frame.text, line.start, line.end)
        house = line.kind == "heading" and phrase("building").match(words) is not None
        if house and words.endswith(",") and i + 1 < len(lines):
            pieces += segments(frame.text, lines[i + 1].start, lines[i + 1].end)
        undated = _says_undated(words)
        last = undated or line is frame.head[-1]
        alone = last and _is_town_alone(frame.text, pieces, undated=undated)
        if not house and not alone:
            continue
        fact = choose(frame.text, pieces, "undated dateline")
        if fact and isinstance(fact.value, Place) and fact.value.latitude is not None:
            return msgspec.structs.replace(fact, confidence=UNLOCATED)
    return None


def _says_undated(words: str) -> bool:
    return pattern(_WORDS, "undated", flags=re.I).search(words) is not None


def _is_town_alone(text: str, pieces: list[tuple[int, int]], *, undated: bool) -> bool:
    """ "Bluefields, Nicaragua.": a town and its land, or a town and "undated"."""
    names = [text[a:b] for a, b in pieces]
    if undated:
        return bool(names) and locate(names[0]) is not None
    return len(names) > 1 and is_region(names[-1]) and locate(names[0], names[-1]) is not None


def _last_datelines(frame: Frame) -> Sequence[Line]:
    """The last dateline of the foot, with the town on the line above a bare date."""
    lines = frame.of("dateline", foot=True)
    above = frame.foot[frame.foot.index(lines[-1]) - 1] if lines else None
    joined = len(lines) > 1 and above is lines[-2] and not above.dates
    return lines[-2:] if joined else lines[-1:]


def _bracket_start(frame: Frame, line: Line) -> int:
    at = frame.text.find("(", line.start + 1, line.end)
    return at if at >= 0 else line.end
