"""A document into its place of writing: the dateline without building, street and country."""

import re
from functools import lru_cache

import msgspec

from regesta.describing.base import Context
from regesta.describing.found import Found
from regesta.describing.frame import CONNECTED, Frame, Line, frame_of, small_words
from regesta.describing.gazetteer import locate
from regesta.describing.grammar import find_dates
from regesta.describing.headings import parse_heading
from regesta.describing.names import bears_office
from regesta.describing.powers import power_of
from regesta.describing.words import pattern, vocabulary, word_set
from regesta.documents import Document, Fact, Place

#: Confidence where the gazetteer knows the place, and where nothing but the dateline says it.
LOCATED, UNLOCATED, BUILDING = 0.97, 0.85, 0.6

_DIGIT = re.compile(r"\d")
#: The document's number before the place: "Nr. 12. Wien", "T. n° 8. Secret. Rome".
_NUMBERED = re.compile(
    r"^\W*(?:[A-Z]{1,2}\. ?)?(?:N[or]s?\.|n[°º]s?|№)\s?\d{1,5}(?:[/–-]\d+)?(?: ?bis)?[.,]?\s+"
)
_LETTER = re.compile(r"[^\W\d_]")
_PART = re.compile(r"[,;]|(?<=[^\W\d]{4})\.(?= +[A-ZÀ-ÞА-Я])|\.?—(?=\s*[A-ZÀ-ÞА-Я])")
#: A place that no table knows has at most so many words, none of them in lower case but small ones.
LONGEST_NAME = 3
#: "First camp above the ford": a place by its building has at most so many words.
LONGEST_BUILDING = 5
_WORDS = "place_words"


@lru_cache(maxsize=1)
def _leading() -> re.Pattern[str]:
    """What stands before a place: "Done at the", "in", "near"."""
    before = "|".join(vocabulary(_WORDS)["before_name"])
    return pattern(_WORDS, "done", rf"^(?:{{}}(?=\s|$)\s*)?(?:(?:{before})\s+)*", flags=re.I)


@lru_cache(maxsize=1)
def _trailing() -> re.Pattern[str]:
    return pattern(_WORDS, "after_name", r"(?:[\s,.;:([—–-]|\b{}\b)+$", flags=re.I)


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


@lru_cache(maxsize=1)
def _town_of() -> re.Pattern[str]:
    """In "Town Hall of Ghent" the town stands last; in "Legation of Spain" a power does."""
    return re.compile(r".*\b(?:of|de|von)\s+(?P<name>[A-ZÀ-ÞА-Я][^,]*)$")


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
    words_left = _NUMBERED.sub("", words, count=1).lstrip(' [(“"‘’”—–-.:')
    a += len(words) - len(words_left)
    words = words_left.rstrip(' ])”"’—–-:')
    lead = _leading().match(words)
    if lead and lead.end() and locate(words) is None:
        the = 4 if words[lead.end() :].startswith("the ") else 0
        a += lead.end() + the
        words = words[lead.end() + the :]
    tail = _trailing().search(words)
    if tail and words[tail.start() :].strip() != ".":
        words = words[: tail.start()]
    words = words.rstrip()
    if words.endswith(".") and len(words) > 5:
        words = words[:-1]
    if not _LETTER.search(words) or words.lower() in small_words():
        return None
    return a, a + len(words)


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
        name = _closed(text[a:b])
        town = _town_of().match(name)
        if town and not power_of(town["name"]) and (found := locate(town["name"])):
            place = Place(town["name"], found.latitude, found.longitude)
            return Fact("place", place, "derived", rule, (a + town.start("name"), b), UNLOCATED)
        if _is_holder(name):
            continue
        if name[0].isupper() and not _DIGIT.search(name) and _building().search(name):
            found = locate(name)
            place = Place(name, found.latitude, found.longitude) if found else Place(name)
            return Fact("place", place, "derived", f"{rule}-building", (a, b), BUILDING)
    return None


def _is_holder(name: str) -> bool:
    """ "His Majesty's Ambassador" is a person, "Department of Justice" a place."""
    words = name.lower().split()
    return words[-1] in word_set("party_words", "rank") and words[-2:-1] != ["of"]


def _closed(name: str) -> str:
    """A ship's name with the quotation mark that ends it, or without the one that opens it."""
    return name.replace("“", "") if name.count("“") > name.count("”") else name


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
        return (a, b) if is_named_as_place(words) else None
    inside = _inside_building().match(words)
    if inside and not _building().search(inside["name"]):
        return a + inside.start("name"), b
    return None


def is_named_as_place(words: str) -> bool:
    """Tell whether words that no table knows are written as a place's name is.

    Few words, capitals but for small words, and none of office: "Brazos Santiago", not "His
    Majesty's Ambassador" or "slip from a newspaper".
    """
    found = words.split()
    names = [w for w in found if w.strip("“”\"'’.()").lower() not in small_words()]
    if not 0 < len(names) <= LONGEST_NAME or not found[0][:1].isupper() or len(words) < 3:
        return False
    return all(w[:1].isupper() or not w[:1].isalpha() for w in names) and not any(
        bears_office(w.lower().strip("."), born=False) for w in names
    )


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
    pieces = _segments(words, parties.rest if parties else 0, len(words))
    pieces = _last_names(words, pieces, addressed=parties is not None)
    if not pieces or (parties is None and pieces[0][0] == 0):
        return None
    (a, b), *wider = pieces
    found = locate(words[a:b], words[slice(*wider[0])] if wider else "")
    found = found or next((x for p in wider if (x := locate(words[slice(*p)]))), None)
    if found is None and parties is None:
        return None
    name = words[a:b]
    place = Place(name, found.latitude, found.longitude) if found else Place(name)
    confidence = LOCATED if found and parties else UNLOCATED
    return Fact("place", place, "derived", "heading", (a + start, b + start), confidence)


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
            named = _building().search(piece) is not None
        known = locate(piece) is not None
        if not named or _DIGIT.search(piece) or (not known and _no_place().match(piece)):
            break
        kept.insert(0, (a, b))
    return kept
