"""Names in running text, for one document at a time: an edition's lists and the text in, names out.

What the collection's headings, signatures and lists name is read once and kept while the edition is
open, and a document takes milliseconds; less where its names were found after the build.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from regesta.describing.mentions.find import Mention, find_mentions
from regesta.describing.mentions.lexicon import Counts, Lexicon, learn, observe
from regesta.describing.mentions.links import Directory, link_persons
from regesta.describing.mentions.runs import find_runs
from regesta.describing.persons.names import parse_name
from regesta.documents import Document, Mark
from regesta.documents.base import Value
from regesta.documents.ids import label_id
from regesta.edition.building.rows import Row
from regesta.edition.named.store import FoundName
from regesta.edition.record.store import Record
from regesta.edition.results import Regest

if TYPE_CHECKING:
    from regesta.edition.edition import Edition

#: Collections whose names are kept in memory.
KEPT = 48
#: Places of the index, or words that are none, and persons of lists, kept in memory.
PLACES_KEPT = 20_000
#: Documents that hold a surname and are looked into for one person, at most.
LOOKED_INTO = 500
#: Texts are looked at so far, in characters: a book would take seconds.
LONGEST = 1_000_000
#: Voices that say the name of a party, a place of writing: facts tell of them, not names.
_FRAME = ("heading", "dateline", "closer", "signature")
_GIVEN = {"person": "person", "place": "place", "organisation": "organisation"}


class NameInText(Value, frozen=True):
    """A name that a document's text mentions.

    Attributes:
        kind: "person", "place", "power" or "organisation".
        words: The words as printed, with titles.
        name: The name alone; of a power its name in English.
        id: Id of the person among the edition's authorities, of the place in the place index, or
            "" where nobody or more than one fits.
        label: What that id is called, or "".
        origin: "given" by the source's mark-up or "derived".
        rule: What announced it: "title", "full name", "known name", "gazetteer"…
        confidence: 0 to 1.
        span: ``[start, end)`` in code points of the text, or of the note.
        note: Number of the footnote in which it stands, from 1; 0 is the text.
    """

    kind: str
    words: str
    name: str
    id: str
    label: str
    origin: str
    rule: str
    confidence: float
    span: tuple[int, int]
    note: int


@dataclass(frozen=True, slots=True)
class _Known:
    """What a collection's headings, signatures, lists and datelines name."""

    lexicon: Lexicon
    people: Directory


