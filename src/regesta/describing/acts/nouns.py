"""Act nouns: carried by a light verb ("lodge a protest") or with their actor ("your refusal").

A token comes in; a predicate goes out, or None where the noun is no act here.
"""

from functools import lru_cache
from typing import NamedTuple

from regesta.describing.acts.lexicon import Noun
from regesta.describing.acts.phrases import STOPS, Span
from regesta.describing.acts.predicate import Predicate, complete, conditional
from regesta.describing.acts.reading import Reading
from regesta.describing.words import vocabulary, word_set

#: A light verb and its noun stand within so many tokens.
LIGHT_WINDOW = 12
_ASKING = frozenset(("request", "propose", "demand", "invite", "advise", "instruct"))


def light_predicate(reading: Reading, i: int, lemma: str, used: set[int]) -> Predicate | None:
    """A light verb with the noun that is the act: "lodge a protest", "was given assurances"."""
    lexicon, lows, tags = reading.lexicon, reading.s.lows, reading.tags
    group = reading.group(i)
    names = lexicon.light[lemma]
    at = _noun_behind(reading, i, names, passive=group.passive)
    led = group.form == "e" and lows[i + 1 : i + 2] == ["by"]
    if led and at >= 0 and "T" in tags[i + 1 : at]:
        return None  # "sent by the Council to the Swedish proposal"
    double = (
        at >= 0 and tags[at - 1] == "D" and lows[at - 1] == "the" and tags[at + 1 : at + 2] == "D"
    )
    if double:
        return None  # "give the proposal your support"
    subject, shared = reading.subject_of(group)
    passive = False
    if at > 1 and lows[at - 1] == "your" and subject is not None and lows[subject[0]] != "you":
        return None  # "I send, at your request, …": the noun is another's
    if at < 0 and (group.passive or group.form == "e") and subject is not None:
        at = _noun_within(reading, subject, names)
        passive = at >= 0
    joined = at == i + 1 and group.form == "e" and subject is None
    if at < 0 or joined:
        return None  # none, or "the written acceptance"
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
    measured = noun.done_by or passive  # "the arrest of the master": his whom it meets
    owner = None if measured else _owner(reading, at)
    if owner is not None and predicate.kind == "light":
        predicate.owner = owner
    first = subject[0] - 1 if passive and subject is not None else i + 1
    no = any(lows[k] in ("no", "nor") for k in range(max(0, first, at - 3), at))
    group.passive = passive or group.passive
    found = complete(reading, predicate, after)
    found.negated = found.negated or no
    if passive and found.object == subject:
        found.object = object_
    return found


def _noun_behind(reading: Reading, i: int, names: frozenset[str], *, passive: bool) -> int:
    """Where the noun stands that a light verb carries behind it, or -1."""
    lexicon, lows, tags = reading.lexicon, reading.s.lows, reading.tags
    limit = min(reading.size, i + LIGHT_WINDOW)
    aside = tags.find(",", i + 2, limit + 2) if tags[i + 1 : i + 3] == ",P" else -1
    for j in range(aside + 1 if aside > 0 else i + 1, min(reading.size, limit + max(0, aside - i))):
        if tags[j] in STOPS or tags[j] in "HRSVsXhdmg" or tags[j : j + 2] == ",C":
            return -1
        noun = lexicon.nouns.get(lows[j])
        if not noun or tags[j] != "w" or names.isdisjoint(noun.light):
            continue
        if passive and tags[i + 1] == "T":
            return -1  # "reference is made to the instruction"
        if tags[j - 1] == "O" and lows[j - 2] in word_set("acts_words", "letters"):
            return j  # "wrote a letter of thanks"
        inside = any(tags[k] in "PO" for k in range(max(aside, i) + 1, j))
        if inside and not any(tags[k] == "T" for k in range(i + 1, j)):
            return -1
        if _is_receiver(reading, i, j):
            return -1  # "made no reply to the proposal"
        if tags[len(tags[:j].rstrip("we")) - 1] in "PO":
            return -1  # "sent to the officer in charge"
        return j
    return -1


