"""Search over a made-up index: operators, layers, filters, dates, facets, order, what killed it."""

from pathlib import Path
from typing import Any

import pytest
from search_shelf import PAPERS, MadeUpShelf, paper, write_index

from regesta.edition.results import SearchResult
from regesta.edition.search.index import SearchIndex
from regesta.edition.search.schema import FACETS, LAYERS, layer_texts
from regesta.edition.search.state import SearchRequest
from regesta.edition.search.words import folded_words
from regesta.errors import EditionVersionError, NotAnEdition, QueryError

SHELF = MadeUpShelf(PAPERS)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    """The made-up index."""
    return write_index(tmp_path_factory.mktemp("index") / "search", PAPERS)


def ask(index: SearchIndex, query: str = "", **options: Any) -> SearchResult:
    """Search it."""
    return index.search(SearchRequest(query=query, **options), SHELF)


def ids(result: SearchResult) -> set[str]:
    """The ids of a result."""
    return {hit.regest.id for hit in result.hits}


FINDS = [
    ("grain", "red/d1 blue/d1"),
    ("grain ship", "red/d1"),
    ("grain OR peace", "red/d1 red/d2 red/d3 blue/d1"),
    ("coal -railway", "blue/d3 blue/d4 old/d2"),
    ("coal NOT (railway OR winter)", "blue/d3 old/d2"),
    ("-coal -grain -peace -consul -virmont", "red/d4"),
    ("coal OR -coal", " ".join(p.id for p in PAPERS)),
    ("(grain OR coal) railway", "blue/d1"),
    # Forms: stems by the language of the document, forms as written in quotation marks and after =.
    ("ruble", "red/d1 red/d2"),
    ("=ruble", "red/d2"),
    ('"ruble"', "red/d2"),
    ("governments", "red/d2 blue/d1"),
    ("рубль", "red/d4"),
    ("haus", "old/d1"),
    ("dispatch", "blue/d2"),
    ("=dispatch", ""),
    ("harbor", "red/d1"),
    # Folding: case, accents, long s, ß.
    ("VIRMONT", "old/d1"),
    ("grossbotschaft", "old/d1"),
    ("Großbotſchaft", "old/d1"),
    ("serif ahmed", "old/d2"),
    ("Şerīf", "old/d2"),
    # Joined words and abbreviations.
    ("co-operation", "blue/d2 blue/d3"),
    ("cooperation", "blue/d3"),
    ("861.51/381", "blue/d2"),
    ("U.S.", "blue/d2"),
    ('"united states"', ""),
    ("united-states", "blue/d2"),
    # Phrases and nearness.
    ('"treaty of peace"', "red/d2"),
    ('"peace of treaty"', ""),
    ('"the gov*"', "red/d2 blue/d1"),
    ('"treaty peace"~1', "red/d2"),
    ('"peace treaty"~1', "red/d2"),
    ('"peace treaty"~3', "red/d2 red/d3"),
    ("peace NEAR/1 treaties", "red/d2"),
    ("peace NEAR/3 treaties", "red/d2 red/d3"),
    ("treaty NEAR/2 commerce", "red/d3"),
    ("treaty NEAR/1 commerce", "red/d3"),
    ("=treaty NEAR/9 distance", "red/d3"),
    ("tre* NEAR/1 stand*", "red/d3"),
    ("(peace OR commerce) NEAR/1 treaty", "red/d2 red/d3"),
    ("ship NEAR/3 grain NEAR/3 left", "red/d1"),
    # Beginnings and misprints.
    ("gov*", "red/d2 blue/d1"),
    ("koval*", "red/d1 red/d2 blue/d1"),
    ("grian~1", "red/d1 blue/d1"),
    ("tretay~1", "red/d2 red/d3 blue/d1"),
    ("raylwey~2", "blue/d1"),
    # Layers.
    ("heading:peace", "red/d3"),
    ("note:ship", "red/d1"),
    ("source:gazette", "red/d2"),
    ("text:kovalev", ""),
    ("note:(ship OR treaty)", "red/d1 blue/d1"),
    ("kovalev", "red/d1 red/d2 blue/d1"),
    # Fields.
    ("author:kovalev", "red/d1 red/d2"),
    ('author:"commissar for supply"', "red/d1"),
    ("from:marsh", "blue/d1 blue/d3"),
    ("to:marsh", "red/d1 red/d2 blue/d2"),
    ('to:"Secretary of State"', "blue/d1"),
    ("author:koval*", "red/d1 red/d2"),
    ("author:kovalov~1", "red/d1 red/d2"),
    ("place:vologda grain", "red/d1"),
    ("subject:railways", "blue/d1"),
    ("number:513", "red/d1"),
    ("kind:telegram author:kovalev", "red/d1 red/d2"),
    ("KIND:Letter", "old/d1 old/d2"),
    ("language:de", "old/d1"),
    ("collection:OLD", "old/d1 old/d2"),
    ("collection:b* railway", "blue/d1"),
    ("id:red/d1", "red/d1"),
    ("id:red/*", "red/d1 red/d2 red/d3 red/d4"),
    ("author:- coal", "blue/d4 old/d2"),
    ("date:-", "blue/d3"),
    ("-date:1918", "blue/d3 old/d1 old/d2"),
    ("date:1719", "old/d1 old/d2"),
    ("date:1719-06-07", "old/d1 old/d2"),
    ("date:..1800", "old/d1 old/d2"),
    ("date:1918-07-24..1918-07-25 grain", "red/d1 blue/d1"),
]


