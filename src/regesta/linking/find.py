"""Second step: passages into mentions, taken apart into owner, noun, numbers, day, hour, parties.

A mention says at least a number or a day; "my recent telegram" is none. Notes have forms of their
own, see :mod:`regesta.linking.notes`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from regesta.documents import Document
from regesta.linking.base import Mention, Owner, Passage
from regesta.linking.days import Printed, possible_days, read_day, read_times
from regesta.linking.grammar import LONGEST_NAME, Grammar, grammar

#: Most items of one row ("your 5, 6, 7 and 9").
LONGEST_ROW = 12
#: Kinds whose noun may stand before a number without "No." ("telegram 513").
_BARE = {"telegram", "despatch", "instruction", "circular"}
#: How far before its first digit a mention may begin, in code points.
REACH = 130
#: "Department's [your]": which of the two is right nobody can tell from the words.
_FIXED_OWNER = re.compile(r"\s*\[[^\W\d_]+(?:[’']s)?\s?\??\]")
_NEXT = re.compile(r"\s*\d+ ([^\W\d_]+)")
_TO = re.compile(r",? (?:to|an|à) ")
_CORRECTED = re.compile(r"\s*\[(?:No\.\s*)?(\d{1,5}),?\s+")
_DIGITS = re.compile(r"\d+")
_TOKEN = re.compile(r"(?<![\w’'-])[^\W\d_]+|[’'](?:s(?!\w)|(?=\s))")
_YEARS = ("1500", "2030")


@dataclass(slots=True)
class _Item:
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
class _Head:
    """What a row of items shares."""

    start: int
    end: int
    owner: Owner = ""
    sender: str = ""
    recipient: str = ""
    kind: str | None = None
    items: list[_Item] = field(default_factory=list)


def find(document: Document, passages: list[Passage]) -> list[Mention]:
    """Find the mentions of a document's passages, in their order."""
    found: list[Mention] = []
    for passage in passages:
        text = document.text if passage.note is None else document.notes[passage.note].text
        for language in passage.languages:
            found += find_in(text, passage, grammar(language))
    return found


def find_in(text: str, passage: Passage, words: Grammar) -> list[Mention]:
    """Find the mentions of one passage by the grammar of one language."""
    found: list[Mention] = []
    at, end = passage.start, passage.end
    for low, high in _windows(text, passage, words):
        for token in _TOKEN.finditer(text, max(low, at), high):
            start = token.start()
            if start < at or not words.begins(token.group()):
                continue
            match = words.trigger.match(text, start, end)
            if match is None:
                continue
            at = match.end()
            head = _head(text, match, passage, words)
            if head is None:
                continue
            at = max(at, _row(text, head, end, words))
            found += _mentions(text, head, passage)
    return found


def _windows(text: str, passage: Passage, words: Grammar) -> Iterator[tuple[int, int]]:
    """Stretches in which a mention may begin: those before a digit or a relative day.

    Most of a text is neither, and looking there costs four times as much as all the rest.
    """
    at = passage.start
    for stop in _worth(text, passage, words):
        if stop > at:
            yield max(at, stop - REACH), stop
            at = stop


def _worth(text: str, passage: Passage, words: Grammar) -> Iterable[int]:
    """Where digits and relative days begin, in order."""
    start, end = passage.start, passage.end
    found = [match.start() for match in _DIGITS.finditer(text, start, end)]
    for seed in words.seeds:
        at = text.find(seed, start, end)
        while at >= 0:
            found.append(at)
            at = text.find(seed, at + 1, end)
    return sorted(found)


def _head(text: str, match: re.Match[str], passage: Passage, words: Grammar) -> _Head | None:
    """Read owner and noun; None where the trigger is no head of a mention."""
    start, end = match.span()
    if match["possessive"] is not None:
        return _named_head(text, match, passage, words)
    if match["you"] or match["me"]:
        head = _Head(start, end, "you" if match["you"] else "me")
        return _with_noun(text, head, passage.end, words)
    groups = match.groupdict()
    for owner in ("you", "me", "home", "mission"):
        if groups.get(f"compact_{owner}"):
            return _Head(start, end, owner, kind="telegram")  # type: ignore[arg-type]
    head = _Head(start, end, kind=words.kind(match))
    before = words.before.search(text, max(passage.start, start - LONGEST_NAME), start)
    if before:
        head.start = max(before.start("home"), before.start("mission"))
        if before["home"] or before["mission"]:
            head.owner = "home" if before["home"] else "mission"
        elif before["name"].lower() in words.leading:
            head.start = start
        else:
            head.start, head.owner, head.sender = before.start("name"), "named", before["name"]
    return head


