"""What a reader found on a page into a document and the collection it belongs to.

Ids come from the source itself: what its head says, else its address, else its file's name.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import msgspec

from regesta.documents import Collection, Document, Fact, Image, Source
from regesta.documents.ids import local_id, slug
from regesta.reading.base import SourceFile
from regesta.reading.compose import Composition
from regesta.reading.headers import Headers

#: Fields of which a document has one: what the page's own lines say yields to its head.
_SINGLE = ("date", "publication", "title", "language", "place", "kind", "url")


@dataclass(frozen=True, slots=True)
class Page:
    """A document as a reader found it.

    Attributes:
        composition: Its text with all spans.
        heading: Its printed heading.
        headers: What its head says.
        facts: What the page's own mark-up or lines give.
        collection: The collection's title where the page names it, or an empty string.
        collection_id: The collection's id where the page's address gives it.
        local: The document's id in it, where the page gives one.
        position: Where it stands in its file.
        images: Its figures.
        remarks: What an editor should know.
        left_out: Visible characters of mark-up and navigation, which are no text.
    """

    composition: Composition
    heading: str = ""
    headers: Headers = field(default_factory=Headers)
    facts: Sequence[Fact] = ()
    collection: str = ""
    collection_id: str = ""
    local: str = ""
    position: str = ""
    images: tuple[Image, ...] = ()
    remarks: tuple[str, ...] = ()
    left_out: Counter[str] = field(default_factory=Counter)


def collection_of(source: SourceFile, page: Page, *, reader: str) -> Collection:
    """The collection a page names, else the one that its folder makes."""
    title = page.headers.one("collection") or page.collection or source.folder
    given = page.headers.one("collection_id") or page.collection_id
    language = page.headers.one("language").split("-")[0].lower()
    return Collection(
        id=local_id(given) if given else slug(title),
        title=title,
        side=page.headers.one("side"),
        languages=(language,) if language else (),
    )


def document_of(
    source: SourceFile, page: Page, collection: Collection, *, reader: str, order: int = 0
) -> Document:
    """Make a document of a page."""
    local = page.headers.one("id") or page.local or source.stem
    made = page.composition
    given = {fact.field for fact in page.headers.facts if fact.field in _SINGLE}
    facts = [*page.headers.facts, *(fact for fact in page.facts if fact.field not in given)]
    remarks = [f"{key_value} (a key that is not known)" for key_value in page.headers.unknown]
    remarks += [f"note: {note}" for note in page.headers.values.get("note", ())]
    return Document(
        id=f"{collection.id}/{local_id(local)}",
        collection=collection.id,
        source=Source(source.path, source.sha256, page.position, reader),
        text=made.text,
        heading=page.heading or page.headers.one("title"),
        layers=made.layers,
        marks=made.marks,
        notes=made.notes,
        facts=tuple(facts),
        order=order,
        images=page.images,
        reader_notes=(*page.remarks, *page.headers.warnings, *remarks),
    )


def distinct(documents: Sequence[Document], warnings: list[str]) -> list[Document]:
    """Give documents of one file ids of their own: a second "a" becomes "a-2", or "a-3"."""
    taken = {document.id for document in documents}
    seen: dict[str, int] = {}
    made = []
    for document in documents:
        number = seen[document.id] = seen.get(document.id, 0) + 1
        if number > 1:
            while (id := f"{document.id}-{number}") in taken:
                number += 1
            taken.add(id)
            seen[document.id] = number
            warnings.append(f"{document.id}: a second one became '{id}'")
            document = msgspec.structs.replace(document, id=id)
        made.append(document)
    return made


def in_one_file(pages: Sequence[Page], source: SourceFile) -> list[Page]:
    """Give each of several pages of one file a local id of its own."""
    if len(pages) < 2:
        return list(pages)
    return [
        page
        if page.headers.one("id") or page.local
        else replace(page, local=f"{source.stem}-{number}")
        for number, page in enumerate(pages, 1)
    ]
