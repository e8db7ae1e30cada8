"""What is near to a term that no document has: a word or value of a query in, others out.

They come as they are written in a query, so that a reader can put one in the place of the other.
"""

import re
from dataclasses import replace
from difflib import get_close_matches

from regesta.documents.dates import from_iso
from regesta.edition.search.forms import Vocabulary
from regesta.edition.search.query import PEOPLE, Leaf, Value, normal_form
from regesta.edition.search.schema import LAYERS
from regesta.edition.search.spelling import MOST_NAMED, near_words
from regesta.edition.search.words import fold

#: A field of so few values is told whole where none of them is like the one asked for.
FEW_VALUES = 8
#: How like a value must be, as ``difflib`` measures.
LIKENESS = 0.7
#: Fields whose values are told.
_VALUED = ("kind", "language", "collection")
_YEAR = re.compile(r"[12]\d{3}")


def near(vocabulary: Vocabulary, term: Leaf | Value) -> tuple[str, ...]:
    """Give what is near to a term of a query, nearest first; nothing where it is found itself."""
    if isinstance(term, Value):
        return _values(vocabulary, term)
    if date := _date(term):
        return (date,)
    if term.kind != "word" or term.field in LAYERS:
        return ()
    if not term.field:
        return near_words(vocabulary, term.words[0])
    field = term.field if term.field == "number" else f"{term.field}_words"
    names = near_words(vocabulary, term.words[0], (field,))
    return tuple(normal_form(replace(term, words=(name,))) for name in names)


def _date(leaf: Leaf) -> str:
    """A date or range of years written as one word, or where a name belongs; "" where none is."""
    words = leaf.words
    day = "-".join(words)
    if leaf.field in PEOPLE and from_iso(day):
        return f"date:{day}.." if leaf.field == PEOPLE[0] else f"date:..{day}"
    if leaf.field or len(words) < 2:
        return ""
    if len(words) == 2 and all(_YEAR.fullmatch(word) for word in words) and words[0] < words[1]:
        return f"date:{words[0]}..{words[1]}"
    return f"date:{day}" if from_iso(day) else ""


def _values(vocabulary: Vocabulary, term: Value) -> tuple[str, ...]:
    """Values that have the one asked for in them, begin it, or are like it; else all of a few."""
    if term.field not in _VALUED or term.value.endswith("*"):
        return ()
    asked = fold(term.value)
    known = {fold(value): value for value in vocabulary.values(term.field)}
    if asked in known or not asked:
        return ()
    found = [value for value in known if asked in value or asked.startswith(value)]
    found = found or get_close_matches(asked, known, MOST_NAMED, LIKENESS)
    if not found and len(known) <= FEW_VALUES:
        return tuple(normal_form(replace(term, value=known[value])) for value in sorted(known))
    return tuple(normal_form(replace(term, value=known[value])) for value in found[:MOST_NAMED])
