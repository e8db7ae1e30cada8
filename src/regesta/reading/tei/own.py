"""TEI that Regesta wrote itself: what its header keeps in ``xenoData`` gives a document back whole.

The words of the body stay the measure. Where somebody has changed them since, or the data does not
fit them or holds what no document of ours does, the file is read like any other TEI: anybody can
write such a file.
"""

import hashlib
from collections.abc import Iterable
from xml.etree.ElementTree import Element

import msgspec

from regesta.documents import (
    Act,
    Collection,
    Document,
    Fact,
    HistoricalDate,
    Link,
    Party,
    Place,
    Source,
    Subject,
    parse_edtf,
)
from regesta.documents.dates import from_iso
from regesta.documents.edtf import ELEMENT
from regesta.documents.ids import local_id

TYPE = "regesta"
#: Field → the kind of its values; those of other fields are words.
_KINDS: dict[str, type] = {
    "date": HistoricalDate, "received": HistoricalDate, "sender": Party, "recipient": Party,
    "place": Place, "destination": Place, "subject": Subject,
}  # fmt: skip


class Own(msgspec.Struct):
    """What stands in ``xenoData``.

    Attributes:
        sha256: Of the document's text.
        document: The document; its text only where the body cannot give it back.
        collection: In a corpus header, the collection.
        links, acts: Those of the document when it was written.
    """

    sha256: str = ""
    document: Document | None = None
    collection: Collection | None = None
    links: tuple[Link, ...] = ()
    acts: tuple[Act, ...] = ()


_decode = msgspec.json.Decoder(Own).decode


def own_data(header: Element) -> Own | None:
    """Give what Regesta wrote into a header, or None where it wrote nothing that can be read."""
    for element in header.iterfind("xenoData"):
        if element.get("type") == TYPE:
            try:
                return _decode("".join(element.itertext()))
            except (msgspec.DecodeError, UnicodeEncodeError):
                return None
    return None


def own_document(own: Own, read: Document, source: Source) -> Document | None:
    """Give the document that Regesta wrote, or None where the body is not the one it wrote.

    Args:
        own: What its header keeps.
        read: The document as any TEI is read.
        source: Where it stands now.
    """
    kept = own.document
    if kept is None:
        return None
    text = kept.text or read.text
    if hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != own.sha256:
        return None
    if kept.text and _letters(kept.text) != _letters(read.text):
        return None
    if not _fits(kept, len(text)):
        return None
    stated = [*kept.facts, *(fact for paper in kept.enclosures for fact in paper.facts)]
    if not all(map(_is_sound, stated)):
        return None
    id = f"{read.collection}/{local_id(kept.local_id)}"
    # What was derived is derived again, by the rules of today.
    facts = tuple(fact for fact in kept.facts if fact.origin != "derived")
    return msgspec.structs.replace(
        kept,
        id=id,
        collection=read.collection,
        text=text,
        source=source,
        order=read.order,
        facts=facts,
    )


def own_links(links: Iterable[Link], document: Document) -> tuple[Link, ...]:
    """Those of a document's links whose words stand in its text, or in its note."""
    found = []
    for link in links:
        text = document.text
        if link.note is not None:
            if not 0 <= link.note < len(document.notes):
                continue
            text = document.notes[link.note].text
        if link.span is None or 0 <= link.span[0] <= link.span[1] <= len(text):
            found.append(link)
    return tuple(found)


def own_acts(acts: Iterable[Act], document: Document) -> tuple[Act, ...]:
    """Those of a document's acts whose words stand in its text."""
    length = len(document.text)
    return tuple(a for a in acts if a.span is None or 0 <= a.span[0] <= a.span[1] <= length)


def _is_sound(fact: Fact) -> bool:
    """Whether a fact has a value of its field's kind, such as a reader can make."""
    value = fact.value
    if not isinstance(value, _KINDS.get(fact.field, str)) or not 0 <= fact.confidence <= 1:
        return False
    if isinstance(value, HistoricalDate):
        clock = value.time is None or from_iso(f"2000-01-01T{value.time}") is not None
        return clock and _is_edtf(value.edtf) and _is_day(value.earliest) and _is_day(value.latest)
    if isinstance(value, Place):
        north, east = value.latitude, value.longitude
        return (north is None or abs(north) <= 90) and (east is None or abs(east) <= 180)
    return True


def _is_day(day: str | None) -> bool:
    return day is None or (len(day) == 10 and from_iso(day) is not None)


def _is_edtf(text: str) -> bool:
    """Whether a text is EDTF, none at all, or an interval as sources have them, ends exchanged."""
    ends = text.split("/")
    swapped = len(ends) == 2 and all(map(ELEMENT.match, ends))
    return not text or swapped or parse_edtf(text) is not None


def _letters(text: str) -> str:
    """What is seen of a text, without what XML cannot hold and what stands in its place."""
    return "".join(c for c in "".join(text.split()) if c.isprintable() and c != "\ufffd")


def _fits(document: Document, length: int) -> bool:
    """Whether every span lies in its text."""
    spans = [(layer.start, layer.end) for layer in document.layers]
    spans += [(mark.start, mark.end) for mark in document.marks]
    spans += [(paper.start, paper.end) for paper in document.enclosures]
    spans += [fact.span for fact in document.facts if fact.span]
    spans += [(note.anchor, note.anchor) for note in document.notes if note.anchor is not None]
    inside = all(0 <= start <= end <= length for start, end in spans)
    return inside and all(
        0 <= mark.start <= mark.end <= len(note.text)
        for note in document.notes
        for mark in note.marks
    )
