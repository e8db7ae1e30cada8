"""Which sentences are worth reading: the words of a sentence in, whether it may hold an act out.

Two sentences in three hold none. What this lets through is tagged and read, which costs a hundred
times as much; what it keeps back is never seen again, so that it must know every word of an act.
"""

from itertools import pairwise

from regesta.describing.acts.actor import Scene
from regesta.describing.acts.lexicon import Lexicon
from regesta.describing.acts.tags import is_imperative
from regesta.describing.words import word_set

_WORDS = "acts_words"
_GOVERNS = frozenset(("government", "department"))
#: What says for what a feeling is.
_THANKED = frozenset(("for", "on", "upon"))
#: What stands before a noun, by the letters of the grammar.
_BEFORE_NOUN = frozenset("DPO")


def may_hold(words: Lexicon, plain: str, every: list[str], scene: Scene) -> bool:
    """Whether a sentence may hold an act, by its words alone.

    Args:
        words: Its language's.
        plain: The sentence, each of its words between spaces.
        every: Its words in lower case.
        scene: Who speaks to whom.
    """
    lows = set(every)
    hits = words.triggers & lows
    beside = words.beside.keys() & lows
    if (hits or beside) and ":" not in lows:
        found = _words(plain, every)
        hits, beside = hits & found, beside & found
    if len(hits) > 1:
        return True
    if hits and not _idle(words, next(iter(hits)), lows, every):
        return True
    if scene.within and _orders(words, every):
        return True
    if _thanks(words, every):
        return True
    for low in beside:
        if not words.beside[low].isdisjoint(lows):
            return True
    return _weakly(words, lows, every, scene)


def _words(plain: str, every: list[str]) -> set[str]:
    """The words that may be verbs: all but those in capitals within a sentence ("the States")."""
    found = {*plain.split(), *every[:3]}
    if "united" in found:
        found.discard("states")  # "The United States"
    return found


def _idle(words: Lexicon, hit: str, lows: set[str], every: list[str]) -> bool:
    """Whether the one word of an act is none: "he stated" to nobody, "the question"."""
    carriers = words.nominal.get(hit)
    if hit not in words.said and (carriers is None or not carriers.isdisjoint(lows)):
        return False
    if hit in words.said:
        to = every[every.index(hit) + 1 : every.index(hit) + 2] == ["to"]
        would = "would" in lows  # "said he would do it"
        return not to and not would and word_set(_WORDS, "told_to").isdisjoint(lows)
    return all(
        at and words.tags.get(every[at - 1]) in _BEFORE_NOUN
        for at, low in enumerate(every)
        if low == hit
    )


def _orders(words: Lexicon, every: list[str]) -> bool:
    """Whether a sentence opens with the base form of a verb, as orders do: "Cable names"."""
    if words.elided and every and is_imperative(every[0]):
        return True
    letters = [words.tags.get(word, "A" if word.endswith("ly") else "") for word in every[:2]]
    return letters[:1] in (["V"], ["d"]) or letters == ["A", "V"]


def _thanks(words: Lexicon, every: list[str]) -> bool:
    """Whether a sentence opens with a noun of feeling: "Many thanks for your note"."""
    if _THANKED.isdisjoint(every[1:4]):
        return False
    return any(after in _THANKED and low in words.nouns for low, after in pairwise(every[:4]))


def _willing(every: list[str]) -> bool:
    """Whether one who may promise or refuse stands before "will": "we shall", "it cannot"."""
    own, willing = word_set(_WORDS, "ourselves"), word_set(_WORDS, "bound_by")
    return any(low in willing and (not at or every[at - 1] in own) for at, low in enumerate(every))


def _weakly(words: Lexicon, lows: set[str], every: list[str], scene: Scene) -> bool:
    """Whether a sentence without a trigger may hold an act all the same."""
    if ("will" in lows or "shall" in lows or "cannot" in lows) and _willing(every):
        return True
    if scene.superior and "should" in lows:
        return True
    if "you" in lows and ("should" in lows or "may" in lows or "must" in lows):
        return True
    if "not" in lows and ("would" in lows or "can" in lows or "could" in lows):
        return True
    government = not _GOVERNS.isdisjoint(lows)
    if government and not words.weak["government"].isdisjoint(lows):
        return True
    if scene.public and not words.weak["public"].isdisjoint(lows):
        return True
    wished = not word_set(_WORDS, "wish").isdisjoint(lows)
    return wished and not words.weak["wish"].isdisjoint(lows)
