"""Acts found by the clause grammar, on short made-up papers."""

import pytest

from regesta.describing.acts import find_acts
from regesta.describing.bare import bare_document
from regesta.describing.base import Context
from regesta.describing.registry import describe
from regesta.documents import Act


def acts(text: str) -> list[Act]:
    """The acts of a bare text."""
    return find_acts(describe(bare_document("made/up", text)), Context())


HEAD = "The Ambassador in Russia (Kell) to the Secretary of State\nMoscow, May 2, 1918.\n"


PROTEST = ("Soviet Government", "protest", "affirmed", "actual")
REQUEST = ("Kell", "request", "affirmed", "actual")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The Soviet Government protests against the landing of troops.", PROTEST),
        ("I have the honor to request instructions.", REQUEST),
    ],
)
def test_acts(words: str, expected: tuple[str, str, str, str]) -> None:
    """A sentence's act has its actor, polarity and modality."""
    found = [(a.actor, a.act, a.polarity, a.modality) for a in acts(HEAD + words + "\n")]
    assert expected in found
