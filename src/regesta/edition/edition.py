"""Edition: the one public face of a built edition. Command line, API and pages ask nobody else."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from regesta.documents import Collection, Document
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


class Edition:
    """An edition on disk, open for reading; safe to share between threads.

    Example:
        >>> edition = Edition.open("vologda.regesta")
        >>> edition.search("departure", author="chicherin").total
        3
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def open(cls, path: str | Path) -> "Edition":
        """Open an edition folder.

        Raises:
            NotAnEdition: The path does not exist or holds no edition.
            EditionVersionError: It was built with another schema; rebuild it.
        """
        raise NotImplementedError

    def close(self) -> None:
        """Close files; the object cannot be used afterwards."""
        raise NotImplementedError

    def info(self) -> EditionInfo:
        """What the edition says of itself."""
        raise NotImplementedError

    def counts(self) -> Counts:
        """What is here, and what is missing (computed at build, so this is instant)."""
        raise NotImplementedError

    def document(self, id: str) -> Document:
        """One document. Raises UnknownDocument, whose hint names near ids."""
        raise NotImplementedError

    def regests(self, ids: Sequence[str]) -> list[Regest]:
        """One-line views of documents, in the order asked, unknown ids left out."""
        raise NotImplementedError

    def documents(
        self, *, collection: str = "", ids: Sequence[str] | None = None
    ) -> Iterator[Document]:
        """All documents in the order of their collections, in constant memory."""
        raise NotImplementedError

    def enclosed(self, id: str) -> list[Regest]:
        """Child documents of a document."""
        raise NotImplementedError

    def source(self, id: str) -> tuple[str, bytes]:
        """The document's source as it stands: (file name, bytes); for a volume, the element only.

        Raises:
            SourceError: The file is no longer where it was, or its SHA-256 has changed.
        """
        raise NotImplementedError

    def search(
        self,
        query: str = "",
        *,
        author: Sequence[str] = (),
        recipient: Sequence[str] = (),
        place: Sequence[str] = (),
        subject: Sequence[str] = (),
        kind: Sequence[str] = (),
        collection: Sequence[str] = (),
        language: Sequence[str] = (),
        first: str | None = None,
        last: str | None = None,
        within: bool = False,
        undated: bool = False,
        layer: str = "",
        sort: str = "relevance",
        limit: int = 20,
        offset: int = 0,
        facets: Sequence[str] = (),
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
        raise NotImplementedError

    def index(
        self,
        name: str,
        *,
        prefix: str = "",
        limit: int | None = None,
        offset: int = 0,
        documents: bool = True,
        level: str = "",
    ) -> list[IndexEntry]:
        """The subject, author, recipient, place or date index, in the order of a printed index.

        Args:
            name: "subject", "author", "recipient", "place" or "date".
            prefix: Only entries whose label begins so (for dates: a year or month).
            limit, offset: A page of entries.
            documents: Leave out the ids of the documents to save time.
            level: For dates: "year", "month" or "day" (default: day, else what is known).

        Raises:
            UnknownValue: No such index.
        """
        raise NotImplementedError

    def index_size(self, name: str) -> int:
        """How many entries an index has."""
        raise NotImplementedError

    def entry(self, name: str, id: str) -> IndexEntry:
        """One index entry by id or label. Raises UnknownValue."""
        raise NotImplementedError

    def on(self, date: str) -> Day:
        """Everything of a day (``YYYY-MM-DD``). Raises UnknownValue for no possible day."""
        raise NotImplementedError

    def steps(self, id: str) -> list[Step]:
        """The document's place and neighbours: collection, first subject, first author, date."""
        raise NotImplementedError

    def collections(self) -> list[CollectionSummary]:
        """All collections, in order of first date, then title."""
        raise NotImplementedError

    def collection(self, id: str) -> CollectionSummary:
        """One collection. Raises UnknownValue."""
        raise NotImplementedError

    def contents(self, id: str) -> list[ContentsEntry]:
        """A collection's table of contents: sections and documents in the order of the source."""
        raise NotImplementedError

    def section_text(self, collection: str, section: str) -> str:
        """A section's own text (preface, list of persons…). Raises UnknownValue."""
        raise NotImplementedError

    def cite(self, id: str, *, style: str = "note") -> str:
        """A citation of the document: "note" (series footnote), "chicago", "mla", "iso690",
        "bibtex", "ris", "csl-json". Raises UnknownValue for another style.
        """
        raise NotImplementedError

    def collection_of(self, id: str) -> Collection:
        """The collection of a document."""
        raise NotImplementedError

    def report(self) -> dict[str, object]:
        """The last build's report, as `build --json` gave it."""
        raise NotImplementedError
