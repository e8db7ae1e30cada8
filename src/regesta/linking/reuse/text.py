"""A document into the stretches of its own words in which reuse is looked for.

Headings, datelines, addresses and closings are alike in thousands of documents and drown the rest.
"""

from collections.abc import Iterable, Iterator

import numpy as np

from regesta.documents import Document
from regesta.linking.reuse.base import Batch, Stretch

#: Layers that are not the document's own words.
LEFT_OUT = frozenset(
    {"heading", "source note", "dateline", "salutation", "closer", "signature", "editorial note",
     "commentary"}
)  # fmt: skip
#: The one sign whose small form is two (Unicode 15, SpecialCasing).
_TWO = "İ"
#: A shorter stretch holds no passage.
SHORTEST = 48
#: A longer one is cut, at a paragraph where there is one: no single text can take all memory.
LONGEST = 200_000


def stretches(document: Document) -> list[Stretch]:
    """Give the stretches of a document, in the order of its text; none where it is empty."""
    text = document.text
    found = []
    for start, end in _spans(document):
        for a, b in _pieces(text, start, end):
            if b - a >= SHORTEST:
                found.append(Stretch(document.id, a, text[a:b]))
    return found


def _spans(document: Document) -> Iterator[tuple[int, int]]:
    silent = sorted((x.start, x.end) for x in document.layers if x.kind in LEFT_OUT)
    at = 0
    for start, end in [*silent, (len(document.text), len(document.text))]:
        if start > at:
            yield at, start
        at = max(at, end)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        cut = text.rfind("\n", start + LONGEST // 2, start + LONGEST) + 1
        cut = cut or start + LONGEST
        yield start, cut
        start = cut
    yield start, end


def texts_of(documents: Iterable[Document], step: int) -> Iterator[Batch]:
    """The table ``texts`` of documents, ``step`` of them a batch; both numbers rise from 0."""
    rows: list[tuple[int, Stretch]] = []
    first = 0
    for n, document in enumerate(documents):
        rows += [(n, stretch) for stretch in stretches(document)]
        if n % step == step - 1:
            yield _batch(rows, first)
            first, rows = first + len(rows), []
    yield _batch(rows, first)


def _batch(rows: list[tuple[int, Stretch]], first: int) -> Batch:
    return {
        "stretch": np.arange(first, first + len(rows), dtype=np.int32),
        "doc": np.array([n for n, _ in rows], np.int32),
        "id": [stretch.document for _, stretch in rows],
        "start": np.array([stretch.start for _, stretch in rows], np.int32),
        "text": [plain(stretch.text) for _, stretch in rows],
    }


def plain(text: str) -> str:
    """A text as it is compared, as long as before: lower case, white space as spaces.

    Half of a surrogate pair, which no engine takes, becomes "?".
    """
    return small(text.encode("utf-8", "replace").decode()).replace("\n", " ")


def small(text: str) -> str:
    """A text in small letters, as long as it was: "İ", which would become two, stays."""
    return _TWO.join(part.lower() for part in text.split(_TWO))
