"""Lists of subject headings that a user supplies: a file's bytes in, headings out.

A plain list has one heading a line, broader headings before ">", other names after "=". SKOS, in
Turtle, RDF/XML or N-Triples, is read by rdflib (extra ``skos``); JSON-LD is not, because it may
call other machines.
"""

from collections.abc import Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from regesta.describing.subjects.model import Term
from regesta.errors import MissingExtra, SourceError

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

#: Ending of a file → rdflib's name of its format.
FORMATS: Final = {
    ".ttl": "turtle", ".rdf": "xml", ".owl": "xml", ".xml": "xml", ".skos": "xml", ".nt": "nt",
    ".n3": "n3",
}  # fmt: skip
#: A heading is no paragraph; deeper trees than this go in circles.
LONGEST, DEEPEST = 300, 24


def read_terms(name: str, data: bytes, *, language: str = "en") -> list[Term]:
    """Read a list of headings.

    Args:
        name: The file's name; its ending tells the format, any other is a plain list.
        data: Its bytes.
        language: The labels preferred where SKOS has several (ISO 639).

    Returns:
        Headings in order, each once.

    Raises:
        SourceError: The file is not what its ending says, or holds no heading.
        MissingExtra: SKOS needs rdflib.
    """
    kind = FORMATS.get(PurePath(name).suffix.lower())
    terms = list(_skos(name, data, kind, language) if kind else _plain(name, data))
    found = list({(term.path, term.label): term for term in terms}.values())
    if not found:
        raise SourceError(f"{name}: holds no heading", "write one heading a line")
    return found


def _plain(name: str, data: bytes) -> Iterator[Term]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at = data[: error.start].count(b"\n") + 1
        raise SourceError(f"{name}: line {at} is not UTF-8", "save the list as UTF-8") from None
    if "\0" in text:
        raise SourceError(f"{name}: is no list of headings", "write one heading a line")
    for number, line in enumerate(text.splitlines(), 1):
        words = line.strip()
        if not words or words.startswith("#"):
            continue
        heading, _, others = words.partition("=")
        parts = [" ".join(part.split()) for part in heading.split(">")]
        parts = [part for part in parts if part]
        if not parts:
            continue
        if len(words) > LONGEST:
            raise SourceError(
                f"{name}: line {number} has {len(words)} characters, too many for a heading",
                "write one heading a line",
            )
        names = (" ".join(other.split()) for other in others.split("|"))
        yield Term(parts[-1], tuple(parts[:-1]), tuple(filter(None, names)))


def _skos(name: str, data: bytes, kind: str, language: str) -> Iterator[Term]:
    try:
        from rdflib import Graph
        from rdflib.namespace import RDF, SKOS
    except ImportError:
        raise MissingExtra(
            f"{name}: reading SKOS needs rdflib", "pip install 'regesta[skos]'"
        ) from None
    graph = Graph()
    try:
        graph.parse(data=data, format=kind)
    except Exception as error:
        # Every parser of rdflib fails in its own way; a user needs the file and the reason.
        why = " ".join(str(error).split())[:160] or type(error).__name__
        raise SourceError(f"{name}: is no {kind}: {why}", "check the file's ending") from None
    concepts = set(graph.subjects(RDF.type, SKOS.Concept)) | set(graph.subjects(SKOS.prefLabel))
    for concept in sorted(concepts, key=str):
        label = _label(graph, concept, language)
        if not label:
            continue
        names = [*graph.objects(concept, SKOS.prefLabel), *graph.objects(concept, SKOS.altLabel)]
        others = dict.fromkeys(" ".join(str(n).split()) for n in sorted(names, key=str))
        others.pop(label, None)
        uri = str(concept) if str(concept).startswith("http") else ""
        yield Term(label, _path(graph, concept, language), tuple(others), uri)


def _label(graph: "Graph", concept: "Node", language: str) -> str:
    """A concept's preferred label: in the language asked, else without one, else the first."""
    from rdflib.namespace import SKOS

    labels = sorted(graph.objects(concept, SKOS.prefLabel), key=str)
    ranked = sorted(labels, key=lambda x: _rank(getattr(x, "language", None), language))
    return " ".join(str(ranked[0]).split())[:LONGEST] if ranked else ""


def _rank(found: str | None, wanted: str) -> int:
    if found and found.lower().partition("-")[0] == wanted:
        return 0
    return 2 if found else 1


def _path(graph: "Graph", concept: "Node", language: str) -> tuple[str, ...]:
    """A concept's broader headings, broadest first; of several the first in order of URIs."""
    from rdflib.namespace import SKOS

    path: list[str] = []
    seen = {concept}
    at = concept
    while len(path) < DEEPEST:
        broader = sorted(
            {*graph.objects(at, SKOS.broader), *graph.subjects(SKOS.narrower, at)}, key=str
        )
        if not broader or broader[0] in seen:
            break
        at = broader[0]
        seen.add(at)
        if label := _label(graph, at, language):
            path.append(label)
    return tuple(reversed(path))
