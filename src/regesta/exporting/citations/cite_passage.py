"""A passage or a note of a document as a citation names it: its printed pages, and "n. 3"."""

from dataclasses import dataclass

from regesta.documents import Document


@dataclass(frozen=True, slots=True)
class Passage:
    """What is cited of a document.

    Attributes:
        span: The passage, ``[start, end)`` in code points of the text; None for all of it.
        note: Place of the note that is cited, from 0, or None.
    """

    span: tuple[int, int] | None = None
    note: int | None = None


def pages_of(document: Document, passage: Passage) -> list[str]:
    """The printed pages on which a passage or the mark of a note stands; all for the whole."""
    span = passage.span
    if passage.note is not None:
        anchor = document.notes[passage.note].anchor
        span = (anchor, anchor) if anchor is not None else None
    if span is None:
        return document.pages
    breaks = [(m.start, m.value) for m in document.marks if m.kind == "page" and m.value]
    first = [number for at, number in breaks if at <= span[0]][-1:]
    inside = [number for at, number in breaks if span[0] < at < span[1]]
    return [*first, *inside]


def note_words(document: Document, passage: Passage) -> str:
    """ "n. 3" by the note's printed mark, "" where no note is cited."""
    if passage.note is None:
        return ""
    return f"n. {document.notes[passage.note].n or passage.note + 1}"


def note_named(document: Document, mark: str) -> int | None:
    """The place of the note that has a printed mark; None where there is none."""
    for place, note in enumerate(document.notes):
        if note.n.strip() == mark.strip():
            return place
    return None
