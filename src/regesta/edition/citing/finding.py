"""Which document a pasted citation means: a citation in, documents with what agrees out.

Candidates come from every part of the citation by itself, so that one wrong part loses none; each
is then held against all parts. A document is named only where enough agrees, little differs and
no other is as good.
"""

import datetime as dt
import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from regesta.documents import Document, Party, Value, parse_edtf
from regesta.documents.numbers import whole_number
from regesta.edition.citing.citation_parts import (
    CitationParts,
    read_citation,
    series_words,
    telling_words,
)
from regesta.edition.contents import summaries
from regesta.edition.record.shelf import Shelf
from regesta.edition.record.store import Record
from regesta.exporting.citations.cite import document_number, page_range

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
#: The share of a date that is a day off, the commonest slip; and what a heading is worth more
#: that stands there word for word.
ONE_DAY, TO_THE_LETTER = 0.2, 1.2
MOST = 200
_LISTED, _UNLIKELY = 5, 0.02


#: Points, the document, what agrees and what differs.
_Held = tuple[float, Document, list[str], list[str]]


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
        self._ids_of: dict[str, list[str]] = {}
        self._pages_of: dict[str, tuple[int, int] | None] = {}
        self.titles: dict[str, frozenset[str]] = {}
        for summary in summaries(record):
            c = summary.collection
            words = " ".join((c.title, c.short_title, c.series, _parted(c.id)))
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
        collections = self._collections(parts)
        scored = []
        for document in self.shelf.documents("", sorted(self._candidates(parts, collections))):
            points, agrees, differs = self._held(document, parts, collections)
            scored.append((points, document, agrees, differs))
        scored.sort(key=lambda row: (-row[0], row[1].id))
        best = scored[0][0] if scored else 0.0
        weights = [math.exp(points - best) for points, *_ in scored]
        candidates = [
            Match(
                document.id,
                document.heading,
                round(weight / sum(weights) / (1 + math.exp(ENOUGH - points)), 3),
                tuple(agrees),
                tuple(differs),
            )
            for (points, document, agrees, differs), weight in zip(scored, weights, strict=True)
        ]
        ahead = best - scored[1][0] if len(scored) > 1 else best
        meant = None
        if candidates and best >= ENOUGH and len(candidates[0].agrees) > 1:
            # One part that does not fit may be a slip; then the others must say more.
            slips = len(candidates[0].differs) + _page_missed(candidates[0], parts)
            slips += _page_of_another(scored, parts)
            if ahead >= AHEAD + SLIP * slips:
                meant = candidates.pop(0)
        likely = [match for match in candidates[:_LISTED] if match.confidence >= _UNLIKELY]
        return Finding(citation, meant, tuple(likely), understood(parts))

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
            if bounds := _bounds(edtf):
                found |= self._ids("day IS NULL AND earliest = ? AND latest = ?", *bounds)
        numbers = (*parts.documents, *parts.numbers)[:6]
        likely = sorted(collections, key=lambda id: -collections[id])[:8]
        for id in likely[:3]:
            for day in (near for each in days for near in _beside(each)):
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
        """Documents of a collection printed on a page, found by halving: pages only rise."""
        ids = self.ids_of(collection)
        low, high = 0, len(ids)
        while low < high:
            middle = (low + high) // 2
            # A document without pages of its own stands on those of the one before.
            at = middle
            while at > low and self.pages_of(ids[at]) is None:
                at -= 1
            pages = self.pages_of(ids[at])
            if pages is None or pages[1] < first - 1:
                low = middle + 1
            else:
                high = at
        found = set()
        for id in ids[max(0, low - 3) : low + 25]:
            pages = self.pages_of(id)
            if pages and pages[0] <= last + 1 and pages[1] >= first - 1:
                found.add(id)
        return found

    def ids_of(self, collection: str) -> list[str]:
        """Ids of a collection's documents in the order of its pages."""
        if collection not in self._ids_of:
            rows = self.record.rows(
                "SELECT id FROM documents WHERE collection = ? ORDER BY place_in_collection",
                (collection,),
            )
            self._ids_of[collection] = [row[0] for row in rows]
        return self._ids_of[collection]

    def pages_of(self, id: str) -> tuple[int, int] | None:
        """First and last page of a document, where they are plain numbers."""
        if id not in self._pages_of:
            self._pages_of[id] = _pages(self.shelf.document(id))
        return self._pages_of[id]

    def _held(
        self, document: Document, parts: CitationParts, collections: dict[str, float]
    ) -> tuple[float, list[str], list[str]]:
        """Hold a document against a citation: points, what agrees, what differs."""
        shares = {
            "collection": self._collection_share(document, parts, collections),
            "document number": _number_share(document, parts),
            "page": _page_share(document, parts),
            "date": _date_share(document, parts),
            "time": _time_share(document, parts),
            "number": _told_share(document.word("number").lower(), parts.numbers),
            "file number": _told_share(document.word("file_number").lower(), parts.files),
            "sender": _party_share(_writers(document), parts.before or parts.words),
            "recipient": _party_share(document.recipients, parts.after or parts.words),
            "place": _place_share(document, parts),
            "heading": _heading_share(document, parts),
        }
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
        return points, agrees, differs

    def _collection_share(
        self, document: Document, parts: CitationParts, collections: dict[str, float]
    ) -> float | None:
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


