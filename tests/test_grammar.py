"""Dates as printed, in the languages of diplomacy."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta.describing.dates.grammar import find_dates
from regesta.documents import parse_edtf

PRINTED = [
    # English
    ("Washington, October 25, 1918, 7 p.m.", "1918-10-25", "19:00"),
    ("Paris, October 30, 1918—9 p.m.", "1918-10-30", "21:00"),
    ("London, 21 December, 1918", "1918-12-21", None),
    ("Lisbon, 4th of March, 1864.", "1864-03-04", None),
    ("this 12th day of May, in the year 1901", "1901-05-12", None),
    ("Halifax, August 30, A. D. 1870.", "1870-08-30", None),
    ("May 3d, 1861, 12 noon", "1861-05-03", "12:00"),
    ("June 7, 1918, midnight", "1918-06-07", "24:00"),
    ("June 7, 1918, 12.15 a.m.", "1918-06-07", "00:15"),
    ("1870, July 25", "1870-07-25", None),
    ("April, 1866", "1866-04", None),
    ("June —, 1861", "1861-06", None),
    ("summer 1918", "1918-22", None),
    ("circa July 7, 1918", "1918-07-07~", None),
    ("July 7 [?], 1918", "1918-07-07?", None),
    ("June 19 [sic], 1930", "1930-06-19", None),
    ("before 3 May 1918", "[..1918-05-02]", None),
    ("after July 1918", "[1918-08-01..]", None),
    ("October 3 to 7, 1918", "1918-10-03/1918-10-07", None),
    ("12 XI 1918", "1918-11-12", None),
    ("1918-07-25", "1918-07-25", None),
    ("25/7/1918", "1918-07-25", None),
    # Two calendars
    ("12/25 July 1918", "1918-07-25", None),
    ("Washington, May 20–June 1, 1864.", "1864-06-01", None),
    ("St. Petersburg, April 8–20, 1861.", "1861-04-20", None),
    ("December 31, 1860, (January 12, 1861.)", "1861-01-12", None),
    ("May 11, (23,) 1861", "1861-05-23", None),
    ("30 декабря/12 января 1918", "1918-01-12", None),
    ("July 12, 1918 (O.S.)", "1918-07-25", None),
    ("5 March 1712, Old Style", "1712-03-16", None),
    ("29 February 1700 O.S.", "1700-03-11", None),
    ("12–24 July 1918", "1918-07-12/1918-07-24", None),
    ("12/24 July 1918", "[1918-07-12,1918-07-24]", None),
    # French
    ("Paris, le 25 juillet 1918", "1918-07-25", None),
    ("Versailles, ce 12 Xbre 1720", "1720-12-12", None),
    ("1er août 1914, à 5 heures 30", "1914-08-01", "05:30"),
    # German
    ("den 3. Jenner 1720", "1720-01-03", None),
    ("Belgrad, den 9. Junii 1719", "1719-06-09", None),
    ("den 3. 7bris 1719", "1719-09-03", None),
    ("12ten Hornung 1741", "1741-02-12", None),
    ("25. Juli 1918, 19 Uhr 30", "1918-07-25", "19:30"),
    ("12.7.1918", "1918-07-12", None),
    ("29.2.–9.3.1568", "1568-02-29/1568-03-09", None),
    ("3.–9.2.1568", "1568-02-03/1568-02-09", None),
    # Russian
    ("Москва, 25 июля 1918 г.", "1918-07-25", None),
    ("Петроград, 3 марта 1918 года", "1918-03-03", None),
    # Italian, Spanish, Latin
    ("Roma, 3 settembre 1870", "1870-09-03", None),
    ("Torino, 3 9bre 1860", "1860-11-03", None),
    ("México, 12 de octubre de 1870", "1870-10-12", None),
    ("Viennae, 7 Decembris 1719", "1719-12-07", None),
    # Hours of twelve, with the half of the day in words
    ("Cettigné, 9 octobre 1912, 7 h. 40 soir", "1912-10-09", "19:40"),
    ("Cettigné, 9 octobre 1912, 7 h. 40 s.", "1912-10-09", "19:40"),
    ("Cettigné, 9 octobre 1912, 2 h. 15 matin", "1912-10-09", "02:15"),
    ("Cettigné, 9 octobre 1912, 8 h. 1/2 du soir", "1912-10-09", "20:30"),
    ("Cettigné, 9 octobre 1912, onze heures du soir", "1912-10-09", None),
    ("Wien, 15. Juni 1866, 11 Uhr nachts", "1866-06-15", "23:00"),
    ("Wien, 15. Juni 1866, 2 Uhr nachts", "1866-06-15", "02:00"),
    ("Tunisi, 21 maggio 1881, ore 8 sera", "1881-05-21", "20:00"),
    ("Lima, 28 de julio de 1866, 1 de la noche", "1866-07-28", "01:00"),
    ("Paris, March 3, 1861, 9 o’clock in the evening", "1861-03-03", "21:00"),
    ("Paris, March 3, 1861, 9 o’clock", "1861-03-03", None),
    # A day of another calendar beside ours
    ("13 Rajab 1137 / 28 March 1725", "1725-03-28", None),
    ("13 Rajab 1137 (30 March 1725)", "[1725-03-27..1725-03-29,1725-03-30]", None),
    # The French Republic's formula belongs to the date
    (
        "Brest, le 12 floréal an II de la République française une et indivisible",
        "1794-05-01",
        None,
    ),
]


@pytest.mark.parametrize(("printed", "edtf", "time"), PRINTED)
def test_printed_dates(printed: str, edtf: str, time: str | None) -> None:
    """Each printed date is read as a historian reads it, time of day included."""
    (found,) = find_dates(printed, 0, len(printed))
    assert (found.edtf, found.time) == (edtf, time)
    assert found.edtf == "" or parse_edtf(found.edtf) is not None


@pytest.mark.parametrize(
    "printed",
    [
        "31 June 1918",
        "30 February 1900",
        "June 31, 1918",
        "4/7/1918",
        "July 12",
        "Received July 12",
    ],
)
def test_impossible_or_incomplete(printed: str) -> None:
    """A day no calendar has, two possible orders or a missing year give no value at all."""
    found = find_dates(printed, 0, len(printed))
    assert found
    assert all(f.value(printed) is None for f in found)


@pytest.mark.parametrize(
    "text", ["", "you may 5 times", "Proclamation No. 1391", "we march 12 miles"]
)
def test_no_date(text: str) -> None:
    """Words and numbers that only look like a date are none."""
    assert find_dates(text, 0, len(text)) == []


def test_received_is_told_apart() -> None:
    """A date after "Received" is marked as such, the one before it is not."""
    text = "Yokohama, February 10, 1870. (Received March 28.)"
    sent, received = find_dates(text, 0, len(text))
    assert (sent.received, received.received) == (False, True)
    assert (received.year, received.month, received.day) == (None, 3, 28)


@given(st.dates(dt.date(1500, 1, 1), dt.date(2000, 12, 31)), st.text(max_size=12))
def test_spans_hold_the_printed_words(day: dt.date, before: str) -> None:
    """Wherever a date stands, its span holds its words and its value is the day."""
    printed = f"{day:%B} {day.day}, {day.year}"
    text = f"{before} | Rome, {printed}."
    found = [f for f in find_dates(text, 0, len(text)) if f.edtf == day.isoformat()]
    assert found
    assert text[found[-1].start : found[-1].end] == printed


@given(st.text(alphabet="0123456789 ,./–-()[]?JulyMaioctIVX", max_size=40))
def test_any_text_is_read(text: str) -> None:
    """No text raises; spans are in order and inside the text; values have bounds in order."""
    last = 0
    for found in find_dates(text, 0, len(text)):
        assert last <= found.start < found.end <= len(text)
        last = found.date_end
        value = found.value(text)
        if value is not None and value.earliest and value.latest:
            assert value.earliest <= value.latest
