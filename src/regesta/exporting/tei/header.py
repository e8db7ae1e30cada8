"""The header of a TEI document: title, source, correspondence, subjects, with who says so."""

from collections.abc import Iterable

from regesta.documents import (
    Collection,
    Document,
    Fact,
    HistoricalDate,
    Party,
    Place,
    Subject,
    resolve,
)
from regesta.exporting.citations.cite import cite
from regesta.exporting.tei.dates import cert, date_attributes
from regesta.exporting.tei.words import element, pointer, wrapped

#: Whom ``@resp`` names for what Regesta derived; its ``respStmt`` stands in the corpus header.
RESP = "#regesta"


def corpus_header(collection: Collection, *, version: str, xeno: str) -> str:
    """The header of the whole file: the collection, its persons and places, and who made it."""
    resp = wrapped(
        "respStmt",
        element("resp", "derived what carries this @resp, by rules and from the words"),
        element("name", "Regesta"),
        xml_id=RESP[1:],
    )
    titles = wrapped(
        "titleStmt",
        element("title", collection.title or "Documents"),
        element("title", collection.short_title, type="short") if collection.short_title else "",
        resp,
    )
    series = collection.series and wrapped("seriesStmt", element("title", collection.series))
    source = element("p", collection.url or "As its documents say.")
    application = wrapped(
        "application", element("label", "Regesta"), ident="regesta", version=version
    )
    languages = [element("language", code, ident=code) for code in collection.languages]
    profile = wrapped(
        "profileDesc",
        wrapped("langUsage", *languages),
        wrapped("particDesc", wrapped("listPerson", *_persons(collection))),
        wrapped("settingDesc", wrapped("listPlace", *_places(collection))),
    )
    return (
        wrapped(
            "teiHeader",
            wrapped(
                "fileDesc", titles, _published(collection), series, wrapped("sourceDesc", source)
            ),
            wrapped("encodingDesc", wrapped("appInfo", application)),
            profile,
            xeno,
        )
        + "\n"
    )


def _persons(collection: Collection) -> list[str]:
    return [
        wrapped(
            "person",
            element("persName", person.name or person.id),
            *(element("idno", ref, type="URI") for ref in person.refs),
            element("note", person.note) if person.note else "",
            n=person.id,
        )
        for person in collection.persons
    ]


def _places(collection: Collection) -> list[str]:
    return [
        wrapped(
            "place",
            element("placeName", place.name or place.id),
            _geo(place.latitude, place.longitude),
            *(element("idno", ref, type="URI") for ref in place.refs),
            element("note", place.note) if place.note else "",
            n=place.id,
        )
        for place in collection.places
    ]


def document_header(document: Document, collection: Collection, *, xeno: str) -> str:
    """The header of one document."""
    title = document.heading or document.word("title") or document.id
    where = " ".join(filter(None, (document.source.path, document.source.position)))
    source = wrapped(
        "sourceDesc",
        element("bibl", cite(document, collection), type="citation"),
        element("bibl", document.word("source_note"), type="source"),
        wrapped("bibl", element("idno", where, type="file"), type="digital"),
    )
    code = document.word("language")
    profile = wrapped(
        "profileDesc",
        wrapped("langUsage", element("language", code, ident=code)) if code else "",
        correspondence(document.facts),
        _classes(document),
    )
    publication = wrapped(
        "publicationStmt",
        element("publisher", collection.publisher or "unknown"),
        *_numbers(document),
    )
    return (
        wrapped(
            "teiHeader",
            wrapped("fileDesc", wrapped("titleStmt", element("title", title)), publication, source),
            profile,
            xeno,
        )
        + "\n"
    )


def _numbers(document: Document) -> list[str]:
    known = {
        "regesta": document.id,
        "number": document.word("number"),
        "file": document.word("file_number"),
    }
    return [element("idno", value, type=name) for name, value in known.items() if value]


def _classes(document: Document) -> str:
    kind = document.word("kind")
    return wrapped(
        "textClass",
        wrapped("keywords", *(_term(fact) for fact in document.resolved("subject"))),
        element("classCode", kind, scheme="#kind") if kind else "",
    )


def correspondence(facts: Iterable[Fact]) -> str:
    """``correspDesc`` of the resolved facts, nothing where no party, place or day is known."""
    facts = tuple(facts)
    fields = ("sender", "recipient", "place", "destination", "date", "received")
    found = {name: resolve(facts, name) for name in fields}
    sent = [_party(f) for f in found["sender"]] + [_place(f) for f in found["place"][:1]]
    sent += [date_element(f) for f in found["date"][:1]]
    arrived = [_party(f) for f in found["recipient"]]
    arrived += [_place(f) for f in found["destination"][:1]]
    arrived += [date_element(f) for f in found["received"][:1]]
    return wrapped(
        "correspDesc",
        wrapped("correspAction", *sent, type="sent"),
        wrapped("correspAction", *arrived, type="received"),
    )


def date_element(fact: Fact) -> str:
    """``date`` with the attributes that its bounds allow: when, from and to, or not before."""
    date = fact.value
    if not isinstance(date, HistoricalDate):
        return ""
    attributes = date_attributes(date)
    if date.day and date.time and date.time < "24:00":
        attributes = {"when": f"{date.day}T{date.time}:00"}
    return element("date", date.printed or date.edtf, **attributes, **said_by(fact))


def said_by(fact: Fact) -> dict[str, str]:
    """``@resp`` and ``@cert`` of what the source does not say itself."""
    return {"resp": RESP if fact.origin == "derived" else "", "cert": cert(fact)}


def _party(fact: Fact) -> str:
    party = fact.value
    if not isinstance(party, Party):
        return ""
    ref = pointer(party.person) if "/" in party.person or "#" in party.person else ""
    name = party.name or party.office or party.power
    tag = "persName" if party.name else "orgName" if party.power and not party.office else "name"
    tag = "orgName" if fact.rule.endswith("/orgName") else tag
    more = ""
    if party.name and party.office:
        more = element("note", party.office, type="office")
    if (party.name or party.office) and party.power:
        more += element("note", party.power, type="power")
    return element(tag, name, ref=ref, **said_by(fact)) + more


def _place(fact: Fact) -> str:
    place = fact.value
    if not isinstance(place, Place):
        return ""
    return element("placeName", place.name, ref=pointer(place.ref), **said_by(fact))


def _term(fact: Fact) -> str:
    subject = fact.value
    if not isinstance(subject, Subject):
        return ""
    return element("term", " — ".join((*subject.path, subject.label)), **said_by(fact))


def _geo(latitude: float | None, longitude: float | None) -> str:
    if latitude is None or longitude is None:
        return ""
    return wrapped("location", element("geo", f"{latitude} {longitude}"))


def _published(collection: Collection) -> str:
    licence = collection.licence
    is_url = licence.startswith(("http:", "https:"))
    rights = ""
    if licence:
        rights = wrapped(
            "availability",
            element("licence", licence, target=pointer(licence) if is_url else ""),
        )
    return wrapped(
        "publicationStmt",
        element("publisher", collection.publisher or "unknown"),
        element("date", collection.published) if collection.published else "",
        element("idno", collection.id, type="regesta") if collection.id else "",
        rights,
    )
