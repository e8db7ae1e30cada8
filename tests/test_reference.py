"""The reference pages say what the program does."""

from pathlib import Path

import pytest

from regesta.serving.reference import PAGES

DOCS = Path(__file__).parents[1] / "docs" / "reference"


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_up_to_date(name: str) -> None:
    """A page equals what the commands and endpoints give; run regesta.serving.reference again."""
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name]()