@pytest.mark.parametrize(("query", "expected"), FINDS)
def test_finds(index: SearchIndex, query: str, expected: str) -> None:
    """A query finds these documents and no other, and counts them."""
    result = ask(index, query)
    assert ids(result) == set(expected.split())
    assert result.total == len(expected.split())


FILTERS: list[tuple[dict[str, Any], str]] = [
    ({"author": ["kovalev"]}, "red/d1 red/d2"),
    ({"author": "Kovalev"}, "red/d1 red/d2"),
    ({"author": ["KOVALEV", "orlova"]}, "red/d1 red/d2 red/d3"),
    ({"author": ["-"]}, "blue/d4 old/d2"),
    ({"author": ["-", "virmont"]}, "blue/d4 old/d1 old/d2"),
    ({"recipient": ["marsh"], "place": ["Washington"]}, "blue/d2"),
    ({"subject": ["grain"]}, "red/d1 red/d2"),
    ({"kind": ["statement"]}, "red/d3"),
    ({"kind": ["-"]}, "blue/d3"),
    ({"collection": ["old"]}, "old/d1 old/d2"),
    ({"collection": ["Old"]}, "old/d1 old/d2"),
    ({"language": ["ru", "de"]}, "red/d4 old/d1"),
    ({"author": ["nobody"]}, ""),
    ({"first": "1918-07-25", "last": "1918-07-25"}, "red/d2 red/d4 blue/d1 blue/d4"),
    ({"first": "1918-08", "last": "1918-08"}, "red/d3 blue/d4"),
    ({"first": "1918-08", "last": "1918-08", "within": True}, "red/d3"),
    ({"first": "1919"}, "blue/d4"),
    ({"last": "1719"}, "old/d1 old/d2"),
    ({"first": "1719-06", "last": "1719-07", "within": True}, "old/d1"),
    ({"first": "1919", "undated": True}, "blue/d3 blue/d4"),
    ({"layer": "notes", "query": "kovalev"}, "blue/d1"),
    ({"layer": "document", "query": "peace"}, "red/d2 red/d3"),
]


@pytest.mark.parametrize(("options", "expected"), FILTERS)
def test_filters(index: SearchIndex, options: dict[str, Any], expected: str) -> None:
    """Filters take ids, labels or "-", and dates overlap or lie within."""
    assert ids(ask(index, **options)) == set(expected.split())


def test_counts_undated(index: SearchIndex) -> None:
    """A result says how many of its documents are undated, and how many a range left out."""
    coal = ask(index, "coal")
    assert (coal.total, coal.undated, coal.undated_excluded) == (4, 1, 0)
    ranged = ask(index, "coal", first="1900")
    assert (ranged.total, ranged.undated, ranged.undated_excluded) == (2, 0, 1)
    kept = ask(index, "coal", first="1900", undated=True)
    assert (kept.total, kept.undated, kept.undated_excluded) == (3, 1, 0)
    asked = ask(index, "coal date:1900..")
    assert (asked.total, asked.undated, asked.undated_excluded) == (2, 0, 1)


