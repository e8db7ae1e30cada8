"""Dates that stand alone: a title, a source line's end or a header's value into a date, or None.

Strict on purpose: the words must be a date from end to end. Dates inside sentences are the work of
the describers.
"""

import re
from functools import cache

from regesta.documents import HistoricalDate
from regesta.documents.dates import from_iso
from regesta.documents.edtf import parse_edtf
from regesta.vocabularies import vocabulary

_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th|er|\.|º)?"
_MONTH = r"(?P<m>[^\W\d_]{3,12})\.?"
_YEAR = r"(?P<y>1[0-9]\d\d|20\d\d)"
_OF = r"(?:of|de|del|di)?"
_ARTICLE = r"(?:the |le |il |el |am |den )?"
_FORMS = (
    rf"{_ARTICLE}{_DAY}\s+{_OF}\s*{_MONTH},?\s+{_OF}\s*{_YEAR}(?:\s*г(?:ода)?)?",
    rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}",
    rf"{_MONTH},?\s+{_OF}\s*{_YEAR}",
    _YEAR,
)
_WHOLE = [re.compile(form + r"\.?$", re.I) for form in _FORMS]
_AT_END = [re.compile(r"(?<!\w)" + form + r"(?=[.\])]*$)", re.I) for form in _FORMS[:3]]


@cache
def _months() -> dict[str, int]:
    """Month names of all languages of the vocabulary, lower case, with their number."""
    found: dict[str, int] = {}
    for language in vocabulary("date_display").values():
        for key in ("months", "months_alone"):
            for number, name in enumerate(language.get(key, ()), 1):
                found.setdefault(name.lower(), number)
    return found


def _month(word: str) -> int:
    """The month a word names, also shortened to three letters or more where no other fits; or 0."""
    lowered = word.lower()
    exact = _months().get(lowered)
    if exact:
        return exact
    fitting = {n for name, n in _months().items() if name.startswith(lowered)}
    return fitting.pop() if len(fitting) == 1 else 0


def _made(match: re.Match[str], printed: str) -> HistoricalDate | None:
    parts = match.groupdict()
    iso = parts["y"]
    if parts.get("m"):
        month = _month(parts["m"])
        if not month:
            return None
        iso += f"-{month:02d}"
    if parts.get("d"):
        iso += f"-{int(parts['d']):02d}"
    return from_iso(iso, printed=printed)


def whole_date(text: str) -> HistoricalDate | None:
    """Read words that are a date from end to end ("25 July 1918", "1918-07-25", "July 1918").

    Returns:
        The date with its printed words, or None where the words are anything else or more.
    """
    words = " ".join(text.split())
    if not 4 <= len(words) <= 40:
        return None
    for form in _WHOLE:
        match = form.match(words)
        if match:
            return _made(match, words)
    return from_iso(words, printed=words)


def date_at_end(line: str) -> tuple[int, HistoricalDate] | None:
    """Find a date, at least month and year, that ends a line ("Izvestia, 25 July 1918").

    Returns:
        Offset of its first character and the date, or None.
    """
    for form in _AT_END:
        match = form.search(line)
        if match:
            date = _made(match, match[0])
            if date is not None:
                return match.start(), date
    return None


def given_date(value: str) -> HistoricalDate | None:
    """Read a date that a user wrote in a header: EDTF first, then the printed forms."""
    words = " ".join(value.split())
    date = parse_edtf(words)
    if date is None:
        return whole_date(words)
    return date
