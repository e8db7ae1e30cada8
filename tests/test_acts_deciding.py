"""Acts that an editor rejects or amends, by `[[act]]` in the edition's decisions."""

from collections.abc import Iterator
from pathlib import Path

import fake_acts
import pytest

from regesta.describing.acts import finders as act_finders
from regesta.edition import Edition
from regesta.edition.acts import stage as acts_stage
from regesta.edition.building.builder import build
from regesta.edition.decisions import read_decisions

PAPER = (
    "The French Ambassador (Lund) to the Minister in Ostova (Berg)\n\nParis, 1912.\n\n"
    "The French Government refuses the loan. Lund proposes a loan to Kell.\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An edition of one paper, whose acts a stand-in finds."""
    kept = act_finders.act_finder
    monkeypatch.setattr(act_finders, "act_finder", lambda name="grammar": fake_acts.find_acts)
    monkeypatch.setattr(acts_stage, "act_finder", lambda name="grammar": fake_acts.find_acts)
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "a.txt").write_text(PAPER, encoding="utf-8")
    build(tmp_path / "papers", tmp_path / "e.regesta", workers=0)
    yield tmp_path / "e.regesta"
    kept.cache_clear()


def decide(folder: Path, text: str) -> Edition:
    """The edition, opened anew with decisions on its only document."""
    (folder / "decisions").mkdir(exist_ok=True)
    id = next(iter(Edition.open(folder).ids()))
    lines = text.replace("ID", id)
    (folder / "decisions" / "acts.toml").write_text(lines, encoding="utf-8")
    return Edition.open(folder)


def told(edition: Edition) -> list[tuple[str, str, str, str]]:
    """Actor, act, modality and tier."""
    return [
        (x.act.actor, x.act.act, x.act.modality, x.act.tier)
        for x in edition.acts.all()
    ]  # fmt: skip


BOTH = [
    ("French Government", "refuse", "actual", "certain"),
    ("Lund", "propose", "actual", "certain"),
]


def test_an_act_is_rejected_and_comes_back(folder: Path) -> None:
    """A row that an editor rejects leaves the ledger, and is there again without the decision."""
    assert told(Edition.open(folder)) == BOTH
    edition = decide(folder, '[[act]]\ndocument = "ID"\nwords = "refuses the loan"\nreject = true')
    assert told(edition) == BOTH[1:]
    assert edition.acts.warnings() == []
    (folder / "decisions" / "acts.toml").unlink()
    assert told(Edition.open(folder)) == BOTH


def test_an_act_is_amended(folder: Path) -> None:
    """What an editor decides of a row stands in it, with its codes and the reason."""
    edition = decide(
        folder,
        '[[act]]\ndocument = "ID"\nwords = "proposes a loan"\nact = "propose"\n'
        'becomes = "offer"\nactor = "Lund and Berg"\nmodality = "conditional"\nwhy = "see d3"',
    )
    assert told(edition)[1] == ("Lund and Berg", "offer", "conditional", "certain")
    (act,) = [x.act for x in edition.acts.all() if x.act.act == "offer"]
    assert (act.group, act.plover, act.confidence) == ("bind", "AGREE", 1.0)
    assert act.rule == "decided: see d3"


def test_a_decision_waits_for_its_act(folder: Path) -> None:
    """A decision whose words no act has is named with its file and line."""
    edition = decide(folder, '[[act]]\ndocument = "ID"\nwords = "sinks a ship"\nreject = true')
    (warning,) = edition.acts.warnings()
    assert warning.startswith("decisions/acts.toml: line 1: no act of")
    assert told(edition) == BOTH


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ('words = "x"', "set either reject = true or some of"),
        ('words = "x"\nreject = true\nactor = "Kell"', "set either reject"),
        ('words = "x"\nreject = "yes"', "reject must be true or false"),
        ('words = "x"\nbecomes = "protset"', "did you mean protest?"),
        ('words = "x"\nmodality = "done"', "known: actual"),
        ('words = ""\nreject = true', "words is empty"),
        ('words = "x"\nactors = "Kell"', "did you mean actor?"),
        ("reject = true", "needs words"),
    ],
)
def test_malformed_decisions(tmp_path: Path, lines: str, expected: str) -> None:
    """What cannot be read is named with its file and line; nothing else suffers."""
    (tmp_path / "decisions").mkdir()
    text = f'[[act]]\ndocument = "papers/a"\n{lines}\n'
    (tmp_path / "decisions" / "x.toml").write_text(text, encoding="utf-8")
    decisions = read_decisions(tmp_path)
    assert decisions.acts == []
    assert expected in decisions.warnings[0]
    assert "decisions/x.toml: line 1" in decisions.warnings[0]
