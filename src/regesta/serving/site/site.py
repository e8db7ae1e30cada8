"""A site: the whole reading room as files, for any web host and for opening from disk.

What comes in is an edition; out goes a folder. It grows beside its place and is put there by one
rename when every link in it leads to a file: a killed export leaves nothing under the site's name.
"""

import os
import re
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from urllib.parse import unquote

from regesta.documents import Value
from regesta.edition import Edition
from regesta.errors import EditionError, RegestaError
from regesta.serving.pages.frame import static_files
from regesta.serving.pages.links import INDEX_PAGES, collection_url, document_url, index_url
from regesta.serving.site.dts import edition_files
from regesta.serving.site.names import file_of, normal
from regesta.serving.site.pagefind import pagefind
from regesta.serving.site.pages import Made, Press
from regesta.serving.site.search import search_files

#: Editions up to this many documents are made in this process: starting others takes as long.
SMALL = 300
#: Addresses that a worker gets at once.
BATCH = 40
_ANY_LINK = re.compile(rb'\s(?:href|src|action)="([^"]*)"')
_ID = re.compile(rb'\sid="([^"]+)"')

#: Called with pages done, pages known so far, and what is at hand.
Progress = Callable[[int, int, str], None]


class SiteReport(Value, frozen=True):
    """What an export made.

    Attributes:
        dead_links: Links within the site that lead nowhere: "file → target".
        dropped: Links of the reading room taken out because they need a server.
        without: Pages that could not be made, with the reason.
        search: "pagefind" or "own".
    """

    path: str
    documents: int
    pages: int
    files: int
    bytes: int
    links: int
    dropped: int
    dead_links: tuple[str, ...]
    without: tuple[str, ...]
    search: str
    seconds: float


def export_site(
    edition: Edition,
    target: Path,
    *,
    force: bool = False,
    address: str = "",
    workers: int | None = None,
    with_pagefind: bool | None = None,
    progress: Progress | None = None,
) -> SiteReport:
    """Write an edition as a site.

    Args:
        edition: An open edition.
        target: The site's folder.
        force: Replace what is there.
        address: Where the site will stand, for what pages say of themselves; "" for nowhere yet.
        workers: Processes; None decides by the size of the edition, 0 uses none.
        with_pagefind: Whether Pagefind indexes the site beside our own search; None: if it is here.
        progress: Told how far it is.

    Raises:
        RegestaError: The target is there, or cannot be written.
        MissingExtra: Pagefind is wanted and not installed.
    """
    started = time.perf_counter()
    if target.exists() and not force and (not target.is_dir() or any(target.iterdir())):
        raise RegestaError(f"{target} is there already", "--force writes over it")
    edition.link()
    building = target.with_name(f".{target.name}.building")
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(parents=True)
    try:
        report = _make(edition, building, address, workers, with_pagefind, progress)
        _put(building, target)
    except OSError as error:
        raise EditionError(f"{target}: {error.strerror or error}", "is there room?") from None
    finally:
        shutil.rmtree(building, ignore_errors=True)
    files, size, links, dead, made, search = report
    return SiteReport(
        path=str(target),
        documents=edition.info().documents,
        pages=sum(not m.why and not m.moved for m in made),
        files=files,
        bytes=size,
        links=links,
        dropped=sum(m.dropped for m in made),
        dead_links=dead,
        without=tuple(f"{m.address}: {m.why}" for m in made if m.why)[:100],
        search=search,
        seconds=round(time.perf_counter() - started, 2),
    )


def _put(building: Path, target: Path) -> None:
    """Put the finished folder in its place."""
    before = target.with_name(f".{target.name}.before")
    shutil.rmtree(before, ignore_errors=True)
    if target.exists():
        target.rename(before)
    try:
        building.rename(target)
    except OSError:
        if before.exists():
            before.rename(target)
        raise
    shutil.rmtree(before, ignore_errors=True)
    with suppress(OSError):
        before.unlink()


def _make(
    edition: Edition,
    folder: Path,
    address: str,
    workers: int | None,
    with_pagefind: bool | None,
    progress: Progress | None,
) -> tuple[int, int, int, tuple[str, ...], list[Made], str]:
    tell = progress or (lambda done, total, what: None)
    count = workers if workers is not None else _workers(edition)
    with _presses(edition, folder, address, count) as run:
        made = _pages(edition, run, tell)
        tell(len(made), len(made), "search")
        for name, content in chain(_statics(), edition_files(edition), search_files(edition)):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        found = pagefind(folder, wanted=with_pagefind)
        press = Press(edition, folder, address=address)
        (folder / "search.html").write_bytes(press.search_page(has_pagefind=found))
        search = "pagefind" if found else "own"
        tell(len(made), len(made), "links")
        everything = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
        links, dead = check_links(folder, everything)
    size = sum((folder / name).stat().st_size for name in everything)
    return len(everything), size, links, tuple(dead), made, search


def _workers(edition: Edition) -> int:
    small = edition.info().documents <= SMALL
    return 0 if small else max(1, min(8, len(os.sched_getaffinity(0))))


Run = Callable[[Sequence[str], dict[str, str | None]], "Future[list[Made]]"]
_press: Press | None = None


