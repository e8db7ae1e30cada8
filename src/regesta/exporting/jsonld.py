"""JSON-LD: a document as schema.org sees it, and its facts, links and acts as Web Annotations.

The context stands in the file: a program that reads it asks no other machine. Facts and links
carry a position (code points) and a quotation of their words, as the Web Annotation Data Model
has them (https://www.w3.org/TR/annotation-model/).
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from regesta.documents import Act, Collection, Document, Fact, HistoricalDate, Link, Party, Place
from regesta.documents import Subject as SubjectValue
from regesta.exporting.addresses import (
    collection_address,
    document_address,
    entry_address,
    web_refs,
)
from regesta.exporting.pieces import KnowingExporter, Known
from regesta.exporting.skos import concept_id

EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"
#: Plain names are schema.org's; those of annotations are the Web Annotation vocabulary's.
CONTEXT: dict[str, Any] = {
    "@vocab": "https://schema.org/",
    "oa": "http://www.w3.org/ns/oa#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": "@id",
    "type": "@type",
    "Annotation": "oa:Annotation",
    "SpecificResource": "oa:SpecificResource",
    "TextualBody": "oa:TextualBody",
    "TextPositionSelector": "oa:TextPositionSelector",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "describing": "oa:describing",
    "linking": "oa:linking",
    "classifying": "oa:classifying",
    "body": {"@id": "oa:hasBody"},
    "target": {"@id": "oa:hasTarget"},
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": {"@id": "oa:hasSelector"},
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "value": "rdf:value",
    "url": {"@id": "https://schema.org/url", "@type": "@id"},
    "license": {"@id": "https://schema.org/license"},
    "sameAs": {"@id": "https://schema.org/sameAs", "@type": "@id"},
    "isPartOf": {"@id": "https://schema.org/isPartOf", "@type": "@id"},
    "about": {"@id": "https://schema.org/about", "@type": "@id"},
}
#: Characters before and after the words that a quotation selector gives.
_AROUND = 32
_WEB = ("http://", "https://")
_encode = msgspec.json.Encoder().encode


class JsonLdExporter(KnowingExporter):
    """Writes one JSON-LD document whose graph has a node a collection and a document."""

    name = "jsonld"
    suffix = ".jsonld"
    media_type = "application/ld+json"

    def pieces(self, known: Known) -> tuple[str, Callable[[Document], str], str]:
        """The context and the collections, a document's nodes, and a node that closes the list."""
        refs: dict[str, list[str]] = {}
        for collection in known.collections.values():
            refs |= {p.id: web_refs(p.refs).split() for p in collection.persons if p.refs}
            refs |= {p.id: web_refs(p.refs).split() for p in collection.places if p.refs}

        def piece(document: Document) -> str:
            nodes = document_nodes(
                document,
                links=known.links(document.id),
                acts=known.acts(document.id),
                address=known.address,
                refs=refs,
            )
            return "".join(f"{_encode(node).decode()},\n" for node in nodes)

        heads = [_collection(c, known.address) for c in known.collections.values()]
        opening = f'{{"@context": {_encode(CONTEXT).decode()},\n"@graph": [\n'
        opening += "".join(f"{_encode(head).decode()},\n" for head in heads)
        # A node of its own closes the list, so that no comma has to be taken back.
        return opening, piece, '{"type": "SoftwareApplication", "name": "Regesta"}\n]}\n'


def document_nodes(
    document: Document,
    *,
    links: Iterable[Link] = (),
    acts: Iterable[Act] = (),
    address: str = "",
    refs: dict[str, list[str]] | None = None,
) -> Iterator[dict[str, Any]]:
    """Give the nodes of a document: itself, then an annotation a fact, a link and an act.

    Args:
        document: The document.
        links, acts: What is known of it.
        address: Where the edition stands on the web, or "".
        refs: Id of an entry of a list of persons or places → its addresses in authority files.
    """
    own = document_address(address, document.id)
    yield _work(document, own, address, refs or {})
    n = 0
    for fact in document.facts:
        if fact.span is None and fact.origin == "given":
            continue
        n += 1
        yield _annotation(document, own, f"{own}#fact-{n}", "describing", _fact_body(fact), fact.span)  # fmt: skip  # noqa: E501
    for n, link in enumerate(links, 1):
        text = document.notes[link.note].text if link.note is not None else ""
        body = _link_body(link, address)
        yield _annotation(document, own, f"{own}#link-{n}", "linking", body, link.span, text)
    for n, act in enumerate(acts, 1):
        body = {"type": "Action", **{k: v for k, v in _act_parts(act).items() if v}}
        yield _annotation(document, own, f"{own}#act-{n}", "classifying", body, act.span)


def _collection(collection: Collection, address: str) -> dict[str, Any]:
    said = {
        "name": collection.title,
        "alternateName": collection.short_title,
        "publisher": collection.publisher,
        "datePublished": collection.published,
        "license": collection.licence,
        "url": collection.url if collection.url.startswith(_WEB) else "",
        "inLanguage": list(collection.languages),
    }
    id = collection_address(address, collection.id)
    return {"id": id, "type": "Collection"} | {k: v for k, v in said.items() if v}


