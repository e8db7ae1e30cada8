"""A row of the ledger on its way: a predicate with what is known of its actor and modality."""

from dataclasses import dataclass

from regesta.describing.acts.actor import Actor
from regesta.describing.acts.predicate import Predicate


@dataclass(slots=True)
class Row:
    """An act being judged.

    Attributes:
        predicate: What shows it.
        act: The act, which may change with the two sides.
        outer: The row in whose complement it stands, or None.
        actor, addressee, reporter: As far as resolved.
        modality, polarity: As in :class:`regesta.documents.Act`.
        sure: How firmly all is known by rules, 0 to 1.
        confidence: How likely it is right, as the weights of its marks say, 0 to 1.
        told: Performed by the writer because he was told to ("I am instructed to protest").
        gone: Why it is not written though it may lead others: another row says it, or it is no act
            between these two; "" where it stands.
        past: Done before what tells of it is ("that he accepted the terms").
    """

    predicate: Predicate
    act: str
    outer: "Row | None" = None
    actor: Actor | None = None
    addressee: Actor | None = None
    reporter: Actor | None = None
    modality: str = "actual"
    polarity: str = "affirmed"
    sure: float = 1.0
    told: bool = False
    gone: str = ""
    past: bool = False
    confidence: float = 0.0
