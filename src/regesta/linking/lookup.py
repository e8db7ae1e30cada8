"""A lookup in memory: cards in, bounded answers out. Tests, benchmarks and editions use it.

Numbers and parties are looked up with a range of days, so that an answer stays short however many
documents bear the number 12.
"""

import itertools
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter

from regesta.documents import Collection
from regesta.documents.numbers import whole_number
from regesta.linking.base import Card, Cited
from regesta.linking.references.volumes import volume_of

#: Most cards that any answer holds. No day of the volumes measured has more than 60 papers.
MOST = 400
#: Share of a collection's documents that must be numbered in rising order for the numbers to be
#: the edition's own.
EDITION_NUMBERED = 0.95
#: Fewest documents that say so.
ENOUGH = 8

_day = attrgetter("day")


class MemoryLookup:
    """Finds cards.

    Args:
        cards: Of documents and of enclosed papers.
        anchors: (collection, anchor) → document id.
        collections: Their titles tell which volume a citation means.
    """

    def __init__(
        self,
        cards: Iterable[Card],
        *,
        anchors: Mapping[tuple[str, str], str] | None = None,
        collections: Iterable[Collection] = (),
    ) -> None:
        self._ids: dict[str, Card] = {}
        self._numbers: dict[str, list[Card]] = defaultdict(list)
        self._days: list[Card] = []
        self._pages: dict[tuple[str, str], list[Card]] = defaultdict(list)
        self._places: dict[str, dict[int, Card]] = defaultdict(dict)
        self._anchors = anchors or {}
        for card in cards:
            self._add(card)
        self._days.sort(key=_day)
        for found in self._numbers.values():
            found.sort(key=_day)
        self._edition_numbers = {
            name: _edition_numbers(list(places.values())) for name, places in self._places.items()
        }
        self._volumes: dict[Cited, list[str]] = defaultdict(list)
        self._series: dict[str, str] = {}
        for collection in collections:
            volume = volume_of(collection.title or collection.id)
            if volume is not None:
                self._series[collection.id] = volume.series
                self._volumes[volume].append(collection.id)

    def _add(self, card: Card) -> None:
        if not card.part:
            self._ids[card.id] = card
            self._places[card.collection][card.order] = card
            for page in card.pages:
                self._pages[card.collection, page].append(card)
        if card.number and card.day:
            self._numbers[card.number].append(card)
        if card.day:
            self._days.append(card)

    def __len__(self) -> int:
        return len(self._ids)

    def cards(self) -> list[Card]:
        """All cards of documents, without those of enclosed papers."""
        return list(self._ids.values())

    def edition_numbered(self) -> list[str]:
        """The collections whose numbers are the edition's own."""
        return [name for name, numbers in self._edition_numbers.items() if numbers]

    def by_id(self, id: str) -> Card | None:
        """The card of a document."""
        return self._ids.get(id)

    def by_number(self, number: str, first: str, last: str) -> Sequence[Card]:
        """Cards of a number, written on days ``first``..``last``, in the order of days."""
        return _between(self._numbers.get(number, []), first, last)

    def by_day(self, first: str, last: str) -> Sequence[Card]:
        """Cards written on days ``first``..``last``."""
        return _between(self._days, first, last)

    def by_page(self, collection: str, page: str) -> Sequence[Card]:
        """Documents that stand on a printed page, in their order."""
        return self._pages.get((collection, page), [])[:MOST]

    def by_place(self, collection: str, order: int) -> Card | None:
        """The document at a place of a collection."""
        return self._places[collection].get(order) if collection in self._places else None

    def by_edition_number(self, collection: str, number: str) -> Card | None:
        """The document to which the edition gives a number, where it numbers its documents."""
        return self._edition_numbers.get(collection, {}).get(number)

    def by_anchor(self, collection: str, anchor: str) -> Card | None:
        """The document that holds an anchor of its source."""
        card = self._ids.get(f"{collection}/{anchor}")
        return card or self._ids.get(self._anchors.get((collection, anchor), ""))

    def has_collection(self, collection: str) -> bool:
        """Whether a collection is here."""
        return collection in self._places

    def volumes(self, cited: Cited, near: str) -> Sequence[str]:
        """Ids of the collections that a citation can mean, seen from the collection ``near``.

        A citation without series means the series of the collection that cites.
        """
        series = cited.series or self._series.get(near, "")
        exact = Cited(series, cited.years, cited.supplement, cited.volume)
        return self._volumes.get(exact, [])[:MOST]


def _between(cards: list[Card], first: str, last: str) -> list[Card]:
    start = bisect_left(cards, first, key=_day)
    stop = bisect_right(cards, last, lo=start, key=_day)
    return cards[start : min(stop, start + MOST)]


def _edition_numbers(cards: list[Card]) -> dict[str, Card]:
    """Number → card, where nearly all are numbered in rising order, each number once."""
    ordered = sorted(cards, key=attrgetter("order"))
    read = [(whole_number(card.number), card) for card in ordered]
    numbers = [number for number, _ in read if number is not None]
    if len(cards) < ENOUGH or len(numbers) < EDITION_NUMBERED * len(cards):
        return {}
    rising = sum(a < b for a, b in itertools.pairwise(numbers))
    if rising < EDITION_NUMBERED * (len(numbers) - 1) or len(set(numbers)) < len(numbers) * 0.98:
        return {}
    found: dict[str, Card] = {}
    for number, card in read:
        if number is not None:
            found.setdefault(card.number, card)
    return found
