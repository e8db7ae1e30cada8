"""Order: every document's place by date and in its collection, the indexes, and the counts.

What comes in is a draft with all documents; what goes out are the tables that pages are served
from, so that no page has to sort or to count.
"""

import sqlite3
from array import array
from collections import Counter
from dataclasses import dataclass, field
from itertools import chain, groupby, islice, repeat
from itertools import count as counted

from regesta.edition.building.keys import sort_key
from regesta.edition.results import Counts

#: The index that holds all documents by date, and its one entry.
DATED = "dated"
_BY_DATE = ("date", "month", "year", DATED)

#: Rows of one statement: a hundred at once take half the time of a hundred by themselves.
_AT_ONCE = 100
#: Index → (key, label, document) of everything that is listed by a word.
_LISTED_WORDS = {
    "author": "SELECT key, label, document FROM parties WHERE role = 'author' AND key <> ''",
    "recipient": "SELECT key, label, document FROM parties WHERE role = 'recipient' AND key <> ''",
    "subject": "SELECT key, label, document FROM subjects",
    "place": "SELECT place_key, place, n FROM documents WHERE place_key <> ''",
}

#: Index, key, label, sort, how many documents.
Entry = tuple[str, str, str, str, int]


def arrange(db: sqlite3.Connection) -> Counts:
    """Put everything in order and count it.

    Args:
        db: The draft's connection, indexes of documents already made.

    Returns:
        The counts, which the caller keeps.
    """
    _place_in_collections(db)
    _rank_collections(db)
    _rank_documents(db)
    for table in ("entries", "listed"):
        db.execute(f"DELETE FROM {table}")
    _make_entries(db)
    return count(db)


def _place_in_collections(db: sqlite3.Connection) -> None:
    """A volume keeps its order; letters come by date, then by file, after a volume's documents."""
    db.execute(
        "UPDATE documents SET place_in_collection = given_place "
        "WHERE place_in_collection <> given_place"
    )
    db.execute(
        """
        UPDATE documents SET place_in_collection = ordered.place FROM (
          SELECT d.n AS number, row_number() OVER (
            PARTITION BY d.collection
            ORDER BY s.standalone,
              CASE WHEN s.standalone THEN coalesce(d.earliest, d.latest, '9999-99') ELSE '' END,
              CASE WHEN s.standalone THEN coalesce(d.time, '') ELSE '' END,
              CASE WHEN s.standalone THEN s.path ELSE '' END,
              d.given_place, d.id
          ) - 1 AS place
          FROM documents d JOIN sources s ON s.n = d.n >> 20
          WHERE d.collection IN (SELECT collection FROM sources WHERE standalone AND documents > 0)
        ) AS ordered WHERE ordered.number = documents.n
        """
    )


