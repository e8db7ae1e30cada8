"""Names of one place: the located entries of the place index in, each place with its names out.

Yedo and Tokyo lie at one point and are one place; the name that most documents print stands for
it, and the others keep their entries. A name that lies nowhere and is a misprint of one that the
same hand wrote from is that place, too.
"""

from collections import defaultdict
from collections.abc import Sequence

from regesta.describing.persons.names import one_letter_apart
from regesta.documents.base import Value
from regesta.documents.folding import plain_letters
from regesta.edition.record.store import Record

#: Degrees within which two points are one town: gazetteers round, and name one of its squares.
NEAR = 0.015
_PLACES = (
    "SELECT e.key, e.label, e.count, min(d.latitude), min(d.longitude) FROM entries e "
    "JOIN documents d ON d.place_key = e.key WHERE e.name = 'place' GROUP BY e.n ORDER BY e.rank"
)
#: Who wrote from some place: the keys of authors.
_HANDS = (
    "SELECT DISTINCT p.key FROM documents d JOIN parties p ON p.document = d.n "
    "AND p.role = 'author' AND p.key <> '' WHERE d.place_key = ?"
)


class PlaceName(Value, frozen=True):
    """A name of a place: an entry of the index."""

    id: str
    label: str
    count: int


class PlaceGroup(Value, frozen=True):
    """A place with its names, the most frequent first.

    Attributes:
        main: The name that most documents print.
        others: Its other names, old ones, buildings and misprints.
        count: Documents under any of them.
    """

    main: PlaceName
    others: tuple[PlaceName, ...] = ()

    @property
    def count(self) -> int:
        """Documents under any of the names."""
        return self.main.count + sum(name.count for name in self.others)


_Row = tuple[str, str, int, float | None, float | None]


def place_groups(record: Record) -> dict[str, PlaceGroup]:
    """Give the place of every entry that shares it with another, by the entry's id."""
    rows: list[_Row] = record.rows(_PLACES)
    root = _by_point([row for row in rows if row[3] is not None and row[4] is not None])
    _misprints(record, rows, root)
    members: dict[str, list[PlaceName]] = defaultdict(list)
    for key, label, count, *_ in rows:
        if key in root:
            members[root[key]].append(PlaceName(key, label, count))
    found: dict[str, PlaceGroup] = {}
    for names in members.values():
        if len(names) > 1:
            names.sort(key=lambda name: (-name.count, name.label))
            group = PlaceGroup(names[0], tuple(names[1:]))
            found |= dict.fromkeys((name.id for name in names), group)
    return found


def _by_point(rows: Sequence[_Row]) -> dict[str, str]:
    """Entry → the entry that stands for its point: the fullest within reach."""
    root: dict[str, str] = {}
    squares: dict[tuple[int, int], list[_Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (-row[2], row[0])):
        north, east = row[3] or 0.0, row[4] or 0.0
        y, x = int(north // NEAR), int(east // NEAR)
        around = [r for i in (-1, 0, 1) for k in (-1, 0, 1) for r in squares[y + i, x + k]]
        near = [
            r for r in around
            if abs((r[3] or 0.0) - north) <= NEAR and abs((r[4] or 0.0) - east) <= NEAR
        ]  # fmt: skip
        if near:
            root[row[0]] = min(near, key=lambda r: (-r[2], r[0]))[0]
        else:
            root[row[0]] = row[0]
            squares[y, x].append(row)
    return root


def _misprints(record: Record, rows: Sequence[_Row], root: dict[str, str]) -> None:
    """Add what lies nowhere and is one letter from a place from which the same hand wrote."""
    located = [(row[0], _letters(row[1]), row[2]) for row in rows if row[0] in root]
    for key, label, count, *_ in rows:
        if key in root:
            continue
        letters = _letters(label)
        alike = [
            (other, n)
            for other, spelt, n in located
            if n > count and one_letter_apart(letters, spelt)
        ]
        for other, _ in sorted(alike, key=lambda one: (-one[1], one[0])):
            if _hands(record, key) & _hands(record, other):
                root[key] = root[other]
                break


def _letters(label: str) -> str:
    return "".join(c for c in plain_letters(label.lower()) if c.isalnum())


def _hands(record: Record, key: str) -> set[str]:
    return {str(hand) for (hand,) in record.rows(_HANDS, (key,))}
