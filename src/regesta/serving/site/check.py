"""The check that no link of a site is dead: every page is read again as it stands in its folder.

What comes in are the folder and the names of its files; out go the number of links and those that
lead to no file, or to no such place on a page.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote

from regesta.documents import Value

#: The address in every attribute that leads somewhere, and the names of places. Each begins with
#: letters, for which a search is many times quicker than for white space.
_LINKS = tuple(
    re.compile(rb'%s="(?<=\s%s=")([^"]*)"' % (name[-1:], name))
    for name in (b"href", b"src", b"action")
)
_ID = re.compile(rb'id="(?<=\sid=")([^"]+)"')
#: Parts a page from a link of it that is dead.
ARROW = " → "
_ELSEWHERE = (b"http://", b"https://", b"data:", b"mailto:")


class Checked(Value, frozen=True):
    """What some pages' links lead to.

    Attributes:
        links: How many there are within the site; the same link of one page counts once.
        dead: Those that lead to no file, or to no such place on their own page: "file → target".
        places: Page → place on it → a link that leads there from another page.
    """

    links: int
    dead: tuple[str, ...]
    places: dict[str, dict[str, str]]


def pages_among(files: Iterable[str]) -> list[str]:
    """The pages among a site's files, in order; Pagefind's own are left to it."""
    return sorted(n for n in files if n.endswith(".html") and not n.startswith("pagefind/"))


def check_links(folder: Path, files: set[str]) -> tuple[int, list[str]]:
    """Follow every link of every page of a site: how many there are, and the dead ones."""
    found = check_pages(folder, files, pages_among(files))
    return found.links, [*found.dead, *check_places(folder, found.places)]


def check_pages(folder: Path, files: set[str], pages: Sequence[str]) -> Checked:
    """Follow the links of some pages.

    Args:
        folder: The site.
        files: Names of all its files.
        pages: Those that are read.
    """
    count, dead = 0, list[str]()
    places: dict[str, dict[str, str]] = {}
    # Most links stand on many pages; those that climb to the top mean the same on all of one depth.
    alive: dict[bytes, set[bytes]] = {}
    for name in pages:
        content = _read(folder, name)
        targets = {link for pattern in _LINKS for link in pattern.findall(content)}
        up = b"../" * name.count("/")
        known = alive.setdefault(up, set())
        count += len(targets)
        ids: set[bytes] | None = None
        for target in targets - known:
            where, anchor = _led(name, up, target)
            if where is None:
                count -= 1
            elif not where or where == name:
                if anchor:
                    ids = set(_ID.findall(content)) if ids is None else ids
                    if not _is_there(anchor, ids):
                        dead.append(_told(name, target))
            elif where not in files:
                dead.append(_told(name, target))
            elif anchor:
                places.setdefault(where, {}).setdefault(anchor.decode(), _told(name, target))
            elif target.startswith(up):
                known.add(target)
    return Checked(count, tuple(dead), places)


def _read(folder: Path, name: str) -> bytes:
    """A file as it stands, read without what a buffer costs."""
    with open(f"{folder}/{name}", "rb", buffering=0) as file:
        return file.readall()


def check_places(folder: Path, places: Mapping[str, Mapping[str, str]]) -> list[str]:
    """The links that lead to no such place on another page, as :class:`Checked` has them."""
    dead = []
    for page, wanted in places.items():
        ids = set(_ID.findall(_read(folder, page)))
        dead += [told for anchor, told in wanted.items() if not _is_there(anchor.encode(), ids)]
    return dead


def merged(found: Iterable[Checked]) -> Checked:
    """What several lots of pages lead to, together."""
    count, dead = 0, list[str]()
    places: dict[str, dict[str, str]] = {}
    for one in found:
        count += one.links
        dead += one.dead
        for page, wanted in one.places.items():
            places.setdefault(page, {}).update(wanted)
    return Checked(count, tuple(dead), places)


def _told(name: str, target: bytes) -> str:
    return f"{name}{ARROW}{target.decode()}"


def _is_there(anchor: bytes, ids: set[bytes]) -> bool:
    return anchor in ids or unquote(anchor.decode()).encode() in ids


def _led(page: str, up: bytes, target: bytes) -> tuple[str | None, bytes]:
    """Where a link leads: a file's name from the top of the site, and a place on it.

    The name is "" for the link's own page, and None out of the site; a link that climbs out of the
    folder stays as it is, and is no file.

    Args:
        page: The page that has the link.
        up: What climbs from it to the top; nearly all links begin with it.
        target: The link.
    """
    if target.startswith(_ELSEWHERE):
        return None, b""
    path, _, anchor = target.partition(b"#")
    path = path.partition(b"?")[0]
    if path.startswith(up) and not path.startswith((b".", b"/"), len(up)) and b"/." not in path:
        return path[len(up) :].decode(), anchor
    text = path.decode()
    parts = page.split("/")[:-1] if text else []
    for part in text.split("/"):
        if part == "..":
            if not parts:
                return text, anchor
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return text if text.startswith("/") else "/".join(parts), anchor
