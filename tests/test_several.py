"""One name or several: the public methods take both, and never a name's letters."""

import pytest

from regesta import Edition
from regesta.edition.several import several


@pytest.mark.parametrize(
    ("asked", "names"),
    [((), ()), ("reply", ("reply",)), (["a", " b ", "a", ""], ("a", "b")), ("", ())],
)
def test_names(asked: str | list[str], names: tuple[str, ...]) -> None:
    """A text is one name; blanks are left out and each name stands once."""
    assert several(asked) == names


def test_one_kind_may_be_asked_for_by_its_name(demo: Edition) -> None:
    """Links, silences and findings of one kind are asked for as those of several."""
    assert demo.links(kind="reply") == demo.links(kind=["reply"])
    assert demo.silences(kind="number") == demo.silences(kind=("number",))
    assert demo.audit(kind="date").total == demo.audit(kind=["date"]).total
