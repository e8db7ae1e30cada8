"""Citations: a document and its collection in, one citation out, in the house forms.

What is not known is left out; nothing is filled in to make a form complete.
"""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from regesta.documents import Collection, Document, HistoricalDate, Party
from regesta.documents.display import display
from regesta.errors import UnknownValue
from regesta.exporting.citations import cite_formats
from regesta.exporting.citations.cite_passage import Passage, note_words, pages_of
from regesta.vocabularies import vocabulary

#: Local ids that are a series' own number of the document; others are file names of the user's.
_NUMBERED = re.compile(r"(?:d|doc|no)?[-_.]?(\d+[a-z]?)$")
#: All of a document.
WHOLE = Passage()
_SENTENCE_END = (".", "!", "?", "…")


@dataclass(frozen=True, slots=True)
class Parts:
    """What a citation is made of; "" for what is not known.

    Attributes:
        heading: Its printed heading without the full stop.
        senders, recipients: As phrases: "the Ambassador in Russia (Francis)".
        what: "telegram no. 521".
        where: Place of writing.
        when: "25 October 1918, 7 p.m.".
        title: Of the collection.
        printed: Where it was printed before ("Izvestia, 25 July 1918").
        which: "doc. 101".
        pages: "80–82"; of a passage or a note, its own.
        kept: Where the original is kept, with its file number.
        note: "n. 3" where a note is cited.
        enclosing: "enclosed in doc. 31", where another paper encloses it.
        slipped: Whether ``when`` is the printed date, against the mark-up's.
    """

    document: Document
    collection: Collection
    heading: str
    senders: str
    recipients: str
    what: str
    where: str
    when: str
    title: str
    which: str
    pages: str
    printed: str
    kept: str = ""
    note: str = ""
    enclosing: str = ""
    slipped: bool = False

    @property
    def town(self) -> str:
        """Where the collection was published, if its publisher's words end with it."""
        whole, place = self.collection.publisher, self.collection.publisher_place
        return place if whole.endswith(f", {place}") else ""

    @property
    def publisher(self) -> str:
        """Who published the collection, without the place where that is known."""
        return self.collection.publisher.removesuffix(f", {self.town}")

    @property
    def imprint(self) -> str:
        """ "Washington: Government Printing Office, 1932", as far as it is known."""
        named = ": ".join(filter(None, (self.town, self.publisher)))
        return ", ".join(filter(None, (named, self.collection.published)))

    @property
    def exchange(self) -> str:
        """Who wrote to whom, or the heading where the writer is not known."""
        if not self.senders:
            return "" if self.dated_heading else self.heading or self.what
        return f"{self.senders} to {self.recipients}" if self.recipients else self.senders

    @property
    def dated_heading(self) -> bool:
        """Whether the heading is nothing but the date, which a citation gives by itself."""
        date = self.document.date
        return date is not None and self.heading in (date.printed.rstrip(". "), self.when)

    @property
    def place_and_day(self) -> tuple[str, str]:
        """Where and when, each "" where the heading that opens the citation says it already."""
        if self.senders or self.dated_heading or self.slipped:
            return self.where, self.when
        date, heading = self.document.date, self.heading
        told = date is not None and any(day in heading for day in _shapes(date, self.when))
        where = "" if told and self.where in heading else self.where
        return where, "" if told else self.when

    @property
    def page_words(self) -> str:
        """ "p. 80" or "pp. 80–82"."""
        if not self.pages:
            return ""
        return f"{'pp.' if '–' in self.pages else 'p.'} {self.pages}"


def cite(
    document: Document,
    collection: Collection,
    *,
    style: str = "note",
    passage: Passage = WHOLE,
    source: bool = False,
    link: str = "",
    printed_date: str = "",
) -> str:
    """Cite a document, a passage or a note of it.

    Args:
        document: The document.
        collection: Its collection.
        style: "note" (series footnote), "chicago" (note), "chicago-bibliography", "mla", "iso690",
            "bibtex", "ris", "csl-json".
        passage: What of it is cited: then its own pages stand there, and the note's mark.
        source: Whether it is added where the original is kept (the first five styles).
        link: A permalink to add, or "" (the first five styles).
        printed_date: The date as printed, where the mark-up's is a certain slip: then both stand
            there, and programs are told neither for the day.

    Returns:
        The citation, one line in the first five styles.

    Raises:
        UnknownValue: Another style.
    """
    if style not in STYLES:
        raise UnknownValue(f"no citation style is named {style!r}", f"styles: {', '.join(STYLES)}")
    parts = parts_of(document, collection, passage, printed_date=printed_date)
    made = STYLES[style](parts)
    if style in FOR_PROGRAMS:
        return made
    if source and parts.kept:
        made = f"{made} {_closed(f'Source: {parts.kept}')}"
    return f"{made} {link}." if link else made


