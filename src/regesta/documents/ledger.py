"""An act as the ledger has it: with its document, its words, and the powers behind the names."""

from regesta.documents.base import Value
from regesta.documents.links import Act


class StoredAct(Value, frozen=True):
    """An act of the ledger.

    Attributes:
        document: The document that states it.
        place: Its place among that document's acts, from 0.
        act: The act.
        words: Its words, as printed.
        actor_powers, addressee_powers: The powers they speak for, where known.
        actor_cow, addressee_cow: Numbers of those powers in the Correlates of War project.
        earliest, latest: First and last possible day of the document, or None.
    """

    document: str
    place: int
    act: Act
    words: str
    actor_powers: tuple[str, ...] = ()
    addressee_powers: tuple[str, ...] = ()
    actor_cow: tuple[int, ...] = ()
    addressee_cow: tuple[int, ...] = ()
    earliest: str | None = None
    latest: str | None = None
