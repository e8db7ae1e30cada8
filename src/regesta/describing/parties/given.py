"""Given parties whose mark-up went too far: "Mr. Kell to Mr. Holm" marked as one sender.

What comes in is a fact that a source gives; what goes out is the fact of the one party that its
field means, with the words that name it.
"""

import msgspec

from regesta.describing.parties.headings import parse_heading
from regesta.documents import PARTED, Fact, Party

_FIELDS = {"sender": 0, "recipient": 1}


def parted(fact: Fact) -> Fact:
    """A given sender or recipient without the other party, which was marked together with it.

    The rule says so (:data:`regesta.documents.PARTED`); a fact with one party only, or with
    several on the side that it means, stays as it is.
    """
    side = _FIELDS.get(fact.field)
    party = fact.value
    if side is None or not isinstance(party, Party) or fact.origin != "given":
        return fact
    heading = parse_heading(party.name) if " " in party.name else None
    if heading is None or not heading.senders:
        return fact
    sides = (heading.senders, heading.recipients)
    if not heading.recipients or len(sides[side]) != 1:
        return fact
    named = sides[side][0]
    found = msgspec.structs.replace(named.party, person=party.person)
    span = fact.span
    if span is not None and span[1] - span[0] == len(party.name):
        span = (span[0] + named.start, span[0] + named.end)
    return msgspec.structs.replace(fact, value=found, span=span, rule=f"{fact.rule}, {PARTED}")
