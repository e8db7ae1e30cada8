"""What stands beside a text: footnotes for margin and list, page numbers for the gutter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from regesta.documents import Document, Mark, Note
from regesta.serving.pages.escaping import escaped
from regesta.serving.pages.inline import Inline, Link, Point, point_of, span_of
from regesta.serving.pages.words import shorten

#: A note longer than this is cut in the margin; it stands whole after the text.
_SIDE = 420


@dataclass(frozen=True, slots=True)
class ShownNote:
    """A footnote as the page lists it after the text."""

    key: str
    n: str
    html: Markup
    anchored: bool
    only_narrow: bool


@dataclass(frozen=True, slots=True)
class SideNote:
    """A note on its way to the margin and to the list."""

    key: str
    note: Note
    html: Markup
    keep: bool  # stands after the text on wide screens too

    @classmethod
    def of(cls, i: int, note: Note, link: Link) -> "SideNote":
        """Render a note; ``i`` is its place among the notes, from 1."""
        spans = [s for m in note.marks if (s := span_of(m, link))]
        inline = Inline(note.text, spans, [])
        lines = [inline.render(a, b) for a, b in lines_of(note.text, 0, len(note.text))]
        html = Markup('<span class="np"></span>'.join(lines))
        return cls(str(i), note, html, note.anchor is None or len(note.text) > _SIDE)

    def side(self) -> str:
        """The note in the margin, cut where it is long."""
        n = escaped(self.note.n or "*")
        body: Markup | str = self.html
        if len(self.note.text) > _SIDE:
            cut = escaped(shorten(self.note.text, _SIDE - 100))
            body = f'{cut} <a class="quiet" href="#n{self.key}">whole note</a>'
        return f'<span class="side" role="note"><span class="num">{n}</span>&ensp;{body}</span>'

    def mark(self) -> str:
        """The raised mark in the text."""
        n = escaped(self.note.n or "*")
        return (
            f'<a class="fn" id="r{self.key}" href="#n{self.key}">'
            f'<span class="vh">note </span>{n}</a>'
        )


def lines_of(text: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    """The stretches between line breaks that hold more than white space."""
    at = start
    while at <= end and at < len(text):
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        if text[at:stop].strip():
            yield at, stop
        at = stop + 1


def points_of(document: Document, notes: Sequence[SideNote]) -> list[Point]:
    """Page breaks, gaps and the marks of notes, each with its note beside it.

    Inside a table there is no margin: such notes stand after the text alone.
    """
    text, seen = document.text, set[str]()
    in_table = [(m.start, m.end) for m in document.marks if m.kind == "table"]
    points = []
    for mark in document.marks:
        if mark.kind == "page":
            points.append(Point(mark.start, _page_break(mark, text, seen), before=True))
        elif point := point_of(mark):
            points.append(point)
    for shown in notes:
        anchor = shown.note.anchor
        if anchor is None:
            continue
        aside = "" if any(a <= anchor <= b for a, b in in_table) else shown.side()
        points.append(Point(min(max(anchor, 0), len(text)), shown.mark() + aside))
    return points


def _page_break(mark: Mark, text: str, seen: set[str]) -> str:
    """A page number for the gutter, with a fine rule where the page begins inside a line."""
    label = escaped(mark.value)
    key = f"pg_{'_'.join(mark.value.split())}"
    own = f' id="{escaped(key)}"' if mark.value and key not in seen else ""
    seen.add(key)
    facsimile = mark.target.startswith(("http://", "https://"))
    href = mark.target if facsimile else f"#{key}"
    title = ' title="facsimile of this page" rel="external"' if facsimile else ""
    line = text[text.rfind("\n", 0, mark.start) + 1 : mark.start]
    rule = '<span class="brk"></span>' if line.strip() else ""
    if not mark.value:
        return rule
    return (
        f'{rule}<a class="pb"{own} href="{escaped(href)}"{title}>'
        f'<span class="vh">page </span>{label}</a>'
    )