def _noun_within(reading: Reading, subject: Span, names: frozenset[str]) -> int:
    """Where it stands in the subject of a passive verb, or -1: "a protest was lodged"."""
    lexicon, lows, tags = reading.lexicon, reading.s.lows, reading.tags
    for j in range(*subject):
        if tags[j] == "O" and lows[j - 1] in word_set("acts_words", "letters"):
            continue  # "expressions of satisfaction were made"
        if tags[j] in "OPT":
            return -1
        noun = lexicon.nouns.get(lows[j])
        if noun and tags[j] == "w" and not names.isdisjoint(noun.light):
            return j
    return -1


def _is_receiver(reading: Reading, i: int, at: int) -> bool:
    """Whether a noun stands behind an object of the verb and "to"."""
    tags = reading.tags
    to = tags.find("T", i + 1, at)
    before = tags[i + 1 : to].strip("An") if to > 0 else ""
    return before[-1:] == "w" and set(before) <= set("Dwe") and "P" not in tags[to:at]


def _owner(reading: Reading, at: int) -> Span | None:
    """Whose regret is expressed: "the thanks of the Government", "the President’s hope"."""
    tags = reading.tags
    end = at + 1
    if tags[end : end + 2] == "Cw" and reading.s.lows[end + 1] in reading.lexicon.nouns:
        end += 2  # "the appreciation and thanks of the Government"
    if tags[end : end + 1] == "O" and tags[end + 1 : end + 2] in ("D", "N"):
        return reading.phrase_after(end + 1)
    j = at - 1
    while j >= 0 and tags[j] in "we":
        j -= 1
    return reading.phrase_before(j) if j > 0 and tags[j] == "'" else None


class _Owner(NamedTuple):
    """Whose the act of a noun is: his tokens, how he was found, and where what is said goes on."""

    span: Span | None
    shared: str
    after: int


def noun_predicate(reading: Reading, i: int, noun: Noun) -> Predicate | None:
    """A noun of an act whose actor stands by it: "your refusal", "the proposal of …"."""
    held = not noun.alone and (_is_held(reading, i) or _opening(reading, i))
    if (not noun.alone and not held) or _is_paper(reading, i):
        return None
    tags, lows = reading.tags, reading.s.lows
    if noun.done_by:
        return _measure(reading, i, noun)
    unbidden = noun.plural or word_set("acts_words", "bidden").isdisjoint(lows[max(0, i - 4) : i])
    if noun.with_only and "with" not in lows[max(0, i - 3) : i] and unbidden:
        return None
    j = i - 1
    while j >= 0 and tags[j] in "wNe#A":
        j -= 1
    owner = _before(reading, i, j, noun)
    if owner is None:
        return None
    if owner.span is None and _opening(reading, i):
        # "Congratulations upon your success", "Many thanks for"
        complement, object_, content = reading.complement(i + 1)
        return Predicate(
            noun.act, None, "noun", noun.lemma, None, "speaker", object_, complement, content,
            reading.stop_after(max(content, i + 1)), noun.sure, "have", i, noun=(i, i + 1),
        )  # fmt: skip
    if owner.span is None and noun.with_only and unbidden:
        return None
    if owner.span is None:
        owner = _around(reading, i, j)
    complement, object_, content = reading.complement(owner.after)
    if complement == "that" and tags[content - 1] != "H":
        complement = ""  # "the demand you were instructed to make": said of it, not by it
    if lows[i - 1 : i] == ["by"] and noun.act == "instruct":
        complement = ""  # "By order of the Government the ship was seized": it was
    subject, shared, after = owner
    if subject is None:
        subject, shared = _contained(reading, i + 1), "possessive"
    if subject is None and (noun.act not in _ASKING or complement not in ("to", "that")):
        return None
    first = min(i, subject[0]) if subject is not None else i
    return Predicate(
        noun.act, None, "noun", noun.lemma, subject, shared, object_, complement, content,
        reading.stop_after(max(content, after)), noun.sure,
        "ask" if noun.act in _ASKING else "have", i, noun=(i, i + 1),
        condition=conditional(reading, first) or _wanted(reading, first),
        negated=_none(reading, i),
    )  # fmt: skip


