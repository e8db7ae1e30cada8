"""LIDO records (museum objects, prints, maps) into documents: title, description, maker, date.

A record is a document without correspondence: its text is the description, its facsimiles are the
images; every other word of the record is kept in a section.
"""

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element, TreeBuilder

from regesta.documents import Collection, Document, Fact, Image, Layer, Place, Section, Source
from regesta.documents.dates import from_bounds
from regesta.documents.ids import local_id, slug
from regesta.errors import SourceError
from regesta.reading.base import Reading, SourceFile, Verdict
from regesta.reading.xmlsafe import Parser, looks_like_xml, root_name

LIDO_NS: Final = "http://www.lido-schema.org"
_LANG: Final = "http://www.w3.org/XML/1998/namespace}lang"


class LidoReader:
    """Reads one LIDO record a file, or a ``lidoWrap`` of several."""

    name = "lido"

    def judge(self, source: SourceFile) -> Verdict:
        """Look at the root element."""
        if not looks_like_xml(source.data):
            return Verdict(0.0, "is not XML")
        name, namespace = root_name(source.data)
        if namespace == LIDO_NS and name in ("lido", "lidoWrap"):
            return Verdict(1.0, f"root element is {name}")
        return Verdict(0.0, f"root element is {name or 'not there'}, not lido")

    def read(self, source: SourceFile) -> Reading:
        """Read its records.

        Raises:
            SourceError: The file is no well-formed XML, or it is not safe to read.
        """
        root, seen, warnings = _parse(source)
        records = [root] if root.tag == "lido" else root.findall("lido")
        if not records:
            raise SourceError(f"{source.name}: a LIDO file without any record")
        origin = Source(source.path, source.sha256, "", self.name)
        id = slug(source.folder or "documents")
        documents, sections = [], []
        for number, record in enumerate(records):
            name = local_id(source.stem) + (f"-{number + 1}" if number else "")
            document, section = _record(record, id, name, number, origin)
            documents.append(document)
            sections.append(section)
        collection = Collection(
            id, source.folder or "documents", source=origin, sections=tuple(sections)
        )
        kept = sum(_visible(d.text) for d in documents) + sum(_visible(s.text) for s in sections)
        return Reading(
            collection, documents, seen - kept, warnings=warnings, standalone=len(documents) == 1
        )


def _visible(text: str) -> int:
    return len("".join(text.split()))


def _parse(source: SourceFile) -> tuple[Element, int, list[str]]:
    parser = Parser(source.name)
    state: dict[str, object] = {}

    def begin() -> tuple[object, object, object]:
        builder = TreeBuilder()
        seen: list[int] = []
        state.update(builder=builder, seen=seen)

        def start(tag: str, attrs: dict[str, str]) -> None:
            builder.start(
                tag.removeprefix(f"{LIDO_NS}}}"),
                {key.removeprefix(f"{LIDO_NS}}}"): value for key, value in attrs.items()},
            )

        def end(tag: str) -> None:
            builder.end(tag.removeprefix(f"{LIDO_NS}}}"))

        def data(text: str) -> None:
            seen.append(_visible(text))
            builder.data(text)

        return start, end, data

    parser.run(source.data, begin)  # type: ignore[arg-type]
    builder, seen = state["builder"], state["seen"]
    assert isinstance(builder, TreeBuilder)
    assert isinstance(seen, list)
    warnings = [f"{source.name}, {warning}" for warning in parser.warnings]
    return builder.close(), sum(seen), warnings


def _words(element: Element | None) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _all(record: Element, path: str) -> Iterator[str]:
    for element in record.iterfind(path):
        if words := _words(element):
            yield words


def _record(
    record: Element, collection: str, name: str, number: int, source: Source
) -> tuple[Document, Section]:
    notes = list(record.iterfind(".//objectDescriptionSet/descriptiveNoteValue"))
    text = "\n".join(words for note in notes if (words := _words(note)))
    described = {id(note) for note in notes}
    metadata = record.find("descriptiveMetadata")
    language = (metadata.get(_LANG, "") if metadata is not None else "").split("-")[0]
    titles = list(_all(record, ".//titleSet/appellationValue"))
    layers = (Layer("commentary", 0, len(text), language),) if text else ()
    document = Document(
        id=f"{collection}/{name}",
        collection=collection,
        source=source,
        text=text,
        heading=titles[0] if titles else "",
        layers=layers,
        facts=tuple(_facts(record, titles)),
        order=number,
        images=tuple(Image(url) for url in dict.fromkeys(_all(record, ".//linkResource"))),
    )
    rest = "\n".join(_rest(record, described))
    return document, Section(f"record-{name}", "record", order=number, text=rest)


def _facts(record: Element, titles: list[str]) -> Iterator[Fact]:
    for title in titles:
        yield Fact("title", title, "given", "lido:titleSet")
    for kind in _all(record, ".//objectWorkType/term"):
        yield Fact("kind", kind, "given", "lido:objectWorkType")
        break
    places = (_all(record, ".//repositoryName/legalBodyName"), _all(record, ".//workID"))
    shelf = [words for part in places for words in part if "://" not in words]
    if shelf:
        yield Fact("repository", ", ".join(shelf), "given", "lido:repositorySet")
    yield from _event(record)


def _event(record: Element) -> Iterator[Fact]:
    """Give maker, date and place of the first event that has a date: how the object came to be."""
    for event in record.iterfind(".//eventSet/event"):
        dates = event.find("eventDate")
        if dates is None:
            continue
        for maker in _all(event, "eventActor/actorInRole/actor/nameActorSet/appellationValue"):
            yield Fact("author", maker, "given", "lido:eventActor")
        date = from_bounds(
            _words(dates.find("date/earliestDate")) or None,
            _words(dates.find("date/latestDate")) or None,
            printed=_words(dates.find("displayDate")),
            between=True,
        )
        if date is not None:
            yield Fact("date", date, "given", "lido:eventDate")
        for place in _all(event, "eventPlace/displayPlace"):
            yield Fact("place", Place(place), "given", "lido:eventPlace")
            break
        return


def _rest(element: Element, described: set[int]) -> Iterator[str]:
    """Give every word of the record that is not in its description, one piece a line."""
    if id(element) not in described and element.text and element.text.strip():
        yield " ".join(element.text.split())
    for child in element:
        if id(element) not in described:
            yield from _rest(child, described)
            if child.tail and child.tail.strip():
                yield " ".join(child.tail.split())
