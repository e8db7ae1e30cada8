"""A document into its place of writing: the dateline without building, street and country."""

import re
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from regesta.describing.base import Context
from regesta.describing.dates.found import Found
from regesta.describing.dates.grammar import find_dates
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
    small_words,
)
from regesta.describing.kinds import SENT, kind_of_title
from regesta.describing.openings import choice
from regesta.describing.parties.headings import lowered, parse_heading
from regesta.describing.parties.names import bears_office
from regesta.describing.places.gazetteer import Located, is_region, is_state, locate
from regesta.describing.powers.words import power_of
from regesta.describing.words import DIGIT, pattern, vocabulary, word_set
from regesta.documents import Document, Fact, Place

#: Confidence where the gazetteer knows the place, and where nothing but the dateline says it.
LOCATED, UNLOCATED, BUILDING = 0.97, 0.85, 0.6

_SAID_UNDATED = re.compile(
    r"undated|sans date|undatiert|o\. ?D\.|(?<!s\. )(?<!s\.)n\. ?d\.|s\. ?d\.", re.I
)
#: The document's number before the place: "Nr. 12. Wien", "T. n° 8. Secret. Rome".
_NUMBERED = re.compile(
    r"^\W*(?:(?:[A-Z]{1,2}\. ?)?(?:N[or]s?\.|n[°º]s?|№)\s?\d{1,5}(?:[/–-]\d+)?(?: ?bis)?|"
    r"(?:T|D|R|TELESPR)\. ?(?:[A-Z]+\.? )?\d+/\d+(?: [RP]\.)?)[.,]?\s+"
)
_LETTER = re.compile(r"[^\W\d_]")
_PART = re.compile(
    r"[,;]|(?<=[^\W\d]{4})\.(?= +[A-ZÀ-ÞА-Я])|\.?—(?=\s*[A-ZÀ-ÞА-Я])|\s[–-]\s(?=[A-ZÀ-ÞА-Я])"
)
#: A place that no table knows has at most so many words, none of them in lower case but small ones.
LONGEST_NAME = 3
#: "Secret telegram": a kind of document alone has at most so many words.
LONGEST_KIND = 2
#: "D. C." keeps its stop, "Managua." does not: longer words end a sentence with it.
SHORTEST_STOPPED = 5
#: "First camp above the ford": a place by its building has at most so many words.
LONGEST_BUILDING = 5
_WORDS = "place_words"
_GLOSS = re.compile(r"[\[(][^\[\]()]*[\])]")
#: A date without its year at the end of a heading: "20. bis 30. März (Kopie)".
_UNFINISHED = re.compile(
    r"(?<=, )\d{1,2}\.? (?:(?:bis|to|au|[–-]) \d{1,2}\.? )?"
    r"[^\W\d_]{3,9}\.?(?: [\[(][^()\[\]]*[\])])?$"
)
#: "in the city of London"
_LOWER_PART = re.compile(r"(?:city|town|village|port|harbou?r) of (?=[A-ZÀ-Þ])")
#: "at Kell", "à Kell": where something is done.
_AT_NAME = re.compile(r"\s(?:at|à|in|zu|en|a|в|г\.)\s+(?=[A-ZÀ-ÞА-Я])")
#: "Seraglio near Kell": the gloss says where.
_NEAR = re.compile(
    r".*\b(?:bei|near|près de|in der Nähe von|vicino a|cerca de)\s+(?P<name>[A-ZÀ-Þ].*)$"
)


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
    nouns = choice(vocabulary("place_words")["building"], caseless=True)
    return re.compile(rf"\b(?:{nouns})\b", re.I)


@lru_cache(maxsize=1)
def _no_place() -> re.Pattern[str]:
    words = choice(vocabulary("place_words")["no_place"], caseless=True)
    return re.compile(rf"^(?:{words})\b", re.I)


@lru_cache(maxsize=1)
def _inside_building() -> re.Pattern[str]:
    """In "Consulate General … at Havana" the place stands after the last preposition."""
    return re.compile(r".*\b(?:at|à|zu)\s+(?P<name>[A-ZÀ-ÞА-Я][^,]*)$")


@lru_cache(maxsize=1)
def _town_of() -> re.Pattern[str]:
    """In "Town Hall of Ghent" the town stands last; in "Legation of Spain" a power does."""
    return re.compile(r".*\b(?:of|de|von)\s+(?P<name>[A-ZÀ-ÞА-Я][^,]*)$")


@lru_cache(maxsize=1)
def _newspaper() -> re.Pattern[str]:
    """ "Frankfurter Zeitung vom 3. Mai": where it was printed, not where it was written."""
    return pattern(_WORDS, "newspaper", r"\b{}\b", flags=re.I)


