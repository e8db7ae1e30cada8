"""Plain text and Markdown transcripts: front matter, header lines, paragraphs, footnotes.

A file holds one document, or several: each opened by a front-matter block of its own, or letters in
Markdown, each under a heading of its own.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from regesta.documents import Fact
from regesta.errors import SourceError
from regesta.reading.assemble import Page, collection_of, distinct, document_of, in_one_file
from regesta.reading.base import Reading, SourceFile, Verdict
from regesta.reading.compose import Composer, Span, shown, visible
from regesta.reading.decode import binary_reason, decode
from regesta.reading.file_kinds import known_unread
from regesta.reading.headers import LINE as HEADER_LINE
from regesta.reading.headers import (
    Headers,
    field_of,
    front_matter,
    header_lines,
    toml_matter,
    understand,
)
from regesta.reading.letters import letters_in
from regesta.reading.limits import MAX_TEXT_BYTES, megabytes
from regesta.reading.lines import paragraphs, vocabulary_of
from regesta.reading.markdown import Markdown
from regesta.reading.shape import Shape, recognise

_TEXT_SUFFIXES = (".txt", ".text", ".asc", "")
_MARKDOWN_SUFFIXES = (".md", ".markdown", ".mdown", ".mkd")

#: A front-matter block is not longer than this many lines; a rule further down is a rule.
_MAX_HEAD = 80

#: What a head says of one document alone.
_OF_ONE = frozenset(("title", "date", "received", "sender", "recipient", "author", "number", "id"))
_NONE: Counter[str] = Counter()
_ONLY_URL = re.compile(r"https?://\S+$")


@dataclass(frozen=True, slots=True)
class _Part:
    """One document's lines, its head taken off."""

    headers: Headers
    lines: list[str]
    line: int


class PlainReader:
    """Reads plain text and Markdown."""

    name = "plain"

    def judge(self, source: SourceFile) -> Verdict:
        """Text by its name and by its first bytes."""
        if source.suffix not in (*_TEXT_SUFFIXES, *_MARKDOWN_SUFFIXES):
            return Verdict(0, f"{source.suffix} is no text file's ending")
        reason = binary_reason(source.data, source.name)
        if reason and source.suffix:
            return Verdict(0.05, reason)
        if reason or known_unread(source.name, source.data[:32]):
            return Verdict(0, reason or "another format")
        return Verdict(0.6 if source.suffix else 0.2, "text")

    def read(self, source: SourceFile) -> Reading:
        """Read it all.

        Raises:
            SourceError: Binary data, too large, or no text.
        """
        if len(source.data) > MAX_TEXT_BYTES:
            size = f"{megabytes(len(source.data))}, more than {megabytes(MAX_TEXT_BYTES)}"
            raise SourceError(f"is too large for one text ({size}); split it into documents")
        other = known_unread("", source.data[:32])
        if other:
            raise SourceError(other)
        decoded = decode(source.data, name=source.name)
        markdown = source.suffix in _MARKDOWN_SUFFIXES
        parts = _parts(re.split(r"\r\n?|\n|\x85|\u2028|\u2029", decoded.text))
        if markdown and len(parts) == 1:
            parts = _letters(parts[0])
        write = _markdown_page if markdown else _text_page
        written = [(part, write(part)) for part in parts]
        written = [
            (part, page)
            for part, page in written
            if page.composition.text or page.composition.notes
        ]
        if not written:
            raise SourceError("holds no text")
        return _reading(source, written, self.name, _remarks(decoded.charset, decoded.guessed))


def _remarks(charset: str, guessed: bool) -> list[str]:
    return [f"character set not declared; read as {charset}"] if guessed else []


