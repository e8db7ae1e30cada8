"""Which document a pasted citation means: a citation in, documents with what agrees out.

Candidates come from every part of the citation by itself, so that one wrong part loses none; each
is then held against all parts. A document is named only where enough agrees, little differs and
no other is as good.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from regesta.documents import Document, Value
from regesta.edition.citing.citation_parts import (
    CitationParts,
    parted_id,
    read_citation,
    series_words,
    telling_words,
)
from regesta.edition.citing.page_table import page_table
from regesta.edition.citing.shares import (
    ONE_DAY,
    beside,
    bounds,
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
from regesta.edition.citing.volumes import Cited, cited_volumes, volume_of
from regesta.edition.contents import summaries
from regesta.edition.record.shelf import Shelf
from regesta.edition.record.store import Record

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
MOST = 200
_LISTED, _UNLIKELY = 5, 0.02
#: A volume named by its series and year says more than words that its title has as well.
_VOLUME = 1.5
#: A document on a page that is all that a citation tells of it.
_ON_PAGE = 0.75
#: What narrows a citation to a document of a volume whose words do not tell which volume it is.
_NARROWS = {"date", "sender", "recipient", "heading"}


class _Held(NamedTuple):
    """A document held against a citation: its points, what agrees and what differs."""

    points: float
    document: Document
    agrees: list[str]
    differs: list[str]
    swapped: bool = False


class Match(Value, frozen=True):
    """A document that a citation means or may mean.

    Attributes:
        confidence: 0 to 1, by what agrees and by how many others agree as well.
        agrees, differs: Parts of the citation that fit the document, and those that do not.
    """

    id: str
    heading: str
    confidence: float
    agrees: tuple[str, ...] = ()
    differs: tuple[str, ...] = ()


class Finding(Value, frozen=True):
    """What a citation leads to.

    Attributes:
        match: The one document that is meant, or None where too little agrees or several fit.
        candidates: What else, or what instead, may be meant; best first.
        understood: Part of the citation → how it was read.
    """

    citation: str
    match: Match | None = None
    candidates: tuple[Match, ...] = ()
    understood: dict[str, str] = {}


class Finder:
    """Finds documents by citations; reads the collections' titles once.

    Args:
        record, shelf: Of the edition.
        search: Plain words → ids of documents whose headings have many of them.
    """

    def __init__(
        self, record: Record, shelf: Shelf, search: Callable[[str], Iterable[str]] = lambda _: ()
    ) -> None:
        self.record, self.shelf, self.search = record, shelf, search
        self._pages_of: dict[str, dict[str, tuple[int, int]]] = {}
        self.titles: dict[str, frozenset[str]] = {}
        collections = [summary.collection for summary in summaries(record)]
        self.volumes = [volume_of(collection) for collection in collections]
        for c in collections:
            words = " ".join((c.title, c.short_title, c.series, parted_id(c.id)))
            self.titles[c.id] = frozenset(telling_words(words))
        often = Counter(word for words in self.titles.values() for word in words)
        total = max(2, len(self.titles))
        self.rarity = {word: math.log(1 + total / count) for word, count in often.items()}

    def find_parts(self, parts: Sequence[str]) -> list[Finding]:
        """Find what a line of citations means; it is one where its parts do not lead anywhere."""
        found = [self.find(part) for part in parts]
        if len(found) > 1 and not all(finding.match for finding in found):
            whole = self.find("; ".join(parts))
            # A heading may hold a semicolon: then the line says more than its parts.
            if whole.match and all(f.match is None or _same(f, whole) for f in found):
                return [whole]
        return found

    def find(self, citation: str) -> Finding:
        """Find the document that a citation means."""
        parts = read_citation(citation)
        cited = cited_volumes(parts, self.volumes)
        if cited:
            parts = cited.parts
            collections = dict.fromkeys(cited.sure | cited.unsure, 1.0)
        else:
            collections = self._collections(parts)
        candidates = sorted(self._candidates(parts, collections))
        scored = [
            self._held(document, parts, collections, cited)
            for document in self.shelf.documents("", candidates)
        ]
        scored.sort(key=lambda held: (-held.points, held.document.id))
        best = scored[0].points if scored else 0.0
        weights = [math.exp(held.points - best) for held in scored]
        matches = [
            Match(
                held.document.id,
                held.document.heading,
                round(weight / sum(weights) / (1 + math.exp(ENOUGH - held.points)), 3),
                tuple(held.agrees),
                tuple(held.differs),
            )
            for held, weight in zip(scored, weights, strict=True)
        ]
        meant = matches.pop(0) if _is_meant(scored, parts, cited) else None
        likely = [match for match in matches[:_LISTED] if match.confidence >= _UNLIKELY]
        return Finding(citation, meant, tuple(likely), understood(parts, cited))

    def _collections(self, parts: CitationParts) -> dict[str, float]:
        """How far the citation names each collection, 0 to 1; the better ones only."""
        said = set(parts.words)
        for name, words in series_words().items():
            if name in said:
                said |= set(words)
        said |= {str(volume) for volume in parts.volumes}
        found: dict[str, float] = {}
        for id, title in self.titles.items():
            whole = sum(self.rarity[word] for word in title)
            same = sum(self.rarity[word] for word in title if word in said)
            if same:
                found[id] = same / whole
        best = max(found.values(), default=0.0)
        return {id: share / best for id, share in found.items() if share > best * 0.5}

    def _candidates(self, parts: CitationParts, collections: dict[str, float]) -> set[str]:
        found: set[str] = set()
        days = [edtf for edtf in parts.dates if len(edtf) == 10][:4]
        for day in days:
            found |= self._ids("day = ?", day)
        for edtf in parts.dates[:4]:
            if between := bounds(edtf):
                found |= self._ids("day IS NULL AND earliest = ? AND latest = ?", *between)
        numbers = (*parts.documents, *parts.numbers)[:6]
        likely = sorted(collections, key=lambda id: -collections[id])[:8]
        for id in likely[:3]:
            for day in (near for each in days for near in beside(each)):
                found |= self._ids("collection = ? AND day = ?", id, day)
            if not days:
                found |= self._by_name(id, parts)
        for id in likely:
            for number in numbers:
                found |= self._ids("collection = ? AND number = ?", id, number)
                for form in ("d{}", "{}", "doc{}", "no{}"):
                    found |= self._ids("id = ?", f"{id}/{form.format(number)}")
            for first, last in (*parts.pages, *parts.bare)[:4]:
                found |= self._on_page(id, first, last)
        for file in parts.files[:3]:
            found |= self._ids("file_number = ?", file)
        for edtf in parts.dates[:4]:
            if len(edtf) == 7 and not days:
                found |= self._ids("day BETWEEN ? AND ?", edtf, f"{edtf}-31")
        found.update(self.search(" ".join(parts.words[:30])))
        return found

    def _by_name(self, collection: str, parts: CitationParts) -> set[str]:
        """Documents whose sender bears a name of an undated citation."""
        found: set[str] = set()
        title = self.titles[collection]
        names = [w for w in parts.before or parts.words if len(w) > 3 and w not in title]
        for word in names[:4]:
            found |= self._ids("collection = ? AND senders LIKE ?", collection, f"%{word}%")
        return found

    def _ids(self, where: str, *values: str) -> set[str]:
        rows = self.record.rows(f"SELECT id FROM documents WHERE {where} LIMIT {MOST}", values)
        return {row[0] for row in rows}

    def _on_page(self, collection: str, first: int, last: int) -> set[str]:
        """Documents of a collection printed on a page or beside it."""
        if collection not in self._pages_of:
            self._pages_of[collection] = page_table(self.record, collection)
        pages = self._pages_of[collection].items()
        near = [id for id, (a, b) in pages if a <= last + 1 and b >= first - 1]
        return set(near[:MOST])

    def _held(
        self,
        document: Document,
        parts: CitationParts,
        collections: dict[str, float],
        cited: Cited | None,
    ) -> _Held:
        """Hold a document against a citation."""
        turned = swapped(document, parts)
        shares = {
            "collection": self._collection_share(document, parts, collections, cited),
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
        elif cited and cited.plain:
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
        return _Held(points, document, agrees, differs, turned)

    def _collection_share(
        self,
        document: Document,
        parts: CitationParts,
        collections: dict[str, float],
        cited: Cited | None,
    ) -> float | None:
        if cited:
            return _VOLUME if document.collection in collections else -_VOLUME
        if not collections:
            return None
        share = collections.get(document.collection, -1.0)
        title = self.titles[document.collection]
        numbers = {word for word in title if word.isdecimal() and len(word) < 3}
        if parts.volumes and numbers and numbers.isdisjoint(map(str, parts.volumes)):
            return -1.0
        return share if share < 0 else share**2


def _same(part: Finding, whole: Finding) -> bool:
    """Whether a part of a line leads to the document that the whole line means."""
    assert whole.match
    return part.match is not None and part.match.id == whole.match.id


def _is_meant(scored: Sequence[_Held], parts: CitationParts, cited: Cited | None) -> bool:
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


def _plain_page_share(document: Document, parts: CitationParts) -> float:
    """The page is all that is said: that a document begins there tells no more."""
    if not on_page(document, parts):
        return -1.0
    return 1.0 if on_page(document, parts, whole=True) else _ON_PAGE


def understood(parts: CitationParts, cited: Cited | None = None) -> dict[str, str]:
    """How the parts of a citation were read, for people."""
    found = {
        "date": ", ".join(parts.dates),
        "time": parts.time,
        "document number": ", ".join(parts.documents),
        "number": ", ".join(parts.numbers),
        "page": ", ".join(f"{a}–{b}" if b > a else str(a) for a, b in parts.pages),
        "volume": cited.words if cited else ", ".join(map(str, parts.volumes)),
        "file number": ", ".join(parts.files),
    }
    return {name: words for name, words in found.items() if words}


def _page_missed(held: _Held, parts: CitationParts) -> bool:
    return bool(parts.pages or parts.bare) and not {"page", "document number"} & {*held.agrees}


def _page_of_another(scored: Sequence[_Held], parts: CitationParts) -> bool:
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
        for held in scored[1:_LISTED]
    )