def _with_noun(text: str, head: _Head, end: int, words: Grammar) -> _Head:
    if fixed := _FIXED_OWNER.match(text, head.end, end):
        head.end, head.owner = fixed.end(), ""
    match = words.head.match(text, head.end, end)
    if match:
        kind = words.kind(match)
        # Without a noun the qualifiers say nothing: the number must follow the owner.
        if kind is not None:
            head.kind, head.end = kind, match.end()
    return head


def _named_head(text: str, match: re.Match[str], passage: Passage, words: Grammar) -> _Head | None:
    """Read "the Department's", "Mr. Kell's", "the Tarn Consulate's" before a noun or a number."""
    head = _with_noun(text, _Head(match.start(), match.end()), passage.end, words)
    if head.kind is None and not text[head.end : head.end + 5].strip()[:1].isalnum():
        return None
    low = max(passage.start, match.start() - LONGEST_NAME)
    name = words.owner_name.search(text, low, match.start())
    if name is None:
        return None
    printed = name.group()
    while " " in printed and printed.split(None, 1)[0].lower() in words.leading:
        printed = printed.split(None, 1)[1]
    head.start = match.start() - len(printed)
    if words.home.match(printed) and len(printed.split()) < 4:
        head.owner = "home"
    elif words.mission.match(printed):
        head.owner, head.sender = "mission", printed
    elif any(word[0].isupper() for word in printed.split()):
        head.owner, head.sender = "named", printed
    else:
        return None
    return head


def _row(text: str, head: _Head, end: int, words: Grammar) -> int:
    """Read the items after a head; give the offset after what was read."""
    if head.kind is not None:
        noun_end = words.after_noun.match(text, head.end, end)
        head.end = noun_end.end() if noun_end else head.end
    at = head.end
    item = _item(text, at, end, head, words)
    for _ in range(2):
        if item is not None or head.kind is None:
            break
        party = words.party.match(text, at, end)
        if party is None or "\n" in party["who"]:
            break
        _set_party(head, party, words)
        at = party.end()
        item = _item(text, at, end, head, words)
    while item is not None and len(head.items) < LONGEST_ROW:
        head.items.append(item)
        at = _tails(text, head, item, end, words)
        item = _next(text, at, end, head, words)
    if head.items:
        _share(head.items)
    return at if head.items else head.end


def _tails(text: str, head: _Head, item: _Item, end: int, words: Grammar) -> int:
    """Read parties after an item, and the day after them ("telegram 5 from Tarn, May 3")."""
    at = item.end
    for _ in range(2):
        tail = words.tail.match(text, at, end)
        if tail is None:
            break
        _set_party(head, tail, words)
        at = tail.end()
        if item.printed is None:
            gap = words.glue.match(text, at, end)
            _day(text, gap.end() if gap else at, end, item, words)
            at = max(at, item.end)
    return at


def _set_party(head: _Head, match: re.Match[str], words: Grammar) -> None:
    who = " ".join(match["who"].split()).rstrip(" ,.")
    role: Owner = "you" if words.you.match(who) else "me" if words.me.match(who) else ""
    if match["from"] and (parts := _TO.split(who, maxsplit=1))[1:]:
        who, head.recipient = parts
    if match["from"]:
        head.sender = head.sender or ("" if role else who)
        head.owner = head.owner or role or "named"
    elif not head.recipient:
        head.recipient = role or who


def _item(text: str, at: int, end: int, head: _Head, words: Grammar) -> _Item | None:
    """Read one item: number with day and hour, day with hour and number, or either."""
    gap = words.glue.match(text, at, end)
    start = gap.end() if gap else at
    if "\n" in text[at:start] and head.kind is None:
        return None
    item = _Item(start, start)
    if _day(text, start, end, item, words):
        if _is_number_before_month(text, item, end, words):
            item = _Item(start, start)
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


def _allowed_day(head: _Head, item: _Item, gap: str, words: Grammar) -> bool:
    """Relative days and bare ordinals need a noun and a word between; "today" alone means nothing."""
    printed = item.printed
    if printed is None:
        return False
    if printed.shift is not None or (not printed.month and printed.months is None):
        joined = bool(gap.strip(" ,")) or words.language == "fr"
        return joined and (head.kind is not None or bool(head.items or item.numbers))
    return True


def _is_number_before_month(text: str, item: _Item, end: int, words: Grammar) -> bool:
    """Tell "your 24 October 3, 5 p.m." from "your telegram of 24 October"."""
    if words.language != "en" or item.times:
        return False
    return (
        re.match(r"\s+\d{1,2}(?!\d|[.:]\d\d)", text[item.end : min(end, item.end + 6)]) is not None
    )


