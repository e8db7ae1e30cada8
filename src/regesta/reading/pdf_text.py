"""Lines of a PDF's pages into one composed text: paragraphs run over pages, running heads apart.

A PDF knows lines only. Lines that recur at the top or foot of pages are no text of the document:
they are kept as remarks, and the numbers among them tell the printed pages.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from regesta.reading.compose import Composer, Composition, visible
from regesta.reading.lines import Vocabulary, seam, starts_paragraph, vocabulary_of, wrap_width
from regesta.reading.shape import looks_like_title

#: A line is a running head when it recurs (numbers apart) on so many pages and such a share of
#: them: left and right pages carry different ones.
_MIN_PAGES = 3
_MIN_SHARE = 0.3

#: Lines at the top and at the foot of a page that may be running heads.
_EDGE = 2

#: Share of the pages whose number must agree with one count for it to be the printed numbering.
_AGREE = 0.6

_NUMBER = re.compile(r"\d{1,4}")
_BREAK = "\x00"


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page's label in the file and its lines from top to foot."""

    label: str
    lines: list[str]


@dataclass(frozen=True, slots=True)
class PdfText:
    """The text of a PDF, its heading, what was kept apart, and how many characters that was."""

    composition: Composition
    heading: str = ""
    remarks: tuple[str, ...] = ()
    left_out: Counter[str] = field(default_factory=Counter)


def compose_pages(pages: Sequence[PdfPage]) -> PdfText:
    """Compose the pages of a PDF."""
    heads = _running_heads(pages)
    labels = _printed_numbers(pages, heads)
    left_out: Counter[str] = Counter()
    examples: dict[str, list[str]] = {}
    kept: list[tuple[str, list[str]]] = []
    for number, page in enumerate(pages):
        edges = _edges(page.lines)
        apart = {index for index in edges if _key(page.lines[index]) in heads}
        for index in sorted(apart):
            line = page.lines[index].strip()
            left_out += visible(line)
            examples.setdefault(_key(line), []).append(line)
        lines = [line for index, line in enumerate(page.lines) if index not in apart]
        kept.append((labels.get(number, page.label), lines))
    blocks, mended = _paragraphs(kept)
    composer = Composer()
    heading = _write(composer, blocks, [label for label, _ in kept])
    remarks = tuple(
        f"running head on {len(lines)} pages: {lines[0]}" for lines in examples.values()
    )
    return PdfText(composer.finish(), heading, remarks, left_out + Counter({"-": mended}))


def _edges(lines: Sequence[str]) -> list[int]:
    """Indexes of the first and last lines with words."""
    full = [index for index, line in enumerate(lines) if line.strip()]
    return sorted(set(full[:_EDGE] + full[-_EDGE:]))


def _key(line: str) -> str:
    return _NUMBER.sub("#", " ".join(line.casefold().split()))


def _running_heads(pages: Sequence[PdfPage]) -> set[str]:
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update({_key(page.lines[index]) for index in _edges(page.lines)})
    least = max(_MIN_PAGES, _MIN_SHARE * len(pages))
    return {key for key, count in counts.items() if count >= least and len(key) <= 150}


def _printed_numbers(pages: Sequence[PdfPage], heads: set[str]) -> dict[int, str]:
    """Printed page numbers, where the numbers in running heads agree with one count."""
    offsets: Counter[int] = Counter()
    for index, page in enumerate(pages):
        found = {
            int(number) - index
            for line in _edges(page.lines)
            if _key(page.lines[line]) in heads
            for number in _NUMBER.findall(page.lines[line])
        }
        offsets.update(found)
    if not offsets:
        return {}
    offset, count = offsets.most_common(1)[0]
    if count < max(_MIN_PAGES, _AGREE * len(pages)) or offset < 0:
        return {}
    return {index: str(index + offset) for index in range(len(pages))}


def _paragraphs(pages: Sequence[tuple[str, list[str]]]) -> tuple[list[str], int]:
    """Paragraphs with a break sign where a page begins, and how many hyphens were mended."""
    every = [line for _, lines in pages for line in lines]
    width, words = wrap_width(every), vocabulary_of(every)
    blocks: list[list[str]] = []
    before, ended, hyphens = "", True, 0
    for _, lines in pages:
        waiting = _BREAK
        for line in lines:
            text = line.strip()
            if not text:
                ended = ended or not waiting
                continue
            if ended or starts_paragraph(before, line, width):
                blocks.append([waiting + text])
            else:
                hyphens += _join(blocks[-1], text, waiting, words)
            waiting, before, ended = "", line, False
        if waiting:
            blocks.append([waiting])
            ended = True
    return ["".join(block) for block in blocks], hyphens


def _join(block: list[str], text: str, waiting: str, words: Vocabulary) -> int:
    """Join a line to its paragraph; a page that begins inside a divided word begins after it.

    Gives how many hyphens fell.
    """
    fall, between = seam(block[-1], text, words)
    block[-1] = block[-1][: len(block[-1]) - fall]
    if waiting and not between:
        word, space, rest = text.partition(" ")
        block.append(f"{word}{space}{waiting}{rest}")
    else:
        block.append(f"{between}{waiting}{text}")
    return fall


def _write(composer: Composer, blocks: list[str], labels: list[str]) -> str:
    """Write the paragraphs; give the heading where the first is one."""
    plain = [block.replace(_BREAK, "") for block in blocks]
    full = [block for block in plain if block]
    title = len(full) > 1 and looks_like_title(full[0], full[1:])
    heading = full[0] if title else ""
    remaining = iter(labels)
    written = 0
    for block in blocks:
        composer.line_break()
        words = block.strip(_BREAK)
        layer = composer.layer("heading", apart=True) if words and title and not written else None
        span = composer.mark("paragraph")
        for number, piece in enumerate(block.split(_BREAK)):
            if number:
                composer.point("page", next(remaining, ""))
            composer.write(piece)
        composer.close(span)
        if layer is not None:
            composer.close(layer)
        written += bool(words)
    return " ".join(heading.split())
