"""The plainest dates, which are read at a glance, and those that only the grammar can tell."""

import pytest

from regesta.describing.dates.grammar import find_dates
from regesta.describing.dates.plain import plain_dates


@pytest.mark.parametrize(
    ("line", "edtf", "time", "words"),
    [
        ("Lima, May 3, 1871.", "1871-05-03", None, "May 3, 1871"),
        ("Lima, May 3, 1918, 7 p.m.", "1918-05-03", "19:00", "May 3, 1918, 7 p.m."),
        ("Lima, May 3, 1918, 10:15 a. m.", "1918-05-03", "10:15", "May 3, 1918, 10:15 a. m."),
        ("Bern, den 3. Mai 1905", "1905-05-03", None, "3. Mai 1905"),
        ("Paris, le 12 juin 1936.", "1936-06-12", None, "12 juin 1936"),
    ],
)
def test_plain_dates(line: str, edtf: str, time: str | None, words: str) -> None:
    """A day with its month and year, and its hour, at the end of a line whose words are a place."""
    dates = plain_dates(line, 0, len(line))
    assert dates is not None
    (found,) = dates
    assert (found.edtf, found.time, line[found.start : found.end]) == (edtf, time, words)


@pytest.mark.parametrize(
    "line",
    [
        *(
            "Tuesday, May 3, 1871",
            "circa May 3, 1871",
            "before May 3, 1871",
            "Received the 3d",
        ),
        *("May 3/15, 1871", "June 31, 1871", "Old Style, May 3, 1871", "Петроград, 3 мая 1917 г."),
        *("May 3, 1871?", "May 3 to May 5, 1871", "3 May 1571", "1 Ramadan 1801", "May, 1871"),
        *("No. 12, May 3, 1871", "[May 3, 1871]", "3 de mayo de 1871"),
    ],
)
def test_what_says_more_is_left_to_the_grammar(line: str) -> None:
    """A weekday, a doubt, a limit, a day alone, another style: nothing is read at a glance."""
    assert plain_dates(line, 0, len(line)) is None


@pytest.mark.parametrize(
    "line",
    [
        *("Lima, May 3, 1871.", "U. S. Legation, Lima, May 3, 1871.", "The 3 May 1871"),
        *("Roma, 3 maggio 1871", "den 3. Mai 1905", "Berlin, d. 3. Mai 1905.", "C. May 3, 1871"),
        *("Legation of Peru, Lima, May 3, 1871.", "Lima, May 3, 1871—7 p.m.", "I. May 3, 1871"),
        *("[Lima,] May 3, 1871", "“Mercury”, off Lima, May 3, 1871", "(of May 3, 1871"),
        *("Lima, May 3, 1871. (Received July 1.)", "Lima, May 3, 1871, 7 p.m. (Received May 4.)"),
        *("[Received May 3, 1918, 7 p.m.]", "[Received May 3—7:15 p.m.]", "[Received 7 p.m.]"),
        *(
            "(Received May 3.)",
            "Received May 3",
            "Received the 3, 7 p.m.",
            "[Received May 3, 25 p.m.]",
        ),
        *("(Received May 3, 1871.) (Received May 4.)", "May 3, 1871. (Lima)", "May 3, 7 p.m."),
        *("Lima, May 3, 1871. (Received July 1, 1871.)", "Received May 32", "[Received May 3]"),
        *("Viña del Mar, May 3, 1871.", "Viña del Mar, 3 May 1871", "Viña del Mar, 3d.", "Mar, 3."),
        *("St. Petersburg, May 3, 1871.", "Legation of Peru to Chile, Lima, May 3, 1871."),
        *("March and 3 April 1871", "March and April 3, 1871", "between May 3, 1871 and June 3"),
        *(
            "[Received May 3.]",
            "[Received May 3, 1918.]",
            "[Received May 3, 1918]",
            "Mar May 3, 1871",
        ),
        *("to May 3, 1871", "Lima, the May 3, 1871", "of the 3 May 1871", "[of 3 May 1871"),
    ],
)
def test_the_grammar_finds_the_same(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read at a glance is what the grammar reads."""
    found = find_dates(line, 0, len(line))
    monkeypatch.setattr("regesta.describing.dates.grammar.plain_dates", lambda *_: None)
    assert find_dates(line, 0, len(line)) == found
