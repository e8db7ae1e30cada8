"""The ledger's sets: questions in, sets of acts, counts and facets out.

Every value of every field is a set of acts (see ``bitsets``), read when it is first asked for and
then kept; a question is answered by joining them, whatever the size of the edition.
"""

import difflib
import sqlite3
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce

import msgspec

from regesta.describing.states import speaks_for
from regesta.edition import bitsets
from regesta.edition.acts_asked import CLOSED, ActQuestion, ActSpan
from regesta.edition.acts_ledger import FREE, ROWS, folded, key_words
from regesta.edition.acts_store import kept_meta
from regesta.edition.results import FacetCount

#: Rows of a facet that are given.
FACET_ROWS = 24
#: Names near one that is not there.
NEAR = 3
#: Sets that are kept once they have been read.
_MOST_KEPT = 20_000
_FIRST_DAY, _LAST_DAY = "0000-00-00", "9999-99-99"
#: The set that a facet counts, where it is not called like the facet.
_COUNTED = {"actor": "actor_entry", "addressee": "addressee_entry"}
_PARTIES = ("actor", "addressee")


@dataclass(slots=True)
class FoundSet:
    """The acts that match a question, and what is to be said of it."""

    bits: int
    undated_excluded: int = 0
    unknown: dict[str, tuple[str, ...]] = field(default_factory=dict)


