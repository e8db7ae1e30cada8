"""What is not here as a page: silences with their witnesses, and values to narrow them by."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response

from regesta.edition import Edition
from regesta.edition.links.lists import SILENCES
from regesta.edition.results import FacetCount, Regest
from regesta.serving.answers.links import day_of_no_year, kind_words, silence_heading, what_words
from regesta.serving.pages.facets import (
    ROWS,
    FacetRow,
    chosen_values,
    months_or_longer,
    toggles,
)
from regesta.serving.pages.frame import render, running, whole_number
from regesta.serving.pages.indexes import paging
from regesta.serving.pages.links import document_url, with_query
from regesta.serving.pages.regests import short_name
from regesta.serving.pages.words import edtf_words

if TYPE_CHECKING:
    from regesta.linking.silences import Silence

PER_PAGE, _MOST = 50, 1_000_000
#: Witnesses named beside a silence.
_WITNESSES = 3
_KINDS = {
    "mentioned": "mentioned by documents here",
    "number": "left out in a sender’s own series",
    "file": "papers of a file, not printed",
}
_PARAMETERS = ("kind", "sender", "month")


@dataclass(frozen=True, slots=True)
class SilenceRow:
    """A silence in the list."""

    when: str
    what: str
    why: str
    witnesses: tuple[tuple[str, str], ...]
    more: int


def silences_page(request: Request, edition: Edition) -> Response:
    """What is not here, with filters."""
    if (waiting := running(request, edition.links, "links_running.html")) is not None:
        return waiting
    asked = chosen_values(request, _PARAMETERS)
    if not asked["kind"] and "kind" not in request.query_params:
        asked["kind"] = ("mentioned",)
    offset = whole_number(request, "offset", default=0, most=_MOST)
    found = edition.silences(
        kind=asked["kind"],
        sender=asked["sender"],
        month=asked["month"],
        limit=PER_PAGE,
        offset=offset,
    )
    ids = {id for silence in found.silences for id in silence.witnesses[:_WITNESSES]}
    regests = {regest.id: regest for regest in edition.regests(sorted(ids))}
    pairs = [(name, value) for name, values in asked.items() for value in values]
    return render(
        request,
        "silences.html",
        rows=[_silence(silence, regests) for silence in found.silences],
        found=found,
        heading=silence_heading(found, asked["kind"]),
        apart=""
        if "file" in asked["kind"] or "file" not in found.by_kind
        else kind_words("file", *found.by_kind["file"]),
        facets=list(_facets(asked, found.facets)),
        filtered=bool(asked["sender"] or asked["month"]),
        pages=paging(
            "/silences",
            list(pairs),
            offset=offset,
            shown=len(found.silences),
            total=found.total,
            size=PER_PAGE,
        ),
        json_url=with_query("/api/silences", pairs),
    )


def _silence(silence: "Silence", regests: dict[str, Regest]) -> SilenceRow:
    known = [regests[id] for id in silence.witnesses[:_WITNESSES] if id in regests]
    if silence.kind == "mentioned":
        why = f"“{silence.printed}”, in"
    else:
        why = f"{silence.count} left out between" if silence.count > 1 else "left out between"
    return SilenceRow(
        when=_when(silence),
        what=what_words(silence),
        why=why,
        witnesses=tuple((document_url(r.id), short_name(r, year=True)) for r in known),
        more=len(silence.witnesses) - len(known),
    )


def _when(silence: "Silence") -> str:
    """The day or the days between, in words."""
    if not silence.first:
        return ""
    if silence.first == silence.last:
        day = day_of_no_year(silence.first) or edtf_words(silence.first)
        return f"{day}, {silence.time}" if silence.time else day
    return edtf_words(f"{silence.first}/{silence.last}")


def _facets(
    asked: Mapping[str, tuple[str, ...]], counted: Mapping[str, Sequence[FacetCount]]
) -> Iterator[tuple[str, list[FacetRow]]]:
    kinds = {row.value: row for row in counted.get("kind", ())}
    unit, times = months_or_longer(counted.get("month", ()), asked["month"])
    shown = {
        "How it is known": ("kind", [
            FacetCount(kind, kinds[kind].count, _KINDS[kind]) for kind in SILENCES if kind in kinds
        ]),
        "Sender": ("sender", list(counted.get("sender", ()))[:ROWS]),
        unit: ("month", times),
    }  # fmt: skip
    for title, (name, values) in shown.items():
        if rows := toggles("/silences", asked, name, values, empty=("kind",)):
            yield title, rows
