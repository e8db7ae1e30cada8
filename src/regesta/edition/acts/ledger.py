"""The ledger: acts as they were found in, rows in order of date and sets of rows by value out.

``write_ledger`` fills the tables ``acts``, ``documents``, ``powers`` and ``sets``; every question
is answered from those (see ``acts_shelf``).
"""

import re
import sqlite3
from array import array
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from regesta.describing.acts.powers import KnownPowers, PartyLine, cow_codes, side_of
from regesta.documents.ledger import StoredAct
from regesta.edition.acts import bitsets
from regesta.edition.acts.store import FoundActs, act_row
from regesta.edition.contents import summaries
from regesta.edition.kept import plain
from regesta.edition.record.store import Record

Stream = Callable[[], Iterator[list[FoundActs]]]
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?")
#: The sets of all rows and of the numbers left free after each document's rows.
ROWS, FREE = "rows", "free"


class Dated(NamedTuple):
    """What the ledger needs to know of a document besides its acts."""

    rank: int
    collection: str
    earliest: str | None
    latest: str | None
    dated: bool

    @property
    def year(self) -> int:
        """The year in which it was written, or 0 where that is not one."""
        return int(self.within(4) or 0)

    def within(self, size: int) -> str:
        """The year (4) or month (7) in which it was written, or ""."""
        first, last = self.earliest or "", self.latest or ""
        same = first[:size] == last[:size] and len(first) >= size and first[:4].isdecimal()
        return first[:size] if same else ""


def write_ledger(db: sqlite3.Connection, record: Record, stream: Stream) -> None:
    """Write rows and sets of all acts.

    Args:
        db: With the tables of ``acts_store``; what they hold of an earlier ledger is replaced.
        record: The edition's.
        stream: Gives what was found, source by source, as often as it is asked.
    """
    for table in ("acts", "documents", "powers", "sets"):
        db.execute(f"DELETE FROM {table}")
    dates = _dates(record)
    firsts, size = _places(stream, dates)
    sides = _sides(record)
    known = KnownPowers(_parties(record, sides))
    sets = _Sets()
    for some in stream():
        rows: list[tuple[object, ...]] = []
        for found in some:
            dated = dates.get(found.id)
            if dated is None:
                continue
            n = firsts[dated.rank]
            side = sides.get(dated.collection, "")
            sets.begin(range(n, n + len(found.acts)), dated)
            for stored in _stored(found, dated, side, known):
                rows.append(act_row(n, stored))
                sets.add(n, stored)
                n += 1
            sets.end(n)
            db.execute(
                "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (dated.rank, found.id, *dated[1:], firsts[dated.rank], n - 1),
            )
        marks = ", ".join("?" * 22)
        db.executemany(f"INSERT INTO acts VALUES ({marks})", rows)
    db.executemany("INSERT INTO sets VALUES (?, ?, ?, ?, ?, ?, ?)", sets.packed(size))
    codes = cow_codes()
    named = (value for name, value in sets.rows if name in ("actor_power", "addressee_power"))
    db.executemany(
        "INSERT INTO powers VALUES (?, ?, ?)",
        [(power, codes[power].number, codes[power].letters)
         for power in sorted(set(named)) if power in codes],
    )  # fmt: skip
    total = record.value("SELECT count(*) FROM documents")
    meta = {"size": str(size), "documents": str(total)}
    db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", meta.items())
    db.execute("CREATE INDEX IF NOT EXISTS acts_document ON acts (document, place)")
    db.execute("CREATE INDEX IF NOT EXISTS documents_day ON documents (coalesce(earliest, latest)) "
               "WHERE dated")  # fmt: skip
    db.execute("CREATE INDEX IF NOT EXISTS documents_wide ON documents (latest, earliest) "
               "WHERE dated AND earliest IS NOT latest")  # fmt: skip


def _dates(record: Record) -> dict[str, Dated]:
    rows = record.stream(
        "SELECT id, rank, collection, earliest, latest, edtf IS NOT NULL FROM documents"
    )
    return {
        id: Dated(rank, collection, earliest, latest, bool(dated))
        for id, rank, collection, earliest, latest, dated in rows
    }


def _places(stream: Stream, dates: dict[str, Dated]) -> tuple[dict[int, int], int]:
    """The number of each document's first act, by its rank, and the number after the last."""
    counts = {
        dates[found.id].rank: len(found.acts)
        for some in stream()
        for found in some
        if found.id in dates
    }
    firsts, n = {}, 0
    for rank in sorted(counts):
        firsts[rank] = n
        n += counts[rank] + 1
    return firsts, n


