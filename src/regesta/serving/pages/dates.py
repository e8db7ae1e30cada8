"""The index of dates: years by decade, a year as twelve calendars, a month with its documents."""

import datetime as dt
import re
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from regesta.documents.dates import from_iso
from regesta.documents.edtf import parse_edtf
from regesta.edition import Edition
from regesta.edition.results import IndexEntry, Regest
from regesta.errors import UnknownValue
from regesta.serving.pages.charts import Bar, year_plate
from regesta.serving.pages.frame import redirect, render, whole_number
from regesta.serving.pages.home import months_of
from regesta.serving.pages.indexes import paging
from regesta.serving.pages.links import day_url, index_url, search_url, with_query
from regesta.serving.pages.slips import inside, left_out
from regesta.serving.pages.words import days_in, edtf_words, month_name

_DOCUMENTS, _MOST = 50, 100_000
_MONTHS = range(1, 13)
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a calendar: weeks of (day, count), None outside the month."""

    id: str
    name: str
    count: int
    weeks: list[list[tuple[int, int] | None]]
    most: int


def calendar(year: int, month: int, counts: dict[str, int], total: int) -> Month:
    """A month as weeks that begin on Monday."""
    days = days_in(year, month)
    lead = dt.date(year, month, 1).weekday()
    cells: list[tuple[int, int] | None] = [None] * lead
    cells += [(d, counts.get(f"{year:04d}-{month:02d}-{d:02d}", 0)) for d in range(1, days + 1)]
    cells += [None] * (-len(cells) % 7)
    weeks = [cells[i : i + 7] for i in range(0, len(cells), 7)]
    id = f"{year:04d}-{month:02d}"
    most = max((c[1] for c in cells if c), default=0)
    return Month(id, month_name(month), total, weeks, most)


def dates_page(request: Request, edition: Edition) -> Response:
    """All years that have documents, by decade."""
    counts, span = edition.counts(), edition.slips.span()
    drawn = {year: n for year, n in counts.years.items() if inside(span, year)}
    years = edition.index("date", level="year", documents=False)
    groups: list[tuple[str, list[IndexEntry]]] = []
    for entry in years:
        if span.slips and len(entry.id) == 4 and not inside(span, int(entry.id)):
            continue
        decade = _decade(entry.id)
        if not groups or groups[-1][0] != decade:
            groups.append((decade, []))
        groups[-1][1].append(entry)
    return render(
        request,
        "dates.html",
        counts=counts,
        groups=groups,
        slips=left_out(span.slips),
        plate=year_plate(drawn, _years_url, months=lambda y: months_of(edition, y)),
        json_url="/api/index/date",
    )


def _decade(edtf: str) -> str:
    """The decade in which a date begins."""
    found = _YEAR.search(edtf)
    if not found:
        return "other"
    first = int(found[0]) // 10 * 10
    return f"{first}–{first + 9}"


def _years_url(bar: Bar) -> str:
    if bar.first == bar.last:
        return index_url("date", bar.first)
    return search_url(first=bar.first, last=bar.last, sort="date")


def date_page(request: Request, edition: Edition) -> Response:
    """A year as twelve calendars, a month as one with its documents; a day is a page of its own."""
    id = request.path_params["id"]
    parts = id.split("-")
    if not all(p.isascii() and p.isdecimal() for p in parts) or len(parts[0]) != 4:
        return _entry_or_search(request, edition, id)
    if len(parts) == 3 and from_iso(id):
        return redirect(day_url(id))
    if len(parts) == 1:
        return _year(request, edition, int(id))
    if len(parts) == 2 and len(parts[1]) == 2 and 1 <= int(parts[1]) <= 12:
        return _month(request, edition, int(parts[0]), int(parts[1]))
    raise UnknownValue(f"{id!r} is no date", "write a year, 1918, or a month, 1918-07")


def _entry_or_search(request: Request, edition: Edition, id: str) -> Response:
    """The documents that print a date so; of a stretch that none prints, all that lie in it."""
    try:
        entry = edition.entry("date", id)
    except UnknownValue:
        date = parse_edtf(id)
    else:
        return _list_of_entry(request, edition, entry)
    if date is not None and date.earliest and date.latest:
        return redirect(search_url(first=date.earliest, last=date.latest, sort="date"))
    raise UnknownValue(
        f"the index of dates has no {id!r}",
        "write a day, 1918-07-25, a month, 1918-07, a year, 1918, or a stretch, 1918-07/1918-09",
    )


def _days(edition: Edition, prefix: str) -> dict[str, int]:
    days = edition.index("date", prefix=prefix, level="day", documents=False)
    return {entry.id: entry.count for entry in days}


def _year(request: Request, edition: Edition, year: int) -> Response:
    id = f"{year:04d}"
    days = _days(edition, id)
    totals = {
        e.id: e.count for e in edition.index("date", prefix=id, level="month", documents=False)
    }
    if not days and not totals and not edition.counts().years.get(year):
        raise UnknownValue(
            f"no document of {year} is in this edition", "the dates page lists the years that are"
        )
    years = sorted(edition.counts().years)
    months = (
        [calendar(year, m, days, totals.get(f"{id}-{m:02d}", 0)) for m in _MONTHS] if year else []
    )
    return render(
        request,
        "year.html",
        year=year,
        id=id,
        months=months,
        total=edition.counts().years.get(year, 0),
        to_the_day=sum(days.values()),
        before=max((y for y in years if y < year), default=None),
        after=min((y for y in years if y > year), default=None),
        json_url=f"/api/index/date?prefix={id}",
    )


def _month(request: Request, edition: Edition, year: int, month: int) -> Response:
    id = f"{year:04d}-{month:02d}"
    if not year:
        raise UnknownValue(f"{id!r} is no date", "years begin with 0001 here")
    days = _days(edition, id)
    return _list_of_date(request, edition, id, calendar(year, month, days, sum(days.values())))


def _list_of_date(request: Request, edition: Edition, id: str, month: Month) -> Response:
    """The documents that may belong to a month, by date."""
    offset = whole_number(request, "offset", default=0, most=_MOST - _DOCUMENTS)
    found = edition.search(
        first=id, last=id, sort="date", limit=_DOCUMENTS, offset=offset, snippets=False
    )
    listed = [hit.regest for hit in found.hits]
    json_url = f"/api{search_url(first=id, last=id, sort='date')}"
    return _listed(request, id, listed, found.total, offset, json_url=json_url, month=month)


def _list_of_entry(request: Request, edition: Edition, entry: IndexEntry) -> Response:
    """The documents of any other date (``1719/1720``, ``[1710..1720]``): those that bear it."""
    offset = whole_number(request, "offset", default=0, most=_MOST - _DOCUMENTS)
    listed = edition.regests(entry.documents[offset : offset + _DOCUMENTS])
    json_url = with_query("/api/index/date", {"prefix": entry.id})
    return _listed(request, entry.id, listed, entry.count, offset, json_url=json_url)


def _listed(
    request: Request,
    id: str,
    listed: list[Regest],
    total: int,
    offset: int,
    *,
    json_url: str,
    month: Month | None = None,
) -> Response:
    path = index_url("date", id)
    return render(
        request,
        "month.html",
        id=id,
        label=edtf_words(id),
        month=month,
        total=total,
        hits=listed,
        pages=paging(path, [], offset=offset, shown=len(listed), total=total, size=_DOCUMENTS),
        json_url=json_url,
    )
