"""What stands around a date and changes its meaning: style, weekday, doubt, limits, clock time.

Old Style is read where it is printed ("O.S.", "ст. ст."), and where language and place leave no
other: "Петроград, 25 октября 1917 г.", "London, 12 January 1731/2". Who kept the Julian calendar
until when is in ``vocabularies/calendars.toml``.
"""

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from msgspec.structs import replace

from regesta.describing.calendars import (
    REFORM,
    RUMI_YEARS,
    julian_to_gregorian,
    rumi_to_gregorian,
    swedish_to_gregorian,
)
from regesta.describing.clock import find_time, time_before
from regesta.describing.found import Found
from regesta.describing.numerals import month_languages
from regesta.describing.pairs import between
from regesta.describing.tokens import Tokens, weekday_numbers
from regesta.describing.words import pattern, vocabulary
from regesta.documents.edtf import parse_edtf

_ONE = dt.timedelta(days=1)
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


@lru_cache(maxsize=1)
def _markers() -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = vocabulary("date_words")["calendar"]
    julian, gregorian = "|".join(table["julian"]), "|".join(table["gregorian"])
    either = rf"(?:(?P<j>{julian})|(?P<g>{gregorian})|(?P<v>{'|'.join(table['venetian'])}))"
    before = re.compile(rf"(?:^|[\s(\[]){either}[\s,)\]]*$", re.I)
    after = re.compile(rf"(?:\s(?:г|года)\b\.?)?[\s,;(\[]*{either}(?=\W|$)", re.I)
    return before, after


def with_marks(
    found: Found, tokens: Tokens, i: int, j: int, text: str, start: int, end: int
) -> Found:
    """Add what stands around the date: calendar, weekday, clock time, doubt, limits.

    Args:
        found: A date, read from the tokens ``i``..``j``.
        tokens: The tokens of its line.
        i: Its first token.
        j: The token after its last.
        text: The document's text.
        start: Where the line starts.
        end: Where it ends.
    """
    more = j < len(tokens.words)
    stop = found.end
    mark = None
    if found.calendar in ("gregorian", "dual"):
        mark = _style_mark(tokens, i, j, text, start, end, found)
        stop = mark.end() if mark and mark.end() > found.end else found.end
    if found.day and found.year and found.calendar == "gregorian" and "/" not in found.edtf:
        found = _in_style(found, tokens, i, j, text, start, mark)
    if stop != found.end:
        found = replace(found, end=stop)
    if found.day or found.calendar == "dual" or "D" in found.shape:
        found = _with_time(found, tokens, i, more, text, start, stop, end)
    before_it = tokens.classes[:i].removesuffix("l").rstrip(",.")
    if "w" in before_it[-1:] or tokens.classes[j : j + 2].lstrip(",")[:1] == "w":
        found = _with_weekday(found, tokens, len(before_it) - 1, j)
    if not found.edtf:
        return found
    return _with_limits(found, tokens, i, j, before_it, text, start)


def _with_time(
    found: Found, tokens: Tokens, i: int, more: bool, text: str, start: int, stop: int, end: int
) -> Found:
    time = find_time(text, stop, end) if more and _CLOCK.match(text, stop, end) else None
    if time:
        return replace(found, time=time[0], end=time[1])
    if i > 2 and text[found.start - 4 : found.start].rstrip(" ,—–-")[-2:] in (
        "m.",
        ". m",
        "pm",
        "am",
    ):
        earlier = time_before(text, max(start, found.start - 20), found.start)
        if earlier:
            return replace(found, time=earlier[0], start=earlier[1])
    return found


#: What a clock time after a date begins with: a figure, or a letter of "noon", "at", "half"…
_CLOCK = re.compile(r"(?:\s(?:г|года)\b)?[\s,;.()\[\]—–-]*[\dnmaàuvheHMNAÀUVопвmo]")


def _style_mark(
    tokens: Tokens, i: int, j: int, text: str, start: int, end: int, found: Found
) -> re.Match[str] | None:
    """The words beside a date that name its calendar, after it or before it."""
    before, after = _markers()
    firsts, lasts = _marker_words()
    words, classes = tokens.words, tokens.classes
    k = j
    while classes[k : k + 1] in _SIGNS:
        k += 1
    if k < len(words) and words[k].lower() in firsts:
        mark = after.match(text, found.end, end)
        if mark:
            return mark
    k = i - 1
    while k >= 0 and classes[k] in _SIGNS:
        k -= 1
    if k >= 0 and words[k].lower() in lasts:
        return before.search(text, max(start, found.start - 16), found.start)
    return None


