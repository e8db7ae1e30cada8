"""Days that are called by their feast: "Martini 1519", "Easter Monday, 1919", "la Saint-Jean 1720".

A feast dates only where its year follows it. Fixed feasts are days of the writer's calendar;
movable ones follow the Easter of that calendar, and where letters of the time used two, both days
stay possible. Weekdays are counted from the feast: "Montag nach Laetare" is the next Monday.
"""

import datetime as dt
import re
from functools import lru_cache

from regesta.describing.dates.calendars import (
    REFORM,
    Day,
    easter,
    julian_to_gregorian,
    offset,
    protestant_easter,
)
from regesta.describing.dates.found import Found
from regesta.describing.dates.tokens import weekday_numbers
from regesta.describing.words import vocabulary
from regesta.documents.dates import Calendar

_ONE = dt.timedelta(days=1)
_LANGUAGES = ("en", "fr", "de", "it", "es", "la", "ru")
#: Until when letters in a language could follow the Julian Easter beside the Gregorian one.
_TWO_EASTERS = {"en": 1752, "de": 1699, "la": 1699}


def _joined(patterns: list[str]) -> str:
    return "|".join(sorted(patterns, key=len, reverse=True))


@lru_cache(maxsize=1)
def _feasts() -> tuple[re.Pattern[str], list[tuple[str, str]]]:
    """One expression of all feasts, and the language and the key of each of its groups."""
    groups: list[str] = []
    keys: list[tuple[str, str]] = []
    named = [
        (max(map(len, names)), language, key, names)
        for language in _LANGUAGES
        for key, names in vocabulary("feasts")[language].items()
    ]
    for _, language, key, names in sorted(named, key=lambda n: -n[0]):
        groups.append(f"(?P<f{len(keys)}>{_joined(names)})")
        keys.append((language, key))
    words = vocabulary("feasts")["around"]
    weekday = "|".join([*map(re.escape, weekday_numbers()), *words["feria"]])
    lead = "|".join(
        [
            rf"(?P<eve>{_joined(words['eve'])})",
            rf"(?P<morrow>{_joined(words['morrow'])})",
            rf"(?P<weekday>{weekday})(?:,? +(?:(?P<after>{_joined(words['after'])})"
            rf"|(?P<before>{_joined(words['before'])})))",
        ]
    )
    expression = (
        rf"(?<!\w)(?:(?P<first>1\d{{3}}),? )?(?:(?:{lead}) )?(?:(?:{_joined(words['filler'])}) )*"
        rf"(?:{'|'.join(groups)})"
        rf"(?:{words['year'][0]}(?P<year>1\d{{3}}|20\d\d)(?!\w|-\d))?(?!\w)"
    )
    return re.compile(expression, re.IGNORECASE), keys


def find_feasts(text: str, start: int, end: int) -> list[Found]:
    """The days of feasts in a line that has a word of one, each with its year."""
    expression, keys = _feasts()
    found = []
    for match in expression.finditer(text, start, end):
        written_year = match["year"] or match["first"]
        if written_year is None:
            continue
        group = next(n for n in range(len(keys)) if match[f"f{n}"])
        language, key = keys[group]
        year = int(written_year)
        days, calendar = _days(key, year, language)
        days = [_moved(day, match) for day in days]
        written = sorted({w for day in days if (w := _written(day, calendar))})
        if not written:
            continue
        edtf = written[0] if len(written) == 1 else f"[{','.join(written)}]"
        shown: Calendar = "unknown" if len(written) > 1 and calendar != "gregorian" else calendar
        first = dt.date.fromisoformat(written[0])
        a, b = match.span()
        found.append(
            Found(a, b, b, "DMY", first.year, first.month, first.day, edtf, calendar=shown)
        )
    return found


def _days(key: str, year: int, language: str) -> tuple[list[dt.date], Calendar]:
    """The real (Gregorian) days that a feast can have been, and the calendar they are given in."""
    if language == "ru":
        return [_real(day, julian=True) for day in _of_year(key, year, julian=True)], "julian"
    if year < REFORM.year:
        return [_real(day, julian=True) for day in _of_year(key, year, julian=True)], "unknown"
    days = [_real(day, julian=False) for day in _of_year(key, year, julian=False)]
    if key[0] in "ea" and year <= _TWO_EASTERS.get(language, 0):
        days += [_real(day, julian=True) for day in _of_year(key, year, julian=True)]
        return days, "unknown" if len(set(days)) > 1 else "gregorian"
    other = protestant_easter(year) if key[0] == "e" and language == "de" else None
    if other:
        days.append(dt.date(*other) + int(key[1:]) * _ONE)
        return days, "unknown"
    return days, "gregorian"


def _of_year(key: str, year: int, *, julian: bool) -> list[Day]:
    """The days of a feast as its own calendar counts them."""
    if key[0] == "e":
        return [_from_easter(year, int(key[1:]), julian=julian)]
    if key == "a":
        christmas = _real((year, 12, 25), julian=julian)
        sunday = christmas - (christmas.weekday() + 1) * _ONE
        return [_back(sunday - 21 * _ONE, julian=julian)]
    return [(year, int(day[:2]), int(day[3:])) for day in key.split(",")]


def _from_easter(year: int, days: int, *, julian: bool) -> Day:
    return _back(_real(easter(year, julian=julian), julian=julian) + days * _ONE, julian=julian)


def _real(day: Day, *, julian: bool) -> dt.date:
    """The Gregorian date of a day of either calendar."""
    if not julian:
        return dt.date(*day)
    found = julian_to_gregorian(*day)
    assert found is not None
    return found


def _back(day: dt.date, *, julian: bool) -> Day:
    """The same day as its calendar counts it."""
    if not julian:
        return day.year, day.month, day.day
    for lead in (offset(day.year), offset(day.year, 1, 1)):
        old = day - lead * _ONE
        if julian_to_gregorian(old.year, old.month, old.day) == day:
            return old.year, old.month, old.day
    return day.year, 2, 29


def _moved(day: dt.date, match: re.Match[str]) -> dt.date:
    """The eve, the morrow, or the weekday after or before a feast."""
    if match["eve"]:
        return day - _ONE
    if match["morrow"]:
        return day + _ONE
    if not match["weekday"]:
        return day
    weekday = _weekday(match["weekday"].lower())
    step = _ONE if match["after"] else -_ONE
    day += step
    while day.weekday() != weekday:
        day += step
    return day


def _weekday(word: str) -> int:
    ferias = vocabulary("feasts")["around"]["feria"]
    return ferias.index(word) if word in ferias else weekday_numbers()[word]


def _written(day: dt.date, calendar: Calendar) -> str:
    """EDTF of a day: before the reform as its own calendar has it."""
    if calendar != "unknown" or day >= REFORM:
        return day.isoformat()
    year, month, number = _back(day, julian=True)
    return f"{year:04d}-{month:02d}-{number:02d}"
