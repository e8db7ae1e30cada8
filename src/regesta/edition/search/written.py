"""Forms and phrases as they are written: a leaf of a query in, terms that are kept as sets out.

A document that has one of the terms is found; others may be too, and are left to the index.
"""

from collections.abc import Iterator, Mapping

from regesta.edition.search.query import Leaf
from regesta.edition.search.schema import IN_THREES, PAIRED
from regesta.edition.search.spelling import variants
from regesta.edition.search.words import paired_phrase, phrase_of_threes

#: The layer whose forms and phrases are kept: most words of an edition stand in its texts.
LAYER = "document"


def kept_terms(leaf: Leaf, kept: Mapping[str, Mapping[str, int]]) -> list[tuple[str, str]]:
    """Name kept terms that a leaf finds wherever they stand, each with its field.

    Args:
        leaf: What is sought.
        kept: Field → terms that are kept, as in ``sets.Sets``.
    """
    if leaf.field not in ("", LAYER):
        return []
    if leaf.kind in ("exact", "prefix", "fuzzy"):
        forms = kept[f"{LAYER}_exact"]
        return [(f"{LAYER}_exact", form) for form in _forms(leaf, forms)]
    if leaf.kind == "phrase" and not leaf.number and not leaf.open_end:
        threes = len(leaf.words) > 2 and LAYER in IN_THREES
        pieces = phrase_of_threes(leaf.words) if threes else paired_phrase(leaf.words)
        field = f"{LAYER}_{'threes' if threes else 'pairs'}"
        # More than one piece must stand side by side, which sets do not tell.
        if LAYER in PAIRED and len(pieces) == 1 and pieces[0][1] in kept[field]:
            return [(field, pieces[0][1])]
    return []


def _forms(leaf: Leaf, forms: Mapping[str, int]) -> Iterator[str]:
    """Kept forms that are the word, begin with it, or have one letter other."""
    word = leaf.words[0]
    if leaf.kind == "prefix":
        yield from (form for form in forms if form.startswith(word))
    elif leaf.kind == "fuzzy":
        yield from (form for form in dict.fromkeys(variants(word)) if form in forms)
    elif word in forms:
        yield word
