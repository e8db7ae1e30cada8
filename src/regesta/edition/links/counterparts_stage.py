"""Counterparts of a whole edition: cards and traits in, rows of links out.

It runs within the linking of an edition, when references are resolved. All papers are in memory by
then, as numbers; the work for each is bounded.
"""

from collections.abc import Iterable, Iterator

from regesta.documents import Link
from regesta.edition.record.store import Record
from regesta.linking.base import Card
from regesta.linking.counterparts.counterparts import (
    WINDOW,
    Paper,
    gap_of,
    in_order,
    pair_of,
    pairs,
    paper_of,
)
from regesta.linking.counterparts.lexicon import Lexicon
from regesta.linking.counterparts.sides import (
    CLOSE,
    Known,
    link_of,
    one_message,
    other_side,
    two_powers,
    years_apart,
)
from regesta.linking.counterparts.traits import Traits
from regesta.linking.references.weigh import ordinal


def counterparts(
    found: Iterable[tuple[Card, Traits]],
    record: Record,
    known: Known,
    threaded: Iterable[tuple[str, str]],
) -> Iterator[tuple[str, Link]]:
    """Give the links between counterparts, each from the later paper to the earlier.

    Args:
        found: What is known of every document.
        record: Says whose papers a collection holds, and for whom parties speak.
        known: What links documents already.
        threaded: Documents that answer or continue one another. Their thread shows them; they are
            counterparts only where they are known to speak for two powers.

    Yields:
        The id of a document and a link of it.
    """
    lexicon = Lexicon()
    papers = _papers(found, record, lexicon)
    joined = {frozenset(both) for both in threaded}
    spans = {
        str(id): (ordinal(str(first)), ordinal(str(last)))
        for id, first, last in record.rows("SELECT id, first, last FROM collections")
        if first and last
    }

    def may(one: Paper, other: Paper) -> bool:
        if not other_side(one, other) or one_message(one, other, known):
            return False
        if years_apart(one, other, known, spans):
            return False
        return frozenset((one.card.id, other.card.id)) not in joined or two_powers(one, other)

    left = {tuple(sorted(ids)) for ids in known.passages}
    for pair in pairs(papers, lexicon, may=may, close=CLOSE):
        link = link_of(pair, papers, lexicon, known)
        if link is not None:
            left.discard(tuple(sorted((papers[pair.later].card.id, link.target))))
            yield papers[pair.later].card.id, link
    # Passages in both whose papers share too few rare words, or lie far apart, are looked at last.
    places = {paper.card.id: at for at, paper in enumerate(papers)}
    for ids in sorted(left):
        both = sorted(places[id] for id in ids if id in places)
        if len(both) < 2:
            continue
        gap = gap_of(papers[both[0]], papers[both[1]])
        if (gap is None or gap <= WINDOW) and may(papers[both[0]], papers[both[1]]):
            pair = pair_of(papers, both[0], both[1], lexicon)
            if link := link_of(pair, papers, lexicon, known):
                yield papers[pair.later].card.id, link


def _papers(found: Iterable[tuple[Card, Traits]], record: Record, lexicon: Lexicon) -> list[Paper]:
    """All documents as papers, in their order, with the powers for which their parties speak."""
    sides = {id: str(side) for id, side in record.rows("SELECT id, side FROM collections")}
    papers = in_order(
        (
            paper_of(card, traits, lexicon, side=sides.get(card.collection, ""))
            for card, traits in found
        ),
        lexicon,
    )
    by_id = {paper.card.id: paper for paper in papers}
    for id, role, power in record.rows(
        "SELECT d.id, p.role, p.power FROM powers p JOIN documents d ON d.n = p.document"
    ):
        if paper := by_id.get(str(id)):
            senders, recipients = paper.powers
            more = frozenset([str(power)])
            author = role == "author"
            paper.powers = (senders | more, recipients) if author else (senders, recipients | more)
    return papers
