"""The date grammar: a stretch of text in, every date it prints out, with span and time.

It reads the letters of :mod:`regesta.describing.tokens`. Nothing is filled in: a day without year
stays one (``year`` None), an impossible day (31 June) is found and has no value.
"""

import datetime as dt
import re
from functools import lru_cache

from msgspec.structs import replace

from regesta.describing.calendars import is_dual_pair, julian_to_gregorian
from regesta.describing.tokens import Tokens, month_numbers, roman_month, season_numbers, tokenize
from regesta.describing.words import vocabulary
from regesta.documents.base import Value
from regesta.documents.dates import Calendar, HistoricalDate
from regesta.documents.edtf import parse_edtf

_DAY = r"\[?D(?:[.]?o[.]?)?\]?"
_MONTH = r"\[?M[.]?\]?"
_PAIR = r"(?:,?(?:[-/&(\[]|t))"
_END = r"[.,]?[\])]?"
_QUERY = r"(?:[(\[]?[?k][)\]]?)?"
_YEAR = r"\[?Y\]?"
#: Each form of a date over the letters of its tokens, the longest first.
_FORMS = (
    rf"{_MONTH},?{_DAY},?(?:{_YEAR})?,?{_PAIR}{{1,2}}l?{_MONTH},?{_DAY}{_END}[,.;]*{_YEAR}",
    rf"{_MONTH},?{_DAY}{_PAIR}{{1,2}}{_DAY}{_END}[,.;]*{_YEAR}",
    rf"{_DAY}[.]?f*{_MONTH}[,.]?(?:{_YEAR})?{_PAIR}{{1,2}}l?{_DAY}[.]?f*{_MONTH}{_END}[,.]?f*{_YEAR}",
    rf"{_DAY}[.]?{_PAIR}{{1,2}}l?{_DAY}{_END}[.]?f*{_MONTH}[,.]?f*{_YEAR}",
    rf"{_MONTH},?l?{_DAY}{_QUERY}[,.;]*f?{_YEAR}",
    rf"{_DAY}[.,]?f{{0,3}}{_MONTH}{_QUERY}[,.]?f{{0,3}}{_YEAR}",
    rf"(?<!N)(?<!N[.]){_YEAR}[,.]?f?{_MONTH},?{_DAY}(?![:.]D[^D])",
    r"Y-D-D(?!D)",
    r"(?<![D./])D[.](?:D[.])?-D[.]D[.]Y",
    r"(?<![D./])D[.]D[.]Y|(?<![D./])D/D/Y",
    r"D[.]?[./-]?R[./-]?f?Y",
    rf"{_MONTH}[,.]?[-_]*[,.]?f{{0,2}}{_YEAR}",
    rf"f?s,?f{{0,2}}{_YEAR}",
    rf"{_MONTH},?{_DAY}(?!\d)",
    rf"{_DAY}[.,]?f{{0,3}}{_MONTH}",
    rf"(?<!N)(?<!N[.]){_YEAR}",
)
_DATE = re.compile("|".join(f"(?:{form})" for form in _FORMS))
_SKELETON = re.compile(r"[^MDYRs/&t(\[-]")
_WORTH = re.compile(r"[YM]")


class Found(Value, frozen=True):
    """A date as printed.

    Attributes:
        start: Offset of its first word.
        end: Offset after its last word, clock time included.
        date_end: Offset after the date, before the clock time.
        shape: The kinds of its parts, in order: "MDY", "DMY", "MY", "Y", "MD", "MD-DY"…
        year: Its year, or None where none is printed.
        month: Its month, 0 where none is printed.
        day: Its day, 0 where none is printed.
        edtf: The whole as EDTF, or "" where it is incomplete or impossible.
        time: Clock time ``HH:MM``, or None.
        calendar: Calendar as printed.
        received: True where the words say that it is the time of receipt.
    """

    start: int
    end: int
    date_end: int
    shape: str
    year: int | None
    month: int
    day: int
    edtf: str
    time: str | None = None
    calendar: Calendar = "gregorian"
    received: bool = False

    @property
    def possible(self) -> bool:
        """False for a date that no calendar has (31 June)."""
        return bool(self.edtf) or self.year is None

    def value(self, text: str) -> HistoricalDate | None:
        """The date with its printed words, or None where it is incomplete or impossible."""
        date = parse_edtf(self.edtf) if self.edtf else None
        if date is None:
            return None
        return HistoricalDate(
            edtf=date.edtf,
            earliest=date.earliest,
            latest=date.latest,
            time=self.time,
            calendar=self.calendar,
            printed=text[self.start : self.end],
        )


