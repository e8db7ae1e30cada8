"""Who wrote to whom, over the whole edition: parties or powers, and the documents between two.

Tables of the record come in; out go pairs with their counts, the most frequent first, and the
conversation of any two.
"""

from typing import Literal

from regesta.documents.base import Value
from regesta.edition.record.shelf import regests_where
from regesta.edition.record.store import Record
from regesta.edition.results import Regest
from regesta.errors import UnknownValue

Between = Literal["parties", "powers"]
BETWEEN: tuple[Between, ...] = ("parties", "powers")

_PAIRS = {
    "parties": (
        "SELECT a.key, min(a.label), b.key, min(b.label), count(DISTINCT a.document), min(d.day), "
        "max(d.day) FROM parties a JOIN parties b ON b.document = a.document AND "
        "b.role = 'recipient' JOIN documents d ON d.n = a.document "
        "WHERE a.role = 'author' AND a.key <> '' AND b.key <> '' AND a.key <> b.key "
    ),
    "powers": (
        "SELECT a.power, a.power, b.power, b.power, count(DISTINCT a.document), min(d.day), "
        "max(d.day) FROM powers a JOIN powers b ON b.document = a.document AND "
        "b.role = 'recipient' JOIN documents d ON d.n = a.document "
        "WHERE a.role = 'author' AND a.power <> b.power "
    ),
}
_EXCHANGE = {
    "parties": (
        "JOIN parties a ON a.document = d.n AND a.role = 'author' "
        "JOIN parties b ON b.document = d.n AND b.role = 'recipient' "
        "WHERE (a.key = ?1 AND b.key = ?2) OR (a.key = ?2 AND b.key = ?1)"
    ),
    "powers": (
        "JOIN powers a ON a.document = d.n AND a.role = 'author' "
        "JOIN powers b ON b.document = d.n AND b.role = 'recipient' "
        "WHERE (a.power = ?1 AND b.power = ?2) OR (a.power = ?2 AND b.power = ?1)"
    ),
}


class Tie(Value, frozen=True):
    """One wrote to another.

    Attributes:
        sender, recipient: Ids, as the indexes have them; powers are their own.
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


def ties(record: Record, between: str, limit: int) -> list[Tie]:
    """The most frequent pairs; see :meth:`regesta.edition.Edition.network`."""
    if between not in BETWEEN:
        raise UnknownValue(f"there is no network of {between!r}", f"it is {' or '.join(BETWEEN)}")
    rows = record.rows(f"{_PAIRS[between]} GROUP BY 1, 3 ORDER BY 5 DESC, 1, 3 LIMIT ?", (limit,))
    return [Tie(*row) for row in rows]


def conversation(
    record: Record, one: str, other: str, *, between: str, limit: int, offset: int
) -> Conversation:
    """What two wrote to one another; see :meth:`regesta.edition.Edition.conversation`."""
    if between not in BETWEEN:
        raise UnknownValue(f"there is no network of {between!r}", f"it is {' or '.join(BETWEEN)}")
    where, values = _EXCHANGE[between], (one, other)
    total = int(record.value(f"SELECT count(DISTINCT d.n) FROM documents d {where}", values) or 0)
    if not total:
        hint = "/network lists who wrote to whom"
        raise UnknownValue(f"{one!r} and {other!r} wrote nothing to one another here", hint)
    regests = regests_where(
        record, f"{where} GROUP BY d.n ORDER BY d.rank LIMIT {int(limit)} OFFSET {int(offset)}",
        values,
    )  # fmt: skip
    writers = _writers(record, [regest.id for regest in regests], between, one)
    return Conversation(
        one=one,
        other=other,
        labels=(_label(record, between, one), _label(record, between, other)),
        total=total,
        documents=tuple((regest, regest.id in writers) for regest in regests),
    )


def _writers(record: Record, ids: list[str], between: str, one: str) -> set[str]:
    """Which of some documents the one wrote."""
    table, key = ("parties", "key") if between == "parties" else ("powers", "power")
    marks = ", ".join("?" * len(ids))
    rows = record.rows(
        f"SELECT d.id FROM documents d JOIN {table} a ON a.document = d.n AND a.role = 'author' "
        f"WHERE a.{key} = ? AND d.id IN ({marks})",
        (one, *ids),
    )
    return {str(id) for (id,) in rows}


def _label(record: Record, between: str, id: str) -> str:
    if between == "powers":
        return id
    row = record.row("SELECT label FROM parties WHERE key = ? LIMIT 1", (id,))
    return str(row[0]) if row else id
