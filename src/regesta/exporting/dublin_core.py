"""Dublin Core: a document as the fifteen elements that every library's harvester reads.

What comes in is a document with its collection and address; out goes one ``oai_dc:dc`` element.
What is not known is left out.
"""

from regesta.documents import Collection, Document
from regesta.exporting.citations.cite import cite
from regesta.exporting.tei.words import escaped

OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
OAI_DC_SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
DC = "http://purl.org/dc/elements/1.1/"


def dublin_core(document: Document, collection: Collection, *, address: str = "") -> str:
    """Give a document as an ``oai_dc:dc`` element.

    Args:
        document: The document.
        collection: Its collection.
        address: Where it stands on the web, or "".
    """
    date = document.date
    known: list[tuple[str, str]] = [
        ("title", document.heading or document.id),
        *(("creator", party.label) for party in document.senders),
        *(("subject", ": ".join((*subject.path, subject.label))) for subject in document.subjects),
        ("description", document.word("summary")),
        ("publisher", collection.publisher),
        *(("contributor", party.label) for party in document.recipients),
        # EDTF contains ISO 8601: what Dublin Core recommends, with what is uncertain said so.
        ("date", date.edtf if date else ""),
        ("type", "Text"),
        ("type", document.word("kind")),
        ("format", "application/tei+xml"),
        ("identifier", address),
        ("identifier", document.id),
        ("source", document.word("source_note")),
        ("source", cite(document, collection, style="note")),
        ("language", document.word("language")),
        ("relation", collection.title),
        ("coverage", document.place.name if document.place else ""),
        ("rights", collection.licence),
    ]
    inner = "".join(
        f"<dc:{name}>{escaped(' '.join(value.split()))}</dc:{name}>"
        for name, value in dict.fromkeys(known)
        if value.strip()
    )
    return (
        f'<oai_dc:dc xmlns:oai_dc="{OAI_DC}" xmlns:dc="{DC}" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        f'xsi:schemaLocation="{OAI_DC} {OAI_DC_SCHEMA}">{inner}</oai_dc:dc>'
    )
