"""Ids near one that is not there: a record and the id in, a few ids out, the likeliest first.

A collection has thousands of ids that differ in a digit, and comparing each with the one asked for
took up to a tenth of a second. What one slip of the pen makes of an id is looked up instead.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from regesta.edition.record.store import Record

#: Ids that are named; ids looked up in one statement, and in all.
SHOWN, _AT_ONCE, _MOST = 3, 500, 4_000
#: Longest local id whose slips are tried.
_LONGEST = 60
_NUMBER = re.compile(r"\d+")
_SIGNS = "0123456789abcdefghijklmnopqrstuvwxyz-_."


def near_ids(record: Record, collection: str, local_id: str) -> list[str]:
    """Ids of a collection near a local id that it has not.

    Those that differ by one sign, or by two that stand side by side and are exchanged; else the
    neighbours in the order of ids, those with the same beginning first.

    Args:
        record: The record.
        collection: One that it has.
        local_id: What was asked for.
    """
    found = list[str]()
    asked = local_id[:_LONGEST]
    slips = [f"{collection}/{slip}" for slip in dict.fromkeys(_slips(asked))][:_MOST]
    for start in range(0, len(slips), _AT_ONCE):
        some = slips[start : start + _AT_ONCE]
        there = {id for (id,) in record.rows(_named(len(some)), some)}
        found += [id for id in some if id in there]
        if len(found) >= SHOWN:
            return found[:SHOWN]
    beside = _beside(record, collection, asked)
    return list(dict.fromkeys([*found, *beside]))[:SHOWN]


def _named(count: int) -> str:
    return f"SELECT id FROM documents WHERE id IN ({', '.join('?' * count)})"


def _slips(id: str) -> Iterator[str]:
    """What one slip makes of an id, the likelier slips first."""
    if id.lower() != id:
        yield id.lower()
    yield id.upper()
    for match in _NUMBER.finditer(id):  # "d05" for "d5", "d5" for "d005"
        bare = match[0].lstrip("0") or "0"
        for width in range(1, 6):
            yield f"{id[: match.start()]}{bare.zfill(width)}{id[match.end() :]}"
    for at in range(len(id) - 1):
        yield f"{id[:at]}{id[at + 1]}{id[at]}{id[at + 2 :]}"
    for at in range(len(id)):
        yield id[:at] + id[at + 1 :]
    signs = [*_SIGNS, *sorted({c for c in id if c not in _SIGNS})]
    for at in range(len(id), -1, -1):  # ids of one series differ at their end
        yield from (f"{id[:at]}{sign}{id[at:]}" for sign in signs)
        yield from (f"{id[:at]}{sign}{id[at + 1 :]}" for sign in signs if at < len(id))


def _beside(record: Record, collection: str, local_id: str) -> Sequence[str]:
    """The ids before and after, those with the longer common beginning first."""
    id = f"{collection}/{local_id}"
    sql = "SELECT id FROM documents WHERE id {} ? AND collection = ? ORDER BY id {} LIMIT 2"
    after = record.rows(sql.format(">", "ASC"), (id, collection))
    before = record.rows(sql.format("<", "DESC"), (id, collection))
    return sorted((row[0] for row in (*after, *before)), key=lambda other: -_common(id, other))


def _common(one: str, other: str) -> int:
    """How many signs two ids begin with in common."""
    both = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], both))
