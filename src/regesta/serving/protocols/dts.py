"""Distributed Text Services 1.0: collections, citation trees and passages, for reading programs.

What comes in are requests to /api/dts; out go JSON-LD and TEI as the specification has them
(dtsapi.org, version 1.0, level 1).
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import Any

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from regesta.documents import Document
from regesta.edition import Edition
from regesta.errors import UnknownValue
from regesta.serving.api.parameters import BadParameter, Form, Nothing
from regesta.serving.api.routes import Json
from regesta.serving.caching import fresh, mark
from regesta.serving.protocols import dts_tree
from regesta.serving.protocols.dts_answers import (
    CONTEXT,
    MEDIA_TYPES,
    VERSION,
    Places,
    collection_object,
    resource_object,
    root_id,
    root_object,
    unit_object,
)
from regesta.serving.protocols.dts_parameters import (
    CollectionParameters,
    DocumentParameters,
    NavigationParameters,
)

#: Members of one page of a collection, and of one page of a citation tree. Large, because some
#: clients read the first page only: a volume of the usual size stands on one.
COLLECTION_PAGE, NAVIGATION_PAGE = 2000, 5000
LD = "application/ld+json"

Answer = Callable[[Edition, Any, Places], Response]


class _Linked(Json):
    media_type = LD


def entry(edition: Edition, _: Any, places: Places) -> Response:
    """Where the other endpoints are."""
    return _Linked(
        {
            "@context": CONTEXT,
            "dtsVersion": VERSION,
            "@id": places.base,
            "@type": "EntryPoint",
            "collection": places.collection(),
            "navigation": places.navigation(),
            "document": places.document(),
        }
    )


def collection(edition: Edition, asked: CollectionParameters, places: Places) -> Response:
    """The edition, a collection or a document, with its children or parents."""
    root = root_id(edition)
    id = asked.id or root
    if id == root:
        found = root_object(edition, places)
        rows = [collection_object(c, places, root=root) for c in edition.collections()]
        members, parents = rows, []
    elif "/" in id:
        document = edition.document(id)
        found = resource_object(edition, document, places)
        members = []
        parents = [collection_object(edition.collection(document.collection), places, root=root)]
    else:
        summary = edition.collection(id)
        found = collection_object(summary, places, root=root)
        if asked.nav == "children":
            members = _documents(edition, id, asked.page, places)
        parents = [root_object(edition, places)]
    if asked.nav == "parents":
        return _Linked(_whole({**found, "member": parents}))
    total = found.get("totalChildren", 0)
    if id == root:
        start = (max(asked.page, 1) - 1) * COLLECTION_PAGE
        members = members[start : start + COLLECTION_PAGE]
    if found["@type"] == "Collection":
        found["member"] = members
        view = _view(asked.page, total, COLLECTION_PAGE, lambda page: places.page(id, page))
        found |= {"view": view} if view else {}
    return _Linked(_whole(found))


def _documents(edition: Edition, id: str, page: int, places: Places) -> list[dict[str, Any]]:
    start = (max(page, 1) - 1) * COLLECTION_PAGE
    regests = [e.regest for e in edition.contents(id) if e.regest is not None]
    ids = [regest.id for regest in regests[start : start + COLLECTION_PAGE]]
    return [resource_object(edition, document, places) for document in edition.documents(ids=ids)]


def _whole(found: dict[str, Any]) -> dict[str, Any]:
    return {"@context": CONTEXT, "dtsVersion": VERSION, **found}


def _view(page: int, total: int, size: int, address: Callable[[int], str]) -> dict[str, Any] | None:
    """Where the other pages are; None where all stands on one. Raises UnknownValue past the end."""
    last = max(1, ceil(total / size))
    if page > last:
        raise UnknownValue(f"there is no page {page}", f"the last is {last}")
    if last == 1:
        return None
    page = max(page, 1)
    return {
        "@id": address(page),
        "@type": "Pagination",
        "first": address(1),
        "previous": address(page - 1) if page > 1 else None,
        "next": address(page + 1) if page < last else None,
        "last": address(last),
    }


def navigation(edition: Edition, asked: NavigationParameters, places: Places) -> Response:
    """What can be cited in a document."""
    dts_tree.check(asked.ref, asked.start, asked.end)
    document = _resource(edition, asked.resource)
    found = dts_tree.units(document, asked.tree)
    members = None if not found else dts_tree.members(
        found, ref=asked.ref, start=asked.start, end=asked.end, down=asked.down
    )  # fmt: skip
    answer: dict[str, Any] = {
        "@id": places.here,
        "@type": "Navigation",
        "resource": resource_object(edition, document, places),
    }
    for name in ("ref", "start", "end"):
        if id := getattr(asked, name):
            answer[name] = unit_object(found[dts_tree.unit(found, id)])
    if not found:
        answer["member"] = []
    elif members is not None:
        start = (max(asked.page, 1) - 1) * NAVIGATION_PAGE
        page = members[start : start + NAVIGATION_PAGE]
        answer["member"] = [unit_object(one) for one in page]
        view = _view(asked.page, len(members), NAVIGATION_PAGE, places.same_page)
        answer |= {"view": view} if view else {}
    return _Linked(_whole(answer))


def document(edition: Edition, asked: DocumentParameters, places: Places) -> Response:
    """A document, or a passage of it."""
    dts_tree.check(asked.ref, asked.start, asked.end)
    found = _resource(edition, asked.resource)
    media = asked.mediaType or MEDIA_TYPES[0]
    if media not in MEDIA_TYPES:
        known = ", ".join(MEDIA_TYPES)
        raise UnknownValue(f"{media!r} is no media type of this document", f"it has {known}")
    part = _part(found, asked) if asked.ref or asked.start else None
    if media == "application/tei+xml":
        text = edition.tei(found.id) if part is None else edition.tei_part(found.id, part)
    else:
        shown = part or found
        lines = [line for line in shown.text.split("\n") if line.strip()]
        notes = [f"{note.n} {note.text}".strip() for note in shown.notes]
        text = "\n\n".join([*lines, *notes]) + "\n"
        if media == "text/html":
            text = _html(found, lines, notes)
    link = f'<{places.collection_of(found.id)}>; rel="collection"'
    return Response(text, media_type=media, headers={"link": link})


def _html(document: Document, lines: list[str], notes: list[str]) -> str:
    from markupsafe import escape

    title = escape(document.heading or document.id)
    body = "\n".join(f"<p>{escape(line)}</p>" for line in lines)
    foot = "\n".join(f"<li>{escape(note)}</li>" for note in notes)
    foot = f"\n<ul>\n{foot}\n</ul>" if notes else ""
    language = escape(document.word("language"))
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head><meta charset="utf-8">'
        f"<title>{title}</title></head>\n<body>\n{body}{foot}\n</body>\n</html>\n"
    )


def _resource(edition: Edition, id: str) -> Document:
    if not id:
        raise BadParameter("resource is missing", "give resource=collection/local-id")
    return edition.document(id)


def _part(found: Document, asked: DocumentParameters) -> Document:
    """The passage between two units."""
    from regesta.exporting.tei.part import passage

    units = dts_tree.units(found, asked.tree)
    first, last = dts_tree.chosen(units, asked.ref, asked.start, asked.end)
    page = units[first : last + 1]
    if all(one.kind == "note" for one in page):
        return passage(found, 0, 0, [found.notes[one.note] for one in page if one.note is not None])
    spans = [one for one in page if one.kind != "note"]
    outside = [one for one in page if one.kind == "note" and not one.parent]
    if units[first].parent:  # a range that begins at a note: its paragraph is part of it
        spans.insert(0, units[dts_tree.unit(units, units[first].parent)])
    loose = [found.notes[one.note] for one in outside if one.note is not None]
    return passage(found, spans[0].start, spans[-1].end, loose)


@dataclass(frozen=True, slots=True)
class DtsRow:
    """An endpoint: where it is, what it takes, how it answers."""

    path: str
    name: str
    summary: str
    answer: Answer
    parameters: type[msgspec.Struct] = Nothing
    media_types: tuple[str, ...] = (LD,)


ROWS = (
    DtsRow("/api/dts", "entry", "Distributed Text Services: where its endpoints are.", entry),
    DtsRow(
        "/api/dts/collection",
        "collection",
        "Distributed Text Services: collections and documents, with children or parents.",
        collection,
        CollectionParameters,
    ),
    DtsRow(
        "/api/dts/navigation",
        "navigation",
        "Distributed Text Services: what can be cited in a document.",
        navigation,
        NavigationParameters,
    ),
    DtsRow(
        "/api/dts/document",
        "document",
        "Distributed Text Services: a document or a passage of it.",
        document,
        DocumentParameters,
        MEDIA_TYPES,
    ),
)


def _route(row: DtsRow, slash: str) -> Route:
    form = Form(row.parameters)

    async def handle(request: Request) -> Response:
        tag = mark(request)
        asked = form.read(request.query_params.multi_items())
        if fresh(request, tag):
            return Response(status_code=304, headers={"etag": tag})
        places = Places.of(request)
        found = await run_in_threadpool(row.answer, request.app.state.edition, asked, places)
        found.headers["etag"] = tag
        return found

    return Route(row.path + slash, handle, name=f"dts-{row.name}{slash}")


def routes() -> list[Route]:
    """The four endpoints, each with and without a slash at its end."""
    return [_route(row, slash) for row in ROWS for slash in ("", "/")]
