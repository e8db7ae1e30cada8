"""A pair of documents with the passages they share into classes, directions and reasons.

Classes: duplicate (one paper printed twice), draft (two states of one text), enclosure, quotation,
treaty clause, formula. A formula makes no link; it stays among the passages, to be shown beside
others.
"""

from collections.abc import Sequence

from regesta.documents import Link
from regesta.documents.base import Value
from regesta.linking.reuse.base import Reuse
from regesta.linking.reuse.classes import CLASSES, FORMULA, class_of
from regesta.linking.reuse.relation import Both, shared
from regesta.linking.reuse.sides import Side

__all__ = ["CLASSES", "KINDS", "LONGEST", "Both", "Judged", "judge", "link_of", "linked"]

#: Longest words that a link repeats, in code points.
LONGEST = 200
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


def judge(passages: Sequence[Both], *, refers: bool = False) -> list[Judged]:
    """Judge all passages of one pair of documents together.

    Args:
        passages: Each with its side in ``a`` and its side in ``b``.
        refers: One of the documents names the other, by its number or its day.
    """
    held: dict[tuple[str, str], list[Both]] = {}
    for both in passages:
        held.setdefault((both[1].paper.id, both[2].paper.id), []).append(both)
    return [judged for some in held.values() for judged in _papers(some, refers)]


def _papers(passages: Sequence[Both], refers: bool) -> list[Judged]:
    """Judge the passages that two papers share."""
    pair = shared(passages, refers)
    found = []
    for reuse, one, other in passages:
        form = class_of(reuse, one, other, pair)
        later, reason = _direction(form, one, other)
        found.append(Judged(reuse, form, later, reason, _confidence(reuse, form, reason)))
    return found


def _direction(form: str, one: Side, other: Side) -> tuple[str, str]:
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
