"""A document as a chapter of a book: XHTML with its regest, text, printed pages and footnotes."""

from bisect import bisect_left, bisect_right

from regesta.documents import Collection, Document, Mark, Note
from regesta.documents.display import display
from regesta.documents.readings import document_readings, is_reading
from regesta.exporting.citations.cite import cite
from regesta.exporting.tei.words import attribute, escaped

#: Kind of a mark → the element that shows it.
_SHOWN = {
    "italic": "<i>", "bold": "<b>", "superscript": "<sup>", "underline": "<u>",
    "deleted": "<del>", "added": "<ins>", "smallcaps": '<span class="sc">', "foreign": "<i>",
}  # fmt: skip
#: Voices that stand apart from the running text.
_RIGHT = frozenset(("dateline", "closer", "signature"))
_SET_IN = frozenset(("quotation", "enclosure"))


def page(title: str, body: str, *, language: str) -> str:
    """A whole XHTML file."""
    lang = attribute("xml:lang", language) + attribute("lang", language)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"{lang}>\n<head><title>{escaped(title)}</title>'
        '<link rel="stylesheet" type="text/css" href="style.css"/></head>\n'
        f"<body>{body}</body>\n</html>\n"
    )


def heading_of(document: Document) -> tuple[str, str]:
    """What a chapter is called, and its day where the heading is not the day itself."""
    day = display(document.date) if document.date else ""
    heading = " ".join(document.heading.split()) or _exchange(document) or document.word("title")
    return (heading, day) if heading else (day or document.local_id, "")


def _exchange(document: Document) -> str:
    sides = (document.senders, document.recipients)
    named = [", ".join(filter(None, (p.label for p in side))) for side in sides]
    return " to ".join(filter(None, named)) if named[0] else document.word("author")


def document_page(document: Document, collection: Collection) -> str:
    """The chapter of a document."""
    heading, day = heading_of(document)
    facts = [day, document.place.name if document.place else "", document.word("kind")]
    lines = list(_lines(document))
    starts = [start for start, _, _ in lines]
    notes: dict[int, list[int]] = {}
    loose: list[int] = []
    for n, note in enumerate(document.notes):
        number = -1 if note.anchor is None else bisect_right(starts, note.anchor) - 1
        if note.anchor is not None and number >= 0 and note.anchor <= lines[number][1]:
            notes.setdefault(number, []).append(n)
        else:
            loose.append(n)
    blocks = _blocks(document, lines, notes)
    regest = ", ".join(filter(None, facts))
    body = [
        '<section epub:type="chapter" role="doc-chapter" aria-labelledby="h">',
        f'<h1 id="h">{escaped(heading)}</h1>',
        f'<p class="regest">{escaped(regest)}</p>' if regest else "",
        "\n".join(blocks),
        _aside_list(document, loose),
        _readings(document),
        f'<p class="cite">{escaped(cite(document, collection))}</p></section>',
    ]
    return page(heading, "\n".join(filter(None, body)), language=document.word("language"))


def _blocks(
    document: Document, lines: list[tuple[int, int, str]], notes: dict[int, list[int]]
) -> list[str]:
    """Paragraphs and tables: lines that are rows of a table stand together in one."""
    marks = sorted(document.marks, key=lambda m: (m.start, -m.end))
    begins = [mark.start for mark in marks]
    rows_of = {m.start: m.end for m in marks if m.kind == "row" and m.end > m.start}
    row_ends = -1
    found: list[str] = []
    rows: list[str] = []
    below: list[str] = []

    def close_table() -> None:
        if rows:
            found.append(f"<table>{''.join(rows)}</table>{''.join(below)}")
            rows.clear()
            below.clear()

    for number, (start, end, kind) in enumerate(lines):
        here = notes.get(number, [])
        some = marks[bisect_left(begins, start) : bisect_left(begins, end)]
        if start in rows_of:
            row_ends = rows_of[start]
            some = marks[bisect_left(begins, start) : bisect_left(begins, row_ends)]
            rows.append(_row(document, start, row_ends, some))
        if start < row_ends:
            below.append(_aside_list(document, here))
            continue
        close_table()
        if kind != "heading" or document.text[start:end].strip() != document.heading.strip():
            found.append(_block(document, number, (start, end, kind), here, some))
    close_table()
    return found


