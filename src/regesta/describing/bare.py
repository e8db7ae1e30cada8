"""Bare text into a document: its lines keep their words, its layers are found from its frame."""

import re

from regesta.describing.frame.document import make_frame, remember
from regesta.describing.frame.lines import Line
from regesta.documents import Document, Layer, Source
from regesta.documents.document import LayerKind

_LAYER: dict[str, LayerKind] = {
    "heading": "heading",
    "dateline": "dateline",
    "received": "dateline",
    "salutation": "salutation",
    "closer": "closer",
    "signature": "signature",
    "bracket": "editorial note",
    "subject": "heading",
    "number": "heading",
    "file number": "source note",
}
_SALUTED = re.compile(r"[:,;—–]")
_SPACE = re.compile(r"[ \t\u00a0\u2009\u202f\f\v]{2,}|[\t\u00a0\u2009\u202f\f\v]")
_ODD_SPACES = ("  ", "\t", "\u00a0", "\u2009", "\u202f", "\f", "\v")
_BREAKS = re.compile(r" *\n[ \n]*")


def fold(text: str) -> str:
    """Fold white space as readers do: one space, one line break, none at the ends."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\ufeff" in text:
        text = text.replace("\ufeff", "")
    # Looking for a fixed string is a hundred times quicker than a pattern over a whole text.
    for odd in _ODD_SPACES:
        if odd in text:
            text = _SPACE.sub(" ", text)
            break
    if " \n" in text or "\n " in text or "\n\n" in text:
        text = _BREAKS.sub("\n", text)
    return text.strip(" \n")


def bare_document(id: str, text: str) -> Document:
    """Make a document of bare text, with the layers that its lines show.

    Args:
        id: Its id; what stands before the first "/" is its collection.
        text: Any text, "" included; its white space is folded.

    Returns:
        A document without facts, ready to be described like any other. Its source is empty: there
        is no file.
    """
    folded = fold(text)
    frame = make_frame(folded)
    titles = [line for line in frame.head if line.kind in ("heading", "subject")]
    heading = " ".join(map(frame.words, titles))
    collection = id.rpartition("/")[0].partition("/")[0]
    layers = [layer for line in (*frame.head, *frame.foot) if (layer := _layer(frame.text, line))]
    if frame.body_start < frame.body_end:
        layers.append(Layer("body", frame.body_start, frame.body_end))
    document = Document(
        id=id,
        collection=collection,
        source=Source(path="", sha256=""),
        text=folded,
        heading=heading,
        layers=tuple(sorted(layers, key=lambda layer: (layer.start, -layer.end))),
    )
    remember(document, frame)
    return document


def _layer(text: str, line: Line) -> Layer | None:
    kind = _LAYER.get(line.kind)
    if kind is None:
        return None
    end = line.end
    if kind == "salutation":
        stop = _SALUTED.search(text, line.start, min(end, line.start + 90))
        end = stop.end() if stop and end - line.start > 90 else end
    return Layer(kind, line.start, end)
