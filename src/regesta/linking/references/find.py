"""Second step: passages into mentions, taken apart into owner, noun, numbers, day, hour, parties.

A mention says at least a number or a day; "my recent telegram" is none. Notes have forms of their
own, see :mod:`regesta.linking.references.notes`.
"""

import re
from collections.abc import Iterable, Iterator

from regesta.documents import Document
from regesta.linking.base import Mention, Owner, Passage
from regesta.linking.references.days import possible_days
from regesta.linking.references.grammar import LONGEST_NAME, Grammar, grammar
from regesta.linking.references.items import (
    Head,
    read_item,
    read_row,
    read_tails,
    sentences,
    set_party,
)

#: How far before its first digit a mention may begin, in code points.
REACH = 130
#: Most mentions of one document; what a longer one says after them is not looked for.
MOST = 20_000
#: How many words before a mention are kept, in code points: its verb stands there.
BEFORE = 70
#: A mention before which so few letters stand opens the document.
OPENING = 24
_PRELUDE = re.compile(r"[\W\d]+|\[[^\]]*\]")
#: "Department's [your]": which of the two is right nobody can tell from the words.
_FIXED_OWNER = re.compile(r"\s*\[[^\W\d_]+(?:[’']s)?\s?\??\]")
_DIGITS = re.compile(r"\d+")
_PARTY_FIRST = re.compile(r"(?:To|From) ")
_LEADING = re.compile(
    r"[\s(\[]*(?:[A-Za-zÀ-ÿ]+,?\s+){0,3}?(?=(?:No\.|Nos\.|Nr\.|n°)\s*\d|[A-ZÀ-Þ][\w.]+\s+\d|\d)"
)


def find(document: Document, passages: list[Passage]) -> list[Mention]:
    """Find the mentions of a document's passages, in their order, at most ``MOST``."""
    found: list[Mention] = []
    for passage in passages:
        text = document.text if passage.note is None else document.notes[passage.note].text
        for language in passage.languages:
            found += find_in(text, passage, grammar(language))
        if len(found) >= MOST:
            return found[:MOST]
    return found


def find_in(text: str, passage: Passage, words: Grammar) -> list[Mention]:
    """Find the mentions of one passage by the grammar of one language."""
    found: list[Mention] = []
    at, end = passage.start, passage.end
    for low, high in _windows(text, passage, words):
        for begin in words.begins.finditer(text, max(low, at), high):
            start = begin.start()
            if start < at:
                continue
            match = words.trigger.match(text, start, end)
            if match is None:
                continue
            at = match.end()
            head = _head(text, match, passage, words)
            if head is None:
                continue
            at = max(at, read_row(text, head, end, words))
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


def _head(text: str, match: re.Match[str], passage: Passage, words: Grammar) -> Head | None:
    """Read owner and noun; None where the trigger is no head of a mention."""
    start, end = match.span()
    if match["possessive"] is not None:
        return _named_head(text, match, passage, words)
    if match["you"] or match["me"]:
        head = Head(start, end, "you" if match["you"] else "me")
        return _with_noun(text, head, passage.end, words)
    groups = match.groupdict()
    for owner in ("you", "me", "home", "mission"):
        if groups.get(f"compact_{owner}"):
            return Head(start, end, owner, kind="telegram")
    head = Head(start, end, kind=words.kind(match))
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


def _with_noun(text: str, head: Head, end: int, words: Grammar) -> Head:
    if fixed := _FIXED_OWNER.match(text, head.end, end):
        head.end, head.owner = fixed.end(), ""
    match = words.head.match(text, head.end, end)
    if match:
        kind = words.kind(match)
        # Without a noun the qualifiers say nothing: the number must follow the owner.
        if kind is not None:
            head.kind, head.end = kind, match.end()
    return head


def _named_head(text: str, match: re.Match[str], passage: Passage, words: Grammar) -> Head | None:
    """Read "the Department's", "Mr. Kell's", "the Tarn Consulate's" before a noun or a number."""
    head = _with_noun(text, Head(match.start(), match.end()), passage.end, words)
    if head.kind is None and not text[head.end : head.end + 5].strip()[:1].isalnum():
        return None
    low = max(passage.start, match.start() - LONGEST_NAME)
    name = words.owner_name.search(text, low, match.start())
    if name is None:
        return None
    printed = sentences(name.group())[-1]
    while " " in printed and printed.split(None, 1)[0].lower() in words.leading:
        printed = printed.split(None, 1)[1]
    head.owner, printed = _owner(printed, words)
    if _FIXED_OWNER.match(text, match.end(), passage.end):
        return Head(match.start() - len(printed), head.end, kind=head.kind)
    head.start = match.start() - len(printed)
    head.sender = printed if head.owner != "home" else ""
    return head if head.owner else None


def _owner(printed: str, words: Grammar) -> tuple[Owner, str]:
    """Tell a ministry, a mission or a name by the words before a possessive; nobody is ""."""
    parts = printed.split(" ")
    for start in range(len(parts) - 1, -1, -1):
        if words.home.match(tail := " ".join(parts[start:])):
            return "home", tail
    if words.mission.match(printed):
        start = len(parts) - 1
        while start > 0 and parts[start - 1][:1].isupper():
            start -= 1
        return "mission", " ".join(parts[start:])
    return ("named" if any(part[:1].isupper() for part in parts) else ""), printed


def _opens(text: str, start: int, passage: Passage) -> bool:
    """Whether hardly a word stands before a mention: it says what the document is about."""
    if not passage.opens or start - passage.start > 2 * OPENING + LONGEST_NAME:
        return False
    return len(_PRELUDE.sub("", text[passage.start : start])) <= OPENING


def _mentions(text: str, head: Head, passage: Passage) -> list[Mention]:
    found: list[Mention] = []
    for i, item in enumerate(head.items):
        start = head.start if i == 0 else item.start
        days: tuple[str, ...] = ()
        if item.printed is not None:
            forward = passage.voice == "note"
            days = possible_days(item.printed, passage.card.day, forward=forward)
            if item.printed.same and found:
                days = found[-1].days or days  # "No. 5, dated May 26, and No. 6, of the same date"
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
                before=text[max(passage.start, head.start - BEFORE) : head.start],
                opening=_opens(text, head.start, passage),
            )
        )
    return found


def bare_item(text: str, start: int, end: int, passage: Passage, words: Grammar) -> Mention | None:
    """Read a clause of a note that opens with a number or a day: "Sept. 17, 7 p.m., p. 210"."""
    lead = _LEADING.match(text, start, end)
    party = _PARTY_FIRST.match(text, start, end)
    if lead is None and party is None:
        return None
    at = lead.end() if lead else start
    head = Head(at, at, kind="")
    if lead is None and (match := words.party.match(text, start, end)):
        set_party(head, match, words)
        at = match.end()
    item = read_item(text, at, end, head, words)
    if item is None or (item.printed is None and not item.marked):
        return None
    head.items.append(item)
    read_tails(text, head, item, end, words)
    found = _mentions(text, head, passage)
    return found[0] if found else None
