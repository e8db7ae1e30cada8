"""Plates: counts in, inline SVG out, drawn in ink; every bar is a link with a title."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from regesta.serving.pages.escaping import escaped
from regesta.serving.pages.words import count, days_in, month_name, number

#: Above this many years a plate is drawn by decade, above that ten times by century.
_MOST_BARS = 240
_ROUND = (1, 2, 5)
#: Up to this many bars each carries its count and no grid is drawn.
_FEW = 14
#: Years far from the rest that hold at most this share of the documents are not drawn.
_FAR_SHARE = 0.01
#: Room for the figures of the grid.
_FIGURES = 36.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: the first and last month or year it stands for (EDTF), its label and its count."""

    first: str
    last: str
    label: str
    count: int


def year_bars(years: Mapping[int, int], *, most: int = _MOST_BARS) -> list[Bar]:
    """Bars for counts by year, empty years too; wider bins where the span is long."""
    if not years:
        return []
    first, last = min(years), max(years)
    width = 1
    while (last - first) // width + 1 > most:
        width *= 10
    start = first - first % width if width > 1 else first
    totals: dict[int, int] = {}
    for year, n in years.items():
        at = start + (year - start) // width * width
        totals[at] = totals.get(at, 0) + n
    bars = []
    for year in range(start, last + 1, width):
        end = year + width - 1
        label = str(year) if width == 1 else f"{year}–{end}"
        bars.append(Bar(f"{year:04d}", f"{end:04d}", label, totals.get(year, 0)))
    return bars


def month_bars(year: int, months: Mapping[int, int]) -> list[Bar]:
    """Twelve bars for counts by month of a year."""
    ids = [(m, f"{year:04d}-{m:02d}") for m in range(1, 13)]
    return [Bar(id, id, f"{month_name(m)} {year}", months.get(m, 0)) for m, id in ids]


def _grid(top: int) -> list[int]:
    """Two to four round values below the highest count."""
    step = 1
    while True:
        for base in _ROUND:
            if top // (step * base) <= 4:
                size = step * base
                return list(range(size, top + 1, size))
        step *= 10


def _named(bars: Sequence[Bar], pitch: float, room: float) -> dict[int, float]:
    """Which bars carry their year: the fullest first, then the ends, as far as there is room.

    Returns the index of each with the middle of its label, moved in where it would overhang.
    """
    order = sorted(range(len(bars)), key=lambda i: (-bars[i].count, i))
    order = [i for i in order if bars[i].count] + [0, len(bars) - 1]
    half = room / 2
    most = len(bars) * pitch - half
    chosen: dict[int, float] = {}
    for i in order:
        x = min(max((i + 0.5) * pitch, half), max(most, half))
        if all(abs(x - other) >= room for other in chosen.values()) and len(chosen) < 14:
            chosen[i] = x
    return chosen


def _free_run(bars: Sequence[Bar], low: int, pitch: float) -> float:
    """The middle of the longest run of bars that stay below the grid, or 0.0 where none is."""
    best, at, start = 0, 0.0, 0
    for i, bar in enumerate([*bars, Bar("", "", "", low)]):
        if bar.count >= low:
            if i - start > best:
                best, at = i - start, (start + i) / 2 * pitch
            start = i + 1
    return at if best * pitch >= _FIGURES * 2 else 0.0


def _svg(
    bars: Sequence[Bar],
    url: Callable[[Bar], str],
    *,
    size: tuple[int, int],
    name: str,
    drag: bool,
) -> str:
    width, height = size
    top, base = 24.0, height - 24.0
    most = max(bar.count for bar in bars)
    few = len(bars) <= _FEW
    grid = [] if few else _grid(most)
    free = _free_run(bars, grid[0] if grid else 0, width / len(bars))
    pitch = min((width - (0 if free or few else _FIGURES)) / len(bars), 56.0)
    end = len(bars) * pitch
    attributes = " data-drag" if drag else ""
    out = [
        f'<svg class="{name}" viewBox="0 0 {width} {height}" role="group" '
        f'aria-label="{escaped(finding_of(bars))}"{attributes}>'
    ]
    scale = (base - top) / most
    for value in grid:
        y = base - value * scale
        at, anchor = (free, "middle") if free else (end + _FIGURES, "end")
        out.append(f'<line class="grid" x1="0" x2="{end:.0f}" y1="{y:.1f}" y2="{y:.1f}"/>')
        out.append(
            f'<text x="{at:.0f}" y="{y - 4:.1f}" text-anchor="{anchor}">{number(value)}</text>'
        )
    for i, bar in enumerate(bars):
        if bar.count:
            out.append(_bar(bar, url(bar), i * pitch, pitch, (base, scale), figure=few))
    out.append(f'<line class="base" x1="0" x2="{end:.1f}" y1="{base}" y2="{base}"/>')
    out += _labels(bars, pitch, height)
    return "".join([*out, "</svg>"])


