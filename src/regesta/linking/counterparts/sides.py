"""Counterparts, second step: which papers stand on two sides, which pairs are sure, and why.

Pairs of papers come in, links of the kind ``counterpart`` go out, each with a sentence of reasons.
"""

import math
import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cache

from regesta.documents import Link
from regesta.documents.display import day_words
from regesta.linking.counterparts.counterparts import WINDOW, Pair, Paper, gap_of
from regesta.linking.counterparts.lexicon import Lexicon
from regesta.linking.parties import agree
from regesta.linking.words import fold, vocabulary

#: The kind of these links.
KIND = "counterpart"
#: How close the words of two papers must be to be sure, where something else proves it: the one
#: names the other by number and sender; both lie in one file; the one names the other's day and
#: parties; the references of the one lead to the other; a passage stands in both, which may be a
#: form of words. And where nothing but words and days do.
SURE = {
    "names number": 0.12, "file": 0.12, "names message": 0.12, "reference": 0.10, "passage": 0.15,
}  # fmt: skip
#: Days within which to name a day and parties is to name a paper.
SURE_DAYS = 14
#: The same for the third where the day of one paper is not known: it names many days.
SURE_UNDATED = 0.20
BY_WORDS, BY_WORDS_DAYS = 0.30, 3
#: Fewest shared words that are sure by themselves.
ENOUGH = 8
#: Characters of a passage in both that are more than a turn of phrase.
PASSAGE = 150
#: Least score of a candidate.
LEAST = 2.5
#: How close the words of any pair must be.
CLOSE = 0.10
#: Days within which one message is printed in two collections.
ONE_DAY = 1
#: Names and other words that a reason gives.
_NAMES, _WORDS = 4, 3
#: Least letters of a word that a reason gives: shorter ones mostly say how, not what.
_LETTERS = 5
#: Days between an undated paper's collection and another paper that only quoted words bridge.
FAR = 5 * 365
Spans = Mapping[str, tuple[int, int]]
#: The name in a label ("Consul at Tarn (Kell)").
_NAME = re.compile(r"\(([^()]+)\)")
#: A number, of an article or of a king, that is printed like a name.
_ROMAN = re.compile(r"[IVXLCDM]+")


@dataclass(frozen=True, slots=True)
class Known:
    """What links two documents already; pairs of ids, the document that speaks first.

    Attributes:
        references: Asserted references, with the words that make them.
        passages: Passages that are quoted, enclosed or printed twice, with their lengths in
            characters.
        twice: Pairs of documents of one text.
    """

    references: Mapping[tuple[str, str], str] = field(default_factory=dict)
    passages: Mapping[tuple[str, str], int] = field(default_factory=dict)
    twice: Set[frozenset[str]] = frozenset()

    def reference(self, ids: tuple[str, str]) -> str:
        """The words by which one of two documents refers to the other, or ""."""
        return self.references.get(ids, "") or self.references.get((ids[1], ids[0]), "")

    def passage(self, ids: tuple[str, str]) -> int:
        """Characters of the passage that stands in both of two documents, or 0."""
        return self.passages.get(ids, 0) or self.passages.get((ids[1], ids[0]), 0)


def two_powers(one: Paper, other: Paper) -> bool:
    """Whether two papers are known to be of two sides, or to speak for two powers."""
    if one.side and other.side and one.side != other.side:
        return True
    mine, theirs = one.powers[0] | other.powers[1], other.powers[0] | one.powers[1]
    return bool(mine) and bool(theirs) and mine.isdisjoint(theirs)


def one_message(one: Paper, other: Paper, known: Known) -> bool:
    """Whether two papers are two prints of one letter: then neither is the other side's."""
    if frozenset((one.card.id, other.card.id)) not in known.twice:
        return False
    gap = gap_of(one, other)
    a, b = one.card, other.card
    parties = agree(a.senders, b.senders) is not False and agree(a.recipients, b.recipients)
    return parties is not False and gap is not None and gap <= ONE_DAY