def test_facets_count_the_whole_match(index: SearchIndex) -> None:
    """Facets count all that is found, whatever the page, with those that have none."""
    facets = ask(index, facets=FACETS, limit=1).facets
    assert list(facets) == list(FACETS)
    rows = {name: [(row.value, row.count) for row in facets[name]] for name in facets}
    assert rows["collection"] == [("blue", 4), ("red", 4), ("old", 2)]
    assert rows["year"] == [("1719", 2), ("1917", 1), ("1918", 7), ("1919", 1), ("", 1)]
    assert rows["decade"] == [("1710", 2), ("1910", 7), ("", 1)]
    assert rows["author"][:2] == [("kovalev", 2), ("marsh", 2)]
    assert rows["author"][-1] == ("", 2)
    assert rows["kind"][-1] == ("", 1)
    assert rows["subject"][0] == ("grain", 2)
    assert rows["language"][0] == ("en", 7)
    labels = {name: facets[name][0].label for name in ("author", "decade", "kind")}
    assert labels == {"author": "Kovalev", "decade": "1710s", "kind": "telegram"}
    assert facets["author"][-1].label == "none named"


@pytest.mark.parametrize("name", FACETS)
def test_a_facet_says_what_its_filter_finds(index: SearchIndex, name: str) -> None:
    """The count beside a value is the number of documents that its filter finds."""
    for row in ask(index, facets=[name]).facets[name]:
        if name in ("year", "decade"):
            if not row.value:
                continue
            last = str(int(row.value) + 9) if name == "decade" else row.value
            found = ask(index, first=row.value, last=last)
        else:
            found = ask(index, **{name: [row.value or "-"]})
        assert found.total == row.count, row


def test_sorts_by_date(index: SearchIndex) -> None:
    """By date the earliest day comes first, or the latest; undated documents are last."""
    up = [hit.regest.id for hit in ask(index, "coal", sort="date").hits]
    assert up == ["old/d2", "blue/d4", "blue/d1", "blue/d3"]
    down = [hit.regest.id for hit in ask(index, "coal", sort="-date").hits]
    assert down == ["blue/d1", "blue/d4", "old/d2", "blue/d3"]


def test_keeps_the_order_of_a_collection_within_a_day(tmp_path: Path) -> None:
    """Documents of one day come by time, then collection by collection, in its order."""
    days = ["1918-07-25", "1918-07-25T15:00", "1918-07-25", "1918-07-26", "1918-07-25"]
    papers = [paper(f"{'ba'[i % 2]}/d{9 - i}", "Salt.", date=day) for i, day in enumerate(days)]
    index = write_index(tmp_path / "search", papers)
    found = index.search(SearchRequest(), MadeUpShelf(papers))
    assert [h.regest.id for h in found.hits] == ["b/d5", "b/d7", "b/d9", "a/d8", "a/d6"]
    found = index.search(SearchRequest(sort="-date"), MadeUpShelf(papers))
    assert [h.regest.id for h in found.hits] == ["a/d6", "a/d8", "b/d9", "b/d7", "b/d5"]


def test_pages_through(index: SearchIndex) -> None:
    """Pages of a result follow each other without gap or overlap."""
    for sort in ("relevance", "date", "-date"):
        whole = [hit.regest.id for hit in ask(index, "coal OR grain", sort=sort).hits]
        parts = [
            hit.regest.id
            for offset in range(0, 6, 2)
            for hit in ask(index, "coal OR grain", sort=sort, limit=2, offset=offset).hits
        ]
        assert parts == whole
        assert len(set(whole)) == 5
    assert ask(index, "coal", limit=0).hits == ()
    assert ask(index, "coal", limit=0).total == 4
    assert ask(index, "coal", offset=50).hits == ()


