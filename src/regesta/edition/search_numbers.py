"""Numbers of values, for counting: an entry's values in, small whole numbers in columns out.

tantivy counts small numbers, one a document and column, five times faster than many numbers of a
document in one. A value keeps its number as long as its index lives; a file beside it knows them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from regesta.edition.search_schema import (
    COUNTED_FIRST,
    MORE_SUBJECTS,
    OFTEN_COLUMNS,
    RARE_SUBJECTS,
    SearchEntry,
)

NUMBERS_FILE = "numbers"
#: A subject is frequent if its first source has it in so many documents, and in this share of them.
#: Developed on the corpora: such headings are a sixth of all and hold six tenths of the places.
OFTEN, OFTEN_SHARE = 8, 0.015
_COLUMNS = len(OFTEN_COLUMNS)
#: Names of the two lists of subjects; a number of the first names its column as well.
_OFTEN, _RARE = "often", "rare"

Known = dict[str, dict[str, int]]


class Numbers:
    """The numbers of authors, recipients, places and subjects of one index; they only grow.

    Every list begins with "", which documents without a value have.
    """

    def __init__(self, known: Known | None = None) -> None:
        self.known: Known = known or {name: {"": 1} for name in COUNTED_FIRST}
        if _OFTEN not in self.known:
            self.known |= {_OFTEN: {"": 0}, _RARE: {}}
        filled = Counter(number % _COLUMNS for number in self.known[_OFTEN].values())
        self._filled = [filled[column] for column in range(_COLUMNS)]
        self._size = 0

    @classmethod
    def read(cls, folder: Path) -> "Numbers":
        """Read the numbers of an index; none where there is no file."""
        try:
            data = (folder / NUMBERS_FILE).read_bytes()
        except OSError:
            return cls()
        return cls(msgspec.msgpack.decode(data, type=Known))

    def changed(self) -> bytes | None:
        """What the file must hold now; None where nothing is new since this was last asked."""
        size = sum(map(len, self.known.values()))
        if size == self._size:
            return None
        self._size = size
        return msgspec.msgpack.encode(self.known)

    def learn(self, entries: Sequence[SearchEntry]) -> None:
        """Look at all documents of a source at once: which of their subjects are frequent."""
        often, rare = self.known[_OFTEN], self.known[_RARE]
        found = [entry.fields.get("subject", ()) for entry in entries]
        counts = Counter(value for values in found for value in values)
        least = max(OFTEN, len(entries) * OFTEN_SHARE)
        new = {v for v, n in counts.items() if n >= least and v not in often and v not in rare}
        if new:
            for values in found:
                self._place([str(value) for value in values], new)

    def _place(self, values: Sequence[str], new: set[str | int]) -> None:
        """Give new frequent subjects of a document columns in which it has no other, if it can."""
        often = self.known[_OFTEN]
        taken = {often[value] % _COLUMNS for value in values if value in often}
        for value in values:
            if value not in new or value in often:
                continue
            free = [c for c in range(_COLUMNS) if c not in taken] or range(_COLUMNS)
            column = min(free, key=self._filled.__getitem__)
            often[value] = self._filled[column] * _COLUMNS + column
            self._filled[column] += 1
            taken.add(column)

    def columns(self, fields: Mapping[str, Sequence[str | int]]) -> dict[str, list[int]]:
        """Give what a document has in the columns that are counted."""
        found: dict[str, list[int]] = {}
        for name in COUNTED_FIRST:
            known = self.known[name]
            first, *others = (
                known.setdefault(str(value), len(known) + 1) for value in fields.get(name) or ("",)
            )
            found[f"by_{name}"] = [first]
            if others:
                found[f"more_{name}"] = others
        self._add_subjects(found, fields.get("subject") or ("",))
        return found

    def _add_subjects(self, found: dict[str, list[int]], values: Iterable[str | int]) -> None:
        often, rare = self.known[_OFTEN], self.known[_RARE]
        own, more, others = [0] * _COLUMNS, list[int](), list[int]()
        for value in values:
            number = often.get(str(value))
            if number is None:
                others.append(rare.setdefault(str(value), len(rare) + 1))
            elif own[number % _COLUMNS]:
                more.append(number)
            else:
                own[number % _COLUMNS] = number // _COLUMNS + 1
        for name, one in zip(OFTEN_COLUMNS, own, strict=True):
            found[name] = [one]
        found |= {k: v for k, v in ((MORE_SUBJECTS, more), (RARE_SUBJECTS, others)) if v}

    def names(self, field: str) -> dict[int, str]:
        """Give the values of a field by their numbers; rare subjects have theirs below zero."""
        if field != "subject":
            return {number: value for value, number in self.known[field].items()}
        often = {number: value for value, number in self.known[_OFTEN].items()}
        return often | {-number: value for value, number in self.known[_RARE].items()}


def none_of(field: str) -> int:
    """The number of "", which documents without a value have."""
    return 0 if field == "subject" else 1


def often_number(column: str, number: int) -> int:
    """The number of a frequent subject, from the number in one of its columns."""
    return (number - 1) * _COLUMNS + OFTEN_COLUMNS.index(column)
