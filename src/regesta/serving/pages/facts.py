"""The rail of a document: its facts in, rows with origin, proving words and rule out."""

from dataclasses import dataclass

from markupsafe import Markup

from regesta.documents import Document, Fact, HistoricalDate, Party, Place, Subject
from regesta.edition import Edition
from regesta.serving.pages.links import day_url, index_url
from regesta.serving.pages.regests import origin_mark
from regesta.serving.pages.words import date_words, language_name, party_in_full, shorten

#: Fields of the rail in order: name shown, and what is said where nothing is known ("" leaves
#: the row out).
_FIELDS = (
    ("date", "Date", "not known"),
    ("sender", "From", "not known"),
    ("recipient", "To", "not known"),
    ("received", "Received", ""),
    ("place", "Place", "not known"),
    ("kind", "Kind", ""),
    ("number", "Number", ""),
    ("file_number", "File", ""),
    ("language", "Language", ""),
    ("publication", "Printed in", ""),
    ("repository", "Kept at", ""),
    ("source_note", "Source", ""),
    ("title", "Title", ""),
    ("author", "Author", ""),
    ("summary", "Summary", ""),
    ("subject", "Subject", ""),
)
#: Fields whose value leads to an index.
_INDEXED = {"sender": "author", "recipient": "recipient", "place": "place", "subject": "subject"}
#: The rule of subjects that an index gives by pages; what is so sure is the document's own, and
#: what is less sure than that is as likely another's.
_BY_PAGE, _SURE, _PERHAPS = "index", 0.9, 0.4
#: What is odd about a date, as its row says it.
MARK_WORDS = {
    "impossible": "No calendar has this day.",
    "offset": "The two days printed do not lie as far apart as the calendars do.",
    "weekday": "The weekday printed is another day's.",
    "style": "The style printed does not fit the day.",
    "double year": "The two years printed do not follow each other.",
    "damaged": "Read from damaged print.",
    "new moon": "By the new moon seen, a day more or less.",
}
#: Longest quotation of proving words, in characters.
_QUOTED = 160


@dataclass(frozen=True, slots=True)
class ShownFact:
    """A row of the rail."""

    key: str
    label: str
    value: str
    origin: Markup
    url: str = ""
    quote: str = ""
    why: str = ""
    anchor: str = ""
    person: str = ""


#: Answers that are kept, for all pages of an edition; a few dozen megabytes at most.
_MOST_KNOWN = 200_000
#: An index of no more entries is read as a whole, in some ten milliseconds: a text names many that
#: have no entry, and each of them would be asked for twice.
_SMALL = 8_000


