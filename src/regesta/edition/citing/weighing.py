"""How well a document fits a citation: a document and a citation's parts in, points out.

Each candidate is held against all parts. A document is meant only where enough agrees, little
differs and no other is as good.
"""

from collections.abc import Sequence
from typing import NamedTuple

from regesta.documents import Document
from regesta.edition.citing.citation_parts import CitationParts
from regesta.edition.citing.shares import (
    ONE_DAY,
    date_share,
    heading_share,
    number_share,
    on_page,
    page_share,
    party_share,
    place_share,
    swapped,
    time_share,
    told_share,
    writers,
)
from regesta.edition.citing.volumes import Cited

#: Points for what agrees and for what differs. Set by judgement: a day, a document's number and a
#: page in a volume each narrow a series to a few; names and words choose among those.
AGREES = {
    "collection": 3.0, "document number": 5.0, "page": 3.0, "date": 4.0, "time": 1.5, "number": 3.0,
    "file number": 2.0, "sender": 3.0, "recipient": 2.0, "place": 1.0, "heading": 2.0,
}  # fmt: skip
DIFFERS = {
    "collection": 3.0, "document number": 3.0, "page": 2.0, "date": 4.0, "time": 1.0, "number": 1.5,
    "sender": 2.0, "recipient": 1.5,
}  # fmt: skip
#: Fewer points than this name nothing; the next best must be this many points behind.
ENOUGH, AHEAD = 6.0, 0.6
#: And this many points further for every part of the citation that does not fit.
SLIP = 0.7
#: Documents behind the best that are looked at, and shown.
LISTED = 5
#: A volume named by its series and year says more than words that its title has as well.
_VOLUME = 1.5
#: A document on a page that is all that a citation tells of it.
_ON_PAGE = 0.75
#: Words of a citation that are no longer are its marks: "vol", "Bd", "Nr", "Anm".
_MARK = 4
#: What narrows a citation to a document of a volume whose words do not tell which volume it is.
_NARROWS = {"date", "sender", "recipient", "heading"}


class Held(NamedTuple):
    """A document held against a citation: its points, what agrees and what differs."""

    points: float
    document: Document
    agrees: list[str]
    differs: list[str]
    swapped: bool = False


def held_against(
    document: Document,
    parts: CitationParts,
    collections: dict[str, float],
    cited: Cited | None,
    title: frozenset[str],
) -> Held:
    """Hold a document against a citation.

    Args:
        document: The document.
        parts: The citation's.
        collections: How far the citation names each collection, 0 to 1.
        cited: The volumes that it names, where it names any.
        title: The words of the title of the document's collection.
    """
    turned = swapped(document, parts)
    shares = {
        "collection": _collection_share(document, parts, collections, cited, title),
        "document number": number_share(document, parts),
        "page": page_share(document, parts),
        "date": date_share(document, parts),
        "time": time_share(document, parts),
        "number": told_share(document.word("number").lower(), parts.numbers),
        "file number": told_share(document.word("file_number").lower(), parts.files),
        "sender": party_share(writers(document), parts.before or parts.words),
        "recipient": party_share(document.recipients, parts.after or parts.words),
        "place": place_share(document, parts),
        "heading": heading_share(document, parts),
    }
    if turned:
        shares["sender"] = shares["recipient"] = -1.0
    elif (cited and cited.plain) or _names_nobody(parts, title):
        shares["sender"] = shares["recipient"] = None
        if parts.pages and not parts.documents:
            shares["page"] = _plain_page_share(document, parts)
    if shares["document number"] and shares["document number"] > 0:
        shares["number"] = max(shares["number"] or 0, 0)
    points = 0.0
    agrees, differs = [], []
    for name, share in shares.items():
        if share is None:
            continue
        if share >= 0:
            points += share * AGREES[name]
            if share >= 0.5:
                agrees.append(name)
        elif name in DIFFERS:
            points += share * DIFFERS[name]
            differs.append(name)
    return Held(points, document, agrees, differs, turned)


def _collection_share(
    document: Document,
    parts: CitationParts,
    collections: dict[str, float],
    cited: Cited | None,
    title: frozenset[str],
) -> float | None:
    if cited:
        return _VOLUME if document.collection in collections else -_VOLUME
    if not collections:
        return None
    share = collections.get(document.collection, -1.0)
    numbers = {word for word in title if word.isdecimal() and len(word) < 3}
    if parts.volumes and numbers and numbers.isdisjoint(map(str, parts.volumes)):
        return -1.0
    return share if share < 0 else share**2


def is_meant(scored: Sequence[Held], parts: CitationParts, cited: Cited | None) -> bool:
    """Whether the best of documents is the one meant: enough agrees and no other is as good."""
    if not scored or scored[0].points < ENOUGH or len(scored[0].agrees) < 2:
        return False
    best = scored[0]
    # Whoever wrote it did not receive it, and another volume is another book.
    volumes = cited.sure | cited.unsure if cited else frozenset((best.document.collection,))
    if best.swapped or best.document.collection not in volumes:
        return False
    agrees = {*best.agrees}
    if cited and best.document.collection in cited.unsure and len(agrees & _NARROWS) < 2:
        return False
    if agrees <= {"collection", "page"}:
        # A page by itself means the document only where no other stands on it.
        others = {
            held.document.collection
            for held in scored[1:]
            if on_page(held.document, parts) and (not cited or held.document.collection in volumes)
        }
        whole = on_page(best.document, parts, whole=True)
        if others and (not whole or others != {best.document.collection}):
            return False
    ahead = best.points - scored[1].points if len(scored) > 1 else best.points
    # One part that does not fit may be a slip; then the others must say more.
    slips = len(best.differs) + _page_missed(best, parts) + _page_of_another(scored, parts)
    return ahead >= AHEAD + SLIP * slips


def _names_nobody(parts: CitationParts, title: frozenset[str]) -> bool:
    """Whether a citation is a volume and a number alone: "Acts of Alba, vol. 12, no. 3"."""
    if parts.dates or not (parts.numbers or parts.documents):
        return False
    said = parts.before or parts.after or parts.words
    return all(word in title or len(word) <= _MARK or not word.isalpha() for word in said)


def _plain_page_share(document: Document, parts: CitationParts) -> float:
    """The page is all that is said: that a document begins there tells no more."""
    if not on_page(document, parts):
        return -1.0
    return 1.0 if on_page(document, parts, whole=True) else _ON_PAGE


def _page_missed(held: Held, parts: CitationParts) -> bool:
    return bool(parts.pages or parts.bare) and not {"page", "document number"} & {*held.agrees}


def _page_of_another(scored: Sequence[Held], parts: CitationParts) -> bool:
    """Whether the page leads elsewhere: to a document of a day before or after, by the same hand.

    Then either the day is a slip or the page is, and the day alone does not tell which.
    """
    best = scored[0]
    if not (parts.pages or parts.bare) or {"page", "document number"} & {*best.agrees}:
        return False
    needed = {"page", "sender"} if "sender" in best.agrees else {"page"}
    return any(
        needed <= {*held.agrees}
        and not held.differs
        and date_share(held.document, parts) == ONE_DAY
        for held in scored[1:LISTED]
    )
