"""Addresses of pages: ids and filters in, quoted URL paths out; the only place that spells them."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from urllib.parse import quote, quote_plus

#: Name of an index → the page that lists it.
INDEX_PAGES = {
    "subject": "subjects",
    "author": "authors",
    "recipient": "recipients",
    "place": "places",
    "date": "dates",
}
#: Authority files and gazetteers by the beginning of their addresses.
AUTHORITY_FILES = {
    "d-nb.info/gnd": "GND",
    "viaf.org": "VIAF",
    "wikidata.org": "Wikidata",
    "id.loc.gov": "Library of Congress",
    "geonames.org": "GeoNames",
    "sws.geonames.org": "GeoNames",
    "isni.org": "ISNI",
    "orcid.org": "ORCID",
    "pleiades.stoa.org": "Pleiades",
    "vocab.getty.edu": "Getty",
    "data.bnf.fr": "BnF",
    "idref.fr": "IdRef",
    "dodis.ch": "Dodis",
    "hls-dhs-dss.ch": "HLS",
}
#: Search filters that may be given several times, in the order the pages show them.
FILTERS = ("author", "recipient", "place", "subject", "kind", "collection", "language")


@lru_cache(maxsize=16_384)
def _path(id: str) -> str:
    """An id of a document in an address; a page leads to most of its neighbours several times."""
    return quote(id, safe="/")


@lru_cache(maxsize=16_384)
def _part(id: str) -> str:
    """An id that is one part of an address."""
    return quote(id, safe="")


def document_url(id: str, suffix: str = "") -> str:
    """The page of a document, or with a suffix (".txt", ".json", ".xml"…) a download of it."""
    return f"/documents/{_path(id)}{suffix}"


def compare_url(first: str, second: str) -> str:
    """The page of two documents side by side."""
    return f"/compare/{_path(first)}/{_path(second)}"


def collection_url(id: str) -> str:
    """The page about a collection."""
    return f"/collections/{_part(id)}"


def section_url(collection: str, section: str) -> str:
    """The page of a section's own text."""
    return f"{collection_url(collection)}/sections/{_part(section)}"


def index_url(name: str, id: str = "") -> str:
    """An index, or the page of one of its entries."""
    page = f"/{INDEX_PAGES[name]}"
    return f"{page}/{_part(id)}" if id else page


def person_url(id: str) -> str:
    """The page of a person or body."""
    return f"/persons/{_part(id)}"


def office_url(id: str) -> str:
    """The page of an office."""
    return f"/offices/{_part(id)}"


def power_url(id: str) -> str:
    """The page of a power."""
    return f"/powers/{_part(id)}"


def authority_name(uri: str) -> str:
    """What an address in an authority file is called: "GND 118605941", else its host and path."""
    bare = uri.partition("://")[2].rstrip("/")
    for host, name in AUTHORITY_FILES.items():
        if bare.removeprefix("www.").startswith(host):
            return f"{name} {bare.rpartition('/')[2]}"
    return bare.removeprefix("www.")


def day_url(day: str) -> str:
    """Everything of a day, ``YYYY-MM-DD``."""
    return f"/on/{_part(day)}"


def with_query(path: str, pairs: Mapping[str, object] | Iterable[tuple[str, object]]) -> str:
    """A path with a query string; empty values are left out."""
    items = pairs.items() if isinstance(pairs, Mapping) else pairs
    said = [f"{_quoted(k)}={_quoted(str(v))}" for k, v in items if v not in ("", None, False)]
    return f"{path}?{'&'.join(said)}" if said else path


@lru_cache(maxsize=4096)
def _quoted(text: str) -> str:
    """A piece of a query string; the facets of a page quote the same ones again and again."""
    return quote_plus(text)


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