def _before(reading: Reading, i: int, j: int, noun: Noun) -> _Owner | None:
    """Whose it is by what stands before at ``j``, or by a relative clause; None where it is none.

    "The Minister's refusal", "my request", "with directions to", "the offer you made".
    """
    tags, lows = reading.tags, reading.s.lows
    subject: Span | None = None
    shared = ""
    if j >= 0 and tags[j] == "'":
        phrase = reading.phrase_before(j)
        if phrase is not None:
            subject, shared = phrase, "possessive"
    elif j >= 0 and lows[j] in _possessives():
        source = reading.phrase_after(i + 2) if lows[i + 1 : i + 2] == ["from"] else None
        given = lows[j] != "its" and _is_given(reading, i)
        if noun.act == "instruct" and source is None and not given and not _under(reading, j):
            return None  # "your instructions": given by him or to him
        subject, shared = (j, j + 1), "possessive"
        if noun.act == "instruct" and source is not None:
            subject, shared = source, "of"  # "my instructions from the Department"
    with_ = j - 1 if j > 0 and tags[j] == "D" and lows[j] not in _possessives() else j
    if subject is None and with_ >= 0 and lows[with_] == "with" and _goes_on(reading, i + 1):
        # "I sent the consul a copy, with directions to return it"
        subject, shared = _sender(reading, with_), "shared"
    if subject is None:
        subject, shared = _relative_owner(reading, i, noun)
    return _Owner(subject, shared, i + 1)


def _around(reading: Reading, i: int, j: int) -> _Owner:
    """Whose it is by the names before it, or else by what stands behind."""
    tags = reading.tags
    named = j + 1 < i and "N" in tags[j + 1 : i]
    if named and tags[i + 1 : i + 2] == "O":
        return _Owner(_adjective(reading, j + 1, i), "adjective", i + 1)  # "the Swedish refusal of"
    owner = _behind(reading, i)
    if owner.span is None and reading.lexicon.bracket and tags[i + 1 : i + 2] in ("D", "N"):
        # "das Ersuchen der Regierung", "der Protest Norlands"
        phrase = reading.phrase_after(i + 1)
        owner = _Owner(phrase, "of", phrase[1] if phrase else owner.after)
    if owner.span is None and named:
        return _Owner(_adjective(reading, j + 1, i), "adjective", owner.after)
    return owner


def _behind(reading: Reading, i: int) -> _Owner:
    """Whose it is by what stands behind: "made in your note", "of the Government", "by Sweden"."""
    tags, lows, k = reading.tags, reading.s.lows, i + 1
    limit = min(reading.size, i + 6)
    while k < limit and (tags[k] in "eA" or tags[k - 1 : k + 1] == "eo"):
        k += 1  # "the offer made me by"
    if k < reading.size - 2 and lows[k] == "in" and tags[k - 1] == "e":
        return _Owner(*_in_paper(reading, k + 1))  # "made in your note"
    if lows[k : k + 4] == ["on", "the", "part", "of"]:
        phrase = reading.phrase_after(k + 4)
        return _Owner(phrase, "of", phrase[1] if phrase is not None else i + 1)
    if k < reading.size - 1 and tags[k - 1] == "e" and tags[k] in "PT" and lows[k] != "by":
        return _Owner(*_made_by(reading, k))
    if k >= reading.size - 1 or (tags[k] != "O" and lows[k] not in ("by", "from")):
        return _Owner(None, "", i + 1)
    phrase = reading.phrase_after(k + 1)
    if phrase is None:
        return _Owner(None, "", i + 1)
    after = phrase[1]
    by = reading.phrase_after(after + 1) if lows[after : after + 1] == ["by"] else None
    if by is not None and lows[by[1] - 1] in word_set("acts_words", "means"):
        by = None  # "instructions from him by telegraph"
    if by is not None:  # "the rejection of the terms by Sweden"
        return _Owner(by, "agent", by[1])
    return _Owner(phrase, "of", after)


