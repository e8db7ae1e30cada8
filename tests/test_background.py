"""Work beside the readers is begun once, waited for, and its failure is told."""

import threading

import pytest

from regesta.edition.background import Background


def test_done_once() -> None:
    """However often it is asked, the work is done once."""
    calls: list[int] = []
    work = Background(lambda: calls.append(1))
    assert work.done(10)
    assert work.done(0)
    assert calls == [1]


def test_not_done_yet() -> None:
    """While it lasts, the answer is no; then yes."""
    gate = threading.Event()

    def wait() -> None:
        gate.wait(10)

    work = Background(wait)
    assert not work.done(0)
    gate.set()
    assert work.done(10)


def test_failure_is_told() -> None:
    """What it failed with is raised at every call."""

    def fail() -> None:
        raise ValueError("the cable broke")

    work = Background(fail)
    for _ in range(2):
        with pytest.raises(ValueError, match="the cable broke"):
            work.done(10)
