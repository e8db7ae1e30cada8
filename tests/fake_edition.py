"""A small edition held in memory, with made-up documents of every shape the pages must show."""

# ruff: noqa: D102

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from fake_parts import FakeParts

from regesta.auditing.base import Finding as AuditedFinding
from regesta.documents import (
    Collection,
    Document,
    Enclosure,
    Fact,
    HistoricalDate,
    Layer,
    Mark,
    Note,
    Party,
    Place,
    Section,
    Source,
    Subject,
)
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
    Step,
)
from regesta.errors import QueryError, SourceError, UnknownDocument, UnknownValue
from regesta.exporting.citations.cite_passage import Passage
from regesta.exporting.tei.corpus import single_document

HOSTILE = '<script>alert("x")</script> & <b>bold</b>'


def span(text: str, words: str) -> tuple[int, int]:
    """Where words stand in a text."""
    start = text.index(words)
    return start, start + len(words)


def _source(path: str) -> Source:
    return Source(path=path, sha256="0" * 64, position="d1", reader="tei")


def telegram() -> Document:
    """A telegram with two notes, a page break inside a line, proofs and a name."""
    text = (
        "File No. 12/7\nThe Minister in Norland (Berg) to the Secretary of State\n[Telegram]\n"
        "Halden, June 3, 1912, 7 p.m.\n"
        "41. The harbour was closed at noon. I asked Mr. Berg whether vessels might leave.\n"
        "He refused, with many regrets.\nBerg"
    )
    heading = "The Minister in Norland (Berg) to the Secretary of State"
    date = from_iso("1912-06-03T19:00", printed="June 3, 1912, 7 p.m.")
    assert date is not None
    return Document(
        id="white/d1",
        collection="white",
        source=_source("white.xml"),
        text=text,
        heading=heading,
        layers=(
            Layer("source note", *span(text, "File No. 12/7")),
            Layer("heading", *span(text, heading)),
            Layer("dateline", *span(text, "Halden, June 3, 1912, 7 p.m.")),
            Layer("body", text.index("41. The"), text.rindex("\n")),
            Layer("signature", len(text) - 4, len(text)),
        ),
        marks=(
            Mark("smallcaps", *span(text, "Halden")),
            Mark("page", text.index("41."), text.index("41."), "80"),
            Mark("person", *span(text, "Mr. Berg"), "Berg"),
            Mark("page", *(2 * (text.index("vessels"),)), "81", "https://example.org/81.jpg"),
            Mark("italic", text.index("whether"), text.index("leave")),
        ),
        notes=(
            Note("1", "A port in the south.\nSee also the map.", anchor=text.index(" was closed")),
            Note("2", "Not printed. " + "The paper is long. " * 40, anchor=len(text) - 6),
        ),
        facts=(
            Fact("date", date, "given", "tei:date", span(text, "June 3, 1912, 7 p.m.")),
            Fact("sender", Party("Berg", "Minister in Norland"), "given", "tei:persName"),
            Fact("recipient", Party("", "Secretary of State"), "derived", "heading"),
            Fact("place", Place("Halden", 59.1, 11.4), "given", "tei:placeName"),
            Fact("kind", "telegram", "derived", "bracketed-kind", span(text, "[Telegram]")),
            Fact("number", "41", "derived", "opening-number", span(text, "41.")),
            Fact("subject", Subject("Harbours"), "given", "index"),
            Fact("language", "en", "given"),
        ),
        section="ch1",
        order=0,
    )


