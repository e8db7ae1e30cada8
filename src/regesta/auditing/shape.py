"""Documents that look mis-split: a second or a later paper inside, no beginning, the next's head.

In come documents in order; of the last one its end is kept.
"""

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator
from functools import cache

import msgspec

from regesta.auditing.base import Auditor, Desk, Finding
from regesta.auditing.compare_dates import shown
from regesta.auditing.dates import enclosure_at
from regesta.auditing.words import folded, one_line, said_openly
from regesta.documents import Collection, Document, Enclosure, HistoricalDate, Layer, resolve
from regesta.vocabularies import vocabulary

#: Lines above a second head in which it may be announced as an enclosure.
ABOVE = 4
#: A heading shorter than this may stand at another's end by chance, in words.
SHORTEST = 4
#: A dateline is shorter than this, in characters.
DATELINE = 110
#: Where a document of this length begins in the middle of a sentence, its head is lost.
LONGEST_LINE = 300
#: A paper so many days later than the one around it is surely none that it encloses; over so many
#: one of the two years is wrong, which is another finding.
SURELY_LATER, ANOTHER_AGE = 2, 36_525


@cache
def _connectors() -> frozenset[str]:
    return frozenset(vocabulary("audit_words")["connector"])


@cache
def _added() -> tuple[str, ...]:
    return tuple(vocabulary("audit_words")["added_later"])


@cache
def _announces() -> tuple[str, ...]:
    return tuple(vocabulary("audit_words")["enclosure"])


