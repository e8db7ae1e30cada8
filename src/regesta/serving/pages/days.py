"""The day page: everything of one day, each side in its column."""

from dataclasses import dataclass
from string import ascii_lowercase

from starlette.requests import Request
from starlette.responses import Response

from regesta.edition import Edition
from regesta.edition.results import Day, Regest
from regesta.errors import UnknownValue
from regesta.serving.pages.acts_document import acts_of_days
from regesta.serving.pages.charts import month_strip
from regesta.serving.pages.frame import redirect, render
from regesta.serving.pages.links import compare_url, day_url
from regesta.serving.pages.regests import short_name
from regesta.serving.pages.words import (
    count,
    edtf_words,
    next_day,
    number,
    old_style,
    short_day,
    weekday,
)

#: Sides that stand as columns; further ones follow beneath.
_COLUMNS = 3
#: Documents of a list shown before the rest is only counted.
_LISTED = 12
#: Sides of the days before and after are asked for when the day itself has at most so many.
_QUIET_DAY = 12

Side = tuple[str, tuple[Regest, ...]]


def _row(columns: list[str], day: Day | None, *, most: int) -> list[tuple[str, list[Regest], int]]:
    """What each column holds of a day: (side, documents shown, documents left out)."""
    sides = dict(day.sides) if day else {}
    return [
        (name, list(sides.get(name, ()))[:most], max(len(sides.get(name, ())) - most, 0))
        for name in columns
    ]


@dataclass(frozen=True, slots=True)
class Twin:
    """A counterpart of a document of the day: the letter of their pair, and both side by side."""

    letter: str
    url: str
    name: str


def _twins(edition: Edition, shown: dict[str, Regest]) -> dict[str, list[Twin]]:
    """Counterparts among the documents that a page shows, each pair with a letter."""
    found: dict[str, list[Twin]] = {}
    pairs = edition.links.sure_pairs(list(shown))
    for letter, (document, target) in zip(ascii_lowercase, pairs, strict=False):
        for one, other in ((document, target), (target, document)):
            name = short_name(shown[other], year=True)
            found.setdefault(one, []).append(Twin(letter, compare_url(one, other), name))
    return found


def _neighbour(edition: Edition, day: str | None) -> Day | None:
    return edition.on(day) if day else None


def day_page(request: Request, edition: Edition) -> Response:
    """A day, with the nearest days before and after beside it where it is not too full."""
    text = request.path_params["date"]
    day = edition.on(text)
    total = sum(len(documents) for _, documents in day.sides)
    sides = sorted(day.sides, key=lambda s: (-len(s[1]), s[0]))
    quiet = total <= _QUIET_DAY
    before = _neighbour(edition, day.before) if quiet else None
    after = _neighbour(edition, day.after) if quiet else None
    near = [other.sides for other in (before, after) if other]
    names = list(dict.fromkeys(name for some in (sides, *near) for name, _ in some))
    columns, further = names[:_COLUMNS], [s for s in sides if s[0] in names[_COLUMNS:]]
    in_full = _LISTED * (1 if len(columns) > 1 else 3)
    yesterday, tomorrow = next_day(text, -1), next_day(text, 1)
    # What the other side did is told the day before or after as often as on the day itself.
    first = yesterday if yesterday and day.before == yesterday and quiet else text
    last = tomorrow if tomorrow and day.after == tomorrow and quiet else text
    cells = {
        d.date: _row(columns, d, most=in_full if d is day else 4) for d in (before, day, after) if d
    }
    shown = {r.id: r for row in cells.values() for _, regests, _ in row for r in regests}
    return render(
        request,
        "day.html",
        twins=_twins(edition, shown),
        day=day,
        title=edtf_words(text),
        weekday=weekday(text),
        old_style=old_style(text),
        total=total,
        said=count(total, "document") if total else "no document",
        strip=month_strip(text, day.month, day_url),
        columns=columns,
        rows=[
            ("the day before" if day.before == yesterday else "", day.before, before),
            ("", text, day),
            ("the day after" if day.after == tomorrow else "", day.after, after),
        ],
        cells=cells,
        further=further,
        listed=_LISTED,
        acts=acts_of_days(edition, first, last),
        acts_from=first,
        acts_to=last,
        yesterday=yesterday,
        tomorrow=tomorrow,
        short_before=short_day(day.before, year=True) if day.before else "",
        short_after=short_day(day.after, year=True) if day.after else "",
        number=number,
        json_url=f"/api{day_url(text)}",
    )


def go_to_day(request: Request, edition: Edition) -> Response:
    """Answer the form "go to a day": send the reader to the day, month or year asked for."""
    text = " ".join(request.query_params.get("date", "").split())
    parts = text.split("-")
    if text and all(p.isascii() and p.isdecimal() for p in parts) and len(parts) <= 3:
        padded = "-".join(p.zfill(4 if i == 0 else 2) for i, p in enumerate(parts))
        return redirect(day_url(padded) if len(parts) == 3 else f"/dates/{padded}")
    raise UnknownValue(
        f"{text!r} is no day" if text else "no day was given",
        "write the year first: 1918-07-25; a month is 1918-07, a year 1918",
    )