def _row(document: Document, start: int, end: int, marks: list[Mark]) -> str:
    """A row of a table with its cells, each with the notes that it calls."""
    cells = []
    for cell in [m for m in marks if m.kind == "cell" and m.end <= end]:
        inside = [m for m in marks if cell.start <= m.start and m.end <= cell.end]
        called = [
            n
            for n, note in enumerate(document.notes)
            if note.anchor is not None and cell.start <= note.anchor <= cell.end
        ]
        cells.append(f"<td>{_inline(document, cell.start, cell.end, inside, called)}</td>")
    return f"<tr>{''.join(cells)}</tr>"


def _lines(document: Document) -> list[tuple[int, int, str]]:
    found, start = [], 0
    for line in document.text.split("\n"):
        end = start + len(line)
        if line.strip():
            found.append((start, end, _kind(document, start, end)))
        start = end + 1
    return found


def _kind(document: Document, start: int, end: int) -> str:
    """The innermost voice around a line."""
    around = [x for x in document.layers if x.start <= start and end <= x.end]
    return min(around, key=lambda x: x.end - x.start).kind if around else ""


def _block(
    document: Document,
    number: int,
    line: tuple[int, int, str],
    notes: list[int],
    marks: list[Mark],
) -> str:
    """A line as a paragraph, the footnotes that it calls right behind it.

    ``marks`` are those that begin in it, in their order.
    """
    start, end, kind = line
    name = "right" if kind in _RIGHT else kind if kind in _SET_IN else ""
    name = name or ("first" if number < 2 or kind == "heading" else "")
    inner = _inline(document, start, end, marks, notes)
    return f"<p{attribute('class', name)}>{inner}</p>{_aside_list(document, notes)}"


def _inline(document: Document, start: int, end: int, marks: list[Mark], notes: list[int]) -> str:
    # Position, order there, what stands there: closings before points before openings.
    events: list[tuple[int, int, int, str]] = []
    open_: list[int] = []
    for n, mark in enumerate(marks):
        if mark.kind == "page" and mark.value and start <= mark.start <= end:
            events.append((mark.start, 1, n, _page_break(mark.value)))
            continue
        if mark.kind == "gap" and mark.start == mark.end and start <= mark.start <= end:
            events.append((mark.start, 1, n, '<span class="gap">[…]</span> '))
            continue
        tag = None if is_reading(mark) else _SHOWN.get(mark.kind)
        if tag is None or mark.start < start or mark.end > end or mark.end <= mark.start:
            continue
        while open_ and open_[-1] <= mark.start:
            open_.pop()
        if open_ and mark.end > open_[-1]:
            continue
        open_.append(mark.end)
        events.append((mark.start, 2, n, tag))
        events.append((mark.end, 0, -n, f"</{tag[1:].split(' ')[0].rstrip('>')}>"))
    for n in notes:
        anchor = document.notes[n].anchor
        assert anchor is not None
        events.append((anchor, 1, n, _call(document.notes[n], n)))
    text, pieces, at = document.text, [], start
    for place, _, _, words in sorted(events):
        pieces += [escaped(text[at:place]), words]
        at = place
    return "".join([*pieces, escaped(text[at:end])])


def _readings(document: Document) -> str:
    """What the text does not show, after it: variants, what was corrected, first written."""
    lines = (escaped(one.line) for one in document_readings(document))
    return "\n".join(f'<p class="line reading">{line}</p>' for line in lines)


def _page_break(number: str) -> str:
    label = attribute("aria-label", f"page {number}")
    return f'<span epub:type="pagebreak" role="doc-pagebreak"{label}></span>'


def _call(note: Note, n: int) -> str:
    return (
        f'<a class="note" epub:type="noteref" role="doc-noteref" id="r{n + 1}" '
        f'href="#n{n + 1}">{escaped(note.n or "*")}</a>'
    )


def _aside_list(document: Document, notes: list[int]) -> str:
    return "".join(_aside(document.notes[n], n) for n in notes)


def _aside(note: Note, n: int) -> str:
    lines = [escaped(line) for line in note.text.split("\n") if line.strip()] or [""]
    called = note.anchor is not None
    mark = escaped(note.n or "*")
    back = f'<a href="#r{n + 1}" role="doc-backlink">{mark}</a>' if called else mark
    lines[0] = f"{back} {lines[0]}"
    inner = "".join(f'<p class="line">{line}</p>' for line in lines)
    return f'\n<aside epub:type="footnote" role="doc-footnote" id="n{n + 1}">{inner}</aside>'
