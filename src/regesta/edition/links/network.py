"""Who wrote to whom, over the whole edition: parties or powers, and the documents between two.

Tables of the record come in; out go pairs with their counts, the most frequent first, and the
conversation of any two. `edition.network`.
"""

import json
from collections.abc import Collection
from itertools import groupby
from operator import itemgetter
from typing import Any, Literal

from regesta.documents.base import Value
from regesta.edition.record.shelf import regests_where
from regesta.edition.record.store import Record
from regesta.edition.results import Regest
from regesta.errors import UnknownValue

Between = Literal["parties", "powers"]
BETWEEN: tuple[Between, ...] = ("parties", "powers")

#: Before the id of a person where an entry of the indexes holds several ("Morgan" of three lands).
PERSON = "person:"
#: Persons by entry: key, number, id, label, documents, first and last year.
_NAMED = (
    "SELECT p.key, u.n, u.id, u.label, count(*), substr(u.first, 1, 4), substr(u.last, 1, 4) "
    "FROM parties p JOIN attributed t USING (document, role, place) "
    "JOIN authorities u ON u.n = t.authority WHERE t.rule = 'name' AND p.key <> '' "
    "GROUP BY p.key, u.n ORDER BY p.key, count(*) DESC, u.n"
)
#: So many times more documents than any namesake of its years make a bare surname a person's.
_KNOWN_BY = 20
#: Parties as nodes: persons of their own where an entry is the name of several (JSON, ?1).
_NODES = """WITH several AS MATERIALIZED (
  SELECT json_extract(value, '$[0]') AS key, json_extract(value, '$[1]') AS authority,
    json_extract(value, '$[2]') AS node, json_extract(value, '$[3]') AS label
  FROM json_each(?1)
), nodes AS MATERIALIZED (
  SELECT p.document, p.role, coalesce(s.node, p.key) AS key, coalesce(s.label, p.label) AS label
  FROM parties p
  LEFT JOIN attributed t ON t.document = p.document AND t.role = p.role AND t.place = p.place
    AND t.rule = 'name'
  LEFT JOIN several s ON s.key = p.key AND s.authority = t.authority
  WHERE p.key <> ''
) """
#: The day of a document, but of those whose date is a slip (JSON, ?3).
_DAY = "CASE WHEN d.id NOT IN (SELECT value FROM json_each(?3)) THEN d.day END"
_PAIRS = {
    "parties": (
        f"{_NODES}SELECT a.key, min(a.label), b.key, min(b.label), count(DISTINCT a.document), "
        f"min({_DAY}), max({_DAY}) FROM nodes a JOIN nodes b ON b.document = a.document AND "
        "b.role = 'recipient' JOIN documents d ON d.n = a.document "
        "WHERE a.role = 'author' AND a.key <> b.key "
    ),
    "powers": (
        "SELECT a.power, a.power, b.power, b.power, count(DISTINCT a.document), "
        f"min({_DAY}), max({_DAY}) FROM powers a JOIN powers b ON b.document = a.document AND "
        "b.role = 'recipient' JOIN documents d ON d.n = a.document "
        "WHERE a.role = 'author' AND a.power <> b.power "
    ),
}
_PARTY = "SELECT 1 FROM parties p WHERE p.document = d.n AND p.role = {} AND p.key = {}"
_OF_PERSON = (
    "SELECT 1 FROM attributed p JOIN authorities u ON u.n = p.authority WHERE p.document = d.n "
    "AND p.role = {} AND p.rule = 'name' AND u.id = {}"
)
_POWER = "SELECT 1 FROM powers p WHERE p.document = d.n AND p.role = {} AND p.power = {}"


class Tie(Value, frozen=True):
    """One wrote to another.

    Attributes:
        sender, recipient: Ids, as the indexes have them; ``person:`` and the id of a person where
            an entry is the name of several; powers are their own.
        sender_label, recipient_label: What they are called.
        documents: How many documents.
        first, last: First and last day of those that have one, or None.
    """

    sender: str
    sender_label: str
    recipient: str
    recipient_label: str
    documents: int
    first: str | None = None
    last: str | None = None


class Cover(Value, frozen=True):
    """How much of what passed between authors and recipients the powers of both are known of.

    Attributes:
        decade: Its first year; None for papers without one, and for all together.
        documents: Documents that name an author and a recipient.
        between: Those of which two powers are known.
        within: Those that pass within one power.
    """

    decade: int | None
    documents: int
    between: int
    within: int

    @property
    def unknown(self) -> int:
        """Those that do not say for which power one of the two speaks."""
        return self.documents - self.between - self.within


class Conversation(Value, frozen=True):
    """What two parties wrote to one another, by date.

    Attributes:
        one, other: Ids.
        labels: What both are called.
        total: How many documents.
        documents: Those of this page, each with whether the first of the two wrote it.
    """

    one: str
    other: str
    labels: tuple[str, str]
    total: int
    documents: tuple[tuple[Regest, bool], ...] = ()


