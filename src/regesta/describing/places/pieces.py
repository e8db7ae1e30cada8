"""The words before a date into the place they name: without number, building, street and country.

What comes in is a text and where the words stand; what goes out are the pieces between commas, and
the fact of the first that is a place.
"""

import re
from functools import lru_cache

from regesta.describing.forms import is_form
from regesta.describing.frame.lines import small_words
from regesta.describing.openings import choice
from regesta.describing.parties.names import bears_office
from regesta.describing.places.gazetteer import Located, is_region, is_state, locate
from regesta.describing.powers.words import power_of
from regesta.describing.words import DIGIT, pattern, vocabulary, word_set
from regesta.documents import Fact, Place

#: Confidence where the gazetteer knows the place, and where nothing but the dateline says it.
LOCATED, UNLOCATED, BUILDING = 0.97, 0.85, 0.6

#: The document's number before the place: "Nr. 12. Wien", "T. n° 8. Secret. Rome".
_NUMBERED = re.compile(
    r"^\W*(?:(?:[A-Z]{1,2}\. ?)?(?:N[or]s?\.|n[°º]s?|№)\s?\d{1,5}(?:[/–-]\d+)?(?: ?bis)?|"
    r"(?:T|D|R|TELESPR)\. ?(?:[A-Z]+\.? )?\d+/\d+(?: [RP]\.)?)[.,]?\s+"
)
_LETTER = re.compile(r"[^\W\d_]")
_PART = re.compile(
    r"[,;]|\.(?:(?<=[^\W\d]{4}\.)|(?<=\)\.))(?= +[A-ZÀ-ÞА-Я])|"
    r"\.?—(?=\s*[A-ZÀ-ÞА-Я])|\s[–-]\s(?=[A-ZÀ-ÞА-Я])"
)
#: A place that no table knows has at most so many words, none of them in lower case but small ones.
LONGEST_NAME = 3
#: "D. C." keeps its stop, "Managua." does not: longer words end a sentence with it.
SHORTEST_STOPPED = 5
_WORDS = "place_words"
#: "in the city of London"
_LOWER_PART = re.compile(r"(?:city|town|village|port|harbou?r) of (?=[A-ZÀ-Þ])")


@lru_cache(maxsize=1)
def _leading() -> re.Pattern[str]:
    """What stands before a place: "Done at the", "in", "near"."""
    before = "|".join(vocabulary(_WORDS)["before_name"])
    return pattern(_WORDS, "done", rf"^(?:{{}}(?=\s|$)\s*)?(?:(?:{before})\s+)*", flags=re.I)


@lru_cache(maxsize=1)
def _trailing() -> re.Pattern[str]:
    return pattern(_WORDS, "after_name", r"(?:[\s,.;:([—–-]|\b{}\b)+$", flags=re.I)


@lru_cache(maxsize=1)
def building_noun() -> re.Pattern[str]:
    """A building or an office from which letters are dated: "Legation", "Hôtel"."""
    nouns = choice(vocabulary("place_words")["building"], caseless=True)
    return re.compile(rf"\b(?:{nouns})\b", re.I)


@lru_cache(maxsize=1)
def no_place() -> re.Pattern[str]:
    """What a piece begins with that names no place."""
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


def segments(text: str, start: int, end: int) -> list[tuple[int, int]]:
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


def choose(text: str, pieces: list[tuple[int, int]], rule: str) -> Fact | None:
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
        if name[0].isupper() and not DIGIT.search(name) and building_noun().search(name):
            behind = _behind_building(name)
            if behind is not None and (found := locate(name[behind:])):
                place = Place(name[behind:], found.latitude, found.longitude)
                return Fact("place", place, "derived", rule, (a + behind, b), UNLOCATED)
            found = locate(name) or _inside_name(name) or _by_its_writer(name, text)
            if found is None and _is_address(name):
                continue  # "Queen Street": of which town, nobody says
            place = Place(name, found.latitude, found.longitude) if found else Place(name)
            return Fact("place", place, "derived", f"{rule}-building", (a, b), BUILDING)
    return None


def _is_address(name: str) -> bool:
    """Whether a name is a street's, of which other towns have one too."""
    return pattern(_WORDS, "address", r"(?<!\w){}(?!\w)", flags=re.I).search(name) is not None


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
    building = building_noun().search(words)
    if building is None and locate(words) is not None:
        return 0
    if ":" in words or DIGIT.search(words) or len(words) > 60 or no_place().match(words):
        return -1
    if _newspaper().search(words):
        return -1
    if not _LETTER.match(words) or words[0].islower() or is_form(words):
        return -1  # "Geheim" before a date
    if building is None:
        return 0 if is_named_as_place(words) else -1
    inside = _inside_building().match(words)
    if inside and not building_noun().search(inside["name"]):
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
