"""Subjects, authors, recipients and places from A to Z, and the page of each entry."""

import unicodedata
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from regesta.edition import Edition
from regesta.edition.place_groups import PlaceGroup, PlaceName
from regesta.edition.results import FacetCount, IndexEntry
from regesta.serving.pages.charts import Bar, year_plate
from regesta.serving.pages.frame import redirect, render, whole_number
from regesta.serving.pages.home import called
from regesta.serving.pages.links import INDEX_PAGES, index_url, search_url, with_query
from regesta.serving.pages.memory import kept

#: Entries on a page of an index, and documents on the page of an entry.
_PER_PAGE, _DOCUMENTS = 240, 50
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MOST = 100_000
#: Facets beside the documents of an entry, the entry's own left out.
_BESIDE = ("author", "recipient", "place", "subject", "kind", "collection")


@dataclass(frozen=True, slots=True)
class Paging:
    """A page of a list: addresses of the one before and after it, "" at an end."""

    first: int
    last: int
    total: int
    previous: str
    following: str


def paging(
    path: str, pairs: list[tuple[str, object]], *, offset: int, shown: int, total: int, size: int
) -> Paging:
    """Addresses of the pages before and after."""
    before = with_query(path, [*pairs, ("offset", max(offset - size, 0) or "")])
    after = with_query(path, [*pairs, ("offset", offset + size)])
    return Paging(
        first=offset + 1 if shown else 0,
        last=offset + shown,
        total=total,
        previous=before if offset else "",
        following=after if offset + shown < total and offset + size <= _MOST else "",
    )


def _letters(edition: Edition, name: str) -> list[str]:
    """Letters with which entries begin."""

    def make() -> list[str]:
        return [c for c in _LETTERS if edition.index(name, prefix=c, limit=1, documents=False)]

    found: list[str] = kept(edition, f"letters {name}", make)
    return found


def index_page(request: Request, edition: Edition) -> Response:
    """An index from A to Z, a page at a time."""
    name = _name_of(request)
    prefix = request.query_params.get("begins", "")[:60].strip()
    offset = whole_number(request, "offset", default=0, most=10_000_000)
    entries = edition.index(name, prefix=prefix, limit=_PER_PAGE, offset=offset, documents=False)
    total = edition.index_size(name)
    path = index_url(name)
    pages = paging(
        path,
        [("begins", prefix)],
        offset=offset,
        shown=len(entries),
        total=len(edition.index(name, prefix=prefix, documents=False)) if prefix else total,
        size=_PER_PAGE,
    )
    return render(
        request,
        "index.html",
        name=name,
        page=INDEX_PAGES[name],
        total=total,
        prefix=prefix,
        letters=_letters(edition, name),
        all_letters=_LETTERS,
        groups=_by_letter(entries, name, edition.places.groups() if name == "place" else {}),
        pages=pages,
        none=_none_named(edition, name),
        suggested=len(edition.suggestions.headings()) if name == "subject" else 0,
        json_url=with_query(
            f"/api/index/{name}",
            {"prefix": prefix, "limit": _PER_PAGE, "offset": offset or ""},
        ),
    )


