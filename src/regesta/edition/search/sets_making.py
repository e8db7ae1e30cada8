"""Making the sets of an edition: its record and its search index in, one file beside the index out.

They are made anew at every build: a document that comes in moves the ranks of all after it.
"""

import sqlite3
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import tantivy

from regesta.edition.search.matching import documents_of
from regesta.edition.search.schema import (
    KEY_FIELDS,
    MOST_YEARS,
    SETS_FROM,
    STRETCH,
    day_bounds,
    register_tokenizers,
)
from regesta.edition.search.sets import (
    ARRAYS,
    KEPT,
    PROFILED,
    SETS_FILE,
    Sets,
    words_of,
    write_sets,
)
from regesta.edition.search.writer import read_sequence

#: Terms of one document in so many are kept as bits, rarer ones as lists.
FREQUENT = 32
_AT_ONCE = 100_000


def make_sets(db: sqlite3.Connection, folder: Path) -> None:
    """Write the sets that belong to an index.

    Args:
        db: The record, with all documents in their order.
        folder: The index, committed.
    """
    numbers = np.array(
        [n for (n,) in db.execute("SELECT n FROM documents ORDER BY rank")], dtype=np.int64
    )
    dates = db.execute("SELECT earliest, latest FROM documents ORDER BY rank").fetchall()
    columns = {name: _listed(db, name, numbers) for name in KEY_FIELDS}
    save_sets(folder, numbers, dates, columns)


class Values:
    """The values of one field while they are gathered: value, label and rank by rank."""

    def __init__(self) -> None:
        self.labels: dict[str, str] = {}
        self._ranks: dict[str, npt.NDArray[np.int32]] = {}

    def add(self, value: str, label: str, ranks: npt.NDArray[Any]) -> None:
        """Add a value with its documents."""
        self.labels[value] = label
        self._ranks[value] = ranks.astype(np.int32)

    def arrays(self, name: str, documents: int) -> tuple[dict[str, Any], dict[str, Any]]:
        """Give the header's part and the arrays of a column; see ``sets.Column``."""
        ranks = self._ranks
        values = sorted(ranks, key=lambda value: (-len(ranks[value]), value))
        lengths = np.array([len(ranks[value]) for value in values], dtype=np.int64)
        joined = np.concatenate([ranks[v] for v in values]) if values else np.zeros(0, np.int32)
        codes = np.repeat(np.arange(1, len(values) + 1, dtype=np.int32), lengths)
        order = np.argsort(joined, kind="stable")
        of_rank, code = joined[order], codes[order]
        leads = np.ones(len(of_rank), dtype=np.bool_)
        leads[1:] = of_rank[1:] != of_rank[:-1]
        first = np.zeros(documents, dtype=np.int32)
        first[of_rank[leads]] = code[leads]
        others = of_rank[~leads]
        arrays = {
            "starts": np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
            "ranks": joined.astype(np.int32),
            "first": first,
            "more_at": np.searchsorted(others, np.arange(documents + 1)).astype(np.int64),
            "more": code[~leads],
            "more_ranks": others.astype(np.int32),
        }
        head = {"values": values, "labels": [self.labels[value] for value in values]}
        return head, {f"{name}.{part}": array for part, array in arrays.items()}


def save_sets(
    folder: Path,
    numbers: npt.NDArray[np.int64],
    dates: Sequence[tuple[str | None, str | None]],
    columns: dict[str, Values],
) -> None:
    """Write sets of what was gathered by rank, with the stems that the index has."""
    documents = len(numbers)
    bounds = np.array([_bounds(*pair) for pair in dates], dtype=np.int32).reshape(-1, 2)
    header: dict[str, Any] = {
        "sequence": read_sequence(folder),
        "documents": documents,
        "columns": {},
        "stems": {},
    }
    arrays: dict[str, npt.NDArray[Any]] = {
        "numbers": numbers,
        **_stretches(numbers),
        "earliest": bounds[:, 0].copy(),
        "latest": bounds[:, 1].copy(),
    }
    spans = (("year", _spans(dates, 1)), ("decade", _spans(dates, 10)))
    for name, values in (*columns.items(), *spans):
        header["columns"][name], made = values.arrays(name, documents)
        arrays |= made
    arrays |= _profiles(arrays)
    blank: dict[str, npt.NDArray[Any]] = {
        "rows": np.zeros((0, words_of(documents)), dtype=np.uint64),
        "list_starts": np.zeros(1, dtype=np.int64),
        "lists": np.zeros(0, dtype=np.int32),
    }
    bare = Sets(
        sequence=0,
        documents=documents,
        columns={},
        terms={},
        profile_firsts={},
        **{name: (arrays | blank)[name] for name in ARRAYS},
    )
    if documents >= SETS_FROM:
        terms, blank = _terms(folder, bare)
        header |= {"stems": terms.pop("anywhere"), "terms": terms}
    write_sets(folder / SETS_FILE, header, arrays | blank)


