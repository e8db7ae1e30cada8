"""Facets: exact counts, however they are counted, and the most frequent values by name."""

import random
from collections import Counter
from pathlib import Path

import msgspec
import pytest
from search_shelf import MadeUpShelf, paper, write_index

from regesta.documents import Document, Fact, Party
from regesta.edition.search import facets
from regesta.edition.search import state as state_module
from regesta.edition.search.index import SearchIndex
from regesta.edition.search.schema import FACETS, MOST_YEARS
from regesta.edition.search.state import SearchRequest

NAMES = ["Arden", "Brandt", "Corvin", "Dorne", "Elster", "Farrow", "Gault", "Hale"]


def papers() -> list[Document]:
    """Two hundred papers: some with several authors, subjects and years, some with none."""
    chance = random.Random(7)
    made = []
    for i in range(200):
        words = " ".join(chance.sample(["wheat", "coal", "iron", "salt"], chance.randint(1, 4)))
        year = 1900 + chance.randint(0, 30)
        one = paper(
            f"box{i % 5}/d{i}",
            words,
            date=chance.choice(["", str(year), f"{year}-05-0{i % 9 + 1}"]) or None,
            sender=chance.choice(["", *NAMES, *NAMES[:2] * 3]),
            recipient=chance.choice(NAMES),
            place=chance.choice(["", "Port Ellis", "Nordhaven"]),
            subjects=chance.sample(NAMES, chance.randint(0, 5)),
            kind=chance.choice(["", "note", "letter"]),
            language=chance.choice(["", "en", "de"]),
        )
        more = [Fact("sender", Party(name), "given") for name in chance.sample(NAMES, i % 3)]
        made.append(msgspec.structs.replace(one, facts=(*one.facts, *more)))
    return made


PAPERS = papers()
SHELF = MadeUpShelf(PAPERS)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of them."""
    folder = tmp_path_factory.mktemp("facets") / "search"
    write_index(folder, PAPERS)
    return folder


def counted(index: SearchIndex, name: str, ids: set[str]) -> list[tuple[str, int]]:
    """Count one by one: what the filter of each value finds among the found."""
    values = index._current().planner.vocabulary.values(name)
    counts: Counter[str] = Counter()
    for value in ("-", *values):
        found = index.search(SearchRequest(limit=500, **{name: [value]}), SHELF)
        counts[value] = len(ids & {hit.regest.id for hit in found.hits})
    none = counts.pop("-")
    best = sorted(((v, n) for v, n in counts.items() if n), key=lambda p: (-p[1], p[0]))
    return best[: facets.MOST_VALUES] + ([("", none)] if none else [])


@pytest.mark.parametrize(
    "query", ["wheat", "wheat coal", "iron OR salt", "-wheat", "*", "salt -coal"]
)
@pytest.mark.parametrize("way", ["every value", "some values", "sets"])
def test_counts_are_exact(
    folder: Path, query: str, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The most frequent values have exact counts, whichever way is the quickest."""
    monkeypatch.setattr(facets, "MOST_VALUES", 3)
    if way != "every value":
        monkeypatch.setattr(facets, "AT_ONCE", 2)
        monkeypatch.setattr(facets, "LOOK_UP", 10**6)
        monkeypatch.setattr(facets, "MANY", 0)
    if way == "sets":
        monkeypatch.setattr(state_module, "SETS_FROM", 0)
    index = SearchIndex.open(folder)
    found = index.search(SearchRequest(query=query, facets=FACETS, limit=500), SHELF)
    ids = {hit.regest.id for hit in found.hits}
    assert len(ids) == found.total
    assert found.undated == sum(1 for hit in found.hits if hit.regest.date is None)
    for name in ("author", "recipient", "place", "subject", "kind", "language", "collection"):
        rows = [(row.value, row.count) for row in found.facets[name]]
        assert rows == counted(index, name, ids), name


def test_counts_a_span_in_each_of_its_years(tmp_path: Path) -> None:
    """A document of several years counts in each, once in each decade; a long span in none."""
    spans = ["1908/1911", "1909", f"1900/{1900 + MOST_YEARS}", ""]
    dates = [span.split("/") for span in spans]
    from regesta.documents.dates import from_bounds, from_iso

    made = [
        paper(f"x/d{i}", "salt", date=from_bounds(*d) if len(d) > 1 else from_iso(d[0]))
        for i, d in enumerate(dates)
    ]
    index = write_index(tmp_path / "search", made)
    found = index.search(SearchRequest(facets=("year", "decade")), MadeUpShelf(made))
    rows = {name: [(r.value, r.count) for r in found.facets[name]] for name in found.facets}
    assert rows["year"] == [("1908", 1), ("1909", 2), ("1910", 1), ("1911", 1), ("", 2)]
    assert rows["decade"] == [("1900", 2), ("1910", 1), ("", 2)]