def _bar(
    bar: Bar, url: str, x: float, pitch: float, scale: tuple[float, float], *, figure: bool
) -> str:
    """One bar: a link with a title; its whole height can be hit."""
    base, unit = scale
    thick = max(pitch * 0.8, 1.0)
    tall = max(bar.count * unit, 2.0)
    middle = f"{x + pitch / 2:.1f}"
    said = (
        f'<text x="{middle}" y="{base - tall - 5:.1f}" text-anchor="middle">'
        f"{number(bar.count)}</text>"
    )
    return (
        f'<a href="{escaped(url)}" data-from="{bar.first}" data-to="{bar.last}">'
        f"<title>{bar.label}: {count(bar.count, 'document')}</title>"
        f'<rect class="touch" x="{x:.1f}" y="0" width="{pitch:.1f}" height="{base:.0f}"/>'
        f'<rect class="bar" x="{x + (pitch - thick) / 2:.1f}" y="{base - tall:.1f}" '
        f'width="{thick:.1f}" height="{tall:.1f}"/>{said if figure else ""}</a>'
    )


def _labels(bars: Sequence[Bar], pitch: float, height: int) -> list[str]:
    """Names under the bars: all of them where they are few and short, else the fullest."""
    if all("-" in bar.first for bar in bars):
        length = 3 if pitch >= 30 else 1
        named = {i: ((i + 0.5) * pitch, b.label[:length]) for i, b in enumerate(bars)}
    else:
        room = 84.0 if bars[0].first != bars[0].last else 44.0
        named = {i: (x, bars[i].label) for i, x in _named(bars, pitch, room).items()}
    return [
        f'<text x="{x:.1f}" y="{height - 6}" text-anchor="middle">{label}</text>'
        for x, label in named.values()
    ]


def finding_of(bars: Sequence[Bar]) -> str:
    """The plate in words: its span and its fullest bars."""
    full = sorted((b for b in bars if b.count), key=lambda b: -b.count)[:3]
    fullest = ", ".join(f"{b.label} ({number(b.count)})" for b in full)
    said = f"Documents from {bars[0].label} to {bars[-1].label}"
    return f"{said}; fullest {fullest}" if len(full) > 1 else said


def plate(
    bars: Sequence[Bar],
    url: Callable[[Bar], str],
    *,
    narrow: Sequence[Bar] = (),
    size: tuple[int, int] = (1180, 194),
    drag: bool = False,
) -> Markup:
    """Bars as a wide and a narrow plate; nothing where there is nothing to draw.

    Args:
        bars: What to draw.
        url: Where a bar leads.
        narrow: Bars of the narrow plate, where they differ.
        size: Width and height of the wide plate in its own units.
        drag: Let the script choose a range by dragging.
    """
    if not any(bar.count for bar in bars):
        return Markup("")
    wide_svg = _svg(bars, url, size=size, name="chart-l", drag=drag)
    small = _svg(narrow or bars, url, size=(340, 132), name="chart-s", drag=drag)
    return Markup(wide_svg + small)


@dataclass(frozen=True, slots=True)
class Plate:
    """A drawn plate ("" where there is nothing to draw) and, in words, what it leaves out."""

    svg: Markup
    left_out: tuple[str, ...] = ()
    unit: str = "year"


def core_years(
    years: Mapping[int, int], *, share: float = _FAR_SHARE
) -> tuple[dict[int, int], dict[int, int]]:
    """Part counts by year into those to draw and a few far away that would flatten the rest.

    At each end, years that hold together at most ``share`` of the documents are left out where
    that shortens the plate by a third.
    """
    kept = dict(sorted(years.items()))
    most = sum(years.values()) * share
    for end in (1, -1):
        order = sorted(kept)[::end]
        held, cut = 0, 0
        for k, year in enumerate(order[:-1], 1):
            held += kept[year]
            if held > most:
                break
            if 3 * (abs(order[-1] - order[k]) + 1) <= 2 * (abs(order[-1] - order[0]) + 1):
                cut = k
        kept = {year: kept[year] for year in sorted(order[cut:])}
    return kept, {y: n for y, n in years.items() if y not in kept}


