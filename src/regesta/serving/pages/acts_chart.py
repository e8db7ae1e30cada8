"""Acts between two powers on a line: one's above it, the other's below; inline SVG out.

Few acts stand one by one, each a link to its row; many are counted by month or year, each bar a
link to its acts. The table beside the plate holds the same.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from regesta.edition.acts.asked import ActSpan
from regesta.serving.pages.words import count, edtf_words, short_day

#: Up to so many acts on so many days each has a mark of its own.
MOST_MARKS, MOST_DAYS = 40, 16
#: Between two marks of one day; from the line to the first of them.
_STEP, _FIRST = 22.0, 18.0
#: Room for the names of the two sides, and for a word beside a mark.
_NAMES, _WORD = 134.0, 92.0
_SMALL = 360


@dataclass(frozen=True, slots=True)
class ActMark:
    """An act on the line.

    Attributes:
        day: Its day, ISO.
        there: Whether it goes from the first to the second.
        shape: "square", "disc", "lozenge" or "tick".
        hollow: Not, or not yet, done.
        verb, title: In one word, and in full.
        url: Its row.
    """

    day: str
    there: bool
    shape: str
    hollow: bool
    verb: str
    title: str
    url: str


def shape_of(group: str, cameo: str) -> str:
    """The mark of an act: what is asked, granted, refused or told, as far as CAMEO parts them.

    Its roots 03 to 09 are cooperation, 10 to 20 conflict (Schrodt, *CAMEO Codebook*, 2012).
    """
    if group == "ask":
        return "square"
    root = cameo[:2]
    if not root.isdecimal() or int(root) < 3:
        return "tick"
    return "disc" if int(root) < 10 else "lozenge"


def marks_plate(marks: Sequence[ActMark], names: tuple[str, str]) -> Markup:
    """Acts one by one, as a wide and a narrow plate; nothing where there is none."""
    if not marks:
        return Markup("")
    said = f"{count(len(marks), 'act')}: {names[0]} above the line, {names[1]} below"
    return Markup(
        _marks(marks, names, said, 1180, "chart-l") + _marks(marks, names, said, _SMALL, "chart-s")
    )


def _marks(
    marks: Sequence[ActMark], names: tuple[str, str], said: str, width: int, name: str
) -> str:
    small = width == _SMALL
    days = sorted({m.day for m in marks})
    left = 12.0 if small else _NAMES
    right = width - (16.0 if small else _WORD)
    at = _places(days, left + 8, right)
    stacks = {(d, t): [m for m in marks if (m.day, m.there) == (d, t)]
              for d in days for t in (True, False)}  # fmt: skip
    above = max(len(stacks[d, True]) for d in days)
    below = max(len(stacks[d, False]) for d in days)
    room = 44.0 if small else 30.0
    base = room + _FIRST + above * _STEP
    height = base + _FIRST + below * _STEP + room
    out = [
        f'<svg class="{name}" viewBox="0 0 {width} {height:.0f}" role="group" '
        f'aria-label="{escape(said)}">',
        f'<line class="base" x1="{left:.0f}" x2="{width}" y1="{base:.1f}" y2="{base:.1f}"/>',
    ]
    out += _sides(names, base, height, small)
    free = {True: -99.0, False: -99.0}
    for i, day in enumerate(days):
        gap = (at[days[i + 1]] if i + 1 < len(days) else width) - at[day]
        for there in (True, False):
            stack = stacks[day, there]
            if stack:
                labelled = not small and gap >= _WORD
                out += _stack(stack, at[day], base, there, labelled)
                if at[day] - free[there] >= 52:
                    free[there] = at[day]
                    out.append(_day(day, at[day], base, len(stack), there))
    return "".join([*out, "</svg>"])


def _places(days: Sequence[str], left: float, right: float) -> dict[str, float]:
    """Where days stand: by time, but never so near that marks touch."""
    numbers = {day: dt.date.fromisoformat(day).toordinal() for day in days}
    first, last = min(numbers.values()), max(numbers.values())
    if first == last:
        return {days[0]: left + (right - left) / 3}
    least = min(16.0, (right - left) / len(days))
    found: dict[str, float] = {}
    before = left - least
    for i, day in enumerate(days):
        x = left + (numbers[day] - first) / (last - first) * (right - left)
        most = right - least * (len(days) - 1 - i)
        before = found[day] = min(max(x, before + least), most)
    return found


def _sides(names: tuple[str, str], base: float, height: float, small: bool) -> list[str]:
    """The names of the two: before the line, or at the edges of a narrow plate."""
    first, second = (escape(name) for name in names)
    places = (14.0, height - 4) if small else (base - 12, base + 24)
    return [
        f'<text class="side-name" x="0" y="{y:.1f}">{name}</text>'
        for name, y in zip((first, second), places, strict=True)
    ]


def _stack(
    marks: Sequence[ActMark], x: float, base: float, there: bool, labelled: bool
) -> list[str]:
    way = -1 if there else 1
    end = base + way * (_FIRST + (len(marks) - 1) * _STEP)
    out = [
        f'<line class="base" x1="{x:.1f}" x2="{x:.1f}" y1="{base:.1f}" y2="{end:.1f}"/>',
    ]
    for i, mark in enumerate(marks):
        y = base + way * (_FIRST + i * _STEP)
        words = (
            f'<text class="act-word" x="{x + 11:.1f}" y="{y + 4.5:.1f}">{escape(mark.verb)}</text>'
            if labelled
            else ""
        )
        out.append(
            f'<a href="{escape(mark.url)}"><title>{escape(mark.title)}</title>'
            f'<rect class="touch" x="{x - 11:.1f}" y="{y - 11:.1f}" width="22" height="22"/>'
            f"{_shape(mark, x, y)}{words}</a>"
        )
    return out


def _shape(mark: ActMark, x: float, y: float) -> str:
    ink = "hollow" if mark.hollow else "ink"
    if mark.shape == "square":
        return f'<rect class="{ink}" x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8"/>'
    if mark.shape == "disc":
        return f'<circle class="{ink}" cx="{x:.1f}" cy="{y:.1f}" r="4.5"/>'
    if mark.shape == "lozenge":
        ink = "hollow red" if mark.hollow else "rf"
        path = f"M{x:.1f} {y - 5.5:.1f} l5.5 5.5 l-5.5 5.5 l-5.5 -5.5z"
        return f'<path class="{ink}" d="{path}"/>'
    return f'<rect class="{ink}" x="{x - 5:.1f}" y="{y - 1.5:.1f}" width="10" height="3"/>'


def _day(day: str, x: float, base: float, stacked: int, there: bool) -> str:
    away = _FIRST + (stacked - 1) * _STEP + (14 if there else 24)
    y = base - away if there else base + away
    return f'<text x="{max(x, 20):.1f}" y="{y:.1f}" text-anchor="middle">{short_day(day)}</text>'


def bars_plate(
    spans: Sequence[ActSpan], names: tuple[str, str], url: Callable[[ActSpan], str]
) -> Markup:
    """Acts counted by month or year, as a wide and a narrow plate."""
    if not spans:
        return Markup("")
    total = sum(s.there + s.back for s in spans)
    span = f"{edtf_words(spans[0].date)} to {edtf_words(spans[-1].date)}"
    said = f"{count(total, 'act')}, {span}: {names[0]} above the line, {names[1]} below"
    return Markup(
        _bars(spans, names, said, url, 1180, "chart-l")
        + _bars(spans, names, said, url, _SMALL, "chart-s")
    )


def _bars(
    spans: Sequence[ActSpan],
    names: tuple[str, str],
    said: str,
    url: Callable[[ActSpan], str],
    width: int,
    name: str,
) -> str:
    small = width == _SMALL
    left = 4.0 if small else _NAMES
    filled = _filled(spans)
    pitch = min((width - left) / len(filled), 56.0)
    most = max(max(s.there, s.back) for s in spans)
    base, tall = 110.0, 76.0
    out = [
        f'<svg class="{name}" viewBox="0 0 {width} 220" role="group" aria-label="{escape(said)}">'
    ]
    out += _sides(names, base, 220.0, small)
    named = -99.0
    for i, one in enumerate(filled):
        x = left + i * pitch
        if one.there or one.back:
            out.append(_bar(one, x, pitch, base, tall / most, url(one)))
        middle = x + pitch / 2
        label = one.date[:4] if len(one.date) == 4 or one.date.endswith("-01") or i == 0 else ""
        if label and middle - named >= 44 and middle > left + 12:
            named = middle
            out.append(
                f'<text x="{middle:.1f}" y="{202 if small else 216}" text-anchor="middle">'
                f"{label}</text>"
            )
    end = left + len(filled) * pitch
    out.append(f'<line class="base" x1="{left:.0f}" x2="{end:.1f}" y1="{base}" y2="{base}"/>')
    return "".join([*out, "</svg>"])


def _bar(one: ActSpan, x: float, pitch: float, base: float, unit: float, url: str) -> str:
    thick = max(pitch * 0.8, 1.0)
    at = x + (pitch - thick) / 2
    up, down = one.there * unit, one.back * unit
    up, down = (max(v, 2.0) if v else 0.0 for v in (up, down))
    title = f"{edtf_words(one.date)}: {one.there} above, {one.back} below"
    return (
        f'<a href="{escape(url)}"><title>{escape(title)}</title>'
        f'<rect class="touch" x="{x:.1f}" y="26" width="{pitch:.1f}" height="168"/>'
        f'<rect class="bar" x="{at:.1f}" y="{base - up:.1f}" width="{thick:.1f}" '
        f'height="{up:.1f}"/>'
        f'<rect class="bar" x="{at:.1f}" y="{base:.1f}" width="{thick:.1f}" '
        f'height="{down:.1f}"/></a>'
    )


def _filled(spans: Sequence[ActSpan]) -> list[ActSpan]:
    """The spans with the empty months or years between them."""
    known = {s.date: s for s in spans}
    first, last = spans[0].date, spans[-1].date
    if len(first) == 4:
        dates = [f"{year:04d}" for year in range(int(first), int(last) + 1)]
    else:
        months = (12 * int(d[:4]) + int(d[5:7]) - 1 for d in (first, last))
        low, high = months
        dates = [f"{m // 12:04d}-{m % 12 + 1:02d}" for m in range(low, high + 1)]
    return [known.get(date, ActSpan(date, 0, 0)) for date in dates]
