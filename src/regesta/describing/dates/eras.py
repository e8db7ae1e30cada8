"""Dates of other calendars, and parts of years: the forms whose words are rare in a text.

Republican, Hijri and Roman days, years of a reign, and "early July 1918", "first half of 1918",
"eighteenth century". Tokens in; the dates with the tokens they stand in out.
"""

import datetime as dt
import re
from functools import lru_cache

from msgspec.structs import replace

from regesta.describing.dates.calendars import (
    REFORM,
    days_around,
    hijri_month,
    hijri_to_gregorian,
    republican_to_gregorian,
    republican_year,
    roman_day,
)
from regesta.describing.dates.found import Found, found_at
from regesta.describing.dates.parts import half_or_quarter, part_of
from regesta.describing.dates.tokens import Tokens, month_numbers, number
from regesta.describing.words import rows, vocabulary
from regesta.documents.dates import Calendar

Placed = tuple[int, int, Found]

_DAY = r"\[?D(?:[.-]?o[.]?)?\]?"
_MONTH = r"\[?M[.]?\]?"
_YEAR = r"\[?Y\]?"
_CENTURY = r"(?:[DRG][.]?o?[.]?C|C[RG])"
_FORMS = {
    "republican": rf"(?:{_DAY}[.]?f*)?V[,.]?[fl',]*[RDG#]o?(?!,?Y)",
    "complement": r"f[flW']{0,4}X[,.]?[fl',]*[RDG]",
    "republic": r"f[RDG]o?[flW]{0,3}P",
    "hijri": rf"(?:{_DAY}[.]?f*)?H[,.]?f*(?:Y|#)f?",
    "roman": r"(?<![W])(?:t?[RDG][.]?o?[.]?|p)?K[.]?f*M[.,]?f{0,2}Y",
    "reign": rf"(?:{_DAY}[f,]*{_MONTH},?[flWt]{{0,4}})?[D#]o?f*W?f*g",
    "half": rf"[DRG][.]?o?[hj][fl']*(?:{_MONTH}[,.]?f*)?{_YEAR}",
    "part": rf"[emn][-.]?[fl'-]*(?:{_MONTH}[,.]?f{{0,2}}{_YEAR}|{_CENTURY}|vY|Y['’-]?[So]|{_YEAR})",
    "century": _CENTURY,
    "decade": r"vY",
}
_RARE = re.compile("|".join(f"(?P<{name}>{form})" for name, form in _FORMS.items()))
#: Words that make a number the year of the Republic.
_YEAR_WORDS = frozenset(("an", "année", "anno", "año", "jahr", "jahre", "year"))


@lru_cache(maxsize=1)
def _republican_months() -> dict[str, int]:
    table = vocabulary("calendars")["republican"]
    return {name: int(n) for n, names in table.items() for name in names}


@lru_cache(maxsize=1)
def _hijri_names() -> re.Pattern[str]:
    table = vocabulary("calendars")["hijri"]
    groups = (f"(?P<m{n}>{'|'.join(sorted(names, key=len)[::-1])})" for n, names in table.items())
    return re.compile(rf"(?:{'|'.join(groups)})(?!\w)", re.IGNORECASE)


def rare_dates(text: str, tokens: Tokens) -> tuple[Tokens, list[Placed]]:
    """The dates of rare forms, and the tokens in which names of Hijri months are one each."""
    if "H" in tokens.classes:
        tokens = _with_hijri(text, tokens)
    found: list[Placed] = []
    for match in _RARE.finditer(tokens.classes):
        i, j = match.span()
        read = _READERS[match.lastgroup or ""](text, tokens, i, j)
        if read is not None:
            found.append((i, j, read))
    return tokens, found


def _with_hijri(text: str, tokens: Tokens) -> Tokens:
    """Make "Rabi' al-awwal" one token, whose word is the number of the month."""
    merges: list[tuple[int, int, str, str]] = []
    names = _hijri_names()
    for k, letter in enumerate(tokens.classes):
        match = names.match(text, tokens.starts[k]) if letter == "H" else None
        if match is None or (merges and k < merges[-1][1]):
            continue
        end = next((j for j in range(k, len(tokens.ends)) if tokens.ends[j] >= match.end()), k) + 1
        merges.append((k, end, "H", (match.lastgroup or "m0")[1:]))
    return tokens.merged(merges)


