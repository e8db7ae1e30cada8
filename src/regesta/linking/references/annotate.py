"""Fourth step: references into links, with the words, the confidence and what agreed.

What was not resolved stays as a link without target, with the reason.
"""

from collections.abc import Iterable

from regesta.documents import Link
from regesta.linking.base import Candidate, Mention, Reference
from regesta.linking.references.days import likeliest_day
from regesta.linking.references.missing import parties_of

#: Longest printed mention that a link repeats, in code points.
LONGEST = 200


def annotate(references: Iterable[Reference]) -> list[Link]:
    """Give the links of references, in their order; every candidate is a link of its own."""
    links: dict[tuple[object, ...], Link] = {}
    for reference in references:
        for link in _links(reference):
            links.setdefault((link.target, link.span, link.note), link)
    return list(links.values())


def _links(reference: Reference) -> list[Link]:
    mention = reference.mention
    if reference.standing == "asserted":
        best = reference.candidates[0]
        return [_link(mention, "asserted", best, reference.confidence)]
    if reference.standing == "candidate":
        top = reference.candidates[0].score
        return [
            _link(mention, "candidate", c, round(reference.confidence * c.score / top, 3), rank=i)
            for i, c in enumerate(reference.candidates, 1)
        ]
    if reference.standing == "open" and not said(mention):
        # The mark-up points into this document, or to something that is no document.
        return []
    return [_link(mention, reference.standing, None, reference.confidence)]


def _link(
    mention: Mention, standing: str, candidate: Candidate | None, confidence: float, rank: int = 0
) -> Link:
    evidence = {"standing": standing}
    if rank:
        evidence["rank"] = str(rank)
    if candidate is not None:
        evidence |= candidate.evidence
    else:
        evidence |= said(mention)
    if mention.passage.voice != "body":
        evidence["voice"] = mention.passage.voice
    return Link(
        kind="reference",
        target=candidate.card.id if candidate else "",
        span=(mention.start, mention.end),
        printed=mention.printed[:LONGEST],
        confidence=confidence,
        evidence=evidence,
        note=mention.passage.note,
    )


def said(mention: Mention) -> dict[str, str]:
    """What a mention says of the document that it means, for a list of what is missing."""
    sender, recipient = parties_of(mention)
    words = {
        "sender": sender or mention.sender,
        "recipient": recipient,
        "kind": mention.kind,
        "number": mention.numbers[0] if mention.numbers else "",
        "date": likeliest_day(mention.days, forward=mention.forward),
        "hour": mention.times[0] if mention.times else "",
        "page": ", ".join(mention.pages),
        "volume": " ".join(part for part in _cited(mention) if part),
    }
    return {name: value for name, value in words.items() if value}


def _cited(mention: Mention) -> list[str]:
    cited = mention.cited
    if cited is None:
        return []
    parts = [cited.series, cited.years]
    parts += [f"supplement {cited.supplement}"] if cited.supplement else []
    parts += [f"volume {cited.volume}"] if cited.volume else []
    return parts
