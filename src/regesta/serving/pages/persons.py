"""Persons, offices and powers: their lists, and a page of each with its evidence."""

import json
import unicodedata
from collections import Counter
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from regesta.documents.ids import slug
from regesta.edition import Edition
from regesta.edition.authorities.results import Person, PersonSummary, PrintedName, Reason
from regesta.serving.pages import tenures as pages_tenures
from regesta.serving.pages.charts import Bar, Plate, year_plate
from regesta.serving.pages.frame import render, whole_number
from regesta.serving.pages.home import collection_names
from regesta.serving.pages.indexes import paging
from regesta.serving.pages.links import (
    office_url,
    person_url,
    power_url,
    search_url,
    with_query,
)
from regesta.serving.pages.memory import kept

_PER_PAGE, _DOCUMENTS = 240, 20
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#: Reasons, names and tenures shown before the rest is only counted.
MOST_REASONS, MOST_NAMES = 40, 30
_OFFICES = 200
_MOST = 100_000


def persons_page(request: Request, edition: Edition) -> Response:
    """All persons and bodies from A to Z, a page at a time."""
    prefix = request.query_params.get("begins", "")[:60].strip()
    offset = whole_number(request, "offset", default=0, most=10_000_000)
    found = edition.authorities.persons(prefix=prefix, limit=_PER_PAGE, offset=offset)
    total = edition.authorities.person_count()
    shown = len(found)
    return render(
        request,
        "persons.html",
        total=total,
        prefix=prefix,
        letters=kept(edition, "letters persons", lambda: _letters(edition)),
        all_letters=_LETTERS,
        groups=_by_letter(found),
        pages=paging(
            "/persons",
            [("begins", prefix)],
            offset=offset,
            shown=shown,
            total=len(edition.authorities.persons(prefix=prefix)) if prefix else total,
            size=_PER_PAGE,
        ),
        json_url=with_query(
            "/api/persons", {"prefix": prefix, "limit": _PER_PAGE, "offset": offset or ""}
        ),
    )


def _letters(edition: Edition) -> list[str]:
    return [c for c in _LETTERS if edition.authorities.persons(prefix=c, limit=1)]


def _by_letter(found: list[PersonSummary]) -> list[tuple[str, list[PersonSummary]]]:
    groups: list[tuple[str, list[PersonSummary]]] = []
    for person in found:
        letter = _initial(person.label)
        if not groups or groups[-1][0] != letter:
            groups.append((letter, []))
        groups[-1][1].append(person)
    return groups


def _initial(label: str) -> str:
    """The letter under which a label stands."""
    for c in unicodedata.normalize("NFKD", label):
        if c.isalnum():
            return c.upper() if c.isalpha() else "0–9"
    return "…"


@dataclass(frozen=True, slots=True)
class NameRow:
    """A printed name: where, how often, and the lines that take it out of the page."""

    words: str
    fuller: str
    offices: tuple[str, ...]
    collection: str
    count: int
    listed: bool
    split: str


