"""Acts as Web Annotations (W3C): JSON-LD with each act's span as a selector into its document.

One annotation collection a file. The target of each annotation is the document, with the act's
words as a ``TextQuoteSelector`` and their place as a ``TextPositionSelector`` of code points, as
the standard has it.
"""

from collections.abc import Iterable
from typing import Any, BinaryIO
from urllib.parse import quote

import msgspec

from regesta.documents import Document
from regesta.documents.ledger import StoredAct
from regesta.exporting.acts.base import ActExporter, Stated

#: Code points before and after the words, which let them be found in another edition of the text.
AROUND = 32
#: Names of ours stand under an address that is only a name: nothing is fetched from it.
TERMS = "urn:regesta:act:"
CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "regesta": TERMS,
        **{
            name: f"regesta:{name}"
            for name in (
                "actor", "actor_powers", "actor_cow", "act", "group", "addressee",
                "addressee_powers", "addressee_cow", "about", "polarity", "modality",
                "reported_by", "tier", "confidence", "plover", "cameo", "earliest", "latest",
            )
        },
        "Act": "regesta:Act",
    },
]  # fmt: skip


class ActsJsonLdExporter(ActExporter):
    """Writes one annotation an act."""

    name = "acts-jsonld"
    suffix = ".jsonld"
    media_type = "application/ld+json"

    def put(self, acts: Iterable[Stated], target: BinaryIO) -> None:
        """Write a collection of annotations."""
        encode = msgspec.json.Encoder().encode
        target.write(b'{"@context": ' + encode(CONTEXT) + b',\n "type": "AnnotationCollection",\n')
        target.write(
            b' "label": "Diplomatic acts",\n "first": {"type": "AnnotationPage", "items": ['
        )
        between = b"\n"
        for document, stored in acts:
            target.write(between + encode(annotation(document, stored)))
            between = b",\n"
        target.write(b"]}}\n")


def annotation(document: Document, stored: StoredAct) -> dict[str, Any]:
    """The annotation of an act, which points at its words in the document."""
    address = f"urn:regesta:document:{quote(document.id, safe='/')}"
    start, end = stored.act.span or (0, 0)
    text = document.text
    return {
        "id": f"{address}#act-{stored.place + 1}",
        "type": "Annotation",
        "motivation": "classifying",
        "body": _body(stored),
        "target": {
            "source": address,
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": _whole(text[start:end]),
                    "prefix": _whole(text[max(0, start - AROUND) : start]),
                    "suffix": _whole(text[end : end + AROUND]),
                },
                {"type": "TextPositionSelector", "start": start, "end": end},
            ],
        },
    }


def _whole(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def _body(stored: StoredAct) -> dict[str, Any]:
    act = stored.act
    return {
        "type": "Act",
        "act": act.act,
        "group": act.group or None,
        "actor": _whole(act.actor),
        "actor_powers": list(stored.actor_powers),
        "actor_cow": list(stored.actor_cow),
        "addressee": _whole(act.addressee) or None,
        "addressee_powers": list(stored.addressee_powers),
        "addressee_cow": list(stored.addressee_cow),
        "about": _whole(act.about) or None,
        "polarity": act.polarity,
        "modality": act.modality,
        "reported_by": _whole(act.reported_by) or None,
        "tier": act.tier,
        "confidence": act.confidence,
        "plover": act.plover or None,
        "cameo": act.cameo or None,
        "earliest": stored.earliest,
        "latest": stored.latest,
    }
