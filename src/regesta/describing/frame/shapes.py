"""What a line of a head looks like by its words alone: a number, a file's number, a page, a title.

What comes in are the words of a line, or those before its date; what goes out is whether they have
the shape, or the match.
"""

import re
from functools import lru_cache

from regesta.describing.forms import form_end
from regesta.describing.frame.lines import (
    ENDS_SENTENCE,
    WORD,
    connection,
    kind_nouns,
    lower_count,
)
from regesta.describing.openings import Openings
from regesta.describing.parties.names import has_name, has_office, lower_words
from regesta.describing.parties.names import is_titled as is_titled_party
from regesta.describing.places.gazetteer import locate
from regesta.describing.words import pattern, vocabulary, word_set

_NUMBER = re.compile(
    r"[\[(“\"]?\s*(?:(?:No|N[°ºo]|Nr|Num|№|Numero|Nro)s?\.?\s?\d{1,5}[\w/—–-]{0,8}|\d{1,4}[.\])])"
    r"(?:\s*,?\s*(?:bis|ter|[A-Za-z]))?[.:\]),]*"
    r"(?:\s+vom\s+\d{1,2}\. ?\d{1,2}\.?(?: ?\d{2,4})?)?(?=$|\s*$)"
)
_FILE = re.compile(
    r"(?:(?:Enclosure to )?File (?:copy )?No(?:s)?\.|Lot File|[A-Z]{1,4}-?\d* Files|"
    r"(?:[A-Z][\w.]+ ){0,6}[Ff]iles?\b|(?:[A-Z][\w.]+ ){1,5}\d+[\w./½¼¾–-]*\d|"
    r"\d{2,4}[A-Za-z]?\d*\.(?! [A-Z][a-z])[\w./½¼¾ –—-]*\d|\d{3,6}/\d+|\d{3}\.[A-Z]|"
    r"[A-Z](?:\. ?[A-Z]\.)? \d{3,6}(?:/\d+)?$|"
    r"(?:Pol|Zl|Ref|J\. ?Nr|Tgb\. ?-?Nr|Az)\. ?(?:[IVX]+ ?[a-g]? ?)?\d+)"
)
#: The same of figures and signs, perhaps with a kind behind: "861.00/381: Telegram" has no date.
_FILE_OF_FIGURES = re.compile(
    r"[0-9]{3,6}[A-Za-z]?[./](?:[A-Za-z]{0,2}[0-9./½¼¾–-]++)*+[A-Za-z]{0,2}(?:: [A-Z][a-z]+)?$"
)
_FILE_WHOLE = re.compile(r"[^,;!?()]{3,110}$")
BRACKET = re.compile(r"[\[(][^\[\]]{1,300}[\])][.:]?$")
#: British telegrams print registry and times below the dateline: "F.O. 123/4. R. 6 P.M.".
CLOCKED = re.compile(
    r"^(?:(?:F\.O\.|\[)[^A-Za-z]*\s)?(?P<what>[DR])\. (?=\d|[A-Z][a-z]{2,8}\.? \d)[^;?!]{4,40}$"
)
NUMBERED = re.compile(r"(?:N[ro]s?\.|n[°º]|№)\s?\d+ (?:vom|du|of|dated|от|del)\b")
_NUMBERED_KIND = re.compile(r"[^\W\d_]+ (?:N[or]\.|n[°º]|№) ?\d+ (?:vom|du|of|dated|от|del)\s*$")
ROMAN = re.compile(r"(?=[IVXLC]{2})(?:CC?C?|CD|D)?(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})\.?$")
_BARE_NUMBER = re.compile(r"\d{1,5}[a-z]?$")
#: The same where a place may follow the date: "Fort au Prince" addresses nobody.
_ADDRESSED = re.compile(
    r"\w[\w.)\]]* (?:to|an|к) (?:(?:the|den|dem|der|die|das|all|his|her|seine[nr]?) |[A-ZÀ-ÞА-Я])"
)
#: "[Untitled]" and a page's number are short lines.
LONGEST_PAGE = 14
#: The name of who writes has at most so many words where no title or office stands before it.
LONGEST_WRITER = 3
#: Shorter nouns ("act", "note") end other words by chance.
SHORTEST_KIND = 6
_UNTITLED = re.compile(r"\[?untitled\]?\.?$", re.I)


