"""A document laid out for reading in a terminal: facts with their origin, text, notes, citation."""

from collections.abc import Sequence

from regesta.documents import Document, Fact, HistoricalDate, Note, Party, Place, Subject
from regesta.documents.readings import document_readings
from regesta.edition.results import Regest
from regesta.serving.cli.lines import date_words, own_heading, party_full, regest_words
from regesta.serving.cli.output import out, safe, style, width, wrapped

FIELDS = (
    ("date", "Date"),
    ("received", "Received"),
    ("sender", "From"),
    ("author", "Author"),
    ("recipient", "To"),
    ("place", "Place"),
    ("kind", "Kind"),
    ("number", "Number"),
    ("file_number", "File"),
    ("language", "Language"),
    ("subject", "Subject"),
    ("publication", "Published"),
    ("source_note", "Source"),
)
NEVER_MISSING = frozenset({"date", "sender", "recipient", "place"})
"""Fields whose absence is said in words, so that nobody takes it for an oversight."""
_SET_IN = {"quotation": 4, "enclosure": 4, "dateline": 8, "closer": 8, "signature": 8}


def fact_words(fact: Fact) -> str:
    """A fact's value in words."""
    value = fact.value
    if isinstance(value, HistoricalDate):
        old = "" if value.calendar in ("gregorian", "unknown") else f" ({value.calendar})"
        return date_words(value) + old
    if isinstance(value, Party):
        return party_full(value)
    if isinstance(value, Place):
        return value.name
    if isinstance(value, Subject):
        return " — ".join((*value.path, value.label))
    return value


def origin_words(fact: Fact) -> str:
    """Where a fact comes from: "given (tei:correspDesc)", "derived (dateline, 0.9)"."""
    told = [fact.rule] if fact.rule else []
    if fact.confidence < 1:
        told.append(f"{fact.confidence:.2g}")
    return f"{fact.origin} ({', '.join(told)})" if told else fact.origin


def fact_rows(document: Document, *, proof: bool = False) -> list[tuple[str, ...]]:
    """Rows of field, value and origin; with ``proof`` also the words in the text."""
    rows: list[tuple[str, ...]] = []
    for field, label in FIELDS:
        facts = document.resolved(field)
        known = facts or (field == "sender" and document.first("author"))
        if not known and field in NEVER_MISSING:
            none = field in ("sender", "recipient") and document.word("parties")
            rows.append((label, none or "not known", "") + (("",) if proof else ()))
        for fact in facts:
            row = (label, safe(fact_words(fact)), safe(origin_words(fact)))
            rows.append((*row, _words(document, fact)) if proof else row)
            label = ""
    return rows


def _words(document: Document, fact: Fact) -> str:
    if fact.span is None:
        return ""
    start, end = fact.span
    words = " ".join(document.text[start:end].split())
    return safe(f"“{words[:60]}{'…' if len(words) > 60 else ''}” [{start}:{end}]")


def write_document(document: Document, *, citation: str, enclosed: Sequence[Regest] = ()) -> None:
    """Write a document to be read."""
    out(style(safe(date_words(document.date)), bold=True))
    heading = own_heading(document.heading, document.date)
    if heading:
        out(wrapped(heading))
    out()
    _write_facts(document)
    out("─" * width())
    for paragraph in paragraphs(document):
        out()
        out(paragraph)
    if document.notes:
        out()
        out("─" * (width() // 4))
        for position, note in enumerate(document.notes, 1):
            mark = f"{_note_mark(document, note, position)}. "
            out(wrapped(note.text, indent=mark, hanging=" " * len(mark)))
    if hidden := document_readings(document):
        out()
        out("Readings:")
        for reading in hidden:
            out(wrapped(reading.line, indent="  ", hanging="    "))
    if enclosed:
        out()
        out("Encloses:")
        for regest in enclosed:
            out(f"  {regest_words(regest)}  {safe(regest.id)}")
    out("─" * width())
    out(wrapped(citation))
    out(safe(document.id))


def _write_facts(document: Document) -> None:
    rows = fact_rows(document)
    size = max(len(row[0]) for row in rows) + 2
    for label, value, origin in rows:
        told = f"{value} · {origin}" if origin else value
        out(wrapped(told, indent=label.ljust(size), hanging=" " * (size + 2)))


def paragraphs(document: Document) -> list[str]:
    """The text's paragraphs, folded, with marks of notes and printed pages in their places."""
    inserts: dict[int, list[str]] = {}
    for mark in document.marks:
        if mark.kind == "page" and mark.value:
            inserts.setdefault(mark.start, []).append(f"[p. {mark.value}] ")
        elif mark.kind == "gap" and mark.start == mark.end:
            said = f"…: {mark.value.replace(' · ', ', ')}" if mark.value else "…"
            inserts.setdefault(mark.start, []).append(f"[{said}] ")
    for position, note in enumerate(document.notes, 1):
        if note.anchor is not None:
            inserts.setdefault(note.anchor, []).append(f"[{_note_mark(document, note, position)}]")
    places = sorted(inserts)
    found, start = [], 0
    for line in document.text.split("\n"):
        end = start + len(line)
        pieces, at = [], start
        for place in [p for p in places if start <= p <= end]:
            pieces += [document.text[at:place], *inserts.pop(place, [])]
            at = place
        text = "".join([*pieces, document.text[at:end]])
        if text.strip():
            found.append(wrapped(text, indent=" " * _indent(document, start, end)))
        start = end + 1
    return found


def _note_mark(document: Document, note: Note, position: int) -> str:
    """The mark of a note: its own; else its position, which stands for no other note's number."""
    numbered = any(one.n for one in document.notes)
    return note.n or ("*" if numbered else str(position))


def _indent(document: Document, start: int, end: int) -> int:
    """How far a paragraph is set in, by the layers that it lies in."""
    return sum(
        _SET_IN.get(layer.kind, 0)
        for layer in document.layers
        if layer.start <= start and end <= layer.end
    )
