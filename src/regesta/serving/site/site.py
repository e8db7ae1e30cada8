"""A site: the whole reading room as files, for any web host and for opening from disk.

What comes in is an edition; out goes a folder. It grows beside its place and is put there by one
rename when every link in it leads to a file: a killed export leaves nothing under the site's name.
"""

import glob
import os
import secrets
import shutil
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from regesta.documents import Value
from regesta.edition import Edition, export
from regesta.errors import EditionError, RegestaError
from regesta.serving.pages.acts import ACTS_TABLE
from regesta.serving.pages.frame import static_files
from regesta.serving.site.check import (
    ARROW,
    Checked,
    check_pages,
    check_places,
    merged,
    pages_among,
)
from regesta.serving.site.crawl import (
    BATCH,
    Crawl,
    Progress,
    first_pages,
    further_pages,
    press_pages,
)
from regesta.serving.site.dts import edition_files
from regesta.serving.site.names import file_of
from regesta.serving.site.pagefind import has_pagefind, pagefind
from regesta.serving.site.pages import Made, Press
from regesta.serving.site.presses import Presses, presses
from regesta.serving.site.search import search_files

#: A file that every site has, and hardly another folder.
_OURS = "search/info.js"
_BUILDING, _BEFORE, _WORDS = ".building", ".before", ".words"
#: Seconds after which what stands beside a site is of an export that was killed.
_LEFT_BEHIND = 86_400


