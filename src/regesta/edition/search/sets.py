"""Sets of documents, kept beside the search index: what facets count and filters join.

Documents are known by their rank by date, from 0. A set of them is an array of 64-bit words, one
bit a document; two sets of 300,000 are joined in microseconds, which no search engine's own way
of counting comes near. In comes a file that ``sets_making`` wrote; out come sets and columns.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from regesta.edition.search.schema import STRETCH
from regesta.errors import EditionError

SETS_FILE = "sets"
#: Terms that one document in so many has are kept, by their field. Of a stem a query has a few,
#: of a beginning hundreds of forms, so that what forms leave out is found in one look.
KEPT = {"anywhere": 512, "document_exact": 64, "document_pairs": 32, "document_threes": 32}
#: Begins the file; the number changes when what follows does.
MAGIC = b"regesta sets 3\n"

#: What is kept of all documents together.
ARRAYS = (
    "numbers", "stretches", "stretch_ranks", "profiles", "earliest", "latest", "rows",
    "list_starts", "lists",
)  # fmt: skip
#: Fields whose values stand together again and again, so that they are counted together.
PROFILED = (("author", "recipient", "place", "kind", "language"), ("year", "decade"))

#: A set of documents: bit ``rank % 64`` of word ``rank // 64``.
Bits = npt.NDArray[np.uint64]
Ranks = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Column:
    """The values of one field.

    Attributes:
        values: The values, those of the most documents first.
        labels: What each is called.
        numbers: Value → its place among the values.
        totals: Documents of each value.
        starts: Where each value's documents begin in ``ranks``, and the end of the last.
        ranks: Ranks of the documents of each value.
        first: By rank: 1 + the number of the document's first value, 0 where it has none.
        more_at: Where each document's other values begin in ``more``.
        more: 1 + the numbers of all values after the first, by rank.
        more_ranks: Whose they are.
    """

    values: list[str]
    labels: list[str]
    numbers: dict[str, int]
    totals: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int64]
    ranks: Ranks
    first: Ranks
    more_at: npt.NDArray[np.int64]
    more: Ranks
    more_ranks: Ranks

    def of(self, number: int) -> Ranks:
        """The documents of a value."""
        return self.ranks[self.starts[number] : self.starts[number + 1]]


@dataclass
class Sets:
    """The sets of one state of an edition, read as they are needed.

    Attributes:
        sequence: The number of the index that they belong to.
        documents: How many documents there are.
        numbers: Their numbers in the record, by rank.
        stretches: The stretches of numbers that have documents, as
            ``number // STRETCH``.
        stretch_ranks: By stretch and place in it the rank of the document.
        profiles: By group of :data:`PROFILED` and rank: which first values of these fields the
            document has, as one number.
        profile_firsts: Field → the first value of each profile, as in ``Column.first``.
        earliest, latest: First and last possible day as ordinals, 0 where there is none.
        columns: Field → its values.
        terms: Field of :data:`KEPT` → term that stands in many documents → its row in ``rows``, or,
            below 0, its list.
    """

    sequence: int
    documents: int
    numbers: npt.NDArray[np.int64]
    stretches: npt.NDArray[np.int64]
    stretch_ranks: Ranks
    profiles: Ranks
    profile_firsts: dict[str, Ranks]
    earliest: Ranks
    latest: Ranks
    columns: dict[str, Column]
    terms: dict[str, dict[str, int]]
    rows: Bits
    list_starts: npt.NDArray[np.int64]
    lists: Ranks
    _lacking: dict[str, Bits] = field(default_factory=dict, init=False)

    @cached_property
    def all(self) -> Bits:
        """The set of all documents."""
        return self.where(np.ones(self.documents, dtype=np.bool_))

    @cached_property
    def undated(self) -> Bits:
        """The documents without a date."""
        return self.where(self.earliest == 0)

    def lacking(self, name: str) -> Bits:
        """The documents without a value of a field, or without a date."""
        if name == "date":
            return self.undated
        if name not in self._lacking:
            self._lacking[name] = self.where(self.columns[name].first == 0)
        return self._lacking[name]

    def between(self, first: int, last: int, *, within: bool) -> Bits:
        """The documents whose date overlaps a range of days, or lies in it as a whole."""
        low, high = (self.earliest, self.latest) if within else (self.latest, self.earliest)
        return self.where((low >= first) & (high <= last) & (self.earliest > 0))

    def where(self, told: npt.NDArray[np.bool_]) -> Bits:
        """A set from one truth a document."""
        words = np.zeros(words_of(self.documents), dtype=np.uint64)
        packed = np.packbits(told, bitorder="little")
        words.view(np.uint8)[: len(packed)] = packed
        return words

    def of_ranks(self, ranks: Ranks) -> Bits:
        """A set from ranks."""
        told = np.zeros(self.documents, dtype=np.bool_)
        told[ranks] = True
        return self.where(told)

    def told(self, bits: Bits) -> npt.NDArray[np.bool_]:
        """One truth a document from a set."""
        octets = np.unpackbits(bits.view(np.uint8), count=self.documents, bitorder="little")
        return octets.view(np.bool_)

    def has(self, bits: Bits, numbers: Sequence[int]) -> list[bool]:
        """Whether a set has each of some documents, given by their numbers in the record."""
        ranks = self.ranks_of(numbers)
        there = bits[ranks >> 6] >> (ranks & 63).astype(np.uint64) & np.uint64(1)
        return cast(list[bool], there.astype(np.bool_).tolist())

    def by_date(self, bits: Bits, first: int, last: int, *, descending: bool) -> list[int]:
        """Numbers of a page of a set in the order of dates, undated documents at the end."""
        ranks = np.flatnonzero(self.told(bits))
        if descending:
            dated = len(ranks) - size(bits & self.undated)
            ranks = np.concatenate([ranks[:dated][::-1], ranks[dated:][::-1]])
        return cast(list[int], self.numbers[ranks[first:last]].tolist())

    def term(self, field: str, term: str) -> Bits | None:
        """The documents with a term of a field, or None where it is too rare to be kept."""
        row = self.terms[field].get(term)
        if row is None:
            return None
        if row >= 0:
            return cast(Bits, self.rows[row])
        at = -row - 1
        return self.of_ranks(self.lists[self.list_starts[at] : self.list_starts[at + 1]])

    def of_numbers(self, numbers: Sequence[int] | npt.NDArray[np.int64]) -> Bits:
        """A set from documents' numbers in the record."""
        return self.of_ranks(self.ranks_of(numbers))

    def ranks_of(self, numbers: Sequence[int] | npt.NDArray[np.int64]) -> Ranks:
        """Ranks of documents by their numbers in the record."""
        given = np.asarray(numbers, dtype=np.int64)
        places = np.searchsorted(self.stretches, given // STRETCH)
        return self.stretch_ranks[places, given % STRETCH]

    def of_sums(self, begun: Sequence[float], sums: Sequence[float]) -> Bits:
        """A set from sums of ``bit``, each of a stretch of numbers that begins with ``begun``."""
        at = np.searchsorted(self.stretches, np.asarray(begun, dtype=np.int64) // STRETCH)
        octets = np.asarray(sums, dtype=np.float64).astype(np.uint64).view(np.uint8)
        there = np.unpackbits(octets.reshape(-1, 8), axis=1, count=STRETCH, bitorder="little")
        return self.of_ranks(self.stretch_ranks[at][there.view(np.bool_)])


def words_of(documents: int) -> int:
    """How many words a set of so many documents takes."""
    return (documents + 63) // 64


def size(bits: Bits) -> int:
    """How many documents a set has."""
    return int(np.bitwise_count(bits).sum())


def write_sets(path: Path, header: dict[str, Any], arrays: dict[str, npt.NDArray[Any]]) -> None:
    """Write a header and arrays so that they can be read without being copied."""
    places: dict[str, list[Any]] = {}
    at = 0
    for name, array in arrays.items():
        places[name] = [array.dtype.str, list(array.shape), at]
        at += -(-array.nbytes // 64) * 64
    head = json.dumps({**header, "arrays": places}, ensure_ascii=False).encode()
    head += b" " * (-(len(MAGIC) + 8 + len(head)) % 64)
    beside = path.with_name(f"{path.name}.new")
    with beside.open("wb") as file:
        file.write(MAGIC + len(head).to_bytes(8, "little") + head)
        for array in arrays.values():
            file.write(np.ascontiguousarray(array).data)
            file.write(b"\0" * (-array.nbytes % 64))
    beside.replace(path)


def read_sets(folder: Path) -> Sets | None:
    """Open the sets of an index folder; None where it has none.

    Raises:
        EditionError: The file is not whole, or of another version.
    """
    path = folder / SETS_FILE
    try:
        data = np.memmap(path, dtype=np.uint8, mode="r")
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise _spoilt(path) from error
    begun = len(MAGIC) + 8
    if bytes(data[: len(MAGIC)]) != MAGIC:
        raise _spoilt(path)
    length = int.from_bytes(bytes(data[len(MAGIC) : begun]), "little")
    try:
        header = json.loads(bytes(data[begun : begun + length]))
        arrays = {
            name: _array(data, begun + length + at, dtype, shape)
            for name, (dtype, shape, at) in header["arrays"].items()
        }
    except ValueError as error:
        raise _spoilt(path) from error
    columns = {name: _column(name, given, arrays) for name, given in header["columns"].items()}
    return Sets(
        sequence=header["sequence"],
        documents=header["documents"],
        # Sets that were made before forms were kept have stems alone.
        terms={name: {} for name in KEPT} | {"anywhere": header["stems"]} | header.get("terms", {}),
        columns=columns,
        profile_firsts={n: arrays[f"{n}.profile"] for group in PROFILED for n in group},
        **{name: arrays[name] for name in ARRAYS},
    )


def _array(
    data: npt.NDArray[np.uint8], at: int, dtype: str, shape: Sequence[int]
) -> npt.NDArray[Any]:
    count = int(np.prod(shape))
    made = np.frombuffer(data.data, dtype=dtype, count=count, offset=at)
    return made.reshape(shape)


def _column(name: str, given: dict[str, list[str]], arrays: dict[str, npt.NDArray[Any]]) -> Column:
    values = given["values"]
    starts = arrays[f"{name}.starts"]
    return Column(
        values=values,
        labels=given["labels"],
        numbers={value: number for number, value in enumerate(values)},
        totals=np.diff(starts),
        starts=starts,
        **{
            part: arrays[f"{name}.{part}"]
            for part in ("ranks", "first", "more_at", "more", "more_ranks")
        },
    )


def _spoilt(path: Path) -> EditionError:
    return EditionError(
        f"{path}: the sets of the search index are spoilt", "build the edition again"
    )