def _reading(
    source: SourceFile, written: list[tuple[_Part, Page]], reader: str, remarks: list[str]
) -> Reading:
    pages = in_one_file([page for _, page in written], source)
    collection = collection_of(source, pages[0], reader=reader)
    documents = [
        document_of(source, page, collection, reader=reader, order=order)
        for order, page in enumerate(pages)
    ]
    warnings = [
        f"{document.id}: {note}" for document in documents for note in document.reader_notes
    ]
    for page, document in zip(pages[1:], documents[1:], strict=True):
        named = page.headers.one("collection")
        if named and named != collection.title:
            warnings.append(f"{document.id}: a file holds one collection; {named!r} is not used")
    documents = distinct(documents, warnings)
    expected: Counter[str] = Counter()
    for part, page in written:
        title = page.headers.one("title")
        expected += visible("".join(part.lines))
        expected += visible(title) if title and page.composition.text.startswith(title) else _NONE
        expected -= visible(page.collection) + page.left_out
    missing = expected - shown(documents)
    markup = source.suffix in _MARKDOWN_SUFFIXES
    lost = sum(n for character, n in missing.items() if character.isalnum() or not markup)
    return Reading(collection, documents, lost, remarks + warnings)


def _parts(lines: list[str]) -> list[_Part]:
    """Split a file into its documents, each with its head."""
    start = 0
    while start < len(lines) and not lines[start].strip():
        start += 1
    found: list[_Part] = []
    while True:
        headers, body = _head(lines, start)
        end = _next_head(lines, body) if headers.values and body > start else len(lines)
        found.append(_Part(headers, lines[body:end], start + 1))
        if end >= len(lines):
            return found
        start = end


def _letters(part: _Part) -> list[_Part]:
    """The letters of a Markdown file, each under its heading; what its head says is said of all."""
    parted = None if _OF_ONE & part.headers.values.keys() else letters_in(part.lines)
    if parted is None:
        return [part]
    heads = part.headers
    if parted.title and "collection" not in heads.values:
        heads = replace(heads, values={**heads.values, "collection": [parted.title]})
    starts = [0, *parted.starts] if parted.before else list(parted.starts)
    ends = [*starts[1:], len(part.lines)]
    return [_Part(heads, part.lines[a:b], part.line + a) for a, b in zip(starts, ends, strict=True)]


def _head(lines: list[str], start: int) -> tuple[Headers, int]:
    """Read the head that begins at a line; the line where the text begins."""
    opening = lines[start].strip() if start < len(lines) else ""
    if opening in ("---", "+++"):
        end = _closing(lines, start, opening)
        pairs = None
        if end and opening == "---":
            pairs = front_matter(lines[start + 1 : end])
        elif end:
            pairs = toml_matter(lines[start + 1 : end])
        if end and pairs is not None and any(field_of(key) for key, _ in pairs):
            return understand(pairs, rule="front matter"), end + 1
    end = start
    while end < len(lines) and lines[end].strip() and end - start < _MAX_HEAD:
        end += 1
    pairs = header_lines(lines[start:end])
    if pairs:
        return understand(pairs, rule="header lines"), end
    return Headers(), start


def _closing(lines: Sequence[str], start: int, fence: str) -> int:
    for index in range(start + 1, min(len(lines), start + _MAX_HEAD)):
        if lines[index].strip() == fence or (fence == "---" and lines[index].strip() == "..."):
            return index
    return 0


def _next_head(lines: list[str], start: int) -> int:
    """The line where the next document's front matter opens, or the end."""
    for index in range(start, len(lines)):
        if lines[index].strip() != "---" or not _closing(lines, index, "---"):
            continue
        following = HEADER_LINE.match(lines[index + 1]) if index + 1 < len(lines) else None
        if following and field_of(following["key"]):
            return index
    return len(lines)


def _markdown_page(part: _Part) -> Page:
    composer = Composer()
    body, comments = _without_comments(part.lines)
    title = part.headers.one("title")
    first = next((line.strip().lstrip("#").strip() for line in body if line.strip()), "")
    if title and first != title:
        write_line(composer, title, "heading")
    markdown = Markdown(composer, vocabulary_of(body))
    markdown.write(body)
    language = part.headers.one("language")
    return Page(
        composer.finish(language),
        heading=title or markdown.heading,
        headers=part.headers,
        images=tuple(markdown.images),
        position=f"line {part.line}" if part.line > 1 else "",
        left_out=markdown.left_out + comments,
    )


