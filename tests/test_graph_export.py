"""Networks as GraphML and GEXF: what networkx reads is what was written."""

from io import BytesIO
from typing import Any

import networkx as nx
import pytest

from regesta.documents import Collection, Document, Fact, Link, Party, Source
from regesta.exporting.graph.network import (
    GexfExporter,
    GexfPartiesExporter,
    GraphmlExporter,
    GraphmlPartiesExporter,
    party_id,
)

KELL, HOME = Party("Kell", "Consul at Tarn"), Party("", "Secretary of State")


def document(n: int, sender: Party, recipient: Party, heading: str = "") -> Document:
    """A made-up document of two parties."""
    facts = (Fact("sender", sender, "given"), Fact("recipient", recipient, "given"))
    return Document(f"c/{n}", "c", Source("c.xml", ""), "Text.", heading=heading, facts=facts)


DOCUMENTS = [
    document(1, KELL, HOME, "A “note” & <more>\x00"),
    document(2, HOME, KELL),
    document(3, KELL, HOME),
]
LINKS = {
    "c/2": [Link("reply", "c/1", confidence=0.9), Link("reference", "away/9")],
    "c/3": [Link("counterpart", "c/2", evidence={"standing": "candidate"}), Link("reference", "")],
}


def written(exporter: Any, **more: Any) -> Any:
    """The network as networkx reads it."""
    target = BytesIO()
    count = exporter.write(
        iter(DOCUMENTS), target, collections={"c": Collection("c", "Papers")}, **more
    )
    assert count == len(DOCUMENTS)
    target.seek(0)
    return nx.read_graphml(target) if "graphml" in exporter.name else nx.read_gexf(target)


@pytest.mark.parametrize("exporter", [GraphmlExporter(), GexfExporter()])
def test_documents_parties_and_links_are_a_network(exporter: Any) -> None:
    """Documents and parties are nodes; links, senders and recipients are edges."""
    graph = written(exporter, links=lambda id: LINKS.get(id, ()))
    assert set(graph) == {"c/1", "c/2", "c/3", party_id(KELL), party_id(HOME)}
    assert graph.nodes["c/1"]["label"] == "A “note” & <more>\ufffd"
    assert graph.nodes[party_id(KELL)]["office"] == "Consul at Tarn"
    kinds = sorted((a, b, data["kind"]) for a, b, data in graph.edges(data=True))
    assert ("c/2", "c/1", "reply") in kinds
    assert ("c/3", "c/2", "counterpart") in kinds
    assert (party_id(KELL), "c/1", "author") in kinds
    assert ("c/1", party_id(HOME), "recipient") in kinds
    assert len(kinds) == 8


@pytest.mark.parametrize("exporter", [GraphmlExporter(), GexfExporter()])
def test_an_edge_says_how_sure_it_is(exporter: Any) -> None:
    """Standing and confidence of a link stand at its edge."""
    graph = written(exporter, links=lambda id: LINKS.get(id, ()))
    found = {data["kind"]: data for _, _, data in graph.edges(data=True)}
    assert found["counterpart"]["standing"] == "candidate"
    assert found["reply"]["confidence"] == 0.9


@pytest.mark.parametrize("exporter", [GraphmlPartiesExporter(), GexfPartiesExporter()])
def test_parties_are_joined_by_what_they_wrote(exporter: Any) -> None:
    """Who wrote to whom is one edge, with the number of documents as its weight."""
    graph = written(exporter)
    weights = {(a, b): int(data["weight"]) for a, b, data in graph.edges(data=True)}
    assert weights == {
        (party_id(KELL), party_id(HOME)): 2,
        (party_id(HOME), party_id(KELL)): 1,
    }


def test_links_to_what_is_not_written_are_left_out() -> None:
    """An edge never leads to a node that is not there."""
    target = BytesIO()
    GraphmlExporter().write(
        DOCUMENTS[1:2], target, collections={}, links=lambda id: LINKS.get(id, ())
    )
    target.seek(0)
    assert "c/1" not in nx.read_graphml(target)