class SiteReport(Value, frozen=True):
    """What an export made.

    Attributes:
        dead_links: Links within the site that lead nowhere: "file → target".
        dropped: Links of the reading room taken out because they need a server.
        without: Pages that could not be made, with the reason.
        search: "pagefind" or "own".
        seconds: That went by.
        processor_seconds: Of all processes together, Pagefind's left out.
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
    processor_seconds: float


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
    started, spent = time.perf_counter(), time.process_time()
    place = Path(os.path.abspath(target))
    _check_place(target, place, force)
    edition.links.find()
    edition.acts.find()
    edition.names.find()
    building = _beside(place, _BUILDING)
    indexes = has_pagefind(with_pagefind) and edition.info().documents > 0
    words = _beside(place, _WORDS) if indexes else None
    try:
        building.mkdir(parents=True)
        if words is not None:
            words.mkdir()
        report = _make(edition, building, address, workers, words, progress)
        _put(building, place)
    except OSError as error:
        raise EditionError(f"{target}: {error.strerror or error}", "is there room?") from None
    finally:
        for folder in (building, words):
            if folder is not None:
                shutil.rmtree(folder, ignore_errors=True)
    _sweep(place)
    files, size, links, dead, made, search, others = report
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
        processor_seconds=round(time.process_time() - spent + others, 2),
    )


def _check_place(target: Path, place: Path, force: bool) -> None:
    """Refuse a place that holds something; with force, one that holds something else than a site.

    A folder is replaced as a whole, and nobody means the one that holds all of his papers.
    """
    if place.parent == place:
        raise RegestaError(f"{target} is the root of a disk", "name a folder in it")
    if not target.exists() or (target.is_dir() and not any(target.iterdir())):
        return
    if not force:
        raise RegestaError(f"{target} is there already", "--force writes over it")
    if not (target / _OURS).is_file():
        what = "holds something else than a site" if target.is_dir() else "is a file"
        raise RegestaError(f"{target} {what}", "--force replaces sites only; name another folder")


def _put(building: Path, target: Path) -> None:
    """Put the finished folder in its place."""
    before = _beside(target, _BEFORE)
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


def _beside(place: Path, kind: str) -> Path:
    """A name beside a place that no other export has, for what becomes the place or was it."""
    return place.with_name(f".{place.name[:100]}.{secrets.token_hex(6)}{kind}")


def _sweep(place: Path) -> None:
    """Remove what exports to this place that were killed long ago left behind.

    At the end: files are made slowly where many were removed just before. Such a folder gets no
    entry of its own any more, and one that is still being filled is younger.
    """
    for kind in (_BUILDING, _BEFORE, _WORDS):
        for left in place.parent.glob(f".{glob.escape(place.name[:100])}.*{kind}"):
            with suppress(OSError):
                if time.time() - left.stat().st_mtime > _LEFT_BEHIND:
                    shutil.rmtree(left, ignore_errors=True)


def _make(
    edition: Edition,
    folder: Path,
    address: str,
    workers: int | None,
    words: Path | None,
    progress: Progress | None,
) -> tuple[int, int, int, tuple[str, ...], list[Made], str, float]:
    tell = progress or (lambda done, total, what: None)
    with presses(edition, folder, address, workers, words=words) as run:
        beside = [run.run(task) for task in (_write_search, _write_texts, _write_acts)]
        press = Press(edition, folder, address=address)  # while the others are starting
        crawl = Crawl(run, tell)
        with ThreadPoolExecutor(1) as aside:  # waits for another program while pages are made
            crawl.first(first_pages(edition))
            indexed = aside.submit(pagefind, words, folder) if words is not None else None
            crawl.rest(further_pages(edition))
            made, exceptions = crawl.made, crawl.exceptions()
            tell(len(made), len(made), "search")
            for future in beside:
                future.result()
            _write_all(folder, _statics())
            if indexed is not None:
                indexed.result()
        (folder / "search.html").write_bytes(press.search_page(has_pagefind=words is not None))
        search = "own" if words is None else "pagefind"
        tell(len(made), len(made), "links")
        sizes = _sizes(folder)
        links, dead, again = _mended(run, folder, set(sizes), made, exceptions)
        if again:
            sizes = _sizes(folder)
        others = run.processor_seconds
    pages = list(made.values())
    return len(sizes), sum(sizes.values()), links, tuple(dead), pages, search, others


def _write_search(press: Press) -> None:
    """Write the files of our own search."""
    _write_all(press.folder, search_files(press.edition))


def _write_texts(press: Press) -> None:
    """Write the collections of the text service."""
    _write_all(press.folder, edition_files(press.edition))


def _write_acts(press: Press) -> None:
    """Write the whole ledger as a table; its pages show the first acts of a choice."""
    export(press.edition, "acts-csv", f"{press.folder}{ACTS_TABLE}", force=True)


def _write_all(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    for name, content in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _sizes(folder: Path) -> dict[str, int]:
    """Every file of a folder and how many bytes it has."""
    found: dict[str, int] = {}
    waiting = [""]
    while waiting:
        above = waiting.pop()
        for entry in os.scandir(folder / above):
            name = f"{above}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                waiting.append(f"{name}/")
            else:
                found[name] = entry.stat().st_size
    return found


def _mended(
    run: Presses,
    folder: Path,
    files: set[str],
    made: dict[str, Made],
    exceptions: dict[str, str | None],
) -> tuple[int, list[str], bool]:
    """Follow all links; make those pages again whose links came to nothing, and follow theirs.

    Returns:
        How many links there are, the dead ones, and whether any page was made again.
    """
    links, dead = _check(run, files, pages_among(files))
    broken = {told.partition(ARROW)[0] for told in dead}
    again = [a for a in made if (exceptions.get(a) or file_of(a)) in broken]
    if not (exceptions and again):
        return links, dead, False
    links -= _check(run, files, sorted(broken))[0]
    jobs = [again[n : n + BATCH] for n in range(0, len(again), BATCH)]
    for done in [run.run(press_pages, job, exceptions, False) for job in jobs]:
        made |= {one.address: one for one in done.result()}
    more, left = _check(run, files, sorted(broken))
    return links + more, left, True


def _check(run: Presses, files: set[str], pages: Sequence[str]) -> tuple[int, list[str]]:
    """Follow the links of pages, each press those of its share."""
    lots = max(1, min(run.count, len(pages)))
    shares = [run.run(_check_pages, files, pages[n::lots]) for n in range(lots)]
    found = merged(share.result() for share in shares)
    places = list(found.places.items())
    further = [run.run(_check_places, dict(places[n::lots])) for n in range(lots)]
    dead = [*found.dead, *(told for share in further for told in share.result())]
    return found.links, sorted(dead)


def _check_pages(press: Press, files: set[str], pages: list[str]) -> Checked:
    return check_pages(press.folder, files, pages)


def _check_places(press: Press, places: dict[str, dict[str, str]]) -> list[str]:
    return check_places(press.folder, places)


def _statics() -> list[tuple[str, bytes]]:
    return [(f"static/{name}", content) for name, content in static_files().items()]
