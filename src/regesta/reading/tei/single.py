"""One document a file: a letter with its header, transcription and translations.

A ``teiCorpus`` or a ``group`` of texts gives several documents of one collection. Files without
running text (facsimiles, registers, CMIF lists) keep their words in sections; a CMIF list gives a
document without text for every letter that it describes.
"""

from xml.etree.ElementTree import Element

import msgspec

from regesta.documents import (
    Act,
    Collection,
    Document,
    Fact,
    Image,
    Link,
    PersonEntry,
    PlaceEntry,
    Section,
    Source,
)
from regesta.documents.ids import local_id, slug
from regesta.reading.assemble import distinct
from regesta.reading.base import Reading, SourceFile
from regesta.reading.languages import language_code
from regesta.reading.tei.cmif import SECTION, is_list, listed_collection, listed_documents
from regesta.reading.tei.count import weight
from regesta.reading.tei.document import make_document
from regesta.reading.tei.header import (
    document_heading,
    header_facts,
    header_text,
    series_collection,
)
from regesta.reading.tei.own import TYPE, Own, own_acts, own_data, own_document, own_links
from regesta.reading.tei.register import facsimiles, register_entries
from regesta.reading.tei.rules import XML_ID, XML_LANG, Rule
from regesta.reading.tei.text import Draft
from regesta.reading.tei.volume import section_text
from regesta.reading.tei.words import words


