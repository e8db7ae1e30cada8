"""An open edition as its record and its search index answer: documents, indexes, days, search.

What comes in are ids, names and queries; out go the values of :mod:`regesta.edition.results`.
"""

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from regesta.documents import Collection, Document
from regesta.edition import contents, days, indexes
from regesta.edition.record.shelf import Shelf, regests_where
from regesta.edition.record.store import SEARCH, Record
from regesta.edition.results import (
    CollectionSummary,
    ContentsEntry,
    Counts,
    Day,
    EditionInfo,
    IndexEntry,
    Regest,
    SearchResult,
    Step,
)
from regesta.edition.several import Several, several

if TYPE_CHECKING:
    from regesta.edition.audit.slips import Slips
    from regesta.edition.frames import Entries
    from regesta.edition.search.index import SearchIndex
    from regesta.edition.search.people import People


#: Collections with their sections and registers that are kept at hand.
_COLLECTIONS_KEPT = 8
_DAYS_KEPT = 16


class Opened:
    """What an edition answers from what a build has written; the base of `Edition`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._record = Record(path)
        self._shelf = Shelf(self._record)
        self._collections_kept: dict[str, CollectionSummary] = {}
        self._days_kept: dict[str, Day] = {}
        self._counts = msgspec.json.decode(self._record.meta["counts"], type=Counts)
        self._search: SearchIndex | None = None
        self._slips: Slips | None = None
        self._people_kept: People | None = None
        self._lock = threading.Lock()

    def close(self) -> None:
        """Close files, those in use as soon as they are given back."""
        with self._lock:
            self._record.close()
            if self._search:
                self._search.close()
            self._search = None

    def info(self) -> EditionInfo:
        """What the edition says of itself."""
        meta = self._record.meta
        return EditionInfo(
            title=meta["title"],
            path=str(self.path),
            version=meta["version"],
            built=meta["built"],
            documents=self._counts.documents,
            description=meta["description"],
            address=meta.get("address", ""),
        )

    def counts(self) -> Counts:
        """What is here, and what is missing (computed at build, so this is instant)."""
        return self._counts

    def document(self, id: str) -> Document:
        """One document. Raises UnknownDocument, whose hint names near ids."""
        return self._shelf.document(id)

    def regests(self, ids: Sequence[str]) -> list[Regest]:
        """One-line views of documents, in the order asked, unknown ids left out."""
        return self._shelf.regests(ids)

    def documents(
        self, *, collection: str = "", ids: Sequence[str] | None = None
    ) -> Iterator[Document]:
        """All documents in the order of their collections, in constant memory."""
        return self._shelf.documents(collection, ids)

    def ids(self) -> Iterator[str]:
        """Ids of all documents, in the order of their collections."""
        for (id,) in self._record.stream(
            "SELECT d.id FROM documents d JOIN collections c ON c.id = d.collection "
            "ORDER BY c.rank, d.place_in_collection"
        ):
            yield id

    def enclosed(self, id: str) -> list[Regest]:
        """Child documents of a document."""
        clause = "WHERE d.parent = ? AND d.parent <> '' ORDER BY d.place_in_collection, d.id"
        return regests_where(self._record, clause, (id,))

    def source(self, id: str) -> tuple[str, bytes]:
        """The document's source as it stands: (file name, bytes); for a volume, the element only.

        Raises:
            SourceError: The file is no longer where it was, or its SHA-256 has changed.
        """
        return self._shelf.source(id)

    def search(
        self,
        query: str = "",
        *,
        author: Several = (),
        recipient: Several = (),
        place: Several = (),
        subject: Several = (),
        kind: Several = (),
        collection: Several = (),
        language: Several = (),
        first: str | None = None,
        last: str | None = None,
        within: bool = False,
        undated: bool = False,
        layer: str = "",
        sort: str = "relevance",
        limit: int = 20,
        offset: int = 0,
        facets: Several = (),
        snippets: bool = True,
        match: str = "all",
    ) -> SearchResult:
        """Search in Regesta's query language (see docs/reference/query.md).

        Args:
            query: The query; empty finds everything.
            author, recipient, place, subject, kind, collection, language: Ids or labels of index
                entries; several of one field mean any of them; "-" means "has none".
            first, last: Range of dates as EDTF day, month or year; overlap unless ``within``.
            within: Only documents whose whole date lies in the range.
            undated: Keep undated documents in a date range.
            layer: "document", "notes", "sources", "headings", or "" for all.
            sort: "relevance", "date" or "-date".
            limit: 0 to 500 hits.
            offset: How many hits to pass over; ``offset + limit`` at most 100,000.
            facets: Names of facets to count over the whole match.
            snippets: Leave them out to save time.
            match: "all" words with operators, or "any": plain words without operators, ranked by
                how many of them a document has and how rare they are.

        Raises:
            QueryError: The query or a filter is malformed; says where and how to write it.
        """
        from regesta.edition.search.state import SearchRequest

        request = SearchRequest(
            query=query,
            author=author,
            recipient=recipient,
            place=place,
            subject=subject,
            kind=kind,
            collection=collection,
            language=language,
            first=first,
            last=last,
            within=within,
            undated=undated,
            layer=layer,
            sort=sort,
            limit=limit,
            offset=offset,
            facets=several(facets),
            snippets=snippets,
            match=match,
            people=self._people().named,
        )
        return self._index().search(request, self._shelf)

    def near_values(self, field: str, value: str) -> tuple[str, ...]:
        """Values of a filter of :meth:`search` that are near one that finds nothing."""
        return self._people().near(field, value)

    def index(
        self,
        name: str,
        *,
        prefix: str = "",
        limit: int | None = None,
        offset: int = 0,
        documents: bool = True,
        level: str = "",
    ) -> "Entries":
        """The subject, author, recipient, place or date index, in the order of a printed index.

        Args:
            name: "subject", "author", "recipient", "place", "date", or "person", "power",
                "office": whom the parties are, over all collections.
            prefix: Only entries whose label begins so (for dates: a year or month).
            limit, offset: A page of entries.
            documents: Leave out the ids of the documents to save time.
            level: For dates: "year", "month" or "day" (default: day, else what is known).

        Raises:
            UnknownValue: No such index.
        """
        from regesta.edition.frames import Entries

        entries = indexes.index_entries(
            self._record,
            name,
            prefix=prefix,
            limit=limit,
            offset=offset,
            documents=documents,
            level=level,
        )
        return Entries(entries)

    def index_size(self, name: str) -> int:
        """How many entries an index has. Raises UnknownValue."""
        return indexes.index_size(self._record, name)

    def entry(self, name: str, id: str, *, documents: bool = True) -> IndexEntry:
        """One index entry by id or label; ``documents`` as in :meth:`index`.

        Raises:
            UnknownValue: No such index or entry.
        """
        return indexes.entry(self._record, name, id, documents=documents)

    def entry_id(self, name: str, id: str) -> str:
        """The id of an index entry by id or label, or "" where there is none.

        Raises:
            UnknownValue: No such index.
        """
        return indexes.entry_id(self._record, name, id)

    def on(self, date: str) -> Day:
        """Everything of a day (``YYYY-MM-DD``). Raises UnknownValue for no possible day."""
        kept = self._days_kept
        found = kept.get(date)
        if found is None:  # a record never changes, and a day stands on the pages beside it, too
            if len(kept) >= _DAYS_KEPT:
                kept.clear()
            found = kept[date] = days.on(self._record, date)
        return found

    def days(self) -> list[str]:
        """The days (``YYYY-MM-DD``) on which something was written or arrived, in their order."""
        return days.days(self._record)

    def steps(self, id: str) -> list[Step]:
        """The document's place and neighbours: collection, first subject, first author, date."""
        return indexes.steps(self._record, self._shelf, id)

    def collections(self) -> list[CollectionSummary]:
        """All collections, in the order of their middle paper's day, then title.

        As in `slips`, a date that is a certain slip neither begins nor ends a collection.
        """
        return [self._dated(summary) for summary in contents.summaries(self._record)]

    def collection(self, id: str) -> CollectionSummary:
        """One collection. Raises UnknownValue."""
        kept = self._collections_kept
        found = kept.get(id)
        if found is None:  # a record never changes; documents of one are asked for in a row
            if len(kept) >= _COLLECTIONS_KEPT:
                kept.clear()
            found = kept[id] = self._dated(contents.summary(self._record, id))
        return found

    def _dated(self, summary: CollectionSummary) -> CollectionSummary:
        span = self.slips.span(summary.collection.id)
        return msgspec.structs.replace(summary, first=span.first, last=span.last)

    def contents(self, id: str) -> list[ContentsEntry]:
        """A collection's table of contents: sections and documents in the order of the source."""
        return contents.contents(self._record, id)

    def section_text(self, collection: str, section: str) -> str:
        """A section's own text (preface, list of persons…). Raises UnknownValue."""
        return contents.section_text(self._record, collection, section)

    def collection_of(self, id: str) -> Collection:
        """The collection of a document. Raises UnknownDocument."""
        return self.collection(self.document(id).collection).collection

    def image_base(self, collection: str) -> str:
        """Where the images are that a collection's sources name, as edition.toml says, or "".

        Raises:
            EditionError: The file cannot be read.
        """
        from regesta.edition.settings import read_settings

        return read_settings(self.path).images.get(collection, "")

    @property
    def slips(self) -> "Slips":
        """Dates that are certainly a slip of the mark-up, and from when to when papers reach."""
        from regesta.edition.audit.slips import Slips

        with self._lock:
            self._record.check_open()
            if self._slips is None:
                self._slips = Slips(self.path, self._record, self._shelf)
            return self._slips

    def _people(self) -> "People":
        from regesta.edition.search.people import People

        if self._people_kept is None:
            self._people_kept = People(self._record)
        return self._people_kept

    def _index(self) -> "SearchIndex":
        """The search index, opened at the first search."""
        from regesta.edition.search.index import SearchIndex

        with self._lock:
            self._record.check_open()
            if self._search is None:
                self._search = SearchIndex.open(self.path / SEARCH / self._record.meta["search"])
            return self._search
