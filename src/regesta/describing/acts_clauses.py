"""The clause grammar: a tagged sentence in, its acts as predicates with subject and complement out.

Nothing is resolved here: subjects and objects are stretches of tokens. What governs what (an
infinitive its verb, a that-clause its verb) is said by the number of the governing predicate.
"""

from dataclasses import dataclass
from functools import lru_cache

from regesta.describing.acts_lexicon import Frame, Noun
from regesta.describing.acts_reading import STOPS, Group, Reading, Span
from regesta.describing.words import vocabulary

#: A light verb and its noun stand within so many tokens.
LIGHT_WINDOW = 12


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


def predicates(reading: Reading) -> list[Predicate]:
    """Every act of a sentence, in order of its words."""
    found: list[Predicate] = []
    lexicon, lows, tags = reading.lexicon, reading.s.lows, reading.tags
    used: set[int] = set()
    for i, low in enumerate(lows):
        letter = tags[i]
        if letter in "Vseg":
            lemma = lexicon.lemmas.get(low, "")
            predicate = _light(reading, i, lemma, used) if lemma in lexicon.light else None
            if predicate is None and lemma in lexicon.frames:
                predicate = _verb(reading, i, lemma)
            if predicate is not None:
                found.append(predicate)
        elif letter == "w" and i not in used and low in lexicon.nouns:
            predicate = _noun(reading, i, lexicon.nouns[low])
            if predicate is not None:
                found.append(predicate)
    _share(reading, found)
    _govern(reading, found)
    return found


def _verb(reading: Reading, i: int, lemma: str) -> Predicate | None:
    lows = reading.s.lows
    group = reading.group(i)
    if group.form == "e" and group.first > 0 and reading.tags[group.first - 1] == "D":
        return None
    for frame in reading.lexicon.frames[lemma]:
        size = len(frame.rest)
        if size and tuple(lows[i + 1 : i + 1 + size]) != frame.rest:
            continue
        after = i + 1 + size
        complement, object_, content = reading.complement(after)
        stop = reading.stop_after(max(content, after))
        subject, shared = reading.subject_before(group.first)
        if group.form == "e" and (subject is None or lows[after : after + 1] == ["by"]):
            group.passive = True
        scope = (after, stop)
        if not _fits(reading, frame, complement, object_, scope, subject, group):
            continue
        predicate = Predicate(
            frame.act, group, "verb", lemma, subject, shared, object_, complement, content,
            stop, frame.sure, frame.then, i,
        )  # fmt: skip
        return _complete(reading, predicate, after)
    return None


def _fits(
    reading: Reading,
    frame: Frame,
    complement: str,
    object_: Span | None,
    scope: Span,
    subject: Span | None,
    group: Group,
) -> bool:
    """Whether a verb has the complement that makes it the act of a frame."""
    bare = complement.removeprefix("@+")
    for need in frame.needs:
        if need == "*" or need in (complement, bare):
            return True
        if need == "to" and complement == "o+to" and group.passive:
            return True
        if need.startswith("o+") and group.passive and complement == need[2:]:
            return True
        if need == "np" and group.passive:
            return True
        if need[0] == "@":
            wanted = need[1:].split(",")
            near = reading.s.lows[scope[0] : min(scope[1], scope[0] + 8)]
            if any(word in near for word in wanted):
                return True
        if need[0] == "=":
            members = reading.lexicon.objects[need[1:]]
            span = subject if group.passive else (scope[0], min(scope[1], scope[0] + 9))
            if span and not members.isdisjoint(reading.s.lows[span[0] : span[1]]):
                return True
    return False


def _complete(reading: Reading, predicate: Predicate, after: int) -> Predicate:
    """Passive: who does it stands after "by"; who is the subject is the object."""
    group = predicate.group
    assert group is not None
    if group.passive:
        predicate.object = predicate.object or predicate.subject
        predicate.subject, predicate.shared = None, "none"
        limit = min(reading.size, after + 14)
        for j in range(after, limit):
            if reading.s.lows[j] == "by":
                predicate.subject = reading.phrase_after(j + 1)
                predicate.shared = "agent"
                break
            if reading.tags[j] in STOPS or reading.tags[j] in "H,R":
                break
    predicate.condition = _conditional(reading, group.first)
    predicate.negated = group.negated
    return predicate


