"""How well a document fits a mention: what agrees, what does not, and what that weighs."""

import datetime as dt
from functools import lru_cache

from regesta.linking.base import Candidate, Card, Mention
from regesta.linking.parties import agree
from regesta.linking.references.expect import Expected

#: Days by which a printed date may miss its document: the day of receipt, or a slip.
NEAR = 3
#: Weights, set by judgement on one half of the volumes: only their order means anything.
WEIGHTS = {
    "target": 10.0, "number": 4.0, "date": 4.0, "page": 4.0, "hour": 3.0, "sender": 2.5,
    "recipient": 1.5, "near date": 1.5, "received": 2.0, "kind": 0.5, "collection": 0.5,
    "edition number": 6.0, "beside": 6.0,
}  # fmt: skip
AGAINST = {
    "number": -4.0, "date": -3.0, "hour": -3.0, "sender": -4.0, "recipient": -2.0, "kind": -1.5,
}  # fmt: skip
#: Nouns by the kinds of document that they can mean; a noun of another class speaks against it.
_MIDNIGHT = {"00:00", "24:00"}
_WIRED = {"telegram", "airgram"}
_PAPER = {"despatch", "instruction", "letter", "note", "memorandum", "note verbale", "aide-mémoire"}


def weigh(
    mention: Mention, card: Card, expects: Expected, *, near: str, found: dict[str, str]
) -> Candidate:
    """Weigh a card against a mention.

    Args:
        mention: What is meant.
        card: What may be meant.
        expects: Keys of sender and recipient.
        near: The collection of the mention.
        found: Evidence by which the card was found ("page", "target").
    """
    evidence, against = dict(found), list[str]()
    _number(mention, card, evidence, against)
    _day(mention, card, evidence, against)
    _hour(mention, card, evidence, against)
    for role, keys, others, label in (
        ("sender", expects[0], card.senders, card.sender),
        ("recipient", expects[1], card.recipients, card.recipient),
    ):
        same = agree(keys, others)
        if same:
            evidence[role] = label
        elif same is False:
            against.append(role)
    _kind(mention, card, evidence, against)
    if card.part:
        evidence["enclosure"] = card.part
    score = sum(WEIGHTS.get(name, 0.0) for name in evidence)
    score += sum(AGAINST[name] for name in against)
    score += WEIGHTS["collection"] if card.collection == near else 0.0
    if against:
        evidence["against"] = ", ".join(against)
    return Candidate(card=card, evidence=evidence, score=score)


def _number(mention: Mention, card: Card, evidence: dict[str, str], against: list[str]) -> None:
    if not mention.numbers or not card.number:
        return
    if card.number in mention.numbers:
        evidence["number"] = card.number
    else:
        against.append("number")


def _day(mention: Mention, card: Card, evidence: dict[str, str], against: list[str]) -> None:
    if not mention.days or not card.day:
        return
    if card.day in mention.days or f"XXXX{card.day[4:]}" in mention.days:
        evidence["date"] = card.day
    elif card.received and card.received in mention.days:
        evidence["received"] = card.received
    elif any(days_between(day, card.day) <= NEAR for day in mention.days if day[0] != "X"):
        evidence["near date"] = card.day
    else:
        against.append("date")


def _hour(mention: Mention, card: Card, evidence: dict[str, str], against: list[str]) -> None:
    if not mention.times or not card.time:
        return
    if card.time in mention.times or (card.time in _MIDNIGHT and _MIDNIGHT & {*mention.times}):
        evidence["hour"] = card.time
    else:
        against.append("hour")


def _kind(mention: Mention, card: Card, evidence: dict[str, str], against: list[str]) -> None:
    if not mention.kind or not card.kind:
        return
    if mention.kind == card.kind:
        evidence["kind"] = card.kind
    elif (mention.kind in _WIRED and card.kind in _PAPER) or (
        mention.kind in _PAPER and card.kind in _WIRED
    ):
        against.append("kind")


@lru_cache(maxsize=65536)
def ordinal(day: str) -> int:
    """A day, ISO, as a number."""
    return dt.date.fromisoformat(day).toordinal()


def days_between(day: str, other: str) -> int:
    """How many days lie between two, without sign."""
    return abs(ordinal(day) - ordinal(other))


def shifted(day: str, days: int) -> str:
    """A day some days later, within the calendar."""
    at = min(max(ordinal(day) + days, 1), dt.date.max.toordinal())
    return dt.date.fromordinal(at).isoformat()
