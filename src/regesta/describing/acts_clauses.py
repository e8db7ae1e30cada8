"""The clause grammar: a tagged sentence in, its acts as predicates with subject and complement out.

Nothing is resolved here: subjects and objects are stretches of tokens. What governs what (an
infinitive its verb, a that-clause its verb) is said by the number of the governing predicate.
"""

from dataclasses import dataclass
from functools import lru_cache

from regesta.describing.acts_lexicon import Frame, Noun
from regesta.describing.acts_reading import STOPS, Group, Reading, Span
from regesta.describing.words import vocabulary, word_set

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
        noun: The noun of a light verb.
        settled: Its negation is part of what it is.
        owner: Whose the noun of a light verb is, where another is named.
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
    owner: Span | None = None


def predicates(reading: Reading) -> list[Predicate]:
    """Every act of a sentence, in order of its words."""
    found: list[Predicate] = []
    lexicon, lows, tags = reading.lexicon, reading.s.lows, reading.tags
    used: set[int] = set()
    for i, low in enumerate(lows):
        letter = tags[i]
        predicate = None
        if letter in "Vseg":
            lemma = lexicon.lemmas.get(low, "")
            if letter == "V" and (order := _order(reading, i, lemma)) is not None:
                found.append(order)
            if lemma in lexicon.light:
                predicate = _light(reading, i, lemma, used)
            if predicate is None and lemma in lexicon.frames:
                predicate = _verb(reading, i, lemma)
        elif letter == "w" and i not in used and low in lexicon.nouns:
            predicate = _noun(reading, i, lexicon.nouns[low])
        if predicate is None and letter in "we" and low in lexicon.adjectives:
            predicate = _adjective(reading, i, low)
        if predicate is not None:
            found.append(predicate)
    _will(reading, found)
    if tags.endswith("?"):
        question = _question(reading)
        if question is not None:
            found.append(question)
    _govern(reading, found)
    return found


def _verb(reading: Reading, i: int, lemma: str) -> Predicate | None:
    group = reading.group(i)
    if group.form == "e" and group.first > 0 and reading.tags[group.first - 1] == "D":
        return None
    subject: Span | None = None
    shared = ""
    for frame in reading.lexicon.frames[lemma]:
        after = _rest(reading, i + 1, frame.rest)
        if after < 0 or (frame.denied and not _denied(reading, group, i, after)):
            continue
        complement, object_, content = reading.complement(after)
        stop = reading.stop_after(max(content, after))
        if not shared:
            subject, shared = reading.subject_of(group)
            if group.form == "g" and shared == "near":
                subject = None
            by = reading.s.lows[after : after + 1] == ["by"]
            if group.form == "e" and (subject is None or by):
                group.passive = True
        if not _fits(reading, frame, complement, object_, (after, stop), subject, group):
            continue
        predicate = Predicate(
            frame.act, group, "verb", lemma, subject, shared, object_, complement, content,
            stop, frame.sure, frame.then, i,
        )  # fmt: skip
        _complete(reading, predicate, after)
        if frame.denied:
            predicate.negated, predicate.settled = False, True
        return predicate
    return None


def _rest(reading: Reading, at: int, rest: tuple[str, ...]) -> int:
    """Where the words of a verb of several words end ("stand firmly on"), or -1."""
    lows, tags = reading.s.lows, reading.tags
    for word in rest:
        while at < reading.size and tags[at] in "DAn" and lows[at] != word:
            at += 1
        if at >= reading.size or lows[at] != word:
            return -1
        at += 1
    return at


def _denied(reading: Reading, group: Group, verb: int, after: int) -> bool:
    return group.negated or "no" in reading.s.lows[verb:after]


