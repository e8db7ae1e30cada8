"""What an editor decides of acts: acts as they were found and decisions in, acts as they stand out.

The decisions are ``[[act]]`` in ``EDITION/decisions/*.toml`` (:mod:`regesta.edition.decisions`).
What was found is kept, so that taking a decision away brings its act back.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from regesta.describing.acts.lexicon import kinds
from regesta.documents import Act
from regesta.edition.acts.store import FoundActs
from regesta.edition.decisions import ActDecision, read_decisions


class ActDecisions:
    """What is decided of the acts of an edition.

    Args:
        folder: The edition; what is malformed there decides nothing (the build names it).
    """

    def __init__(self, folder: Path) -> None:
        self._by_document: dict[str, list[ActDecision]] = {}
        for decision in read_decisions(folder).acts:
            self._by_document.setdefault(decision.document, []).append(decision)
        self._used: set[ActDecision] = set()

    @property
    def digest(self) -> str:
        """Changes when what is decided does, not when it moves to another line; "" for nothing."""
        if not self._by_document:
            return ""
        said = [d[1:] for some in self._by_document.values() for d in some]
        return hashlib.sha256(msgspec.msgpack.encode(said)).hexdigest()

    @property
    def waiting(self) -> list[str]:
        """Warnings on decisions that no act has the words of, so far."""
        return [
            f"{d.where}: no {d.act or 'act'} of {d.document!r} has the words {d.words!r}; "
            "the decision waits for it"
            for some in self._by_document.values()
            for d in some
            if d not in self._used
        ]

    def applied(self, stream: Iterable[list[FoundActs]]) -> Iterator[list[FoundActs]]:
        """What was found, as it is decided."""
        for some in stream:
            yield [self._of(found) for found in some]

    def _of(self, found: FoundActs) -> FoundActs:
        decisions = self._by_document.get(found.id)
        if decisions is None:
            return found
        kept = [
            (decided, words)
            for act, words in zip(found.acts, found.words, strict=True)
            if (decided := self._decided(act, words, decisions)) is not None
        ]
        acts, said = tuple(a for a, _ in kept), tuple(w for _, w in kept)
        return msgspec.structs.replace(found, acts=acts, words=said)

    def _decided(self, act: Act, words: str, decisions: Sequence[ActDecision]) -> Act | None:
        """An act as it stands; of two decisions on it the later holds."""
        chosen = None
        for decision in decisions:
            if decision.act in ("", act.act) and decision.words in words:
                self._used.add(decision)
                chosen = decision
        if chosen is None:
            return act
        return None if chosen.rejected else _amended(act, chosen)


def _amended(act: Act, decision: ActDecision) -> Act:
    """An act with what is decided of it; it is certain, since somebody read it."""
    changes = dict(decision.changes)
    if (name := changes.pop("becomes", "")) != "":
        kind = kinds()[name]
        changes |= {
            "act": name, "group": kind.group, "cameo": kind.cameo, "plover": kind.plover
        }  # fmt: skip
    rule = f"decided: {decision.why or decision.where}"
    return msgspec.structs.replace(act, tier="certain", confidence=1.0, rule=rule, **changes)