def letter() -> Document:
    """A letter that encloses another, with a table, a list, a quotation and a translation."""
    text = (
        "Mr. Lund to Mr. Berg\nHalden, June 4, 1912.\nSir:\nThe accounts stand so:\n"
        "Rye 120\nSalt 7\nI claim:\nfirst, the ship\nsecond, the cargo\n"
        "He wrote: nothing is settled.\nLund\n"
        "Enclosure\nBerg to Lund\nI agree to all.\nRien n’est conclu."
    )
    marks = [
        Mark("table", text.index("Rye"), text.index("\nI claim")),
        Mark("row", *span(text, "Rye 120")),
        Mark("cell", *span(text, "Rye")),
        Mark("cell", *span(text, "120")),
        Mark("row", *span(text, "Salt 7")),
        Mark("cell", *span(text, "Salt")),
        Mark("cell", *span(text, "7")),
        Mark("list", text.index("first,"), text.index("\nHe wrote")),
        Mark("item", *span(text, "first, the ship")),
        Mark("item", *span(text, "second, the cargo")),
        Mark("ref", *span(text, "nothing is settled"), "", "white/d1"),
    ]
    start = text.index("Enclosure")
    date = from_iso("1912-06-04")
    assert date is not None
    return Document(
        id="white/d2",
        collection="white",
        source=_source("white.xml"),
        text=text,
        heading="Mr. Lund to Mr. Berg",
        layers=(
            Layer("heading", *span(text, "Mr. Lund to Mr. Berg")),
            Layer("dateline", *span(text, "Halden, June 4, 1912.")),
            Layer("salutation", *span(text, "Sir:")),
            Layer("quotation", *span(text, "He wrote: nothing is settled.")),
            Layer("signature", text.index("\nLund\n") + 1, text.index("\nLund\n") + 5),
            Layer("enclosure", start, text.index("\nRien")),
            Layer("heading", *span(text, "Berg to Lund")),
            Layer("translation", *span(text, "Rien n’est conclu."), "fr"),
        ),
        marks=tuple(marks),
        enclosures=(Enclosure("white/d2#e1", start, text.index("\nRien"), "Berg to Lund"),),
        facts=(
            Fact("date", date, "derived", "dateline", span(text, "June 4, 1912")),
            Fact("sender", Party("Lund"), "given"),
            Fact("recipient", Party("Berg", "Minister in Norland"), "given"),
            Fact("place", Place("Halden", 59.1, 11.4), "given"),
        ),
        section="ch1",
        order=1,
    )


def hostile() -> Document:
    """An undated paper whose every word is an attack."""
    text = f"{HOSTILE}\nOnly words: {HOSTILE}"
    return Document(
        id="grey/x-1.2",
        collection="grey",
        source=_source("grey.txt"),
        text=text,
        heading=HOSTILE,
        marks=(
            Mark("person", 0, 8, HOSTILE, 'javascript:alert("x")'),
            Mark("ref", 0, 8, "", 'javascript:alert("x")'),
            Mark("page", 3, 3, HOSTILE, 'javascript:alert("x")'),
            Mark("sic", 3, 9, HOSTILE),
            Mark("bold", 5, 20),
            Mark("italic", 10, 400),
        ),
        notes=(Note(HOSTILE, HOSTILE, anchor=9999), Note("*", "Loose.")),
        facts=(
            Fact("sender", Party(HOSTILE), "derived", HOSTILE, (0, 8)),
            Fact("summary", HOSTILE, "given"),
        ),
    )


def notes_of_a_day() -> Document:
    """A paper of another side on the telegram's day, with a date of two days and no recipient."""
    date = HistoricalDate("[1912-06-02..1912-06-03]", "1912-06-02", "1912-06-03")
    return Document(
        id="grey/d9",
        collection="grey",
        source=_source("grey.txt"),
        text="The harbour master notes that nothing left the harbour.",
        heading="A note for the file",
        facts=(Fact("date", date, "derived", "opening"),),
    )


def _regest(document: Document) -> Regest:
    def origin(field: str) -> str:
        fact = document.first(field)
        return fact.origin if fact else ""

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
        date_origin=origin("date"),
        sender_origin=origin("sender"),
        place_origin=origin("place"),
        section=document.section,
        order=document.order,
    )


