"""Days of other calendars, checked against days that history knows."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regesta.describing.dates.calendars import (
    easter,
    hijri_month,
    hijri_to_gregorian,
    julian_to_gregorian,
    protestant_easter,
    republican_to_gregorian,
    republican_year,
    roman_day,
    rumi_to_gregorian,
    swedish_to_gregorian,
)


@pytest.mark.parametrize(
    ("year", "month", "day", "gregorian"),
    [
        (1, 1, 1, "1792-09-22"), (2, 11, 9, "1794-07-27"), (4, 1, 13, "1795-10-05"),
        (8, 2, 18, "1799-11-09"), (12, 1, 1, "1803-09-24"), (13, 3, 11, "1804-12-02"),
        (14, 4, 10, "1805-12-31"), (3, 13, 6, "1795-09-22"), (79, 8, 16, "1871-05-06"),
        (14, 4, 11, None), (4, 13, 6, None), (8, 2, 31, None), (20, 1, 1, None), (8, 14, 1, None),
    ],
)  # fmt: skip
def test_republican(year: int, month: int, day: int, gregorian: str | None) -> None:
    """Days of the Republic are those of the textbooks; days it never had are none."""
    found = republican_to_gregorian(year, month, day)
    assert (found.isoformat() if found else None) == gregorian


def test_republican_years_follow_each_other() -> None:
    """No day lies between two years, and the last year ends when the calendar did."""
    for year in range(1, 13):
        first, second = republican_year(year), republican_year(year + 1)
        assert first is not None
        assert second is not None
        assert second[0] - first[1] == dt.timedelta(days=1)
    assert republican_year(15) is None


@pytest.mark.parametrize(
    ("year", "month", "day", "gregorian"),
    [
        (1, 1, 1, "0622-07-19"), (1132, 3, 3, "1720-01-14"), (1277, 2, 17, "1860-09-04"),
        (1336, 3, 12, "1917-12-26"), (1334, 2, 30, None), (1334, 1, 31, None), (0, 1, 1, None),
    ],
)  # fmt: skip
def test_hijri(year: int, month: int, day: int, gregorian: str | None) -> None:
    """Tabular days agree with the published tables; months have 29 or 30 days."""
    found = hijri_to_gregorian(year, month, day)
    assert (found.isoformat() if found else None) == gregorian


@settings(deadline=None)
@given(st.integers(1, 1499), st.integers(1, 12))
def test_hijri_months_follow_each_other(year: int, month: int) -> None:
    """A month begins the day after the last of the month before it."""
    here = hijri_month(year, month)
    after = hijri_month(year + month // 12, month % 12 + 1)
    assert here is not None
    assert after is not None
    assert after[0] + dt.timedelta(days=2) == here[1] + dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("year", "month", "day", "gregorian"),
    [
        (1325, 3, 31, "1909-04-13"), (1324, 7, 10, "1908-07-23"), (1333, 8, 10, "1917-08-10"),
        (1332, 2, 15, "1917-02-28"), (1332, 2, 16, None), (1333, 2, 1, None), (1255, 3, 1, None),
    ],
)  # fmt: skip
def test_rumi(year: int, month: int, day: int, gregorian: str | None) -> None:
    """Days of the Ottoman financial calendar, with the leap of 1917."""
    found = rumi_to_gregorian(year, month, day)
    assert (found.isoformat() if found else None) == gregorian


@pytest.mark.parametrize(
    ("kind", "count", "month", "day"),
    [
        ("kalends", 1, 5, (1719, 5, 1)), ("kalends", 2, 3, (1719, 2, 28)),
        ("kalends", 3, 5, (1719, 4, 29)), ("kalends", 16, 1, (1718, 12, 17)),
        ("nones", 1, 10, (1719, 10, 7)), ("nones", 6, 10, (1719, 10, 2)),
        ("ides", 2, 3, (1719, 3, 14)), ("ides", 1, 2, (1719, 2, 13)), ("kalends", 20, 5, None),
        ("ides", 9, 5, None),
    ],
)  # fmt: skip
def test_roman(kind: str, count: int, month: int, day: tuple[int, int, int] | None) -> None:
    """Roman days count both ends; there are never more than nineteen before the Kalends."""
    assert roman_day(1719, month, kind, count) == day


def test_roman_leap_day() -> None:
    """The Romans doubled the sixth day before the Kalends of March."""
    days = [roman_day(1720, 3, "kalends", n) for n in (7, 6, 5)]
    assert days == [(1720, 2, 23), (1720, 2, 25), (1720, 2, 26)]
    assert roman_day(1720, 3, "kalends", 6, twice=True) == (1720, 2, 24)
    assert roman_day(1719, 3, "kalends", 6, twice=True) is None


@pytest.mark.parametrize(
    ("year", "julian", "day"),
    [
        (1480, True, (4, 2)), (1525, True, (4, 16)), (1719, False, (4, 9)),
        (1720, False, (3, 31)), (1720, True, (4, 17)), (1871, False, (4, 9)),
        (1919, False, (4, 20)), (1919, True, (4, 7)), (1818, False, (3, 22)),
        (1943, False, (4, 25)),
    ],
)  # fmt: skip
def test_easter(year: int, julian: bool, day: tuple[int, int]) -> None:
    """Easter Sunday by either computus, its earliest and its latest day among them."""
    assert easter(year, julian=julian)[1:] == day


@settings(deadline=None)
@given(st.integers(1583, 2999))
def test_easter_is_a_sunday(year: int) -> None:
    """Both computi fall on a Sunday, the Julian never before the Gregorian."""
    ours = dt.date(*easter(year))
    theirs = julian_to_gregorian(*easter(year, julian=True))
    assert theirs is not None
    assert ours.weekday() == theirs.weekday() == 6
    assert theirs >= ours


def test_the_odd_ones() -> None:
    """The Protestants' Easter of 1724, and Sweden's 30 February 1712."""
    assert protestant_easter(1724) == (1724, 4, 9)
    assert protestant_easter(1725) is None
    assert swedish_to_gregorian(1712, 2, 30) == dt.date(1712, 3, 11)
    assert swedish_to_gregorian(1705, 7, 12) == dt.date(1705, 7, 22)
