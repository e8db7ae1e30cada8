"""Passages: found whole, with exact edges, in any script, and bounded whatever comes in."""

from pathlib import Path

import numpy as np
import pytest
from reuse_papers import SYLLABLES, cut, found, misread, paper, prose

from regesta.documents import Layer
from regesta.linking.reuse.align import aligned, joined
from regesta.linking.reuse.stages import MOST_PLACES


@pytest.mark.parametrize("script", SYLLABLES)
def test_a_passage_is_found_to_the_word(tmp_path: Path, script: str) -> None:
    """In any script: the passage, all of it and nothing else, on both sides."""
    passage = prose("shared", 40, script).rstrip(".")
    papers = [
        paper("a", f"{prose('a', 50, script)} {passage} {prose('b', 50, script)}"),
        paper("b", f"{prose('c', 30, script)}\n{passage}\n{prose('d', 70, script)}"),
    ]
    (row,) = found(papers, tmp_path)
    assert cut(papers, row) == (passage, passage)
    assert row[6] == 0


@pytest.mark.parametrize("rate", [0.03, 0.06, 0.1])
def test_misprints_do_no_harm(tmp_path: Path, rate: float) -> None:
    """A passage of 400 characters is found though every tenth letter is misread."""
    passage = prose("shared", 55)
    papers = [
        paper("a", f"{prose('a')} {passage} {prose('b')}"),
        paper("b", f"{prose('c')} {misread(passage, rate)} {prose('d')}"),
    ]
    (row,) = found(papers, tmp_path)
    held = cut(papers, row)[0]
    assert held in passage
    assert len(held) > 0.9 * len(passage)


def test_ends_never_run_on(tmp_path: Path) -> None:
    """Unrelated words between two shared passages part them, and none follows the last."""
    first, second = prose("one", 30).rstrip("."), prose("two", 30).rstrip(".")
    papers = [
        paper("a", f"{first} {prose('between', 25)} {second} {prose('after', 60)}"),
        paper("b", f"{first} {prose('others', 25)} {second} {prose('and after', 60)}"),
    ]
    rows = found(papers, tmp_path)
    assert [cut(papers, row) for row in rows] == [(first, first), (second, second)]


def test_transposed_paragraphs_are_passages_of_their_own(tmp_path: Path) -> None:
    """Three paragraphs in another order are three passages of one pair."""
    one, two, three = (prose(n, 30).rstrip(".") for n in (1, 2, 3))
    papers = [paper("a", "\n".join((one, two, three))), paper("b", "\n".join((three, one, two)))]
    rows = found(papers, tmp_path)
    assert sorted(one_side for row in rows for one_side in cut(papers, row)[:1]) == sorted(
        (f"{one}\n{two}", three)
    )


def test_formulae_lead_nowhere(tmp_path: Path) -> None:
    """Of two million pairs that share a formula few are looked at: where a word before agrees."""
    formula = prose("formula", 30)
    papers = [paper(str(n), f"{prose(n, 8)} {formula}") for n in range(MOST_PLACES * 100)]
    assert len(found(papers, tmp_path)) < len(papers)


def test_a_document_does_not_quote_itself(tmp_path: Path) -> None:
    """The same words twice in one document, an empty and a short one, make no passage."""
    papers = [paper("a", f"{prose(1)} {prose(2)} {prose(1)}"), paper("b", ""), paper("c", "Yes.")]
    assert found(papers, tmp_path) == []


def test_a_text_of_ten_million_characters_is_bounded(tmp_path: Path) -> None:
    """It is cut into pieces; a passage across two of them comes out whole."""
    middle = " ".join(prose(n, 100_000) for n in range(3)) * 4
    passage = prose("shared", 50)
    papers = [
        paper("a", f"{middle[:5_000_000]} {passage} {middle[5_000_000:]}"),
        paper("b", passage),
    ]
    assert len(papers[0].text) > 8_000_000
    rows = [row for row in found(papers, tmp_path) if row[3] == "c/b"]
    assert [cut(papers, row)[0] for row in rows] == [passage.rstrip(".")]


