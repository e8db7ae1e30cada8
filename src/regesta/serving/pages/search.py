"""The search page: what the address asks, asked of the edition, with ways to narrow and widen."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from regesta.edition import Edition
from regesta.edition.results import FacetCount, SearchResult
from regesta.errors import QueryError, UnknownValue
from regesta.serving.answers.unknown import unknown_filters
from regesta.serving.pages.asked import (
    FACETS,
    LAYERS,
    LONGEST,
    PER_PAGE,
    SORTS,
    Asked,
    ask,
    read_address,
)
from regesta.serving.pages.charts import Bar, Plate, year_plate
from regesta.serving.pages.exports import menu
from regesta.serving.pages.facets import FacetRow
from regesta.serving.pages.frame import render
from regesta.serving.pages.home import called, collection_names
from regesta.serving.pages.indexes import Paging, paging
from regesta.serving.pages.links import FILTERS
from regesta.serving.pages.slips import doubt, stray
from regesta.serving.pages.words import (
    count,
    edtf_words,
    in_words,
    language_name,
)

_FACET_ROWS = 8
_NONE = {
    "author": "no author named",
    "recipient": "no recipient named",
    "place": "no place",
    "kind": "other or not known",
    "subject": "no subject",
    "language": "language not known",
    "collection": "no collection",
}


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force, with the address that takes it away."""

    field: str
    label: str
    url: str
    value: str = ""


def search_page(request: Request, edition: Edition) -> Response:
    """Results, nothing found, or why the query cannot be understood."""
    try:
        asked = read_address(request)
        found = ask(edition, asked)
    except QueryError as error:
        return _malformed(request, error)
    chips = _chips(edition, asked, found)
    common: dict[str, Any] = {
        "asked": asked,
        "found": found,
        "chips": chips,
        "layers": LAYERS,
        "json_url": f"/api{asked.url(offset=asked.offset or '')}",
        "hidden": [(k, v) for k, v in asked.pairs(q="", limit="") if v not in ("", None)],
    }
    if not found.total:
        return render(
            request, "search_empty.html", **common, **_nothing(edition, asked, found, chips)
        )
    return render(
        request,
        "search.html",
        **common,
        tally=tally(asked, found),
        feed_url=asked.plain.replace("/search", "/search.atom", 1),
        downloads=menu(asked),
        left_out=found.undated_excluded,
        keep_url=asked.url(undated="1"),
        expansions=[(word, ", ".join(forms)) for word, forms in found.expansions.items() if forms],
        exact_url=asked.url(q=exact(asked.q, found.expansions)),
        sorts=[(name, asked.url(sort=key), key == asked.order) for key, name in SORTS],
        plate=_plate(edition, asked, found),
        dated=found.total - found.undated,
        range_hidden=[
            (k, v)
            for k, v in asked.pairs(**{"from": "", "to": "", "within": "", "undated": ""})
            if v not in ("", None)
        ],
        hits=found.hits,
        doubted={id: doubt(slip) for id, slip in stray(edition).items()},
        facets=_facets(edition, asked, found),
        pages=_pages(asked, found),
    )


def tally(asked: Asked, found: SearchResult) -> str:
    """How many documents there are, and how many of them have no date."""
    said = count(found.total, "document")
    if found.undated == found.total:
        return f"{said}, {'undated' if found.total == 1 else 'all of them undated'}"
    if found.undated:
        return f"{said}, {in_words(found.undated)} of them undated"
    return said


def exact(query: str, expansions: Iterable[str]) -> str:
    """The query with each word that found other forms written as ``=word``."""
    words = {w.casefold() for w in expansions}
    parts = query.split(" ")
    return " ".join(f"={p}" if p.casefold() in words else p for p in parts)


def _plate(edition: Edition, asked: Asked, found: SearchResult) -> Plate:
    """Matches by year; those of a single year by month."""
    years = {int(f.value): f.count for f in found.facets.get("year", ()) if f.value}

    rest = asked.url(**{"from": "", "to": ""})  # spelled once: a plate has hundreds of bars
    rest += "&" if "?" in rest else "?"

    def url(bar: Bar) -> str:
        return f"{rest}from={bar.first}&to={bar.last}"

    def months(year: int) -> dict[int, int]:
        return {m: _in_month(edition, asked, f"{year:04d}-{m:02d}") for m in range(1, 13)}

    return year_plate(years, url, months=months, size=(860, 128), drag=True)


def _in_month(edition: Edition, asked: Asked, month: str) -> int:
    """Matches that lie wholly in a month, 0 for a month outside the range asked for."""
    if month < asked.first[:7] or (asked.last and month[: len(asked.last)] > asked.last[:7]):
        return 0
    found = edition.search(
        asked.q,
        first=month,
        last=month,
        within=True,
        layer=asked.layer,
        limit=0,
        snippets=False,
        **asked.filters,
    )
    return found.total


def _label(field: str, value: str, edition: Edition, found: SearchResult) -> str:
    """What a filter's value is called."""
    if value == "-":
        return _NONE[field]
    for row in found.facets.get(field, ()):
        if row.value == value and row.label:
            return row.label
    try:
        if field == "language":
            return language_name(value)
        if field == "collection":
            return collection_names(edition).get(value, value)
        if field in ("author", "recipient", "place", "subject"):
            return edition.entry(field, value, documents=False).label
    except UnknownValue:
        pass
    return value


