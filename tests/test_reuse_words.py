"""Words around seeds: cut from a file of texts as the SQL of the stage would cut them."""

from contextlib import closing
from pathlib import Path

import duckdb
import numpy as np
import pytest
from reuse_papers import prose

from regesta.linking.engines.words import TEXTS, Words, around, write
from regesta.linking.reuse.grow import Windows
from regesta.linking.reuse.stages import STAGES

TEXTS_OF = [
    prose(1, 200), prose(2, 20, "cyrillic"), "", prose(3, 90, "greek"),
    f"{prose(4, 150)} 𝔄𝔅 {prose(5, 150)}", prose(6, 400, "german"),
]  # fmt: skip
SEEDS = [(0, 1, 0, 16, 5, 21), (0, 5, 700, 760, 900, 965), (3, 4, 10, 40, 260, 300),
         (1, 4, 0, 900, 0, 4000), (4, 5, 240, 256, 241, 257)]  # fmt: skip
COLUMNS = ("a", "b", "x0", "x1", "y0", "y1")


def stretches(texts: list[str], first: int = 0) -> dict[str, object]:
    """A batch of texts, numbered from ``first`` on."""
    return {"stretch": np.arange(first, first + len(texts)), "text": texts}


def batch() -> dict[str, object]:
    """A batch of seeds."""
    columns = np.array(SEEDS, np.int32).T
    return {**dict(zip(COLUMNS, columns, strict=True)), "df": columns[0], "rank": columns[0]}


def test_words_are_those_of_the_sql(tmp_path: Path) -> None:
    """The same words and beginnings, in every script, at the ends of texts and beyond."""
    write(tmp_path, [stretches(TEXTS_OF[2:], 2), stretches(TEXTS_OF[:2])])
    with closing(Words(tmp_path)) as words:
        (made,) = around([batch()], words)
    with duckdb.connect() as db:
        db.execute("CREATE TABLE texts (stretch INT, text TEXT)")
        db.executemany("INSERT INTO texts VALUES (?, ?)", list(enumerate(TEXTS_OF)))
        db.execute(
            "CREATE TABLE seeds (a INT, b INT, x0 INT, x1 INT, y0 INT, y1 INT, df INT, rank INT)"
        )
        db.executemany("INSERT INTO seeds VALUES (?, ?, ?, ?, ?, ?, 2, 0)", SEEDS)
        rows = db.execute(f"SELECT u0, v0, u, v FROM ({STAGES[-1].sql}) ORDER BY a, b").fetchall()
    found = zip(*(made[name] for name in ("a", "b", "u0", "v0", "u", "v")), strict=True)
    assert [tuple(row[2:]) for row in sorted(found, key=lambda row: row[:2])] == rows


@pytest.mark.parametrize("texts", [TEXTS_OF[:2], TEXTS_OF[3:]])
def test_signs_in_a_row(tmp_path: Path, texts: list[str]) -> None:
    """Windows are the same whether words are at hand packed or as strings."""
    write(tmp_path, [stretches(texts)])
    numbers = np.arange(len(texts))
    with closing(Words(tmp_path)) as words:
        cuts = words.cut(numbers, numbers * 0, numbers * 0 + 10**6)
    assert list(cuts) == texts
    assert list(cuts[1:]) == texts[1:]
    packed, plain = Windows(cuts), Windows(texts)
    assert (packed.codes == plain.codes).all()
    assert (packed.starts == plain.starts).all()


def test_what_is_there_is_kept(tmp_path: Path) -> None:
    """A run goes on from the texts of a killed one; what was not finished is not taken."""
    (tmp_path / TEXTS).write_bytes(b"half")
    write(tmp_path, [stretches(["one"])])
    write(tmp_path, [stretches(["two"])])
    with closing(Words(tmp_path)) as words:
        assert list(words.cut(np.array([0]), np.array([0]), np.array([9]))) == ["one"]
