"""Order: every document's place by date and in its collection, the indexes, and the counts.

What comes in is a draft with all documents; what goes out are the tables that pages are served
from, so that no page has to sort or to count.
"""

import sqlite3
from collections import Counter
from itertools import groupby

from regesta.edition.keys import sort_key
from regesta.edition.results import Counts

#: The index that holds all documents by date, and its one entry.
DATED = "dated"

#: (index, key, label, document) of everything that is listed, but the dates.
_LISTED_WORDS = """
  SELECT role, key, label, document FROM parties WHERE key <> ''
  UNION SELECT 'subject', key, label, document FROM subjects
  UNION SELECT 'place', place_key, place, n FROM documents WHERE place_key <> ''
"""
#: Dates as far as they are known: a day, else a month, else a year, else what EDTF says.
_LISTED_DATES = """
  SELECT 'date' AS name, coalesce(day, edtf) AS key, earliest, n FROM documents
  WHERE edtf IS NOT NULL
  UNION ALL SELECT 'month',
    CASE WHEN substr(earliest, 1, 7) = substr(latest, 1, 7) THEN substr(earliest, 1, 7)
         WHEN substr(earliest, 1, 4) = substr(latest, 1, 4) THEN substr(earliest, 1, 4)
         ELSE edtf END, earliest, n FROM documents WHERE edtf IS NOT NULL
  UNION ALL SELECT 'year',
    CASE WHEN substr(earliest, 1, 4) = substr(latest, 1, 4) THEN substr(earliest, 1, 4)
         ELSE edtf END, earliest, n FROM documents WHERE edtf IS NOT NULL
"""


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
    found = db.execute(
        "SELECT c.id, c.title, count(d.n), count(d.n) - count(d.edtf), min(d.earliest), "
        "max(d.latest) FROM collections c LEFT JOIN documents d ON d.collection = c.id "
        "GROUP BY c.id"
    ).fetchall()
    found.sort(key=lambda row: (row[4] or "9999-99", sort_key(row[1]), row[0]))
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
    """Fill ``entries`` and ``listed``: every series by date, collections in their own order."""
    db.execute("CREATE TEMP TABLE words (name, key, label, document)")
    db.execute(f"INSERT INTO words {_LISTED_WORDS}")
    entries: list[tuple[str, str, str, str, int]] = []
    labels = db.execute(
        "SELECT name, key, label, count(DISTINCT document) FROM words "
        "GROUP BY 1, 2, 3 ORDER BY 1, 2"
    )
    for (name, key), group in groupby(labels, key=lambda row: row[:2]):
        variants = [(label, times) for _, _, label, times in group]
        label = min(variants, key=lambda v: (-v[1], v[0].isupper(), v[0]))[0]
        entries.append((name, key, label, sort_key(label), 0))
    dates = db.execute(
        f"SELECT name, key, min(coalesce(earliest, '')) FROM ({_LISTED_DATES}) GROUP BY 1, 2"
    )
    entries += [(name, key, key, f"{first} {key}", 0) for name, key, first in dates]
    collections = db.execute("SELECT id, title, rank FROM collections")
    entries += [("collection", id, title, f"{rank:06}", 0) for id, title, rank in collections]
    entries.append((DATED, DATED, "", "", 0))
    _insert_entries(db, entries)
    db.execute(
        f"""
        INSERT INTO listed SELECT entry, row_number() OVER (PARTITION BY entry ORDER BY rank), n
        FROM (
          SELECT e.n AS entry, d.rank AS rank, d.n AS n
          FROM (SELECT DISTINCT name, key, document FROM words) w
          JOIN entries e ON e.name = w.name AND e.key = w.key JOIN documents d ON d.n = w.document
          UNION ALL SELECT e.n, d.rank, d.n
          FROM ({_LISTED_DATES}) l
          JOIN entries e ON e.name = l.name AND e.key = l.key JOIN documents d ON d.n = l.n
          UNION ALL SELECT e.n, d.place_in_collection, d.n
          FROM documents d JOIN entries e ON e.name = 'collection' AND e.key = d.collection
          UNION ALL SELECT (SELECT n FROM entries WHERE name = '{DATED}'), rank, n FROM documents
          WHERE edtf IS NOT NULL
        ) ORDER BY 1, 2
        """
    )
    db.execute(
        "UPDATE entries SET count = c.count FROM (SELECT entry, count(*) AS count FROM listed "
        "GROUP BY entry) AS c WHERE c.entry = entries.n"
    )
    db.execute("DROP TABLE words")


def _insert_entries(db: sqlite3.Connection, entries: list[tuple[str, str, str, str, int]]) -> None:
    notes: dict[str, str] = {}
    for key, note in db.execute(
        "SELECT p.key, p.note FROM persons p JOIN collections c ON c.id = p.collection "
        "WHERE p.note <> '' ORDER BY c.rank, p.place"
    ):
        notes.setdefault(key, note)
    entries.sort(key=lambda e: (e[0], e[3], e[2], e[1]))
    rows, number = [], 0
    for name, group in groupby(entries, key=lambda e: e[0]):
        for rank, (_, key, label, sort, _) in enumerate(group):
            number += 1
            note = notes.get(key, "") if name in ("author", "recipient") else ""
            rows.append((number, name, key, label, sort, rank, 0, note))
    db.executemany("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    db.execute("CREATE UNIQUE INDEX IF NOT EXISTS entries_key ON entries (name, key)")


def count(db: sqlite3.Connection) -> Counts:
    """Count what is here and what is missing."""
    total, undated, senders, recipients, places, first, last = db.execute(
        "SELECT count(*), coalesce(sum(edtf IS NULL), 0), coalesce(sum(sender_origin = ''), 0), "
        "coalesce(sum(recipient_origin = ''), 0), coalesce(sum(place = ''), 0), min(earliest), "
        "max(latest) FROM documents"
    ).fetchone()
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
