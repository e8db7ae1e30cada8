"""What the stages of text reuse hand on: batches of columns, and a passage that stands twice."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from regesta.documents.base import Value

#: Columns of an Arrow batch by name: numbers as arrays, texts as lists.
Batch = dict[str, Any]
#: A pure function from batches to batches; an engine runs it over a sorted or a split table.
Step = Callable[[Iterable[Batch]], Iterator[Batch]]
#: A passage by the ids of its documents: a, from, to, b, from, to, edits, places of its anchor.
Result = tuple[str, int, int, str, int, int, int, int]


class Stretch(Value, frozen=True):
    """A piece of a document in its own words: no heading, dateline, signature or source note.

    Attributes:
        document: Id of the document.
        start: Where it begins in the document's text, in code points.
        text: Its text.
    """

    document: str
    start: int
    text: str


class Reuse(Value, frozen=True):
    """A passage that stands in two documents; spans are code points of their texts.

    Attributes:
        a, b: Ids of the documents.
        a_start, a_end: Where it stands in ``a``.
        b_start, b_end: Where it stands in ``b``.
        edits: Letters changed, left out or put in between the two.
        df: In how many places its rarest anchor stands; 2 where only here and there.
    """

    a: str
    b: str
    a_start: int
    a_end: int
    b_start: int
    b_end: int
    edits: int
    df: int = 2

    @property
    def length(self) -> int:
        """Code points of the longer side."""
        return max(self.a_end - self.a_start, self.b_end - self.b_start)

    @property
    def identity(self) -> float:
        """Share of letters that agree, 0 to 1."""
        return 1 - self.edits / max(1, self.length)
