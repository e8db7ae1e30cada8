"""A document into its senders and recipients, from heading, signature and reported speech.

Minutes, treaties, memoranda of conversation and lists have no parties, and get none.
"""

import re
from functools import lru_cache

from regesta.describing.base import Context
from regesta.describing.frame import Frame, Line, frame_of
from regesta.describing.headings import Heading, Named, parse_heading, parse_parties, parse_party
from regesta.describing.kinds import NO_PARTIES, kind_of
from regesta.describing.words import vocabulary
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
#: Reported speech stands at the beginning of a newspaper's text, within so many characters.
SPEAKER_WITHIN = 600


def describe_parties(document: Document, context: Context) -> list[Fact]:
    """Give senders and recipients, unless the source gives both."""
    given = {f.field for f in document.facts if f.field in ("sender", "recipient")}
    if len(given) == 2:
        return []
    frame = frame_of(document)
    facts = _from_heading(frame)
    if facts is None:
        facts = _without_heading(frame)
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
    spoken = _speaker(frame)
    return [spoken] if spoken else []


def _letter(frame: Frame) -> list[Fact]:
    """A letter without heading: signed at its foot, its addressee below or above."""
    facts: list[Fact] = []
    signed = signature(frame)
    if signed is not None:
        facts.append(_fact("sender", signed, "signature", 0))
    for line in frame.of("addressee", foot=True):
        words = re.sub(r",?\s*(?:&c|etc)\.?.*$", "", frame.words(line)).strip('“"’”')
        words = re.sub(r"^(?:To|An|À|A)\s+(?=\S)", "", words)
        party = _addressee(words)
        if party is not None:
            facts.append(
                Fact("recipient", party, "derived", "addressee", (line.start, line.end), 0.8)
            )
            break
    return facts


def _addressee(words: str) -> Party | None:
    words = re.sub(r"^(?:the )?(?:right )?hon(?:orable|ourable|\.)\s+", "", words, flags=re.I)
    words = re.sub(
        r"^(?:his|her) (?:[A-Z]\w+ )?(?:excellency|majesty|highness)[,.]?\s+", "", words, flags=re.I
    )
    name, _, office = words.partition(",")
    party = parse_party(name)
    if party is None:
        return None
    office = office.strip(" ,.")
    if party.office or not office:
        return party
    office = re.sub(r"^(?:esq\.?,?\s*)", "", office, flags=re.I).partition(",")[0].strip(" .")
    return Party(party.name, re.sub(r"^the ", "", office), party.power, party.person)


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


_FOR = re.compile(r"^(?:For|In the absence of|By order of|Per)\b", re.I)


def _signed(frame: Frame, line: Line) -> Named | None:
    words = frame.words(line).strip('“”"’‘[]() ')
    if _FOR.match(words):
        return None
    name, _, office = words.partition(",")
    if name.isupper():
        name = " ".join(_proper(w) for w in name.split())
    party = parse_party(name)
    if party is None or len(name) < 3:
        return None
    if office and not party.office:
        party = Party(party.name, office.strip(" ,."), party.power, party.person)
    return Named(party, line.start, line.end)


def _proper(word: str) -> str:
    """A name in capitals as names are written: "McMILLAN-SMITH" keeps its parts."""
    return "-".join(p[:1] + p[1:].lower() if len(p.strip(".")) > 1 else p for p in word.split("-"))


@lru_cache(maxsize=1)
def _speech() -> re.Pattern[str]:
    verbs = "|".join(map(re.escape, vocabulary("party_words")["speech"]["verbs"]))
    return re.compile(
        rf"(?:^|[,.;]\s+)(?P<office>[Tt]he [^,.;:]{{3,90}}|[A-ZÀ-ÞА-Я][^,.;:]{{3,90}}),\s+"
        rf"(?P<name>(?:[A-ZÀ-ÞА-Я][\w.’'-]+ ?){{1,4}}),?\s+(?:{verbs})\s*"
        r"(?:(?:to|as follows|the following|in reply|last|yesterday)[^:.]{0,60})?[:,]",
        re.MULTILINE,
    )


def _speaker(frame: Frame) -> Fact | None:
    """The speaker that a newspaper names: "the Foreign Minister, Smith, said:"."""
    start = frame.body_start
    match = _speech().search(frame.text, start, min(len(frame.text), start + SPEAKER_WITHIN))
    if match is None:
        return None
    office, name = match["office"].strip(), match["name"].strip()
    parties = parse_parties(office, 0, len(office))
    if len(parties) != 1 or not parties[0].party.office:
        return None
    party = Party(name=name, office=parties[0].party.office, power=parties[0].party.power)
    span = (match.start("office"), match.start("name") + len(name))
    return Fact(
        "sender", party, "derived", "reported-speaker", span, CONFIDENCE["reported-speaker"]
    )
