"""A predicate: an act as its words show it, before anybody is named.

Subjects and objects are stretches of tokens; what governs what is said by the number of the
governing predicate in its sentence.
"""

from dataclasses import dataclass
from functools import lru_cache

from regesta.describing.acts.groups import Group
from regesta.describing.acts.phrases import STOPS, Span
from regesta.describing.acts.reading import Reading
from regesta.describing.words import vocabulary, word_set


@dataclass(slots=True)
class Predicate:
    """An act as its words show it.

    Attributes:
        act: The act.
        group: The verb, or None for a noun that stands alone.
        kind: "verb", "light", "noun".
        word: The lemma that showed it.
        subject: Tokens of its subject; None where there is none.
        shared: How the subject was found: "near", "relative", "shared", "control", "participle",
            "agent", "possessive", "of", "none".
        object: Tokens of its object.
        complement: Kind of complement ("that", "to", "o+to"…), and where its content begins.
        stop: The token after its clause.
        governor: Number of the predicate in whose complement it stands, or -1.
        asker: Where the verb stands that asks for it, or -1.
        noun: The noun of a light verb.
        settled: Its negation is part of what it is.
        owner: Whose the noun of a light verb is, where another is named.
        parties: The passive subject of "sign": its powers are those who signed.
        led: The word before an infinitive that led to its wrapper.
        wrapper: What the words before an infinitive make of it ("actual", "intended"…).
        sure: The lexicon leaves no other meaning.
    """

    act: str
    group: Group | None
    kind: str
    word: str
    subject: Span | None
    shared: str
    object: Span | None
    complement: str
    content: int
    stop: int
    sure: bool
    then: str = "have"
    at: int = 0
    governor: int = -1
    wrapper: str = ""
    condition: bool = False
    negated: bool = False
    noun: Span | None = None
    settled: bool = False
    led: str = ""
    parties: Span | None = None
    owner: Span | None = None
    asker: int = -1


def complete(reading: Reading, predicate: Predicate, after: int) -> Predicate:
    """Passive: who does it stands after "by"; who is the subject is the object."""
    group = predicate.group
    assert group is not None
    if group.passive:
        several = reading.lexicon.between
        if predicate.act in several and predicate.subject is not None:
            predicate.parties = predicate.subject
        agents = reading.lexicon.by
        by = not agents.isdisjoint(reading.s.lows[after : after + 1])
        behind = reading.tags[after : after + 1] == "P"  # "were told on the 3d to wait"
        kept = None if by or behind or predicate.complement == "@" else predicate.object
        by_whom = _by_whom(reading, predicate.subject)
        predicate.object = kept or predicate.subject
        predicate.subject, predicate.shared = None, "none"
        if reading.lexicon.bracket:
            after = min(after, group.first)  # "wurde von der Regierung ratifiziert"
        limit = min(reading.size, after + 14)
        for j in range(after, limit):
            if reading.s.lows[j] in agents:
                predicate.subject = reading.phrase_after(_behest(reading, j + 1))
                predicate.shared = "agent"
                break
            if reading.tags[j] in STOPS or reading.tags[j] in "H,R":
                break
        if predicate.subject is None and by_whom is not None:
            predicate.subject, predicate.shared = by_whom, "agent"
        if predicate.subject is None and reading.s.lows[:1] == ["by"]:
            first = _behest(reading, 1)
            if first > 1:  # "By order of the Government the consul was arrested"
                predicate.subject, predicate.shared = reading.phrase_after(first), "agent"
    # A participle behind a noun says what was done, whatever the clause supposes.
    behind = group.form == "e" and group.passive and predicate.shared == "agent"
    predicate.condition = not behind and conditional(reading, group.first)
    predicate.negated = predicate.negated or group.negated
    return predicate


def _by_whom(reading: Reading, subject: Span | None) -> Span | None:
    """Who does it by a relative before: "the Government by whom the ship was seized"."""
    at = subject[0] - 1 if subject is not None else -1
    led = at > 1 and reading.tags[at] == "R" and reading.s.lows[at - 1] in reading.lexicon.by
    return reading.antecedent(at - 1) if led else None


def _behest(reading: Reading, at: int) -> int:
    """Where he is named who has it done: behind "order of", "direction of"."""
    lows = reading.s.lows
    while reading.tags[at : at + 1] == "D":
        at += 1
    ordered = lows[at : at + 1] and lows[at] in word_set("acts_words", "behest")
    if ordered and reading.tags[at + 1 : at + 2] == "O":
        return at + 2
    while at and reading.tags[at - 1] == "D":
        at -= 1
    return at


def conditional(reading: Reading, first: int) -> bool:
    """Whether a clause opens with "if", "unless", "should", or follows one that does."""
    tags, lows = reading.tags, reading.s.lows
    if 0 <= reading.condition_end <= first:
        return True
    if not reading.supposes:
        return False
    j, passed = first - 1, 0
    while j >= 0 and passed < 14:
        if tags[j] in ".;:" or (tags[j] in "HC" and passed > 0 and tags[j] == "H"):
            return False
        if lows[j] in _conditions() or (lows[j] == "case" and lows[j - 1 : j] == ["in"]):
            return True
        if tags[j] == "H" and j and lows[j - 1] in word_set("acts_words", "supposed"):
            return True  # "on condition that", "in the event that"
        if lows[j] == "should" and (not j or tags[j - 1] in ".,;:CH"):
            return True
        if tags[j] in "mVs" and tags[j] != "e":
            return False
        j -= 1
        passed += 1
    return False


@lru_cache(maxsize=1)
def _conditions() -> frozenset[str]:
    return frozenset(vocabulary("acts_words")["conditions"])
