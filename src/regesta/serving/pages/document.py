"""The document page: a document with its facts, its neighbours and its downloads."""

from dataclasses import dataclass
from typing import Any

import msgspec
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import Response

from regesta.documents import (
    Collection,
    Document,
    HistoricalDate,
    Mark,
    to_line,
)
from regesta.edition import Edition
from regesta.edition.citing.permalinks import permalink, version_of
from regesta.edition.results import Regest, Step
from regesta.errors import UnknownValue
from regesta.exporting.citations.cite import cite
from regesta.serving.pages.acts_document import acts_shown
from regesta.serving.pages.audit import findings_of
from regesta.serving.pages.audit_asked import words_asked
from regesta.serving.pages.exports import one_exported
from regesta.serving.pages.facts import Index, show_facts
from regesta.serving.pages.frame import render
from regesta.serving.pages.inline import Link
from regesta.serving.pages.links import day_url, document_url, index_url, search_url
from regesta.serving.pages.memory import kept, summaries
from regesta.serving.pages.meta import coins, meta_tags
from regesta.serving.pages.names import name_spans
from regesta.serving.pages.parties import with_persons
from regesta.serving.pages.references import references_of
from regesta.serving.pages.regests import who_text
from regesta.serving.pages.slips import doubt
from regesta.serving.pages.text import show_text
from regesta.serving.pages.words import (
    date_words,
    edtf_words,
    shorten,
    weekday,
)

#: Subjects shown before the rest are folded; other documents of the day.
_SUBJECTS = 8
#: What a narrow page gives above the text: who, to whom, where, when, and where it comes from.
_BRIEF = frozenset((
    "date", "sender", "recipient", "author", "received", "place", "number", "file_number",
    "publication", "repository", "source_note",
))  # fmt: skip
_SAME_DAY = 6
_WEB = ("https://", "http://")
_STYLES = (
    ("chicago", "Chicago, note"), ("chicago-bibliography", "Chicago, bibliography"),
    ("mla", "MLA"), ("iso690", "ISO 690"),
)  # fmt: skip
_DOWNLOADS = (
    (".txt", "Text"), (".json", "JSON"), (".xml", "TEI"), (".bib", "BibTeX"), (".ris", "RIS"),
    (".csl", "CSL-JSON"), (".jsonld", "JSON-LD"), (".epub", "EPUB"),
    (".source", "The source as it stands"),
)  # fmt: skip
#: Downloads that an exporter makes of the one document.
_EXPORTED = {".csl": "csl-json", ".jsonld": "jsonld", ".epub": "epub"}


def linker(edition: Edition, document: Document, index: Index) -> Link:
    """Give the address a mark leads to: a document, a web page, an index entry, or ""."""
    names = {"person": "author", "organisation": "author", "office": "author", "place": "place"}

    def link(mark: Mark) -> str:
        if mark.kind == "ref":
            return _reference(edition, document, mark.target)
        if mark.kind in names:
            name = names[mark.kind]
            words = " ".join(document.text[mark.start : mark.end].split())
            return index.url(name, mark.target, mark.value, words)
        return ""

    return link


def _reference(edition: Edition, document: Document, target: str) -> str:
    """Where a reference in the source leads: the web, or a document that is here."""
    if target.startswith(_WEB):
        return target
    name = target.partition("#")[2] or target
    for id in (target, f"{document.collection}/{name}"):
        if id and id != document.id and edition.regests([id]):
            return document_url(id)
    return ""


def find_document(edition: Edition, path: str) -> tuple[Document, str]:
    """The document of an address and the suffix of what is asked of it ("" is the page).

    Raises:
        UnknownDocument: There is no such document.
    """
    for suffix in ("", *(s for s, _ in _DOWNLOADS)):
        id = path.removesuffix(suffix) if suffix else path
        if path.endswith(suffix) and edition.regests([id]):
            return edition.document(id), suffix
    return edition.document(path), ""  # says what is near it


