"""Suggested subjects on pages of their own, apart from the subjects that the sources give."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response

from regesta.edition import Edition
from regesta.serving.pages.frame import render, whole_number
from regesta.serving.pages.indexes import paging

#: Documents on the page of a suggested heading.
_DOCUMENTS = 50
PATH = "/suggested"


def suggested_page(request: Request, edition: Edition) -> Response:
    """All headings suggested, with what they were learned from; or how to have some suggested."""
    return render(
        request,
        "suggested.html",
        report=edition.suggestions.report(),
        headings=edition.suggestions.headings(),
    )


def suggested_entry_page(request: Request, edition: Edition) -> Response:
    """The documents for which a heading is suggested, the surest first."""
    key = request.path_params["id"]
    label, ids = edition.suggestions.under(key)
    offset = whole_number(request, "offset", default=0, most=10_000_000)
    shown = ids[offset : offset + _DOCUMENTS]
    return render(
        request,
        "suggested_entry.html",
        label=label,
        key=key,
        total=len(ids),
        given=any(h.given for h in edition.suggestions.headings() if h.id == key),
        rows=_rows(edition, key, shown),
        pages=paging(
            request.url.path,
            [],
            offset=offset,
            shown=len(shown),
            total=len(ids),
            size=_DOCUMENTS,
        ),
    )


def _rows(edition: Edition, key: str, ids: Sequence[str]) -> list[tuple[object, object]]:
    """Each document with the suggestion that names it."""
    rows: list[tuple[object, object]] = []
    for regest in edition.regests(ids):
        mine = next((s for s in edition.suggestions.of(regest.id) if s.id == key), None)
        if mine is not None:
            rows.append((regest, mine))
    return rows
