"""The reading column: a document's text with its layers and marks in, HTML blocks out.

Containers (enclosures, quotations, tables, lists…) make a tree, the lines between them are its
leaves; every character of the text stands in exactly one leaf.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from regesta.documents import Document
from regesta.documents.readings import Reading, document_readings
from regesta.serving.pages.divisions import Division, contents_of, opens_division
from regesta.serving.pages.escaping import escaped
from regesta.serving.pages.inline import Inline, Link, Point, Span, span_of
from regesta.serving.pages.notes import ShownNote, SideNote, lines_of, points_of
from regesta.serving.pages.words import language_name

#: Layers that are one line or a few, with the class of their paragraph.
_LINES = {
    "source note": "src",
    "heading": "hd",
    "dateline": "dl",
    "salutation": "sal",
    "closer": "closer",
    "signature": "signed sc",
}
#: Classes that stand together above a text, as printed.
_PRINTED = ("src", "hd", "kd", "dl")
#: Layers that hold paragraphs: their label.
_PARTS = {
    "enclosure": "Enclosure",
    "translation": "Translation",
    "commentary": "Commentary",
    "editorial note": "Editorial note",
    "quotation": "",
}
_STRUCTURE = ("table", "row", "cell", "list", "item", "figure", "verse")
_RANK = {"enclosure": 0, "table": 5, "list": 5, "row": 6, "item": 6, "cell": 7}
#: Longest bracketed line under a heading that is taken as the printed kind ("[Telegram]").
_KIND_LINE = 60
#: Longest line before an item of a list that is its label; longest signature in small capitals.
_LABEL, _SMALL_CAPS = 12, 48


@dataclass(slots=True)
class Block:
    """A container, a line's role, or (``kind`` "line") a leaf."""

    kind: str
    start: int
    end: int
    value: str = ""
    language: str = ""
    children: list["Block"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ShownText:
    """What a document's text becomes.

    Attributes:
        html: The column.
        notes: Footnotes for the list after the text.
        versions: (anchor, label) of translations and commentary, for links above the text.
        contents: Its divisions, where it is long.
        readings: What the text does not show: variants, what was corrected, first written.
    """

    html: Markup
    notes: tuple[ShownNote, ...]
    versions: tuple[tuple[str, str], ...] = ()
    contents: tuple[Division, ...] = ()
    readings: tuple[Reading, ...] = ()


def show_text(
    document: Document,
    *,
    link: Link,
    proofs: Sequence[tuple[str, int, int]] = (),
    names: Sequence[Span] = (),
    points: Sequence[Point] = (),
) -> ShownText:
    """Render a document's text.

    Args:
        document: The document.
        link: Gives the address a mark leads to, or "".
        proofs: (id, start, end) of the words that prove a fact; they become link targets.
        names: Links over names that the source does not mark, and other spans.
        points: What stands between two characters besides notes and page breaks.
    """
    text = document.text
    root = Block("root", 0, len(text))
    _grow(root, _containers(document))
    notes = [SideNote.of(i, note, link) for i, note in enumerate(document.notes, 1)]
    spans = [*_spans(document, link, proofs, root), *names]
    inline = Inline(text, spans, [*points_of(document, notes), *points])
    writer = _Writer(document, inline)
    html = writer.blocks(root, depth=0)
    html += inline.render(len(text), len(text), last=True)
    listed = tuple(
        ShownNote(s.key, s.note.n, s.html, s.note.anchor is not None, not s.keep) for s in notes
    )
    contents = contents_of(document, writer.divisions)
    hidden = tuple(document_readings(document))
    return ShownText(Markup(html), listed, tuple(writer.versions), contents, hidden)


def _whole_lines(text: str, start: int, end: int) -> bool:
    """Whether a span begins and ends with lines (white space aside)."""
    before = text.rfind("\n", 0, start) + 1
    after = text.find("\n", end)
    after = len(text) if after < 0 else after
    return not text[before:start].strip() and not text[end:after].strip()


def _containers(document: Document) -> list[Block]:
    """Everything that is a block of its own, in the order in which it nests."""
    text = document.text
    found = [Block("enclosure", e.start, e.end, e.heading) for e in document.enclosures]
    spans = {(b.start, b.end) for b in found}
    for layer in document.layers:
        known = layer.kind in _LINES or layer.kind in _PARTS
        same = layer.kind == "enclosure" and (layer.start, layer.end) in spans
        if known and not same and _whole_lines(text, layer.start, layer.end):
            found.append(Block(layer.kind, layer.start, layer.end, "", layer.language))
    for mark in document.marks:
        if mark.kind in _STRUCTURE:
            found.append(Block(mark.kind, mark.start, mark.end, mark.value))
    found = [b for b in found if b.end > b.start or b.kind == "cell"]
    return sorted(found, key=lambda b: (b.start, -b.end, _RANK.get(b.kind, 3)))


def _grow(root: Block, blocks: Iterable[Block]) -> None:
    """Put each block into the innermost one around it; what overhangs is cut."""
    stack = [root]
    for block in blocks:
        empty = block.start == block.end
        while len(stack) > 1 and (
            block.start > stack[-1].end
            or (block.start == stack[-1].end and not (empty and stack[-1].kind == "row"))
        ):
            stack.pop()
        block.end = min(block.end, stack[-1].end)
        stack[-1].children.append(block)
        stack.append(block)


def _spans(
    document: Document, link: Link, proofs: Sequence[tuple[str, int, int]], root: Block
) -> list[Span]:
    spans = [s for m in document.marks if m.kind not in _STRUCTURE and (s := span_of(m, link))]
    for key, start, end in proofs:
        if 0 <= start < end <= len(document.text):
            spans.append(Span(start, end, "span", f' class="proof" id="{escaped(key)}"', rank=1))
    for layer in document.layers:
        if layer.kind in ("dateline", "signature", "quotation", "salutation") and not _whole_lines(
            document.text, layer.start, layer.end
        ):
            name = layer.kind
            spans.append(Span(layer.start, layer.end, "span", f' class="in-{name}"', rank=2))
    return [s for s in spans if 0 <= s.start < s.end <= len(document.text)]


def _listed(label: str, body: str) -> str:
    if not label:
        return f"<li>{body}</li>"
    return f'<li class="labelled"><span class="lb">{label}</span> <div>{body}</div></li>'


class _Writer:
    """Writes the tree; counts its paragraphs and enclosures."""

    def __init__(self, document: Document, inline: Inline) -> None:
        self.text = document.text
        self.inline = inline
        self.paragraphs = 0
        self.enclosures = 0
        self.versions: list[tuple[str, str]] = []
        self.divisions: list[Division] = []
        self.headings = 0

    def leaves(self, block: Block) -> Iterable[Block]:
        """A block's children with the lines between them."""
        at = block.start
        for child in [*block.children, Block("", block.end, block.end)]:
            for start, end in lines_of(self.text, at, child.start):
                yield Block("line", start, end)
            if child.kind:
                yield child
            at = max(at, child.end)

    def blocks(self, block: Block, depth: int) -> str:
        """The content of a container: printed matter and text in groups, parts on their own."""
        out: list[str] = []
        group, open_group = "", ""
        for child in self.leaves(block):
            name = self.role(child, group)
            wanted = "printed" if name in _PRINTED else "" if child.kind in _PARTS else "text"
            if wanted != open_group:
                out.append("</div>" * bool(open_group))
                out.append(f'<div class="{wanted}">' if wanted else "")
                open_group = wanted
            out.append(self.block(child, name, depth))
            group = wanted
        return "".join([*out, "</div>" * bool(open_group)])

    def role(self, block: Block, group: str) -> str:
        """The class of a line; a bracketed line under a heading is the printed kind."""
        line = self.text[block.start : block.end].strip()
        bracketed = line.startswith("[") and line.endswith("]") and len(line) <= _KIND_LINE
        if bracketed and group == "printed" and block.kind in ("line", "source note"):
            return "kd"
        return _LINES.get(block.kind, "")

    def block(self, block: Block, name: str, depth: int) -> str:
        if block.kind in _PARTS:
            return self.part(block, depth)
        if block.kind in _STRUCTURE:
            writers: dict[str, Callable[[Block], str]] = {
                "table": self.table, "list": self.list, "row": self.loose_row,
                "cell": self.inside, "item": self.loose_item, "figure": self.figure,
                "verse": self.verse,
            }  # fmt: skip
            return writers[block.kind](block)
        if block.kind == "line":
            return self.paragraph(block, name)
        return self.lines(block, name, depth)

    def paragraph(self, block: Block, name: str) -> str:
        body = self.inline.render(block.start, block.end)
        if name:
            return f'<p class="{name}">{body}</p>'
        self.paragraphs += 1
        line = self.text[block.start : block.end]
        if opens_division(line):
            self.divisions.append(Division(f"p{self.paragraphs}", line, 1))
        return f'<p id="p{self.paragraphs}">{body}</p>'

    def lines(self, block: Block, name: str, depth: int) -> str:
        """A layer of a few lines; the lines of a heading after its first may be the kind."""
        out: list[str] = []
        for k, leaf in enumerate(self.leaves(block)):
            if leaf.kind != "line":
                inner = _LINES.get(leaf.kind, "")
                body = self.block(leaf, inner or name, depth)
                out.append(body if inner else f'<div class="{name}">{body}</div>')
                continue
            said = name
            if name == "signed sc" and leaf.end - leaf.start > _SMALL_CAPS:
                said = "signed"
            if name == "hd" and k:
                said = self.role(leaf, "printed") or "hd2"
            tag = f"h{min(depth + 2, 6)}" if said == "hd" else "p"
            lang = f' lang="{escaped(block.language)}"' if block.language else ""
            body = self.inline.render(leaf.start, leaf.end)
            own = self.heading(leaf, depth) if said == "hd" else ""
            out.append(f'<{tag} class="{said}"{own}{lang}>{body}</{tag}>')
        return "".join(out)

    def heading(self, block: Block, depth: int) -> str:
        """The id of a heading after the first, which is the document's own; it is a division."""
        self.headings += 1
        line = self.text[block.start : block.end]
        last = self.divisions[-1] if self.divisions else None
        if self.headings == 1 or (last and " ".join(line.split()) == " ".join(last.label.split())):
            return ""  # an enclosure is called by its heading already
        self.divisions.append(Division(f"hd{self.headings}", line, min(depth, 2)))
        return f' id="hd{self.headings}"'

    def part(self, block: Block, depth: int) -> str:
        """An enclosure, translation, quotation… as a section of its own."""
        lang = f' lang="{escaped(block.language)}"' if block.language else ""
        if block.kind == "quotation":
            return f"<blockquote{lang}>{self.blocks(block, depth)}</blockquote>"
        label, key = _PARTS[block.kind], ""
        if block.kind == "enclosure":
            self.enclosures += 1
            key = f"enclosure-{self.enclosures}"
            called = block.value or f"{label} {self.enclosures}"
            self.divisions.append(Division(key, called, min(depth, 2)))
        elif block.kind in ("translation", "commentary"):
            key = f"version-{len(self.versions) + 1}"
            self.versions.append(
                (key, f"{label} ({language_name(block.language)})" if block.language else label)
            )
            label = self.versions[-1][1]
        own = f' id="{key}"' if key else ""
        name = block.kind.replace(" ", "-")
        heading = f'<p class="label" lang="en">{escaped(label)}</p>'
        inner = self.blocks(block, depth + 1)
        return f'<section class="part {name}"{own}{lang}>{heading}{inner}</section>'

    def inside(self, block: Block) -> str:
        """Running content without paragraphs where one line is all there is."""
        leaves = list(self.leaves(block))
        if len(leaves) == 1 and leaves[0].kind == "line":
            return self.inline.render(leaves[0].start, leaves[0].end)
        return "".join(self.block(leaf, _LINES.get(leaf.kind, ""), 2) for leaf in leaves)

    def table(self, block: Block) -> str:
        rows = []
        for leaf in self.leaves(block):
            if leaf.kind == "row":
                rows.append(self.row(leaf))
            else:
                rows.append(f'<tr><td colspan="99">{self.block(leaf, "", 2)}</td></tr>')
        return (
            '<div class="wide-table" role="region" aria-label="Table" tabindex="0">'
            f"<table><tbody>{''.join(rows)}</tbody></table></div>"
        )

    def row(self, block: Block) -> str:
        cells = []
        for leaf in self.leaves(block):
            inner = self.inside(leaf) if leaf.kind == "cell" else self.block(leaf, "", 2)
            words = self.text[leaf.start : leaf.end].strip()
            figures = sum(c.isdecimal() for c in words) * 2 > len(words) > 0
            cells.append(f"<td{' class=n' * figures}>{inner}</td>")
        return f"<tr>{''.join(cells)}</tr>"

    def list(self, block: Block) -> str:
        """A list; a short line before an item is its printed label ("1.", "a)")."""
        items, label = [], ""
        for leaf in self.leaves(block):
            words = self.text[leaf.start : leaf.end].strip()
            if leaf.kind == "line" and not label and len(words) <= _LABEL:
                label = self.inline.render(leaf.start, leaf.end)
                continue
            body = self.inside(leaf) if leaf.kind == "item" else self.block(leaf, "", 2)
            items.append(_listed(label, body))
            label = ""
        if label:
            items.append(_listed("", label))
        return f'<ul class="printed-list">{"".join(items)}</ul>'

    def item(self, block: Block) -> str:
        return f"<li>{self.inside(block)}</li>"

    def loose_row(self, block: Block) -> str:
        """A row that stands in no table."""
        return f"<table><tbody>{self.row(block)}</tbody></table>"

    def loose_item(self, block: Block) -> str:
        """An item that stands in no list."""
        return f'<ul class="printed-list">{self.item(block)}</ul>'

    def verse(self, block: Block) -> str:
        return f'<div class="verse">{self.inside(block)}</div>'

    def figure(self, block: Block) -> str:
        return f"<figure>{self.inside(block)}</figure>"
