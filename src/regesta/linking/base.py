"""What linking speaks of: cards of documents, passages, mentions, references; what a linker is.

Four steps, each a pure function with one of these values between it and the next: clean (document
-> passages), find (passages -> mentions), resolve (mentions and a lookup -> references), annotate
(references -> links). Linkers are found through the entry-point group ``regesta.linkers``.
"""

from collections.abc import Sequence
from typing import Literal, Protocol

from regesta.documents import Document, Link
from regesta.documents.base import Value

Voice = Literal["body", "quotation", "enclosure", "note"]
Owner = Literal["you", "me", "home", "mission", "named", ""]
#: What became of a mention. ``asserted``: enough evidence agrees; ``candidate``: some does;
#: ``absent``: it says exactly what it means, and that is not here; ``not printed``: the editors say
#: so; ``open``: it says too little.
Standing = Literal["asserted", "candidate", "absent", "not printed", "open"]


class Card(Value, frozen=True):
    """What a lookup knows of a document, or of a paper enclosed in one.

    Attributes:
        id: Of the document; an enclosed paper has the id of the document that prints it.
        part: Id of the enclosure, or "".
        order: Place in the collection, from 0.
        number: As printed, without leading zeros, lower case.
        day: The one day it was written, ``YYYY-MM-DD``, or "".
        time: ``HH:MM``, or "".
        received: The one day it arrived, or "".
        sender, recipient: Their first labels, for people.
        senders, recipients: Their keys, for comparing; see :mod:`regesta.linking.parties`.
        pages: Printed pages on which it stands.
    """

    id: str
    collection: str
    part: str = ""
    order: int = 0
    number: str = ""
    day: str = ""
    time: str = ""
    received: str = ""
    kind: str = ""
    file_number: str = ""
    sender: str = ""
    recipient: str = ""
    senders: frozenset[str] = frozenset()
    recipients: frozenset[str] = frozenset()
    pages: tuple[str, ...] = ()


class Passage(Value, frozen=True):
    """A stretch of one voice, and who speaks in it to whom, when.

    Attributes:
        start, end: In the document's text, or in the text of its note.
        voice: Whose words they are.
        note: Place of the note among the document's notes, or None.
        card: The paper that these words belong to; in a quotation only its date is meant.
        languages: Languages whose grammars read it.
        opens: The document's own words begin here.
    """

    start: int
    end: int
    voice: Voice
    card: Card
    note: int | None = None
    languages: tuple[str, ...] = ("en",)
    opens: bool = False


class Cited(Value, frozen=True):
    """A volume of a series as a note cites it; empty where it does not say."""

    series: str = ""
    years: str = ""
    supplement: str = ""
    volume: str = ""


class Mention(Value, frozen=True):
    """Words that mean another document, taken apart but not yet resolved.

    Attributes:
        start, end: The words, in the text or in the note.
        passage: Where they stand.
        owner: Whose document it is, seen from the speaker.
        sender, recipient: Named parties as printed ("Mr. Kell", "the Consul at Tarn").
        kind: The noun's kind ("telegram"), or "".
        numbers: Its number as printed, then as corrected in brackets.
        days: The days it can mean, the likeliest first.
        shared: The day is printed with another of the same row ("your 5 and 6 of May 3").
        times: Clock times, as printed, then as corrected.
        pages: Pages on which it is printed, in ``cited`` or in the same collection.
        document: The edition's own number of the document.
        target: What the editors' mark-up points to.
        unprinted: The editors say that it is not printed, or not found.
        step: -1 "supra", 1 "infra": the document before or after, 0 for neither.
        forward: It may be later than the text that mentions it (a note's).
        before: The words just before it, in the passage.
        opening: It stands at the opening of the document.
    """

    start: int
    end: int
    passage: Passage
    printed: str = ""
    owner: Owner = ""
    sender: str = ""
    recipient: str = ""
    kind: str = ""
    numbers: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    shared: bool = False
    times: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    cited: Cited | None = None
    document: str = ""
    target: str = ""
    unprinted: bool = False
    step: int = 0
    forward: bool = False
    before: str = ""
    opening: bool = False


class Candidate(Value, frozen=True):
    """A document that a mention may mean, and why.

    Attributes:
        card: The document.
        evidence: What agrees, by name, with the value that agrees; what does not agree stands
            under ``against``.
        score: Weight of the evidence; only the order means anything.
    """

    card: Card
    evidence: dict[str, str]
    score: float


class Reference(Value, frozen=True):
    """A mention with what it was resolved to; ``candidates`` are ranked, best first."""

    mention: Mention
    standing: Standing
    candidates: tuple[Candidate, ...] = ()
    confidence: float = 0.0


class Lookup(Protocol):
    """Finds cards; every answer is bounded, whatever the size of the edition."""

    def by_id(self, id: str) -> Card | None:
        """The card of a document."""
        ...

    def by_number(self, number: str, first: str, last: str) -> Sequence[Card]:
        """Cards of a number, written on days ``first``..``last``, in the order of days."""
        ...

    def by_day(self, first: str, last: str) -> Sequence[Card]:
        """Cards written on days ``first``..``last``."""
        ...

    def by_page(self, collection: str, page: str) -> Sequence[Card]:
        """Documents that stand on a printed page, in their order."""
        ...

    def by_place(self, collection: str, order: int) -> Card | None:
        """The document at a place of a collection."""
        ...

    def by_edition_number(self, collection: str, number: str) -> Card | None:
        """The document to which the edition gives a number, where it numbers its documents."""
        ...

    def by_anchor(self, collection: str, anchor: str) -> Card | None:
        """The document that holds an anchor of its source: its own, a note's, an enclosure's."""
        ...

    def has_collection(self, collection: str) -> bool:
        """Whether a collection is here."""
        ...

    def volumes(self, cited: Cited, near: str) -> Sequence[str]:
        """Ids of the collections that a citation can mean, seen from the collection ``near``."""
        ...


class Linker(Protocol):
    """Gives the links of a document; an empty list where it finds none."""

    def __call__(self, document: Document, lookup: Lookup) -> list[Link]:
        """Link a document to others that the lookup knows."""
        ...
