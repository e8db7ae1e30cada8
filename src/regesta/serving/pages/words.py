"""How dates, parties and counts are worded on the pages: values in, plain text out."""

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from functools import lru_cache

from regesta.documents import Collection, HistoricalDate, Party
from regesta.documents.dates import from_iso
from regesta.documents.display import display

_NUMBERS = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
#: First and last day on which both calendars were in use in Europe (Spain 1582, Greece 1923).
_TWO_CALENDARS = ("1582-10-15", "1923-03-01")
_SERIES_YEAR = re.compile(r"\b(\d{4}(?:[-–/]\d{2,4})?)$")
_PLURALS = {"entry": "entries", "day": "days", "country": "countries"}


def number(value: int) -> str:
    """A count with separators: 5,766."""
    return f"{value:,}"


def in_words(value: int) -> str:
    """A count in words up to twelve, in figures above."""
    return _NUMBERS[value] if 0 <= value < len(_NUMBERS) else number(value)


def count(value: int, noun: str) -> str:
    """A count with its noun: "1 document", "5,766 documents"."""
    return f"{number(value)} {noun if value == 1 else plural(noun)}"


def plural(noun: str) -> str:
    """The plural of a noun of the interface."""
    return _PLURALS.get(noun, f"{noun}s")


def date_words(date: HistoricalDate | None, *, time: bool = True) -> str:
    """A date for a reader, or "no date"."""
    if date is None:
        return "no date"
    if not time and date.time:
        date = HistoricalDate(date.edtf, date.earliest, date.latest)
    return display(date) or "no date"


def edtf_words(edtf: str) -> str:
    """A day, month or year in EDTF for a reader; other text as it is."""
    date = from_iso(edtf)
    return display(date) if date else display(HistoricalDate(edtf, None, None))


def month_name(month: int) -> str:
    """January to December."""
    return edtf_words(f"2001-{month:02d}").split()[0]


def short_day(day: str, *, year: bool = False) -> str:
    """A day in a few letters: "24 Oct.", "3 June", with its year "24 Oct. 1918"."""
    y, m, d = day.split("-")
    name = month_name(int(m))
    if len(name) > 5:
        name = name[: 4 if name[3] == "t" else 3] + "."
    return f"{int(d)} {name} {int(y)}" if year else f"{int(d)} {name}"


def short_date(date: HistoricalDate | None, *, year: bool = False) -> str:
    """A date in few letters where it is one day, else as :func:`date_words`."""
    if date is not None and date.day:
        return short_day(date.day, year=year)
    return date_words(date, time=False)


def weekday(day: str) -> str:
    """The name of the day of the week (proleptic Gregorian)."""
    return f"{dt.date.fromisoformat(day):%A}"


def old_style(day: str) -> str:
    """The day in the Julian calendar ("12 July"), or "" when only one calendar was in use."""
    if not _TWO_CALENDARS[0] <= day <= _TWO_CALENDARS[1]:
        return ""
    year, month, date = _julian(dt.date.fromisoformat(day).toordinal())
    shown = f"{date} {month_name(month)}"
    return shown if year == int(day[:4]) else f"{shown} {year}"


def _julian(ordinal: int) -> tuple[int, int, int]:
    """Year, month and day in the Julian calendar (Richards, Explanatory Supplement, 3rd ed.)."""
    f = ordinal + 1721425 + 1401
    e = 4 * f + 3
    h = 5 * (e % 1461 // 4) + 2
    month = (h // 153 + 2) % 12 + 1
    return e // 1461 - 4716 + (14 - month) // 12, month, h % 153 // 5 + 1


def next_day(day: str, step: int) -> str | None:
    """The day ``step`` days on, or None beyond the years 1 to 9999."""
    try:
        return (dt.date.fromisoformat(day) + dt.timedelta(days=step)).isoformat()
    except OverflowError:
        return None


def days_in(year: int, month: int) -> int:
    """How many days a month has."""
    return calendar.monthrange(year, month)[1]


def party_words(party: Party, *, article: bool = False) -> str:
    """A party in a regest: its name, else its office, with "the" where the grammar wants it."""
    if party.name or not party.office:
        return party.label
    office = party.office
    if article and not office.lower().startswith(("the ", "his ", "her ", "an ", "a ")):
        return f"the {office}"
    return office


def parties_words(parties: Sequence[Party], *, article: bool = False) -> str:
    """Parties in a regest: "A", "A and B", "A, B and C", "A, B and 4 others"."""
    names = list(dict.fromkeys(party_words(p, article=article) for p in parties))
    names = [name for name in names if name]
    if len(names) > 3:
        names = [*names[:2], f"{in_words(len(names) - 2)} others"]
    if len(names) < 2:
        return names[0] if names else ""
    return f"{', '.join(names[:-1])} and {names[-1]}"


def party_in_full(party: Party) -> str:
    """A party with everything that is known: "Francis, Ambassador in Russia"."""
    parts = [p for p in (party.name, party.office) if p]
    return ", ".join(parts) or party.power


def span_of_years(first: str | None, last: str | None) -> str:
    """The years from one ISO day to another: "1861–1935", "1918", or ""."""
    if not first or not last:
        return ""
    a, b = int(first[:4]), int(last[:4])
    return str(a) if a == b else f"{a}–{b}"


def shorten(text: str, length: int) -> str:
    """Text cut at a word with an ellipsis, where it is longer than ``length`` characters."""
    if len(text) <= length:
        return text
    head = text[:length].rsplit(" ", 1)[0] if " " in text[:length] else text[:length]
    return head.rstrip(" ,;:.") + "…"


def collection_name(collection: Collection) -> str:
    """The short title of a collection, with the year of its series where that ends in one.

    "1918, Volume III, Russia" says more than "Volume III, Russia".
    """
    # A short title that is the series' own tells no volume from the next.
    short = "" if collection.short_title == collection.series else collection.short_title
    year = _SERIES_YEAR.search(collection.series)
    if short and year and year[1] not in short:
        return f"{year[1]}, {short}"
    return short or collection.title or collection.id


@lru_cache(maxsize=256)
def language_name(code: str) -> str:
    """The English name of an ISO 639 code, or the code."""
    from babel.core import Locale, get_global  # loads its tables at the first use

    short = code.replace("_", "-").split("-")[0].lower()
    short = get_global("language_aliases").get(short, short)
    return str(Locale("en").languages.get(short, code))
