"""Running text: a stretch of text with its inline spans and points in, nested HTML out.

Spans may overlap in any way; what would cross is closed and opened again. No character of the
text is added, lost or changed.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import msgspec

from regesta.documents import Mark, Value
from regesta.documents.readings import READINGS, is_reading
from regesta.serving.pages.escaping import escaped

#: Mark → element and attributes; other marks show nothing of their own.
_PLAIN: dict[str, tuple[str, str]] = {
    "italic": ("i", ""),
    "bold": ("b", ""),
    "smallcaps": ("span", ' class="sc"'),
    "superscript": ("sup", ""),
    "underline": ("u", ""),
    "deleted": ("del", ""),
    "added": ("ins", ""),
    "term": ("span", ' class="term"'),
    "label": ("span", ' class="lb"'),
}
#: Marks whose reading stands in ``value`` and is shown on hover.
_TITLED = {"sic": "sic", "gap": "gap", "date": "dt"}
Link = Callable[[Mark], str]


class Span(Value, frozen=True):
    """An inline element over ``[start, end)`` of the text; ``tail`` stands at its end, inside."""

    start: int
    end: int
    tag: str
    attributes: str = ""
    rank: int = 5
    tail: str = ""

    @property
    def is_link(self) -> bool:
        """Links do not nest."""
        return self.tag == "a"


class Point(Value, frozen=True):
    """Something that stands between two characters: a note's mark, a page break."""

    at: int
    html: str
    before: bool = False  # belongs to the text that follows: a page break


@dataclass(slots=True)
class Inline:
    """All inline spans and points of a text, ready to render any stretch of it."""

    text: str
    spans: list[Span]
    points: list[Point]
    _starts: list[int] = field(init=False)
    _long: list[Span] = field(init=False)
    _next: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self.spans = sorted(self.spans, key=lambda s: (s.start, -s.end, s.rank))
        self.points = sorted(self.points, key=lambda p: (p.at, p.before))
        self._starts = [s.start for s in self.spans]
        self._long = [s for s in self.spans if "\n" in self.text[s.start : s.end]]

    def render(self, start: int, end: int, *, last: bool = False) -> str:
        """The HTML of ``[start, end)``; stretches must be asked for in the order of the text.

        Points that stand before ``start`` and were not rendered yet come first; ``last`` takes
        all points that are left.
        """
        lo, hi = bisect_left(self._starts, start), bisect_left(self._starts, end)
        spans = [
            msgspec.structs.replace(s, attributes=_without_id(s.attributes))
            for s in self._long
            if s.start < start and s.end > start
        ]
        spans += self.spans[lo:hi]
        return _weave(self.text, start, end, spans, self._take(end, last=last))

    def _take(self, end: int, *, last: bool) -> Sequence[Point]:
        first = self._next
        while self._next < len(self.points):
            point = self.points[self._next]
            if not last and (point.at > end or (point.before and point.at == end)):
                break
            self._next += 1
        return self.points[first : self._next]


def _weave(text: str, start: int, end: int, spans: list[Span], points: Sequence[Point]) -> str:
    """Write the text with its elements opened and closed in proper nesting."""
    if not spans and not points:
        return escaped(text[start:end])
    cuts = {start, end}
    for span in spans:
        cuts.add(max(span.start, start))
        cuts.add(min(span.end, end))
    for point in points:
        cuts.add(min(max(point.at, start), end))
    out: list[str] = []
    stack: list[Span] = []
    order = sorted(cuts)
    waiting, at_point = 0, 0
    for i, cut in enumerate(order):
        _close(out, stack, cut, end)
        at_point = _place(out, stack, points, at_point, cut, end)
        while waiting < len(spans) and max(spans[waiting].start, start) <= cut:
            _open(out, stack, spans[waiting], cut)
            waiting += 1
        if i + 1 < len(order):
            out.append(escaped(text[cut : order[i + 1]]))
    return "".join(out)


def _close(out: list[str], stack: list[Span], cut: int, end: int) -> None:
    """Close what ends here; what was opened inside it and goes on is opened again."""
    ending = [k for k, s in enumerate(stack) if s.end <= cut or cut == end]
    if not ending:
        return
    again = [s for s in stack[ending[0] :] if s.end > cut and cut != end]
    for span in reversed(stack[ending[0] :]):
        out.append(f"{span.tail if span.end <= cut else ''}</{span.tag}>")
    del stack[ending[0] :]
    for span in again:
        out.append(f"<{span.tag}{_without_id(span.attributes)}>")
        stack.append(span)


def _place(
    out: list[str], stack: list[Span], points: Sequence[Point], at: int, cut: int, end: int
) -> int:
    """Write the points that stand here, outside of any link."""
    if at >= len(points) or (points[at].at > cut and cut != end):
        return at
    link = next((k for k, s in enumerate(stack) if s.is_link), None)
    shut = stack[link:] if link is not None else []
    out += [f"</{s.tag}>" for s in reversed(shut)]
    while at < len(points) and (points[at].at <= cut or cut == end):
        out.append(points[at].html)
        at += 1
    out += [f"<{s.tag}{_without_id(s.attributes)}>" for s in shut]
    return at


def _open(out: list[str], stack: list[Span], span: Span, cut: int) -> None:
    if span.end <= cut or (span.is_link and any(s.is_link for s in stack)):
        return
    out.append(f"<{span.tag}{span.attributes}>")
    stack.append(span)


def _without_id(attributes: str) -> str:
    """Attributes of an element that is opened a second time: an id stands only once."""
    head, found, tail = attributes.partition(' id="')
    return head + tail.partition('"')[2] if found else attributes


def span_of(mark: Mark, link: Link) -> Span | None:
    """The element of a mark, or None where it shows nothing."""
    if mark.end <= mark.start:
        return None
    if is_reading(mark):
        said = escaped(f"{READINGS[mark.target]}: {mark.value}")
        return Span(mark.start, mark.end, "span", f' class="sic" title="{said}"')
    if mark.kind in _PLAIN:
        tag, attributes = _PLAIN[mark.kind]
        return Span(mark.start, mark.end, tag, attributes)
    if mark.kind == "foreign":
        lang = f' lang="{escaped(mark.value)}"' if mark.value.replace("-", "").isalnum() else ""
        return Span(mark.start, mark.end, "i", lang)
    if mark.kind in _TITLED and mark.value:
        said = f' class="{_TITLED[mark.kind]}" title="{escaped(mark.value)}"'
        return Span(mark.start, mark.end, "span", said)
    url = link(mark)
    if url:
        kind = "xref" if mark.kind == "ref" else f"name {mark.kind}"
        title = f' title="{escaped(mark.value)}"' if mark.kind == "ref" and mark.value else ""
        said = f' class="{kind}" href="{escaped(url)}"{title}'
        return Span(mark.start, mark.end, "a", said, rank=4)
    if mark.kind == "person":
        return Span(mark.start, mark.end, "span", ' class="person"', rank=4)
    return None


def point_of(mark: Mark) -> Point | None:
    """What stands at a mark without length: a gap in the source; None where it shows nothing."""
    if mark.kind == "gap" and mark.end <= mark.start:
        reason = escaped(mark.value or "gap in the source")
        return Point(mark.start, f'<span class="gap empty" title="{reason}"></span>')
    return None
