"""SKOS of the subjects: a concept scheme of all headings, broader ones from their paths.

Written as Turtle or RDF/XML by hand: what a library's thesaurus software or ``regesta suggest
--list`` reads. In memory are the headings, not the documents.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import BinaryIO

from regesta.documents import Collection, Document, Subject
from regesta.documents.ids import label_id, one_line
from regesta.exporting.addresses import entry_address
from regesta.exporting.tei.words import attribute, element

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_DCT = "http://purl.org/dc/terms/"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
EVERY = 200
#: A heading with its broader ones, broadest first.
_Path = tuple[str, ...]


@lru_cache(maxsize=65536)
def concept_id(subject: Subject) -> str:
    """The id of a heading, the same as in the subject index."""
    return _id(_path(subject))


@lru_cache(maxsize=65536)
def _path(subject: Subject) -> _Path:
    return tuple(filter(None, map(one_line, (*subject.path, subject.label))))


def _id(path: _Path) -> str:
    return "--".join(map(label_id, path))


@dataclass(frozen=True, slots=True)
class _Scheme:
    """Headings as a concept scheme.

    Attributes:
        counts: Heading → documents that bear it.
        others: Heading → other spellings of its last word.
        title: Of the scheme.
        language: Code of the headings' language, or "".
        address: Where the edition stands on the web, or "".
    """

    counts: dict[_Path, int]
    others: dict[_Path, list[str]]
    title: str
    language: str
    address: str

    @property
    def uri(self) -> str:
        """Of the scheme itself."""
        return entry_address(self.address, "subjects", "").rstrip("/:")

    def concept(self, path: _Path) -> str:
        """The URI of a heading."""
        return entry_address(self.address, "subjects", _id(path))


class _Skos:
    """Gathers the headings of all documents; its heirs write them."""

    takes_address = True

    def write(
        self,
        documents: Iterable[Document],
        target: BinaryIO,
        *,
        collections: dict[str, Collection],
        progress: Callable[[int], None] | None = None,
        address: str = "",
    ) -> int:
        """Write the headings of the documents; give how many documents were read.

        ``address`` is where the edition stands on the web.
        """
        counts: dict[_Path, int] = {}
        count = 0
        for document in documents:
            count += 1
            for path in {_path(subject) for subject in document.subjects} - {()}:
                counts[path] = counts.get(path, 0) + 1
                for depth in range(1, len(path)):
                    counts.setdefault(path[:depth], 0)
            if progress and count % EVERY == 0:
                progress(count)
        counts, others = _merged(counts)
        languages = {code for c in collections.values() for code in c.languages}
        language = next(iter(languages)) if len(languages) == 1 else ""
        titles = [c.title for c in collections.values() if c.title]
        title = f"Subjects of {titles[0]}" if len(titles) == 1 else "Subjects of an edition"
        for piece in self.pieces(_Scheme(counts, others, title, language, address)):
            target.write(piece.encode("utf-8", "replace"))
        if progress:
            progress(count)
        return count

    def pieces(self, scheme: _Scheme) -> Iterable[str]:
        """Give the file in pieces."""
        raise NotImplementedError


def _merged(counts: dict[_Path, int]) -> tuple[dict[_Path, int], dict[_Path, list[str]]]:
    """Headings that have one id ("Café", "Cafe") as one concept: a label, and the others'.

    A concept has one preferred label in a language (SKOS, S14).
    """
    first: dict[str, _Path] = {}
    merged: dict[_Path, int] = {}
    others: dict[_Path, list[str]] = {}
    for path in sorted(counts, key=lambda p: (-counts[p], p)):
        kept = first.setdefault(_id(path), path)
        merged[kept] = merged.get(kept, 0) + counts[path]
        if path[-1] not in (kept[-1], *others.get(kept, ())):
            others.setdefault(kept, []).append(path[-1])
    return merged, others


def _narrower(counts: dict[_Path, int]) -> dict[str, list[_Path]]:
    """The id of a heading → the headings right below it."""
    below: dict[str, list[_Path]] = {}
    for path in sorted(counts):
        below.setdefault(_id(path[:-1]), []).append(path)
    return below


class SkosExporter(_Skos):
    """Writes Turtle."""

    name = "skos"
    suffix = ".ttl"
    media_type = "text/turtle"

    def pieces(self, scheme: _Scheme) -> Iterable[str]:
        """Give the file in pieces."""
        tag = f"@{scheme.language}" if scheme.language else ""
        whole = f"<{scheme.uri}>"

        def concept(path: _Path) -> str:
            return f"<{scheme.concept(path)}>"

        yield f"@prefix skos: <{_SKOS}> .\n@prefix dct: <{_DCT}> .\n\n"
        yield f"{whole} a skos:ConceptScheme ;\n  dct:title {_quoted(scheme.title)} .\n"
        below = _narrower(scheme.counts)
        for path in sorted(scheme.counts):
            others = scheme.others.get(path, ())
            lines = [f"skos:prefLabel {_quoted(path[-1])}{tag}", f"skos:inScheme {whole}"]
            lines += [f"skos:altLabel {_quoted(label)}{tag}" for label in others]
            if len(path) > 1:
                lines.append(f"skos:broader {concept(path[:-1])}")
            else:
                lines.append(f"skos:topConceptOf {whole}")
            lines += [f"skos:narrower {concept(inner)}" for inner in below.get(_id(path), ())]
            if count := scheme.counts[path]:
                lines.append(f"skos:note {_quoted(_told(count))}@en")
            yield f"\n{concept(path)} a skos:Concept ;\n  " + " ;\n  ".join(lines) + " .\n"


class SkosXmlExporter(_Skos):
    """Writes RDF/XML."""

    name = "skos-xml"
    suffix = ".rdf"
    media_type = "application/rdf+xml"

    def pieces(self, scheme: _Scheme) -> Iterable[str]:
        """Give the file in pieces."""
        concept = scheme.concept

        def points(name: str, uri: str) -> str:
            return f"  <skos:{name}{attribute('rdf:resource', uri)}/>\n"

        yield (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<rdf:RDF xmlns:rdf="{_RDF}" xmlns:skos="{_SKOS}" xmlns:dct="{_DCT}">\n'
            f"<skos:ConceptScheme{attribute('rdf:about', scheme.uri)}>\n"
            f"  {element('dct:title', scheme.title)}\n</skos:ConceptScheme>\n"
        )
        below = _narrower(scheme.counts)
        for path in sorted(scheme.counts):
            labels = [("prefLabel", path[-1])]
            labels += [("altLabel", label) for label in scheme.others.get(path, ())]
            inner = [
                f"  {element(f'skos:{kind}', label, xml_lang=scheme.language)}\n"
                for kind, label in labels
            ]
            inner.append(points("inScheme", scheme.uri))
            if len(path) > 1:
                inner.append(points("broader", concept(path[:-1])))
            else:
                inner.append(points("topConceptOf", scheme.uri))
            inner += [points("narrower", concept(one)) for one in below.get(_id(path), ())]
            if count := scheme.counts[path]:
                inner.append(f"  {element('skos:note', _told(count), xml_lang='en')}\n")
            opened = f"<skos:Concept{attribute('rdf:about', concept(path))}>\n"
            yield f"{opened}{''.join(inner)}</skos:Concept>\n"
        yield "</rdf:RDF>\n"


def _quoted(words: str) -> str:
    """A Turtle string: JSON's escapes are Turtle's as well."""
    return json.dumps(words.encode("utf-8", "replace").decode(), ensure_ascii=False)


def _told(count: int) -> str:
    return f"{count} document{'s' if count != 1 else ''}"
