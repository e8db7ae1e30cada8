"""Titles and citations of volumes into what both say: series, years, supplement, volume.

"Papers Relating to the Foreign Relations of …, 1917, Supplement 2, The War, Volume I" and
"Foreign Relations, 1917, Supp. 2, vol. i" are one.
"""

import re
from functools import lru_cache

from regesta.documents.numbers import whole_number
from regesta.linking.base import Cited
from regesta.linking.words import LANGUAGES, alternatives, vocabulary

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_YEARS = re.compile(r"(1[5-9]\d\d|20\d\d)(?:\s*[-–—/]\s*(\d\d(?:\d\d)?)(?!\d))?")
_VALUE = r"(?:no\.\s*)?(\d{1,3}|[ivxlc]+)\b"


@lru_cache(maxsize=1)
def _series() -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = vocabulary("reference_words")
    return tuple(
        (name, re.compile(rf"(?<!\w)(?:{alternatives(words)})", re.IGNORECASE))
        for language in LANGUAGES
        for name, words in table[language]["series"].items()
    )


@lru_cache(maxsize=2)
def _parts(key: str) -> re.Pattern[str]:
    table = vocabulary("reference_words")
    words = [word for language in LANGUAGES for word in table[language]["notes"][key]]
    return re.compile(rf"(?<!\w)(?:{alternatives(words)})(?!\w)[\s,]*(?:{_VALUE})?", re.IGNORECASE)


def numeral(text: str) -> str:
    """An arabic or roman numeral as a number ("iv" is "4"); "" for neither."""
    text = text.lower()
    if (number := whole_number(text)) is not None:
        return str(number)
    if not text or any(c not in _ROMAN for c in text):
        return ""
    values = [_ROMAN[c] for c in text]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return str(sum(-a if a < b else a for a, b in pairs))


def find_series(text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
    """The first name of a series in a text."""
    stop = len(text) if end is None else end
    found = [m for _, pattern in _series() if (m := pattern.search(text, start, stop))]
    return min(found, key=lambda match: match.start(), default=None)


def read_volume(text: str) -> Cited:
    """Read what follows a series' name: years, supplement, volume."""
    years = _YEARS.search(text)
    supplement = _parts("supplement").search(text)
    volume = _parts("volume").search(text)
    return Cited(
        years=_years(years) if years else "",
        supplement=(numeral(supplement[1] or "") or "1") if supplement else "",
        volume=numeral(volume[1] or "") if volume else "",
    )


def _years(match: re.Match[str]) -> str:
    first, last = match[1], match[2]
    if not last:
        return first
    return f"{first}-{first[:2] + last if len(last) == 2 else last}"


@lru_cache(maxsize=4096)
def volume_of(title: str) -> Cited | None:
    """Read a title or a citation; None where it names no series that we know."""
    for name, pattern in _series():
        match = pattern.search(title)
        if match:
            read = read_volume(title[match.end() :])
            return Cited(name, read.years, read.supplement, read.volume)
    return None
