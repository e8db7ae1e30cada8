"""A date as a reader wants to see it ("25 October 1918, 7 p.m."), in six languages."""

import re
from functools import lru_cache

from regesta.documents.dates import HistoricalDate
from regesta.documents.edtf import ELEMENT, SEASONS
from regesta.vocabularies import vocabulary

_Words = dict[str, str | list[str]]
_QUALIFIERS = re.compile(r"[?~%]")
#: Season codes in the order spring, summer, autumn, winter (north, south or not said).
_SEASON_NAMES = {str(base + i): i for base in (21, 25, 29) for i in range(4)}


def _tables() -> dict[str, _Words]:
    return vocabulary("date_display")


class _Shown:
    """Shows the parts of one EDTF text in one language."""

    def __init__(self, words: _Words) -> None:
        self.words = words

    def word(self, key: str) -> str:
        value = self.words.get(key, "")
        return value if isinstance(value, str) else ""

    def names(self, key: str) -> list[str]:
        value = self.words.get(key, [])
        return value if isinstance(value, list) else []

    def point(self, text: str) -> str:
        """One element with its qualifiers."""
        marks = set(_QUALIFIERS.findall(text))
        shown = self.plain(_QUALIFIERS.sub("", text))
        if marks & {"~", "%"}:
            shown = self.word("circa").format(x=shown)
        if marks & {"?", "%"}:
            shown = self.word("uncertain").format(x=shown)
        return shown

    def plain(self, text: str) -> str:
        """One element without qualifiers."""
        year, month, day = (*text.split("-"), "", "")[:3]
        if year[:3].isdecimal() and year[3] == "X" and month in ("", "XX"):
            return self.word("decade").format(y=year[:3] + "0")
        if year[:2].isdecimal() and year[2:] == "XX" and month in ("", "XX"):
            return self.century(int(year[:2]) + 1)
        if "S" in year:
            return self.word("circa").format(x=int(year[:4]))
        if "X" in year:
            return self.pair(year.replace("X", "0"), year.replace("X", "9"), "between")
        if month in _SEASON_NAMES:
            name = self.names("seasons")[_SEASON_NAMES[month]]
            return self.word("season").format(s=name, y=int(year))
        if month in SEASONS:
            return self.season_months(year, month)
        if not month.isdecimal():
            return str(int(year))
        name = self.names("months")[int(month) - 1]
        if day.isdecimal():
            return self.word("day").format(d=int(day), m=name, y=int(year))
        alone = self.names("months_alone") or self.names("months")
        return self.word("month").format(m=alone[int(month) - 1], y=int(year))

    def century(self, n: int) -> str:
        """A century by its number: "18th century", "siglo XVIII"."""
        tens, ones = divmod(n, 10)
        roman = "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]
        endings = self.names("ordinals")
        ending = endings[ones if ones < len(endings) and tens != 1 else 0] if endings else ""
        return self.word("century").format(n=n, r=roman, e=ending)

    def season_months(self, year: str, code: str) -> str:
        """A quarter by its number, other parts of a year by their months."""
        if 33 <= int(code) <= 36:
            return self.word("quarter").format(n=int(code) - 32, y=int(year))
        first, last = SEASONS[code]
        return self.pair(f"{year}-{first:02d}", f"{year}-{last:02d}", "range")

    def pair(self, first: str, last: str, pattern: str) -> str:
        """Two points, the first without what both share ("1 May – 3 June 1918")."""
        a, b = first.split("-"), last.split("-")
        whole = "".join((*a, *b)).isdecimal() and (len(a) < 2 or {a[1], b[1]}.isdisjoint(SEASONS))
        start, close = self.point(first), len(a) == 1
        if whole and len(a) == len(b) == 3 and a[0] == b[0]:
            close = a[1] == b[1]
            key = "day_alone" if close else "day_month"
            start = self.word(key).format(d=int(a[2]), m=self.names("months")[int(a[1]) - 1])
        elif whole and len(a) == len(b) == 2 and a[0] == b[0]:
            close = True
            start = (self.names("months_alone") or self.names("months"))[int(a[1]) - 1]
        if pattern == "range" and close and whole:
            pattern = "range_close"
        return self.word(pattern).format(a=start, b=self.point(last))

    def open(self, text: str, *, before: bool) -> str:
        """``[..x]`` and ``[x..]``: strictly before the next, or after the previous, year."""
        if text.isdecimal():
            year = int(text) + (1 if before else -1)
            return self.word("before" if before else "after").format(x=year)
        return self.word("at_latest" if before else "at_earliest").format(x=self.point(text))

    def one_of(self, text: str, joining: str) -> str:
        """The inside of a set."""
        parts = []
        for part in text.split(","):
            left, dots, right = part.strip().partition("..")
            if not dots:
                parts.append(self.point(left))
            elif left and right:
                parts.append(self.pair(left, right, "between" if joining == "or" else "range"))
            else:
                parts.append(self.open(left or right, before=not left))
        head, last = ", ".join(parts[:-1]), parts[-1]
        return f"{head} {self.word(joining)} {last}" if head else last

    def interval(self, left: str, right: str) -> str:
        if left in ("", ".."):
            return self.word("until").format(x=self.point(right))
        if right in ("", ".."):
            return self.word("since").format(x=self.point(left))
        return self.pair(left, right, "range")

    def time(self, clock: str) -> str:
        """A clock time: twelve hours where the language has a.m., else twenty-four."""
        named = {"12:00": "noon", "24:00": "midnight", "00:00": "midnight"}.get(clock)
        if named:
            return self.word(named)
        hour, minute = clock.split(":")
        if not self.word("am"):
            return f"{int(hour)}:{minute}"
        half = self.word("am" if int(hour) < 12 else "pm")
        minutes = f".{minute}" if minute != "00" else ""
        return f"{(int(hour) - 1) % 12 + 1}{minutes} {half}"


@lru_cache(maxsize=65536)
def _show(edtf: str, time: str | None, locale: str) -> str:
    tables = _tables()
    shown = _Shown(tables.get(re.split(r"[-_]", locale.lower())[0], tables["en"]))
    if edtf[:1] in ("[", "{"):
        text = shown.one_of(edtf[1:-1], "or" if edtf[0] == "[" else "and")
    elif "/" in edtf:
        text = shown.interval(*edtf.split("/", 1))
    elif ELEMENT.match(edtf):
        text = shown.point(edtf)
    else:
        return edtf
    return f"{text}, {shown.time(time)}" if time else text


def day_words(day: str, locale: str = "en") -> str:
    """Show a day of any year, ``MM-DD``, to a reader: "13 July"."""
    tables = _tables()
    shown = _Shown(tables.get(re.split(r"[-_]", locale.lower())[0], tables["en"]))
    month, number = day.split("-")
    return shown.word("day_month").format(d=int(number), m=shown.names("months")[int(month) - 1])


def display(date: HistoricalDate, locale: str = "en") -> str:
    """Show a date to a reader, in the calendar of its ``edtf`` (proleptic Gregorian).

    Args:
        date: Any date.
        locale: A language, with or without a territory ("en", "de-AT"); English where it is none
            of en, fr, de, ru, it, es.

    Returns:
        "25 October 1918, 7 p.m.", "July 1918", "between 12 and 31 July 1918",
        "1 May – 3 June 1918", "before 1918", "c. 1918"; the EDTF text itself where it is of a
        form not known here, and the printed words where there is no EDTF.
    """
    return _show(date.edtf, date.time, locale) if date.edtf else date.printed