def _none_named(edition: Edition, name: str) -> int:
    """How many documents stand under no entry."""
    counts = edition.counts()
    known = {
        "author": counts.without_sender,
        "recipient": counts.without_recipient,
        "place": counts.without_place,
        "subject": counts.without_subject,
    }
    if known.get(name, -1) >= 0:
        return known[name]

    def make() -> int:
        return edition.search(limit=0, subject=("-",), snippets=False).total

    found: int = kept(edition, f"none {name}", make)
    return found


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a printed index: a heading, or what is new under the heading above it.

    Attributes:
        see: Of a name of another entry's place: that entry.
        count: Documents under the entry and the names below it, where it has such.
    """

    depth: int
    label: str
    entry: IndexEntry | None
    see: PlaceName | None = None
    count: int = 0


def index_lines(entries: list[IndexEntry]) -> list[Line]:
    """Set entries as a printed index does: a broader heading stands once, narrower ones under it.

    A heading is divided only where the next entry shares its beginning.
    """
    lines: list[Line] = []
    paths = [tuple(entry.label.split(": ")) for entry in entries]
    above: tuple[str, ...] = ()
    for i, (entry, path) in enumerate(zip(entries, paths, strict=True)):
        after = paths[i + 1] if i + 1 < len(paths) else ()
        depth = _shared(above, path)
        wanted = max(depth, min(_shared(path, after), len(path) - 1))
        for k in range(depth, wanted):
            lines.append(Line(k, path[k], None))
        lines.append(Line(wanted, ": ".join(path[wanted:]), entry))
        above = path[:wanted] if wanted < len(path) - 1 else path
    return lines


def _shared(a: tuple[str, ...], b: tuple[str, ...]) -> int:
    """How many leading parts two headings share, the last part of the second never counted."""
    n = 0
    while n < min(len(a), len(b) - 1) and a[n] == b[n]:
        n += 1
    return n


def place_lines(entries: list[IndexEntry], places: dict[str, PlaceGroup]) -> list[Line]:
    """Set places as a printed index does: other names under the first, and where they stand."""
    lines: list[Line] = []
    for entry in entries:
        group = places.get(entry.id)
        if group is None:
            lines.append(Line(0, entry.label, entry))
        elif group.main.id != entry.id:
            lines.append(Line(0, entry.label, entry, group.main))
        else:
            lines.append(Line(0, entry.label, entry, None, group.count))
            lines += [
                Line(1, n.label, IndexEntry(label=n.label, id=n.id, count=n.count))
                for n in group.others
            ]
    return lines


def _by_letter(
    entries: list[IndexEntry], name: str, places: dict[str, PlaceGroup]
) -> list[tuple[str, list[Line]]]:
    """Lines under the letter they begin with, as they are sorted."""
    groups: list[tuple[str, list[IndexEntry]]] = []
    for entry in entries:
        letter = _initial(entry.label)
        if not groups or groups[-1][0] != letter:
            groups.append((letter, []))
        groups[-1][1].append(entry)
    if name == "subject":
        return [(letter, index_lines(some)) for letter, some in groups]
    return [(letter, place_lines(some, places)) for letter, some in groups]


def _initial(label: str) -> str:
    """The letter under which a label stands; an article before it does not count."""
    label = label[4:] if label[:4].lower() == "the " else label
    for c in unicodedata.normalize("NFKD", label):
        if c.isalpha():
            return c.upper()
        if c.isdecimal():
            return "0–9"
    return "…"


def _name_of(request: Request) -> str:
    page = request.url.path.split("/")[1]
    return next(name for name, path in INDEX_PAGES.items() if path == page)


def entry_page(request: Request, edition: Edition) -> Response:
    """An entry: its documents by date, what they have in common, and when they were written."""
    name, id = _name_of(request), request.path_params["id"]
    entry = edition.entry(name, id, documents=False)
    if entry.id != id:
        return redirect(index_url(name, entry.id))
    offset = whole_number(request, "offset", default=0, most=_MOST - _DOCUMENTS)
    beside = tuple(f for f in _BESIDE if f != name)
    found = edition.search(
        sort="date",
        limit=_DOCUMENTS,
        offset=offset,
        facets=("year", *beside),
        snippets=False,
        **{name: (entry.id,)},  # type: ignore[arg-type]
    )
    years = {int(f.value): f.count for f in found.facets.get("year", ()) if f.value}

    def bar_url(bar: Bar) -> str:
        return search_url(**{name: entry.id}, first=bar.first, last=bar.last, sort="date")

    facets = [(f, _short(edition, f, found.facets.get(f, ()))) for f in beside]
    path = index_url(name, entry.id)
    return render(
        request,
        "entry.html",
        name=name,
        page=INDEX_PAGES[name],
        entry=entry,
        found=found,
        persons=edition.authorities.entry_persons(name, entry.id)
        if name in ("author", "recipient")
        else (),
        place=edition.places.notes(entry.id) if name == "place" else None,
        hits=[hit.regest for hit in found.hits],
        plate=year_plate(years, bar_url, size=(860, 128)),
        facets=[
            (f, rows, max(r.count for r in rows)) for f, rows in facets if rows and rows[0].value
        ],
        pages=paging(
            path, [], offset=offset, shown=len(found.hits), total=found.total, size=_DOCUMENTS
        ),
        json_url=f"/api{search_url(**{name: entry.id}, sort='date')}",
    )


def _short(edition: Edition, field: str, rows: tuple[FacetCount, ...]) -> list[FacetCount]:
    """The fullest six values by name, and the row of those without any."""
    named = [FacetCount(r.value, r.count, called(edition, field, r)) for r in rows if r.value]
    return named[:6] + [FacetCount("", r.count, "none named") for r in rows if not r.value]
