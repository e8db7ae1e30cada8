"""IIIF Presentation 3: manifests of documents whose sources name facsimiles, for image viewers.

What comes in is a document; out goes a manifest with a canvas for each image, or a collection of
manifests. Where the source names a file only, ``images`` in edition.toml says where the files are.
"""

from typing import Any
from urllib.parse import quote, urljoin

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from regesta.documents import Document, Image
from regesta.edition import Edition
from regesta.errors import UnknownValue
from regesta.serving.api.routes import Json
from regesta.serving.caching import fresh, mark
from regesta.serving.pages.links import collection_url, document_url
from regesta.serving.pages.memory import kept

CONTEXT = "http://iiif.io/api/presentation/3/context.json"
MEDIA_TYPE = 'application/ld+json;profile="http://iiif.io/api/presentation/3/context.json"'
#: A canvas must have a size, and sources do not say one: it is that of an upright sheet (A4, 1:√2).
WIDTH, HEIGHT = 1000, 1414
UNKNOWN_SIZE = "The size of the image is not known; that of its canvas is nominal."
NOT_HERE = "The source names this image and does not say where it is."
_WEB = ("http://", "https://")
#: The only licences that `rights` may hold.
_RIGHTS = ("creativecommons.org/", "rightsstatements.org/")
_TYPES = {
    "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp",
    "gif": "image/gif", "tif": "image/tiff", "tiff": "image/tiff", "jp2": "image/jp2",
}  # fmt: skip
Object = dict[str, Any]


class _Manifest(Json):
    media_type = MEDIA_TYPE


def place_of(image: Image, base: str) -> str:
    """Where an image is: its own address, its name below ``base``, or "" where nobody says."""
    if image.url.startswith(_WEB):
        return image.url
    return urljoin(base.rstrip("/") + "/", quote(image.url.lstrip("/"), safe="/%")) if base else ""


def manifest(edition: Edition, id: str, site: str) -> Object:
    """The manifest of a document.

    Raises:
        UnknownDocument: No document has that id.
        UnknownValue: Its source names no image.
    """
    document = edition.document(id)
    if not document.images:
        raise UnknownValue(f"the source of {id} names no image", "see /iiif/collection.json")
    address = f"{site}/iiif/{quote(id, safe='/')}/manifest.json"
    language = document.word("language") or "none"
    collection = edition.collection(document.collection).collection
    base = edition.image_base(document.collection)
    found: Object = {
        "@context": CONTEXT,
        "id": address,
        "type": "Manifest",
        "label": {language: [document.heading or document.id]},
        "metadata": _metadata(edition, document, language),
        "homepage": [
            {
                "id": site + document_url(id),
                "type": "Text",
                "label": {language: [document.heading or document.id]},
                "format": "text/html",
            }
        ],
        "seeAlso": [
            _also(site, id, ".xml", "application/tei+xml", "TEI"),
            _also(site, id, ".json", "application/json", "Description"),
        ],
        "partOf": [{"id": _collection_address(site, document.collection), "type": "Collection"}],
        "items": [
            _canvas(image, place_of(image, base), f"{address.removesuffix('manifest.json')}{n}")
            for n, image in enumerate(document.images, 1)
        ],
    }
    if document.date and document.date.day:
        found["navDate"] = f"{document.date.day}T00:00:00Z"
    licence = collection.licence
    if licence.startswith(_WEB) and any(name in licence for name in _RIGHTS):
        # The property holds the licence's identifier, which begins with http:.
        found["rights"] = licence.replace("https://", "http://", 1)
    elif licence:
        found["requiredStatement"] = {"label": {"en": ["Licence"]}, "value": {"none": [licence]}}
    return found


def _also(site: str, id: str, suffix: str, media: str, label: str) -> Object:
    return {
        "id": site + document_url(id, suffix),
        "type": "Dataset",
        "label": {"en": [label]},
        "format": media,
    }