_last: Parts | None = None
"""Of the last whole document: a page cites its document ten times, in one form after another."""


def parts_of(
    document: Document,
    collection: Collection,
    passage: Passage = WHOLE,
    *,
    printed_date: str = "",
) -> Parts:
    """Take from a document what a citation is made of; ``printed_date`` as in :func:`cite`."""
    global _last
    last = _last
    if last and last.document is document and last.collection is collection and passage is WHOLE:
        made = last
    else:
        made = _parts_of(document, collection, passage)
        if passage is WHOLE:
            _last = made
    return _with_printed_date(made, printed_date) if printed_date else made


def _parts_of(document: Document, collection: Collection, passage: Passage) -> Parts:
    kind, number = document.word("kind"), document.word("number")
    what = " ".join(filter(None, (kind, number and f"no. {number}")))
    local = document_number(document)
    above = _number_of(document.parent)
    return Parts(
        document=document,
        collection=collection,
        heading=document.heading.rstrip(". "),
        senders=_phrase(document.senders) or document.word("author"),
        recipients=_phrase(document.recipients),
        what=what,
        where=document.place.name if document.place else "",
        when=display(document.date) if document.date else "",
        title=collection.title.rstrip(". "),
        which=f"doc. {local}" if local else "",
        pages=page_range(pages_of(document, passage)),
        printed=document.word("publication").rstrip(". "),
        kept=_kept(document),
        note=note_words(document, passage),
        enclosing=f"enclosed in doc. {above}" if above else "",
    )


def _with_printed_date(parts: Parts, printed: str) -> Parts:
    """Both dates, each by its name: nothing is mended unseen."""
    marked = f" [marked up as {parts.when}]" if parts.when else ""
    return replace(parts, when=f"“{printed}”{marked}", slipped=True)


def _kept(document: Document) -> str:
    """Where the original is kept: the edition's own source note, else repository and file."""
    if note := document.word("source_note"):
        return " ".join(note.split()).rstrip(". ")
    file = document.word("file_number")
    return ", ".join(filter(None, (document.word("repository").rstrip(". "), file)))


def document_number(document: Document) -> str:
    """The series' own number of a document, "" where its local id is a file name of the user's."""
    return _number_of(document.id)


def _number_of(id: str) -> str:
    local = _NUMBERED.match(id.rpartition("/")[2])
    return local[1] if local else ""


def page_range(pages: Sequence[str]) -> str:
    """ "80–82" of printed page numbers, brackets of supplied ones kept."""
    if not pages:
        return ""
    return pages[0] if pages[0] == pages[-1] else f"{pages[0]}–{pages[-1]}"


def _shapes(date: HistoricalDate, shown: str) -> tuple[str, ...]:
    """A date as headings print it: as it stands, as we show it, and as Americans write it."""
    day = dt.date.fromisoformat(date.day) if date.day else None
    months = vocabulary("date_display")["en"]["months"]  # Python's own follow the locale
    american = f"{months[day.month - 1]} {day.day}, {day.year}" if day else ""
    return tuple(filter(None, (date.printed.rstrip(". "), shown, american)))


def _phrase(parties: Sequence[Party]) -> str:
    phrases = list(dict.fromkeys(filter(None, map(_party, parties))))
    if len(phrases) > 3:
        return f"{phrases[0]} and others"
    return " and ".join([", ".join(phrases[:-1]), phrases[-1]] if phrases[1:] else phrases)


def _party(party: Party) -> str:
    if not party.office:
        return party.name or party.power
    office = party.office if party.office[:4].lower() == "the " else f"the {party.office}"
    return f"{office} ({party.name})" if party.name else office


def _note(parts: Parts) -> str:
    return _sentence(
        parts.exchange,
        parts.what if parts.senders else "",
        *parts.place_and_day,
        parts.enclosing,
        parts.printed,
        parts.title,
        parts.which,
        parts.page_words,
        parts.note,
    )