def document_page(request: Request, edition: Edition) -> Response:
    """A document, or one of its downloads."""
    document, suffix = find_document(edition, request.path_params["id"])
    if suffix:
        return download(edition, document, suffix)
    index: Index = kept(edition, "index links", lambda: Index(edition))
    facts, proofs = show_facts(document, index)
    facts = with_persons(facts, document, edition.authorities.attributions(document.id))
    proofs = [*proofs, *words_asked(request, document)]
    references = references_of(edition, document)
    acts = acts_shown(edition, document)
    shown = show_text(
        references.document,
        link=linker(edition, document, index),
        proofs=proofs,
        names=[*acts.spans, *references.spans, *name_spans(edition, document, index)],
        points=acts.points,
    )
    regest = _regest(edition, document)
    author = _author(document, regest)
    steps = {step.way: step for step in edition.steps(document.id)}
    collection = light_collection(edition, document.collection)
    subjects = [f for f in facts if f.key == "subject"]
    slip = edition.slips.of(document.id)
    return render(
        request,
        "document.html",
        document=document,
        regest=regest,
        shown=shown,
        brief=[f for f in facts if f.key in _BRIEF and f.origin],
        facts=[f for f in facts if f.key != "subject"] + subjects[:_SUBJECTS],
        more_subjects=subjects[_SUBJECTS:],
        suggested=edition.suggestions.of(document.id),
        author=author,
        title=_title(document, regest, author),
        description=shorten(" ".join(document.text.split()), 200),
        heading=_day_heading(document),
        doubt=doubt(slip) if slip else "",
        ways=_ways(document, steps, index),
        collection_step=steps.get("collection"),
        collection=collection,
        **_beside(edition, document),
        **_cited(request, edition, document, collection, slip.printed if slip else ""),
        downloads=[(document_url(document.id, s), name) for s, name in _DOWNLOADS],
        language=document.word("language") or "",
        findings=findings_of(edition, document.id),
        references=references,
        acts=acts,
        json_url=f"/api{document_url(document.id)}",
    )


def _beside(edition: Edition, document: Document) -> dict[str, Any]:
    """What stands around a document: its section, its day, papers around and in it, its images."""
    parents = edition.regests([document.parent]) if document.parent else []
    return {
        "section": sections_of(edition, document.collection).get(document.section, ""),
        "same_day": _same_day(edition, document),
        "enclosed": edition.enclosed(document.id),
        "parent": next(iter(parents), None),
        "printed": _printed(document),
        "online": [i for i in document.images if i.url.startswith(_WEB)],
        "offline": [i.label or i.url for i in document.images if not i.url.startswith(_WEB)],
    }


def _cited(
    request: Request,
    edition: Edition,
    document: Document,
    collection: Collection,
    printed_date: str,
) -> dict[str, Any]:
    """How to name a document: citations in all styles, for programs, and its permalink."""
    address = str(request.url)
    return {
        "citation": _citation(document, collection, printed_date),
        "styles": [
            (name, cite(document, collection, style=key, printed_date=printed_date))
            for key, name in _STYLES
        ],
        "meta": meta_tags(document, collection, address=address),
        "coins": coins(document, collection, address=address),
        "permalink": _permalink(request, edition, document),
        "permalink_path": permalink(document.id, version=version_of(document)),
        "changed": _changed(request, document),
    }


def document_title(edition: Edition, document: Document) -> str:
    """What the page of a document is called: its date, who to whom."""
    regest = _regest(edition, document)
    return _title(document, regest, _author(document, regest))


def _title(document: Document, regest: Regest, author: str) -> str:
    words = f"{date_words(document.date, time=False)}, {author or who_text(regest)}"
    return words[:1].upper() + words[1:]


def _author(document: Document, regest: Regest) -> str:
    """Who speaks in a document that nobody sent."""
    return "" if regest.senders or regest.recipients else document.word("author")


def _printed(document: Document) -> str:
    """Where the document was printed before, unless its text says so itself."""
    printed = document.word("publication")
    return "" if printed in document.text else printed


def _regest(edition: Edition, document: Document) -> Regest:
    return edition.regests([document.id])[0]


def _day_heading(document: Document) -> str:
    """The date as the title of the page."""
    date = document.date
    words = date_words(date, time=False) if date else "No date"
    return words[:1].upper() + words[1:]


@dataclass(frozen=True, slots=True)
class Way:
    """One of the three ways on: where it leads, and the document's place in it."""

    name: str
    url: str
    label: str
    label_url: str
    step: Step | None
    missing: str