def person_page(request: Request, edition: Edition) -> Response:
    """A person: names as printed, offices with tenures, why the names are one, documents."""
    person = edition.authorities.person(request.path_params["id"])
    role = request.query_params.get("role", "")
    role = role if role in ("author", "recipient") else ""
    rule = "tenure" if request.query_params.get("by") == "office" else ""
    offset = whole_number(request, "offset", default=0, most=_MOST)
    id = person.summary.id
    first, last = _year(request, "from"), _year(request, "to")
    choice = {"role": role, "rule": rule, "first": first, "last": last}
    documents = edition.authorities.person_documents(id, **choice, limit=_DOCUMENTS, offset=offset)
    asked: list[tuple[str, object]] = [("role", role), ("by", "office" if rule else "")]
    asked += [("from", first), ("to", last)]
    reasons = reason_rows(person, collection_names(edition))
    return render(
        request,
        "person.html",
        person=person,
        who=person.summary,
        names=name_rows(person, collection_names(edition))[:MOST_NAMES],
        reasons=reasons[:MOST_REASONS],
        more_reasons=len(reasons) - MOST_REASONS,
        offices=[t for t in person.tenures if t.documents > 1 or len(person.tenures) < 4]
        or list(person.tenures),
        tenures=pages_tenures.plate(
            person.tenures, lambda t: t.office_label, lambda t: office_url(t.office)
        ),
        plate=_plate(person),
        merge=merge_lines(id, person.namesakes[0].id if person.namesakes else "another-id"),
        rename=decision("rename", {"person": id, "name": person.summary.label}),
        hits=documents,
        role=role,
        rule=rule,
        years=f"{first}–{last}" if first != last else first,
        searches=_searches(edition, person),
        views=_views(person, role, rule),
        pages=paging(
            person_url(id),
            asked,
            offset=offset,
            shown=len(documents),
            total=edition.authorities.person_total(id, **choice),
            size=_DOCUMENTS,
        ),
        correspondents=person.correspondents,
        most=max((c.to + c.from_ for c in person.correspondents), default=1),
        collection_names=collection_names(edition),
        json_url=f"/api{person_url(id)}",
    )


def _searches(edition: Edition, person: Person) -> list[tuple[str, str]]:
    """Searches within what a person wrote and got: address and words.

    By the name: the id may be that of an index entry, which holds what prints the name alone.
    """
    who = person.summary
    roles = (("author", "Search in what is written"), ("recipient", "in what is received"))
    return [
        (search_url(**{role: who.label}), words)
        for role, words in roles
        if edition.authorities.person_total(who.id, role=role)
    ]


def _views(person: Person, role: str, rule: str) -> list[tuple[str, str, int, bool]]:
    """The ways to look at the documents: address, words, how many, whether it is this one."""
    who, url = person.summary, person_url(person.summary.id)
    views = [
        (url, "all", who.documents, not role and not rule),
        (with_query(url, {"role": "author"}), "written", who.written, role == "author"),
        (with_query(url, {"role": "recipient"}), "received", who.received, role == "recipient"),
        (with_query(url, {"by": "office"}), "naming the office alone", who.by_office, bool(rule)),
    ]
    return [view for view in views if view[2]]


def name_rows(person: Person, collections: dict[str, str]) -> list[NameRow]:
    """Names as printed, each once a collection, most frequent first."""
    counts: Counter[tuple[str, str, str]] = Counter()
    offices: dict[tuple[str, str, str], dict[str, None]] = {}
    listed: set[tuple[str, str, str]] = set()
    for name in person.names:
        key = (name.name, _fuller(name), name.collection)
        counts[key] += name.count
        if name.office_label:
            offices.setdefault(key, {})[name.office_label] = None
        if name.listed:
            listed.add(key)
    rows = []
    for key, times in counts.most_common():
        name_printed, fuller, collection = key
        rows.append(
            NameRow(
                words=name_printed,
                fuller=fuller,
                offices=tuple(offices.get(key, {}))[:3],
                collection=collections.get(collection, collection),
                count=times,
                listed=key in listed,
                split=decision(
                    "split",
                    {
                        "person": person.summary.id,
                        "name": fuller or name_printed,
                        "collection": collection,
                    },
                ),
            )
        )
    return rows


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """A reason for taking two names for one, and how many steps it made."""

    rule: str
    one: str
    other: str
    why: str
    confidence: float
    times: int


def reason_rows(person: Person, collections: dict[str, str]) -> list[ReasonRow]:
    """Reasons, each pair of printed names once a rule, in the order in which they were made."""
    found: dict[tuple[str, str, str], list[Reason]] = {}
    for reason in person.reasons:
        found.setdefault((reason.rule, reason.one, reason.other), []).append(reason)
    return [
        ReasonRow(
            rule=rule,
            one=_named(one, collections),
            other=_named(other, collections),
            why=some[0].why,
            confidence=min(reason.confidence for reason in some),
            times=len(some),
        )
        for (rule, one, other), some in found.items()
    ]


