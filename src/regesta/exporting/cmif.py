"""CMIF 2: a list of letters for correspSearch, a ``correspDesc`` with its six facts a document.

The Correspondence Metadata Interchange Format of the TEI Correspondence SIG is a small part of TEI;
what it asks for stands in its documentation and in ``cmi-customization.odd``. Its version 2 adds
``note/ref`` with the terms of https://lod.academy/cmif/vocab/terms.
"""

import re
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from regesta.documents import Collection, Document, Fact, HistoricalDate, Party, Place
from regesta.documents.facts import UNNAMED
from regesta.exporting.addresses import document_address, web_refs
from regesta.exporting.pieces import NOWHERE, write_pieces
from regesta.exporting.tei.dates import cert, date_attributes
from regesta.exporting.tei.words import element, wrapped

NAMESPACE = "http://www.tei-c.org/ns/1.0"
TERMS = "https://lod.academy/cmif/vocab/terms#"
#: Written where sender or addressee is not known, as the format asks.
UNKNOWN = "Unknown"
#: The rights of an edition that does not say any: not evaluated, so that nothing is promised.
_NO_LICENCE = "https://rightsstatements.org/vocab/CNE/1.0/"
#: What can be said of the day of a file without a year of publication: the format is no older.
_OLDEST = "2015"
_YEAR = re.compile(r"\b[12]\d{3}\b")
_WEB = ("http://", "https://")


class CmifExporter:
    """Writes every document that has a sender or a recipient; the others are no letters."""

    name = "cmif"
    suffix = ".xml"
    media_type = "application/tei+xml"
    #: Asks for the address of the edition on the web, and for the collections' lists of persons.
    takes_address = True
    takes_registers = True
    #: And for what the edition says of itself.
    takes_title = True
    takes_identified = True
    takes_imprint = True

    def write(
        self,
        documents: Iterable[Document],
        target: BinaryIO,
        *,
        collections: dict[str, Collection],
        progress: Callable[[int], None] | None = None,
        address: str = "",
        title: str = "",
        editor: str = "",
        publisher: str = "",
        identified: Callable[[Document], dict[tuple[str, int], str]] | None = None,
    ) -> int:
        """Write the letters in their order; give how many were written.

        ``address`` is where the edition stands on the web, "" where it does not; the others are
        what it says of itself, "" what it does not say.
        """
        said = Said(title, editor, publisher, address)
        refs = {p.id: web_refs(p.refs) for c in collections.values() for p in c.persons}
        places = {p.id: web_refs(p.refs) for c in collections.values() for p in c.places}

        def piece(document: Document) -> str:
            bibl = bibl_id(collections.get(document.collection, NOWHERE))
            known = identified(document) if identified else {}
            return _letter(document, f"#{bibl}", refs, places, address, known)

        opening = (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<TEI xmlns="{NAMESPACE}">\n<teiHeader>\n{_file(collections, said)}<profileDesc>\n'
        )
        closing = "</profileDesc>\n</teiHeader>\n<text><body><p/></body></text>\n</TEI>\n"
        return write_pieces(
            (d for d in documents if d.senders or d.recipients),
            target,
            piece,
            opening=opening,
            closing=closing,
            progress=progress,
        )

    def wanting(
        self,
        collections: dict[str, Collection],
        *,
        address: str = "",
        title: str = "",
        editor: str = "",
        publisher: str = "",
    ) -> list[str]:
        """What the format asks for and nobody says: settings of the edition, by their names."""
        known = list(collections.values())
        there = {
            "title": title or any(c.series or c.title for c in known),
            "editor": editor,
            "publisher": publisher or any(c.publisher for c in known),
            "address": address or any(c.url.startswith(_WEB) for c in known),
        }
        return [name for name, said in there.items() if not said]


@dataclass(frozen=True, slots=True)
class Said:
    """What the edition says of itself; "" for what it does not."""

    title: str
    editor: str
    publisher: str
    address: str


def bibl_id(collection: Collection) -> str:
    """The ``xml:id`` of a collection's ``bibl``: a UUID made of its id, behind a letter."""
    return f"u{uuid.uuid5(uuid.NAMESPACE_URL, f'regesta:{collection.id}')}"


