"""Readings that a text does not show: what stands in the source where the editors chose otherwise.

Marks of a text in; each hidden reading out, with the words shown instead and what it is.
"""

from collections.abc import Iterable
from typing import Final

from regesta.documents.base import Value
from regesta.documents.document import Document, Mark

#: A mark's ``target`` where its ``value`` is a reading that the text does not show, and what an
#: apparatus says before it: TEI's elements, as the reader of TEI keeps them.
READINGS: Final[dict[str, str]] = {
    "sic": "in the source",
    "orig": "in the source",
    "abbr": "abbreviated in the source",
    "rdg": "variant",
    "del": "first written",
    "corr": "or, corrected",
    "reg": "or, in regular spelling",
    "expan": "or, expanded",
    "lem": "or",
}


class Reading(Value, frozen=True):
    """One reading that the text does not show.

    Attributes:
        start, end: The words shown instead, in the text.
        shown: Those words.
        words: The reading.
        what: What it is, in words: "in the source", "variant".
    """

    start: int
    end: int
    shown: str
    words: str
    what: str

    @property
    def line(self) -> str:
        """The reading as a line of an apparatus: lemma, bracket, what it is, reading."""
        return f"{self.shown}] {self.what}: {self.words}"


def is_reading(mark: Mark) -> bool:
    """Tell whether a mark holds a reading instead of saying something about the words it covers."""
    return mark.target in READINGS and bool(mark.value)


def document_readings(document: Document) -> list[Reading]:
    """Give the readings of a document's text, then those of its notes."""
    found = readings(document.text, document.marks)
    for note in document.notes:
        found += readings(note.text, note.marks)
    return found


def readings(text: str, marks: Iterable[Mark]) -> list[Reading]:
    """Give the readings that a text does not show, in its order."""
    found = [
        Reading(
            mark.start,
            mark.end,
            " ".join(text[mark.start : mark.end].split()),
            " ".join(mark.value.split()),
            READINGS[mark.target],
        )
        for mark in marks
        if is_reading(mark)
    ]
    return sorted(found, key=lambda reading: (reading.start, reading.end))
