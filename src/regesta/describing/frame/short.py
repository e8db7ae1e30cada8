"""A short line of a head by its words: number, file number, form, bracket, receipt, greeting.

What comes in are the words of a line with every figure as a nought, and where it stands; what goes
out is what it looks like. Lines that differ in their figures alone are judged once: two of three
that editions print are like another.
"""

import re
from functools import lru_cache
from typing import Literal

from regesta.describing.forms import LONGEST_REGISTRY, begins_form, is_form, is_registry
from regesta.describing.frame.columns import second_column
from regesta.describing.frame.lines import (
    ENDS_SENTENCE,
    LONGEST_DATELINE,
    LONGEST_FORM,
    WORD,
    connection,
    handed_in,
    kind_nouns,
    phrase,
    receipt,
)
from regesta.describing.frame.shapes import (
    BRACKET,
    CLOCKED,
    LONGEST_PAGE,
    ROMAN,
    is_file_number,
    is_number,
    is_page,
    is_undated_file_number,
    salutation,
)
from regesta.describing.words import DIGIT, word_set

#: Where a line stands: the first of its head, above the dateline, below it.
Standing = Literal["first", "above", "below"]
#: What a line looks like. "File with figures" is a file's number unless a date is in it, and
#: "greeting with more" a greeting unless one is.
Look = Literal[
    "page", "received", "handed in", "bracket", "number", "form", "addressee", "file number",
    "file with figures", "registry", "about", "clocked", "columns", "greeting",
    "greeting with more", "",
]  # fmt: skip
#: A longer line that greets somebody has more than the greeting.
LONGEST_GREETING = 120
#: A longer Roman number numbers no document.
LONGEST_ROMAN = 9
#: A longer line is no file's number.
LONGEST_FILE = 120
_NUMBERED_KIND = re.compile(r"\s([^\W\d_]+) N[or]\. ?0+$")
_FIGURES = str.maketrans("123456789", "0" * 9)
#: What a time of receipt can end with: a bracket, a stop, "m", "h", a figure.
_RECEIPT_ENDS = frozenset("]).mMrhч0123456789")


def without_figures(words: str) -> str:
    """The words of a line with every figure as a nought: no shape tells one from another."""
    return words.translate(_FIGURES)


@lru_cache(maxsize=16_384)
def look_of(words: str, standing: Standing) -> Look:
    """What a line looks like.

    Args:
        words: Without figures other than noughts.
        standing: Where the line stands.
    """
    figures, length = DIGIT.search(words) is not None, len(words)
    if length <= LONGEST_PAGE and is_page(words):
        return "page"
    if standing == "first" and length <= LONGEST_ROMAN and ROMAN.match(words):
        return "number"
    short = length < LONGEST_DATELINE
    if short and words[-1] in _RECEIPT_ENDS and receipt().match(words):
        return "received"
    if short and figures and handed_in().match(words):
        return "handed in"
    if words[0] in "[(" and BRACKET.match(words):
        return "bracket"
    if figures and is_number(words, first=standing == "first"):
        return "number"
    if length <= LONGEST_FORM:
        formed = begins_form(words)
        if formed and is_form(words):
            return "form"
        if figures and (formed or "]" in words) and second_column(words):
            return "columns"
    if standing == "below":
        return "addressee" if not figures and _addresses(words) else look_beyond(words, standing)
    filed = length <= LONGEST_FILE and (figures or "iles" in words) and is_file_number(words)
    if filed and not connects(words) and not (words[0].isalpha() and _is_named_kind(words)):
        return "file number" if is_undated_file_number(words) else "file with figures"
    return look_beyond(words, standing)


def look_beyond(words: str, standing: Standing) -> Look:
    """The same of a line that is no file's number, since a date is in it, or stands below one."""
    if standing != "first" and len(words) <= LONGEST_REGISTRY and is_registry(words):
        return "registry"
    if standing == "below" and len(words) < LONGEST_DATELINE and phrase("about").match(words):
        return "about"
    clocked = standing == "below" and words[0] in "FDR[" and len(words) < LONGEST_FORM
    if clocked and CLOCKED.match(words):
        return "clocked"
    return _greeting(words) if len(words) <= LONGEST_GREETING else ""


def _is_named_kind(words: str) -> bool:
    """ "Action Memorandum No. 12" is a title, "Treaty Series No. 822" a shelfmark."""
    named = _NUMBERED_KIND.search(words)
    return named is not None and named[1].lower() in kind_nouns()


def _addresses(words: str) -> bool:
    """Tell whether a line below the dateline says to whom: "To all missions"."""
    if len(words) > LONGEST_DATELINE or words[-1] in "?!;":
        return False
    return phrase("addressed").match(words) is not None and not ENDS_SENTENCE.search(words)


def _greeting(words: str) -> Look:
    found = salutation().match(words)
    if found is None:
        return ""
    if found[0].rstrip()[-1:] not in (":", "—", "–") and connects(words):
        return ""
    return "greeting" if found.end() == len(words) else "greeting with more"


def salutes(words: str) -> bool:
    """Tell whether a line opens a letter: "Mr. Wm. Smith to Lord Brown" does not."""
    found = salutation().match(words)
    if found is None:
        return False
    said = WORD.search(words, found.end())
    if said is not None and said[0] in word_set("party_words", "first_person"):
        return True  # "Monsieur, j’ai l’honneur …"
    return found[0].rstrip()[-1:] in (":", "—", "–", ";") or not connects(words)


def connects(words: str) -> bool:
    """Tell whether a line connects two parties."""
    return connection().search(words) is not None