def _alternatives(key: str) -> str:
    return "|".join(sorted(map(re.escape, vocabulary("date_words")["time"][key]), key=len)[::-1])


@lru_cache(maxsize=1)
def _time_pattern() -> re.Pattern[str]:
    """A clock time that follows a date or the word "received"."""
    noon, midnight, at = (_alternatives(k) for k in ("noon", "midnight", "at"))
    hour = _alternatives("hour")
    return re.compile(
        rf"[\s,;.()\[\]—–-]*(?:(?:{at})\s+)?"
        rf"(?:(?:12\s+)?(?P<noon>{noon})\b|(?:12\s+)?(?P<midnight>{midnight})\b"
        r"|(?P<h>\d{1,2})(?:\s?[.:]\s?(?P<m>\d{2}))?\s*"
        r"(?:(?P<half>[ap])\.?\s?m\b\.?|(?P<noon2>m)\.|(?P<night>mid)n)"
        rf"|(?P<h24>\d{{1,2}})(?:[.:](?P<m24>\d\d))?\s*(?:{hour})\b\.?(?:\s?(?P<after>\d\d)\b)?)",
        re.IGNORECASE,
    )


def clock(match: re.Match[str]) -> str | None:
    """The time a match of the time pattern stands for, or None where it is impossible."""
    if match["noon"] or match["noon2"]:
        return "12:00"
    if match["midnight"] or match["night"]:
        return "24:00"
    hour = int(match["h"] or match["h24"])
    minute = int(match["m"] or match["m24"] or match["after"] or 0)
    half = (match["half"] or "").lower()
    if minute > 59 or hour > (12 if half else 24) or (half and hour == 0):
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02d}:{minute:02d}"


def find_time(text: str, start: int, end: int) -> tuple[str, int] | None:
    """The clock time that stands at ``start``, with its end, or None."""
    match = _time_pattern().match(text, start, end)
    time = clock(match) if match else None
    return (time, match.end()) if match and time else None


@lru_cache(maxsize=1)
def _markers() -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = vocabulary("date_words")["calendar"]
    julian, gregorian = "|".join(table["julian"]), "|".join(table["gregorian"])
    before = re.compile(rf"(?:^|[\s(\[])(?:(?P<j>{julian})|(?P<g>{gregorian}))[\s,)\]]*$", re.I)
    after = re.compile(rf"[\s,;(\[]*(?:(?P<j>{julian})|(?P<g>{gregorian}))(?=\W|$)", re.I)
    return before, after


def _iso(year: int, month: int, day: int) -> str:
    """EDTF of a day, or "" where it is impossible."""
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return ""


def _month(word: str, letter: str) -> int:
    return roman_month(word) if letter == "R" else month_numbers()[word.lower().replace("-", "")]


def _single(shape: str, parts: list[int]) -> tuple[int | None, int, int]:
    """Year, month and day of an unpaired date from its parts in printed order; 0 for none."""
    at = dict(zip(shape, parts, strict=True))
    return at.get("Y"), at.get("M", 0), at.get("D", 0)


_Pair = tuple[tuple[int | None, int, int], tuple[int | None, int, int]]


