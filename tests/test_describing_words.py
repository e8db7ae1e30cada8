"""Expressions of vocabularies: what is put into small letters, and what is not."""

import re

import pytest

from regesta.describing.words import caseless, small


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        (r"(?P<Kind>Note|[A-ZÀ-Þ]\.) ?\d+(?!\w)", "NOTE 12"),
        (r"(?P<Kind>Note|[A-ZÀ-Þ]\.) ?\d+(?!\w)", "é. 7"),
        (r"\bohne Datum(?=\W|$)", "Ohne DATUM."),
        (r"\S+(?<=X)", "abx"),
        (r"geſchäft|[Ss]chrift", "Ab SCHRIFT"),
        (r"schrift", "Abſchrift"),
        (r"телеграмма", "Телеграмма"),
    ],
)
def test_small_letters_find_what_any_case_would(expression: str, text: str) -> None:
    """An expression without case finds in small text the place that ``re.I`` finds in the text."""
    wanted = re.search(expression, text, re.I)
    found = re.search(caseless(expression), small(text))
    assert wanted is not None
    assert found is not None
    assert found.span() == wanted.span()


@pytest.mark.parametrize("text", ["İstanbul", "STRASSE", "Straße", "ǅ", "Ὀδυσσεύς", ""])
def test_small_text_is_as_long_as_it_was(text: str) -> None:
    """Offsets in small text are those of the text."""
    assert len(small(text)) == len(text)
