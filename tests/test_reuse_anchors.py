"""Anchors: the same letters make the same hash, whatever case, accents, breaks and script."""

import numpy as np
import pytest

from regesta.linking.reuse.anchors import BESIDE, BITS, LETTERS, anchors, letter


def _hashes(text: str) -> list[int]:
    return anchors([0], [text])[0].tolist()


SAME = [
    ("The harbour of Tarn is closed", "the HARBOUR of tarn\nis closed"),
    ("La réponse du ministère", "La re\u0301ponse du ministe\u0300re"),
    ("Die Größe der Königlichen Flotte", "die große der koniglichen flotte"),
    ("representatives of both Powers", "represen-\ntatives, of both Powers"),
    ("Договор о мире подписан вчера", "ДОГОВОР О МИРЕ, ПОДПИСАН ВЧЕРА"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_case_accents_and_breaks_play_no_part(one: str, other: str) -> None:
    """The first anchor of both is the same."""
    assert _hashes(one)[0] == _hashes(other)[0]


DIFFERENT = [
    ("The harbour of Tarn is closed", "The harbour of Tarm is closed"),
    ("Договор о мире подписан", "Договор о море подписан"),
    ("Η συνθήκη της ειρήνης εγένετο", "Η συνθήκη της ευρήνης εγένετο"),
]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_another_letter_makes_another_anchor(one: str, other: str) -> None:
    """A letter changed in the first sixteen changes the hash."""
    assert _hashes(one)[0] != _hashes(other)[0]


def test_anchors_begin_where_words_begin() -> None:
    """Places are those of first letters; the last words are too short for one."""
    text = "— “Nobody has seen the lamps of the mole.”"
    places = anchors([7], [text])[2].tolist()
    assert [text[place:].split()[0] for place in places] == ["Nobody", "has", "seen", "the"]


def test_an_unspaced_script_begins_a_word_with_every_sign() -> None:
    """A Chinese sentence has an anchor at every sign that has enough after it."""
    text = "大清國大皇帝與大美國伯理璽天德永敦和好"
    assert len(_hashes(text)) == len(text) - LETTERS + 1


def test_texts_keep_their_numbers_and_never_run_into_one_another() -> None:
    """An anchor lies within one text; an empty text has none."""
    texts = ["of the lamps", "", "The harbour of Tarn is closed", "of the mole"]
    hashes, numbers, *_ = anchors([3, 4, 5, 6], texts)
    assert set(numbers.tolist()) == {5}
    assert hashes.tolist() == _hashes(texts[2])
    assert [len(column) for column in anchors([], [])] == [0, 0, 0, 0]


def test_letters_beside_an_anchor_go_with_it() -> None:
    """Six before and six after, five bits each, none from another text."""
    texts = ["One more word: the harbour of Tarn is closed", "ab cdefghijklmnopqr stuvwxyz", "xyz"]
    _, numbers, places, beside = anchors([0, 1, 2], texts)
    found = {(int(n), int(p)): int(b) for n, p, b in zip(numbers, places, beside, strict=True)}

    def told(packed: int) -> str:
        letters = [packed >> BITS * n & 31 for n in range(2 * BESIDE)]
        return "".join(chr(96 + letter) if letter else "." for letter in letters)

    assert told(found[0, 15]) == "reword" + "isclos"
    assert told(found[1, 0]) == "......" + "qrstuv"
    assert told(found[1, 3]) == "....ab" + "stuvwx"


def test_hashes_never_change() -> None:
    """An engine on another machine must find the same: signed, 64 bits, known values."""
    hashes = anchors([0], ["The harbour of Tarn is closed to vessels"])[0]
    assert hashes.dtype == np.int64
    assert hashes.tolist()[:2] == KNOWN


KNOWN = [-6983373187299236379, -2902218618696977448]


@pytest.mark.parametrize(("sign", "value"), [("A", 1), ("é", 5), ("ſ", 19), ("7", 0), ("-", 0)])
def test_letters(sign: str, value: int) -> None:
    """Letters of the alphabet by their place; digits and signs are none."""
    assert letter(ord(sign)) == value
