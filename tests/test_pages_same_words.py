"""The panel of the same words: who quotes whom where that is known, clauses apart."""

import pytest

from regesta.documents import Link
from regesta.edition.links.store import StoredLink
from regesta.serving.pages.references import _same_words


def stored(kind: str, form: str, direction: str, confidence: float = 0.9) -> StoredLink:
    """A link by the same words."""
    evidence = {"there": "0-90", "class": form, "direction": direction}
    return StoredLink("c/a", Link(kind, "c/b", confidence=confidence, evidence=evidence))


@pytest.mark.parametrize(
    ("kind", "form", "direction", "out", "back"),
    [
        ("quotation", "quotation", "from it", "Quotes", "Quoted in"),
        ("quotation", "quotation", "undecided", *["Has words in common with"] * 2),
        ("quotation", "treaty clause", "from it", *["Shares clauses with"] * 2),
        ("quotation", "treaty clause", "undecided", *["Shares clauses with"] * 2),
        ("enclosure", "enclosure", "from it", "Prints in full", "Printed in full in"),
        ("duplicate", "draft", "from it", "Printed again", "Printed again as"),
    ],
)
def test_groups(kind: str, form: str, direction: str, out: str, back: str) -> None:
    """Each link stands in one group, by what it is and which way it goes."""
    link = stored(kind, form, direction)
    assert [name for name, links in _same_words([link], []) if links] == [out]
    assert [name for name, links in _same_words([], [link]) if links] == [back]


def test_the_surest_come_first() -> None:
    """Links that go either way are put in one order."""
    unsure, sure = (stored("quotation", "treaty clause", "", n) for n in (0.7, 0.98))
    (found,) = [links for _, links in _same_words([unsure], [sure]) if links]
    assert found == [(sure, True), (unsure, False)]


def test_other_links_are_none_of_these() -> None:
    """A reply has no words in common."""
    reply = StoredLink("c/a", Link("reply", "c/b", evidence={"standing": "asserted"}))
    assert not any(links for _, links in _same_words([reply], [reply]))