def _order(reading: Reading, i: int, lemma: str) -> Predicate | None:
    """ "You will call upon him", "Please cable": what another is told to do, whatever it is."""
    if lemma in reading.lexicon.unordered:
        return None
    group = reading.group(i)
    tags, lows = reading.tags, reading.s.lows
    if tags[group.first - 1 : group.first] == "C" and group.first:
        reading.subject_of(group)
        if group.modal:
            return None  # "you will call and ask": one order
    told = group.modal in reading.lexicon.ordering
    subject: Span | None = None
    if told:
        subject, _ = reading.subject_of(group)
        told = subject is not None and lows[subject[0]] == "you" and subject[1] - subject[0] == 1
    elif group.form == "f" and not group.modal and group.first == i:
        told = _opens(reading, i) and i + 1 < reading.size and tags[i + 1] not in ",.;:"
    elif group.form == "f" and not group.modal:
        told = lows[group.first] in reading.lexicon.please and _opens(reading, group.first)
    if not told:
        return None
    _, object_, _ = reading.complement(i + 1)
    del object_
    return Predicate(
        "instruct", group, "order", "you" if subject else "imperative", subject, "order", None,
        "to", i, reading.stop_after(i + 1), subject is not None, "ask", i,
        condition=_conditional(reading, group.first), negated=group.negated,
    )  # fmt: skip


def _opens(reading: Reading, at: int) -> bool:
    """Whether a verb opens its sentence, a clause of it, or goes on after another that does."""
    tags = reading.tags
    if at == 0 or tags[at - 1] in '.;:-"':
        return True
    if tags[at - 1] in "A," and set(tags[:at]) <= set("A,#.p"):
        return "p" not in tags[:at]
    if tags[at - 1] == "C":
        for j in range(at - 2, -1, -1):
            if tags[j] in "pXhdmHR":
                return False
            if tags[j] == "V":
                return _opens(reading, j) and reading.group(j).form == "f"
            if tags[j] in "seg":
                return False
    return False


def _question(reading: Reading) -> Predicate | None:
    """A question that is put: "Will the Department approve?"."""
    tags = reading.tags
    at = tags.find("V")
    at = at if at >= 0 else 0
    return Predicate(
        "inquire", None, "question", "?", None, "question", None, "", 0, len(tags) - 1, True,
        "have", at,
    )  # fmt: skip


def _will(reading: Reading, found: list[Predicate]) -> None:
    """ "Will keep you informed" promises, "will not pay" refuses, whatever the verb is."""
    tags, lows, lexicon = reading.tags, reading.s.lows, reading.lexicon
    taken = {predicate.at for predicate in found}
    for m, letter in enumerate(tags):
        if letter != "m" or lows[m] not in lexicon.willing:
            continue
        i = m + 1
        while i < reading.size and tags[i] in "An":
            i += 1
        if i >= reading.size or tags[i] != "V" or i in taken:
            continue
        group = reading.group(i)
        lemma = lexicon.lemmas.get(lows[i], "")
        if lemma in lexicon.unpromised or (lows[m] in lexicon.unable and not group.negated):
            continue
        subject, shared = reading.subject_of(group)
        complement, object_, content = reading.complement(i + 1)
        predicate = Predicate(
            "refuse" if group.negated else "promise", group, "will", lows[m], subject, shared,
            object_, complement, content, reading.stop_after(max(content, i + 1)), False, "have", i,
            condition=_conditional(reading, group.first), settled=True,
        )  # fmt: skip
        found.append(predicate)
    found.sort(key=lambda predicate: predicate.at)


def _adjective(reading: Reading, i: int, low: str) -> Predicate | None:
    """ "is undesirable", "are prepared to", "is unable to"."""
    entry = reading.lexicon.adjectives[low]
    group = reading.group(i)
    lows, tags = reading.s.lows, reading.tags
    if not any(t == "X" for t in tags[group.first : i]) and low not in reading.lexicon.bare:
        return None
    complement, object_, content = reading.complement(i + 1)
    need = entry.needs
    public = "on" in need and reading.public
    if "*" not in need and complement not in need and not public:
        wanted = [n[1:] for n in need if n[0] == "@"]
        if not any(lows[k] in wanted for k in range(i + 1, min(i + 3, reading.size))):
            return None
    subject, shared = reading.subject_of(group)
    act = entry.act
    negated = group.negated
    if negated:
        if not entry.denied:
            return None
        act, negated = entry.denied, False
    found = Predicate(
        act, group, "adjective", low, subject, shared, object_, complement, content,
        reading.stop_after(max(content, i + 1)), entry.sure, "have", i,
        condition=_conditional(reading, group.first), negated=negated, settled=True,
    )  # fmt: skip
    group.passive = False
    if entry.whose == "for":
        found.subject, found.shared = _experiencer(reading, group.first, i), "for"
        found.object = subject
    elif entry.whose == "speaker":
        found.subject, found.shared, found.object = None, "speaker", subject
    return found


