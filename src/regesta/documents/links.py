"""Links between documents and acts stated in them (both filled by later stages)."""

from regesta.documents.base import Value


class Link(Value, frozen=True):
    """A link from a document to another, or to none that is here (``target`` is empty).

    Attributes:
        kind: reference, reply, continuation, enclosure, quotation, duplicate, counterpart.
        target: Id of the other document.
        span: The words in the text, or in the note, that make it.
        printed: Those words.
        confidence: 0 to 1.
        evidence: What agreed, by name.
        note: Place of the note in which the words stand, among the document's notes, from 0.
    """

    kind: str
    target: str
    span: tuple[int, int] | None = None
    printed: str = ""
    confidence: float = 1.0
    evidence: dict[str, str] = {}
    note: int | None = None


class Act(Value, frozen=True):
    """Someone does something by words toward someone, about something."""

    actor: str
    act: str
    addressee: str = ""
    about: str = ""
    polarity: str = "affirmed"
    modality: str = "actual"
    reported_by: str = ""
    span: tuple[int, int] | None = None
    plover: str = ""
    cameo: str = ""
    confidence: float = 1.0
