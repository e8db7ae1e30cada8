"""The Distributed Text Services as files, at level 0: collections, citation trees, whole texts.

What comes in are the edition and its documents; out go files whose names the URI templates spell.
A file's name cannot hold every id: an identifier here is the id with signs as in the site's names
(``vologda/d1`` is ``vologda~2Fd1``); the id itself stands in ``dublinCore``.
"""

from typing import Any

import msgspec

from regesta.documents import Document
from regesta.edition import Edition
from regesta.serving.protocols import dts_tree
from regesta.serving.protocols.dts_answers import (
    CONTEXT,
    VERSION,
    Object,
    Places,
    collection_object,
    resource_object,
    root_id,
    root_object,
    unit_object,
)
from regesta.serving.site.names import part

#: The addresses of the endpoints, from the top of the site.
TEMPLATES = {
    "collection": "collection{/id}{;nav}.json",
    "navigation": "navigation/{resource}{;tree}{;down}.json",
    "document": "document/{resource}.xml",
}
ENTRY = "dts/index.json"
_PLACES = Places("")
_TEMPLATED = ("collection", "navigation", "document", "download", "mediaTypes", "view")


def _whole(found: Object) -> bytes:
    return msgspec.json.encode({"@context": CONTEXT, "dtsVersion": VERSION, **found})


def _here(found: Object) -> Object:
    """An object with this service's identifier and templates."""
    id = part(found["@id"])
    about = {**found.get("dublinCore", {}), "identifier": [found["@id"]]}
    kept = {k: v for k, v in found.items() if k not in _TEMPLATED}
    templates: Object = {"collection": f"../collection/{id}{{;nav}}.json"}
    if found["@type"] == "Resource":
        templates |= {
            "navigation": f"../navigation/{id}{{;tree}}{{;down}}.json",
            "document": f"../document/{id}.xml",
            "mediaTypes": ["application/tei+xml"],
        }
    return {**kept, "@id": id, "dublinCore": about, **templates}


def edition_files(edition: Edition) -> list[tuple[str, bytes]]:
    """The entry and the collections; each collection has all its members in one file."""
    root = root_id(edition)
    summaries = edition.collections()
    top = _here(root_object(edition, _PLACES))
    parts = [_here(collection_object(c, _PLACES, root=root)) for c in summaries]
    entry: dict[str, Any] = {"@id": "index.json", "@type": "EntryPoint", **TEMPLATES}
    whole = _whole({**top, "member": parts})
    found = [
        (ENTRY, _whole(entry)),
        ("dts/collection.json", whole),
        (f"dts/collection/{part(root)}.json", whole),
        ("dts/collection;nav=parents.json", _whole({**top, "member": []})),
    ]
    for summary, one in zip(summaries, parts, strict=True):
        members = [
            _member(edition, document)
            for document in edition.documents(collection=summary.collection.id)
        ]
        name = f"dts/collection/{one['@id']}"
        found.append((f"{name}.json", _whole({**one, "member": members})))
        found.append((f"{name};nav=parents.json", _whole({**one, "member": [top]})))
    return found


def _member(edition: Edition, document: Document) -> Object:
    return _here(resource_object(edition, document, _PLACES))


def parent_of(edition: Edition, collection: str) -> Object:
    """A collection as the parent of its documents."""
    summary = edition.collection(collection)
    return _here(collection_object(summary, _PLACES, root=root_id(edition)))


def text_file(document: Document) -> str:
    """Where the service has a document's text, which is its TEI download once more."""
    return f"dts/document/{part(document.id)}.xml"


def document_files(
    edition: Edition, document: Document, *, parent: Object
) -> list[tuple[str, bytes]]:
    """A document's description and citation trees.

    Args:
        edition: The edition.
        document: The document.
        parent: Its collection, made by :func:`parent_of`.
    """
    resource = _member(edition, document)
    id = resource["@id"]
    found = [
        (f"dts/collection/{id}.json", _whole(resource)),
        (f"dts/collection/{id};nav=parents.json", _whole({**resource, "member": [parent]})),
    ]
    for tree in resource["citationTrees"]:
        name = tree.get("identifier", "")
        units = dts_tree.units(document, name)
        deepest = max(unit.level for unit in units)
        for down in (1, *range(2, deepest + 1), -1):
            some = [unit_object(u) for u in units if down == -1 or u.level <= down]
            file = f"navigation/{id}{f';tree={name}' if name else ''};down={down}.json"
            answer = {"@id": file, "@type": "Navigation", "resource": resource, "member": some}
            found.append((f"dts/{file}", _whole(answer)))
    return found
