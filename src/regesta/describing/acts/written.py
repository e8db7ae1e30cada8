"""A judged row into an act of the ledger: its words, what it is about, who reports it.

A row with its sentence and scene comes in; an act as documents hold it goes out.
"""

import re

from regesta.describing.acts.actor import Actor, Scene
from regesta.describing.acts.lexicon import kinds
from regesta.describing.acts.phrases import Span
from regesta.describing.acts.predicate import Predicate
from regesta.describing.acts.reading import Reading
from regesta.describing.acts.row import Row
from regesta.describing.acts.weigh import CERTAIN
from regesta.describing.words import word_set
from regesta.documents import Act

_WORDS = "acts_words"
#: `about` has at most so many words.
ABOUT = 12
#: "To leave", "that it leave", "whether it left"; "to the Department" is whom it is told.
_CLAUSE = re.compile(r"T[nA]*[VXhd]|[HQS]")
#: Classes of PLOVER that harm whom they meet.
#: What ends the words that a verb governs.
_ENDS = ("", ",", ";", ":", ".")
#: Groups of acts that are done to somebody, not said to him.
_DONE = frozenset(("measure", "status"))
HARMFUL = frozenset(("SANCTION", "COERCE", "ASSAULT", "MOBILIZE"))


def written(reading: Reading, row: Row, scene: Scene, confidence: float) -> Act:
    """Write a row down that is known so firmly; its actor must be known."""
    predicate = row.predicate
    kind = kinds()[row.act]
    start, end = _span(reading, predicate)
    assert row.actor is not None
    return Act(
        actor=row.actor.name,
        act=row.act,
        addressee=row.addressee.name if row.addressee else "",
        about=_about(reading, predicate, kind.group),
        polarity=row.polarity,
        modality=row.modality,
        reported_by=_reporter(row, row.actor, scene),
        span=reading.s.offsets(start, end - 1),
        plover=_plover(row, scene),
        cameo=kind.cameo,
        confidence=confidence,
        tier="certain" if confidence >= CERTAIN else "probable",
        group=kind.group,
        language="en",
        rule=f"grammar:{predicate.kind}:{predicate.word}",
    )


def _plover(row: Row, scene: Scene) -> str:
    """The PLOVER class: what is only meant to be done promises or threatens; crowds PROTEST."""
    kind, actor = kinds()[row.act], row.actor
    if kind.group in ("measure", "status") and row.modality == "intended":
        if row.polarity == "negated" or kind.plover not in HARMFUL:
            return "AGREE" if row.polarity == "affirmed" else ""
        return "THREATEN"
    crowd = scene.press and actor is not None and actor.sort == "body"
    return "PROTEST" if crowd and row.act == "protest" else kind.plover


def _reporter(row: Row, actor: Actor, scene: Scene) -> str:
    if row.reporter is not None and row.reporter.name != actor.name:
        return row.reporter.name
    if scene.speaker is not None and scene.reporter is not None:  # quoted with its speaker
        return scene.reporter.name if scene.reporter.name != actor.name else ""
    speaker = scene.speaker or scene.reporter
    if speaker is None or actor.own == "speaker" or row.modality == "requested":
        return ""
    if actor.power and actor.power == scene.speaker_power:
        return ""
    return speaker.name if speaker.name != actor.name else ""


def _span(reading: Reading, predicate: Predicate) -> Span:
    first = predicate.group.first if predicate.group else predicate.at
    start, end = first, max(predicate.stop, predicate.at + 1)
    if predicate.kind == "question":
        start = 0
    if predicate.subject is not None:
        if predicate.subject[0] < first and first - predicate.subject[1] < 12:
            start = predicate.subject[0]
        elif predicate.subject[1] > end:
            end = predicate.subject[1]
    if predicate.kind == "noun" and predicate.negated and predicate.at == first:
        denying = word_set(_WORDS, "denying")
        denied = [j for j in range(max(0, first - 6), first) if reading.s.lows[j] in denying]
        start = min([start, *denied])  # what denies it belongs to its words
    if predicate.object is not None and first - 12 < predicate.object[0] < start:
        start = predicate.object[0]
    while end > start + 1 and reading.tags[end - 1] in ',;:."(-':
        end -= 1
    return start, end


def _about(reading: Reading, predicate: Predicate, of: str) -> str:
    s, tags = reading.s, reading.tags
    start = predicate.content
    end = min(predicate.stop, reading.size)
    group, object_ = predicate.group, predicate.object
    if group is not None and group.passive and object_ and predicate.complement in ("", "@", "np"):
        start, end = object_
    elif predicate.kind == "noun" and tags[start : start + 1] and tags[start] not in "HTPOQDwNeg":
        return ""
    if predicate.word in word_set(_WORDS, "of_matter"):
        start = _matter(reading, predicate, start, end)
    bidden = group is not None and start <= group.verb  # "you will not insist": not to insist
    denying = word_set(_WORDS, "denying")
    denied = bidden and not denying.isdisjoint(s.lows[group.first if group else start : start])
    if start and _CLAUSE.match(tags, start - 1):
        start -= 1
        if tags[start - 1 : start] == "n" and start > 1:
            start -= 1  # "agreed not to recognise"
    if tags[start : start + 2] == "Ce":
        start += 2  # "has shelled and taken the town"
    start = _first(tags, start, end, of)
    stop = min(end, start + ABOUT)
    while stop > start and tags[stop - 1] in 'DPOTC,HRSQXhm"(-;.?':
        stop -= 1
    if tags[stop - 1 : stop] == "T" or stop <= start or not set(tags[start:stop]) & set("wNVseg"):
        return ""
    return f"{'not ' if denied else ''}{s.text(start, stop - 1)}"


def _first(tags: str, start: int, end: int, of: str) -> int:
    """The first word of the matter: behind "and", "which", prepositions, and whom it is told."""
    while start < end:
        told = tags[start] == "o" and of not in _DONE and tags[start + 1 : start + 2] not in _ENDS
        relative = tags[start] in "RSQ" and of in _DONE  # "where managers are being arrested"
        loose = tags[start] in 'TPOADC,"(' and not _CLAUSE.match(tags, start)
        if not (told or relative or loose):
            break
        start += 1
    return start


def _matter(reading: Reading, predicate: Predicate, start: int, end: int) -> int:
    """Where the matter begins behind whom it is told: "warns them of danger"."""
    for j in range(start, min(end, start + 9)):
        if reading.tags[j] in "HQ" or reading.s.lows[j] in word_set(_WORDS, "before_matter"):
            return j
        if reading.tags[j] in ",.;:VsXhm":
            break
    return start
