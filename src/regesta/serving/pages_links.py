"""Addresses of pages: ids and filters in, quoted URL paths out; the only place that spells them."""

from collections.abc import Iterable, Mapping
from urllib.parse import quote, urlencode

#: Name of an index → the page that lists it.
INDEX_PAGES = {
    "subject": "subjects",
    "author": "authors",
    "recipient": "recipients",
    "place": "places",
    "date": "dates",
}
#: Search filters that may be given several times, in the order the pages show them.
FILTERS = ("author", "recipient", "place", "subject", "kind", "collection", "language")


def document_url(id: str, suffix: str = "") -> str:
    """The page of a document; ``suffix`` is ".txt", ".json", ".xml", ".bib", ".ris" or ".source"."""
    return f"/documents/{quote(id, safe='/')}{suffix}"


def collection_url(id: str) -> str:
    """The page about a collection."""
    return f"/collections/{quote(id, safe='')}"


def section_url(collection: str, section: str) -> str:
    """The page of a section's own text."""
    return f"{collection_url(collection)}/sections/{quote(section, safe='')}"


def index_url(name: str, id: str = "") -> str:
    """An index, or the page of one of its entries."""
    page = f"/{INDEX_PAGES[name]}"
    return f"{page}/{quote(id, safe='')}" if id else page


def day_url(day: str) -> str:
    """Everything of a day, ``YYYY-MM-DD``."""
    return f"/on/{quote(day, safe='')}"


def with_query(path: str, pairs: Mapping[str, object] | Iterable[tuple[str, object]]) -> str:
    """A path with a query string; empty values are left out."""
    items = pairs.items() if isinstance(pairs, Mapping) else pairs
    text = urlencode([(k, str(v)) for k, v in items if v not in ("", None, False)])
    return f"{path}?{text}" if text else path


def search_url(**parameters: object) -> str:
    """The search page with these parameters (``first``/``last`` are spelled ``from``/``to``)."""
    pairs: list[tuple[str, object]] = []
    for key, value in parameters.items():
        name = {"first": "from", "last": "to"}.get(key, key)
        if isinstance(value, (list, tuple)):
            pairs += [(name, v) for v in value]
        else:
            pairs.append((name, value))
    return with_query("/search", pairs)
