"""Words of the TEI reader: an archive's file number in a source note."""

import pytest

from regesta.reading.tei.words import archive_number


@pytest.mark.parametrize(
    ("note", "number"),
    [
        ("File No. 812.00/77", "812.00/77"),
        ("File No. 812.00/77, 79", "812.00/77, 79"),
        ("File No. 812d.11 R25/18½", "812d.11 R25/18½"),
        ("File No. 812.00/77; printed in the Harbour Papers, vol. 2, p. 9", "812.00/77"),
        ("File No. 812.00/77, 25 July", "812.00/77"),
        ("[File No. 812.00/77 ½]", "812.00/77 ½"),
        ("Telegram", None),
        ("File not found", None),
    ],
)
def test_archive_number(note: str, number: str | None) -> None:
    """The number ends where the note's other words begin."""
    found = archive_number(note)
    assert (found[0] if found else None) == number
