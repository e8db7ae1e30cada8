"""JSON-LD and SKOS: other programs read what is written, and it says what the documents say."""

import io
import json

import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import RDF, SKOS

from regesta.describing.subjects.lists import read_terms
from regesta.documents import (
    Act,
    Collection,
    Document,
    Fact,
    Link,
    Note,
    Party,
    PersonEntry,
    Place,
    Source,
    Subject,
    parse_edtf,
)
from regesta.exporting.jsonld import EDTF, JsonLdExporter
from regesta.exporting.skos import SkosExporter, SkosXmlExporter

#: rdflib's own parser of JSON-LD uses what rdflib gives up.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
OA = Namespace("http://www.w3.org/ns/oa#")
SCHEMA = Namespace("https://schema.org/")
SITE = "https://quay.example.org"
QUAY = Collection(
    id="quay",
    title="Letters from the “Quay”",
    languages=("en",),
    persons=(PersonEntry("quay#p1", "Lind, Ole", "", ("https://d-nb.info/gnd/1",)),),
)
LETTER = Document(
    id="quay/a b",
    collection="quay",
    source=Source(path="x", sha256="0"),
    text="Halden, June 3, 1912.\nThe harbour is shut. See my 7.",
    heading="Lind to the Board",
    notes=(Note("1", "Not printed \\ here."),),
    facts=(
        Fact("date", parse_edtf("1912-06-03") or "", "derived", "dateline", (8, 20), 0.9),
        Fact("sender", Party(name="Lind", office="Pilot", person="quay#p1"), "given"),
        Fact("recipient", Party(office="Board"), "given"),
        Fact("place", Place("Halden", 59.1, 11.4, "https://www.geonames.org/1"), "given"),
        Fact("subject", Subject("Cranes & \"winches\"", ("Harbour",)), "given"),
        Fact("kind", "letter", "given"),
    ),
)  # fmt: skip
LINKS = [
    Link("reference", "quay/z", (47, 51), "my 7", 0.9),
    Link("reference", "", (0, 3), "Not", 0.5, {}, 0),
]
ACTS = [Act("Lind", "warn", "Board", "the harbour", span=(22, 42))]


def linked() -> Graph:
    """The letter as JSON-LD, read by rdflib."""
    target = io.BytesIO()
    JsonLdExporter().write(
        [LETTER],
        target,
        collections={"quay": QUAY},
        links=lambda id: LINKS,
        acts=lambda id: ACTS,
        address=SITE,
    )
    return Graph().parse(data=target.getvalue(), format="json-ld")


def test_document_in_terms_of_schema_org() -> None:
    """Sender, recipient, date and place are schema.org's, with references to authorities."""
    graph = linked()
    own = URIRef(f"{SITE}/documents/quay/a%20b")
    assert (own, RDF.type, SCHEMA.Message) in graph
    assert graph.value(own, SCHEMA.dateCreated) == Literal("1912-06-03", datatype=URIRef(EDTF))
    sender = graph.value(own, SCHEMA.sender)
    assert graph.value(sender, SCHEMA.sameAs) == URIRef("https://d-nb.info/gnd/1")
    assert graph.value(sender, SCHEMA.jobTitle) == Literal("Pilot")
    recipient = graph.value(own, SCHEMA.recipient)
    assert (recipient, RDF.type, SCHEMA.Organization) in graph
    (subject,) = graph.objects(own, SCHEMA.about)
    assert str(subject) == f"{SITE}/subjects/harbour--cranes-winches"
    assert graph.value(own, SCHEMA.isPartOf) == URIRef(f"{SITE}/collections/quay")


