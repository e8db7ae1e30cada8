"""A described document in, its rows for the record and its search entry out; no database here.

This runs in the workers, so that the process that writes has nothing left to do but to insert.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import msgspec

from regesta.documents import Document, Fact, HistoricalDate, Mark, Party, Place, Value
from regesta.edition.building.keys import (
    DocumentKeys,
    People,
    document_keys,
    party_key,
    subject_key,
)
from regesta.edition.record.schema import SOURCE_BITS
from regesta.edition.results import Regest
from regesta.edition.search.schema import EntryLine, LayerTexts, layer_texts, search_entry

# Measured on 6,455 documents: ISA-L's level 0 takes 17 µs for the three of a document and level 1
# takes 43, zlib's level 1 over 100; a record is a twentieth larger by level 0.
try:
    from isal.isal_zlib import compress, decompress

    LEVEL = 0
except ImportError:  # no wheel for this kind of machine: the same format; its level 0 is as it was
    from zlib import compress, decompress

    LEVEL = 1

Row = tuple[Any, ...]

_encoder = msgspec.msgpack.Encoder()


@dataclass(slots=True)
class Rows:
    """Rows by table, in the order of its columns; see ``schema.TABLES``."""

    documents: list[Row] = field(default_factory=list)
    texts: list[Row] = field(default_factory=list)
    regests: list[Row] = field(default_factory=list)
    facts: list[Row] = field(default_factory=list)
    parties: list[Row] = field(default_factory=list)
    subjects: list[Row] = field(default_factory=list)
    signs: list[Row] = field(default_factory=list)
    entries: list[EntryLine] = field(default_factory=list)


class Voices(Value, frozen=True):
    """Layers for snippets: the texts but that of the document, which is kept as spans of it."""

    texts: LayerTexts
    spans: tuple[tuple[int, int], ...] = ()


class Marked(Value, frozen=True):
    """A document of which nothing but its marks is read."""

    marks: tuple[Mark, ...] = ()


_marks_decoder = msgspec.msgpack.Decoder(Marked)
_rest_decoder = msgspec.msgpack.Decoder(Document)
_regest_decoder = msgspec.msgpack.Decoder(Regest)
_voices_decoder = msgspec.msgpack.Decoder(Voices)


def number_of(source: int, place: int) -> int:
    """The number of the ``place``-th document of a source."""
    return (source << SOURCE_BITS) + place


def numbers_of(source: int) -> tuple[int, int]:
    """First and last number that a source's documents can have."""
    return source << SOURCE_BITS, ((source + 1) << SOURCE_BITS) - 1


def add_rows(
    rows: Rows,
    n: int,
    document: Document,
    people: People | None = None,
    *,
    searched: bool = True,
) -> None:
    """Add a document's rows.

    Args:
        rows: Where to add them.
        n: The document's number.
        document: Described.
        people: Person id → index key.
        searched: Whether its search entry is made too.
    """
    from regesta.describing.parties.signs import signs_of  # not needed where records are only read

    keys = document_keys(document, people)
    regest = regest_of(document)
    texts = layer_texts(document)
    rows.documents.append(_document_row(n, document, regest, keys))
    # What the tables sources and documents hold is not repeated: a document is unchanged when its
    # own words are, though its file changed around it.
    source = msgspec.structs.replace(document.source, path="", sha256="")
    bare = msgspec.structs.replace(document, text="", source=source, order=0)
    rows.texts.append((n, _pack_text(document.text), pack(_voices(document, texts)), pack(bare)))
    rows.regests.append((n, _encoder.encode(regest)))
    rows.facts.extend(_fact_rows(n, document.facts))
    rows.parties.extend(_party_rows(n, document, people))
    rows.subjects.extend((n, i, *key) for i, key in enumerate(keys.subjects))
    signs = signs_of(document)
    rows.signs.extend((n, i, s.role, s.source, s.name, s.office) for i, s in enumerate(signs))
    if searched:
        rows.entries.append(search_entry(document, n=n, keys=keys, texts=texts).line())


def regest_of(document: Document) -> Regest:
    """Give a document in one line."""
    date, place = document.first("date"), document.first("place")
    sender, recipient = document.first("sender"), document.first("recipient")
    return Regest(
        id=document.id,
        collection=document.collection,
        heading=document.heading,
        date=document.date,
        senders=tuple(document.senders),
        recipients=tuple(document.recipients),
        place=document.place,
        kind=document.word("kind"),
        number=document.word("number"),
        date_origin=date.origin if date else "",
        sender_origin=sender.origin if sender else "",
        recipient_origin=recipient.origin if recipient else "",
        place_origin=place.origin if place else "",
        publication=document.word("publication"),
        parent=document.parent,
        section=document.section,
        order=document.order,
    )