def _file(collections: dict[str, Collection], said: Said) -> str:
    known = list(collections.values()) or [NOWHERE]
    titles = list(dict.fromkeys(c.series or c.title for c in known if c.series or c.title))
    publishers = list(dict.fromkeys(c.publisher for c in known if c.publisher))
    publishers = [said.publisher] if said.publisher else publishers or ["unknown"]
    of = titles[0] if len(titles) == 1 else "an edition"
    years = [year for c in known for year in _YEAR.findall(c.published)]
    licences = [c.licence for c in known if c.licence.startswith(_WEB)]
    online = next((c.url for c in known if c.url.startswith(_WEB)), "")
    date = element("date", when=max(years)) if years else element("date", notBefore=_OLDEST)
    licence = element("licence", target=licences[0] if licences else _NO_LICENCE)
    return (
        wrapped(
            "fileDesc",
            wrapped(
                "titleStmt",
                element("title", said.title or f"Letters of {of}"),
                element("editor", said.editor or publishers[0]),
            ),
            wrapped(
                "publicationStmt",
                *(element("publisher", name) for name in publishers),
                element("idno", said.address or online or "about:blank", type="url"),
                date,
                wrapped("availability", licence),
            ),
            wrapped("sourceDesc", *map(_bibl, known)),
        )
        + "\n"
    )


def _bibl(collection: Collection) -> str:
    imprint = ", ".join(filter(None, (collection.publisher, collection.published)))
    title = collection.title.rstrip(".")
    words = ". ".join(filter(None, (title, "" if imprint in title else imprint))) or "unknown"
    kind = "online" if collection.url.startswith(_WEB) else "print"
    return element("bibl", words, type=kind, xml_id=bibl_id(collection))


def _letter(
    document: Document,
    source: str,
    persons: dict[str, str],
    places: dict[str, str],
    address: str,
    identified: dict[tuple[str, int], str],
) -> str:
    first = document.first

    def parties(role: str) -> list[str]:
        facts = enumerate(document.resolved(role))
        role_there = "author" if role == "sender" else role
        named = [_party(f, persons, identified.get((role_there, n), "")) for n, f in facts]
        return named or [_nobody(document, role)]

    sent = parties("sender")
    sent += [_place(first("place"), places), _date(first("date"))]
    arrived = parties("recipient")
    arrived += [_place(first("destination"), places), _date(first("received"))]
    own = document.word("url") or (document_address(address, document.id) if address else "")
    return (
        wrapped(
            "correspDesc",
            wrapped("correspAction", *sent, type="sent"),
            wrapped("correspAction", *arrived, type="received"),
            wrapped("note", *_statements(document, persons, address)),
            ref=own,
            source=source,
            key="" if own else document.id,
        )
        + "\n"
    )


def _nobody(document: Document, role: str) -> str:
    """Nobody known: a person, as the format asks, unless the source knows it to be a body."""
    body = any(fact.field == UNNAMED and fact.value == role for fact in document.facts)
    return element("orgName" if body else "persName", UNKNOWN)


def _party(fact: Fact, persons: dict[str, str], known: str) -> str:
    party = fact.value
    if not isinstance(party, Party):
        return ""
    body = fact.rule.endswith("/orgName") or not party.name
    ref = persons.get(party.person, "") or web_refs(party.person.split())
    if not ref and fact.origin != "given":  # a source that names without an address is left so
        ref = web_refs(known.split())
    return element("orgName" if body else "persName", party.label, ref=ref)


def _place(fact: Fact | None, places: dict[str, str]) -> str:
    place = fact.value if fact else None
    if not isinstance(place, Place):
        return ""
    return element("placeName", place.name, ref=places.get(place.ref, "") or web_refs([place.ref]))


def _date(fact: Fact | None) -> str:
    if fact is None or not isinstance(fact.value, HistoricalDate):
        return ""
    attributes = date_attributes(fact.value)
    return element("date", **attributes, cert=cert(fact)) if attributes else ""


def _statements(document: Document, persons: dict[str, str], address: str) -> Iterator[str]:
    """What version 2 adds: language, what is published, who is named."""
    if code := document.word("language"):
        yield element("ref", type=f"{TERMS}hasLanguage", target=code)
    if document.text:
        yield element("ref", type=f"{TERMS}isPublishedWith", target=f"{TERMS}transcription")
    if address:
        file = document_address(address, document.id, ".xml")
        yield element("ref", type=f"{TERMS}isAvailableAsTEIfile", target=file)
    named = {m.target: (m.start, m.end) for m in document.marks if m.kind == "person" and m.target}
    for target, (start, end) in named.items():
        if ref := persons.get(target, "") or web_refs([target]):
            words = " ".join(document.text[start:end].split())
            yield element("ref", words, type=f"{TERMS}mentionsPerson", target=ref.split()[0])
