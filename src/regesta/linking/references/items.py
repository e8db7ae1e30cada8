"""The row of items after a head: numbers, days, hours and parties, with what joins them.

"401, September 14, 4 p.m., and 423, September 24", "Nos. 5 and 6 of May 3 and 4".
"""

import re
from dataclasses import dataclass, field
from functools import cache

from regesta.documents.numbers import whole_number
from regesta.linking.base import Owner
from regesta.linking.references.days import Printed, read_day, read_times
from regesta.linking.references.grammar import Grammar
from regesta.linking.words import vocabulary

#: Most items of one row ("your 5, 6, 7 and 9").
LONGEST_ROW = 12
#: Kinds whose noun may stand before a number without "No." ("telegram 513").
_BARE = {"telegram", "despatch", "instruction", "circular"}
_NEXT = re.compile(r"\s*\d+ ([^\W\d_]+)")
_CORRECTED = re.compile(r"\s*\[(?:No\.\s*)?(\d{1,5}),?\s+")
_GAP = re.compile(r"[\s,(]*")
_DAY_NEXT = re.compile(r"\s+\d{1,2}(?!\d|[.:]\d\d)")
#: A whole word and a full stop: unless it is short for a title, a sentence ends there.
_SENTENCE = re.compile(r"(?<!\w)([^\W\d_]{4,})\.\s+(?=[A-ZÀ-Þ])")
_YEARS = ("1500", "2030")


@dataclass(slots=True)
class Item:
    """One item of a row."""

    start: int
    end: int
    numbers: tuple[str, ...] = ()
    marked: bool = False
    printed: Printed | None = None
    fixed: Printed | None = None
    shared: bool = False
    times: tuple[str, ...] = ()


@dataclass(slots=True)
class Head:
    """What a row of items shares."""

    start: int
    end: int
    owner: Owner = ""
    sender: str = ""
    recipient: str = ""
    kind: str | None = None
    items: list[Item] = field(default_factory=list)


def read_row(text: str, head: Head, end: int, words: Grammar) -> int:
    """Read the items after a head; give the offset after what was read."""
    if head.kind is not None:
        noun_end = words.after_noun.match(text, head.end, end)
        head.end = noun_end.end() if noun_end else head.end
    at = head.end
    item = read_item(text, at, end, head, words)
    for _ in range(2):
        if item is not None or head.kind is None:
            break
        party = words.party.match(text, at, end)
        if party is None or "\n" in party["who"]:
            break
        set_party(head, party, words)
        at = party.end()
        item = read_item(text, at, end, head, words)
    while item is not None and len(head.items) < LONGEST_ROW:
        head.items.append(item)
        at = read_tails(text, head, item, end, words)
        item = _next(text, at, end, head, words)
    if head.items:
        _share(head.items)
    return at if head.items else head.end


def read_tails(text: str, head: Head, item: Item, end: int, words: Grammar) -> int:
    """Read parties after an item, and the day after them ("telegram 5 from Tarn, May 3")."""
    at = item.end
    for _ in range(2):
        tail = words.tail.match(text, at, end)
        if tail is None:
            break
        set_party(head, tail, words)
        at = tail.end()
        if item.printed is None:
            gap = words.glue.match(text, at, end)
            _day(text, gap.end() if gap else at, end, item, words)
            at = max(at, item.end)
    return at


def set_party(head: Head, match: re.Match[str], words: Grammar) -> None:
    """Take over a sender, a recipient, or both ("from X to Y")."""
    who = sentences(" ".join(match["who"].split()))[0].rstrip(" ,.")
    role: Owner = "you" if words.you.match(who) else "me" if words.me.match(who) else ""
    if match["from"] and (parts := words.parting.split(who, maxsplit=1))[1:]:
        who, head.recipient = parts
    if match["from"]:
        head.sender = head.sender or ("" if role else who)
        head.owner = head.owner or role or "named"
    elif not head.recipient:
        head.recipient = role or who


def sentences(words: str) -> list[str]:
    """Part what was taken for a name where a sentence ends: "London. Francis" are two."""
    found, at = [], 0
    for end in _SENTENCE.finditer(words):
        if end[1].lower() not in _abbreviations():
            found.append(words[at : end.end(1)])
            at = end.end()
    return [*found, words[at:]]


@cache
def _abbreviations() -> frozenset[str]:
    table = vocabulary("party_words")
    return frozenset(table["courtesy"]) | frozenset(table["rank"])


def read_item(text: str, at: int, end: int, head: Head, words: Grammar) -> Item | None:
    """Read one item: number with day and hour, day with hour and number, or either."""
    gap = words.glue.match(text, at, end)
    start = gap.end() if gap else at
    if "\n" in text[at:start] and head.kind is None:
        return None
    item = Item(start, start)
    if _day(text, start, end, item, words):
        if _is_number_before_month(text, item, end, words):
            item = Item(start, start)
        elif _allowed_day(head, item, text[at:start], words):
            _number_after(text, item, end, words)
            return item
        else:
            return None
    row = bool(head.items) and head.items[0].marked
    if not _number(text, start, end, item, words, loose=row or _opens(text, head, words)):
        return None
    if not item.marked and not (head.owner or head.kind in _BARE or head.items):
        return None
    gap = words.glue.match(text, item.end, end)
    at, kept = (gap.end() if gap else item.end), item.end
    if _day(text, at, end, item, words) and not _allowed_day(head, item, text[kept:at], words):
        item.printed, item.times, item.end = None, (), kept
    _corrected(text, end, item, words)
    if not item.marked and item.printed is None and _is_year(item.numbers[0]):
        return None
    return item


