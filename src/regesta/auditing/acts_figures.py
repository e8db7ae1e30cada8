"""Verdicts on acts into figures: precision, recall and their intervals, by tier and by group.

What comes in are the verdicts of paragraphs; what goes out are counts and shares. An interval is
the middle 95 % of what paragraphs drawn again and again with replacement give (Efron's bootstrap).
"""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from regesta.auditing.acts_match import CAUSES, Verdict
from regesta.documents import Value

#: How often paragraphs are drawn again for an interval.
DRAWS = 1000


class ActFigures(Value, frozen=True):
    """Counts of acts found against a gold file.

    Attributes:
        gold, found: Acts of the gold file, acts found.
        placed: Found at their place: the same act in overlapping words.
        strict: Placed, with actor, polarity and modality right.
        polarity: Placed, with the polarity wrong.
        causes: How many are wrong by each cause, see :data:`regesta.auditing.acts_match.CAUSES`.
    """

    gold: int = 0
    found: int = 0
    placed: int = 0
    strict: int = 0
    polarity: int = 0
    causes: dict[str, int] = {}

    @property
    def precision(self) -> float | None:
        """Share of the acts found that stand at their place, or None where none is found."""
        return self.placed / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """Share of the gold acts found at their place, or None where there are none."""
        return self.placed / self.gold if self.gold else None

    @property
    def strict_precision(self) -> float | None:
        """Share of the acts found that are right in everything."""
        return self.strict / self.found if self.found else None

    @property
    def strict_recall(self) -> float | None:
        """Share of the gold acts found with everything right."""
        return self.strict / self.gold if self.gold else None


def figures(paragraphs: Iterable[Sequence[Verdict]], *, tier: str = "") -> ActFigures:
    """Count verdicts.

    Args:
        paragraphs: The verdicts of each.
        tier: Only acts found in this tier; gold acts count all the same.
    """
    counts: Counter[str] = Counter()
    causes: Counter[str] = Counter()
    for verdicts in paragraphs:
        for verdict in verdicts:
            counts["gold"] += verdict.gold is not None
            if verdict.found is None or (tier and verdict.found.tier != tier):
                causes["not found"] += verdict.found is None
                continue
            counts["found"] += 1
            counts["strict"] += not verdict.cause
            at_place = verdict.gold is not None and verdict.cause != "other act"
            counts["placed"] += at_place
            if at_place and verdict.gold is not None:
                counts["polarity"] += verdict.found.polarity != verdict.gold.polarity
            if verdict.cause:
                causes[verdict.cause] += 1
    ordered = {cause: causes[cause] for cause in CAUSES if causes[cause]}
    return ActFigures(**counts, causes=ordered)


def interval(
    paragraphs: Sequence[Sequence[Verdict]],
    share: Callable[[ActFigures], float | None],
    *,
    tier: str = "",
    draws: int = DRAWS,
) -> tuple[float, float] | None:
    """The interval of a share: between the 2.5th and 97.5th of a hundred draws.

    Args:
        paragraphs: The verdicts of each paragraph.
        share: Which share.
        tier: As of :func:`figures`.
        draws: How often to draw; the same draws for the same paragraphs.
    """
    chance = random.Random(len(paragraphs))
    one_by_one = [figures([verdicts], tier=tier) for verdicts in paragraphs]
    values = []
    for _ in range(draws if paragraphs else 0):
        drawn = chance.choices(one_by_one, k=len(one_by_one))
        value = share(_sum(drawn))
        if value is not None:
            values.append(value)
    if not values:
        return None
    values.sort()
    return values[int(len(values) * 0.025)], values[int(len(values) * 0.975)]


def _sum(parts: Iterable[ActFigures]) -> ActFigures:
    gold = found = placed = strict = 0
    for part in parts:
        gold += part.gold
        found += part.found
        placed += part.placed
        strict += part.strict
    return ActFigures(gold=gold, found=found, placed=placed, strict=strict)
