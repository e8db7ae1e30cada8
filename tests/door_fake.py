"""A small edition in memory: three made-up documents, enough to try the door without a build."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from fake_parts import FakeParts

from regesta.auditing.base import Finding as AuditedFinding
from regesta.documents import (
    Collection,
    Document,
    Fact,
    Layer,
    Mark,
    Note,
    Party,
    Place,
    Source,
    Subject,
)
from regesta.documents.collection import Section
from regesta.documents.dates import from_iso
from regesta.edition.audit.shelf import AuditFinding, AuditResult
from regesta.edition.citing.citation_parts import several
from regesta.edition.citing.finding import Finding
from regesta.edition.citing.permalinks import permalink, version_of
from regesta.edition.citing.quotations import Verification, verify
from regesta.edition.results import (
    CollectionSummary,
    ContentsEntry,
    Counts,
    Day,
    EditionInfo,
    FacetCount,
    Hit,
    IndexEntry,
    Regest,
    SearchResult,
    Snippet,
)
from regesta.errors import QueryError, SourceError, UnknownDocument, UnknownValue
from regesta.exporting.citations.cite_passage import Passage
from regesta.exporting.tei.corpus import single_document
from regesta.exporting.tei.part import document_part

COLLECTION = Collection(
    id="harbour",
    title="Papers of the harbour office",
    languages=("en",),
    sections=(Section(id="s1", kind="chapter", heading="The grain ships"),),
)
SOURCE = Source(path="harbour.xml", sha256="0" * 64, position="d1", reader="tei")
TEXT = "Archangel, July 25, 1918.\nThe grain ships lie at anchor; we ask that they be unloaded."


def _facts(date: str, sender: str) -> tuple[Fact, ...]:
    when = from_iso(date, printed="July 25, 1918")
    assert when is not None
    return (
        Fact("date", when, "derived", "dateline", (11, 24), 0.95),
        Fact("sender", Party(name=sender, office="Consul"), "given", "tei:persName"),
        Fact("recipient", Party(office="The Harbour Master"), "given", "tei:persName"),
        Fact("place", Place("Archangel", 64.54, 40.54), "derived", "dateline", (0, 9)),
        Fact("subject", Subject("Grain", ("Trade",)), "given", "tei:index"),
        Fact("kind", "note", "derived", "heading"),
        Fact("number", "7", "given", "tei:num"),
    )


DOCUMENTS = (
    Document(
        id="harbour/d1",
        collection="harbour",
        source=SOURCE,
        text=TEXT,
        heading="Consul Arnesen to the Harbour Master",
        layers=(Layer("dateline", 0, 25), Layer("body", 26, len(TEXT))),
        marks=(Mark("page", 26, 26, "12"),),
        notes=(Note("1", "Four ships in all.", 41),),
        facts=_facts("1918-07-25", "Arnesen"),
        section="s1",
    ),
    Document(
        id="harbour/d2,ü.a",
        collection="harbour",
        source=SOURCE,
        text="The cranes are out of order.\x1b[31m",
        heading="Consul Brandt to the Harbour Master",
        facts=_facts("1918-07-26", "Brandt"),
        section="s1",
        order=1,
    ),
    Document(
        id="harbour/d3",
        collection="harbour",
        source=Source(path="note.txt", sha256="1" * 64, reader="plain"),
        text="An undated scrap about grain.",
        order=2,
    ),
)
INDEXES = {
    "author": [
        IndexEntry("Arnesen", "arnesen", 1, ("harbour/d1",)),
        IndexEntry("Brandt", "brandt", 1, ("harbour/d2,ü.a",)),
    ],
    "date": [IndexEntry("1918-07-25", "1918-07-25", 1, ("harbour/d1",))],
    "subject": [IndexEntry("Grain", "grain", 2, ("harbour/d1", "harbour/d2,ü.a"))],
    "recipient": [],
    "place": [],
}


def regest_of(document: Document) -> Regest:
    """The one-line view of a document."""
    return Regest(
        id=document.id,
        collection=document.collection,
        heading=document.heading,
        date=document.date,
        senders=tuple(document.senders),
        recipients=tuple(document.recipients),
        place=document.place,
        kind=document.word("kind"),
        number=document.word("number"),
        date_origin="derived" if document.date else "",
        sender_origin="given" if document.senders else "",
        place_origin="derived" if document.place else "",
    )


class FakeEdition(FakeParts):
    """Answers like an edition from what stands above; ``asked`` keeps the last search."""

    def __init__(self, path: Path = Path("harbour.regesta")) -> None:
        super().__init__()
        self.path = path
        self.asked: dict[str, object] = {}
        self.searches = 0

    def close(self) -> None:
        """Nothing is open."""

    def info(self) -> EditionInfo:
        """What the edition says of itself."""
        return EditionInfo("Harbour papers", str(self.path), "1", "2024-01-01T00:00:00Z", 3)

    def counts(self) -> Counts:
        """Counts by hand."""
        return Counts(3, 1, 1, 1, 1, 1, years={1918: 2})

    def document(self, id: str) -> Document:
        """One document."""
        for document in DOCUMENTS:
            if document.id == id:
                return document
        near = get_close_matches(id, [d.id for d in DOCUMENTS])
        raise UnknownDocument(f"no document {id!r}", f"near: {', '.join(near)}" if near else "")

    def regests(self, ids: Sequence[str]) -> list[Regest]:
        """One-line views, in the order asked."""
        known = {d.id: d for d in DOCUMENTS}
        return [regest_of(known[id]) for id in ids if id in known]

    def documents(
        self, *, collection: str = "", ids: Sequence[str] | None = None
    ) -> Iterator[Document]:
        """All or some."""
        yield from (d for d in DOCUMENTS if ids is None or d.id in ids)

    def audited(self, **asked: object) -> AuditResult:
        """One finding, of the first document."""
        kinds, limit, offset = asked.get("kind", ()), asked.get("limit"), asked.get("offset", 0)
        assert isinstance(kinds, tuple)
        if any(kind != "date" for kind in kinds):
            raise UnknownValue(f"there is no kind of finding {kinds[0]!r}", "date")
        found = AuditFinding(
            AuditedFinding(
                document="harbour/d1",
                collection="harbour",
                kind="date.year",
                why="The print has the year 1918, the mark-up 1981.",
                words="1918",
                span=(0, 4),
                values={"printed": "1918", "marked up as": "1981-07-25"},
                confidence=0.98,
            )
        )
        page = () if limit == 0 or offset else (found,)
        return AuditResult(total=1, open=1, dismissed=0, documents=3, findings=page)

    def enclosed(self, id: str) -> list[Regest]:
        """None."""
        return []

    def source(self, id: str) -> tuple[str, bytes]:
        """An element."""
        if id == "harbour/d2,ü.a":
            raise SourceError("harbour.xml is no longer there", "put it back")
        return "harbour.xml", b"<div xml:id='d1'/>"

    def search(self, query: str = "", **asked: object) -> SearchResult:  # type: ignore[override]
        """Substring search; remembers what was asked."""
        self.asked, self.searches = {"query": query, **asked}, self.searches + 1
        if query.count('"') % 2:
            raise QueryError('a " is not closed', 'write "a phrase"', query.index('"'))
        found = [d for d in DOCUMENTS if query.lower() in d.text.lower()]
        limit, offset = asked.get("limit", 20), asked.get("offset", 0)
        assert isinstance(limit, int)
        assert isinstance(offset, int)
        hits = tuple(
            Hit(regest_of(d), 1.5, (self._snippet(d, query),)) for d in found[offset:][:limit]
        )
        facets = asked.get("facets", ())
        assert isinstance(facets, tuple)
        rows = (FacetCount("arnesen", 1, "Arnesen"), FacetCount("", 1, "none named"))
        return SearchResult(
            query,
            len(found),
            sum(d.date is None for d in found),
            0.25,
            hits,
            facets=dict.fromkeys(facets, rows),
            killed_by=() if found else (FacetCount(query, 3, query),),
        )

    def _snippet(self, document: Document, query: str) -> Snippet:
        at = document.text.lower().index(query.lower())
        marks = ((at, at + len(query)),) if query else ()
        return Snippet("document", document.text, marks)

    def index(self, name: str, **asked: object) -> list[IndexEntry]:  # type: ignore[override]
        """An index."""
        if name not in INDEXES:
            raise UnknownValue(f"no index {name!r}", f"there are: {', '.join(INDEXES)}")
        prefix = str(asked.get("prefix", "")).lower()
        rows = [e for e in INDEXES[name] if e.label.lower().startswith(prefix)]
        offset, limit = asked.get("offset", 0), asked.get("limit")
        assert isinstance(offset, int)
        assert limit is None or isinstance(limit, int)
        return rows[offset:][:limit]

    def index_size(self, name: str) -> int:
        """Entries of an index."""
        return len(self.index(name))

    def on(self, date: str) -> Day:
        """A day."""
        if from_iso(date) is None or len(date) != 10:
            raise UnknownValue(f"no day {date!r}", "write YYYY-MM-DD")
        mine = tuple(regest_of(d) for d in DOCUMENTS if d.date and d.date.day == date)
        return Day(date, ((COLLECTION.title, mine),), before="1918-07-24")

    def collections(self) -> list[CollectionSummary]:
        """The one."""
        return [CollectionSummary(COLLECTION, 3, 1, "1918-07-25", "1918-07-26")]

    def collection(self, id: str) -> CollectionSummary:
        """The one, by its id."""
        if id != COLLECTION.id:
            raise UnknownValue(f"no collection {id!r}", f"there is: {COLLECTION.id}")
        return self.collections()[0]

    def contents(self, id: str) -> list[ContentsEntry]:
        """A section and its documents."""
        section = ContentsEntry(0, COLLECTION.sections[0], count=3)
        return [section, *(ContentsEntry(1, regest=regest_of(d)) for d in DOCUMENTS)]

    def tei(self, id: str) -> str:
        """The document as TEI."""
        return single_document(self.document(id), self.collection_of(id))

    def tei_part(self, id: str, part: Document) -> str:
        """A passage as TEI."""
        return document_part(self.document(id), self.collection_of(id), part)

    def find(self, citation: str) -> list[Finding]:
        """Nothing found."""
        return [Finding(one) for one in several(citation)]

    def verify(self, id: str, quotation: str, *, elsewhere: bool = True) -> Verification:
        """A quotation checked."""
        return verify(self.document(id), quotation)

    def cite(self, id: str, *, style: str = "note", **more: Any) -> str:
        """A citation."""
        return f"{self.document(id).heading}, {style}."

    def passage(self, id: str, **more: Any) -> Passage:
        """All of the document."""
        self.document(id)
        return Passage()

    def version(self, id: str) -> str:
        """The hash of its text."""
        return version_of(self.document(id))

    def permalink(self, id: str, **more: Any) -> str:
        """A path."""
        return permalink(id, version=self.version(id))

    def moved(self) -> dict[str, str]:
        """Nothing has moved."""
        return {}

    def moved_to(self, id: str) -> str:
        """Nothing has moved."""
        return ""
