"""What an open edition says of acts: who protests, proposes, refuses what. Part of `Edition`."""

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from regesta.documents import Act
from regesta.edition.record.shelf import unknown_document
from regesta.edition.record.store import Record
from regesta.edition.several import Names

if TYPE_CHECKING:
    from regesta.documents.ledger import StoredAct
    from regesta.edition.acts.asked import ActResult, ActSpan
    from regesta.edition.acts.shelf import ActShelf
    from regesta.edition.late import Progress

#: Acts read at a time when all are given one by one.
_STEP = 2_000


def check_act_finder(name: str) -> None:
    """See that something that finds acts can be had.

    Raises:
        UnknownValue: Nothing has that name.
        MissingExtra: What it needs is not installed.
    """
    from regesta.describing.acts.finders import act_finder

    act_finder(name)


class Acting:
    """The part of an edition that keeps the ledger of acts; made once a build, then instant."""

    path: Path
    _record: Record
    _acts: "ActShelf | None" = None
    _finding_acts: threading.Lock

    def find_acts(
        self,
        progress: "Progress | None" = None,
        *,
        workers: int | None = None,
        finder: str = "",
    ) -> None:
        """Find the acts that the documents state, unless it has been done since the build.

        Args:
            progress: Called with documents done, documents in all, and what is at hand.
            workers: Processes that read; None decides by the number of documents, 0 uses none.
            finder: What finds them ("grammar"); kept for later builds. "" keeps the choice.

        Raises:
            UnknownValue: No back end has that name.
            MissingExtra: What it needs is not installed.
        """
        if finder and finder != self._act_shelf().finder:
            from regesta.edition.acts.shelf import ActShelf

            check_act_finder(finder)
            self._close_acts()
            with self._finding_acts:
                self._acts = ActShelf(self.path, self._record, finder)
        self._act_shelf().look(progress, workers=workers)

    def act_warnings(self) -> list[str]:
        """Decisions on acts (``[[act]]``) that no act has the words of, each with its place."""
        self.find_acts()
        return self._act_shelf().waiting()

    def acts_ready(self) -> bool:
        """Whether the acts have been found since the build."""
        return self._act_shelf().ready

    def acts_progress(self, wait: float = 0.0) -> tuple[int, int] | None:
        """Have the acts found in the background, where they have not been.

        Returns:
            Documents done and in all, or None once acts are there at once.
        """
        shelf = self._act_shelf()
        return None if shelf.start(wait) else shelf.progress

    def acts(
        self,
        *,
        actor: Names = (),
        addressee: Names = (),
        between: Names = (),
        act: Names = (),
        group: Names = (),
        polarity: Names = (),
        modality: Names = (),
        tier: Names = (),
        reported_by: Names = (),
        collection: Names = (),
        document: str = "",
        without: Sequence[str] = (),
        about: str = "",
        first: str | None = None,
        last: str | None = None,
        limit: int = 50,
        offset: int = 0,
        facets: Names = (),
        progress: "Progress | None" = None,
    ) -> "ActResult":
        """A page of the ledger, by date; several values of one filter mean any of them.

        Args:
            actor, addressee: Names as the documents have them ("Chicherin") or powers ("Soviet
                Russia"): a power finds all who speak for it, where that is known.
            between: One name: all it does and all that is done toward it. Two: what they do
                toward each other.
            act, group: "protest"; "judge".
            polarity, modality, tier: "negated"; "intended"; "certain".
            reported_by: Who reports the act.
            collection: Ids of collections.
            document: Only acts that this document states.
            without: Ids of documents whose acts are left out.
            about: Words that the matter has.
            first, last: Range of dates of the documents, EDTF day, month or year; overlap, as in
                :meth:`search`. Undated documents are left out and counted.
            limit, offset: A page; ``limit`` -1 gives all.
            facets: "group", "act", "actor", "addressee", "year", "tier", "polarity", "modality".
            progress: As in :meth:`find_acts`, where they have not been found yet.

        Raises:
            UnknownValue: No such polarity, modality or tier; more than two names to stand between.
            UnknownDocument: No document has that id.
            QueryError: A date is none, or the range ends before it begins.
        """
        from regesta.edition.acts.asked import question

        asked = question(
            actor=actor, addressee=addressee, between=between, act=act, group=group,
            polarity=polarity, modality=modality, tier=tier, reported_by=reported_by,
            collection=collection, document=document, about=about, first=first, last=last,
            without=without,
        )  # fmt: skip
        if document:
            self._is_here(document)
        self.find_acts(progress)
        return self._act_shelf().ask(asked, limit=limit, offset=offset, facets=facets)

    def act_spans(
        self,
        between: Sequence[str],
        *,
        unit: str = "year",
        act: Sequence[str] = (),
        group: Sequence[str] = (),
        polarity: Sequence[str] = (),
        modality: Sequence[str] = (),
        tier: Sequence[str] = (),
        about: str = "",
        first: str | None = None,
        last: str | None = None,
    ) -> "list[ActSpan]":
        """How many acts go each way between two names, by "year" or "month"; filters as above."""
        from regesta.edition.acts.asked import question

        asked = question(
            between=between, act=act, group=group, polarity=polarity, modality=modality, tier=tier,
            about=about, first=first, last=last,
        )  # fmt: skip
        self.find_acts()
        return self._act_shelf().spans(asked, unit)

    def act_names(self, field: str = "actor", prefix: str = "", *, limit: int = 20) -> list[str]:
        """Actors or addressees as an index would list them, the commonest first."""
        self.find_acts()
        return self._act_shelf().names(field, prefix, limit)

    def stated_acts(self, id: str) -> "list[StoredAct]":
        """A document's acts with their powers; none before they have been found."""
        return self._act_shelf().of(id) if self.acts_ready() else []

    def acts_of(self, id: str) -> list[Act]:
        """A document's acts for the described line; none before they have been found."""
        return [stored.act for stored in self.stated_acts(id)]

    def all_acts(self) -> "Iterator[StoredAct]":
        """Every act of the edition, by date, in constant memory."""
        from regesta.edition.acts.asked import ActQuestion

        self.find_acts()
        shelf, offset = self._act_shelf(), 0
        while page := shelf.ask(ActQuestion(), limit=_STEP, offset=offset).acts:
            yield from page
            offset += len(page)

    def _is_here(self, id: str) -> None:
        if self._record.row("SELECT 1 FROM documents WHERE id = ?", (id,)) is None:
            raise unknown_document(self._record, id)

    def _act_shelf(self) -> "ActShelf":
        from regesta.edition.acts.shelf import ActShelf

        with self._finding_acts:
            if self._acts is None:
                self._acts = ActShelf(self.path, self._record)
            return self._acts

    def _close_acts(self) -> None:
        if self._acts is not None:
            self._acts.close()
            self._acts = None
