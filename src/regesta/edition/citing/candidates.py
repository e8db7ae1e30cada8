"""Documents that a citation may mean: its parts in, ids out, before any is looked at.

They come from every part of the citation by itself, so that one wrong part loses none.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from regesta.documents import Collection
from regesta.edition.citing.citation_parts import (
    CitationParts,
    parted_id,
    series_words,
    telling_words,
)
from regesta.edition.citing.page_table import page_table
from regesta.edition.citing.shares import beside, bounds
from regesta.edition.record.store import Record

#: Documents that one part of a citation brings in.
MOST = 200


class Candidates:
    """Looks documents up by parts of citations; reads the collections' titles once.

    Args:
        record: Of the edition.
        collections: Of the edition.
        search: Plain words → ids of documents whose headings have many of them.
    """

    def __init__(
        self,
        record: Record,
        collections: Sequence[Collection],
        search: Callable[[str], Iterable[str]],
    ) -> None:
        self._record, self._search = record, search
        self._pages_of: dict[str, dict[str, tuple[int, int]]] = {}
        self.titles = {c.id: _title_words(c) for c in collections}
        often = Counter(word for words in self.titles.values() for word in words)
        total = max(2, len(self.titles))
        self._rarity = {word: math.log(1 + total / count) for word, count in often.items()}

    def collections(self, parts: CitationParts) -> dict[str, float]:
        """How far the citation names each collection, 0 to 1; the better ones only."""
        said = set(parts.words)
        for name, words in series_words().items():
            if name in said:
                said |= set(words)
        said |= {str(volume) for volume in parts.volumes}
        found: dict[str, float] = {}
        for id, title in self.titles.items():
            whole = sum(self._rarity[word] for word in title)
            same = sum(self._rarity[word] for word in title if word in said)
            if same:
                found[id] = same / whole
        best = max(found.values(), default=0.0)
        return {id: share / best for id, share in found.items() if share > best * 0.5}

    def ids(self, parts: CitationParts, collections: dict[str, float]) -> set[str]:
        """Ids of documents that a part of the citation leads to, those of likely collections."""
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
        found.update(self._search(" ".join(parts.words[:30])))
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
        rows = self._record.rows(f"SELECT id FROM documents WHERE {where} LIMIT {MOST}", values)
        return {row[0] for row in rows}

    def _on_page(self, collection: str, first: int, last: int) -> set[str]:
        """Documents of a collection printed on a page or beside it."""
        if collection not in self._pages_of:
            self._pages_of[collection] = page_table(self._record, collection)
        pages = self._pages_of[collection].items()
        near = [id for id, (a, b) in pages if a <= last + 1 and b >= first - 1]
        return set(near[:MOST])


def _title_words(collection: Collection) -> frozenset[str]:
    """The words by which a citation may name a collection."""
    c = collection
    return frozenset(telling_words(" ".join((c.title, c.short_title, c.series, parted_id(c.id)))))
