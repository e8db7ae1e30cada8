"""Saved web pages into documents: a site's profile tells heading, source line and text apart.

Pages of no known site are read by what they say of themselves, then by their main element, then
by trafilatura where most of a page is links; navigation that is left out is counted and said.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

from regesta.documents import Collection, Document, Fact
from regesta.errors import SourceError
from regesta.reading.assemble import Page, collection_of, document_of
from regesta.reading.base import Reading, SourceFile, Verdict
from regesta.reading.compose import Composition, shown, visible
from regesta.reading.decode import binary_reason, decode
from regesta.reading.headers import Headers, header_lines, understand
from regesta.reading.html import meta
from regesta.reading.html import sites as html_sites
from regesta.reading.html.sites import Site
from regesta.reading.html.tree import (
    Element,
    Plan,
    TreeWriter,
    clean,
    find_notes,
    hidden,
    leaf_blocks,
    parse,
    words_of,
)
from regesta.reading.limits import MAX_HTML_BYTES, megabytes
from regesta.reading.printed_dates import date_at_end, whole_date
from regesta.reading.shape import MAX_LINE, recognise

_SUFFIXES = (".html", ".htm", ".xhtml", ".shtml", ".php", ".asp", ".aspx", ".jsp")
_DECLARATION = re.compile(rb"(?:<\?xml[^>]*>)?\s*", re.I)
_SPACE = re.compile(rb"\s*")
_ROOT = re.compile(rb"<(?:!doctype\s+html|html)\b", re.I)
_HAS_TAGS = re.compile(rb"<(?:html|head|body|title|p|div|h[1-6]|table|br|a)\b", re.I)

#: Above this share of linked characters a page without a main element is mostly navigation.
_MOSTLY_LINKS = 0.4
_MANY_LINKS = 20

#: Where several elements say that they hold the text, one is it only with this share of it.
_MOST_OF = 0.6

#: What stands around the text of a page.
_AROUND = ("nav", "header", "footer", "aside")

_GENERIC = "web page"
_NAVIGATION = "characters of navigation left out"


@dataclass(slots=True)
class Parts:
    """What a page's elements are, on the way to a document."""

    main: Element
    plan: Plan
    heading: Element | None = None
    source_line: Element | None = None
    collection: str = ""
    headers: Headers = field(default_factory=Headers)
    header_elements: set[Element] = field(default_factory=set)
    ways: list[str] = field(default_factory=list)
    shaped: bool = False
    outside: str = ""


class HtmlReader:
    """Reads saved web pages."""

    name = "html"

    def judge(self, source: SourceFile) -> Verdict:
        """HTML by its first bytes or its name."""
        sample = source.data[:4096].replace(b"\0", b"")
        if begins_like_html(sample):
            return Verdict(0.9, "begins like HTML")
        if source.suffix in _SUFFIXES:
            reason = binary_reason(source.data, source.name)
            return Verdict(0.1 if reason else 0.7, reason or "named like HTML")
        if source.suffix in ("", ".txt", ".xml") and len(_HAS_TAGS.findall(sample)) > 5:
            return Verdict(0.3, "holds HTML tags")
        return Verdict(0, "no HTML")

    def read(self, source: SourceFile) -> Reading:
        """Read a page.

        Raises:
            SourceError: Binary data, too large, or without text.
        """
        if len(source.data) > MAX_HTML_BYTES:
            size = f"{megabytes(len(source.data))}, more than {megabytes(MAX_HTML_BYTES)}"
            raise SourceError(f"is too large for one page ({size}); split it")
        declared = meta.declared_charset(source.data)
        decoded = decode(source.data, declared=declared, name=source.name)
        reading = read_page(source, decoded.text, reader=self.name)
        if decoded.guessed:
            reading.warnings.append(f"character set not declared; read as {decoded.charset}")
        return reading


def begins_like_html(sample: bytes) -> bool:
    """Whether bytes begin with HTML's doctype or root, a declaration and comments passed over.

    Comments are stepped over one by one: a pattern that repeats them tries every way of cutting
    a row of them, which doubles with each.
    """
    start = sample.find(b"<", 0, 9)
    if start < 0 or re.search(rb"\w", sample[:start]):
        return False
    declared = _DECLARATION.match(sample, start)
    at = declared.end() if declared else start
    while sample.startswith(b"<!--", at):
        end = sample.find(b"-->", at + 4)
        if end < 0:
            return False
        space = _SPACE.match(sample, end + 3)
        at = space.end() if space else end + 3
    return _ROOT.match(sample, at) is not None