def _experiencer(reading: Reading, first: int, at: int) -> Span | None:
    """For whom something is undesirable: "For the Government this is …", "… to the Government"."""
    lows = reading.s.lows
    for k in [*range(first - 1, -1, -1), *range(at + 1, min(at + 4, reading.size))]:
        if lows[k] in ("for", "to") and (phrase := reading.phrase_after(k + 1)):
            return phrase
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
        if need == "on":
            if reading.public and complement.endswith(("that", "to", "np")):
                return True
            continue
        if need == "gov":
            if complement == "that":
                return True
            continue
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
        if need[0] == "^" and subject is not None:
            members = reading.lexicon.objects[need[1:]]
            if not members.isdisjoint(reading.s.lows[subject[0] : subject[1]]):
                return True
        if need == "wish" and group.form == "i":
            return True
        if need[0] == "~" and object_ is not None:
            members = reading.lexicon.objects[need[1:]]
            if reading.s.lows[object_[1] - 1] in members:
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
    predicate.negated = predicate.negated or group.negated
    return predicate


def _conditional(reading: Reading, first: int) -> bool:
    """Whether a clause opens with "if", "unless", "should", or follows one that does."""
    tags, lows = reading.tags, reading.s.lows
    if 0 <= reading.condition_end <= first:
        return True
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
    subject, shared = reading.subject_of(group)
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
    owner = None if passive else _owner(reading, at)
    if owner is not None and predicate.kind == "light":
        predicate.owner = owner
    no = any(lows[k] in ("no", "nor") for k in range(max(i + 1, at - 3), at))
    group.passive = passive or group.passive
    found = _complete(reading, predicate, after)
    found.negated = found.negated or no
    if passive and found.object == subject:
        found.object = object_
    return found


def _owner(reading: Reading, at: int) -> Span | None:
    """Whose regret is expressed: "the thanks of the Government", "the President’s hope"."""
    tags = reading.tags
    if tags[at + 1 : at + 2] == "O" and tags[at + 2 : at + 3] in ("D", "N"):
        return reading.phrase_after(at + 2)
    j = at - 1
    while j >= 0 and tags[j] in "we":
        j -= 1
    return reading.phrase_before(j) if j > 0 and tags[j] == "'" else None


_ASKING = frozenset(("request", "propose", "demand", "invite", "advise", "instruct"))


def _noun(reading: Reading, i: int, noun: Noun) -> Predicate | None:
    """A noun of an act whose actor stands by it: "your refusal", "the proposal of …"."""
    if not noun.alone or (_is_paper(reading, i) and noun.act != "instruct"):
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
        if noun.act == "instruct" and not _under(reading, j):
            return None  # "your instructions": given by him or to him
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


def _under(reading: Reading, at: int) -> bool:
    """Whether something is done "in compliance with", "under" what ends at a token."""
    return not word_set("acts_words", "under").isdisjoint(reading.s.lows[max(0, at - 2) : at])


def _is_paper(reading: Reading, i: int) -> bool:
    """ "My instruction of the 7th instant", "your request No. 5": a paper, and no act."""
    low = reading.s.lows[i]
    if low not in word_set("acts_actors", "paper"):
        return False
    return "#" in reading.tags[i + 1 : i + 7] or reading.s.lows[i + 1 : i + 2] == ["no"]


@lru_cache(maxsize=1)
def _possessives() -> frozenset[str]:
    return frozenset(vocabulary("acts_words")["possessives"])


