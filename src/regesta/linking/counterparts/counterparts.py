"""Counterparts, first step: papers in, pairs that speak of one matter out, with all that agrees.

Every paper is set beside those of the months before it that share its rare words, or whose parties
are its own; words, days, parties and distance in time then weigh each pair. The work for a paper
is bounded, so that the time grows with the number of papers.
"""

import datetime as dt
import math
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from itertools import islice

from regesta.linking.base import Card
from regesta.linking.counterparts.lexicon import Lexicon
from regesta.linking.counterparts.neighbours import Neighbours
from regesta.linking.counterparts.traits import Traits
from regesta.linking.parties import agree
from regesta.linking.words import fold

#: Days between two papers of one matter, at most: a sea mail, an answer, and time to think.
WINDOW = 150
#: A date as wide as this says so little that the paper is looked for among the undated ones.
WIDE = 62
#: Days between the bounds of a date that is as good as one day.
CERTAIN = 3
#: Words of a paper that are compared.
COMPARED = 160
#: Papers that are set beside one: of those that share words, and of each of its correspondences.
BESIDE, NEAR_BY = 24, 6
#: Papers that are kept for one.
KEPT = 12
#: Weights of what agrees, fitted on one half of the volumes of `benchmarks/counterparts.py` and
#: rounded: four rarest words and all of them (by natural logarithms of rarity), the logarithm of
#: the days between, and what else is so.
FOUR, ALL, DAYS = 0.16, 0.02, -0.8
WEIGHTS = {
    "mirrored": 3.6, "same parties": 2.5, "one party": 0.7, "other parties": -1.4,
    "day": 1.2, "names day": 1.0, "receipt": 0.5, "place": 0.3, "names number": 3.0, "file": 2.0,
    "names parties": 0.5,
}  # fmt: skip
#: A paper more often speaks of an earlier one than of a later one.
EARLIER = 3.2
#: Days by which two papers of one day are apart where one has the Old Style, by century.
_STYLES = {16: 10, 17: 11, 18: 12, 19: 13, 20: 13}


@dataclass(slots=True)
class Paper:
    """A document as it is set beside others.

    Attributes:
        card: What is known of it.
        side: The power whose papers its collection holds, or "".
        powers: Powers for which its senders, and its recipients, speak.
        first, last: Bounds of its date as day numbers, or None.
        received: Day of arrival, or None.
        place, days, numbers: As in :class:`regesta.linking.counterparts.traits.Traits`.
        forms: Its words, by their numbers in a lexicon.
        keys: Its comparable words, the rarest first.
        length: Of its words as a vector of weights.
    """

    card: Card
    side: str = ""
    powers: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
    first: int | None = None
    last: int | None = None
    received: int | None = None
    place: str = ""
    days: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    forms: "array[int]" = field(default_factory=lambda: array("I"))
    keys: "array[int]" = field(default_factory=lambda: array("I"))
    length: float = 1.0

    @property
    def at(self) -> int | None:
        """The day by which it is put in order; None for a paper as good as undated."""
        if self.first is None or self.last is None or self.last - self.first > WIDE:
            return None
        return self.first


@dataclass(frozen=True, slots=True)
class Pair:
    """Two papers that speak of one matter.

    Attributes:
        earlier, later: Their places among the papers, by date; an undated one is the later.
        score: Weight of all that agrees; only the order means anything.
        words: Keys of shared words, the rarest first.
        closeness: Of the two papers' words, 0 to 1: the cosine of their weights.
        gap: Days between, or None.
        certain: Both days are known, give or take :data:`CERTAIN` days.
        agrees: What else agrees, by name, with the value.
    """

    earlier: int
    later: int
    score: float
    words: tuple[int, ...]
    closeness: float
    gap: int | None
    agrees: dict[str, str]
    certain: bool = False


def paper_of(card: Card, traits: Traits, lexicon: Lexicon, *, side: str = "") -> Paper:
    """Give a paper of what is known of a document; its words go into the lexicon."""
    return Paper(
        card=card,
        side=side,
        first=_number(traits.first),
        last=_number(traits.last),
        received=_number(card.received),
        place=traits.place,
        days=traits.days,
        numbers=traits.numbers,
        forms=lexicon.add(traits.words),
    )


