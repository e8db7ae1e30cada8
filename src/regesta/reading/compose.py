"""Builds a document's text and its stand-off spans from pieces, in one pass from front to back.

White space is folded: one space between words, one line break between blocks. Spans begin at the
next visible character and end after the last, so that none begins or ends with white space.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

from regesta.documents import Document, Layer, Mark, Note
from regesta.documents.document import LayerKind, MarkKind

#: Characters that are never seen: control characters, soft hyphen, zero-width space, byte-order
#: mark, lone surrogates and non-characters. Joiners stay: they change letters in Arabic script.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b\u2060\ufeff\ud800-\udfff\ufffe\uffff]"
)


@dataclass(slots=True)
class Span:
    """A span that is open, or waits for the next visible character."""

    kind: str
    value: str = ""
    target: str = ""
    apart: bool = False
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class Composition:
    """A finished text with its spans; the shape of the parts of :class:`Document`."""

    text: str
    layers: tuple[Layer, ...] = ()
    marks: tuple[Mark, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(slots=True)
class Composer:
    """Writes a text; open and close spans around what is written."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    pending: str = ""
    waiting: list[Span] = field(default_factory=list)
    marks: list[Span] = field(default_factory=list)
    layers: list[Span] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def write(self, text: str) -> None:
        """Add text, its white space folded."""
        text = _UNSEEN.sub("", text)
        words = text.split()
        if not words:
            if text:
                self.pending = self.pending or " "
            return
        if text[0].isspace():
            self.pending = self.pending or " "
        self._flush()
        joined = " ".join(words)
        self.parts.append(joined)
        self.length += len(joined)
        if text[-1].isspace():
            self.pending = " "

    def line_break(self) -> None:
        """End the line: what follows stands on the next."""
        self.pending = "\n"

    def space(self) -> None:
        """Keep what follows apart from what stands before."""
        self.pending = self.pending or " "

    def mark(self, kind: MarkKind, value: str = "", target: str = "") -> Span:
        """Open a mark; give it to :meth:`close`."""
        return self._open(self.marks, Span(kind, value, target))

    def layer(self, kind: LayerKind, language: str = "", *, apart: bool = False) -> Span:
        """Open a layer. What is ``apart`` (heading, source note) is no part of the body."""
        return self._open(self.layers, Span(kind, language, apart=apart))

    def close(self, span: Span) -> None:
        """End a span after the last visible character; a span around nothing is forgotten later."""
        span.end = self.length

    def point(self, kind: MarkKind, value: str = "", target: str = "") -> None:
        """Set a mark without length before the next visible character (a page break)."""
        span = self.mark(kind, value, target)
        span.end = -2

    def note(self, note: Note) -> None:
        """Anchor a note after the last visible character."""
        self.notes.append(Note(note.n, note.text, anchor=self.length, id=note.id, marks=note.marks))

    def _open(self, spans: list[Span], span: Span) -> Span:
        spans.append(span)
        self.waiting.append(span)
        return span

    def _flush(self) -> None:
        if self.pending and self.length:
            self.parts.append(self.pending)
            self.length += 1
        self.pending = ""
        for span in self.waiting:
            if span.end in (-1, -2):
                span.start = self.length
        self.waiting.clear()

    def finish(self, language: str = "") -> Composition:
        """Give the text; what stands in no layer that is apart becomes body."""
        marks = [made for span in self.marks if (made := self._made(span))]
        layers = [
            Layer(span.kind, span.start, span.end, span.value)  # type: ignore[arg-type]
            for span in self.layers
            if 0 <= span.start < span.end
        ]
        text = "".join(self.parts)
        apart = sorted((s.start, s.end) for s in self.layers if s.apart and 0 <= s.start < s.end)
        layers += [Layer("body", a, b, language) for a, b in _gaps(text, apart)]
        return Composition(
            text,
            tuple(sorted(layers, key=lambda one: (one.start, -one.end))),
            tuple(sorted(marks, key=lambda one: (one.start, -one.end))),
            tuple(self.notes),
        )

    def _made(self, span: Span) -> Mark | None:
        start, end = span.start, span.end
        if end == -2:
            start = end = self.length if start < 0 else start
        if start < 0 or (start >= end and span.end != -2):
            return None
        return Mark(span.kind, start, end, span.value, span.target)  # type: ignore[arg-type]


def _gaps(text: str, taken: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches of text that no span covers, trimmed of white space."""
    gaps, at = [], 0
    for start, end in [*taken, (len(text), len(text))]:
        if start > at:
            gaps.append((at, start))
        at = max(at, end)
    trimmed = []
    for start, end in gaps:
        piece = text[start:end]
        inner = piece.strip()
        if inner:
            first = start + len(piece) - len(piece.lstrip())
            trimmed.append((first, first + len(inner)))
    return trimmed


def visible(text: str) -> Counter[str]:
    """Count the visible characters of a text: white space and what is never seen left out."""
    counted = Counter(_UNSEEN.sub("", text))
    for blank in [character for character in counted if character.isspace()]:
        del counted[blank]
    return counted


def shown(documents: list[Document]) -> Counter[str]:
    """Count the visible characters of documents, notes and page numbers included."""
    counted: Counter[str] = Counter()
    for document in documents:
        counted += visible(document.text)
        for note in document.notes:
            counted += visible(note.n + note.text)
        for mark in document.marks:
            if mark.kind == "page":
                counted += visible(mark.value)
    return counted
