"""What an auditor is: documents go past it in their order, and it says what looks wrong in them.

Auditors are found through the entry-point group ``regesta.auditors``; ours use the same door. They
keep what they need of a collection, never its texts, so that an edition of any size streams by.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from regesta.documents import Calendar, Collection, Document, Value


class Finding(Value, frozen=True):
    """Something that looks wrong, with what an editor needs to decide.

    Attributes:
        document: Id of the document, or "" where it stands in no document (an index entry).
        collection: Id of its collection.
        kind: Field and fault: "date.old-style", "note.unanchored"…
        why: One sentence.
        words: The words, verbatim.
        span: Where they stand in the document's text, ``[start, end)``, or None.
        values: What stands against what, by a label ("printed", "marked up as", "suggested").
        confidence: 0 to 1: how probably an editor would agree.
        enclosure: Id of the enclosed paper in which it stands, or "".
        others: Ids of further documents concerned.
        n: 1, or its number among findings of the same document, kind and words.
    """

    document: str
    collection: str
    kind: str
    why: str
    words: str = ""
    span: tuple[int, int] | None = None
    values: dict[str, str] = {}
    confidence: float = 0.5
    enclosure: str = ""
    others: tuple[str, ...] = ()
    n: int = 1

    @property
    def field(self) -> str:
        """The field that the kind begins with."""
        return self.kind.partition(".")[0]

    @property
    def id(self) -> str:
        """An id that stays the same while document, kind and words do."""
        parts = [self.document or self.collection, self.enclosure, self.kind, self.words]
        parts += sorted(self.others) + [str(self.n)] * (self.n > 1)
        return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]


class Printed(Value, frozen=True):
    """A date as printed, taken apart; see :meth:`Desk.dates`.

    Attributes:
        start, end: Its words in the text.
        edtf: What it stands for, or "" where it is incomplete or impossible.
        year: Its printed year, or None; ``month`` and ``day`` are 0 where none is printed.
        calendar: As printed; "dual" for a pair of Old and New Style.
        pair: Whether it is a pair of days.
        received: Whether the words call it the time of receipt.
        time: Clock time, or None.
    """

    start: int
    end: int
    edtf: str
    year: int | None = None
    month: int = 0
    day: int = 0
    calendar: Calendar = "gregorian"
    pair: bool = False
    received: bool = False
    time: str | None = None


class Pointer(Value, frozen=True):
    """A pointer in a source's mark-up: the id it names, and the words around it."""

    target: str
    words: str = ""


class SourceIds(Value, frozen=True):
    """What a source file names: its ids, and the pointers that lead to none of them."""

    ids: frozenset[str]
    lost: tuple[Pointer, ...] = ()


class Candidate(Value, frozen=True):
    """What is compared of a document before its text is: for finding duplicates."""

    id: str
    collection: str
    characters: int
    senders: str
    recipients: str
    parent: str = ""


class Stranger(Value, frozen=True):
    """A party named in an office that, as all papers around it show, somebody else held.

    Attributes:
        document: Its id.
        office: The office, in words.
        name: The person named there.
        holder: Who held it, as the other papers show.
        day: The document's day.
        before, after: Ids of the papers around it that show so.
    """

    document: str
    office: str
    name: str
    holder: str
    day: str
    before: str = ""
    after: str = ""


class Desk(Protocol):
    """What an auditor may ask besides the documents; the edition hands it in."""

    def dates(self, text: str, start: int, end: int) -> Sequence[Printed]:
        """Every date printed in ``text[start:end]``."""
        ...

    def source_ids(self, document: Document) -> SourceIds | None:
        """Ids and lost pointers of a document's source, or None where they cannot be read."""
        ...

    def strangers(self) -> Iterator[Stranger]:
        """Parties in an office that another held, where the edition has learned tenures."""
        ...

    def same_day(self) -> Iterator[Sequence[Candidate]]:
        """Documents of one day together, day by day, over the whole edition."""
        ...

    def document(self, id: str) -> Document:
        """One document of the edition."""
        ...


class Auditor:
    """Looks at documents as they go past. What a subclass does not need, it leaves as it is.

    Args:
        desk: What may be asked.
    """

    #: What it looks at, in a few words, for the page that says so.
    looks_at = ""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def document(self, document: Document) -> Iterable[Finding]:
        """Called for every document, collection by collection, in the order of the source."""
        return ()

    def collection(self, collection: Collection) -> Iterable[Finding]:
        """Called when the last document of a collection has gone past; forgets it."""
        return ()

    def edition(self) -> Iterable[Finding]:
        """Called once, after all collections."""
        return ()
