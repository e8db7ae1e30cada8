"""Edition: the one public face of a built edition. Command line, API and pages ask nobody else."""

import json
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

import msgspec

from regesta.documents import Collection, Document
from regesta.edition import contents, days, indexes
from regesta.edition.acts.acting import Acting
from regesta.edition.authorities.persons import AUTHORITY_INDEXES, Authorities
from regesta.edition.beside import Beside
from regesta.edition.changes import Changing
from regesta.edition.citing.citing import Citing
from regesta.edition.links.linked import Linked
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
from regesta.edition.several import Names, several

if TYPE_CHECKING:
    from regesta.edition.audit.shelf import AuditResult, AuditShelf
    from regesta.edition.audit.slips import DateSlip, Slips, TimeSpan
    from regesta.edition.citing.quotations import Verification
    from regesta.edition.frames import Entries, Table
    from regesta.edition.late import Progress
    from regesta.edition.search.index import SearchIndex
    from regesta.edition.search.people import People


#: Collections with their sections and registers that are kept at hand.
_COLLECTIONS_KEPT = 8
_DAYS_KEPT = 16


class Edition(Authorities, Beside, Citing, Linked, Acting, Changing):
    """An edition on disk, open for reading; safe to share between threads.

    Example:
        >>> edition = Edition.open("vologda.regesta")
        >>> edition.search("departure", author="chicherin").total
        3
    """

    _audit: "AuditShelf | None" = None

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
        # Each part that opens something at its first question has a lock of its own.
        self._making, self._ledgering = threading.Lock(), threading.Lock()
        self._linking, self._finding_acts = threading.Lock(), threading.Lock()
        self._finding = threading.Lock()

    @classmethod
    def open(cls, path: str | Path) -> "Edition":
        """Open an edition folder.

        Raises:
            NotAnEdition: The path does not exist or holds no edition.
            EditionVersionError: It was built with another schema; rebuild it.
        """
        return cls(Path(path))

    def close(self) -> None:
        """Close files, those in use as soon as they are given back.

        The object cannot be used afterwards: whatever it is asked is an EditionError.
        """
        with self._lock:
            self._record.close()
            if self._search:
                self._search.close()
            if self._audit:
                self._audit.close()
            if self._suggester:
                self._suggester.close()
            self._search = self._audit = self._suggester = None
            self._close_links()
            self._close_changes()
            self._close_acts()
            self._close_names()

    def __enter__(self) -> "Edition":
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Edition {str(self.path)!r}: {self._counts.documents:,} documents>"

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

    def table(
        self, name: str = "documents", *, collection: str = "", ids: Sequence[str] | None = None
    ) -> "Table":
        """A table of the edition: ``edition.table("parties").to_pandas()``.

        Args:
            name: "documents", "facts", "parties", "subjects", "links", "acts" or "notes", with the
                columns of the data dictionary that an export of ``tables`` holds.
            collection: Only this collection.
            ids: Only these documents, in this order.

        Raises:
            UnknownValue: No such table.
        """
        from regesta.edition.tabling import table

        return table(self, name, collection=collection, ids=ids)

    def _repr_html_(self) -> str:
        from regesta.edition.tabling import edition_html

        return edition_html(self)

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
        author: Names = (),
        recipient: Names = (),
        place: Names = (),
        subject: Names = (),
        kind: Names = (),
        collection: Names = (),
        language: Names = (),
        first: str | None = None,
        last: str | None = None,
        within: bool = False,
        undated: bool = False,
        layer: str = "",
        sort: str = "relevance",
        limit: int = 20,
        offset: int = 0,
        facets: Names = (),
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

        if name in AUTHORITY_INDEXES:
            found = self.authority_index(
                name, prefix=prefix, limit=limit, offset=offset, documents=documents
            )
            return Entries(found)
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
        """How many entries an index has."""
        if name in AUTHORITY_INDEXES:
            return self.authority_index_size(name)
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
        """All collections, in order of first date, then title."""
        return contents.summaries(self._record)

    def collection(self, id: str) -> CollectionSummary:
        """One collection. Raises UnknownValue."""
        kept = self._collections_kept
        found = kept.get(id)
        if found is None:  # a record never changes; documents of one are asked for in a row
            if len(kept) >= _COLLECTIONS_KEPT:
                kept.clear()
            found = kept[id] = contents.summary(self._record, id)
        return found

    def contents(self, id: str) -> list[ContentsEntry]:
        """A collection's table of contents: sections and documents in the order of the source."""
        return contents.contents(self._record, id)

    def section_text(self, collection: str, section: str) -> str:
        """A section's own text (preface, list of persons…). Raises UnknownValue."""
        return contents.section_text(self._record, collection, section)

    def tei(self, id: str) -> str:
        """The document as a TEI file that Regesta makes of it, whatever it was read from.

        Links and acts stand in it where they have been found.
        """
        from regesta.exporting.tei.corpus import single_document

        links, acts, address = self.links_of(id), self.acts_of(id), self.info().address
        document, collection = self.document(id), self.collection_of(id)
        return single_document(
            document, collection, links=tuple(links), acts=tuple(acts), address=address
        )

    def tei_part(self, id: str, part: Document) -> str:
        """A passage of a document as TEI; ``part`` is cut by regesta.exporting.tei.part."""
        from regesta.exporting.tei.part import document_part

        return document_part(self.document(id), self.collection_of(id), part)

    def verify(self, id: str, quotation: str, *, elsewhere: bool = True) -> "Verification":
        """Whether a quotation stands in a document to the letter; if not, what is most like it.

        Args:
            id: The document.
            quotation: Words, with ellipses and brackets where the quoter left out or put in.
            elsewhere: Look for it in the other documents where it is not in this one.

        Raises:
            UnknownDocument: No document has that id.
            QueryError: The quotation holds no words, or too many.
        """
        from regesta.edition.citing.quotations import phrase, verify

        found = verify(self.document(id), quotation)
        if found.verbatim or not elsewhere or not (query := phrase(quotation)):
            return found
        hits = self.search(query, limit=20, snippets=False).hits
        others = (self.document(hit.regest.id) for hit in hits if hit.regest.id != id)
        there = tuple(other.id for other in others if verify(other, quotation).verbatim)
        return msgspec.structs.replace(found, elsewhere=there)

    def audit(
        self,
        *,
        kind: Names = (),
        collection: Names = (),
        confidence: float = 0.0,
        document: str = "",
        state: str = "open",
        limit: int = 50,
        offset: int = 0,
        progress: "Progress | None" = None,
    ) -> "AuditResult":
        """What looks wrong in the edition, the most certain first.

        The first time after a build the edition is looked through; then the answer is instant.

        Args:
            kind: Fields ("date") or kinds ("date.old-style"); several mean any of them.
            collection: Ids of collections.
            confidence: Only findings at least so sure, 0 to 1.
            document: Only findings of this document.
            state: "open", "dismissed" or "all".
            limit, offset: A page of findings.
            progress: Called with documents done, documents in all, and what is at hand.

        Raises:
            UnknownValue: No such kind, collection or state.
            EditionError: The file of decisions cannot be read.
        """
        shelf = self._audit_shelf()
        shelf.look(progress)
        return shelf.ask(
            kind=several(kind),
            collection=several(collection),
            confidence=confidence,
            document=document,
            state=state,
            limit=limit,
            offset=offset,
        )

    def audit_progress(self, wait: float = 0.0) -> tuple[int, int] | None:
        """Have the edition looked through in the background, where it has not been.

        Returns:
            Documents done and in all, or None once the audit answers at once.
        """
        shelf = self._audit_shelf()
        return None if shelf.start(wait) else shelf.progress

    def audit_ready(self) -> bool:
        """Whether the audit answers at once."""
        return self._audit_shelf().ready

    def audit_stamp(self) -> str:
        """A mark that changes when the audit becomes ready, or an editor's decisions do."""
        return self._audit_shelf().stamp

    def date_slip(self, id: str) -> "DateSlip | None":
        """The slip of the mark-up in a document's date, where the audit holds it to be certain.

        Instant, whether or not the edition has been looked through. Raises UnknownDocument.
        """
        return self._slip_shelf().of(id)

    def span(self, collection: str = "") -> "TimeSpan":
        """From when to when the papers reach: all, or a collection's; certain slips left out."""
        return self._slip_shelf().span(collection)

    def _slip_shelf(self) -> "Slips":
        from regesta.edition.audit.slips import Slips

        with self._lock:
            self._record.check_open()
            if self._slips is None:
                self._slips = Slips(self.path, self._record, self._shelf)
            return self._slips

    def dismiss(self, finding: str, *, why: str) -> Path:
        """Dismiss a finding: lines in ``decisions/audit.toml``, which is given back.

        Raises:
            UnknownValue: The audit has no finding of that id.
            EditionError: The file cannot be written.
        """
        from regesta.edition.audit.decisions import dismiss

        shelf = self._audit_shelf()
        shelf.look()
        return dismiss(self.path, finding, shelf.finding(finding).document, why)

    def _audit_shelf(self) -> "AuditShelf":
        from regesta.edition.audit.shelf import AuditShelf

        with self._lock:
            self._record.check_open()
            if self._audit is None:
                self._audit = AuditShelf(self.path, self._record, self._shelf)
            return self._audit

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

    def report(self) -> dict[str, object]:
        """The last build's report, as `build --json` gave it.

        Its warnings are followed by those on what was found since (:meth:`failures`).
        """
        report: dict[str, object] = json.loads(self._record.meta["report"])
        if failures := self.failures():
            report["warnings"] = [*cast("list[str]", report["warnings"]), *failures]
        return report

    def failures(self) -> list[str]:
        """Installed linkers, finders of acts and auditors that failed, each in one line.

        Of what this open edition was asked for. What such a one would have found is missing; one
        that failed everywhere is asked again when the edition is opened next.
        """
        shelves = (self._links, self._acts, self._audit)
        return [failure.words for shelf in shelves if shelf for failure in shelf.failures]

    def near_values(self, field: str, value: str) -> tuple[str, ...]:
        """Values of a filter of :meth:`search` that are near one that finds nothing."""
        return self._people().near(field, value)

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
