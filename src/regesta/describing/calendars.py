"""Old Style and New Style: the distance between the calendars, and days from one to the other."""

import datetime as dt


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
    except ValueError:
        return None


def is_dual_pair(old: tuple[int, int, int], new: dt.date) -> bool:
    """Tell whether a Julian day and a Gregorian date are the same day: the pair's checksum."""
    return julian_to_gregorian(*old) == new
