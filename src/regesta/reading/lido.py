"""Records of images and objects in LIDO 1.0/1.1: one document a record, its words line by line.

Museums and editions describe portraits, maps and gifts in LIDO beside the letters that mention
them. What describes the object becomes text; what administers the record becomes a section.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Final
from xml.etree.ElementTree import Element, TreeBuilder

from regesta.documents import (
    Collection,
    Document,
    Fact,
    HistoricalDate,
    Image,
    Layer,
    Party,
    Place,
    Section,
    Source,
    Subject,
)
from regesta.documents.dates import from_bounds, from_iso
from regesta.documents.ids import local_id, slug
from regesta.errors import SourceError
from regesta.reading.base import Reading, SourceFile, Verdict
from regesta.reading.languages import language_code
from regesta.reading.limits import MAX_NESTING
from regesta.reading.xmlsafe import SEPARATOR, Parser, looks_like_xml, root_name
from regesta.vocabularies import vocabulary

_NAMESPACE: Final = "http://www.lido-schema.org"
_ROOTS: Final = ("lido", "lidoWrap")
_SPACE: Final = re.compile(r"\s+")
#: Life dates or a role in brackets after an actor's name: "Anna Muster (engraver), 1691-1751".
_AFTER_NAME: Final = re.compile(r"\s*(?:\([^)]*\)|,\s*(?:[^\W\d]+\.?\s*)?\d{3,4}\b.*)\s*")

#: Confidence of what a cataloguer calls probable.
HEDGED: Final = 0.6

#: A line of the text: its layer's kind, or None for the body, and its words.
Line = tuple[str | None, str]


class LidoReader:
    """Reads LIDO records: a single one, or a wrap of several."""

    name = "lido"

    def judge(self, source: SourceFile) -> Verdict:
        """Look at the root element."""
        if not looks_like_xml(source.data):
            return Verdict(0.0, "is not XML")
        name, namespace = root_name(source.data)
        if name in _ROOTS and namespace == _NAMESPACE:
            return Verdict(1.0, f"root element is {name}")
        return Verdict(0.0, f"root element is {name or 'not there'}, not lido")

    def read(self, source: SourceFile) -> Reading:
        """Read every record of the file.

        Raises:
            SourceError: Not well-formed, not safe, or without any record.
        """
        root, warnings = _tree(source)
        records = [root] if root.tag == "lido" else root.findall("lido")
        if not records:
            raise SourceError(f"{source.name}: a LIDO file without any record")
        origin = Source(source.path, source.sha256, "", self.name)
        collection = slug(source.folder) or "lido"
        documents, sections, unaccounted = [], [], 0
        for order, record in enumerate(records):
            number = f"-{order + 1}" if len(records) > 1 else ""
            document = _document(record, collection, local_id(source.stem) + number, origin, order)
            header = _administration(record)
            documents.append(document)
            if header:
                sections.append(
                    Section(f"header-{document.local_id}", "header", order=order, text=header)
                )
            unaccounted += _missing(record, document, header)
        return Reading(
            Collection(
                collection, source.folder or "LIDO", source=origin, sections=tuple(sections)
            ),
            documents,
            unaccounted=unaccounted,
            warnings=warnings,
            standalone=len(records) == 1,
        )


def _tree(source: SourceFile) -> tuple[Element, list[str]]:
    """Parse safely; tags and attributes lose their namespace."""
    parser = Parser(source.name)
    made: list[TreeBuilder] = []

    def local(name: str) -> str:
        return name.rpartition(SEPARATOR)[2]

    def begin() -> tuple[Any, Any, Any]:
        builder, depth = TreeBuilder(), 0
        made[:] = [builder]

        def start(tag: str, attrs: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            if depth > MAX_NESTING:
                raise SourceError(f"{source.name}: nests its elements deeper than any record does")
            builder.start(local(tag), {local(k): v for k, v in attrs.items()})

        def end(tag: str) -> None:
            nonlocal depth
            depth -= 1
            builder.end(local(tag))

        return start, end, builder.data

    parser.run(source.data, begin)
    return made[0].close(), [f"{source.name}, {warning}" for warning in parser.warnings]


def _fold(text: str | None) -> str:
    return _SPACE.sub(" ", text or "").strip()


#: Identifiers for machines: kept with the record's administration, not in the text.
_MACHINE: Final = frozenset(("conceptID", "legalBodyID", "actorID", "earliestDate", "latestDate"))


def _words(element: Element | None) -> str:
    """All words of an element, whatever stands between them."""
    return _fold(" ".join(element.itertext())) if element is not None else ""


def _prose(element: Element) -> str:
    """The words of an element for a reader: without identifiers for machines."""
    parts = [element.text or ""]
    for child in element:
        if child.tag not in _MACHINE:
            parts.append(_prose(child))
        parts.append(child.tail or "")
    return _fold(" ".join(parts))


def _document(record: Element, collection: str, id: str, source: Source, order: int) -> Document:
    title = _words(record.find(".//titleSet/appellationValue"))
    made, layers = _text(list(_lines(record)))
    return Document(
        id=f"{collection}/{id}",
        collection=collection,
        source=source,
        text=made,
        heading=title,
        layers=tuple(layers),
        facts=tuple(_facts(record, made)),
        order=order,
        images=tuple(
            Image(url) for link in record.findall(".//linkResource") if (url := _fold(link.text))
        ),
    )


def _lines(record: Element) -> Iterator[Line]:
    """The record's words in reading order: title, description, object, events, related works."""
    described = record.find("descriptiveMetadata")
    if described is None:
        return
    identified = described.find("objectIdentificationWrap")
    if identified is not None:
        for kind, part in (
            ("heading", "titleWrap"),
            (None, "objectDescriptionWrap"),
            (None, "objectMeasurementsWrap"),
        ):
            for line in _leaf_lines(identified.find(part)):
                yield kind, line
        yield from ((None, line) for line in _leaf_lines(identified.find("inscriptionsWrap")))
        for repository in identified.findall(".//repositorySet"):
            yield "source note", _prose(repository)
        for state in identified.findall("displayStateEditionWrap"):
            yield None, _prose(state)
    for element in described:
        if element.tag != "objectIdentificationWrap":
            yield from ((None, line) for line in _leaf_lines(element))


