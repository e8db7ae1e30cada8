"""The words of ``vocabularies/tei.toml``, loaded once."""

import re
from functools import cache
from typing import Final

from regesta.vocabularies import vocabulary


@cache
def words(table: str, key: str) -> tuple[str, ...]:
    """Give a list of words of a table of the vocabulary."""
    return tuple(vocabulary("tei")[table][key])


@cache
def received() -> re.Pattern[str]:
    """The pattern of words that announce a date of arrival, at the end of what precedes it."""
    joined = "|".join(re.escape(word) for word in words("received", "words"))
    return re.compile(rf"\b(?:{joined})\b[^\d\n]{{0,20}}$", re.IGNORECASE)


@cache
def joints() -> re.Pattern[str]:
    """The pattern of joining words and articles at the start of an office."""
    joined = "|".join(words("heading", "joints") + words("heading", "articles"))
    return re.compile(rf"^(?:[\s,;:]*\b(?:{joined})\b)*[\s,;:]*", re.IGNORECASE)


@cache
def party_joint() -> re.Pattern[str]:
    """The pattern of a word that begins the next party of a heading."""
    joined = "|".join(words("heading", "joints"))
    return re.compile(rf"(?:^|[\s,])(?:{joined})\s+(?={_ARTICLE})", re.IGNORECASE)


@cache
def office_link() -> re.Pattern[str]:
    """The pattern of a word without which a bracket after a name is no office."""
    joined = "|".join(words("heading", "office_links"))
    return re.compile(rf"\b(?:{joined})\b", re.IGNORECASE)


@cache
def body() -> re.Pattern[str]:
    """The pattern of a word that makes a tagged place a house or a body of officials."""
    joined = "|".join(re.escape(word) for word in words("place", "bodies"))
    return re.compile(rf"\b(?:{joined})", re.IGNORECASE)


@cache
def _announced() -> re.Pattern[str]:
    joined = "|".join(re.escape(word) for word in words("file_number", "words"))
    # Up to three words (a series, a record group), the number itself, a fraction of it, its
    # second half ("360d.1121 R25/18"), further numbers of the series ("861.00/2353, 2354").
    number = r"(?:[^\W\d][\w.&]*\s){0,3}[^\s\[\]:;]*\d[^\s\[\]:;,]*"
    number += r"(?:\s[½¼¾⅓⅔]|\s[A-Z]\d[^\s\[\]:;]*)?(?:,\s\d+(?=\s*(?:[\],;.]|$)))*"
    return re.compile(rf"\b(?:{joined})s?\.?\s*(?P<number>{number})", re.IGNORECASE)


def archive_number(note: str) -> tuple[str, int, int] | None:
    """Find an archive's file number in a source note.

    Known by its words ("File No. 861.51/131"), or by the form of the decimal files of 1910 to
    1963, alone at the start of the note ("861.51/131: Telegram").

    Returns:
        The number, and where it begins and ends in the note; None where there is none.
    """
    match = _announced().search(note) or _DECIMAL_FILE.match(note)
    if match is None:
        return None
    number = match["number"].rstrip(" ,;.")
    if not any(c.isdecimal() for c in number):
        return None
    start = match.start("number")
    return number, start, start + len(number)


_ARTICLE: Final = r"(?:the|an?)\b"

_DECIMAL_FILE: Final = re.compile(
    r"\[?(?P<number>(?:[A-Z][A-Za-z.]+ ){0,3}(?:\d{2,4}[A-Za-z]?\.[^\n:;\[\]/]*|\d{3,4})"
    r"/[^\s:;,\[\]]+(?: [½¼¾⅓⅔])?)"
)
