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
    """Someone does something by words or by a measure toward someone, about something.

    Attributes:
        actor: Who does it, as an index would name him ("Soviet Government", "Francis").
        act: One of the acts of ``vocabularies/acts.toml`` ("protest", "propose").
        addressee: Toward whom, or "".
        about: What, in at most twelve words, or "".
        polarity: ``affirmed`` or ``negated``.
        modality: ``actual``, ``intended``, ``conditional`` or ``requested``.
        reported_by: Who reports it; "" where the document's own sender does it.
        span: The shortest stretch of the text that shows it, ``[start, end)`` in code points.
        plover, cameo: Codes of event data, or "" where the schemes have none.
        confidence: 0 to 1.
        tier: ``certain`` where act, actor, polarity and modality are all firmly supported, else
            ``probable``.
        group: The group of the act ("ask", "bind", "answer").
        language: Of the words that it was found in ("en", "fr", "de").
        rule: What found it: back end, kind of predicate and word ("grammar:verb:protest").
    """

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
    tier: str = "probable"
    group: str = ""
    language: str = ""
    rule: str = ""
