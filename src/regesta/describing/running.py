"""The documents of a collection into the same without the edition's running numbers.

One document does not show whether "No. 98." above its heading is its writer's or the edition's. A
number that goes on from document to document whoever writes is the edition's, and no paper's own.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from regesta.documents import Document, Fact

#: The rule of numbers that may be the edition's.
ABOVE = "number above heading"
#: Fewer numbered documents, or steps from one writer to another, show nothing.
LEAST, LEAST_CHANGES = 8, 4
#: So many of the documents bear such a number, and so many go on by one from the one before; set by
#: judgement: editions skip and repeat a few.
BEAR, GO_ON = 0.7, 0.9

_DIGITS = re.compile(r"\d+")


def without_running_numbers(documents: Sequence[Document]) -> list[Document]:
    """Take the edition's own numbers from documents that were described.

    Args:
        documents: All of one collection, in its order.

    Returns:
        The documents in the same order; those whose number is no running one are untouched.
    """
    if len(documents) < LEAST:
        return list(documents)
    numbered = [(d, fact) for d in documents if (fact := _above(d)) is not None]
    if not _run_on(numbered, sum(not d.parent for d in documents)):
        return list(documents)
    running = {id(document) for document, _ in numbered}
    return [_without(d) if id(d) in running else d for d in documents]


def _above(document: Document) -> Fact | None:
    return next(
        (f for f in document.facts if f.field == "number" and f.rule == ABOVE),
        None,
    )


def _run_on(numbered: Sequence[tuple[Document, Fact]], documents: int) -> bool:
    if len(numbered) < max(LEAST, BEAR * documents):
        return False
    steps = [
        (int(later) - int(first), _writer(a) != _writer(b))
        for (a, f), (b, g) in pairwise(numbered)
        if (first := _figures(f)) and (later := _figures(g))
    ]
    changes = [step for step, changed in steps if changed]
    if len(changes) < LEAST_CHANGES:
        return False
    return all(
        sum(step == 1 for step in some) >= GO_ON * len(some)
        for some in ([step for step, _ in steps], changes)
    )


def _figures(fact: Fact) -> str:
    found = _DIGITS.match(str(fact.value))
    return found[0] if found else ""


def _writer(document: Document) -> tuple[str, ...]:
    return tuple(party.name or party.office for party in document.senders)


def _without(document: Document) -> Document:
    facts = tuple(f for f in document.facts if not (f.field == "number" and f.rule == ABOVE))
    return msgspec.structs.replace(document, facts=facts)
