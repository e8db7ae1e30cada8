"""Words for the form of a document and its registry's numbers: "Telegramm. Konzept", "D. n° 513".

What comes in is a line; what goes out is whether it has nothing else, or where they end before the
place of a dateline ("T. n° 87. Londres, 12 mai 1905").
"""

import re
from functools import lru_cache

from regesta.describing.openings import Openings, choice
from regesta.describing.places.gazetteer import is_post
from regesta.describing.words import DIGIT, caseless, small, vocabulary

#: Words for the form and numbers stand before the place in at most so many characters.
LONGEST_PREFIX = 120
#: A line of the registry has at most so many characters, and parts.
LONGEST_REGISTRY, MOST_PARTS = 60, 9
_MORE = r"[.,;:!)\]—–-]*\s+"
_BEGINS = re.compile(r"[\[(]?[A-ZÀ-ÞА-Яn№]")
#: Parts of a registry's line: "E 2001", "V4-81.SV/1/63", "Pol. IV", "34/pol.", "e.o.".
_REGISTRY = re.compile(
    r"[\[(]?(?:[\w./–-]*\d[\w./–-]*|[A-ZÄÖÜ]{1,4}|[IVX]+|(?:[\w-]{1,5}\.){1,4}-?)[.,;:)\]]*$"
)
_JOINED = re.compile(r"[0-9](?:[0-9][/–-]\w|[/–-]\w{2}|\.[0-9]{3})|[A-Z][ /]?[0-9]")
#: One letter for the form, perhaps its secrecy, and a town: "L Berne", "N. Paris", "S Geheim Bern".
_LETTERED = re.compile(r"[A-Z]\.? (?=[A-ZÀ-Þ])")
_CAPITALS = re.compile(r"[A-ZÀ-Þ]{4,}(?!\w)")
_STOPS = frozenset(".,;:!)]—–-")


def _part() -> str:
    words = vocabulary("letter_words")
    form, number = choice(words["form"]), choice(words["form_number"])
    return rf"[\[(]?(?:{number}|(?:{form})(?!\w))"


@lru_cache(maxsize=1)
def _begins_form() -> Openings:
    """One word for the form or one number; most lines begin with neither."""
    words = vocabulary("letter_words")
    forms = [rf"(?:{form})(?!\w)" for form in words["form"]]
    return Openings(map(caseless, (*words["form_number"], *forms)), r"[\[(]?{}", before="[(")


@lru_cache(maxsize=1)
def _form_line() -> re.Pattern[str]:
    part = _part()
    more = rf"(?:[.,;:)\]]*\s+(?:[—–-]\s*)?{part}|\.(?={part})){{0,5}}"
    return re.compile(caseless(rf"{part}{more}\s*[.,;!\])]*$"))


def is_form(words: str) -> bool:
    """Tell whether a line has words for the form of a document alone: "Telegramm. Konzept"."""
    words = small(words)
    return _begins_form().match(words) is not None and _is_form(words)


def begins_form(words: str) -> bool:
    """Tell whether a line begins with a word for the form, or with a number of its own."""
    return _begins_form().match(small(words)) is not None


@lru_cache(maxsize=4096)
def _is_form(words: str) -> bool:
    return _form_line().match(words) is not None


@lru_cache(maxsize=1)
def _prefix() -> re.Pattern[str]:
    return re.compile(caseless(rf"(?:{_part()}{_MORE}(?:[—–-]\s*)?){{1,6}}"))


@lru_cache(maxsize=1)
def _form_word() -> re.Pattern[str]:
    words = choice(vocabulary("letter_words")["form"], caseless=True)
    return re.compile(rf"[\[(]?(?:{words})[.,;:!)\]]*(?:\s+|$)", re.I)


def form_end(text: str, start: int, end: int) -> int:
    """Where the words for the form end that stand before a dateline's place; ``start`` for none."""
    if not _BEGINS.match(text, start, end):
        return start
    return _form_end(text[start : min(end, start + LONGEST_PREFIX)]) + start


@lru_cache(maxsize=16_384)
def _form_end(words: str) -> int:
    lower = small(words)
    found = _prefix().match(lower) if _begins_form().match(lower) else None
    if found is None:
        return _lettered(words)
    behind, last = words[found.end() : found.end() + 1], found[0].rstrip()[-1]
    # "Private Secretary, May 3": without a stop or a number the words go on, but not before a town.
    if last not in _STOPS and not last.isdecimal() and not _is_town(words, found.end()):
        # "Private FOREIGN OFFICE" is parted by its print.
        printed = _CAPITALS.match(words, found.end()) and not found[0].isupper()
        if not printed or words[: found.end()].isupper():
            return 0
    return found.end() if behind.isupper() or behind.isdecimal() or behind in "'’\"“„" else 0


def _is_town(words: str, start: int) -> bool:
    """ "Dringend Berlin": a town where diplomats write from, which the words before do not name."""
    town = words[start:].partition(",")[0].strip(" .")
    return is_post(town) and not is_post(words.partition(",")[0].strip())


def _lettered(words: str) -> int:
    """Where a letter for the form ends before a town where diplomats write from; 0 for none."""
    letter = _LETTERED.match(words)
    if letter is None:
        return 0
    secrecy = _form_word().match(words, letter.end())
    for end in (letter.end(), secrecy.end() if secrecy else 0):
        if end and _is_town(words, end):
            return end
    return 0


def is_registry(words: str) -> bool:
    """Tell whether a line is the registry's: shelfmark, class and secrecy, and no word of a text.

    "77/pol.-1937. Streng vertraulich", "F.O. 371/1118.", "V4-81.SV/1/63", "Z A 5-112.A/67 geheim".
    """
    if len(words) > LONGEST_REGISTRY or not DIGIT.search(words) or not _JOINED.search(words):
        return False
    return _are_registry(words)


@lru_cache(maxsize=4096)
def _are_registry(words: str) -> bool:
    rest, parts = words, 0
    while rest:
        form = _form_word().match(rest)
        if form:
            rest = rest[form.end() :]
            continue
        word, _, rest = rest.partition(" ")
        parts += 1
        if not _REGISTRY.match(word) or parts > MOST_PARTS:
            return False
    return parts > 0