def _chips(edition: Edition, asked: Asked, found: SearchResult) -> list[Chip]:
    chips = []
    for field, values in asked.filters.items():
        for value in values:
            rest = tuple(v for v in values if v != value)
            label = _label(field, value, edition, found)
            chips.append(Chip(field, label, asked.url(**{field: rest}), value))
    if asked.first or asked.last:
        first, last = (edtf_words(d) if d else "" for d in (asked.first, asked.last))
        said = f"{first} – {last}" if first and last and first != last else first or last
        if not asked.last:
            said = f"from {first}"
        elif not asked.first:
            said = f"until {last}"
        url = asked.url(**{"from": "", "to": "", "within": "", "undated": ""})
        chips.append(Chip("within" if asked.within else "date", said, url))
    if asked.layer:
        chips.append(Chip("layer", LAYERS[asked.layer], asked.url(layer="")))
    return chips


def _facets(
    edition: Edition, asked: Asked, found: SearchResult
) -> list[tuple[str, list[FacetRow]]]:
    facets = []
    for field in FACETS:
        rows = found.facets.get(field, ())
        named = [r for r in rows if r.value and r.value != "-"]
        alone = field in ("language", "collection") and len(rows) < 2
        if (alone or not named) and not asked.filters.get(field):
            continue
        none = [r for r in rows if not r.value or r.value == "-"]
        chosen = asked.filters.get(field, ())
        shown = named[:_FACET_ROWS] + [r for r in named[_FACET_ROWS:] if r.value in chosen] + none
        most = max((r.count for r in shown), default=1)
        facets.append((field, [_row(edition, asked, field, row, most) for row in shown]))
    return facets


def _row(edition: Edition, asked: Asked, field: str, row: FacetCount, most: int) -> FacetRow:
    value = row.value or "-"
    chosen = asked.filters.get(field, ())
    is_chosen = value in chosen
    if chosen:
        rest = tuple(v for v in chosen if v != value)
        url = asked.url(**{field: rest if is_chosen else (*chosen, value)})
    else:
        plain = asked.plain
        url = f"{plain}{'&' if '?' in plain else '?'}{field}={quote(value, safe='')}"
    return FacetRow(
        label=_NONE[field] if value == "-" else called(edition, field, row),
        count=row.count,
        percent=max(round(100 * row.count / most), 1),
        url=url,
        chosen=is_chosen,
        none=value == "-",
    )


def _pages(asked: Asked, found: SearchResult) -> Paging:
    return paging(
        "/search",
        asked.pairs(),
        offset=asked.offset,
        shown=len(found.hits),
        total=found.total,
        size=asked.limit or PER_PAGE,
    )


def _nothing(
    edition: Edition, asked: Asked, found: SearchResult, chips: list[Chip]
) -> dict[str, Any]:
    """Why nothing was found: the words or filters that end the search."""
    killers = sorted(found.killed_by, key=lambda k: -k.count)
    names = {f"{c.field}: {c.value}": f"{c.field}: {c.label}" for c in chips}
    rows = [
        (names.get(k.label, k.label), k.count, _without(asked, k.value) if k.count else "")
        for k in killers
    ]
    return {
        "rows": rows,
        "documents": edition.counts().documents,
        "near": [
            (word, other, asked.url(q=_spelt(asked.q, word, other)))
            for word, others in found.near.items()
            for other in others
        ],
        "unknown": [
            (one.said, [(near, asked.url(**{one.field: (near,)})) for near in one.near])
            for one in unknown_filters(edition, asked.filters)
        ],
        "undated_excluded": found.undated_excluded,
        "again": asked.url(**dict.fromkeys(FILTERS, ()), **{"from": "", "to": "", "layer": ""}),
    }


def _spelt(query: str, word: str, other: str) -> str:
    """The query with another word in the place of one, however that was capitalised.

    Where a field has another name in it ("from" for "author"), the other word alone.
    """
    spelt, found = re.subn(rf"(?<!\w){re.escape(word)}(?!\w)", other, query, flags=re.I)
    return spelt if found else other


def _without(asked: Asked, term: str) -> str:
    """The search without a term or a filter, or "" where it cannot be spelled."""
    field, colon, value = (part.strip() for part in term.partition(":"))
    if colon and field in asked.filters and asked.filters[field]:
        rest = tuple(v for v in asked.filters[field] if v != value)
        return asked.url(**{field: rest if len(rest) < len(asked.filters[field]) else ()})
    if field == "date" and (asked.first or asked.last):
        return asked.url(**{"from": "", "to": "", "within": ""})
    words = asked.q.split(" ")
    left = [w for w in words if w.casefold() != term.casefold()]
    if len(left) < len(words):
        return asked.url(q=" ".join(left))
    if term in asked.q:
        return asked.url(q=" ".join(asked.q.replace(term, " ", 1).split()))
    return ""


def _malformed(request: Request, error: QueryError) -> Response:
    """The query as it was written, with the place where it stopped making sense."""
    q = " ".join(request.query_params.get("q", "").split())[:LONGEST]
    at = error.position
    return render(
        request,
        "search_malformed.html",
        status=400,
        q=q,
        message=error.what,
        hint=error.hint,
        position=at if at is not None and 0 <= at <= len(q) else None,
    )