def _open(path: str, folder: str, address: str) -> None:
    """Open the edition in a worker."""
    global _press
    _press = Press(Edition.open(path), Path(folder), address=address)


def _work(addresses: Sequence[str], exceptions: dict[str, str | None]) -> list[Made]:
    """Make some pages in a worker."""
    assert _press is not None
    return [_press.make(address, exceptions) for address in addresses]


@contextmanager
def _presses(edition: Edition, folder: Path, address: str, count: int) -> Iterator[Run]:
    """Something that makes pages: other processes, or this one."""
    if not count:
        press = Press(edition, folder, address=address)

        def here(addresses: Sequence[str], exceptions: dict[str, str | None]) -> Future[list[Made]]:
            done: Future[list[Made]] = Future()
            done.set_result([press.make(one, exceptions) for one in addresses])
            return done

        yield here
        return
    pool = ProcessPoolExecutor(
        count,
        mp_context=get_context("spawn"),
        initializer=_open,
        initargs=(str(edition.path), str(folder), address),
    )
    try:
        yield lambda addresses, exceptions: pool.submit(_work, addresses, exceptions)
    finally:
        pool.shutdown(cancel_futures=True)


def _seeds(edition: Edition) -> Iterator[str]:
    """Where a reader can begin; the rest is found by following links."""
    yield from ("/", "/about", "/threads")
    yield from (normal(document_url(id)) for id in edition.ids())
    yield from (normal(collection_url(c.collection.id)) for c in edition.collections())
    for name in INDEX_PAGES:
        yield normal(index_url(name))
        if name != "date":
            entries = edition.index(name, documents=False)
            yield from (normal(index_url(name, entry.id)) for entry in entries)


def _pages(edition: Edition, run: Run, tell: Progress) -> list[Made]:
    """Make all pages that can be reached; then those again whose links came to nothing."""
    made: dict[str, Made] = {}
    known = dict.fromkeys(_seeds(edition))
    waiting = list(known)
    taken: dict[str, str] = {}
    exceptions: dict[str, str | None] = {}
    while waiting:
        for address in waiting:
            _name(address, taken, exceptions)
        jobs = [waiting[n : n + BATCH] for n in range(0, len(waiting), BATCH)]
        waiting = []
        for done in [run(job, _some(job, exceptions)) for job in jobs]:
            for one in done.result():
                made[one.address] = one
                for link in one.links:
                    if link not in known and not link.startswith("/static/"):
                        known[link] = None
                        waiting.append(link)
            tell(len(made), len(known), "pages")
    for one in made.values():
        if one.moved:
            target = made.get(one.moved)
            good = target is not None and not target.why
            exceptions[one.address] = file_of(one.moved) if good else None
        elif one.why:
            exceptions[one.address] = None
    again = [m.address for m in made.values() if exceptions.keys() & set(m.links) and not m.why]
    jobs = [again[n : n + BATCH] for n in range(0, len(again), BATCH)]
    for done in [run(job, exceptions) for job in jobs]:
        made |= {one.address: one for one in done.result()}
    return list(made.values())


def _some(job: Sequence[str], exceptions: dict[str, str | None]) -> dict[str, str | None]:
    return {address: exceptions[address] for address in job if address in exceptions}


def _name(address: str, taken: dict[str, str], exceptions: dict[str, str | None]) -> None:
    """See that no two pages have names that a disk without capitals takes for one."""
    file = file_of(address)
    if file is None:
        return
    if taken.setdefault(file.casefold(), address) != address:
        stem, _, suffix = file.rpartition(".")
        n = sum(1 for other in exceptions.values() if other and other.startswith(f"{stem}~~")) + 1
        exceptions[address] = f"{stem}~~{n}.{suffix}"


def _statics() -> list[tuple[str, bytes]]:
    return [(f"static/{name}", content) for name, content in static_files().items()]


def check_links(folder: Path, files: set[str]) -> tuple[int, list[str]]:
    """Follow every link of every page within a site.

    Args:
        folder: The site.
        files: Names of all its files.

    Returns:
        How many links there are within the site, and those that lead nowhere: to no file, or to
        no such place on their own page.
    """
    count, dead = 0, []
    for name in sorted(files):
        if not name.endswith(".html") or name.startswith("pagefind/"):
            continue
        content = (folder / name).read_bytes()
        ids: set[bytes] | None = None
        top = name.split("/")[:-1]
        for target in set(_ANY_LINK.findall(content)):
            if target.startswith((b"http://", b"https://", b"data:", b"mailto:")):
                continue
            count += 1
            path, _, anchor = target.partition(b"#")
            path = path.partition(b"?")[0]
            if not path:
                ids = set(_ID.findall(content)) if ids is None else ids
                good = not anchor or unquote(anchor.decode()).encode() in ids or anchor in ids
            else:
                good = _resolved(top, path.decode()) in files
            if not good:
                dead.append(f"{name} → {target.decode()}")
    return count, dead


def _resolved(top: list[str], path: str) -> str:
    parts = list(top)
    for part in path.split("/"):
        if part == "..":
            if not parts:
                return path
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return path if path.startswith("/") else "/".join(parts)
