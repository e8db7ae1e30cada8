"""The indexes of an edition: entries in the order of a printed index, and a document's steps."""

from collections.abc import Sequence

from regesta.edition.authorities.index import (
    AUTHORITY_INDEXES,
    authority_index,
    authority_index_size,
)
from regesta.edition.building.arrange import DATED
from regesta.edition.building.keys import sort_key
from regesta.edition.building.rows import Row
from regesta.edition.record.shelf import Shelf, unknown_document
from regesta.edition.record.store import Record
from regesta.edition.results import IndexEntry, Step
from regesta.errors import UnknownValue

NAMES = ("subject", "author", "recipient", "place", "date")
LEVELS = {"": "date", "day": "date", "month": "month", "year": "year"}
#: After every text that begins alike.
_BEYOND = "\U0010ffff"
_ENTRY = "SELECT n, label, key, count, note FROM entries WHERE name = ?"


def index_name(name: str, level: str = "") -> str:
    """Give the name under which the record keeps an index.

    Raises:
        UnknownValue: No such index or level.
    """
    if name not in NAMES:
        raise UnknownValue(f"no index is named {name!r}", f"the indexes: {', '.join(NAMES)}")
    if level and (name != "date" or level not in LEVELS):
        raise UnknownValue(f"no level is named {level!r}", "dates have year, month and day")
    return LEVELS[level] if name == "date" else name


def index_entries(
    record: Record,
    name: str,
    *,
    prefix: str = "",
    limit: int | None = None,
    offset: int = 0,
    documents: bool = True,
    level: str = "",
) -> list[IndexEntry]:
    """A page of an index; see :meth:`regesta.edition.Edition.index`."""
    if name in AUTHORITY_INDEXES:
        return authority_index(
            record, name, prefix=prefix, limit=limit, offset=offset, documents=documents
        )
    stored = index_name(name, level)
    where, values, order = "", list[object](), "rank"
    if prefix and name == "date":
        where, values = " AND key >= ? AND key < ?", [prefix, prefix + _BEYOND]
    elif prefix:
        begin = sort_key(prefix)
        # The order of ranks; said so, because entries of a beginning are found in it at once.
        where, values, order = " AND sort >= ? AND sort < ?", [begin, begin + _BEYOND], "sort, rank"
    rows = record.rows(
        f"{_ENTRY}{where} ORDER BY {order} LIMIT ? OFFSET ?",
        (stored, *values, -1 if limit is None else max(0, limit), max(0, offset)),
    )
    listed = _listed(record, [row[0] for row in rows]) if documents else {}
    return [
        IndexEntry(label=label, id=key, count=count, documents=listed.get(n, ()), note=note)
        for n, label, key, count, note in rows
    ]


def index_size(record: Record, name: str, level: str = "") -> int:
    """How many entries an index has."""
    if name in AUTHORITY_INDEXES:
        return authority_index_size(record, name)
    size = record.value(
        "SELECT coalesce(max(rank) + 1, 0) FROM entries WHERE name = ?", (index_name(name, level),)
    )
    return int(size)


def entry(record: Record, name: str, id: str, *, documents: bool = True) -> IndexEntry:
    """One index entry by id or label, dates of any level. Raises UnknownValue."""
    row = _row_of(record, name, id)
    if row:
        n, label, key, count, note = row
        listed = _listed(record, [n]).get(n, ()) if documents else ()
        return IndexEntry(label=label, id=key, count=count, documents=listed, note=note)
    near = index_entries(record, name, prefix=id[:3], limit=3, documents=False) if id else []
    hint = f"near it: {'; '.join(e.label for e in near)}" if near else ""
    raise UnknownValue(f"the {name} index has no entry {id!r}", hint)


def entry_id(record: Record, name: str, id: str) -> str:
    """The id of an entry by id or label, or "": asked of every name of a text, most of them none.

    A person of a list, by the list's id (``collection#key``) or by an authority's URI, is the entry
    under which the list's person stands, whatever name a document prints.

    Raises:
        UnknownValue: No such index.
    """
    row = _row_of(record, name, _person_key(record, id) or id)
    return str(row[2]) if row else ""


