"""The lines after a body: formula, signature, addressee, sometimes the dateline.

What comes in is a text and where its body begins; what goes out are the lines of its foot, each
with what it is, and where the body ends.
"""

import re
from functools import lru_cache
from typing import Literal

from regesta.describing.dates.grammar import find_dates
from regesta.describing.frame.lines import (
    LONGEST_FOOT,
    WORD,
    Line,
    LineKind,
    has_worded_year,
    is_dateline,
    lower_count,
    phrase,
    receipt,
    small_words,
)
from regesta.describing.openings import Openings
from regesta.describing.places.gazetteer import locate
from regesta.describing.words import DIGIT, pattern, vocabulary

#: Feet of letters have at most so many lines.
FOOT_LINES = 14


@lru_cache(maxsize=1)
def _signed() -> re.Pattern[str]:
    """ "(Signed) Kell."."""
    return pattern("letter_words", "signed", r"\({}\)\s*(?=\S)")


def _is_name(sample: str) -> bool:
    """Tell whether a line of the foot is a name, perhaps with an office after it."""
    if sample[0] == "(" and (signed := _signed().match(sample)):
        sample = sample[signed.end() :]
    if len(sample) > 110 or sample[-1] in ":;?!" or sample[0] in "([*":
        return len(sample) < 60 and sample[:1] == "[" and sample[-1] == "]" and sample[1].isupper()
    if "\t" in sample:
        return False  # cells of a table
    words = WORD.findall(sample)
    if not words or len(words) > 14 or not (words[0][0].isupper() or words[0][0].islower()):
        return False
    lower = sum(w[0].islower() and w not in small_words() for w in words)
    return lower <= 1 + len(words) // 4 and not DIGIT.search(sample)


def read_foot(text: str, start: int) -> tuple[list[Line], int]:
    """The lines after the body, and where the body ends."""
    spans: list[tuple[int, int]] = []
    end = len(text)
    for _ in range(FOOT_LINES):
        if end <= start:
            break
        begin = text.rfind("\n", start, end) + 1
        begin = begin or start
        a, b = begin, end
        while b > a and text[b - 1].isspace():
            b -= 1
        while a < b and text[a].isspace():
            a += 1
        if a < b:
            if b - a > LONGEST_FOOT:
                break
            spans.append((a, b))
        end = begin - 1
    lines = [_foot_line(text, a, b) for a, b in reversed(spans)]
    _join_town(text, lines)
    keep = 0
    for i, line in enumerate(lines):
        if line.kind == "other" and line.end - line.start > 90 and not _is_done(text, line):
            keep = i + 1
    lines = lines[keep:]
    return lines, (lines[0].start if lines else len(text))


@lru_cache(maxsize=1)
def _filed() -> Openings:
    """A chancery's note below a letter: "Exped. Wien den 13. Decembris 1719" is not its date."""
    return Openings(vocabulary("letter_words")["filed"], flags=re.I)


def _join_town(text: str, lines: list[Line]) -> None:
    """A town on a line of its own, above a date without place, signs nothing."""
    for i, line in enumerate(lines[1:-1], 1):
        below = lines[i + 1]
        if line.kind == "signature" and below.kind == "dateline" and below.dates:
            before = text[below.start : below.dates[0].start].strip(" ,.").lower()
            signed = any(x.kind in ("closer", "signature") for x in lines[:i])
            town = text[line.start : line.end].strip(" ,.")
            placed = locate(town) is not None or text[line.end - 1] == ","
            if signed and (not before or before in small_words()) and placed:
                line.kind = "dateline"


def _is_done(text: str, line: Line) -> bool:
    """ "Datum Romae apud …", "Done at …": it dates the document, however long it is."""
    return bool(line.dates) and phrase("done").match(text, line.start) is not None


def _foot_line(text: str, a: int, b: int) -> Line:
    sample = text[a:b]
    kind = _kind(sample)
    if kind == "filed":
        return Line("other", a, b)
    printed = DIGIT.search(sample) is not None or has_worded_year(sample)
    dates = find_dates(text, a, b) if printed else []
    dated = dates and dates[0].shape not in ("Y", "MD", "DM")
    if kind != "received" and dated and is_dateline(text, a, b, dates):
        return Line("dateline", a, b, dates)
    return Line(kind, a, b, [] if kind == "signature" else dates)


@lru_cache(maxsize=16_384)
def _kind(sample: str) -> LineKind | Literal["filed"]:
    """What a line is, its dates apart; every other line of a foot stands in other feet too."""
    if receipt().match(sample):
        return "received"
    if _filed().match(sample):
        return "filed"
    inner = sample.lstrip('“"‘[(')
    if phrase("closer").match(inner):
        return "closer"
    if phrase("addressee").match(inner) and not _is_sentence(sample):
        return "addressee"
    return "signature" if _is_name(sample) else "other"


def _is_sentence(sample: str) -> bool:
    """ "Monsieur Kell, faites connaître au duc que j'ai reçu sa lettre.": no address."""
    words = WORD.findall(sample)
    lower = lower_count(words)
    return sample[-1] == "." and len(words) > 10 and lower > 0.7 * len(words)