def _conditional(reading: Reading, first: int) -> bool:
    """Whether the clause that ends at ``first`` opens with "if", "unless", "should"."""
    tags, lows = reading.tags, reading.s.lows
    j, passed = first - 1, 0
    while j >= 0 and passed < 14:
        if tags[j] in ".;:" or (tags[j] in "HC" and passed > 0 and tags[j] == "H"):
            return False
        if lows[j] in _conditions():
            return True
        if tags[j] in "mVs" and tags[j] != "e":
            return False
        j -= 1
        passed += 1
    return False


@lru_cache(maxsize=1)
def _conditions() -> frozenset[str]:
    return frozenset(vocabulary("acts_words")["conditions"])


def _light(reading: Reading, i: int, lemma: str, used: set[int]) -> Predicate | None:
    """A light verb with the noun that is the act: "lodge a protest", "was given assurances"."""
    lexicon, lows, tags = reading.lexicon, reading.s.lows, reading.tags
    group = reading.group(i)
    names = lexicon.light[lemma]
    at = -1
    limit = min(reading.size, i + LIGHT_WINDOW)
    for j in range(i + 1, limit):
        if tags[j] in STOPS or tags[j] in "HRSVsXhdmg":
            break
        noun = lexicon.nouns.get(lows[j])
        if noun and tags[j] == "w" and not names.isdisjoint(noun.light):
            inside = any(tags[k] in "PO" for k in range(i + 1, j))
            if inside and not any(tags[k] == "T" for k in range(i + 1, j)):
                break
            at = j
            break
    subject, shared = reading.subject_before(group.first)
    passive = False
    if at < 0 and (group.passive or group.form == "e") and subject is not None:
        for j in range(subject[0], subject[1]):
            noun = lexicon.nouns.get(lows[j])
            if noun and tags[j] == "w" and not names.isdisjoint(noun.light):
                at, passive = j, True
                break
    if at < 0:
        return None
    noun = lexicon.nouns[lows[at]]
    used.add(at)
    after = (i if passive else at) + 1
    complement, object_, content = reading.complement(after)
    between = reading.phrase_after(i + 1) if not passive else None
    if not passive and tags[i + 1 : i + 2] == "T":
        between = reading.phrase_after(i + 2)
    if between and between[0] <= at < between[1]:
        between = None
    predicate = Predicate(
        noun.act, group, "light", noun.lemma, subject, shared, between or object_, complement,
        content, reading.stop_after(max(content, after)), noun.sure,
        "ask" if noun.act in _ASKING else "have", i, noun=(at, at + 1),
    )  # fmt: skip
    no = any(lows[k] in ("no", "nor") for k in range(max(0, at - 3), at))
    group.passive = passive or group.passive
    found = _complete(reading, predicate, after)
    found.negated = found.negated or no
    if passive and found.object == subject:
        found.object = object_
    return found


_ASKING = frozenset(("request", "propose", "demand", "invite", "advise", "instruct"))


