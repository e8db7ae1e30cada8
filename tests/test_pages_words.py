"""Words of the pages: values in, plain English out."""

import pytest

from regesta.documents import Collection, HistoricalDate, Party
from regesta.documents.dates import from_iso
from regesta.edition.results import Regest
from regesta.serving.pages.regests import regest_line, short_name, who_text
from regesta.serving.pages.search import _spelt
from regesta.serving.pages.words import (
    collection_name,
    count,
    in_words,
    language_name,
    old_style,
    parties_words,
    short_day,
    shorten,
)

BERG, LUND = Party("Berg", "Minister in Norland"), Party("Lund")
OFFICE = Party("", "Secretary of State")


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        ("1918-07-25", "12 July"),
        ("1918-03-13", "28 February"),
        ("1900-03-12", "28 February"),
        ("1900-03-13", "29 February"),
        ("1800-01-05", "25 December 1799"),
        ("1917-11-07", "25 October"),
        ("1582-10-15", "5 October"),
        ("1582-10-14", ""),
        ("1950-01-01", ""),
    ],
)
def test_old_style(day: str, shown: str) -> None:
    """A day in the Julian calendar, where both calendars were in use."""
    assert old_style(day) == shown


@pytest.mark.parametrize(
    ("parties", "shown"),
    [
        ([], ""),
        ([BERG], "Berg"),
        ([BERG, LUND], "Berg and Lund"),
        ([OFFICE, LUND, BERG], "the Secretary of State, Lund and Berg"),
        ([BERG, LUND, Party("A"), Party("B")], "Berg, Lund and two others"),
        ([BERG, BERG], "Berg"),
        ([Party("", "The Porte")], "The Porte"),
    ],
)
def test_parties(parties: list[Party], shown: str) -> None:
    """Parties by name, else by office with its article, each once."""
    assert parties_words(parties, article=True) == shown


@pytest.mark.parametrize(
    ("day", "shown"),
    [("1912-06-03", "3 June"), ("1912-09-30", "30 Sept."), ("1912-10-01", "1 Oct.")],
)
def test_short_days(day: str, shown: str) -> None:
    """Long months are shortened, short ones stand whole."""
    assert short_day(day) == shown


def test_counts() -> None:
    """Counts agree with their nouns and have separators."""
    assert [count(n, "document") for n in (0, 1, 5766)] == [
        "0 documents",
        "1 document",
        "5,766 documents",
    ]
    assert count(2, "entry") == "2 entries"
    assert [in_words(n) for n in (0, 12, 13)] == ["no", "twelve", "13"]


def test_languages() -> None:
    """Codes of two and three letters have English names; unknown ones stay as they are."""
    assert [language_name(c) for c in ("de", "ita", "ota-Latn", "xx-nope")] == [
        "German",
        "Italian",
        "Ottoman Turkish",
        "xx-nope",
    ]


@pytest.mark.parametrize(
    ("collection", "name"),
    [
        (Collection("a", "Papers", "Volume III", "Papers, 1918"), "1918, Volume III"),
        (Collection("a", "Papers", "1918, Volume III", "Papers, 1918"), "1918, Volume III"),
        (Collection("a", "Papers", "White Papers"), "White Papers"),
        (Collection("a", "Papers"), "Papers"),
        (Collection("a", ""), "a"),
    ],
)  # fmt: skip
def test_collection_names(collection: Collection, name: str) -> None:
    """A volume is called by its short title and the year of its series."""
    assert collection_name(collection) == name


def test_shorten() -> None:
    """Text is cut at a word, never inside one where there is a choice."""
    assert shorten("one two three", 9) == "one two…"
    assert shorten("abcdefghij", 4) == "abcd…"
    assert shorten("short", 9) == "short"


@pytest.mark.parametrize(
    ("regest", "shown"),
    [
        (Regest("a/b", "a", "", senders=(BERG,), recipients=(LUND,)), "Berg to Lund"),
        (Regest("a/b", "a", "", recipients=(OFFICE,)), "to the Secretary of State"),
        (Regest("c/d", "c", "A heading", recipients=(LUND,)), "to Lund"),
        (Regest("c/d", "c", "A heading"), "A heading"),
        (Regest("c/d", "c", ""), "d"),
        (Regest("a/b", "a", "3 June 1912", from_iso("1912-06-03"), publication="Post"), "Post"),
    ],
)  # fmt: skip
def test_who(regest: Regest, shown: str) -> None:
    """Who wrote to whom, else the heading, else the id: never nothing."""
    assert who_text(regest) == shown


def test_regest_marks_what_is_derived() -> None:
    """In a list only what is not given carries a mark, with the word for those who cannot see."""
    date = from_iso("1912-06-03")
    given = Regest("c/d", "c", "", date=date, senders=(LUND,), date_origin="given")
    derived = Regest("c/d", "c", "", date=date, senders=(LUND,), date_origin="derived")
    assert 'class="o' not in regest_line(given)
    assert '<span class="o derived" title="derived"></span><span class="vh">(derived)</span>' in (
        regest_line(derived)
    )


def test_undated_regest() -> None:
    """A document without a date says so in the place of its date."""
    assert '<span class="date"><i>no date</i></span>' in regest_line(Regest("c/d", "c", "Note"))


def test_neighbours_name_the_year_where_it_changes() -> None:
    """A neighbour of another year says its year."""
    near = HistoricalDate("1912", "1912-01-01", "1912-12-31")
    regest = Regest("c/d", "c", "", date=from_iso("1913-10-24"), senders=(LUND,), number="7")
    assert short_name(regest, near=near) == "24 Oct. 1913, Lund, no.\N{NO-BREAK SPACE}7"
    assert short_name(regest) == "24 Oct., Lund, no.\N{NO-BREAK SPACE}7"


def test_a_short_title_that_is_the_series_names_no_volume() -> None:
    """The volume's own title is shown instead."""
    volume = Collection(
        id="a", title="American papers", short_title="The affair", series="The affair"
    )
    assert collection_name(volume) == "American papers"


@pytest.mark.parametrize(
    ("query", "word", "other", "expected"),
    [
        ("Railwya grain", "railwya", "railway", "railway grain"),
        ("kind:Tellegram grain", "kind:tellegram", "kind:telegram", "kind:telegram grain"),
        ("1914-1918", "1914-1918", "date:1914..1918", "date:1914..1918"),
        ("from:1918", "author:1918", "date:1918..", "date:1918.."),
    ],
)
def test_another_word_stands_in_a_query(query: str, word: str, other: str, expected: str) -> None:
    """What was meant takes the place of a word; where it was written otherwise, it stands alone."""
    assert _spelt(query, word, other) == expected