def _person_key(record: Record, person: str) -> str:
    if "://" in person:
        found = record.value("SELECT key FROM persons WHERE instr(refs, ?)", (f'"{person}"',))
    elif "#" in person:
        found = record.value("SELECT key FROM persons WHERE id = ?", (person,))
    else:
        return ""
    return str(found or "")


def _row_of(record: Record, name: str, id: str) -> Row | None:
    stored = [index_name(name)] if name != "date" else ["date", "month", "year"]
    for kept in stored:
        row = record.row(f"{_ENTRY} AND key = ?", (kept, id)) or record.row(
            f"{_ENTRY} AND sort = ? AND label = ?", (kept, sort_key(id), id)
        )
        if row:
            return row
    return None


def _listed(record: Record, entries: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Entry → ids of its documents, by date."""
    found: dict[int, list[str]] = {}
    for n in entries:
        rows = record.rows(
            "SELECT d.id FROM listed l JOIN documents d ON d.n = l.document WHERE l.entry = ? "
            "ORDER BY l.position",
            (n,),
        )
        found[n] = [id for (id,) in rows]
    return {n: tuple(ids) for n, ids in found.items()}


def _among_its_day(record: Record, n: int, key: str) -> tuple[int, int] | None:
    """A document's position in the entry of its own day (or month, or year), and its size."""
    row = record.row(
        "SELECT l.position, e.count FROM entries e "
        "JOIN listed l ON l.entry = e.n AND l.document = ? WHERE e.name = 'date' AND e.key = ?",
        (n, key),
    )
    return (row[0], row[1]) if row else None


def _ways(record: Record, n: int, collection: str, *, dated: bool) -> list[tuple[str, str, str]]:
    """The ways on from a document: what they are called, an index, an entry of it."""
    subject = record.value(
        "SELECT key FROM subjects WHERE document = ? ORDER BY place LIMIT 1", (n,)
    )
    author = record.value(
        "SELECT key FROM parties WHERE document = ? AND role = 'author' AND key <> '' "
        "ORDER BY place LIMIT 1",
        (n,),
    )
    ways = [("collection", "collection", collection), ("subject", "subject", subject or "")]
    ways += [("author", "author", author or ""), ("date", DATED, DATED if dated else "")]
    return [way for way in ways if way[2]]


def steps(record: Record, shelf: Shelf, id: str) -> list[Step]:
    """A document's place and neighbours: collection, first subject, first author, date.

    The place by date is counted among its own day; the neighbours are the nearest of any day.
    """
    found = record.row("SELECT n, day, edtf, collection FROM documents WHERE id = ?", (id,))
    if found is None:
        raise unknown_document(record, id)
    n, day, edtf, collection = found
    made: list[tuple[str, str, str, int, int, str | None, str | None]] = []
    for way, name, key in _ways(record, n, collection, dated=bool(edtf)):
        row = record.row(
            "SELECT e.label, e.key, l.position, e.count, e.n FROM entries e "
            "JOIN listed l ON l.entry = e.n AND l.document = ? WHERE e.name = ? AND e.key = ?",
            (n, name, key),
        )
        if row is None:
            continue
        label, key, position, total, number = row
        beside: dict[int, str] = dict(
            record.rows(
                "SELECT l.position, d.id FROM listed l JOIN documents d ON d.n = l.document "
                "WHERE l.entry = ? AND l.position IN (?, ?)",
                (number, position - 1, position + 1),
            )
        )
        neighbours = beside.get(position - 1), beside.get(position + 1)
        if way == "date":
            label = key = day or edtf
            position, total = _among_its_day(record, n, key) or (position, total)
        made.append((way, label, key, position, total, *neighbours))
    ids = sorted({id for row in made for id in row[5:] if id})
    regests = {regest.id: regest for regest in shelf.regests(ids)}
    return [
        Step(
            way=way,
            label=label,
            id=key,
            position=position,
            total=total,
            previous=regests.get(previous or ""),
            following=regests.get(following or ""),
        )
        for way, label, key, position, total, previous, following in made
    ]
