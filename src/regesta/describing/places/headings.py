"""A heading into the place that it names between its parties and its date.

What comes in is a document's frame; what goes out is the fact, or None where the words before the
date name nobody or no place.
"""

import re
from functools import lru_cache

import msgspec

from regesta.describing.dates.found import Found
from regesta.describing.dates.grammar import find_dates
from regesta.describing.frame.lines import Frame, connection
from regesta.describing.parties.headings import parse_heading
from regesta.describing.places.gazetteer import Located, locate
from regesta.describing.places.pieces import (
    LOCATED,
    UNLOCATED,
    building_noun,
    is_named_as_place,
    no_place,
    segments,
)
from regesta.describing.words import DIGIT, pattern
from regesta.documents import Fact, Place

#: "First camp above the ford": a place by its building has at most so many words.
LONGEST_BUILDING = 5
_GLOSS = re.compile(r"[\[(][^\[\]()]*[\])]")
#: A date without its year at the end of a heading: "20. bis 30. März (Kopie)".
_UNFINISHED = re.compile(
    r"(?<=, )\d{1,2}\.? (?:(?:bis|to|au|[–-]) \d{1,2}\.? )?"
    r"[^\W\d_]{3,9}\.?(?: [\[(][^()\[\]]*[\])])?$"
)


@lru_cache(maxsize=1)
def _near() -> re.Pattern[str]:
    """ "Seraglio near Kell": the gloss says where."""
    return pattern("place_words", "near", r".*\b{}\s+(?P<name>[A-ZÀ-Þ].*)$")


def from_heading(frame: Frame) -> Fact | None:
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
    stop = _date_at_end(text, start, end, dates)
    if stop < 0 or not connection().search(text[start:stop]):
        return None
    glosses = [m[0][1:-1] for m in _GLOSS.finditer(text, start, stop)]
    words = _GLOSS.sub(lambda m: " " * len(m[0]), text[start:stop])
    parties = parse_heading(words, len(words))
    pieces = segments(words, parties.rest if parties else 0, len(words))
    pieces = _last_names(words, pieces, addressed=parties is not None)
    if not pieces or (parties is None and pieces[0][0] == 0):
        return None
    (a, b), *wider = pieces
    found = locate(words[a:b], words[slice(*wider[0])] if wider else "")
    found = found or next((x for p in wider if (x := locate(words[slice(*p)]))), None)
    if found is None and parties is not None:
        found = next((x for gloss in glosses if (x := _locate_gloss(gloss))), None)
    if found is None and parties is None:
        return None
    name = words[a:b]
    place = Place(name, found.latitude, found.longitude) if found else Place(name)
    confidence = LOCATED if found and parties else UNLOCATED
    return Fact("place", place, "derived", "heading", (a + start, b + start), confidence)


def _date_at_end(text: str, start: int, end: int, dates: list[Found]) -> int:
    """Where the date begins that ends a heading, also one without year; -1 without any."""
    ending = [d for d in dates if d.edtf and d.day and not text[d.end : end].strip(" .)]")]
    if ending:
        return ending[-1].start
    unfinished = _UNFINISHED.search(text, start, end)
    return unfinished.start() if unfinished else -1


def _locate_gloss(gloss: str) -> Located | None:
    """The place's other name in brackets: "Eszeg (Ossek, Slawonien; ungarisch: Eszék)"."""
    for piece in re.split(r"[,;:]\s*", gloss):
        found = locate(piece.strip())
        if found is not None:
            return found
        near = _near().match(piece)
        if near:
            return locate(near["name"])
    return None


def _last_names(
    words: str, pieces: list[tuple[int, int]], *, addressed: bool
) -> list[tuple[int, int]]:
    """The names of places that end a heading: what stands before them is of the parties.

    Right after the parties, ``addressed``, a camp or a house is a place too.
    """
    kept: list[tuple[int, int]] = []
    for a, b in reversed(pieces):
        piece = words[a:b]
        named = is_named_as_place(piece) or (locate(piece) is not None and piece[0].isupper())
        if addressed and not named and len(piece.split()) <= LONGEST_BUILDING:
            named = building_noun().search(piece) is not None
        known = locate(piece) is not None
        if not named or DIGIT.search(piece) or (not known and no_place().match(piece)):
            break
        kept.insert(0, (a, b))
    return kept
