"""Acts in every construction: wordings of a dictionary times frames of syntax, and idioms."""

from types import ModuleType

import pytest
from scripts import benchmark

from regesta.describing.acts import judge

#: What the grammar must read of the cases, of any frame alone, and of the idioms.
FLOOR, LEAST_OF_FRAME, LEAST_OF_IDIOMS = 0.95, 0.6, 0.75
#: One case in so many is read here, all of them by the benchmark.
EACH = 7


@pytest.fixture(scope="module")
def paradigm() -> ModuleType:
    """The benchmark's module, which makes the cases."""
    return benchmark("acts_paradigm")


def test_constructions(paradigm: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every act is read in active and passive, joined, reported, quoted, denied and asked for."""
    monkeypatch.setattr(judge, "FLOOR", 0.0)
    found = paradigm.coverage(list(paradigm.cases())[::EACH])
    assert found.share >= FLOOR
    weak = {
        name: found.kept[name] / n
        for name, n in found.asked.items()
        if n > 20 and found.kept[name] / n < LEAST_OF_FRAME
    }
    assert not weak


def test_idioms(paradigm: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Turns of phrase that are acts are read as such, whatever their verbs are."""
    monkeypatch.setattr(judge, "FLOOR", 0.0)
    assert paradigm.coverage(paradigm.idioms()).share >= LEAST_OF_IDIOMS


def test_every_act_has_wordings(paradigm: ModuleType) -> None:
    """The paradigm knows every act of the vocabulary."""
    acts = {act for wording in paradigm.wordings() for act in wording.acts}
    assert acts == paradigm.kinds_of(*{kind.group for kind in paradigm.kinds().values()})
