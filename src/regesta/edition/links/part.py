"""What an open edition says of its links: references, threads, silences. `edition.links`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from regesta.documents import Link
from regesta.edition.parts import LatePart
from regesta.edition.several import Several, several
from regesta.errors import UnknownValue

if TYPE_CHECKING:
    from regesta.edition.late import Progress
    from regesta.edition.links.compare import Counterpart
    from regesta.edition.links.lists import ConversationResult, SilenceResult
    from regesta.edition.links.shelf import LinkShelf, SharedPassage, ThreadOfDocuments
    from regesta.edition.links.store import StoredLink


def check_engine(engine: str) -> None:
    """Raise UnknownValue for no such engine, MissingExtra where it is not installed."""
    from regesta.linking.engines.choice import ready_engine

    ready_engine(engine)


class Links(LatePart["LinkShelf"]):
    """The links of an open edition: made once a build, then instant."""

    def _open(self) -> "LinkShelf":
        from regesta.edition.links.shelf import LinkShelf

        return LinkShelf(self._path, self._record)

    def find(
        self,
        progress: "Progress | None" = None,
        *,
        workers: int | None = None,
        engine: str = "duckdb",
    ) -> None:
        """Link the edition, unless it has been done since it was built.

        Args:
            progress: Called with documents done, documents in all, and what is at hand.
            workers: Processes that read; None decides by the number of documents, 0 uses none.
            engine: What finds the same words: "duckdb", or "spark" (extra ``spark``).

        Raises:
            UnknownValue: No such engine.
            MissingExtra: The engine is not installed.
        """
        check_engine(engine)
        self._late.look(progress, workers=workers, engine=engine)

    def __call__(
        self,
        id: str = "",
        *,
        kind: Several = (),
        standing: Several = (),
        incoming: bool = True,
        limit: int | None = None,
        offset: int = 0,
        progress: "Progress | None" = None,
    ) -> "list[StoredLink]":
        """The links of a document, or of the whole edition.

        Args:
            id: A document; its own links come first, then those that lead to it.
            kind: "reference", "reply", "continuation", "enclosure", "forwarding", "counterpart"…
            standing: "asserted", "candidate", "absent", "not printed" or "open".
            incoming: Whether links that lead to the document are given too.
            limit, offset: A page, of the whole edition.
            progress: As in :meth:`find`, where the edition has not been linked yet.

        Raises:
            UnknownDocument: No document has that id.
            UnknownValue: No such kind, or no such standing.
        """
        from regesta.edition.links.shelf import KINDS, STANDINGS

        kind, standing = several(kind), several(standing)
        for name in standing:
            if name not in STANDINGS:
                hint = f"it is one of {', '.join(STANDINGS)}"
                raise UnknownValue(f"there is no standing {name!r}", hint)
        if id:
            self._known(id)
        self.find(progress)
        shelf = self._late
        for name in kind:
            if name not in KINDS and name not in shelf.kinds():  # those of plug-ins stand there
                hint = f"it is one of {', '.join(KINDS)}"
                raise UnknownValue(f"there is no kind of link {name!r}", hint)
        if not id:
            return shelf.links(kind=kind, standing=standing, limit=limit, offset=offset)
        found = shelf.links(document=id, kind=kind, standing=standing)
        if incoming:
            found += shelf.links(target=id, kind=kind, standing=standing)
        return found

    def of(self, id: str) -> list[Link]:
        """A document's own links for the described line; none before the edition is linked."""
        if not self.ready:
            return []
        return [stored.link for stored in self._late.links(document=id)]

    def count(self, *, kind: Several = (), standing: Several = ()) -> int:
        """How many links the edition has, of some kinds and standings."""
        self.find()
        return self._late.count(kind=several(kind), standing=several(standing))

    def passages(self, a: str, b: str) -> "list[SharedPassage]":
        """The passages that stand in two documents, to the letter or nearly, as ``a`` has them.

        Formulae are among them, which make no links.

        Raises:
            UnknownDocument: No document has one of the ids.
        """
        self._known(a)
        self._known(b)
        self.find()
        return self._late.passages(a, b)

    def thread(self, id: str) -> "ThreadOfDocuments | None":
        """The documents that answer and continue one another around a document, or None.

        Raises:
            UnknownDocument: No document has that id.
        """
        self._known(id)
        self.find()
        return self._late.thread(id)

    def threads(
        self,
        *,
        sender: Several = (),
        recipient: Several = (),
        month: Several = (),
        limit: int = 50,
        offset: int = 0,
    ) -> "ConversationResult":
        """Threads of documents that answer and continue one another, the longest first.

        Args:
            sender, recipient: Labels of the parties of their first documents, as the facets have
                them.
            month: Months, years or decades of their first documents: ``1918-10``, ``1918``,
                ``191X``.
            limit, offset: A page.
        """
        wanted = _wanted(sender=sender, recipient=recipient, month=month)
        self.find()
        return self._late.conversations(answered=True, wanted=wanted, limit=limit, offset=offset)

    def unanswered(
        self,
        *,
        sender: Several = (),
        recipient: Several = (),
        month: Several = (),
        limit: int = 50,
        offset: int = 0,
    ) -> "ConversationResult":
        """Documents that nobody answered though the other side wrote back, by date.

        Args and filters as in :meth:`threads`.
        """
        wanted = _wanted(sender=sender, recipient=recipient, month=month)
        self.find()
        return self._late.conversations(answered=False, wanted=wanted, limit=limit, offset=offset)

    def silences(
        self,
        *,
        kind: Several = (),
        sender: Several = (),
        month: Several = (),
        limit: int = 50,
        offset: int = 0,
        progress: "Progress | None" = None,
    ) -> "SilenceResult":
        """What is not here: what documents mention, and what numbered series leave out.

        Args:
            kind: "mentioned", "number" or "file": papers of a file that the edition did not print,
                which are listed only when asked for.
            sender: Labels of senders, as the silences have them.
            month: Months, years or decades in which the documents would have been written, as in
                :meth:`threads`.
            limit, offset: A page.
            progress: As in :meth:`find`.

        Raises:
            UnknownValue: No such kind.
        """
        wanted = _wanted(kind=kind, sender=sender, month=month)
        self.find(progress)
        return self._late.silences(wanted=wanted, limit=limit, offset=offset)

    def counterparts(
        self, id: str, *, standing: Several = (), limit: int | None = None
    ) -> "list[Counterpart]":
        """The papers of other archives, or of other parties, that tell the same as a document.

        Args:
            id: The document.
            standing: "asserted" or "candidate"; both by default.
            limit: How many at most.

        Returns:
            The sure ones first, then by what agrees; each with its reasons in one sentence.

        Raises:
            UnknownDocument: No document has that id.
            UnknownValue: No such standing.
        """
        from regesta.edition.links.compare import ranked

        found = ranked(id, self(id, kind=("counterpart",), standing=standing))
        return found if limit is None else found[:limit]

    def sure_pairs(self, ids: Sequence[str]) -> list[tuple[str, str]]:
        """Which of some documents are sure counterparts of which; none before linking."""
        if not ids or not self.ready:
            return []
        shelf = self._late
        return shelf.among(ids[:400], kind="counterpart", standing="asserted")


def _wanted(**asked: Several) -> dict[str, tuple[str, ...]]:
    return {name: several(value) for name, value in asked.items()}
