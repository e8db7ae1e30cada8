"""Where the grammar loses an act, on short made-up papers."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from regesta.describing.acts.find import find_acts
from regesta.describing.acts.trace import STEPS, Trace
from regesta.describing.bare import bare_document
from regesta.describing.base import Context
from regesta.describing.registry import describe
from regesta.edition.evaluating.acts import evaluate_acts, read_gold
from regesta.serving.cli.main import main

REPORT = "The Ambassador in Russia (Kell) to the Secretary of State\nMoscow, May 2, 1918.\n"
ORDER = "The Secretary of State to the Minister in Peru (Kell)\nWashington, May 2, 1901.\n"


@pytest.mark.parametrize(
    ("heading", "words", "act", "step", "word"),
    [
        (REPORT, "The harvest here was good.", "protest", "kept back", ""),
        (REPORT, "Sweden polished and protested.", "refuse", "not in the lexicon", ""),
        (REPORT, "The farmers protested against the tax.", "protest", "actor", "verb:protest"),
        (REPORT, "He spoke of the protest.", "protest", "frame", "noun:protest"),
        (REPORT, "I inform you that Sweden has signed the treaty.", "inform", "tests",
         "verb:inform"),
        (REPORT, "Sweden protested.", "protest", "written", "verb:protest"),
    ],
)  # fmt: skip
def test_where_an_act_is_lost(heading: str, words: str, act: str, step: str, word: str) -> None:
    """The step is that of the row that came furthest; before any row, that of its words."""
    document = describe(bare_document("made/up", f"{heading}{words}\n"))
    trace = Trace()
    find_acts(document, Context(), trace)
    start = document.text.index(words)
    loss = trace.lost(act, start, start + len(words))
    assert loss.step == step
    assert step in STEPS
    assert word in loss.word


def test_the_grammar_finds_the_same_with_a_trace() -> None:
    """To be watched changes nothing."""
    words = "Sweden protested. I inform you that Norway will refuse the terms.\n"
    document = describe(bare_document("made/up", REPORT + words))
    assert find_acts(document, Context()) == find_acts(document, Context(), Trace())


def test_an_evaluation_says_where_acts_are_lost(tmp_path: Path) -> None:
    """Every act that is not at its place has a step, in print and in the JSON."""
    gold = tmp_path / "gold.jsonl"
    words = "The farmers protested against the tax."
    entry = {"act": "protest", "start": 0, "end": len(words), "actor": "farmers"}
    line = {"id": "made/up", "heading": REPORT.split("\n")[0], "paragraph": words, "acts": [entry]}
    gold.write_text(json.dumps(line) + "\n", "utf-8")
    assert evaluate_acts(read_gold(gold)).lost == {"actor": 1}
    printed = CliRunner().invoke(main, ["evaluate", "--acts", str(gold)])
    assert "lost at: actor" in printed.output
    answer = CliRunner().invoke(main, ["evaluate", "--acts", str(gold), "--json"])
    told = json.loads(answer.output)
    assert told["lost_at"] == {"actor": 1}
    assert told["errors"][0]["lost_at"]["step"] == "actor"
