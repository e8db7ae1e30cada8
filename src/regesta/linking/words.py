"""Word lists of the linkers, loaded once: a file's name in, its tables or a pattern out."""

import re
from collections.abc import Iterable
from functools import lru_cache

from regesta.documents.folding import plain_letters
from regesta.vocabularies import vocabulary as vocabulary

#: First letters of the words of a regular expression; escapes and character sets are none.
_INITIAL = re.compile(r"(^|[ -]|\(\?:|(?<!\[)\|)([a-zà-þ])(?![^\[]*\])")

#: A choice that opens a regular expression, no other inside of it.
_CHOICE = re.compile(r"\(\?:([^()\[\]]*)\)(?![?*+{])")
_FIRST = re.compile(r"[^\W\d_](?![?*{])")

#: Languages whose mentions are read.
LANGUAGES = ("en", "de", "fr")
#: What a pattern matches where a language has no word for it: nothing.
NEVER = r"(?!)"


def alternatives(words: Iterable[str], *, capital: bool = True) -> str:
    """Regular expressions as one, the longest first; first letters may be capitals."""
    forms = set[str]()
    for word in words:
        if capital:
            word = _INITIAL.sub(lambda m: f"{m[1]}[{m[2]}{m[2].upper()}]", word)
        forms.add(word)
    return "|".join(sorted(forms, key=lambda form: (-len(form), form))) or NEVER


def by_initial(expressions: Iterable[str]) -> str:
    """Regular expressions in small letters as one, for texts in small letters.

    Those that begin with one letter stand together, in their order, and a choice at the beginning
    is written out: all that begin otherwise are passed over at once, where ``re.I`` would try each.

    Args:
        expressions: None with a choice outside of brackets.
    """
    groups: dict[str, list[str]] = {}
    for expression in expressions:
        choice = _CHOICE.match(expression)
        rest = expression[choice.end() :] if choice else expression
        for begin in choice[1].split("|") if choice else [""]:
            initial = _FIRST.match(begin + rest)
            groups.setdefault(initial[0] if initial else "", []).append(begin + rest)
    return "|".join(
        f"{initial}(?:{'|'.join(whole[len(initial) :] for whole in some)})"
        for initial, some in groups.items()
    )


@lru_cache(maxsize=65536)
def fold(words: str) -> str:
    """Words in lower case, without accents and punctuation."""
    plain = plain_letters(words).lower()
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())
