"""The page of the ledger: acts with their words, filters beside them, and two powers on a line.

What comes in is an address; out goes a page of acts, or how far the finding of them has come.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from regesta.documents.dates import bounds_edtf
from regesta.documents.ledger import StoredAct
from regesta.edition import Edition
from regesta.edition.acts.asked import FACETS, ActResult, ActSpan
from regesta.edition.results import FacetCount, Regest
from regesta.serving.answers.acts import matter_words, side_words, verb_words
from regesta.serving.pages.acts_chart import (
    MOST_DAYS,
    MOST_MARKS,
    ActMark,
    bars_plate,
    marks_plate,
    shape_of,
)
from regesta.serving.pages.acts_pairs import pairs_of
from regesta.serving.pages.facets import ROWS, FacetRow, percent, years_or_decades
from regesta.serving.pages.frame import render, running, whole_number
from regesta.serving.pages.indexes import paging
from regesta.serving.pages.links import document_url, with_query
from regesta.serving.pages.regests import short_name
from regesta.serving.pages.slips import left_out, stray
from regesta.serving.pages.words import edtf_words, shorten

PER_PAGE, _MOST = 50, 10_000_000
#: Where a site of files has the whole ledger as a table; its pages show the first acts only.
ACTS_TABLE = "/acts.csv"
_QUOTED = 420
#: Values of one parameter that are heard.
_VALUES = 20
#: Above so many years acts are counted by year, not by month.
_MONTHS = 6
_MANY = ("between", "actor", "addressee", "act", "group", "polarity", "modality", "tier",
         "reported_by", "collection")  # fmt: skip
_ONE = ("about", "from", "to", "document")
_NAMES = {
    "group": "Kind of act", "act": "Act", "actor": "Who", "addressee": "Toward whom",
    "year": "Year", "tier": "How sure", "polarity": "Done or denied", "modality": "How far done",
}  # fmt: skip
_FIELDS = {"actor": "who", "addressee": "toward", "reported_by": "reported by"}

#: What the ledger opens with, where no tier is asked for; and what asks for both.
_OPENING, _BOTH = "certain", "all"

Asked = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class ActRow:
    """An act in the ledger."""

    key: str
    when: str
    actor: str
    verb: str
    matter: str
    side: str
    words: str
    url: str
    document: str


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is set, and the address without it."""

    field: str
    label: str
    url: str


def act_url(stored: StoredAct) -> str:
    """The document of an act, at its words."""
    return f"{document_url(stored.document)}#act-{stored.place + 1}"


def acts_page(request: Request, edition: Edition) -> Response:
    """A page of the ledger."""
    if (waiting := running(request, edition.acts, "acts_running.html")) is not None:
        return waiting
    asked = _asked(request)
    # What is dated in the year 201 by a slip would open every list.
    slips = {} if asked["document"] or asked["from"] else stray(edition)
    without = tuple(slips)
    offset = whole_number(request, "offset", default=0, most=_MOST)
    most_shown = getattr(request.app.state, "most_acts", 0)
    opening = _opens(asked, whole=bool(most_shown))
    given, asked = asked, {**asked, "tier": (_OPENING,)} if opening else asked
    page: dict[str, Any] = {"limit": PER_PAGE, "offset": offset, "facets": FACETS}
    found = edition.acts(**_options(asked), **page, without=without)
    if opening and not found.total:
        # Nothing is certain: what is there is shown, and said to be probable.
        opening, asked = False, given
        found = edition.acts(**_options(asked), **page, without=without)
    facets = found.facets
    if opening and most_shown:  # in files a choice shows all of its acts: so its counts do too
        facets = edition.acts(limit=0, facets=FACETS).facets
    regests = {r.id: r for r in edition.regests(sorted({a.document for a in found.acts}))}
    pairs = _pairs(given)
    names = asked["between"]
    plate, unplaced = _plate(edition, asked, found)
    return render(
        request,
        "acts.html",
        title=" and ".join(names) if len(names) == 2 else names[0] if names else "Acts",
        rows=[_row(stored, regests) for stored in found.acts],
        found=found,
        asked={name: (values or ("",))[0] for name, values in asked.items()},
        between=(*names, "", "")[:2],
        hidden=[(n, v) for n, v in pairs if n in _MANY and n != "between"],
        suggested=edition.acts.names("actor", limit=60),
        chips=_chips(asked, opening),
        filtered=bool(pairs),
        both=with_query("/acts", _pairs({**given, "tier": (_BOTH,)})) if opening else "",
        probable=_probable(edition, asked, without),
        slips=left_out([slip for id, slip in slips.items() if _has(edition, asked, id)]),
        pairs=[] if pairs else pairs_of(edition, () if most_shown else asked["tier"]),
        most_shown=most_shown,
        table=ACTS_TABLE,
        plate=plate,
        unplaced=unplaced,
        facets=list(_facets(given if most_shown else asked, facets)),
        pages=paging("/acts", list(pairs), offset=offset, shown=len(found.acts),
                     total=found.total, size=PER_PAGE),
        json_url=with_query("/api/acts", _pairs({**asked, "tier": _tiers(asked)})),
    )  # fmt: skip