def test_facts_links_and_acts_are_annotations() -> None:
    """Each points at its words by place and by quotation; a note's words by quotation alone."""
    graph = linked()
    found = {}
    for annotation in graph.subjects(RDF.type, OA.Annotation):
        target = graph.value(annotation, OA.hasTarget)
        quotes = [graph.value(s, OA.exact) for s in graph.objects(target, OA.hasSelector)]
        places = [graph.value(s, OA.start) for s in graph.objects(target, OA.hasSelector)]
        name = str(annotation).partition("#")[2]
        found[name] = ([str(q) for q in quotes if q], [int(p) for p in places if p is not None])
    assert found == {
        "fact-1": (["June 3, 1912"], [8]),
        "link-1": (["my 7"], [47]),
        "link-2": (["Not"], []),
        "act-1": (["The harbour is shut."], [22]),
    }
    link = URIRef(f"{SITE}/documents/quay/a%20b#link-1")
    assert graph.value(link, OA.hasBody) == URIRef(f"{SITE}/documents/quay/z")
    assert graph.value(link, OA.motivatedBy) == OA.linking


def test_without_an_address_things_have_urns() -> None:
    """An edition that stands nowhere on the web names its documents all the same."""
    target = io.BytesIO()
    JsonLdExporter().write([LETTER], target, collections={"quay": QUAY})
    nodes = json.loads(target.getvalue())["@graph"]
    assert nodes[1]["id"] == "urn:x-regesta:documents:quay:a%20b"
    assert Graph().parse(data=target.getvalue(), format="json-ld")


@pytest.mark.parametrize(
    ("exporter", "format"), [(SkosExporter(), "turtle"), (SkosXmlExporter(), "xml")]
)
def test_skos(exporter: SkosExporter | SkosXmlExporter, format: str) -> None:
    """Headings are concepts, their paths broader ones; Regesta reads the list back."""
    target = io.BytesIO()
    assert exporter.write([LETTER], target, collections={"quay": QUAY}, address=SITE) == 1
    graph = Graph().parse(data=target.getvalue(), format=format)
    narrow = URIRef(f"{SITE}/subjects/harbour--cranes-winches")
    broad = URIRef(f"{SITE}/subjects/harbour")
    assert (narrow, SKOS.broader, broad) in graph
    assert (broad, SKOS.narrower, narrow) in graph
    assert graph.value(narrow, SKOS.prefLabel) == Literal('Cranes & "winches"', lang="en")
    assert (broad, SKOS.topConceptOf, URIRef(f"{SITE}/subjects")) in graph
    terms = read_terms(f"list{exporter.suffix}", target.getvalue())
    assert [(term.path, term.label) for term in terms] == [
        ((), "Harbour"),
        (("Harbour",), 'Cranes & "winches"'),
    ]


def test_no_subjects_give_an_empty_scheme() -> None:
    """An edition without subjects still writes what can be read."""
    bare = Document(id="quay/1", collection="quay", source=Source(path="x", sha256="0"), text="")
    for exporter, format in ((SkosExporter(), "turtle"), (SkosXmlExporter(), "xml")):
        target = io.BytesIO()
        exporter.write([bare], target, collections={})
        graph = Graph().parse(data=target.getvalue(), format=format)
        assert list(graph.subjects(RDF.type, SKOS.Concept)) == []


@pytest.mark.parametrize(
    ("exporter", "format"), [(SkosExporter(), "turtle"), (SkosXmlExporter(), "xml")]
)
def test_two_spellings_of_a_heading_are_one_concept(
    exporter: SkosExporter | SkosXmlExporter, format: str
) -> None:
    """Headings that share an id have one preferred label, the frequent one, and another beside."""
    papers = [
        Document(
            id=f"quay/{n}", collection="quay", source=Source(path="x", sha256="0"), text="",
            facts=(Fact("subject", Subject(label, path), "given"),),
        )
        for n, (label, path) in enumerate(
            [("Caf\u00e9s", ()), ("Cafes", ()), ("Caf\u00e9s", ()), ("Rent", ("Cafes",))]
        )
    ]  # fmt: skip
    target = io.BytesIO()
    exporter.write(papers, target, collections={}, address=SITE)
    graph = Graph().parse(data=target.getvalue(), format=format)
    cafes, rent = URIRef(f"{SITE}/subjects/cafes"), URIRef(f"{SITE}/subjects/cafes--rent")
    assert [str(label) for label in graph.objects(cafes, SKOS.prefLabel)] == ["Caf\u00e9s"]
    assert [str(label) for label in graph.objects(cafes, SKOS.altLabel)] == ["Cafes"]
    assert list(graph.objects(cafes, SKOS.narrower)) == [rent]
