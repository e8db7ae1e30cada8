"""A printed day into its Gregorian one, by the style that is printed or that language and town say.

"Петроград, 25 октября 1917 г." and "London, 12 January 1731/2" leave no other style than the old;
where either is possible both days stay. Who kept the Julian calendar until when is in
``vocabularies/calendars.toml``.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from msgspec.structs import replace

from regesta.describing.dates.calendars import (
    REFORM,
    RUMI_YEARS,
    julian_to_gregorian,
    rumi_to_gregorian,
    swedish_to_gregorian,
)
from regesta.describing.dates.found import Found
from regesta.describing.dates.numerals import month_languages
from regesta.describing.dates.tokens import Tokens, weekday_numbers
from regesta.describing.words import vocabulary

#: The last year in which any state of the vocabulary kept the Julian calendar.
_LAST_JULIAN_YEAR = 1923
_ORTHODOX = frozenset(("ru", "bg", "sr", "ro", "el"))
#: Languages of lands that used both styles until 1700.
_DIVIDED = frozenset(("de", "la", "nl", "sv"))
#: Sweden's own calendar: from 1 March 1700 to 30 February 1712.
_SWEDISH = ("1700-03-01", "1712-02-30")


@dataclass(frozen=True, slots=True)
class Realm:
    """Who kept the Julian calendar, and how one knows it from a dateline."""

    name: str
    months: frozenset[str]
    places: tuple[str, ...]
    alone: str
    towns: str
    last: str
    leap_to: str
    new_year: tuple[int, int]


@lru_cache(maxsize=1)
def _realms() -> tuple[Realm, ...]:
    return tuple(
        Realm(
            name,
            frozenset(table["months"]),
            tuple(table["places"]),
            table.get("alone", ""),
            table["towns"],
            table["last"],
            table.get("leap_to", table["last"]),
            tuple(table.get("new_year", (1, 1))),
        )
        for name, table in vocabulary("calendars")["realms"].items()
    )


@lru_cache(maxsize=1)
def _julian_months() -> frozenset[str]:
    """Names of months that only languages of the Orthodox have."""
    return frozenset(w for w, langs in month_languages().items() if langs <= _ORTHODOX)


def may_be_julian(month: str) -> bool:
    """Whether a day of such a month, in lower case, may be of another calendar since 1800."""
    return month in _julian_months() or month in _rumi_months()


def in_style(
    found: Found,
    tokens: Tokens,
    i: int,
    j: int,
    text: str,
    start: int,
    mark: re.Match[str] | None,
) -> Found:
    """The day in the calendar that print, language and place say."""
    year, month, day = found.year or 0, found.month, found.day
    if mark and mark["j"]:
        new = julian_to_gregorian(year, month, day)
        marks = () if new else ("impossible",)
        return replace(found, edtf=new.isoformat() if new else "", calendar="julian", marks=marks)
    if mark:
        later = mark["v"] and month < 3 and found.edtf
        return replace(found, edtf=f"{year + 1}{found.edtf[4:]}") if later else found
    if year > _LAST_JULIAN_YEAR:
        return found
    at = tokens.classes.find("M", i, j)
    word = tokens.words[at].lower() if at >= 0 else ""
    if year in RUMI_YEARS and word in _rumi_months():
        return _rumi(found)
    if year >= 1753 and word not in _julian_months():
        return found
    return _by_realm(found, _languages(word, tokens, i, j), text[start : found.start])


def _languages(word: str, tokens: Tokens, i: int, j: int) -> frozenset[str]:
    """The languages of a month; "le 3 may" is French alone, "12ten Febr." German."""
    languages = month_languages().get(word, frozenset())
    if len(languages) > 1:
        table = vocabulary("date_words")["word_languages"]
        for beside in tokens.words[max(0, i - 1) : j]:
            languages = languages.intersection(table.get(beside.lower(), ())) or languages
    return languages


@lru_cache(maxsize=1)
def _rumi_months() -> frozenset[str]:
    return frozenset(w for names in vocabulary("calendars")["rumi"].values() for w in names)


def _rumi(found: Found) -> Found:
    new = rumi_to_gregorian(found.year or 0, found.month, found.day)
    if new is None:
        return found.marked("impossible", edtf="", calendar="rumi")
    return replace(found, edtf=new.isoformat(), calendar="rumi", year=new.year, marks=())


def _by_realm(found: Found, languages: frozenset[str], before: str) -> Found:
    """A day whose style is not printed, by the language of its month and the town before it."""
    year, month, day = found.year or 0, found.month, found.day
    doubled = found.shape.endswith("YY")
    printed = f"{year:04d}-{month:02d}-{day:02d}"
    if printed < REFORM.isoformat():
        return replace(found, calendar="unknown")
    town = _town(before)
    home = next((r for r in _realms() if town in r.places and languages & r.months), None)
    if home is not None:
        if printed <= home.last:
            return _of_town(found, home, doubled)
        if printed > home.leap_to:
            return found
        if home.alone:
            return _either(found)
        return found.marked("impossible", edtf="", calendar="unknown")
    realm = _by_language(languages)
    if realm is not None:
        return _either(found) if printed <= realm.leap_to else found
    if doubled:
        return _julian(found) if "en" in languages else _either(found)
    unsaid = "en" in languages or (year <= 1700 and languages & _DIVIDED)
    if year < 1753 and unsaid and found.edtf and town not in _early_reformers():
        return replace(found, calendar="unknown")
    return found


def _by_language(languages: frozenset[str]) -> Realm | None:
    """The state whose language alone points to the Julian calendar."""
    if not languages or not languages <= _ORTHODOX:
        return None
    ours = {"ru"} if "ru" in languages else languages
    return next((r for r in _realms() if r.alone and r.months & ours), None)


@lru_cache(maxsize=1)
def _early_reformers() -> frozenset[str]:
    return frozenset(vocabulary("calendars")["early_reformers"])


def _town(before: str) -> str:
    """The town that is all the words before a date, in lower case; "" where there are others.

    "Legation of the United States, London" is no English writer's dateline.
    """
    parts = [p.strip(" .;:()[]—–-") for p in re.split(r"[,\n]", before.lower())]
    found = [words for part in parts if (words := _words_of_place(part))]
    return found[0] if len(found) == 1 else ""


def _words_of_place(part: str) -> str:
    """A part of a dateline without weekday and articles."""
    words = part.split()
    while words and (words[-1] in weekday_numbers() or words[-1] in _small()):
        words.pop()
    return " ".join(words)


@lru_cache(maxsize=1)
def _small() -> frozenset[str]:
    words = vocabulary("date_words")
    return frozenset([*words["article"], *words["of"]])


def _julian(found: Found) -> Found:
    new = julian_to_gregorian(found.year or 0, found.month, found.day)
    if new is None:
        return found.marked("impossible", edtf="", calendar="julian")
    return replace(found, edtf=new.isoformat(), calendar="julian", marks=("style",))


def _either(found: Found) -> Found:
    """Both styles are possible: one of two days."""
    new = julian_to_gregorian(found.year or 0, found.month, found.day)
    if new is None or not found.edtf:
        return _julian(found) if new else found
    return replace(found, edtf=f"[{found.edtf},{new}]", calendar="unknown", marks=("style",))


def _of_town(found: Found, realm: Realm, doubled: bool) -> Found:
    """The style of a town: Julian, Sweden's own, or that of either of its confessions."""
    year, month, day = found.year or 0, found.month, found.day
    printed = f"{year:04d}-{month:02d}-{day:02d}"
    if realm.name == "sweden" and _SWEDISH[0] <= printed <= _SWEDISH[1]:
        new = swedish_to_gregorian(year, month, day)
        edtf = new.isoformat() if new else ""
        return replace(found, edtf=edtf, calendar="unknown", marks=("style",))
    if realm.towns == "both":
        return _either(found)
    if realm.new_year != (1, 1) and (month, day) < realm.new_year and not doubled:
        ours, next_year = (julian_to_gregorian(y, month, day) for y in (year, year + 1))
        if ours is None or next_year is None:
            return _julian(found)
        return replace(found, edtf=f"[{ours},{next_year}]", calendar="julian", marks=("style",))
    return _julian(found)