def _asked(request: Request) -> Asked:
    query = request.query_params
    asked = {
        name: tuple(dict.fromkeys(v.strip()[:300] for v in query.getlist(name) if v.strip()))
        for name in (*_MANY, *_ONE)
    }
    limits = {"between": 2, **dict.fromkeys(_ONE, 1)}
    return {name: values[: limits.get(name, _VALUES)] for name, values in asked.items()}


def _opens(asked: Asked, *, whole: bool) -> bool:
    """Whether only what is certain is shown, unasked.

    Not for one document, whose page shows all of its acts; nor, in files, for a choice: there no
    server can show the rest of it.
    """
    if asked["tier"] or asked["document"]:
        return False
    return not (whole and _pairs(asked))


def _tiers(asked: Asked) -> tuple[str, ...]:
    return () if _BOTH in asked["tier"] else asked["tier"]


def _probable(edition: Edition, asked: Asked, without: tuple[str, ...]) -> int:
    """How many acts of the choice are probable, whether they are shown or not."""
    return edition.acts(
        **{**_options(asked), "tier": ("probable",)}, without=without, limit=0
    ).total


def _options(asked: Asked) -> dict[str, Any]:
    """The filters, as ``Edition.acts`` takes them."""
    names = {"from": "first", "to": "last"}
    one = {names.get(name, name): (asked[name] or ("",))[0] for name in _ONE}
    return {**{name: asked[name] for name in _MANY}, "tier": _tiers(asked), **one}


def _has(edition: Edition, asked: Asked, document: str) -> bool:
    """Whether a document has an act of a choice."""
    return edition.acts(**{**_options(asked), "document": document}, limit=0).total > 0


def _pairs(asked: Mapping[str, tuple[str, ...]]) -> list[tuple[str, object]]:
    return [(name, value) for name, values in asked.items() for value in values]


def _row(stored: StoredAct, regests: Mapping[str, Regest]) -> ActRow:
    regest = regests.get(stored.document)
    return ActRow(
        key=_key(stored),
        when=_when(stored),
        actor=stored.act.actor,
        verb=verb_words(stored),
        matter=matter_words(stored),
        side=side_words(stored),
        words=shorten(stored.words, _QUOTED),
        url=act_url(stored),
        document=_called(regest, stored) if regest else stored.document,
    )


def _key(stored: StoredAct) -> str:
    """An id of the row that is its own on the page."""
    return f"{stored.document}-{stored.place + 1}".replace("/", "-")


def _called(regest: Regest, stored: StoredAct) -> str:
    """What a row calls its document, whose date stands before it."""
    if regest.number:
        return f"no.\N{NO-BREAK SPACE}{regest.number}"
    return regest.kind or short_name(regest)


def _when(stored: StoredAct) -> str:
    edtf = bounds_edtf(stored.earliest, stored.latest)
    return edtf_words(edtf) if edtf else "undated"