def _noun(reading: Reading, i: int, noun: Noun) -> Predicate | None:
    """A noun of an act whose actor stands by it: "your refusal", "the proposal of …"."""
    if not noun.alone:
        return None
    tags, lows = reading.tags, reading.s.lows
    subject: Span | None = None
    shared = ""
    j = i - 1
    while j >= 0 and tags[j] in "wNe#A":
        j -= 1
    if j >= 0 and tags[j] == "'":
        phrase = reading.phrase_before(j)
        if phrase is not None:
            subject, shared = phrase, "possessive"
    elif j >= 0 and lows[j] in _possessives():
        subject, shared = (j, j + 1), "possessive"
    after = i + 1
    if subject is None:
        k = i + 1
        limit = min(reading.size, i + 6)
        while k < limit and tags[k] in "eA":
            k += 1
        if k < reading.size - 1 and (tags[k] == "O" or lows[k] in ("by", "from")):
            phrase = reading.phrase_after(k + 1)
            if phrase is not None:
                subject, shared, after = phrase, "of", phrase[1]
    if subject is None and j + 1 < i and any(t == "N" for t in tags[j + 1 : i]):
        subject, shared = (j + 1, i), "adjective"
    if subject is None:
        return None
    complement, object_, content = reading.complement(after)
    return Predicate(
        noun.act, None, "noun", noun.lemma, subject, shared, object_, complement, content,
        reading.stop_after(max(content, after)), noun.sure,
        "ask" if noun.act in _ASKING else "have", i, noun=(i, i + 1),
    )  # fmt: skip


@lru_cache(maxsize=1)
def _possessives() -> frozenset[str]:
    return frozenset(vocabulary("acts_words")["possessives"])


def _share(reading: Reading, found: list[Predicate]) -> None:
    """Predicates joined by "and" have the subject of the verb before them."""
    for predicate in found:
        group = predicate.group
        if (
            group is None
            or predicate.subject is not None
            or predicate.shared not in ("shared", "main")
        ):
            continue
        first = group.first
        for j in range(first - 1, -1, -1):
            if reading.tags[j] in ";:":
                break
            if reading.tags[j] in "Vse" and j < first - 1:
                other = reading.group(j)
                if other.form == "i":
                    if group.form in ("f", "e") and reading.tags[group.verb] != "V":
                        continue
                    predicate.wrapper = "joined"
                    break
                subject, shared = reading.subject_before(other.first)
                if subject is not None:
                    predicate.subject = subject
                    if group.modal == "" and other.modal and reading.tags[group.verb] == "V":
                        group.modal = other.modal
                    break
                if shared not in ("shared", "main"):
                    break


def _govern(reading: Reading, found: list[Predicate]) -> None:
    """Say of every predicate in whose complement it stands."""
    for number, predicate in enumerate(found):
        at = predicate.group.first if predicate.group else predicate.at
        for before in range(number - 1, -1, -1):
            other = found[before]
            if other.complement.endswith(("that", "to", "if", "quote", "ing")) and (
                other.content - 1 <= at
            ):
                between = reading.tags[other.content : at]
                if ";" in between and not other.complement.endswith("quote"):
                    continue
                predicate.governor = before
                break
        if predicate.group is not None and predicate.group.form == "i":
            _wrap(reading, predicate)


def _wrap(reading: Reading, predicate: Predicate) -> None:
    """What stands before an infinitive: "have the honor to", "is prepared to", "intends to"."""
    group = predicate.group
    assert group is not None
    tags, lows = reading.tags, reading.s.lows
    wrappers = vocabulary("acts_words")["wrappers"]
    j = group.first - 1
    while j >= 0 and tags[j] in "TAn":
        group.negated = group.negated or tags[j] == "n"
        j -= 1
    limit = max(-1, j - 6)
    while j > limit:
        for name, words in wrappers.items():
            if lows[j] in words:
                predicate.wrapper = name
                head = reading.group(j) if tags[j] in "Vseg" else None
                first = head.first if head else j
                if head is None:
                    while first > 0 and tags[first] not in "XhVse":
                        if tags[first] in ".;:,":
                            break
                        first -= 1
                    if tags[first] in "XhVse":
                        head = reading.group(first)
                        first = head.first
                subject, shared = reading.subject_before(first)
                if any(lows[k] in ("not", "never", "no") for k in range(first, j + 1)):
                    predicate.negated = True
                if head is not None and head.modal and not group.modal:
                    group.modal = head.modal
                predicate.subject, predicate.shared = subject, shared
                return
        if tags[j] in ".;:VsXhdm":
            break
        j -= 1
    predicate.wrapper = "purpose"
