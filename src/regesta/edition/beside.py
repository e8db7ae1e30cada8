"""What an edition knows beside its record: names in running text, and suggested subjects."""

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from regesta.documents import Document
from regesta.edition.record.store import Record
from regesta.edition.results import Regest
from regesta.errors import UnknownValue

if TYPE_CHECKING:
    from regesta.edition.edition import Edition
    from regesta.edition.late import Progress as Told
    from regesta.edition.links.network import Conversation, Cover, Tie
    from regesta.edition.named.shelf import NameShelf
    from regesta.edition.naming import NameInText, Namer
    from regesta.edition.record.shelf import Shelf
    from regesta.edition.suggesting import (
        Progress,
        SuggestedHeading,
        SuggestedSubject,
        Suggester,
        SuggestReport,
    )

#: Least confidence of a suggested subject, and how many a document gets, if nothing else is asked.
LEAST, MOST_SHOWN = 0.3, 5


class Beside:
    """The part of :class:`regesta.edition.Edition` that answers from texts, not from tables."""

    path: Path
    _record: Record
    _shelf: "Shelf"
    _namer: "Namer | None" = None
    _named: "NameShelf | None" = None
    _suggester: "Suggester | None" = None
    _making: threading.Lock

    def names(self, id: str) -> "list[NameInText]":
        """The persons, places and powers that a document's text names. Raises UnknownDocument."""
        return self.names_in(self._shelf.document(id))

    def names_in(
        self,
        document: Document,
        *,
        longest: int = 1_000_000,
        notes: bool = True,
        given: bool = True,
    ) -> "list[NameInText]":
        """The same, for a document at hand; quicker once :meth:`find_names` has been through.

        Args:
            document: The document.
            longest: Look so many characters into its text.
            notes: Whether the names in its footnotes are given too.
            given: Whether the names that its source marks are given too.
        """
        kept = self._name_shelf().of(document.id) if self.names_ready() else None
        return self._names().names(document, longest=longest, notes=notes, given=given, kept=kept)

    def find_names(self, progress: "Told | None" = None, *, workers: int | None = None) -> None:
        """Find the names in all texts and keep them, unless it has been done since the build.

        Args:
            progress: Called with documents done, documents in all, and what is at hand.
            workers: Processes that read; None decides by the number of documents, 0 uses none.
        """
        self._name_shelf().look(progress, workers=workers)

    def names_ready(self) -> bool:
        """Whether the names in all texts have been found since the build."""
        return self._name_shelf().ready

    def _name_shelf(self) -> "NameShelf":
        from regesta.edition.named.shelf import NameShelf

        with self._making:
            if self._named is None:
                self._named = NameShelf(self.path, self._record)
            return self._named

    def _close_names(self) -> None:
        if self._named is not None:
            self._named.close()
            self._named = None

    def mentioning(
        self, person: str, *, limit: int = 50
    ) -> "list[tuple[Regest, tuple[NameInText, ...]]]":
        """Documents whose text names a person, by date, each with the names found.

        Args:
            person: Id of the person, or the name as the index has it.
            limit: Documents at most.

        Raises:
            UnknownValue: Nobody has that id or name.
        """
        from regesta.edition.naming import mentioning

        row = self._record.row(
            "SELECT id, label FROM authorities WHERE id = ? OR label = ? ORDER BY id <> ? LIMIT 1",
            (person, person, person),
        )
        if row is None:
            hint = "regesta index EDITION author lists the names"
            raise UnknownValue(f"no person has the id or name {person!r}", hint)
        edition = cast("Edition", self)
        return mentioning(edition, row[0], row[1], limit=limit)

    def network(self, between: str = "parties", *, limit: int = 200) -> "list[Tie]":
        """Who wrote to whom how often, the most frequent first.

        Args:
            between: "parties" (persons and offices) or "powers".
            limit: How many pairs.

        Raises:
            UnknownValue: No such network.
        """
        from regesta.edition.links.network import ties

        return ties(self._record, between, limit)

    def power_cover(self) -> "list[Cover]":
        """By decade, of how many documents the powers of author and recipient are known."""
        from regesta.edition.links.network import cover

        return cover(self._record)

    def conversation(
        self, one: str, other: str, *, between: str = "parties", limit: int = 100, offset: int = 0
    ) -> "Conversation":
        """What two parties, or powers, wrote to one another, by date.

        Args:
            one, other: Their ids, as indexes and :meth:`network` have them.
            between: As in :meth:`network`.
            limit, offset: A page.

        Raises:
            UnknownValue: They wrote nothing to one another.
        """
        from regesta.edition.links.network import conversation

        return conversation(self._record, one, other, between=between, limit=limit, offset=offset)

    def suggest(
        self,
        *,
        learn_from: "Sequence[Edition]" = (),
        vocabulary: Path | None = None,
        everything: bool = False,
        least: float = LEAST,
        most: int = MOST_SHOWN,
        progress: "Progress | None" = None,
    ) -> "SuggestReport":
        """Suggest subjects for documents that have none, and keep the suggestions.

        Args:
            learn_from: Further editions that have an index.
            vocabulary: A list of headings or SKOS: then only its headings are suggested.
            everything: Suggest for documents with given subjects as well.
            least: Least confidence, 0 to 1.
            most: Suggestions a document.
            progress: Called with documents done and documents in all.

        Raises:
            SourceError: The list cannot be read.
            EditionError: There is nothing to learn from, or no room to write.
        """
        return self._suggestions().make(
            learn_from=[edition._record for edition in learn_from],
            vocabulary=vocabulary,
            everything=everything,
            least=least,
            most=most,
            progress=progress,
        )

    def suggested(self, id: str) -> "list[SuggestedSubject]":
        """Subjects suggested for a document, the likeliest first; none before :meth:`suggest`."""
        return self._suggestions().of(id)

    def suggestions(self) -> "Iterator[SuggestedSubject]":
        """All suggestions, by document."""
        return self._suggestions().all()

    def suggest_report(self) -> "SuggestReport | None":
        """What the suggestions at hand are, or None where this build has none."""
        return self._suggestions().report()

    def suggest_stamp(self) -> str:
        """A mark that changes when suggestions are made, or taken away."""
        return self._suggestions().stamp

    def suggested_headings(self) -> "list[SuggestedHeading]":
        """The headings suggested, by name, with their counts."""
        return self._suggestions().headings()

    def suggested_under(self, key: str) -> tuple[str, list[str]]:
        """A heading and the documents for which it is suggested. Raises UnknownValue."""
        return self._suggestions().under(key)

    def _names(self) -> "Namer":
        from regesta.edition.naming import Namer

        with self._making:
            self._record.check_open()
            if self._namer is None:
                self._namer = Namer(self._record)
            return self._namer

    def _suggestions(self) -> "Suggester":
        from regesta.edition.suggesting import Suggester

        with self._making:
            self._record.check_open()
            if self._suggester is None:
                self._suggester = Suggester(self.path, self._record, self._shelf)
            return self._suggester
