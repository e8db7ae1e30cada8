"""A page of the reading room as a file: rendered by the room's own views, its links relative.

What comes in are addresses; out go files below a folder, and the addresses that they lead to. A
worker keeps the edition open; no server and no socket is asked.
"""

import html
import inspect
import os
import re
from collections.abc import Container, Mapping
from contextlib import suppress
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
from regesta.errors import RegestaError, UnknownDocument
from regesta.serving.app import create_app
from regesta.serving.pages.acts import ACTS_TABLE
from regesta.serving.pages.document import document_title, download
from regesta.serving.pages.frame import moved, render
from regesta.serving.protocols.dts_answers import Object
from regesta.serving.site.dts import document_files, parent_of, text_file
from regesta.serving.site.names import DOWNLOADS, MOST_ACTS, PAGES, file_of, is_download, normal
from regesta.serving.site.pagefind import words_page

#: Stands for the edition's address where nobody has said it; taken out of the pages again.
NOWHERE = "edition.invalid"
POLICY = (
    "default-src 'self' file:; script-src 'self' file: 'wasm-unsafe-eval'; style-src 'self' file:; "
    "style-src-attr 'unsafe-inline'; img-src 'self' file: data:; font-src 'self' file:; "
    "object-src 'none'; base-uri 'none'; form-action 'self' file:"
)
_SEARCH, _DAY = "/search", "/on/"
#: Beginnings of addresses that may become files; a link with another needs a server.
_FIRST = {*PAGES, "static", ACTS_TABLE[1:]}
_ANEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
#: Attributes that lead somewhere; the length of the longest with a space.
_LEADING, _LENGTH = ("href", "src", "action"), 7
_FORM = re.compile(r'<form class="[^"]*\btools\b[^"]*".*?</form>', re.DOTALL)
#: What holds nothing but a link: its beginning before the address, its end after.
_HOLDS = re.compile(r'<(li|span|p)(?: class="[^"]*")?>\s*<a(?:\s[^<>]*)?\Z')
_HELD = re.compile(r"[^>]*>[^<]*</a>\s*</(li|span|p)>")
#: The end of a tag that is left out as a whole.
_TAG_END = re.compile(r"[^>]*>\n?")
_PRELOAD = re.compile(r'<link rel="preload"[^>]*>\n?')
#: What says nothing without an address. Each begins with letters, for which a search is quick.
_UNKNOWN = (
    re.compile(r"<meta [^>]*edition\.invalid[^>]*>\n?"),
    re.compile(r'&amp;rft_id=[^&"]*edition\.invalid[^&"]*'),
)


class Made(Value, frozen=True):
    """What became of an address.

    Attributes:
        links: Normal addresses of pages that the page leads to, and that its press has not told of.
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
        words: Where the words of documents go, for Pagefind; None: nowhere.
    """

    def __init__(
        self, edition: Edition, folder: Path, *, address: str = "", words: Path | None = None
    ) -> None:
        self.edition, self.folder, self.address = edition, folder, address
        self._words = words
        self.app: Starlette = create_app(edition)
        self.app.state.most_acts = MOST_ACTS
        self._parents: dict[str, Object] = {}
        self._folders: set[str] = set()
        self._told: set[str] = set()
        self._days = frozenset(f"{_DAY}{day}" for day in edition.days())
        self.routes = [
            route
            for route in self.app.routes
            if isinstance(route, Route) and route.path.strip("/").partition("/")[0] in PAGES
        ]
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
        return _dressed(text).encode()

    def answer(self, address: str) -> Response:
        """What the reading room answers to an address, without its wrappings.

        Raises:
            RegestaError: It cannot answer, and says why.
        """
        scope = self._scope(address)
        for route in self.routes:
            match, found = route.matches(scope)
            if match is Match.FULL:
                request, view = Request({**scope, **found}), inspect.unwrap(found["endpoint"])
                try:
                    response: Response = view(request, self.edition)
                except UnknownDocument:
                    elsewhere = moved(request)
                    if elsewhere is None:
                        raise
                    return elsewhere
                return response
        return Response(status_code=404)

    def make(
        self, address: str, exceptions: Mapping[str, str | None], *, beside: bool = True
    ) -> Made:
        """Make a page's file, and what goes with it.

        Args:
            address: Normal address.
            exceptions: Address → its file where it has another one than by its name, or None
                where it has none.
            beside: Whether what goes with a document is made too.
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
            body_text = self._placeless(body.decode())
            text, links, dropped = relinked(body_text, file, exceptions, days=self._days)
            body = _dressed(text).encode()
        # Most links stand on many pages, and telling of them takes its time.
        links = tuple(link for link in links if link not in self._told)
        self._told.update(links)
        size = self._write(file, body)
        made = 1
        if beside and address.startswith("/documents/") and file.endswith(".html"):
            sizes = self._beside(address, file.removesuffix(".html"))
            size, made = size + sum(sizes), made + len(sizes)
        return Made(address, links=links, files=made, bytes=size, dropped=dropped)

    def _beside(self, address: str, stem: str) -> list[int]:
        """Write a document's downloads and its part of the text service; the size of each file."""
        document = self.edition.document(unquote(address).removeprefix("/documents/"))
        if document.collection not in self._parents:
            self._parents[document.collection] = parent_of(self.edition, document.collection)
        parent = self._parents[document.collection]
        found = [
            (stem + suffix, bytes(download(self.edition, document, suffix).body))
            for suffix in DOWNLOADS
        ]
        found += document_files(self.edition, document, parent=parent)
        sizes = [self._write(name, content) for name, content in found]
        if self._words is not None:
            page = words_page(document, document_title(self.edition, document))
            self._write(f"{stem}.html", page.encode(), self._words)
        return [*sizes, self._write_again(f"{stem}.xml", text_file(document))]

    def _write_again(self, file: str, name: str) -> int:
        """Give a file a second name, or write it twice where a disk gives only one."""
        self._make_folder(name)
        with suppress(FileNotFoundError):
            os.unlink(f"{self.folder}/{name}")
        try:
            os.link(f"{self.folder}/{file}", f"{self.folder}/{name}")
        except OSError:
            return self._write(name, (self.folder / file).read_bytes())
        return os.stat(f"{self.folder}/{name}").st_size

    def _placeless(self, text: str) -> str:
        """A page without an address of the edition, where nobody has said one."""
        if self.address or NOWHERE not in text:
            return text
        for unknown in _UNKNOWN:
            text = unknown.sub("", text)
        return text.replace(f"http://{NOWHERE}", "")

    def _write(self, file: str, content: bytes, folder: Path | None = None) -> int:
        """Write a file that is not there yet, or write it anew; some hundred thousand are made."""
        self._make_folder(file, folder)
        handle = os.open(f"{folder or self.folder}/{file}", _ANEW, 0o666)
        try:
            left = memoryview(content)
            while left:
                left = left[os.write(handle, left) :]
        finally:
            os.close(handle)
        return len(content)

    def _make_folder(self, file: str, folder: Path | None = None) -> None:
        above = f"{folder or self.folder}/{file.rpartition('/')[0]}"
        if above not in self._folders:
            os.makedirs(above, exist_ok=True)
            self._folders.add(above)


