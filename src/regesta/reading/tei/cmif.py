"""A list of letters that are elsewhere (CMIF): its header in, a document without text a letter out.

The Correspondence Metadata Interchange Format is TEI of ``correspDesc`` alone, made for
correspSearch. Version 2 adds statements in ``note/ref``; those on language and subject are read.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

import msgspec

from regesta.documents import Collection, Document, Fact, Source, Subject
from regesta.documents.facts import UNNAMED
from regesta.documents.ids import local_id, slug
from regesta.reading.languages import language_code
from regesta.reading.tei.header import BODY, Qualify, correspondence_facts, words_of
from regesta.reading.tei.rules import XML_ID

#: Begins the id of the section that holds the list's own words, and marks its documents.
SECTION = "letters-"
RULE = "cmif:correspDesc"
#: What the format writes where sender or addressee is not known.
_NOBODY = "Unknown"


def is_list(header: Element) -> bool:
    """Tell whether a header describes letters that are elsewhere: several, or one of a list."""
    found = header.findall(".//correspDesc")
    return len(found) > 1 or any(each.get("source", "")[:1] == "#" for each in found)


def listed_collection(header: Element, known: Collection) -> Collection:
    """Give the collection of a list: the edition that it says its letters are from."""
    editions = [words_of(bibl) for bibl in header.iterfind("fileDesc/sourceDesc/bibl")]
    title = editions[0] if len(editions) == 1 else ""
    title = known.series or title or words_of(header.find("fileDesc/titleStmt/title"))
    if not title:
        return known
    licence = header.find("fileDesc/publicationStmt/availability/licence")
    return msgspec.structs.replace(
        known,
        id=slug(title),
        title=title,
        publisher=words_of(header.find("fileDesc/publicationStmt/publisher")),
        licence=(licence.get("target", "") or words_of(licence)) if licence is not None else "",
    )


def listed_documents(
    header: Element, collection: Collection, source: Source, qualify: Qualify, *, section: str
) -> Iterator[Document]:
    """Make a document of every ``correspDesc``.

    Args:
        header: The file's header.
        collection: The collection that they are put in.
        source: The file.
        qualify: Makes an id of a pointer.
        section: Id of the section that holds the list's own words.
    """
    editions = {
        bibl.get(XML_ID, ""): words_of(bibl) for bibl in header.iterfind("fileDesc/sourceDesc/bibl")
    }
    for order, description in enumerate(header.iterfind(".//correspDesc")):
        facts = list(_named(correspondence_facts(description, qualify)))
        facts += _facts(description, editions)
        yield Document(
            id=f"{collection.id}/{_local_id(description, order)}",
            collection=collection.id,
            source=msgspec.structs.replace(source, position=description.get(XML_ID, "")),
            text="",
            facts=tuple(facts),
            section=section,
            order=order,
        )


def _named(facts: Iterable[Fact]) -> Iterator[Fact]:
    """What is known of a letter: that nobody is named is no name, but a body stays a body."""
    for fact in facts:
        if getattr(fact.value, "name", "") != _NOBODY:
            yield fact
        elif fact.rule.endswith(BODY):
            yield Fact(UNNAMED, fact.field, "given", fact.rule)


def _local_id(description: Element, order: int) -> str:
    """The end of the letter's own address, else its key, else its place in the list."""
    named = ""
    with suppress(ValueError):  # no address
        parts = urlsplit(description.get("ref", ""))
        last = unquote(parts.path).rstrip("/").rpartition("/")[2]
        named = "-".join(filter(None, (last, parts.query, parts.fragment)))
    named = named or description.get("key") or description.get(XML_ID) or ""
    return local_id(named) if named else f"letter-{order + 1}"


def _facts(description: Element, editions: dict[str, str]) -> Iterator[Fact]:
    if address := description.get("ref"):
        yield Fact("url", address, "given", f"{RULE}/@ref")
    if key := description.get("key"):
        yield Fact("number", key, "given", f"{RULE}/@key")
    edition = editions.get(description.get("source", "").removeprefix("#"), "")
    if edition:
        yield Fact("publication", edition, "given", f"{RULE}/@source")
    for ref in description.iterfind("note/ref"):
        says = ref.get("type", "").rpartition("#")[2].rpartition(":")[2]
        if says == "hasLanguage" and ref.get("target"):
            code = ref.get("target", "").rstrip("/").rpartition("/")[2]
            yield Fact("language", language_code(code), "given", f"{RULE}/note")
        elif says == "mentionsSubject" and words_of(ref):
            yield Fact("subject", Subject(words_of(ref)), "given", f"{RULE}/note")