@pytest.mark.parametrize("query", ["grain", "grain ship", "=grain", "grain -wheat"])
def test_equals_come_in_one_order(tmp_path: Path, query: str) -> None:
    """Documents of one score come by id on every page, in whichever order they were written."""
    papers = [paper(f"x/d{i:02}", "The grain ship left for the north.") for i in range(25)]
    papers += [paper(f"y/d{i:02}", "Grain came with the ship, grain again.") for i in range(4)]
    found = []
    for order in (papers, papers[::-1]):
        index = write_index(tmp_path / str(len(found)), order)
        pages = [
            index.search(SearchRequest(query=query, limit=10, offset=at), MadeUpShelf(papers))
            for at in (0, 10, 20)
        ]
        found.append([hit.regest.id for page in pages for hit in page.hits])
    assert found[0] == found[1]
    assert found[0][-20:] == [f"x/d{i:02}" for i in range(5, 25)]


def test_words_spelt_almost_so_are_ranked(tmp_path: Path) -> None:
    """Of what a word with a letter wrong finds, that is better which has it more; rare or not."""
    papers = [paper(f"x/d{i}", f"The harbour was quiet on the {i}th of May.") for i in range(3)]
    papers += [paper("x/d7", "Harbour dues of the harbour, which the harbour pays.")]
    papers += [paper("x/d8", "The harbors of the north are shut, and all of them are ice.")]
    index = write_index(tmp_path / "search", papers)
    found = index.search(SearchRequest(query="harbors~2"), MadeUpShelf(papers))
    assert [hit.regest.id for hit in found.hits][-1] != "x/d8"
    found = index.search(SearchRequest(query="harbur~1"), MadeUpShelf(papers))
    assert [hit.regest.id for hit in found.hits] == ["x/d7", "x/d0", "x/d1", "x/d2"]
    assert found.hits[0].score > found.hits[1].score


def test_ranks_words_that_stand_together_higher(tmp_path: Path) -> None:
    """Of two documents with the same words, the one where they stand together is better."""
    apart = "The harbour was quiet and one ship came, and nobody sold any wheat or bought grain."
    near = "The harbour was quiet and one grain ship came, and nobody sold any wheat or bought."
    papers = [paper("x/d1", apart), paper("x/d2", near), paper("x/d3", "Other things happened.")]
    index = write_index(tmp_path / "search", papers)
    found = index.search(SearchRequest(query="grain ship"), MadeUpShelf(papers))
    assert [hit.regest.id for hit in found.hits] == ["x/d2", "x/d1"]
    assert found.hits[0].score > found.hits[1].score


def test_common_words_are_common_in_every_language(tmp_path: Path) -> None:
    """A word frequent in the edition weighs little, though few documents of a language have it."""
    papers = [paper(f"x/d{i}", f"the post and the {word}") for i, word in enumerate("abcdefgh")]
    papers += [paper("x/d20", "the treaty"), paper("x/d21", "the", language="de")]
    index = write_index(tmp_path / "search", papers)
    found = index.search(SearchRequest(query="the treaty", match="any"), MadeUpShelf(papers))
    assert found.hits[0].regest.id == "x/d20"


KILLED: list[tuple[dict[str, Any], list[tuple[str, int]]]] = [
    ({"query": "grain zebra"}, [("zebra", 2)]),
    ({"query": "grain peace -treaty"}, [("peace", 1)]),
    ({"query": "ship coal"}, [("ship", 4), ("coal", 1)]),
    ({"query": "grain zebra giraffe"}, [("zebra", 2), ("giraffe", 2)]),
    ({"query": "grain", "author": ["nobody"]}, [("author: nobody", 2)]),
    ({"query": "virmont", "first": "1900"}, [("virmont", 7), ("date: 1900..", 1)]),
    ({"query": "zebra"}, []),
]


