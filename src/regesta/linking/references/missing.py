"""References that lead nowhere into what they say of the missing document: sender, date, number."""

from collections.abc import Iterable

from regesta.documents.base import Value
from regesta.linking.base import Card, Mention, Reference
from regesta.linking.references.days import likeliest_day
from regesta.linking.references.expect import expected
from regesta.linking.words import fold


class Missing(Value, frozen=True):
    """A document that is mentioned and not here.

    Attributes:
        document: Id of the document that mentions it.
        sender, recipient: As far as the mention says or its owner tells.
        number, day, time, kind: As mentioned, or "".
        not_printed: The editors say so.
        printed: The words.
    """

    document: str
    sender: str = ""
    recipient: str = ""
    number: str = ""
    day: str = ""
    time: str = ""
    kind: str = ""
    not_printed: bool = False
    printed: str = ""

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What two mentions of one document share."""
        return (fold(self.sender), self.number, self.day, self.time if not self.number else "")


def missing(references: Iterable[Reference]) -> list[Missing]:
    """Give what unresolved references say of their documents, where they say enough."""
    found = []
    for reference in references:
        mention = reference.mention
        if reference.standing not in ("absent", "not printed") or mention.pages:
            continue
        sender, recipient = parties_of(mention)
        day = likeliest_day(mention.days, forward=mention.forward)
        if not (mention.numbers or day):
            continue
        found.append(
            Missing(
                document=mention.passage.card.id,
                sender=sender,
                recipient=recipient,
                number=mention.numbers[-1] if mention.numbers else "",
                day=day,
                time=mention.times[-1] if mention.times else "",
                kind=mention.kind,
                not_printed=reference.standing == "not printed",
                printed=mention.printed,
            )
        )
    return found


def parties_of(mention: Mention) -> tuple[str, str]:
    """Name the sender and the recipient that a mention means, "" where nobody says."""
    speaker = mention.passage.card
    keys = expected(mention)
    sender = mention.sender if mention.owner == "named" else _label(keys[0], speaker)
    if mention.recipient and mention.recipient not in ("you", "me"):
        return sender, mention.recipient
    return sender, _label(keys[1], speaker)


def _label(keys: frozenset[str], speaker: Card) -> str:
    if not keys:
        return ""
    if keys == speaker.senders:
        return speaker.sender
    return speaker.recipient if keys == speaker.recipients else ""
