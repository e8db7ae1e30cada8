"""Whole numbers of a source: what is read, and what is none."""

import pytest

from regesta.documents.numbers import MOST_FIGURES, whole_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0), ("12", 12), ("007", 7), ("9" * MOST_FIGURES, 10**MOST_FIGURES - 1),
        ("", None), (" 1", None), ("-1", None), ("6²", None), ("²", None), ("٣", None),
        ("1_0", None), ("9" * (MOST_FIGURES + 1), None), ("9" * 5000, None),
    ],
)  # fmt: skip
def test_whole_number(text: str, number: int | None) -> None:
    """Only the figures 0 to 9, and no more than a column of 64 bits holds, are a number."""
    assert whole_number(text) == number
