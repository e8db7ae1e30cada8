"""Markdown into a composed text: headings, lists, quotations, tables, emphasis, links, footnotes.

What is not understood stays as it is written. Every step is linear in the length of the text.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from regesta.documents import Image, Note
from regesta.documents.document import MarkKind
from regesta.errors import SourceError
from regesta.reading.compose import Composer, Span, visible
from regesta.reading.limits import MAX_TEXT_BYTES
from regesta.reading.lines import Vocabulary, join

HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*)$")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)\s*$")
_RULE = re.compile(r" {0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$")
_ITEM = re.compile(r"(\s*)(?:[-*+]|\d{1,4}[.)])\s+(.*)")
_NOTE = re.compile(r"\[\^([^\]\s]{1,60})\]:\s*(.*)")
_DIVIDER = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?$")
FENCE = re.compile(r" {0,3}(?:```|~~~)")

_INLINE = re.compile(
    r"\\(?P<escaped>[\\`*_{}\[\]()#+.!|<>~^-])"
    r"|`(?P<code>[^`]+)`"
    r"|!\[(?P<alt>[^\[\]]{0,2000})\]\((?P<image>[^()\s]{0,2000})(?:\s+\"[^\"]{0,500}\")?\)"
    r"|\[\^(?P<note>[^\]\s\[]{1,60})\]"
    r"|\[(?P<words>[^\[\]]{1,2000})\]\((?P<link>[^()\s]{0,2000})(?:\s+\"[^\"]{0,500}\")?\)"
    r"|<(?P<auto>https?://[^<>\s]{1,2000})>"
    r"|(?P<tag></?[A-Za-z][^<>]{0,500}>)"
    r"|(?P<emphasis>\*{1,3}|_{1,3})"
    r"|(?P<hard>(?:(?<=  )|\\)\n)"
)
_TAGS: dict[str, MarkKind] = {"i": "italic", "em": "italic", "b": "bold", "strong": "bold",
                              "sup": "superscript", "u": "underline"}  # fmt: skip


@dataclass(slots=True)
class Markdown:
    """One text being written.

    Attributes:
        composer: Where it goes.
        words: Evidence for divided words.
        definitions: Footnotes by their name.
        heading: The first heading, where the text begins with one.
        images: Figures met on the way.
        anchored: Footnotes that have a place in the text, by their name.
        left_out: Letters and digits of mark-up: addresses, tags, names of footnotes.
        repeated: Characters of footnotes that have a place once more.
    """

    composer: Composer
    words: Vocabulary
    definitions: dict[str, str] = field(default_factory=dict)
    heading: str = ""
    images: list[Image] = field(default_factory=list)
    anchored: dict[str, Note] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)
    repeated: int = 0

    def write(self, lines: Sequence[str]) -> None:
        """Write all blocks; footnotes without a place in the text follow without an anchor."""
        for block in self._blocks(self._without_definitions(lines)):
            self._block(block)
        for name, text in self.definitions.items():
            if name not in self.anchored:
                self.composer.notes.append(self._note(name, text, anchor=None))

    def _without_definitions(self, lines: Sequence[str]) -> list[str]:
        """Take the footnotes out: ``[^1]: text``, with indented lines that go on."""
        kept: list[str] = []
        name = ""
        for line in lines:
            match = _NOTE.match(line)
            if match:
                name = match[1]
                self.left_out += visible(name)
                if name in self.definitions:
                    name = f"{name} (again, line {len(kept) + 1})"
                self.definitions[name] = match[2]
            elif name and line[:1] in (" ", "\t") and line.strip():
                self.definitions[name] += " " + line.strip()
            else:
                if line.strip():
                    name = ""
                kept.append(line)
        return kept

    def _blocks(self, lines: Sequence[str]) -> list[list[str]]:
        """Lines into blocks: parted by blank lines; headings and rules stand alone; fences hold."""
        blocks: list[list[str]] = [[]]
        fenced = False
        for line in lines:
            if FENCE.match(line):
                self.left_out += visible(line)
                fenced = not fenced
                blocks.append([])
            elif fenced:
                blocks[-1].append(line)
            elif not line.strip():
                blocks.append([])
            elif HEADING.match(line) or (not blocks[-1] and _RULE.match(line)):
                blocks += [[line], []]
            else:
                starts_list = _ITEM.match(line) and blocks[-1] and not _ITEM.match(blocks[-1][0])
                if starts_list and line[:1] in "-*+":
                    blocks.append([])
                blocks[-1].append(line)
        return [block for block in blocks if block]

    def _block(self, lines: list[str]) -> None:
        first = lines[0]
        heading = HEADING.match(first)
        underlined = len(lines) == 2 and _UNDERLINE.match(lines[1])
        if heading or underlined:
            self._heading(heading_words(heading) if heading else first.strip())
        elif _RULE.match(first) and len(lines) == 1:
            self.composer.line_break()
        elif first.lstrip().startswith(">"):
            span = self.composer.layer("quotation")
            self._quoted([re.sub(r"^\s*>\s?", "", line) for line in lines])
            self.composer.close(span)
        elif _ITEM.match(first):
            self._list(lines)
        elif len(lines) > 1 and "|" in first and _DIVIDER.match(lines[1].strip()):
            self._table([lines[0], *lines[2:]])
        else:
            self._paragraph(lines)

    def _heading(self, text: str) -> None:
        first = not self.composer.length
        span = self.composer.layer("heading", apart=first)
        start = self.composer.length
        self._paragraph([text])
        self.composer.close(span)
        if first:
            self.heading = "".join(self.composer.parts)[start:].strip()

    def _quoted(self, lines: list[str]) -> None:
        for block in self._blocks(lines):
            self._paragraph(block)

    def _paragraph(self, lines: list[str], kind: MarkKind = "paragraph") -> None:
        self.composer.line_break()
        span = self.composer.mark(kind)
        hard: list[list[str]] = [[]]
        for line in lines:
            ends = line.endswith(("  ", "\\"))
            hard[-1].append(line.rstrip("\\") if ends else line)
            if ends:
                hard.append([])
        for part in hard:
            if part:
                self.inline(join(part, self.words))
                self.composer.line_break()
        self.composer.close(span)

    def _list(self, lines: list[str]) -> None:
        span = self.composer.mark("list")
        item: list[str] = []
        for line in lines:
            match = _ITEM.match(line)
            if match and item:
                self._paragraph(item, "item")
                item = []
            item.append(_item(match) if match else line.strip())
        self._paragraph(item, "item")
        self.composer.close(span)

    def _table(self, rows: list[str]) -> None:
        self.composer.line_break()
        table = self.composer.mark("table")
        for row in rows:
            self.composer.line_break()
            span = self.composer.mark("row")
            for cell in row.strip().strip("|").split("|"):
                self.composer.space()
                inner = self.composer.mark("cell")
                self.inline(cell.strip())
                self.composer.close(inner)
            self.composer.close(span)
        self.composer.close(table)

    def _note(self, name: str, text: str, *, anchor: int | None) -> Note:
        inner = Markdown(Composer(), self.words)
        inner.inline(text)
        self.left_out += inner.left_out
        self.images += inner.images
        made = inner.composer.finish()
        return Note(name, made.text, anchor=anchor, id=f"fn-{name}", marks=made.marks)

    def inline(self, text: str) -> None:
        """Write running text with its inline mark-up."""
        pairs = _emphasis(text)
        open_spans: dict[int, Span] = {}
        tags: list[tuple[str, Span]] = []
        at = 0
        for match in _INLINE.finditer(text):
            if match.start() < at:
                continue
            self.composer.write(text[at : match.start()])
            at = match.end()
            if match["emphasis"]:
                self._emphasise(match, pairs, open_spans)
            elif match["tag"]:
                self._tag(match["tag"], tags)
            else:
                self._token(match)
        self.composer.write(text[at:])
        for _, span in tags:
            self.composer.close(span)

    def _emphasise(
        self, match: re.Match[str], pairs: dict[int, int], open_spans: dict[int, Span]
    ) -> None:
        partner = pairs.get(match.start())
        if partner is None:
            self.composer.write(match[0])
        elif partner > match.start():
            kind: MarkKind = "bold" if len(match[0]) > 1 else "italic"
            open_spans[match.start()] = self.composer.mark(kind)
        else:
            self.composer.close(open_spans.pop(partner))

    def _tag(self, tag: str, tags: list[tuple[str, Span]]) -> None:
        name = re.sub(r"[^A-Za-z0-9]", " ", tag).split()[0].lower()
        known = name == "br" or name in _TAGS
        if known or (tags and tags[-1][0] == name):
            self.left_out += visible(tag)
        if name == "br":
            self.composer.line_break()
        elif name in _TAGS and not tag.startswith("</"):
            tags.append((name, self.composer.mark(_TAGS[name])))
        elif tags and tags[-1][0] == name:
            self.composer.close(tags.pop()[1])
        elif not known:
            self.composer.write(tag)

    def _token(self, match: re.Match[str]) -> None:
        composer = self.composer
        if match["escaped"] or match["code"]:
            composer.write(match["escaped"] or match["code"])
        elif match["image"] is not None:
            self.images.append(Image(safe_target(match["image"]), match["alt"]))
            self.left_out += visible(match[0])
        elif match["note"]:
            self._call(match)
        elif match["link"] is not None or match["auto"]:
            span = composer.mark("ref", target=safe_target(match["link"] or match["auto"]))
            if match["auto"]:
                composer.write(match["auto"])
            else:
                self.left_out += visible(match[0]) - visible(match["words"])
                self.inline(match["words"])
            composer.close(span)
        elif match["hard"]:
            composer.line_break()

    def _call(self, match: re.Match[str]) -> None:
        """Give a footnote its place; one that is called again stands there again.

        Raises:
            SourceError: It is called so often that its copies are longer than any text.
        """
        name = match["note"]
        if name not in self.definitions:
            self.composer.write(match[0])
            return
        if name in self.anchored:
            self.left_out += visible(name)
            self.repeated += len(self.definitions[name])
            if self.repeated > MAX_TEXT_BYTES:
                raise SourceError(f"calls its footnotes too often, the last [^{name[:20]}]")
        else:
            self.anchored[name] = self._note(name, self.definitions[name], anchor=None)
        self.composer.note(self.anchored[name])


def heading_words(match: re.Match[str]) -> str:
    """The words of a heading, without the signs that may close it."""
    return match[2].rstrip("#").rstrip()


def _item(match: re.Match[str]) -> str:
    """An item's words; a printed number is one of them, a bullet is not."""
    number = match[0][: match.start(2)].strip()
    return f"{number} {match[2]}" if number[0].isdecimal() else match[2]


def safe_target(url: str) -> str:
    """A link's address, or nothing where it would run a script."""
    plain = re.sub(r"[\x00-\x20]", "", url)
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", plain)
    return plain if not scheme or scheme[1].lower() in ("http", "https", "mailto", "ftp") else ""


def _emphasis(text: str) -> dict[int, int]:
    """Pair the marks of emphasis: offset of each to that of its partner, in one pass."""
    open_marks: dict[str, list[int]] = {}
    pairs: dict[int, int] = {}
    for match in _INLINE.finditer(text):
        mark = match["emphasis"]
        if not mark:
            continue
        before = text[match.start() - 1 : match.start()]
        after = text[match.end() : match.end() + 1]
        inside_word = mark[0] == "_" and before.isalnum() and after.isalnum()
        stack = open_marks.setdefault(mark, [])
        if inside_word:
            continue
        if stack and before and not before.isspace():
            start = stack.pop()
            pairs[start], pairs[match.start()] = match.start(), start
            for other in open_marks.values():
                while other and other[-1] > start:
                    other.pop()
        elif after and not after.isspace():
            stack.append(match.start())
    return pairs
