"""A page of the reading room as a file: rendered by the room's own views, its links relative.

What comes in are addresses; out go files below a folder, and the addresses that they lead to. A
worker keeps the edition open; no server and no socket is asked.
"""

import html
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route

from regesta.documents import Value
from regesta.edition import Edition
from regesta.errors import RegestaError
from regesta.serving.app import create_app
from regesta.serving.pages.document import download
from regesta.serving.pages.frame import render
from regesta.serving.protocols.dts_answers import Object
from regesta.serving.site.dts import document_files, parent_of
from regesta.serving.site.names import DOWNLOADS, file_of, is_download, normal

#: Stands for the edition's address where nobody has said it; taken out of the pages again.
NOWHERE = "edition.invalid"
POLICY = (
    "default-src 'self' file:; script-src 'self' file: 'wasm-unsafe-eval'; style-src 'self' file:; "
    "style-src-attr 'unsafe-inline'; img-src 'self' file: data:; font-src 'self' file:; "
    "object-src 'none'; base-uri 'none'; form-action 'self' file:"
)
_SEARCH = "/search"
_LINK = re.compile(r'\s(href|src|action)="(/[^"]*)"')
_FORM = re.compile(r'<form class="[^"]*\btools\b[^"]*".*?</form>', re.DOTALL)
_HOLLOW = re.compile(
    r'<(li|span|p)(?: class="[^"]*")?>\s*<a(?![^>]*\shref=)[^>]*>[^<]*</a>\s*</\1>'
)
_LOOSE = re.compile(r"<link(?![^>]*\shref=)[^>]*>\n?")
_PRELOAD = re.compile(r'<link rel="preload"[^>]*>\n?')
_UNKNOWN = re.compile(
    r'<meta [^>]*edition\.invalid[^>]*>\n?|&amp;rft_id=[^&"]*edition\.invalid[^&"]*'
)


class Made(Value, frozen=True):
    """What became of an address.

    Attributes:
        links: Normal addresses of pages that the page leads to.
        why: What the page said instead of itself, or "".
        moved: Where the address leads on to, or "".
        files, bytes: Written.
        dropped: Links taken out because they need a server.
    """

    address: str
    links: tuple[str, ...] = ()
    why: str = ""
    moved: str = ""
    files: int = 0
    bytes: int = 0
    dropped: int = 0