@lru_cache(maxsize=1)
def salutation() -> Openings:
    """How a letter greets whom it is addressed to."""
    opened = '“"‘(['
    form = rf"[{re.escape(opened)}]?{{}}(?:, [a-zA-Z][\w ]{{1,30}})?\s*(?:[:,;.!—–-]|$)"
    return Openings(vocabulary("letter_words")["salutation"], form, before=opened)


@lru_cache(maxsize=1)
def _page() -> re.Pattern[str]:
    """A page's number on a line of its own: "Page 12", "— 413 —", "[p. 4]"."""
    form = r"\W*(?:{}\s?\d{1,4}|[—–-]\s?\d{1,4}\s?[—–-])\W*$"
    return pattern("letter_words", "page", form, flags=re.I)


@lru_cache(maxsize=1)
def office_below() -> Openings:
    """The sender's office in a line below a dateline."""
    return Openings(vocabulary("letter_words")["office_below"], r"{}[^:;!?]+$")


@lru_cache(maxsize=16_384)
def is_titled(before: str) -> bool:
    """Tell whether the words before a line's date are a title ("Executive Order No. 26, May…")."""
    if not _tells_kind(before):
        return False
    place, _, kind = before.partition(", ")
    if _NUMBERED_KIND.match(kind) and locate(place) is not None:
        return False  # "München, Bericht Nr. 14 vom 23. März 1831"
    return _tells_kind(before[form_end(before, 0, len(before)) :])


@lru_cache(maxsize=16_384)
def is_of_heading(before: str) -> bool:
    """Tell whether the words before a line's date address somebody, or are a title."""
    return _ADDRESSED.search(before) is not None or is_titled(before)


def _tells_kind(before: str) -> bool:
    words = WORD.findall(before.lower())
    return any(map(_is_kind, words)) or words[:1] == ["from"]


@lru_cache(maxsize=4096)
def _is_kind(word: str) -> bool:
    """A kind of document, or a German noun that ends in one: "ministerratsprotokoll"."""
    known = kind_nouns()
    return word in known or any(
        word[at:] in known for at in range(1, len(word) - SHORTEST_KIND + 1)
    )


def is_page(words: str) -> bool:
    """Tell whether a short line is a page's number, or says that a paper has no title."""
    return _UNTITLED.match(words) is not None or _page().match(words) is not None


def is_number(words: str, *, first: bool) -> bool:
    """Tell whether a line with figures is a document's number; a bare one only as the first."""
    return _NUMBER.match(words) is not None or (first and _BARE_NUMBER.match(words) is not None)


def is_file_number(words: str) -> bool:
    """Tell whether a line has the shape of a file's number."""
    return _FILE.match(words) is not None and _FILE_WHOLE.match(words) is not None


def is_undated_file_number(words: str) -> bool:
    """Tell whether a file's number is of figures alone, in which no day can be."""
    return _FILE_OF_FIGURES.match(words) is not None


def is_heading_like(words: str) -> bool:
    """Headings are names: few of their words are in lower case."""
    if ENDS_SENTENCE.search(words):
        return False
    found = WORD.findall(words)
    return lower_count(found) <= 4 + len(found) * 0.45


@lru_cache(maxsize=16_384)
def joins_parties(words: str) -> bool:
    """Tell whether the words on both sides of a line's first connection can be parties.

    "Le comte de Kell au marquis de Holm" has one on each, and no verb.
    """
    joint = connection().search(words)
    if joint is None or not word_set("party_words", "sentence").isdisjoint(lower_words(words)):
        return False
    left, right = words[: joint.start()], words[joint.end() - 1 :]
    written = len(left.split()) <= LONGEST_WRITER and has_name(left)
    if not (is_titled_party(left) or has_office(left) or written):
        return False
    return is_titled_party(right) or has_office(right) or has_name(right.partition(",")[0])