def understood(parts: CitationParts) -> dict[str, str]:
    """How the parts of a citation were read, for people."""
    found = {
        "date": ", ".join(parts.dates),
        "time": parts.time,
        "document number": ", ".join(parts.documents),
        "number": ", ".join(parts.numbers),
        "page": ", ".join(f"{a}–{b}" if b > a else str(a) for a, b in parts.pages),
        "volume": ", ".join(map(str, parts.volumes)),
        "file number": ", ".join(parts.files),
    }
    return {name: words for name, words in found.items() if words}


def _page_missed(match: Match, parts: CitationParts) -> bool:
    return bool(parts.pages or parts.bare) and not {"page", "document number"} & {*match.agrees}


def _page_of_another(scored: Sequence[_Held], parts: CitationParts) -> bool:
    """Whether the page leads elsewhere: to a document of a day before or after, by the same hand.

    Then either the day is a slip or the page is, and the day alone does not tell which.
    """
    best = scored[0]
    if not (parts.pages or parts.bare) or {"page", "document number"} & {*best[2]}:
        return False
    needed = {"page", "sender"} if "sender" in best[2] else {"page"}
    return any(
        needed <= {*agrees} and not differs and _date_share(document, parts) == ONE_DAY
        for _, document, agrees, differs in scored[1:_LISTED]
    )


def _parted(id: str) -> str:
    """The words and numbers of an id: "frus1918Russiav03" → "frus 1918 Russia v 3"."""
    found: list[str] = []
    for letter in id:
        alike = found and (
            letter.isdecimal() == found[-1][-1].isdecimal()
            and not (letter.isupper() and found[-1][-1].islower())
        )
        if not letter.isalnum():
            found.append(" ")
        elif alike:
            found[-1] += letter
        else:
            found.append(letter)
    words = " ".join(found).split()
    return " ".join(word.lstrip("0") if word.isdecimal() else word for word in words)


def _pages(document: Document) -> tuple[int, int] | None:
    pages = [n for page in document.pages if (n := whole_number(page)) is not None]
    return (min(pages), max(pages)) if pages else None


def _told_share(own: str, said: Iterable[str]) -> float | None:
    said = tuple(said)
    if not own or not said:
        return None
    return 1.0 if own in said else -1.0


def _number_share(document: Document, parts: CitationParts) -> float | None:
    own = document_number(document)
    if not own:
        return None
    if own in parts.documents:
        return 1.0
    if parts.documents:
        return -1.0
    # "No. 17" may be the document's number in the volume; where it is not, it is another number.
    return 0.6 if own in parts.numbers else None


def _page_share(document: Document, parts: CitationParts) -> float | None:
    pages = _pages(document)
    # Leaves ("124r–127v") are no numbers, but a citation has them as the edition has.
    printed = page_range(document.pages)
    leaves = len(printed) > 3 and not printed.replace("–", "").isdecimal()
    if leaves and printed in parts.text.replace("-", "–"):
        return 1.0
    if pages is None:
        return None
    shares = []
    for sure, ranges in ((1.0, parts.pages), (0.7, parts.bare)):
        for first, last in ranges:
            if first <= pages[1] and last >= pages[0]:
                whole, begins = (first, last) == pages, first == pages[0]
                # Two numbers joined by a dash that are just its pages are no chance.
                sure = 1.0 if whole and first < last else sure
                shares.append(sure * (1.0 if whole else 0.7 if begins else 0.45))
            elif first <= pages[1] + 1 and last >= pages[0] - 1:
                shares.append(sure * 0.2)
    if shares:
        return max(shares)
    return -1.0 if parts.pages else None


