"""Edition: the one public face of a built edition. Command line, API and pages ask nobody else."""

import json
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from regesta.documents import Document
from regesta.edition.acts.part import Acts
from regesta.edition.audit.part import Audit
from regesta.edition.authorities.part import Authorities
from regesta.edition.changes import ChangeLedger
from regesta.edition.citing.citing import Citing
from regesta.edition.links.network import Network
from regesta.edition.links.part import Links
from regesta.edition.named.part import Names
from regesta.edition.places import Places
from regesta.edition.results import Regest
from regesta.edition.settings import LEAST, MOST_SHOWN
from regesta.edition.several import Several
from regesta.edition.suggesting.part import Suggestions

if TYPE_CHECKING:
    from regesta.edition.frames import Table
    from regesta.edition.late import Progress
    from regesta.edition.links.compare import Comparison
    from regesta.edition.links.lists import SilenceResult
    from regesta.edition.links.shelf import ThreadOfDocuments
    from regesta.edition.naming import NameInText
    from regesta.edition.suggesting.making import Progress as Told
    from regesta.edition.suggesting.store import SuggestReport


class Edition(Citing):
    """An edition on disk, open for reading; safe to share between threads.

    Documents, indexes, search and citations are asked of the edition itself, all else of its parts,
    each named for what it knows. What is found only after a build (links, acts, names in texts, the
    audit) is found at the first question, or by ``find()``; ``ready`` tells, and ``progress()``
    has it found in the background.

    Attributes:
        path: The folder.
        links: ``edition.links(id)``: references, replies, quotations; threads and counterparts.
        acts: ``edition.acts(actor="Chicherin")``: who protests, proposes, refuses what.
        audit: ``edition.audit()``: what looks wrong, and what an editor dismissed.
        names: ``edition.names(id)``: persons, places and powers that a text names.
        authorities: Persons, the offices they hold and the powers they speak for.
        places: Where the places of the index lie.
        network: Who wrote to whom how often.
        suggestions: Subjects that :meth:`suggest` has found likely.
        slips: Dates that are certainly a slip, and from when to when the papers reach.

    Example:
        >>> edition = Edition.open("vologda.regesta")
        >>> edition.search("departure", author="chicherin").total
        3
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        opened = (path, self._record, self._shelf)
        self.links = Links(*opened)
        self.acts = Acts(*opened)
        self.audit = Audit(*opened)
        self.names = Names(*opened)
        self.authorities = Authorities(self._record)
        self.places = Places(self._record)
        self.network = Network(self._record)
        self.suggestions = Suggestions(*opened)
        self._ledger: ChangeLedger | None = None
        self._ledgering = threading.Lock()

    @classmethod
    def open(cls, path: str | Path) -> "Edition":
        """Open an edition folder.

        Raises:
            NotAnEdition: The path does not exist or holds no edition.
            EditionVersionError: It was built with another schema; rebuild it.
        """
        return cls(Path(path))

    def close(self) -> None:
        """Close files, those in use as soon as they are given back.

        The object cannot be used afterwards: whatever it is asked is an EditionError.
        """
        super().close()
        for part in (self.links, self.acts, self.audit, self.names, self.suggestions):
            part.close()
        with self._ledgering:
            if self._ledger is not None:
                self._ledger.close()
                self._ledger = None

    def __enter__(self) -> "Edition":
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Edition {str(self.path)!r}: {self._counts.documents:,} documents>"

    def _repr_html_(self) -> str:
        from regesta.edition.tabling import edition_html

        return edition_html(self)

    def report(self) -> dict[str, object]:
        """The last build's report, as `build --json` gave it.

        Its warnings are followed by those on what was found since (:meth:`failures`).
        """
        report: dict[str, object] = json.loads(self._record.meta["report"])
        if failures := self.failures():
            report["warnings"] = [*cast("list[str]", report["warnings"]), *failures]
        return report

    def failures(self) -> list[str]:
        """Installed linkers, finders of acts and auditors that failed, each in one line.

        Of what this open edition was asked for. What such a one would have found is missing; one
        that failed everywhere is asked again when the edition is opened next.
        """
        parts = (self.links, self.acts, self.audit)
        return [failure.words for part in parts for failure in part.failures]

    def tei(self, id: str) -> str:
        """The document as a TEI file that Regesta makes of it, whatever it was read from.

        Links and acts stand in it where they have been found.
        """
        from regesta.exporting.tei.corpus import single_document

        links, acts, address = self.links.of(id), self.acts.of(id), self.info().address
        document, collection = self.document(id), self.collection_of(id)
        return single_document(
            document, collection, links=tuple(links), acts=tuple(acts), address=address
        )

    def tei_part(self, id: str, part: Document) -> str:
        """A passage of a document as TEI; ``part`` is cut by regesta.exporting.tei.part."""
        from regesta.exporting.tei.part import document_part

        return document_part(self.document(id), self.collection_of(id), part)

    def table(
        self, name: str = "documents", *, collection: str = "", ids: Sequence[str] | None = None
    ) -> "Table":
        """A table of the edition: ``edition.table("parties").to_pandas()``.

        Args:
            name: "documents", "facts", "parties", "subjects", "links", "acts" or "notes", with the
                columns of the data dictionary that an export of ``tables`` holds.
            collection: Only this collection.
            ids: Only these documents, in this order.

        Raises:
            UnknownValue: No such table.
        """
        from regesta.edition.tabling import table

        return table(self, name, collection=collection, ids=ids)

    def thread(self, id: str) -> "ThreadOfDocuments | None":
        """The documents that answer and continue one another around a document, or None.

        Raises:
            UnknownDocument: No document has that id.
        """
        return self.links.thread(id)

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
            month: Months, years or decades in which the documents would have been written:
                ``1918-10``, ``1918``, ``191X``.
            limit, offset: A page.
            progress: Told how far linking has come, where it has not been done yet.

        Raises:
            UnknownValue: No such kind.
        """
        return self.links.silences(
            kind=kind, sender=sender, month=month, limit=limit, offset=offset, progress=progress
        )

    def compare(self, first: str, second: str) -> "Comparison":
        """Two documents side by side: what stands in both, what both tell in other words.

        Raises:
            UnknownDocument: No document has one of the ids.
        """
        from regesta.edition.links.compare import compare

        return compare(self, first, second)

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

        id, label = self.authorities.named(person)
        return mentioning(self, id, label, limit=limit)

    def suggest(
        self,
        *,
        learn_from: "Sequence[Edition]" = (),
        vocabulary: Path | None = None,
        everything: bool = False,
        least: float = LEAST,
        most: int = MOST_SHOWN,
        progress: "Told | None" = None,
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
        return self.suggestions.make(
            learn_from=[edition._record for edition in learn_from],
            vocabulary=vocabulary,
            everything=everything,
            least=least,
            most=most,
            progress=progress,
        )

    def changes(self) -> ChangeLedger:
        """When documents changed and which are gone; brought up to date at the first question.

        Raises:
            EditionError: The edition was built again since it was opened; or the ledger is busy,
                or cannot be read.
        """
        with self._ledgering:
            if self._ledger is None:
                self._record.check_current()  # else the ledger would go back to what was
                self._ledger = ChangeLedger(self.path, self._record)
            return self._ledger