class Ledger:
    """The sets of an open ledger.

    Args:
        db: A database of ``acts_store``; used by one thread at a time.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._size = int(kept_meta(db, "size") or 0)
        self.of = int(kept_meta(db, "documents") or 0)
        # Sets as bits, and rare ones as lists of rows: thousands of names have few acts each.
        self._kept: dict[tuple[str, str], int | array[int]] = {}
        self._values: dict[str, list[tuple[str, str, int]]] = {}
        self._rows = self.set(ROWS)
        self._free = self.set(FREE)

    # Sets.

    def set(self, name: str, value: str = "") -> int:
        """The acts that have a value; empty where none has."""
        kept = self._read(name, value)
        return kept if isinstance(kept, int) else bitsets.make(kept, self._size)

    def _read(self, name: str, value: str) -> "int | array[int]":
        kept = self._kept.get((name, value))
        if kept is None:
            row = self._db.execute(
                "SELECT packed FROM sets WHERE name = ? AND value = ?", (name, value)
            ).fetchone()
            kept = bitsets.listed(row[0]) if row else 0
            if row and not kept:
                kept = bitsets.unpack(row[0], self._size)
            if len(self._kept) < _MOST_KEPT or isinstance(kept, int):
                self._kept[name, value] = kept
        return kept

    def values(self, name: str) -> list[tuple[str, str, int]]:
        """Values of a field with label and count, the commonest first."""
        if name not in self._values:
            self._values[name] = self._db.execute(
                "SELECT value, label, count FROM sets WHERE name = ? "
                "ORDER BY count DESC, value", (name,)
            ).fetchall()  # fmt: skip
        return self._values[name]

    def documents(self, bits: int) -> int:
        """How many documents state the acts of a set."""
        return bitsets.blocks(bits, self._rows, self._free).bit_count()

    def page(self, bits: int, limit: int, offset: int) -> list[int]:
        """Numbers of acts of a set, by date."""
        return bitsets.members(bits, limit, offset) if limit > 0 else []

    def names(self, field: str, prefix: str, limit: int) -> list[str]:
        """Labels of actors or addressees that begin so, the commonest first."""
        wanted = folded(prefix)
        rows = self.values(_COUNTED[field])
        return [label for value, label, _ in rows if value.startswith(wanted)][:limit]

    # Questions.

    def find(self, asked: ActQuestion) -> FoundSet:
        """The acts that match a question.

        Raises:
            QueryError: A date is none, or the range ends before it begins.
        """
        found = FoundSet(self._rows)
        for name in ("act", "group", "collection", "reported_by", *CLOSED):
            wanted = getattr(asked, name)
            if wanted:
                found.bits &= _any(self._value(name, value, found) for value in wanted)
        for name in _PARTIES:
            wanted = getattr(asked, name)
            if wanted:
                found.bits &= _any(self._party(name, value, found) for value in wanted)
        if asked.between:
            found.bits &= self._between(asked.between, found)
        for word in key_words(asked.about):
            found.bits &= self.set("word", word)
        if asked.document:
            found.bits &= self._document(asked.document)
        if asked.first or asked.last:
            found.undated_excluded = (found.bits & self.set("undated")).bit_count()
            found.bits &= self._period(asked.first, asked.last)
        return found

    def _value(self, name: str, value: str, found: FoundSet) -> int:
        bits = self.set(name, value) or self.set(name, folded(value))
        if not bits and name not in CLOSED:
            self._note(name, value, found)
        return bits

    def _party(self, name: str, value: str, found: FoundSet) -> int:
        """Whom a name means: as printed, else a power by any of its names."""
        bits = self.set(name, folded(value)) | self.set(f"{name}_power", value)
        if not bits:
            wanted = folded(value)
            for power, _, _ in self.values(f"{name}_power"):
                if folded(power) == wanted:
                    return self.set(f"{name}_power", power)
            power = speaks_for(value, 0)
            bits = self.set(f"{name}_power", power) if power else 0
        if not bits:
            self._note(name, value, found)
        return bits

    def _between(self, names: Sequence[str], found: FoundSet) -> int:
        if len(names) == 1:
            lost = FoundSet(0)
            both = _any(self._party(name, names[0], lost) for name in _PARTIES)
            if not both:
                found.unknown |= lost.unknown
            return both
        there, back = self.ways(names, found)
        return there | back

    def ways(self, names: Sequence[str], found: FoundSet) -> tuple[int, int]:
        """Acts of the first of two names toward the second, and of the second toward the first."""
        lost = FoundSet(0)
        a, b = ({n: self._party(n, name, lost) for n in _PARTIES} for name in names)
        for name, sets in zip(names, (a, b), strict=True):
            if not any(sets.values()) and name in lost.unknown:
                found.unknown[name] = lost.unknown[name]
        return a["actor"] & b["addressee"], b["actor"] & a["addressee"]

    def _note(self, name: str, value: str, found: FoundSet) -> None:
        """Keep names near one that no act has."""
        labels = [label for _, label, _ in self.values(_COUNTED.get(name, name))]
        wanted = folded(value)
        near = [label for label in labels if wanted and wanted in folded(label)][:NEAR]
        near = near or difflib.get_close_matches(value, labels[:2000], n=NEAR, cutoff=0.7)
        found.unknown[value] = tuple(near)

    def _document(self, id: str) -> int:
        row = self._db.execute(
            "SELECT first, last FROM documents WHERE document = ?", (id,)
        ).fetchone()
        return bitsets.stretch(row[0], row[1] + 1) if row else 0

    def _period(self, first: str, last: str) -> int:
        """The acts of documents whose date overlaps a range.

        Documents stand by their first day, so those that begin in the range are one stretch; of
        those that begin before it only the wide ones can reach into it.
        """
        from regesta.edition.search_filters import date_range

        start, end = date_range(first or None, last or None)
        low, high = start or _FIRST_DAY, end or _LAST_DAY
        key = "coalesce(earliest, latest)"
        begin = self._db.execute(
            f"SELECT first FROM documents WHERE dated AND {key} >= ? ORDER BY {key}, rank LIMIT 1",
            (low,),
        ).fetchone()
        until = self._db.execute(
            f"SELECT last FROM documents WHERE dated AND {key} <= ? "
            f"ORDER BY {key} DESC, rank DESC LIMIT 1",
            (high,),
        ).fetchone()
        bits = bitsets.stretch(begin[0], until[0] + 1) if begin and until else 0
        wide = self._db.execute(
            "SELECT first, last FROM documents WHERE dated AND earliest IS NOT latest "
            "AND (earliest IS NULL OR earliest <= ?) AND (latest IS NULL OR latest >= ?)",
            (high, low),
        )
        for one, other in wide:
            bits |= bitsets.stretch(one, other + 1)
        return bits

    # Counting.

    def facet(self, name: str, asked: ActQuestion) -> tuple[FacetCount, ...]:
        """Values of a field with the acts that the other filters leave, the commonest first."""
        left = asked
        if name in asked.__struct_fields__ and getattr(asked, name):
            left = msgspec.structs.replace(asked, **{name: ()})
        bits = self.find(left).bits
        counted = _COUNTED.get(name, name)
        if name == "year":
            rows = self._count(counted, bits, most=0)
            rows.sort(key=lambda row: row.value)
        else:
            rows = self._count(counted, bits, most=FACET_ROWS)
        return tuple(rows)

    def _count(self, name: str, bits: int, *, most: int) -> list[FacetCount]:
        """Count a field's values in a set; no value can be commoner in it than it is in all."""
        total = bits.bit_count()
        rows: list[FacetCount] = []
        data, whole = bits.to_bytes((self._size >> 3) + 1, "little"), bits == self._rows
        least = 0
        for value, label, count in self.values(name) if total else ():
            if most and len(rows) >= most and count <= least:
                break
            here = count if whole else self._common(self._read(name, value), bits, data)
            if here:
                shown = label if name.endswith("_entry") else value
                rows.append(FacetCount(shown, here, label))
                if most and len(rows) >= most:
                    least = sorted((row.count for row in rows), reverse=True)[most - 1]
        rows.sort(key=lambda row: (-row.count, row.value))
        return rows[:most] if most else rows

    @staticmethod
    def _common(kept: "int | array[int]", bits: int, data: bytes) -> int:
        if isinstance(kept, int):
            return (bits & kept).bit_count()
        return bitsets.common(data, kept)

    def spans(self, asked: ActQuestion, unit: str) -> list[ActSpan]:
        """Acts each way between two names, by "year" or "month", in order."""
        bits = self.find(asked).bits
        there, back = self.ways(asked.between, FoundSet(0))
        rows = []
        for value, _, _ in self.values(unit):
            here = bits & self.set(unit, value)
            if here:
                rows.append(ActSpan(value, (here & there).bit_count(), (here & back).bit_count()))
        return sorted(rows, key=lambda row: row.date)


def _any(sets: Iterable[int]) -> int:
    return reduce(int.__or__, sets, 0)