def _named(words: str, collections: dict[str, str]) -> str:
    """ "Kell (papers1870)" with the name of the collection instead of its id."""
    name, _, id = words.rpartition(" (")
    return f"{name}, in {collections.get(id[:-1], id[:-1])}" if name else words


def _fuller(name: PrintedName) -> str:
    """The signature, where it says more than the heading; capitals say no more."""
    same = name.fuller.casefold().strip(" .") == name.name.casefold().strip(" .")
    return "" if same else name.fuller


def _plate(person: Person) -> Plate:
    years = {year: a + b for year, (a, b) in person.years.items()}

    def url(bar: Bar) -> str:
        return with_query(person_url(person.summary.id), {"from": bar.first, "to": bar.last})

    return year_plate(years, url, size=(860, 128))


def _year(request: Request, name: str) -> str:
    text = request.query_params.get(name, "")
    return text if text.isascii() and text.isdecimal() and len(text) == 4 else ""


def decision(kind: str, values: dict[str, object]) -> str:
    """Lines of TOML for a file of decisions."""
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
    return "\n".join([f"[[{kind}]]", *lines, 'why = ""'])


def merge_lines(id: str, other: str) -> str:
    """The decision that two persons are one."""
    return decision("merge", {"persons": [id, other]})


def office_page(request: Request, edition: Edition) -> Response:
    """An office: the succession of those who are seen in it, with the documents that show it."""
    office = edition.authorities.office(request.path_params["id"])
    return render(
        request,
        "office.html",
        office=office.summary,
        power_id=slug(office.summary.power) if office.summary.power else "",
        tenures=office.tenures,
        plate=pages_tenures.plate(
            office.tenures, lambda t: t.person_label, lambda t: person_url(t.person)
        ),
        json_url=f"/api{office_url(office.summary.id)}",
    )


def offices_page(request: Request, edition: Edition) -> Response:
    """Offices that one person holds at a time, the most frequent first."""
    offset = whole_number(request, "offset", default=0, most=_MOST)
    found = edition.authorities.offices(limit=_OFFICES, offset=offset)
    return render(
        request,
        "offices.html",
        offices=found,
        pages=paging(
            "/offices", [], offset=offset, shown=len(found),
            total=edition.authorities.office_total(), size=_OFFICES,
        ),
        json_url=with_query("/api/offices", {"limit": _OFFICES, "offset": offset or ""}),
    )  # fmt: skip


def powers_page(request: Request, edition: Edition) -> Response:
    """Powers for which somebody writes or hears."""
    found = edition.authorities.powers()
    return render(
        request,
        "powers.html",
        powers=found,
        most=max((p.written + p.received for p in found), default=1),
        json_url="/api/powers",
    )


def power_page(request: Request, edition: Edition) -> Response:
    """A power: its names and houses, offices and persons, and its documents."""
    power = edition.authorities.power(request.path_params["id"])
    offset = whole_number(request, "offset", default=0, most=_MOST)
    id = power.summary.id
    documents = edition.authorities.power_documents(id, limit=_DOCUMENTS, offset=offset)
    years = {year: a + b for year, (a, b) in power.years.items()}
    plate = year_plate(
        years, lambda bar: search_url(first=bar.first, last=bar.last), size=(860, 128)
    )
    return render(
        request,
        "power.html",
        power=power,
        hits=documents,
        plate=plate,
        collection_names=collection_names(edition),
        pages=paging(
            power_url(id),
            [],
            offset=offset,
            shown=len(documents),
            total=edition.authorities.power_total(id),
            size=_DOCUMENTS,
        ),
        json_url=f"/api{power_url(id)}",
    )