def _plate(edition: Edition, asked: Asked, found: ActResult) -> tuple[Markup, int]:
    """Two powers on a line, and how many of their acts have no day and are not drawn."""
    names = asked["between"]
    if len(names) != 2 or not found.total:
        return Markup(""), 0
    if found.total <= MOST_MARKS:
        there = {
            (a.document, a.place) for a in edition.acts(
                **{**_options(asked), "between": (), "actor": names[:1], "addressee": names[1:]},
                limit=MOST_MARKS + 1,
            ).acts
        }  # fmt: skip
        acts = edition.acts(**_options(asked), limit=MOST_MARKS).acts
        placed = [a for a in acts if a.earliest and a.earliest == a.latest]
        if len({a.earliest for a in placed}) <= MOST_DAYS:
            marks = [_mark(a, (a.document, a.place) in there) for a in placed]
            return marks_plate(marks, (names[0], names[1])), len(acts) - len(placed)
    return _counted(edition, asked, found)


def _counted(edition: Edition, asked: Asked, found: ActResult) -> tuple[Markup, int]:
    names = asked["between"]
    wanted = _options(asked)
    for name in ("actor", "addressee", "between", "reported_by", "collection", "document"):
        wanted.pop(name)
    spans = edition.acts.spans(names, unit="year", **wanted)
    if spans and int(spans[-1].date) - int(spans[0].date) < _MONTHS:
        spans = edition.acts.spans(names, unit="month", **wanted)

    def url(span: ActSpan) -> str:
        return with_query(
            "/acts", [*((n, v) for n, v in _pairs(asked) if n not in ("from", "to")),
                      ("from", span.date), ("to", span.date)]
        )  # fmt: skip

    drawn = sum(span.there + span.back for span in spans)
    return bars_plate(spans, (names[0], names[1]), url), max(found.total - drawn, 0)


def _mark(stored: StoredAct, there: bool) -> ActMark:
    act = stored.act
    side = side_words(stored)
    said = f"{act.actor} {verb_words(stored)}{matter_words(stored)}{f' ({side})' if side else ''}"
    return ActMark(
        day=stored.earliest or "",
        there=there,
        shape=shape_of(act.group, act.cameo),
        hollow=act.modality != "actual" or act.polarity == "negated",
        verb=verb_words(stored),
        title=f"{_when(stored)}: {said}",
        url=f"#{_key(stored)}",
    )


def _chips(asked: Asked, opening: bool) -> list[Chip]:
    """Filters that are set, each with the address without it."""
    found = []
    shown = {**asked, "between": (), "tier": _tiers(asked)}
    base = {**asked, "tier": ()} if opening else asked
    for name in (*_MANY, "document"):
        for value in shown[name]:
            left = {**base, name: tuple(v for v in asked[name] if v != value)}
            if name == "tier" and not left[name]:
                left[name] = (_BOTH,)
            found.append(Chip(_FIELDS.get(name, name), value, with_query("/acts", _pairs(left))))
    return found


def _facets(
    asked: Asked, counted: Mapping[str, Sequence[FacetCount]]
) -> Iterable[tuple[str, list[FacetRow]]]:
    for name in FACETS:
        values = list(counted.get(name, ()))
        values = years_or_decades(values) if name == "year" else values[:ROWS]
        rows = [_facet(asked, name, row, values) for row in values]
        if len(rows) > 1 or any(row.chosen for row in rows):
            yield _NAMES[name], rows


def _facet(asked: Asked, name: str, row: FacetCount, rows: Sequence[FacetCount]) -> FacetRow:
    if name == "year":
        days = {"from": (row.value.replace("X", "0"),), "to": (row.value.replace("X", "9"),)}
        chosen = all(asked[end] == day for end, day in days.items())
        wanted = {**asked, **({"from": (), "to": ()} if chosen else days)}
    else:
        chosen = row.value in asked[name]
        kept = tuple(v for v in asked[name] if v != row.value) if chosen else (row.value,)
        if name == "tier":
            kept = kept or (_BOTH,)
        wanted = {**asked, name: kept}
    url = with_query("/acts", _pairs(wanted))
    return FacetRow(row.label, row.count, percent(row.count, rows), url, chosen)