def _stretches(numbers: npt.NDArray[np.int64]) -> dict[str, npt.NDArray[Any]]:
    """Where to find a rank by a number; see ``sets.Sets``."""
    stretches, at = np.unique(numbers // STRETCH, return_inverse=True)
    ranks = np.zeros((len(stretches), STRETCH), dtype=np.int32)
    ranks[at, numbers % STRETCH] = np.arange(len(numbers), dtype=np.int32)
    return {"stretches": stretches, "stretch_ranks": ranks}


def _bounds(earliest: str | None, latest: str | None) -> tuple[int, int]:
    """First and last day as the index has them; 0 where there is none."""
    first, last = day_bounds(earliest, latest)
    return first or 0, last or 0


def _listed(db: sqlite3.Connection, name: str, numbers: npt.NDArray[np.int64]) -> Values:
    """The documents of each value of a field."""
    values = Values()
    if name in ("kind", "language"):
        found = [v for (v,) in db.execute(f"SELECT {name} FROM documents ORDER BY rank")]
        known, codes = np.unique(np.array(found, dtype=object), return_inverse=True)
        for code, value in enumerate(known):
            if value:
                values.add(value, value, np.flatnonzero(codes == code))
        return values
    rows = db.execute(
        "SELECT n, key, label FROM entries WHERE name = ? ORDER BY n", (name,)
    ).fetchall()
    if not rows:
        return values
    # The entries of an index are numbered in a row, so that what they list is one stretch.
    listed = _pairs(
        db,
        "SELECT entry, document FROM listed WHERE entry BETWEEN ? AND ? ORDER BY entry",
        (rows[0][0], rows[-1][0]),
    )
    order = np.argsort(numbers)
    ranks = order[np.searchsorted(numbers[order], listed[:, 1])]
    ranks = ranks[np.lexsort((ranks, listed[:, 0]))]
    ends = np.searchsorted(listed[:, 0], [n for n, _, _ in rows], side="right").tolist()
    for (_, key, label), start, end in zip(rows, [0, *ends], ends, strict=False):
        if end > start:
            values.add(key, label or key, ranks[start:end])
    return values


def _pairs(db: sqlite3.Connection, sql: str, among: tuple[int, int]) -> npt.NDArray[np.int64]:
    cursor = db.execute(sql, among)
    parts = [np.zeros((0, 2), dtype=np.int64)]
    while rows := cursor.fetchmany(_AT_ONCE):
        flat = np.fromiter(chain.from_iterable(rows), dtype=np.int64, count=2 * len(rows))
        parts.append(flat.reshape(-1, 2))
    return np.concatenate(parts)


def _profiles(arrays: dict[str, npt.NDArray[Any]]) -> dict[str, npt.NDArray[Any]]:
    """Number the first values that documents have together; see ``sets.Sets``."""
    made: dict[str, npt.NDArray[Any]] = {}
    groups: list[npt.NDArray[np.int32]] = []
    for names in PROFILED:
        firsts = [arrays[f"{name}.first"] for name in names]
        profiles = np.zeros(len(firsts[0]), dtype=np.int64)
        for first in firsts:
            joined = profiles * (int(first.max(initial=0)) + 1) + first
            profiles = np.unique(joined, return_inverse=True)[1]
        at = np.unique(profiles, return_index=True)[1]
        made |= {f"{name}.profile": first[at] for name, first in zip(names, firsts, strict=True)}
        groups.append(profiles.astype(np.int32))
    return {"profiles": np.array(groups)} | made


def _spans(dates: Sequence[tuple[str | None, str | None]], length: int) -> Values:
    """The documents of each year or decade: of all that a document's date touches."""
    found: dict[int, list[int]] = {}
    for rank, pair in enumerate(dates):
        touched = _touched(*pair) if any(_bounds(*pair)) else ()
        for span in {year // length * length for year in touched}:
            found.setdefault(span, []).append(rank)
    values = Values()
    for span, ranks in found.items():
        values.add(str(span), str(span) if length == 1 else f"{span}s", np.array(ranks))
    return values


def _touched(earliest: str | None, latest: str | None) -> Sequence[int]:
    """The years of a date, as the index takes them; none of a span too long."""
    known = earliest or latest
    if not known:
        return ()
    first, last = int((earliest or known)[:4]), int((latest or known)[:4])
    return range(first, last + 1) if last - first < MOST_YEARS else ()


def _terms(
    folder: Path, sets: Sets
) -> tuple[dict[str, dict[str, int]], dict[str, npt.NDArray[Any]]]:
    """The documents of every term that many documents have; see ``sets.Sets``."""
    index = tantivy.Index.open(str(folder))
    register_tokenizers(index)
    searcher = index.searcher()
    found = [
        (field, term, count)
        for field, share in KEPT.items()
        for term, count in searcher.terms_with_prefix(field, "")
        if count >= max(sets.documents // share, 1)
    ]
    # Made in place: of a large edition these are hundreds of megabytes, which nothing doubles.
    frequent = [count * FREQUENT >= sets.documents for _, _, count in found]
    rows = np.zeros((sum(frequent), words_of(sets.documents)), dtype=np.uint64)
    rarer = [count for (_, _, count), often in zip(found, frequent, strict=True) if not often]
    lists, starts = np.zeros(sum(rarer), dtype=np.int32), [0]
    terms: dict[str, dict[str, int]] = {field: {} for field in KEPT}
    row = 0
    for (field, term, count), often in zip(found, frequent, strict=True):
        query = tantivy.Query.term_query(index.schema, field, term, "freq")
        bits = documents_of(searcher, sets, query, count)
        if often:
            rows[row], terms[field][term] = bits, row
            row += 1
        else:
            ranks = np.flatnonzero(sets.told(bits))
            terms[field][term] = -len(starts)
            starts.append(starts[-1] + len(ranks))
            lists[starts[-2] : starts[-1]] = ranks
    return terms, {
        "rows": rows,
        "list_starts": np.array(starts, dtype=np.int64),
        "lists": lists[: starts[-1]],
    }
