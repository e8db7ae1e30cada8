"""What stands around a date and changes its meaning: style, weekday, doubt, limits, clock time."""

import datetime as dt
import re
from functools import lru_cache
from typing import Any

from msgspec.structs import replace

from regesta.describing.dates.clock import find_time, time_before
from regesta.describing.dates.found import Found
from regesta.describing.dates.pairs import between
from regesta.describing.dates.realms import in_style
from regesta.describing.dates.tokens import Tokens, weekday_numbers
from regesta.describing.words import pattern, vocabulary
from regesta.documents.edtf import parse_edtf

_ONE = dt.timedelta(days=1)


@lru_cache(maxsize=1)
def _markers() -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = vocabulary("date_words")["calendar"]
    julian, gregorian = "|".join(table["julian"]), "|".join(table["gregorian"])
    either = rf"(?:(?P<j>{julian})|(?P<g>{gregorian})|(?P<v>{'|'.join(table['venetian'])}))"
    before = re.compile(rf"(?:^|[\s(\[]){either}[\s,)\]]*$", re.I)
    after = re.compile(rf"(?:\s(?:г|года)\b\.?)?[\s,;(\[]*{either}(?=\W|$)", re.I)
    return before, after


def with_marks(
    found: Found, tokens: Tokens, i: int, j: int, text: str, start: int, end: int
) -> Found:
    """Add what stands around the date: calendar, weekday, clock time, doubt, limits.

    Args:
        found: A date, read from the tokens ``i``..``j``.
        tokens: The tokens of its line.
        i: Its first token.
        j: The token after its last.
        text: The document's text.
        start: Where the line starts.
        end: Where it ends.
    """
    more = j < len(tokens.words)
    stop = found.end
    mark = None
    if found.calendar in ("gregorian", "dual"):
        mark = _style_mark(tokens, i, j, text, start, end, found)
        stop = mark.end() if mark and mark.end() > found.end else found.end
    if found.day and found.year and found.calendar == "gregorian" and "/" not in found.edtf:
        found = in_style(found, tokens, i, j, text, start, mark)
    if stop != found.end:
        found = replace(found, end=stop)
    if found.day or found.calendar == "dual" or "D" in found.shape:
        found = _with_time(found, tokens, i, more, text, start, stop, end)
    before_it = tokens.classes[:i].removesuffix("l").rstrip(",.")
    if "w" in before_it[-1:] or tokens.classes[j : j + 2].lstrip(",")[:1] == "w":
        found = _with_weekday(found, tokens, len(before_it) - 1, j)
    if not found.edtf:
        return found
    if before_it.rstrip("fl")[-1:] == "i":
        # A week is no day.
        return replace(found, edtf="")
    return _with_limits(found, tokens, i, j, before_it, text, start)


def _with_time(
    found: Found, tokens: Tokens, i: int, more: bool, text: str, start: int, stop: int, end: int
) -> Found:
    time = find_time(text, stop, end) if more and _CLOCK.match(text, stop, end) else None
    if time:
        return replace(found, time=time[0], end=time[1])
    if i > 2 and text[found.start - 4 : found.start].rstrip(" ,—–-")[-2:] in (
        "m.",
        ". m",
        "pm",
        "am",
    ):
        earlier = time_before(text, max(start, found.start - 20), found.start)
        if earlier:
            return replace(found, time=earlier[0], start=earlier[1])
    return found


#: What a clock time after a date begins with: a figure, or a letter of "noon", "at", "half"…
_CLOCK = re.compile(r"(?:\s(?:г|года)\b)?[\s,;.()\[\]—–-]*[\dnmaàuvheHMNAÀUVопвmo]")


def _style_mark(
    tokens: Tokens, i: int, j: int, text: str, start: int, end: int, found: Found
) -> re.Match[str] | None:
    """The words beside a date that name its calendar, after it or before it."""
    before, after = _markers()
    firsts, lasts = _marker_words()
    words, classes = tokens.words, tokens.classes
    k = j
    while classes[k : k + 1] in _SIGNS:
        k += 1
    if k < len(words) and words[k].lower() in firsts:
        mark = after.match(text, found.end, end)
        if mark:
            return mark
    k = i - 1
    while k >= 0 and classes[k] in _SIGNS:
        k -= 1
    if k >= 0 and words[k].lower() in lasts:
        return before.search(text, max(start, found.start - 16), found.start)
    return None


_SIGNS = tuple(",;([].)")