class Single:
    """Assembles the document or documents of a file while it is walked.

    Args:
        source: The file.
        reader: Name of the reader, for ``Source.reader``.
    """

    def __init__(self, source: SourceFile, reader: str) -> None:
        self.file = source
        self.source = Source(source.path, source.sha256, "", reader)
        self.collection = series_collection(None, source.folder, self.source)
        self.stem = local_id(source.stem)
        #: Letters and the register they point into lie in one folder; only one may name a series.
        self.register = slug(source.folder or "documents")
        self.documents: list[Document] = []
        self.sections: list[Section] = []
        self.persons: list[PersonEntry] = []
        self.places: list[PlaceEntry] = []
        self.links: dict[str, tuple[Link, ...]] = {}
        self.acts: dict[str, tuple[Act, ...]] = {}
        self.warnings: list[str] = []
        self.added = 0
        self._corpus = False
        self._root: dict[str, str] = {}
        self._header: Element | None = None
        self._own: Own | None = None
        self._headers = 0
        self._images: dict[str, str] = {}
        self._facsimiles: tuple[Image, ...] = ()
        self._pending = False
        self._is_register = False
        self._order = 0
        self._inner = 0

    # The walker asks.

    def opens(self, rule: Rule, attrs: dict[str, str], around: Draft) -> Draft | None:
        """Open a document for a text, or for each text of a group that is no translation."""
        if rule.special == "root":
            self._open_root(rule, attrs)
            return None
        if rule.special != "text":
            return None
        if around.kind == "document":
            kind = attrs.get("type", "").casefold()
            if kind in words("layers", "translation") or kind in words("layers", "commentary"):
                return None
            self._inner += 1
        elif self._is_list():
            return None
        draft = Draft("document", rule.name, attrs, around)
        draft.order = self._order
        self._order += 1
        own = attrs.get(XML_ID) or attrs.get("id", "")
        draft.id = self._local_id(own, self._inner if around.kind == "document" else 0)
        return draft

    def closes(self, draft: Draft) -> None:
        """Make the document that ends; a group without words of its own makes none."""
        inner = draft.parent is not None and draft.parent.kind == "document"
        if not inner and self._inner and not draft.sink.pos and not draft.notes:
            self._pending = False
            return
        self._make(draft, inner=inner)
        if not inner:
            self._pending = False

    def tree(self, element: Element) -> None:
        """Take a header, a register, or the facsimiles."""
        if element.tag == "teiHeader":
            self._take_header(element)
            return
        if element.tag == "standOff" and element.get("type") == TYPE and self._own:
            self.added -= sum(len("".join(piece.split())) for piece in element.itertext())
            return
        if element.tag == "facsimile":
            self._take_images(element)
        else:
            persons, places = register_entries(element, self.register)
            self.persons += persons
            self.places += places
            self._is_register = self._is_register or bool(persons or places)
        if text := header_text(element):
            self._section("register" if element.tag == "standOff" else element.tag, text)

    def page(self, attrs: dict[str, str], draft: Draft) -> None:
        """Pages of a single document need no bookkeeping: their marks say all."""

    # Parts.

    def _open_root(self, rule: Rule, attrs: dict[str, str]) -> None:
        self._flush()
        if rule.name == "teiCorpus":
            self._corpus = True
        self._root = attrs
        self._images, self._facsimiles = {}, ()
        self._inner = 0

    def _take_header(self, header: Element) -> None:
        self._headers += 1
        self._own = own_data(header)
        if self._headers == 1:
            self.collection = series_collection(header, self.file.folder, self.source)
            if self._corpus and not self.collection.series:
                title = document_heading(header)
                self.collection = msgspec.structs.replace(
                    self.collection, id=self.stem, title=title or self.stem
                )
        self._header = header
        self._pending = not (self._corpus and self._headers == 1)
        text = header_text(header)
        if self._own:
            # All of this header was made of the document, and is made of it again.
            self.added -= sum(len("".join(piece.split())) for piece in header.itertext())
            if self._own.collection and self._headers == 1:
                self._take_collection(self._own.collection)
        elif text:
            self._section("header", text)

    def _take_collection(self, own: Collection) -> None:
        id = local_id(own.id)
        self.collection = msgspec.structs.replace(own, id=id, source=self.source)
        self.persons += own.persons
        self.places += own.places
        self.sections += own.sections
        self.added += sum(len("".join((part.heading + part.text).split())) for part in own.sections)

    def _take_images(self, facsimile: Element) -> None:
        found = []
        for graphic in facsimile.iter("graphic"):
            url = graphic.get("url", "")
            if url:
                found.append(Image(url, graphic.get("n", "")))
        self._images.update(facsimiles(facsimile))
        self._facsimiles = tuple(found)

    def _section(self, kind: str, text: str) -> None:
        number = sum(1 for section in self.sections if section.kind == kind)
        id = f"{kind}-{self.stem}" + (f"-{number + 1}" if number else "")
        self.sections.append(Section(id, kind, order=self._order, text=text))

    def _local_id(self, own: str, inner: int) -> str:
        if inner:
            return local_id(own) if own else f"{self.stem}-{inner}"
        if self._corpus:
            named = self._root.get(XML_ID) or self._root.get("id", "")
            return local_id(named) if named else f"{self.stem}-{self._order}"
        return self.stem

    def qualify(self, pointer: str) -> str:
        """Make an id of a pointer: a bare ``#key`` is an entry of the folder's register."""
        return f"{self.register}{pointer}" if pointer[:1] == "#" else pointer

    def _is_list(self) -> bool:
        """Tell whether the header describes letters that are elsewhere (CMIF)."""
        header = self._header
        return header is not None and len(header.findall(".//correspDesc")) > 1

    def _list_letters(self) -> None:
        """Make documents of a list of letters that has no text of its own."""
        assert self._header is not None
        self.collection = listed_collection(self._header, self.collection)
        id = f"{SECTION}{self.stem}"
        self.sections = [
            msgspec.structs.replace(section, id=id) if section.kind == "header" else section
            for section in self.sections
        ]
        self.documents += listed_documents(
            self._header, self.collection, self.source, self.qualify, section=id
        )

    def _make(self, draft: Draft, *, inner: bool = False) -> None:
        header = self._header
        facts = header_facts(header, self.qualify) if header is not None and not inner else []
        kind = draft.attrs.get("type", "").strip().casefold()
        if kind:
            facts.append(Fact("kind", kind, "given", "tei:text/@type"))
        language = draft.attrs.get(XML_LANG) or self._root.get(XML_LANG, "")
        if language and not any(fact.field == "language" for fact in facts):
            facts.append(Fact("language", language_code(language), "given", "tei:@xml:lang"))
        document = make_document(
            draft,
            collection=self.collection.id,
            source=self.source,
            qualify=self.qualify,
            images=self._images,
            heading=document_heading(header) if header is not None and not inner else "",
            facts=facts,
            facsimiles=self._facsimiles,
        )
        self.documents.append(self._restored(document) if self._own else document)
        self._own = None

    def _restored(self, document: Document) -> Document:
        """The document that Regesta once wrote to this file, unless its words were changed."""
        assert self._own is not None
        restored = own_document(self._own, document, document.source)
        if restored is None:
            if self._own.document:
                self.warnings.append(
                    f"{document.id}: its text or its data is not the one that Regesta wrote; "
                    "read like any TEI"
                )
            return document
        self.added += weight(restored) - weight(document)
        if links := own_links(self._own.links, restored):
            self.links[restored.id] = links
        if acts := own_acts(self._own.acts, restored):
            self.acts[restored.id] = acts
        return restored

    def _flush(self) -> None:
        """Make a document of a file that has a header and images but no running text."""
        if not self._pending or self._header is None:
            return
        self._pending = False
        if self._is_list() or (self._is_register and not self._facsimiles):
            return
        if not self._facsimiles and not document_heading(self._header):
            return
        draft = Draft("document", "text", {}, None)
        draft.order = self._order
        draft.id = self._local_id("", 0)
        self._order += 1
        self._make(draft)

    def reading(self, root: Draft) -> Reading:
        """Give the reading once the whole file is walked."""
        listed = self._holds_a_list(root)
        if listed:
            self._pending = False
            self._list_letters()
        self._flush()
        if root.sink.pos or root.notes:
            headings, text = section_text(root)
            self._section("text", "\n".join([*headings, text]).strip())
        documents = distinct(sorted(self.documents, key=lambda d: d.order), self.warnings)
        return Reading(
            collection=msgspec.structs.replace(
                self.collection,
                sections=tuple(self.sections),
                persons=tuple(self.persons),
                places=tuple(self.places),
            ),
            documents=documents,
            warnings=self.warnings,
            links=self.links,
            acts=self.acts,
            standalone=listed or (not self._corpus and len(documents) <= 1),
        )

    def _holds_a_list(self, root: Draft) -> bool:
        """Tell whether the file is a CMIF list and nothing else; its empty text is no document."""
        header = self._header
        if header is None or self._corpus or not is_list(header) or root.sink.pos or root.notes:
            return False
        if any(document.text or document.notes or document.images for document in self.documents):
            return False
        self.documents.clear()
        return True