def describe_place(document: Document, context: Context) -> list[Fact]:
    """Give the place of writing, unless the source gives one."""
    if any(f.field == "place" for f in document.facts):
        return []
    frame = frame_of(document)
    fact = _from_signing(frame) or _from_heading(frame) or _from_datelines(frame)
    fact = fact or _from_closing(frame) or _undated(frame) or _from_title(frame)
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
    pieces = _segments(signed.text, signed.town, signed.found.start)
    fact = _choose(signed.text, pieces, "signed") if pieces else None
    inside = signed.text is frame.text
    return fact if fact is None or inside else msgspec.structs.replace(fact, span=None)


def _from_closing(frame: Frame) -> Fact | None:
    """The town of "Done in duplicate at Kell, this 6th day of May", if it is known."""
    for line in reversed(frame.foot):
        if not line.dates or phrase("done").match(frame.text, line.start) is None:
            continue
        for mark in _AT_NAME.finditer(frame.text, line.start, line.dates[0].start):
            pieces = _segments(frame.text, mark.end(), line.dates[0].start)
            fact = _choose(frame.text, pieces[:2], "closing") if pieces else None
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
    for lines in (frame.of("dateline"), _last_datelines(frame)):
        pieces: list[tuple[int, int]] = []
        for line in lines:
            end = next((d.start for d in line.dates if not d.received), None)
            if end is None:
                received = next((d.start for d in line.dates), line.end)
                end = min(received, _bracket_start(frame, line))
            start = min(form_end(frame.text, line.start, end), end)
            pieces += _segments(frame.text, start, end)
        fact = _choose(frame.text, pieces, "dateline") or _behind_date(frame.text, lines)
        if fact is not None:
            return fact
    return None


def _behind_date(text: str, lines: Sequence[Line]) -> Fact | None:
    """The place of "1848 Mai 3, Wien": right behind the date, where nothing stands before it."""
    for line in lines:
        if not line.dates or text[line.start : line.dates[0].start].strip(" [("):
            continue
        for a, b in _segments(text, line.dates[0].end, line.end)[:1]:
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
        pieces = _segments(frame.text, line.start, line.end)
        house = line.kind == "heading" and phrase("building").match(words) is not None
        if house and words.endswith(",") and i + 1 < len(lines):
            pieces += _segments(frame.text, lines[i + 1].start, lines[i + 1].end)
        undated = _SAID_UNDATED.search(words) is not None
        alone = line is frame.head[-1] and _is_town_alone(frame.text, pieces, undated=undated)
        if not house and not alone:
            continue
        fact = _choose(frame.text, pieces, "undated dateline")
        if fact and isinstance(fact.value, Place) and fact.value.latitude is not None:
            return msgspec.structs.replace(fact, confidence=UNLOCATED)
    return None


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


