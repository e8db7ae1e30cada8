"""The table everyone sits at: documents, their spans, facts and links as pure values, no I/O."""

from regesta.documents.base import Value
from regesta.documents.collection import Collection, PersonEntry, PlaceEntry, Section
from regesta.documents.dates import Calendar, HistoricalDate
from regesta.documents.display import display
from regesta.documents.document import Document, Enclosure, Image, Layer, Mark, Note, Source
from regesta.documents.edtf import parse_edtf
from regesta.documents.facts import PARTED, Fact, FactValue, Origin, Party, Place, Subject, resolve
from regesta.documents.line import to_line
from regesta.documents.links import Act, Link

__all__ = [
    "PARTED",
    "Act",
    "Calendar",
    "Collection",
    "Document",
    "Enclosure",
    "Fact",
    "FactValue",
    "HistoricalDate",
    "Image",
    "Layer",
    "Link",
    "Mark",
    "Note",
    "Origin",
    "Party",
    "PersonEntry",
    "Place",
    "PlaceEntry",
    "Section",
    "Source",
    "Subject",
    "Value",
    "display",
    "parse_edtf",
    "resolve",
    "to_line",
]
