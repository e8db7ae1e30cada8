"""Facts: described values with origin, rule, words and confidence; none overwrites another."""

from collections.abc import Iterable
from typing import Literal

from regesta.documents.base import Value
from regesta.documents.dates import HistoricalDate

Origin = Literal["given", "derived", "decided"]
_RANK: dict[str, int] = {"decided": 0, "given": 1, "derived": 2}
#: Ends the rule of a given party whose mark-up held the other party too.
PARTED = "parted from the other party"

#: A body that a source has without its name: the value is its role, "sender" or "recipient".
UNNAMED = "unnamed"


class Party(Value, frozen=True, tag="party"):
    """A sender or recipient. What is not known is an empty string.

    Attributes:
        name: The person or body as the source names it ("Francis"), without titles of office.
        office: The office as printed ("Ambassador in Russia").
        power: The power the party speaks for, where printed or derived.
        person: Id of a person entry (``collection#key`` or an authority's URI).
    """

    name: str = ""
    office: str = ""
    power: str = ""
    person: str = ""

    @property
    def label(self) -> str:
        """What to call the party: the name, else the office, else the power."""
        return self.name or self.office or self.power


class Place(Value, frozen=True, tag="place"):
    """A place of writing, by its historical name as printed.

    Attributes:
        name: The place without punctuation or building ("Archangel").
        latitude: Degrees north, or None where the place is not located.
        longitude: Degrees east, or None.
        ref: An authority's URI where the source gives one.
    """

    name: str
    latitude: float | None = None
    longitude: float | None = None
    ref: str = ""


class Subject(Value, frozen=True, tag="subject"):
    """A subject heading; ``path`` holds its broader headings, broadest first."""

    label: str
    path: tuple[str, ...] = ()


FactValue = HistoricalDate | Party | Place | Subject | str


class Fact(Value, frozen=True):
    """One described value.

    Attributes:
        field: What it describes. Of "date", "received", "place", "kind", "number", "file_number",
            "language" the first resolved fact is shown, of "sender", "recipient", "subject" all of
            the best origin; where present also "source_note", "publication", "repository",
            "summary", "title", "author", "parties", "destination", "url".
        value: The value.
        origin: ``given`` by the source's mark-up, ``derived`` by a named rule, ``decided`` by an
            editor.
        rule: Name of the rule or mark-up that gave it ("dateline", "tei:correspDesc").
        span: Its words in ``Document.text``, ``[start, end)`` in code points, where known.
        confidence: 0 to 1; 1 for what the source gives.
    """

    field: str
    value: FactValue
    origin: Origin
    rule: str = ""
    span: tuple[int, int] | None = None
    confidence: float = 1.0


#: The facts that were asked for last, by field: a document is asked two dozen times in a row.
_asked: tuple[Iterable[Fact], dict[str, list[Fact]]] = ((), {})


def resolve(facts: Iterable[Fact], field: str) -> list[Fact]:
    """Give the facts of a field that a reader sees: decided over given over derived.

    Where several facts share the best origin, all are given, in their order.
    """
    return by_field(facts).get(field, []).copy()


def first(facts: Iterable[Fact], field: str) -> Fact | None:
    """Give the first of the facts that :func:`resolve` gives, or None."""
    found = by_field(facts).get(field)
    return found[0] if found else None


def by_field(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    """Give the facts that a reader sees by their fields; not to be changed by who asks."""
    global _asked
    known, fields = _asked
    if known is not facts:
        fields = _by_field(facts)
        if isinstance(facts, tuple):
            _asked = facts, fields
    return fields


def _by_field(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    fields: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.field in fields:
            fields[fact.field].append(fact)
        else:
            fields[fact.field] = [fact]
    for field, found in fields.items():
        if len(found) > 1:
            best = min(_RANK[fact.origin] for fact in found)
            fields[field] = [fact for fact in found if _RANK[fact.origin] == best]
    return fields
