"""The body of a TEI document: paragraphs, opener and closer, names, pages and notes in place.

Spans that cross one another cannot all be elements: the first one wins, the others stand only in
the header's ``xenoData``.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from regesta.documents import Document, Mark, Note
from regesta.documents.readings import is_reading
from regesta.exporting.tei.annotations import Annotated
from regesta.exporting.tei.words import attribute, escaped, pointer

#: Kind of a mark → its element and its attributes.
_ELEMENTS: dict[str, tuple[str, str]] = {
    "person": ("persName", ""), "place": ("placeName", ""), "organisation": ("orgName", ""),
    "office": ("roleName", ""), "date": ("date", ""), "ref": ("ref", ""), "term": ("term", ""),
    "foreign": ("foreign", ""), "deleted": ("del", ""), "added": ("add", ""),
    "italic": ("hi", "italic"), "smallcaps": ("hi", "smallcaps"), "bold": ("hi", "bold"),
    "superscript": ("hi", "superscript"), "underline": ("hi", "underline"),
}  # fmt: skip
#: A reading that the text does not show: the element around both, and that of the words shown.
_CHOICES: dict[str, tuple[str, str]] = {
    "sic": ("choice", "corr"), "orig": ("choice", "reg"), "abbr": ("choice", "expan"),
    "corr": ("choice", "corr"), "reg": ("choice", "reg"), "expan": ("choice", "expan"),
    "rdg": ("app", "lem"), "lem": ("app", "lem"), "del": ("subst", "add"),
}  # fmt: skip
_EMPTY = frozenset(("page", "gap"))
_POINTS = frozenset(("persName", "placeName", "orgName", "roleName"))
#: Elements of an opener and of a closer, by layer.
_OPENING = {"dateline": "dateline", "salutation": "salute"}
_CLOSING = {"closer": "salute", "signature": "signed", "dateline": "dateline"}


def body(document: Document, added: Annotated | None = None) -> str:
    """Give ``text`` with one ``div`` and a block for every line of the document's text.

    ``added`` are the anchors and ids that its annotations point at.
    """
    added = added or Annotated()
    lines = list(_lines(document.text))
    kinds = [_kind(document, start, end) for start, end in lines]
    content, loose = _contents(document, lines, added)
    first, last = 0, len(lines)
    while first < last and kinds[first] == "heading":
        first += 1
    heads = [f"<head>{content[n]}</head>\n" for n in range(first)]
    opens = first
    while opens < last and kinds[opens] in _OPENING:
        opens += 1
    end = last
    while end > opens + 1 and kinds[end - 1] in _CLOSING:
        end -= 1
    parts = [
        *heads,
        _grouped("opener", _OPENING, kinds, content, range(first, opens)),
        *(_block(kinds[n], content[n]) for n in range(opens, end)),
        "<p/>\n" if opens == end else "",
        _grouped("closer", _CLOSING, kinds, content, range(end, last)),
        *(_note(document.notes[n], added.notes.get(n, "")) + "\n" for n in loose),
    ]
    if not lines:
        parts += [_anchor(id) for ids in added.anchors.values() for id in ids]
    language = attribute("xml:lang", document.word("language"))
    language += attribute("xml:id", added.text)
    return f"<text{language}><body><div>\n{''.join(parts)}</div></body></text>\n"


def _contents(
    document: Document, lines: list[tuple[int, int]], added: Annotated
) -> tuple[list[str], list[int]]:
    """The words of every line with what stands in it, and the notes that stand in none."""
    marks = sorted(
        (m for m in document.marks if m.kind in _ELEMENTS or m.kind in _EMPTY or is_reading(m)),
        key=lambda m: (m.start, -m.end),
    )
    starts = [mark.start for mark in marks]
    notes = sorted(
        (note.anchor, n) for n, note in enumerate(document.notes) if note.anchor is not None
    )
    anchors = [anchor for anchor, _ in notes]
    points = _points(added, lines)
    content, placed = [], set[int]()
    for start, end in lines:
        here = [n for _, n in notes[bisect_left(anchors, start) : bisect_right(anchors, end)]]
        placed.update(here)
        some = marks[bisect_left(starts, start) : bisect_right(starts, end)]
        noted = [(document.notes[n], added.notes.get(n, "")) for n in here]
        content.append(_content(document.text, start, end, some, noted, points.get(start, ())))
    return content, [n for n in range(len(document.notes)) if n not in placed]


def _grouped(
    name: str, tags: dict[str, str], kinds: list[str], content: list[str], lines: range
) -> str:
    """Lines of an opener or a closer, each in its element; nothing where there is none."""
    inner = "".join(f"<{tags[kinds[n]]}>{content[n]}</{tags[kinds[n]]}>" for n in lines)
    return f"<{name}>{inner}</{name}>\n" if inner else ""


def _block(kind: str, content: str) -> str:
    if kind in ("", "body"):
        return f"<p>{content}</p>\n"
    return f'<ab type="{kind.replace(" ", "-")}">{content}</ab>\n'


def _points(added: Annotated, lines: list[tuple[int, int]]) -> dict[int, list[tuple[int, str]]]:
    """Anchors by the start of the line that they stand in; between lines, in the next before."""
    starts = [start for start, _ in lines]
    points: dict[int, list[tuple[int, str]]] = {}
    for offset, ids in added.anchors.items() if lines else ():
        start, end = lines[max(0, bisect_right(starts, offset) - 1)]
        place = min(max(offset, start), end)
        points.setdefault(start, []).extend((place, id) for id in ids)
    return points


def _anchor(id: str) -> str:
    return f'<anchor xml:id="{id}"/>'


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, start + len(line)
        start += len(line) + 1


def _kind(document: Document, start: int, end: int) -> str:
    """The innermost layer around a line."""
    best, size = "", 1 << 60
    for layer in document.layers:
        if layer.start <= start and end <= layer.end and layer.end - layer.start <= size:
            best, size = layer.kind, layer.end - layer.start
    return best


def _content(
    text: str,
    start: int,
    end: int,
    marks: list[Mark],
    notes: list[tuple[Note, str]],
    points: Sequence[tuple[int, str]],
) -> str:
    """A line's words with the elements and notes in it."""
    # Position, order at that position, what stands there: closings before points before openings.
    events: list[tuple[int, int, int, int, str]] = []
    open_: list[tuple[int, str]] = []
    for n, mark in enumerate(marks):
        if mark.kind == "page":
            number = attribute("n", mark.value) + attribute("corresp", pointer(mark.target))
            events.append((mark.start, 1, 0, 0, f"<pb{number}/>"))
            continue
        if mark.kind == "gap" and mark.start == mark.end:
            events.append((mark.start, 1, 0, 0, _gap(mark)))
            continue
        if mark.end > end or mark.end <= mark.start:
            continue
        while open_ and open_[-1][0] <= mark.start:
            open_.pop()
        if open_ and mark.end > open_[-1][0]:
            continue
        tag, opened, closed = _opened(mark)
        if any(tag == name == "ref" for _, name in open_):
            continue
        events.append((mark.start, 2, -mark.end, n, opened))
        events.append((mark.end, 0, -mark.start, -n, closed))
        open_.append((mark.end, tag))
    for note, id in notes:
        assert note.anchor is not None
        events.append((note.anchor, 1, 1, 0, _note(note, id)))
    events += [(place, 1, 2, n, _anchor(id)) for n, (place, id) in enumerate(points)]
    if not events:
        return escaped(text[start:end])
    events.sort(key=lambda event: event[:4])
    pieces, at = [], start
    for place, *_, words in events:
        pieces.append(escaped(text[at:place]))
        pieces.append(words)
        at = place
    pieces.append(escaped(text[at:end]))
    return "".join(pieces)


