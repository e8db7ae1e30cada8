"""Everything of one day: each side in its column, what arrived, what may belong to it."""

import datetime as dt

from regesta.edition.record.shelf import regests_where
from regesta.edition.record.store import Record
from regesta.edition.results import Day, Regest
from regesta.errors import UnknownValue

#: Documents of a wider date that are shown with a day, the narrowest first; all are counted.
MAY_BELONG = 50
#: Documents of one day that are shown.
MOST = 500
_WIDE = (
    "d.day IS NULL AND d.edtf IS NOT NULL AND (d.earliest IS NULL OR d.earliest <= ?1) "
    "AND (d.latest IS NULL OR d.latest >= ?1) AND (d.earliest IS NOT NULL OR d.latest IS NOT NULL)"
)


def on(record: Record, date: str) -> Day:
    """Give everything of a day; see :meth:`regesta.edition.Edition.on`."""
    try:
        day = dt.date.fromisoformat(date)
    except ValueError:
        day = None
    if day is None or day.isoformat() != date:
        raise UnknownValue(f"{date!r} is no day", "write it as 1918-07-25")
    written = regests_where(
        record,
        "JOIN collections c ON c.id = d.collection WHERE d.day = ? "
        f"ORDER BY c.rank, d.rank LIMIT {MOST}",
        (date,),
    )
    wide = record.value(f"SELECT count(*) FROM documents d WHERE {_WIDE}", (date,))
    month = record.rows(
        "SELECT day, count(*) FROM documents WHERE day >= ? AND day <= ? GROUP BY day",
        (f"{date[:7]}-01", f"{date[:7]}-31"),
    )
    return Day(
        date=date,
        sides=_sides(record, written),
        received=tuple(
            regests_where(record, f"WHERE d.received = ? ORDER BY d.rank LIMIT {MOST}", (date,))
        ),
        may_belong=tuple(
            regests_where(
                record,
                f"WHERE {_WIDE} ORDER BY julianday(coalesce(d.latest, '9999-12-31')) - "
                f"julianday(coalesce(d.earliest, '0001-01-01')), d.rank LIMIT {MAY_BELONG}",
                (date,),
            )
        )
        if wide
        else (),
        may_belong_total=int(wide),
        before=record.value("SELECT max(day) FROM documents WHERE day < ?", (date,)),
        after=record.value("SELECT min(day) FROM documents WHERE day > ?", (date,)),
        month={int(day[8:10]): count for day, count in month},
    )


def days(record: Record) -> list[str]:
    """The days on which something was written or arrived, in their order."""
    rows = record.rows(
        "SELECT day FROM documents WHERE day IS NOT NULL "
        "UNION SELECT received FROM documents WHERE received IS NOT NULL ORDER BY 1"
    )
    return [day for (day,) in rows]


def _sides(record: Record, written: list[Regest]) -> tuple[tuple[str, tuple[Regest, ...]], ...]:
    """Part documents by their collection's side, or by its title where no side is known."""
    if not written:
        return ()
    ids = sorted({regest.collection for regest in written})
    marks = ", ".join("?" * len(ids))
    headings = {
        id: side or short or title or id
        for id, side, short, title in record.rows(
            f"SELECT id, side, short_title, title FROM collections WHERE id IN ({marks})", ids
        )
    }
    columns: dict[str, list[Regest]] = {}
    for regest in written:
        columns.setdefault(headings.get(regest.collection, regest.collection), []).append(regest)
    return tuple((heading, tuple(regests)) for heading, regests in columns.items())
