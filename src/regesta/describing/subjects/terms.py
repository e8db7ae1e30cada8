"""Words of documents and of subject headings, made comparable across volumes.

Headings of different indexes mean one thing in different words ("Claims against Spain", "CLAIM:
Spain"): case, accents, plurals, years and what stands in brackets are no difference.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from regesta.describing.words import rows, word_set
from regesta.documents import Document
from regesta.documents.folding import plain_letters

_WORD = re.compile(r"[^\W\d_]{2,}")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
#: Footnotes repeat what the text says; text beyond this says no more of its subjects.
LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Terms:
    """The words of a document.

    Attributes:
        id: Of the document.
        group: What it stands in with others about the same: its collection and section.
        text: Stem → how often in the text.
        heading: Stems of its heading.
        chapter: Stems of the headings of the sections around it.
        powers: Power, as its stems in one word → how often named or spoken of.
        forms: Stem → the word as printed where it first stands.
    """

    id: str
    group: tuple[str, str]
    text: Counter[str]
    heading: frozenset[str]
    chapter: frozenset[str]
    powers: Counter[str]
    forms: dict[str, str]


@lru_cache(maxsize=262_144)
def stem(word: str) -> str:
    """A word in lower case, without accents and the endings of plurals; "" for an empty one."""
    plain = word.casefold()
    if plain in word_set("subject_words", "empty"):
        return ""
    plain = plain_letters(plain)
    if len(plain) > 4 and plain.endswith("ies"):
        return plain[:-3] + "y"
    if len(plain) > 4 and plain.endswith(("ses", "xes", "zes")):
        return plain[:-2]
    if len(plain) > 3 and plain.endswith("s") and not plain.endswith(("ss", "us", "is")):
        return plain[:-1]
    return plain


def stems(words: str) -> list[str]:
    """The stems of words, in order, empty ones left out."""
    return [s for w in _WORD.findall(words) if (s := stem(w))]


@lru_cache(maxsize=65_536)
def heading_key(heading: str) -> str:
    """A heading as compared: its stems in order, without years and brackets."""
    return " ".join(stems(_BRACKETS.sub(" ", heading)))


@lru_cache(maxsize=1)
def _powers() -> dict[str, str]:
    """Stem of a power's name or adjective of one word → the power's stems in one word."""
    found: dict[str, str] = {}
    for power, forms, *_ in rows("powers"):
        key = heading_key(power)
        for form in forms.split("|"):
            if len(stemmed := stems(form)) == 1:
                found.setdefault(stemmed[0], key)
    return found


def terms_of(document: Document, chapters: str = "") -> Terms:
    """The words of a document.

    Args:
        document: The document; its text is looked at up to :data:`LONGEST` characters.
        chapters: The headings of the sections around it, innermost first.
    """
    forms: dict[str, str] = {}
    text: Counter[str] = Counter()
    for word, count in Counter(_WORD.findall(document.text[:LONGEST])).items():
        if s := stem(word):
            text[s] += count
            forms.setdefault(s, word)
    known = _powers()
    powers: Counter[str] = Counter()
    for s in text.keys() & known.keys():
        powers[known[s]] += text[s]
    return Terms(
        id=document.id,
        group=(document.collection, document.section),
        text=text,
        heading=frozenset(stems(document.heading)),
        chapter=frozenset(stems(chapters)),
        powers=powers,
        forms=forms,
    )
