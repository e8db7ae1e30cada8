"""The other side: counterparts of a document, ranked, and two documents set side by side.

Links and documents of an edition come in; out go counterparts with their reasons, and comparisons.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from regesta.documents import Document
from regesta.documents.base import Value
from regesta.edition.links.store import StoredLink
from regesta.linking.counterparts.aligned import Row, align
from regesta.linking.counterparts.counterparts import EARLIER

if TYPE_CHECKING:
    from regesta.edition.edition import Edition


#: Characters of a passage that is set beside the other; fewer would cut paragraphs in two.
PASSAGE = 90


class Counterpart(Value, frozen=True):
    """A document that tells the same from another side.

    Attributes:
        document: Its id.
        standing: "asserted" or "candidate".
        reason: What shows it, in one sentence.
        score: Weight of what agrees; only the order means anything.
        confidence: 0 to 1.
        evidence: What agrees, by name.
    """

    document: str
    standing: str
    reason: str
    score: float
    confidence: float
    evidence: dict[str, str] = {}


class Comparison(Value, frozen=True):
    """Two documents side by side.

    Attributes:
        first, second: The documents.
        rows: Stretches of both, in the order of the first.
        links: What links them, either way.
    """

    first: Document
    second: Document
    rows: tuple[Row, ...]
    links: tuple[StoredLink, ...] = ()


def ranked(id: str, links: Iterable[StoredLink]) -> list[Counterpart]:
    """Counterparts of a document, the sure ones first, then by what agrees.

    A link leads from the later paper to the earlier one, which is put first of two that are equal:
    a paper mostly answers, or passes on, what came before it.
    """
    found = []
    for stored in links:
        own = stored.document == id
        evidence = stored.link.evidence
        score = float(evidence.get("score", 0.0)) + (EARLIER if own else 0.0)
        counterpart = Counterpart(
            document=stored.link.target if own else stored.document,
            standing=stored.standing,
            reason=evidence.get("reason", ""),
            score=round(score, 2),
            confidence=stored.link.confidence,
            evidence={k: v for k, v in evidence.items() if k not in ("standing", "reason")},
        )
        found.append(counterpart)
    return sorted(found, key=lambda c: (c.standing != "asserted", -c.score, c.document))


def compare(edition: "Edition", first: str, second: str) -> Comparison:
    """Set two documents side by side; see :meth:`regesta.edition.Edition.compare`."""
    one, other = edition.document(first), edition.document(second)
    if not edition.links.ready:
        return Comparison(one, other, tuple(align(one, other)))
    links = [x for x in edition.links(first) if {x.document, x.link.target} == {first, second}]
    passages = [
        (found.here, found.there)
        for found in edition.links.passages(first, second)
        if found.here[1] - found.here[0] >= PASSAGE
    ]
    return Comparison(one, other, tuple(align(one, other, passages)), tuple(links))
