"""What pages remember of an open edition: values that are costly to make, as long as they hold.

Most hold until the edition is opened anew, because its record never changes; what an editor's
decisions change is kept with the mark of those that it was made by.
"""

from collections.abc import Callable
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from regesta.edition import Edition
from regesta.edition.results import CollectionSummary, FacetCount

#: Searches whose facets are kept.
_SEARCHES = 256
Facets = dict[str, tuple[FacetCount, ...]]
_kept: WeakKeyDictionary[Edition, dict[str, tuple[str, Any]]] = WeakKeyDictionary()
_lock = Lock()


def kept(edition: Edition, key: str, make: Callable[[], Any], *, since: str = "") -> Any:
    """A value that is costly to make.

    Args:
        edition: What it is made of.
        key: Its name.
        make: Makes it.
        since: It holds as long as this stays the same.
    """
    with _lock:
        values = _kept.setdefault(edition, {})
    known = values.get(key)
    if known is None or known[0] != since:
        known = values[key] = (since, make())
    return known[1]


def recent(edition: Edition, key: str) -> Facets | None:
    """Facets of a search that was asked lately, or None."""
    found: dict[str, Facets] = kept(edition, "facets", dict)
    return found.get(key)


def remember(edition: Edition, key: str, facets: Facets) -> None:
    """Keep the facets of a search; the oldest go."""
    found: dict[str, Facets] = kept(edition, "facets", dict)
    with _lock:
        found[key] = facets
        while len(found) > _SEARCHES:
            del found[next(iter(found))]


def summaries(edition: Edition) -> list[CollectionSummary]:
    """All collections, read once."""
    found: list[CollectionSummary] = kept(edition, "summaries", edition.collections)
    return found
