"""Rows of the authorities' tables: a record and a number in, values of `results` out."""

from collections.abc import Iterable, Sequence
from typing import Any

from regesta.edition.authorities.results import (
    Correspondent,
    OfficeSummary,
    PersonSummary,
    PrintedName,
    TenureLine,
)
from regesta.edition.record.store import Record

#: Correspondents and namesakes of a person that are given.
MOST_CORRESPONDENTS, MOST_NAMESAKES = 30, 12
#: After every text that begins alike.
BEYOND = "\U0010ffff"
SUMMARY = "SELECT id, label, kind, written, received, by_office, first, last FROM authorities"
TENURE = (
    "SELECT o.id, o.label, a.id, a.label, t.first, t.last, t.documents, t.gap, b.id, e.id, "
    "o.acting "
    "FROM tenures t JOIN offices o ON o.id = t.office JOIN authorities a ON a.n = t.authority "
    "JOIN documents b ON b.n = t.first_document JOIN documents e ON e.n = t.last_document"
)
OFFICE = (
    "SELECT o.id, o.label, o.count, o.power, o.acting, o.single, "
    "(SELECT count(DISTINCT authority) FROM held WHERE held.office = o.id) FROM offices o"
)


def office(row: Sequence[Any]) -> OfficeSummary:
    """An office of a row of :data:`OFFICE`."""
    id, label, count, power, acting, single, holders = row
    return OfficeSummary(id, label, count, power, bool(acting), bool(single), holders)


def tenures(record: Record, where: str, values: Iterable[Any]) -> tuple[TenureLine, ...]:
    """The tenures of an office or a person, as a clause on :data:`TENURE` picks them."""
    found = []
    for row in record.rows(f"{TENURE} {where}", values):
        found.append(TenureLine(*(*row[:-1], bool(row[-1]))))
    return tuple(found)


def names_of(record: Record, n: int) -> tuple[PrintedName, ...]:
    """The names under which an authority is printed."""
    rows = record.rows(
        "SELECT m.name, m.collection, m.count, m.fuller, m.office, coalesce(o.label, ''), "
        "m.listed, m.first, m.last FROM authority_names m LEFT JOIN offices o ON o.id = m.office "
        "WHERE m.authority = ? ORDER BY m.place",
        (n,),
    )
    return tuple(PrintedName(*row) for row in rows)


def correspondents(record: Record, n: int) -> tuple[Correspondent, ...]:
    """With whom a person exchanged papers, the most frequent first."""
    rows = record.rows(
        "SELECT a.id, a.label, sum(one.role = 'author') AS sent, sum(one.role = 'recipient') "
        "FROM attributed one JOIN attributed other ON other.document = one.document "
        "AND other.role <> one.role JOIN authorities a ON a.n = other.authority "
        "WHERE one.authority = ? AND other.authority <> one.authority "
        "GROUP BY other.authority ORDER BY count(*) DESC, a.rank LIMIT ?",
        (n, MOST_CORRESPONDENTS),
    )
    return tuple(Correspondent(*row) for row in rows)


def keys(record: Record, n: int) -> tuple[str, ...]:
    """Entries of the indexes that name a person, the most frequent first."""
    rows = record.rows(
        "SELECT p.key FROM attributed a JOIN parties p ON p.document = a.document "
        "AND p.role = a.role AND p.place = a.place "
        "WHERE a.authority = ? AND a.rule = 'name' AND p.key <> '' "
        "GROUP BY p.key ORDER BY count(*) DESC, p.key LIMIT 12",
        (n,),
    )
    return tuple(key for (key,) in rows)


def years(record: Record, sql: str, values: Iterable[Any]) -> dict[int, tuple[int, int]]:
    """Year → documents written, received, of dates that lie in one year."""
    found: dict[int, list[int]] = {}
    for earliest, latest, written in record.rows(sql, values):
        if earliest and latest and earliest[:4] == latest[:4]:
            pair = found.setdefault(int(earliest[:4]), [0, 0])
            pair[0 if written else 1] += 1
    return {year: (pair[0], pair[1]) for year, pair in sorted(found.items())}


def namesakes(record: Record, sort: str, id: str) -> tuple[PersonSummary, ...]:
    """Others of the surname with which a sorting key begins."""
    surname = sort.partition(" ")[0]
    rows = record.rows(
        f"{SUMMARY} WHERE (sort = ? OR (sort >= ? AND sort < ?)) AND id <> ? ORDER BY rank LIMIT ?",
        (surname, f"{surname} ", f"{surname} {BEYOND}", id, MOST_NAMESAKES),
    )
    return tuple(PersonSummary(*row) for row in rows)


def metonym_words(metonym: Any) -> str:
    """A metonym of a power with its years."""
    first = str(metonym.first) if metonym.first else ""
    last = str(metonym.last) if metonym.last < 9999 else ""
    return f"{metonym.words} ({first}–{last})" if first or last else str(metonym.words)