def _letters(tokens: Tokens, i: int, j: int, wanted: str) -> list[str]:
    return [w for w, c in zip(tokens.words[i:j], tokens.classes[i:j], strict=True) if c in wanted]


def _day(tokens: Tokens, i: int, j: int, day: dt.date | None, calendar: Calendar) -> Found:
    """A date that is one day, or impossible."""
    if day is None:
        found = found_at(tokens, i, j, "DMY", (None, 0, 0))
        return replace(found, year=0, calendar=calendar, marks=("impossible",))
    found = found_at(tokens, i, j, "DMY", (day.year, day.month, day.day))
    return replace(found, calendar=calendar)


def _between(
    tokens: Tokens, i: int, j: int, bounds: tuple[dt.date, dt.date], calendar: Calendar, shape: str
) -> Found:
    """A date that is one unknown day of several."""
    found = found_at(tokens, i, j, shape, (bounds[0].year, 0, 0))
    return replace(found, edtf=f"[{bounds[0]}..{bounds[1]}]", calendar=calendar)


def _republican(text: str, tokens: Tokens, i: int, j: int) -> Found | None:
    """Read "12 vendémiaire an IV" and "brumaire an VIII"."""
    at = tokens.classes.index("V", i)
    month = _republican_months()[tokens.words[at].lower()]
    days = _letters(tokens, i, at, "D")
    year = number(_letters(tokens, at, j, "RDG#")[-1])
    if not days:
        called = {w.lower() for w in tokens.words[at:j]} & _YEAR_WORDS
        first = republican_to_gregorian(year, month, 1)
        last = republican_to_gregorian(year, month, 30)
        if not called or first is None or last is None:
            return None
        return _between(tokens, i, j, (first, last), "republican", "MY")
    found = _day(tokens, i, j, republican_to_gregorian(year, month, number(days[0])), "republican")
    formula = _formula().match(text, found.date_end)
    return replace(found, end=formula.end(), date_end=formula.end()) if formula else found


@lru_cache(maxsize=1)
def _formula() -> re.Pattern[str]:
    """What follows the year: "de la République française, une et indivisible"."""
    return re.compile("|".join(vocabulary("calendars")["republican_formula"]["after"]), re.I)


def _complement(text: str, tokens: Tokens, i: int, j: int) -> Found | None:
    """Read "jour de la Révolution an XI"."""
    at = tokens.classes.index("X", i)
    if tokens.words[i].lower() not in ("jour", "day", "giorno", "tag", "fête"):
        return None
    table = vocabulary("calendars")["republican_feasts"]
    day = next(int(n) for n, names in table.items() if tokens.words[at].lower() in names)
    year = number(_letters(tokens, at, j, "RDG")[-1])
    return _day(tokens, i, j, republican_to_gregorian(year, 13, day), "republican")


def _republic(text: str, tokens: Tokens, i: int, j: int) -> Found | None:
    """Read "l'an VIII de la République"."""
    bounds = republican_year(number(_letters(tokens, i, j, "RDG")[0]))
    if bounds is None or tokens.words[i].lower() not in _YEAR_WORDS:
        return None
    return _between(tokens, i, j, bounds, "republican", "Y")


def _hijri(text: str, tokens: Tokens, i: int, j: int) -> Found | None:
    """Read "3 Rebiülevvel 1132": one of three days, since the month began with the new moon."""
    at = tokens.classes.index("H", i)
    name = tokens.words[at]
    days = _letters(tokens, i, at, "D")
    year = number(_letters(tokens, at, j, "Y#")[0])
    if not name.isdecimal() or not 100 <= year <= 1500:
        return None
    month = int(name)
    if not days:
        bounds = hijri_month(year, month)
        return _between(tokens, i, j, bounds, "hijri", "MY") if bounds else None
    day = hijri_to_gregorian(year, month, number(days[0]))
    if day is None:
        return _day(tokens, i, j, None, "hijri")
    first, *_, last = days_around(day)
    found = _between(tokens, i, j, (first, last), "hijri", "DMY")
    return replace(found, month=day.month, day=day.day, marks=("new moon",))