def _number(day: str) -> int | None:
    try:
        return dt.date.fromisoformat(day).toordinal() if day else None
    except ValueError:
        return None


def in_order(papers: Iterable[Paper], lexicon: Lexicon) -> list[Paper]:
    """Put papers in the order of their dates, the undated last, with their words weighed."""
    ordered = sorted(
        papers, key=lambda p: (p.at is None, p.at or 0, p.card.collection, p.card.order)
    )
    lexicon.weigh(len(ordered))
    for paper in ordered:
        paper.keys = lexicon.keys(paper.forms, most=COMPARED)
        paper.length = math.sqrt(sum(map(lexicon.squares.__getitem__, paper.keys))) or 1.0
    return ordered


def pairs(
    papers: Sequence[Paper],
    lexicon: Lexicon,
    *,
    may: Callable[[Paper, Paper], bool] | None = None,
    close: float = 0.0,
    kept: int = KEPT,
) -> Iterator[Pair]:
    """Give the pairs of papers that speak of one matter, by the later paper, the best first.

    Args:
        papers: As :func:`in_order` gives them.
        lexicon: The one that weighed them.
        may: Whether two papers may be a pair at all; by default any two may.
        close: Least closeness of their words; what is less close is not looked at further.
        kept: How many earlier papers are given for one.
    """
    starts, letters = _starts(papers), _Letters()
    neighbours = Neighbours(
        [paper.keys for paper in papers],
        lexicon.squares,
        [paper.length for paper in papers],
        starts,
    )
    for place, found in enumerate(neighbours.each(close=close, most=2 * BESIDE)):
        paper = papers[place]
        allowed = (at for at in found if may is None or may(papers[at], paper))
        beside = dict.fromkeys(islice(allowed, BESIDE))
        if not close:
            for at in letters.near_by(paper.card, starts[place]):
                if at not in beside and (may is None or may(papers[at], paper)):
                    beside[at] = None
            letters.add(place, paper.card)
        keys, scored = frozenset(paper.keys) if beside else frozenset[int](), []
        for at in beside:
            one = papers[at]
            shared = keys.intersection(one.keys)
            closeness = _closeness(one, paper, shared, lexicon)
            if closeness >= close:
                words = tuple(key for key in one.keys if key in shared)
                scored.append(_weighed(papers, at, place, words, closeness, lexicon))
        yield from nlargest(kept, scored, key=lambda pair: (pair.score, -pair.earlier))


class _Letters:
    """Papers seen so far, by correspondence."""

    def __init__(self) -> None:
        self._letters: dict[tuple[str, str], list[int]] = defaultdict(list)

    def add(self, place: int, card: Card) -> None:
        for pair in _correspondences(card.senders, card.recipients):
            self._letters[pair].append(place)

    def near_by(self, card: Card, start: int) -> list[int]:
        """The last papers of a paper's own correspondence, either way, from a place on."""
        found = dict[int, None]()
        for pair in (
            *_correspondences(card.recipients, card.senders),
            *_correspondences(card.senders, card.recipients),
        ):
            for at in self._letters.get(pair, ())[-NEAR_BY:]:
                if at >= start:
                    found[at] = None
        return list(found)


def _starts(papers: Sequence[Paper]) -> list[int]:
    """The first paper of the time before each, as a place; for an undated one the first of all."""
    # Undated papers come last: they fall before none of these.
    ats = [paper.at if paper.at is not None else 10**7 for paper in papers]
    return [
        0 if paper.at is None else bisect_left(ats, paper.at - WINDOW, 0, place)
        for place, paper in enumerate(papers)
    ]


def _correspondences(senders: frozenset[str], recipients: frozenset[str]) -> list[tuple[str, str]]:
    """Pairs of keys of senders and recipients, not too many of them."""
    return [(a, b) for a in sorted(senders)[:4] for b in sorted(recipients)[:4]]