def _sides(record: Record) -> dict[str, str]:
    """Collection → the power whose papers it holds, where it or its title says so."""
    found = {}
    for summary in summaries(record):
        collection = summary.collection
        titles = (collection.title, collection.short_title, collection.series)
        found[collection.id] = collection.side or side_of(*titles)
    return found


def _parties(record: Record, sides: dict[str, str]) -> Iterable[PartyLine]:
    rows = record.rows(
        "SELECT DISTINCT p.name, p.office, p.power, d.collection, substr(d.day, 1, 4) "
        "FROM parties p JOIN documents d ON d.n = p.document WHERE p.name <> ''"
    )
    for name, office, power, collection, year in rows:
        yield PartyLine(name, office, power, sides.get(collection, ""), int(year or 0))


def _stored(found: FoundActs, dated: Dated, side: str, known: KnownPowers) -> Iterator[StoredAct]:
    year = dated.year
    here = [PartyLine(*party, side, year) for party in found.parties]
    for place, (act, words) in enumerate(zip(found.acts, found.words, strict=True)):
        yield StoredAct(
            document=found.id,
            place=place,
            act=act,
            words=words,
            actor_powers=known.of(act.actor, year, here),
            addressee_powers=known.of(act.addressee, year, here),
        )


def folded(words: str) -> str:
    """Words as values of a set are compared: lower case, one kind of apostrophe, no article."""
    text = " ".join(words.casefold().replace("'", "’").split())
    return text.removeprefix("the ")


@lru_cache(maxsize=65_536)
def _entry(words: str) -> tuple[str, str]:
    """A name as it is compared, and as it is shown."""
    return plain(folded(words)), plain(words)


def key_words(words: str) -> set[str]:
    """The words by which an act is found: what it is about, in lower case."""
    return {word.casefold() for word in _WORD.findall(words) if len(word) > 2}


class _Sets:
    """Collects, for every value of every field, the numbers of the acts that have it."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str], array[int]] = {}
        self.labels: dict[tuple[str, str], str] = {}

    def _of(self, name: str, value: str, label: str = "") -> "array[int]":
        rows = self.rows.get((name, value))
        if rows is None:
            rows = self.rows[name, value] = array("I")
            self.labels[name, value] = label or value
        return rows

    def _put(self, n: int, name: str, value: str, label: str = "") -> None:
        self._of(name, value, label).append(n)

    def begin(self, numbers: range, dated: Dated) -> None:
        """Take what all acts of a document have from it."""
        if not numbers:
            return
        year, month = dated.within(4), dated.within(7)
        for name, value, has in (
            (ROWS, "", True), ("collection", dated.collection, bool(dated.collection)),
            ("year", year, bool(year)), ("month", month, bool(month)),
            ("undated", "", not dated.dated),
            ("of a year", "", bool(year)), ("of a month", "", bool(month)),
        ):  # fmt: skip
            if has:
                self._of(name, value).extend(numbers)

    def add(self, n: int, stored: StoredAct) -> None:
        """Take an act."""
        act = stored.act
        for name, value in (
            ("act", act.act), ("group", act.group), ("polarity", act.polarity),
            ("modality", act.modality), ("tier", act.tier),
        ):  # fmt: skip
            if value:
                self._put(n, name, value)
        for name, words, powers in (
            ("actor", act.actor, stored.actor_powers),
            ("addressee", act.addressee, stored.addressee_powers),
        ):
            if words:
                self._put(n, name, *_entry(words))
            for power in powers:
                self._put(n, f"{name}_power", power)
            # What an index of actors would list: powers, and names whose power is not known.
            for entry in powers or ((words,) if words else ()):
                self._put(n, f"{name}_entry", *_entry(entry))
        if act.reported_by:
            self._put(n, "reported_by", *_entry(act.reported_by))
        for word in key_words(act.about or stored.words):
            self._put(n, "word", plain(word))

    def end(self, n: int) -> None:
        """Leave the number after a document's last act free."""
        self._put(n, FREE, "")

    def packed(self, size: int) -> Iterator[tuple[str, str, str, int, int, int, bytes]]:
        """Rows of the table ``sets``."""
        for (name, value), rows in self.rows.items():
            packed = bitsets.pack(rows, size)
            label = self.labels[name, value]
            yield name, value, label, len(rows), min(rows), max(rows), packed
