"""A document's frame: the lines before its body and after it, each with what it is.

Editions and transcripts put the same things there. The describers read these lines and leave the
body alone.
"""

from regesta.describing.frame.foot import read_foot
from regesta.describing.frame.head import Head
from regesta.describing.frame.lines import LONGEST_HEADING, Frame, LineKind
from regesta.documents import Document


def _given_lines(document: Document) -> dict[int, LineKind]:
    """What the source's mark-up says of lines, by where they start."""
    given: dict[int, LineKind] = {}
    limit = min((e.start for e in document.enclosures), default=len(document.text))
    for layer in document.layers:
        if layer.kind in ("heading", "dateline") and layer.start < min(limit, layer.end):
            start = layer.start
            while 0 <= start < layer.end:
                given.setdefault(start, layer.kind)
                start = document.text.find("\n", start, layer.end) + 1 or -1
    return given


def make_frame(text: str, *, heading: str = "", given: dict[int, LineKind] | None = None) -> Frame:
    """Find the frame of a text.

    Args:
        text: The document's text, lines separated by line breaks.
        heading: Its heading where the source has one apart from the text.
        given: What mark-up says of lines, by their offsets.
    """
    head = Head(text, given or {})
    body = head.read()
    last = head.lines[-1] if head.lines else None
    opened = last is not None and last.kind == "salutation" and last.end - last.start < 120
    foot, body_end = read_foot(text, last.end if last is not None and opened else body)
    short = " ".join(heading[:LONGEST_HEADING].split())
    outside = short if short and short[:60] not in text[:2000].replace("\n", " ") else ""
    return Frame(text, head.lines, foot, body, max(body, body_end), outside)


_last: tuple[Document | None, Frame | None] = (None, None)


def frame_of(document: Document) -> Frame:
    """The frame of a document; the last one is kept, since every describer asks for it."""
    kept, known = _last
    if kept is document and known is not None:
        return known
    end = min((e.start for e in document.enclosures if e.start > 0), default=None)
    text = document.text if end is None else document.text[:end]
    frame = make_frame(text, heading=document.heading, given=_given_lines(document))
    remember(document, frame)
    return frame


def remember(document: Document, frame: Frame) -> None:
    """Keep the frame of a document that is about to be described."""
    global _last
    _last = (document, frame)
