"""Printed offices into one key each: "the Chargé d'Affaires ad interim in X", "Chargé in X".

What comes in are the words of an office; what goes out is the key under which all its forms stand,
and whether it is held in another's stead, by several at once, or is a body's.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from regesta.describing.parties.names import bears_office
from regesta.describing.persons.names import fold
from regesta.describing.words import vocabulary
from regesta.documents.ids import slug

_WORDS = "office_forms"
_TOKEN = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
#: An office of more words than this is a sentence.
LONGEST = 16


class Office(NamedTuple):
    """An office as its words say it.

    Attributes:
        key: One for all its printed forms; "" where the words name none.
        label: As printed, without article, first letter large.
        acting: Held in another's stead ("Chargé", "Acting Secretary").
        shared: Several hold it at one time ("Assistant Secretary", "members of"), or its words
            do not say which office it is ("the Minister").
        body: A body that writes by whoever is in charge ("Department of State").
    """

    key: str
    label: str
    acting: bool = False
    shared: bool = False
    body: bool = False

    @property
    def single(self) -> bool:
        """Whether one person holds it at a time."""
        return bool(self.key) and not self.shared and not self.body


NO_OFFICE = Office("", "")


@lru_cache(maxsize=1)
def _same() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(form), whole) for form, whole in vocabulary(_WORDS)["same"].items()]


@lru_cache(maxsize=8)
def _kind(name: str) -> re.Pattern[str]:
    words = sorted(vocabulary(_WORDS)["kinds"][name], key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)")


@lru_cache(maxsize=65536)
def parse_office(words: str) -> Office:
    """Give the office that words name.

    Args:
        words: As printed ("the Chargé d’Affaires ad interim in Persia").

    Returns:
        Its key and label; ``NO_OFFICE`` for words without a letter or of a whole sentence.
    """
    line = " ".join(words.split()).strip(" ,;:.()[]")
    lower = line.lower()
    for form, whole in _same():
        lower = form.sub(whole, lower)
    drop = _dropped()
    tokens = [t for t in _TOKEN.findall(lower) if t not in drop]
    if not tokens or len(tokens) > LONGEST:
        return NO_OFFICE
    key = slug(" ".join(map(fold, tokens)), 96)
    label = re.sub(r"^(?:the|der|die|das|le|la|l[’'])\s*(?<=[\s’'])", "", line, flags=re.I)
    head = " ".join(tokens)
    first = re.split(r" (?:of|in|at|to|for|von|de|des|der|in|à|en) ", head, maxsplit=1)[0]
    acting = _kind("acting").search(lower) is not None
    return Office(
        key,
        label[:1].upper() + label[1:],
        acting=acting,
        shared=_kind("shared").search(first) is not None or all(map(bears_office, tokens)),
        body=_kind("body").search(first) is not None,
    )


@lru_cache(maxsize=1)
def _dropped() -> frozenset[str]:
    return frozenset(vocabulary(_WORDS)["drop"])


@lru_cache(maxsize=16384)
def house_of(dateline: str, place: str = "") -> str:
    """The office that a dateline shows: the house that writes, with its place.

    Args:
        dateline: Its words ("Legation of the United States,\\nMadrid, May 2, 1901.").
        place: The place of writing.

    Returns:
        "Legation of the United States, Madrid", or "" where no house is named.
    """
    first = re.split(r"[,\n(\[]", dateline.lstrip(" [("), maxsplit=1)[0].strip(" .")
    if not 5 < len(first) <= 70 or any(c.isdecimal() for c in first):
        return ""
    match = _kind("house").search(first.lower())
    if match is None or not (match.start() == 0 or first[:1].isupper()):
        return ""
    if not place or place.lower() in first.lower() or "department" in first.lower():
        return first
    return f"{first}, {place}"