def _ways(document: Document, steps: dict[str, Step], index: Index) -> list[Way]:
    """Subject, author and date, always all three."""
    ways = []
    for way, missing in (
        ("subject", "no subject is known"),
        ("author", "no author is named"),
        ("date", "no date is known"),
    ):
        step = steps.get(way)
        if way == "date" and document.date:
            missing = "no single day is known"
        label, url = "", ""
        if step:
            label = edtf_words(step.id) if way == "date" else step.label
            url = _date_url(document.date) if way == "date" else index_url(way, step.id)
        ways.append(Way(way.capitalize(), index_url(way), label, url, step, missing))
    return ways


def _date_url(date: HistoricalDate | None) -> str:
    """Where a document's date leads: its day, else everything that may belong to its time."""
    if date is None or date.day:
        return day_url(date.day or "") if date else index_url("date")
    return search_url(first=date.earliest or "", last=date.latest or "", sort="date")


def _same_day(edition: Edition, document: Document) -> dict[str, object] | None:
    """Other documents of the day, the first few."""
    day = document.date.day if document.date else None
    if not day:
        return None
    try:
        ids = edition.entry("date", day).documents
    except UnknownValue:
        ids = ()
    others = [id for id in ids if id != document.id]
    return {
        "day": day,
        "weekday": weekday(day),
        "shown": edition.regests(others[:_SAME_DAY]),
        "more": len(others) - _SAME_DAY,
    }


def _citation(document: Document, collection: Collection, printed_date: str) -> Markup:
    """The series footnote, the collection's title in italics."""
    text = cite(document, collection, style="note", printed_date=printed_date)
    for title in (collection.title, collection.series, collection.short_title):
        if len(title) > 3 and title in text:
            head, _, tail = text.partition(title)
            return Markup("{}<i>{}</i>{}").format(head, title, tail)
    return escape(text)


def _permalink(request: Request, edition: Edition, document: Document) -> str:
    """The whole address that never moves, pinned to the text as it is now."""
    address = edition.info().address or str(request.base_url)
    return permalink(document.id, address=address, version=version_of(document))


def _changed(request: Request, document: Document) -> str:
    """The version that the reader's address names, where the text has another now; else ""."""
    version = request.query_params.get("v", "")
    return version[:40] if version and version != version_of(document) else ""


def light_collection(edition: Edition, id: str) -> Collection:
    """A collection without its sections and registers."""

    def make() -> dict[str, Collection]:
        return {c.collection.id: c.collection for c in summaries(edition)}

    known: dict[str, Collection] = kept(edition, "collections", make)
    return known[id] if id in known else edition.collection(id).collection


def sections_of(edition: Edition, collection: str) -> dict[str, str]:
    """Section id → heading."""

    def make() -> dict[str, str]:
        return {s.id: s.heading for s in edition.collection(collection).collection.sections}

    found: dict[str, str] = kept(edition, f"sections {collection}", make)
    return found


def plain_text(edition: Edition, document: Document) -> str:
    """A document as plain text: its words, its notes, its citation."""
    parts = [document.text.replace("\n", "\n\n")]
    parts += [f"[{note.n}] {note.text}" for note in document.notes]
    return "\n\n".join([*parts, "--", edition.cite(document.id)]) + "\n"


def download(edition: Edition, document: Document, suffix: str) -> Response:
    """A document as text, JSON, TEI, BibTeX, RIS, or its source as it stands."""
    if suffix == ".json":
        line = to_line(
            document, links=edition.links.of(document.id), acts=edition.acts.of(document.id)
        )
        return Response(msgspec.json.encode(line), media_type="application/json")
    if suffix == ".txt":
        return Response(plain_text(edition, document), media_type="text/plain")
    if suffix == ".xml":
        return Response(edition.tei(document.id), media_type="application/tei+xml")
    if suffix == ".source":
        _, content = edition.source(document.id)
        return Response(content, media_type="text/plain")
    if suffix in _EXPORTED:
        collection = light_collection(edition, document.collection)
        return one_exported(edition, document, _EXPORTED[suffix], collection)
    style = {".bib": "bibtex", ".ris": "ris"}[suffix]
    media = {".bib": "application/x-bibtex", ".ris": "application/x-research-info-systems"}
    name = f"{document.local_id}{suffix}".encode("ascii", "replace").decode().replace('"', "_")
    return Response(
        edition.cite(document.id, style=style),
        media_type=f"{media[suffix]}; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )
