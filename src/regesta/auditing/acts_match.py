"""Acts found against acts of a gold file: which is which, what is right, and why it is wrong.

An act is *found at its place* where the same act stands in overlapping words; each gold act is
found once. It is right *strictly* where actor, polarity and modality are right too.
Actors are compared by :func:`same_actor`: a power is its government and its name.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from regesta.documents import Act
from regesta.vocabularies import vocabulary

_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
#: The cause of an error, in the order in which it is asked for.
CAUSES = (
    "not found", "other act", "actor", "polarity", "modality", "nothing there",
)  # fmt: skip


class Gold(NamedTuple):
    """An act of a gold file: its span in the paragraph and the fields compared."""

    act: str
    start: int
    end: int
    actor: str
    addressee: str
    polarity: str
    modality: str
    reported_by: str


class Verdict(NamedTuple):
    """A pair of found and gold act, either of them None, and what is wrong: "" for nothing."""

    found: Act | None
    gold: Gold | None
    cause: str


def gold_act(entry: dict[str, Any]) -> Gold:
    """An act of a gold file's line."""
    return Gold(
        entry["act"], entry["start"], entry["end"], entry.get("actor") or "",
        entry.get("addressee") or "", entry.get("polarity") or "affirmed",
        entry.get("modality") or "actual", entry.get("reported_by") or "",
    )  # fmt: skip


def same_actor(found: str, gold: str, power: Callable[[str], str]) -> bool:
    """Tell whether two names are of one actor.

    Args:
        found, gold: Names; several, parted by commas, must all agree.
        power: Names the power of words ("Soviet Government" -> "Soviet Russia"), or "".
    """
    ours, theirs = _parts(found, power), _parts(gold, power)
    if ours == theirs:
        return True
    if len(ours) == len(theirs) == 1:
        one, other = next(iter(ours)), next(iter(theirs))
        return bool(one) and bool(other) and (one <= other or other <= one)
    return False


def _parts(name: str, power: Callable[[str], str]) -> frozenset[frozenset[str]]:
    return frozenset(_key(part, power) for part in name.split(",") if part.strip())


def _key(part: str, power: Callable[[str], str]) -> frozenset[str]:
    known = power(part.strip())
    if known:
        return frozenset((known.lower(),))
    words = frozenset(w.removesuffix("’s") for w in _WORD.findall(part.lower()))
    return words - frozenset(vocabulary("acts_actors")["unnamed"]) or words


def match(
    found: Sequence[Act], gold: Sequence[Gold], offset: int, power: Callable[[str], str]
) -> list[Verdict]:
    """Pair acts with gold acts and judge each.

    Args:
        found: Acts with spans in the document.
        gold: Acts with spans in the paragraph.
        offset: Where the paragraph begins in the document.
        power: As of :func:`same_actor`.
    """
    pairs: list[tuple[tuple[int, int, int], int, int]] = []
    for i, act in enumerate(found):
        assert act.span is not None
        start, end = act.span[0] - offset, act.span[1] - offset
        for j, other in enumerate(gold):
            shared = min(end, other.end) - max(start, other.start)
            if shared <= 0:
                continue
            right = (
                act.act == other.act,
                same_actor(act.actor, other.actor, power),
                act.polarity == other.polarity,
                act.modality == other.modality,
            )
            pairs.append(((int(right[0]), sum(right), shared), i, j))
    pairs.sort(key=lambda pair: (tuple(-n for n in pair[0]), pair[1], pair[2]))
    taken: dict[int, int] = {}
    given: set[int] = set()
    for (same, *_), i, j in pairs:
        if i not in taken and j not in given and same:
            taken[i] = j
            given.add(j)
    for (same, *_), i, j in pairs:
        if i not in taken and j not in given and not same:
            taken[i] = j
            given.add(j)
    verdicts = []
    for i, act in enumerate(found):
        paired = gold[taken[i]] if i in taken else None
        verdicts.append(Verdict(act, paired, _cause(act, paired, power)))
    verdicts += [
        Verdict(None, other, "not found") for j, other in enumerate(gold) if j not in given
    ]
    return verdicts


def _cause(act: Act, gold: Gold | None, power: Callable[[str], str]) -> str:
    if gold is None:
        return "nothing there"
    if act.act != gold.act:
        return "other act"
    if not same_actor(act.actor, gold.actor, power):
        return "actor"
    if act.polarity != gold.polarity:
        return "polarity"
    if act.modality != gold.modality:
        return "modality"
    return ""
