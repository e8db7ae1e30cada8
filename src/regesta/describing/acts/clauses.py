"""The clause grammar: a tagged sentence in, its acts as predicates with subject and complement out.

Nothing is resolved here: subjects and objects are stretches of tokens.
"""

from regesta.describing.acts.asked import add_asked
from regesta.describing.acts.govern import govern
from regesta.describing.acts.groups import Group
from regesta.describing.acts.lexicon import Frame
from regesta.describing.acts.modals import add_demands, add_promises, add_wanted
from regesta.describing.acts.nouns import light_predicate, noun_predicate
from regesta.describing.acts.orders import add_orders
from regesta.describing.acts.phrases import Span
from regesta.describing.acts.predicate import Predicate, complete
from regesta.describing.acts.reading import Reading
from regesta.describing.acts.shapes import (
    adjective_predicate,
    order_predicate,
    question_predicate,
)
from regesta.describing.words import word_set

#: A German verb and the noun that it carries stand within so many words.
NEAR = 6
#: What opens a clause that is said, asked or told.
_LED = ("H", "Q", "S", "p")


def predicates(reading: Reading) -> list[Predicate]:
    """Every act of a sentence, in order of its words."""
    found: list[Predicate] = []
    lexicon, lows, tags = reading.lexicon, reading.s.lows, reading.tags
    used: set[int] = set()
    for i in _telling(reading):
        low, letter = lows[i], tags[i]
        predicate, order = None, None
        if letter in "Vseg":
            lemma = lexicon.lemmas.get(low, "")
            if letter == "V" and (order := order_predicate(reading, i, lemma)) is not None:
                found.append(order)
            if letter == "e" and low in lexicon.adjectives and lows[i + 1 : i + 2] != ["by"]:
                predicate = adjective_predicate(reading, i, low)  # "is opposed to"
            if predicate is None and lemma in lexicon.idioms:
                predicate = _verb(reading, i, lemma, lexicon.idioms[lemma])  # "give notice of"
            if predicate is None and reading.has_nouns and lemma in lexicon.light:
                predicate = light_predicate(reading, i, lemma, used)
            if predicate is None and lemma in reading.frames:
                predicate = _verb(reading, i, lemma, reading.frames[lemma])
        elif letter in "wN" and i not in used and low in lexicon.nouns:
            predicate = noun_predicate(reading, i, lexicon.nouns[low])
        if predicate is None and letter in "we" and low in lexicon.adjectives:
            predicate = adjective_predicate(reading, i, low)
        if predicate is not None:
            if order is not None and order.subject is None:
                predicate.subject, predicate.shared = None, "order"
            found.append(predicate)
    found = _without_copulas(found)
    if lexicon.bracket:
        found = [p for p in found if not _is_carried(p, found)]
    add_promises(reading, found)
    add_demands(reading, found)
    add_wanted(reading, found)
    add_asked(reading, found)
    add_orders(reading, found)
    if tags.endswith("?"):
        question = question_predicate(reading)
        if question is not None:
            found.append(question)
    govern(reading, found)
    return found


def _telling(reading: Reading) -> list[int]:
    """The tokens by which an act may be told: words that the lexicon knows, and base forms."""
    telling, may = reading.lexicon.telling, "wVsegN" if reading.lexicon.bracket else "wVseg"
    return [
        i
        for i, (low, letter) in enumerate(zip(reading.s.lows, reading.tags, strict=True))
        if letter in may and (low in telling or letter == "V")
    ]


def _without_copulas(found: list[Predicate]) -> list[Predicate]:
    """Without verbs that only join an adjective: "declared itself ready" declares nothing else."""
    joined = {p.group.verb for p in found if p.kind == "adjective" and p.group is not None}
    return [p for p in found if p.kind == "adjective" or p.at not in joined]


def _is_carried(noun: Predicate, found: list[Predicate]) -> bool:
    """Whether a noun is that of a verb behind it: "Protest eingelegt" is one act."""
    return noun.kind == "noun" and any(
        p.kind == "verb" and p.act == noun.act and 0 < p.at - noun.at < NEAR for p in found
    )


