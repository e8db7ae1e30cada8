"""Papers that share rare words: many asked for at once, each with the answer it has alone."""

import random

import pytest

from regesta.linking.counterparts import neighbours
from regesta.linking.counterparts.neighbours import Neighbours

SQUARES = [0.0, 4.0, 9.0, 1.0, 16.0]


def made(*keys: list[int], starts: list[int] | None = None) -> Neighbours:
    """Neighbours among papers of some words, all of one time."""
    lengths = [sum(SQUARES[key] for key in some) ** 0.5 or 1.0 for some in keys]
    return Neighbours(keys, SQUARES, lengths, starts or [0] * len(keys))


@pytest.mark.parametrize(
    ("close", "most", "found"),
    [
        (0.0, 9, [[], [0], [1, 0], []]),
        (0.0, 1, [[], [0], [1], []]),
        (0.8, 9, [[], [], [1], []]),
        (0.99, 9, [[], [], [], []]),
    ],
)
def test_papers_that_share_most_come_first(close: float, most: int, found: list[list[int]]) -> None:
    """Earlier papers are given by what they share, those whose words are not close left out."""
    papers = made([2, 1], [4, 2], [4, 2, 1, 3], [])
    assert list(papers.each(close=close, most=most)) == found


def test_of_papers_that_share_as_much_the_later_comes_first() -> None:
    """Where the words do not tell, the nearer in time does."""
    assert list(made([1], [1], [1]).each(close=0.0, most=9))[-1] == [1, 0]


def test_papers_before_the_time_are_not_looked_at() -> None:
    """A paper has neighbours from its start on, an undated one all that are there."""
    papers = made([1], [1], [1], [1], starts=[0, 0, 1, 0])
    assert list(papers.each(close=0.0, most=9)) == [[], [0], [1], [2, 1, 0]]


def test_a_word_of_many_papers_is_not_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """A word that too many papers of the time have says nothing of any."""
    monkeypatch.setattr(neighbours, "SHARED_BY", 2)
    assert list(made([1], [1], [1], [1]).each(close=0.0, most=9))[2:] == [[1, 0], []]


def test_no_papers_have_no_neighbours() -> None:
    """An edition without documents, or without words, has no pairs."""
    assert list(made().each(close=0.1, most=9)) == []
    assert list(made([], []).each(close=0.1, most=9)) == [[], []]


def test_many_at_once_are_answered_as_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many are asked for at once, and however sums are kept, the answers are the same."""
    chance = random.Random(1918)
    squares = [0.0, *(chance.uniform(0.1, 9) for _ in range(60))]
    keys = [
        sorted(chance.sample(range(1, 61), chance.randrange(12)), key=lambda key: -squares[key])
        for _ in range(200)
    ]
    lengths = [sum(squares[key] for key in some) ** 0.5 or 1.0 for some in keys]
    starts = [max(0, place - 50) if place < 190 else 0 for place in range(200)]
    papers = Neighbours(keys, squares, lengths, starts)
    expected = []
    for place, start in enumerate(starts):
        shares = {
            at: sum(squares[key] for key in {*keys[place]} & {*keys[at]})
            for at in range(start, place)
        }
        close = {at: s / lengths[at] / lengths[place] for at, s in shares.items()}
        some = [at for at in shares if close[at] >= neighbours.RARE * 0.2]
        best = sorted(some, key=lambda at: (-shares[at], -at))[:8]
        expected.append([at for at in best if close[at] >= 0.2])
    for at_once, dense in ((64, 1 << 19), (7, 0), (1, 100)):
        monkeypatch.setattr(neighbours, "AT_ONCE", at_once)
        monkeypatch.setattr(neighbours, "_DENSE", dense)
        assert list(papers.each(close=0.2, most=8)) == expected
