"""Numbers of values, for counting: an entry's values in, small whole numbers in columns out.

tantivy counts small numbers, one a document and column, three times faster than many numbers of a
document in one. A value keeps its number as long as its index lives; a file beside it knows them.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from regesta.edition.search_schema import COUNTED_BY_NUMBER, COUNTED_FIRST, MORE, SUBJECT_COLUMNS

NUMBERS_FILE = "numbers"
_COLUMNS, _FIELDS = len(SUBJECT_COLUMNS), len(COUNTED_BY_NUMBER)


class Numbers:
    """The numbers of authors, recipients, places and subjects of one index; they only grow.

    Those of "" stand for documents without a value. A subject's number times columns, plus its
    column, is its number among all; in ``MORE`` all fields stand together in the same way.
    """

    def __init__(self, known: dict[str, dict[str, int]] | None = None) -> None:
        self.known = known or {n: {"": none_of(n)} for n in COUNTED_BY_NUMBER}
        filled = Counter(number % _COLUMNS for number in self.known["subject"].values())
        self._filled = [filled[column] for column in range(_COLUMNS)]
        self._size = 0

    @classmethod
    def read(cls, folder: Path) -> "Numbers":
        """Read the numbers of an index; none where there is no file."""
        try:
            data = (folder / NUMBERS_FILE).read_bytes()
        except OSError:
            return cls()
        return cls(msgspec.msgpack.decode(data, type=dict[str, dict[str, int]]))

    def changed(self) -> bytes | None:
        """What the file must hold now; None where nothing is new since this was last asked."""
        size = sum(map(len, self.known.values()))
        if size == self._size:
            return None
        self._size = size
        return msgspec.msgpack.encode(self.known)

    def columns(self, fields: Mapping[str, Sequence[str | int]]) -> dict[str, list[int]]:
        """Give what a document has in the columns that are counted."""
        found: dict[str, list[int]] = {}
        more: list[int] = []
        for at, name in enumerate(COUNTED_FIRST):
            known = self.known[name]
            first, *others = (
                known.setdefault(str(value), len(known) + 1) for value in fields.get(name) or ("",)
            )
            found[f"by_{name}"] = [first]
            more += [number * _FIELDS + at for number in others]
        own = [0] * _COLUMNS
        for number in self._subjects(fields.get("subject") or ("",)):
            if own[number % _COLUMNS]:
                more.append(number * _FIELDS + _FIELDS - 1)
            else:
                own[number % _COLUMNS] = number // _COLUMNS + 1
        found |= {name: [one] for name, one in zip(SUBJECT_COLUMNS, own, strict=True)}
        if more:
            found[MORE] = more
        return found

    def _subjects(self, values: Sequence[str | int]) -> list[int]:
        """The numbers of subjects; a new one gets a column in which its document has no other."""
        known = self.known["subject"]
        numbers = [known.get(str(value), -1) for value in values]
        if -1 in numbers:
            taken = {number % _COLUMNS for number in numbers if number >= 0}
            for at, value in enumerate(values):
                if numbers[at] < 0:
                    free = [c for c in range(_COLUMNS) if c not in taken] or range(_COLUMNS)
                    column = min(free, key=self._filled.__getitem__)
                    numbers[at] = known[str(value)] = self._filled[column] * _COLUMNS + column
                    self._filled[column] += 1
                    taken.add(column)
        return numbers

    def names(self, field: str) -> dict[int, str]:
        """Give the values of a field by their numbers."""
        return {number: value for value, number in self.known[field].items()}


def none_of(field: str) -> int:
    """The number of "", which documents without a value have."""
    return 0 if field == "subject" else 1


def subject_number(column: str, number: int) -> int:
    """The number of a subject, from the number in its column."""
    return (number - 1) * _COLUMNS + SUBJECT_COLUMNS.index(column)


def parted(more: Mapping[int, int]) -> dict[str, dict[int, int]]:
    """Part counts of ``MORE`` by field."""
    found: dict[str, dict[int, int]] = {name: {} for name in COUNTED_BY_NUMBER}
    for number, count in more.items():
        found[COUNTED_BY_NUMBER[number % _FIELDS]][number // _FIELDS] = count
    return found
