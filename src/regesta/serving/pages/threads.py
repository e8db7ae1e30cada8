"""Threads as pages: who answered whom and when, and what nobody answered.

What comes in is an address; out goes a list of threads or of documents without an answer, or one
thread as a conversation.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from regesta.edition import Edition
from regesta.edition.links.lists import ConversationLine
from regesta.edition.results import FacetCount, Regest
from regesta.errors import UnknownValue
from regesta.serving.pages.facets import (
    ROWS,
    FacetRow,
    chosen_values,
    months_or_longer,
    toggles,
)
from regesta.serving.pages.frame import in_files, render, running, whole_number
from regesta.serving.pages.indexes import paging
from regesta.serving.pages.links import document_url
from regesta.serving.pages.references import relation_words
from regesta.serving.pages.words import parties_words

PER_PAGE, _MOST = 50, 1_000_000
_OPEN = "unanswered"
_FILTERS = ("sender", "recipient", "month")


@dataclass(frozen=True, slots=True)
class ThreadLine:
    """A thread in a list."""

    url: str
    first: Regest
    size: int
    until: str


@dataclass(frozen=True, slots=True)
class Turn:
    """A document of a conversation: who speaks ("a", "b" or ""), and what it does."""

    regest: Regest
    side: str
    relation: str


def thread_url(id: str) -> str:
    """The page of a thread, by any of its documents."""
    return document_url(id).replace("/documents/", "/threads/", 1)


def threads_page(request: Request, edition: Edition) -> Response:
    """All threads, the longest first; or what nobody answered; with filters."""
    if (waiting := running(request, edition.links, "links_running.html")) is not None:
        return waiting
    offset = whole_number(request, "offset", default=0, most=_MOST)
    open_only = request.query_params.get("show") == _OPEN
    asked = chosen_values(request, _FILTERS)
    lists = (edition.links.unanswered, edition.links.threads)
    ask, ask_others = lists if open_only else reversed(lists)
    found = ask(**asked, limit=PER_PAGE, offset=offset)
    regests = {r.id: r for r in edition.regests([line.document for line in found.lines])}
    asked = {"show": (_OPEN,) if open_only else (), **asked}
    pairs = [(name, value) for name, values in asked.items() for value in values]
    return render(
        request,
        "threads.html",
        lines=[_line(line, regests[line.document]) for line in found.lines],
        open_only=open_only,
        total=found.total,
        others=ask_others(limit=0).total,
        filtered=any(asked[name] for name in _FILTERS),
        facets=[] if in_files(request) else list(_facets(asked, found.facets)),
        pages=paging(
            "/threads", list(pairs), offset=offset, shown=len(found.lines), total=found.total,
            size=PER_PAGE,
        ),
    )  # fmt: skip


def _line(line: ConversationLine, first: Regest) -> ThreadLine:
    until = line.last if line.last > line.first else ""
    return ThreadLine(thread_url(first.id), first, line.size, until)


def _facets(
    asked: Mapping[str, tuple[str, ...]], counted: Mapping[str, Sequence[FacetCount]]
) -> Iterator[tuple[str, list[FacetRow]]]:
    unit, times = months_or_longer(counted.get("month", ()), asked["month"])
    for title, name in (("Sender", "sender"), ("Recipient", "recipient"), (unit, "month")):
        shown = times if name == "month" else counted.get(name, ())[:ROWS]
        if len(shown) > 1 or asked[name]:
            yield title, toggles("/threads", asked, name, shown)


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
