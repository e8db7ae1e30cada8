"""The table of hard dates, written from the literature of chronology, is read."""

import collections
from types import ModuleType

import pytest
from scripts import benchmark

from regesta.describing.dates.phrases import read_date
from regesta.documents import parse_edtf
from regesta.documents.dates import MARKS
from regesta.documents.display import display

#: What the project promises of the table.
FLOOR, LEAST_ROWS, LEAST_LANGUAGES = 0.98, 300, 6


@pytest.fixture(scope="module")
def table() -> ModuleType:
    """The benchmark's module, which reads the table."""
    return benchmark("hard_dates")


def test_the_table_is_read(table: ModuleType) -> None:
    """At least .98 of the rows are right, in either half, and no date is invented."""
    tallies: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for row in table.rows():
        verdict = table.judge(row, read_date(row.words, on=row.on or None))
        tallies[row.half][verdict] += 1
        assert verdict != "invented", row
    for tally in tallies.values():
        assert tally["right"] / tally.total() >= FLOOR
    assert sum(t.total() for t in tallies.values()) >= LEAST_ROWS


def test_the_table_is_sound(table: ModuleType) -> None:
    """Many languages, no words twice, every value EDTF that reads back as itself."""
    rows = list(table.rows())
    assert len({row.language for row in rows}) >= LEAST_LANGUAGES
    assert len({(row.words, row.on) for row in rows}) == len(rows)
    for row in rows:
        assert row.why
        if row.edtf != "nothing":
            date = parse_edtf(row.edtf)
            assert date is not None
            assert date.edtf == row.edtf


def test_what_is_read_goes_out_and_in(table: ModuleType) -> None:
    """EDTF of every value reads back with the same bounds, and shows in six languages."""
    for row in table.rows():
        date = read_date(row.words, on=row.on or None)
        if date is None or not date.edtf:
            continue
        again = parse_edtf(date.edtf)
        assert again is not None
        assert (again.earliest, again.latest) == (date.earliest, date.latest)
        assert set(date.marks) <= set(MARKS)
        for locale in ("en", "fr", "de", "ru", "it", "es"):
            shown = display(date, locale)
            assert shown
            assert not set("[]{}~%X") & set(shown.replace("XX", "").replace("X", ""))


@pytest.mark.parametrize(
    ("words", "mark"),
    [
        ("31 June 1918", "impossible"),
        ("6e jour complémentaire an IV", "impossible"),
        ("12/24 July 1918", "offset"),
        ("Monday, 25 October 1918", "weekday"),
        ("Петроград, 25 октября 1917 г.", "style"),
        ("12 July 1731/2", "double year"),
        ("Ju1y l9, 19l8", "damaged"),
        ("3 Rebiülevvel 1132", "new moon"),
    ],
)
def test_what_is_odd_is_marked(words: str, mark: str) -> None:
    """Nothing is repaired in silence: each oddity leaves its mark, and the printed words."""
    date = read_date(words)
    assert date is not None
    assert mark in date.marks
    assert date.printed in words


@pytest.mark.parametrize("words", ["Friday, 25 October 1918", "12/25 July 1918", "3 May 1870"])
def test_what_is_sound_is_not_marked(words: str) -> None:
    """A weekday or an offset that agrees leaves no mark."""
    date = read_date(words)
    assert date is not None
    assert date.marks == ()
