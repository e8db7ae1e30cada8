"""The API: what an edition answers, as JSON under /api.

What comes in is a request whose parameters are checked already; out goes a shape of api.models,
encoded as it stands. Every endpoint is a row of ENDPOINTS, from which the routes, the OpenAPI
description and the page for people are made.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from regesta.documents import to_line
from regesta.edition import Edition
from regesta.errors import UnknownValue
from regesta.serving.answers.asking import asked_citation, asked_search
from regesta.serving.answers.audit import AuditAnswer, audit_answer
from regesta.serving.answers.documents import (
    citation_lines,
    collection_answer,
    collection_line,
    day_answer,
    index_lines,
    search_answer,
    verify_answer,
)
from regesta.serving.answers.links import (
    CounterpartLine,
    SilenceLine,
    StoredLinkLine,
    ThreadAnswer,
    counterpart_lines,
    link_answer,
    silence_lines,
    thread_answer,
)
from regesta.serving.answers.names import (
    NameLine,
    SuggestedHeadingLine,
    SuggestedLine,
    heading_lines,
    name_lines,
    suggested_lines,
)
from regesta.serving.api.acts import ROWS as ACTS
from regesta.serving.api.authorities import ROWS as AUTHORITIES
from regesta.serving.api.models import (
    Citation,
    CitationLine,
    CollectionAnswer,
    CollectionLine,
    DayAnswer,
    DescribedLine,
    ErrorAnswer,
    ErrorDetail,
    Health,
    IndexLine,
    SearchAnswer,
    VerifyAnswer,
)
from regesta.serving.api.parameters import (
    AuditParameters,
    BadParameter,
    CiteParameters,
    CounterpartParameters,
    FindParameters,
    Form,
    IndexParameters,
    LinkParameters,
    Nothing,
    PageParameters,
    SearchParameters,
    SilenceParameters,
    VerifyParameters,
)
from regesta.serving.caching import fresh, mark
from regesta.serving.waiting import patiently, ready

Headers = dict[str, str]
#: Bytes of a posted body; more is refused.
LARGEST_BODY = 200_000
_ENCODER = msgspec.json.Encoder()


class Json(Response):
    """A response that msgspec encodes."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        """Encode a value."""
        return _ENCODER.encode(content)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One thing that can be asked.

    Attributes:
        path: Route with its path parameters in braces.
        name: One word or two, for the operation's id.
        summary: What it gives, in one sentence.
        answer: The shape of the answer.
        handle: Edition, parameters, path parameters → the answer and further headers.
        parameters: The struct of its query string.
        paged: Whether X-Total-Count and Link lead through a list.
        body: Whether the parameters may also come as a JSON object, by POST.
    """

    path: str
    name: str
    summary: str
    answer: Any
    handle: Callable[[Edition, Any, Mapping[str, str]], tuple[Any, int | None]]
    parameters: type[msgspec.Struct] = Nothing
    paged: bool = False
    body: bool = False


def search(edition: Edition, asked: SearchParameters, _: Mapping[str, str]) -> tuple[Any, None]:
    """Search; the query is run once."""
    return search_answer(asked_search(edition, asked)), None


def document(edition: Edition, _: Nothing, path: Mapping[str, str]) -> tuple[Any, None]:
    """One document as its described line."""
    id = f"{path['collection']}/{path['document']}"
    return to_line(edition.document(id), links=edition.links.of(id), acts=edition.acts.of(id)), None


def _linked(edition: Edition) -> None:
    """See that the edition is linked, and have it linked where it is not."""
    ready(edition.links, "the edition is still being linked")


def links(edition: Edition, asked: LinkParameters, path: Mapping[str, str]) -> tuple[Any, None]:
    """The links of a document, and those that lead to it."""
    edition.document(id := f"{path['collection']}/{path['document']}")
    _linked(edition)
    found = edition.links(id, kind=asked.kind, standing=asked.standing, incoming=asked.incoming)
    return [link_answer(link) for link in found], None


def counterparts(
    edition: Edition, asked: CounterpartParameters, path: Mapping[str, str]
) -> tuple[Any, None]:
    """The documents that tell the same as a document from another side."""
    edition.document(id := f"{path['collection']}/{path['document']}")
    _linked(edition)
    found = edition.links.counterparts(id, standing=asked.standing)
    regests = {r.id: r for r in edition.regests([one.document for one in found])}
    return counterpart_lines(found, regests), None


def thread(edition: Edition, _: Nothing, path: Mapping[str, str]) -> tuple[Any, None]:
    """The thread of a document, or null."""
    edition.document(id := f"{path['collection']}/{path['document']}")
    _linked(edition)
    found = edition.thread(id)
    if found is None:
        return None, None
    regests = {r.id: r for r in edition.regests([step.document for step in found.steps])}
    return thread_answer(found, regests), None


def names(edition: Edition, _: Nothing, path: Mapping[str, str]) -> tuple[Any, None]:
    """What a document's text names."""
    return name_lines(edition.names(f"{path['collection']}/{path['document']}")), None


