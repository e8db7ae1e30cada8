"""An HTML tree into a composed text, by a plan of which elements are headings, notes, pages.

Pages are untrusted: scripts, styles, forms' widgets and hidden parts never reach the text, and
nothing here calls itself, so that no depth of nesting can exhaust the stack.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from lxml import etree, html

from regesta.documents import Image, Note
from regesta.documents.document import LayerKind, MarkKind
from regesta.errors import SourceError
from regesta.reading.compose import Composer, Span, visible
from regesta.reading.limits import MAX_ELEMENTS
from regesta.reading.markdown import safe_target

Element = Any

#: Elements that never hold text of a document.
UNSEEN = (
    "script", "style", "template", "noscript", "svg", "iframe", "object", "embed", "applet",
    "audio", "video", "canvas", "map", "input", "select", "textarea", "button", "datalist", "link",
    "meta", "head", "frame", "frameset", "noframes", "dialog",
)  # fmt: skip

BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hgroup", "hr", "li", "main", "menu", "nav", "ol", "p", "pre",
    "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
_CELLS = ("td", "th")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_PARAGRAPHS = frozenset((
    "p", "dd", "dt", "pre", "address", "figcaption", "caption", "div", "center", "section",
    "article", "summary", *_HEADINGS,
))  # fmt: skip
_MARKS: dict[str, MarkKind] = {
    "i": "italic", "em": "italic", "cite": "italic", "var": "italic", "dfn": "term",
    "b": "bold", "strong": "bold", "sup": "superscript", "u": "underline", "del": "deleted",
    "s": "deleted", "strike": "deleted", "ins": "added", "table": "table", "tr": "row",
    "td": "cell", "th": "cell", "ul": "list", "ol": "list", "menu": "list", "dl": "list",
    "li": "item", "figure": "figure",
}  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_SMALLCAPS = re.compile(r"small-?caps", re.I)
_NOTE_LABEL = re.compile(
    r"[\[(]?\s*(\d{1,4}[a-z]?|[*†‡§¶]{1,4}|[a-z]{1,2}|[ivxlc]{1,6})\s*[\])]?\.?$"
)
_MAX_NOTE = 20_000


@dataclass(slots=True)
class Plan:
    """What the elements of a page are.

    Attributes:
        drop: Navigation and widgets, left out on purpose.
        layers: Element → the voice that speaks in it.
        apart: Those that are no part of the body.
        pages: Element → the printed page that begins there.
        marks: Element → what the site's mark-up says it names (a person, a place).
        notes: Footnote mark → its label and the element that holds its text.
        base: The page's address, to complete links.
        language: The page's language.
        file: The page's file name, to know links into itself.
    """

    drop: set[Element] = field(default_factory=set)
    layers: dict[Element, LayerKind] = field(default_factory=dict)
    apart: set[Element] = field(default_factory=set)
    pages: dict[Element, str] = field(default_factory=dict)
    marks: dict[Element, MarkKind] = field(default_factory=dict)
    notes: dict[Element, tuple[str, Element]] = field(default_factory=dict)
    base: str = ""
    language: str = ""
    file: str = ""


def parse(text: str) -> Element:
    """Parse a page, unseen elements and comments taken out.

    Raises:
        SourceError: It is no HTML, or has more elements than any document.
    """
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_pis=True)
    data = text.replace("\0", "").encode("utf-8", "replace")
    try:
        root = html.document_fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        raise SourceError("holds nothing that can be read as HTML") from None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise SourceError("nests its elements deeper than any document does")
    count = sum(1 for _ in root.iter())
    if count > MAX_ELEMENTS:
        raise SourceError(f"has {count:,} elements, more than {MAX_ELEMENTS:,}; split it")
    return root


def clean(root: Element) -> None:
    """Take out what is never text; the words after it stay."""
    etree.strip_tags(root, etree.Comment)
    etree.strip_elements(root, *[tag for tag in UNSEEN if tag != "head"], with_tail=False)


def words_of(element: Element) -> str:
    """The text of an element on one line."""
    return " ".join("".join(element.itertext()).split())


def hidden(element: Element) -> bool:
    """Tell whether an element is not shown."""
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style", "")))


def leaf_blocks(root: Element) -> list[Element]:
    """Blocks with text and no block inside, in order."""
    return [
        element
        for element in root.iter(etree.Element)
        if element.tag in BLOCKS
        and not any(child.tag in BLOCKS for child in element.iterchildren(etree.Element))
        and words_of(element)
    ]


def find_notes(root: Element, plan: Plan) -> None:
    """Fill ``plan.notes``: short links to a later element of the page that holds text."""
    order = {element: number for number, element in enumerate(root.iter(etree.Element))}
    named: dict[str, Element] = {}
    for element in order:
        for key in (element.get("id"), element.get("name") if element.tag == "a" else None):
            if key:
                named.setdefault(key, element)
    found: list[tuple[Element, str, Element]] = []
    known: dict[Element, Element | None] = {}
    for link in root.iter("a"):
        target = named.get(_own_fragment(link.get("href") or "", plan))
        label = _NOTE_LABEL.match(words_of(link)) if target is not None else None
        if label and order[target] > order[link]:
            if target not in known:
                known[target] = _holder(target, root)
            holder = known[target]
            if holder is not None and order[holder] > order[link]:
                found.append((link, label[1], holder))
    holders = {holder for _, _, holder in found}
    taken: set[Element] = set()
    for link, label_text, holder in found:
        if holder not in taken and not any(up in holders for up in holder.iterancestors()):
            plan.notes[link] = (label_text, holder)
            taken.add(holder)


def _own_fragment(href: str, plan: Plan) -> str:
    page, hash_mark, fragment = href.partition("#")
    if not hash_mark or not fragment:
        return ""
    own = not page or page == plan.base or page.rpartition("/")[2] == plan.file
    return fragment if own else ""


def _holder(target: Element, root: Element) -> Element | None:
    """The block that holds a note's text."""
    block = target
    while block is not root and block.tag not in BLOCKS:
        block = block.getparent()
        if block is None:
            return None
    if block is root or block.tag in ("body", "main", "article", "table", "tr", "ol", "ul"):
        return None
    words = words_of(block)
    return block if words and len(words) <= _MAX_NOTE else None


@dataclass(slots=True)
class TreeWriter:
    """Writes one tree by a plan.

    Attributes:
        plan: What the elements are.
        composer: Where the text goes.
        images: Figures met on the way.
        left_out: Visible characters left out on purpose (navigation, repeated note marks).
        spans: Layer spans by their element.
    """

    plan: Plan
    composer: Composer = field(default_factory=Composer)
    images: list[Image] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    spans: dict[Element, Span] = field(default_factory=dict)
    _open: dict[Element, list[Span]] = field(default_factory=dict)
    _holders: set[Element] = field(default_factory=set)

    def write(self, root: Element) -> None:
        """Write an element with all that is in it."""
        self._holders = {holder for _, holder in self.plan.notes.values()}
        walker = etree.iterwalk(root, events=("start", "end"))
        skipped: Element | None = None
        for event, element in walker:
            if event == "start":
                if element is not root and self._passes_over(element):
                    skipped = element
                    walker.skip_subtree()
                else:
                    self._start(element)
            else:
                if element is not skipped:
                    self._end(element)
                skipped = None
                if element is not root and element.tail:
                    self.composer.write(element.tail)

    def _passes_over(self, element: Element) -> bool:
        plan = self.plan
        if element in plan.drop or hidden(element):
            self.left_out += visible("".join(element.itertext()))
        elif element in plan.pages:
            label = plan.pages[element]
            self.left_out += visible("".join(element.itertext())) - visible(label)
            self.composer.point("page", label)
        elif element in plan.notes:
            label, holder = plan.notes[element]
            self.left_out += visible("".join(element.itertext())) - visible(label)
            self.composer.note(self._note(element, label, holder))
        elif element not in self._holders:
            return False
        return True

    def _note(self, link: Element, label: str, holder: Element) -> Note:
        """Compose a footnote without the marks that lead back."""
        plan = Plan(base=self.plan.base, language=self.plan.language, file=self.plan.file)
        own = {link.get("id"), link.get("name")} | {
            value
            for up in list(link.iterancestors())[:2]
            for value in (up.get("id"), up.get("name"))
        }
        for back in holder.iter("a"):
            leads_back = _own_fragment(back.get("href") or "", plan) in own - {None}
            if leads_back and (len(words_of(back)) <= len(label) + 4):
                plan.drop.add(back)
        plan.drop |= {element for element in holder.iter() if element in self.plan.drop}
        inner = TreeWriter(plan)
        inner.write(holder)
        self.left_out += inner.left_out
        made = inner.composer.finish()
        text = made.text
        marks = tuple(mark for mark in made.marks if mark.kind not in ("item", "list"))
        repeated = re.match(rf"[\[(]?{re.escape(label)}[\])]?[.:)]?\s+", text)
        if repeated:
            self.left_out += visible(repeated[0])
            cut = repeated.end()
            text = text[cut:]
            marks = tuple(
                type(mark)(mark.kind, max(0, mark.start - cut), mark.end - cut, mark.value,
                           mark.target)
                for mark in marks if mark.end > cut
            )  # fmt: skip
        return Note(label, text, id=holder.get("id") or "", marks=marks)

    def _start(self, element: Element) -> None:
        tag, composer = element.tag, self.composer
        spans: list[Span] = []
        if tag in BLOCKS and tag not in _CELLS:
            composer.line_break()
        elif tag in _CELLS:
            composer.space()
        elif tag == "br":
            composer.line_break()
        elif tag == "img":
            self._image(element)
        kind = self.plan.layers.get(element)
        if kind is None and tag in _HEADINGS:
            kind = "heading"
        elif kind is None and tag == "blockquote":
            kind = "quotation"
        if kind is not None:
            layer = composer.layer(kind, apart=element in self.plan.apart)
            self.spans[element] = layer
            spans.append(layer)
        spans += self._marks(element)
        self._open[element] = spans
        if element.text:
            self._text(element)

    def _text(self, element: Element) -> None:
        if element.tag != "pre":
            self.composer.write(element.text)
            return
        for line in element.text.splitlines():
            self.composer.write(line)
            self.composer.line_break()

    def _marks(self, element: Element) -> list[Span]:
        tag, composer = element.tag, self.composer
        spans = []
        leaf = tag in _PARAGRAPHS or (tag == "blockquote" and element.text)
        if leaf and not any(child.tag in BLOCKS for child in element.iterchildren(etree.Element)):
            spans.append(composer.mark("paragraph"))
        if tag in _MARKS:
            spans.append(composer.mark(_MARKS[tag]))
        if element in self.plan.marks:
            spans.append(composer.mark(self.plan.marks[element]))
        if tag == "a" and element.get("href"):
            target = safe_target(element.get("href"))
            if target and not target.startswith("#") and self.plan.base:
                target = _absolute(self.plan.base, target)
            spans.append(composer.mark("ref", target=target))
        language = (element.get("lang") or "").split("-")[0].lower()
        if language and self.plan.language and language != self.plan.language and tag != "html":
            spans.append(composer.mark("foreign", value=language))
        look = f"{element.get('class', '')} {element.get('style', '')}"
        if _SMALLCAPS.search(look):
            spans.append(composer.mark("smallcaps"))
        return spans

    def _image(self, element: Element) -> None:
        url = safe_target(element.get("src") or "")
        if url and not url.startswith("data:"):
            if self.plan.base:
                url = _absolute(self.plan.base, url)
            self.images.append(Image(url, element.get("alt") or ""))

    def _end(self, element: Element) -> None:
        for span in reversed(self._open.pop(element, ())):
            self.composer.close(span)
        if element.tag in BLOCKS and element.tag not in _CELLS:
            self.composer.line_break()
        elif element.tag in _CELLS:
            self.composer.space()


def _absolute(base: str, url: str) -> str:
    try:
        return urljoin(base, url)
    except ValueError:
        return url
