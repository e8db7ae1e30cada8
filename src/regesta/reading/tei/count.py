"""How many visible characters a document holds: one side of the check that nothing is lost."""

from typing import Final

from regesta.documents import Document, Mark, Note
from regesta.reading.tei.text import visible

_HIDDEN: Final = frozenset(("sic", "orig", "abbr", "rdg", "del", "corr", "reg", "expan", "lem"))


def weight(document: Document) -> int:
    """Count the visible characters of a document's text, notes and hidden readings."""
    count = visible(document.text) + _hidden(document.marks)
    return count + sum(map(note_weight, document.notes))


def note_weight(note: Note) -> int:
    """Count the visible characters of a footnote and its hidden readings."""
    return visible(note.text) + _hidden(note.marks)


def _hidden(marks: tuple[Mark, ...]) -> int:
    return sum(visible(mark.value) for mark in marks if mark.target in _HIDDEN and mark.value)
