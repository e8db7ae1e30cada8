"""The described line: a document as the one JSON object that other programs rely on.

The same object leaves `describe --jsonl`, `export --format jsonl`, `show --format json` and
`/api/documents/…`. What is not known is null or [], never absent and never a guess.
"""

from collections.abc import Iterable
from typing import Any

from regesta.documents.dates import HistoricalDate
from regesta.documents.document import Document
from regesta.documents.facts import Fact, Party, Place, Subject
from regesta.documents.links import Act, Link


def _origin(fact: Fact) -> dict[str, Any]:
    return {
        "origin": fact.origin,
        "rule": fact.rule or None,
        "span": list(fact.span) if fact.span else None,
        "confidence": fact.confidence,
    }


def date_line(fact: Fact | None) -> dict[str, Any] | None:
    """A date fact as JSON, or None."""
    if fact is None or not isinstance(fact.value, HistoricalDate):
        return None
    date = fact.value
    return {
        "edtf": date.edtf or None,
        "earliest": date.earliest,
        "latest": date.latest,
        "time": date.time,
        "calendar": date.calendar,
        "printed": date.printed or None,
        "marks": list(date.marks),
        **_origin(fact),
    }


def party_line(fact: Fact) -> dict[str, Any]:
    """A sender or recipient fact as JSON."""
    party = fact.value
    assert isinstance(party, Party)
    return {
        "name": party.name or None,
        "office": party.office or None,
        "power": party.power or None,
        "person": party.person or None,
        **_origin(fact),
    }


def place_line(fact: Fact | None) -> dict[str, Any] | None:
    """A place fact as JSON, or None."""
    if fact is None or not isinstance(fact.value, Place):
        return None
    place = fact.value
    return {
        "name": place.name,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "ref": place.ref or None,
        **_origin(fact),
    }


def subject_line(fact: Fact) -> dict[str, Any]:
    """A subject fact as JSON; its label has the broader headings before it, as in the index."""
    subject = fact.value
    assert isinstance(subject, Subject)
    return {
        "label": ": ".join((*subject.path, subject.label)),
        "path": list(subject.path),
        **_origin(fact),
    }


def link_line(link: Link) -> dict[str, Any]:
    """A link as JSON."""
    return {
        "kind": link.kind,
        "target": link.target or None,
        "span": list(link.span) if link.span else None,
        "printed": link.printed or None,
        "confidence": link.confidence,
        "evidence": link.evidence,
        "note": link.note,
    }


def act_line(act: Act) -> dict[str, Any]:
    """An act as JSON."""
    return {
        "actor": act.actor,
        "act": act.act,
        "addressee": act.addressee or None,
        "about": act.about or None,
        "polarity": act.polarity,
        "modality": act.modality,
        "reported_by": act.reported_by or None,
        "span": list(act.span) if act.span else None,
        "plover": act.plover or None,
        "cameo": act.cameo or None,
        "confidence": act.confidence,
        "tier": act.tier,
        "group": act.group or None,
        "language": act.language or None,
        "rule": act.rule or None,
    }


def to_line(
    document: Document, *, links: Iterable[Link] = (), acts: Iterable[Act] = ()
) -> dict[str, Any]:
    """Give a document as the described line of the contract.

    Args:
        document: The document with its facts.
        links: Its links, where the edition has any.
        acts: Its acts, where the edition has any.

    Returns:
        A dictionary of JSON values, the same keys for every document.
    """
    source = document.source
    return {
        "id": document.id,
        "collection": document.collection or None,
        "source": {
            "path": source.path,
            "sha256": source.sha256,
            "position": source.position or None,
        },
        "heading": document.heading or None,
        "kind": document.word("kind") or None,
        "language": document.word("language") or None,
        "number": document.word("number") or None,
        "file_number": document.word("file_number") or None,
        "date": date_line(document.first("date")),
        "received": date_line(document.first("received")),
        "senders": [party_line(f) for f in document.resolved("sender")],
        "recipients": [party_line(f) for f in document.resolved("recipient")],
        "parties": document.word("parties") or None,
        "author": document.word("author") or None,
        "place": place_line(document.first("place")),
        "subjects": [subject_line(f) for f in document.resolved("subject")],
        "publication": document.word("publication") or None,
        "source_note": document.word("source_note") or None,
        "parent": document.parent or None,
        "text": document.text,
        "layers": [[layer.kind, layer.start, layer.end] for layer in document.layers],
        "pages": document.pages,
        "notes": [{"n": n.n, "text": n.text, "anchor": n.anchor} for n in document.notes],
        "links": [link_line(link) for link in links],
        "acts": [act_line(act) for act in acts],
    }
