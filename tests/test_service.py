"""Numbered letters of a diplomatic service are despatches and instructions where they say so."""

import pytest

from regesta.describing.bare import bare_document
from regesta.describing.registry import describe

CASES = [
    ("despatch", "Mr. Kell to Mr. Holm", "Legation of the United States,\nMadrid, May 21, 1881.",
     "Sir: I have the honor to acknowledge your instruction No. 32 in the case of Mr. Lund.",
     "I have, etc.,\nJohn Kell."),
    ("despatch", "Mr. Kell to Mr. Holm", "American Embassy,\nLima, May 21, 1881.",
     "Sir: Referring to my No. 16, I transmit a copy of the decree.", "I have, etc.,\nJohn Kell."),
    ("instruction", "Mr. Holm to Mr. Kell", "Department of State,\nWashington, May 21, 1881.",
     "Sir: I have to acknowledge your dispatch No. 7, and to approve what you did.",
     "I am, etc.,\nPeter Holm."),
    ("instruction", "Earl Holm to Mr. Kell", "Foreign Office, May 21, 1881.",
     "Sir: You are authorized to read this to the minister.", "I am, etc.,\nHolm."),
    ("letter", "Mr. Holm to Mr. Lund", "Department of State,\nWashington, May 21, 1881.",
     "Sir: Referring to your note, No. 200, complaining of the law, I have to say that it stands.",
     "Accept, etc.,\nPeter Holm."),
    ("letter", "Mr. Kell to Earl Holm", "Legation of the United States,\nLondon, May 21, 1881.",
     "My Lord: I have told the Department of State of your lordship's letter.",
     "I have, etc.,\nJohn Kell."),
    ("letter", "Lord Lund to Mr. Holm", "British Embassy,\nWashington, May 21, 1881.",
     "Sir: I informed the Marquis of what your Government had done.", "I have, etc.,\nLund."),
    ("letter", "Mr. Kell to Mr. Holm", "Legation of the United States,\nMadrid, May 21, 1881.",
     "Sir: The town is quiet and the harvest is good.", "I have, etc.,\nJohn Kell."),
    ("letter", "Mr. Kell to Mr. Holm", "Madrid, May 21, 1881.",
     "Sir: I thank you for your instruction in the matter.", "I have, etc.,\nJohn Kell."),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "heading", "dateline", "body", "foot"), CASES)
def test_kinds_of_service(kind: str, heading: str, dateline: str, body: str, foot: str) -> None:
    """House, number and the paper's words make the kind; notes and the doubtful stay letters."""
    document = describe(bare_document("x/1", f"{heading}\n{dateline}\nNo. 9.]\n{body}\n{foot}"))
    assert document.word("kind") == kind
