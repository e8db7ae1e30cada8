"""Dates that are certainly a slip of the mark-up: a document or a collection in, what is wrong out.

Nothing is mended. Who opens a list, or says from when to when papers reach, asks here, and leaves
out and names what would begin it in the year 201.
"""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from regesta.auditing.base import Finding
from regesta.auditing.dates import DateAuditor
from regesta.documents import Document, Value
from regesta.edition.audit.decisions import Dismissals, stamp
from regesta.edition.audit.desk import EditionDesk
from regesta.edition.audit.look import merged, numbered
from regesta.edition.audit.shelf import BANDS
from regesta.edition.record.shelf import Shelf
from regesta.edition.record.store import Record

CERTAIN = BANDS[0][1]
#: Papers at either end of a stretch of time that are looked at before it is taken as it stands.
_ENDS = 50
#: Documents whose answer is kept.
_KEPT = 4096
_MARKED = "marked up as"


class DateSlip(Value, frozen=True):
    """A date as the mark-up gives it, which the audit holds to be a certain slip.

    Attributes:
        document: Id of the document.
        date: The date of the mark-up, EDTF: the one that the document has.
        printed: The words of the print.
        why: What is wrong, in a sentence.
        finding: Id of the audit's finding.
    """

    document: str
    date: str
    printed: str
    why: str
    finding: str


class TimeSpan(Value, frozen=True):
    """From when to when papers reach.

    Attributes:
        first, last: First and last possible day, or None where nothing is dated.
        slips: Documents whose dates lie outside and are certain slips.
    """

    first: str | None
    last: str | None
    slips: tuple[DateSlip, ...] = ()


class Slips:
    """The slips of one open edition; as quick without the audit as with it.

    Args:
        folder: The edition.
        record: Its record.
        shelf: Its documents.
    """

    def __init__(self, folder: Path, record: Record, shelf: Shelf) -> None:
        self._folder = folder
        self._record = record
        self._shelf = shelf
        self._auditor = DateAuditor(EditionDesk(record, shelf))
        self._of = lru_cache(_KEPT)(self._looked)
        self._spans: dict[tuple[str, str], TimeSpan] = {}

    def of(self, id: str) -> DateSlip | None:
        """The slip in a document's date; None where there is none, or an editor dismissed it.

        Raises:
            UnknownDocument: No document has that id.
        """
        return self._of(id, stamp(self._folder))

    def _looked(self, id: str, _: str) -> DateSlip | None:
        return self.in_date_of(self._shelf.document(id))

    def in_date_of(self, document: Document) -> DateSlip | None:
        """The same of a document that is at hand; nothing is kept."""
        found = certain_slips(document, self._auditor)
        if not found:  # nearly always, and the decisions need not be read
            return None
        dismissals = Dismissals(self._folder)
        for finding in found:
            if not dismissals.of(finding.id, finding.kind, finding.document, finding.words):
                printed = finding.values.get("printed", finding.words)
                marked = finding.values[_MARKED]
                return DateSlip(document.id, marked, printed, finding.why, finding.id)
        return None

    def span(self, collection: str = "") -> TimeSpan:
        """From when to when the papers of a collection, or of all, reach."""
        key = (collection, stamp(self._folder))
        found = self._spans.get(key)
        if found is None:
            first, early = self._end(collection, "earliest", "ASC")
            last, late = self._end(collection, "latest", "DESC")
            found = self._spans[key] = TimeSpan(first, last, (*early, *late))
        return found

    def _end(self, collection: str, column: str, order: str) -> tuple[str | None, list[DateSlip]]:
        """The first day that is no slip, from one end, and the slips before it."""
        slips: list[DateSlip] = []
        at_last: str | None = None
        for id, day in self._days(collection, column, order):
            at_last = at_last or day
            slip = self.of(id)
            if slip is None:
                return day, slips
            slips.append(slip)
        return at_last, []  # where all are slips, none is

    def _days(self, collection: str, column: str, order: str) -> Iterator[tuple[str, str]]:
        of = "AND collection = ?" if collection else ""
        rows = self._record.rows(
            f"SELECT id, {column} FROM documents WHERE {column} IS NOT NULL {of} "
            f"ORDER BY {column} {order}, id LIMIT {_ENDS}",
            (collection,) if collection else (),
        )
        yield from rows


def certain_slips(document: Document, auditor: DateAuditor) -> list[Finding]:
    """Findings that the date which a document has is a certain slip of its mark-up."""
    date = document.date
    if date is None or document.resolved("date")[0].origin == "decided":
        return []
    return [
        finding
        for finding in numbered(merged(auditor.document(document)))
        if finding.confidence >= CERTAIN
        and not finding.enclosure
        and finding.values.get(_MARKED) == date.edtf
    ]
