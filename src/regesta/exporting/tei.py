"""TEI P5: a corpus file with a TEI document each, for editors, libraries and Regesta itself.

Header and body say in TEI's own terms what is known: ``correspDesc`` with ``@resp`` and ``@cert``
where Regesta derived it, persons and places in lists, notes, pages and names in the text. What TEI
has no place for stands in ``xenoData``, so that reading the file again gives the same documents.
"""

import hashlib
import re
from collections.abc import Callable, Iterable
from importlib.metadata import version
from typing import BinaryIO

import msgspec

from regesta.documents import Collection, Document
from regesta.exporting.pieces import NOWHERE, write_pieces
from regesta.exporting.tei_body import body
from regesta.exporting.tei_header import corpus_header, document_header
from regesta.exporting.tei_words import attribute, element

NAMESPACE = "http://www.tei-c.org/ns/1.0"
#: Type of the ``xenoData`` that holds what TEI has no place for, as JSON.
XENO = "regesta"
_NCNAME = re.compile(r"[A-Za-z_][\w.-]*\Z", re.ASCII)
#: Text that a reader of TEI folds into itself: single spaces, no empty lines.
_FOLDED = re.compile(r"(?:\S+(?: \S+)*(?:\n\S+(?: \S+)*)*)?\Z")
_SPACES = re.compile(r"\s(?=\s)|[^\S ]")
_encode = msgspec.json.Encoder(order="deterministic").encode


class TeiExporter:
    """Writes ``teiCorpus``; one collection, or the documents of a search."""

    name = "tei"
    suffix = ".xml"
    media_type = "application/tei+xml"

    def write(
        self,
        documents: Iterable[Document],
        target: BinaryIO,
        *,
        collections: dict[str, Collection],
        progress: Callable[[int], None] | None = None,
    ) -> int:
        """Write the documents in their order; give how many were written."""
        known = list(collections.values())
        collection = known[0] if len(known) == 1 else NOWHERE
        seen: set[str] = set()

        def piece(document: Document) -> str:
            own = collections.get(document.collection, NOWHERE)
            # The local id is unique in its collection; a search may have several.
            id = document.local_id if _NCNAME.match(document.local_id) else ""
            id = "" if id in seen or id == "regesta" else id
            seen.add(id)
            return tei_document(document, own, id=id)

        made_by = version("regesta")
        opening = (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<teiCorpus xmlns="{NAMESPACE}">\n'
            + corpus_header(collection, version=made_by, xeno=_collection_json(collection))
        )
        return write_pieces(
            documents, target, piece, opening=opening, closing="</teiCorpus>\n", progress=progress
        )


def tei_document(
    document: Document, collection: Collection, *, id: str = "", alone: bool = False
) -> str:
    """Give a document as a ``TEI`` element.

    Args:
        document: The described document.
        collection: Its collection.
        id: Its ``xml:id`` in the file, or "".
        alone: Whether it has a file to itself, whose header must say its collection too.
    """
    parts = [
        f"<TEI{attribute('xml:id', id)}>\n",
        document_header(
            document, collection, xeno=document_json(document, collection if alone else None)
        ),
        body(document),
        "</TEI>\n",
    ]
    return "".join(parts)


def single_document(document: Document, collection: Collection) -> str:
    """Give a document as a TEI file of its own."""
    made = tei_document(document, collection, alone=True)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + made.replace(
        "<TEI>", f'<TEI xmlns="{NAMESPACE}">', 1
    )


def document_json(document: Document, collection: Collection | None = None) -> str:
    """Give what a reader needs besides the words of the body: everything, as JSON in XML.

    The text itself only where the body's white space would not give it back.
    """
    text = document.text
    bare = msgspec.structs.replace(document, text="" if _FOLDED.match(text) else text)
    data: dict[str, object] = {
        "sha256": hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        "document": bare,
    }
    if collection is not None and collection.id:
        data["collection"] = msgspec.structs.replace(collection, sections=(), persons=(), places=())
    return _xeno(_encode(data).decode())


def _collection_json(collection: Collection) -> str:
    return _xeno(_encode({"collection": collection}).decode()) if collection.id else ""


def _xeno(json: str) -> str:
    # White space is folded on many ways; what is more than one space is spelt out.
    json = _SPACES.sub(lambda m: f"\\u{ord(m.group()):04x}", json)
    return element("xenoData", json, type=XENO) + "\n"
