"""Threads and silences as pages: who answered whom and when, and what is not here.

What comes in is an address; out goes a list of threads, one thread as a conversation, or the list
of what documents mention or series leave out, with its witnesses.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from regesta.edition import Edition
from regesta.edition.links.shelf import SILENCES
from regesta.edition.results import FacetCount, Regest
from regesta.errors import UnknownValue
from regesta.serving.answers.links import day_of_no_year, kind_words, silence_heading, what_words
from regesta.serving.pages.frame import render, running, whole_number
from regesta.serving.pages.indexes import paging
from regesta.serving.pages.links import document_url, with_query
from regesta.serving.pages.references import relation_words
from regesta.serving.pages.regests import short_name
from regesta.serving.pages.words import edtf_words, parties_words

if TYPE_CHECKING:
    from regesta.linking.silences import Silence

PER_PAGE, _MOST = 50, 1_000_000
_FACET_ROWS = 14
#: Witnesses named beside a silence.
_WITNESSES = 3
_KINDS = {
    "mentioned": "mentioned by documents here",
    "number": "left out in a sender’s own series",
    "file": "papers of a file, not printed",
}
_PARAMETERS = ("kind", "sender", "month")


@dataclass(frozen=True, slots=True)
class ThreadLine:
    """A thread in a list."""

    url: str
    first: Regest
    size: int


@dataclass(frozen=True, slots=True)
class Turn:
    """A document of a conversation: who speaks ("a", "b" or ""), and what it does."""

    regest: Regest
    side: str
    relation: str


@dataclass(frozen=True, slots=True)
class SilenceRow:
    """A silence in the list."""

    when: str
    what: str
    why: str
    witnesses: tuple[tuple[str, str], ...]
    more: int


@dataclass(frozen=True, slots=True)
class FacetRow:
    """A value to narrow the list by."""

    label: str
    count: int
    percent: int
    url: str
    chosen: bool


def thread_url(id: str) -> str:
    """The page of a thread, by any of its documents."""
    return document_url(id).replace("/documents/", "/threads/", 1)


def threads_page(request: Request, edition: Edition) -> Response:
    """All threads, the longest first; or what nobody answered."""
    if (waiting := running(request, edition.links, "links_running.html")) is not None:
        return waiting
    offset = whole_number(request, "offset", default=0, most=_MOST)
    open_only = request.query_params.get("show") == "unanswered"
    lines: list[ThreadLine] = []
    if open_only:
        total, ids = edition.links.unanswered(limit=PER_PAGE, offset=offset)
        regests = edition.regests(ids)
    else:
        total, found = edition.links.threads(limit=PER_PAGE, offset=offset)
        regests = edition.regests([id for id, _ in found])
        sizes = dict(found)
        lines = [ThreadLine(thread_url(r.id), r, sizes[r.id]) for r in regests]
    pairs: list[tuple[str, object]] = [("show", "unanswered")] if open_only else []
    return render(
        request,
        "threads.html",
        lines=lines,
        unanswered=regests if open_only else (),
        open_only=open_only,
        total=total,
        others=(edition.links.threads(limit=0) if open_only else edition.links.unanswered(limit=0))[
            0
        ],
        pages=paging(
            "/threads", pairs, offset=offset, shown=len(regests), total=total, size=PER_PAGE
        ),
    )


def thread_page(request: Request, edition: Edition) -> Response:
    """One thread, as a conversation where two parties speak."""
    if (waiting := running(request, edition.links, "links_running.html")) is not None:
        return waiting
    id = request.path_params["id"]
    found = edition.thread(id)
    if found is None:
        raise UnknownValue(
            f"the document {id} stands in no thread", "nothing here answers or continues it"
        )
    ids = [step.document for step in found.steps]
    regests = {regest.id: regest for regest in edition.regests(ids)}
    known = [regests[i] for i in ids if i in regests]
    sides = _sides(known)
    turns, before = [], ""
    for step in found.steps:
        regest = regests.get(step.document)
        if regest is None:
            continue
        relation = relation_words(step.answers, step.continues, before, regests)
        turns.append(Turn(regest, sides.get(regest.id, ""), relation))
        before = step.document
    days = [turn.regest.date.day for turn in turns if turn.regest.date and turn.regest.date.day]
    return render(
        request,
        "thread.html",
        turns=turns,
        parties=_names(known, sides),
        first=days[0] if days else "",
        last=days[-1] if days else "",
        replies=sum(bool(step.answers) for step in found.steps),
        json_url=f"/api{document_url(found.id)}/thread",
    )


def _party(regest: Regest) -> str:
    return parties_words(regest.senders)


def _other(regest: Regest) -> str:
    return parties_words(regest.recipients)


def _sides(regests: list[Regest]) -> dict[str, str]:
    """Document id → "a" or "b", where two parties speak to each other and nobody else does.

    A party is known by either end: the one who answers may sign for an office under another title.
    """
    first = next((r for r in regests if _party(r) and _other(r)), None)
    if first is None:
        return {}
    a, b = _party(first), _other(first)
    sides = {}
    for regest in regests:
        if _party(regest) == a or _other(regest) == b:
            sides[regest.id] = "a"
        elif _party(regest) == b or _other(regest) == a:
            sides[regest.id] = "b"
        else:
            return {}
    return sides if len(set(sides.values())) == 2 else {}


def _names(regests: list[Regest], sides: dict[str, str]) -> list[str]:
    """What the two parties are called most often."""
    names: list[str] = []
    for side in ("a", "b"):
        said = Counter(_party(r) for r in regests if sides.get(r.id) == side and _party(r))
        names += [name for name, _ in said.most_common(1)]
    return names if len(names) == 2 else []


def silences_page(request: Request, edition: Edition) -> Response:
    """What is not here, with filters."""
    if (waiting := running(request, edition.links, "links_running.html")) is not None:
        return waiting
    asked = {
        name: tuple(dict.fromkeys(v for v in request.query_params.getlist(name) if v))[:50]
        for name in _PARAMETERS
    }
    if not asked["kind"] and "kind" not in request.query_params:
        asked["kind"] = ("mentioned",)
    offset = whole_number(request, "offset", default=0, most=_MOST)
    found = edition.silences(
        kind=asked["kind"],
        sender=asked["sender"],
        month=asked["month"],
        limit=PER_PAGE,
        offset=offset,
    )
    ids = {id for silence in found.silences for id in silence.witnesses[:_WITNESSES]}
    regests = {regest.id: regest for regest in edition.regests(sorted(ids))}
    pairs = [(name, value) for name, values in asked.items() for value in values]
    return render(
        request,
        "silences.html",
        rows=[_silence(silence, regests) for silence in found.silences],
        found=found,
        heading=silence_heading(found, asked["kind"]),
        apart=""
        if "file" in asked["kind"] or "file" not in found.by_kind
        else kind_words("file", *found.by_kind["file"]),
        facets=list(_facets(asked, found.facets)),
        filtered=bool(asked["sender"] or asked["month"]),
        pages=paging(
            "/silences",
            list(pairs),
            offset=offset,
            shown=len(found.silences),
            total=found.total,
            size=PER_PAGE,
        ),
        json_url=with_query("/api/silences", pairs),
    )


def _silence(silence: "Silence", regests: dict[str, Regest]) -> SilenceRow:
    known = [regests[id] for id in silence.witnesses[:_WITNESSES] if id in regests]
    if silence.kind == "mentioned":
        why = f"“{silence.printed}”, in"
    else:
        why = f"{silence.count} left out between" if silence.count > 1 else "left out between"
    return SilenceRow(
        when=_when(silence),
        what=what_words(silence),
        why=why,
        witnesses=tuple((document_url(r.id), short_name(r, year=True)) for r in known),
        more=len(silence.witnesses) - len(known),
    )


def _when(silence: "Silence") -> str:
    """The day or the days between, in words."""
    if not silence.first:
        return ""
    if silence.first == silence.last:
        day = day_of_no_year(silence.first) or edtf_words(silence.first)
        return f"{day}, {silence.time}" if silence.time else day
    return edtf_words(f"{silence.first}/{silence.last}")


def _facets(
    asked: dict[str, tuple[str, ...]], counted: dict[str, tuple[FacetCount, ...]]
) -> Iterable[tuple[str, list[FacetRow]]]:
    names = {"kind": "How it is known", "sender": "Sender", "month": "Month"}
    for name in _PARAMETERS:
        values = counted.get(name, ())
        order = {kind: i for i, kind in enumerate(SILENCES)}
        if name == "kind":
            values = tuple(sorted(values, key=lambda row: order.get(row.value, 9)))
        most = max((row.count for row in values), default=1)
        rows = []
        for row in values[:_FACET_ROWS]:
            chosen = row.value in asked[name]
            kept = tuple(v for v in asked[name] if v != row.value) if chosen else (row.value,)
            wanted = {**asked, name: kept}
            pairs = [
                (n, v) for n, vs in wanted.items() for v in (vs or ("",) if n == "kind" else vs)
            ]
            label = _KINDS.get(row.value, row.value) if name == "kind" else row.label
            label = edtf_words(label) if name == "month" else label
            url = "/silences?" + _query(pairs)
            rows.append(FacetRow(label, row.count, -(-100 * row.count // most), url, chosen))
        if rows:
            yield names[name], rows


def _query(pairs: list[tuple[str, str]]) -> str:
    """A query string that keeps an empty kind: it means all kinds."""
    return urlencode(pairs)
