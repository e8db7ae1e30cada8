"""A part of a document as TEI: its header, and a passage or notes inside a DTS wrapper.

What comes in is a document with the span of a passage; out goes a TEI file whose ``dts:wrapper``
holds the passage alone.
"""

from collections.abc import Sequence
from typing import TypeVar

import msgspec

from regesta.documents import Collection, Document, Layer, Mark, Note
from regesta.exporting.tei.body import body
from regesta.exporting.tei.corpus import NAMESPACE
from regesta.exporting.tei.header import document_header

#: Namespace of the wrapper, as the DTS specification 1.0 spells it.
WRAPPER = "https://w3id.org/api/dts#"
T = TypeVar("T", Mark, Layer)


def passage(document: Document, start: int, end: int, notes: Sequence[Note] = ()) -> Document:
    """A document cut down to a passage.

    Args:
        document: The whole.
        start, end: The passage, in code points of its text.
        notes: Further notes that belong to the passage and are anchored elsewhere or nowhere.
    """
    marks = tuple(_moved(m, start, end) for m in document.marks if _meets(m, start, end))
    layers = tuple(_moved(m, start, end) for m in document.layers if _meets(m, start, end))
    inside = tuple(
        msgspec.structs.replace(note, anchor=note.anchor - start)
        for note in document.notes
        if note.anchor is not None and start <= note.anchor <= end and start < end
    )
    return msgspec.structs.replace(
        document,
        text=document.text[start:end],
        marks=marks,
        layers=layers,
        notes=inside + tuple(msgspec.structs.replace(note, anchor=None) for note in notes),
        enclosures=(),
    )


def _meets(span: Mark | Layer, start: int, end: int) -> bool:
    if span.start == span.end:
        return start <= span.start < end
    return span.start < end and span.end > start


def _moved(span: T, start: int, end: int) -> T:
    return msgspec.structs.replace(
        span, start=max(span.start, start) - start, end=min(span.end, end) - start
    )


def document_part(document: Document, collection: Collection, part: Document) -> str:
    """Give a passage as a TEI file.

    Args:
        document: The whole, whose header it gets.
        collection: Its collection.
        part: The passage, made by :func:`passage`.
    """
    text = body(part)
    if not part.text.strip():
        text = text.replace("<p/>\n", "", 1)
    opened = f'<dts:wrapper xmlns:dts="{WRAPPER}">'
    text = text.replace("<body>", f"<body>{opened}", 1).replace("</body>", "</dts:wrapper></body>")
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<TEI xmlns="{NAMESPACE}">\n'
        f"{document_header(document, collection, xeno='')}{text}</TEI>\n"
    )