def pair_of(papers: Sequence[Paper], earlier: int, later: int, lexicon: Lexicon) -> Pair:
    """Weigh two papers, by their places."""
    one, other = papers[earlier], papers[later]
    keys = frozenset(other.keys)
    words = tuple(key for key in one.keys if key in keys)
    closeness = _closeness(one, other, words, lexicon)
    return _weighed(papers, earlier, later, words, closeness, lexicon)


def _closeness(one: Paper, other: Paper, words: Iterable[int], lexicon: Lexicon) -> float:
    return sum(map(lexicon.squares.__getitem__, words)) / (one.length * other.length)


def _weighed(
    papers: Sequence[Paper],
    earlier: int,
    later: int,
    words: tuple[int, ...],
    closeness: float,
    lexicon: Lexicon,
) -> Pair:
    one, other = papers[earlier], papers[later]
    weights = [lexicon.weight(key) for key in words]
    gap = gap_of(one, other)
    agrees = what_agrees(one, other, lexicon)
    score = FOUR * sum(weights[:4]) + ALL * sum(weights)
    score += DAYS * math.log1p(WINDOW if gap is None else gap)
    score += sum(WEIGHTS.get(name, 0.0) for name in agrees)
    certain = all(
        paper.first is not None and paper.last is not None and paper.last - paper.first <= CERTAIN
        for paper in (one, other)
    )
    return Pair(earlier, later, score, words, closeness, gap, agrees, certain)


def gap_of(one: Paper, other: Paper) -> int | None:
    """Days between two papers; none between two dates that overlap; None where one is not known."""
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return None
    return max(0, other.first - one.last, one.first - other.last)


def what_agrees(one: Paper, other: Paper, lexicon: Lexicon) -> dict[str, str]:
    """Give what agrees between two papers beside their words, by name."""
    found: dict[str, str] = {}
    _parties(one.card, other.card, found)
    if days := [day for day in one.days if day in other.days]:
        found["day"] = ", ".join(days)
    if one.place and one.place == other.place:
        found["place"] = one.place
    if one.card.file_number and one.card.file_number == other.card.file_number:
        found["file"] = one.card.file_number
    by_later, by_earlier = _names(other, one, lexicon), _names(one, other, lexicon)
    for name in sorted(by_later | by_earlier):
        both = name in by_later and name in by_earlier
        found[name] = "both" if both else "later" if name in by_later else "earlier"
    received = one.received
    if received is not None and other.first is not None and -1 <= other.first - received <= 2:
        found["receipt"] = one.card.received
    return found


def _parties(one: Card, other: Card, found: dict[str, str]) -> None:
    senders, recipients = agree(one.senders, other.senders), agree(one.recipients, other.recipients)
    there, back = agree(one.senders, other.recipients), agree(one.recipients, other.senders)
    if there and back:
        found["mirrored"] = ""
    elif senders and recipients:
        found["same parties"] = ""
    elif there or back or senders or recipients:
        found["one party"] = ""
    elif senders is recipients is there is back is False:
        found["other parties"] = ""


def _names(speaker: Paper, other: Paper, lexicon: Lexicon) -> set[str]:
    """What of another paper the words of one name: its day, its parties, its number."""
    found = set[str]()
    if other.card.day and other.card.day[5:] in speaker.days:
        found.add("names day")
    senders = _named(speaker, other.card.senders, lexicon)
    if senders and _named(speaker, other.card.recipients, lexicon):
        found |= {"names parties", "names message"} if found else {"names parties"}
    if other.card.number and any(_means(named, other.card) for named in speaker.numbers):
        found.add("names number")
    return found


def _named(speaker: Paper, party: frozenset[str], lexicon: Lexicon) -> bool:
    """Whether a paper's words name one of the keys of a party."""
    return any(key in speaker.keys for key in lexicon.named(party))


def _means(named: str, card: Card) -> bool:
    """Whether a number with the names before it means a paper: its number, and its sender."""
    number, *names = named.split()
    return number == card.number and any(fold(name) in card.senders for name in names)