def _halves(left: str, right: str, parts: list[int]) -> _Pair:
    """Both days of a pair; what one half leaves out is the other's, never anything else."""
    a = _single(left, parts[: len(left)])
    b = _single(right, parts[len(left) :])
    month_a, month_b = a[1] or b[1], b[1] or a[1]
    return (a[0], month_a, a[2]), (b[0], month_b, b[2])


def _pair_edtf(pair: _Pair, sign: str) -> tuple[str, Calendar]:
    """A pair is the same day in two calendars where the offset proves it, else a range.

    "/" and brackets announce two calendars; where their offset does not fit, the document does
    not say which half errs, and both stay possible.
    """
    (y1, m1, d1), (y2, m2, d2) = pair
    if y2 is None:
        return "", "gregorian"
    first_year = y1 if y1 is not None else (y2 - 1 if m1 == 12 and m2 == 1 else y2)
    second = _iso(y2, m2, d2)
    if not second:
        return "", "gregorian"
    for old, new in (
        ((first_year, m1, d1), second),
        ((y2, m2, d2), _iso(first_year, m1, d1)),
    ):
        if new and sign != "t" and is_dual_pair(old, dt.date.fromisoformat(new)):
            return new, "dual"
    first = _iso(first_year, m1, d1)
    if not first or first >= second:
        return "", "gregorian"
    apart = (dt.date.fromisoformat(second) - dt.date.fromisoformat(first)).days
    if sign in "-t&" or apart == 1:
        return f"{first}/{second}", "gregorian"
    return f"[{first},{second}]", "dual"


def _numeric(values: list[int], sign: str) -> tuple[int, int, int]:
    """Day first with stops ("12.7.1918"); with strokes only where one order is possible."""
    a, b, year = values
    if sign == ".":
        return year, b, a
    if a > 12 >= b or a == b:
        return year, b, a
    return (year, a, b) if b > 12 >= a else (year, 0, -1)


def _numeric_range(tokens: Tokens, i: int, j: int, values: list[int]) -> Found:
    """Read "29.2.–9.3.1568" and "3.–9.2.1568": day first, as stops have it."""
    year, month = values[-1], values[-2]
    first_month = values[1] if len(values) == 5 else month
    pair: _Pair = ((None, first_month, values[0]), (year, month, values[-3]))
    found = _found(tokens, i, j, "DM-DMY", (year, 0, 0))
    edtf, calendar = _pair_edtf(pair, "t")
    return replace(found, edtf=edtf, calendar=calendar)


def _read(tokens: Tokens, i: int, j: int) -> Found | None:
    """Read the tokens ``i``..``j`` that have the form of a date."""
    classes = tokens.classes[i:j]
    shape = _SKELETON.sub("", classes).strip("([-/&t")
    if shape.startswith("Y-D-D"):
        digits = [int(w) for w, c in zip(tokens.words[i:j], classes, strict=True) if c in "YD"]
        return _found(tokens, i, j, "YMD", (digits[0], digits[1], digits[2]))
    letters = [(w, c) for w, c in zip(tokens.words[i:j], classes, strict=True) if c in "MDYR"]
    bare = "".join(c for _, c in letters).replace("R", "M")
    if bare in ("DDDY", "DDDDY"):
        return _numeric_range(tokens, i, j, [int(w) for w, _ in letters])
    if bare == "DDY":
        sign = "." if "." in classes else "/"
        values = _numeric([int(w) for w, _ in letters], sign)
        return _found(tokens, i, j, "DMY", values)
    parts = [int(w) if c in "DY" else _month(w, c) for w, c in letters]
    if "s" in shape:
        return _season(tokens, i, j, classes, parts[-1])
    if bare.count("D") < 2:
        return _found(tokens, i, j, bare, _single(bare, parts))
    sign = next((c for c in shape if c in "/(["), "") or next(c for c in shape if c in "-&t")
    cut = shape.index(next(c for c in shape if c in "-/&([t"))
    left = shape[:cut].replace("R", "M")
    right = bare[len(left) :]
    edtf, calendar = _pair_edtf(_halves(left, right, parts), sign)
    year = next((p for p, c in zip(parts[::-1], bare[::-1], strict=True) if c == "Y"), None)
    found = _found(tokens, i, j, f"{left}-{right}", (year, 0, 0))
    return replace(found, edtf=edtf, calendar=calendar)


