"""What an open edition says of what looks wrong in it. `edition.audit`."""

from pathlib import Path
from typing import TYPE_CHECKING

from regesta.edition.parts import LatePart
from regesta.edition.several import Several, several

if TYPE_CHECKING:
    from regesta.edition.audit.shelf import AuditResult, AuditShelf
    from regesta.edition.late import Progress


class Audit(LatePart["AuditShelf"]):
    """The audit of an open edition: looked through once a build, then instant."""

    def _open(self) -> "AuditShelf":
        from regesta.edition.audit.shelf import AuditShelf

        return AuditShelf(self._path, self._record, self._shelf)

    def find(self, progress: "Progress | None" = None, *, workers: int | None = None) -> None:
        """Look the edition through, unless it has been done since the build.

        Args:
            progress: Called with documents done, documents in all, and what is at hand.
            workers: Processes that look; None decides by the number of documents, 0 uses none.
        """
        self._late.look(progress, workers=workers)

    def __call__(
        self,
        *,
        kind: Several = (),
        collection: Several = (),
        confidence: float = 0.0,
        document: str = "",
        state: str = "open",
        limit: int = 50,
        offset: int = 0,
        progress: "Progress | None" = None,
    ) -> "AuditResult":
        """What looks wrong in the edition, the most certain first.

        Args:
            kind: Fields ("date") or kinds ("date.old-style"); several mean any of them.
            collection: Ids of collections.
            confidence: Only findings at least so sure, 0 to 1.
            document: Only findings of this document.
            state: "open", "dismissed" or "all".
            limit, offset: A page of findings.
            progress: As in :meth:`find`, where it has not been looked through yet.

        Raises:
            UnknownValue: No such kind, collection or state.
            EditionError: The file of decisions cannot be read.
        """
        self.find(progress)
        return self._late.ask(
            kind=several(kind),
            collection=several(collection),
            confidence=confidence,
            document=document,
            state=state,
            limit=limit,
            offset=offset,
        )

    @property
    def stamp(self) -> str:
        """A mark that changes when the audit becomes ready, or an editor's decisions do."""
        return self._late.stamp

    def dismiss(self, finding: str, *, why: str) -> Path:
        """Dismiss a finding: lines in ``decisions/audit.toml``, which is given back.

        Raises:
            UnknownValue: The audit has no finding of that id.
            EditionError: The file cannot be written.
        """
        from regesta.edition.audit.decisions import dismiss

        self.find()
        return dismiss(self._path, finding, self._late.finding(finding).document, why)