def read_page(
    source: SourceFile, text: str, *, reader: str, heads: bool = False, office: bool = False
) -> Reading:
    """Read a page's text.

    Args:
        source: The file it comes from.
        text: Its HTML.
        reader: Name of the reader, for ``Source.reader``.
        heads: Take "Key: value" paragraphs at the beginning as a head.
        office: The HTML was made of an office document: no site, no navigation.

    Raises:
        SourceError: It holds no text.
    """
    root = parse(text)
    address = "" if office else meta.address_of(root)
    facts, named = ([], "") if office else meta.described(root)
    page_title = "" if office else meta.title_of(root)
    clean(root)
    site = html_sites.sites()[-1] if office else html_sites.site_of(root, address)
    everything = visible("".join(_body(root).itertext()))
    main = _main(root, site, text)
    parts = _parts(root, main, site, source, address, heads=heads)
    writer = TreeWriter(parts.plan)
    writer.write(main)
    _heading_from_outside(parts, writer)
    composition = writer.composer.finish(parts.plan.language)
    if not composition.text:
        raise SourceError("the page holds no text (a script may load it)")
    collection_id, local = html_sites.ids_of(site, address)
    heading = words_of_heading(parts, composition)
    page = Page(
        composition,
        heading=heading or parts.headers.one("title") or parts.outside or page_title,
        headers=parts.headers,
        facts=[*_page_facts(site, parts, writer, composition), *facts, *_own(address, parts)],
        collection=parts.collection or named,
        collection_id=collection_id,
        local=local,
        images=tuple(writer.images),
        remarks=tuple(parts.ways),
    )
    collection = collection_of(source, page, reader=reader)
    document = document_of(source, page, collection, reader=reader)
    reading = _reading(collection, document, main, parts, writer, everything)
    if office:  # ways back from notes: no site, no navigation
        reading.warnings[:] = [w for w in reading.warnings if not w.endswith(_NAVIGATION)]
    return reading


def _reading(
    collection: Collection,
    document: Document,
    main: Element,
    parts: Parts,
    writer: TreeWriter,
    everything: Counter[str],
) -> Reading:
    inside = visible("".join(main.itertext()))
    missing = inside - writer.left_out - shown([document])
    left_out = (everything - inside).total() + writer.left_out.total()
    left_out -= visible(parts.collection).total() if parts.shaped else 0
    warnings = [f"{document.id}: {one}" for one in parts.headers.warnings]
    if left_out > 0 and not parts.header_elements:
        warnings.append(f"{document.id}: {left_out:,} {_NAVIGATION}")
    return Reading(collection, [document], missing.total(), warnings)


def _body(root: Element) -> Element:
    bodies = root.findall(".//body")
    return bodies[0] if bodies else root


def _main(root: Element, site: Site, text: str) -> Element:
    """The element that holds the document."""
    body = _body(root)
    if site.name != _GENERIC:
        elements = html_sites.found(root, site.main)[:50]
        return max(elements, key=lambda one: len(words_of(one))) if elements else body
    for path in site.main:
        elements = html_sites.found(root, (path,))[:50]
        sizes = [len(words_of(one)) for one in elements]
        if elements and (len(elements) == 1 or max(sizes) > _MOST_OF * sum(sizes)):
            return elements[sizes.index(max(sizes))]
    article = _short_article(body)
    if article is not None:
        return article
    if _mostly_links(body):
        extracted = _extracted(text)
        return body if extracted is None else extracted
    return body


def _short_article(body: Element) -> Element | None:
    """The one article of a page, however short, where hardly anything but furniture is beside it.

    A short article may as well be a notice on the page of a longer text, which must not be lost.
    """
    articles = [one for one in body.iter("article") if not _within(one, "article")]
    if len(articles) != 1:
        return None
    (article,) = articles
    inside = len(words_of(article))
    around = [
        one
        for one in body.iter(*_AROUND)
        if not _within(one, *_AROUND, "article") and article not in one.iterdescendants("article")
    ]
    beside = len(words_of(body)) - inside - sum(len(words_of(one)) for one in around)
    return article if inside and inside > _MOST_OF * (inside + beside) else None


def _within(element: Element, *names: str) -> bool:
    return next(element.iterancestors(*names), None) is not None


def _mostly_links(body: Element) -> bool:
    links = [len(words_of(link)) for link in body.iter("a")]
    return len(links) >= _MANY_LINKS and sum(links) > _MOSTLY_LINKS * max(1, len(words_of(body)))


def _extracted(text: str) -> Element | None:
    """The main text as trafilatura finds it, or None where it finds none."""
    import trafilatura

    try:
        made = trafilatura.extract(
            text, output_format="html", include_links=True, include_formatting=True,
            include_comments=False, favor_recall=True,
        )  # fmt: skip
        found = parse(made) if made else None
    except (SourceError, ValueError, AttributeError, TypeError):
        return None
    return _body(found) if found is not None and words_of(found) else None


