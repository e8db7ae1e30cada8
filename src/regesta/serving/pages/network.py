"""Who wrote to whom: a plate and a table of the busiest pairs, and the conversation of any two.

Counts of the edition come in, pages go out. The plate is an SVG that the server draws: it works
without scripts, prints, and every line of it is a link that the table has in words. A graph library
would cost a reader half a megabyte to move dots about; `regesta export --format graphml` gives the
whole network to programs that are made for it.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import Response

from regesta.edition import Edition
from regesta.edition.links.network import PERSON, Cover, Tie
from regesta.errors import UnknownValue
from regesta.serving.pages.frame import render, whole_number
from regesta.serving.pages.indexes import paging
from regesta.serving.pages.links import index_url, person_url, power_url, with_query
from regesta.serving.pages.memory import kept
from regesta.serving.pages.slips import stray
from regesta.serving.pages.threads import Turn
from regesta.serving.pages.words import count, shorten

#: Pairs that are listed, names that are drawn, and documents of a conversation on a page.
_TIES, _DRAWN, PER_PAGE = 200, 22, 100
_MOST = 1_000_000
#: The plate: its width, height and the circle on which the names stand.
_WIDTH, _HEIGHT, _RADIUS = 760, 450, 190
#: Letters of a name on the plate.
_NAME = 30
#: The widest line.
_WIDEST = 9.0
_KINDS = {"parties": "Persons and offices", "powers": "Powers"}


@dataclass(frozen=True, slots=True)
class Row:
    """A pair in the table: both ways counted."""

    one: str
    one_url: str
    other: str
    other_url: str
    there: int
    back: int
    first: str | None
    last: str | None
    url: str


def conversation_url(one: str, other: str, between: str, **more: object) -> str:
    """The page of what two wrote to one another."""
    pairs = {"one": one, "other": other, "between": "" if between == "parties" else between}
    return with_query("/conversation", {**pairs, **more})


def network_page(request: Request, edition: Edition) -> Response:
    """The network of parties, or of powers."""
    between = request.query_params.get("between", "parties")
    if between not in _KINDS:
        raise UnknownValue(f"there is no network of {between!r}", f"it is {' or '.join(_KINDS)}")
    ties = kept(
        edition,
        f"network {between}",
        lambda: edition.network.ties(between, limit=2 * _TIES, slips=stray(edition)),
    )
    rows = _rows(ties, between)[:_TIES]
    return render(
        request,
        "network.html",
        rows=rows,
        plate=_plate(rows),
        drawn=len(_names(rows)),
        between=between,
        cover=_cover(edition) if between == "powers" else None,
        decades=kept(edition, "power cover", edition.network.cover) if between == "powers" else [],
        kinds=[
            (name, with_query("/network", {"between": "" if key == "parties" else key}),
             key == between)
            for key, name in _KINDS.items()
        ],
    )  # fmt: skip


def _cover(edition: Edition) -> Cover:
    """What is known of all decades together."""
    known: list[Cover] = kept(edition, "power cover", edition.network.cover)
    sums = (sum(getattr(c, name) for c in known) for name in ("documents", "between", "within"))
    return Cover(None, *sums)


def _rows(ties: Sequence[Tie], between: str) -> list[Row]:
    """Ties of both directions together, the busiest pair first."""
    there = {(tie.sender, tie.recipient): tie for tie in ties}
    rows, done = list[Row](), set[tuple[str, str]]()
    for (a, b), tie in there.items():
        if (a, b) in done:
            continue
        done |= {(a, b), (b, a)}
        back = there.get((b, a))
        days = [d for t in (tie, back) if t for d in (t.first, t.last) if d]
        rows.append(
            Row(
                one=tie.sender_label,
                one_url=_url(a, between, "author"),
                other=tie.recipient_label,
                other_url=_url(b, between, "recipient"),
                there=tie.documents,
                back=back.documents if back else 0,
                first=min(days, default=None),
                last=max(days, default=None),
                url=conversation_url(a, b, between),
            )
        )
    return sorted(rows, key=lambda row: (-row.there - row.back, row.one, row.other))


def _url(id: str, between: str, role: str) -> str:
    if id.startswith(PERSON):
        return person_url(id.removeprefix(PERSON))
    return power_url(id) if between == "powers" else index_url(role, id)


def _names(rows: Sequence[Row]) -> dict[str, tuple[str, int]]:
    """The busiest names of the table, each with its page and how many documents it has there."""
    busy, urls = Counter[str](), dict[str, str]()
    for row in rows:
        for name, url in ((row.one, row.one_url), (row.other, row.other_url)):
            busy[name] += row.there + row.back
            urls.setdefault(name, url)
    return {name: (urls[name], n) for name, n in busy.most_common(_DRAWN)}


def _plate(rows: Sequence[Row]) -> Markup:
    """Names on a circle, the busiest first from the top, and a line for every pair."""
    names = _names(rows)
    if len(names) < 3:
        return Markup("")
    spots = {
        name: (
            _WIDTH / 2 + _RADIUS * math.sin(2 * math.pi * i / len(names)),
            _HEIGHT / 2 - _RADIUS * math.cos(2 * math.pi * i / len(names)),
        )
        for i, name in enumerate(names)
    }
    lines = [row for row in rows if row.one in spots and row.other in spots]
    most = max((row.there + row.back for row in lines), default=1)
    parts = [_line(row, spots, most) for row in reversed(lines)]
    parts += [_spot(name, *spots[name], *names[name]) for name in names]
    said = f"Who wrote to whom: {count(len(lines), 'pair')} of {count(len(names), 'name')}"
    return Markup(
        '<svg class="web" viewBox="0 0 {} {}" role="group" aria-label="{}">{}</svg>'
    ).format(_WIDTH, _HEIGHT, said, Markup("").join(parts))


def _line(row: Row, spots: dict[str, tuple[float, float]], most: int) -> Markup:
    (x, y), (u, v) = spots[row.one], spots[row.other]
    width = 0.8 + (_WIDEST - 0.8) * math.sqrt((row.there + row.back) / most)
    # Bent toward the middle, so that neighbours' lines do not lie on the circle.
    bend = f"M{x:.1f} {y:.1f}Q{_WIDTH / 2:.0f} {_HEIGHT / 2:.0f} {u:.1f} {v:.1f}"
    told = f"{row.one} to {row.other} {row.there:,}, back {row.back:,}"
    return Markup(
        '<a href="{}" tabindex="-1"><path d="{}" stroke-width="{}"><title>{}</title></path></a>'
    ).format(row.url, bend, f"{width:.1f}", told)


def _spot(name: str, x: float, y: float, url: str, documents: int) -> Markup:
    right = x >= _WIDTH / 2 - 1
    anchor, dx = ("start", 8) if right else ("end", -8)
    if abs(x - _WIDTH / 2) < 1:
        anchor, dx = "middle", 0
    dy = -10 if abs(x - _WIDTH / 2) < 1 and y < _HEIGHT / 2 else 18 if dx == 0 else 4
    return Markup(
        '<a href="{}"><circle cx="{}" cy="{}" r="4"/>'
        '<text x="{}" y="{}" text-anchor="{}">{}<title>{}</title></text></a>'
    ).format(
        url, f"{x:.1f}", f"{y:.1f}", f"{x + dx:.1f}", f"{y + dy:.1f}", anchor,
        escape(shorten(name, _NAME)), f"{name}: {count(documents, 'document')}",
    )  # fmt: skip


def conversation_page(request: Request, edition: Edition) -> Response:
    """What two wrote to one another, as a conversation."""
    asked = request.query_params
    one, other, between = (asked.get(name, "") for name in ("one", "other", "between"))
    between = between or "parties"
    if not one or not other:
        raise UnknownValue("a conversation is of two", "/network lists who wrote to whom")
    offset = whole_number(request, "offset", default=0, most=_MOST)
    found = edition.network.conversation(one, other, between=between, limit=PER_PAGE, offset=offset)
    turns = [Turn(regest, "a" if mine else "b", "") for regest, mine in found.documents]
    pairs: list[tuple[str, object]] = [("one", one), ("other", other)]
    pairs += [("between", between)] if between != "parties" else []
    return render(
        request,
        "conversation.html",
        labels=found.labels,
        total=found.total,
        turns=turns,
        between=between,
        pages=paging(
            "/conversation", pairs, offset=offset, shown=len(turns), total=found.total,
            size=PER_PAGE,
        ),
    )  # fmt: skip
