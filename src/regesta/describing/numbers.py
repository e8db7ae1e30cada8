"""A document into its numbers: that of the document ("No. 17.]", "328. …") and of the file."""

import re

from regesta.describing.base import Context
from regesta.describing.frame import Frame, Line, frame_of
from regesta.documents import Document, Fact

_NUMBER = re.compile(r"\d{1,5}(?:[ ]?(?:bis|ter|[A-Za-z](?![\w])))?")
_OPENING = re.compile(r"[“\"\[]?(\d{1,5})[.\])]\]?\s+(?=[“\"\[(]?[A-ZÀ-ÞА-Я])")
_LABEL = re.compile(r"^(?:File (?:copy )?No(?:s)?\.?\s*|Lot File:?\s*)", re.I)
_LABELLED = re.compile(r"[\[(“\"]?\s*N", re.I)


def describe_numbers(document: Document, context: Context) -> list[Fact]:
    """Give the document's number and file number, each at most once."""
    given = {f.field for f in document.facts}
    frame = frame_of(document)
    facts = []
    if "number" not in given:
        fact = _number(frame)
        facts += [fact] if fact else []
    if "file_number" not in given:
        fact = _file_number(frame)
        facts += [fact] if fact else []
    return facts


def _number(frame: Frame) -> Fact | None:
    """The number after the heading is the writer's; one above it is often the edition's."""
    lines = frame.of("number")
    heading = next((line.start for line in frame.head if line.kind == "heading"), -1)
    below = [line for line in lines if line.start > heading]
    above = [line for line in lines if line.start < heading and "]" in frame.words(line)]
    for line in (*below, *above, *lines):
        if _LABELLED.match(frame.words(line)):
            return _fact(frame, line, "number line", 0.95 if line in below else 0.7)
    opening = _OPENING.match(frame.text, frame.body_start)
    if opening is not None and (heading >= 0 or frame.of("dateline")):
        return Fact("number", opening[1], "derived", "opening", opening.span(1), 0.95)
    return None


def _fact(frame: Frame, line: Line, rule: str, confidence: float) -> Fact | None:
    match = _NUMBER.search(frame.text, line.start, line.end)
    if match is None:
        return None
    return Fact("number", match[0], "derived", rule, match.span(), confidence)


def _file_number(frame: Frame) -> Fact | None:
    for line in frame.of("file number"):
        words = frame.words(line)
        label = _LABEL.match(words)
        start = label.end() if label else 0
        end = words.find(": ", start)
        value = words[start : end if end > 0 else len(words)].strip(" .[]")
        if value and any(c.isdigit() for c in value):
            at = words.index(value, start) + line.start
            span = (at, at + len(value))
            return Fact("file_number", value, "derived", "file number line", span, 0.95)
    return None
