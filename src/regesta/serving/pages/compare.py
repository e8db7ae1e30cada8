"""Two documents side by side as a page: what both have word by word, or tell in other words.

Two ids come in; out go two columns of aligned passages with the words that differ, folded stretches
that only one has, the links between the two, and both citations.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from regesta.documents import Document
from regesta.edition import Edition
from regesta.edition.links.compare import Comparison
from regesta.edition.results import Regest
from regesta.errors import UnknownDocument, UnknownValue
from regesta.exporting.citations.cite import cite
from regesta.linking.counterparts.aligned import Row, Span
from regesta.serving.answers.links import evidence_words
from regesta.serving.pages.document import light_collection
from regesta.serving.pages.escaping import escaped
from regesta.serving.pages.frame import render
from regesta.serving.pages.links import compare_url
from regesta.serving.pages.regests import short_name
from regesta.serving.pages.words import count, number
from regesta.serving.waiting import how_far

#: A stretch of so many words that stands on one side only is shown without being asked.
_SHORT = 12
#: What the two share, named over a pair of paragraphs.
_NAMED = 8


@dataclass(frozen=True, slots=True)
class Part:
    """A row as the page shows it.

    Attributes:
        kind: As in :class:`regesta.linking.counterparts.aligned.Row`.
        first, second: Paragraphs of each side, or nothing.
        label: What the row is, in words.
        pages: Printed pages on which each side stands, in words.
    """

    kind: str
    first: tuple[Markup, ...]
    second: tuple[Markup, ...]
    label: str
    pages: tuple[str, str] = ("", "")


def _ids(edition: Edition, path: str) -> tuple[str, str]:
    """Part an address into two ids: an id holds slashes of its own."""
    parts = path.split("/")
    for at in range(1, len(parts)):
        ids = "/".join(parts[:at]), "/".join(parts[at:])
        if len(edition.regests(ids)) == len(set(ids)):
            return ids
    if len(parts) < 4:
        raise UnknownValue("two documents are compared", "write /compare/FIRST-ID/SECOND-ID")
    middle = len(parts) // 2
    for id in ("/".join(parts[:middle]), "/".join(parts[middle:])):
        edition.document(id)  # says which of them is not here
    raise UnknownDocument(f"there are no two documents {path!r}")


def compare_page(request: Request, edition: Edition) -> Response:
    """Two documents in two columns."""
    first, second = _ids(edition, request.path_params["ids"])
    if first == second:
        raise UnknownValue("a document is compared with another", f"its own page is {first}")
    how_far(request, edition.links)
    found = edition.compare(first, second)
    regests = {regest.id: regest for regest in edition.regests([first, second])}
    pair = (regests[first], regests[second])
    documents = (found.first, found.second)
    collections = [light_collection(edition, d.collection) for d in documents]
    return render(
        request,
        "compare.html",
        title=f"{short_name(pair[0], year=True)}, and {short_name(pair[1], year=True)}",
        sides=list(zip("AB", pair, _side_names(edition, documents), strict=True)),
        said=_said(found.rows),
        reasons=_reasons(found, pair),
        parts=[_part(row, documents) for row in found.rows],
        citations=[
            (letter, cite(document, collection, style="note"))
            for letter, document, collection in zip("AB", documents, collections, strict=True)
        ],
        kinds={row.kind for row in found.rows},
        swap=compare_url(second, first),
    )


def _side_names(edition: Edition, documents: Iterable[Document]) -> list[str]:
    """Whose papers each document belongs to, else the name of its collection."""
    names = []
    for document in documents:
        collection = light_collection(edition, document.collection)
        names.append(collection.side or collection.short_title or collection.title or collection.id)
    return names


def _said(rows: Sequence[Row]) -> str:
    """What the comparison finds, in one sentence."""
    same, like = ([r for r in rows if r.kind == kind] for kind in ("same", "like"))
    told = []
    if same:
        verb = "stands" if len(same) == 1 else "stand"
        words = sum(min(row.words) for row in same)
        told.append(f"{count(len(same), 'passage')} {verb} in both, {count(words, 'word')} in all")
    if like:
        verb = "tells" if len(like) == 1 else "tell"
        told.append(f"{count(len(like), 'stretch')} {verb} one matter in other words")
    if not told:
        return "No passage of the one stands in the other."
    return f"{'; '.join(told)}."


def _reasons(found: Comparison, pair: tuple[Regest, Regest]) -> list[tuple[str, str]]:
    """What links the two: kind, and what shows it; each sentence once."""
    told: dict[str, tuple[str, str]] = {}
    for stored in found.links:
        link = stored.link
        letters = "A to B" if stored.document == pair[0].id else "B to A"
        words = evidence_words({**link.evidence, "standing": "asserted"})
        if link.printed:
            words = f"“{link.printed}”{f': {words}' if words else ''}"
        sided = link.kind != "counterpart" and link.evidence.get("direction") != "undecided"
        kind = f"{link.kind}, {letters}" if sided else link.kind
        if link.evidence.get("class") == "treaty clause":
            kind = "clause"
        perhaps = "" if stored.standing == "asserted" else " (perhaps)"
        told.setdefault(words, (f"{kind}{perhaps}", words))
    return list(told.values())


def _part(row: Row, documents: tuple[Document, Document]) -> Part:
    marked = "only" if row.kind == "same" else "both"
    label = ""
    if row.kind == "apart":
        label = _apart(row)
    elif row.kind == "like" and row.shared:
        label = f"both have {', '.join(row.shared[:_NAMED])}"
    return Part(
        kind="open" if row.kind == "apart" and max(row.words) <= _SHORT else row.kind,
        first=_shown(documents[0], row.first, row.marks, marked),
        second=_shown(documents[1], row.second, row.others, marked),
        label=label,
        pages=(_page(documents[0], row.first), _page(documents[1], row.second)),
    )


def _apart(row: Row) -> str:
    mine, theirs = row.words
    if mine and theirs:
        return f"{number(mine)} words only in A, {number(theirs)} only in B"
    return f"{count(mine or theirs, 'word')} only in {'A' if mine else 'B'}"


def _page(document: Document, span: Span | None) -> str:
    """The printed page on which a span begins."""
    if span is None:
        return ""
    page = ""
    for mark in document.marks:
        if mark.kind == "page" and mark.start <= span[0] and mark.value:
            page = mark.value
    return f"page {page}" if page else ""


def _shown(
    document: Document, span: Span | None, marks: Sequence[Span], name: str
) -> tuple[Markup, ...]:
    """A span of a text as paragraphs, with its marked words."""
    if span is None:
        return ()
    text, parts = document.text, list[str]()
    start, end = _widened(text, span)
    at = start
    for a, b in marks:
        parts.append(f'{escaped(text[at:a])}<span class="{name}">{escaped(text[a:b])}</span>')
        at = b
    parts.append(escaped(text[at:end]))
    whole = "".join(parts)
    # A mark over the end of a paragraph would be cut in two: the break stays a space there.
    return (
        tuple(Markup(p) for p in whole.split("\n") if p.strip())
        if not _broken(text, marks)
        else (Markup(whole.replace("\n", " ")),)
    )


def _widened(text: str, span: Span) -> Span:
    """A span with the punctuation that clings to it."""
    start, end = span
    while start > 0 and text[start - 1] in "“„«‘([":
        start -= 1
    while end < len(text) and text[end] in ".,;:!?”“»’)]":
        end += 1
    return start, end


def _broken(text: str, marks: Sequence[Span]) -> bool:
    return any("\n" in text[a:b] for a, b in marks)
