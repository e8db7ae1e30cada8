"""A word that no document has into words of the index that are spelt almost so.

What comes in is a folded word; what goes out are the nearest words, the most frequent first: one
letter changed, added, left out or exchanged with its neighbour, two in longer words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from string import ascii_lowercase

from regesta.auditing.words import edit_distance
from regesta.edition.search.forms import Vocabulary
from regesta.edition.search.query import Leaf, Node, Or
from regesta.edition.search.schema import LAYERS

#: Shorter words are near to too many others.
SHORTEST = 4
#: Words of so many letters may differ in two.
LONG = 7
#: Words looked at for one beginning.
MOST_LOOKED_AT = 20_000
#: The fields of all texts, by the form.
TEXTS = tuple(f"{layer}_exact" for layer in LAYERS)
#: How many are named.
MOST_NAMED = 3
#: Shorter words are not exchanged for others, and of a query so many at most.
SHORTEST_EXCHANGED, MOST_EXCHANGED = 5, 4


def near_words(vocabulary: Vocabulary, word: str, fields: Sequence[str] = TEXTS) -> tuple[str, ...]:
    """Words of the index that are spelt almost as ``word``, which it does not have; few or none.

    The first letter is taken to be right, as a slip of the hand seldom begins a word; of a long
    word the one too many that another tongue writes ("Tch" for "Ch").

    Args:
        vocabulary: The index's.
        word: A folded word.
        fields: Where it is sought: the texts, or a field of names.
    """
    if len(word) < SHORTEST or any(vocabulary.count(field, word) for field in fields):
        return ()
    if fields is TEXTS and vocabulary.documents(word):
        return ()
    most = 2 if len(word) >= LONG else 1
    for beginning in (word[:2], word[:1], *([word[1:3]] if len(word) >= LONG else [])):
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


def respelt(vocabulary: Vocabulary, node: Node) -> tuple[Node, dict[str, tuple[str, ...]]]:
    """Exchange words that no document has, among words of which any will do, for their like.

    Returns:
        The words now sought, and those exchanged, each with what it was exchanged for.
    """
    parts = node.parts if isinstance(node, Or) else (node,)
    exchanged: dict[str, tuple[str, ...]] = {}
    sought: list[Node] = []
    for part in parts:
        if isinstance(part, Leaf) and len(exchanged) < MOST_EXCHANGED:
            (word,) = part.words
            if others := _one_letter_off(vocabulary, word):
                exchanged[word] = others
                sought += [replace(part, words=(other,)) for other in others]
                continue
        sought.append(part)
    if not exchanged:
        return node, {}
    return (Or(tuple(dict.fromkeys(sought))) if len(sought) > 1 else sought[0]), exchanged


def _one_letter_off(vocabulary: Vocabulary, word: str) -> tuple[str, ...]:
    """Words of the texts with one letter other than an unknown word's, the most frequent first.

    All such words are asked for one by one: some five hundred, however many the index has.
    """
    if len(word) < SHORTEST_EXCHANGED or not (word.isascii() and word.isalpha()):
        return ()
    if vocabulary.documents(word):
        return ()
    asked = {other: vocabulary.count("document_exact", other) for other in variants(word, 1)}
    found = sorted((-count, other) for other, count in asked.items() if count)
    return tuple(other for _, other in found)[:MOST_NAMED]


def variants(word: str, kept: int = 0) -> Iterator[str]:
    """A word with one letter left out, exchanged, changed or added; so many first ones stay."""
    for at in range(kept, len(word) + 1):
        before, after = word[:at], word[at:]
        yield before + after[1:]
        yield before + after[1::-1] + after[2:]
        for letter in ascii_lowercase:
            yield before + letter + after
            yield before + letter + after[1:]
