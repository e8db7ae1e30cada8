"""The audit page: what looks wrong, each with its words, both values and why; filters, downloads.

What comes in is an address; out goes a page of findings, the same as CSV, or how far the looking
through has come. Nothing is changed from here: a dismissal is a line in a file of the editor's.
"""

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import Response

from regesta.documents import Document, parse_edtf
from regesta.edition import Edition
from regesta.errors import UnknownDocument
from regesta.serving.pages.audit_asked import Asked, read_address
from regesta.serving.pages.frame import render, running
from regesta.serving.pages.home import collection_names
from regesta.serving.pages.indexes import paging
from regesta.serving.pages.links import collection_url, document_url
from regesta.serving.pages.words import edtf_words, in_words, number, shorten

PER_PAGE = 20
#: Findings of one download.
_WHOLE = 200_000
#: Words shown on each side of those in question; longest value, in characters.
_AROUND, _LONGEST = 110, 260
_SURE = (("certain", "0.9"), ("certain or probable", "0.7"))
_STATES = (("open", "open"), ("dismissed", "dismissed"))
_FACET_ROWS = 40


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding as the page shows it."""

    id: str
    headline: str
    where: str
    where_url: str
    label: str
    url: str
    rows: list[tuple[str, Markup]]
    sure: str
    lines: str
    command: str
    correction: str
    reason: str
    done: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a facet."""

    label: str
    count: int
    percent: int
    url: str
    chosen: bool


def audit_page(request: Request, edition: Edition) -> Response:
    """A page of findings; or, the first time after a build, how far looking through has come."""
    if (waiting := running(request, edition.audit, "audit_running.html")) is not None:
        return waiting
    asked = read_address(request)
    found = edition.audit(**asked.options, limit=PER_PAGE, offset=asked.offset)
    texts = _Texts(edition)
    names = collection_names(edition)
    return render(
        request,
        "audit.html",
        asked=asked,
        found=found,
        tally=_tally(found.open, found.dismissed),
        findings=[_shown(item, texts, names) for item in found.findings],
        facets=_facets(edition, asked, found.facets),
        document_url_of=document_url(asked.document) if asked.document else "",
        pages=paging(
            "/audit",
            asked.pairs(),
            offset=asked.offset,
            shown=len(found.findings),
            total=found.total,
            size=PER_PAGE,
        ),
        csv_url=asked.url("/audit.csv"),
        filtered=bool(asked.kind or asked.collection or asked.confidence or asked.document),
        json_url=asked.url("/api/audit"),
    )


def audit_table_file(request: Request, edition: Edition) -> Response:
    """The findings of an address as CSV."""
    from regesta.serving.answers.audit import audit_table

    if (waiting := running(request, edition.audit, "audit_running.html")) is not None:
        return waiting
    asked = read_address(request)
    found = edition.audit(**asked.options, limit=_WHOLE)
    return Response(
        audit_table(found).encode("utf-8", "replace"),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": 'attachment; filename="audit.csv"'},
    )


def _tally(still: int, dismissed: int) -> list[str]:
    every = still + dismissed
    said = [f"{number(every)} {'finding' if every == 1 else 'findings'}"]
    if dismissed:
        said += [f"{in_words(dismissed)} dismissed", f"{number(still)} open"]
    return said


