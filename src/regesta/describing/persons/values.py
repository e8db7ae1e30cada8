"""What persons are made of: printed forms of names, why two of them are one, and authorities.

An authority gathers forms and knows what would contradict one more: given names, ids of lists.
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from regesta.describing.parties.names import has_office
from regesta.describing.parties.offices import parse_office
from regesta.describing.persons.names import PersonName, compatible, parse_name
from regesta.documents.base import Value

_PARTS = re.compile(r"[;:]|\.\s|\(later |,? later |,? until |,? from |,? since |\)")
_AT = re.compile(r"\s(?:at|in|to|en|à|in der|beim)\s")
_DATES = re.compile(r"^(?:from|to|after|before|in|until)?\s*(?:\w+ \d{1,2}, )?\d{4}\b|[–—-]\d{4}")


class Form(NamedTuple):
    """A name as one collection prints it.

    Attributes:
        name: As printed in headings, or as signed where the heading has the office alone.
        fuller: The name in signatures and addresses, or "".
        office: Key of the office, or "".
        single: Whether one person at a time holds that office.
        person: Id of a list entry or an authority's URI, or "".
        collection: Id of the collection.
        first, last: Ordinals of its first and last day, 0 where no document is dated.
        times: Documents.
        others: Names (folded) of those it writes to or hears from.
        listed: It is an entry of a list of persons.
        refs: Authority URIs of that entry.
        note: What the list says.
    """

    name: str
    fuller: str
    office: str
    single: bool
    person: str
    collection: str
    first: int
    last: int
    times: int
    others: frozenset[str] = frozenset()
    listed: bool = False
    refs: tuple[str, ...] = ()
    note: str = ""


class Reason(Value, frozen=True):
    """Why forms stand together.

    Attributes:
        rule: "list", "authority", "full name", "office", "volume", "correspondents", "misprint",
            "decision".
        one, other: The names joined, as printed, with their collections.
        why: In words.
        confidence: 0 to 1.
    """

    rule: str
    one: str
    other: str
    why: str
    confidence: float


@dataclass(slots=True)
class Authority:
    """A person or body: the numbers of its forms, its names, and why they are one.

    Attributes:
        spans: Collection → first and last day there.
        bare: Collections whose headings print the surname alone for it.
    """

    surname: str
    forms: list[int] = field(default_factory=list)
    names: set[PersonName] = field(default_factory=set)
    ids: dict[str, str] = field(default_factory=dict)
    offices: dict[str, tuple[int, int, bool]] = field(default_factory=dict)
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)
    others: set[str] = field(default_factory=set)
    bare: set[str] = field(default_factory=set)
    reasons: list[Reason] = field(default_factory=list)
    first: int = 0
    last: int = 0
    times: int = 0
    shown: str = ""

    @property
    def full(self) -> list[PersonName]:
        """Its names that have given names."""
        return [name for name in self.names if name.given]


def uri_key(id: str) -> str:
    """An id or URI as far as it names: http and https, with and without a final slash, are one."""
    return id.partition("://")[2].rstrip("/").lower() if "://" in id else id


def shown(form: Form) -> str:
    """A form as reasons name it: "Kell (papers1870)"."""
    return f"{form.name} ({form.collection})" if form.collection else form.name


def add(authority: Authority, i: int, form: Form, printed: PersonName) -> None:
    """Put a form under an authority; ``i`` is its number, ``printed`` its name in parts."""
    authority.forms.append(i)
    authority.times += form.times
    authority.names.add(printed)
    if form.fuller:
        authority.names.add(parse_name(form.fuller))
    if not printed.given and not form.listed:
        authority.bare.add(form.collection)
    if form.listed and "#" in form.person:
        authority.ids.setdefault(form.person.partition("#")[0], form.person)
    for ref in (form.person, *form.refs):
        if "://" in ref:
            authority.ids.setdefault(ref.partition("://")[2].partition("/")[0], uri_key(ref))
    for office, alone in _offices(form):
        first, last, single = authority.offices.get(office, (form.first, form.last, True))
        authority.offices[office] = (*_span((first, last), form), alone and single)
    span = authority.spans.get(form.collection, (0, 0))
    authority.spans[form.collection] = _span(span, form)
    authority.others |= form.others
    authority.first, authority.last = _span((authority.first, authority.last), form)


def _offices(form: Form) -> list[tuple[str, bool]]:
    """The office a form is printed with, or those that a list's note begins its parts with."""
    if form.office or not form.listed:
        return [(form.office, form.single)] if form.office else []
    found = []
    for part in _PARTS.split(form.note)[:6]:
        words = _DATES.sub("", part).partition(",")[0].strip()
        if 5 < len(words) < 90 and has_office(words) and (office := parse_office(words)).key:
            # When the listed person held it is not known: it rules nobody out.
            found.append((office.key, False))
            # "Ruritanian Ambassador at Zenda" is printed as "Ruritanian Ambassador" there.
            shorter = parse_office(_AT.split(words)[0])
            if shorter.single and shorter.key != office.key and " " in shorter.label:
                found.append((shorter.key, False))
    return found


def _span(span: tuple[int, int], form: Form) -> tuple[int, int]:
    first, last = span
    if not form.first:
        return span
    return (min(first, form.first) if first else form.first), max(last, form.last)


def absorb(one: Authority, other: Authority, reason: Reason) -> None:
    """Put all of another authority under the first."""
    one.forms += other.forms
    one.times += other.times
    one.names |= other.names
    for key, value in other.ids.items():
        one.ids.setdefault(key, value)
    for office, (first, last, single) in other.offices.items():
        a, b, alone = one.offices.get(office, (first, last, single))
        one.offices[office] = (*_joined((a, b), (first, last)), single and alone)
    for collection, span in other.spans.items():
        one.spans[collection] = _joined(one.spans.get(collection, (0, 0)), span)
    one.others |= other.others
    one.bare |= other.bare
    one.first, one.last = _joined((one.first, one.last), (other.first, other.last))
    one.reasons += [*other.reasons, reason]


def _joined(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    firsts = [day for day in (one[0], other[0]) if day]
    return (min(firsts) if firsts else 0), max(one[1], other[1])


def contradict(one: Authority, other: Authority) -> bool:
    """Tell whether two cannot be one: their given names, or their ids in one list, differ."""
    if any(other.ids.get(key, value) != value for key, value in one.ids.items()):
        return True
    return any(
        a.surname == b.surname and not compatible(a, b) for a in one.names for b in other.names
    )


def gap(one: tuple[int, int], other: tuple[int, int]) -> int | None:
    """Days between two stretches, 0 where they overlap; None where either has no date."""
    if not one[0] or not other[0]:
        return None
    return max(0, max(one[0], other[0]) - min(one[1], other[1]))
