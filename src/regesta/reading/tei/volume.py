"""A volume: one file, many documents, in compilations and chapters, with front and back matter.

The FRUS dialect, and any TEI whose ``div``s are documents (letters, telegrams) of one collection.
"""

from xml.etree.ElementTree import Element

import msgspec

from regesta.documents import (
    Collection,
    Document,
    Note,
    PersonEntry,
    PlaceEntry,
    Section,
    Source,
)
from regesta.documents.ids import local_id
from regesta.reading.base import Reading, SourceFile
from regesta.reading.tei.count import note_weight
from regesta.reading.tei.divisions import unit_key
from regesta.reading.tei.document import make_document
from regesta.reading.tei.header import header_text, volume_collection, volume_id
from regesta.reading.tei.index import IndexEntry, index_entries
from regesta.reading.tei.marks import make_note
from regesta.reading.tei.pointers import (
    FarNote,
    Places,
    far_notes,
    hidden_texts,
    note_id,
    pointers,
    with_far_notes,
)
from regesta.reading.tei.register import facsimiles, listed_persons, register_entries
from regesta.reading.tei.rules import XML_ID, Rule
from regesta.reading.tei.subjects import with_subjects
from regesta.reading.tei.text import Draft, Span

#: Kinds of a ``div`` that say less than its id does ("section" with the id "index").
_VAGUE = frozenset(("section", "", "part", "div"))
_KINDS = {"toc": "contents", "titlePage": "title page", "papers": "papers"}


class Volume:
    """Assembles a volume while its file is walked.

    Args:
        source: The file.
        units: The keys of the divisions that make a document: ``@type``, or the element.
        reader: Name of the reader, for ``Source.reader``.

    Attributes:
        added: Visible characters of the result that are not of the source: the dashes that join
            several headings of one section.
    """

    def __init__(self, source: SourceFile, units: frozenset[str], reader: str) -> None:
        self.file = source
        self.units = units
        self.source = Source(source.path, source.sha256, "", reader)
        self.id = local_id(source.stem)
        self.collection = Collection(self.id, self.id, source=self.source)
        self.documents: list[Document] = []
        self.sections: list[Section] = []
        self.persons: list[PersonEntry] = []
        self.places: list[PlaceEntry] = []
        self.entries: list[IndexEntry] = []
        self.pages: dict[str, list[str]] = {}
        self.warnings: list[str] = []
        self.added = 0
        self._root: dict[str, str] = {}
        self._images: dict[str, str] = {}
        self._far: dict[str, FarNote] = {}
        self._pointers: dict[str, Places] = {}
        self._page = ("", "", "")
        self._order = 0
        self._count = 0
        self._ids: set[str] = set()

    # The walker asks.

    def opens(self, rule: Rule, attrs: dict[str, str], around: Draft) -> Draft | None:
        """Open a document for a unit, a section for any other division outside documents."""
        if rule.special == "root":
            self._root = self._root or attrs
            return None
        if rule.special == "div" and unit_key(rule.name, attrs.get("type")) in self.units:
            return self._open_document(rule, attrs, around)
        if around.kind == "document":
            return None
        draft = Draft("section", rule.name, attrs, around)
        draft.order = self._order
        if rule.special == "div" or rule.name == "titlePage":
            self._order += 1
            name = attrs.get(XML_ID) or attrs.get("id") or f"{rule.name}-{draft.order}"
            draft.id = self._unique(local_id(name))
        return draft

    def closes(self, draft: Draft) -> None:
        """Make the document or section that ends."""
        if draft.kind == "document":
            self._close_document(draft)
        else:
            self._close_section(draft)

    def tree(self, element: Element) -> None:
        """Take the header, and keep the text of anything else that is no running text."""
        if element.tag == "teiHeader":
            self.id = volume_id(element, self._root, self.file.stem)
            self.collection = volume_collection(self.id, element, self.source)
        else:
            persons, places = register_entries(element, self.id)
            self.persons += persons
            self.places += places
            self._images.update(facsimiles(element))
        text = header_text(element)
        if text:
            kind = "header" if element.tag == "teiHeader" else "register"
            self._add(Section(self._unique(kind), kind, order=self._order, text=text))
            self._order += 1

    def page(self, attrs: dict[str, str], draft: Draft) -> None:
        """Note a page for the document in which it begins and for what follows."""
        self._page = (
            attrs.get(XML_ID) or attrs.get("id", ""), attrs.get("n", ""), attrs.get("facs", "")
        )  # fmt: skip
        around: Draft | None = draft
        while around is not None:
            if around.kind == "document":
                if around.sink.pos == 0:
                    around.pages.clear()
                    around.extra.pop("begins", None)
                around.pages.append(self._page)
            around = around.parent

    # Documents.

    def _open_document(self, rule: Rule, attrs: dict[str, str], around: Draft) -> Draft:
        draft = Draft("document", rule.name, attrs, around)
        own = attrs.get(XML_ID) or attrs.get("id", "")
        name = local_id(own) if own else f"x{self._count}"
        draft.id = self._unique(name)
        draft.extra["number"] = self._count
        if draft.id != name:
            self.warnings.append(f"{self.id}: a second '{name}' became '{draft.id}'")
        if self._page != ("", "", ""):
            draft.pages.append(self._page)
            draft.extra["begins"] = True
        draft.order = self._order
        self._order += 1
        self._count += 1
        return draft

    def _unique(self, name: str) -> str:
        made, number = name, 2
        while made in self._ids:
            made, number = f"{name}-{number}", number + 1
        self._ids.add(made)
        return made

    def _close_document(self, draft: Draft) -> None:
        attrs = draft.attrs
        own = attrs.get(XML_ID) or attrs.get("id", "")
        reader_notes: list[str] = []
        position = own
        if not own:
            kind = f"[@type='{attrs['type']}']" if attrs.get("type") else "[not(@type)]"
            number = draft.extra["number"] + 1
            position = f"(//*[local-name()='{draft.tag}']{kind})[{number}]"
            reader_notes.append("no xml:id in the source")
        outer = _around(draft, "document")
        section = _around(draft, "section", named=True)
        places = pointers(draft)
        for note in draft.notes:
            places.pop(note_id(note), None)
        document = make_document(
            draft,
            collection=self.id,
            source=Source(self.file.path, self.file.sha256, position, self.source.reader),
            qualify=self.qualify,
            parent=f"{self.id}/{outer.id}" if outer else "",
            section=section.id if section else "",
            images=self._images,
            reader_notes=reader_notes,
        )
        self.documents.append(document)
        if places:
            self._pointers[document.id] = places
        for id, _, _ in draft.pages:
            if id:
                self.pages.setdefault(id, []).append(document.id)

    def qualify(self, pointer: str) -> str:
        """Make an id of a pointer: what the volume itself holds belongs to its collection."""
        return f"{self.id}{pointer}" if pointer[:1] == "#" else pointer

    # Sections.

    def _close_section(self, draft: Draft) -> None:
        far = far_notes("", draft, self._make_note)
        headings, text = section_text(draft)
        heading = " — ".join(headings)
        self.added += max(len(headings) - 1, 0)
        named = bool(draft.id)
        if not named and not text and not heading and not far:
            return
        if not named:
            draft.id = self._unique(draft.tag or "text")
        for id, note in far.items():
            self._far.setdefault(id, note._replace(section=draft.id))
        outer = _around(draft, "section", named=True)
        self._add(
            Section(
                id=draft.id,
                kind=_kind(draft),
                heading=heading,
                parent=outer.id if outer else "",
                order=draft.order,
                text=text,
            )
        )
        self.persons += listed_persons(draft, self.id)
        self.entries += index_entries(draft)

    def _make_note(self, draft: Draft) -> Note:
        return make_note(draft, self.qualify, self._images)

    def _place_far_notes(self) -> None:
        """Give each note at the volume's end to the documents that point to it.

        What nobody points to stays in its section; what two documents point to is counted twice.
        """
        asked: dict[str, int] = {}
        for number, document in enumerate(self.documents):
            places = self._pointers.get(document.id, {})
            for id in places.keys() & self._far.keys():
                asked[id] = asked.get(id, 0) + 1
                self.added += note_weight(self._far[id].note) if asked[id] > 1 else 0
            self.documents[number] = with_far_notes(document, places, self._far)
        left: dict[str, list[str]] = {}
        for id, far in self._far.items():
            if id not in asked:
                left.setdefault(far.section, []).extend(far.texts)
        for number, section in enumerate(self.sections):
            if more := left.get(section.id):
                text = "\n".join([section.text, *more] if section.text else more)
                self.sections[number] = msgspec.structs.replace(section, text=text)

    def _add(self, section: Section) -> None:
        self.sections.append(section)

    def reading(self, root: Draft) -> Reading:
        """Give the reading once the whole file is walked."""
        if root.sink.pos:
            self._close_section(root)
        if self._far:
            self._place_far_notes()
        documents = sorted(self.documents, key=lambda document: document.order)
        if self.entries:
            documents = with_subjects(documents, self.entries, self.pages, self.id)
        sections = tuple(sorted(self.sections, key=lambda section: section.order))
        collection = self.collection
        return Reading(
            collection=Collection(
                **{
                    **{name: getattr(collection, name) for name in collection.__struct_fields__},
                    "sections": sections,
                    "persons": tuple(self.persons),
                    "places": tuple(self.places),
                }
            ),
            documents=documents,
            warnings=self.warnings,
            standalone=False,
        )


