"""Ids made of titles and file names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta.documents.ids import local_id, slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Documents on Soviet Foreign Policy", "documents-on-soviet-foreign-policy"),
        ("Lettres d'Orient, 1500–1918", "lettres-dorient-1500-1918"),
        ("Große Übersicht der Straßen", "grosse-ubersicht-der-strassen"),
        ("Письма", "письма"),
        ("…", "x5111434a"),
    ],
)
def test_slug(text: str, expected: str) -> None:
    """A title becomes words joined by hyphens, without accents."""
    assert slug(text) == expected


def test_slug_is_cut_at_a_word() -> None:
    """A long title ends with a whole word inside the limit."""
    assert slug("one two three four", limit=12) == "one-two"
    assert slug("incomprehensibilities", limit=5) == "incom"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("vipa.l.hbg.17190527", "vipa.l.hbg.17190527"),
        ("Mühür's copy, no. 3", "Muhurs_copy_no._3"),
        ("a/../b", "a_.._b"),
        ("..", "x9608161c"),
        (".hidden", "hidden"),
    ],
)
def test_local_id(text: str, expected: str) -> None:
    """A file's stem keeps its case, dots and hyphens; anything unsafe becomes an underscore."""
    assert local_id(text) == expected


@given(st.text())
def test_ids_are_safe_in_a_url(text: str) -> None:
    """No id is empty or holds a slash, white space or a leading dot, and ids are stable."""
    for made in (slug(text), local_id(text)):
        assert made
        assert not made.startswith(".")
        assert not any(c.isspace() or c in "/\\?#%" for c in made)
    assert local_id(local_id(text)) == local_id(text)
