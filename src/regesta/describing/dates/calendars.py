"""The calendars of diplomatic papers: a day as printed in, its day in the Gregorian calendar out.

Sources: Reingold and Dershowitz, Calendrical Calculations (Julian, tabular Hijri, the Easter rule);
Grotefend, Taschenbuch der Zeitrechnung (Roman days, the Protestants' Easter, Sweden); Cappelli,
Cronologia; the decrees of 5 October 1793 and 9 September 1805 (Republican); Unat, Hicri Tarihleri
Miladi Tarihe Çevirme Kılavuzu (Hijri and Rumi). Nothing here knows words.
"""

import datetime as dt
from collections.abc import Iterator

Day = tuple[int, int, int]
ONE = dt.timedelta(days=1)

#: The last day of the Julian calendar in the West: before it there is but one style.
REFORM = dt.date(1582, 10, 15)
#: First day of each Republican year I–XIV, and of the year 79 that the Commune counted.
_REPUBLICAN = {
    year: dt.date(1791 + year, 9, 22 + (year > 3) + (year == 12) - (year in (5, 6, 7)))
    for year in range(1, 15)
} | {79: dt.date(1870, 9, 23)}
#: Republican years of 366 days.
_SEXTILE = frozenset((3, 7, 11))
#: The Republican calendar was abolished after 10 nivôse XIV, 31 December 1805.
_LAST_REPUBLICAN = dt.date(1805, 12, 31)
#: 1 Muharram 1 in the civil reckoning: 16 July 622 of the Julian calendar.
_HIJRA = dt.date(622, 7, 19)
#: Years of 355 days in the tabular cycle of thirty.
_HIJRI_LEAP = frozenset((2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29))
#: The Ottoman financial year ran on Julian days until 15 February 1332; 1 March 1333 was
#: 1 March 1917, and from 1 January 1334 years began in January.
RUMI_YEARS = range(1256, 1342)
#: Easter of the German Protestants, reckoned by astronomy, where it was another.
_PROTESTANT_EASTER = {1724: (4, 9), 1744: (3, 29)}


def offset(year: int, month: int = 12, day: int = 31) -> int:
    """Days by which the Gregorian calendar leads on a day of the Julian one.

    10 from October 1582, 11 from 29 February (Julian) 1700, 12 from 1800, 13 from 1900.
    """
    century = year if (month, day) > (2, 28) else year - 1
    return century // 100 - century // 400 - 2


def julian_to_gregorian(year: int, month: int, day: int) -> dt.date | None:
    """The Gregorian date of a Julian day, or None where the Julian calendar has no such day."""
    if not 1 <= month <= 12 or not 1 <= day <= 31 or not 1 <= year <= 9998:
        return None
    if month == 2 and day == 29 and year % 4 == 0 and year % 100 == 0 and year % 400 != 0:
        # A Julian leap day that Gregorian years lack: the day after 28 February Julian.
        return dt.date(year, 2, 28) + dt.timedelta(days=1 + offset(year, 2, 28))
    try:
        return dt.date(year, month, day) + dt.timedelta(days=offset(year, month, day))
    except (ValueError, OverflowError):
        return None


def is_dual_pair(old: Day, new: dt.date) -> bool:
    """Tell whether a Julian day and a Gregorian date are the same day: the pair's checksum."""
    return julian_to_gregorian(*old) == new


def swedish_to_gregorian(year: int, month: int, day: int) -> dt.date | None:
    """A day printed in Sweden from 1 March 1700 to 30 February 1712: a day ahead of the Julian."""
    if (year, month, day) == (1712, 2, 30):
        return dt.date(1712, 3, 11)
    found = julian_to_gregorian(year, month, day)
    return found - ONE if found else None


def republican_to_gregorian(year: int, month: int, day: int) -> dt.date | None:
    """The day of a Republican date; month 13 holds the complementary days.

    Years I to XIV as they were used, and 79 of the Commune; None for any other, for a sixth
    complementary day of a common year, and after the calendar's end.
    """
    start = _REPUBLICAN.get(year)
    longest = 30 if month < 13 else 6 if year in _SEXTILE else 5
    if start is None or not 1 <= month <= 13 or not 1 <= day <= longest:
        return None
    found = start + dt.timedelta(days=30 * (month - 1) + day - 1)
    return found if year > 14 or found <= _LAST_REPUBLICAN else None