def _segments(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The pieces between commas of the words before a date, as offsets."""
    return [(start + a, start + b) for a, b in _pieces_of(text[start:end])]


@lru_cache(maxsize=16_384)
def _pieces_of(words: str) -> tuple[tuple[int, int], ...]:
    pieces, at = [], 0
    for match in _PART.finditer(words):
        pieces.append((at, match.start()))
        at = match.end()
    pieces.append((at, len(words)))
    return tuple(trimmed for a, b in pieces if (trimmed := _trim(words, a, b)) is not None)


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
    if words.endswith(".") and len(words) > SHORTEST_STOPPED:
        words = words[:-1]
    if words[:1].islower() and (lower := _LOWER_PART.match(words)):
        a += lower.end()
        words = words[lower.end() :]
    if "(" in words and ")" not in words:
        words = words[: words.index("(")].rstrip()
        words = words[:-1] if words.endswith(".") and len(words) > SHORTEST_STOPPED else words
    if not _LETTER.search(words) or words.lower() in small_words():
        return None
    return a, a + len(words)


def _choose(text: str, pieces: list[tuple[int, int]], rule: str) -> Fact | None:
    """The first piece that is a place; what follows it is its state or country."""
    chosen = _town_of_pieces(tuple([text[a:b] for a, b in pieces]))
    if chosen is not None:
        i, start, place = chosen
        confidence = UNLOCATED if place.latitude is None else LOCATED
        span = (pieces[i][0] + start, pieces[i][1])
        return Fact("place", place, "derived", rule, span, confidence)
    regions = [p for p in (_place_of(text, a, b) for a, b in pieces) if p is not None]
    if not regions:
        return _building_alone(text, pieces, rule)
    return _of_regions(text, regions, pieces, rule)


@lru_cache(maxsize=16_384)
def _town_of_pieces(pieces: tuple[str, ...]) -> tuple[int, int, Place] | None:
    """The first piece that names a town: which, where in it, and the place; None for regions.

    The words before the dates of an edition are few and recur.
    """
    starts = [_place_in(piece) for piece in pieces]
    names = [(i, at, pieces[i][at:]) for i, at in enumerate(starts) if at >= 0]
    for n, (i, at, name) in enumerate(names):
        if is_region(name) and not _is_town_too(name):
            continue  # "Kell, Mexico": the region says where Kell is, and is not the place
        region = names[n + 1][2] if n + 1 < len(names) else ""
        found = locate(name, region)
        if found is not None:
            return i, at, Place(name, found.latitude, found.longitude)
    return next(((i, at, Place(name)) for i, at, name in names if not is_region(name)), None)


def _is_town_too(name: str) -> bool:
    """ "New York" and "Quebec" are states and towns."""
    return is_state(name) and locate(name) is not None


def _of_regions(
    text: str, candidates: list[tuple[int, int]], pieces: list[tuple[int, int]], rule: str
) -> Fact:
    """Of "Legation, Central America, Guatemala" the last; before it a house says more."""
    house = _building_alone(text, [p for p in pieces if p[1] <= candidates[0][0]], rule)
    if house is not None and isinstance(house.value, Place) and house.value.latitude is not None:
        return house
    for span in reversed(candidates):
        found = locate(text[slice(*span)])
        if found is not None:
            place = Place(text[slice(*span)], found.latitude, found.longitude)
            return Fact("place", place, "derived", rule, span, UNLOCATED)
    return Fact(
        "place", Place(text[slice(*candidates[0])]), "derived", rule, candidates[0], BUILDING
    )


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
        if name[0].isupper() and not DIGIT.search(name) and _building().search(name):
            behind = _behind_building(name)
            if behind is not None and (found := locate(name[behind:])):
                place = Place(name[behind:], found.latitude, found.longitude)
                return Fact("place", place, "derived", rule, (a + behind, b), UNLOCATED)
            found = locate(name) or _inside_name(name) or _by_its_writer(name, text)
            place = Place(name, found.latitude, found.longitude) if found else Place(name)
            return Fact("place", place, "derived", f"{rule}-building", (a, b), BUILDING)
    return None


def _behind_building(name: str) -> int | None:
    """Where the town begins in "Legation of the United States Paris": its comma is missing."""
    words = list(re.finditer(r"\S+", name))
    for size in (2, 1):
        if len(words) <= size:
            continue
        start = words[-size].start()
        last = words[-1][0].lower().strip(".,")
        if power_of(name[start:]) or last in word_set(_WORDS, "no_town"):
            return None
        if locate(name[start:]) is None:
            continue
        before = words[-size - 1][0]
        return start if before[0].isupper() and before[-1].isalpha() else None
    return None


def _inside_name(name: str) -> Located | None:
    """ "Dundalk Jail", "Palace of Kell": the town that the building is named after."""
    if name.split()[0].lower().strip("’s") in word_set(_WORDS, "no_town"):
        return None
    bare = pattern(_WORDS, "named_after_town", r"\b(?:the |county )*{}(?: of)?\b", flags=re.I)
    rest = bare.sub("", name).strip(" ,.")
    return locate(rest) if rest and rest != name else None


@lru_cache(maxsize=1)
def _houses() -> tuple[tuple[re.Pattern[str], re.Pattern[str], Located], ...]:
    """Houses whose town the words of the document show."""
    return tuple(
        (re.compile(house["name"]), re.compile(house["where"]), found)
        for house in vocabulary(_WORDS)["house"]
        if (found := locate(house["town"])) is not None
    )


def _by_its_writer(name: str, text: str) -> Located | None:
    """The "Foreign Office" of Her Majesty's Government is the one in London."""
    for house, where, found in _houses():
        if house.fullmatch(name) and where.search(text):
            return found
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
    start = _place_in(text[a:b])
    return None if start < 0 else (a + start, b)


@lru_cache(maxsize=16_384)
def _place_in(words: str) -> int:
    """Where the place begins in a piece of a dateline; -1 where none is named."""
    building = _building().search(words)
    if building is None and locate(words) is not None:
        return 0
    if ":" in words or DIGIT.search(words) or len(words) > 60 or _no_place().match(words):
        return -1
    if _newspaper().search(words):
        return -1
    if not _LETTER.match(words) or words[0].islower():
        return -1
    if building is None:
        return 0 if is_named_as_place(words) else -1
    inside = _inside_building().match(words)
    if inside and not _building().search(inside["name"]):
        return inside.start("name")
    return -1


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
    stop = _date_at_end(text, start, end, dates)
    if stop < 0 or not connection().search(text[start:stop]):
        return None
    glosses = [m[0][1:-1] for m in _GLOSS.finditer(text, start, stop)]
    words = _GLOSS.sub(lambda m: " " * len(m[0]), text[start:stop])
    parties = parse_heading(words, len(words))
    pieces = _segments(words, parties.rest if parties else 0, len(words))
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
        near = _NEAR.match(piece)
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
            named = _building().search(piece) is not None
        known = locate(piece) is not None
        if not named or DIGIT.search(piece) or (not known and _no_place().match(piece)):
            break
        kept.insert(0, (a, b))
    return kept
