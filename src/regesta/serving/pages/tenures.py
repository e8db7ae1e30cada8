"""Tenures as a plate: a row for each person or office, a bar from first to last seen, in ink."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from regesta.edition.authorities.results import TenureLine
from regesta.serving.pages.words import count, edtf_words, shorten

#: Rows of a plate; more stand in the table alone.
MOST_ROWS = 36
#: Height of a row, room above the years, and for a row's name, in the plate's own units.
_ROW, _TOP, _NAMES = 24.0, 6.0, 250.0
#: A tenure that is seen on one day only is drawn this wide.
_LEAST = 3.0


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the plate: its name and its bars."""

    label: str
    lines: tuple[TenureLine, ...]


def rows_of(lines: Sequence[TenureLine], name: Callable[[TenureLine], str]) -> list[Row]:
    """Tenures in rows of one name, in the order of their first days."""
    found: dict[str, list[TenureLine]] = {}
    for line in lines:
        found.setdefault(name(line), []).append(line)
    return [Row(label, tuple(some)) for label, some in found.items()]


def plate(
    lines: Sequence[TenureLine],
    name: Callable[[TenureLine], str],
    url: Callable[[TenureLine], str],
) -> Markup:
    """Draw tenures; nothing where there are fewer than two rows and no stretch of days."""
    rows = rows_of(lines, name)[:MOST_ROWS]
    shown = [line for row in rows for line in row.lines]
    if not shown or (len(rows) < 2 and all(line.first == line.last for line in shown)):
        return Markup("")
    return Markup(
        _svg(rows, url, width=860, names=_NAMES, style="chart-l")
        + _svg(rows, url, width=340, names=0, style="chart-s")
    )


def _number(day: str) -> float:
    year, month, date = day.split("-")
    return int(year) + (int(month) - 1) / 12 + (int(date) - 1) / 365.25


def _svg(
    rows: Sequence[Row],
    url: Callable[[TenureLine], str],
    *,
    width: int,
    names: float,
    style: str,
) -> str:
    """One size of the plate; without room for names they stand above their bars."""
    days = [line for row in rows for line in row.lines]
    first, last = int(min(map(_first, days))), int(max(map(_last, days))) + 1
    step = _ROW if names else _ROW * 1.7
    height = _TOP + step * len(rows) + 26
    base = height - 22
    scale = (width - names) / (last - first)
    said = f"From {min(d.first for d in days)[:4]} to {max(d.last for d in days)[:4]}"
    out = [
        f'<svg class="{style}" viewBox="0 0 {width} {height:.0f}" role="group" '
        f'aria-label="{escape(said)}">'
    ]
    for year in _years(first, last, 12 if names else 5):
        x = names + (year - first) * scale
        anchor = "end" if x > width - 20 else "middle" if x > names + 12 else "start"
        out.append(
            f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP}" y2="{base:.0f}"/>'
            f'<text x="{x:.1f}" y="{height - 6:.0f}" text-anchor="{anchor}">{year}</text>'
        )
    for k, row in enumerate(rows):
        y = _TOP + k * step + (4 if names else step - 18)
        label = escape(shorten(row.label, 38 if names else 46))
        at = f'x="0" y="{y + 11:.1f}"' if names else f'x="0" y="{y - 4:.1f}"'
        out.append(f"<text {at}>{label}</text>")
        for line in row.lines:
            x = names + (_first(line) - first) * scale
            wide = max((_last(line) - _first(line)) * scale, _LEAST)
            bar = "hollow" if line.acting else "bar"
            out.append(
                f'<a href="{escape(url(line))}"><title>{escape(title(line))}</title>'
                f'<rect class="touch" x="{x - 3:.1f}" y="{y - 3:.1f}" width="{wide + 6:.1f}" '
                f'height="20"/><rect class="{bar}" x="{x:.1f}" y="{y + 2:.1f}" '
                f'width="{wide:.1f}" height="9"/></a>'
            )
    out.append(f'<line class="base" x1="{names}" x2="{width}" y1="{base:.0f}" y2="{base:.0f}"/>')
    return "".join([*out, "</svg>"])


def _first(line: TenureLine) -> float:
    return _number(line.first)


def _last(line: TenureLine) -> float:
    return _number(line.last)


def _years(first: int, last: int, most: int) -> list[int]:
    step = next(s for s in (1, 2, 5, 10, 20, 25, 50, 100, 200, 500) if (last - first) / s <= most)
    return [year for year in range(first, last + 1) if year % step == 0]


def title(line: TenureLine) -> str:
    """A tenure in words: who, what, from when to when, on how many documents."""
    stretch = edtf_words(line.first)
    if line.last != line.first:
        stretch = f"{stretch} to {edtf_words(line.last)}"
    return (
        f"{line.person_label}, {line.office_label}: {stretch}, {count(line.documents, 'document')}"
    )