class Namer:
    """Finds names in the documents of a record; safe to share between threads."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._lock = threading.Lock()
        self._places: dict[str, tuple[str, str]] = {}
        self._persons: dict[str, tuple[str, str]] = {}

    def names(
        self,
        document: Document,
        *,
        longest: int = LONGEST,
        notes: bool = True,
        given: bool = True,
        kept: "Sequence[FoundName] | None" = None,
    ) -> list[NameInText]:
        """The names in a document's text and footnotes, in order; those of its frame left out.

        Args:
            document: The document.
            longest: The text is looked at up to so many characters.
            notes: Whether those in its footnotes are given too; they teach in any case.
            given: Whether those that its source marks are given too.
            kept: What :meth:`found` gave of the whole document; None: it is looked for.
        """
        found = self.found(document, longest=longest, notes=notes) if kept is None else kept
        texts = [document.text, *(note.text for note in document.notes)]
        rows = self._given(document, notes=notes) if given else []
        for one in found:
            if (one.note and not notes) or (not one.note and one.end > longest):
                continue
            id, label = (one.id, one.label) if one.kind != "place" else self._place(one.name)
            rows.append(
                NameInText(
                    kind=one.kind,
                    words=" ".join(texts[one.note][one.start : one.end].split()),
                    name=one.name,
                    id=id,
                    label=label,
                    origin="derived",
                    rule=one.rule,
                    confidence=one.confidence,
                    span=(one.start, one.end),
                    note=one.note,
                )
            )
        return sorted(rows, key=_place_of)

    def found(
        self, document: Document, *, longest: int = LONGEST, notes: bool = True
    ) -> list[FoundName]:
        """The names that no mark of the source gives, in order; arguments as for :meth:`names`."""
        known = self._of(document.collection)
        counts = Counts()
        whole = document.text[:longest]
        runs = list(find_runs(whole))  # to find them is half of the work
        observe(counts, whole, runs)
        for note in document.notes:
            observe(counts, note.text)
        lexicon = learn(counts, base=known.lexicon)
        date = document.date
        year = int(date.earliest[:4]) if date and date.earliest else None
        frame = _frame(document)
        mentions = find_mentions(whole, lexicon, year=year, runs=runs)
        if frame:
            mentions = [m for m in mentions if not _inside(frame, m.start)]
        marks = [m for m in document.marks if m.kind in _GIVEN and not _inside(frame, m.start)]
        rows = _beside_marks(document.text, mentions, marks, known, 0)
        for n, note in enumerate(document.notes if notes else (), 1):
            inside = find_mentions(note.text, lexicon, year=year)
            rows += _beside_marks(note.text, inside, note.marks, known, n)
        return rows

    def _given(self, document: Document, *, notes: bool) -> list[NameInText]:
        """What the source marks as a name."""
        frame = _frame(document)
        marks = [m for m in document.marks if m.kind in _GIVEN and not _inside(frame, m.start)]
        rows = [self._marked(document.text, mark, 0) for mark in marks if mark.start < mark.end]
        for n, note in enumerate(document.notes if notes else (), 1):
            rows += [
                self._marked(note.text, mark, n)
                for mark in note.marks
                if mark.kind in _GIVEN and mark.start < mark.end
            ]
        return rows

    def _marked(self, text: str, mark: Mark, note: int) -> NameInText:
        words = " ".join(text[mark.start : mark.end].split())
        id, label = "", ""
        if mark.kind == "place":
            id, label = self._place(mark.value or words)
        elif mark.target:
            id, label = self._person(mark.target)
        return NameInText(
            kind=_GIVEN[mark.kind],
            words=words,
            name=words,
            id=id,
            label=label,
            origin="given",
            rule="mark-up",
            confidence=1.0,
            span=(mark.start, mark.end),
            note=note,
        )

    def _person(self, target: str) -> tuple[str, str]:
        """Whom a mark means: id and label of the person whom a list has under that id."""
        found = self._persons.get(target)
        if found is None:  # as with places below
            row = self._record.row(
                "SELECT a.id, a.label FROM authority_names n JOIN authorities a "
                "ON a.n = n.authority WHERE n.listed = ? LIMIT 1",
                (target,),
            )
            if len(self._persons) >= PLACES_KEPT:
                self._persons.clear()
            found = self._persons[target] = (row[0], row[1]) if row else ("", "")
        return found

    def _place(self, name: str) -> tuple[str, str]:
        found = self._places.get(name)
        if found is None:  # a record never changes, and most places are named time and again
            row = self._record.row(
                "SELECT key, label FROM entries WHERE name = 'place' AND key = ?", (label_id(name),)
            )
            if len(self._places) >= PLACES_KEPT:
                self._places.clear()
            found = self._places[name] = (row[0], row[1]) if row else ("", "")
        return found

    def _of(self, collection: str) -> _Known:
        with self._lock:
            if collection in self._known:
                self._known.move_to_end(collection)
                return self._known[collection]
        known = self._load(collection)
        with self._lock:
            self._known[collection] = known
            while len(self._known) > KEPT:
                self._known.popitem(last=False)
        return known

    def _load(self, collection: str) -> _Known:
        rows, places = known_rows(self._record, collection)
        people = {row[0]: (row[0], row[1], row[2]) for row in rows}
        lexicon = learn(
            Counts(),
            persons={row[3] for row in rows if row[4]},
            parties={row[3] for row in rows if not row[4]},
            places={place for (place,) in places},
        )
        return _Known(lexicon, Directory(people.values()))


def known_rows(record: Record, collection: str) -> tuple[list[Row], list[Row]]:
    """What a collection names: its persons (id, label, note, name, listed), and its datelines."""
    persons = record.rows(
        "SELECT a.id, a.label, a.note, n.name, n.listed FROM authority_names n "
        "JOIN authorities a ON a.n = n.authority "
        "WHERE n.collection = ? AND a.kind = 'person' ORDER BY a.rank, n.place",
        (collection,),
    )
    places = record.rows(
        "SELECT DISTINCT place FROM documents WHERE collection = ? AND place <> '' ORDER BY 1",
        (collection,),
    )
    return persons, places


def _frame(document: Document) -> list[tuple[int, int]]:
    return [(x.start, x.end) for x in document.layers if x.kind in _FRAME]


def _inside(frame: Sequence[tuple[int, int]], at: int) -> bool:
    return any(start <= at < end for start, end in frame)


def _beside_marks(
    text: str, mentions: Sequence[Mention], marks: Iterable[Mark], known: _Known, note: int
) -> list[FoundName]:
    """What was found beside what the source marks as a name, in order."""
    given = [(m.start, m.end) for m in marks if m.kind in _GIVEN and m.start < m.end]
    rows = []
    bearers = link_persons(text, mentions, known.people)
    for mention, bearer in zip(mentions, bearers, strict=True):
        if given and any(a < mention.end and mention.start < b for a, b in given):
            continue
        id, label = (bearer.id, bearer.label) if bearer else ("", "")
        rows.append(
            FoundName(mention.kind, mention.name, mention.rule, mention.confidence,
                      mention.start, mention.end, note, id, label)
        )  # fmt: skip
    return rows


def _place_of(name: NameInText) -> tuple[int, int]:
    return name.note, name.span[0]


def mentioning(
    edition: "Edition", id: str, label: str, *, limit: int
) -> list[tuple[Regest, tuple[NameInText, ...]]]:
    """Documents whose text names a person, by date, with the names.

    The words of the surname are searched for, and each document is looked into: a namesake's
    papers are not among them.

    Args:
        edition: The edition.
        id: The person, among the edition's authorities.
        label: The name, in either order.
        limit: Documents at most.
    """
    words = label.partition(",")[0].strip() or label
    surname = parse_name(label).surname
    if not surname:
        return []
    found = edition.search(
        " ".join(words.replace('"', " ").split()),
        sort="date",
        limit=LOOKED_INTO,
        snippets=False,
    )
    ids: list[tuple[str, tuple[NameInText, ...]]] = []
    for document in edition.documents(ids=[hit.regest.id for hit in found.hits]):
        names = tuple(n for n in edition.names.of(document) if n.kind == "person" and n.id == id)
        if names:
            ids.append((document.id, names))
        if len(ids) == limit:
            break
    regests = edition.regests([document for document, _ in ids])
    return list(zip(regests, (names for _, names in ids), strict=True))