def years_apart(one: Paper, other: Paper, known: Known, spans: Spans) -> bool:
    """Whether two papers, one of them undated, are too far apart for words alone to prove a tie.

    An undated paper is as old as its collection; only words that stand in both say more.

    Args:
        one, other: Papers.
        known: What links documents already.
        spans: Collection → its first and last day as numbers.
    """
    ids = one.card.id, other.card.id
    if gap_of(one, other) is not None or known.passage(ids) >= PASSAGE or known.reference(ids):
        return False
    days = [
        (p.first, p.last) if p.first and p.last else spans.get(p.card.collection)
        for p in (one, other)
    ]
    if days[0] is None or days[1] is None:
        return False
    (a, b), (c, d) = days[0], days[1]
    return max(c - b, a - d) > FAR


def other_side(one: Paper, other: Paper) -> bool:
    """Whether two papers can stand on two sides: of two archives, or of two pairs of hands.

    Two papers of one writer are a series and no counterparts, unless two collections print one
    message; nor are those of a mission and its home, which are a thread. What is not known of both
    is not held to differ.
    """
    if one.side and other.side and one.side != other.side:
        return True
    a, b = one.card, other.card
    apart = a.collection != b.collection and not one.side
    if not a.senders or not b.senders:
        return apart
    senders = agree(a.senders, b.senders)
    if senders:
        gap = gap_of(one, other)
        return (
            apart and bool(agree(a.recipients, b.recipients)) and gap is not None and gap <= ONE_DAY
        )
    if agree(a.senders, b.recipients) and agree(a.recipients, b.senders):
        return two_powers(one, other)
    return apart or (senders is False and not _one_post(one, other))


def _one_post(one: Paper, other: Paper) -> bool:
    """Whether two writers, known by name only, may hold one post: one place, one recipient."""
    if not one.place or one.place != other.place:
        return False
    by_office = any(key[0] == "=" for key in one.card.senders | other.card.senders)
    return not by_office and bool(agree(one.card.recipients, other.card.recipients))


def standing_of(pair: Pair, known: Known, ids: tuple[str, str], *, apart: bool = False) -> str:
    """Give "asserted", "candidate" or "" (nothing is said) for a pair.

    Args:
        pair: The pair.
        known: What links documents already.
        ids: Of the earlier and of the later paper.
        apart: They stand in two collections. Within one, the references already say what a number
            means, and one that they leave open is not sure.
    """
    if pair.gap is not None and pair.gap > WINDOW:
        return ""
    proofs = {*pair.agrees, *(["reference"] if known.reference(ids) else [])}
    # Objects of one hand and one year share their descriptions: without a day that proves nothing.
    if known.passage(ids) >= PASSAGE and pair.certain:
        proofs.add("passage")
    if not apart:
        proofs.discard("names number")
    if pair.gap is not None and pair.gap > SURE_DAYS:
        proofs.discard("names message")
    sure = SURE if pair.gap is not None else {**SURE, "names message": SURE_UNDATED}
    if any(name in proofs and pair.closeness >= least for name, least in sure.items()):
        return "asserted"
    near = pair.certain and pair.gap is not None and pair.gap <= BY_WORDS_DAYS
    if near and pair.closeness >= BY_WORDS and len(pair.words) >= ENOUGH:
        return "asserted"
    if pair.score >= LEAST and pair.closeness >= CLOSE:
        return "candidate"
    return ""


def link_of(pair: Pair, papers: Sequence[Paper], lexicon: Lexicon, known: Known) -> Link | None:
    """Give the link from the later paper of a pair to the earlier; None for no link."""
    one, other = papers[pair.earlier], papers[pair.later]
    ids = one.card.id, other.card.id
    apart = one.card.collection != other.card.collection
    standing = standing_of(pair, known, ids, apart=apart)
    if not standing:
        return None
    names, words = lexicon.names(other.forms, pair.words)
    printed, passage = known.reference(ids), known.passage(ids)
    evidence = {
        "standing": standing,
        "reason": reason(pair, one, other, names, words, printed, passage),
        "score": f"{pair.score:.2f}",
        "closeness": f"{pair.closeness:.2f}",
        "names": ", ".join(names[:12]),
        "words": ", ".join(words[:12]),
        **({"days apart": str(pair.gap)} if pair.gap is not None else {}),
        **({"reference": printed} if printed else {}),
        **({"passage": str(passage)} if passage else {}),
        **{name: value for name, value in pair.agrees.items() if value},
    }
    return Link(
        kind=KIND,
        target=one.card.id,
        confidence=round(min(0.95, 1 / (1 + math.exp(-pair.score / 2))), 2),
        evidence=evidence,
    )


