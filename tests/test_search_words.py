"""Words of search: folding, stems, other spellings, and that folding is stable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta.edition.search_words import (
    LONGEST_WORD,
    STEMMERS,
    WORD,
    base_language,
    fold,
    folded_words,
    likely_language,
    other_beginnings,
    paired_phrase,
    paired_words,
    stem,
    stemmed_words,
)


@pytest.mark.parametrize(
    ("word", "expected"),
    [("GROẞBOTSCHAFT", "grossbotschaft"), ("Großbotschaft", "grossbotschaft"), ("Şerīf", "serif"),
     ("ʿAlī", "ali"), ("Congreſs", "congress"), ("Ægypt", "aegypt"), ("İstanbul", "istanbul"),
     ("ﬁnance", "finance"), ("Ёлка", "елка"), ("Чичерин", "чичерин"), ("Дружбой", "дружбой"),
     ("Łódź", "lodz"), ("3½", "3½"), ("x²", "x2")],
)  # fmt: skip
def test_folds(word: str, expected: str) -> None:
    """Case, accents, ligatures and silent signs make no difference; letters stay letters."""
    assert fold(word) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Brest-Litovsk, 3 p.m.", ["brest", "litovsk", "3", "p", "m"]),
     ("co\u00adoperate e\u0301te\u0301", ["cooperate", "ete"]), ("snake_case", ["snake", "case"]),
     ("… — !", []), ("", [])],
)  # fmt: skip
def test_finds_words(text: str, expected: list[str]) -> None:
    """Words end at punctuation and underscores; soft hyphens and loose accents belong to them."""
    assert folded_words(text) == expected


@given(st.text())
def test_folded_words_are_stable(text: str) -> None:
    """A folded word is its own folding and one word, so that it can be asked for again."""
    for word in folded_words(text):
        assert fold(word) == word
        assert WORD.fullmatch(word)
        assert len(word) <= LONGEST_WORD


@pytest.mark.parametrize(
    ("words", "language", "expected"),
    [("the rubles", "en", "the/en rubl/en"), ("рублей", "ru", "рубл/ru"),
     ("häuser", "de", "haus/de"),
     ("rubles", "", "rubles"), ("despatched", "en", "dispatch/en"), ("govts", "en", "govern/en"),
     ("the u s consul", "en", "the/en unit/en state/en consul/en"), ("u s", "de", "u/de s/de")],
)  # fmt: skip
def test_stems(words: str, language: str, expected: str) -> None:
    """Stems bear their language; other spellings and abbreviations go under the usual word."""
    assert stemmed_words(folded_words(words), language) == expected.split()


def test_every_language_has_a_stemmer() -> None:
    """Every language that is named can be stemmed."""
    assert all(stem("x", language).endswith(f"/{language}") for language in STEMMERS)


@pytest.mark.parametrize(
    ("given_code", "expected"),
    [("en", "en"), ("eng", "en"), ("en-US", "en"), ("DE", "de"), ("nb", "no"), ("ota", ""),
     ("", "")],
)  # fmt: skip
def test_base_language(given_code: str, expected: str) -> None:
    """A language code leads to the stemmer of its language, or to none."""
    assert base_language(given_code) == expected


def test_other_spellings() -> None:
    """The other spellings of a word are known, to name them in a result."""
    assert "despatch" in other_beginnings("dispatch", "en")
    assert "govt" in other_beginnings("govern", "en")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("He is of the same view.", "en"), ("Der Graf ist nicht hier.", "de"), ("Bluefields.", "")],
)
def test_likely_language(text: str, expected: str) -> None:
    """A short text's stemmer is guessed by its small words, or left open."""
    assert likely_language(text) == expected


@pytest.mark.parametrize(
    ("phrase", "expected", "whole"),
    [("the government of the", "the_government government_of of_the", True),
     ("grain ship", "grain", False), ("grain of", "grain_of", True), ("of the", "of_the", True),
     ("the grain ship", "the_grain grain", False), ("grain ship of", "grain ship_of", True)],
)  # fmt: skip
def test_paired_phrases(phrase: str, expected: str, whole: bool) -> None:
    """A phrase is asked by its pairs, which show its last word only beside a common one."""
    assert paired_phrase(phrase.split()) == (expected.split(), whole)


@given(st.lists(st.sampled_from(["the", "of", "grain", "ship", "peace"]), min_size=2, max_size=6))
def test_pairs_keep_positions(words: list[str]) -> None:
    """As many pairs come out as words went in, and those of a phrase stand in a longer text."""
    assert len(paired_words(words)) == len(words)
    pairs, _ = paired_phrase(words)
    assert paired_words(["grain", *words, "the"])[1:][: len(pairs)] == pairs