def suggested(edition: Edition, _: Nothing, path: Mapping[str, str]) -> tuple[Any, None]:
    """The subjects suggested for a document."""
    edition.document(id := f"{path['collection']}/{path['document']}")
    return suggested_lines(edition.suggestions.of(id)), None


def suggested_headings(
    edition: Edition, asked: PageParameters, _: Mapping[str, str]
) -> tuple[Any, int]:
    """A page of the headings that are suggested."""
    found = edition.suggestions.headings()
    return heading_lines(found[asked.offset : asked.offset + asked.limit]), len(found)


def silences(edition: Edition, asked: SilenceParameters, _: Mapping[str, str]) -> tuple[Any, int]:
    """A page of what is not here."""
    _linked(edition)
    found = edition.silences(
        kind=asked.kind,
        sender=asked.sender,
        month=asked.month,
        limit=asked.limit,
        offset=asked.offset,
    )
    return silence_lines(found), found.total


def index(
    edition: Edition, asked: IndexParameters, path: Mapping[str, str]
) -> tuple[Any, int | None]:
    """A page of an index."""
    entries = edition.index(
        path["name"],
        prefix=asked.prefix,
        limit=asked.limit,
        offset=asked.offset,
        documents=asked.documents,
        level=asked.level,
    )
    whole = not asked.prefix and not asked.level
    return index_lines(entries), edition.index_size(path["name"]) if whole else None


def day(edition: Edition, asked: PageParameters, path: Mapping[str, str]) -> tuple[Any, int]:
    """Everything of a day."""
    found = day_answer(edition.on(path["date"]), limit=asked.limit, offset=asked.offset)
    return found, found.total


def audit(edition: Edition, asked: AuditParameters, _: Mapping[str, str]) -> tuple[Any, int]:
    """A page of what looks wrong."""
    ready(edition.audit, "the edition is still being looked through")
    try:
        found = edition.audit(
            kind=asked.kind,
            collection=asked.collection,
            document=asked.document,
            confidence=asked.confidence,
            state=asked.state,
            limit=asked.limit,
            offset=asked.offset,
        )
    except UnknownValue as error:
        raise BadParameter(error.what, error.hint) from None
    return audit_answer(found), found.total


def cite(edition: Edition, asked: CiteParameters, path: Mapping[str, str]) -> tuple[Any, None]:
    """A citation."""
    id = f"{path['collection']}/{path['document']}"
    first, _, last = asked.span.partition("-")
    span = (int(first), int(last)) if asked.span else None
    return asked_citation(edition, id, asked, span=span)[0], None


def collections(edition: Edition, asked: PageParameters, _: Mapping[str, str]) -> tuple[Any, int]:
    """A page of the list of collections."""
    found = edition.collections()
    page = found[asked.offset : asked.offset + asked.limit]
    return [collection_line(c) for c in page], len(found)


def collection(edition: Edition, asked: PageParameters, path: Mapping[str, str]) -> tuple[Any, int]:
    """A collection with a page of its table of contents."""
    summary, contents = edition.collection(path["id"]), edition.contents(path["id"])
    answer = collection_answer(summary, contents, limit=asked.limit, offset=asked.offset)
    return answer, len(contents)


def find(edition: Edition, asked: FindParameters, _: Mapping[str, str]) -> tuple[Any, None]:
    """Which documents citations mean."""
    return citation_lines(edition.find(asked.citation)), None


def verify(edition: Edition, asked: VerifyParameters, _: Mapping[str, str]) -> tuple[Any, None]:
    """Whether a quotation is verbatim."""
    return verify_answer(edition.verify(asked.id, asked.quotation)), None


def health(edition: Edition, _: Nothing, __: Mapping[str, str]) -> tuple[Any, None]:
    """That the server answers."""
    from regesta import __version__

    info = edition.info()
    return Health("ok", info.title, info.documents, __version__), None


