"""Dates that stand alone: read strictly, or not at all."""

import pytest

from regesta.reading.printed_dates import date_at_end, given_date, whole_date


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("25 July 1918", "1918-07-25"), ("July 25, 1918", "1918-07-25"),
        ("25th July, 1918", "1918-07-25"), ("the 3rd of August 1914", "1914-08-03"),
        ("Aug. 4, 1914", "1914-08-04"), ("July 1918", "1918-07"), ("1918", "1918"),
        ("le 1er mars 1919", "1919-03-01"), ("25. Juli 1918", "1918-07-25"),
        ("25 июля 1918 г.", "1918-07-25"), ("3 de mayo de 1898", "1898-05-03"),
        ("1918-07-25", "1918-07-25"), ("  25  July 1918 ", "1918-07-25"),
    ],
)  # fmt: skip
def test_words_that_are_a_date(words: str, edtf: str) -> None:
    """Day, month and year in the languages of the vocabulary."""
    date = whole_date(words)
    assert date is not None
    assert date.edtf == edtf


@pytest.mark.parametrize(
    "words",
    ["31 June 1918", "25 July", "July 25", "spring 1918", "about 1918", "25 July 1918 at noon",
     "Moscow, 25 July 1918", "25 Foo 1918", "3 Ma 1918", "", "25/7/1918", "18", "Note 1918"],
)  # fmt: skip
def test_words_that_are_none(words: str) -> None:
    """Impossible days, missing years and anything more than a date give nothing."""
    assert whole_date(words) is None


def test_a_date_that_ends_a_line() -> None:
    """The date of a source line, with where it begins."""
    found = date_at_end("Pravda, No. 155, 26 July 1918")
    assert found is not None
    assert (found[0], found[1].edtf) == (17, "1918-07-26")
    assert date_at_end("26 July 1918, in Pravda") is None


@pytest.mark.parametrize(
    ("value", "earliest", "latest"),
    [
        ("[1918-07-12..1918-07-24]", "1918-07-12", "1918-07-24"),
        ("1918-07~", "1918-07-01", "1918-07-31"),
        ("1918-06-01/1918-06-03", "1918-06-01", "1918-06-03"),
        ("26 July 1918", "1918-07-26", "1918-07-26"),
    ],
)
def test_a_date_in_a_head_may_be_edtf(value: str, earliest: str, latest: str) -> None:
    """What a user writes is EDTF or a printed date."""
    date = given_date(value)
    assert date is not None
    assert (date.earliest, date.latest) == (earliest, latest)
