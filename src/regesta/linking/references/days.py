"""The days that a mention can mean: "October 24", "the 12th ultimo", "yesterday", "vom 3. d. M.".

What is printed without year or month is told from the day on which it is written; without that
day it stays open.
"""

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from regesta.linking.words import alternatives, vocabulary

#: Days by which a mention may run ahead of the document's own date, by clocks and slips of pens.
AHEAD = 2
#: "Of last year".
LAST_YEAR = -1


@dataclass(frozen=True, slots=True)
class Printed:
    """A day as a mention prints it.

    Attributes:
        end: Offset after it.
        year, month: 0 where not printed; the year may be LAST_YEAR.
        days: Of the month: as printed, then as corrected in brackets; empty for a relative day.
        shift: Relative days: 0 today, 1 yesterday; None where the day is printed.
        months: Months back that the words say ("instant" 0, "ultimo" 1), or None.
        same: "Of the same date": the day named before it, where one is.
    """

    end: int
    year: int = 0
    month: int = 0
    days: tuple[int, ...] = ()
    shift: int | None = None
    months: int | None = None
    same: bool = False


@lru_cache(maxsize=4)
def month_numbers(language: str) -> dict[str, int]:
    """Month names of a language, in lower case, and their numbers."""
    table = vocabulary("months")[language]
    return {name: int(number) for number, names in table.items() for name in names}


def months_pattern(language: str) -> str:
    """Month names as they are printed in running text: with a capital where there is one."""
    names = [name for name in month_numbers(language) if len(name) > 2 and name[0].isalpha()]
    forms = [*names, *(n for n in names if language == "fr")]
    capital = [f"{n[0].upper()}{n[1:]}" for n in names] + [n.upper() for n in names]
    words = [*capital, *(n for n in forms if language == "fr")]
    return "|".join(sorted(map(re.escape, set(words)), key=lambda w: (-len(w), w)))


@lru_cache(maxsize=4)
def day_pattern(language: str) -> re.Pattern[str]:
    """A day as printed, relative days included; groups named by what they hold."""
    table = vocabulary("reference_words")[language]["dates"]
    months = months_pattern(language)
    ordinal = alternatives(table["ordinal"], capital=False)
    of = alternatives(table["of"], capital=False)
    this, last = alternatives(table["this_month"]), alternatives(table["last_month"])
    past = alternatives(table["last_year"])
    printed_year = r"(?:of\s+)?\[?(?P<{0}>1[4-9]\d\d|20\d\d)\]?(?!\d|/|,\d)"
    year = rf"(?:,?\s*(?:{printed_year}|(?P<{{0}}past>{past})(?!\w)))?"
    article = rf"(?:(?:{alternatives(table['before'])})\s+)?"
    fix = r"(?:\s*[\[(](?:{m}\.?\s*)?(?P<{n}>\d{{1,2}})(?:{o})?\s?\??[\])])?"
    return re.compile(
        rf"(?:{article}(?P<d1>\d{{1,2}})\s?(?:{ordinal})?\s?(?:(?:{of})\s+)?(?P<m1>{months})\b\.?"
        rf"{year.format('y1')}"
        rf"|(?P<m2>{months})\b\.?,?\s*{article}(?P<d2>\d{{1,2}})(?!\d|[.:]\d\d)(?:{ordinal})?(?!\w)"
        rf"{fix.format(m=f'(?:{months})', n='x2', o=ordinal)}{year.format('y2')}"
        rf"|{article}(?P<d3>\d{{1,2}})\s?(?:{ordinal})?[\s,]+(?:of\s+)?(?:(?P<this>(?i:{this}))|(?P<last>(?i:{last})))(?!\w)"
        rf"|(?P<back>{alternatives(table['day_before'])})(?!\w)"
        rf"|(?P<yesterday>{alternatives(table['yesterday'])})(?!\w)"
        rf"|(?P<today>{alternatives(table['today'])})(?!\w)"
        rf"|{article}(?P<d4>\d{{1,2}})(?:{ordinal})(?!\w))"
    )


def read_day(match: re.Match[str], language: str) -> Printed | None:
    """Read a match of the day pattern; None for no possible day."""
    found = match.groupdict()
    if found["today"] or found["yesterday"] or found["back"]:
        shift = 0 if found["today"] else 1 if found["yesterday"] else 2
        same = bool(found["today"]) and _same_date(language).fullmatch(found["today"]) is not None
        return Printed(match.end(), shift=shift, same=same)
    word = found["m1"] or found["m2"]
    month = month_numbers(language).get(word.lower(), 0) if word else 0
    printed = found["d1"] or found["d2"] or found["d3"] or found["d4"]
    days = tuple(int(d) for d in (printed, found["x2"]) if d)
    if not all(1 <= d <= 31 for d in days):
        return None
    year = int(found["y1"] or found["y2"] or 0)
    if found["y1past"] or found["y2past"]:
        year = LAST_YEAR
    months = 0 if found["this"] else 1 if found["last"] else None
    return Printed(match.end(), year, month, days, None, months)


@lru_cache(maxsize=4)
def _same_date(language: str) -> re.Pattern[str]:
    """Words for the day that was named last."""
    return re.compile(alternatives(vocabulary("reference_words")[language]["dates"]["same"]))