#: Elements whose words make one line each.
_LINE_TAGS: Final = frozenset(
    ("titleSet", "objectDescriptionSet", "objectMeasurementsSet", "inscriptions", "event",
     "relatedWorkSet", "subjectSet", "objectWorkType", "classification")
)  # fmt: skip


def _leaf_lines(element: Element | None) -> Iterator[str]:
    if element is None:
        return
    inner = list(element) if element.tag not in _LINE_TAGS else []
    if not inner:
        if words := _prose(element):
            yield words
        return
    if own := _fold(element.text):
        yield own
    for child in inner:
        yield from _leaf_lines(child)
        if tail := _fold(child.tail):
            yield tail


def _text(lines: list[Line]) -> tuple[str, list[Layer]]:
    """Join lines into the text; give its layers."""
    kept = [(kind, words) for kind, words in lines if words]
    spans, at = [], 0
    for _, words in kept:
        spans.append((at, at + len(words)))
        at += len(words) + 1
    layers: list[Layer] = []
    for (kind, _), (start, end) in zip(kept, spans, strict=True):
        name: Any = kind or "body"
        if layers and layers[-1].kind == name and name == "body":
            layers[-1] = Layer("body", layers[-1].start, end)
        else:
            layers.append(Layer(name, start, end))
    return "\n".join(words for _, words in kept), layers