def _date_share(document: Document, parts: CitationParts) -> float | None:
    date = document.date
    days = [edtf for edtf in parts.dates if len(edtf) == 10]
    if date is None or not date.earliest or not date.latest:
        return None
    if any(_bounds(edtf) == (date.earliest, date.latest) for edtf in parts.dates):
        return 1.0
    if any(date.earliest <= day <= date.latest for day in days):
        return 0.6
    if days:
        own = date.earliest
        if date.day and any(own in _beside(day) for day in days):
            return ONE_DAY
        # A slip of the pen: the same month, or the same day of another year or month.
        near = any(
            day[:7] == own[:7] or (day[8:] == own[8:] and day[:4] == own[:4]) for day in days
        )
        return -0.2 if near else -1.0
    months = [edtf for edtf in parts.dates if len(edtf) == 7]
    if months:
        return 0.5 if any(date.earliest.startswith(month) for month in months) else -0.5
    return None


@lru_cache(maxsize=4096)
def _beside(day: str) -> tuple[str, ...]:
    """The days before and after a day."""
    try:
        at = dt.date.fromisoformat(day)
        return tuple((at + dt.timedelta(days=by)).isoformat() for by in (-1, 1))
    except (ValueError, OverflowError):
        return ()


@lru_cache(maxsize=4096)
def _bounds(edtf: str) -> tuple[str, str] | None:
    date = parse_edtf(edtf)
    return (date.earliest, date.latest) if date and date.earliest and date.latest else None


def _time_share(document: Document, parts: CitationParts) -> float | None:
    if not parts.time or document.date is None or not document.date.time:
        return None
    return 1.0 if parts.time == document.date.time else -1.0


def _place_share(document: Document, parts: CitationParts) -> float | None:
    if document.place is None:
        return None
    return max(0.0, _words_share(telling_words(document.place.name), parts.words) or 0.0)


def _heading_share(document: Document, parts: CitationParts) -> float | None:
    """A long heading that stands there whole says more than a short one that many share."""
    own = telling_words(document.heading)
    share = _words_share(own, parts.words)
    if not share or share <= 0.85:
        return share
    share *= min(3.0, max(1.0, len(own) / 5))
    return share * TO_THE_LETTER if len(own) > 5 and _runs_in(own, parts.words) else share


def _runs_in(own: tuple[str, ...], said: tuple[str, ...]) -> bool:
    """Whether words stand in others one after the other."""
    return f" {' '.join(own)} " in f" {' '.join(said)} "


def _writers(document: Document) -> list[Party]:
    """The senders, or else the author: what a citation names before the rest."""
    author = document.word("author")
    return document.senders or ([Party(name=author)] if author else [])


def _party_share(parties: Sequence[Party], said: tuple[str, ...]) -> float | None:
    """How far one of the parties is named: by name, else by office; below 0 where not at all."""
    shares = []
    for party in parties:
        name = telling_words(party.name)
        if name and _has(said, name[-1]):
            shares.append(1.0)
            continue
        office = telling_words(f"{party.office} {party.power}")
        if share := _words_share(office, said):
            shares.append(share * 0.9)
        elif name or office:
            shares.append(-0.5 if said else 0.0)
    return max(shares, default=None)


def _words_share(own: tuple[str, ...], said: tuple[str, ...]) -> float | None:
    if not own:
        return None
    distinct = set(own)
    return sum(_has(said, word) for word in distinct) / len(distinct)


def _has(said: tuple[str, ...], word: str) -> bool:
    """Whether a word stands there, a slip of one letter in five allowed."""
    if word in said:
        return True
    if len(word) < 5 or word.isdecimal():
        return False
    return any(
        abs(len(other) - len(word)) <= 1 and other[0] == word[0] and _alike(word, other)
        for other in said
        if len(other) > 3
    )


@lru_cache(maxsize=65536)
def _alike(a: str, b: str) -> bool:
    return SequenceMatcher(None, a, b, autojunk=False).ratio() >= 0.8
