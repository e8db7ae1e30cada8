"""Passages of an edition as numbers, and their words on disk."""

from contextlib import closing

import pytest

from regesta.edition.links.shared import Passages, Words

ROWS = [
    ("c/1", 0, 60, "c/2", 5, 65, 0, 2),
    ("c/1", 80, 150, "c/2", 90, 160, 3, 4),
    ("c/1", 0, 60, "c/9", 7, 67, 1, 2),
    ("c/2", 5, 65, "c/9", 7, 67, 0, 2),
]


def test_passages_are_given_as_they_came() -> None:
    """Every row comes back whole, by its number; beyond the last there is none."""
    held = Passages(iter(ROWS))
    assert [held[n] for n in range(len(held))] == ROWS
    with pytest.raises(IndexError):
        held[len(ROWS)]


def test_passages_of_a_pair_stand_together() -> None:
    """Pairs come in the order of the rows, each with the numbers of its passages."""
    assert list(Passages(ROWS).pairs()) == [
        ("c/1", "c/2", range(2)), ("c/1", "c/9", range(2, 3)), ("c/2", "c/9", range(3, 4)),
    ]  # fmt: skip


def test_a_document_has_all_its_sides_in_order() -> None:
    """Whether it is the first of a pair or the second, with the other document's id."""
    held = Passages(ROWS)
    sides = {id: [held.side(n) for n in numbers] for id, numbers in held.by_document().items()}
    assert list(sides) == ["c/1", "c/2", "c/9"]
    assert sides["c/2"] == [(5, 65, "c/1"), (90, 160, "c/1"), (5, 65, "c/9")]
    assert sides["c/9"] == [(7, 67, "c/1"), (7, 67, "c/2")]


def test_no_passages_have_no_pairs() -> None:
    """An edition in which nothing stands twice is no fault."""
    assert (len(Passages([])), list(Passages([]).pairs()), Passages([]).by_document()) == (
        0,
        [],
        {},
    )


def test_words_are_found_again_by_number() -> None:
    """In any script, also where two numbers share them."""
    with closing(Words(3)) as words:
        words.put(0, "und so weiter")
        words.put(2, "до двух часов")
        words.repeat(1, 0)
        assert [words[n] for n in (2, 1, 0)] == ["до двух часов", "und so weiter", "und so weiter"]
