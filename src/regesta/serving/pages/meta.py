"""What reference managers read on a document's page: Highwire and Dublin Core terms, COinS.

What comes in is a document with its collection; out go names with their values.
"""

from urllib.parse import urlencode

from regesta.documents import Collection, Document
from regesta.exporting.citations.cite import parts_of, record
from regesta.exporting.citations.cite_formats import Entry


def meta_tags(document: Document, collection: Collection, *, address: str) -> list[tuple[str, str]]:
    """Names and contents of ``meta`` elements; what is not known is left out.

    Args:
        document: The document.
        collection: Its collection.
        address: The page's own address.
    """
    entry = record(parts_of(document, collection))
    first, _, last = entry.pages.partition("–")
    day = entry.date.day if entry.date else None
    when = (day or "").replace("-", "/") or (str(entry.date.year or "") if entry.date else "")
    pairs = [
        ("citation_title", entry.title),
        *(("citation_author", name) for name in entry.authors),
        ("citation_publication_date", when),
        ("citation_inbook_title", entry.container),
        ("citation_publisher", entry.publisher),
        ("citation_firstpage", first),
        ("citation_lastpage", last),
        ("citation_language", entry.language),
        ("DC.title", entry.title),
        *(("DC.creator", name) for name in entry.authors),
        *(("DC.contributor", name) for name in entry.recipients),
        ("DC.date", entry.date.edtf if entry.date else ""),
        ("DC.type", entry.kind),
        ("DC.identifier", address),
        ("DC.relation.ispartof", entry.container),
        ("DC.rights", collection.licence),
        *(("DC.subject", subject.label) for subject in document.subjects),
    ]
    return [(name, " ".join(value.split())) for name, value in pairs if value]


def coins(document: Document, collection: Collection, *, address: str) -> str:
    """The title of a ``span`` of class Z3988: an OpenURL 1.0 context object of a book item."""
    entry: Entry = record(parts_of(document, collection))
    first, _, last = entry.pages.partition("–")
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:book"),
        ("rft.genre", "bookitem"),
        ("rft.atitle", entry.title),
        ("rft.btitle", entry.container),
        *(("rft.au", name) for name in entry.authors),
        ("rft.date", (entry.date.edtf if entry.date else "")),
        ("rft.pub", entry.publisher),
        ("rft.spage", first),
        ("rft.epage", last),
        ("rft_id", address),
    ]
    return urlencode([(name, " ".join(value.split())) for name, value in pairs if value])
