"""What a search page is asked: a query string in, a search out, and addresses of changed ones."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from msgspec.structs import replace
from starlette.requests import Request

from regesta.edition import Edition
from regesta.edition.results import SearchResult
from regesta.errors import QueryError
from regesta.serving.pages.frame import whole_number
from regesta.serving.pages.links import FILTERS, with_query
from regesta.serving.pages.memory import recent, remember
from regesta.serving.pages.words import number

PER_PAGE, _MOST_PER_PAGE, _MOST = 20, 100, 100_000
#: Longest query that is tried at all, in characters.
LONGEST = 1000
FACETS = ("author", "recipient", "place", "kind", "subject", "collection", "language")
SORTS = (("relevance", "relevance"), ("date", "date"), ("-date", "date, latest first"))
LAYERS = {
    "": "everywhere",
    "document": "in the documents",
    "notes": "in the notes",
    "sources": "in the source notes",
    "headings": "in the headings",
}


@dataclass(frozen=True)
class Asked:
    """What the address asks for.

    Attributes:
        filters: Filter → the values given, as they stand in the address.
        sort: As given; empty means by relevance for a query, else by date.
    """

    q: str
    filters: dict[str, Any]
    first: str
    last: str
    within: bool
    undated: bool
    layer: str
    sort: str
    limit: int
    offset: int

    @property
    def order(self) -> str:
        """The order in force."""
        return self.sort or ("relevance" if self.q else "date")

    def pairs(self, **changed: Any) -> list[tuple[str, object]]:
        """The query string as pairs, some of them changed; an offset only where it is changed."""
        values: dict[str, Any] = {
            "q": self.q,
            **self.filters,
            "from": self.first,
            "to": self.last,
            "within": "1" if self.within else "",
            "undated": "1" if self.undated else "",
            "layer": self.layer,
            "sort": self.sort,
            "limit": self.limit if self.limit != PER_PAGE else "",
        }
        values.update(changed)
        pairs: list[tuple[str, object]] = []
        for key, value in values.items():
            if isinstance(value, tuple):
                pairs += [(key, v) for v in value]
            else:
                pairs.append((key, value))
        return pairs

    @cached_property
    def plain(self) -> str:
        """This search from its first result."""
        return self.url()

    def url(self, **changed: Any) -> str:
        """This search with something changed."""
        return with_query("/search", self.pairs(**changed))


def read_address(request: Request) -> Asked:
    """Read a search from the query string.

    Raises:
        QueryError: A parameter is malformed, or the query is too long.
    """
    get, many = request.query_params.get, request.query_params.getlist
    q = " ".join(get("q", "").split())
    if len(q) > LONGEST:
        raise QueryError(
            f"the query has {number(len(q))} characters, more than {number(LONGEST)}",
            "search for a few words or one phrase",
        )
    layer, sort = get("layer", ""), get("sort", "")
    if layer not in LAYERS:
        raise QueryError(
            f"there is no layer {layer!r}", "layer is document, notes, sources or headings"
        )
    if sort and sort not in dict(SORTS):
        raise QueryError(f"there is no order {sort!r}", "sort is relevance, date or -date")
    return Asked(
        q=q,
        filters={f: tuple(dict.fromkeys(v for v in many(f) if v))[:50] for f in FILTERS},
        first=get("from", "").strip(),
        last=get("to", "").strip(),
        within=get("within", "") not in ("", "0"),
        undated=get("undated", "") not in ("", "0"),
        layer=layer,
        sort=sort,
        limit=min(whole_number(request, "limit", default=PER_PAGE, most=500), _MOST_PER_PAGE),
        offset=whole_number(request, "offset", default=0, most=_MOST),
    )


def ask(edition: Edition, asked: Asked) -> SearchResult:
    """Ask the edition. Facets are counted once for all pages and orders of a search."""
    key = "&".join(f"{k}={v}" for k, v in asked.pairs(sort="", limit=""))
    facets = recent(edition, key)
    found = edition.search(
        asked.q,
        first=asked.first or None,
        last=asked.last or None,
        within=asked.within,
        undated=asked.undated,
        layer=asked.layer,
        sort=asked.order,
        limit=asked.limit,
        offset=asked.offset,
        facets=() if facets is not None else ("year", *FACETS),
        **asked.filters,
    )
    if facets is None:
        remember(edition, key, found.facets)
        return found
    return replace(found, facets=facets)
