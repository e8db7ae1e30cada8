"""Pointers and notes: what leads nowhere, notes that hang nowhere, marks without their note."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from regesta.auditing.base import Auditor, Desk, Finding, Pointer
from regesta.documents import Collection, Document, Mark, Note
from regesta.documents.numbers import whole_number

_MARK = re.compile(r"\[\^([^\]\s]{1,20})\]")
#: Pointers of one kind outside documents that are named one by one; more are one finding.
FEW = 12
#: So many lost pointers of one kind in documents are one finding too: their goals are elsewhere.
MANY = 40
#: Notes without anchor that are named one by one in a collection.
MOST = 500


class ReferenceAuditor(Auditor):
    """Looks at inner pointers of the mark-up, in documents, notes and index."""

    looks_at = "references and index entries that point nowhere"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._told: Counter[str] = Counter()
        self._found: list[Finding] = []
        self._last: Document | None = None

    def document(self, document: Document) -> Iterable[Finding]:
        """Give the pointers of a document and its notes that lead nowhere."""
        self._last = document
        found = self._found
        pointing = [m for m in document.marks if m.kind == "ref" and m.target[:1] == "#"]
        noted = [
            (note, m) for note in document.notes for m in note.marks
            if m.kind == "ref" and m.target[:1] == "#"
        ]  # fmt: skip
        if not pointing and not noted:
            return ()
        known = self.desk.source_ids(document)
        if known is None:
            return ()
        for mark in pointing:
            if mark.target[1:] not in known.ids:
                words = document.text[mark.start : mark.end]
                found.append(self._lost(document, mark, words, (mark.start, mark.end)))
        for note, mark in noted:
            if mark.target[1:] not in known.ids:
                span = None if note.anchor is None else (note.anchor, note.anchor)
                found.append(self._lost(document, mark, _around(note, mark), span))
        return ()

    def _lost(
        self, document: Document, mark: Mark, words: str, span: tuple[int, int] | None
    ) -> Finding:
        self._told[mark.target[1:]] += 1
        return Finding(
            document=document.id,
            collection=document.collection,
            kind="reference.nowhere",
            why=f"Nothing in the source has the id {mark.target[1:]!r}.",
            words=words,
            span=span,
            values={"points to": mark.target, "printed": words},
            confidence=0.97,
        )

    def collection(self, collection: Collection) -> Iterable[Finding]:
        """Give the lost pointers that stand outside documents: in the index, in lists."""
        last, self._last = self._last, None
        told, self._told = self._told, Counter()
        found, self._found = self._found, []
        yield from _few(found)
        known = self.desk.source_ids(last) if last else None
        if known is None:
            return
        outside: list[Pointer] = []
        for pointer in known.lost:
            if told[pointer.target] > 0:
                told[pointer.target] -= 1
            else:
                outside.append(pointer)
        for stem, pointers in _by_stem(outside).items():
            yield from _outside(collection.id, stem, pointers)


def _few(found: list[Finding]) -> Iterator[Finding]:
    """Findings one by one, or the first of a kind of pointer of which very many are lost."""
    stems = Counter(_stem(finding) for finding in found)
    told: set[str] = set()
    for finding in found:
        stem = _stem(finding)
        if stems[stem] <= MANY:
            yield finding
        elif stem not in told:
            told.add(stem)
            why = f"{finding.why} {stems[stem] - 1} other pointers like it lead nowhere either."
            yield msgspec.structs.replace(finding, why=why, confidence=0.8)


def _stem(finding: Finding) -> str:
    return finding.values["points to"].rstrip("0123456789")


def _by_stem(pointers: Iterable[Pointer]) -> dict[str, list[Pointer]]:
    """Lost pointers by what their ids have in common: "in4" and "in12" are both of "in"."""
    found: dict[str, list[Pointer]] = {}
    for pointer in pointers:
        found.setdefault(pointer.target.rstrip("0123456789"), []).append(pointer)
    return found


def _outside(collection: str, stem: str, pointers: list[Pointer]) -> Iterator[Finding]:
    """Few are named one by one; a whole kind of anchor that is lacking is one finding."""
    if len(pointers) > FEW:
        ids = list(dict.fromkeys(pointer.target for pointer in pointers))
        yield Finding(
            document="",
            collection=collection,
            kind="reference.index-nowhere",
            why=f"{len(pointers)} pointers to {len(ids)} ids such as {ids[0]!r} lead nowhere.",
            words=pointers[0].words,
            values={"points to": ", ".join(f"#{id}" for id in ids), "printed": pointers[0].words},
            confidence=0.9,
        )
        return
    for pointer in pointers:
        yield Finding(
            document="",
            collection=collection,
            kind="reference.index-nowhere",
            why=f"Nothing in the source has the id {pointer.target!r}.",
            words=pointer.words,
            values={"points to": f"#{pointer.target}", "printed": pointer.words},
            confidence=0.95 if stem else 0.85,
        )


def _around(note: Note, mark: Mark) -> str:
    words = note.text[mark.start : mark.end]
    return words or note.text[max(0, mark.start - 40) : mark.end]


class NoteAuditor(Auditor):
    """Looks at footnotes and their marks."""

    looks_at = "notes without anchor, anchors without note"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._notes = self._loose = 0
        self._found: list[Finding] = []

    def document(self, document: Document) -> Iterable[Finding]:
        """Give notes that say nothing and marks of notes that are not there; keep loose notes."""
        self._notes += len(document.notes)
        for finding in _unanchored(document):
            if finding.kind != "note.unanchored":
                yield finding
                continue
            self._loose += 1
            if len(self._found) < MOST:
                self._found.append(finding)
        yield from _marks_without(document)

    def collection(self, collection: Collection) -> Iterable[Finding]:
        """Give notes that hang nowhere; where most do, that is the form of the source: one."""
        found, loose, notes = self._found, self._loose, self._notes
        self._found, self._loose, self._notes = [], 0, 0
        if loose <= MANY or 2 * loose <= notes:
            yield from found
        else:
            why = f"No mark leads to this note, nor to {loose - 1} others of {notes} in all."
            yield msgspec.structs.replace(found[0], why=why, confidence=0.8)


def _unanchored(document: Document) -> Iterator[Finding]:
    for note in document.notes:
        if note.anchor is not None and note.text.strip():
            continue
        empty = not note.text.strip()
        if empty and note.marks:
            continue  # a gap, a figure: the source says what stands there
        words = note.text if len(note.text) <= 120 else f"{note.text[:120].rsplit(' ', 1)[0]}"
        yield Finding(
            document=document.id,
            collection=document.collection,
            kind="note.empty" if empty else "note.unanchored",
            why="The note has no text." if empty else "No mark in the text leads to this note.",
            words=words,
            span=None if note.anchor is None else (note.anchor, note.anchor),
            values={"note": note.n or note.id or "without a mark", "text": words},
            confidence=0.95,
        )


def _marks_without(document: Document) -> Iterator[Finding]:
    """Marks of the form ``[^3]``, and raised figures beyond the last of numbered notes."""
    for match in _MARK.finditer(document.text):
        yield _without(document, match[1], match.span(), 0.95)
    names = {note.n for note in document.notes if note.n}
    numbers = [number for n in names if (number := whole_number(n)) is not None]
    if not numbers or len(numbers) < len(names):
        return
    highest = max(numbers)
    for mark in document.marks:
        words = document.text[mark.start : mark.end].strip("[]() ")
        before = document.text[max(0, mark.start - 1) : mark.start]
        number = whole_number(words)
        if mark.kind != "superscript" or number is None or before.isdecimal():
            continue
        if words not in names and number <= highest + 3:
            yield _without(document, words, (mark.start, mark.end), 0.7)


def _without(document: Document, n: str, span: tuple[int, int], confidence: float) -> Finding:
    return Finding(
        document=document.id,
        collection=document.collection,
        kind="note.missing",
        why=f"The mark {n} stands in the text, and there is no such note.",
        words=document.text[slice(*span)],
        span=span,
        values={"mark": n, "notes": ", ".join(note.n or "?" for note in document.notes) or "none"},
        confidence=confidence,
    )
