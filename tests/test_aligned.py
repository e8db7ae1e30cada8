"""Two documents side by side: passages, words that differ, one matter in other words."""

import pytest

from regesta.documents import Document, Layer, Source
from regesta.linking.counterparts.aligned import Row, align
from regesta.linking.counterparts.traits import is_empty


def document(text: str, id: str = "c/1", *layers: Layer) -> Document:
    """A made-up document."""
    return Document(id, "c", Source("c.txt", ""), text, layers=layers)


def words(text: str, spans: tuple[tuple[int, int], ...]) -> list[str]:
    """The words of some spans."""
    return [text[a:b] for a, b in spans]


QUOTED = (
    "the guards at the bridge have one purpose only, to keep the peace of the town and its people"
)


def shown(first: str, second: str) -> list[tuple[str, str, str]]:
    """Kind and both texts of every row."""
    rows = align(document(first), document(second))
    return [
        (
            row.kind,
            first[slice(*row.first)] if row.first else "",
            second[slice(*row.second)] if row.second else "",
        )
        for row in rows
    ]


def test_a_quotation_stands_between_what_each_has_alone() -> None:
    """A passage in both is one row; what stands before and after it is a row of its own."""
    found = shown(f"He says that {QUOTED}. He stays.", f"Kell writes: {QUOTED}!")
    assert found == [
        ("apart", "He says that", "Kell writes"),
        ("same", QUOTED, QUOTED),
        ("apart", "He stays", ""),
    ]


def test_the_words_that_differ_are_marked_on_both_sides() -> None:
    """A changed word of a passage is marked on both sides, a word more on its own."""
    first, second = QUOTED, QUOTED.replace("bridge", "gate").replace("town and", "whole town and")
    (row,) = align(document(first), document(second))
    assert row.kind == "same"
    assert words(first, row.marks) == ["bridge"]
    assert words(second, row.others) == ["gate", "whole"]


def test_one_matter_in_other_words_is_aligned_by_paragraphs() -> None:
    """Paragraphs are set beside one another where names, days and numbers agree."""
    first = "Orsov received Kell.\nOn 3 May the guards were placed at Vesna by order of Halder."
    second = "The weather is fine.\nHalder ordered guards to Vesna; this was on the 3 May."
    rows = [r for r in align(document(first), document(second)) if r.kind == "like"]
    assert len(rows) == 1
    assert rows[0].first == (21, len(first) - 1)
    assert {"Vesna", "Halder", "guards"} <= set(rows[0].shared)


def test_two_languages_meet_in_names_and_numbers() -> None:
    """Two translations of one note share names, days and numbers at least."""
    first = "Orsov demands that the cruiser Vesna leave Tarn with its 450 men within 24 hours."
    second = "Orsov exige que le croiseur Vesna quitte Tarn avec ses 450 hommes dans les 24 heures."
    (row,) = align(document(first), document(second))
    assert row.kind == "like"
    assert {"Orsov", "Vesna", "Tarn", "450", "24"} <= set(row.shared)
    assert is_empty("only")
    assert is_empty("000")
    assert not is_empty("450")


@pytest.mark.parametrize(("first", "second"), [("", ""), ("", "Only here."), ("Only here.", "")])
def test_an_empty_document_has_nothing_beside_it(first: str, second: str) -> None:
    """What is empty makes no row; what stands alone is apart."""
    assert {row.kind for row in align(document(first), document(second))} <= {"apart"}


def test_headings_and_datelines_are_not_compared() -> None:
    """What an edition prints over every document is no passage."""
    text = f"TELEGRAM\n{QUOTED}"
    one = document(text, "c/1", Layer("heading", 0, 8))
    (row,) = align(one, document(text, "c/2", Layer("heading", 0, 8)))
    assert row.first == (9, len(text))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (f"He says that {QUOTED}. He stays.", f"Kell writes: {QUOTED}!"),
        ("Orsov will land.\nKell was at Vesna on 3 May.", "On 3 May Kell saw VESNA.\nRain."),
    ],
)
def test_both_ways_are_one_comparison(first: str, second: str) -> None:
    """Seen from the other side, the same rows stand there, in the other side's spelling."""
    one, other = document(first, "c/1"), document(second, "c/2")
    there, back = align(one, other), align(other, one)
    assert [(r.kind, r.first, r.second, r.marks, r.others, r.words) for r in there] == [
        (r.kind, r.second, r.first, r.others, r.marks, r.words[::-1]) for r in back
    ]
    for row in back:
        assert all(word in second for word in row.shared)


def test_passages_that_are_known_are_taken() -> None:
    """Spans that were found elsewhere are rows; those that cross others are left out."""
    first, second = "one two three four five six", "zero one two four five six"
    rows = align(document(first), document(second), (((0, 7), (5, 12)), ((14, 27), (13, 26))))
    assert [r.kind for r in rows] == ["apart", "same", "apart", "same"]


def test_a_formula_repeated_a_thousand_times_is_bounded() -> None:
    """Two long texts of one sentence come to an end."""
    text = "\n".join([f"{QUOTED}."] * 400)
    rows: list[Row] = align(document(text), document(text))
    assert rows
    assert rows[0].kind == "same"
