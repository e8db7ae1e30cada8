"""Lists of what linking found: threads, what nobody answered, silences, with filters and facets.

A question comes in with whatever asks the stored links in SQL; a page of the list goes out, with
the values by which it can be narrowed.
"""

import json
from collections.abc import Callable, Mapping, Sequence

import msgspec

from regesta.documents.base import Value
from regesta.edition.results import FacetCount
from regesta.errors import UnknownValue
from regesta.linking.silences import Silence

SILENCES = ("mentioned", "number", "file")
#: What is known to be missing. Papers of files that an edition left out are listed when asked for.
KNOWN = ("mentioned", "number")

Ask = Callable[[str, Sequence[object]], list[tuple[object, ...]]]
_Wanted = Mapping[str, Sequence[str]]


class ConversationLine(Value, frozen=True):
    """A thread, or a document that nobody answered.

    Attributes:
        document: Id of the document, or of the first one.
        size: Documents of the thread.
        first, last: Days between which they were written, or "".
        recipient: Whom the first one addresses, as it says.
    """

    document: str
    size: int
    first: str
    last: str
    recipient: str = ""


class ConversationResult(Value, frozen=True):
    """A page of threads, or of documents that nobody answered.

    Attributes:
        total: How many match.
        lines: Those asked for.
        facets: "sender", "recipient" and "month": counts that the other filters leave.
    """

    total: int
    lines: tuple[ConversationLine, ...] = ()
    facets: dict[str, tuple[FacetCount, ...]] = {}


class SilenceResult(Value, frozen=True):
    """A page of silences.

    Attributes:
        total: Silences that match.
        count: Documents that they stand for.
        silences: Those asked for, by date within each kind.
        facets: "kind", "sender" and "month": counts of silences that the other filters leave.
        by_kind: Kind → silences and the documents they stand for, of every kind.
    """

    total: int
    count: int
    silences: tuple[Silence, ...] = ()
    facets: dict[str, tuple[FacetCount, ...]] = {}
    by_kind: dict[str, tuple[int, int]] = {}


def conversations(
    ask: Ask, *, answered: bool, wanted: _Wanted, limit: int, offset: int
) -> ConversationResult:
    """A page of the threads, the longest first, or of what nobody answered, by date.

    Args:
        ask: Asks the stored links.
        answered: Threads; or else documents that nobody answered.
        wanted: "sender", "recipient" and "month", several values of one meaning any of them.
        limit, offset: The page.
    """
    table, fixed = "conversations", f"answered = {int(answered)}"
    where, values = clause(wanted, fixed)
    rows = ask(
        f"SELECT document, size, first, last, recipient FROM {table} {where} "
        "ORDER BY n LIMIT ? OFFSET ?",
        (*values, limit, offset),
    )
    return ConversationResult(
        total=_number(ask, f"SELECT count(*) FROM {table} {where}", values),
        lines=tuple(
            ConversationLine(str(id), int(str(size)), str(first), str(last), str(recipient))
            for id, size, first, last, recipient in rows
        ),
        facets={name: _facet(ask, table, name, wanted, fixed) for name in wanted},
    )


def silences(ask: Ask, *, wanted: _Wanted, limit: int, offset: int) -> SilenceResult:
    """A page of what is not here: of what is known to be, unless kinds are named.

    Args:
        ask: Asks the stored links.
        wanted: "kind", "sender" and "month", several values of one meaning any of them.
        limit, offset: The page.

    Raises:
        UnknownValue: No such kind.
    """
    for name in wanted["kind"]:
        if name not in SILENCES:
            hint = f"it is one of {', '.join(SILENCES)}"
            raise UnknownValue(f"there is no kind of silence {name!r}", hint)
    wanted = {**wanted, "kind": wanted["kind"] or KNOWN}
    where, values = clause(wanted)
    rows = ask(
        f"SELECT whole FROM silences {where} ORDER BY n LIMIT ? OFFSET ?",
        (*values, limit, offset),
    )
    return SilenceResult(
        total=_number(ask, f"SELECT count(*) FROM silences {where}", values),
        count=_number(ask, f"SELECT sum(count) FROM silences {where}", values),
        silences=tuple(msgspec.convert(json.loads(str(row[0])), Silence) for row in rows),
        facets={name: _facet(ask, "silences", name, wanted) for name in wanted},
        by_kind=_by_kind(ask, wanted),
    )


def clause(wanted: _Wanted, fixed: str = "") -> tuple[str, list[object]]:
    """A WHERE clause on columns, several values of one meaning any of them, and its values.

    A month may be a whole year ("1918") or decade ("191X") too.
    """
    parts, values = [fixed] if fixed else [], list[object]()
    for column, some in wanted.items():
        if some and column == "month":
            parts.append(f"({' OR '.join(['month GLOB ?'] * len(some))})")
            values += (f"{_literal(value.rstrip('X'))}*" for value in some)
        elif some:
            parts.append(f"{column} IN ({', '.join('?' * len(some))})")
            values += some
    return (f"WHERE {' AND '.join(parts)}" if parts else ""), values


def _literal(value: str) -> str:
    """A value in which GLOB sees no pattern."""
    return "".join(f"[{c}]" if c in "*?[" else c for c in value)


def _number(ask: Ask, sql: str, values: Sequence[object]) -> int:
    return int(str(ask(sql, values)[0][0] or 0))


def _facet(
    ask: Ask, table: str, name: str, wanted: _Wanted, fixed: str = ""
) -> tuple[FacetCount, ...]:
    where, values = clause({other: v for other, v in wanted.items() if other != name}, fixed)
    also = "AND" if where else "WHERE"
    order = name if name == "month" else f"count(*) DESC, {name}"
    rows = ask(
        f"SELECT {name}, count(*) FROM {table} {where} {also} {name} <> '' "
        f"GROUP BY {name} ORDER BY {order}",
        values,
    )
    return tuple(FacetCount(str(value), int(str(n)), str(value)) for value, n in rows)


def _by_kind(ask: Ask, wanted: _Wanted) -> dict[str, tuple[int, int]]:
    where, values = clause({name: v for name, v in wanted.items() if name != "kind"})
    rows = ask(f"SELECT kind, count(*), sum(count) FROM silences {where} GROUP BY kind", values)
    return {str(kind): (int(str(n)), int(str(count))) for kind, n, count in rows}