def possible_days(printed: Printed, written: str, *, forward: bool = False) -> tuple[str, ...]:
    """Give the days, EDTF, that a printed day can mean, the likeliest first.

    Without a year it is the last such day; where the next one is nearer, either.

    Args:
        printed: What stands there.
        written: The day on which it is written, ISO, or "".
        forward: It may be later than that (an editor's note).
    """
    base = dt.date.fromisoformat(written) if written else None
    if printed.shift is not None:
        return ((base - dt.timedelta(days=printed.shift)).isoformat(),) if base else ()
    found: list[str] = []
    for day in printed.days:
        found += _with_day(printed, day, base, forward)
    return tuple(dict.fromkeys(found))


def _with_day(printed: Printed, day: int, base: dt.date | None, forward: bool) -> list[str]:
    if printed.month and printed.year == LAST_YEAR:
        return _days([(base.year - 1, printed.month, day)]) if base else []
    if printed.month and printed.year:
        return _days([(printed.year, printed.month, day)])
    if base is None:
        # No year is known: XXXX-12-21 (EDTF), which agrees with that day of any year.
        return [f"XXXX-{printed.month:02d}-{day:02d}"] if printed.month else []
    if printed.month:
        around = _days([(base.year + step, printed.month, day) for step in (-1, 0, 1)])
        if forward:
            return _nearest(around, base, forward)[:2]
        return _of_either_year(around, base)
    if printed.months is not None:
        found = _days([_back(base, printed.months, day)])
        if found and found[0] > (base + dt.timedelta(days=AHEAD)).isoformat():
            found = [*_days([_back(base, 1, day)]), *found]  # "instant" of a day to come: "ultimo"
        return found
    # "the 12th", of this month or, where that is still to come, of the last.
    return _nearest(_days([_back(base, 0, day), _back(base, 1, day)]), base, forward=False)[:1]


def _of_either_year(days: list[str], base: dt.date) -> list[str]:
    """The last such day; and the next where it is nearer: then a date is misprinted, or the year.

    A despatch "of the 23d of May" in one of 10 May may be a year old, or one of the two days is
    wrong: only the paper itself tells.
    """
    past = _nearest(days, base, forward=False)[:1]
    nearest = _nearest(days, base, forward=True)[:1]
    return past + nearest if past and past != nearest else past


def likeliest_day(days: tuple[str, ...], *, forward: bool = False) -> str:
    """The likeliest of the days that a mention can mean; of one day of two years XXXX-05-23 (EDTF).

    Args:
        days: As of :func:`possible_days`.
        forward: As there: editors' notes mean the nearest day.
    """
    if not forward and len({day[:4] for day in days}) > len({day[4:] for day in days}) == 1:
        return f"XXXX{days[0][4:]}"
    return days[0] if days else ""


def _nearest(days: list[str], base: dt.date, forward: bool) -> list[str]:
    """Days in the order of their distance; those to come are left out unless ``forward``."""
    latest = (base + dt.timedelta(days=AHEAD)).isoformat()
    kept = [day for day in days if forward or day <= latest]
    return sorted(kept, key=lambda day: abs((dt.date.fromisoformat(day) - base).days))


def _back(base: dt.date, months: int, day: int) -> tuple[int, int, int]:
    at = base.year * 12 + base.month - 1 - months
    return at // 12, at % 12 + 1, day


def _days(parts: list[tuple[int, int, int]]) -> list[str]:
    found = []
    for year, month, day in parts:
        try:
            found.append(dt.date(year, month, day).isoformat())
        except ValueError:
            continue
    return found


@lru_cache(maxsize=4)
def time_pattern(language: str) -> re.Pattern[str]:
    """A clock time after a day, with a correction in brackets ("10 a.m. [p.m.?]")."""
    table = vocabulary("reference_words")[language]["dates"]
    noon, midnight = alternatives(table["noon"]), alternatives(table["midnight"])
    forms = [rf"(?P<noon>{noon})\b", rf"(?P<midnight>{midnight})\b"]
    if table["half"]:
        half = table["half"][0].replace("(", "(?P<half>", 1)
        fix = r"(?:\s*\[(?P<fix>[ap])\.?\s?m\.?\s?\??\])?"
        forms.append(rf"(?P<h>\d{{1,2}})(?:\s?[.:]\s?(?P<m>\d\d))?\s*{half}{fix}")
    if table["hour"]:
        hour = alternatives(table["hour"])
        minutes = r"(?:[.:](?P<m24>\d\d))?"
        forms.append(rf"(?P<h24>\d{{1,2}}){minutes}\s*(?:{hour})(?!\w)(?:\s?(?P<after>\d\d)\b)?")
    return re.compile(rf"[\s,;—–-]*(?:(?:{alternatives(table['at'])})\s+)?(?:{'|'.join(forms)})")


def read_times(match: re.Match[str]) -> tuple[str, ...]:
    """The clock times of a match: as printed, then as corrected."""
    found = match.groupdict()
    if found.get("noon"):
        return ("12:00",)
    if found.get("midnight"):
        return ("24:00",)
    if found.get("h24"):
        hour, minute = int(found["h24"]), int(found["m24"] or found["after"] or 0)
        return (f"{hour:02d}:{minute:02d}",) if hour <= 24 and minute < 60 else ()
    hour, minute = int(found["h"]), int(found["m"] or 0)
    if not 1 <= hour <= 12 or minute > 59:
        return ()
    halves = [found["half"], *([found["fix"]] if found["fix"] else [])]
    return tuple(f"{hour % 12 + (12 if h == 'p' else 0):02d}:{minute:02d}" for h in halves)
