"""TEI that Regesta wrote itself: what its header keeps in ``xenoData`` gives a document back whole.

The words of the body stay the measure. Where somebody has changed them since, or the data does not
fit them, the file is read like any other TEI.
"""

import hashlib
from xml.etree.ElementTree import Element

import msgspec

from regesta.documents import Act, Collection, Document, Link, Source
from regesta.documents.ids import local_id

TYPE = "regesta"


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
