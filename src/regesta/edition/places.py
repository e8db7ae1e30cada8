"""What an open edition says of the places of its index. `edition.places`."""

import json

from regesta.edition.authorities.results import EntryPerson, LocatedPlace, PlaceNotes
from regesta.edition.place_groups import PlaceGroup, place_groups
from regesta.edition.record.store import Record

#: Other names of a place that are given.
MOST = 24


class Places:
    """Where the places of an index lie, and which of its entries are one place.

    Args:
        record: The edition's record.
    """

    def __init__(self, record: Record) -> None:
        self._record = record
        self._groups: dict[str, PlaceGroup] | None = None

    def groups(self) -> dict[str, PlaceGroup]:
        """Entries of the place index that share their place with others: entry → the place."""
        if self._groups is None:
            self._groups = place_groups(self._record)
        return self._groups

    def located(self) -> list[LocatedPlace]:
        """The places of the index that lie somewhere, those of the most documents first."""
        rows = self._record.rows(
            "SELECT e.key, e.label, min(d.latitude), min(d.longitude), count(*) "
            "FROM documents d JOIN entries e ON e.name = 'place' AND e.key = d.place_key "
            "WHERE d.latitude IS NOT NULL AND d.longitude IS NOT NULL AND d.place_key <> '' "
            "GROUP BY e.key ORDER BY 5 DESC, e.key"
        )
        return [LocatedPlace(*row) for row in rows]

    def notes(self, id: str) -> PlaceNotes:
        """Where a place of the index lies, and under which other names it stands there."""
        row = self._record.row(
            "SELECT latitude, longitude, place FROM documents INDEXED BY documents_place "
            "WHERE place_key = ? AND place_key <> '' AND latitude IS NOT NULL LIMIT 1",
            (id,),
        )
        north, east, printed = row or (None, None, "")
        group = self.groups().get(id)
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
