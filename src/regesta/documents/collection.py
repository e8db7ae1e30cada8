"""A collection: a volume or a named set of sources, with all its text that is in no document."""

from regesta.documents.base import Value
from regesta.documents.document import Source


class Section(Value, frozen=True):
    """A part of a collection: compilation, chapter, preface, list of papers, index…

    Attributes:
        id: Unique in its collection.
        kind: The source's word for it ("compilation", "chapter", "preface", "index", "persons",
            "contents", "title page", "register").
        heading: Its heading on one line.
        parent: Id of the section around it, or an empty string.
        order: Its place in the collection, counted with the documents, from 0.
        text: Its own text that stands in no document and in no other section.
    """

    id: str
    kind: str
    heading: str = ""
    parent: str = ""
    order: int = 0
    text: str = ""


class PersonEntry(Value, frozen=True):
    """An entry of a list or register of persons.

    Attributes:
        id: ``collection#key``.
        name: As the list prints it, inverted where it is inverted there ("Francis, David R.").
        note: What the list says of the person.
        refs: Authority URIs.
    """

    id: str
    name: str
    note: str = ""
    refs: tuple[str, ...] = ()


class PlaceEntry(Value, frozen=True):
    """An entry of a register of places; coordinates in degrees, None where not given."""

    id: str
    name: str
    note: str = ""
    latitude: float | None = None
    longitude: float | None = None
    refs: tuple[str, ...] = ()


class Collection(Value, frozen=True):
    """A volume or a named set of sources.

    Attributes:
        id: Short, URL-safe, never changes.
        title: In full, as the source has it.
        short_title: For lists and crumbs, or an empty string.
        series: The series it belongs to.
        publisher: Who published it, with place.
        publisher_place: That place, where the source tells it apart.
        published: Year of publication as printed.
        licence: Licence, as words or URL.
        url: Where it stands on the web, where the source says so.
        source: The file that describes it, or None where several files make it.
        languages: ISO 639 codes of its documents where the source says so.
        side: The power whose archive it is, where the source or the user says so.
        sections: Its parts, in order.
        persons: Its list of persons.
        places: Its register of places.
    """

    id: str
    title: str
    short_title: str = ""
    series: str = ""
    publisher: str = ""
    published: str = ""
    licence: str = ""
    url: str = ""
    side: str = ""
    languages: tuple[str, ...] = ()
    source: Source | None = None
    sections: tuple[Section, ...] = ()
    persons: tuple[PersonEntry, ...] = ()
    places: tuple[PlaceEntry, ...] = ()
    publisher_place: str = ""
