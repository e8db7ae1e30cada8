"""The tables of an edition and their columns: the data dictionary, in one place.

Every column has a type (``text``, ``integer``, ``number``, ``date``) and says what it holds. Dates
are ISO 8601 in the proleptic Gregorian calendar; an empty cell is what is not known. Spans are code
points ``[start, end)`` in the text of the document, or of the note where ``note`` is filled.
"""

from collections.abc import Collection
from typing import Final

#: Table → column → type and meaning.
TABLES: Final[dict[str, dict[str, tuple[str, str]]]] = {
    "documents": {
        "id": ("text", "id of the document, which never changes"),
        "collection": ("text", "id of its collection"),
        "collection_title": ("text", "title of its collection"),
        "heading": ("text", "printed heading"),
        "kind": ("text", "telegram, note, letter…"),
        "number": ("text", "number as printed"),
        "file_number": ("text", "file number as printed"),
        "language": ("text", "ISO 639 code"),
        "date_edtf": ("text", "date of writing, EDTF (ISO 8601-2)"),
        "date_earliest": ("date", "its first possible day"),
        "date_latest": ("date", "its last possible day"),
        "date_time": ("text", "time of day, HH:MM"),
        "date_calendar": ("text", "calendar as printed"),
        "date_printed": ("text", "date as printed"),
        "date_origin": ("text", "given by the source, derived by a rule, or decided by an editor"),
        "received_edtf": ("text", "date of arrival, EDTF"),
        "place": ("text", "place of writing, its historical name as printed"),
        "latitude": ("number", "degrees north"),
        "longitude": ("number", "degrees east"),
        "place_origin": ("text", "as date_origin"),
        "destination": ("text", "place of arrival, where the source names it"),
        "source_note": ("text", "where it is kept, as the edition prints it"),
        "publication": ("text", "where it was printed before"),
        "page_first": ("text", "first printed page"),
        "page_last": ("text", "last printed page"),
        "parent": ("text", "id of the document that encloses it"),
        "words": ("integer", "words of its text"),
        "characters": ("integer", "code points of its text"),
        "notes": ("integer", "number of footnotes"),
        "source_path": ("text", "path of the source file as given to the build"),
        "source_position": ("text", "where in the file it stands"),
        "source_sha256": ("text", "SHA-256 of the file"),
        "text": ("text", "the whole text"),
    },
    "facts": {
        "document": ("text", "id of the document"),
        "position": ("integer", "among the document's facts, from 0"),
        "field": ("text", "what is described: date, sender, place…"),
        "value": ("text", "the value in words; dates in EDTF"),
        "origin": ("text", "given, derived or decided"),
        "rule": ("text", "rule or mark-up that gave it"),
        "start": ("integer", "where its words begin"),
        "end": ("integer", "where they end"),
        "confidence": ("number", "0 to 1"),
    },
    "parties": {
        "document": ("text", "id of the document"),
        "role": ("text", "sender or recipient"),
        "position": ("integer", "among those of its role, from 0"),
        "name": ("text", "as the source names it"),
        "office": ("text", "as printed"),
        "power": ("text", "the power it speaks for"),
        "person": ("text", "id in a list of persons, or address in an authority file"),
        "origin": ("text", "given, derived or decided"),
        "confidence": ("number", "0 to 1"),
    },
    "subjects": {
        "document": ("text", "id of the document"),
        "subject": ("text", "id of the heading, as in the subject index and in SKOS"),
        "label": ("text", "the heading"),
        "path": ("text", "broader headings, broadest first, parted by “ > ”"),
        "origin": ("text", "given, derived or decided"),
    },
    "links": {
        "document": ("text", "id of the document that says it"),
        "kind": ("text", "reference, reply, continuation, enclosure, quotation…"),
        "target": ("text", "id of the document that it means; empty where none is here"),
        "printed": ("text", "the words"),
        "note": ("integer", "the note in which they stand, from 0"),
        "start": ("integer", "where they begin"),
        "end": ("integer", "where they end"),
        "confidence": ("number", "0 to 1"),
        "evidence": ("text", "what agreed, as name: words, parted by semicolons"),
    },
    "acts": {
        "document": ("text", "id of the document"),
        "actor": ("text", "who acts"),
        "act": ("text", "protest, propose, refuse…"),
        "addressee": ("text", "toward whom"),
        "about": ("text", "about what"),
        "polarity": ("text", "affirmed or negated"),
        "modality": ("text", "actual, conditional, intended or requested"),
        "reported_by": ("text", "who reports it; empty for the sender"),
        "start": ("integer", "where its words begin"),
        "end": ("integer", "where they end"),
        "plover": ("text", "PLOVER event type"),
        "cameo": ("text", "CAMEO code"),
        "confidence": ("number", "0 to 1"),
    },
    "notes": {
        "document": ("text", "id of the document"),
        "position": ("integer", "among its notes, from 0"),
        "n": ("text", "printed mark"),
        "anchor": ("integer", "where its mark stands in the text"),
        "text": ("text", "its text"),
    },
}


def dictionary(missing: Collection[str] = ()) -> str:
    """The data dictionary as Markdown, for people.

    Args:
        missing: Tables that are empty because nobody has looked for what they hold.
    """
    lines = ["# Tables", "", *(__doc__ or "").split("\n")[2:]]
    for table, columns in TABLES.items():
        lines += [f"## {table}", ""]
        if table in missing:
            lines += [
                f"Empty: the edition's {table} had not been looked for when this was made.",
                "",
            ]
        lines += ["| column | type | holds |", "|---|---|---|"]
        lines += [f"| `{name}` | {kind} | {holds} |" for name, (kind, holds) in columns.items()]
        lines.append("")
    return "\n".join(lines)
