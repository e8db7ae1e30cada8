"""Values of who acts: an actor under the name of an index, and the scene in which he is named."""

from dataclasses import dataclass, field
from typing import NamedTuple


class Actor(NamedTuple):
    """A name of one who acts.

    Attributes:
        name: As an index has it.
        sort: "person", "power", "body", "several".
        sure: How firmly it is resolved, 0 to 1.
        power: The power it speaks for, or "".
        own: "speaker", "hearer" or "".
    """

    name: str
    sort: str
    sure: float
    power: str = ""
    own: str = ""


@dataclass(slots=True)
class Scene:
    """Who speaks to whom in a document or a quotation of it.

    Attributes:
        speaker, hearer: Names; None where nobody is known.
        speaker_power, hearer_power: The powers they speak for, "" where not known.
        host: The power in whose land the envoy of the two is, or "".
        home: The power whose service writes, or "".
        within: Both are of one service.
        superior, below: The speaker gives the other orders, or takes them.
        press: A newspaper writes: those who act in the streets are named as it names them.
        foreign: Of whom a title tells that he is of another land: "speaker", "hearer" or "".
        public: Addressed to nobody: a statement, proclamation, interview.
        year: Of the document, 0 where not known.
        recent: Those named lately, the last one last.
        known: Who was meant by the words of a phrase without pronouns, found once.
        voice: In what is quoted by a paper, its scene, as long as the quotation goes on.
        you: Whether the reader is spoken to as "you", so that "His Excellency" is another.
        capitals: Whether every noun has a capital, as in German: one alone names nobody.
        titled: Who was named last with a title: whom "the commissioner" means.
    """

    speaker: Actor | None = None
    hearer: Actor | None = None
    speaker_power: str = ""
    hearer_power: str = ""
    host: str = ""
    home: str = ""
    within: bool = False
    public: bool = False
    foreign: str = ""
    press: bool = False
    superior: bool = False
    below: bool = False
    year: int = 0
    reporter: Actor | None = None
    recent: list[Actor] = field(default_factory=list)
    known: dict[tuple[str, ...], Actor | None] = field(default_factory=dict)
    voice: "Scene | None" = None
    titled: dict[str, Actor] = field(default_factory=dict)
    capitals: bool = False
    you: bool = False

    def remember(self, actor: Actor | None) -> None:
        """Keep who was named, for the pronouns that follow."""
        if actor is not None and not actor.own:
            self.recent.append(actor)
            del self.recent[:-6]