class Press:
    """Makes pages into files.

    Args:
        edition: The edition.
        folder: Where files go.
        address: Where the site will stand, or "".
    """

    def __init__(self, edition: Edition, folder: Path, *, address: str = "") -> None:
        self.edition, self.folder, self.address = edition, folder, address
        self.app: Starlette = create_app(edition)
        self._parents: dict[str, Object] = {}
        self.routes = [r for r in self.app.routes if isinstance(r, Route)]
        base = urlsplit(address or f"http://{NOWHERE}")
        self._server = {
            "scheme": base.scheme,
            "server": (base.hostname, base.port or (443 if base.scheme == "https" else 80)),
            "headers": [(b"host", base.netloc.encode())],
        }

    def _scope(self, address: str) -> dict[str, Any]:
        path, _, query = address.partition("?")
        return {
            "type": "http", "method": "GET", "path": unquote(path), "raw_path": path.encode(),
            "query_string": query.encode(), "root_path": "", "app": self.app, **self._server,
        }  # fmt: skip

    def search_page(self, *, has_pagefind: bool) -> bytes:
        """The search page, which asks the index by its script."""
        request = Request(self._scope("/search"))
        response = render(request, "site_search.html", title="Search", has_pagefind=has_pagefind)
        text, _, _ = relinked(self._placeless(bytes(response.body).decode()), "search.html", {})
        return self._dressed(text, "/search").encode()

    def answer(self, address: str) -> Response:
        """What the reading room answers to an address, without its wrappings."""
        scope = self._scope(address)
        for route in self.routes:
            match, found = route.matches(scope)
            if match is Match.FULL:
                response: Response = found["endpoint"](Request({**scope, **found}))
                return response
        return Response(status_code=404)

    def make(self, address: str, exceptions: Mapping[str, str | None]) -> Made:
        """Make a page's file, and what goes with it.

        Args:
            address: Normal address.
            exceptions: Address → its file where it has another one than by its name, or None
                where it has none.
        """
        file = exceptions.get(address, file_of(address))
        if file is None:
            return Made(address, why="becomes no file")
        try:
            response = self.answer(address)
        except RegestaError as error:
            return Made(address, why=str(error))
        if 300 <= response.status_code < 400:
            return Made(address, moved=normal(response.headers["location"]))
        if response.status_code != 200:
            return Made(address, why=f"says {response.status_code}")
        if file.endswith(".html") and response.media_type != "text/html":
            return Made(address, why="is no page")
        body = bytes(response.body)
        links: tuple[str, ...] = ()
        dropped = 0
        if file.endswith(".html"):
            text, links, dropped = relinked(self._placeless(body.decode()), file, exceptions)
            body = self._dressed(text, address).encode()
        size = self._write(file, body)
        made = 1
        if address.startswith("/documents/") and file.endswith(".html"):
            for name, content in self._beside(address, file):
                size += self._write(name, content)
                made += 1
        return Made(address, links=links, files=made, bytes=size, dropped=dropped)

    def _beside(self, address: str, file: str) -> list[tuple[str, bytes]]:
        """A document's downloads and its part of the text service."""
        document = self.edition.document(unquote(address).removeprefix("/documents/"))
        stem = file.removesuffix(".html")
        found = {
            suffix: bytes(download(self.edition, document, suffix).body) for suffix in DOWNLOADS
        }
        if document.collection not in self._parents:
            self._parents[document.collection] = parent_of(self.edition, document.collection)
        parent = self._parents[document.collection]
        beside = [(stem + suffix, content) for suffix, content in found.items()]
        return beside + document_files(self.edition, document, tei=found[".xml"], parent=parent)

    def _dressed(self, text: str, address: str) -> str:
        """A page with what a file must say for itself."""
        policy = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        text = text.replace('<meta charset="utf-8">', f'<meta charset="utf-8">\n{policy}', 1)
        text = _PRELOAD.sub("", text)
        if address.startswith("/documents/"):
            text = text.replace('<main id="main"', '<main id="main" data-pagefind-body', 1)
        return text

    def _placeless(self, text: str) -> str:
        """A page without an address of the edition, where nobody has said one."""
        if self.address:
            return text
        return _UNKNOWN.sub("", text).replace(f"http://{NOWHERE}", "")

    def _write(self, file: str, content: bytes) -> int:
        path = self.folder / file
        try:
            path.write_bytes(content)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return len(content)


def _file(address: str, exceptions: Mapping[str, str | None]) -> str | None:
    """The file of an address; a download goes with its page's."""
    if is_download(address):
        stem, dot, suffix = address.rpartition(".")
        page = exceptions.get(stem)
        if page is not None:
            return f"{page.removesuffix('.html')}{dot}{suffix}"
    return exceptions[address] if address in exceptions else file_of(address)


@lru_cache(maxsize=200_000)
def _target(link: str) -> tuple[str, str | None, str, bool]:
    """Where a link leads: its address, its file by name, what follows, and whether it is a page.

    Most links of a site stand on many pages.
    """
    target, hash_, anchor = html.unescape(link).partition("#")
    if target.startswith(_SEARCH) and not target.startswith(f"{_SEARCH}."):
        query = target.partition("?")[2]
        return _SEARCH, None, f"?{html.escape(query)}" if query else "", False
    address = normal(target)
    return address, _file(address, {}), f"{hash_}{html.escape(anchor)}", not is_download(address)


def relinked(
    text: str, file: str, exceptions: Mapping[str, str | None]
) -> tuple[str, tuple[str, ...], int]:
    """A page whose links lead to files: its text, the pages that it leads to, and links taken out.

    Args:
        text: The page as the reading room has it.
        file: Its name, from the top of the site.
        exceptions: As in :meth:`Press.make`.
    """
    up = "../" * file.count("/")
    links: dict[str, None] = {}
    dropped = 0

    def link(match: re.Match[str]) -> str:
        nonlocal dropped
        address, found, rest, is_page = _target(match[2])
        if address == _SEARCH:
            return f' {match[1]}="{up}search.html{rest}"'
        if exceptions:
            found = _file(address, exceptions)
        if found is None:
            dropped += 1
            if address in exceptions:
                links[address] = None
            return ""
        if is_page:
            links[address] = None
        return f' {match[1]}="{up}{found}{rest}"'

    text = _LINK.sub(link, _FORM.sub("", text))
    text = _LOOSE.sub("", _HOLLOW.sub("", text))
    return text, tuple(links), dropped
