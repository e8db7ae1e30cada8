"""The documents of a collection into the same with parties for "The same to the same".

Editions name a party once and then say "the same", "derselbe", "le même". Which one that is, the
document before in the same source says, and nothing else.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from msgspec.structs import replace

from regesta.describing.parties.names import lower_words
from regesta.describing.words import vocabulary
from regesta.documents import Document, Fact, Party

#: The rule of such parties, and how much less certain they are than those that they repeat.
RULE, LESS = "same as before", 0.9
#: The parties stand in the first characters of a heading.
WITHIN = 240
_SIDES = ("sender", "recipient")


class _Repeats(NamedTuple):
    """Which parties a heading repeats, with the words that say so."""

    sender: str
    recipient: str


def with_repeated_parties(documents: Sequence[Document]) -> list[Document]:
    """Give documents that repeat a party the party of the document before.

    Args:
        documents: All of one source, described, in its order.

    Returns:
        The documents in the same order. One whose forerunner has no such party, or whose signature
        is somebody else's, is untouched; papers inside another follow their own kind.
    """
    before: dict[str, Document] = {}
    found: list[Document] = []
    for document in documents:
        repeats = _repeats_of(document.heading[:WITHIN]) if document.heading else None
        last = before.get(document.parent)
        if repeats is not None and last is not None:
            document = _filled(document, last, repeats)
        before[document.parent] = document
        found.append(document)
    return found


@lru_cache(maxsize=1)
def _forms() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Words that repeat at all; both parties; the sender; the recipient."""
    same = "|".join(vocabulary("party_words")["repeated"])
    joint = "|".join(vocabulary("heading_words")["connecting"])
    joined = rf"\s+(?:(?:{joint})\s+|all[’'])"
    begin, end = r"(?:^|\s[—–]\s)(?:\W*\w{0,4}\.?\s?\d+\w?[.)\]]*\s+)?", r"(?=\s*(?:$|[.,;(\[—–]))"
    idem = "|".join(vocabulary("party_words")["repeated_both"])
    return (
        re.compile(rf"(?<!\w)(?:{same}|{idem})(?!\w)", re.I),
        re.compile(rf"{begin}(?:(?P<a>{same}){joined}(?P<b>{same})|(?P<both>{idem})){end}", re.I),
        re.compile(rf"{begin}(?P<a>{same}){joined}\S", re.I),
        re.compile(rf"\S{joined}(?P<b>{same}){end}", re.I),
    )


@lru_cache(maxsize=4096)
def _repeats_of(heading: str) -> _Repeats | None:
    any_, both, sender, recipient = _forms()
    if any_.search(heading) is None:
        return None
    if whole := both.search(heading):
        words = whole["both"] or ""
        return _Repeats(whole["a"] or words, whole["b"] or words)
    first, second = sender.search(heading), recipient.search(heading)
    if first is None and second is None:
        return None
    return _Repeats(first["a"] if first else "", second["b"] if second else "")


def _filled(document: Document, last: Document, repeats: _Repeats) -> Document:
    """A document with the parties of the one before it, where it repeats them."""
    wanted = [side for side, words in zip(_SIDES, repeats, strict=True) if words]
    given = {f.field for f in document.facts if f.field in _SIDES and f.origin != "derived"}
    known = {
        side: [f for f in last.resolved(side) if isinstance(f.value, Party)] for side in wanted
    }
    if not all(known.values()) or given or not _may_sign(document, known.get("sender", [])):
        return document
    kept = [f for f in document.facts if f.field not in (*wanted, "parties")]
    for side, words in zip(_SIDES, repeats, strict=True):
        span = _span(document.text, words) if words else None
        kept += [
            Fact(side, f.value, "derived", RULE, span, f.confidence * LESS)
            for f in known.get(side, ())
        ]
    return replace(document, facts=tuple(kept))


def _may_sign(document: Document, senders: Iterable[Fact]) -> bool:
    """Whether who signs can be the sender before: his last word is one of that name's."""
    signed = [f.value for f in document.facts if f.field == "sender" and f.rule == "signature"]
    names = [f.value.name for f in senders if isinstance(f.value, Party) and f.value.name]
    surnames = [lower_words(p.name)[-1:] for p in signed if isinstance(p, Party)]
    known = {word for name in names for word in lower_words(name)}
    return not (names and surnames) or all(known.issuperset(word) for word in surnames)


def _span(text: str, words: str) -> tuple[int, int] | None:
    at = text.lower().find(words.lower(), 0, WITHIN * 2)
    return (at, at + len(words)) if at >= 0 else None