def _gap(mark: Mark) -> str:
    """A gap with its reason and extent, as the reader of TEI joins them."""
    reason, _, extent = mark.value.rpartition(" · ")
    if not reason and not any(c.isdecimal() for c in extent):
        reason, extent = extent, ""
    return f"<gap{attribute('reason', '-'.join(reason.split()))}{attribute('extent', extent)}/>"


def _opened(mark: Mark) -> tuple[str, str, str]:
    """The element of a mark, how it begins, and how it ends; a reading stands before its end."""
    if is_reading(mark):
        wrapper, shown = _CHOICES[mark.target]
        hidden = "rdg" if mark.target == "lem" else mark.target
        words = f"<{hidden}>{escaped(mark.value)}</{hidden}>"
        return wrapper, f"<{wrapper}><{shown}>", f"</{shown}>{words}</{wrapper}>"
    if mark.kind == "gap":  # words that describe it stand in the text
        return "gap", f"{_gap(mark).removesuffix('/>')}><desc>", "</desc></gap>"
    tag, rendering = _ELEMENTS[mark.kind]
    attributes = attribute("rend", rendering)
    if tag == "ref":
        attributes += attribute("target", pointer(mark.target))
    elif tag in _POINTS:
        attributes += attribute("ref", pointer(mark.target))
    elif tag == "date" and mark.value[:4].isdecimal():
        attributes += attribute("when", mark.value)
    return tag, f"<{tag}{attributes}>", f"</{tag}>"


def _note(note: Note, id: str = "") -> str:
    lines = [escaped(line) for line in note.text.split("\n") if line.strip()]
    inner = lines[0] if len(lines) == 1 else "".join(f"<p>{line}</p>" for line in lines)
    named = attribute("n", note.n) + attribute("xml:id", id)
    return f'<note place="foot"{named}>{inner}</note>'
