"""Footnotes printed elsewhere than where they belong: a pointer in the text says where that is.

A note at the end of a letter or of a volume is anchored where ``<ptr target="#n1"/>`` or a ``ref``
points to it, or at the ``anchor`` that the note itself points to.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import msgspec

from regesta.documents import Document, Note
from regesta.reading.tei.rules import XML_ID
from regesta.reading.tei.text import HIDDEN, Draft

#: By the id pointed to: where the pointer stands, and its number.
Places = dict[str, tuple[int, str]]


class FarNote(NamedTuple):
    """A note of a section, until it is known whether a document points to it.

    Attributes:
        section: Id of the section in which it is printed.
        note: The note, without an anchor.
        texts: Its words, and the readings hidden in it, as the section keeps them.
    """

    section: str
    note: Note
    texts: tuple[str, ...]


def pointers(draft: Draft) -> Places:
    """Give where a text points: by the id pointed to, the place and number of the first pointer."""
    places: Places = {}
    for span in draft.extra.get("pointers", ()):
        for target in (span[3].get("target") or "").split():
            if target[0] == "#":
                places.setdefault(target[1:], (max(span[1], span[2]), span[3].get("n", "")))
    return places


def note_id(draft: Draft) -> str:
    """Give the id of a note."""
    return draft.attrs.get(XML_ID) or draft.attrs.get("id", "")


def anchor_notes(draft: Draft) -> None:
    """Move the anchors of a document's own notes to where its text points to them.

    A note that stands within a line stays there, even where a translation points to it again.
    """
    apart = [note for note in draft.notes if "apart" in note.extra]
    places = pointers(draft)
    aims = {aim for note in apart if "target" in note.attrs for aim in _aims(note)}
    if not apart or not (places or aims):
        return
    anchors = {
        id: span[1]
        for span in (draft.sink.spans if aims else ())
        if span[0].name in ("anchor", "ptr") and (id := span[3].get(XML_ID, "")) in aims
    }
    moved = False
    for note in apart:
        place = places.get(note_id(note))
        at = place[0] if place else next((anchors[a] for a in _aims(note) if a in anchors), None)
        if at is not None and note.anchor != at:
            note.anchor, moved = at, True
    if moved:
        draft.notes.sort(key=_by_anchor)


def _aims(note: Draft) -> Iterator[str]:
    return (aim[1:] for aim in note.attrs.get("target", "").split() if aim[0] == "#")


def _by_anchor(note: Draft) -> int:
    return note.anchor or 0


def far_notes(section: str, draft: Draft, make: Callable[[Draft], Note]) -> dict[str, FarNote]:
    """Give the notes of a section by their ids, and take them out of the draft."""
    far = {}
    for note in [n for n in draft.notes if "apart" in n.extra and note_id(n)]:
        draft.notes.remove(note)
        texts = (note.sink.text, *hidden_texts(note))
        note.anchor = None
        far[note_id(note)] = FarNote(section, make(note), texts)
    return far


def with_far_notes(document: Document, places: Places, far: dict[str, FarNote]) -> Document:
    """Give a document the notes of other sections that it points to, in order of their anchors."""
    found = [
        msgspec.structs.replace(far[id].note, anchor=at, n=far[id].note.n or number)
        for id, (at, number) in places.items()
        if id in far
    ]
    if not found:
        return document
    notes = sorted((*document.notes, *found), key=lambda note: note.anchor or 0)
    return msgspec.structs.replace(document, notes=tuple(notes))


def hidden_texts(draft: Draft) -> list[str]:
    """Give the readings of a draft that are not shown: a section keeps them at its end."""
    spans = draft.sink.spans
    return [s[3][HIDDEN] for s in spans if HIDDEN in s[3] and s[0].special == "alternative"]
