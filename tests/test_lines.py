"""Lines into paragraphs."""

import pytest

from regesta.reading.lines import join, paragraphs, vocabulary_of, wrap_width

WRAPPED = """\
The Minister received the note on the morning of the third, and answered at once
that the frontier would stay open to couriers of both Governments until the end
of the month.

He added that no reply was needed.
""".splitlines()


def made(lines: list[str]) -> list[str]:
    """Paragraphs of lines, with the evidence of the lines themselves."""
    return paragraphs(lines, vocabulary_of(lines))


def test_wrapped_lines_are_joined() -> None:
    """A paragraph is one block, whatever the width it was wrapped to."""
    blocks = made(WRAPPED)
    assert len(blocks) == 2
    assert blocks[0].startswith("The Minister received the note on the morning")
    assert "\n" not in blocks[0]


def test_breaks_that_were_meant_are_kept() -> None:
    """Where the next word would have fitted, the line was ended on purpose."""
    lines = ["The Foreign Office", "Riga", "", *WRAPPED, "", "I have the honor to be", "A. Brandt"]
    blocks = made(lines)
    assert blocks[:2] == ["The Foreign Office", "Riga"]
    assert blocks[-2:] == ["I have the honor to be", "A. Brandt"]


def test_an_indented_line_begins_a_paragraph() -> None:
    """Books indent instead of leaving a line blank."""
    lines = ["    " + WRAPPED[0], *WRAPPED[1:3], "    " + WRAPPED[0], *WRAPPED[1:3]]
    assert len(made(lines)) == 2


def test_one_line_a_paragraph_is_not_wrapped() -> None:
    """Long lines are paragraphs; the breaks between short ones stand."""
    lines = ["25 July 1918", "Pravda, 25 July 1918", "", "word " * 60]
    assert wrap_width(lines) == 0
    assert len(made(lines)) == 3


@pytest.mark.parametrize(
    ("lines", "elsewhere", "joined"),
    [
        (["the settle-", "ment of"], "a settlement", "the settlement of"),
        (["the settle-", "ment of"], "", "the settle-ment of"),
        (["well-", "known"], "wellknown but well-known", "well-known"),
        (["Anglo-", "French troops"], "", "Anglo-French troops"),
        (["soft\xad", "ened"], "", "softened"),
        (["1914-", "1918"], "", "1914- 1918"),
    ],
)
def test_hyphens_fall_only_with_evidence(lines: list[str], elsewhere: str, joined: str) -> None:
    """A divided word is mended where the text prints it undivided elsewhere."""
    assert join(lines, vocabulary_of([elsewhere])) == joined


def test_short_lines_that_end_sentences_are_not_wrapped() -> None:
    """A heading, a number and a dateline under one another stay lines of their own."""
    lines = [
        "Sir A. Holm to Mr. Kell.—(Received March 16.)",
        "(No. 371.) (Telegraphic.) Riga, March 15, 1917.",
        "MY immediately preceding telegram.",
        "The bridge has been opened again.",
    ]
    assert wrap_width(lines) == 0
    assert made(lines) == lines
