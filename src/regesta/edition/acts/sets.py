"""The ledger's sets: questions in, sets of acts, counts and facets out.

Every value of every field is a set of acts (see ``bitsets``), read when it is first asked for and
then kept; a question is answered by joining them, whatever the size of the edition.
"""

import difflib
import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import islice

import msgspec

from regesta.describing.powers.states import speaks_for
from regesta.edition.acts import bitsets
from regesta.edition.acts.asked import CLOSED, ActQuestion, ActSpan
from regesta.edition.acts.ledger import FREE, ROWS, folded, key_words
from regesta.edition.acts.store import BETWEEN
from regesta.edition.acts.tallies import Tallies
from regesta.edition.kept import kept_meta
from regesta.edition.results import FacetCount

#: Rows of a facet that are given.
FACET_ROWS = 14
#: Names near one that is not there.
NEAR = 3
#: Up to so many acts their rows are read.
FEW = 2000
#: Sets that are kept once they have been read.
_MOST_KEPT = 20_000
_FIRST_DAY, _LAST_DAY = "0000-00-00", "9999-99-99"
#: The set that a facet counts, where it is not called like the facet.
_COUNTED = {"actor": "actor_entry", "addressee": "addressee_entry"}
_PARTIES = ("actor", "addressee")
#: What facets count, and beside a party its powers.
_COLUMNS = (
    "act", "family", "polarity", "modality", "tier", "actor", "actor_power", "addressee",
    "addressee_power",
)  # fmt: skip


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
        self._times: dict[str, list[tuple[str, int, int]]] = {}
        self._wide: list[tuple[str | None, str | None, int, int]] | None = None
        self._tallies = Tallies(db, self._size)
        self._last: tuple[int, list[tuple[str, ...]]] | None = None
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
        return list(islice((label for value, label, _ in rows if value.startswith(wanted)), limit))

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
        for document in asked.without:
            found.bits &= ~self._document(document)
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
        from regesta.edition.search.filters import date_range

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
        for first_day, last_day, one, other in self._wide_documents():
            if (first_day or _FIRST_DAY) <= high and (last_day or _LAST_DAY) >= low:
                bits |= bitsets.stretch(one, other + 1)
        return bits

    def _wide_documents(self) -> list[tuple[str | None, str | None, int, int]]:
        """First and last day, first and last act of the documents of no single day."""
        if self._wide is None:
            self._wide = self._db.execute(
                "SELECT earliest, latest, first, last FROM documents "
                "WHERE dated AND earliest IS NOT latest"
            ).fetchall()
        return self._wide

    # Counting.

    def facet(self, name: str, asked: ActQuestion, found: FoundSet) -> tuple[FacetCount, ...]:
        """Values of a field with the acts that the other filters leave, the commonest first.

        Args:
            name: One of ``acts_asked.FACETS``.
            asked: The question.
            found: What it found, which serves where it does not ask for that field.
        """
        bits = found.bits
        if name in asked.__struct_fields__ and getattr(asked, name):
            bits = self.find(msgspec.structs.replace(asked, **{name: ()})).bits
        if name == "year":
            return tuple(FacetCount(year, n, year) for year, n in self.by_time(name, bits))
        return tuple(self._count(_COUNTED.get(name, name), bits, most=FACET_ROWS))

    def by_time(self, unit: str, bits: int) -> list[tuple[str, int]]:
        """The acts of a set by "year" or "month", in order.

        Acts stand by the first day of their documents, so those of one year that are of no other
        are one stretch.
        """
        known = bits & self.set(f"of a {unit}")
        data = known.to_bytes((self._size >> 3) + 1, "little")
        found = []
        for value, low, high in self._stretches(unit):
            first, last = low >> 3, (high >> 3) + 1
            piece = int.from_bytes(data[first:last], "little") >> (low & 7)
            n = (piece & ((1 << (high - low + 1)) - 1)).bit_count()
            if n:
                found.append((value, n))
        return found

    def _stretches(self, unit: str) -> list[tuple[str, int, int]]:
        if unit not in self._times:
            self._times[unit] = self._db.execute(
                "SELECT value, low, high FROM sets WHERE name = ? ORDER BY value", (unit,)
            ).fetchall()
        return self._times[unit]

    def _count(self, name: str, bits: int, *, most: int) -> list[FacetCount]:
        """The commonest values of a field in a set, with their counts.

        Of few acts the rows are read. Of many the sets are joined, the commonest value first, until
        none can be commoner in this set than those found: none is commoner in it than in all.
        """
        if bits.bit_count() <= FEW:
            return self._count_rows(name, bits, most)
        values, rows, least = self.values(name), list[FacetCount](), 0
        counts = self._tallies.counts(name, bits)
        if bits == self._rows:
            counts = (count for _, _, count in values)
        for value, label, count in values:
            if len(rows) >= most and count <= least:
                break
            here = next(counts)
            if here > least or (here and len(rows) < most):
                rows.append(FacetCount(label if name.endswith("_entry") else value, here, label))
                if len(rows) >= most:
                    least = sorted((row.count for row in rows), reverse=True)[most - 1]
        rows.sort(key=lambda row: (-row.count, row.value))
        return rows[:most]

    def _count_rows(self, name: str, bits: int, most: int) -> list[FacetCount]:
        """The same, from the rows of the acts."""
        entry = name.removesuffix("_entry")
        column = _COLUMNS.index({"group": "family"}.get(entry, entry))
        rows = self._read_rows(bits)
        found = [row[column] for row in rows]
        if entry != name:
            powers = [row[column + 1] for row in rows]
            said = zip(found, powers, strict=True)
            found = [
                one
                for words, those in said
                for one in (those.split(BETWEEN) if those else (words,))
            ]
        counts = Counter(filter(None, found))
        order = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
        return [FacetCount(value, n, value) for value, n in order[:most]]

    def _read_rows(self, bits: int) -> list[tuple[str, ...]]:
        """What facets count of a few acts; the last are kept, since facets share them."""
        if self._last is None or self._last[0] is not bits:
            numbers = bitsets.members(bits, FEW)
            rows: list[tuple[str, ...]] = []
            for start in range(0, len(numbers), 500):
                some = numbers[start : start + 500]
                marks = ", ".join("?" * len(some))
                sql = f"SELECT {', '.join(_COLUMNS)} FROM acts WHERE n IN ({marks})"
                rows += self._db.execute(sql, some).fetchall()
            self._last = bits, rows
        return self._last[1]

    def spans(self, asked: ActQuestion, unit: str) -> list[ActSpan]:
        """Acts each way between two names, by "year" or "month", in order."""
        bits = self.find(asked).bits
        there, back = (
            dict(self.by_time(unit, bits & way)) for way in self.ways(asked.between, FoundSet(0))
        )
        dates = sorted({*there, *back})
        return [ActSpan(date, there.get(date, 0), back.get(date, 0)) for date in dates]


def _any(sets: Iterable[int]) -> int:
    return reduce(int.__or__, sets, 0)
