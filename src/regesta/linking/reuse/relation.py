"""What two papers share in all, and how their documents stand to one another.

In come the sides of passages, out go answers that the rules of their classes ask for: of parties,
days, headings, collections, and of how much the one has of the other.
"""

from collections.abc import Sequence
from datetime import date

from regesta.documents.base import Value
from regesta.linking.parties import agree
from regesta.linking.reuse.base import Reuse
from regesta.linking.reuse.sides import Side

#: Passages that two states of a text share at least, and papers that have clauses in common.
STATES = 3
#: Days between a message and an answer that repeats its words; and while a text is being made.
ANSWERED, MAKING = 120, 365

#: A passage with its sides in the two papers.
Both = tuple[Reuse, Side, Side]


class Shared(Value, frozen=True):
    """What two papers share in all.

    Attributes:
        pieces: How many passages.
        share_a, share_b: Share of the words of both papers, 0 to 1.
        identity: Share of the letters of all passages that agree.
        longest: Code points of the longest.
        bound: They are clauses for the most part: what stands beside these is one too.
        worded: Words before one of them say how a text is to read.
        refers: One of the documents names the other, by its number or its day.
    """

    pieces: int
    share_a: float
    share_b: float
    identity: float
    longest: int
    bound: bool = False
    worded: bool = False
    refers: bool = False

    @property
    def least(self) -> float:
        """The smaller of the shares."""
        return min(self.share_a, self.share_b)

    @property
    def most(self) -> float:
        """The greater of the shares."""
        return max(self.share_a, self.share_b)


def shared(passages: Sequence[Both], refers: bool) -> Shared:
    """Sum up the passages of two papers."""
    a, b = passages[0][1].paper, passages[0][2].paper
    length = sum(x[0].length for x in passages)
    clauses = sum(reuse.length for reuse, x, y in passages if x.clauses and y.clauses)
    return Shared(
        pieces=len(passages),
        share_a=min(1.0, _covered([(s.start, s.end) for _, s, _ in passages]) / a.length),
        share_b=min(1.0, _covered([(s.start, s.end) for _, _, s in passages]) / b.length),
        identity=1 - sum(x[0].edits for x in passages) / length,
        longest=max(x[0].length for x in passages),
        bound=len(passages) > STATES and 2 * clauses > length,
        worded=any(x.worded or y.worded for _, x, y in passages),
        refers=refers,
    )


def _covered(spans: Sequence[tuple[int, int]]) -> int:
    covered, at = 0, -1
    for start, end in sorted(spans):
        start = max(start, at)
        if end > start:
            covered, at = covered + end - start, end
    return covered


def collection(side: Side) -> str:
    """The collection that a side's document belongs to."""
    return side.paper.id.partition("/")[0]


def kin(one: Side, other: Side) -> bool:
    """Whether the headings of two papers name one power or person ("Finland", "Finnish")."""
    return not one.paper.names.isdisjoint(other.paper.names)


def strangers(one: Side, other: Side) -> bool:
    """Whether headings tell two treaties, or drafts, apart: by their numbers or their parties."""
    final = any(x.paper.treaty and not x.paper.draft and not x.host for x in (one, other))
    numbers = one.paper.number, other.paper.number
    if all(numbers) and numbers[0] != numbers[1]:
        return True
    return bool(final and one.paper.names and other.paper.names and not kin(one, other))


def same_parties(one: Side, other: Side) -> bool | None:
    """Whether two documents are of one exchange; None where parties are not known."""
    mine, theirs = one.senders | one.recipients, other.senders | other.recipients
    if not mine or not theirs or one.host or other.host:
        return None
    return straight(one, other) or crossed(one, other)


def straight(one: Side, other: Side) -> bool:
    """Whether one sender wrote both documents to one recipient."""
    return identic(one, other) and bool(agree(one.recipients, other.recipients))


def crossed(one: Side, other: Side) -> bool:
    """Whether the sender of each is the recipient of the other."""
    return bool(agree(one.senders, other.recipients) and agree(one.recipients, other.senders))


def identic(one: Side, other: Side) -> bool:
    """Whether one sender wrote both: identic instructions, a note sent again."""
    return bool(agree(one.senders, other.senders))


def two_hands(one: Side, other: Side) -> bool:
    """Whether both senders are known, and are two."""
    return bool(one.senders and other.senders) and not identic(one, other)


def answers(one: Side, other: Side) -> bool:
    """Whether one document may answer the other."""
    return crossed(one, other) and near(one, other)


def near(one: Side, other: Side) -> bool:
    """Whether two documents were written within the time of an answer."""
    days = apart(one, other)
    return days is not None and days <= ANSWERED


def making(one: Side, other: Side) -> bool:
    """Whether two documents of one collection were written on two days of one year or so."""
    days = apart(one, other)
    return days is not None and 0 < days <= MAKING and collection(one) == collection(other)


def apart(one: Side, other: Side) -> int | None:
    """Days between two documents; None where one has none."""
    if not one.day or not other.day:
        return None
    return abs((date.fromisoformat(one.day) - date.fromisoformat(other.day)).days)


def enclosed(one: Side, other: Side) -> bool:
    """Whether both papers are enclosed in others."""
    return one.host and other.host


def legal(side: Side) -> bool:
    """Whether a side's words bind, or its paper does."""
    return side.paper.treaty or side.clauses


def told(one: Side, other: Side) -> bool:
    """Whether marks or words beside a passage say that it is somebody else's."""
    return one.quoted or other.quoted or one.introduced or other.introduced


def places(one: Side, other: Side) -> int:
    """In how many documents besides one of the two the passage stands."""
    return max(one.places, other.places)
