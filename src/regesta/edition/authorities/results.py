"""What an edition answers on persons, offices and powers: plain values, as in ``results``."""

from regesta.describing.persons.values import Reason
from regesta.documents import Value

__all__ = [
    "Attribution", "Correspondent", "EntryPerson", "Office", "OfficeHolder", "OfficeSummary",
    "Person", "PersonSummary", "PlaceNotes", "Power", "PowerSummary", "PrintedName", "Reason",
    "TenureLine",
]  # fmt: skip


class PersonSummary(Value, frozen=True):
    """A person or body in a list.

    Attributes:
        kind: "person" or "body".
        first, last: Days of its first and last document, or None.
        written, received: Documents that name it as author, as recipient.
        by_office: Documents that print its office alone.
    """

    id: str
    label: str
    kind: str
    written: int
    received: int
    by_office: int = 0
    first: str | None = None
    last: str | None = None

    @property
    def documents(self) -> int:
        """All of them."""
        return self.written + self.received + self.by_office


class PrintedName(Value, frozen=True):
    """A name as one collection prints it.

    Attributes:
        fuller: As signed, where that says more.
        office: Id of the office it is printed with, or "".
        office_label: That office's name.
        listed: Id in the collection's list of persons, or "".
        count: Documents.
    """

    name: str
    collection: str
    count: int
    fuller: str = ""
    office: str = ""
    office_label: str = ""
    listed: str = ""
    first: str | None = None
    last: str | None = None


class TenureLine(Value, frozen=True):
    """A stretch in which a person is seen in an office.

    Attributes:
        first, last: First and last day seen.
        documents: How many documents show it.
        gap: Longest time between two of them, in days.
        first_document, last_document: Ids of the first and the last of them.
        acting: The office is held in another's stead.
    """

    office: str
    office_label: str
    person: str
    person_label: str
    first: str
    last: str
    documents: int
    gap: int
    first_document: str
    last_document: str
    acting: bool = False


class Correspondent(Value, frozen=True):
    """Somebody with whom a person exchanges documents."""

    id: str
    label: str
    to: int
    from_: int


class Person(Value, frozen=True):
    """Everything that is known of a person or body.

    Attributes:
        summary: As in lists.
        note: What lists of persons say.
        refs: Addresses in authority files (GND, VIAF, Wikidata…).
        names: As printed, most frequent first.
        reasons: Why these names are taken for one.
        tenures: Offices, by first day.
        correspondents: The most frequent.
        years: Year → documents written, received.
        namesakes: Others of the same surname, who are not told to be the same.
        keys: Ids of its entries in the indexes of authors and recipients, for searches.
    """

    summary: PersonSummary
    note: str = ""
    refs: tuple[str, ...] = ()
    names: tuple[PrintedName, ...] = ()
    reasons: tuple[Reason, ...] = ()
    tenures: tuple[TenureLine, ...] = ()
    correspondents: tuple[Correspondent, ...] = ()
    years: dict[int, tuple[int, int]] = {}
    namesakes: tuple[PersonSummary, ...] = ()
    keys: tuple[str, ...] = ()


class OfficeSummary(Value, frozen=True):
    """An office in a list.

    Attributes:
        power: The power it speaks for, where its words say so, else "".
        acting: Held in another's stead.
        single: One person holds it at a time.
        documents: How many documents name it.
        holders: How many persons are seen in it.
    """

    id: str
    label: str
    documents: int
    power: str = ""
    acting: bool = False
    single: bool = True
    holders: int = 0


class Office(Value, frozen=True):
    """An office with the succession of those seen in it, by first day."""

    summary: OfficeSummary
    tenures: tuple[TenureLine, ...] = ()


class OfficeHolder(Value, frozen=True):
    """Who held an office on a day.

    Attributes:
        confidence: 0 to 1.
        why: "same day", "between", "before", "after" or "change": how the documents below decide.
        before, after: Ids of the nearest documents that show it, on and before, and after the day.
        before_day, after_day: Their days.
    """

    office: str
    day: str
    person: str
    label: str
    confidence: float
    why: str
    before: str = ""
    after: str = ""
    before_day: str = ""
    after_day: str = ""


class Attribution(Value, frozen=True):
    """Whom a party of a document is.

    Attributes:
        role: "author" or "recipient".
        place: Its number among the document's parties of that role, from 0.
        rule: "name", "signature" (the heading prints the office alone), or "tenure".
        holder: For tenures: the evidence.
    """

    role: str
    place: int
    person: str
    label: str
    rule: str
    confidence: float
    holder: OfficeHolder | None = None


class PowerSummary(Value, frozen=True):
    """A power in a list: documents by those who speak for it, and to them."""

    id: str
    label: str
    written: int
    received: int


class Power(Value, frozen=True):
    """A power, from Regesta's own table and the edition's documents.

    Attributes:
        forms: Names and adjectives by which offices are told to speak for it.
        metonyms: Houses and places that stand for its government.
        first, last: Years of the power as the table has them, "" where open.
        offices: Offices that speak for it, most frequent first.
        persons: Who held them.
        collections: Collections of its papers.
        years: Year → documents written, received.
    """

    summary: PowerSummary
    forms: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    first: str = ""
    last: str = ""
    offices: tuple[OfficeSummary, ...] = ()
    persons: tuple[PersonSummary, ...] = ()
    collections: tuple[str, ...] = ()
    years: dict[int, tuple[int, int]] = {}


class EntryPerson(Value, frozen=True):
    """An entry beside another: a person under an author, another name of a place.

    Attributes:
        office: The office that its documents print most, or "".
        first, last: First and last day of its documents, where any is dated.
    """

    id: str
    label: str
    count: int
    office: str = ""
    first: str | None = None
    last: str | None = None


class LocatedPlace(Value, frozen=True):
    """A place of the index that lies somewhere.

    Attributes:
        id, label: As the index has it.
        latitude, longitude: Degrees, north and east positive.
        documents: How many were written there.
    """

    id: str
    label: str
    latitude: float
    longitude: float
    documents: int


class PlaceNotes(Value, frozen=True):
    """What is known of a place.

    Attributes:
        latitude, longitude: Degrees, or None where it is not located.
        others: Its other names in the edition, most frequent first.
        refs: Addresses in gazetteers (GeoNames, Wikidata…) that the sources give.
    """

    latitude: float | None = None
    longitude: float | None = None
    others: tuple[EntryPerson, ...] = ()
    refs: tuple[str, ...] = ()
