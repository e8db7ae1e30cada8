"""CSV: one row a document for spreadsheets and statistics, UTF-8, RFC 4180.

Several values of one cell are separated by ``; ``. An empty cell is what is not known.
"""

import codecs
import csv
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, BinaryIO

from regesta.documents import Collection, Document, Fact, HistoricalDate, Party

EVERY = 200
_BETWEEN = "; "

#: The data dictionary: every column in order, with what it holds.
COLUMNS: dict[str, str] = {
    "id": "id of the document in the edition",
    "collection": "id of its collection",
    "collection_title": "title of its collection",
    "heading": "printed heading",
    "kind": "telegram, note, letter…",
    "number": "number as printed",
    "file_number": "file number as printed",
    "language": "ISO 639 code",
    "date_edtf": "date of writing, EDTF (ISO 8601-2), proleptic Gregorian",
    "date_earliest": "its first possible day",
    "date_latest": "its last possible day",
    "date_time": "time of day, HH:MM",
    "date_calendar": "calendar as printed",
    "date_printed": "date as printed",
    "date_origin": "given by the source, derived by a rule, or decided by an editor",
    "received_edtf": "date of arrival, EDTF",
    "sender_names": "names of the senders",
    "sender_offices": "offices of the senders, in the order of the names",
    "sender_powers": "powers they speak for, in the same order",
    "sender_persons": "ids in a list of persons or authority URIs, in the same order",
    "sender_origin": "as date_origin",
    "recipient_names": "as for the senders",
    "recipient_offices": "as for the senders",
    "recipient_powers": "as for the senders",
    "recipient_persons": "as for the senders",
    "recipient_origin": "as date_origin",
    "place": "place of writing, its historical name as printed",
    "latitude": "degrees north",
    "longitude": "degrees east",
    "place_origin": "as date_origin",
    "subjects": "subject headings, broader headings before a colon",
    "publication": "where the source says it was printed or is kept",
    "pages": "printed pages, first and last",
    "parent": "id of the document that encloses it",
    "words": "words of its text",
    "notes": "number of footnotes",
    "source_path": "path of the source file as given to the build",
    "source_position": "where in the file it stands",
    "source_sha256": "SHA-256 of the file",
}


class CsvExporter:
    """Writes one row a document, with the columns of :data:`COLUMNS`."""

    name = "csv"
    suffix = ".csv"
    media_type = "text/csv"

    def write(
        self,
        documents: Iterable[Document],
        target: BinaryIO,
        *,
        collections: dict[str, Collection],
        progress: Callable[[int], None] | None = None,
    ) -> int:
        """Write the documents in their order; give how many were written."""
        writer = csv_writer(target)
        writer.writerow(COLUMNS)
        count = 0
        for document in documents:
            found = collections.get(document.collection)
            writer.writerow(row(document, title=found.title if found else ""))
            count += 1
            if progress and count % EVERY == 0:
                progress(count)
        if progress:
            progress(count)
        return count


def csv_writer(target: BinaryIO) -> Any:
    """What writes rows as RFC 4180 has them, in UTF-8, and leaves the stream to whoever opened it.

    A wrapper of Python's own would close it: after a broken pipe that is one failure more.
    """
    return csv.writer(codecs.getwriter("utf-8")(target, "backslashreplace"), lineterminator="\r\n")


def row(document: Document, *, title: str = "") -> list[str]:
    """Give a document's cells, in the order of :data:`COLUMNS`."""
    place, pages = document.place, document.pages
    located = place is not None and place.latitude is not None and place.longitude is not None
    cells = [
        document.id,
        document.collection,
        title,
        document.heading,
        *(document.word(name) for name in ("kind", "number", "file_number", "language")),
        *_date_cells(document.first("date")),
        _edtf(document.first("received")),
        *_party_cells(document, "sender", document.senders),
        *_party_cells(document, "recipient", document.recipients),
        place.name if place else "",
        str(place.latitude) if place and located else "",
        str(place.longitude) if place and located else "",
        _origin(document.first("place")),
        _BETWEEN.join(": ".join((*s.path, s.label)) for s in document.subjects),
        document.word("publication") or document.word("source_note"),
        _BETWEEN.join(dict.fromkeys((pages[0], pages[-1]))) if pages else "",
        document.parent,
        str(len(document.text.split())),
        str(len(document.notes)),
        document.source.path,
        document.source.position,
        document.source.sha256,
    ]
    return [_inert(cell) for cell in cells]


def _date_cells(fact: Fact | None) -> list[str]:
    if fact is None or not isinstance(fact.value, HistoricalDate):
        return [""] * 7
    date = fact.value
    return [
        date.edtf,
        date.earliest or "",
        date.latest or "",
        date.time or "",
        date.calendar,
        date.printed,
        fact.origin,
    ]


def _party_cells(document: Document, field: str, parties: Sequence[Party]) -> list[str]:
    columns = [
        [getattr(p, name) for p in parties] for name in ("name", "office", "power", "person")
    ]
    cells = [_BETWEEN.join(column) if any(column) else "" for column in columns]
    return [*cells, _origin(document.first(field))]


def _edtf(fact: Fact | None) -> str:
    return fact.value.edtf if fact and isinstance(fact.value, HistoricalDate) else ""


def _origin(fact: Fact | None) -> str:
    return fact.origin if fact else ""


def _inert(cell: str) -> str:
    return inert(" ".join(cell.split()))


#: Signs with which a cell begins that a spreadsheet may take for a formula.
RISKY = frozenset("=+@-\t\r")
_NUMBER = re.compile(r"-[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?")


def inert(cell: str) -> str:
    """Keep a spreadsheet from taking a source's words for a formula.

    A minus begins one as well ("-2+3+cmd|…", the common attack); a number with it stays.
    """
    return f"'{cell}" if cell[:1] in RISKY and not _NUMBER.fullmatch(cell) else cell
