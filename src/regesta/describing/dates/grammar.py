"""The date grammar: a stretch of text in, every date it prints out, with span and time.

It reads the letters of :mod:`regesta.describing.dates.tokens`. Nothing is filled in: a day
without year stays one (``year`` None), an impossible day (31 June) is found and has no value.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from msgspec.structs import replace

from regesta.describing.dates.clock import find_time
from regesta.describing.dates.damaged import is_damaged, repaired
from regesta.describing.dates.eras import rare_dates
from regesta.describing.dates.feasts import find_feasts
from regesta.describing.dates.found import Found, found_at
from regesta.describing.dates.numerals import with_numbers
from regesta.describing.dates.plain import plain_dates
from regesta.describing.dates.readings import read_at
from regesta.describing.dates.style import with_marks
from regesta.describing.dates.tokens import Tokens, locate, number, tokenize

_DAY = r"\[?D(?:[.-]?o[.]?)?\]?"
_MONTH = r"\[?M[.]?\]?"
#: An Italian "e" between two days looks like the ending of an ordinal.
_PAIR = r"(?:,?(?:[-/&(\[]|t)|o(?=l?\[?D))"
_END = r"[.,]?[\])]?"
_QUERY = r"(?:[(\[]?[?k][)\]]?)?"
_YEAR = r"\[?Y\]?"


#: Each form of a date over the letters of its tokens, the longest first; by the letter that it
#: begins with, since where that stands the others need not be tried.
_FORMS = {
    r"\[?M": (
        rf"{_MONTH},?{_DAY},?(?:{_YEAR})?,?{_PAIR}{{1,2}}l?{_MONTH},?{_DAY}{_END}[,.;]*{_YEAR}",
        rf"{_MONTH},?{_DAY}{_PAIR}{{1,2}}{_DAY}{_END}[,.;]*{_YEAR}",
        rf"{_MONTH},?D\[D\?\][,.;]*{_YEAR}",
        rf"{_MONTH},?[lf]?{_DAY}{_QUERY}[,.;]*f{{0,7}}{_YEAR}",
        rf"{_MONTH}(?:[-/]|t){_MONTH},?f{{0,2}}{_YEAR}",
        rf"{_MONTH},?f?{_YEAR}(?:-|t)l?{_MONTH},?f?{_YEAR}",
        rf"(?<![#D])(?<![#D][. ]){_MONTH}{_QUERY}[,.]?[-_]*[,.]?f{{0,2}}{_YEAR}",
        rf"{_MONTH},?{_DAY}(?!\d)",
    ),
    # A day after another day and what joins them is a part of something longer, and the twelve
    # of "No. 12, May" is no day.
    r"(?<!D[t&/-])(?<!N)(?<!N[.])\[?D": (
        rf"{_DAY}[.]?f*{_MONTH}[,.]?(?:{_YEAR}(?:f[.]?)?)?{_PAIR}{{1,2}}"
        rf"l?{_DAY}[.]?f*{_MONTH}{_END}[,.]?f*{_YEAR}",
        rf"{_DAY}[.]?{_PAIR}{{1,2}}l?{_DAY}{_END}[.]?f*{_MONTH}[,.]?f*{_YEAR}",
        rf"(?:{_DAY}[.]?,){{1,8}}{_DAY}[.]?,?[t&]{_DAY}[.]?f*{_MONTH}[,.]?f*{_YEAR}",
        rf"{_DAY}[.,]?f{{0,5}}{_MONTH}{_QUERY}\]?[,.]?f{{0,7}}{_YEAR}",
        r"(?<![D./])D[.](?:D[.])?-D[.]D[.]Y",
        r"(?<![D./])D[.]D[.]Y|(?<![D./-])(?:D/D/|D-D-)Y",
        r"D[.]?[./-]?R[.]?[./-]?f?Y",
        rf"{_DAY}[.,]?f{{0,3}}{_MONTH}",
    ),
    "(?<=[fl,])[RG]": (rf"[RG][.]?f{{0,3}}{_MONTH}[,.]?f{{0,7}}{_YEAR}",),
    r"\[?Y": (
        rf"(?<!N)(?<!N[.]){_YEAR}[,.]?[fl]{{0,2}}{_MONTH},?{_DAY}(?![:.]D[^D])",
        rf"(?<!N)(?<!N[.]){_YEAR},[fl]{{0,2}}{_DAY}[.]?f?{_MONTH}(?!,?f?Y)",
        r"Y-D-D(?!D)",
        r"(?<!N)(?<!N[.])Y(?:['’-]?S|o)(?![MD])",
        r"(?<!N)(?<!N[.])(?<![-.])Y(?:-[YD#](?![-./:])|tY)",
        rf"(?<!N)(?<!N[.]){_YEAR}",
    ),
    "[fs]": (rf"f?s,?f{{0,2}}{_YEAR}(?:[-/][YD#])?",),
}
_DATE = re.compile("|".join(f"(?={at})(?:{'|'.join(forms)})" for at, forms in _FORMS.items()))
_WORTH = re.compile(r"[YMVHCPXg]|r[.:,]*(?:W{1,3}:)?[lf]*D")
#: A small "may" or "march" between a day and a year is a month.
_SMALL_MONTH = re.compile(r"(?<=[DRG])[.]?o?f?y(?=[,.]?f*[Yq])|(?<=[qo])y(?=[,.]?f*[Yq])")
#: Letters of words that are rare in texts: only they lead to calendars other than ours.
_RARE = re.compile(r"[VXPHKCSvhjemng]")
_WORDED = re.compile(r"q|MM")
#: What is no whole date.
_INCOMPLETE = frozenset(("Y", "MD", "DM", "D"))
_NUMBERED = re.compile(r"[MVCghjPK]")


class _Outlook(NamedTuple):
    """What the letters of a line promise: most lines have the letters of another line."""

    classes: str
    worth: bool
    worded: bool
    rare: bool


@lru_cache(maxsize=16384)
def _outlook(classes: str) -> _Outlook:
    if "y" in classes:
        classes = _SMALL_MONTH.sub(lambda m: f"{m[0][:-1]}M", classes)
    worth = _WORTH.search(classes) is not None
    worded = _WORDED.search(classes) is not None and _NUMBERED.search(classes) is not None
    return _Outlook(classes, worth, worded, _RARE.search(classes) is not None)


@lru_cache(maxsize=16384)
def _spans(classes: str) -> tuple[tuple[int, int], ...]:
    """Where forms of dates stand among the letters of a line."""
    return tuple(match.span() for match in _DATE.finditer(classes))


def find_dates(text: str, start: int, end: int) -> list[Found]:
    """Find every date printed in ``text[start:end]``.

    Days without a year are found too (``year`` None), bare years as well (shape "Y"): the caller
    knows where they mean something.

    Returns:
        The dates in the order of the text; offsets are those of the whole text.
    """
    plain = plain_dates(text, start, end)
    if plain is not None:
        return plain
    tokens = tokenize(text, start, end)
    outlook = _outlook(tokens.classes)
    if not outlook.worth and not is_damaged(text, start, end):
        return []
    tokens.classes = outlook.classes
    locate(tokens, text, start)
    if not outlook.worth:
        return _second_look(text, start, end, tokens, [])
    if outlook.worded:
        tokens = with_numbers(tokens)
    if outlook.rare or (outlook.worded and _RARE.search(tokens.classes)):
        tokens, rare = rare_dates(text, tokens)
        if rare:
            return _with_rare(text, start, end, tokens, rare)
    dates, whole = _plain_dates(text, start, end, tokens)
    return dates if whole else _second_look(text, start, end, tokens, dates)


def _plain_dates(text: str, start: int, end: int, tokens: Tokens) -> tuple[list[Found], bool]:
    """The dates of a line, and whether any of them names a month."""
    dates: list[Found] = []
    last, whole = 0, False
    classes = tokens.classes
    for i, j in _spans(classes):
        found, j = read_at(tokens, i, j)
        whole = whole or found.shape not in _INCOMPLETE
        found = with_marks(found, tokens, i, j, text, start, end)
        if "r" in classes[last:i]:
            found = replace(found, received=True)
        dates.append(found)
        last = j
    if "r" in classes and not any(d.received for d in dates):
        dates += _received_days(text, start, end, tokens)
    return dates, whole


#: A day of receipt without month: "reçu le 26", "eingegangen am 26.", "received 26th", "reçu par
#: téléphone : le 26".
_RECEIVED_DAY = re.compile(r"r[.:,]*(?:W{1,3}:)?(?:[lf]+D[.]?o?|D[.]?o)(?![.,]?f*[MR]|[.:/-]?D)")
#: The same behind the hour: "(per. ore 6,30 del 4)", "(reçu à 3 h. 15 le 26)".
_RECEIVED_HOUR = re.compile(
    r"r[.:,]*[Wft]?D(?:[,.][D#])?[W.D]{0,4}[lf]+D[.]?o?(?![.,]?f*[MR]|[.:/-]?D)"
)
#: The same in figures, day first as stops have it: "Eingetr. 4./11.", "eingegangen 4.11.".
_RECEIVED_FIGURES = re.compile(r"r[.:,]*[lf]*D[.]/?D[.](?![Y#])")
_MONTHS = 12


def _received_days(text: str, start: int, end: int, tokens: Tokens) -> list[Found]:
    days = []
    for match in _RECEIVED_FIGURES.finditer(tokens.classes):
        i, last = (
            tokens.classes.index("D", match.start()),
            tokens.classes.rindex("D", 0, match.end()),
        )
        month = number(tokens.words[last])
        if month <= _MONTHS:
            found = found_at(tokens, i, last + 2, "DM", (None, month, number(tokens.words[i])))
            found = with_marks(found, tokens, i, last + 2, text, start, end)
            days.append(replace(found, received=True))
    for match in _RECEIVED_HOUR.finditer(tokens.classes):
        i, j = tokens.classes.rindex("D", 0, match.end()), match.end()
        hour = find_time(text, tokens.ends[match.start()], tokens.starts[i])
        if hour is not None:
            found = found_at(tokens, i, j, "D", (None, 0, number(tokens.words[i])))
            days.append(replace(found, time=hour[0], received=True))
    for match in _RECEIVED_DAY.finditer(tokens.classes):
        i, j = tokens.classes.index("D", match.start()), match.end()
        found = found_at(tokens, i, j, "D", (None, 0, number(tokens.words[i])))
        if find_time(text, found.start, end) is None:
            found = with_marks(found, tokens, i, j, text, start, end)
            days.append(replace(found, received=True))
    return days


def _second_look(
    text: str, start: int, end: int, tokens: Tokens, dates: list[Found]
) -> list[Found]:
    """A line without a whole date may name a feast, or be damaged."""
    if "F" in tokens.classes and "Y" in tokens.classes:
        feasts = find_feasts(text, start, end)
        if feasts:
            return feasts
    damaged = "Y" in tokens.classes or is_damaged(text, start, end)
    mended = repaired(text, tokens, start, end) if damaged else None
    if mended is None:
        return dates
    found, whole = _plain_dates(text, start, end, mended)
    if not whole:
        return dates
    return [f.marked("damaged") if f.edtf else f for f in found]


def _with_rare(
    text: str, start: int, end: int, tokens: Tokens, rare: list[tuple[int, int, Found]]
) -> list[Found]:
    """The dates of a line that also has some of another calendar or form."""
    masked = tokens.classes
    for i, j, _ in rare:
        masked = masked[:i] + "W" * (j - i) + masked[j:]
    plain = Tokens(masked, tokens.words, tokens.starts, tokens.ends)
    for i, j in _spans(masked):
        found, j = read_at(plain, i, j)
        rare.append((i, j, found))
    dates, last = [], 0
    for i, j, found in sorted(rare, key=lambda item: item[0]):
        marked = with_marks(found, tokens, i, j, text, start, end)
        if "r" in tokens.classes[last:i]:
            marked = replace(marked, received=True)
        dates.append(marked)
        last = j
    return _settled(text, dates)


#: Calendars whose days are printed beside the Gregorian one.
_FOREIGN = frozenset(("republican", "hijri", "rumi"))


def _settled(text: str, dates: list[Found]) -> list[Found]:
    """Join a day of another calendar with the Gregorian one that stands beside it in brackets."""
    joined: list[Found] = []
    for found in dates:
        other = joined[-1] if joined else None
        if (
            other is not None
            and {other.calendar, found.calendar} & _FOREIGN
            and other.calendar != found.calendar
            and found.day
            and other.edtf
            and re.fullmatch(r"\s*[(\[=/,-]\s*", text[other.date_end : found.start])
        ):
            joined[-1] = _same_day(other, found)
        else:
            joined.append(found)
    return joined


def _same_day(first: Found, second: Found) -> Found:
    """One value of a day printed in two calendars; both stay possible where they disagree."""
    foreign, ours = (second, first) if second.calendar in _FOREIGN else (first, second)
    span = {"start": first.start, "end": second.end, "date_end": second.date_end}
    date = foreign.value("")
    if date is not None and date.overlaps(ours.edtf[:10], ours.edtf[:10]):
        return replace(ours, **span, calendar="dual", marks=())
    both = sorted((foreign.edtf.strip("[]"), ours.edtf.strip("[]")))
    return replace(first, **span, calendar="dual", edtf=f"[{','.join(both)}]", marks=("offset",))
