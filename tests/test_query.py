"""The query language: what is understood, written in its normal form, and what is refused."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regesta.edition.search.query import Everything, conjuncts, is_plain, normal_form, sought
from regesta.edition.search.query_parser import LONGEST_QUERY, MOST_TERMS, parse, plain_words
from regesta.edition.search.words import folded_words
from regesta.errors import QueryError

UNDERSTOOD = [
    ("", ""),
    ("   ", ""),
    ("*", ""),
    ("grain ship", "grain AND ship"),
    ("grain AND ship", "grain AND ship"),
    ("grain & ship", "grain AND ship"),
    ("grain grain", "grain"),
    ("grain OR ship", "grain OR ship"),
    ("grain | ship", "grain OR ship"),
    ("grain ship OR train", "(grain AND ship) OR train"),
    ("grain (ship OR train)", "grain AND (ship OR train)"),
    ("grain -ship", "grain AND NOT ship"),
    ("grain NOT ship", "grain AND NOT ship"),
    ("grain AND NOT ship", "grain AND NOT ship"),
    ("-(grain OR ship)", "NOT (grain OR ship)"),
    ("NOT NOT grain", "grain"),
    ("* -grain", "NOT grain"),
    ('"Grain Ship"', '"grain ship"'),
    ("“grain ship”", '"grain ship"'),
    ("„grain ship“ «train»", '"grain ship" AND =train'),
    ('"grain ship"~5', '"grain ship"~5'),
    ('"grain sh*"', '"grain sh*"'),
    ("grain NEAR/5 ship", "grain NEAR/5 ship"),
    ("a NEAR/5 b NEAR/5 c", "a NEAR/5 b NEAR/5 c"),
    ("a NEAR/5 b NEAR/2 c", "(a NEAR/5 b) AND (b NEAR/2 c)"),
    ("(grain OR wheat) NEAR/3 ship", "(grain OR wheat) NEAR/3 ship"),
    ("note:grain NEAR/3 note:ship", "note:grain NEAR/3 note:ship"),
    ("gov* =Rubles grian~1 grian~", "gov* AND =rubles AND grian~1"),
    ("VIRMONT Großbotschaft", "virmont AND grossbotschaft"),
    ("Şerīf ʿAlī Congreſs", "serif AND ali AND congress"),
    ("Чичерин Ёлка", "чичерин AND елка"),
    ("Brest-Litovsk", "brest-litovsk"),
    ("Turkey's d'Orsay", "turkey AND d-orsay"),
    ("861.51/381", "861-51-381"),
    ("3:30 p.m.", "3-30 AND p-m"),
    ("question: settled.", "question AND settled"),
    ("grain - ship …", "grain AND ship"),
    ("near and or not", "near AND and AND or AND not"),
    ("author:Chicherin from:Francis", "author:chicherin AND author:francis"),
    ('to:"Secretary of State"', 'recipient:"secretary of state"'),
    ("author:(francis OR poole)", "author:francis OR author:poole"),
    ("author:- date:-", "author:- AND date:-"),
    ("heading:(peace war) text:x", "heading:peace AND heading:war AND text:x"),
    ("kind:telegram language:en", "kind:telegram AND language:en"),
    ('kind:"editorial note"', 'kind:"editorial note"'),
    ("collection:frus1918*", "collection:frus1918*"),
    ("number:513", "number:513"),
    ("date:1918-07", "date:1918-07"),
    ("date:1918..1920", "date:1918..1920"),
    ("date:1918/1920", "date:1918..1920"),
    ("date:..1918-07-25", "date:..1918-07-25"),
    ("date:1918..", "date:1918.."),
]


@pytest.mark.parametrize(("query", "expected"), UNDERSTOOD)
def test_understands(query: str, expected: str) -> None:
    """A query is understood as its normal form says."""
    assert normal_form(parse(query)) == expected


@pytest.mark.parametrize("query", [query for query, _ in UNDERSTOOD])
def test_normal_form_means_the_same(query: str) -> None:
    """Reading a normal form gives the same query again."""
    node = parse(query)
    assert parse(normal_form(node)) == node


REFUSED = [
    ('"grain', 0, 'write "grain"'),
    ("grain»", 5, "write"),
    ("(grain OR ship", 0, "add )"),
    ("grain)", 5, "take out )"),
    ("()", 0, "write words"),
    ("grain OR", 6, "write a word after it"),
    ("OR grain", 0, "write a word before it"),
    ("grain AND AND ship", 10, "write a word before it"),
    ("grain AND OR ship", 6, "write a word after it"),
    ("NOT", 0, "write a word after it"),
    ("(grain OR) ship", 7, "write a word after it"),
    ("grain NEAR ship", 6, "NEAR/5"),
    ("grain NEAR/0 ship", 6, "NEAR/5"),
    ("grain NEAR/5", 6, "write a word after it"),
    ("grain NEAR/5 grain", 6, "other"),
    ('"grain ship" NEAR/5 train', 13, "word NEAR/5 word"),
    ("heading:grain NEAR/5 note:ship", 14, "heading:("),
    ('"grain ship"~', 12, "~5"),
    ('"grain ship"~x', 12, "~5"),
    ('"grain grain"~2', 0, "~5"),
    ('"grain"~2', 0, "~5"),
    ('"grain"*', 7, "grain*"),
    ('"gr* ship"', 3, "gov*"),
    ('"ship grian~1"', 6, "write grian~1 without"),
    ('""', 0, "word"),
    ('"…"', 0, "word"),
    ("*ain", 0, "gov*"),
    ("gr*n", 2, "gov*"),
    ("gr**", 2, "gov*"),
    ("gr?in", 2, "word~1"),
    ("ab~1", 0, "at least 3 letters"),
    ("grain~3", 0, "word~1"),
    ("grain-ship~1", 0, "word~1"),
    ("=", 0, "=word"),
    ("=gr*", 0, "choose one"),
    ("autor:francis", 0, "did you mean author:?"),
    ("foo:bar", 0, "the fields are"),
    ("author:", 0, "author:word"),
    ("author: francis", 0, "author:word"),
    ("author :francis", 7, "author:word"),
    ('grain author :"mr francis"', 13, "author:word"),
    ("heading:-grain", 8, "-heading:word"),
    ("note:heading:grain", 5, "note:word"),
    ("id:-", 0, "id:value"),
    ("kind:(a OR b)", 5, "kind:value"),
    ("collection:f*s", 11, "collection:"),
    ("date:soon", 5, "date:1918-07"),
    ("date:1918-02-30", 5, "date:1918-07"),
    ("date:1920..1918", 5, "date:1918..1920"),
    ("date:>1918", 5, "date:1918.."),
    ("date:..", 5, "date:1918"),
    ("…", 0, "write a word"),
    ("-", 0, "write a word"),
    ("NOT " * 30 + "grain", 80, "simpler"),
    ("(" * 30 + "grain" + ")" * 30, 20, "simpler"),
    ("x" * (LONGEST_QUERY + 1), LONGEST_QUERY, "shorten"),
    ("a " * (MOST_TERMS + 1), 2 * MOST_TERMS, "leave some out"),
]


@pytest.mark.parametrize(("query", "position", "hint"), REFUSED)
def test_refuses(query: str, position: int, hint: str) -> None:
    """A malformed query is refused with its place and how to write it."""
    with pytest.raises(QueryError) as caught:
        parse(query)
    assert caught.value.position == position
    assert hint in caught.value.hint
    assert "\n" not in str(caught.value)


@given(st.text(max_size=60) | st.text(alphabet='ab"()*~=-:|& NEAROTD/5.„“«»?', max_size=40))
@settings(max_examples=400, deadline=None)
def test_any_text_is_understood_or_refused(text: str) -> None:
    """Whatever is typed is understood, stably, or refused as a query; nothing else happens."""
    refused: QueryError | None = None
    try:
        node = parse(text)
    except QueryError as error:
        refused = error
    if refused:
        assert refused.what
        assert refused.hint
        assert refused.position is not None
        assert 0 <= refused.position <= len(text)
        return
    assert parse(normal_form(node)) == node
    assert node == Everything() or conjuncts(node)


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_plain_words_know_no_operator(text: str) -> None:
    """A text read as plain words is refused only where it has no word."""
    if text.strip() and not folded_words(text):
        with pytest.raises(QueryError):
            plain_words(text)
        return
    node = plain_words(text)
    assert all(leaf.kind == "word" for leaf in sought(node))


def test_plain_words_part_what_runs_together() -> None:
    """Words that a lost line break ran together are read apart; MacDonald stays."""
    assert normal_form(plain_words("To the PresidentReports MacDonald")) == (
        "to OR the OR president OR reports OR macdonald"
    )


def test_layer_applies_to_words_without_one() -> None:
    """A layer asked for applies to every word that names none itself."""
    assert normal_form(parse("grain heading:ship", layer="notes")) == "note:grain AND heading:ship"


@pytest.mark.parametrize(
    ("query", "plain"),
    [("grain ship", True), ("Brest-Litovsk", True), ("grain -ship", False), ("gr*", False),
     ('"grain ship"', False), ("note:grain", False), ("grain OR ship", False)],
)  # fmt: skip
def test_is_plain(query: str, plain: bool) -> None:
    """Words side by side are plain; operators, fields and marks are not."""
    assert is_plain(parse(query)) is plain


def test_reference_is_understood() -> None:
    """Every example in the reference's table is understood."""
    page = Path(__file__).parents[1] / "docs" / "reference" / "query.md"
    rows = [row for row in page.read_text("utf-8").splitlines() if row.startswith("| `")]
    examples = [
        example for row in rows for example in re.findall(r"`([^`]+)`", row.split(" | ")[0])
    ]
    assert len(examples) > 40
    for example in examples:
        assert normal_form(parse(example)) or example == "*"
