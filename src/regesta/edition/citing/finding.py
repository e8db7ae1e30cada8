"""Which document a pasted citation means: a citation in, documents with what agrees out."""

import math
from collections.abc import Callable, Iterable, Sequence

from regesta.documents import Value
from regesta.edition.citing.candidates import Candidates
from regesta.edition.citing.citation_parts import CitationParts, read_citation
from regesta.edition.citing.volumes import Cited, cited_volumes, volume_of
from regesta.edition.citing.weighing import ENOUGH, LISTED, Held, held_against, is_meant
from regesta.edition.contents import summaries
from regesta.edition.record.shelf import Shelf
from regesta.edition.record.store import Record

#: Less likely ones are not listed.
_UNLIKELY = 0.02


class Match(Value, frozen=True):
    """A document that a citation means or may mean.

    Attributes:
        confidence: 0 to 1, by what agrees and by how many others agree as well.
        agrees, differs: Parts of the citation that fit the document, and those that do not.
    """

    id: str
    heading: str
    confidence: float
    agrees: tuple[str, ...] = ()
    differs: tuple[str, ...] = ()


class Finding(Value, frozen=True):
    """What a citation leads to.

    Attributes:
        match: The one document that is meant, or None where too little agrees or several fit.
        candidates: What else, or what instead, may be meant; best first.
        understood: Part of the citation → how it was read.
    """

    citation: str
    match: Match | None = None
    candidates: tuple[Match, ...] = ()
    understood: dict[str, str] = {}


class Finder:
    """Finds documents by citations; reads the collections' titles once.

    Args:
        record, shelf: Of the edition.
        search: Plain words → ids of documents whose headings have many of them.
    """

    def __init__(
        self, record: Record, shelf: Shelf, search: Callable[[str], Iterable[str]] = lambda _: ()
    ) -> None:
        collections = [summary.collection for summary in summaries(record)]
        self._shelf = shelf
        self._volumes = [volume_of(collection) for collection in collections]
        self._candidates = Candidates(record, collections, search)

    def find_parts(self, parts: Sequence[str]) -> list[Finding]:
        """Find what a line of citations means; it is one where its parts do not lead anywhere."""
        found = [self.find(part) for part in parts]
        if len(found) > 1 and not all(finding.match for finding in found):
            whole = self.find("; ".join(parts))
            # A heading may hold a semicolon: then the line says more than its parts.
            if whole.match and all(f.match is None or _same(f, whole) for f in found):
                return [whole]
        return found

    def find(self, citation: str) -> Finding:
        """Find the document that a citation means."""
        parts = read_citation(citation)
        cited = cited_volumes(parts, self._volumes)
        if cited:
            parts = cited.parts
            collections = dict.fromkeys(cited.sure | cited.unsure, 1.0)
        else:
            collections = self._candidates.collections(parts)
        titles = self._candidates.titles
        candidates = sorted(self._candidates.ids(parts, collections))
        scored = [
            held_against(document, parts, collections, cited, titles[document.collection])
            for document in self._shelf.documents("", candidates)
        ]
        scored.sort(key=lambda held: (-held.points, held.document.id))
        matches = _matches(scored)
        meant = matches.pop(0) if is_meant(scored, parts, cited) else None
        likely = [match for match in matches[:LISTED] if match.confidence >= _UNLIKELY]
        return Finding(citation, meant, tuple(likely), understood(parts, cited))


def _matches(scored: Sequence[Held]) -> list[Match]:
    """Documents held against a citation, the best first, each with its share among all."""
    best = scored[0].points if scored else 0.0
    weights = [math.exp(held.points - best) for held in scored]
    return [
        Match(
            held.document.id,
            held.document.heading,
            round(weight / sum(weights) / (1 + math.exp(ENOUGH - held.points)), 3),
            tuple(held.agrees),
            tuple(held.differs),
        )
        for held, weight in zip(scored, weights, strict=True)
    ]


def _same(part: Finding, whole: Finding) -> bool:
    """Whether a part of a line leads to the document that the whole line means."""
    assert whole.match
    return part.match is not None and part.match.id == whole.match.id


def understood(parts: CitationParts, cited: Cited | None = None) -> dict[str, str]:
    """How the parts of a citation were read, for people."""
    found = {
        "date": ", ".join(parts.dates),
        "time": parts.time,
        "document number": ", ".join(parts.documents),
        "number": ", ".join(parts.numbers),
        "page": ", ".join(f"{a}–{b}" if b > a else str(a) for a, b in parts.pages),
        "volume": cited.words if cited else ", ".join(map(str, parts.volumes)),
        "file number": ", ".join(parts.files),
    }
    return {name: words for name, words in found.items() if words}
