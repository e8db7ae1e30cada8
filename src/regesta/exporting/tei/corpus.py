"""TEI P5: a corpus file with a TEI document each, for editors, libraries and Regesta itself.

Header and body say in TEI's own terms what is known: ``correspDesc`` with ``@resp`` and ``@cert``
where Regesta derived it, persons and places in lists, notes, pages and names in the text. What TEI
has no place for stands in ``xenoData``, so that reading the file again gives the same documents.
"""

import hashlib
import re
from collections.abc import Callable
from importlib.metadata import version

import msgspec

from regesta.documents import Act, Collection, Document, Link
from regesta.exporting.pieces import NOWHERE, KnowingExporter, Known
from regesta.exporting.tei.annotations import annotated
from regesta.exporting.tei.body import body
from regesta.exporting.tei.header import corpus_header, document_header
from regesta.exporting.tei.words import attribute, element

NAMESPACE = "http://www.tei-c.org/ns/1.0"
#: Type of the ``xenoData`` that holds what TEI has no place for, as JSON.
XENO = "regesta"
#: Ids of ours begin with a line below; those of annotations have no other.
_NCNAME = re.compile(r"[A-Za-z][\w.-]*\Z", re.ASCII)
#: Text that a reader of TEI folds into itself: single spaces, no empty lines.
_FOLDED = re.compile(r"(?:\S+(?: \S+)*(?:\n\S+(?: \S+)*)*)?\Z")
_SPACES = re.compile(r"\s(?=\s)|[^\S ]")
_encode = msgspec.json.Encoder(order="deterministic").encode


class TeiExporter(KnowingExporter):
    """Writes ``teiCorpus``; one collection, or the documents of a search."""

    name = "tei"
    suffix = ".xml"
    media_type = "application/tei+xml"

    def pieces(self, known: Known) -> tuple[str, Callable[[Document], str], str]:
        """The header of the corpus, a document's ``TEI``, and the end."""
        collections = list(known.collections.values())
        collection = collections[0] if len(collections) == 1 else NOWHERE
        seen: set[str] = set()
        counted = 0

        def piece(document: Document) -> str:
            nonlocal counted
            counted += 1
            own = known.collections.get(document.collection, NOWHERE)
            # The local id is unique in its collection; a search may have several.
            id = document.local_id if _NCNAME.match(document.local_id) else ""
            id = "" if id in seen or id == "regesta" else id
            seen.add(id)
            return tei_document(
                document,
                own,
                id=id,
                prefix=f"_{counted}",
                links=tuple(known.links(document.id)),
                acts=tuple(known.acts(document.id)),
                address=known.address,
            )

        opening = (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<teiCorpus xmlns="{NAMESPACE}">\n'
            + corpus_header(
                collection, version=version("regesta"), xeno=_collection_json(collection)
            )
        )
        return opening, piece, "</teiCorpus>\n"


def tei_document(
    document: Document,
    collection: Collection,
    *,
    id: str = "",
    alone: bool = False,
    links: tuple[Link, ...] = (),
    acts: tuple[Act, ...] = (),
    prefix: str = "_1",
    address: str = "",
) -> str:
    """Give a document as a ``TEI`` element.

    Args:
        document: The described document.
        collection: Its collection.
        id: Its ``xml:id`` in the file, or "".
        alone: Whether it has a file to itself, whose header must say its collection too.
        links, acts: What is known of it, written as annotations.
        prefix: Begins the ids of its annotations; no other document of the file has it.
        address: Where the edition stands on the web, or "".
    """
    added = annotated(document, links, acts, prefix=prefix, address=address)
    xeno = document_json(document, collection if alone else None, links=links, acts=acts)
    parts = [
        f"<TEI{attribute('xml:id', id)}>\n",
        document_header(document, collection, xeno=xeno),
        added.stand_off,
        body(document, added),
        "</TEI>\n",
    ]
    return "".join(parts)


def single_document(
    document: Document,
    collection: Collection,
    *,
    links: tuple[Link, ...] = (),
    acts: tuple[Act, ...] = (),
    address: str = "",
) -> str:
    """Give a document as a TEI file of its own.

    Its ids begin with a digest of its own, so that files stay valid where a harvester puts many
    into one answer.
    """
    prefix = f"_{hashlib.sha256(document.id.encode()).hexdigest()[:10]}"
    made = tei_document(
        document, collection, alone=True, links=links, acts=acts, prefix=prefix, address=address
    )
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + made.replace(
        "<TEI>", f'<TEI xmlns="{NAMESPACE}">', 1
    )


def document_json(
    document: Document,
    collection: Collection | None = None,
    *,
    links: tuple[Link, ...] = (),
    acts: tuple[Act, ...] = (),
) -> str:
    """Give what a reader needs besides the words of the body: everything, as JSON in XML.

    The text itself only where the body's white space would not give it back.
    """
    text = document.text
    bare = msgspec.structs.replace(document, text="" if _is_folded(text) else text)
    data: dict[str, object] = {
        "sha256": hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        "document": bare,
    }
    if links:
        data["links"] = links
    if acts:
        data["acts"] = acts
    if collection is not None and collection.id:
        data["collection"] = msgspec.structs.replace(collection, sections=(), persons=(), places=())
    return _xeno(_encode(data).decode())


def _collection_json(collection: Collection) -> str:
    return _xeno(_encode({"collection": collection}).decode()) if collection.id else ""


def _is_folded(text: str) -> bool:
    """Whether the body's white space gives a text back; most are told without a pattern."""
    plain = text.replace("\n", " ")
    if plain.isprintable() and "  " not in plain and plain.strip() == plain:
        return True
    return _FOLDED.match(text) is not None


def _xeno(json: str) -> str:
    # White space is folded on many ways; what is more than one space is spelt out.
    if not json.isprintable() or "  " in json:
        json = _SPACES.sub(lambda m: f"\\u{ord(m.group()):04x}", json)
    return element("xenoData", json, type=XENO) + "\n"