def _verb(reading: Reading, i: int, lemma: str, known: tuple[Frame, ...]) -> Predicate | None:
    """The act of a verb by the first of its frames that fits."""
    words = reading.words
    if lemma in reading.lexicon.needed and reading.lexicon.needed[lemma].isdisjoint(words):
        return None
    frames = [f for f in known if f.with_one is None or not f.with_one.isdisjoint(words)]
    if not frames:
        return None
    group = reading.group(i)
    if group.form == "e" and group.first > 0 and reading.tags[group.first - 1] == "D":
        return None
    subject: Span | None = None
    shared = ""
    for frame in frames:
        after = _rest(reading, i + 1, frame.rest)
        if after < 0 and frame.rest and reading.lexicon.bracket:
            after = i + 1 if _stands_before(reading, i, frame.rest) else -1
        elif after < 0 and frame.rest and reading.tags[i] == "e":
            after = _rest_of_passive(reading, group, i, frame.rest)
        if after < 0 or (frame.denied and not _denied(reading, group, i, after)):
            continue
        if frame.denied and frame.act == "accept" and _left_open(reading, group):
            continue
        complement, object_, content = reading.complement(after)
        stop = reading.stop_after(max(content, after))
        if not shared:
            subject, shared = reading.subject_of(group)
            if group.form == "g" and shared in ("near", "shared"):
                subject = None
            by = not reading.lexicon.by.isdisjoint(reading.s.lows[after : after + 1])
            if group.form == "e":
                undergone = _is_undergone(reading, group, frame, complement, subject)
                group.passive = group.passive or by or undergone
            _joined_participle(reading, group)
            behind = group.form == "e" and not by and frame.act == "instruct"
            if behind and (group.passive or complement == "to"):
                return None  # "any court thereto authorized to act"
        if not _fits(reading, frame, complement, object_, (after, stop), subject, group):
            continue
        predicate = Predicate(
            frame.act, group, "verb", lemma, subject, shared, object_, complement, content,
            stop, frame.sure, frame.then, i,
        )  # fmt: skip
        complete(reading, predicate, after)
        predicate.negated = predicate.negated or _of_none(reading, subject, after)
        if frame.denied:
            predicate.negated, predicate.settled = False, True
        return predicate
    return None


def _is_undergone(
    reading: Reading, group: Group, frame: Frame, complement: str, subject: Span | None
) -> bool:
    """Whether a past form without auxiliary is a participle: "the men arrested in Norland"."""
    if subject is not None:
        taken = frame.act in word_set("acts_words", "taken") and not frame.rest
        # "your note much appreciated", but "I requested of him that"
        valued = frame.lemma in word_set("acts_words", "valued")
        valued = valued and reading.tags[subject[0]] != "p"
        return (taken and complement in ("", "@")) or (valued and not complement)
    bare = not set(reading.tags[max(0, group.first - 2) : group.first]) & set("wN'#po")
    # "Urged the Minister to wait": one who telegraphs leaves himself out.
    return not (bare and complement in word_set("acts_words", "followed"))


def _joined_participle(reading: Reading, group: Group) -> None:
    """ "Are requested and directed": a participle joined to a passive one is passive as well."""
    tags, first = reading.tags, group.first
    if group.form != "e" or tags[first - 2 : first] != "eC" or first < 3:
        return
    other = reading.group(first - 2)
    if other.passive:
        group.form, group.passive, group.modal = "f", True, other.modal
        group.negated = group.negated or other.negated
        group.first = other.first


def _rest(reading: Reading, at: int, rest: tuple[str, ...]) -> int:
    """Where the words of a verb of several words end ("stand firmly on"), or -1."""
    lows, tags = reading.s.lows, reading.tags
    bracket = reading.lexicon.bracket
    for word in rest:
        plain = at
        while at < reading.size and lows[at] != word:
            if tags[at] == "w" and len(word) > 6 and at < plain + 3:
                at += 1
                continue  # "attaches great importance"
            if tags[at] not in "DAnop" and (not bracket or tags[at] in ".,;:"):
                break
            at += 1
        if (at >= reading.size or lows[at] != word) and not bracket:
            at = _behind_object(reading, plain, word)
        if not 0 <= at < reading.size or lows[at] != word:
            return -1
        at += 1
    return at


def _stands_before(reading: Reading, i: int, rest: tuple[str, ...]) -> bool:
    """Whether the noun of a German verb stands before it: "hat Protest eingelegt"."""
    before = reading.s.lows[max(0, i - NEAR) : i]
    return reading.tags[i] in "eV" and all(word in before for word in rest)


def _rest_of_passive(reading: Reading, group: Group, i: int, rest: tuple[str, ...]) -> int:
    """As :func:`_rest`, where nouns stand in the subject: "an arrangement was entered into"."""
    if group.form == "f" and not group.passive:
        return -1
    subject, _ = reading.subject_of(group)
    there = reading.words_in(subject) if subject is not None else frozenset()
    if subject is None and group.form == "e":
        phrase = reading.phrase_before(group.first)
        there = reading.words_in(phrase) if phrase is not None else there
    left = tuple(word for word in rest if word not in there and word + "s" not in there)
    if len(left) == len(rest):
        return -1
    return _rest(reading, i + 1, left)


