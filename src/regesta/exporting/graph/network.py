"""Networks for Gephi, Cytoscape, networkx and their like: GraphML and GEXF.

Documents and their links come in; out goes one file with documents and parties as nodes, or with
parties alone. Edges wait in a temporary file, so that memory grows with names and ids only.
"""

import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import IO, BinaryIO, ClassVar

import msgspec

from regesta.documents import Collection, Document, Link, Party
from regesta.documents.base import Value
from regesta.exporting.graph.formats import GEXF, GRAPHML, Form

#: Documents between two reports of progress.
EVERY = 200
#: Bytes of edges that are held in memory before they go to disk.
SPOOL = 4_000_000
#: How links stand that are edges.
_STANDINGS = frozenset({"asserted", "candidate"})
#: What XML cannot hold.
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Edge(Value, frozen=True):
    """An edge, by the ids of its nodes; what is not known of it is left out."""

    source: str
    target: str
    kind: str
    standing: str = ""
    confidence: float = 1.0
    weight: int = 1


class _Graph:
    """What both formats of both networks share."""

    name: ClassVar[str] = ""
    suffix: ClassVar[str] = ""
    media_type: ClassVar[str] = "application/xml"
    form: ClassVar[Form] = GRAPHML

    def _write_all(
        self,
        nodes: Iterable[tuple[str, dict[str, str]]],
        edges: Callable[[], Iterator[Edge]],
        target: BinaryIO,
    ) -> None:
        """Write nodes, then the edges that are asked for once all nodes are out."""
        form = self.form
        target.write(form.head.encode())
        for id, values in nodes:
            target.write(form.node(_plain(id), {k: _plain(v) for k, v in values.items()}).encode())
        target.write(form.between.encode())
        for number, edge in enumerate(edges()):
            values = {
                "kind": edge.kind,
                "standing": edge.standing,
                "confidence": f"{edge.confidence:g}",
                "weight": str(edge.weight),
            }
            ends = _plain(edge.source), _plain(edge.target)
            target.write(form.edge(number, *ends, values).encode())
        target.write(form.foot.encode())


class _Documents(_Graph):
    """Documents with their links, and parties joined to what they wrote and received."""

    takes_links = True
    needs_links = True

    def write(
        self,
        documents: Iterable[Document],
        target: BinaryIO,
        *,
        collections: dict[str, Collection],
        progress: Callable[[int], None] | None = None,
        links: Callable[[str], Iterable[Link]] = lambda id: (),
    ) -> int:
        """Write the network; give how many documents are in it.

        Links to documents that are not written are left out.
        """
        known, parties = set[str](), dict[str, Party]()
        with tempfile.SpooledTemporaryFile(max_size=SPOOL) as spool:

            def nodes() -> Iterator[tuple[str, dict[str, str]]]:
                for document in documents:
                    known.add(document.id)
                    _put(spool, _edges_of(document, links(document.id), parties))
                    yield document.id, _document_values(document, collections)
                    if progress and len(known) % EVERY == 0:
                        progress(len(known))
                for id, party in parties.items():
                    yield id, _party_values(party)

            self._write_all(nodes(), lambda: _kept(spool, {*known, *parties}), target)
        if progress:
            progress(len(known))
        return len(known)


class _Parties(_Graph):
    """Parties, joined by the documents that one wrote to the other, with their number."""

    def write(
        self,
        documents: Iterable[Document],
        target: BinaryIO,
        *,
        collections: dict[str, Collection],
        progress: Callable[[int], None] | None = None,
    ) -> int:
        """Write the network; give from how many documents it is made."""
        parties: dict[str, Party] = {}
        written = Counter[tuple[str, str]]()
        count = 0
        for document in documents:
            count += 1
            for sender in document.senders:
                for recipient in document.recipients:
                    ends = party_id(sender), party_id(recipient)
                    parties.setdefault(ends[0], sender)
                    parties.setdefault(ends[1], recipient)
                    written[ends] += 1
            if progress and count % EVERY == 0:
                progress(count)
        self._write_all(
            ((id, _party_values(party)) for id, party in parties.items()),
            lambda: (Edge(a, b, "wrote to", weight=n) for (a, b), n in written.items()),
            target,
        )
        if progress:
            progress(count)
        return count


class GraphmlExporter(_Documents):
    """Documents and parties as GraphML."""

    name, suffix, form = "graphml", ".graphml", GRAPHML


class GexfExporter(_Documents):
    """Documents and parties as GEXF 1.3."""

    name, suffix, form = "gexf", ".gexf", GEXF


class GraphmlPartiesExporter(_Parties):
    """Parties alone as GraphML."""

    name, suffix, form = "graphml-parties", ".graphml", GRAPHML


class GexfPartiesExporter(_Parties):
    """Parties alone as GEXF 1.3."""

    name, suffix, form = "gexf-parties", ".gexf", GEXF


def party_id(party: Party) -> str:
    """The id of a party's node: that of its person where one is known, else its name and office."""
    if party.person:
        return f"party:{party.person}"
    return f"party:{' | '.join(x for x in (party.name, party.office, party.power) if x)}"


def _document_values(document: Document, collections: dict[str, Collection]) -> dict[str, str]:
    date, place = document.date, document.place
    collection = collections.get(document.collection)
    return {
        "label": document.heading or document.id,
        "kind": "document",
        "date": date.edtf if date else "",
        "place": place.name if place else "",
        "number": document.word("number"),
        "type": document.word("kind"),
        "collection": document.collection,
        "side": collection.side if collection else "",
    }


def _party_values(party: Party) -> dict[str, str]:
    name = party.label
    return {"label": name, "kind": "party", "office": party.office, "power": party.power}


def _edges_of(
    document: Document, links: Iterable[Link], parties: dict[str, Party]
) -> Iterator[Edge]:
    for kind, found in (("author", document.senders), ("recipient", document.recipients)):
        for party in found:
            id = party_id(party)
            parties.setdefault(id, party)
            ends = (id, document.id) if kind == "author" else (document.id, id)
            yield Edge(*ends, kind)
    for link in links:
        standing = link.evidence.get("standing", "asserted")
        if link.target and link.target != document.id and standing in _STANDINGS:
            yield Edge(document.id, link.target, link.kind, standing, link.confidence)


_encode = msgspec.json.Encoder().encode
_edge = msgspec.json.Decoder(Edge)


def _put(spool: IO[bytes], edges: Iterable[Edge]) -> None:
    for edge in edges:
        spool.write(_encode(edge) + b"\n")


def _kept(spool: IO[bytes], known: set[str]) -> Iterator[Edge]:
    """The edges between nodes that are there."""
    spool.seek(0)
    for line in spool:
        edge = _edge.decode(line)
        if edge.source in known and edge.target in known:
            yield edge


def _plain(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
