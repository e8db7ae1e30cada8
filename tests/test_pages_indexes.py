"""How an index is set: headings in, the lines of a printed index out."""

import pytest

from regesta.edition.results import IndexEntry
from regesta.serving.pages.indexes import index_lines


@pytest.mark.parametrize(
    ("labels", "lines"),
    [
        (["Corn", "Salt"], ["Corn 1", "Salt 1"]),
        (["Corn: duties", "Salt: duties"], ["Corn: duties 1", "Salt: duties 1"]),
        (["Corn: duties", "Corn: price"], ["Corn", " duties 1", " price 1"]),
        (["Corn", "Corn: price"], ["Corn 1", " price 1"]),
        (
            ["Corn: sea: rates", "Corn: sea: rules", "Corn: war", "Salt"],
            ["Corn", " sea", "  rates 1", "  rules 1", " war 1", "Salt 1"],
        ),
        (["Corn: sea: rates", "Corn: war"], ["Corn", " sea: rates 1", " war 1"]),
        ([], []),
    ],
)
def test_headings_stand_once(labels: list[str], lines: list[str]) -> None:
    """A broader heading stands once, with what is under it indented; lone ones stay whole."""
    entries = [IndexEntry(label=label, id=label, count=1) for label in labels]
    shown = [
        " " * line.depth + line.label + (f" {line.entry.count}" if line.entry else "")
        for line in index_lines(entries)
    ]
    assert shown == lines
