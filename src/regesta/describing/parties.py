"""A document into its senders and recipients, from heading, signature and reported speech.

Minutes, treaties, memoranda of conversation and lists have no parties, and get none.
"""

import re

from regesta.describing.base import Context
from regesta.describing.frame import Frame, Line, frame_of
from regesta.describing.headings import Heading, Named, parse_heading, party_end
from regesta.describing.holders import parse_party
from regesta.describing.kinds import NO_PARTIES, kind_of
from regesta.describing.names import article, has_office, proper
from regesta.describing.powers import power_of
from regesta.describing.speakers import speaker
from regesta.describing.words import pattern
from regesta.documents import Document, Fact, Party

#: Confidence by rule, set by judgement. On volumes they were not written on, "heading" was right in
#: all of 2,731 (names compared leniently), "heading-from" in 8 of 9, "signature" in 10 of 12;
#: the others are too rare there to be measured.
CONFIDENCE = {
    "heading": 0.97,
    "heading-from": 0.9,
    "signature": 0.85,
    "addressee": 0.8,
    "reported-speaker": 0.85,
}
#: Parties stand in the first lines of a heading; further down are titles of parts.
HEADINGS = 4

_WORDS = "heading_words"
#: An editor's completion of an initial: "J[ohn] K[ell]".
_COMPLETED = re.compile(r"(?<=[^\W\d_])\[([^\W\d_]+\.?)\]")
#: A stop after a word that is no initial.
_NAME_ENDS = re.compile(r"(?<=[^\W\d_]{4})\.\s+")
_INITIALS = re.compile(r"(?:^|[ .])[^\W\d_]$")


def describe_parties(document: Document, context: Context) -> list[Fact]:
    """Give senders and recipients, unless the source gives both."""
    given = {f.field for f in document.facts if f.field in ("sender", "recipient")}
    if len(given) == 2:
        return []
    frame = frame_of(document)
    facts = _from_heading(frame)
    if facts is None:
        facts = _without_heading(frame)
    elif facts and all(f.field == "recipient" for f in facts) and frame.of("salutation"):
        signed = signature(frame)
        facts += [_fact("sender", signed, "signature", 0)] if signed else []
    frame.parties = facts
    return [f for f in facts if f.field not in given]


def _from_heading(frame: Frame) -> list[Fact] | None:
    """Parties of the heading; None where it names none."""
    for line in frame.of("heading")[:HEADINGS]:
        words = frame.words(line)
        date = next((d.start - line.start for d in line.dates if d.day), None)
        found = parse_heading(words, date)
        if found is not None:
            return _facts(found, line.start)
        if kind_of(words, "heading") in NO_PARTIES:
            return []
    if frame.heading:
        found = parse_heading(frame.heading, _date_start(frame.heading))
        if found is not None:
            return _facts(found, None)
    return None


def _date_start(heading: str) -> int | None:
    from regesta.describing.grammar import find_dates

    dates = [d for d in find_dates(heading, 0, len(heading)) if d.day]
    return dates[0].start if dates else None


def _facts(found: Heading, offset: int | None) -> list[Fact]:
    return [
        _fact(field, named, found.rule, offset)
        for field, side in (("sender", found.senders), ("recipient", found.recipients))
        for named in side
    ]


def _fact(field: str, named: Named, rule: str, offset: int | None) -> Fact:
    span = None if offset is None else (named.start + offset, named.end + offset)
    return Fact(field, named.party, "derived", rule, span, CONFIDENCE[rule])


def _without_heading(frame: Frame) -> list[Fact]:
    """A document whose heading names nobody: a letter by its foot, a report by its speaker."""
    title = next((frame.words(line) for line in frame.of("heading")), frame.heading)
    if title and kind_of(title, "heading") in NO_PARTIES:
        return []
    if frame.of("salutation"):
        return _letter(frame)
    spoken = speaker(frame.text, frame.body_start)
    return [_fact("sender", spoken, "reported-speaker", 0)] if spoken else []


def _letter(frame: Frame) -> list[Fact]:
    """A letter without heading: signed at its foot, its addressee below or above."""
    facts: list[Fact] = []
    signed = signature(frame)
    if signed is not None:
        facts.append(_fact("sender", signed, "signature", 0))
    for line in frame.of("addressee", foot=True):
        party = _addressee(frame.words(line))
        if party is not None:
            span = (line.start, line.end)
            facts.append(
                Fact("recipient", party, "derived", "addressee", span, CONFIDENCE["addressee"])
            )
            break
    return facts


def _addressee(words: str) -> Party | None:
    """The party that a line at the foot, or above the salutation, is addressed to."""
    words = pattern(_WORDS, "and_so_on", r",?\s*{}\.?.*$").sub("", words).strip('“"’”')
    words = pattern(_WORDS, "addressed_to", r"^{}\s+(?=\S)").sub("", words)
    words = pattern(_WORDS, "honours", "^{}", flags=re.I).sub("", words)
    words = pattern(_WORDS, "honours", "^{}", flags=re.I).sub("", words)
    name, office = _name_and_office(words)
    party = parse_party(name)
    if party is None or party_end(name, 0, len(name)) < len(name):
        return None
    party = Party(proper(party.name), party.office, party.power)
    printed = _printed_office(office)
    if not printed or (not party.name and party.office):
        return party
    return Party(party.name, printed, power_of(printed))


def _name_and_office(words: str) -> tuple[str, str]:
    """A signature or an address at its first comma, or at a stop that ends a name."""
    firm = words.rfind("&")
    comma = words.find(",", max(firm, 0))
    name, office = (words[:comma], words[comma + 1 :]) if comma >= 0 else (words, "")
    stop = _NAME_ENDS.search(name)
    if stop and _printed_office(name[stop.end() :]):
        return words[: stop.start()], words[stop.end() :]
    return name, office.strip()


def _printed_office(words: str) -> str:
    """The office after a name, as printed; "" where it is an address or another name."""
    words = pattern(_WORDS, "suffix", r"^{}\.?,?\s*", flags=re.I).sub("", words.strip(" ,."))
    first = words.partition(",")[0].strip(" .")
    office = article().sub("", first, count=1)
    return office if office and has_office(office) else ""


def signature(frame: Frame) -> Named | None:
    """The signature at the foot: the line after the closing formula, else the last name."""
    lines = frame.foot
    after = next((i for i, x in enumerate(lines) if x.kind == "closer"), -1)
    for line in lines[after + 1 :]:
        if line.kind == "addressee":
            return None
        if line.kind == "signature":
            return _signed(frame, line)
    return None


def _signed(frame: Frame, line: Line) -> Named | None:
    words = _COMPLETED.sub(r"\1", frame.words(line)).strip('“”"’‘[]() ')
    if pattern(_WORDS, "for_another", r"^{}\b", flags=re.I).match(words):
        return None
    name, office = _name_and_office(words)
    party = parse_party(proper(name))
    if party is None or len(name) < 3:
        return None
    named = proper(party.name)
    if words.startswith(f"{party.name}.") and _INITIALS.search(party.name):
        named += "."
    printed = "" if party.office else _printed_office(office)
    power = power_of(printed) if printed else party.power
    return Named(Party(named, party.office or printed, power), line.start, line.end)
