"""Labelled lines of a head into parties: "From: The Consul", "To: The Minister", "Drafted by: …".

What comes in is a document's frame; what goes out are its facts. Who took part in a conversation
neither sent nor received it.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from regesta.describing.frame.lines import Frame, Line
from regesta.describing.parties.phrases import Named, parse_parties, party_end
from regesta.describing.places.gazetteer import is_post
from regesta.describing.words import vocabulary
from regesta.documents import Fact

#: Confidence of what a label says, set by judgement.
LABELLED = 0.95


@lru_cache(maxsize=1)
def _desk() -> re.Pattern[str]:
    return re.compile(vocabulary("label_words")["desk"])


def labelled_parties(frame: Frame) -> list[Fact]:
    """Senders and recipients of the lines "From: …" and "To: …"; none where there is no such."""
    if not (frame.of("from") or frame.of("to")):
        return []
    return [
        Fact(field, named.party, "derived", "label", (named.start, named.end), LABELLED)
        for field, lines in (("sender", frame.of("from")), ("recipient", frame.of("to")))
        for named in _named(frame, lines)
    ]


def labelled_author(frame: Frame) -> list[Fact]:
    """Who drafted the paper, by its label."""
    for named in _named(frame, frame.of("author")):
        if named.party.name:
            span = (named.start, named.end)
            return [Fact("author", named.party.name, "derived", "label", span, LABELLED)]
    return []


def says_who_met(frame: Frame) -> list[Fact]:
    """The firm answer that a record of who met has no parties."""
    for line in frame.of("participants"):
        span = (line.start, line.end)
        return [Fact("parties", "none", "derived", "label", span, LABELLED)]
    return []


def _named(frame: Frame, lines: Sequence[Line]) -> list[Named]:
    found: list[Named] = []
    for line in lines:
        desk = _desk().match(frame.text, line.start, line.end)
        start = desk.end() if desk else line.start
        if is_post(frame.text[start : line.end].strip(" .,;")):
            continue  # "From: Paris" says where, and not who
        end = party_end(frame.text, start, line.end)
        found += parse_parties(frame.text, start, end)
    return found
