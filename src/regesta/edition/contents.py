"""Collections: their summaries, and a table of contents in the order of the source."""

import json

import msgspec

from regesta.documents import Collection, PersonEntry, PlaceEntry, Section
from regesta.edition.record.shelf import regests_where
from regesta.edition.record.store import Record
from regesta.edition.results import CollectionSummary, ContentsEntry, Regest
from regesta.errors import UnknownValue

_SUMMARY = "SELECT gathered, documents, undated, first, last FROM collections"
_decoder = msgspec.msgpack.Decoder(Collection)


def summaries(record: Record) -> list[CollectionSummary]:
    """All collections, in the order of the record; without sections and registers."""
    return [_summary(row) for row in record.rows(f"{_SUMMARY} ORDER BY rank")]


def summary(record: Record, id: str) -> CollectionSummary:
    """One collection with its registers and its sections (their texts left out)."""
    row = record.row(f"{_SUMMARY} WHERE id = ?", (id,))
    if row is None:
        known = [key for (key,) in record.rows("SELECT id FROM collections ORDER BY rank LIMIT 20")]
        raise UnknownValue(
            f"no collection has the id {id!r}", f"the collections: {', '.join(known)}"
        )
    light = _summary(row)
    persons = record.rows(
        "SELECT id, name, note, refs FROM persons WHERE collection = ? ORDER BY place", (id,)
    )
    places = record.rows(
        "SELECT id, name, note, latitude, longitude, refs FROM registered_places "
        "WHERE collection = ? ORDER BY place",
        (id,),
    )
    whole = msgspec.structs.replace(
        light.collection,
        sections=tuple(_sections(record, id)),
        persons=tuple(
            PersonEntry(id=key, name=name, note=note, refs=tuple(json.loads(refs)))
            for key, name, note, refs in persons
        ),
        places=tuple(
            PlaceEntry(id=key, name=name, note=note, latitude=north, longitude=east, refs=refs)
            for key, name, note, north, east, refs in (
                (*row[:5], tuple(json.loads(row[5]))) for row in places
            )
        ),
    )
    return msgspec.structs.replace(light, collection=whole)


def contents(record: Record, id: str) -> list[ContentsEntry]:
    """A collection's sections and documents, each after the section that holds it."""
    if record.value("SELECT 1 FROM collections WHERE id = ?", (id,)) is None:
        summary(record, id)
    sections = {section.id: section for section in _sections(record, id)}
    regests = regests_where(
        record, "WHERE d.collection = ? ORDER BY d.place_in_collection, d.id", (id,)
    )
    inside: dict[str, list[tuple[int, int, Section | Regest]]] = {}
    for section in sections.values():
        parent = section.parent if section.parent in sections else ""
        inside.setdefault(parent, []).append((section.order, 0, section))
    for regest in regests:
        parent = regest.section if regest.section in sections else ""
        inside.setdefault(parent, []).append((regest.order, 1, regest))
    found: list[ContentsEntry] = []
    _walk(inside, "", 0, found, set())
    return found


def section_text(record: Record, collection: str, section: str) -> str:
    """A section's own text. Raises UnknownValue."""
    text = record.value(
        "SELECT text FROM sections WHERE collection = ? AND id = ?", (collection, section)
    )
    if text is None:
        raise UnknownValue(f"collection {collection!r} has no section {section!r}")
    return str(text)


def _walk(
    inside: dict[str, list[tuple[int, int, Section | Regest]]],
    parent: str,
    depth: int,
    found: list[ContentsEntry],
    above: set[str],
) -> int:
    """Append what a section holds; give how many documents that is."""
    count = 0
    for _, _, item in sorted(inside.get(parent, ()), key=lambda row: row[:2]):
        if isinstance(item, Regest):
            found.append(ContentsEntry(depth=depth, regest=item, count=1))
            count += 1
        elif item.id not in above:
            place = len(found)
            found.append(ContentsEntry(depth=depth, section=item))
            held = _walk(inside, item.id, depth + 1, found, above | {item.id})
            found[place] = ContentsEntry(depth=depth, section=item, count=held)
            count += held
    return count


def _sections(record: Record, id: str) -> list[Section]:
    rows = record.rows(
        "SELECT id, kind, heading, parent, place FROM sections WHERE collection = ? "
        "ORDER BY place, id",
        (id,),
    )
    return [Section(id=r[0], kind=r[1], heading=r[2], parent=r[3], order=r[4]) for r in rows]


def _summary(row: tuple[bytes, int, int, str | None, str | None]) -> CollectionSummary:
    gathered, documents, undated, first, last = row
    return CollectionSummary(
        collection=_decoder.decode(gathered),
        documents=documents,
        undated=undated,
        first=first,
        last=last,
    )
