"""Acts that a language model proposes, each held against the document before it counts.

Off unless a package of the user's own brings a model through the entry point
``regesta.act_proposers``: a function from a question to an answer, both text. Nothing here knows
of any model, key or provider. A proposed act whose words are not in the document to the letter, or
whose actor is named neither there nor among its parties, is dropped, and counted.
"""

import json
import re
from collections import Counter
from collections.abc import Callable
from importlib.metadata import entry_points
from typing import Any

from regesta.describing.acts.lexicon import Kind, kinds
from regesta.describing.base import Context
from regesta.describing.powers.states import speaks_for
from regesta.documents import Act, Document
from regesta.errors import MissingExtra

#: Asks a model: a question in, its answer out.
Proposer = Callable[[str], str]

GROUP = "regesta.act_proposers"
POLARITIES = ("affirmed", "negated")
MODALITIES = ("actual", "intended", "conditional", "requested")
#: A model gives no measure of its certainty that could be compared with ours.
CONFIDENCE = 0.5
#: Documents are asked about up to so many characters.
LONGEST = 24_000
_LIST = re.compile(r"\[.*\]", re.S)
_ASK = """\
List the diplomatic acts that this document states: who does what toward whom, by words or by a
formal measure. Answer with a JSON list alone. Each item has:
"words": the shortest stretch of the document, copied to the letter, that shows the act;
"act": one of {acts};
"actor": who does it, by a name that stands in the document; "addressee": toward whom, or "";
"about": what, in at most twelve words; "polarity": affirmed or negated;
"modality": actual, intended, conditional or requested;
"reported_by": who reports it, or "" where the document's own sender does it.
Leave out courtesies, receipts, and what is only a topic. An empty list is a good answer.

{heading}
{text}
"""


class ProposingFinder:
    """Finds acts by asking a model, and drops what it cannot prove.

    Args:
        ask: The model; None takes the one that a package brings.

    Attributes:
        dropped: Why proposals were dropped, and how many, since it was made.
    """

    def __init__(self, ask: Proposer | None = None) -> None:
        self._ask = ask
        self.dropped: Counter[str] = Counter()

    def ready(self) -> None:
        """See that a model is there. Raises MissingExtra."""
        if self._ask is None:
            self._ask = _installed()

    def version(self) -> str:
        """What asks a model, by its name and version."""
        points = sorted(entry_points(group=GROUP), key=lambda point: point.name)
        return " ".join(f"{p.name} {p.dist.version if p.dist else ''}" for p in points)

    def __call__(self, document: Document, context: Context) -> list[Act]:
        """Give the acts that stand, in the order of their words."""
        self.ready()
        assert self._ask is not None
        question = _ASK.format(
            acts=", ".join(kinds()), heading=document.heading, text=document.text[:LONGEST]
        )
        found: dict[tuple[int, int, str], Act] = {}
        for item in self._items(self._ask(question)):
            act = self._checked(item, document)
            if act is not None and act.span is not None:
                found.setdefault((*act.span, act.act), act)
        return [found[key] for key in sorted(found)]

    def _items(self, answer: str) -> list[dict[str, Any]]:
        """The proposals in an answer; what is no JSON list of objects is dropped as a whole."""
        match = _LIST.search(answer)
        try:
            items = json.loads(match[0]) if match else None
        except ValueError:
            items = None
        if not isinstance(items, list):
            self.dropped["no list"] += 1
            return []
        good = [item for item in items if isinstance(item, dict)]
        self.dropped["no object"] += len(items) - len(good)
        return good

    def _checked(self, item: dict[str, Any], document: Document) -> Act | None:
        said = {name: " ".join(str(item.get(name) or "").split()) for name in _FIELDS}
        kind = kinds().get(said["act"])
        span = place(document.text, said["words"])
        why = _fault(said, kind, span, document)
        if why or kind is None:
            self.dropped[why] += 1
            return None
        return Act(
            actor=said["actor"],
            act=kind.name,
            addressee=said["addressee"] if named(said["addressee"], document) else "",
            about=" ".join(said["about"].split()[:12]),
            polarity=said["polarity"] or "affirmed",
            modality=said["modality"] or "actual",
            reported_by=said["reported_by"] if named(said["reported_by"], document) else "",
            span=span,
            plover=kind.plover,
            cameo=kind.cameo,
            confidence=CONFIDENCE,
            tier="probable",
            group=kind.group,
            language=document.word("language"),
            rule="proposer",
        )


_FIELDS = ("words", "act", "actor", "addressee", "about", "polarity", "modality", "reported_by")
finder = ProposingFinder()


def _fault(
    said: dict[str, str], kind: Kind | None, span: tuple[int, int] | None, document: Document
) -> str:
    """Why a proposal cannot stand, or ""."""
    if kind is None:
        return "no such act"
    if span is None:
        return "not in the document's words"
    if not named(said["actor"], document):
        return "actor not in the document"
    if said["polarity"] not in ("", *POLARITIES) or said["modality"] not in ("", *MODALITIES):
        return "no such polarity or modality"
    return ""


def place(text: str, words: str) -> tuple[int, int] | None:
    """Where words stand in a text to the letter, white space aside; None where they do not."""
    if not words:
        return None
    match = re.search(r"\s+".join(map(re.escape, words.split())), text)
    return match.span() if match else None


def named(name: str, document: Document) -> bool:
    """Whether a name stands in a document, or is that of a party or of its power."""
    if not name:
        return False
    if place(f"{document.heading}\n{document.text}", name) is not None:
        return True
    parties = [*document.senders, *document.recipients]
    if any(name in (party.name, party.office, party.power) for party in parties):
        return True
    power = speaks_for(name, 0)
    return bool(power) and any(
        power in (party.power, speaks_for(party.office, 0)) for party in parties
    )


def _installed() -> Proposer:
    points = sorted(entry_points(group=GROUP), key=lambda point: point.name)
    if not points:
        raise MissingExtra(
            "no language model is there to propose acts",
            f"a package of your own brings one through the entry point {GROUP}",
        )
    loaded: Proposer = points[0].load()
    return loaded
