"""Between whom acts pass: the pairs of names that have the most, as a facet of the whole ledger.

What comes in is an edition; out go pairs with their number and the address of their acts.
"""

from dataclasses import dataclass
from itertools import combinations

from regesta.edition import Edition
from regesta.serving.pages.links import with_query
from regesta.serving.pages.memory import kept

#: Actors whose pairs are counted, and pairs that are shown: those that have so many acts.
_ACTORS, _SHOWN, _LEAST = 10, 14, 3


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names, and how many acts of one are directed at the other."""

    names: tuple[str, str]
    count: int
    percent: int
    url: str

    @property
    def label(self) -> str:
        """The pair in words."""
        return " and ".join(self.names)


def pairs_of(edition: Edition, tier: tuple[str, ...] = ()) -> list[Pair]:
    """The pairs with the most acts of a tier between them; counted once for an open edition."""
    name = f"pairs of acts {' '.join(tier)}"
    found: list[Pair] = kept(edition, name, lambda: _counted(edition, tier))
    return found


def _counted(edition: Edition, tier: tuple[str, ...]) -> list[Pair]:
    names = sorted(edition.acts.names("actor", limit=_ACTORS))
    counts = {
        pair: edition.acts(between=pair, tier=tier, limit=0).total
        for pair in combinations(names, 2)
    }
    most = max(counts.values(), default=0)
    ordered = sorted(counts, key=lambda pair: (-counts[pair], pair))[:_SHOWN]
    return [
        Pair(pair, counts[pair], -(-100 * counts[pair] // most), _url(pair))
        for pair in ordered
        if counts[pair] >= _LEAST
    ]


def _url(pair: tuple[str, str]) -> str:
    return with_query("/acts", [("between", name) for name in pair])