def _none(reading: Reading, i: int) -> bool:
    """Whether there is none of it: "there was no protest from", "it was not a proposal of"."""
    lows, j = reading.s.lows, i - 1
    while j >= 0 and reading.tags[j] in "wNeA" and lows[j] not in ("no", "not"):
        j -= 1
    return lows[j : j + 1] == ["no"] or (j > 0 and lows[j] in ("a", "an") and lows[j - 1] == "not")


def _made_by(reading: Reading, k: int) -> tuple[Span | None, str, int]:
    """Who made it, further behind: "accusations made against the troops by the Government"."""
    tags, lows = reading.tags, reading.s.lows
    for j in range(k, min(k + 11, reading.size - 1)):
        if tags[j] in ".;:VsXhmHR,":
            break
        if lows[j] == "by" and (phrase := reading.phrase_after(j + 1)) is not None:
            return phrase, "agent", phrase[1]
    return None, "", k


def _relative_owner(reading: Reading, i: int, noun: Noun) -> tuple[Span | None, str]:
    """Whose act it is by a clause behind: "the offer you made", "assurances received from him"."""
    tags, lows, lexicon = reading.tags, reading.s.lows, reading.lexicon
    k = i + 1
    while k < reading.size - 1 and tags[k] in "RHA":
        k += 1
    who = reading.phrase_after(k) if tags[k : k + 1] and tags[k] in "pNDw" else None
    if who is None and k > i + 1 and tags[i + 1] in "RH":
        return None, ""  # "the offer which was made"
    v = who[1] if who is not None else k
    while v < reading.size and tags[v] in "hXAn":
        v += 1
    if v >= reading.size or tags[v] not in "seV":
        return None, ""
    lemma = lexicon.lemmas.get(lows[v], "")
    if lemma in lexicon.received:
        for j in range(v + 1, min(v + 7, reading.size - 1)):
            if lows[j] == "from":
                return reading.phrase_after(j + 1), "of"
        return None, ""
    carries = not lexicon.light.get(lemma, frozenset()).isdisjoint(noun.light)
    return (who, "of") if carries and who is not None else (None, "")


def _adjective(reading: Reading, start: int, end: int) -> Span:
    """The names that stand before a noun, without other words: "Norland" of "Norland counter"."""
    while end > start + 1 and reading.tags[end - 1] != "N":
        end -= 1
    return start, end


def _opening(reading: Reading, i: int) -> bool:
    """Whether a noun of feeling opens its sentence and says for what: "Hearty thanks for"."""
    carried = "express" in reading.lexicon.nouns[reading.s.lows[i]].light
    after = reading.s.lows[i + 1 : i + 2]
    leads = carried and after in (["for"], ["on"], ["upon"])
    first = reading.tags[:i]
    return leads and i < 3 and not set(first) - set("weADN") and "the" not in reading.s.lows[:i]


def _is_held(reading: Reading, i: int) -> bool:
    """ "It is the earnest hope of Norland that": a noun of expressing that is said to be so."""
    tags, lows, j = reading.tags, reading.s.lows, i - 1
    while j > 0 and tags[j] in "DwA":
        j -= 1
    said = (
        tags[j] == "X"
        and lows[j - 1 : j] == ["it"]
        and "express" in (reading.lexicon.nouns[lows[i]].light)
    )
    return said and "H" in tags[i + 1 : i + 12]


def _wanted(reading: Reading, first: int) -> bool:
    """Whether a noun is what is sought or waited for: "to obtain the consent of"."""
    lows, lemmas, tags = reading.s.lows, reading.lexicon.lemmas, reading.tags
    for k in range(first - 1, max(-1, first - 6), -1):
        if lows[k] in word_set("acts_words", "awaited"):
            return True
        if tags[k] in "Vseg":
            wanted = lemmas.get(lows[k], "") in word_set("acts_words", "obtaining")
            group = reading.group(k)
            return wanted and (group.form in "ig" or bool(group.modal) or tags[k] in "Vs")
        if tags[k] in ".;:,HRC":
            break
    return False


