"""What the edition lays on the auditors' desk: printed dates, ids of sources, tenures, papers."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from regesta.auditing.base import Candidate, Pointer, Printed, SourceIds, Stranger
from regesta.describing.dates.grammar import find_dates
from regesta.documents import Document
from regesta.edition.record.shelf import Shelf
from regesta.edition.record.store import Record
from regesta.errors import RegestaError
from regesta.reading.archives import SEPARATOR
from regesta.reading.sources import open_source

_ID = re.compile(rb"""\b(?:xml:)?id\s*=\s*["']([^"'<>]+)["']""")
_POINTER = re.compile(
    rb"""<(?:\w+:)?(?:ref|ptr|a)\b[^<>]*?\b(?:target|href)\s*=\s*["']\#([^"'<>\s]+)["'][^<>]*>"""
)
_TAG = re.compile(rb"<[^<>]*>?|&[^;<>&]{1,12};")
#: Words kept before and after a lost pointer, in bytes.
_AROUND = 120
#: Fewer papers of an office than this contradict nobody.
ENOUGH = 5


class EditionDesk:
    """The auditors' desk over a record.

    Args:
        record: The open record.
        shelf: Its documents.
    """

    def __init__(self, record: Record, shelf: Shelf) -> None:
        self._record = record
        self._shelf = shelf
        self._ids: tuple[str, SourceIds | None] = ("", None)

    def dates(self, text: str, start: int, end: int) -> Sequence[Printed]:
        """Every date printed in ``text[start:end]``."""
        return [
            Printed(
                start=found.start,
                end=found.date_end if found.time else found.end,
                edtf=found.edtf,
                year=found.year,
                month=found.month,
                day=found.day,
                calendar=found.calendar,
                pair="-" in found.shape,
                received=found.received,
                time=found.time,
            )
            for found in find_dates(text, start, end)
        ]

    def source_ids(self, document: Document) -> SourceIds | None:
        """Ids and lost pointers of a document's source; None where it has moved or changed."""
        path = document.source.path
        if self._ids[0] != path:
            self._ids = (path, self._read_ids(document))
        return self._ids[1]

    def _read_ids(self, document: Document) -> SourceIds | None:
        row = self._record.row(
            "SELECT file, sha256 FROM sources WHERE path = ?", (document.source.path,)
        )
        if row is None:
            return None
        path, (file, sha256) = document.source.path, row
        inner = path.partition(SEPARATOR)[2] if not path.endswith(file) else ""
        try:
            source = open_source(f"{file}{SEPARATOR}{inner}" if inner else file)
        except (RegestaError, OSError):
            return None
        return find_ids(source.data) if source.sha256 == sha256 else None

    def strangers(self) -> Iterator[Stranger]:
        """Parties in an office that, by all papers around them, somebody else held."""
        from regesta.describing.persons.tenures import Observation, contradictions

        offices = self._record.rows("SELECT id, label, acting FROM offices WHERE single")
        for office, label, acting in offices:
            rows = self._record.rows(
                "SELECT day, document, authority FROM held WHERE office = ? ORDER BY day, document",
                (office,),
            )
            seen = [Observation(day, str(who), document) for day, document, who in rows]
            if len(seen) < ENOUGH:
                continue
            for one, holding in contradictions(seen, acting=bool(acting)):
                around = [o.document for o in (holding.before, holding.after) if o is not None]
                yield Stranger(
                    document=self._id(one.document),
                    office=label,
                    name=self._label(one.who),
                    holder=self._label(holding.who),
                    day=dt.date.fromordinal(one.day).isoformat(),
                    before=self._id(around[0]) if around else "",
                    after=self._id(around[-1]) if around else "",
                )

    def _id(self, n: int) -> str:
        return str(self._record.value("SELECT id FROM documents WHERE n = ?", (n,)) or "")

    def _label(self, authority: str) -> str:
        sql = "SELECT label FROM authorities WHERE n = ?"
        return str(self._record.value(sql, (int(authority),)) or "")

    def same_day(self) -> Iterator[Sequence[Candidate]]:
        """Documents of one day together, day by day."""
        rows = self._record.stream(
            "SELECT day, id, collection, characters, senders, recipients, parent FROM documents "
            "WHERE day IS NOT NULL ORDER BY day, id"
        )
        for _, group in groupby(rows, key=lambda row: row[0]):
            found = [Candidate(*row[1:]) for row in group]
            if len(found) > 1:
                yield found

    def document(self, id: str) -> Document:
        """One document."""
        return self._shelf.document(id)


def find_ids(data: bytes) -> SourceIds:
    """Find the ids of a marked-up file, and its inner pointers that lead to none of them."""
    ids = frozenset(_text(match[1]) for match in _ID.finditer(data))
    lost = []
    for match in _POINTER.finditer(data):
        target = _text(match[1])
        if target not in ids:
            lost.append(Pointer(target, _around(data, match.start(), match.end())))
    return SourceIds(ids, tuple(lost))


def _around(data: bytes, start: int, end: int) -> str:
    """The words before a pointer, and its own."""
    stop = data.find(b"</", end)
    own = _text(data[end : stop if 0 <= stop - end < _AROUND else end])
    before = data[max(0, start - 3 * _AROUND) : start]
    cut = max(before.rfind(tag) for tag in (b"<item", b"<p>", b"<p ", b"<note"))
    before = before[cut if cut >= 0 else len(before) - _AROUND :]
    if cut >= 0 or before.find(b">") < before.find(b"<"):
        before = before.partition(b">")[2]
    words = _text(_TAG.sub(b"", before))
    return " ".join(f"{words[-_AROUND:]}{own}".split())


@lru_cache(maxsize=4096)
def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")