def _without_comments(lines: list[str]) -> tuple[list[str], Counter[str]]:
    """Drop ``<!-- … -->``; one without an end is kept as it is."""
    if not any("<!--" in line for line in lines):
        return lines, _NONE
    kept: list[str] = []
    dropped: list[str] = []
    text, at = "\n".join(lines), 0
    while True:
        start = text.find("<!--", at)
        end = text.find("-->", start + 4) if start >= 0 else -1
        if end < 0:
            kept.append(text[at:])
            return "".join(kept).split("\n"), visible("".join(dropped))
        kept.append(text[at:start])
        dropped.append(text[start : end + 3])
        at = end + 3


def _text_page(part: _Part) -> Page:
    blocks = paragraphs(part.lines, vocabulary_of(part.lines))
    title = part.headers.one("title")
    if title and blocks and blocks[0] == title:
        blocks = blocks[1:]
    shape = (
        recognise([block for block in blocks if block != "\f"]) if "\f" not in blocks else Shape()
    )
    composer = Composer()
    facts: list[Fact] = []
    if title:
        write_line(composer, title, "heading")
    spans: dict[int, Span] = {}
    for index, block in enumerate(blocks):
        if block == "\f":
            composer.point("page")
        elif index in (shape.collection, shape.ways):
            continue
        elif index == shape.title:
            spans[index] = write_line(composer, block, "heading")
        elif index == shape.source or (shape.ways and _ONLY_URL.match(block)):
            spans[index] = write_line(composer, block, "source note")
        else:
            composer.line_break()
            span = composer.mark("paragraph")
            composer.write(block)
            composer.close(span)
    facts += shape_facts(shape, blocks, spans)
    return Page(
        composer.finish(part.headers.one("language")),
        heading=title or (blocks[shape.title] if shape.title is not None else ""),
        headers=part.headers,
        facts=facts,
        collection=shape.name,
        position=f"line {part.line}" if part.line > 1 else "",
        left_out=_ways_on(shape, blocks),
    )


def _ways_on(shape: Shape, blocks: Sequence[str]) -> Counter[str]:
    """The visible characters of the ways on, without a collection's name before them."""
    if shape.ways is None:
        return _NONE
    found = visible(blocks[shape.ways])
    return found if shape.collection is not None else found - visible(shape.name)


def write_line(composer: Composer, text: str, kind: str) -> Span:
    """Write a line that stands apart from the body (a heading, a source note)."""
    composer.line_break()
    layer = composer.layer(kind, apart=True)  # type: ignore[arg-type]
    span = composer.mark("paragraph")
    composer.write(text)
    composer.close(span)
    composer.close(layer)
    composer.line_break()
    return layer


def shape_facts(shape: Shape, blocks: Sequence[str], spans: dict[int, Span]) -> list[Fact]:
    """The facts that a page's own title, source line and address give."""
    facts: list[Fact] = []
    if shape.date is not None:
        block = shape.title if shape.rule == "title line" else shape.source
        assert block is not None
        at = " ".join(blocks[block].split()).find(shape.date.printed)
        start = spans[block].start + max(0, at)
        span = (start, start + len(shape.date.printed))
        facts.append(Fact("date", shape.date, "given", shape.rule, span))
    if shape.source is not None:
        layer = spans[shape.source]
        line = " ".join(blocks[shape.source].split())
        facts.append(Fact("publication", line, "given", "source line", (layer.start, layer.end)))
    for index, line_span in spans.items():
        if index not in (shape.title, shape.source):
            where = (line_span.start, line_span.end)
            facts.append(Fact("url", blocks[index], "given", "source line", where))
    return facts