def _dressed(text: str) -> str:
    """A page with what a file must say for itself."""
    policy = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    text = text.replace('<meta charset="utf-8">', f'<meta charset="utf-8">\n{policy}', 1)
    return _PRELOAD.sub("", text) if "preload" in text else text


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
    target, hash_, anchor = (html.unescape(link) if "&" in link else link).partition("#")
    if target.startswith(_SEARCH) and not target.startswith(f"{_SEARCH}."):
        query = target.partition("?")[2]
        return _SEARCH, None, f"?{html.escape(query)}" if query else "", False
    if target[1:].partition("/")[0].partition("?")[0] not in _FIRST:
        return target, None, "", True
    address = normal(target)
    return address, _file(address, {}), f"{hash_}{html.escape(anchor)}", not is_download(address)


@lru_cache(maxsize=200_000)
def _spelt(name: str, link: str, up: str) -> tuple[str, str, bool]:
    """A link's attribute as a file has it ("" where it has none), its address, whether a page."""
    address, found, rest, is_page = _target(link)
    if address == _SEARCH:
        return f' {name}="{up}search.html{rest}"', address, False
    if found is None:
        return "", address, is_page
    return f' {name}="{up}{found}{rest}"', address, is_page


def relinked(
    text: str,
    file: str,
    exceptions: Mapping[str, str | None],
    *,
    days: Container[str] | None = None,
) -> tuple[str, tuple[str, ...], int]:
    """A page whose links lead to files: its text, the pages that it leads to, and links taken out.

    Args:
        text: The page as the reading room has it.
        file: Its name, from the top of the site.
        exceptions: As in :meth:`Press.make`.
        days: Addresses of the days that become pages; None: all.
    """
    up = "../" * file.count("/")
    links: dict[str, None] = {}
    dropped = 0
    # A search for letters is many times quicker than one for white space and a choice of names.
    pieces = (_FORM.sub("", text) if "<form" in text else text).split('="/')
    made = [pieces[0]]
    for piece in pieces[1:]:
        before = made[-1]
        name = (before[-_LENGTH:].split() or [""])[-1]
        if name not in _LEADING:
            made += ('="/', piece)
            continue
        rest, _, following = piece.partition('"')
        link = f"/{rest}"
        spelt, address, is_page = _spelt(name, link, up)
        if exceptions and address != _SEARCH:
            found = _file(address, exceptions)
            spelt = f' {name}="{up}{found}{_target(link)[2]}"' if found is not None else ""
        if days is not None and address.startswith(_DAY) and address not in days:
            spelt = ""  # a calendar leads to its empty days, too
        made[-1] = before = before[: -len(name) - 1]
        if spelt:
            made += (spelt, following)
        else:
            dropped += 1
            before, following = _without(before, following)
            made[-1] = before
            made.append(following)
        if is_page if spelt else address in exceptions:
            links[address] = None
    return "".join(made), tuple(links), dropped


def _without(before: str, following: str) -> tuple[str, str]:
    """What stands on both sides of a link that is taken out, without what held nothing else."""
    tag = before.rfind("<")
    if before.startswith("<link", tag):
        end = _TAG_END.match(following)
        return (before[:tag], following[end.end() :]) if end else (before, following)
    holder = _HOLDS.match(before, max(0, before.rfind("<", 0, tag)))
    held = _HELD.match(following) if holder else None
    if holder is None or held is None or holder[1] != held[1]:
        return before, following
    return before[: holder.start()], following[held.end() :]