@lru_cache(maxsize=1)
def _marker_words() -> tuple[frozenset[str], frozenset[str]]:
    """First and last words of the names of calendars: most dates stand beside none of them."""
    table = vocabulary("date_words")["calendar"]
    names = [re.findall(r"[^\W\d_]+", n.replace("\\.", " ")) for ns in table.values() for n in ns]
    firsts = {parts[0] for parts in names} | {"г", "года"}
    return frozenset(firsts), frozenset(parts[-1] for parts in names)


def names_calendar(word: str) -> bool:
    """Whether the name of a calendar can end in a word: "Old Style", "v. st."."""
    return word.lower() in _marker_words()[1]


def _with_weekday(found: Found, tokens: Tokens, before: int, j: int) -> Found:
    """A printed weekday settles which of several days it was, or is marked as disagreeing."""
    at = before if before >= 0 and tokens.classes[before] == "w" else j
    while tokens.classes[at] == ",":
        at += 1
    weekday = weekday_numbers()[tokens.words[at].lower()]
    days = _possible_days(found.edtf)
    if not days:
        return found
    agreeing = [day for day in days if day.weekday() == weekday]
    if len(agreeing) == len(days):
        return found
    if len(agreeing) == 1 and len(days) > 1:
        marks = tuple(m for m in found.marks if m != "new moon")
        return replace(found, edtf=agreeing[0].isoformat(), marks=marks)
    return found.marked("weekday")


def _possible_days(edtf: str) -> list[dt.date]:
    """The few days that a date can be, or none where they are many."""
    date = parse_edtf(edtf) if edtf else None
    if date is None or not date.earliest or not date.latest or edtf[:1] == "{" or "/" in edtf:
        return []
    first, last = dt.date.fromisoformat(date.earliest), dt.date.fromisoformat(date.latest)
    if ".." in edtf and (last - first).days <= 2:
        return [first + n * _ONE for n in range((last - first).days + 1)]
    if first == last:
        return [first]
    return [] if ".." in edtf or "," not in edtf else [first, last]


def _with_limits(
    found: Found, tokens: Tokens, i: int, j: int, before_it: str, text: str, start: int
) -> Found:
    """Doubt, "circa", "before" and "after", "between"."""
    side = before_it.rstrip("f").removesuffix("l").rstrip("f,.")[-1:]
    if found.edtf[0] in "[{" or "/" in found.edtf:
        pair = "/" in found.edtf or found.edtf[0] == "{"
        if side == "z" and pair and found.edtf.count(",") < 2:
            return replace(found, edtf=between(found.edtf))
        return found
    doubt = side == "d" or "?" in tokens.classes[i : j + 3].rstrip("WMDY,.;")
    if doubt and side in ("b", "a", "x"):
        # A doubted limit leaves nothing that is sure.
        return replace(found, edtf="")
    if doubt or side == "c":
        sign = "%" if doubt and side == "c" else "?" if doubt else "~"
        return replace(found, edtf=found.edtf + sign)
    joined = before_it.rstrip("fl,.")
    if side in ("b", "a", "x") and joined[-2:-1] == "t" and set("bax") & set(joined[:-2]):
        # "After July 25 and before August 3": the first limit is lost.
        return replace(found, edtf="")
    if side in ("b", "a", "x"):
        return _limit(found, side, text[max(start, found.start - 40) : found.start])
    return found


@lru_cache(maxsize=1)
def _limits() -> tuple[re.Pattern[str], re.Pattern[str]]:
    form = r"{}[\s,]*(?:[^\W\d_]{1,4}\s+){0,2}[\[(]?$"
    return tuple(  # type: ignore[return-value]
        pattern("date_words", key, form, flags=re.I) for key in ("at_latest", "at_earliest")
    )


def _limit(found: Found, side: str, before: str) -> Found:
    """Read "before July 1918" and "not later than 3 May 1918": the former leaves its date out."""
    at_latest, at_earliest = _limits()
    changes: dict[str, Any] = {}
    date = parse_edtf(found.edtf)
    if date is None or not date.earliest or not date.latest:
        return found
    first, last = dt.date.fromisoformat(date.earliest), dt.date.fromisoformat(date.latest)
    if at_latest.search(before):
        changes["edtf"] = f"[..{found.edtf}]"
    elif at_earliest.search(before):
        changes["edtf"] = f"[{found.edtf}..]"
    elif side == "b":
        changes["edtf"] = f"[..{first - _ONE}]"
    elif side == "a":
        changes["edtf"] = f"[{last + _ONE}..]"
    return replace(found, **changes)
