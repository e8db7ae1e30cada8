"""What can be cited in a document: trees of paragraphs with their notes, and of printed pages.

What comes in is a document; out go the units of a citation tree in the order of the document, as
the Distributed Text Services 1.0 understand them, and the units that a question means.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from regesta.documents import Document, Value
from regesta.errors import UnknownValue
from regesta.serving.api.parameters import BadParameter

#: Name of the tree of pages; the default tree, of paragraphs, has none.
PAGES = "pages"


class Unit(Value, frozen=True):
    """A citable unit.

    Attributes:
        id: Unique in its tree.
        kind: "paragraph", "note" or "page".
        start, end: Its span in the text; of a note, its anchor.
        parent: Id of the unit around it, or "".
        note: Index of the note that it is, or None.
        title: What it is called in print, or "".
    """

    id: str
    kind: str
    start: int
    end: int
    parent: str = ""
    note: int | None = None
    title: str = ""

    @property
    def level(self) -> int:
        """Depth in its tree, from 1."""
        return 2 if self.parent else 1


def units(document: Document, tree: str = "") -> list[Unit]:
    """The units of a tree, in the order of the document. Raises UnknownValue for no such tree."""
    if not tree:
        return _paragraphs(document)
    found = _pages(document) if tree == PAGES else []
    if not found:
        raise UnknownValue(f"{document.id} has no citation tree {tree!r}", "leave out tree=")
    return found


def _paragraphs(document: Document) -> list[Unit]:
    anchored = sorted(
        (note.anchor, n) for n, note in enumerate(document.notes) if note.anchor is not None
    )
    found: list[Unit] = []
    at, placed, number = 0, 0, 0
    for line in document.text.split("\n"):
        start, end = at, at + len(line)
        at = end + 1
        if not line.strip():
            continue
        number += 1
        paragraph = Unit(f"p{number}", "paragraph", start, end)
        found.append(paragraph)
        while placed < len(anchored) and anchored[placed][0] <= end:
            found.append(_note(document, anchored[placed][1], parent=paragraph.id))
            placed += 1
    loose = [n for n, note in enumerate(document.notes) if note.anchor is None]
    rest = [n for _, n in anchored[placed:]]
    return found + [_note(document, n, parent="") for n in (*rest, *loose)]


def _note(document: Document, n: int, *, parent: str) -> Unit:
    note = document.notes[n]
    at = note.anchor or 0
    return Unit(f"n{n + 1}", "note", at, at, parent, n, f"Note {note.n}" if note.n else "")


def _pages(document: Document) -> list[Unit]:
    breaks = [m for m in document.marks if m.kind == "page" and m.value]
    found: list[Unit] = []
    times: Counter[str] = Counter()
    for n, mark in enumerate(breaks):
        end = breaks[n + 1].start if n + 1 < len(breaks) else len(document.text)
        # A page number that is printed twice names its first page; the second gets an id beside it.
        again = times[mark.value]
        times[mark.value] += 1
        id = f"{mark.value}.{again + 1}" if again else mark.value
        found.append(Unit(id, "page", mark.start, end, title=f"Page {mark.value}"))
    return found


def trees(document: Document) -> list[dict[str, Any]]:
    """The citation trees of a document as DTS describes them, the default one first."""
    default = units(document)
    if not default:
        return []
    structure: list[dict[str, Any]] = []
    if any(u.kind == "paragraph" for u in default):
        inner = [{"@type": "CiteStructure", "citeType": "note"}]
        paragraph: dict[str, Any] = {"@type": "CiteStructure", "citeType": "paragraph"}
        if any(u.parent for u in default):
            paragraph["citeStructure"] = inner
        structure.append(paragraph)
    if any(u.kind == "note" and not u.parent for u in default):
        structure.append({"@type": "CiteStructure", "citeType": "note"})
    found: list[dict[str, Any]] = [{"@type": "CitationTree", "citeStructure": structure}]
    if _pages(document):
        found.append(
            {
                "@type": "CitationTree",
                "identifier": PAGES,
                "description": "Printed pages of the edition",
                "citeStructure": [{"@type": "CiteStructure", "citeType": "page"}],
            }
        )
    return found


def unit(found: Sequence[Unit], id: str) -> int:
    """Where a unit stands among all. Raises UnknownValue."""
    for n, one in enumerate(found):
        if one.id == id:
            return n
    raise UnknownValue(
        f"there is no citable unit {id!r} in that tree", "ask navigation with down=1"
    )


def check(ref: str, start: str, end: str) -> None:
    """Refuse a unit together with a range, and half a range. Raises BadParameter."""
    if ref and (start or end):
        raise BadParameter("ref cannot be given with start or end", "give one or the other")
    if bool(start) != bool(end):
        raise BadParameter("start and end belong together", "give both")


def chosen(found: Sequence[Unit], ref: str, start: str, end: str) -> tuple[int, int]:
    """The first and last unit that a question means, descendants included.

    Raises:
        UnknownValue: There is no such unit, or the range ends before it begins.
    """
    first = unit(found, ref or start)
    last = unit(found, ref or end)
    if last < first:
        raise UnknownValue("that range ends before it begins", "exchange start and end")
    whole = found[last].id
    while last + 1 < len(found) and found[last + 1].parent == whole:
        last += 1
    return first, last


def members(
    found: Sequence[Unit], *, ref: str, start: str, end: str, down: int | None
) -> list[Unit] | None:
    """The units that a question to the navigation endpoint means; None where it asks for none.

    Raises:
        BadParameter: The question is none, by the specification's table of parameters.
        UnknownValue: There is no such unit.
    """
    if down is None or down == 0:
        if not ref and (down == 0 or not start):
            hint = "give down=1 for the first level, or -1 for all"
            raise BadParameter("down cannot be left out or 0 here", hint)
        if down is None:
            return None
        parent = found[unit(found, ref)].parent
        return [u for u in found if u.parent == parent]
    depth = 9 if down == -1 else down
    if not ref and not start:
        return [u for u in found if u.level <= depth]
    first, last = chosen(found, ref, start, end)
    deepest = max(found[unit(found, id)].level for id in (ref or start, ref or end))
    return [u for u in found[first : last + 1] if u.level <= deepest + depth]