def _chicago(parts: Parts) -> str:
    volume = f"in {parts.title}" + (f" ({parts.imprint})" if parts.imprint else "")
    # Page and note stand together ("80n3"), as the manual has them (14.157, 17th edition).
    pages = parts.pages + (parts.note.replace(". ", "") if parts.pages else "")
    return _sentence(
        parts.exchange, *parts.place_and_day, parts.enclosing, parts.printed,
        volume if parts.title else "", parts.which, pages or parts.note,
    )  # fmt: skip


def _chicago_bibliography(parts: Parts) -> str:
    """A part of an edited volume (14.107): author, what it is, place and day, volume, imprint."""
    title = "" if parts.dated_heading else parts.heading or _capital(parts.what)
    quoted = f"“{_closed(title)}”" if title else ""
    day = ", ".join(filter(None, (*parts.place_and_day, parts.enclosing)))
    where = ", ".join(filter(None, (parts.title, parts.which, parts.pages)))
    volume = f"In {where}" if parts.title else where
    rest = map(_closed, (_capital(day), volume, parts.imprint))
    pieces = (_closed(_capital(parts.senders)), quoted, *rest)
    return " ".join(filter(None, pieces))


def _mla(parts: Parts) -> str:
    title = parts.heading or _capital(parts.what)
    if title and not title.endswith(_SENTENCE_END):
        title += "."
    container = ", ".join(
        filter(
            None,
            (
                parts.enclosing, parts.printed, parts.title, parts.publisher,
                parts.collection.published, parts.which, parts.page_words, parts.note,
            ),
        )
    )  # fmt: skip
    title = "" if parts.dated_heading else title
    opening = [_closed(_capital(parts.senders)), f"“{title}”" if title else ""]
    day = parts.place_and_day[1]
    return " ".join(filter(None, (*opening, _closed(day), _closed(_capital(container)))))


def _iso690(parts: Parts) -> str:
    names = [p.name or p.office or p.power for p in parts.document.senders]
    author = "; ".join(dict.fromkeys(name.upper() for name in names if name))
    title = "" if parts.dated_heading else parts.heading or _capital(parts.what)
    day = ", ".join(filter(None, (*parts.place_and_day, parts.enclosing)))
    imprint = ", ".join(filter(None, (parts.imprint, parts.which, parts.page_words, parts.note)))
    volume = f"In: {_closed(parts.title)}" if parts.title else ""
    pieces = (_closed(author), _closed(title), _closed(_capital(day)), volume, _closed(imprint))
    return " ".join(filter(None, pieces))


def _sentence(*pieces: str) -> str:
    return _closed(_capital(", ".join(filter(None, pieces))))


def _closed(words: str) -> str:
    return words if not words or words.endswith(_SENTENCE_END) else f"{words}."


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def record(parts: Parts) -> cite_formats.Entry:
    """What programs for citations are told of a document."""
    document, collection = parts.document, parts.collection
    return cite_formats.Entry(
        id=document.id,
        authors=tuple(_names(document.senders)) or tuple(filter(None, [document.word("author")])),
        recipients=tuple(_names(document.recipients)),
        title=parts.heading or _capital(parts.what) or document.id,
        container=parts.title,
        date=None if parts.slipped else document.date,
        doubt=f"printed {parts.when}" if parts.slipped else "",
        enclosing=parts.enclosing,
        kind=document.word("kind"),
        number=document.word("number"),
        place=parts.where,
        publisher=parts.publisher,
        address=parts.town,
        published=collection.published,
        pages=parts.pages,
        which=parts.which,
        url=collection.url,
        language=document.word("language"),
    )


def _names(parties: Sequence[Party]) -> list[str]:
    return list(dict.fromkeys(p.label for p in parties if p.label))


#: Styles that programs read, which take no words beside their fields.
FOR_PROGRAMS = frozenset(("bibtex", "ris", "csl-json"))
STYLES: dict[str, Callable[[Parts], str]] = {
    "note": _note,
    "chicago": _chicago,
    "chicago-bibliography": _chicago_bibliography,
    "mla": _mla,
    "iso690": _iso690,
    "bibtex": lambda parts: cite_formats.bibtex(record(parts)),
    "ris": lambda parts: cite_formats.ris(record(parts)),
    "csl-json": lambda parts: cite_formats.csl_json(record(parts)),
}