class Index:
    """Looks index entries up by id or label; knows which were asked before."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.known: dict[tuple[str, str], str] = {}
        self._whole: dict[str, dict[str, str] | None] = {}

    def url(self, name: str, *keys: str) -> str:
        """The page of the first key that is an entry, or ""."""
        for key in keys:
            if not key or len(key) > 300:
                continue
            if name not in self._whole:
                self._whole[name] = self._read(name)
            person = "#" in key or "://" in key
            if (whole := self._whole[name]) is not None and not person:
                if key in whole:
                    return index_url(name, whole[key])
                continue
            if (name, key) not in self.known:
                if len(self.known) > _MOST_KNOWN:
                    self.known.clear()
                id = self.edition.entry_id(name, key)
                self.known[name, key] = index_url(name, id) if id else ""
            if found := self.known.get((name, key), ""):
                return found
        return ""

    def _read(self, name: str) -> dict[str, str] | None:
        """Ids and labels of a small index → id; an id goes before a label that is spelt like it."""
        if self.edition.index_size(name) > _SMALL:
            return None
        entries = list(self.edition.index(name, documents=False))
        labels = {entry.label: entry.id for entry in reversed(entries)}
        return labels | {entry.id: entry.id for entry in entries}


def _value_words(fact: Fact) -> str:
    value = fact.value
    if isinstance(value, HistoricalDate):
        return date_words(value)
    if isinstance(value, Party):
        return party_in_full(value)
    if isinstance(value, Place):
        return value.name
    if isinstance(value, Subject):
        return ": ".join((*value.path, value.label))
    return language_name(value) if fact.field == "language" else value


def _value_link(fact: Fact, index: Index) -> str:
    value, name = fact.value, _INDEXED.get(fact.field, "")
    if isinstance(value, HistoricalDate):
        return day_url(value.day) if value.day and fact.field == "date" else ""
    if isinstance(value, Party):
        return index.url(name, value.person, value.label)
    if isinstance(value, (Place, Subject)):
        return index.url(name, _value_words(fact))
    return ""


def _why(fact: Fact, document: Document) -> str:
    """How the value came to be, in a sentence or two."""
    value, said = fact.value, []
    if _is_of_pages(fact):
        said.append(
            "The index gives this heading for pages on which this document stands; other papers "
            "stand there too, and the heading may be theirs."
        )
    elif fact.origin == "given":
        said.append(
            f"Marked in the source ({fact.rule})." if fact.rule else "Marked in the source."
        )
    elif fact.origin == "decided":
        said.append(f"Decided by an editor: {fact.rule}." if fact.rule else "Decided by an editor.")
    elif fact.rule:
        said.append(f"Rule {fact.rule}.")
    if isinstance(value, HistoricalDate):
        if value.calendar not in ("gregorian", "unknown"):
            said.append(f"Printed in the {value.calendar} calendar.")
        if value.edtf:
            said.append(f"EDTF {value.edtf}.")
        said += [MARK_WORDS[mark] for mark in value.marks if mark in MARK_WORDS]
    if isinstance(value, Party) and value.power:
        said.append(f"Speaks for {value.power}.")
    if isinstance(value, Place) and value.latitude is not None and value.longitude is not None:
        ns, ew = "N" if value.latitude >= 0 else "S", "E" if value.longitude >= 0 else "W"
        said.append(f"{abs(value.latitude):.2f} {ns}, {abs(value.longitude):.2f} {ew}.")
    if fact.confidence < 1:
        said.append(f"Confidence {fact.confidence:.2f}.")
    return " ".join(said)


def _is_of_pages(fact: Fact) -> bool:
    """Whether an index names the pages of a document, which may mean another on them."""
    return fact.field == "subject" and fact.rule == _BY_PAGE and fact.confidence < _SURE


def _mark(fact: Fact) -> Markup:
    """How a value came to be: its mark and word; of the pages of an index, how far it goes."""
    if not _is_of_pages(fact):
        return origin_mark(fact.origin, words=True)
    words = "perhaps" if fact.confidence < _PERHAPS else "these pages"
    return Markup('{}<span class="o derived"></span>').format(words)


def _quote(fact: Fact, document: Document) -> str:
    if fact.span and 0 <= fact.span[0] < fact.span[1] <= len(document.text):
        return shorten(" ".join(document.text[slice(*fact.span)].split()), _QUOTED)
    if isinstance(fact.value, HistoricalDate):
        return fact.value.printed
    return ""


def show_facts(
    document: Document, index: Index
) -> tuple[list[ShownFact], list[tuple[str, int, int]]]:
    """The rows of the rail, and (id, start, end) of the words that prove them."""
    rows: list[ShownFact] = []
    rows_said: dict[str, str] = {}
    proofs: dict[tuple[int, int], str] = {}
    for field, label, missing in _FIELDS:
        facts = document.resolved(field)
        if field == "subject":
            facts = sorted(facts, key=lambda fact: -fact.confidence)
        if not facts and missing and not (field == "sender" and document.word("author")):
            none = field in ("sender", "recipient") and document.word("parties")
            rows.append(ShownFact(field, label, none or missing, Markup("")))
        for k, fact in enumerate(facts):
            words = _value_words(fact)
            if not words or (field == "source_note" and words.endswith(rows_said.get("File", "?"))):
                continue
            rows_said[label] = words
            anchor = ""
            if fact.span and 0 <= fact.span[0] < fact.span[1] <= len(document.text):
                anchor = proofs.setdefault(fact.span, f"e-{field}{k or ''}")
            rows.append(
                ShownFact(
                    key=field,
                    label=label if not k else "",
                    value=shorten(words, 400),
                    origin=_mark(fact),
                    url=_value_link(fact, index),
                    quote=_quote(fact, document),
                    why=_why(fact, document),
                    anchor=anchor,
                )
            )
    return rows, [(key, *span) for span, key in proofs.items()]
