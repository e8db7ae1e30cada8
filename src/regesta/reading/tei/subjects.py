"""Entries of a printed index into subjects of documents: which of a page's documents is meant.

An index names pages. Where a page holds several documents, the words of the heading tell: weights
of evidence were measured on 14 volumes, by looking for the headings of pages that hold a single
document in that document (6,918 times) and in its neighbours, which are not meant (7,922 times).
"""

import re
from collections.abc import Iterable
from typing import Final

import msgspec

from regesta.documents import Document, Fact, Subject
from regesta.reading.tei.index import IndexEntry
from regesta.reading.tei.words import words

#: A page shared by more documents says too little of each of them.
MAX_SHARED: Final = 6
#: A document of a shared page that is less likely meant than this does not get the subject.
LEAST: Final = 0.1
#: Share of the heading's words found in the text, and how much likelier that is where it is meant.
WEIGHTS: Final = ((1.0, 3.5), (2 / 3, 1.8), (0.5, 0.8), (0.0, 0.15))
#: Words are compared by their beginning, so that "loans" is found in "loan".
_STEM: Final = 6
_WORD: Final = re.compile(r"[^\W\d_]{4,}")


def with_subjects(
    documents: list[Document],
    entries: Iterable[IndexEntry],
    pages: dict[str, list[str]],
    collection: str,
) -> list[Document]:
    """Give the documents with the index's headings as subjects.

    The confidence is 1 where a page holds one document; where it holds several, it is shared
    among them by the evidence of the heading's words.

    Args:
        documents: The volume's documents.
        entries: Its index.
        pages: Ids of the documents on every page, by the id of the page break.
        collection: Id of the volume.
    """
    texts = {document.id: document.text for document in documents}
    held: dict[str, _Held] = {}
    found: dict[str, dict[Subject, float]] = {}
    for entry in entries:
        subject = Subject(entry.label, entry.path)
        stems = _stems(entry.label)
        for target in entry.targets:
            name = target.lstrip("#")
            on_page = pages.get(name) or ([d] if (d := f"{collection}/{name}") in texts else [])
            if not on_page or len(on_page) > MAX_SHARED:
                continue
            if len(on_page) > 1:
                for id in on_page:
                    if id not in held:
                        held[id] = _Held(texts[id])
            for id, sure in _shares(on_page, stems, held):
                subjects = found.setdefault(id, {})
                subjects[subject] = max(sure, subjects.get(subject, 0.0))
    return [_with(document, found.get(document.id)) for document in documents]


class _Held(dict[str, bool]):
    """Beginning of a word → whether a text has it; each is looked for once."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text.casefold()

    def __missing__(self, stem: str) -> bool:
        held = self[stem] = stem in self.text
        return held


def _with(document: Document, subjects: dict[Subject, float] | None) -> Document:
    if not subjects:
        return document
    facts = tuple(
        Fact("subject", subject, "given", "index", None, sure) for subject, sure in subjects.items()
    )
    return msgspec.structs.replace(document, facts=document.facts + facts)


def _stems(label: str) -> list[str]:
    """Give the beginnings of a heading's words, those left out that stand in any text."""
    empty = words("index", "empty")
    return [w[:_STEM] for w in _WORD.findall(label.casefold()) if w not in empty]


def _shares(
    on_page: list[str], stems: list[str], held: dict[str, _Held]
) -> list[tuple[str, float]]:
    """Share the certainty that a heading is meant among the documents of a page."""
    if len(on_page) == 1:
        return [(on_page[0], 1.0)]
    if not stems:
        return [(id, round(1 / len(on_page), 2)) for id in on_page]
    weights = [_weight(stems, held[id]) for id in on_page]
    whole = sum(weights)
    shares = [(id, round(w / whole, 2)) for id, w in zip(on_page, weights, strict=True)]
    return [(id, share) for id, share in shares if share >= LEAST]


def _weight(stems: list[str], held: _Held) -> float:
    share = sum(map(held.__getitem__, stems)) / len(stems)
    for least, weight in WEIGHTS:
        if share >= least:
            return weight
    return WEIGHTS[-1][1]