@pytest.mark.parametrize(
    ("query", "near"),
    [
        ("railwya", {"railwya": ("railway",)}),  # two letters exchanged
        ("ralway grain", {"ralway": ("railway",)}),  # one left out
        ("raliwayss", {}),  # too far
        ("cole", {}),  # nothing near begins so
        ("=railwya", {}),  # exactly so
        ("trailway", {"trailway": ("railway",)}),  # a first letter too many
        ("author:kovalew", {"author:kovalew": ("author:kovalev",)}),
        ("from:kovalew -grain", {"author:kovalew": ("author:kovalev",)}),
        ("place:vologda -place:arkhangel zebra", {}),
        ("kind:telegramm", {"kind:telegramm": ("kind:telegram",)}),
        (
            "language:german",
            {"language:german": tuple(f"language:{x}" for x in ("de", "en", "ota", "ru"))},
        ),
        ("language:english zebra", {"language:english": ("language:en",)}),
        ("collection:re zebra", {"collection:re": ("collection:red",)}),
        ("kind:tele* zebra", {}),
        ("1917-1919", {"1917-1919": ("date:1917..1919",)}),
        ("1919-1917", {}),
        ("1919-07-24", {"1919-07-24": ("date:1919-07-24",)}),
        ("1919-07 zebra", {"1919-07": ("date:1919-07",)}),
        ("1919-19-24", {}),
        ("from:1918-07-25", {"author:1918-07-25": ("date:1918-07-25..",)}),
        ("grain to:1918", {"recipient:1918": ("date:..1918",)}),
    ],
)
def test_words_spelt_almost_so(
    index: SearchIndex, query: str, near: dict[str, tuple[str, ...]]
) -> None:
    """Where nothing is found, words near to one that no document has are named."""
    assert ask(index, query).near == near


@pytest.mark.parametrize(("options", "expected"), KILLED)
def test_says_what_killed_it(
    index: SearchIndex, options: dict[str, Any], expected: list[tuple[str, int]]
) -> None:
    """Where nothing is found, the terms and filters to blame are named with what they cost."""
    result = ask(index, **options)
    assert result.total == 0
    killed = [(row.value, row.count) for row in result.killed_by]
    assert killed == expected


def test_names_other_forms(index: SearchIndex) -> None:
    """A result names the forms and spellings under which a word was found."""
    assert ask(index, "ruble").expansions == {"ruble": ("rubles",)}
    assert ask(index, "dispatch").expansions == {"dispatch": ("despatch",)}
    assert ask(index, "=ruble").expansions == {}
    assert ask(index, "subject:grain author:marsh").expansions == {}


def test_names_no_forms_of_languages_that_hardly_have_a_word(tmp_path: Path) -> None:
    """An Italian paper with "the" in it makes "their" no form of it among a hundred English."""
    papers = [paper(f"red/d{i}", "The ship and their grain.") for i in range(100)]
    papers.append(paper("red/d100", "The Times del giorno.", language="it"))
    index = write_index(tmp_path, papers)
    found = index.search(SearchRequest(query="the"), MadeUpShelf(papers))
    assert (found.total, found.expansions) == (101, {})


def test_relaxes_a_long_question_and_says_so(index: SearchIndex) -> None:
    """A long query without operators that finds nothing is ranked by any word, and told so."""
    asked = "whether the grain ship left the quiet harbour with some rubles yesterday"
    relaxed = ask(index, asked)
    assert relaxed.hits[0].regest.id == "red/d1"
    assert relaxed.relaxed
    assert " OR " in relaxed.query
    insisted = ask(index, asked.replace(" ship", " AND ship") + ' "rubles"')
    assert (insisted.total, insisted.relaxed) == (0, "")


def test_any_reads_plain_words(index: SearchIndex) -> None:
    """With match any, signs are no operators and every word may be missing."""
    result = ask(index, '(grain: "harbour AND -zebra', match="any")
    assert result.hits[0].regest.id == "red/d1"
    assert result.relaxed == ""


@pytest.mark.parametrize(
    ("asked", "exchanged"),
    [
        ("harbuor marsh", {"harbuor": ("harbour",)}),  # exchanged with its neighbour
        ("rublles marsh", {"rublles": ("rubles",)}),
        ("hxrbour", {"hxrbour": ("harbour",)}),
        ("xarbour marsh", {}),  # the first letter is right
        ("shpi marsh", {}),  # short words are near to too many
        ("harbour marsh", {}),
    ],
)
def test_any_takes_the_like_of_an_unknown_word(
    index: SearchIndex, asked: str, exchanged: dict[str, tuple[str, ...]]
) -> None:
    """With match any, a word that no document has stands for words of one other letter, as told."""
    result = ask(index, asked, match="any")
    unknown = set(asked.split()) - {"marsh", "harbour"}
    assert {w: forms for w, forms in result.expansions.items() if w in unknown} == exchanged
    assert not any(word in result.query for word in exchanged)


