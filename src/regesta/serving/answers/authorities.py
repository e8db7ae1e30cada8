"""Persons, offices and powers as JSON: the edition's values in, the shapes of the API out."""

from typing import Literal

from regesta.edition.authorities.results import (
    Attribution,
    Office,
    OfficeHolder,
    OfficeSummary,
    Person,
    PersonSummary,
    Power,
    PowerSummary,
    TenureLine,
)
from regesta.serving.api.models import Count, Shape


class PersonLine(Shape, frozen=True):
    """A person or body in a list; by_office counts documents that print its office alone."""

    id: str
    label: str
    kind: Literal["person", "body"]
    written: Count
    received: Count
    by_office: Count
    first: str | None
    last: str | None


class PrintedNameLine(Shape, frozen=True):
    """A name as one collection prints it, and as it is signed where that says more."""

    name: str
    signed: str | None
    office: str | None
    collection: str
    listed: str | None
    count: Count
    first: str | None
    last: str | None


class ReasonLine(Shape, frozen=True):
    """Why two printed names are taken for one person's."""

    rule: str
    one: str
    other: str
    why: str
    confidence: float


class TenureAnswer(Shape, frozen=True):
    """A stretch in which a person is seen in an office; the longest gap in days."""

    office: str
    office_label: str
    person: str
    person_label: str
    acting: bool
    first: str
    last: str
    documents: Count
    gap: Count
    first_document: str
    last_document: str


class CorrespondentLine(Shape, frozen=True):
    """Somebody with whom a person exchanges documents: how many to him, how many from him."""

    id: str
    label: str
    to: Count
    received: Count


class PersonAnswer(Shape, frozen=True):
    """Everything that is known of a person or body, with a page of its documents by date."""

    id: str
    label: str
    kind: Literal["person", "body"]
    written: Count
    received: Count
    by_office: Count
    first: str | None
    last: str | None
    note: str | None
    refs: list[str]
    names: list[PrintedNameLine]
    reasons: list[ReasonLine]
    tenures: list[TenureAnswer]
    correspondents: list[CorrespondentLine]
    namesakes: list[PersonLine]
    documents: list[str]


class OfficeLine(Shape, frozen=True):
    """An office in a list; acting: held in another's stead; single: by one person at a time."""

    id: str
    label: str
    power: str | None
    acting: bool
    single: bool
    documents: Count
    holders: Count


class OfficeAnswer(Shape, frozen=True):
    """An office with the succession of those seen in it."""

    id: str
    label: str
    power: str | None
    acting: bool
    single: bool
    documents: Count
    holders: Count
    tenures: list[TenureAnswer]


class HolderAnswer(Shape, frozen=True):
    """Who held an office on a day, and the documents around it that show it."""

    office: str
    day: str
    person: str | None
    label: str | None
    confidence: float | None
    why: str | None
    before: str | None
    before_day: str | None
    after: str | None
    after_day: str | None


class AttributionLine(Shape, frozen=True):
    """Whom a party of a document is: by name, by signature, or by tenure with the evidence."""

    role: Literal["author", "recipient"]
    place: Count
    person: str
    label: str
    rule: Literal["name", "signature", "tenure"]
    confidence: float
    holder: HolderAnswer | None


class PowerLine(Shape, frozen=True):
    """A power in a list: documents by those who speak for it, and to them."""

    id: str
    label: str
    written: Count
    received: Count


class PowerAnswer(Shape, frozen=True):
    """A power with its names, its houses, its offices and persons, and a page of documents."""

    id: str
    label: str
    written: Count
    received: Count
    forms: list[str]
    metonyms: list[str]
    first: str | None
    last: str | None
    offices: list[OfficeLine]
    persons: list[PersonLine]
    collections: list[str]
    documents: list[str]


def person_line(p: PersonSummary) -> PersonLine:
    """A person in a list."""
    kind: Literal["person", "body"] = "body" if p.kind == "body" else "person"
    return PersonLine(p.id, p.label, kind, p.written, p.received, p.by_office, p.first, p.last)


def tenure_answer(t: TenureLine) -> TenureAnswer:
    """A tenure."""
    return TenureAnswer(
        t.office, t.office_label, t.person, t.person_label, t.acting, t.first, t.last, t.documents,
        t.gap, t.first_document, t.last_document,
    )  # fmt: skip


def person_answer(person: Person, documents: list[str]) -> PersonAnswer:
    """A person with everything that is known."""
    s = person_line(person.summary)
    return PersonAnswer(
        id=s.id,
        label=s.label,
        kind=s.kind,
        written=s.written,
        received=s.received,
        by_office=s.by_office,
        first=s.first,
        last=s.last,
        note=person.note or None,
        refs=list(person.refs),
        names=[
            PrintedNameLine(
                n.name, n.fuller or None, n.office or None, n.collection, n.listed or None,
                n.count, n.first, n.last,
            )
            for n in person.names
        ],
        reasons=[ReasonLine(r.rule, r.one, r.other, r.why, r.confidence) for r in person.reasons],
        tenures=[tenure_answer(t) for t in person.tenures],
        correspondents=[
            CorrespondentLine(c.id, c.label, c.to, c.from_) for c in person.correspondents
        ],
        namesakes=[person_line(n) for n in person.namesakes],
        documents=documents,
    )  # fmt: skip


def office_line(o: OfficeSummary) -> OfficeLine:
    """An office in a list."""
    return OfficeLine(o.id, o.label, o.power or None, o.acting, o.single, o.documents, o.holders)


def office_answer(office: Office) -> OfficeAnswer:
    """An office with its succession."""
    o = office_line(office.summary)
    tenures = [tenure_answer(t) for t in office.tenures]
    return OfficeAnswer(o.id, o.label, o.power, o.acting, o.single, o.documents, o.holders, tenures)


def holder_answer(office: str, day: str, holder: OfficeHolder | None) -> HolderAnswer:
    """Who held an office on a day; every value null where the documents do not decide."""
    if holder is None:
        return HolderAnswer(office, day, *(None,) * 8)
    return HolderAnswer(
        holder.office, holder.day, holder.person, holder.label, holder.confidence, holder.why,
        holder.before or None, holder.before_day or None, holder.after or None,
        holder.after_day or None,
    )  # fmt: skip


def attribution_line(a: Attribution) -> AttributionLine:
    """Whom a party is."""
    role: Literal["author", "recipient"] = "author" if a.role == "author" else "recipient"
    rule: Literal["name", "signature", "tenure"] = "name"
    if a.rule == "signature":
        rule = "signature"
    elif a.rule == "tenure":
        rule = "tenure"
    holder = holder_answer(a.holder.office, a.holder.day, a.holder) if a.holder else None
    return AttributionLine(role, a.place, a.person, a.label, rule, a.confidence, holder)


def power_line(p: PowerSummary) -> PowerLine:
    """A power in a list."""
    return PowerLine(p.id, p.label, p.written, p.received)


def power_answer(power: Power, documents: list[str]) -> PowerAnswer:
    """A power with everything that is known."""
    p = power.summary
    return PowerAnswer(
        p.id, p.label, p.written, p.received, list(power.forms), list(power.metonyms),
        power.first or None, power.last or None, [office_line(o) for o in power.offices],
        [person_line(s) for s in power.persons], list(power.collections), documents,
    )  # fmt: skip
