"""Entries beyond their documents: whom an author's name means, where a place lies; and the indexes
of persons, powers and offices.
"""

import json
from collections.abc import Sequence
from typing import Any

from regesta.documents.ids import slug
from regesta.edition.authorities.results import EntryPerson, LocatedPlace, PlaceNotes
from regesta.edition.building.keys import sort_key
from regesta.edition.place_groups import PlaceGroup, place_groups
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
#: Other names of a place that are given.
MOST = 24


class EntryNotes:
    """What is known of entries of the indexes beyond their documents; a part of ``Edition``."""

    _record: Record
    _groups: dict[str, PlaceGroup] | None = None

    def place_groups(self) -> dict[str, PlaceGroup]:
        """Entries of the place index that share their place with others: entry → the place."""
        if self._groups is None:
            self._groups = place_groups(self._record)
        return self._groups

    def authority_index(
        self, name: str, *, prefix: str, limit: int | None, offset: int, documents: bool
    ) -> list[IndexEntry]:
        """Persons, powers or offices as an index; see :meth:`regesta.edition.Edition.index`."""
        select, listed = _INDEXES[name]
        where, values = "", list[str | int]()
        if prefix and name == "person":
            begin = sort_key(prefix)
            where, values = "WHERE sort >= ? AND sort < ?", [begin, begin + _BEYOND]
        elif prefix:
            where, values = "WHERE label LIKE ? ESCAPE '!'", [f"{_escaped(prefix)}%"]
        rows = self._record.rows(
            f"{select} {where} {_ORDER[name]} LIMIT ? OFFSET ?",
            (*values, -1 if limit is None else max(0, limit), max(0, offset)),
        )
        return [
            IndexEntry(
                label=label,
                id=key,
                count=count,
                documents=tuple(id for (id,) in self._record.rows(listed, (asked,)))
                if documents
                else (),
                note=note,
            )
            for asked, key, label, count, note in (_index_row(name, row) for row in rows)
        ]

    def authority_index_size(self, name: str) -> int:
        """How many persons, powers or offices there are."""
        return int(self._record.value(_SIZES[name]))

    def located_places(self) -> list[LocatedPlace]:
        """The places of the index that lie somewhere, those of the most documents first."""
        rows = self._record.rows(
            "SELECT e.key, e.label, min(d.latitude), min(d.longitude), count(*) "
            "FROM documents d JOIN entries e ON e.name = 'place' AND e.key = d.place_key "
            "WHERE d.latitude IS NOT NULL AND d.longitude IS NOT NULL AND d.place_key <> '' "
            "GROUP BY e.key ORDER BY 5 DESC, e.key"
        )
        return [LocatedPlace(*row) for row in rows]

    def place_notes(self, id: str) -> PlaceNotes:
        """Where a place of the index lies, and under which other names it stands there."""
        row = self._record.row(
            "SELECT latitude, longitude, place FROM documents INDEXED BY documents_place "
            "WHERE place_key = ? AND place_key <> '' AND latitude IS NOT NULL LIMIT 1",
            (id,),
        )
        north, east, printed = row or (None, None, "")
        group = self.place_groups().get(id)
        names = (group.main, *group.others) if group else ()
        others = [EntryPerson(n.id, n.label, n.count) for n in names if n.id != id]
        return PlaceNotes(
            latitude=north,
            longitude=east,
            others=tuple(others[:MOST]),
            refs=self._refs(id, printed),
        )

    def _refs(self, id: str, printed: str) -> tuple[str, ...]:
        """Addresses in gazetteers, from the sources' registers of places."""
        label = self._record.value(
            "SELECT label FROM entries WHERE name = 'place' AND key = ?", (id,)
        )
        rows = self._record.rows(
            "SELECT refs FROM registered_places WHERE name IN (?, ?) AND refs <> '[]'",
            (label or printed, printed),
        )
        found: dict[str, None] = {}
        for (refs,) in rows:
            found |= dict.fromkeys(ref for ref in json.loads(refs) if "://" in ref)
        return tuple(found)

    def entry_persons(self, name: str, id: str) -> Sequence[EntryPerson]:
        """The persons who stand under an entry of the authors or recipients."""
        rows = self._record.rows(
            "SELECT a.id, a.label, p.documents, coalesce((SELECT o.label FROM authority_names x "
            "JOIN offices o ON o.id = x.office WHERE x.authority = a.n "
            "ORDER BY x.count DESC, o.id LIMIT 1), ''), a.first, a.last FROM entry_persons p "
            "JOIN authorities a ON a.n = p.authority "
            "WHERE p.role = ? AND p.key = ? ORDER BY p.place",
            (name, id),
        )
        return [EntryPerson(*row) for row in rows]


def _index_row(name: str, row: Sequence[Any]) -> tuple[Any, str, str, int, str]:
    asked, key, label, count, note = row
    return asked, slug(key) if name == "power" else key, label, count, note


def _escaped(prefix: str) -> str:
    return prefix.replace("!", "!!").replace("%", "!%").replace("_", "!_")
