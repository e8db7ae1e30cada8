"""GraphML and GEXF 1.3 as text: head, node, edge and foot of each.

Values come in as words, out go lines of XML. Sources of the forms: the GraphML primer and schema
(graphml.graphdrawing.org) and the GEXF 1.3 schema (gexf.net/1.3).
"""

from collections.abc import Callable
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

#: What a node and an edge may say, with its type in either format; in the order of the head.
NODE = ("label", "kind", "date", "place", "number", "type", "collection", "side", "office", "power")
EDGE = {"kind": "string", "standing": "string", "confidence": "double", "weight": "int"}
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'


@dataclass(frozen=True, slots=True)
class Form:
    """A format: what stands before the nodes, between nodes and edges, and at the end.

    Attributes:
        node: Id and values to the node's line.
        edge: Number, ids of both ends and values to the edge's line.
    """

    head: str
    between: str
    foot: str
    node: Callable[[str, dict[str, str]], str]
    edge: Callable[[int, str, str, dict[str, str]], str]


def _data(values: dict[str, str], letter: str) -> str:
    return "".join(
        f'<data key="{letter}_{name}">{escape(value)}</data>'
        for name, value in values.items()
        if value
    )


def _graphml_node(id: str, values: dict[str, str]) -> str:
    return f"<node id={quoteattr(id)}>{_data(values, 'n')}</node>\n"


def _graphml_edge(number: int, source: str, target: str, values: dict[str, str]) -> str:
    ends = f"source={quoteattr(source)} target={quoteattr(target)}"
    return f'<edge id="e{number}" {ends}>{_data(values, "e")}</edge>\n'


def _graphml_keys() -> str:
    keys = [("n", "node", name, "string") for name in NODE]
    keys += [("e", "edge", name, type) for name, type in EDGE.items()]
    return "".join(
        f'<key id="{letter}_{name}" for="{what}" attr.name="{name}" attr.type="{type}"/>\n'
        for letter, what, name, type in keys
    )


GRAPHML = Form(
    head=f'{_XML}<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n{_graphml_keys()}'
    '<graph id="edition" edgedefault="directed">\n',
    between="",
    foot="</graph>\n</graphml>\n",
    node=_graphml_node,
    edge=_graphml_edge,
)


def _attvalues(values: dict[str, str], left_out: tuple[str, ...]) -> str:
    found = "".join(
        f'<attvalue for="{name}" value={quoteattr(value)}/>'
        for name, value in values.items()
        if value and name not in left_out
    )
    return f"<attvalues>{found}</attvalues>" if found else ""


def _gexf_node(id: str, values: dict[str, str]) -> str:
    label = quoteattr(values.get("label", id))
    return f"<node id={quoteattr(id)} label={label}>{_attvalues(values, ('label',))}</node>\n"


def _gexf_edge(number: int, source: str, target: str, values: dict[str, str]) -> str:
    ends = f"source={quoteattr(source)} target={quoteattr(target)}"
    weight = f'weight="{values["weight"]}" label={quoteattr(values["kind"])}'
    return f'<edge id="{number}" {ends} {weight}>{_attvalues(values, ("weight",))}</edge>\n'


def _gexf_attributes(what: str, names: dict[str, str]) -> str:
    found = "".join(
        f'<attribute id="{name}" title="{name}" type="{type}"/>' for name, type in names.items()
    )
    return f'<attributes class="{what}" mode="static">{found}</attributes>\n'


GEXF = Form(
    head=f'{_XML}<gexf xmlns="http://gexf.net/1.3" version="1.3">\n'
    '<graph mode="static" defaultedgetype="directed">\n'
    + _gexf_attributes("node", {name: "string" for name in NODE if name != "label"})
    + _gexf_attributes("edge", {name: type for name, type in EDGE.items() if name != "weight"})
    + "<nodes>\n",
    between="</nodes>\n<edges>\n",
    foot="</edges>\n</graph>\n</gexf>\n",
    node=_gexf_node,
    edge=_gexf_edge,
)
