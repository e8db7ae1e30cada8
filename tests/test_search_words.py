"""Words of search: folding, stems, other spellings, and that folding is stable."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta.edition.search.words import (
    LONGEST_WORD,
    STEMMERS,
    TAGS,
    WORD,
    base_language,
    beginnings,
    codes_of,
    common_words,
    fold,
    folded_words,
    likely_language,
    paired_phrase,
    paired_words,
    pairs_of,
    phrase_of_threes,
    stem,
    stemmed_words,
    threes_of,
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
    [("the rubles", "en", "theE rublE"), ("рублей", "ru", "рублR"),
     ("häuser", "de", "hausD"),
     ("rubles", "", "rubles"), ("despatched", "en", "dispatchE"), ("govts", "en", "governE"),
     ("the u s consul", "en", "theE unitE stateE consulE"), ("u s", "de", "uD sD"),
     ("lieut kell oct 24", "en", "lieutenE kellE octobE 24E")],
)  # fmt: skip
def test_stems(words: str, language: str, expected: str) -> None:
    """Stems bear their language; other spellings and abbreviations go under the usual word."""
    assert stemmed_words(folded_words(words), language) == expected.split()


def test_every_language_has_a_stemmer() -> None:
    """Every language that is named can be stemmed."""
    assert all(stem("x", language).endswith(TAGS[language]) for language in STEMMERS)


@pytest.mark.parametrize(
    ("given_code", "expected"),
    [("en", "en"), ("eng", "en"), ("en-US", "en"), ("DE", "de"), ("nb", "no"), ("ota", ""),
     ("", "")],
)  # fmt: skip
def test_base_language(given_code: str, expected: str) -> None:
    """A language code leads to the stemmer of its language, or to none."""
    assert base_language(given_code) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("dispatch", {"dispatch", "despatch"}),
        ("despatches", {"dispatch", "despatch"}),
        ("connexion", {"connect", "connexion"}),
        ("govern", {"govern", "govt"}),
        ("copies", {"cop"}),
        ("copy", {"cop"}),
    ],
)
def test_beginnings(word: str, expected: set[str]) -> None:
    """It is known how words begin that share a stem, other spellings too."""
    assert expected <= beginnings(word, "en")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("He is of the same view.", "en"), ("Der Graf ist nicht hier.", "de"), ("Bluefields.", "")],
)
def test_likely_language(text: str, expected: str) -> None:
    """A short text's stemmer is guessed by its small words, or left open."""
    assert likely_language(text) == expected


@pytest.mark.parametrize(
    ("phrase", "pairs"),
    [("the government of the", 2), ("of the", 1), ("grain ship", 0), ("grain of", 0),
     ("the grain ship", 0)],
)  # fmt: skip
def test_paired_phrases(phrase: str, pairs: int) -> None:
    """A phrase of common words alone is asked by no more pairs than it needs."""
    assert len(paired_phrase(phrase.split())) == pairs


@given(st.lists(st.sampled_from(["the", "of", "grain", "ship", "peace"]), min_size=2, max_size=6))
def test_pairs_keep_positions(words: list[str]) -> None:
    """A text has the pairs of a phrase in it, at the places of its words, and no other pairs."""
    pieces = paired_words(["grain", *words, "the"]).split()
    assert len(pieces) == len(words) + 3
    pairs = paired_phrase(words)
    assert all(pieces[2:][at] == pair for at, pair in pairs)
    assert not pairs or {at + i for at, _ in pairs for i in (0, 1)} == set(range(len(words)))
    common = [word in common_words() for word in ["grain", *words, "the"]]
    shown = [i for i, piece in enumerate(pieces[1:-1]) if piece.isalnum()]
    assert shown == [i for i, (a, b) in enumerate(pairwise(common)) if a and b]


@given(st.lists(st.sampled_from(["the", "of", "grain", "ship", "peace"]), max_size=6))
def test_pairs_alone_are_those_with_places(words: list[str]) -> None:
    """Where no places are kept, a text has the same pairs, and nothing that stands for no pair."""
    pieces = paired_words(words).split()[1:-1]
    assert pairs_of(codes_of(words)).split() == [piece for piece in pieces if piece.isalnum()]


@pytest.mark.parametrize(
    ("phrase", "threes"),
    [("the government of", [0]), ("the government of the", [0, 1]),
     ("of the government of the", [0, 2]), ("to be of the same view of it", [0, 3, 5]),
     ("the grain of", []), ("of the", [])],
)  # fmt: skip
def test_phrases_of_threes(phrase: str, threes: list[int]) -> None:
    """A phrase of common words alone is asked by no more threes than it needs."""
    assert [at for at, _ in phrase_of_threes(phrase.split())] == threes


@given(
    st.lists(st.sampled_from(["the", "of", "grain", "ship", "peace"]), max_size=12),
    st.lists(st.sampled_from(["the", "of", "to", "in"]), min_size=3, max_size=8),
    st.sampled_from([0, 300]),
)
def test_threes_find_phrases(words: list[str], phrase: list[str], before: int) -> None:
    """A text, long or short, has the threes of a phrase as far apart as it has the phrase."""
    text = [*["of", "grain"] * before, *words]
    pieces = threes_of(codes_of(text)).split()
    threes = phrase_of_threes(phrase)
    found = any(
        all(pieces[start + at : start + at + 1] == [three] for at, three in threes)
        for start in range(len(pieces))
    )
    assert found == any(text[at : at + len(phrase)] == phrase for at in range(len(text)))
    assert {at + i for at, _ in threes for i in range(3)} == set(range(len(phrase)))


def test_threes_leave_most_of_a_text_out() -> None:
    """What is not common takes three places at most, however long it is."""
    text = ["of", "the", "in", *["grain"] * 50, "of", "the", "in"]
    assert len(threes_of(codes_of(text)).split()) == 5


def test_common_words_have_codes_of_their_own() -> None:
    """No two common words share a code, and every code has two letters or digits."""
    codes = list(common_words().values())
    assert len(set(codes)) == len(codes)
    assert all(len(code) == 2 and code.isascii() and code.isalnum() for code in codes)


@pytest.mark.parametrize(
    "text",
    ["Œuvre à 3½ £", "ÅÄÖ Þing ǅ 2²", "a\u00adb \u00ad c", "x" * 150, "na\u0308ive йод и\u0306",
     "un\u0301 ﬁn_de  siècle…'s"],
)  # fmt: skip
def test_folds_texts_as_words(text: str) -> None:
    """A text is folded whole as it would be word by word."""
    assert folded_words(text) == [folded for word in WORD.findall(text) if (folded := fold(word))]


@given(st.text())
def test_folds_any_text_as_words(text: str) -> None:
    """However long and in whatever letters."""
    for whole in (text, "The Consul said: " * 60 + text):
        folded = [folded for word in WORD.findall(whole) if (folded := fold(word))]
        assert folded_words(whole) == folded