class _Texts:
    """Documents of one page of findings, each fetched once."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._known: dict[str, Document | None] = {}

    def get(self, id: str) -> Document | None:
        if id not in self._known:
            try:
                self._known[id] = self._edition.document(id) if id else None
            except UnknownDocument:
                self._known[id] = None
        return self._known[id]


def _shown(item: Any, texts: _Texts, names: dict[str, str]) -> Shown:
    from regesta.edition.audit.decisions import correction_lines, dismissal_lines
    from regesta.edition.audit.shelf import band, kind_label, kind_words

    finding = item.finding
    document = texts.get(finding.document)
    at = finding.span
    url = document_url(finding.document) if finding.document else ""
    if url and at is not None and at[1] > at[0]:
        url += f"?words={at[0]}-{at[1]}#words"
    reason = item.dismissed.why if item.dismissed else ""
    suggested = finding.values.get("suggested", "")
    mends = finding.field == "date" and finding.document and not finding.enclosure and suggested
    because = finding.why.partition(". ")[0].rstrip(".")
    return Shown(
        id=finding.id,
        headline=kind_words()["headlines"].get(finding.kind) or kind_label(finding.kind),
        where=names.get(finding.collection, finding.collection),
        where_url=collection_url(finding.collection),
        label=_label(item.label, finding, document),
        url=url,
        rows=_rows(finding, document),
        sure=band(finding.confidence),
        lines=dismissal_lines(finding.id, finding.document, reason or "…"),
        command=f"regesta audit EDITION --dismiss {finding.id} --why '…'",
        correction=correction_lines(finding.document, suggested, because) if mends else "",
        reason=reason,
        done=item.dismissed is not None,
    )


def _label(label: str, finding: Any, document: Document | None) -> str:
    if not finding.document:
        return "outside its documents: index, lists"
    local = document.local_id if document else finding.document
    said = shorten(label.strip(" ."), 110) if label else f"document {local}"
    return f"{said}, enclosure {finding.enclosure}" if finding.enclosure else said


def _rows(finding: Any, document: Document | None) -> list[tuple[str, Markup]]:
    """Label and value of everything that stands against something, then why."""
    rows: list[tuple[str, Markup]] = []
    values = dict(finding.values)
    context = _context(finding, document)
    if context is not None:
        printed = values.pop("printed", None)
        where = "printed" if printed or finding.field in ("date", "number") else "the words"
        rows.append((where, context))
    for label, value in values.items():
        rows.append((label, _value(label, value)))
    rows.append(("because", escape(_lower(finding.why))))
    return rows


def _lower(why: str) -> str:
    first, _, rest = why.partition(" ")
    keep = first[1:] != first[1:].lower() or any(c.isdecimal() for c in first)
    return why.rstrip(".") if keep else f"{first.lower()} {rest}".rstrip(". ")


def _context(finding: Any, document: Document | None) -> Markup | None:
    """The words in question, marked, in their line."""
    if document is None or finding.span is None or finding.span[0] >= finding.span[1]:
        return None
    start, end = finding.span
    text = document.text
    if text[start:end] != finding.words:
        return None
    first = max(text.rfind("\n", 0, start) + 1, start - _AROUND)
    last = text.find("\n", end)
    last = min(len(text) if last < 0 else last, end + _AROUND)
    before, words, after = text[first:start], text[start:end], text[end:last]
    if first and text[first - 1] != "\n":
        before = "… " + before.partition(" ")[2]
    if last < len(text) and text[last] != "\n":
        after = after.rpartition(" ")[0] + " …"
    if len(words) > _LONGEST:
        words = words[:_LONGEST].rsplit(" ", 1)[0] + " …"
    return Markup("“{}<mark>{}</mark>{}”").format(before, words.replace("\n", " "), after)


def _value(label: str, value: str) -> Markup:
    """A value in words: dates as a reader writes them, words in quotation marks."""
    if parse_edtf(value) is not None and label not in ("printed", "page", "page before it"):
        return escape(edtf_words(value))
    if label in ("printed", "heading", "signed", "second", "first", "last line", "text"):
        return escape(f"“{shorten(' '.join(value.split()), _LONGEST)}”") if value else Markup("–")
    return escape(shorten(value, _LONGEST))


# Facets.


def _facets(edition: Edition, asked: Asked, counts: dict[str, Any]) -> list[tuple[str, list[Row]]]:
    names = collection_names(edition)
    kinds = _toggles(asked, "kind", asked.kind, counts.get("kind", ()), {})
    collections = _toggles(
        asked, "collection", asked.collection, counts.get("collection", ()), names
    )
    found = [("Finding", kinds)]
    sure = {row.value: row.count for row in counts.get("confidence", ())}
    most = max(1, sum(sure.values()))
    certain = sure.get("certain", 0)
    steps = (certain, certain + sure.get("probable", 0))
    found.append(
        (
            "Confidence",
            [
                Row(
                    label,
                    times,
                    round(100 * times / most),
                    asked.url(confidence="" if asked.confidence == least else least),
                    asked.confidence == least,
                )
                for (label, least), times in zip(_SURE, steps, strict=True)
                if times
            ],
        )
    )
    if len(collections) > 1 or asked.collection:
        found.append(("Collection", collections))
    states = {row.value: row.count for row in counts.get("state", ())}
    if states.get("dismissed") or asked.state != "open":
        most = max(1, *states.values()) if states else 1
        found.append(
            (
                "State",
                [
                    Row(
                        label,
                        states.get(value, 0),
                        round(100 * states.get(value, 0) / most),
                        asked.url(state="" if value == "open" else value),
                        asked.state == value,
                    )
                    for value, label in _STATES
                ],
            )
        )
    return [(name, rows) for name, rows in found if rows]


def _toggles(
    asked: Asked, field: str, chosen: tuple[str, ...], counts: Any, names: dict[str, str]
) -> list[Row]:
    most = max((row.count for row in counts), default=1)
    shown = [*counts[:_FACET_ROWS], *(r for r in counts[_FACET_ROWS:] if r.value in chosen)]
    rows = []
    for row in shown:
        # A field stands for all its kinds.
        rest = tuple(v for v in chosen if v != row.value and not row.value.startswith(f"{v}."))
        is_chosen = rest != chosen
        changed: dict[str, Any] = {field: rest if is_chosen else (*chosen, row.value)}
        rows.append(
            Row(
                label=names.get(row.value, row.label),
                count=row.count,
                percent=max(1, round(100 * row.count / most)),
                url=asked.url("/audit", **changed),
                chosen=is_chosen,
            )
        )
    return rows


def findings_of(edition: Edition, document: str) -> int:
    """How many findings of a document are open; 0 too where nobody has looked through it yet."""
    if not edition.audit.ready:
        return 0
    return edition.audit(document=document, limit=0).total