def _audited(document: Document) -> AuditFinding:
    words = document.text[:12]
    finding = AuditedFinding(
        document=document.id,
        collection=document.collection,
        kind="date.year",
        why=f"The print has another year. {HOSTILE}",
        words=words,
        span=(0, len(words)),
        values={"printed": words, "marked up as": "1912-06-03", "hostile": HOSTILE},
        confidence=0.9,
    )
    return AuditFinding(finding, document.heading)


class FakeEdition(FakeParts):
    """An edition of the documents given, answering as a real one does, only slower and simpler."""

    def __init__(self, documents: Sequence[Document] | None = None, title: str = "") -> None:
        super().__init__()
        self.path = Path("fake.regesta")
        made = [telegram(), letter(), hostile(), notes_of_a_day()]
        self._documents = {d.id: d for d in (made if documents is None else documents)}
        self._title = title or f"Papers of the White House at Halden {HOSTILE}"
        self._collections = {
            "white": Collection(
                id="white",
                title="The White Papers, volume I",
                short_title="White Papers",
                publisher="Halden",
                licence="https://creativecommons.org/publicdomain/zero/1.0/",
                side="Norland",
                sections=(
                    Section("ch1", "chapter", "The harbour", order=0, text="About the harbour."),
                    Section("pr", "preface", "Preface", order=9, text=f"Of old.\n{HOSTILE}"),
                ),
            ),
            "grey": Collection(id="grey", title="Grey Papers"),
        }

    def _of(self, documents: Sequence[Document]) -> list[Regest]:
        return [_regest(d) for d in documents]

    def _labels(self, document: Document, name: str) -> list[str]:
        return {
            "author": [p.label for p in document.senders],
            "recipient": [p.label for p in document.recipients],
            "place": [document.place.name] if document.place else [],
            "subject": [s.label for s in document.subjects],
            "kind": [document.word("kind")] if document.word("kind") else [],
            "collection": [document.collection],
            "language": [document.word("language")] if document.word("language") else [],
            "year": [str(document.date.year)] if document.date else [],
        }[name]

    def info(self) -> EditionInfo:
        return EditionInfo(
            self._title, "fake", "0", "2026-01-02T03:04:05+00:00", len(self._documents)
        )

    def close(self) -> None:
        pass

    def audited(self, **asked: Any) -> AuditResult:
        found = [f for f in map(_audited, self._documents.values()) if f.finding.words]
        kinds, document = asked.get("kind", ()), asked.get("document", "")
        for kind in kinds:
            if kind not in ("date", "date.year"):
                raise UnknownValue(f"there is no kind of finding {kind!r}")
        chosen = [f for f in found if not document or f.finding.document == document]
        page = chosen[asked.get("offset", 0) :][: asked.get("limit", 50)]
        return AuditResult(
            total=len(chosen),
            open=len(found),
            dismissed=0,
            documents=len(self._documents),
            findings=tuple(page),
            facets={"kind": (FacetCount("date.year", len(chosen), "Another year than printed"),)},
            looked_at=("dates",),
        )

    def counts(self) -> Counts:
        documents = list(self._documents.values())
        years: dict[int, int] = {}
        for d in documents:
            if d.date and d.date.year:
                years[d.date.year] = years.get(d.date.year, 0) + 1
        days = sorted(d.date.earliest for d in documents if d.date and d.date.earliest)
        return Counts(
            documents=len(documents),
            collections=len(self._collections),
            undated=sum(d.date is None for d in documents),
            without_sender=sum(not d.senders for d in documents),
            without_recipient=sum(not d.recipients for d in documents),
            without_place=sum(d.place is None for d in documents),
            years=years,
            by_origin={"date": {"given": 1, "derived": 2, "missing": 1}},
            kinds={"telegram": 1, "": 3},
            languages={"en": 1},
            first=days[0] if days else None,
            last=days[-1] if days else None,
        )

    def document(self, id: str) -> Document:
        if id not in self._documents:
            raise UnknownDocument(f"there is no document {id!r}", "white/d1 is near")
        return self._documents[id]

    def regests(self, ids: Sequence[str]) -> list[Regest]:
        return self._of([self._documents[i] for i in ids if i in self._documents])

    def documents(
        self, *, collection: str = "", ids: Sequence[str] | None = None
    ) -> Iterator[Document]:
        yield from self._documents.values()

    def enclosed(self, id: str) -> list[Regest]:
        return []

    def source(self, id: str) -> tuple[str, bytes]:
        if id.startswith("grey"):
            raise SourceError("grey.txt is no longer where it was", "build the edition again")
        return "white.xml", b"<TEI/>"

    def search(self, query: str = "", **options: object) -> SearchResult:  # type: ignore[override]
        if '"' in query and query.count('"') % 2:
            raise QueryError("a quotation mark is not closed", "close it", query.index('"'))
        if str(options.get("first") or "").startswith("x"):
            raise QueryError("from is no date", "write 1918")
        found = list(self._documents.values())
        words = query.lower().split()
        found = [d for d in found if all(w in d.text.lower() for w in words)]
        for name in ("author", "recipient", "place", "subject", "kind", "collection", "language"):
            wanted = options.get(name) or ()
            assert isinstance(wanted, tuple)
            if wanted:
                found = [d for d in found if set(wanted) & set(self._labels(d, name) or ["-"])]
        first, last = options.get("first"), options.get("last")
        undated = 0
        if first or last:
            kept = [d for d in found if d.date and d.date.overlaps(f"{first or '0'}", f"{last}~")]
            undated = sum(d.date is None for d in found)
            found = kept
        found.sort(key=lambda d: (d.date is None, (d.date and d.date.earliest) or "", d.id))
        facets: dict[str, tuple[FacetCount, ...]] = {}
        for name in options.get("facets") or ():  # type: ignore[attr-defined]
            tally: dict[str, int] = {}
            for d in found:
                for label in self._labels(d, name) or [""]:
                    tally[label] = tally.get(label, 0) + 1
            facets[name] = tuple(FacetCount(v, n, v) for v, n in tally.items())
        offset, limit = int(options.get("offset") or 0), int(options.get("limit", 20))  # type: ignore[call-overload]
        return SearchResult(
            query=query,
            total=len(found),
            undated=sum(d.date is None for d in found),
            undated_excluded=undated,
            took_ms=1.0,
            hits=tuple(
                Hit(_regest(d), 1.0, (Snippet("document", d.text[:60], ((0, 4),)),))
                for d in found[offset : offset + limit]
            ),
            facets=facets,
            killed_by=tuple(FacetCount(w, 2 if w == "zebra" else 0, w) for w in words)
            if not found
            else (),
            expansions={"vessel": ("vessels",)} if "vessel" in words else {},
        )

    def index(self, name: str, **options: object) -> list[IndexEntry]:  # type: ignore[override]
        prefix = str(options.get("prefix") or "")
        tally: dict[str, list[str]] = {}
        for d in self._documents.values():
            if name == "date":
                day = d.date.day if d.date else None
                size = {"year": 4, "month": 7}.get(str(options.get("level")), 10)
                labels = [day[:size]] if day else []
            else:
                labels = self._labels(d, name)
            for label in labels:
                tally.setdefault(label, []).append(d.id)
        entries = [IndexEntry(k, k, len(v), tuple(v)) for k, v in sorted(tally.items())]
        entries = [e for e in entries if e.label.lower().startswith(prefix.lower())]
        offset = int(options.get("offset") or 0)  # type: ignore[call-overload]
        limit = options.get("limit")
        return entries[offset:] if limit is None else entries[offset : offset + int(limit)]  # type: ignore[call-overload]

    def index_size(self, name: str) -> int:
        return len(self.index(name))

    def entry(self, name: str, id: str, *, documents: bool = True) -> IndexEntry:
        for entry in self.index(name):
            if id in (entry.id, entry.label):
                return entry
        raise UnknownValue(f"no {name} {id!r}", "look in the index")

    def entry_id(self, name: str, id: str) -> str:
        return next((e.id for e in self.index(name) if id in (e.id, e.label)), "")

    def on(self, date: str) -> Day:
        if not from_iso(date) or len(date) != 10:
            raise UnknownValue(f"{date!r} is no day", "write 1918-07-25")
        of_day = [d for d in self._documents.values() if d.date and d.date.day == date]
        may = [
            d
            for d in self._documents.values()
            if d.date and not d.date.day and d.date.overlaps(date, date)
        ]
        days = sorted({d.date.day for d in self._documents.values() if d.date and d.date.day})
        return Day(
            date=date,
            sides=(("Norland", tuple(self._of(of_day))),) if of_day else (),
            may_belong=tuple(self._of(may)),
            may_belong_total=len(may),
            before=max((d for d in days if d < date), default=None),
            after=min((d for d in days if d > date), default=None),
            month={int(d[8:]): 1 for d in days if d[:7] == date[:7]},
        )

    def steps(self, id: str) -> list[Step]:
        document = self.document(id)
        mine = [d for d in self._documents.values() if d.collection == document.collection]
        at = mine.index(document)
        near = self._of(mine)
        steps = [
            Step(
                "collection",
                document.collection,
                document.collection,
                at + 1,
                len(mine),
                near[at - 1] if at else None,
                near[at + 1] if at + 1 < len(mine) else None,
            )
        ]
        for way in ("subject", "author"):
            labels = self._labels(document, way)
            steps += [Step(way, label, label, 1, 1) for label in labels[:1]]
        if document.date and document.date.day:
            steps.append(Step("date", document.date.day, document.date.day, 1, 1))
        return steps

    def collections(self) -> list[CollectionSummary]:
        return [self.collection(i) for i in self._collections]

    def collection(self, id: str) -> CollectionSummary:
        if id not in self._collections:
            raise UnknownValue(f"no collection {id!r}", "white and grey are there")
        mine = [d for d in self._documents.values() if d.collection == id]
        return CollectionSummary(self._collections[id], len(mine), 0, "1912-06-02", "1912-06-04")

    def contents(self, id: str) -> list[ContentsEntry]:
        mine = [d for d in self._documents.values() if d.collection == id]
        sections = self._collections[id].sections
        entries = [ContentsEntry(0, section=sections[0], count=len(mine))] if sections else []
        entries += [ContentsEntry(1, regest=r) for r in self._of(mine)]
        return entries + [ContentsEntry(0, section=s) for s in sections[1:]]

    def section_text(self, collection: str, section: str) -> str:
        for s in self.collection(collection).collection.sections:
            if s.id == section:
                return s.text
        raise UnknownValue(f"no section {section!r}")

    def ids(self) -> Iterator[str]:
        yield from (document.id for document in self.documents())

    def tei(self, id: str) -> str:
        return single_document(self.document(id), self.collection_of(id))

    def find(self, citation: str) -> list[Finding]:
        return [Finding(one) for one in several(citation)]

    def verify(self, id: str, quotation: str, *, elsewhere: bool = True) -> Verification:
        return verify(self.document(id), quotation)

    def cite(self, id: str, *, style: str = "note", **more: Any) -> str:
        heading = self.document(id).heading
        return f"{heading}, {self._collections[self.document(id).collection].title} ({style})."

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

    def collection_of(self, id: str) -> Collection:
        return self._collections[self.document(id).collection]

    def report(self) -> dict[str, object]:
        return {
            "unread": [{"path": f"/home/someone/{HOSTILE}.bin", "reason": "binary"}],
            "warnings": ["one"],
            "sources": 3,
            "unaccounted_characters": 0,
        }