def _goes_on(reading: Reading, at: int) -> bool:
    """Whether "to …" or "that …" says what is asked."""
    return reading.complement(at)[0] in ("to", "that")


def _sender(reading: Reading, before: int) -> Span | None:
    """The subject of the verb before "with directions"."""
    tags = reading.tags
    for k in range(before - 1, -1, -1):
        if tags[k] in ".;:":
            break
        if tags[k] in "Vse" and not reading.group(k).passive:
            subject, _ = reading.subject_of(reading.group(k))
            return subject
    return None


def _measure(reading: Reading, i: int, noun: Noun) -> Predicate | None:
    """A measure with who takes it: "the seizure of the ship by the Government", no one else's."""
    tags, lows = reading.tags, reading.s.lows
    k, object_ = i + 1, None
    if tags[k : k + 2] == "Cw" and lows[k + 1] in reading.lexicon.nouns:
        k += 2  # "the arrest and expulsion of two men by Norland"
    if tags[k : k + 1] == "O" and (object_ := reading.phrase_after(k + 1)):
        k = object_[1]
        if tags[k : k + 1] == '"' and (end := tags.find('"', k + 1, k + 6)) > 0:
            k = end + 1  # "of the ship “Kestrel” by"
    while tags[k : k + 1] in ("e", "A"):
        k += 1  # "the embargo enforced by"
    if lows[k : k + 1] != ["by"] or (subject := reading.phrase_after(k + 1)) is None:
        return None
    return Predicate(
        noun.act, None, "noun", noun.lemma, subject, "agent", object_, "", i + 1,
        k, noun.sure, "have", i, noun=(i, i + 1),
    )  # fmt: skip


def _in_paper(reading: Reading, at: int) -> tuple[Span | None, str, int]:
    """Whose paper holds it: "your note", "the Department’s dispatch"."""
    lows, tags = reading.s.lows, reading.tags
    if lows[at] in _possessives():
        return (at, at + 1), "possessive", at + 2
    for j in range(at, min(at + 5, reading.size)):
        if tags[j] == "'":
            return (at, j), "possessive", j + 2
        if tags[j] not in "DwN":
            break
    return None, "", at


def _is_given(reading: Reading, i: int) -> bool:
    """Whether to whom an order goes follows it: "his instructions to Lord Kell"."""
    tags = reading.tags
    return i + 1 < reading.size - 1 and tags[i + 1] == "T" and tags[i + 2] in "NDpo"


def _contained(reading: Reading, at: int) -> Span | None:
    """Whose paper holds what follows a noun: "the offer to mediate contained in your note"."""
    tags, lows = reading.tags, reading.s.lows
    for j in range(at, min(at + 16, reading.size - 3)):
        if tags[j] in ".;:,XhmsR":
            break
        if tags[j] == "e" and lows[j + 1] == "in":
            return _in_paper(reading, j + 2)[0]
    return None


def _under(reading: Reading, at: int) -> bool:
    """Whether something is done "in compliance with", "under" what ends at a token."""
    return not word_set("acts_words", "under").isdisjoint(reading.s.lows[max(0, at - 2) : at])


def _is_paper(reading: Reading, i: int) -> bool:
    """ "My instruction of the 7th instant", "your request No. 5": a paper, and no act."""
    low, numbered = reading.s.lows[i], reading.s.lows[i + 1 : i + 2] in (["no"], ["nos"])
    if low not in word_set("acts_actors", "paper"):
        return False
    if low == "instructions":  # what they say counts, wherever it stands
        return numbered
    return numbered or "#" in reading.tags[i + 1 : i + 7]


@lru_cache(maxsize=1)
def _possessives() -> frozenset[str]:
    return frozenset(vocabulary("acts_words")["possessives"])