def _parts(
    root: Element, main: Element, site: Site, source: SourceFile, address: str, *, heads: bool
) -> Parts:
    plan = Plan(base=address, file=source.name, language=meta.language_of(main, root))
    parts = Parts(main, plan)
    plan.drop |= set(html_sites.all_found(main, site.drop)) - {main}
    plan.pages = html_sites.page_labels(site, main)
    for kind, paths in site.layers.items():
        for element in html_sites.all_found(main, paths):
            plan.layers.setdefault(element, kind)
            plan.apart.add(element)
    for mark, paths in site.marks.items():
        plan.marks |= dict.fromkeys(html_sites.all_found(main, paths), mark)
    headings = html_sites.found(main, site.heading)
    parts.heading = headings[0] if headings and len(words_of(headings[0])) < 2000 else None
    lines = html_sites.found(main, site.source_line)
    parts.source_line = lines[0] if lines else None
    titles = html_sites.found(root, site.collection_title)
    parts.collection = words_of(titles[0]) if titles else ""
    blocks = [one for one in leaf_blocks(main) if not _dropped(one, plan)]
    if heads:
        blocks = _head(blocks, parts)
    _foot(blocks, parts)
    for element, kind in ((parts.heading, "heading"), (parts.source_line, "source note")):
        if element is not None and element is not main:
            plan.layers[element] = kind
            plan.apart.add(element)
    find_notes(main, plan)
    return parts


def _dropped(element: Element, plan: Plan) -> bool:
    return any(one in plan.drop or hidden(one) for one in (element, *element.iterancestors()))


def _head(blocks: list[Element], parts: Parts) -> list[Element]:
    """Take "Key: value" paragraphs at the beginning, after a title at most, as a head."""
    start = 1 if blocks and header_lines([words_of(blocks[0])]) is None else 0
    end = start
    while end < len(blocks) and _is_header(words_of(blocks[end])):
        end += 1
    pairs = header_lines([words_of(block) for block in blocks[start:end]]) if end > start else None
    if not pairs:
        return blocks
    parts.headers = understand(pairs, rule="header lines")
    parts.header_elements = set(blocks[start:end])
    parts.plan.drop |= parts.header_elements
    if start and parts.heading is None and len(words_of(blocks[0])) <= MAX_LINE:
        parts.heading = blocks[0]
    return blocks[:start] + blocks[end:]


def _is_header(line: str) -> bool:
    """Tell whether a line could stand in a head (the head as a whole decides)."""
    return header_lines([line, "id: x"]) is not None


def _foot(blocks: list[Element], parts: Parts) -> None:
    """Find the collection's name and the ways on below the text, title and source line above."""
    words = [words_of(block) for block in blocks]
    shape = recognise(words)
    if shape.ways is None:
        return
    parts.shaped = True
    after = [block for block in blocks[shape.ways + 1 :] if len(words_of(block)) <= MAX_LINE]
    for block in [blocks[shape.ways], *after]:
        parts.plan.drop.add(block)
        parts.ways += [
            f"way on: {words_of(link)} → {link.get('href')}"
            for link in block.iter("a")
            if link.get("href") and words_of(link) != shape.name
        ]
    if shape.name and not parts.collection:
        parts.collection = shape.name
    if shape.collection is not None and parts.collection == shape.name:
        parts.plan.drop.add(blocks[shape.collection])
    if shape.title is not None and parts.heading is None:
        parts.heading = blocks[shape.title]
    if shape.source is not None and parts.source_line is None:
        parts.source_line = blocks[shape.source]


def _heading_from_outside(parts: Parts, writer: TreeWriter) -> None:
    """Keep only the words of a heading that stands outside the main element."""
    if parts.heading is not None and parts.heading not in writer.spans:
        parts.outside = words_of(parts.heading)
        parts.heading = None


def words_of_heading(parts: Parts, composition: Composition) -> str:
    """The heading on one line, without the marks of its footnotes."""
    for layer in composition.layers:
        if layer.kind == "heading" and parts.heading is not None:
            return " ".join(composition.text[layer.start : layer.end].split())
    return ""


def _page_facts(
    site: Site, parts: Parts, writer: TreeWriter, composition: Composition
) -> list[Fact]:
    """Date, publication and source note that the page's own lines give."""
    facts: list[Fact] = []
    text = composition.text
    heading = writer.spans.get(parts.heading)
    line = writer.spans.get(parts.source_line)
    known = parts.shaped or bool(site.source_line)
    if heading and heading.start >= 0 and known:
        printed = text[heading.start : heading.end]
        date = whole_date(printed)
        if date:
            facts.append(Fact("date", date, "given", "title line", (heading.start, heading.end)))
    if line and line.start >= 0:
        printed = text[line.start : line.end]
        span = (line.start, line.end)
        facts.append(Fact("publication", " ".join(printed.split()), "given", "source line", span))
        found = date_at_end(printed)
        if found and not any(fact.field == "date" for fact in facts):
            span = (line.start + found[0], line.start + found[0] + len(found[1].printed))
            facts.append(Fact("date", found[1], "given", "source line", span))
    if site.source_note:
        for note in composition.notes[:2]:
            if re.match(site.source_note, note.text):
                facts.append(Fact("source_note", note.text, "given", f"{site.name} source note"))
    return facts


def _own(address: str, parts: Parts) -> list[Fact]:
    facts = [Fact("url", address, "given", "page address")] if address else []
    if parts.plan.language:
        facts.append(Fact("language", parts.plan.language, "given", "html:lang"))
    return facts