class Network:
    """Who wrote to whom, over a whole edition.

    Args:
        record: The edition's record.
    """

    def __init__(self, record: Record) -> None:
        self._record = record

    def ties(
        self, between: str = "parties", *, limit: int = 200, slips: Collection[str] = ()
    ) -> list[Tie]:
        """Who wrote to whom how often, the most frequent first.

        Args:
            between: "parties" (persons and offices) or "powers".
            limit: How many pairs.
            slips: Documents whose date is a slip: they count, but neither begin nor end a tie.

        Raises:
            UnknownValue: No such network.
        """
        if between not in BETWEEN:
            raise UnknownValue(
                f"there is no network of {between!r}", f"it is {' or '.join(BETWEEN)}"
            )
        several = _several(self._record) if between == "parties" else ()
        rows = self._record.rows(
            f"{_PAIRS[between]} GROUP BY 1, 3 ORDER BY 5 DESC, 1, 3 LIMIT ?2",
            (json.dumps(several), limit, json.dumps(list(slips))),
        )
        return [Tie(*row) for row in rows]

    def cover(self) -> list[Cover]:
        """By decade, of how many documents the powers of author and recipient are known."""
        rows = self._record.rows(
            "WITH addressed AS (SELECT DISTINCT a.document AS n FROM parties a JOIN parties b "
            "ON b.document = a.document AND b.role = 'recipient' WHERE a.role = 'author'), "
            "known AS (SELECT a.document AS n, max(a.power <> b.power) AS apart FROM powers a "
            "JOIN powers b ON b.document = a.document AND b.role = 'recipient' "
            "WHERE a.role = 'author' GROUP BY 1) "
            "SELECT substr(d.earliest, 1, 3) || '0', count(*), total(k.apart = 1), "
            "total(k.apart = 0) "
            "FROM addressed p JOIN documents d ON d.n = p.n LEFT JOIN known k ON k.n = p.n "
            "GROUP BY 1 ORDER BY 1 IS NULL, 1"
        )
        return [
            Cover(int(decade) if decade else None, documents, int(between), int(within))
            for decade, documents, between, within in rows
        ]

    def conversation(
        self, one: str, other: str, *, between: str = "parties", limit: int = 100, offset: int = 0
    ) -> Conversation:
        """What two parties, or powers, wrote to one another, by date.

        Args:
            one, other: Their ids, as indexes and :meth:`ties` have them.
            between: As in :meth:`ties`.
            limit, offset: A page.

        Raises:
            UnknownValue: They wrote nothing to one another.
        """
        if between not in BETWEEN:
            raise UnknownValue(
                f"there is no network of {between!r}", f"it is {' or '.join(BETWEEN)}"
            )
        there = f"{_is(between, one, 'author', '?1')} AND {_is(between, other, 'recipient', '?2')}"
        back = f"{_is(between, other, 'author', '?2')} AND {_is(between, one, 'recipient', '?1')}"
        where, values = f"WHERE ({there}) OR ({back})", (_bare(one), _bare(other))
        total = int(self._record.value(f"SELECT count(*) FROM documents d {where}", values) or 0)
        if not total:
            hint = "/network lists who wrote to whom"
            raise UnknownValue(f"{one!r} and {other!r} wrote nothing to one another here", hint)
        regests = regests_where(
            self._record, f"{where} ORDER BY d.rank LIMIT {int(limit)} OFFSET {int(offset)}",
            values,
        )  # fmt: skip
        writers = _writers(self._record, [regest.id for regest in regests], between, one)
        return Conversation(
            one=one,
            other=other,
            labels=(_label(self._record, between, one), _label(self._record, between, other)),
            total=total,
            documents=tuple((regest, regest.id in writers) for regest in regests),
        )


def _several(record: Record) -> list[tuple[str, int, str, str]]:
    """Entries that are the name of several: key, number of a person, its node and label."""
    found: list[tuple[str, int, str, str]] = []
    for key, rows in groupby(record.rows(_NAMED), key=itemgetter(0)):
        persons = list(rows)
        named = [row for row in persons if _given(row[3])]
        nodes = {row[1]: row for row in named}
        nodes |= {row[1]: _namesake(row, named) for row in persons if row[1] not in nodes}
        if len({row[1] for row in nodes.values() if row}) > 1:
            found += [(key, n, f"{PERSON}{row[2]}", row[3]) for n, row in nodes.items() if row]
    return found


def _given(label: str) -> bool:
    return "," in label


def _namesake(bare: tuple[Any, ...], named: list[tuple[Any, ...]]) -> tuple[Any, ...] | None:
    """Whom a bare surname means: who alone, or by far most, bears it in those years; or None."""
    if not bare[5]:
        return None
    then = [row for row in named if row[5] and row[5] <= bare[6] and bare[5] <= row[6]]
    if not then:
        return bare
    clear = len(then) == 1 or then[0][4] >= _KNOWN_BY * then[1][4]
    return then[0] if clear else None


def _is(between: str, id: str, role: str, value: str) -> str:
    """A condition: a party or power stands on one side of a document."""
    person = _OF_PERSON if id.startswith(PERSON) else _PARTY
    sql = _POWER if between == "powers" else person
    return f"EXISTS ({sql.format(repr(role), value)})"


def _bare(id: str) -> str:
    return id.removeprefix(PERSON)


def _writers(record: Record, ids: list[str], between: str, one: str) -> set[str]:
    """Which of some documents the one wrote."""
    marks = ", ".join("?" * len(ids))
    rows = record.rows(
        f"SELECT d.id FROM documents d WHERE {_is(between, one, 'author', '?')} "
        f"AND d.id IN ({marks})",
        (_bare(one), *ids),
    )
    return {str(id) for (id,) in rows}


def _label(record: Record, between: str, id: str) -> str:
    if between == "powers":
        return id
    table, column = ("authorities", "id") if id.startswith(PERSON) else ("parties", "key")
    row = record.row(f"SELECT label FROM {table} WHERE {column} = ? LIMIT 1", (_bare(id),))
    return str(row[0]) if row else id
