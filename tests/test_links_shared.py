"""Passages of an edition as numbers, and their words on disk."""

from contextlib import closing

from regesta.edition.links.shared import Passages, Words

ROWS = [
    ("c/1", 0, 60, "c/2", 5, 65, 0, 2),
    ("c/1", 80, 150, "c/2", 90, 160, 3, 4),
    ("c/1", 0, 60, "c/9", 7, 67, 1, 2),
    ("c/2", 5, 65, "c/9", 7, 67, 0, 2),
]


def test_passages_of_a_pair_stand_together() -> None:
    """Pairs come in the order of the rows, each whole, with the number of its first passage."""
    held = Passages(iter(ROWS))
    assert len(held) == len(ROWS)
    assert list(held.pairs()) == [(0, ROWS[:2]), (2, ROWS[2:3]), (3, ROWS[3:])]


def test_a_document_has_all_its_sides_in_order() -> None:
    """Whether it is the first of a pair or the second, with the other document's id."""
    (sides,) = Passages(ROWS).by_document()
    assert list(sides) == ["c/1", "c/2", "c/9"]
    assert sides["c/2"] == [(1, 5, 65, "c/1"), (3, 90, 160, "c/1"), (6, 5, 65, "c/9")]
    assert sides["c/9"] == [(5, 7, 67, "c/1"), (7, 7, 67, "c/2")]


def test_no_passages_have_no_pairs() -> None:
    """An edition in which nothing stands twice is no fault."""
    held = Passages([])
    assert (len(held), list(held.pairs()), list(held.by_document())) == (0, [], [])


def test_words_are_found_again_by_number() -> None:
    """In any script, also where two numbers share them."""
    with closing(Words(3)) as words:
        words.put(0, "und so weiter")
        words.put(2, "до двух часов")
        words.repeat(1, 0)
        assert [words[n] for n in (2, 1, 0)] == ["до двух часов", "und so weiter", "und so weiter"]
