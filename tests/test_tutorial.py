"""The tutorial and the README print what the program prints."""

from pathlib import Path

import pytest
from consoles import BLOCK, commands, files, printed, same

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("name", ["docs/tutorial.md", "README.md"])
def test_page_prints_what_the_program_prints(name: str, tmp_path: Path) -> None:
    """Every command of the page runs, and its output is the one shown."""
    page = (ROOT / name).read_text("utf-8")
    files(page, tmp_path)
    blocks = BLOCK.findall(page)
    assert blocks
    for block in blocks:
        for typed in commands(block):
            got = printed(typed.command, tmp_path)
            if typed.expected:
                assert same(typed.expected, got), "\n".join([f"$ {typed.command}", *got])


@pytest.mark.parametrize(
    ("expected", "got", "equal"),
    [
        (["a", "b"], ["a", "b"], True),
        (["a", "b"], ["a", "c"], False),
        (["a"], ["a", "b"], False),
        (["a", "…", "d"], ["a", "b", "c", "d"], True),
        (["a", "…", "d"], ["a", "b", "c"], False),
        (["3 found, 1.2 ms"], ["3 found, 14 ms"], True),
        (["3 found, 1.2 ms"], ["4 found, 1.2 ms"], False),
    ],
)
def test_comparing_outputs(expected: list[str], got: list[str], equal: bool) -> None:
    """Times may differ and "…" stands for lines left out; nothing else may differ."""
    assert same(expected, got) is equal
