"""What an open edition shows: its own questions and its parts, each of them written down."""

from pathlib import Path

from regesta import Edition
from regesta.edition.parts import LatePart

#: The contract's words, which are also commands and addresses.
VERBS = (
    "search", "document", "index", "links", "thread", "silences", "acts", "audit", "verify", "cite",
    "find", "table", "permalink", "on", "tei", "source", "compare",
)  # fmt: skip
LATE = ("links", "acts", "audit", "names")
PAGE = Path(__file__).parents[1] / "docs/howto/python.md"


def _public(thing: object) -> set[str]:
    return {name for name in dir(thing) if not name.startswith("_")}


def test_the_words_of_the_contract(demo: Edition) -> None:
    """Every word of the contract can be asked of an edition."""
    assert [name for name in VERBS if not callable(getattr(demo, name))] == []


def test_what_is_found_late_is_asked_alike(demo: Edition) -> None:
    """Links, acts, names and the audit are called, found, told of and closed in one way."""
    for name in LATE:
        part = getattr(demo, name)
        assert isinstance(part, LatePart)
        assert callable(part)
        assert {"find", "ready", "progress", "failures", "close"} <= _public(part)


def test_a_reader_sees_the_parts_at_a_glance(demo: Edition) -> None:
    """The page on Python names every part, and what of it a reader would ask."""
    said = PAGE.read_text(encoding="utf-8")
    parts = {
        name: thing
        for name in _public(demo)
        if type(thing := getattr(demo, name)).__module__.startswith("regesta.")
    }
    assert len(parts) == 9
    assert [name for name in parts if f"edition.{name}" not in said] == []


def test_every_question_says_what_it_answers() -> None:
    """Everything public of an edition and of its late parts has a docstring."""
    bare = [name for name in _public(Edition) if not (getattr(Edition, name).__doc__ or "").strip()]
    assert bare == []
