"""Where the rail and the text lead: index entries by id or label, of small and large indexes."""

import pytest
from fake_edition import FakeEdition, telegram
from msgspec.structs import replace

from regesta.documents import Fact, Subject
from regesta.serving.pages import facts
from regesta.serving.pages.facts import Index, show_facts
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


def test_subjects_of_an_index_say_how_far_they_go() -> None:
    """What an index gives by page is not simply given; the strongest stand first."""
    facts_given = [
        Fact("subject", Subject("Tolls"), "given", "index", confidence=0.3),
        Fact("subject", Subject("Quays"), "given", "index", confidence=0.6),
        Fact("subject", Subject("Harbours"), "given", "index", confidence=1.0),
        Fact("subject", Subject("Fish"), "given", "tei:keywords"),
    ]
    document = replace(telegram(), facts=tuple(facts_given))
    rows, _ = show_facts(document, Index(FakeEdition()))
    shown = [(row.value, row.origin.striptags()) for row in rows if row.key == "subject"]
    assert shown == [
        ("Harbours", "given"), ("Fish", "given"), ("Quays", "these pages"), ("Tolls", "perhaps")
    ]  # fmt: skip
    assert "may be theirs" in next(row.why for row in rows if row.value == "Tolls")