def _facts(record: Element, text: str) -> Iterator[Fact]:
    """What the record states of its object's making: date, maker, place; kind, subjects, keeper."""
    for event in record.findall(".//event"):
        if not _is_making(event):
            continue
        start = max(text.find(_prose(event)), 0)
        if (date := _date(event)) is not None:
            yield Fact("date", date, "given", "lido:eventDate", _find(text, date.printed, start))
        for actor in event.findall("eventActor"):
            if (party := _maker(actor)) is not None:
                words = _find(text, party.name, start)
                yield Fact("sender", party, "given", "lido:eventActor", words)
        if place := _place(event):
            hedge = _hedge().match(place)
            name = place[hedge.end() :] if hedge else place
            sure = HEDGED if hedge else 1.0
            words = _find(text, name, start)
            yield Fact("place", Place(name), "given", "lido:eventPlace", words, sure)
        break
    if kind := _words(record.find(".//objectWorkType/term")):
        yield Fact("kind", kind, "given", "lido:objectWorkType", _find(text, kind))
    for subject in record.findall(".//subjectSet//term"):
        if label := _words(subject):
            yield Fact("subject", Subject(label), "given", "lido:subject", _find(text, label))
    keeper = record.find(".//repositorySet")
    if keeper is not None:
        name = _words(keeper.find(".//legalBodyName/appellationValue"))
        marks = [_words(work) for work in keeper.findall("workID") if work.get("type") != "url"]
        if shelf := ", ".join(part for part in (name, *marks) if part):
            yield Fact("repository", shelf, "given", "lido:repositorySet")
    for metadata in record.findall("descriptiveMetadata"):
        if language := metadata.get("lang"):
            yield Fact(
                "language", language_code(language), "given", "lido:descriptiveMetadata/@xml:lang"
            )
            break


def _find(text: str, words: str, start: int = 0) -> tuple[int, int] | None:
    at = text.find(words, start) if words else -1
    return (at, at + len(words)) if at >= 0 else None


def _is_making(event: Element) -> bool:
    """Tell whether the event is the object's production or creation."""
    known = vocabulary("lido")["making"]
    ids = {_words(concept).rpartition("/")[2] for concept in event.findall("eventType/conceptID")}
    terms = {_words(term).casefold() for term in event.findall("eventType/term")}
    return bool(ids & set(known["concepts"]) or terms & set(known["terms"]))


def _date(event: Element) -> HistoricalDate | None:
    printed = _words(event.find("eventDate/displayDate"))
    first = _words(event.find("eventDate/date/earliestDate")) or None
    last = _words(event.find("eventDate/date/latestDate")) or None
    if first or last:
        return from_bounds(first, last, printed=printed, between=first != last)
    return from_iso(printed, printed=printed)


def _maker(actor: Element) -> Party | None:
    """Give the maker; publishers, editors and photographers of the record are none."""
    name = actor.find(".//nameActorSet/appellationValue")
    printed = _words(name)
    role = _words(actor.find("displayActorInRole")) or _words(actor.find(".//roleActor/term"))
    label = (name.get("label", "") if name is not None else "").casefold()
    others = vocabulary("lido")["other_roles"]["terms"]
    if not printed or label in others or role.casefold() in others:
        return None
    name_only = _AFTER_NAME.sub("", printed).strip(" ,")
    if role:
        name_only = name_only.removeprefix(f"{role} ")
    return Party(name_only, office=role, person=_authority(actor))


def _authority(actor: Element) -> str:
    """Give the actor's URI: the identifier, after its source where that is a web address."""
    for id in actor.findall(".//actorID"):
        key, source = _words(id), id.get("source", "")
        if key.startswith("http"):
            return key
        if key and source.startswith("http"):
            return f"{source.rstrip('/')}/{key}"
    return ""


@cache
def _hedge() -> re.Pattern[str]:
    joined = "|".join(re.escape(word) for word in vocabulary("lido")["hedges"]["words"])
    return re.compile(rf"(?:{joined})\s+", re.IGNORECASE)


def _place(event: Element) -> str:
    shown = event.find("eventPlace/displayPlace")
    return _words(shown) or _words(event.find("eventPlace/place/namePlaceSet/appellationValue"))


def _administration(record: Element) -> str:
    """The words of the record that do not describe the object, one line an element."""
    lines: list[str] = []
    for element in record:
        if element.tag == "descriptiveMetadata":
            machine = (_words(found) for found in element.iter() if found.tag in _MACHINE)
            lines += [words for words in machine if words]
        else:
            lines += [words for words in _all_lines(element) if words]
    return "\n".join(lines)


def _all_lines(element: Element) -> Iterator[str]:
    yield _fold(element.text)
    for child in element:
        yield from _all_lines(child)
        yield _fold(child.tail)


def _missing(record: Element, document: Document, header: str) -> int:
    """Count visible characters of the record that stand nowhere."""
    there = "".join("".join(record.itertext()).split())
    return max(0, len(there) - len("".join((document.text + header).split())))
