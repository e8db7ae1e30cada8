"""The objects of the Distributed Text Services: collections, resources, units, as JSON-LD.

What comes in are documents and collections of the edition; out go objects with URI templates.
"""

from typing import Any
from urllib.parse import quote

from starlette.requests import Request

from regesta.documents import Document
from regesta.edition import Edition
from regesta.edition.results import CollectionSummary
from regesta.serving.pages.links import document_url
from regesta.serving.protocols.dts_tree import Unit, trees

CONTEXT = "https://dtsapi.org/context/v1.0.json"
VERSION = "1.0"
#: What a document can be had as; the first where nothing else is asked.
MEDIA_TYPES = ("application/tei+xml", "text/html", "text/plain")
Object = dict[str, Any]


class Places:
    """Spells addresses and URI templates (RFC 6570) of the endpoints.

    Args:
        site: Address of the edition without the last slash.
        here: Address of the request.
    """

    def __init__(self, site: str, here: str = "") -> None:
        self.site, self.here = site, here
        self.base = f"{site}/api/dts"

    @classmethod
    def of(cls, request: Request) -> "Places":
        """The addresses as the client of a request sees them."""
        places = cls(str(request.base_url).rstrip("/"), str(request.url))
        places._request = request
        return places

    _request: Request | None = None

    def collection(self, id: str = "") -> str:
        """Template of the collection endpoint."""
        return f"{self.base}/collection" + (
            f"?id={_q(id)}{{&page,nav}}" if id else "{?id,page,nav}"
        )

    def navigation(self, id: str = "") -> str:
        """Template of the navigation endpoint."""
        rest = "ref,start,end,down,tree,page}"
        return f"{self.base}/navigation" + (
            f"?resource={_q(id)}{{&{rest}" if id else f"{{?resource,{rest}"
        )

    def document(self, id: str = "") -> str:
        """Template of the document endpoint."""
        rest = "ref,start,end,tree,mediaType}"
        return f"{self.base}/document" + (
            f"?resource={_q(id)}{{&{rest}" if id else f"{{?resource,{rest}"
        )

    def collection_of(self, id: str) -> str:
        """Where a resource is described."""
        return f"{self.base}/collection?id={_q(id)}"

    def page(self, id: str, page: int) -> str:
        """A page of a collection."""
        return f"{self.base}/collection?id={_q(id)}&page={page}"

    def same_page(self, page: int) -> str:
        """This address on another page."""
        assert self._request is not None
        return str(self._request.url.include_query_params(page=page))


def _q(id: str) -> str:
    return quote(id, safe="/:")


def root_id(edition: Edition) -> str:
    """What the whole edition is called: "edition", unless a collection has that name."""
    taken = {summary.collection.id for summary in edition.collections()}
    return "edition" if "edition" not in taken else "whole-edition"


def root_object(edition: Edition, places: Places) -> Object:
    """The whole edition."""
    info = edition.info()
    return {
        "@id": root_id(edition),
        "@type": "Collection",
        "title": info.title or "Edition",
        **({"description": info.description} if info.description else {}),
        "totalParents": 0,
        "totalChildren": len(edition.collections()),
        "collection": places.collection(),
    }


def collection_object(summary: CollectionSummary, places: Places, *, root: str) -> Object:
    """A collection."""
    known = summary.collection
    language = known.languages[0] if known.languages else "und"
    about: Object = {"title": [{"lang": language, "value": known.title or known.id}]}
    about |= _worded("publisher", [known.publisher], language)
    about |= _worded("rights", [known.licence], language)
    about |= _worded("isPartOf", [known.series], language)
    if known.languages:
        about["language"] = list(known.languages)
    if known.published:
        about["issued"] = known.published
    if known.url:
        about["source"] = [known.url]
    if summary.first and summary.last:
        about["temporal"] = f"{summary.first}/{summary.last}"
    return {
        "@id": known.id,
        "@type": "Collection",
        "title": known.title or known.id,
        "totalParents": 1,
        "totalChildren": summary.documents,
        "dublinCore": about,
        "collection": places.collection(known.id),
    }


def resource_object(edition: Edition, document: Document, places: Places) -> Object:
    """A document."""
    language = document.word("language") or "und"
    title = document.heading or document.id
    about: Object = {"title": [{"lang": language, "value": title}]}
    about |= _worded("creator", [p.label for p in document.senders], language)
    about |= _worded("audience", [p.label for p in document.recipients], language)
    about |= _worded("subject", [s.label for s in document.subjects], language)
    about |= _worded("spatial", [document.place.name] if document.place else [], language)
    about |= _worded("type", [document.word("kind")], language)
    if language != "und":
        about["language"] = [language]
    if document.date:
        about["created"] = document.date.edtf
    page = places.site + document_url(document.id)
    about["isPartOf"] = [document.collection]
    return {
        "@id": document.id,
        "@type": "Resource",
        "title": title,
        "totalParents": 1,
        "totalChildren": 0,
        "dublinCore": about,
        "collection": places.collection(document.id),
        "navigation": places.navigation(document.id),
        "document": places.document(document.id),
        "download": {
            "application/tei+xml": f"{page}.xml",
            "text/plain": f"{page}.txt",
            "application/json": f"{page}.json",
        },
        "mediaTypes": list(MEDIA_TYPES),
        "citationTrees": trees(document),
    }


def _worded(name: str, values: list[str], language: str) -> Object:
    found = [{"lang": language, "value": value} for value in values if value]
    return {name: found} if found else {}


def unit_object(unit: Unit) -> Object:
    """A citable unit."""
    title = {"dublinCore": {"title": [{"lang": "en", "value": unit.title}]}} if unit.title else {}
    return {
        "identifier": unit.id,
        "@type": "CitableUnit",
        "level": unit.level,
        "parent": unit.parent or None,
        "citeType": unit.kind,
        **title,
    }
