"""The walker: XML events in; folded texts with the spans of their elements out.

Text goes into the innermost open sink: a document, a section, a footnote. White space is folded as
it arrives; a line break, a tab or a space is written only before the text that follows it, so no
text begins or ends with one. Spans are kept as small lists, for speed:
``[rule, start, end, attributes, parent span, draft that the element opened or None]``.
"""

from collections.abc import Callable
from typing import Any, Protocol
from xml.etree.ElementTree import Element, TreeBuilder

from regesta.reading.tei.rules import (
    FRUS_NS,
    LINE,
    RULES,
    SEPARATORS,
    TEI_NS,
    XML_ID,
    Rule,
)
from regesta.reading.tei.words import words
from regesta.reading.xmlsafe import Data, End, Parser, Start

Span = list[Any]

#: Keys that no attribute can have: the words of a hidden reading; a row with a cell behind it.
HIDDEN = ""
_BEGUN = " "

_INLINE_NOTE = Rule("note", LINE)
_ROOT = Rule("", container=True)
_INLINE_RENDERINGS = frozenset(("inline", "center", "right", "flushleft", "block"))
_NOTE_SIGNS = ("n", XML_ID, "id", "place", "target", "type", "resp")
#: In a choice the reader sees the editors' reading; the other is kept as a mark.
_SECOND = frozenset(("sic", "orig", "abbr", "rdg"))


def visible(text: str) -> int:
    """Count the characters of a folded text that are not white space."""
    raw = text.encode("utf-8", "surrogatepass")  # bytes are passed over in half the time
    return len(text) - len(raw) + len(raw.translate(None, b" \n\t"))


class Sink:
    """Where text goes: its pieces, and the spans of the elements in it."""

    __slots__ = ("draft", "pending", "pieces", "pos", "spans")

    def __init__(self, draft: "Draft | None" = None) -> None:
        self.pieces: list[str] = []
        self.pos = 0
        self.pending = 0
        self.spans: list[Span] = []
        self.draft = draft

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self.pieces)

    def forget(self) -> None:
        """Let go of everything at once, so that nothing is left to the garbage collector."""
        self.spans.clear()
        self.pieces.clear()
        self.draft = None


class Draft:
    """A document, section, note or hidden reading while it is being read.

    Attributes:
        kind: "document", "section", "note" or "hidden".
        attrs: Attributes of its element.
        sink: Its text.
        notes: Drafts of its footnotes, in order.
        anchor: For a note: where it stands in the text around it.
        id: Local id of a document or section.
        parent: The draft around it.
        pages: (id, number, facsimile) of every page that a document or section stands on.
        order: Its number among documents and sections.
        tag: Name of its element.
    """

    __slots__ = (
        "anchor", "attrs", "extra", "id", "kind", "notes", "order", "pages", "parent", "sink",
        "tag",
    )  # fmt: skip

    def __init__(
        self, kind: str, tag: str, attrs: dict[str, str], parent: "Draft | None" = None
    ) -> None:
        self.kind = kind
        self.tag = tag
        self.attrs = attrs
        self.parent = parent
        self.sink = Sink(self)
        self.notes: list[Draft] = []
        self.anchor: int | None = None
        self.id = ""
        self.order = 0
        self.pages: list[tuple[str, str, str]] = []
        self.extra: dict[str, Any] = {}


class Assembler(Protocol):
    """Who decides what a structural element opens, and what becomes of it when it closes."""

    def opens(self, rule: Rule, attrs: dict[str, str], around: Draft) -> Draft | None:
        """Give the draft that the element opens, or None where it stays part of ``around``."""
        ...

    def closes(self, draft: Draft) -> None:
        """Take a finished document or section."""
        ...

    def tree(self, element: Element) -> None:
        """Take a header, register or facsimile."""
        ...

    def page(self, attrs: dict[str, str], draft: Draft) -> None:
        """Note that a page begins in a draft."""
        ...