def _season(tokens: Tokens, i: int, j: int, classes: str, year: int) -> Found:
    word = tokens.words[i + classes.index("s")].lower()
    found = _found(tokens, i, j, "sY", (year, 0, 0))
    return replace(found, edtf=f"{year}-{season_numbers()[word]}")


def _found(
    tokens: Tokens, i: int, j: int, shape: str, values: tuple[int | None, int, int]
) -> Found:
    year, month, day = values
    if year is None or day < 0:
        edtf = ""
    elif day:
        edtf = _iso(year, month, day)
    else:
        edtf = f"{year:04d}-{month:02d}" if month else f"{year:04d}"
    end = tokens.ends[j - 1]
    return Found(tokens.starts[i], end, end, shape, year, month, max(day, 0), edtf)


def _with_marks(found: Found, tokens: Tokens, i: int, j: int, text: str, end: int) -> Found:
    """Add what stands around the date: calendar, clock time, doubt, "circa", before and after."""
    before, after = _markers()
    mark = after.match(text, found.end, end) if j < len(tokens.words) else None
    stop = mark.end() if mark else found.end
    mark = mark or before.search(text, max(0, found.start - 16), found.start)
    if mark and mark["j"] and found.day and found.year and "/" not in found.edtf:
        day = julian_to_gregorian(found.year, found.month, found.day)
        found = replace(found, edtf=day.isoformat() if day else "", calendar="julian")
    if stop != found.end:
        found = replace(found, end=stop)
    time = find_time(text, stop, end) if j < len(tokens.words) and found.day else None
    if time:
        found = replace(found, time=time[0], end=time[1])
    if not found.edtf or found.edtf[-1] in "]~?%" or "/" in found.edtf:
        return found
    before_it = tokens.classes[:i].removesuffix("l").rstrip(",.")
    doubt = "?" in tokens.classes[i : j + 3].rstrip("WMDY,.;")
    about = before_it.endswith("c")
    if doubt or about:
        sign = "%" if doubt and about else "?" if doubt else "~"
        found = replace(found, edtf=found.edtf + sign)
    return _open(found, before_it[-1]) if before_it.endswith(("b", "a")) else found


def _open(found: Found, side: str) -> Found:
    """Read "before July 1918" and "after 1918": the printed date itself lies outside."""
    date = parse_edtf(found.edtf)
    if date is None or not date.earliest or not date.latest:
        return found
    one = dt.timedelta(days=1)
    if side == "b":
        return replace(found, edtf=f"[..{dt.date.fromisoformat(date.earliest) - one}]")
    return replace(found, edtf=f"[{dt.date.fromisoformat(date.latest) + one}..]")


def find_dates(text: str, start: int, end: int) -> list[Found]:
    """Find every date printed in ``text[start:end]``.

    Days without a year are found too (``year`` None), bare years as well (shape "Y"): the caller
    knows where they mean something.

    Returns:
        The dates in the order of the text; offsets are those of the whole text.
    """
    tokens = tokenize(text, start, end)
    classes = tokens.classes
    if not _WORTH.search(classes):
        return []
    dates: list[Found] = []
    last = 0
    for match in _DATE.finditer(classes):
        i, j = match.span()
        found = _read(tokens, i, j)
        if found is None:
            continue
        if "M" in found.shape or found.shape in ("Y", "sY") or found.day:
            found = _with_marks(found, tokens, i, j, text, end)
        if "r" in classes[last:i]:
            found = replace(found, received=True)
        dates.append(found)
        last = j
    return dates
