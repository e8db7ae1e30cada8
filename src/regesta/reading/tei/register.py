"""Registers of persons and places: printed lists in a volume, stand-off files, and their notes."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from regesta.documents import PersonEntry, PlaceEntry
from regesta.reading.tei.rules import XML_ID
from regesta.reading.tei.text import Draft, Span
from regesta.vocabularies import vocabulary

_ENTRY = ("item", "row", "p", "label", "person")


def listed_persons(draft: Draft, collection: str) -> list[PersonEntry]:
    """Give the persons whom a section lists: a ``persName`` with an id, and what follows it."""
    found: list[PersonEntry] = []
    text = ""
    for span in draft.sink.spans:
        if span[0].name != "persName" or XML_ID not in span[3]:
            continue
        text = text or draft.sink.text
        name = " ".join(text[span[1] : span[2]].split())
        around = _entry(span)
        note = text[span[2] : around[2]] if around is not None else ""
        note = " ".join(note.split()).lstrip(" ,;:.–—-").rstrip()
        ref = span[3].get("ref", "")
        found.append(
            PersonEntry(f"{collection}#{span[3][XML_ID]}", name, note, (ref,) if ref else ())
        )
    return found


def _entry(span: Span) -> Span | None:
    around: Span | None = span[4]
    while around is not None and around[5] is None:
        if around[0].name in _ENTRY:
            return around
        around = around[4]
    return None


def register_entries(
    element: Element, collection: str
) -> tuple[list[PersonEntry], list[PlaceEntry]]:
    """Read ``listPerson``, ``listOrg`` and ``listPlace`` of a stand-off register."""
    persons = [_person(e, collection, "persName") for e in element.iter("person") if _id(e)]
    persons += [_person(e, collection, "orgName") for e in element.iter("org") if _id(e)]
    places = [_place(e, collection) for e in element.iter("place") if _id(e)]
    return persons, places


def _id(element: Element) -> str:
    return element.get(XML_ID) or element.get("id") or ""


def _words(element: Element | None) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _name(element: Element, tag: str) -> str:
    """Give the name that heads an entry, inverted where forename and surname are apart."""
    main = element.find(tag)
    if main is None:
        return ""
    surname, forename = _words(main.find("surname")), _words(main.find("forename"))
    if surname and any(c.isalpha() for c in forename):
        return f"{surname}, {forename}"
    return surname or _words(main)


def _refs(element: Element) -> tuple[str, ...]:
    values = [_authority(idno) for idno in element.iterfind("idno")]
    values.append(element.get("ref", ""))
    uris = (value for value in values if re.match(r"https?://", value))
    return tuple(dict.fromkeys(uris))


def _authority(idno: Element) -> str:
    """Give an identifier as an address, where its type names an authority file that is known."""
    value = _words(idno)
    kind = (idno.get("type") or idno.get("subtype") or "").strip().casefold()
    address = vocabulary("tei")["authorities"].get(kind, "")
    return f"{address}{value}" if address and re.fullmatch(r"[\w-]+", value) else value


def facsimiles(element: Element) -> dict[str, str]:
    """Give the addresses of the images that a ``facsimile`` lists, by the ids pages point to."""
    images: dict[str, str] = {}
    for surface in element.iter("surface"):
        inner = surface.find("graphic")
        if (id := surface.get(XML_ID)) and inner is not None:
            images[id] = inner.get("url", "")
    for graphic in element.iter("graphic"):
        if (id := graphic.get(XML_ID)) and graphic.get("url"):
            images[id] = graphic.get("url", "")
    return images


def _notes(element: Element) -> Iterator[str]:
    for tag in ("occupation", "floruit", "note", "desc"):
        for part in element.iterfind(tag):
            if words := _words(part):
                yield words
    for state in element.iterfind("state"):
        if words := _words(state):
            yield words
    years = [
        (event.get("when") or event.get("notBefore") or "")[:4] if event is not None else ""
        for event in (element.find("birth"), element.find("death"))
    ]
    if any(years):
        yield "–".join(years)


def _person(element: Element, collection: str, tag: str) -> PersonEntry:
    return PersonEntry(
        id=f"{collection}#{_id(element)}",
        name=_name(element, tag) or _id(element),
        note="; ".join(_notes(element)),
        refs=_refs(element),
    )


def _place(element: Element, collection: str) -> PlaceEntry:
    latitude = longitude = None
    numbers = re.findall(r"-?\d+(?:\.\d+)?", _words(element.find("location/geo")))
    if len(numbers) == 2:
        one, two = float(numbers[0]), float(numbers[1])
        if abs(one) <= 90 and abs(two) <= 180:
            latitude, longitude = one, two
    return PlaceEntry(
        id=f"{collection}#{_id(element)}",
        name=_words(element.find("placeName")) or _id(element),
        note="; ".join(_notes(element)),
        latitude=latitude,
        longitude=longitude,
        refs=_refs(element),
    )
