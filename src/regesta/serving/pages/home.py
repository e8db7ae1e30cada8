"""Home and about: what the edition holds, what is missing, and the ways in."""

from dataclasses import dataclass

from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import Response

from regesta.edition import Edition
from regesta.edition.results import Counts, FacetCount
from regesta.serving.pages.charts import Bar, Plate, core_years, year_plate
from regesta.serving.pages.frame import render
from regesta.serving.pages.links import collection_url, index_url, search_url
from regesta.serving.pages.memory import kept, summaries
from regesta.serving.pages.slips import inside, left_out
from regesta.serving.pages.words import (
    collection_name,
    count,
    edtf_words,
    in_words,
    language_name,
    number,
    shorten,
    span_of_years,
)

#: Entries under each of the three ways on; collections listed before the rest is left to /about.
_TOP, _COLLECTIONS = 8, 40
#: Share of documents whose years the title page may leave out when they lie far away.
_STRAY = 0.001
_ORIGINS = ("given", "derived", "decided", "missing")


@dataclass(frozen=True, slots=True)
class Coverage:
    """A row of the table of what is here and what is missing."""

    what: str
    have: int
    lack: int
    lack_url: str

    @property
    def percent(self) -> int:
        """How many of a hundred documents have it; 100 and 0 only when all or none have."""
        whole = self.have + self.lack
        share = round(100 * self.have / whole) if whole else 0
        return min(max(share, 1 if self.have else 0), 99 if self.lack else 100)


def coverage(counts: Counts) -> list[Coverage]:
    """What of four things documents have."""
    total = counts.documents
    rows = (
        ("a date", counts.undated, search_url(q="date:-")),
        ("a sender", counts.without_sender, search_url(author="-")),
        ("a recipient", counts.without_recipient, search_url(recipient="-")),
        ("a place", counts.without_place, search_url(place="-")),
    )
    return [Coverage(what, total - n, n, url) for what, n, url in rows]


