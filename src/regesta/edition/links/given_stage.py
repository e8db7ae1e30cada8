"""Links that sources state: TEI that Regesta wrote comes back with the links that it went with.

An edition finds its links anew. What a source of our own making states besides, between documents
that are here, is shelved as well; where the edition has found something at that place, that stands.
"""

import sqlite3
from collections.abc import Container, Iterator

import msgspec

from regesta.documents import Link
from regesta.edition.links.store import link_row
from regesta.edition.record.store import Record
from regesta.errors import RegestaError
from regesta.reading.archives import SEPARATOR
from regesta.reading.sources import open_source
from regesta.reading.tei.own import TYPE
from regesta.reading.tei.reader import TeiReader

#: What a file of ours has near its beginning, in the header of its first document.
_MARK, _BEGINNING = f'<xenoData type="{TYPE}"'.encode(), 400_000
#: Says in the evidence of a link that it was not found here.
STATED = ("stated", "by the source")


def given_rows(
    db: sqlite3.Connection, record: Record, known: Container[str]
) -> list[tuple[object, ...]]:
    """Rows of the links that sources state and the edition has not found.

    Args:
        db: The links that were found.
        record: The edition's record.
        known: Ids of the edition's documents.
    """
    stated = [
        (document, link)
        for document, links in _stated(record)
        for link in links
        if document in known and link.target in known
    ]
    if not stated:
        return []
    places, pairs = _found(db)
    rows = []
    for document, link in stated:
        place = (document, link.kind, link.note, *(link.span or (None, None)))
        if (document, link.kind, link.target) in pairs or (link.span and place in places):
            continue
        evidence = {**link.evidence, STATED[0]: STATED[1]}
        rows.append(link_row(document, msgspec.structs.replace(link, evidence=evidence)))
    return rows


def _stated(record: Record) -> Iterator[tuple[str, tuple[Link, ...]]]:
    """What the sources that Regesta wrote say: a document and its links."""
    rows = record.rows(
        "SELECT file, path FROM sources WHERE path LIKE '%.xml' AND status = 'read' ORDER BY n"
    )
    for file, path in rows:
        inner = path.partition(SEPARATOR)[2] if not path.endswith(file) else ""
        try:
            source = open_source(f"{file}{SEPARATOR}{inner}" if inner else file)
            if _MARK in source.data[:_BEGINNING]:
                yield from TeiReader().read(source).links.items()
        except RegestaError:
            continue  # it has gone since it was read; the build says so


def _found(
    db: sqlite3.Connection,
) -> tuple[set[tuple[object, ...]], set[tuple[str, str, str]]]:
    """Where links were found, and what documents they join; counterparts are so both ways."""
    places, pairs = set[tuple[object, ...]](), set[tuple[str, str, str]]()
    for row in db.execute("SELECT document, kind, note, start, stop, target FROM links"):
        document, kind, target = row[0], row[1], row[5]
        places.add(row[:5])
        pairs.add((document, kind, target))
        if kind == "counterpart":
            pairs.add((target, kind, document))
    return places, pairs
