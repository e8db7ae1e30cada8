"""Tokens that have the form of a date into the date they say: plain days, pairs, spans, seasons."""

import re
from functools import lru_cache

from msgspec.structs import replace

from regesta.describing.dates.found import Found, found_at
from regesta.describing.dates.pairs import Pair, double_year, halves, iso, pair_meaning, years
from regesta.describing.dates.parts import decade_at
from regesta.describing.dates.tokens import Tokens, month_numbers, number, roman, season_numbers
from regesta.describing.words import word_set

_SKELETON = re.compile(r"[^MDYRs/&t(\[-]")


@lru_cache(maxsize=4096)
def _month(word: str, letter: str) -> int:
    if letter == "R":
        return roman(word) or 0
    return month_numbers()[word.lower().replace("-", "").replace("ſ", "s")]


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
    pair: Pair = ((None, first_month, values[0]), (year, month, values[-3]))
    found = found_at(tokens, i, j, "DM-DMY", (year, 0, 0))
    edtf, calendar, marks = pair_meaning(pair, "t")
    return replace(found, edtf=edtf, calendar=calendar, marks=marks)


def read_at(tokens: Tokens, i: int, j: int) -> tuple[Found, int]:
    """Read the tokens ``i``..``j`` that have the form of a date, and where it ends."""
    classes = tokens.classes[i:j]
    plain, bare, year_at, month_at, day_at = _plan(classes)
    if not plain:
        letters = [(w, c) for w, c in zip(tokens.words[i:j], classes, strict=True) if c in "MDYR"]
        return _read_more(tokens, i, j, classes, letters, bare)
    words = tokens.words
    if day_at > 0 and classes[day_at - 1] in "fl" and _glued(tokens, i + day_at):
        # "May l2": a figure in damaged print, no article.
        return found_at(tokens, i, j, "MD", (None, 0, 0)), j
    year = number(words[i + year_at]) if year_at >= 0 else None
    month = _month(words[i + month_at], classes[month_at]) if month_at >= 0 else 0
    day = number(words[i + day_at]) if day_at >= 0 else 0
    if bare[-1] == "Y" and tokens.classes[j : j + 1] == "/" and (month or day):
        return _with_double_year(tokens, i, j, bare, (year, month, day))
    return found_at(tokens, i, j, bare, (year, month, day)), j


def _glued(tokens: Tokens, k: int) -> bool:
    return tokens.ends[k - 1] == tokens.starts[k]


_PLAIN = frozenset(("MDY", "DMY", "YMD", "YDM", "MY", "Y", "MD", "DM"))


@lru_cache(maxsize=4096)
def _plan(classes: str) -> tuple[bool, str, int, int, int]:
    """How to read a form: whether it is one plain date, its parts, and where they stand."""
    bare = "".join(c for c in classes if c in "MDYR").replace("R", "M")
    plain = bare in _PLAIN and classes[-1] not in "So#" and "s" not in classes
    month_at = max(classes.find("M"), classes.find("R"))
    if classes[0] in "RG" and "M" in classes:
        # "die III Maii": the numeral is the day.
        return True, "DMY", classes.find("Y"), classes.find("M"), 0
    return plain, bare, classes.find("Y"), month_at, classes.find("D")


def year_of(tokens: Tokens, i: int) -> tuple[int, int, int]:
    """The year of a token, without month and day."""
    return number(tokens.words[i]), 0, 0


def _with_double_year(
    tokens: Tokens, i: int, j: int, shape: str, values: tuple[int | None, int, int]
) -> tuple[Found, int]:
    """Read "12 January 1731/2": the year that began in March, and ours."""
    year, month, day = values
    second = tokens.words[j + 1] if j + 1 < len(tokens.words) else ""
    follows = (
        tokens.classes[j + 1 : j + 2] in tuple("YD#") and tokens.ends[j] == tokens.starts[j + 1]
    )
    later = double_year(year, second) if follows and year is not None else None
    if later is None:
        return found_at(tokens, i, j, shape, values), j
    found = found_at(tokens, i, j + 2, shape, (later, month, day))
    if (month, day) >= (3, 25):
        return found.marked("double year", edtf=""), j + 2
    leap = not found.edtf and (month, day) == (2, 29)
    return replace(
        found, edtf=f"{later:04d}-02-29" if leap else found.edtf, shape=f"{shape}Y"
    ), j + 2


