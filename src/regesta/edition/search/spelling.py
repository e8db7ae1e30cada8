"""A word that no document has into words of the index that are spelt almost so.

What comes in is a folded word; what goes out are the nearest words, the most frequent first: one
letter changed, added, left out or exchanged with its neighbour, two in longer words.
"""

from regesta.auditing.words import edit_distance
from regesta.edition.search.forms import Vocabulary
from regesta.edition.search.schema import LAYERS

#: Shorter words are near to too many others.
SHORTEST = 4
#: Words of so many letters may differ in two.
LONG = 7
#: Words looked at for one beginning.
MOST_LOOKED_AT = 20_000
#: How many are named.
MOST_NAMED = 3


def near_words(vocabulary: Vocabulary, word: str) -> tuple[str, ...]:
    """Words of the index that are spelt almost as ``word``, which it does not have; few or none.

    The first letter is taken to be right, as a slip of the hand seldom begins a word.
    """
    if len(word) < SHORTEST or vocabulary.documents(word):
        return ()
    most = 2 if len(word) >= LONG else 1
    fields = [f"{layer}_exact" for layer in LAYERS]
    for beginning in (word[:2], word[:1]):
        found = vocabulary.beginning_with(beginning, fields, limit=MOST_LOOKED_AT)
        ranked = sorted(
            (distance, -count, other)
            for other, count in found
            if abs(len(other) - len(word)) <= most
            and other.isalpha()
            and (distance := edit_distance(word, other, most)) <= most
        )
        if ranked:
            nearest = ranked[0][0]
            return tuple(other for distance, _, other in ranked if distance == nearest)[:MOST_NAMED]
    return ()
