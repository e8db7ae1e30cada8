"""A place over all collections: its other names in the edition, where it lies, who says so."""

import json
from collections.abc import Sequence

from regesta.edition.authority_results import EntryPerson, PlaceNotes
from regesta.edition.store import Record

#: Other names of a place that are given; persons of an index entry.
MOST = 24


class EntryNotes:
    """What is known of entries of the indexes beyond their documents; a part of ``Edition``."""

    _record: Record

    def place_notes(self, id: str) -> PlaceNotes:
        """Where a place of the index lies, and under which other names it stands there."""
        row = self._record.row(
            "SELECT latitude, longitude, place FROM documents WHERE place_key = ? "
            "AND latitude IS NOT NULL LIMIT 1",
            (id,),
        )
        north, east, printed = row or (None, None, "")
        others = self._record.rows(
            "SELECT key, label, count FROM entries WHERE name = 'place' AND key IN ("
            "SELECT DISTINCT place_key FROM documents WHERE latitude = ? AND longitude = ?) "
            "AND key <> ? ORDER BY count DESC, rank LIMIT ?",
            (north, east, id, MOST),
        )
        return PlaceNotes(
            latitude=north,
            longitude=east,
            others=tuple(EntryPerson(key, label, count) for key, label, count in others),
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
            "SELECT a.id, a.label, count(DISTINCT t.document) AS times FROM entries e "
            "JOIN listed l ON l.entry = e.n "
            "JOIN parties p ON p.document = l.document AND p.role = e.name AND p.key = e.key "
            "JOIN attributed t ON t.document = p.document AND t.role = p.role "
            "AND t.place = p.place JOIN authorities a ON a.n = t.authority "
            "WHERE e.name = ? AND e.key = ? GROUP BY a.n ORDER BY times DESC, a.rank LIMIT ?",
            (name, id, MOST),
        )
        return [EntryPerson(*row) for row in rows]
