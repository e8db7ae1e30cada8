"""The reading room as an ASGI application: pages, API, error pages, headers that keep it safe.

What comes in is an open edition; out goes an application that any ASGI server can run.
"""

import logging
import os
from collections.abc import Awaitable, Callable, Mapping, Sequence
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders, State
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from regesta.edition import Edition
from regesta.errors import EditionError, QueryError, RegestaError, UnknownDocument, UnknownValue
from regesta.serving.api.openapi import openapi
from regesta.serving.api.page import about, calls
from regesta.serving.api.parameters import BadParameter
from regesta.serving.api.routes import Json, error_response
from regesta.serving.api.routes import routes as api_routes
from regesta.serving.following import Following, record_mark
from regesta.serving.mcp.server import McpEndpoint
from regesta.serving.pages.frame import moved, render
from regesta.serving.pages.routes import error_page
from regesta.serving.pages.routes import routes as page_routes
from regesta.serving.protocols.dts import routes as dts_routes
from regesta.serving.protocols.iiif import routes as iiif_routes
from regesta.serving.protocols.oai import oai

#: No script but our own files, no other host, no frame around us. Inline style attributes are
#: allowed for the length of a bar, nothing else.
SECURITY = {
    "content-security-policy": (
        "default-src 'self'; script-src 'self'; style-src 'self'; "
        "style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}
#: The API is public and read-only: any site's script may ask.
OPEN = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "ETag, Link, X-Total-Count",
}
PREFLIGHT = {
    "access-control-allow-methods": "GET, HEAD, POST",
    "access-control-allow-headers": "*",
    "access-control-max-age": "86400",
}
#: Seconds after which a program may ask again for what is still being found.
RETRY_AFTER = "10"
_LOG = logging.getLogger("regesta")
_STATUS: tuple[tuple[type[RegestaError], int], ...] = (
    (UnknownDocument, 404),
    (UnknownValue, 404),
    (QueryError, 400),
    (BadParameter, 400),
    (EditionError, 503),
)


def _is_api(path: str) -> bool:
    return path in ("/healthz", "/api") or path.startswith(("/api/", "/iiif/"))


class Headers:
    """Adds the security headers to every answer and opens the API to other sites.

    It answers faults as well: what Starlette says of them has no headers of ours.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; write into the head of its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        public = _is_api(scope["path"])
        extra = SECURITY | OPEN if public else SECURITY
        if public and scope["method"] == "OPTIONS":
            await Response(status_code=204, headers=extra | PREFLIGHT)(scope, receive, send)
            return

        started = False

        async def head(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in extra.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", "no-cache")
            await send(message)

        try:
            await self.app(scope, receive, head)
        except Exception as error:
            if not started:
                told = await _on_fault(Request(scope, receive), error)
                await told(scope, receive, head)
            raise


def _told(
    request: Request,
    status: int,
    message: str,
    hint: str = "",
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A failure in the form of the part of the house where it happened."""
    if _is_api(request.url.path):
        return error_response(status, message, hint, headers)
    page: Response = error_page(request, status, message, hint)
    page.headers.update(headers or {})
    return page


async def _on_regesta(request: Request, error: Exception) -> Response:
    assert isinstance(error, RegestaError)
    if isinstance(error, UnknownDocument) and request.method in ("GET", "HEAD"):
        elsewhere = moved(request)
        if elsewhere is not None:
            return elsewhere
    status = next((code for kind, code in _STATUS if isinstance(error, kind)), 500)
    again = {"retry-after": RETRY_AFTER} if status == 503 else None
    return _told(request, status, error.what, error.hint, again)


async def _on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    status = error.status_code
    if status == 404:
        place = "/api lists what can be asked" if _is_api(request.url.path) else "start at /"
        return _told(request, status, "there is no such page", place, error.headers)
    if status == 405:
        message = f"{request.method} is not possible here"
        return _told(request, status, message, "the edition is read-only: use GET", error.headers)
    detail = error.detail or HTTPStatus(status).phrase
    return _told(request, status, str(detail), "", error.headers)


async def _on_fault(request: Request, error: Exception) -> Response:
    debug = bool(os.environ.get("REGESTA_DEBUG"))
    what = f"{request.method} {request.url.path}: {type(error).__name__}: {error}"
    _LOG.error("regesta: %s", " ".join(what.split()), exc_info=error if debug else None)
    return _told(request, 500, "the server failed at this", "the fault is ours; its log says more")


async def _openapi(request: Request) -> Response:
    return Json(openapi(title=request.app.state.edition.info().title or "Regesta"))


def _api_page(request: Request) -> Response:
    return render(request, "api.html", about=about(), calls=calls(request.app.state.edition))


Handler = Callable[[Request, Exception], Awaitable[Response]]


def create_app(edition: Edition, *, hosts: Sequence[str] | None = ()) -> Starlette:
    """Make the application that serves an edition: pages under /, the API under /api.

    Args:
        edition: An open edition; the caller closes the one that ``app.state.edition`` holds at the
            end, which is another after a build.
        hosts: Names besides this machine's own under which /mcp may be asked; None allows any.
    """
    handlers: dict[int | type[Exception], Handler] = {
        RegestaError: _on_regesta,
        HTTPException: _on_http,
    }
    state = State({"edition": edition})
    app = Starlette(
        routes=[
            Route("/api", _api_page, name="api"),
            Route("/api/", _api_page),
            Route("/api/openapi.json", _openapi, name="openapi"),
            *api_routes(),
            *dts_routes(),
            *iiif_routes(),
            Route("/oai", oai, methods=["GET", "POST"], name="oai"),
            Route("/mcp", McpEndpoint(hosts), name="mcp"),
            *page_routes,
        ],
        middleware=[
            Middleware(Headers),
            Middleware(Following, state=state, seen=record_mark(edition.path)),
            Middleware(GZipMiddleware, minimum_size=1024, compresslevel=5),
        ],
        exception_handlers=handlers,
    )
    app.router.redirect_slashes = False
    app.state = state
    return app