_SIGNS = tuple(",;([].)")


@lru_cache(maxsize=1)
def _marker_words() -> tuple[frozenset[str], frozenset[str]]:
    """First and last words of the names of calendars: most dates stand beside none of them."""
    table = vocabulary("date_words")["calendar"]
    names = [re.findall(r"[^\W\d_]+", n.replace("\\.", " ")) for ns in table.values() for n in ns]
    firsts = {parts[0] for parts in names} | {"г", "года"}
    return frozenset(firsts), frozenset(parts[-1] for parts in names)


def _in_style(
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


def _with_weekday(found: Found, tokens: Tokens, before: int, j: int) -> Found:
    """A printed weekday settles which of several days it was, or is marked as disagreeing."""
    at = before if before >= 0 and tokens.classes[before] == "w" else j
    while tokens.classes[at] == ",":
        at += 1
    weekday = weekday_numbers()[tokens.words[at].lower()]
    days = _possible_days(found.edtf)
    if not days:
        return found
    agreeing = [day for day in days if day.weekday() == weekday]
    if len(agreeing) == len(days):
        return found
    if len(agreeing) == 1 and len(days) > 1:
        marks = tuple(m for m in found.marks if m != "new moon")
        return replace(found, edtf=agreeing[0].isoformat(), marks=marks)
    return found.marked("weekday")


def _possible_days(edtf: str) -> list[dt.date]:
    """The few days that a date can be, or none where they are many."""
    date = parse_edtf(edtf) if edtf else None
    if date is None or not date.earliest or not date.latest or edtf[:1] == "{" or "/" in edtf:
        return []
    first, last = dt.date.fromisoformat(date.earliest), dt.date.fromisoformat(date.latest)
    if ".." in edtf and (last - first).days <= 2:
        return [first + n * _ONE for n in range((last - first).days + 1)]
    if first == last:
        return [first]
    return [] if ".." in edtf or "," not in edtf else [first, last]


def _with_limits(
    found: Found, tokens: Tokens, i: int, j: int, before_it: str, text: str, start: int
) -> Found:
    """Doubt, "circa", "before" and "after", "between"."""
    side = before_it.rstrip("f").removesuffix("l").rstrip("f,.")[-1:]
    if found.edtf[0] in "[{" or "/" in found.edtf:
        pair = "/" in found.edtf or found.edtf[0] == "{"
        if side == "z" and pair and found.edtf.count(",") < 2:
            return replace(found, edtf=between(found.edtf))
        return found
    doubt = side == "d" or "?" in tokens.classes[i : j + 3].rstrip("WMDY,.;")
    if doubt and side in ("b", "a", "x"):
        # A doubted limit leaves nothing that is sure.
        return replace(found, edtf="")
    if doubt or side == "c":
        sign = "%" if doubt and side == "c" else "?" if doubt else "~"
        return replace(found, edtf=found.edtf + sign)
    if side in ("b", "a", "x"):
        return _limit(found, side, text[max(start, found.start - 40) : found.start])
    return found


@lru_cache(maxsize=1)
def _limits() -> tuple[re.Pattern[str], re.Pattern[str]]:
    form = r"{}[\s,]*(?:[^\W\d_]{1,4}\s+){0,2}[\[(]?$"
    return tuple(  # type: ignore[return-value]
        pattern("date_words", key, form, flags=re.I) for key in ("at_latest", "at_earliest")
    )


def _limit(found: Found, side: str, before: str) -> Found:
    """Read "before July 1918" and "not later than 3 May 1918": the former leaves its date out."""
    at_latest, at_earliest = _limits()
    changes: dict[str, Any] = {}
    date = parse_edtf(found.edtf)
    if date is None or not date.earliest or not date.latest:
        return found
    first, last = dt.date.fromisoformat(date.earliest), dt.date.fromisoformat(date.latest)
    if at_latest.search(before):
        changes["edtf"] = f"[..{found.edtf}]"
    elif at_earliest.search(before):
        changes["edtf"] = f"[{found.edtf}..]"
    elif side == "b":
        changes["edtf"] = f"[..{first - _ONE}]"
    elif side == "a":
        changes["edtf"] = f"[{last + _ONE}..]"
    return replace(found, **changes)
