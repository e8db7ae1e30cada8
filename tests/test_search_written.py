"""Kept terms of forms and phrases: what a leaf surely finds, and nothing else."""

import pytest

from regesta.edition.search.query import Leaf
from regesta.edition.search.words import paired_phrase, phrase_of_threes
from regesta.edition.search.written import kept_terms

OF_THE = str(paired_phrase(["of", "the"])[0][1])
ONE_OF_THE = str(phrase_of_threes(["all", "of", "the"])[0][1])
KEPT = {
    "document_exact": dict.fromkeys(["harbour", "harbor", "harbours", "arbour", "the"], 0),
    "document_pairs": {OF_THE: 0},
    "document_threes": {ONE_OF_THE: 0},
}


@pytest.mark.parametrize(
    ("leaf", "expected"),
    [
        (Leaf("exact", ("harbour",)), {"harbour"}),
        (Leaf("exact", ("boat",)), set()),
        (Leaf("prefix", ("harb",)), {"harbour", "harbor", "harbours"}),
        (Leaf("prefix", ("harb",), "document"), {"harbour", "harbor", "harbours"}),
        (Leaf("prefix", ("harb",), "notes"), set()),
        (Leaf("prefix", ("harb",), "author"), set()),
        (Leaf("fuzzy", ("harbour",), number=1), {"harbour", "harbor", "harbours", "arbour"}),
        (Leaf("fuzzy", ("harbuor",), number=2), {"harbour", "harbor"}),
        (Leaf("fuzzy", ("teh",), number=1), {"the"}),
        (Leaf("phrase", ("of", "the")), {OF_THE}),
        (Leaf("phrase", ("all", "of", "the")), {ONE_OF_THE}),
        (Leaf("phrase", ("of", "the", "of", "the")), set()),
        (Leaf("phrase", ("of", "harbour")), set()),
        (Leaf("phrase", ("of", "the"), number=2), set()),
        (Leaf("phrase", ("of", "the"), open_end=True), set()),
        (Leaf("word", ("harbour",)), set()),
    ],
)
def test_kept_terms(leaf: Leaf, expected: set[str]) -> None:
    """A leaf names the kept terms of texts that it finds wherever they stand."""
    assert {term for _, term in kept_terms(leaf, KEPT)} == expected