def republican_year(year: int) -> tuple[dt.date, dt.date] | None:
    """First and last day of a Republican year I–XIV, or None."""
    start = _REPUBLICAN.get(year)
    if start is None:
        return None
    return start, min(_REPUBLICAN.get(year + 1, _LAST_REPUBLICAN + ONE) - ONE, _LAST_REPUBLICAN)


def hijri_to_gregorian(year: int, month: int, day: int) -> dt.date | None:
    """The day of a Hijri date by the tabular (civil) reckoning.

    The printed day followed the new moon as it was seen: a day earlier or later is as likely.
    None for a day that the tabular month lacks (30 Safar), and for years outside 1–1500.
    """
    leap = year % 30 in _HIJRI_LEAP
    longest = 30 if month % 2 or (month == 12 and leap) else 29
    if not 1 <= year <= 1500 or not 1 <= month <= 12 or not 1 <= day <= longest:
        return None
    days = (year - 1) * 354 + (3 + 11 * year) // 30 + 29 * (month - 1) + month // 2 + day - 1
    return _HIJRA + dt.timedelta(days=days)


def hijri_month(year: int, month: int) -> tuple[dt.date, dt.date] | None:
    """The days that a Hijri month can have held, the new moon a day either way."""
    first = hijri_to_gregorian(year, month, 1)
    last = hijri_to_gregorian(year, month, 29)
    if first is None or last is None:
        return None
    long = hijri_to_gregorian(year, month, 30)
    return first - ONE, (long or last) + ONE


def rumi_to_gregorian(year: int, month: int, day: int) -> dt.date | None:
    """The day of a date of the Ottoman financial (Rumi) calendar, months numbered from January."""
    if year not in RUMI_YEARS or (year == 1332 and month == 2 and day > 15):
        return None
    if year >= 1333:
        try:
            return dt.date(year + 584, month, day) if (year, month) >= (1333, 3) else None
        except ValueError:
            return None
    return julian_to_gregorian(year + 584 + (month < 3), month, day)


def roman_day(year: int, month: int, kind: str, count: int, *, twice: bool = False) -> Day | None:
    """The day of a Roman date: ``count`` days before the Kalends, Nones or Ides, both included.

    Args:
        year: The year of the named month.
        month: The named month.
        kind: "kalends", "nones" or "ides".
        count: 1 for the day itself, 2 for *pridie*, 3 for *III.* …
        twice: *bis*: the leap day *bis VI Kal. Martii*.

    Returns:
        Year, month and day (of the year before for days before the Kalends of January), or None
        where the count is too high.
    """
    long = month in (3, 5, 7, 10)
    fixed = {"kalends": 1, "nones": 7 if long else 5, "ides": 15 if long else 13}[kind]
    highest = {"kalends": 19, "nones": 6 if long else 4, "ides": 8}[kind]
    if kind == "kalends":
        highest = {1: 19, 2: 19, 3: 16, 4: 19, 5: 18, 6: 19, 7: 18, 8: 19, 9: 19, 10: 18, 11: 19,
                   12: 18}[month]  # fmt: skip
    if not 1 <= count <= highest:
        return None
    leap = kind == "kalends" and month == 3 and is_leap(year)
    if twice and not (leap and count == 6):
        return None
    if leap and (count > 6 or twice):
        count += 1
    found = dt.date(year, month, fixed) - dt.timedelta(days=count - 1)
    return found.year, found.month, found.day


def is_leap(year: int) -> bool:
    """Whether a year has a leap day, by the rule in force in the West."""
    return year % 4 == 0 and (year < 1583 or year % 100 != 0 or year % 400 == 0)


def easter(year: int, *, julian: bool = False) -> Day:
    """Easter Sunday by the calendar that is asked for (Meeus; Gauss for the Julian)."""
    a = year % 19
    if julian:
        d = (19 * a + 15) % 30
        e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
        month, day = divmod(d + e + 114, 31)
        return year, month, day + 1
    b, c = divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    rest = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * rest) // 451
    month, day = divmod(h + rest - 7 * m + 114, 31)
    return year, month, day + 1


def protestant_easter(year: int) -> Day | None:
    """Easter of the German Protestants where it was not that of the Gregorian calendar."""
    found = _PROTESTANT_EASTER.get(year)
    return (year, *found) if found else None


def days_around(day: dt.date) -> Iterator[dt.date]:
    """A day with the one before and the one after."""
    yield from (day - ONE, day, day + ONE)