def _behind_object(reading: Reading, at: int, word: str) -> int:
    """Where a word stands behind the object of its verb ("holds Norland responsible"), or -1."""
    if word not in word_set("acts_words", "resultative"):
        phrase = reading.phrase_after(at)
        end = phrase[1] if phrase is not None else -1
        return end if reading.s.lows[end : end + 1] == [word] else -1
    lows, tags = reading.s.lows, reading.tags
    for k in range(at, min(reading.size, at + 9)):
        if lows[k] == word:
            return k
        if tags[k] not in "DNwop'#OCAPT":
            break
    return -1


def _left_open(reading: Reading, group: Group) -> bool:
    """Whether who denies a refusal accepts nothing: "has not refused", "nor rejected"."""
    perfect = "h" in reading.tags[group.first : group.verb]
    return perfect or reading.s.lows[max(0, group.first - 1) : group.first] == ["nor"]


def _denied(reading: Reading, group: Group, verb: int, after: int) -> bool:
    return group.negated or "no" in reading.s.lows[verb:after]


def _of_none(reading: Reading, subject: Span | None, after: int) -> bool:
    """Whether subject or object denies it: "accepts no claim", "neither Norland nor Sudland"."""
    lows = reading.s.lows
    if lows[after : after + 1] == ["no"] and reading.tags[after] == "D":
        return True
    return subject is not None and "neither" in lows[max(0, subject[0] - 1) : subject[0] + 1]


def _it(reading: Reading, subject: Span | None) -> bool:
    """Whether a passive has no subject but "it": "it is suggested that"."""
    return subject is None or reading.s.lows[subject[0]] == "it"


def _reach(reading: Reading, scope: Span) -> Span:
    """Where a verb’s object may stand: near it, before any relative clause."""
    end = min(scope[1], scope[0] + 9)
    clause = [k for k in range(scope[0] + 1, end) if reading.tags[k] in "RH"]
    return scope[0], clause[0] if clause else end


def _gap(reading: Reading, subject: Span | None) -> bool:
    """Whether the object stands before: "which the Court accepted"."""
    return subject is not None and reading.tags[subject[0] - 1 : subject[0]] == "R"


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
        if need == "would":
            perfect = "h" in reading.tags[group.first : group.verb]  # "would have preferred"
            if group.modal in ("would", "should") and complement not in ("", "@") and not perfect:
                return True
            continue
        if need == "that" == complement and group.passive and not _it(reading, subject):
            continue  # "you are advised that" is told, not counselled
        if need == "*" or need in (complement, bare):
            return True
        if need == "to" and complement == "o+to" and group.passive:
            return True
        if need.startswith("o+") and group.passive and complement == need[2:]:
            return True
        if need == "np" and (group.passive or (complement != "to" and _gap(reading, subject))):
            return True
        if need == "@to" and not complement.startswith("@"):
            continue
        if need[0] == "@" and complement in ("to", "that"):
            continue  # the preposition stands in another clause
        if need[0] == "@":
            wanted = need[1:].split(",")
            near = reading.s.lows[scope[0] : min(scope[1], scope[0] + 8)]
            if any(word in near for word in wanted):
                return True
        if need[0] == "^" and subject is not None:
            members = reading.lexicon.objects[need[1:]]
            if not members.isdisjoint(reading.s.lows[subject[0] : subject[1]]):
                return True
        if need == "wish" and group.form == "i" and group.modal not in ("will", "shall"):
            return True
        if need == "told" and group.form == "i" and group.passive:
            return True
        if need[0] == "~" and object_ is not None and complement[:1] != "@":
            members = reading.lexicon.objects[need[1:]]
            plain = "O" not in reading.tags[object_[0] : object_[1]]
            if plain and reading.s.lows[object_[1] - 1] in members:
                return True
        if need == "np" and complement == "o+if" and "if" in reading.words:
            return True  # "contradict the story if it is untrue"
        clause = complement in ("that", "if") and reading.tags[scope[0] : scope[0] + 1] in _LED
        past = subject is not None and not group.passive  # "denied that"
        if need[0] == "=" and not (clause and (group.form != "e" or past)):
            members = reading.lexicon.objects[need[1:]]
            span = subject if group.passive else _reach(reading, scope)
            if group.passive and subject is None and group.form == "e":
                span = reading.phrase_before(group.first)  # "the protocol signed by Norland"
            if reading.lexicon.bracket:
                span = (max(0, group.verb - 9), span[1] if span else scope[1])  # "hat … gelandet"
            if span and not members.isdisjoint(reading.s.lows[span[0] : span[1]]):
                return True
    return False