def _around(draft: Draft, kind: str, *, named: bool = False) -> Draft | None:
    around = draft.parent
    while around is not None:
        if around.kind == kind and (around.id or not named):
            return around
        around = around.parent
    return None


def _kind(draft: Draft) -> str:
    kind = draft.attrs.get("type", "") if draft.tag != "titlePage" else "titlePage"
    if not kind and not draft.tag.startswith("div"):
        kind = draft.tag
    if kind in _VAGUE:
        word = draft.id.rstrip("0123456789-").replace("-", " ")
        kind = word if word.replace(" ", "").isalpha() and len(word) > 2 else kind or "section"
    return _KINDS.get(kind, kind)


def section_text(draft: Draft) -> tuple[list[str], str]:
    """Give a section's headings, one line each, and its other text with its notes at the end."""
    text = draft.sink.text
    heads: list[tuple[int, int]] = []
    for span in draft.sink.spans:
        if span[0].name == "head" and _is_root(span[4]) and span[1] < span[2]:
            start = span[1] + (0 < span[1] < len(text) and text[span[1]] in " \n\t")
            heads.append((start, span[2]))
    headings = [" ".join(text[a:b].split()) for a, b in heads]
    pieces, at = [], 0
    for start, end in heads:
        pieces.append(text[at:start])
        at = end
    pieces.append(text[at:])
    own = "\n".join(piece.strip("\n ") for piece in pieces if piece.strip())
    notes = [note.sink.text for note in draft.notes]
    # Sections have no marks: the readings not shown stand at their end.
    for part in (draft, *draft.notes):
        notes += hidden_texts(part)
    return headings, "\n".join([own, *notes] if own else notes)


def _is_root(span: Span | None) -> bool:
    return span is not None and span[5] is not None
