"""SKOS of the subjects: a concept scheme of all headings, broader ones from their paths.

Written as Turtle or RDF/XML by hand: what a library's thesaurus software or ``regesta suggest
--list`` reads. In memory are the headings, not the documents.
"""

import json
from collections.abc import Callable, Iterable
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
        for piece in self.pieces(counts, others, title, language, address):
            target.write(piece.encode("utf-8", "replace"))
        if progress:
            progress(count)
        return count

    def pieces(
        self,
        counts: dict[_Path, int],
        others: dict[_Path, list[str]],
        title: str,
        language: str,
        address: str,
    ) -> Iterable[str]:
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

    def pieces(
        self,
        counts: dict[_Path, int],
        others: dict[_Path, list[str]],
        title: str,
        language: str,
        address: str,
    ) -> Iterable[str]:
        """Give the file in pieces."""
        tag = f"@{language}" if language else ""
        scheme = f"<{entry_address(address, 'subjects', '').rstrip('/:')}>"

        def concept(path: _Path) -> str:
            return f"<{entry_address(address, 'subjects', _id(path))}>"

        yield f"@prefix skos: <{_SKOS}> .\n@prefix dct: <{_DCT}> .\n\n"
        yield f"{scheme} a skos:ConceptScheme ;\n  dct:title {_quoted(title)} .\n"
        below = _narrower(counts)
        for path in sorted(counts):
            lines = [f"skos:prefLabel {_quoted(path[-1])}{tag}", f"skos:inScheme {scheme}"]
            lines += [f"skos:altLabel {_quoted(label)}{tag}" for label in others.get(path, ())]
            if len(path) > 1:
                lines.append(f"skos:broader {concept(path[:-1])}")
            else:
                lines.append(f"skos:topConceptOf {scheme}")
            lines += [f"skos:narrower {concept(inner)}" for inner in below.get(_id(path), ())]
            lines += [f"skos:note {_quoted(_told(counts[path]))}@en"] if counts[path] else []
            yield f"\n{concept(path)} a skos:Concept ;\n  " + " ;\n  ".join(lines) + " .\n"


class SkosXmlExporter(_Skos):
    """Writes RDF/XML."""

    name = "skos-xml"
    suffix = ".rdf"
    media_type = "application/rdf+xml"

    def pieces(
        self,
        counts: dict[_Path, int],
        others: dict[_Path, list[str]],
        title: str,
        language: str,
        address: str,
    ) -> Iterable[str]:
        """Give the file in pieces."""
        scheme = entry_address(address, "subjects", "").rstrip("/:")

        def concept(path: _Path) -> str:
            return entry_address(address, "subjects", _id(path))

        def points(name: str, uri: str) -> str:
            return f"  <skos:{name}{attribute('rdf:resource', uri)}/>\n"

        yield (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<rdf:RDF xmlns:rdf="{_RDF}" xmlns:skos="{_SKOS}" xmlns:dct="{_DCT}">\n'
            f"<skos:ConceptScheme{attribute('rdf:about', scheme)}>\n"
            f"  {element('dct:title', title)}\n</skos:ConceptScheme>\n"
        )
        below = _narrower(counts)
        for path in sorted(counts):
            label = element("skos:prefLabel", path[-1], xml_lang=language)
            more = (
                element("skos:altLabel", one, xml_lang=language) for one in others.get(path, ())
            )
            inner = [f"  {one}\n" for one in (label, *more)] + [points("inScheme", scheme)]
            broader = ("broader", concept(path[:-1])) if len(path) > 1 else ("topConceptOf", scheme)
            inner.append(points(*broader))
            inner += [points("narrower", concept(one)) for one in below.get(_id(path), ())]
            if counts[path]:
                inner.append(f"  {element('skos:note', _told(counts[path]), xml_lang='en')}\n")
            opened = f"<skos:Concept{attribute('rdf:about', concept(path))}>\n"
            yield f"{opened}{''.join(inner)}</skos:Concept>\n"
        yield "</rdf:RDF>\n"


def _quoted(words: str) -> str:
    """A Turtle string: JSON's escapes are Turtle's as well."""
    return json.dumps(words.encode("utf-8", "replace").decode(), ensure_ascii=False)


def _told(count: int) -> str:
    return f"{count} document{'s' if count != 1 else ''}"