class ShapeAuditor(Auditor):
    """Looks at where documents begin and end."""

    looks_at = (
        "documents that look mis-split: no beginning, a second head, the next one's head, a paper "
        "inside that is later"
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._last: tuple[Document | None, tuple[int, int]] = (None, (0, 0))

    def document(self, document: Document) -> Iterable[Finding]:
        """Give what is wrong with its beginning, its middle, and the end of the last one."""
        if any(layer.kind == "dateline" for layer in document.layers):
            yield from _second_letter(document)
        elif not document.enclosures:
            yield from self._second_in_lines(document)
        yield from _later_inside(document)
        yield from _no_beginning(document)
        yield from self._tail(document)
        start = document.text.rfind("\n", 0, len(document.text.rstrip())) + 1
        self._last = (document, (start, len(document.text.rstrip())))

    def collection(self, collection: Collection) -> Iterable[Finding]:
        """Forget the last document."""
        self._last = (None, (0, 0))
        return ()

    def _second_in_lines(self, document: Document) -> Iterator[Finding]:
        """In a text without mark-up: a name alone on its line, a heading, a dateline."""
        lines = list(_lines(document.text))
        for i in range(3, len(lines) - 1):
            (a, b), (c, d) = lines[i - 1], lines[i]
            if not _is_heading(document.text[c:d]) or not _is_name(document.text[a:b]):
                continue
            start, end = lines[i + 1]
            dates = self.desk.dates(document.text, start, end) if end - start < DATELINE else ()
            if not any(len(date.edtf) == 10 and not date.received for date in dates):
                continue
            if document.text[start].islower() or _announced(document, Layer("heading", c, d)):
                continue
            yield _finding(
                document,
                "document.second-letter",
                "After a signature another heading and another dateline stand here.",
                (c, end),
                {"first": document.heading, "second": one_line(document.text[c:d])},
                0.6,
            )
            return

    def _tail(self, document: Document) -> Iterator[Finding]:
        last, (start, end) = self._last
        if last is None or last.source.path != document.source.path or document.parent:
            return
        line = last.text[start:end]
        words = folded(line)
        if len(words) < SHORTEST or words != folded(document.heading) or start == 0:
            return
        yield _finding(
            last,
            "document.next-head",
            f"Its last line is the heading of {document.id}.",
            (start, end),
            {"last line": one_line(line), "heading of the next": document.heading},
            0.85,
            others=(document.id,),
        )


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Where the lines of a text stand that are not empty."""
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, start + len(line)
        start += len(line) + 1


def _is_heading(line: str) -> bool:
    """Whether a line names two parties and is no sentence."""
    words = line.split()
    if not 3 <= len(words) <= 16 or not line[0].isupper():
        return False
    small = sum(word[0].islower() for word in words)
    return any(word in _connectors() for word in words[1:-1]) and small <= 1 + len(words) // 3


def _is_name(line: str) -> bool:
    """Whether a line is a name: a few words with capitals, as a signature is."""
    words = line.strip(" .,").split()
    return (
        0 < len(words) <= 6 and all(word[0].isupper() for word in words) and line[-1] not in ":;?"
    )


def _second_letter(document: Document) -> Iterator[Finding]:
    """A signature, then a heading and a dateline that are marked as no enclosure."""
    own = [layer for layer in document.layers if not enclosure_at(document, layer.start)]
    signed = next((x for x in own if x.kind in ("signature", "closer")), None)
    first = next((x for x in own if x.kind == "dateline"), None)
    if signed is None or first is None or first.start > signed.start:
        return
    later = [x for x in own if x.start >= signed.end]
    for one, two in itertools.pairwise(later):
        if one.kind != "heading" or two.kind != "dateline":
            continue
        if document.text[one.end : two.start].strip() or _announced(document, one):
            continue
        if document.text[one.start : one.end].strip(" .[]").isupper():
            continue  # a title in capitals belongs to a paper printed with the letter
        yield _finding(
            document,
            "document.second-letter",
            "After the signature another letter begins; it is marked neither as a document nor "
            "as an enclosure.",
            (one.start, two.end),
            {"first": document.heading, "second": one_line(document.text[one.start : one.end])},
            0.6,
        )
        return


def _announced(document: Document, layer: Layer) -> bool:
    """Whether the lines above a head, or the head itself, say that it is an enclosed paper."""
    above = document.text[: layer.end].rsplit("\n", ABOVE + 1)[1:]
    lines = [line.lower().lstrip(" [(“\"'") for line in above]
    return any(line.startswith(_announces()) for line in lines)


def _later_inside(document: Document) -> Iterator[Finding]:
    """The first enclosed paper that was written after the one which encloses it.

    Either a date is wrong, or the paper belongs to another document.
    """
    if document.date is None or not document.date.day:
        return
    around = dt.date.fromisoformat(document.date.day)
    for enclosure in document.enclosures:
        found = _day_of(enclosure)
        if found is None:
            continue
        day, (start, end) = found
        days = (day - around).days
        begins = document.text[enclosure.start : end].lower().lstrip(" [(")
        if not 0 < days < ANOTHER_AGE or begins.startswith(_added()):
            continue
        if said_openly(document, start, end):
            continue
        yield msgspec.structs.replace(
            _finding(
                document,
                "document.later-inside",
                f"It was written {days} day{'s' if days > 1 else ''} after the paper that is "
                "said to enclose it.",
                (start, end),
                {"document": shown(around.isoformat()), "paper inside": shown(day.isoformat())},
                0.85 if days >= SURELY_LATER else 0.7,
            ),
            enclosure=enclosure.id,
        )
        return


def _day_of(enclosure: Enclosure) -> tuple[dt.date, tuple[int, int]] | None:
    facts = resolve(enclosure.facts, "date")
    date = facts[0].value if facts else None
    if not facts or facts[0].span is None:
        return None
    if not isinstance(date, HistoricalDate) or not date.day:
        return None
    return dt.date.fromisoformat(date.day), facts[0].span


def _no_beginning(document: Document) -> Iterator[Finding]:
    """No heading, no dateline, and a first letter in lower case."""
    text = document.text
    if not text[:1].islower() or document.heading or document.parent:
        return
    if any(layer.kind in ("heading", "dateline") for layer in document.layers):
        return
    end = text.find("\n")
    end = min(len(text) if end < 0 else end, 80)
    if document.date is not None or len(text) < LONGEST_LINE:
        return
    yield _finding(
        document,
        "document.no-beginning",
        "It begins in the middle of a sentence, without heading or date.",
        (0, end),
        {"begins": one_line(text[:end])},
        0.6,
    )


def _finding(
    document: Document,
    kind: str,
    why: str,
    span: tuple[int, int],
    values: dict[str, str],
    confidence: float,
    others: tuple[str, ...] = (),
) -> Finding:
    return Finding(
        document=document.id,
        collection=document.collection,
        kind=kind,
        why=why,
        words=document.text[slice(*span)],
        span=span,
        values=values,
        confidence=confidence,
        others=others,
    )
