"""Facets: what to count over a whole match, and the counts as rows with their labels."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from regesta.edition.results import FacetCount
from regesta.edition.search_schema import LACKS

#: Facets that can be asked for, in the order in which they are shown.
FACETS = (
    "year", "decade", "collection", "author", "recipient", "place", "subject", "kind", "language",
)  # fmt: skip
#: Facets whose values are index entries with labels of their own.
LABELLED = ("collection", "author", "recipient", "place", "subject")
#: So many values of a facet are given, years and decades all.
MOST_VALUES = 50
_ALL_VALUES = 10_000
_EVERY_VALUE = 10_000_000

Labels = Callable[[str, Sequence[str]], Mapping[str, str]]


def facet_request(names: Sequence[str]) -> dict[str, Any]:
    """Make tantivy's aggregation for facets, with the count of documents that have none."""
    request: dict[str, Any] = {
        name: {
            "terms": {
                "field": name,
                "size": _ALL_VALUES if name in ("year", "decade") else MOST_VALUES,
                # tantivy counts only each segment's most frequent values unless told otherwise.
                "segment_size": _EVERY_VALUE,
            }
        }
        for name in names
    }
    if names:
        request["lacks"] = {"terms": {"field": "lacks", "size": len(LACKS)}}
    return request


def facet_counts(
    names: Sequence[str], answer: Mapping[str, Any], labels: Labels
) -> dict[str, tuple[FacetCount, ...]]:
    """Give the counts by facet: years in order, others most frequent first, "none named" last.

    Args:
        names: The facets asked for.
        answer: tantivy's answer to :func:`facet_request`.
        labels: Gives the labels of the ids of a field.
    """
    lacking = {int(row["key"]): row["doc_count"] for row in _rows(answer, "lacks")}
    counts = {}
    for name in names:
        rows = [(_value(row["key"]), int(row["doc_count"])) for row in _rows(answer, name)]
        rows = [row for row in rows if row[1]]
        if name in ("year", "decade"):
            rows.sort(key=lambda row: int(row[0]))
        else:
            rows.sort(key=lambda row: (-row[1], row[0]))
        known = labels(name, [value for value, _ in rows]) if name in LABELLED else {}
        found = [FacetCount(value, count, _label(name, value, known)) for value, count in rows]
        if none := lacking.get(LACKS["year" if name == "decade" else name], 0):
            found.append(FacetCount("", none, "none named"))
        counts[name] = tuple(found)
    return counts


def _rows(answer: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    rows: list[Mapping[str, Any]] = answer.get(name, {}).get("buckets", [])
    return rows


def _value(key: object) -> str:
    return f"{int(key)}" if isinstance(key, float) else str(key)


def _label(name: str, value: str, known: Mapping[str, str]) -> str:
    return f"{value}s" if name == "decade" else known.get(value) or value
