"""Where the rail and the text lead: index entries by id or label, of small and large indexes."""

import pytest
from fake_edition import FakeEdition

from regesta.serving.pages import facts
from regesta.serving.pages.facts import Index
from regesta.serving.pages.links import index_url


@pytest.mark.parametrize("small", [-1, 8_000])
def test_an_entry_is_found_by_id_or_label(small: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first key that is an entry leads to it, whether the index is read as a whole or asked."""
    monkeypatch.setattr(facts, "_SMALL", small)
    edition = FakeEdition()
    index = Index(edition)
    entry = edition.index("author")[0]
    there = index_url("author", entry.id)
    assert index.url("author", entry.id) == there
    assert index.url("author", "", "nobody", entry.label) == there
    assert index.url("author", "nobody") == index.url("author", "x" * 400) == ""