ENDPOINTS = (
    Endpoint(
        "/api/search", "search", "Search for documents.", SearchAnswer, search, SearchParameters
    ),
    Endpoint(
        "/api/documents/{collection}/{document}",
        "document",
        "One document with everything that is known of it: the described line.",
        DescribedLine,
        document,
    ),
    Endpoint(
        "/api/documents/{collection}/{document}/links",
        "links",
        "What a document says of others and others say of it, each with what agreed.",
        list[StoredLinkLine],
        links,
        LinkParameters,
    ),
    Endpoint(
        "/api/documents/{collection}/{document}/counterparts",
        "counterparts",
        "Documents of other archives or parties that tell the same, each with its reasons.",
        list[CounterpartLine],
        counterparts,
        CounterpartParameters,
    ),
    Endpoint(
        "/api/documents/{collection}/{document}/thread",
        "thread",
        "The documents that answer and continue one another around a document, or null.",
        ThreadAnswer | None,
        thread,
    ),
    Endpoint(
        "/api/documents/{collection}/{document}/names",
        "names",
        "The persons, places and powers that a document's text names.",
        list[NameLine],
        names,
    ),
    Endpoint(
        "/api/documents/{collection}/{document}/suggested",
        "suggested",
        "The subjects suggested for a document, with the words that led there.",
        list[SuggestedLine],
        suggested,
    ),
    Endpoint(
        "/api/suggested",
        "suggested headings",
        "The headings suggested for documents, apart from the subject index.",
        list[SuggestedHeadingLine],
        suggested_headings,
        PageParameters,
        paged=True,
    ),
    Endpoint(
        "/api/silences",
        "silences",
        "What is not here: mentioned by documents, or left out in series and files.",
        list[SilenceLine],
        silences,
        SilenceParameters,
        paged=True,
    ),
    Endpoint(
        "/api/index/{name}",
        "index",
        "An index (subject, author, recipient, place or date), in the order of a printed one.",
        list[IndexLine],
        index,
        IndexParameters,
        paged=True,
    ),
    Endpoint(
        "/api/on/{date}",
        "day",
        "Everything of one day, each side's documents together.",
        DayAnswer,
        day,
        PageParameters,
        paged=True,
    ),
    Endpoint(
        "/api/audit",
        "audit",
        "What looks wrong in the edition, each with its words and why, the most certain first.",
        AuditAnswer,
        audit,
        AuditParameters,
        paged=True,
    ),
    Endpoint(
        "/api/cite/{collection}/{document}",
        "cite",
        "A citation of a document, ready to paste.",
        Citation,
        cite,
        CiteParameters,
    ),
    Endpoint(
        "/api/collections",
        "collections",
        "All collections with their counts, in order of the day of their middle paper.",
        list[CollectionLine],
        collections,
        PageParameters,
        paged=True,
    ),
    Endpoint(
        "/api/collections/{id}",
        "collection",
        "One collection with its table of contents.",
        CollectionAnswer,
        collection,
        PageParameters,
        paged=True,
    ),
    Endpoint(
        "/api/find",
        "find",
        "Which documents pasted citations mean, with what agrees; null where none is sure.",
        list[CitationLine],
        find,
        FindParameters,
    ),
    Endpoint(
        "/api/verify",
        "verify",
        "Whether a quotation stands in a document to the letter; if not, what is printed there.",
        VerifyAnswer,
        verify,
        VerifyParameters,
        body=True,
    ),
    *(Endpoint(*row) for row in ACTS),
    *(Endpoint(*row) for row in AUTHORITIES),
    Endpoint("/healthz", "health", "That the server answers, and from what.", Health, health),
)


def error_response(
    status: int, message: str, hint: str = "", headers: Mapping[str, str] | None = None
) -> Json:
    """The one form of every failure."""
    return Json(ErrorAnswer(ErrorDetail(status, message, hint)), status, dict(headers or {}))


def _links(request: Request, asked: Any, total: int | None) -> Headers:
    """Headers that lead through a paged list: how many there are, and where the next page is."""
    if total is None:
        return {}
    headers = {"x-total-count": str(total)}
    following = asked.offset + asked.limit
    if asked.limit and following < total:
        url = request.url.include_query_params(offset=following, limit=asked.limit)
        headers["link"] = f'<{url.path}?{url.query}>; rel="next"'
    return headers


def _answer(endpoint: Endpoint, request: Request, asked: Any, tag: str) -> Response:
    """Ask the edition and encode what it says: all the work of a request, in one thread."""
    value, total = endpoint.handle(request.app.state.edition, asked, request.path_params)
    headers = _links(request, asked, total) if endpoint.paged else {}
    return Json(value, headers={"etag": tag, **headers})


def _route(endpoint: Endpoint) -> Route:
    form = Form(endpoint.parameters)

    async def answer(request: Request) -> Response:
        if request.method == "POST":
            asked = form.read(await _posted(request))
            return await patiently(partial(_answer, endpoint, request, asked, mark(request)))
        asked = form.read(request.query_params.multi_items())
        path: dict[str, str] = request.path_params
        if any(ord(c) < 32 for value in path.values() for c in value):
            raise BadParameter("the address holds a control character", "take it out")
        tag = mark(request)
        if fresh(request, tag):
            return Response(status_code=304, headers={"etag": tag})
        return await patiently(partial(_answer, endpoint, request, asked, tag))

    methods = ["GET", "POST"] if endpoint.body else ["GET"]
    return Route(endpoint.path, answer, methods=methods, name=f"api-{endpoint.name}")


async def _posted(request: Request) -> list[tuple[str, str]]:
    """The parameters in a body: a JSON object of texts."""
    data = bytearray()
    async for piece in request.stream():
        data += piece
        if len(data) > LARGEST_BODY:
            raise HTTPException(413, f"the body has more than {LARGEST_BODY:,} bytes")
    try:
        return list(msgspec.json.decode(bytes(data), type=dict[str, str]).items())
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise BadParameter("the body is no JSON object of texts", '{"id": …, …}') from None


def routes() -> list[Route]:
    """The routes of the API."""
    return [_route(endpoint) for endpoint in ENDPOINTS]