class Walker:
    """One walk over the events of one file.

    Attributes:
        root: The draft for text that no document or section takes.
    """

    __slots__ = (
        "_came", "_closers", "_data", "_label", "_names", "_openers", "_parser", "_rules",
        "_sink", "_stack", "assembler", "folded", "root",
    )  # fmt: skip

    def __init__(self, parser: Parser, assembler: Assembler) -> None:
        self.assembler = assembler
        self._came: list[str] = []
        self.root = Draft("section", "", {})
        self.folded = parser.folded
        self._parser = parser
        self._sink = self.root.sink
        self._stack: list[Span] = [[_ROOT, 0, 0, {}, None, None]]
        self._rules: dict[str, Rule] = {}
        self._names: dict[str, str] = {}
        self._label: tuple[Sink, int] | None = None
        self._openers: dict[str, Callable[[Rule, dict[str, str]], None]] = {
            "root": self._open_structure,
            "tree": self._open_tree,
            "text": self._open_structure,
            "part": self._open_structure,
            "div": self._open_structure,
            "note": self._open_note,
            "page": self._open_page,
            "pointer": self._open_pointer,
            "register": self._open_register,
            "line": self._open_line,
            "milestone": self._open_milestone,
            "cell": self._open_cell,
            "item": self._open_item,
            "label": self._open_plain,
            "choice": self._open_choice,
            "alternative": self._open_alternative,
        }
        self._closers: dict[str, Callable[[Span], None]] = {
            "label": self._close_label,
            "choice": self._close_choice,
        }

    @property
    def visible(self) -> int:
        """Characters of the source that are not white space, as they came in."""
        return visible("".join(self._came))

    def handlers(self) -> tuple[Start, End, Data]:
        """Give the three functions that take the parser's events.

        They are closures over local names, and long: they run a million times for 40 MB.
        """
        rules, learn, openers, closers = self._rules, self._learn, self._openers, self._closers
        stack, folded = self._stack, self.folded
        push, pop, came = stack.append, stack.pop, self._came.append
        sink = self._sink
        keep, write = sink.spans.append, sink.pieces.append

        def start(tag: str, attrs: dict[str, str]) -> None:
            nonlocal sink, keep, write
            rule = rules.get(tag) or learn(tag)
            if rule.special:
                openers[rule.special](rule, attrs)
                if sink is not self._sink:
                    sink = self._sink
                    keep, write = sink.spans.append, sink.pieces.append
                return
            parent = stack[-1]
            if sink.pending < LINE and (rule.level or parent[0].container):
                sink.pending = LINE
            span = [rule, sink.pos, 0, attrs, parent, None]
            push(span)
            keep(span)

        def end(tag: str) -> None:
            nonlocal sink, keep, write
            span = pop()
            rule = span[0]
            if rule.special and span[5] is not None:
                self._close_draft(span)
                sink = self._sink
                keep, write = sink.spans.append, sink.pieces.append
                return
            span[2] = sink.pos
            if sink.pending < LINE and (rule.level or span[4][0].container):
                sink.pending = rule.level or LINE
            if rule.special and rule.special in closers:
                closers[rule.special](span)

        def data(text: str) -> None:
            if text == " ":
                if sink.pending == 0:
                    sink.pending = 1
                return
            if folded and (text.isascii() or text.isprintable()):
                lead = text[0] == " "
                trail = text[-1] == " "
                if lead or trail:
                    text = text.strip(" ")
            else:
                lead = text[0].isspace()
                trail = text[-1].isspace()
                text = " ".join(text.split())
                if not text:
                    if sink.pending == 0:
                        sink.pending = 1
                    return
            came(text)
            position, pending = sink.pos, sink.pending
            if lead and pending == 0:
                pending = 1
            if pending > 0 and position:
                write(SEPARATORS[pending])
                position += 1
            write(text)
            sink.pos = position + len(text)
            sink.pending = 1 if trail else 0

        self._data = data
        return start, end, data

    # Elements.

    def _learn(self, tag: str) -> Rule:
        namespace, _, name = tag.rpartition("}")
        known = namespace in ("", TEI_NS, FRUS_NS)
        rule = RULES.get(name) if known else None
        if rule is None:
            rule = Rule(name, mark="other")
        self._rules[tag] = rule
        return rule

    def _push(self, rule: Rule, attrs: dict[str, str]) -> Span:
        sink = self._sink
        span = [rule, sink.pos, 0, attrs, self._stack[-1], None]
        self._stack.append(span)
        sink.spans.append(span)
        return span

    def _open_plain(self, rule: Rule, attrs: dict[str, str]) -> None:
        if rule.level and self._sink.pending < LINE:
            self._sink.pending = LINE
        self._push(rule, attrs)

    def _open_draft(self, rule: Rule, attrs: dict[str, str], draft: Draft) -> None:
        self._stack.append([rule, 0, 0, attrs, self._stack[-1], (draft, self._sink)])
        self._sink = draft.sink

    def _close_draft(self, span: Span) -> None:
        draft, outer = span[5]
        self._sink = outer
        if draft.kind == "note":
            owner = outer.draft
            while owner.kind in ("note", "hidden"):  # what stands in a note stands beside it
                if owner.kind == "note":
                    draft.anchor = owner.anchor
                owner = owner.parent
            owner.notes.append(draft)
        elif draft.kind == "hidden":
            outer.spans.append(
                [span[0], outer.pos, outer.pos, {**span[3], HIDDEN: draft.sink.text}, span[4], None]
            )
        else:
            outer.pending = LINE
            self.assembler.closes(draft)
            for done in (*draft.notes, draft):
                done.sink.forget()

    def _open_structure(self, rule: Rule, attrs: dict[str, str]) -> None:
        around = self._sink.draft
        assert around is not None
        draft = None
        if around.kind in ("document", "section"):
            draft = self.assembler.opens(rule, attrs, around)
        if draft is None:
            self._open_plain(rule, attrs)
        else:
            self._sink.pending = LINE
            self._open_draft(rule, attrs, draft)

    def _open_note(self, rule: Rule, attrs: dict[str, str]) -> None:
        parent = self._stack[-1]
        signs = [sign for sign in _NOTE_SIGNS if sign in attrs]
        # Where the paper lies is said above or below its text; nothing there calls a footnote.
        source = signs == ["type"] and attrs["type"].casefold() in words("notes", "source")
        bare = parent[0].container and (not signs or source)
        if bare or attrs.get("rend") in _INLINE_RENDERINGS:
            if parent[0].container:
                self._sink.pending = LINE
            self._push(_INLINE_NOTE, attrs)
            return
        draft = Draft("note", "note", attrs, self._sink.draft)
        draft.anchor = self._sink.pos
        if parent[0].container:
            draft.extra["apart"] = True  # Not within a line: perhaps it belongs elsewhere.
        self._open_draft(rule, attrs, draft)

    def _open_page(self, rule: Rule, attrs: dict[str, str]) -> None:
        sink = self._sink
        if attrs.get("break") == "no":
            sink.pending = -1
        self._push(rule, attrs)
        assert sink.draft is not None
        self.assembler.page(attrs, sink.draft)

    def _open_pointer(self, rule: Rule, attrs: dict[str, str]) -> None:
        sink = self._sink
        if sink.pending < LINE and self._stack[-1][0].container:
            sink.pending = LINE
        assert sink.draft is not None
        sink.draft.extra.setdefault("pointers", []).append(self._push(rule, attrs))

    def _open_register(self, rule: Rule, attrs: dict[str, str]) -> None:
        """Keep a list of persons or places as a register, unless a document holds it."""
        draft = self._sink.draft
        if draft is not None and draft.kind == "section":
            self._open_tree(rule, attrs)
        else:
            self._open_plain(rule, attrs)

    def _open_line(self, rule: Rule, attrs: dict[str, str]) -> None:
        sink = self._sink
        if attrs.get("break") == "no":
            sink.pending = -1
        elif sink.pending < LINE:
            sink.pending = LINE
        self._push(rule, attrs)

    def _open_milestone(self, rule: Rule, attrs: dict[str, str]) -> None:
        if attrs.get("break") == "no":
            self._sink.pending = -1
        self._push(rule, attrs)

    def _open_cell(self, rule: Rule, attrs: dict[str, str]) -> None:
        sink = self._sink
        row = self._stack[-1]
        if row[0].name == "row" and row[3].get(_BEGUN):
            sink.pending = rule.level
        else:
            sink.pending = LINE
        row[3][_BEGUN] = "yes"
        self._push(rule, attrs)

    def _open_item(self, rule: Rule, attrs: dict[str, str]) -> None:
        sink = self._sink
        if self._label == (sink, sink.pos):
            sink.pending = 1  # A label and its item share a line.
        elif sink.pending < LINE:
            sink.pending = LINE
        self._push(rule, attrs)

    def _close_label(self, span: Span) -> None:
        self._label = (self._sink, self._sink.pos)

    def _open_choice(self, rule: Rule, attrs: dict[str, str]) -> None:
        attrs = dict(attrs)
        self._push(rule, attrs)

    def _open_alternative(self, rule: Rule, attrs: dict[str, str]) -> None:
        around = self._stack[-1]
        kind = around[0].name
        nested = self._sink.draft is not None and self._sink.draft.kind == "hidden"
        if kind in ("choice", "app", "subst") and not nested:
            shown = around[3].get(HIDDEN)
            name = rule.name
            second = name in _SECOND and (name != "rdg" or shown)
            if second or (kind == "subst" and name == "del") or shown:
                self._open_draft(rule, attrs, Draft("hidden", name, attrs, self._sink.draft))
                return
            around[3][HIDDEN] = "shown"
        self._push(rule, attrs)

    def _close_choice(self, span: Span) -> None:
        """Lay hidden readings over the words shown instead; show the first where none is."""
        sink = self._sink
        hidden: list[Span] = []
        first = at = len(sink.spans)
        while at and (inner := sink.spans[at - 1]) is not span:
            at -= 1
            if inner[4] is span and HIDDEN in inner[3]:
                hidden.append(inner)
                first = at
        hidden.reverse()
        if hidden and span[2] == span[1] and (text := hidden[0][3][HIDDEN]):
            del hidden[0], sink.spans[first]
            came = len(self._came)
            self._data(text)
            del self._came[came:]  # It came in before, as the hidden reading.
            span[2] = sink.pos
        for reading in hidden:
            reading[1], reading[2] = span[1], span[2]

    # Trees.

    def _open_tree(self, rule: Rule, attrs: dict[str, str]) -> None:
        """Build a tree of an element, names without namespaces; hand it over when it ends."""
        builder, names, came, folded = TreeBuilder(), self._names, self._came, self.folded
        opens, closes, adds = builder.start, builder.end, builder.data
        resume = self._parser.handlers()
        depth = 1

        def start(tag: str, attrs: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            opens(names.get(tag) or self._name(tag), attrs)

        def end(tag: str) -> None:
            nonlocal depth
            depth -= 1
            closes(names.get(tag) or self._name(tag))
            if depth == 0:
                self._parser.handle(*resume)
                self.assembler.tree(builder.close())

        def data(text: str) -> None:
            if text != " ":
                came.append(text if folded and text.isprintable() else " ".join(text.split()))
            adds(text)

        self._parser.handle(start, end, data)
        opens(rule.name, attrs)

    def _name(self, tag: str) -> str:
        namespace, _, name = tag.rpartition("}")
        found = self._names[tag] = name if namespace in ("", TEI_NS) else tag
        return found