def _metadata(edition: Edition, document: Document, language: str) -> list[Object]:
    rows = [
        ("From", [p.label for p in document.senders], language),
        ("To", [p.label for p in document.recipients], language),
        ("Date", [document.date.edtf] if document.date else [], "none"),
        ("Place", [document.place.name] if document.place else [], language),
        ("Kind", [document.word("kind")], "en"),
        ("Citation", [edition.cite(document.id)], "none"),
    ]
    return [
        {"label": {"en": [label]}, "value": {code: values}}
        for label, words, code in rows
        if (values := [word for word in words if word])
    ]


def _canvas(image: Image, url: str, id: str) -> Object:
    name = image.label or image.url.rsplit("/", 1)[-1]
    found: Object = {
        "id": f"{id}/canvas",
        "type": "Canvas",
        "label": {"none": [name]},
        "width": WIDTH,
        "height": HEIGHT,
        "summary": {"en": [UNKNOWN_SIZE if url else NOT_HERE]},
        "items": [],
    }
    if url:
        body: Object = {"id": url, "type": "Image"}
        suffix = url.partition("?")[0].rpartition(".")[2].lower()
        if suffix in _TYPES:
            body["format"] = _TYPES[suffix]
        painted = {
            "id": f"{id}/image",
            "type": "Annotation",
            "motivation": "painting",
            "target": f"{id}/canvas",
            "body": body,
        }
        found["items"] = [{"id": f"{id}/page", "type": "AnnotationPage", "items": [painted]}]
    return found


def _collection_address(site: str, id: str = "") -> str:
    within = f"/{quote(id, safe='')}" if id else ""
    return f"{site}/iiif{within}/collection.json"


def _pictured(edition: Edition, collection: str) -> list[tuple[str, str, str]]:
    """Documents of a collection with images: id, language, heading; looked for once a build."""

    def look() -> list[tuple[str, str, str]]:
        return [
            (d.id, d.word("language") or "none", d.heading or d.id)
            for d in edition.documents(collection=collection)
            if d.images
        ]

    found: list[tuple[str, str, str]] = kept(edition, f"iiif {collection}", look)
    return found


def collection(edition: Edition, id: str, site: str) -> Object:
    """A collection's manifests, or with "" the collections that have some. Raises UnknownValue."""
    if id:
        known = edition.collection(id).collection
        label, language = known.title or id, (known.languages or ("none",))[0]
        items = [
            {
                "id": f"{site}/iiif/{quote(one, safe='/')}/manifest.json",
                "type": "Manifest",
                "label": {code: [heading]},
            }
            for one, code, heading in _pictured(edition, id)
        ]
    else:
        label, language = edition.info().title or "Edition", "none"
        items = [
            {
                "id": _collection_address(site, c.collection.id),
                "type": "Collection",
                "label": {(c.collection.languages or ("none",))[0]: [c.collection.title or id]},
            }
            for c in edition.collections()
            if _pictured(edition, c.collection.id)
        ]
    found: Object = {
        "@context": CONTEXT,
        "id": _collection_address(site, id),
        "type": "Collection",
        "label": {language: [label]},
        "homepage": [
            {
                "id": site + (collection_url(id) if id else "/"),
                "type": "Text",
                "label": {language: [label]},
                "format": "text/html",
            }
        ],
        "items": items,
    }
    if id:
        found["partOf"] = [{"id": _collection_address(site), "type": "Collection"}]
    return found


async def _answer(request: Request) -> Response:
    edition: Edition = request.app.state.edition
    site = str(request.base_url).rstrip("/")
    path = request.path_params
    tag = mark(request)
    headers = {"etag": tag, "access-control-allow-origin": "*"}
    if fresh(request, tag):
        return Response(status_code=304, headers=headers)
    if "document" in path:
        found = await run_in_threadpool(manifest, edition, path["document"], site)
    else:
        found = await run_in_threadpool(collection, edition, path.get("id", ""), site)
    return _Manifest(found, headers=headers)


def routes() -> list[Route]:
    """Manifests and collections."""
    return [
        Route("/iiif/collection.json", _answer, name="iiif"),
        Route("/iiif/{id}/collection.json", _answer, name="iiif-collection"),
        Route("/iiif/{document:path}/manifest.json", _answer, name="iiif-manifest"),
    ]
