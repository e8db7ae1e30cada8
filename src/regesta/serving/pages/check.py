"""Two pages for people with a footnote in hand: find what it cites, check what it quotes.

What comes in are pasted words; out goes a page. Nothing is kept.
"""

from dataclasses import dataclass

from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import Response

from regesta.documents import Document
from regesta.edition import Edition
from regesta.edition.citing.finding import Finding, Match
from regesta.edition.citing.quotations import Verification
from regesta.edition.results import Regest
from regesta.errors import QueryError
from regesta.serving.pages.frame import render

#: Characters of a pasted text; citations of one request; characters around a passage.
_MOST, _MANY, _AROUND = 20_000, 50, 90


@dataclass(frozen=True, slots=True)
class Found:
    """A citation with the documents that it may mean, as the page shows them."""

    citation: str
    sure: bool
    matches: list[tuple[Regest, str, str]]
    understood: list[tuple[str, str]]


def _pasted(request: Request, name: str) -> str:
    words = request.query_params.get(name, "").replace("\r\n", "\n").strip()
    if len(words) > _MOST:
        raise QueryError(f"more than {_MOST:,} characters", "paste less at a time")
    if any(ord(c) < 32 and c not in "\n\t" for c in words):
        raise QueryError("the pasted words hold control characters", "take them out")
    return words


def find_page(request: Request, edition: Edition) -> Response:
    """The documents that pasted citations mean."""
    pasted = _pasted(request, "citation")
    findings = edition.find(pasted) if pasted else []
    shown = [_found(edition, finding) for finding in findings[:_MANY]]
    return render(
        request,
        "find.html",
        title="Find a citation",
        pasted=pasted,
        found=shown,
        more=max(0, len(findings) - _MANY),
        example=_example(edition),
    )


def _found(edition: Edition, finding: Finding) -> Found:
    matches = [finding.match] if finding.match else list(finding.candidates)
    regests = {r.id: r for r in edition.regests([match.id for match in matches])}
    rows = [
        (regests[match.id], f"{match.confidence:.0%}", _told(match))
        for match in matches
        if match.id in regests
    ]
    return Found(
        finding.citation, finding.match is not None, rows, list(finding.understood.items())
    )


def _told(match: Match) -> str:
    told = f"agrees: {', '.join(match.agrees)}" if match.agrees else ""
    differs = f"differs: {', '.join(match.differs)}" if match.differs else ""
    return "; ".join(filter(None, (told, differs)))


def _example(edition: Edition) -> str:
    """A citation of this very edition to try."""
    entry = next(iter(edition.index("date", limit=1)), None)
    ids = entry.documents[:1] if entry else ()
    return edition.cite(ids[0]) if ids else ""


def check_page(request: Request, edition: Edition) -> Response:
    """Whether a pasted quotation stands in a document to the letter."""
    id = request.query_params.get("id", "").strip()[:500]
    pasted = _pasted(request, "quotation")
    if not id:
        raise QueryError("no document is named", "begin at the page of a document")
    document = edition.document(id)
    (regest,) = edition.regests([id])
    found = edition.verify(id, pasted) if pasted else None
    return render(
        request,
        "check.html",
        title="Check a quotation",
        document=document,
        regest=regest,
        pasted=pasted,
        found=found,
        passages=_passages(document, found) if found else [],
        differences=[] if found is None else found.differences,
        elsewhere=edition.regests(found.elsewhere) if found else [],
    )


def _passages(document: Document, found: Verification) -> list[Markup]:
    """The words in their place, marked; what differs is marked again."""
    text = document.text
    if found.note is not None:
        text = next((note.text for note in document.notes if note.n == found.note), text)
    spans = found.spans or (found.nearest.spans if found.nearest else ())
    odd = [d.span for d in found.differences if d.span[0] < d.span[1]]
    shown = []
    for start, end in spans:
        before, after = _before(text, start), _after(text, end)
        words = _marked(text, start, end, [s for s in odd if start <= s[0] and s[1] <= end])
        left = "…" if before else ""
        right = "…" if after < len(text) else ""
        shown.append(
            Markup("{}{}<mark>{}</mark>{}{}").format(
                left, text[before:start], words, text[end:after], right
            )
        )
    return shown


def _before(text: str, start: int) -> int:
    """Where the words before a passage begin, at a word."""
    at = max(0, start - _AROUND)
    return at if not at else text.find(" ", at, start) + 1 or at


def _after(text: str, end: int) -> int:
    """Where the words after a passage end, at a word."""
    at = min(len(text), end + _AROUND)
    return at if at == len(text) else max(text.rfind(" ", end, at), end)


def _marked(text: str, start: int, end: int, odd: list[tuple[int, int]]) -> Markup:
    pieces, at = [], start
    for a, b in odd:
        if a < at:
            continue
        pieces.append(escape(text[at:a]))
        pieces.append(Markup("<u>{}</u>").format(text[a:b]))
        at = b
    return Markup("").join([*pieces, escape(text[at:end])])