def _opens(text: str, head: _Head, words: Grammar) -> bool:
    """Whether an owner and a number open a sentence: "Your 107 received", but not "My 3 letters"."""
    if head.items or head.owner not in ("you", "home", "mission") or head.kind is not None:
        return False
    before = text[max(0, head.start - 3) : head.start].rstrip(" ")
    if before and before[-1] not in ".\n":
        return False
    after = _NEXT.match(text, head.end)
    return after is not None and words.counted.fullmatch(after[1]) is None


def _corrected(text: str, end: int, item: _Item, words: Grammar) -> None:
    """Read "2664, September 18 [2602, October 15]": a whole item corrected in brackets."""
    match = _CORRECTED.match(text, item.end, end)
    day = words.day.match(text, match.end(), end) if match else None
    if match and day:
        item.numbers = (*item.numbers, match[1])
        item.fixed = read_day(day, words.language)
        item.end = min(end, day.end() + (text[day.end() : day.end() + 1] == "]"))


def _number(
    text: str, at: int, end: int, item: _Item, words: Grammar, *, loose: bool = False
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


def _number_after(text: str, item: _Item, end: int, words: Grammar) -> None:
    """Read "of the 8th instant, No. 484"."""
    match = re.compile(r"[\s,(]*").match(text, item.end, end)
    at, kept = (match.end() if match else item.end), item.end
    if _number(text, at, end, item, words) and not item.marked:
        item.numbers, item.end = (), kept


def _day(text: str, at: int, end: int, item: _Item, words: Grammar) -> bool:
    match = words.day.match(text, at, end)
    printed = read_day(match, words.language) if match else None
    if printed is None:
        return False
    item.printed, item.end = printed, printed.end
    time = words.time.match(text, item.end, end)
    if time and (times := read_times(time)):
        item.times, item.end = times, time.end()
    return True


def _next(text: str, at: int, end: int, head: _Head, words: Grammar) -> _Item | None:
    """The next item of the row, after a comma, "and", or both."""
    joint = words.joint.match(text, at, end)
    if joint is None or not (joint["comma"] or joint["and"]):
        return None
    item = _item(text, joint.end(), end, head, words)
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


def _is_day(head: _Head, item: _Item) -> bool:
    """Whether a bare number after a day is another day ("letters of May 3 and 4")."""
    if not item.numbers[0].isdigit() or not 1 <= int(item.numbers[0]) <= 31:
        return False
    numbered = [other for other in head.items if other.numbers]
    return not numbered or any(other.printed is None for other in numbered)


def _share(items: list[_Item]) -> None:
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


def _mentions(text: str, head: _Head, passage: Passage) -> list[Mention]:
    found = []
    for i, item in enumerate(head.items):
        start = head.start if i == 0 else item.start
        days = ()
        if item.printed is not None:
            forward = passage.voice == "note"
            days = possible_days(item.printed, passage.card.day, forward=forward)
            if item.fixed is not None:
                days += possible_days(item.fixed, passage.card.day, forward=forward)
        if not item.numbers and item.printed is None:
            continue
        found.append(
            Mention(
                start=start,
                end=item.end,
                passage=passage,
                printed=" ".join(text[start : item.end].split()),
                owner=head.owner,
                sender=head.sender,
                recipient=head.recipient,
                kind=head.kind or "",
                numbers=item.numbers,
                days=days,
                shared=item.shared,
                times=item.times,
                forward=passage.voice == "note",
            )
        )
    return found


_PARTY_FIRST = re.compile(r"(?:To|From) ")
_LEADING = re.compile(
    r"[\s(\[]*(?:[A-Za-zÀ-ÿ]+,?\s+){0,3}?(?=(?:No\.|Nos\.|Nr\.|n°)\s*\d|[A-ZÀ-Þ][\w.]+\s+\d|\d)"
)


def bare_item(text: str, start: int, end: int, passage: Passage, words: Grammar) -> Mention | None:
    """Read a clause of a note that opens with a number or a day: "Sept. 17, 7 p.m., p. 210"."""
    lead = _LEADING.match(text, start, end)
    party = _PARTY_FIRST.match(text, start, end)
    if lead is None and party is None:
        return None
    at = lead.end() if lead else start
    head = _Head(at, at, kind="")
    if lead is None and (match := words.party.match(text, start, end)):
        _set_party(head, match, words)
        at = match.end()
    item = _item(text, at, end, head, words)
    if item is None or (item.printed is None and not item.marked):
        return None
    head.items.append(item)
    _tails(text, head, item, end, words)
    found = _mentions(text, head, passage)
    return found[0] if found else None


def _is_year(number: str) -> bool:
    return len(number) == 4 and _YEARS[0] <= number < _YEARS[1]