@lru_cache(maxsize=1)
def _roman_words() -> dict[str, str]:
    table = vocabulary("calendars")["roman"]
    return {word: key for key in ("kalends", "nones", "ides") for word in table[key]}


def _roman(text: str, tokens: Tokens, i: int, j: int) -> Found | None:
    """Read "III. Kal. Maii 1719"; days before 1 January may be of either year."""
    classes, words = tokens.classes[i:j], tokens.words[i:j]
    at = classes.index("K")
    counts = _letters(tokens, i, i + at, "RDG")
    count = 2 if "p" in classes[:at] else number(counts[0]) if counts else 1
    month = month_numbers()[words[classes.index("M")].lower()]
    year = number(words[-1])
    twice = classes[0] == "t"
    if twice and words[0].lower() != "bis":
        return None
    kind = _roman_words()[words[at].lower()]
    days = [roman_day(year, month, kind, count, twice=twice)]
    if days[0] is None:
        return _day(tokens, i, j, None, "unknown")
    if days[0][0] != year:
        days.append(roman_day(year + 1, month, kind, count))
    written = [f"{y:04d}-{m:02d}-{d:02d}" for y, m, d in filter(None, days)]
    found = found_at(tokens, i, j, "DMY", days[0])
    calendar: Calendar = "unknown" if written[0] < REFORM.isoformat() else "gregorian"
    edtf = written[0] if len(written) == 1 else f"[{','.join(written)}]"
    return replace(found, edtf=edtf, calendar=calendar)


@lru_cache(maxsize=1)
def _rulers() -> list[tuple[re.Pattern[str], dt.date, dt.date]]:
    """Rulers as printed, with the first and the last day of their reign, Gregorian."""
    return [
        (
            re.compile(rf"[\s,]*(?:(?:{_TITLES})\s+)*(?:{words})(?!\w)", re.I),
            dt.date.fromisoformat(first),
            dt.date.fromisoformat(last),
        )
        for words, first, last in rows("reigns")
    ]


_TITLES = (
    r"of|de|du|des|di|del|the|la|le|our|his|her|most|late|sovereign|lord|lady|majesty|britannic|"
    r"king|queen|emperor|roi|reine|empereur|kaisers?|königs|kaiser|re|rey|императора"
)


def _reign(text: str, tokens: Tokens, i: int, j: int) -> Found | None:
    """Read "the 12th year of the reign of George III", with its day and month where printed."""
    end = tokens.ends[j - 1]
    known = ((p.match(text, end, end + 80), first, last) for p, first, last in _rulers())
    match, first, last = next((k for k in known if k[0]), (None, REFORM, REFORM))
    year = number(_letters(tokens, i, j, "D#")[-1])
    if match is None:
        return None
    try:
        start = first.replace(year=first.year + year - 1)
        stop = first.replace(year=first.year + year) - dt.timedelta(days=1)
    except ValueError:
        return None
    if start > last:
        return None
    days, months = _letters(tokens, i, j, "D#"), _letters(tokens, i, j, "M")
    if len(days) < 2 or not months:
        found = _between(tokens, i, j, (start, min(stop, last)), "gregorian", "Y")
        return replace(found, end=match.end(), date_end=match.end())
    month, number_of_day = month_numbers()[months[0].lower()], number(days[0])
    for printed in (start.year, stop.year):
        try:
            day = dt.date(printed, month, number_of_day)
        except ValueError:
            continue
        if start <= day <= min(stop, last):
            found = _day(tokens, i, j, day, "gregorian")
            return replace(found, end=match.end(), date_end=match.end())
    return None


def _part(text: str, tokens: Tokens, i: int, j: int) -> Found | None:
    return part_of(tokens, i, j)


def _half(text: str, tokens: Tokens, i: int, j: int) -> Found | None:
    return half_or_quarter(tokens, i, j)


_READERS = {
    "republican": _republican,
    "complement": _complement,
    "republic": _republic,
    "hijri": _hijri,
    "roman": _roman,
    "reign": _reign,
    "half": _half,
    "part": _part,
    "century": _part,
    "decade": _part,
}