def pack(value: Any) -> bytes:
    """Pack a value for a column: msgpack, then zlib."""
    return compress(_encoder.encode(value), LEVEL)


def unpack_text(packed: bytes) -> str:
    """A text as it was."""
    return decompress(packed).decode("utf-8", "surrogatepass")


def unpack_document(
    text: bytes, rest: bytes, *, id: str, order: int, path: str, sha256: str
) -> Document:
    """A document as it was, under the id and at the place that the edition gives it."""
    document = _rest_decoder.decode(decompress(rest))
    source = msgspec.structs.replace(document.source, path=path, sha256=sha256)
    return msgspec.structs.replace(
        document, text=unpack_text(text), id=id, order=order, source=source
    )


def unpack_marks(rest: bytes) -> tuple[Mark, ...]:
    """A document's marks alone."""
    return _marks_decoder.decode(decompress(rest)).marks


def unpack_layers(text: bytes, voices: bytes) -> LayerTexts:
    """A document's texts as search parts them, for snippets."""
    found = _voices_decoder.decode(decompress(voices))
    whole = unpack_text(text)
    return msgspec.structs.replace(found.texts, document=tuple(whole[a:b] for a, b in found.spans))


def unpack_regest(packed: bytes, *, id: str, order: int) -> Regest:
    """A regest as it was, under the id and at the place that the edition gives it."""
    regest = _regest_decoder.decode(packed)
    if regest.id == id and regest.order == order:
        return regest
    return msgspec.structs.replace(regest, id=id, order=order)


def words_of(fact: Fact) -> str:
    """A fact's value as words: dates in EDTF, the others by their labels."""
    value = fact.value
    if isinstance(value, str):
        return value
    if isinstance(value, HistoricalDate):
        return value.edtf
    if isinstance(value, Party):
        # "France, France" says nothing twice: a power stands beside words that do not name it.
        words = ", ".join(part for part in (value.name, value.office) if part)
        named = value.power.casefold() in words.casefold()
        return words if named else ", ".join(filter(None, (words, value.power)))
    if isinstance(value, Place):
        return value.name
    return subject_key(value)[1]


def _pack_text(text: str) -> bytes:
    return compress(text.encode("utf-8", "surrogatepass"), LEVEL)


def _voices(document: Document, texts: LayerTexts) -> Voices:
    spans, position = [], 0
    for piece in texts.document:
        start = document.text.index(piece, position)
        position = start + len(piece)
        spans.append((start, position))
    return Voices(texts=msgspec.structs.replace(texts, document=()), spans=tuple(spans))


def _document_row(n: int, document: Document, regest: Regest, keys: DocumentKeys) -> Row:
    date, place = regest.date, regest.place
    received = document.first("received")
    arrived = (
        received.value.day if received and isinstance(received.value, HistoricalDate) else None
    )
    recipient = document.first("recipient")
    sender_origin = regest.sender_origin
    if not sender_origin and keys.authors and (author := document.first("author")):
        sender_origin = author.origin
    return (
        n,
        document.id,
        document.collection,
        document.heading,
        regest.kind,
        regest.number,
        document.word("file_number"),
        document.word("language"),
        *_date_columns(date),
        regest.date_origin,
        arrived,
        place.name if place else "",
        keys.places[0][0] if keys.places else "",
        regest.place_origin,
        place.latitude if place else None,
        place.longitude if place else None,
        "; ".join(label for _, label in keys.authors),
        sender_origin,
        "; ".join(label for _, label in keys.recipients),
        recipient.origin if recipient else "",
        document.parent,
        document.section,
        document.order,
        len(document.text),
    )


def _date_columns(date: HistoricalDate | None) -> Row:
    if date is None:
        return (None,) * 6
    return (date.edtf, date.earliest, date.latest, date.day, date.time, date.calendar)


def _fact_rows(n: int, facts: Iterable[Fact]) -> Iterable[Row]:
    for i, fact in enumerate(facts):
        start, stop = fact.span or (None, None)
        yield (
            n, i, fact.field, words_of(fact), fact.origin, fact.rule, start, stop, fact.confidence,
        )  # fmt: skip


def _party_rows(n: int, document: Document, people: People | None) -> Iterable[Row]:
    senders = document.senders
    if not senders and (name := document.word("author")):
        senders = [Party(name=name)]
    for role, parties in (("author", senders), ("recipient", document.recipients)):
        for i, party in enumerate(parties):
            key, label = party_key(party, people)
            yield (n, role, i, party.name, party.office, party.power, party.person, key, label)
