"""How much work a document costs to describe, to put into rows and to make a search entry of.

Counted are calls, which are the same on every machine, of functions in Python and of patterns of
:mod:`re`. A limit is what was counted when it was set, and an eighth more. One that is passed
means that every document there is takes longer than it did: look for what asks more than it needs
to, or say in the change why it is worth it. See "Where the time of a build goes" in
benchmarks/README.md.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import pytest

from regesta.describing.registry import describe
from regesta.documents import Document, Source
from regesta.edition.building.pipeline import prepare
from regesta.edition.building.rows import Rows, add_rows

_BODY = (
    "I have the honor to acknowledge the receipt of your note of the {day} instant, in which you "
    "were so good as to inform me that the harbour master of {town} had closed the inner basin to "
    "vessels of war, and that {name} had been told so by word of mouth."
)
LETTER = """No. {number}.
Mr. {name} to Mr. {other}.
Legation of the United States,
{town}, March {day}, 1871. (Received April 2.)
Sir: {body}
{body}
I have, etc.,
{name}."""
TELEGRAM = """861.{number}/381: Telegram
The Ambassador in {town} ({name}) to the Secretary of State
{town}, October {day}, 1918, 7 p.m.
[Received October 28, 2.10 p.m.]
{number}. {body}
{name}"""
MINUTES = """Secretary’s Notes of a Conversation Held in the Room of {name} at {town} on \
Tuesday, {day} February, 1919, at 3 p. m.
1. {body}
{other} said that this had been agreed upon already.
{body}"""


def made(form: str, name: str, other: str, town: str, day: int) -> Document:
    """A made-up document of a form, in which these names stand."""
    body = _BODY.format(name=f"Captain {name}", town=town, day=day)
    text = form.format(number=500 + day, name=name, other=other, town=town, day=day, body=body)
    return Document(
        id=f"made/d{day}", collection="made", source=Source(path="", sha256=""), text=text
    )


@contextmanager
def counted() -> Iterator[Counter[str]]:
    """Count calls of Python functions, and of patterns, while this is open."""
    counts: Counter[str] = Counter()

    def count(frame: FrameType, event: str, called: Any) -> None:
        if event == "call":
            counts["calls"] += 1
        elif event == "c_call" and isinstance(getattr(called, "__self__", None), re.Pattern):
            counts["patterns"] += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        yield counts
    finally:
        sys.setprofile(before)


@pytest.fixture(scope="module", autouse=True)
def prepared() -> None:
    """What is loaded and compiled once is not counted."""
    prepare()
    for form in (LETTER, TELEGRAM, MINUTES):
        add_rows(Rows(), 0, describe(made(form, "Arbuthnot", "Lorimer", "Trieste", 3)))
        # Patterns are compiled for the letters that lines begin with.
        add_rows(Rows(), 0, describe(made(form, "Pomeroy", "Quincey", "Rimini", 4)))


@pytest.mark.parametrize(
    ("form", "patterns", "calls"),
    [(LETTER, 176, 456), (TELEGRAM, 122, 381), (MINUTES, 89, 352)],
    ids=("letter", "telegram", "minutes"),
)
def test_describing_takes_no_more_work(form: str, patterns: int, calls: int) -> None:
    """Describing a document asks no more patterns and functions than when it was counted."""
    document = made(form, "Pennyfeather", "Quillfeldt", "Ragusa", 17)
    with counted() as counts:
        describe(document)
    assert counts["patterns"] <= patterns
    assert counts["calls"] <= calls


@pytest.mark.parametrize(
    ("form", "patterns", "calls"),
    [(LETTER, 2, 340), (TELEGRAM, 2, 259), (MINUTES, 2, 221)],
    ids=("letter", "telegram", "minutes"),
)
def test_rows_and_search_entry_take_no_more_work(form: str, patterns: int, calls: int) -> None:
    """A described document's rows and search entry take no more calls than when counted."""
    document = describe(made(form, "Pennyfeather", "Quillfeldt", "Ragusa", 17))
    with counted() as counts:
        add_rows(Rows(), 1, document)
    assert counts["patterns"] <= patterns
    assert counts["calls"] <= calls
