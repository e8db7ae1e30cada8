"""The frame around every page: templates, static files, conditional answers and error pages."""

import datetime as dt
import hashlib
import mimetypes
from collections.abc import Awaitable, Callable
from email.utils import format_datetime
from functools import cache, wraps
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any
from urllib.parse import quote

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from regesta.edition import Edition
from regesta.errors import QueryError, RegestaError, SourceError, UnknownDocument, UnknownValue
from regesta.serving.caching import fresh, mark
from regesta.serving.pages import links as pages_links
from regesta.serving.pages import regests as pages_regests
from regesta.serving.pages import words as pages_words
from regesta.serving.pages.templating import quicken
from regesta.serving.waiting import Late, StillAtWork, how_far, shown_in_time

View = Callable[[Request, Edition], Response]
#: A static file never changes under its address, which holds a hash of all of them.
_FOREVER = "public, max-age=31536000, immutable"
#: Pages are asked about again each time; most answers are "not modified".
_REVALIDATE = "no-cache"


def _walk(folder: Traversable, prefix: str = "") -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.is_dir():
            found |= _walk(entry, f"{prefix}{entry.name}/")
        elif not entry.name.startswith("."):
            found[prefix + entry.name] = entry.read_bytes()
    return found


@cache
def static_files() -> dict[str, bytes]:
    """Every static file by its path; nothing else is served from disk."""
    return _walk(resources.files("regesta.serving").joinpath("static"))


@cache
def digest() -> str:
    """A short hash of static files and templates: it changes when the look does."""
    sha = hashlib.sha256()
    templates = _walk(resources.files("regesta.serving").joinpath("templates"))
    for name, content in (*static_files().items(), *templates.items()):
        sha.update(name.encode() + b"\0" + content)
    return sha.hexdigest()[:10]


def static_url(name: str) -> str:
    """The address of a static file; its hash makes it safe to keep for ever."""
    return f"/static/{digest()}/{name}"


def static(request: Request) -> Response:
    """Answer with a static file."""
    name = request.path_params["name"]
    content = static_files().get(name)
    if content is None:
        return error_page(request, 404, "No such file", "Static files are named by the pages.")
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    kind = {".woff2": "font/woff2", ".js": "text/javascript"}.get(name[name.rfind(".") :], kind)
    named = request.path_params["digest"] == digest()
    return Response(
        content,
        media_type=kind,
        headers={"cache-control": _FOREVER if named else _REVALIDATE},
    )


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("regesta.serving"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        auto_reload=False,
    )
    quicken(environment)
    for module in (pages_links, pages_words, pages_regests):
        for name, value in vars(module).items():
            if callable(value) and not name.startswith("_"):
                environment.globals[name] = value
    environment.filters["language_name"] = pages_words.language_name
    environment.globals["static_url"] = static_url
    return environment


@cache
def _template(name: str) -> jinja2.Template:
    return _environment().get_template(name)


def render(request: Request, template: str, *, status: int = 200, **context: Any) -> Response:
    """Fill a template with the frame's own values and the page's."""
    edition: Edition = request.app.state.edition
    html = _template(template).render(
        info=edition.info(),
        path=request.url.path,
        json_url=context.pop("json_url", ""),
        **context,
    )
    return HTMLResponse(html, status_code=status)


def error_page(request: Request, status: int, message: str, hint: str = "") -> Response:
    """A page that says what is wrong and how to go on."""
    titles = {400: "Not understood", 404: "Not here", 500: "Something broke"}
    response = render(
        request,
        "error.html",
        status=status,
        title=titles.get(status, "Error"),
        status_code=status,
        message=message,
        hint=hint,
    )
    response.headers["cache-control"] = "no-store"
    return response


def _built(edition: Edition) -> str:
    """When the edition was built, as HTTP has it, or ""."""
    try:
        when = dt.datetime.fromisoformat(edition.info().built)
    except ValueError:
        return ""
    return format_datetime(when.astimezone(dt.UTC), usegmt=True)


def page(view: View, *, kept: bool = True) -> Callable[[Request], Response]:
    """Make an endpoint of a view: conditional answers, errors as pages.

    Args:
        view: Makes the page.
        kept: Whether the page stays the same until the next build.
    """

    @wraps(view)
    def endpoint(request: Request) -> Response:
        edition: Edition = request.app.state.edition
        tag, modified = mark(request, digest()), _built(edition)
        headers = {"etag": tag, "cache-control": _REVALIDATE}
        if modified:
            headers["last-modified"] = modified
        if kept and fresh(request, tag):
            return Response(status_code=304, headers=headers)
        try:
            response = view(request, edition)
        except StillAtWork:
            raise
        except (UnknownDocument, UnknownValue, SourceError) as error:
            elsewhere = moved(request) if isinstance(error, UnknownDocument) else None
            if elsewhere is not None:
                return elsewhere
            return error_page(request, 404, error.what, error.hint)
        except QueryError as error:
            return error_page(request, 400, error.what, error.hint)
        except RegestaError as error:
            return error_page(request, 500, error.what, error.hint)
        if response.status_code == 200 and kept:
            response.headers.update(headers)
        elif not kept:
            response.headers["cache-control"] = "no-store"
        return response

    return endpoint


def late_page(view: View) -> Callable[[Request], Awaitable[Response]]:
    """Make an endpoint of a view of what is found after the build: it waits a little for it."""
    make = page(view, kept=False)

    @wraps(view)
    async def endpoint(request: Request) -> Response:
        return await shown_in_time(make, request)

    return endpoint


def running(request: Request, part: Late, template: str) -> Response | None:
    """The page that says how far a part of the edition has come, or None where it is there.

    Raises:
        StillAtWork: It is not, and the reader may wait a little (see :func:`late_page`).
    """
    progress = how_far(request, part)
    if progress is None:
        return None
    return render(request, template, status=202, done=progress[0], total=progress[1])


def moved(request: Request) -> Response | None:
    """Send whoever asks for an id of old to where its document is now, whatever is asked of it."""
    path = request.url.path
    for old, now in request.app.state.edition.moved().items():
        for before in dict.fromkeys((old, quote(old, safe="/"))):
            head, found, tail = path.partition(f"/{before}")
            if found and tail[:1] in ("", "/", "."):
                now = request.app.state.edition.moved_to(old) or now
                query = f"?{request.url.query}" if request.url.query else ""
                return RedirectResponse(f"{head}/{quote(now, safe='/')}{tail}{query}", 301)
    return None


def redirect(url: str) -> Response:
    """Send the reader on to another page of the edition."""
    return RedirectResponse(url, status_code=303)


def in_files(request: Request) -> bool:
    """Whether pages are made to be files, where not every choice can be a page of its own."""
    return bool(getattr(request.app.state, "most_acts", 0))


def whole_number(request: Request, name: str, *, default: int, most: int) -> int:
    """A number of the query string.

    Raises:
        QueryError: It is no number, or below 0 or above ``most``.
    """
    text = request.query_params.get(name, "")
    if not text:
        return default
    if not text.isascii() or not text.isdecimal() or len(text) > 9 or int(text) > most:
        raise QueryError(f"{name} must be a number from 0 to {most}", f"leave out {name}=")
    return int(text)
