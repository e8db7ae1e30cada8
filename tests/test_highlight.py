"""The highlighter: what it marks, where windows begin and end, and that offsets hold."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regesta.edition.results import Snippet
from regesta.edition.search.highlight import MOST_WINDOWS, WINDOW, Highlighter
from regesta.edition.search.highlight_words import within_distance, without_accents
from regesta.edition.search.query import sought
from regesta.edition.search.query_parser import parse
from regesta.edition.search.schema import LayerTexts
from regesta.edition.search.words import fold, folded_words
from regesta.errors import QueryError


def marks(query: str, text: str, language: str = "en", layer: str = "document") -> list[str]:
    """The words of a text that a query marks."""
    marker = Highlighter(list(sought(parse(query))))
    return [text[f.start : f.end] for f in marker.find(text, layer=layer, language=language)]


MARKED = [
    ("ruble", "The Ruble and rubles, no rubric.", ["Ruble", "rubles"]),
    ("=ruble", "The Ruble and rubles.", ["Ruble"]),
    ("gov*", "Governor, government; a gove.", ["Governor", "government", "gove"]),
    ("treaty~1", "A traety, a treat, a treatise.", ["traety", "treat"]),
    ('"grain ship"', "Grain, ship. A grain ship, ship grain.", ["Grain", "ship", "grain", "ship"]),
    ('"the gov*"', "The old gov and the governor.", ["the", "governor"]),
    ('"peace war"~3', "War is not peace.", ["War", "peace"]),
    ("peace NEAR/3 war", "War is not peace.", ["War", "peace"]),
    ("Brest-Litovsk", "At Brest Litovsk, not at Brest.", ["Brest", "Litovsk"]),
    ("co-operation", "Cooperation is co-operation.", ["Cooperation", "co", "operation"]),
    ("u.s.", "The United States and the U.S. and us.", ["United", "States", "U", "S"]),
    ("despatch", "A dispatch.", ["dispatch"]),
    ("strasse", "Die Straße, die STRASSE.", ["Straße", "STRASSE"]),
    ("ete", "e\u0301te\u0301 and été", ["e\u0301te\u0301", "été"]),
    ("grain -ship", "A grain ship.", ["grain"]),
    ("note:grain", "A grain ship.", []),
    ("author:grain", "A grain ship.", []),
    ("grain", "İİİ grain", ["grain"]),
    ("ship", "shipment _ship_ ship", ["ship", "ship"]),
]


@pytest.mark.parametrize(("query", "text", "expected"), MARKED)
def test_marks(query: str, text: str, expected: list[str]) -> None:
    """Exactly the words that the query finds are marked."""
    assert marks(query, text) == expected


def test_marks_by_the_language_of_the_text() -> None:
    """Forms are those of the text's language; without one, the word as it is."""
    assert marks("häuser", "Haus und Häuser", "de") == ["Haus", "Häuser"]
    assert marks("rubles", "ruble rubles", "") == ["rubles"]


def test_window_holds_the_best_cluster() -> None:
    """The window stands where most of the words are, not where the first one is."""
    text = "grain " + "so " * 200 + "the grain ship sailed " + "on " * 200
    snippet = Highlighter(list(sought(parse("grain ship")))).snippets(LayerTexts("en", (text,)))[0]
    assert [snippet.text[a:b] for a, b in snippet.marks] == ["grain", "ship"]


def test_windows_of_several_layers() -> None:
    """Words of different layers are shown each in its own."""
    texts = LayerTexts("en", ("The grain was sold.",), ("Of ships",), ("A treaty.",))
    snippets = Highlighter(list(sought(parse("grain ship treaty")))).snippets(texts)
    assert {s.layer for s in snippets} == {"document", "headings", "notes"}
    only = Highlighter(list(sought(parse("grain ship"))), layer="headings").snippets(texts)
    assert [s.layer for s in only] == ["headings"]


def test_opening_where_nothing_is_marked() -> None:
    """A document found by a filter alone shows its opening, without marks."""
    texts = LayerTexts("en", ("  The grain was sold. " + "And so on. " * 60,))
    (snippet,) = Highlighter([]).snippets(texts)
    assert snippet.text.startswith("The grain was sold.")
    assert snippet.marks == ()
    assert len(snippet.text) <= WINDOW
    assert Highlighter([]).snippets(LayerTexts()) == ()