def _allowed_day(head: Head, item: Item, gap: str, words: Grammar) -> bool:
    """Relative days and bare ordinals need a noun and a word between: "today" alone is none."""
    printed = item.printed
    if printed is None:
        return False
    if printed.shift is not None or (not printed.month and printed.months is None):
        joined = bool(gap.strip(" ,")) or words.language == "fr"
        return joined and (head.kind is not None or bool(head.items or item.numbers))
    return True


def _is_number_before_month(text: str, item: Item, end: int, words: Grammar) -> bool:
    """Tell "your 24 October 3, 5 p.m." from "your telegram of 24 October"."""
    if words.language != "en" or item.times:
        return False
    return _DAY_NEXT.match(text, item.end, end) is not None


def _opens(text: str, head: Head, words: Grammar) -> bool:
    """Whether owner and number open a sentence: "Your 107 received", but not "My 3 letters"."""
    if head.items or head.owner not in ("you", "home", "mission") or head.kind is not None:
        return False
    before = text[max(0, head.start - 3) : head.start].rstrip(" ")
    if before and before[-1] not in '.:;\n“"(':
        return False
    after = _NEXT.match(text, head.end)
    return after is not None and words.counted.fullmatch(after[1]) is None


def _corrected(text: str, end: int, item: Item, words: Grammar) -> None:
    """Read "2664, September 18 [2602, October 15]": a whole item corrected in brackets."""
    match = _CORRECTED.match(text, item.end, end)
    day = words.day.match(text, match.end(), end) if match else None
    if match and day:
        item.numbers = (*item.numbers, match[1])
        item.fixed = read_day(day, words.language)
        item.end = min(end, day.end() + (text[day.end() : day.end() + 1] == "]"))


def _number(
    text: str, at: int, end: int, item: Item, words: Grammar, *, loose: bool = False
) -> bool:
    match = (words.loose if loose else words.number).match(text, at, end)
    if match is None:
        return False
    one = "1" if match["n1"] else "2"
    printed = (match[f"n{one}"].lstrip("0") + (match[f"s{one}"] or "")).lower()
    fixed = (match[f"f{one}"] or "").lstrip("0")
    item.numbers = tuple(n for n in (printed, fixed) if n)
    item.marked = one == "1"
    item.end = match.end()
    return bool(item.numbers)


def _number_after(text: str, item: Item, end: int, words: Grammar) -> None:
    """Read "of the 8th instant, No. 484"."""
    match = _GAP.match(text, item.end, end)
    at, kept = (match.end() if match else item.end), item.end
    if _number(text, at, end, item, words) and not item.marked:
        item.numbers, item.end = (), kept


def _day(text: str, at: int, end: int, item: Item, words: Grammar) -> bool:
    match = words.day.match(text, at, end)
    printed = read_day(match, words.language) if match else None
    if printed is None:
        return False
    item.printed, item.end = printed, printed.end
    time = words.time.match(text, item.end, end)
    if time and (times := read_times(time)):
        item.times, item.end = times, time.end()
    return True


def _next(text: str, at: int, end: int, head: Head, words: Grammar) -> Item | None:
    """The next item of the row, after a comma, "and", or both."""
    joint = words.joint.match(text, at, end)
    if joint is None or not (joint["comma"] or joint["and"]):
        return None
    item = read_item(text, joint.end(), end, head, words)
    if item is None:
        return None
    before = head.items[-1]
    if item.numbers and not item.marked and item.printed is None:
        if before.printed is not None and before.printed.month and _is_day(head, item):
            item.printed = Printed(item.end, before.printed.year, before.printed.month,
                                   (int(item.numbers[0]),))  # fmt: skip
            item.numbers = ()
        elif before.printed is not None and not joint["and"]:
            return None
    elif not item.numbers and not joint["and"] and before.numbers:
        return None
    return item


def _is_day(head: Head, item: Item) -> bool:
    """Whether a bare number after a day is another day ("letters of May 3 and 4")."""
    if not 1 <= (whole_number(item.numbers[0]) or 0) <= 31:
        return False
    numbered = [other for other in head.items if other.numbers]
    return not numbered or any(other.printed is None for other in numbered)


def _share(items: list[Item]) -> None:
    """Give numbers the days that are printed after them: pairwise, or the one day of all."""
    undated = [item for item in items if item.numbers and item.printed is None]
    alone = [item for item in items if not item.numbers]
    dated = [item for item in items if item.printed is not None]
    if alone and len(alone) == len(undated) and items[-1] is alone[-1]:
        # "Nos. 5 and 6 of May 3 and 4": the second number took the first day.
        pass
    if len(alone) and len(undated) == len(alone) and dated[0].numbers:
        days = [item.printed for item in dated]
        numbered = [item for item in items if item.numbers]
        if len(numbered) == len(days):
            for item, day in zip(numbered, days, strict=True):
                item.printed = day
            items[:] = numbered
            return
    if undated and items[-1].printed is not None and items[-1].numbers:
        for item in undated:
            item.printed, item.shared, item.times = items[-1].printed, True, ()


def _is_year(number: str) -> bool:
    return len(number) == 4 and _YEARS[0] <= number < _YEARS[1]
