"""A pair of documents with the passages they share into classes, directions and reasons.

Classes: duplicate (one paper printed twice), draft (two states of one text), enclosure, quotation,
treaty clause, formula. A formula makes no link; it stays among the passages, to be shown beside
others.
"""

from collections.abc import Sequence

from regesta.documents import Link
from regesta.documents.base import Value
from regesta.linking.reuse_base import Reuse
from regesta.linking.reuse_sides import Side

#: Share of a paper that a passage must hold to be the paper; and to be a state of it.
WHOLE, STATE = 0.8, 0.4
#: Longest passage, in code points, that is a formula where nothing says otherwise.
FORMULA = 160
#: Least identity of a reprint; below it two states of a text differ.
REPRINT = 0.93
#: Longest words that a link repeats, in code points.
LONGEST = 200
CLASSES = ("quotation", "enclosure", "duplicate", "draft", "treaty clause", "formula")
#: Class → kind of link; a formula makes none.
KINDS = {
    "quotation": "quotation", "treaty clause": "quotation", "enclosure": "enclosure",
    "duplicate": "duplicate", "draft": "duplicate",
}  # fmt: skip


class Judged(Value, frozen=True):
    """A passage with what it is.

    Attributes:
        reuse: Where it stands.
        form: One of :data:`CLASSES`.
        later: "a" or "b": the document that quotes, encloses or reprints; "" where nothing tells.
        reason: What tells the direction.
        confidence: 0 to 1.
    """

    reuse: Reuse
    form: str
    later: str = ""
    reason: str = ""
    confidence: float = 0.9


Both = tuple[Reuse, Side, Side]


def judge(passages: Sequence[Both]) -> list[Judged]:
    """Judge all passages of one pair of documents together.

    Args:
        passages: Each with its side in ``a`` and its side in ``b``.
    """
    held: dict[tuple[str, str], list[Both]] = {}
    for both in passages:
        held.setdefault((both[1].paper.id, both[2].paper.id), []).append(both)
    return [judged for some in held.values() for judged in _papers(some)]


def _papers(passages: Sequence[Both]) -> list[Judged]:
    """Judge the passages that two papers share."""
    a, b = passages[0][1].paper, passages[0][2].paper
    share_a = _length([(s.start, s.end) for _, s, _ in passages]) / a.length
    share_b = _length([(s.start, s.end) for _, _, s in passages]) / b.length
    longest = max(x[0].length for x in passages)
    identity = 1 - sum(x[0].edits for x in passages) / sum(x[0].length for x in passages)
    found = []
    for reuse, one, other in passages:
        form = _form(reuse, one, other, share_a, share_b, longest, identity)
        later, reason = _direction(form, one, other, share_a, share_b)
        found.append(Judged(reuse, form, later, reason, _confidence(reuse, form, reason)))
    return found


def _form(
    reuse: Reuse,
    one: Side,
    other: Side,
    share_a: float,
    share_b: float,
    longest: int,
    identity: float,
) -> str:
    treaty = (one.clauses or one.paper.treaty) and (other.clauses or other.paper.treaty)
    states = min(share_a, share_b) >= STATE and (one.paper.draft or other.paper.draft)
    if states and not one.host and not other.host:
        return "draft"
    if share_a >= WHOLE and share_b >= WHOLE and longest > FORMULA / 2:
        if one.host != other.host:
            return "enclosure"
        return "duplicate" if identity >= REPRINT else "draft"
    if (one.host and share_b >= WHOLE) or (other.host and share_a >= WHOLE):
        return "enclosure"
    told = one.quoted or other.quoted or one.introduced or other.introduced
    if reuse.length <= FORMULA and not told and longest <= FORMULA:
        return "treaty clause" if treaty else "formula"
    if treaty and not (one.quoted or other.quoted):
        return "treaty clause"
    return "quotation"


def _direction(
    form: str, one: Side, other: Side, share_a: float, share_b: float
) -> tuple[str, str]:
    """Which document comes second, and why; "" where the signs are silent or disagree."""
    signs: list[tuple[str, str]] = []
    if one.host != other.host:
        signs.append(("a" if one.host else "b", "it stands in an enclosure"))
    if one.quoted != other.quoted:
        signs.append(("a" if one.quoted else "b", "it stands between quotation marks"))
    if one.introduced != other.introduced:
        signs.append(("a" if one.introduced else "b", "words before it announce a quotation"))
    if form == "draft" and one.paper.draft != other.paper.draft:
        signs.append(("b" if one.paper.draft else "a", "the other is called a draft"))
    dated = ""
    if one.day and other.day and one.day != other.day:
        dated = "a" if one.day > other.day else "b"
    for side, reason in signs:
        if dated and side != dated:
            return "", "both may repeat a third paper"
        return side, f"{reason}, and is later" if dated else reason
    return (dated, "it is later") if dated else ("", "")


def _confidence(reuse: Reuse, form: str, reason: str) -> float:
    sure = 0.98 if reuse.length >= 2 * FORMULA else 0.9
    if form in ("quotation", "treaty clause") and reuse.length < FORMULA:
        sure = 0.75
    return round(sure * (1.0 if reason else 0.9), 3)


def _length(spans: Sequence[tuple[int, int]]) -> int:
    covered, at = 0, -1
    for start, end in sorted(spans):
        start = max(start, at)
        if end > start:
            covered, at = covered + end - start, end
    return covered


def link_of(judged: Judged, words: str, *, passages: int = 1) -> tuple[str, Link] | None:
    """The link that a passage makes, and the document it starts from; None for a formula.

    Args:
        judged: The passage.
        words: How it is printed there.
        passages: How many passages the link stands for.
    """
    if judged.form not in KINDS:
        return None
    reuse = judged.reuse
    here, there = (reuse.a_start, reuse.a_end), (reuse.b_start, reuse.b_end)
    document, target = reuse.a, reuse.b
    if judged.later == "b":
        here, there, document, target = there, here, target, document
    evidence = {
        "standing": "asserted",
        "class": judged.form,
        "there": f"{there[0]}-{there[1]}",
        "identity": f"{reuse.identity:.3f}",
        "direction": "from it" if judged.later else "undecided",
        "reason": judged.reason,
    }
    if passages > 1:
        evidence["passages"] = str(passages)
    return document, Link(
        kind=KINDS[judged.form],
        target=target,
        span=here,
        printed=words[:LONGEST],
        confidence=judged.confidence,
        evidence={name: value for name, value in evidence.items() if value},
    )


def linked(judged: Sequence[Judged]) -> list[tuple[Judged, int]]:
    """The passages of a pair that make links: each quotation; of whole papers the longest."""
    found: list[tuple[Judged, int]] = []
    whole: dict[str, list[Judged]] = {}
    for one in judged:
        if one.form in ("duplicate", "draft", "enclosure"):
            whole.setdefault(one.form, []).append(one)
        elif one.form in KINDS:
            found.append((one, 1))
    for some in whole.values():
        found.append((max(some, key=lambda x: (x.reuse.length, -x.reuse.a_start)), len(some)))
    return sorted(found, key=lambda x: (x[0].reuse.a_start, x[0].reuse.b_start))
