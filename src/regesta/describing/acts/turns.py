"""Turns of several words that are one: "no longer", "be so good as to", "more than once".

Tokens with their letters come in and are changed: adverbs get "A", denials "n"; a request of
several words ends as "please" does.
"""

from functools import lru_cache
from typing import NamedTuple

from regesta.describing.words import vocabulary

_WORDS = "acts_words"


class Turn(NamedTuple):
    """Words that follow one another, their letters, and which of them tells that they may be there.

    Attributes:
        parts: The words.
        letters: One letter a word.
        at: Among them the place of the rarest.
        please: Whether what follows is asked.
    """

    parts: tuple[str, ...]
    letters: str
    at: int
    please: bool


@lru_cache(maxsize=1)
def _turns() -> dict[str, tuple[Turn, ...]]:
    found: dict[str, tuple[Turn, ...]] = {}
    for kind, first in (("denials", "n"), ("pleading", "A"), ("rounds", "A")):
        for words in vocabulary(_WORDS)[kind]:
            parts = tuple(words.split())
            rarest = "no" if kind == "denials" else max(parts, key=len)
            turn = Turn(
                parts, first + "A" * (len(parts) - 1), parts.index(rarest), kind == "pleading"
            )
            found[rarest] = (*found.get(rarest, ()), turn)
    return found


#: Single words that depend on the one before.
_BESIDE = frozenset(
    ("like", "but", "case", "there", "rest", "well", "better", "best", "last", "do")
)


def places(lows: list[str], low: str) -> list[int]:
    """Where a word stands among others."""
    at, found = -1, []
    for _ in range(lows.count(low)):
        at = lows.index(low, at + 1)
        found.append(at)
    return found


def read_turns(tags: list[str], lows: list[str], there: set[str]) -> None:
    """Read the turns of a sentence.

    Args:
        tags: A letter a word; changed.
        lows: The words in lower case; changed where they ask.
        there: The same, each once.
    """
    turns = _turns()
    for key in turns.keys() & there:
        for i in places(lows, key):
            for turn in turns[key]:
                first = i - turn.at
                last = first + len(turn.parts)
                if first >= 0 and tuple(lows[first:last]) == turn.parts:
                    tags[first:last] = turn.letters
                    if turn.please:
                        lows[last - 1] = "please"
                        there.add("please")
                    break
    for key in _BESIDE & there:
        for i in places(lows, key):
            if i:
                _beside(tags, lows, i, key)


def _beside(tags: list[str], lows: list[str], i: int, key: str) -> None:
    """ "Would like you to", "cannot but protest", "in case" that opens a clause as "if" does."""
    if key == "rest":
        if i + 1 < len(lows) and "assured" in lows[i + 1 : i + 3]:
            tags[i], lows[i] = "X", "be"  # "you may rest assured"
    elif key == "do":
        if lows[i - 1] in ("will", "shall", "would") and tags[i + 1 : i + 2] not in (["n"], ["V"]):
            tags[i] = "V"  # "will do all in its power"
    elif key == "last":
        if tags[i - 1] in "N#":
            tags[i] = "A"  # "of the 5th of May last"
    elif key in ("well", "better", "best"):
        if lows[i - 1] == "be" and tags[i + 1 : i + 2] in (["T"], ["S"], ["H"]):
            tags[i] = "w"  # "it would be well to wait"
    elif key == "like":
        if tags[i - 1] == "m":
            tags[i] = "V"
    elif key == "there":
        if i + 1 < len(lows) and tags[i + 1] in "Xm":
            tags[i] = "p"  # "said there was no truth in it"
    elif key == "but":
        if "cannot" in lows[i - 1] or tags[i - 1] == "n":
            tags[i] = "A"
    elif lows[i - 1] == "in" and i + 1 < len(lows) and tags[i + 1] not in "O,.;:PC":
        tags[i - 1 : i + 1] = ["S", "A"]