def year_plate(
    years: Mapping[int, int],
    url: Callable[[Bar], str],
    *,
    months: Callable[[int], Mapping[int, int]] | None = None,
    size: tuple[int, int] = (1180, 194),
    drag: bool = False,
) -> Plate:
    """Counts by year as a plate; a single year by its months, where ``months`` gives them."""
    kept, far = core_years(years)
    said = _far_words(far, min(kept, default=0))
    if len(kept) == 1 and months is not None:
        year = next(iter(kept))
        counts = months(year)
        if (rest := kept[year] - sum(counts.values())) > 0:
            said += (f"{count(rest, 'document')} of no single month",)
        drawn = plate(month_bars(year, counts), url, size=size, drag=drag)
        return Plate(drawn, said, "month")
    if len(kept) < 2:
        return Plate(Markup(""))
    bars, narrow = year_bars(kept), year_bars(kept, most=90)
    unit = "year" if bars[0].first == bars[0].last else "decade"
    return Plate(plate(bars, url, narrow=narrow, size=size, drag=drag), said, unit)


def _far_words(far: Mapping[int, int], first: int) -> tuple[str, ...]:
    """What lies before and after the plate: "12 documents of 201–1670"."""
    parts = []
    for side in (
        {y: n for y, n in far.items() if y < first},
        {y: n for y, n in far.items() if y > first},
    ):
        if side:
            a, b = min(side), max(side)
            span = str(a) if a == b else f"{a}–{b}"
            parts.append(f"{count(sum(side.values()), 'document')} of {span}")
    return tuple(parts)


def month_strip(day: str, counts: Mapping[int, int], url: Callable[[str], str]) -> Markup:
    """The days of a month, a dot for each document (a bar above six); ``day`` is in red."""
    year, month = int(day[:4]), int(day[5:7])
    days = days_in(year, month)
    said = f"{month_name(month)} {year}, documents by day"
    return Markup(
        _strip(day, counts, url, range(1, days + 1), "chart-l", 1160, said)
        + _strip(day, counts, url, _around(int(day[8:]), days), "chart-s", 340, said)
    )


def _around(day: int, days: int) -> range:
    """Nine days around a day, inside its month."""
    first = min(max(day - 4, 1), max(days - 8, 1))
    return range(first, min(first + 9, days + 1))


def _strip(
    day: str,
    counts: Mapping[int, int],
    url: Callable[[str], str],
    days: range,
    name: str,
    width: int,
    said: str,
) -> str:
    pitch = width / len(days)
    most = max(counts.values(), default=1)
    out = [f'<svg class="{name}" viewBox="0 0 {width} 62" role="group" aria-label="{said}">']
    for i, d in enumerate(days):
        x, n = (i + 0.5) * pitch, counts.get(d, 0)
        iso = f"{day[:8]}{d:02d}"
        today = iso == day
        out.append(
            f'<a href="{escaped(url(iso))}" aria-label="{d} {said.split(",")[0]}: '
            f'{count(n, "document") if n else "no documents"}"{" aria-current=date" * today}>'
            f'<rect class="touch" x="{x - pitch / 2:.1f}" y="0" width="{pitch:.1f}" height="62"/>'
        )
        if not n:
            out.append(f'<line class="grid" x1="{x - 3:.1f}" x2="{x + 3:.1f}" y1="34" y2="34"/>')
        elif most > 5:
            tall = max(n / most * 34, 2)
            out.append(
                f'<rect class="{"rf" if today else "bar"}" x="{x - 4:.1f}" y="{38 - tall:.1f}" '
                f'width="8" height="{tall:.1f}"/>'
            )
        else:
            out += [
                f'<circle class="{"rf" if today else "ink"}" cx="{x:.1f}" cy="{34 - k * 7}" '
                f'r="2.6"/>'
                for k in range(n)
            ]
        out.append(
            f'<text x="{x:.1f}" y="56" text-anchor="middle"{" class=rt" * today}>{d}</text></a>'
        )
    return "".join([*out, "</svg>"])