def reason(
    pair: Pair,
    one: Paper,
    other: Paper,
    names: Sequence[str],
    words: Sequence[str],
    printed: str = "",
    passage: int = 0,
) -> str:
    """Give the reasons for a pair in one sentence.

    Args:
        pair: The pair.
        one, other: The earlier and the later paper.
        names, words: What both have, as printed.
        printed: The words by which one refers to the other.
        passage: Characters of a passage that stands in both.
    """
    said = [
        f"a passage of {passage} characters stands in both" if passage >= PASSAGE else "",
        _told(pair, one, other, printed),
        _shared(names, words),
        _days(pair),
        f"both are filed under {pair.agrees['file']}" if "file" in pair.agrees else "",
        _when(pair, one, other),
    ]
    sentence = "; ".join(part for part in said if part)
    return f"{sentence[:1].upper()}{sentence[1:]}."


def _told(pair: Pair, one: Paper, other: Paper, printed: str) -> str:
    """How the one speaks of the other."""
    if printed:
        return f"the one refers to the other (“{printed}”)"
    for name, words in (
        ("names number", "names the other by number and sender"),
        ("names message", "names the day and the parties of the other"),
        ("names day", "names the day of the other"),
    ):
        if which := pair.agrees.get(name):
            if which == "both":
                return f"each {words}"
            if which == "later":
                return f"{_called(other)} {words}"
            # No paper knows of a later one: an editor speaks, or the day is that of a copy.
            printed_later = ", as printed," if pair.certain and pair.gap else ""
            return f"{_called(one)}{printed_later} {words}"
    return ""


def _called(paper: Paper) -> str:
    """A paper by its kind and day ("the telegram of 14 July"), else by its writer."""
    kind = paper.card.kind or "paper"
    if paper.card.day:
        return f"the {kind} of {day_words(paper.card.day[5:])}"
    named = _NAME.search(paper.card.sender)
    writer = named[1] if named else paper.card.sender
    return f"the {kind} of {writer}" if writer else "the undated one"


@cache
def _dull() -> frozenset[str]:
    """Words that tell nothing of a matter."""
    lists = [*vocabulary("search_common_words").values(), *vocabulary("reason_words").values()]
    return frozenset(fold(word) for words in lists for word in words.split())


def _shared(names: Sequence[str], words: Sequence[str]) -> str:
    found = []
    if names := [name for name in names if not _ROMAN.fullmatch(name)]:
        found.append(f"name {_list(names[:_NAMES])}")
    if long := [word for word in words if len(word) >= _LETTERS and fold(word) not in _dull()]:
        quoted = _list([f"“{word}”" for word in long[:_WORDS]])
        found.append(f"have the word{'s' if len(long) > 1 else ''} {quoted}")
    return f"both {' and '.join(found)}" if found else ""


def _days(pair: Pair) -> str:
    days = [day_words(day) for day in pair.agrees.get("day", "").split(", ") if day]
    return f"both mention {_list(days[:3])}" if days else ""


def _when(pair: Pair, one: Paper, other: Paper) -> str:
    if pair.gap is None:
        return ""
    place = f" at {one.place.title()}" if "place" in pair.agrees else ""
    certain = one.first == one.last and other.first == other.last
    if pair.gap == 0:
        return f"written on the same day{place}" if certain else f"perhaps of the same day{place}"
    apart = "one day" if pair.gap == 1 else f"{pair.gap} days"
    return f"written {apart} apart{place}"


def _list(parts: Sequence[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