WORDS = st.sampled_from(
    ["grain", "Grain", "ship", "ships", "the", "of", "Straße", "e\u0301te\u0301", "U.S.", "—", "\n",
     "x" * 300, "𝒢rain", "ﬁsh", "co\u00adoperate", "Чичерин", "treaty-ship"]
)  # fmt: skip


def check(snippet: Snippet, text: str) -> None:
    """A snippet is verbatim and its marks are in order."""
    assert snippet.text in text
    last = 0
    for start, end in snippet.marks:
        assert last <= start < end <= len(snippet.text)
        last = end


@given(st.lists(WORDS, max_size=200).map(" ".join), st.sampled_from(
    ["grain", "ship the", '"the grain"', "gr*", "strasse ete", "fish~1", "chicherin OR чичерин"]
))  # fmt: skip
@settings(deadline=None)
def test_windows_are_verbatim(text: str, query: str) -> None:
    """Every window is a verbatim piece, its marks are whole words in order, and it is short."""
    snippets = Highlighter(list(sought(parse(query)))).snippets(LayerTexts("en", (text,)))
    assert len(snippets) <= MOST_WINDOWS
    for snippet in snippets:
        check(snippet, text)
        longest = max(map(len, text.split()), default=0)
        assert len(snippet.text) <= WINDOW + 2 * longest + 2
        at = text.index(snippet.text)
        assert at == 0 or not (text[at - 1].isalnum() and snippet.text[:1].isalnum())


@given(
    st.lists(
        st.sampled_from(["grain", "Grain", "ships", "the", "U.S.", "snake_grain", "-", "co-operate",
                         "cooperate", "post", "Grain's", "grainy", "of\n"]), max_size=40,
    ).map(" ".join),
    st.sampled_from(
        ["grain", "ship the", '"the grain"', "gr*", '"the gr*"', "co-operation", "=ships",
         '"of the grain"',
         '"grain the" OR post', '"grain the"~2', "u.s."]
    ),
)  # fmt: skip
@settings(deadline=None)
def test_the_quick_way_marks_the_same(text: str, query: str) -> None:
    """In an ASCII text the words that can belong to a query are looked at alone, and are enough."""
    quick, slow = (Highlighter(list(sought(parse(query)))) for _ in range(2))
    slow._matched_in("document", "en").likely = None
    assert quick.find(text, layer="document", language="en") == slow.find(
        text, layer="document", language="en"
    )


@given(st.text(max_size=300), st.text(max_size=20))
@settings(deadline=None)
def test_any_text_and_query(text: str, query: str) -> None:
    """Whatever the text and the query, marks are words of the text that fold as asked."""
    try:
        node = parse(query)
    except QueryError:
        return
    leaves = list(sought(node))
    for snippet in Highlighter(leaves).snippets(LayerTexts("", (text,))):
        check(snippet, text)
    words = {word for leaf in leaves if leaf.kind in ("word", "exact") for word in leaf.words}
    if all(leaf.kind in ("word", "exact") and not leaf.field for leaf in leaves):
        found = Highlighter(leaves).find(text, layer="document")
        assert [fold(text[f.start : f.end]) for f in found] == [
            word for word in folded_words(text) if word in words
        ]


@pytest.mark.parametrize(
    ("a", "b", "most", "expected"),
    [("treaty", "treaty", 1, True), ("treaty", "traety", 1, True), ("treaty", "treat", 1, True),
     ("treaty", "tray", 2, True), ("treaty", "tray", 1, False), ("a", "", 1, True),
     ("abc", "cab", 2, True), ("abcd", "badc", 2, True), ("abc", "xyz", 2, False)],
)  # fmt: skip
def test_within_distance(a: str, b: str, most: int, expected: bool) -> None:
    """Words differ by insertions, losses, changes and swaps of neighbours."""
    assert within_distance(a, b, most) is expected
    assert within_distance(b, a, most) is expected


@pytest.mark.parametrize(
    ("text", "plain"),
    [("fürnehmer rath", "furnehmer rath"), ("žóna – ёлка, ß", "zona – елка, ß"),
     ("plain", "plain"), ("1½ ÿ µ", "1½ y μ"), ("ÄRMEL Ab", "armel ab")],
)  # fmt: skip
def test_without_accents(text: str, plain: str) -> None:
    """Letters lose their accents and keep their places, in Latin-1 and beyond."""
    assert without_accents(text) == plain