def test_headings_and_closings_are_left_out(tmp_path: Path) -> None:
    """Only the documents' own words are compared."""
    same = prose("same", 40)
    papers = []
    for id in "ab":
        text = f"{same}\n{prose(id)}"
        document = paper(id, text)
        layers = (Layer("heading", 0, len(same)), Layer("body", len(same) + 1, len(text)))
        papers.append(type(document)(id=document.id, collection="c", source=document.source,
                                     text=text, layers=layers))  # fmt: skip
    assert found(papers, tmp_path) == []


def test_a_killed_run_goes_on(tmp_path: Path) -> None:
    """Tables that are whole are kept: the rows are the same after the last one is lost."""
    passage = prose("shared", 50)
    papers = [paper(id, f"{prose(id)} {passage}") for id in "abc"]
    rows = found(papers, tmp_path)
    for lost in tmp_path.glob("passages.*"):
        lost.unlink()
    (tmp_path / "passages.0-0.draft").write_bytes(b"half a")
    before = (tmp_path / "seeds.parquet").stat().st_mtime_ns
    assert found([], tmp_path) == rows
    assert (tmp_path / "seeds.parquet").stat().st_mtime_ns == before


def test_helpers_make_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Slices made by two processes give what one process gives."""
    papers = [paper(str(n), f"{prose(n)} {prose(n // 3)} {prose(n % 7)}") for n in range(40)]
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    alone = found(papers, tmp_path / "one")
    monkeypatch.setattr("regesta.linking.engines.duckdb.MANY", 10)
    assert found(papers, tmp_path / "two", threads=2) == alone
    assert len(list((tmp_path / "two").glob("passages.*.parquet"))) > 2


def test_chance_agreement_is_no_passage() -> None:
    """Sixteen letters that agree amid other words are nothing."""
    u = f"{prose(1, 20)} the same few words {prose(2, 20)}"
    v = f"{prose(3, 20)} the same few words {prose(4, 20)}"
    assert passages(u, v, u.index("the same"), v.index("the same")) == []


def passages(u: str, v: str, x: int, y: int, length: int = 18) -> list[tuple[int, ...]]:
    """What a seed at x and y becomes: from and to in both texts, and edits."""
    ends = {"x0": x, "x1": x + length, "y0": y, "y1": y + length}
    numbers = {"a": 0, "b": 1, "df": 2, "u0": 0, "v0": 0, **ends}
    batch = {name: np.array([value]) for name, value in numbers.items()}
    rows = [made for made in aligned([{**batch, "u": [u], "v": [v]}]) if len(made["a"])]
    columns = ("x0", "x1", "y0", "y1", "edits")
    return [row for made in rows for row in zip(*(made[c].tolist() for c in columns), strict=True)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a guard of twelve men will be ", " sent to the lower bridge at nightfall and wait there"),
        ("", " sent to the lower bridge at nightfall and wait there for the boats"),
        ("the consul asks that a guard of twelve men of the garrison will be ", ""),
    ],
)
def test_a_seed_grows_as_far_as_both_texts_agree(before: str, after: str) -> None:
    """Over misprints and words left out, at either end of a text, and not into what follows."""
    u = f"{prose(1, 9)} {before}kept at the ready{after}. {prose(2, 9)}"
    other = before.replace("twelve", "tvvelve") + "kept at the ready" + after.replace("lower ", "")
    v = f"{prose(3, 9)} {other}. {prose(4, 9)}"
    ((x0, x1, y0, y1, edits),) = passages(u, v, u.index("kept"), v.index("kept"), 17)
    assert u[x0:x1] == f"{before}kept at the ready{after}".strip()
    assert v[y0:y1] == other.strip()
    assert edits <= 8


def test_passages_that_touch_are_one() -> None:
    """Two halves found in two slices are joined; a repeated sentence stays two."""
    from regesta.linking.reuse.align import Span

    halves = [Span(0, 100, 50, 150, 100, 0), Span(101, 180, 151, 230, 79, 0)]
    assert joined(halves) == [Span(0, 180, 50, 230, 179, 0)]
    twice = [Span(0, 100, 50, 150, 100, 0), Span(0, 100, 450, 550, 100, 0)]
    assert joined(twice) == twice
