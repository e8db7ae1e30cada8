"""The pages of a site, found by following links from where a reader can begin.

What comes in are addresses; out go pages by address, made by the presses, and the files of those
whose address does not say it.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future

from regesta.edition import Edition
from regesta.errors import EditionError
from regesta.serving.pages.links import INDEX_PAGES, collection_url, document_url, index_url
from regesta.serving.site.names import file_of, normal
from regesta.serving.site.pages import Made, Press
from regesta.serving.site.presses import Presses

#: Addresses that a worker gets at once.
BATCH = 40
#: Jobs for each worker that are given out before one is back.
AHEAD = 3

#: Called with pages done, pages known so far, and what is at hand.
Progress = Callable[[int, int, str], None]


def press_pages(
    press: Press, addresses: Sequence[str], exceptions: dict[str, str | None], beside: bool = True
) -> list[Made]:
    """Make some pages; ``beside``: and what goes with a document."""
    return [press.make(address, exceptions, beside=beside) for address in addresses]


def first_pages(edition: Edition) -> Iterator[str]:
    """The first page and those of all documents."""
    yield "/"
    yield from (normal(document_url(id)) for id in edition.ids())


def further_pages(edition: Edition) -> Iterator[str]:
    """Where else a reader can begin; the rest is found by following links."""
    yield from ("/about", "/threads", "/acts", "/map")
    yield from (normal(collection_url(c.collection.id)) for c in edition.collections())
    for name in INDEX_PAGES:
        yield normal(index_url(name))
        if name != "date":
            entries = edition.index(name, documents=False)
            yield from (normal(index_url(name, entry.id)) for entry in entries)


class Crawl:
    """Makes pages, and learns from each where it leads.

    Args:
        run: What makes pages.
        tell: Told how far it is.

    Attributes:
        made: What became of every address.
    """

    def __init__(self, run: Presses, tell: Progress) -> None:
        self._run, self._tell = run, tell
        self.made: dict[str, Made] = {}
        self._known: dict[str, None] = {}
        self._linked: list[str] = []
        self._taken: dict[str, str] = {}
        self._exceptions: dict[str, str | None] = {}

    def first(self, addresses: Iterable[str]) -> None:
        """Make some pages; those that they lead to are left for later.

        Raises:
            EditionError: The first page of all cannot be made: what hinders it hinders many.
        """
        self._make(self._jobs(addresses), follow=False)

    def rest(self, addresses: Iterable[str]) -> None:
        """Make some pages, and all that can be reached from any page."""
        self._make(self._jobs([*addresses, *self._linked]), follow=True)

    def _jobs(self, addresses: Iterable[str]) -> list[list[str]]:
        """Share out pages that are not known yet, and name their files."""
        found = sorted({a for a in addresses if a not in self._known}, key=_order)
        self._known |= dict.fromkeys(found)
        for address in found:
            self._name(address)
        return [found[n : n + BATCH] for n in range(0, len(found), BATCH)]

    def _make(self, jobs: Iterable[list[str]], *, follow: bool) -> None:
        """Do jobs in their order; pages of which one leads to the next come before the others."""
        waiting, running = deque(jobs), deque[Future[list[Made]]]()
        while waiting or running:
            while waiting and len(running) < max(1, AHEAD * self._run.count):
                job = waiting.popleft()
                some = {a: self._exceptions[a] for a in job if a in self._exceptions}
                running.append(self._run.run(press_pages, job, some))
            for one in running.popleft().result():
                self._learn(one)
            if follow and self._linked:
                waiting.extendleft(reversed(self._jobs(self._linked)))
                self._linked = []
            self._tell(len(self.made), len(self._known) + len(self._linked), "")

    def exceptions(self) -> dict[str, str | None]:
        """Address → its file where it has another one than by its name, or None for no file."""
        found = dict(self._exceptions)
        for one in self.made.values():
            if one.moved:
                target = self.made.get(one.moved)
                good = target is not None and not target.why
                found[one.address] = file_of(one.moved) if good else None
            elif one.why:
                found[one.address] = None
        return found

    def _learn(self, one: Made) -> None:
        if one.address == "/" and one.why:
            raise EditionError(f"the first page cannot be made: {one.why}")
        self.made[one.address] = one
        for link in one.links:
            if link not in self._known and not link.startswith("/static/"):
                self._linked.append(link)

    def _name(self, address: str) -> None:
        """See that no two pages have names that a disk without capitals takes for one."""
        file = file_of(address)
        if file is None:
            return
        if self._taken.setdefault(file.casefold(), address) != address:
            stem, _, suffix = file.rpartition(".")
            others = self._exceptions.values()
            n = sum(1 for other in others if other and other.startswith(f"{stem}~~")) + 1
            self._exceptions[address] = f"{stem}~~{n}.{suffix}"


def _order(address: str) -> tuple[str, str]:
    """Comparisons of a document come in a row, and both ways of one: its words are read once."""
    if not address.startswith("/compare/"):
        return address, ""
    parts = address.split("/")[2:]
    one, other = ("/".join(some) for some in (parts[: len(parts) // 2], parts[len(parts) // 2 :]))
    return f"/compare/{min(one, other)}", max(one, other)