def _work(document: Document, own: str, address: str, refs: dict[str, list[str]]) -> dict[str, Any]:
    letter = bool(document.senders or document.recipients)
    received = document.first("received")
    said: dict[str, Any] = {
        "identifier": document.id,
        "name": document.heading or document.word("title"),
        "genre": document.word("kind"),
        "position": document.word("number"),
        "sender": [_party(f, refs) for f in document.resolved("sender")],
        "author": [{"name": document.word("author")}] if document.word("author") else [],
        "recipient": [_party(f, refs) for f in document.resolved("recipient")],
        "dateCreated": _date(document.date),
        "dateSent": document.date.day if document.date and letter else None,
        "dateReceived": _date(received.value) if received else None,
        "locationCreated": _place(document.place, refs),
        "about": [entry_address(address, "subjects", concept_id(s)) for s in document.subjects],
        "isPartOf": collection_address(address, document.collection) if document.collection else "",
        "inLanguage": document.word("language"),
        "pagination": "–".join(dict.fromkeys([*document.pages[:1], *document.pages[-1:]])),
        "holdingArchive": _archive(document.word("repository")),
        "itemLocation": document.word("source_note"),
        "isBasedOn": document.word("publication"),
        "sameAs": document.word("url") if document.word("url").startswith(_WEB) else "",
        "text": document.text,
        "comment": [{"type": "Comment", "position": n.n, "text": n.text} for n in document.notes],
        "url": own if own.startswith(_WEB) else "",
    }
    kinds = ["Message", "ArchiveComponent"] if letter else ["CreativeWork", "ArchiveComponent"]
    return {"id": own, "type": kinds} | {k: v for k, v in said.items() if v}


def _archive(name: str) -> dict[str, str] | None:
    return {"type": "ArchiveOrganization", "name": name} if name else None


def _party(fact: Fact, refs: dict[str, list[str]]) -> dict[str, Any]:
    party = fact.value
    assert isinstance(party, Party)
    body = fact.rule.endswith("/orgName") or not party.name
    said = {
        "name": party.label,
        "jobTitle": party.office if party.name else "",
        "affiliation": party.power,
        "sameAs": refs.get(party.person) or web_refs(party.person.split()).split(),
    }
    return {"type": "Organization" if body else "Person"} | {k: v for k, v in said.items() if v}


def _date(date: object) -> dict[str, str] | None:
    if not isinstance(date, HistoricalDate) or not date.edtf:
        return None
    return {"@type": EDTF, "@value": date.edtf}


def _place(place: Place | None, refs: dict[str, list[str]]) -> dict[str, Any] | None:
    if place is None:
        return None
    said: dict[str, Any] = {"type": "Place", "name": place.name}
    if place.latitude is not None and place.longitude is not None:
        where = {"latitude": place.latitude, "longitude": place.longitude}
        said["geo"] = {"type": "GeoCoordinates", **where}
    if known := refs.get(place.ref) or web_refs([place.ref]).split():
        said["sameAs"] = known
    return said


def _annotation(
    document: Document,
    own: str,
    id: str,
    motivation: str,
    body: dict[str, Any],
    span: tuple[int, int] | None,
    text: str = "",
) -> dict[str, Any]:
    target: dict[str, Any] = {"type": "SpecificResource", "source": own}
    if span is not None:
        target["selector"] = _selectors(text or document.text, *span, inside=bool(text))
    return {"id": id, "type": "Annotation", "motivation": motivation, "body": body, "target": target}  # fmt: skip  # noqa: E501


def _selectors(text: str, start: int, end: int, *, inside: bool) -> list[dict[str, Any]]:
    """Where words stand: by their place in the text, and by themselves with what is around."""
    quote = {
        "type": "TextQuoteSelector",
        "exact": text[start:end],
        "prefix": text[max(0, start - _AROUND) : start],
        "suffix": text[end : end + _AROUND],
    }
    return [quote] if inside else [{"type": "TextPositionSelector", "start": start, "end": end}, quote]  # fmt: skip  # noqa: E501


def _fact_body(fact: Fact) -> dict[str, Any]:
    return {
        "type": ["TextualBody", "PropertyValue"],
        "propertyID": fact.field,
        "value": _words(fact),
        "measurementTechnique": f"{fact.origin}: {fact.rule}" if fact.rule else fact.origin,
        "additionalProperty": _confidence(fact.confidence),
    }


def _words(fact: Fact) -> str:
    value = fact.value
    if isinstance(value, HistoricalDate):
        return value.edtf or value.printed
    if isinstance(value, Party):
        return ", ".join(filter(None, (value.name, value.office, value.power)))
    if isinstance(value, Place):
        return value.name
    if isinstance(value, SubjectValue):
        return " — ".join((*value.path, value.label))
    return value


def _link_body(link: Link, address: str) -> dict[str, Any]:
    body: dict[str, Any] = {"propertyID": link.kind}
    if link.target:
        body["id"] = document_address(address, link.target)
        return body
    body["type"] = "TextualBody"
    body["value"] = link.printed or "not in this edition"
    return body


def _act_parts(act: Act) -> dict[str, Any]:
    return {
        "name": act.act,
        "agent": act.actor and {"name": act.actor},
        "recipient": act.addressee and {"name": act.addressee},
        "object": act.about and {"name": act.about},
        "actionStatus": " ".join(filter(None, (act.polarity, act.modality))),
        "additionalProperty": _confidence(act.confidence),
    }


def _confidence(confidence: float) -> dict[str, Any]:
    return {"type": "PropertyValue", "propertyID": "confidence", "value": confidence}