def _govern(reading: Reading, found: list[Predicate]) -> None:
    """Say of every predicate in whose complement it stands."""
    for number, predicate in enumerate(found):
        at = predicate.group.first if predicate.group else predicate.at
        if predicate.kind in ("order", "question"):
            continue
        for before in range(number - 1, -1, -1):
            other = found[before]
            if other.kind == "order":
                near = other.at == predicate.at or (
                    predicate.group is not None
                    and (
                        predicate.group.form == "i"
                        or (other.subject is not None and predicate.subject == other.subject)
                    )
                    and "." not in reading.tags[other.at : at]
                )
                if not near:
                    continue
            elif not _covers(reading, other, at):
                continue
            predicate.governor = before
            break
        if predicate.group is not None and predicate.group.form == "i":
            _wrap(reading, predicate)


def _covers(reading: Reading, other: Predicate, at: int) -> bool:
    """Whether the complement of a predicate reaches to a token."""
    complement = other.complement
    if not complement.endswith(("that", "to", "if", "quote", "ing")) or other.content - 1 > at:
        return False
    between = reading.tags[other.content : at]
    if complement.endswith("quote"):
        return True
    if ";" in between:
        return between.rpartition(";")[2][:2] in ("H", "CH", "T", "CT")
    if complement.endswith(("to", "ing")):
        # A main verb with a subject of its own after a comma is not in an infinitive's complement.
        return not (",C" in between and between.endswith("p")) and ",p" not in between
    return True


def _wrap(reading: Reading, predicate: Predicate) -> None:
    """What stands before an infinitive: "have the honor to", "is prepared to", "intends to"."""
    group = predicate.group
    assert group is not None
    tags, lows = reading.tags, reading.s.lows
    wrappers = reading.lexicon.wrappers
    j = group.head
    while j >= 0 and tags[j] in "TAn":
        group.negated = group.negated or tags[j] == "n"
        j -= 1
    if j > 1 and tags[j] in "C,":
        j = _joined_head(reading, j)
    if j >= 0 and lows[j] in wrappers["beside"]:
        _led(reading, predicate, "actual", j)
        return
    limit = max(-1, j - 6)
    while j > limit:
        for name, words in wrappers.items():
            if lows[j] in words and name != "beside":
                _led(reading, predicate, name, j)
                return
        if tags[j] in ".;:VsXhdm":
            break
        j -= 1
    predicate.wrapper = "purpose"


def _joined_head(reading: Reading, at: int) -> int:
    """Before the "to" that one infinitive shares with the one it is joined to."""
    for k in range(at - 1, 0, -1):
        if reading.tags[k] in ".;:":
            break
        if reading.tags[k] == "T" and reading.tags[k + 1] in "VXh":
            return k - 1
    return at


def _led(reading: Reading, predicate: Predicate, name: str, j: int) -> None:
    """The subject, modality and negation of an infinitive are those of the words that lead it."""
    group, tags, lows = predicate.group, reading.tags, reading.s.lows
    assert group is not None
    predicate.wrapper, predicate.led = name, lows[j]
    first = j
    while first > 0 and tags[first] not in "XhVsem":
        if tags[first] in ".;:,":
            break
        first -= 1
    head = reading.group(first) if tags[first] in "XhVse" else None
    if head is None and tags[j] in "Vseg":
        head = reading.group(j)
    if head is not None:
        first = head.first
        predicate.condition = predicate.condition or _conditional(reading, first)
        if head.modal and not group.modal:
            group.modal = head.modal
        if head.passive or tags[head.verb] == "X":
            group.led = lows[j]
        predicate.subject, predicate.shared = reading.subject_of(head)
        if head.form == "i" and predicate.subject is None:
            predicate.subject, predicate.shared = reading.subject_before(head.first - 1)
    else:
        predicate.subject, predicate.shared = reading.subject_before(first)
    if any(lows[k] in ("not", "never", "no", "cannot") for k in range(first, j + 1)):
        predicate.negated = True
    if predicate.shared == "none" and first == 0:
        predicate.shared = "open"
