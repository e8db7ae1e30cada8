"""Persons, powers and offices as indexes: an index's name in, its entries out."""

from collections.abc import Sequence
from typing import Any

from regesta.documents.ids import slug
from regesta.edition.building.keys import sort_key
from regesta.edition.record.store import Record
from regesta.edition.results import IndexEntry

#: Indexes of whom and what the parties are, over all collections.
AUTHORITY_INDEXES = ("person", "power", "office")
_BEYOND = "\U0010ffff"
_PERSON_DOCUMENTS = (
    "SELECT d.id FROM documents d WHERE d.n IN "
    "(SELECT document FROM attributed WHERE authority = ?) ORDER BY d.rank"
)
_POWER_DOCUMENTS = (
    "SELECT d.id FROM documents d WHERE d.n IN "
    "(SELECT document FROM powers WHERE power = ?) ORDER BY d.rank"
)
_OFFICE_DOCUMENTS = (
    "SELECT d.id FROM documents d WHERE d.n IN "
    "(SELECT document FROM held WHERE office = ?) ORDER BY d.rank"
)
#: Index → its rows (what its documents are asked by, id, label, count, note) and its documents.
_INDEXES = {
    "person": (
        "SELECT n, id, label, written + received + by_office, note FROM authorities",
        _PERSON_DOCUMENTS,
    ),
    "power": (
        "SELECT power, power, power AS label, count(DISTINCT document), '' FROM powers",
        _POWER_DOCUMENTS,
    ),
    "office": ("SELECT id, id, label, count, power FROM offices", _OFFICE_DOCUMENTS),
}
_ORDER = {
    "person": "ORDER BY rank",
    "power": "GROUP BY power ORDER BY power",
    "office": "ORDER BY label COLLATE NOCASE, id",
}
_SIZES = {
    "person": "SELECT count(*) FROM authorities",
    "power": "SELECT count(DISTINCT power) FROM powers",
    "office": "SELECT count(*) FROM offices",
}


def authority_index(
    record: Record, name: str, *, prefix: str, limit: int | None, offset: int, documents: bool
) -> list[IndexEntry]:
    """Persons, powers or offices as an index; see :meth:`regesta.edition.Edition.index`."""
    select, listed = _INDEXES[name]
    where, values = "", list[str | int]()
    if prefix and name == "person":
        begin = sort_key(prefix)
        where, values = "WHERE sort >= ? AND sort < ?", [begin, begin + _BEYOND]
    elif prefix:
        where, values = "WHERE label LIKE ? ESCAPE '!'", [f"{_escaped(prefix)}%"]
    rows = record.rows(
        f"{select} {where} {_ORDER[name]} LIMIT ? OFFSET ?",
        (*values, -1 if limit is None else max(0, limit), max(0, offset)),
    )
    return [
        IndexEntry(
            label=label,
            id=key,
            count=count,
            documents=tuple(id for (id,) in record.rows(listed, (asked,))) if documents else (),
            note=note,
        )
        for asked, key, label, count, note in (_index_row(name, row) for row in rows)
    ]


def authority_index_size(record: Record, name: str) -> int:
    """How many persons, powers or offices there are."""
    return int(record.value(_SIZES[name]))


def _index_row(name: str, row: Sequence[Any]) -> tuple[Any, str, str, int, str]:
    asked, key, label, count, note = row
    return asked, slug(key) if name == "power" else key, label, count, note


def _escaped(prefix: str) -> str:
    return prefix.replace("!", "!!").replace("%", "!%").replace("_", "!_")
