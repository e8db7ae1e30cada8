"""Ids from words: titles and file names in, short URL-safe ids out, the same at every build."""

import re
import zlib
from functools import lru_cache

from regesta.documents.folding import plain_letters

#: Longest id made of words alone; a longer label is cut and gets a checksum of the whole.
LONGEST_ID = 60

#: Signs within a word that an id leaves out: ayn, hamza, apostrophes.
_SILENT = str.maketrans("", "", "ʿʾ’'")

#: What is an id as it stands, as most are that a source gives.
_SAFE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9.-])?")


def _fold(text: str) -> str:
    if text.isascii():
        return text.replace("'", "")
    return plain_letters(text.translate(_SILENT))


def _fallback(text: str) -> str:
    return f"x{zlib.crc32(text.encode('utf-8', 'surrogatepass')):08x}"


def slug(text: str, limit: int = 48) -> str:
    """Make a lower-case id of words joined by hyphens.

    Letters lose their accents; letters of other scripts stay as they are.

    Args:
        text: A title or any other words.
        limit: Longest id in characters; it is cut at a word where there is one to cut at.

    Returns:
        The id, never empty: words without any letter or digit give ``x`` and a checksum.
    """
    folded = _fold(text).lower()
    words = "".join(c if c.isalnum() else " " for c in folded).split()
    if not words:
        return _fallback(text)
    made = words[0][:limit]
    for word in words[1:]:
        if len(made) + 1 + len(word) > limit:
            break
        made = f"{made}-{word}"
    return made


def local_id(text: str) -> str:
    """Make an id of a file's stem or an element's id, case kept.

    Letters, digits, ``.``, ``_`` and ``-`` stay, letters lose their accents, any run of others
    becomes one ``_``, and no id begins with a dot.

    Returns:
        The id, never empty: words without any letter or digit give ``x`` and a checksum.
    """
    if _SAFE.fullmatch(text):
        return text
    folded = _fold(text)
    safe = "".join(c if c.isalnum() or c in "._-" else " " for c in folded)
    made = "_".join(safe.split()).lstrip(".").rstrip("_")
    return made if any(c.isalnum() for c in made) else _fallback(text)


@lru_cache(maxsize=65536)
def label_id(label: str) -> str:
    """Give the id of a label: its words in lower case, a checksum added where they are cut."""
    whole = slug(label, 10_000)
    if len(whole) <= LONGEST_ID:
        return whole
    return f"{slug(label, LONGEST_ID - 9)}-{zlib.crc32(whole.encode()):08x}"


def one_line(words: str) -> str:
    """Words on one line, without punctuation around them."""
    return " ".join(words.split()).strip(" ,;:")