def _read_more(
    tokens: Tokens, i: int, j: int, classes: str, letters: list[tuple[str, str]], bare: str
) -> tuple[Found, int]:
    """Read seasons, spans and pairs, and dates in figures."""
    if "s" in classes:
        return _season(tokens, i, j, classes), j
    if classes[0] == "Y" and classes[-1] in "So" and bare == "Y":
        decade = decade_at(tokens, i, j)
        return (decade, j) if decade else (found_at(tokens, i, i + 1, "Y", year_of(tokens, i)), j)
    if bare in ("YY", "YD", "Y"):
        return _year_span(tokens, i, j, classes), j
    if classes == "Y-D-D":
        year, month, day = (number(w) for w, _ in letters)
        return found_at(tokens, i, j, "YMD", (year, month, day)), j
    if bare in ("DDDY", "DDDDY") and "." in classes and "," not in classes:
        return _numeric_range(tokens, i, j, [number(w) for w, _ in letters]), j
    if bare == "DDY":
        sign = "." if "." in classes else "/"
        values = _numeric([number(w) for w, _ in letters], sign)
        return found_at(tokens, i, j, "DMY", values), j
    parts = [number(w) if c in "DY" else _month(w, c) for w, c in letters]
    if "D" not in bare:
        return _month_span(tokens, i, j, bare, parts), j
    if bare.count("D") > 2:
        return _sittings(tokens, i, j, parts), j
    return _pair(tokens, i, j, bare, parts)


def _pair(tokens: Tokens, i: int, j: int, bare: str, parts: list[int]) -> tuple[Found, int]:
    """Two days: both styles, a span, or one of the two."""
    classes = tokens.classes[i:j]
    shape = _SKELETON.sub("", classes).strip("([-/&t")
    sign = next((c for c in shape if c in "/(["), "") or next((c for c in shape if c in "-&t"), "o")
    joint = next((k for k in range(i, j) if tokens.classes[k] == sign and k > i), i)
    cut = next((k for k, c in enumerate(shape) if c in "-/&([t"), 0)
    left = shape[:cut].replace("R", "M") if cut else "D"
    word = tokens.words[joint].lower() if sign in "to" else ""
    right = bare[len(left) :]
    pair = halves(left, right, parts)
    later = _double_year_of(tokens, j, pair[1][0])
    if later is not None:
        (_, m1, d1), (_, m2, d2) = pair
        pair, j = ((None, m1, d1), (later, m2, d2)), j + 2
    sign = "t" if sign == "o" else "?" if sign == "[" and "?" in classes else sign
    edtf, calendar, marks = pair_meaning(pair, sign, word)
    found = found_at(tokens, i, j, f"{left}-{right}", (pair[1][0], 0, 0))
    return replace(found, edtf=edtf, calendar=calendar, marks=marks), j


def _double_year_of(tokens: Tokens, j: int, year: int | None) -> int | None:
    if tokens.classes[j : j + 1] != "/" or tokens.classes[j + 1 : j + 2] not in tuple("YD#"):
        return None
    return double_year(year, tokens.words[j + 1]) if year is not None else None


def _sittings(tokens: Tokens, i: int, j: int, parts: list[int]) -> Found:
    """Read "3, 4 and 5 May 1870": all of them."""
    *days, month, year = parts
    found = found_at(tokens, i, j, "D-DMY", (year, 0, 0))
    written = [iso(year, month, day) for day in days]
    edtf = f"{{{','.join(written)}}}" if all(written) and written == sorted(written) else ""
    return replace(found, edtf=edtf)


def _month_span(tokens: Tokens, i: int, j: int, bare: str, parts: list[int]) -> Found:
    """Read "May–June 1918" and "December 1917–January 1918"."""
    year = parts[-1]
    first_year, first, last = (
        (parts[1], parts[0], parts[2]) if bare == "MYMY" else (year, *parts[:2])
    )
    found = found_at(tokens, i, j, "MY", (year, last, 0))
    a, b = f"{first_year:04d}-{first:02d}", f"{year:04d}-{last:02d}"
    words = {w.lower() for w in tokens.words[i:j]}
    either = "/" in words or words & word_set("date_words", "or")
    both = words & word_set("date_words", "and")
    form = "[{},{}]" if either else "{{{},{}}}" if both else "{}/{}"
    return replace(found, edtf=form.format(a, b) if a < b else "")


def _year_span(tokens: Tokens, i: int, j: int, classes: str) -> Found:
    """Read "1914–18"; what is no span of years is no date ("1918-25")."""
    first, sign, second = tokens.words[i], tokens.words[i + 1], tokens.words[j - 1]
    edtf = years(number(first), second, sign if sign == "-" else "")
    found = found_at(tokens, i, j, "Y", (number(first), 0, 0))
    if edtf and sign.lower() in word_set("date_words", "and"):
        edtf = f"{{{edtf.replace('/', ',')}}}"
    if edtf and sign.lower() in word_set("date_words", "or"):
        edtf = f"[{edtf.replace('/', ',')}]"
    return replace(found, edtf=edtf)


def _season(tokens: Tokens, i: int, j: int, classes: str) -> Found:
    """Read "summer 1918", and "winter 1917–18", which has two years."""
    word = tokens.words[i + classes.index("s")].lower()
    year = number(tokens.words[i + classes.index("Y")])
    code = season_numbers()[word]
    found = found_at(tokens, i, j, "sY", (year, 0, 0))
    if classes[-1] in "Y]" and classes.count("Y") == 1:
        return replace(found, edtf=f"{year:04d}-{code}")
    whole = code == 24 and double_year(year, tokens.words[j - 1])
    return replace(found, edtf=f"[{year:04d}-12..{year + 1:04d}-02]" if whole else "")
