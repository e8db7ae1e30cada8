"""Sets beside the search index: what they say is what the index says, whichever is asked."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from search_shelf import MadeUpShelf, paper, write_index
from test_facets import PAPERS

from regesta.edition.search import matching, sets_making
from regesta.edition.search import state as state_module
from regesta.edition.search.index import SearchIndex
from regesta.edition.search.schema import FACETS
from regesta.edition.search.sets import SETS_FILE, Sets, read_sets, size
from regesta.edition.search.state import SearchRequest
from regesta.errors import EditionError

SHELF = MadeUpShelf(PAPERS)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index with sets of all stems: of the frequent as bits, of the others as lists."""
    folder = tmp_path_factory.mktemp("sets") / "search"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sets_making, "SETS_FROM", 0)
        patch.setattr(sets_making, "FREQUENT", 5)
        write_index(folder, PAPERS)
    return folder


@pytest.fixture(scope="module")
def sets(folder: Path) -> Sets:
    """Its sets."""
    found = read_sets(folder)
    assert found is not None
    return found


QUERIES = [
    "", "wheat", "wheats", "coal iron", "coal -iron", "wheat OR salt", "(wheat OR salt) coal",
    "zebra", "-zebra", "wheat date:1905..1910", "date:-", "kind:note", "subject:-", '"coal iron"',
    "sal*", "=wheat", "salt~1", "sal~1 -text:co*", "wheat kind:letter",
    "author:arden coal", "language:DE", "wheat wheat",
]  # fmt: skip
FILTERS: list[dict[str, object]] = [
    {}, {"author": ["arden"]}, {"author": ["Arden", "-"]}, {"subject": ["hale", "gault"]},
    {"kind": ["note"]}, {"language": ["de"], "place": ["-"]}, {"collection": ["box1"]},
    {"first": "1905", "last": "1910"}, {"first": "1905", "last": "1905-05-03", "within": True},
    {"last": "1910", "undated": True}, {"place": ["nowhere"]},
]  # fmt: skip


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("filters", FILTERS, ids=str)
def test_sets_say_what_the_index_says(
    folder: Path, query: str, filters: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counts, undated documents, pages and facets are the same with sets and without."""
    for sort in ("relevance", "date", "-date"):
        request = SearchRequest(query=query, facets=FACETS, sort=sort, limit=500, **filters)  # type: ignore[arg-type]
        monkeypatch.setattr(state_module, "SETS_FROM", 10**9)
        plain = SearchIndex.open(folder).search(request, SHELF)
        monkeypatch.setattr(state_module, "SETS_FROM", 0)
        monkeypatch.setattr(matching, "RARE", 1)
        joined = SearchIndex.open(folder).search(request, SHELF)
        for name in ("total", "undated", "undated_excluded", "facets", "killed_by"):
            assert getattr(plain, name) == getattr(joined, name), name
        assert {hit.regest.id for hit in plain.hits} == {hit.regest.id for hit in joined.hits}
        if any(hit.score for hit in plain.hits):
            assert plain.hits == joined.hits
        days = [hit.regest.date and hit.regest.date.earliest for hit in joined.hits]
        dated = [day for day in days if day]
        if sort != "relevance":
            assert dated == sorted(dated, reverse=sort == "-date")
            assert days[: len(dated)] == dated


def test_pages_by_date_follow_each_other(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages by date give every document once, backwards in the opposite order."""
    monkeypatch.setattr(state_module, "SETS_FROM", 0)
    index = SearchIndex.open(folder)
    orders = []
    for sort in ("date", "-date"):
        pages = [
            index.search(SearchRequest(query="coal", sort=sort, limit=30, offset=at), SHELF).hits
            for at in range(0, 200, 30)
        ]
        orders.append([hit.regest for page in pages for hit in page])
    assert len({regest.id for regest in orders[0]}) == len(orders[0])
    dated = [[regest.id for regest in order if regest.date] for order in orders]
    assert dated[0] == dated[1][::-1]


@pytest.mark.parametrize("costs", [(0.0, 1.0), (1.0, 0.0)], ids=["hits", "sums"])
def test_the_index_gives_its_documents(
    folder: Path, sets: Sets, costs: tuple[float, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hits one by one and sums of bits name the same documents."""
    monkeypatch.setattr(matching, "_HIT", costs[0])
    monkeypatch.setattr(matching, "_SUM", costs[1])
    monkeypatch.setattr(matching, "_SUMMED", 0.0)
    state = SearchIndex.open(folder)._current()
    for word in ("wheat", "salt", "zebra"):
        query = state.planner._term("anywhere", f"{word}E", 1.0)
        count = state.searcher.search(query, 1).count  # type: ignore[attr-defined]
        bits = matching.documents_of(state.searcher, sets, query, count)
        assert size(bits) == count
        kept = sets.term("anywhere", f"{word}E")
        assert (kept is None) == (count == 0)
        assert kept is None or np.array_equal(kept, bits)


def test_stems_are_kept_as_bits_or_lists(sets: Sets) -> None:
    """A frequent stem has a row of bits, a rarer one a list; both are sets of its documents."""
    assert {row >= 0 for row in sets.terms["anywhere"].values()} == {True, False}
    assert size(sets.all) == sets.documents == len(PAPERS)
    numbers = sets.numbers.tolist()
    assert np.array_equal(sets.of_numbers(numbers), sets.all)


def test_spoilt_sets_are_told(folder: Path, tmp_path: Path) -> None:
    """Sets that are missing, of another state, or no sets at all, name the way out."""
    write_index(tmp_path / "search", PAPERS[:3])
    path = tmp_path / "search" / SETS_FILE
    request = SearchRequest(facets=("kind",))

    def search() -> int:
        return SearchIndex.open(path.parent).search(request, SHELF).total

    assert search() == 3
    path.write_bytes((folder / SETS_FILE).read_bytes())
    with pytest.raises(EditionError, match="missing"):
        search()
    path.write_bytes(b"nothing of the kind")
    with pytest.raises(EditionError, match="spoilt"):
        search()
    path.unlink()
    with pytest.raises(EditionError, match="build the edition again"):
        search()
    assert SearchIndex.open(path.parent).search(SearchRequest(), SHELF).total == 3


#: A form or phrase in the text of some, in the note or heading of others.
WRITTEN = [
    paper(
        f"desk/d{i}",
        ("They wrote of the harbour. ", "The keeper of his boats came. ", "All of them left. ")[
            i % 3
        ]
        + ("Harbor dues are paid. ", "", "Harbours were shut. ", "The arbour is green. ")[i % 4],
        note=("", "of his own harbour", "Of the", "harboured")[i % 4] if i % 5 else "",
        heading="One of the keepers" if i % 7 == 0 else "",
        date=f"19{i % 30:02}" if i % 6 else None,
        kind=("note", "letter")[i % 2],
    )
    for i in range(120)
]


@pytest.mark.parametrize(
    "query",
    [
        "harb*", "harbor~1", "harbuor~1", "harbors~2", "=harbour", '"of the"', '"of his"',
        '"one of the"',
        '"wrote of the"', '"the keeper of his"', "harb* -harbor~1", '"of his" OR harbours~1',
        'text:harb*', 'note:harb*', 'note:"of the"', '"of hi*"', "kind:note har*", "zzz*",
    ],
)  # fmt: skip
def test_forms_and_phrases_are_joined_with_what_else_has_them(
    tmp_path_factory: pytest.TempPathFactory, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Facets of a beginning, a slip or a phrase are the same whether its terms are kept or not."""
    folder = tmp_path_factory.getbasetemp() / "written" / "search"
    shelf = MadeUpShelf(WRITTEN)
    if not folder.exists():
        monkeypatch.setattr(sets_making, "SETS_FROM", 0)
        write_index(folder, WRITTEN)
    found = []
    for least in (10**9, 0):
        monkeypatch.setattr(state_module, "SETS_FROM", least)
        monkeypatch.setattr(matching, "RARE", 3)
        result = SearchIndex.open(folder).search(SearchRequest(query=query, facets=FACETS), shelf)
        found.append((result.total, result.undated, result.facets))
    assert found[0] == found[1]


def test_sets_of_stems_alone_serve_as_well(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An edition whose sets were made before forms were kept answers as one that has them."""
    old = tmp_path / "search"
    shutil.copytree(folder, old)
    data = (old / SETS_FILE).read_bytes()
    assert b'"terms": {"document_exact"' in data
    (old / SETS_FILE).write_bytes(data.replace(b'"terms": {"document_', b'"later": {"document_'))
    monkeypatch.setattr(state_module, "SETS_FROM", 0)
    monkeypatch.setattr(matching, "RARE", 1)
    for query in ("sal*", "wheat~1", "coal iron"):
        request = SearchRequest(query=query, facets=FACETS)
        results = [SearchIndex.open(path).search(request, SHELF) for path in (folder, old)]
        assert results[0].facets == results[1].facets
        assert results[0].hits == results[1].hits