def _rank_collections(db: sqlite3.Connection) -> None:
    """Put collections in the order of their middle paper's day: an old enclosure moves none."""
    found = db.execute(
        "SELECT c.id, c.title, count(d.n), count(d.n) - count(d.edtf), min(d.earliest), "
        "max(d.latest) FROM collections c LEFT JOIN documents d ON d.collection = c.id "
        "GROUP BY c.id"
    ).fetchall()
    days: dict[str, list[str]] = {}
    for id, day in db.execute("SELECT collection, earliest FROM documents ORDER BY earliest"):
        if day is not None:
            days.setdefault(id, []).append(day)
    middle = {id: some[len(some) // 2] for id, some in days.items()}
    found.sort(key=lambda row: (middle.get(row[0], "9999-99"), sort_key(row[1]), row[0]))
    db.executemany(
        "UPDATE collections SET rank = ?, documents = ?, undated = ?, first = ?, last = ? "
        "WHERE id = ?",
        [(rank, *row[2:], row[0]) for rank, row in enumerate(found)],
    )


def _rank_documents(db: sqlite3.Connection) -> None:
    db.execute(
        """
        UPDATE documents SET rank = ordered.rank FROM (
          SELECT d.n AS number, row_number() OVER (
            ORDER BY d.edtf IS NULL, coalesce(d.earliest, d.latest, '9999-98'),
              coalesce(d.latest, '9999-99'),
              coalesce(d.time, ''), c.rank, d.place_in_collection, d.id
          ) AS rank
          FROM documents d JOIN collections c ON c.id = d.collection
        ) AS ordered WHERE ordered.number = documents.n
        """
    )


def _make_entries(db: sqlite3.Connection) -> None:
    """Fill ``entries`` and ``listed``: every series by date, collections in their own order.

    In Python rather than in SQL: 321,000 documents take half the time of window functions.
    """
    numbers = array("q", (n for (n,) in db.execute("SELECT n FROM documents ORDER BY rank")))
    rank_of = {n: rank for rank, n in enumerate(numbers)}
    series = _dated(db)
    series |= {name: _listed(db, sql, rank_of) for name, sql in _LISTED_WORDS.items()}
    entries = [entry for name, some in series.items() for entry in some.entries(name)]
    for id, title, rank, documents in db.execute(
        "SELECT id, title, rank, documents FROM collections"
    ):
        entries.append(("collection", id, title, f"{rank:06}", documents))
    ordered = _insert_entries(db, entries)
    cells = chain.from_iterable(
        chain.from_iterable(
            zip(
                repeat(number), counted(1), map(numbers.__getitem__, series[name].ranks[key]),
                strict=False,
            )
            for number, name, key in ordered
            if name != "collection"
        )
    )  # fmt: skip
    while some := list(islice(cells, 3 * _AT_ONCE)):
        rows = ", ".join(["(?, ?, ?)"] * (len(some) // 3))
        db.execute(f"INSERT INTO listed VALUES {rows}", some)
    db.execute(
        "INSERT INTO listed SELECT e.n, row_number() OVER (PARTITION BY d.collection "
        "ORDER BY d.place_in_collection, d.id), d.n FROM documents d "
        "JOIN entries e ON e.name = 'collection' AND e.key = d.collection"
    )


@dataclass(slots=True)
class Series:
    """The entries of one index.

    Attributes:
        ranks: Key → its documents' ranks, by date, each once.
        label: Key → how its first document calls it; of dates their first possible day.
        others: (key, label) → how many documents call it otherwise than the first.
        named: Key → how many times it is called anything, where some call it otherwise.
    """

    ranks: dict[str, list[int]]
    label: dict[str, str]
    others: Counter[tuple[str, str]] = field(default_factory=Counter)
    named: dict[str, int] = field(default_factory=dict)

    def entries(self, name: str) -> list[Entry]:
        """All entries; each has the label that most documents use."""
        if name in _BY_DATE:
            return [
                (name, key, "" if name == DATED else key, f"{self.label[key]} {key}", len(ranks))
                for key, ranks in self.ranks.items()
            ]
        labels = self.label | self._most_used()
        return [
            (name, key, labels[key], sort_key(labels[key]), len(ranks))
            for key, ranks in self.ranks.items()
        ]

    def _most_used(self) -> dict[str, str]:
        """The labels of keys that are called by several."""
        called: dict[str, dict[str, int]] = {}
        for (key, label), times in self.others.items():
            called.setdefault(key, {})[label] = times
        for key, labels in called.items():
            labels[self.label[key]] = self.named[key] - sum(labels.values())
        return {
            key: min(labels, key=lambda words: (-labels[words], words.isupper(), words))
            for key, labels in called.items()
        }


def _listed(db: sqlite3.Connection, sql: str, rank_of: dict[int, int]) -> Series:
    """Put documents under the words by which they are listed."""
    series = Series({}, {})
    ranks, label, others = series.ranks, series.label, series.others
    for key, words, document in db.execute(sql):
        if key in ranks:
            ranks[key].append(rank_of[document])
            if words != label[key]:
                others[key, words] += 1
        else:
            ranks[key] = [rank_of[document]]
            label[key] = words
    series.named = {key: len(ranks[key]) for key, _ in others}
    for key, some in ranks.items():
        if len(some) > 1:
            ranks[key] = sorted(set(some))
    return series


def _dated(db: sqlite3.Connection) -> dict[str, Series]:
    """Put every dated document under its day, month and year, as far as they are known."""
    series = {name: Series({}, {}) for name in _BY_DATE}
    parts = [(series[name].ranks, series[name].label) for name in ("date", "month", "year")]
    rows = db.execute(
        "SELECT rank - 1, day, edtf, earliest, latest FROM documents WHERE edtf IS NOT NULL "
        "ORDER BY rank"
    )
    every: list[int] = []
    for rank, day, edtf, earliest, latest in rows:
        first, last = earliest or "", latest or "-"
        year = first[:4] if first[:4] == last[:4] else edtf
        month = first[:7] if first[:7] == last[:7] else year
        for key, (ranks, firsts) in zip((day or edtf, month, year), parts, strict=True):
            if key in ranks:
                ranks[key].append(rank)
                if first < firsts[key]:
                    firsts[key] = first
            else:
                ranks[key], firsts[key] = [rank], first
        every.append(rank)
    if every:
        series[DATED] = Series({DATED: every}, {DATED: ""})
    return series


def _insert_entries(db: sqlite3.Connection, entries: list[Entry]) -> list[tuple[int, str, str]]:
    """Insert the entries in the order of each index; give (number, index, key)."""
    notes: dict[str, str] = {}
    for key, note in db.execute(
        "SELECT p.key, p.note FROM persons p JOIN collections c ON c.id = p.collection "
        "WHERE p.note <> '' ORDER BY c.rank, p.place"
    ):
        notes.setdefault(key, note)
    entries.sort(key=lambda entry: (entry[0], entry[3], entry[2], entry[1]))
    rows: list[tuple[int, str, str, str, str, int, int, str]] = []
    for name, group in groupby(entries, key=lambda entry: entry[0]):
        for rank, (_, key, label, sort, documents) in enumerate(group):
            note = notes.get(key, "") if name in ("author", "recipient") else ""
            rows.append((len(rows) + 1, name, key, label, sort, rank, documents, note))
    db.executemany("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    db.execute("CREATE UNIQUE INDEX IF NOT EXISTS entries_key ON entries (name, key)")
    return [row[:3] for row in rows]


def count(db: sqlite3.Connection) -> Counts:
    """Count what is here and what is missing."""
    total, undated, senders, recipients, places, first, last = db.execute(
        "SELECT count(*), coalesce(sum(edtf IS NULL), 0), coalesce(sum(sender_origin = ''), 0), "
        "coalesce(sum(recipient_origin = ''), 0), coalesce(sum(place = ''), 0), min(earliest), "
        "max(latest) FROM documents"
    ).fetchone()
    (subjects,) = db.execute("SELECT count(DISTINCT document) FROM subjects").fetchone()
    origins = {
        field: _tally(db, f"SELECT {column}, count(*) FROM documents GROUP BY 1", empty="missing")
        for field, column in (
            ("date", "date_origin"), ("sender", "sender_origin"),
            ("recipient", "recipient_origin"), ("place", "place_origin"),
        )
    }  # fmt: skip
    years = db.execute(
        "SELECT substr(earliest, 1, 4), count(*) FROM documents "
        "WHERE substr(earliest, 1, 4) = substr(latest, 1, 4) GROUP BY 1 ORDER BY 1"
    )
    return Counts(
        documents=total,
        collections=db.execute("SELECT count(*) FROM collections").fetchone()[0],
        undated=undated,
        without_sender=senders,
        without_recipient=recipients,
        without_place=places,
        without_subject=total - subjects,
        years={int(year): times for year, times in years},
        by_origin=origins,
        kinds=_tally(db, "SELECT kind, count(*) FROM documents WHERE kind <> '' GROUP BY 1"),
        languages=_tally(
            db, "SELECT language, count(*) FROM documents WHERE language <> '' GROUP BY 1"
        ),
        first=first,
        last=last,
    )


def _tally(db: sqlite3.Connection, sql: str, *, empty: str = "") -> dict[str, int]:
    """Counts by value, most frequent first."""
    found = Counter({value or empty: times for value, times in db.execute(sql)})
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))
