"""References that lead nowhere into what they say of the missing document: sender, date, number."""

from collections.abc import Iterable

from regesta.documents.base import Value
from regesta.linking.base import Card, Mention, Reference
from regesta.linking.parties import is_home, office_keys
from regesta.linking.references.days import likeliest_day
from regesta.linking.references.expect import expected
from regesta.linking.references.weigh import days_between
from regesta.linking.words import fold

#: Days after which another may have held an office: of an older paper "your despatch" says whose
#: post it came from, not who sat there, and "my despatch" does not say who received it.
LONG_AGO = 120


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
        day = likeliest_day(mention.days, forward=mention.forward)
        sender, recipient = parties_of(mention, day)
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


def parties_of(mention: Mention, day: str = "") -> tuple[str, str]:
    """Name the sender and the recipient that a mention means, "" where nobody says.

    Args:
        mention: Whose owner is told by who speaks.
        day: Of the paper that is meant: of one long ago only who says "my" is known by name.
    """
    speaker = mention.passage.card
    keys = expected(mention)
    sender = mention.sender if mention.owner == "named" else _label(keys[0], speaker)
    if _is_long_ago(day, speaker.day):
        sender = sender if mention.owner in ("me", "named") else _office(sender)
    if mention.recipient and mention.recipient not in ("you", "me"):
        return sender, mention.recipient
    recipient = _label(keys[1], speaker)
    return sender, _office(recipient) if _is_long_ago(day, speaker.day) else recipient


def _is_long_ago(day: str, written: str) -> bool:
    return len(day) == len(written) == len("1918-07-25") and (
        not day.startswith("X") and days_between(day, written) > LONG_AGO
    )


def _office(label: str) -> str:
    """An office that no name follows ("Secretary of State"); "" for a person."""
    return label if is_home(office_keys(label)) and "(" not in label else ""


def _label(keys: frozenset[str], speaker: Card) -> str:
    if not keys:
        return ""
    if keys == speaker.senders:
        return speaker.sender
    return speaker.recipient if keys == speaker.recipients else ""