def spans(edition: Edition) -> list[tuple[str, str, int]]:
    """(label, address, documents) of decades, of a single decade's years, of a year's months."""
    years = _years_of(edition)
    if len(years) == 1:
        year = next(iter(years))
        ids = [(f"{year:04d}-{m:02d}", n) for m, n in sorted(months_of(edition, year).items())]
        return [(edtf_words(id), index_url("date", id), n) for id, n in ids]
    found: dict[int, int] = {}
    for year, n in sorted(years.items()):
        found[year // 10 * 10] = found.get(year // 10 * 10, 0) + n
    if len(found) == 1:
        return [(str(y), index_url("date", f"{y:04d}"), n) for y, n in sorted(years.items())]
    return [(f"{d}–{d + 9}", _years(d, d + 9), n) for d, n in found.items()]


def _years_of(edition: Edition) -> dict[int, int]:
    """Documents by year, without years that only a slip of the mark-up adds at either end."""
    span = edition.slips.span()
    return {year: n for year, n in edition.counts().years.items() if inside(span, year)}


def _years(first: int, last: int) -> str:
    return search_url(first=f"{first:04d}", last=f"{last:04d}", sort="date")


def collection_names(edition: Edition) -> dict[str, str]:
    """Collection id → what the pages call it."""

    def make() -> dict[str, str]:
        return {c.collection.id: collection_name(c.collection) for c in summaries(edition)}

    names: dict[str, str] = kept(edition, "collection names", make)
    return names


def called(edition: Edition, field: str, row: FacetCount) -> str:
    """What a row of a facet is called."""
    if field == "collection":
        return collection_names(edition).get(row.value, row.label or row.value)
    return language_name(row.value) if field == "language" else row.label or row.value


def top(edition: Edition, facet: str) -> tuple[FacetCount, ...]:
    """The fullest entries of an index, those without any left out."""

    def make() -> dict[str, tuple[FacetCount, ...]]:
        return edition.search(limit=0, facets=("subject", "author"), snippets=False).facets

    facets: dict[str, tuple[FacetCount, ...]] = kept(edition, "top", make)
    return tuple(f for f in facets.get(facet, ()) if f.value)[:_TOP]


def _example(edition: Edition) -> str:
    """A day to go to: the fullest of the year in the middle of the edition's documents."""
    years = edition.counts().years
    if not years:
        return ""
    year = max(years, key=lambda y: (years[y], -y))
    entries = edition.index("date", prefix=str(year), level="day", documents=False)
    days = [d for d in entries if len(d.id) == 10]
    return max(days, key=lambda d: d.count).id if days else ""


def home(request: Request, edition: Edition) -> Response:
    """The title page."""
    counts = edition.counts()
    if not counts.documents:
        return render(request, "home_empty.html", report=edition.report())
    collections = summaries(edition)
    plate = kept(edition, "plate", lambda: _coverage_plate(edition))
    series = list(dict.fromkeys(c.collection.series for c in collections if c.collection.series))
    return render(
        request,
        "home.html",
        counts=counts,
        years=_title_years(edition),
        slips=left_out(edition.slips.span().slips),
        series=series[0] if len(series) == 1 else "",
        subtitle=subtitle(edition),
        subjects=top(edition, "subject"),
        authors=top(edition, "author"),
        spans=kept(edition, "spans", lambda: spans(edition))[-_TOP:],
        day=kept(edition, "day", lambda: _example(edition)),
        plate=plate,
        not_drawn=_not_drawn(counts, plate),
        coverage=coverage(counts),
        collections=collections[:_COLLECTIONS],
        more_collections=len(collections) - _COLLECTIONS,
    )


def _coverage_plate(edition: Edition) -> Plate:
    years = _years_of(edition)
    return year_plate(years, _bar_url, months=lambda year: months_of(edition, year))


def _title_years(edition: Edition) -> str:
    """First and last year, a few stray ones far away left out."""
    years, _ = core_years(_years_of(edition), share=_STRAY)
    if not years:
        return span_of_years(edition.slips.span().first, edition.slips.span().last)
    return span_of_years(f"{min(years):04d}", f"{max(years):04d}")


def _not_drawn(counts: Counts, plate: Plate) -> list[str]:
    """What the plate of coverage leaves out, in words."""
    wide = counts.documents - sum(counts.years.values()) - counts.undated
    said = list(plate.left_out)
    if wide > 0:
        said.append(f"{count(wide, 'document')} whose date lies in no single year")
    if counts.undated:
        said.append(f"{count(counts.undated, 'document')} without a date")
    return said


def _bar_url(bar: Bar) -> str:
    if len(bar.first) == 7:
        return index_url("date", bar.first)
    return search_url(first=bar.first, last=bar.last, sort="date")


def months_of(edition: Edition, year: int) -> dict[int, int]:
    """Documents by month of a year."""
    months = edition.index("date", prefix=f"{year:04d}", level="month", documents=False)
    return {int(m.id[5:7]): m.count for m in months if len(m.id) == 7 and m.id[5:].isdecimal()}


def subtitle(edition: Edition) -> str:
    """What the edition says of itself, else what it is made of."""
    info = edition.info()
    if info.description:
        return info.description
    collections = summaries(edition)
    if len(collections) == 1:
        return f"{count(info.documents, 'document')}, arranged by date"
    if len(collections) <= 3:
        names = [collection_name(c.collection) for c in collections]
        return f"{', '.join(names[:-1])} and {names[-1]}, arranged by date"
    return f"{in_words(len(collections)).capitalize()} collections, arranged by date"


def collection_rows(edition: Edition) -> Markup:
    """The table of collections and their licences, written once: a series has hundreds."""
    rows = []
    for c in summaries(edition):
        span = edition.slips.span(c.collection.id)
        licence = escape(shorten(c.collection.licence, 200) or "not said")
        if c.collection.licence.startswith(("https://", "http://")):
            url = escape(c.collection.licence)
            licence = Markup(
                f'<a class="quiet" href="{url}" rel="external noreferrer">{licence}</a>'
            )
        rows.append(
            f'<tr><td><a class="quiet" href="{escape(collection_url(c.collection.id))}">'
            f"{escape(collection_name(c.collection))}</a></td>"
            f'<td class="n">{number(c.documents)}</td>'
            f'<td class="num">{span_of_years(span.first, span.last)}</td><td>{licence}</td></tr>'
        )
    return Markup("".join(rows))


def about(request: Request, edition: Edition) -> Response:
    """What the edition is made of, what is missing, and how it was built."""
    counts = edition.counts()
    origins = [
        (field, [counts.by_origin[field].get(o, 0) for o in _ORIGINS]) for field in counts.by_origin
    ]
    report = edition.report()
    unread = report.get("unread")
    warnings = report.get("warnings")
    return render(
        request,
        "about.html",
        counts=counts,
        span=edition.slips.span(),
        coverage=coverage(counts),
        origins=origins,
        kinds=sorted(counts.kinds.items(), key=lambda k: (-k[1], k[0])),
        languages=sorted(counts.languages.items(), key=lambda k: (-k[1], k[0])),
        rows=kept(
            edition, "collection rows", lambda: collection_rows(edition), since=edition.audit.stamp
        ),
        report=report,
        unread=unread if isinstance(unread, (list, tuple)) else (),
        warnings=warnings if isinstance(warnings, (list, tuple)) else (),
    )
