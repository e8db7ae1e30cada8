"""Dates as a reader sees them."""

import tomllib
from importlib import resources

import pytest

from regesta.documents import HistoricalDate, display, parse_edtf


@pytest.mark.parametrize(
    ("edtf", "locale", "shown"),
    [
        ("1918-10-25T19:00", "en", "25 October 1918, 7 p.m."),
        ("1918-10-25T00:30", "en", "25 October 1918, 12.30 a.m."),
        ("1918-10-25T12:00", "en", "25 October 1918, noon"),
        ("1918-07", "en", "July 1918"),
        ("1918", "en", "1918"),
        ("[1918-07-12..1918-07-31]", "en", "between 12 and 31 July 1918"),
        ("1918-05-01/1918-06-03", "en", "1 May – 3 June 1918"),
        ("1918-05-01/1918-05-03", "en", "1–3 May 1918"),
        ("1918-12-01/1919-01-03", "en", "1 December 1918 – 3 January 1919"),
        ("1918-07/1918-08", "en", "July–August 1918"),
        ("[..1917]", "en", "before 1918"),
        ("[..1918-07-12]", "en", "on or before 12 July 1918"),
        ("../1918", "en", "until 1918"),
        ("1918~", "en", "c. 1918"),
        ("1918-10-25?", "en", "25 October 1918?"),
        ("191X", "en", "1910s"),
        ("1918-21", "en", "spring 1918"),
        ("1918-37", "en", "January–April 1918"),
        ("{1917,1919}", "en", "1917 and 1919"),
        ("1918-10-25T19:00", "de-AT", "25. Oktober 1918, 19:00"),
        ("1918-07", "fr", "juillet 1918"),
        ("1918-07", "ru", "июль 1918"),
        ("1918-07-25", "ru", "25 июля 1918"),
        ("1918-07-25", "es", "25 de julio de 1918"),
        ("1918-07-25", "xx", "25 July 1918"),
    ],
)
def test_display(edtf: str, locale: str, shown: str) -> None:
    """Each form of date reads as a historian of that language would write it."""
    date = parse_edtf(edtf)
    assert date is not None
    assert display(date, locale) == shown


def test_printed_words_where_there_is_no_edtf() -> None:
    """A date nobody could read is shown as printed."""
    assert display(HistoricalDate("", None, None, printed="31 June 1918")) == "31 June 1918"


def test_every_language_has_every_pattern() -> None:
    """No language lacks a pattern that English has, but for the two halves of the clock."""
    text = (resources.files("regesta.vocabularies") / "date_display.toml").read_text("utf-8")
    tables = tomllib.loads(text)
    wanted = set(tables["en"]) - {"am", "pm"}
    assert all(wanted <= set(table) for table in tables.values())
    assert all(len(table["months"]) == 12 for table in tables.values())
