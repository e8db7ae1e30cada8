"""Letters without their accents: a text in, the same in plain letters out.

Two names that differ by accents, strokes and ligatures alone are one name in every room. What is
found together in a search is decided by a table of its own, ``vocabularies/search_folding.toml``.
"""

import unicodedata

#: Latin letters that Unicode does not decompose into a base letter and marks.
_WHOLE = str.maketrans(
    {
        "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O",
        "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ł": "l", "Ł": "L",
        "ı": "i", "ħ": "h", "Ħ": "H", "ŧ": "t", "Ŧ": "T",
    }
)  # fmt: skip


def plain_letters(text: str) -> str:
    """A text without accents, strokes and ligatures; case and signs stay as they are."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text.translate(_WHOLE))
    # A list, since a generator is called anew for every letter.
    return "".join([c for c in decomposed if not unicodedata.combining(c)])
