"""Made-up documents in the form of the great editions, described field by field."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from regesta.describing.bare import bare_document
from regesta.describing.registry import describe
from regesta.documents import Document

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "made_up_editions.toml").read_text("utf-8")
)["document"]
WORDS = ("kind", "number", "language", "source_note", "author", "parties")


def _named(case: dict[str, Any]) -> str:
    return f"{case['series']}: {case['text'].strip().splitlines()[:2][-1][:50]}"


def _values(document: Document) -> dict[str, Any]:
    return {
        "senders": [f"{p.name} | {p.office}" for p in document.senders],
        "recipients": [f"{p.name} | {p.office}" for p in document.recipients],
        "place": document.place.name if document.place else "",
        **{field: document.word(field) for field in WORDS},
    }


@pytest.mark.parametrize("case", CASES, ids=_named)
def test_every_field_is_read(case: dict[str, Any]) -> None:
    """Parties, place, kind, numbers, author and shelfmark come out of each edition's own form."""
    found = _values(describe(bare_document("editions/1", case["text"].strip())))
    for field in case.keys() - {"series", "text"}:
        wanted, have = case[field], found[field]
        if isinstance(wanted, list):
            assert [x.casefold() for x in have] == [x.casefold() for x in wanted], field
        else:
            assert have.casefold() == wanted.casefold(), field


def test_the_words_prove_each_value() -> None:
    """Every fact of every document points at words of its text."""
    for case in CASES:
        document = describe(bare_document("editions/1", case["text"].strip()))
        for fact in document.facts:
            assert fact.span is not None, (case["text"][:60], fact.field)
            assert document.text[slice(*fact.span)].strip()