def test_snippets_come_from_where_it_was_found(index: SearchIndex) -> None:
    """A hit shows its found words, marked, in their layer."""
    hit = ask(index, "note:treaty").hits[0]
    snippet = hit.snippets[0]
    assert snippet.layer == "notes"
    assert [snippet.text[a:b] for a, b in snippet.marks] == ["treaty"]
    assert ask(index, "coal", snippets=False).hits[0].snippets == ()
    assert ask(index, author=["virmont"]).hits[0].snippets[0].marks == ()


BAD: list[dict[str, Any]] = [
    {"limit": -1}, {"limit": 501}, {"offset": -1}, {"offset": 100_000}, {"sort": "size"},
    {"layer": "margin"}, {"facets": ["colour"]}, {"first": "soon"}, {"last": "1918-02-30"},
    {"first": "1919", "last": "1918"}, {"match": "some"}, {"query": "grain OR"},
]  # fmt: skip


@pytest.mark.parametrize("options", BAD)
def test_refuses_what_makes_no_sense(index: SearchIndex, options: dict[str, Any]) -> None:
    """A malformed request is refused with a word on how to write it."""
    with pytest.raises(QueryError) as caught:
        ask(index, **options)
    assert caught.value.hint


def test_a_beginning_of_too_many_words_is_refused(
    index: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A beginning that stands for too many words is refused, not cut short in silence."""
    monkeypatch.setattr("regesta.edition.search.query_plan.MOST_FORMS", 3)
    with pytest.raises(QueryError, match="begin with c"):
        ask(index, "c*")
    assert ask(index, "coa*").total == 4


@pytest.mark.parametrize(
    ("query", "expected"),
    [('"the gov*"', "red/d2 blue/d1"), ('"ruble w*"', "red/d2"), ('"for the n*"', "red/d1"),
     ('"w* x"', None)],
)  # fmt: skip
def test_open_phrases_of_many_forms(
    index: SearchIndex, monkeypatch: pytest.MonkeyPatch, query: str, expected: str | None
) -> None:
    """An open phrase finds the same whether its last word stands for few forms or many."""
    if expected is None:
        with pytest.raises(QueryError):
            ask(index, query)
        return
    assert ids(ask(index, query)) == set(expected.split())
    monkeypatch.setattr("regesta.edition.search.query_plan.MOST_RANKED_FORMS", 0)
    assert ids(ask(index, query)) == set(expected.split())


PHRASES = ["the government", "of the north", "the government of the north", "peace is", "the post",
           "the treaty of peace", "offered the treaty", "ship left the harbour", "is not printed",
           "grain and coal", "no ruble was paid", "treaty of"]  # fmt: skip


@pytest.mark.parametrize("phrase", PHRASES)
def test_pairs_find_what_positions_find(index: SearchIndex, phrase: str) -> None:
    """A phrase with common words finds every document that has it, and no other."""
    words = f" {' '.join(folded_words(phrase))} "
    expected = {
        p.id
        for p in PAPERS
        for texts in (layer_texts(p).layer(layer) for layer in LAYERS)
        if any(words in f" {' '.join(folded_words(text))} " for text in texts)
    }
    assert ids(ask(index, f'"{phrase}"')) == expected


def test_near_refuses_two_forms_of_a_word(index: SearchIndex) -> None:
    """Two forms of one word are never taken to be near each other where one stands alone."""
    with pytest.raises(QueryError):
        ask(index, "ruble NEAR/5 rubles")
    assert ask(index, "=ruble NEAR/5 =rubles").total == 0


def test_opens_only_an_index(tmp_path: Path) -> None:
    """A folder without an index, or with one of another schema, is refused in one line."""
    with pytest.raises(NotAnEdition):
        SearchIndex.open(tmp_path / "nothing")
    write_index(tmp_path / "search", PAPERS[:1])
    (tmp_path / "search" / "schema-version").write_text("0")
    with pytest.raises(EditionVersionError):
        SearchIndex.open(tmp_path / "search")
