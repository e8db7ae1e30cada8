"""What an open edition says of acts: who protests, proposes, refuses what. `edition.acts`."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from regesta.documents import Act
from regesta.edition.parts import LatePart
from regesta.edition.several import Several

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


class Acts(LatePart["ActShelf"]):
    """The ledger of acts of an open edition: made once a build, then instant."""

    def _open(self) -> "ActShelf":
        from regesta.edition.acts.shelf import ActShelf

        return ActShelf(self._path, self._record)

    def find(
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
        if finder and finder != self._late.finder:
            from regesta.edition.acts.shelf import ActShelf

            check_act_finder(finder)
            self.close()
            with self._opening:
                self._kept = ActShelf(self._path, self._record, finder)
        self._late.look(progress, workers=workers)

    def warnings(self) -> list[str]:
        """Decisions on acts (``[[act]]``) that no act has the words of, each with its place."""
        self.find()
        return self._late.waiting()

    def __call__(
        self,
        *,
        actor: Several = (),
        addressee: Several = (),
        between: Several = (),
        act: Several = (),
        group: Several = (),
        polarity: Several = (),
        modality: Several = (),
        tier: Several = (),
        reported_by: Several = (),
        collection: Several = (),
        document: str = "",
        without: Sequence[str] = (),
        about: str = "",
        first: str | None = None,
        last: str | None = None,
        limit: int = 50,
        offset: int = 0,
        facets: Several = (),
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
                :meth:`regesta.edition.Edition.search`. Undated documents are left out and counted.
            limit, offset: A page; ``limit`` -1 gives all.
            facets: "group", "act", "actor", "addressee", "year", "tier", "polarity", "modality".
            progress: As in :meth:`find`, where they have not been found yet.

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
            self._known(document)
        self.find(progress)
        return self._late.ask(asked, limit=limit, offset=offset, facets=facets)

    def spans(
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
        self.find()
        return self._late.spans(asked, unit)

    def names(self, field: str = "actor", prefix: str = "", *, limit: int = 20) -> list[str]:
        """Actors or addressees as an index would list them, the commonest first."""
        self.find()
        return self._late.names(field, prefix, limit)

    def stated(self, id: str) -> "list[StoredAct]":
        """A document's acts with their powers; none before they have been found."""
        return self._late.of(id) if self.ready else []

    def of(self, id: str) -> list[Act]:
        """A document's acts for the described line; none before they have been found."""
        return [stored.act for stored in self.stated(id)]

    def all(self) -> "Iterator[StoredAct]":
        """Every act of the edition, by date, in constant memory."""
        from regesta.edition.acts.asked import ActQuestion

        self.find()
        shelf, offset = self._late, 0
        while page := shelf.ask(ActQuestion(), limit=_STEP, offset=offset).acts:
            yield from page
            offset += len(page)
