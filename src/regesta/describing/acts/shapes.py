"""Acts without a verb of their own: orders, questions, adjectives.

A token or a whole sentence comes in; predicates go out.
"""

from regesta.describing.acts.groups import Group
from regesta.describing.acts.lexicon import Adjective
from regesta.describing.acts.phrases import Span
from regesta.describing.acts.predicate import Predicate, conditional
from regesta.describing.acts.reading import Reading
from regesta.describing.words import word_set


def order_predicate(reading: Reading, i: int, lemma: str) -> Predicate | None:
    """ "You will call upon him", "Please cable": what another is told to do, whatever it is."""
    tags, lows = reading.tags, reading.s.lows
    unordered = reading.lexicon.unordered
    if i and tags[i - 1] == "T":
        return None
    if (lemma in unordered or lows[i] in unordered) and not _forbids(reading, i, lemma):
        return None
    if tags[i + 1 : i + 2] == "N" and lows[i] in word_set("acts_actors", "title"):
        return None  # "Count Kell"
    group = reading.group(i)
    if group.first and tags[group.first - 1] == "C":
        reading.subject_of(group)
        if group.modal and not _joined_to_none(reading, group.first - 2):
            return None  # "you will call and ask": one order
    told = group.modal in reading.lexicon.ordering
    subject: Span | None = None
    if told:
        subject, _ = reading.subject_of(group)
        told = subject is not None and _is_reader(lows[slice(*subject)])
        told = told and subject is not None and main_clause(reading, subject[0])
    elif group.form == "f" and not group.modal and group.first == i:
        asked = i > 0 and lows[i - 1] in reading.lexicon.please
        plain = lows[i] not in reading.lexicon.ambiguous or asked or tags[i + 1 : i + 2] == "T"
        plain = plain or reading.complement(i + 1)[0] == "if"
        bare = asked and lows[i] in word_set("acts_words", "telling_me")  # "please advise"
        goes_on = bare or (i + 1 < reading.size and tags[i + 1] not in ",.;:")
        # "Referring to your note, please inform him"
        pleads = asked and tags[i - 2 : i - 1] in (",", "C")
        told = plain and (pleads or _opens(reading, i)) and goes_on
        told = told and (asked or not _is_subject(reading, i))
    elif group.form == "f" and not group.modal:
        at = group.first
        told = lows[at] in reading.lexicon.please and _opens(reading, at)
        # "Do not leave before he comes", "Please do not leave"
        forbidden = lows[at] == "do" and group.negated and _opens(reading, at)
        told = told or (forbidden and at + 2 == i)
    if not told:
        return None
    complement, object_, content = reading.complement(i + 1)
    asked = lows[i] in reading.lexicon.asking or lows[i] in word_set("acts_words", "sending")
    known = reading.lexicon.objects.get("information", frozenset())
    news = object_ is not None and not reading.words_in(object_).isdisjoint(known)
    tell = asked and _to_be_told(reading, i, complement, object_)
    if asked and (complement in ("if", "o+if") or news or tell):
        return Predicate(
            "inquire", group, "order", "tell" if tell else "state", None, "order", None,
            complement, content,
            reading.stop_after(content), True, "have", i,
            condition=conditional(reading, group.first),
        )  # fmt: skip
    return Predicate(
        "instruct", group, "order", "you" if subject else "imperative", subject, "order", None,
        "to", i, reading.stop_after(i + 1), subject is not None, "ask", i,
        condition=conditional(reading, group.first), settled=True,
    )  # fmt: skip


def _forbids(reading: Reading, i: int, lemma: str) -> bool:
    """ "Do not consent" forbids, though "you will consent" orders nothing."""
    return reading.s.lows[max(0, i - 2) : i] == ["do", "not"] and any(
        frame.act in word_set("acts_words", "answers") for frame in reading.frames.get(lemma, ())
    )


def _is_reader(lows: list[str]) -> bool:
    """Whether a subject is he who reads: "you", "your Excellency"."""
    return lows == ["you"] or (
        len(lows) == 2 and lows[0] == "your" and lows[1] in word_set("acts_actors", "excellency")
    )


def _joined_to_none(reading: Reading, at: int) -> bool:
    """Whether a verb is joined to one that orders nothing: "you will see him and protest"."""
    at = reading.tags.rfind("V", 0, at + 1)
    return at >= 0 and reading.lexicon.lemmas.get(reading.s.lows[at]) in reading.lexicon.unordered


def _to_be_told(reading: Reading, i: int, complement: str, object_: Span | None) -> bool:
    """Whether an order only asks to be told: "please advise", "cable me the Department’s views"."""
    tags, lows = reading.tags, reading.s.lows
    told = word_set("acts_words", "told_of")
    me = lows[i] in word_set("acts_words", "telling_me") and tags[i - 1 : i] == "A"
    if object_ is not None and tags[object_[0]] == "o":
        if me and tags[object_[1] : object_[1] + 1] in (".", "A"):
            return True  # "please advise me here"
        more = reading.phrase_after(object_[1])
        return more is not None and not reading.words_in(more).isdisjoint(told)
    if lows[i] not in word_set("acts_words", "telling_me") or tags[i - 1 : i] != "A":
        return False
    bare = complement in ("", "@") and object_ is None and tags[i + 1 : i + 2] in (".", "A")
    return bare or (complement == "np" and object_ is not None and tags[object_[0]] == "D")


def _is_subject(reading: Reading, i: int) -> bool:
    """Whether what looks like an imperative is the subject: "Copy of it has been forwarded"."""
    tags, j = reading.tags, i + 1
    tells = word_set("acts_words", "asking") | word_set("acts_words", "informing")
    if tags[j : j + 1] in ("D", "T") or (reading.s.lows[i] in tells and tags[j] not in "sO"):
        return False
    while j < reading.size and (tags[j] in "wNO#'DPTe" or tags[j - 1 : j + 1] == "Og"):
        j += 1  # "Effect of cancelling coupons would be"
    if tags[j : j + 1] == "." and j > i + 1 and reading.s.lows[j - 1] in reading.lexicon.bare:
        return True  # "Prompt reply important."
    says = tags[j : j + 2] == "VH" and tags[j - 1] == "w"  # "Full advices show that"
    return j < reading.size and (tags[j] in "Xhms" or says)


def main_clause(reading: Reading, subject: int) -> bool:
    """Whether "you will …" is a main clause, not "I hope you will", "as you will"."""
    if not subject:
        return True
    before = reading.tags[subject - 1]
    if reading.tags[0] in "PT" and not set(reading.tags[:subject]) - set("PTDwN#'OeA,"):
        return True  # "To this end you will"
    return before in '.;:,"(-CA)' or (before == "H" and "is" in reading.s.lows[:subject])


def _opens(reading: Reading, at: int) -> bool:
    """Whether a verb opens its sentence, a clause of it, or goes on after another that does."""
    tags = reading.tags
    if at > 1 and tags[at - 1] == '"' and tags[at - 2] not in '.;:-,"':
        return False  # "that the Council “send telegrams”" goes on within the quotation
    if at == 0 or tags[at - 1] in '.;:-"':
        return True
    start = len(tags) - len(tags.lstrip("(#).,"))
    if tags[at - 1] == "," and tags[start] in "SQ" and "," not in tags[: at - 1]:
        return True  # "When you have seen it, telegraph"
    if tags[at - 1] == "," and reading.s.lows[start] in ("if", "should", "unless"):
        return True  # "Should your 80, November 3, not suffice, cable"
    if tags[at - 1] == "," and tags[0] == "P" and not set(tags[:at]) & set("pXhdmVsR"):
        return True  # "In view of this, inform the Minister"
    if tags[at - 1] in "A," and set(tags[:at]) <= set("A,#.p"):
        return "p" not in tags[:at]
    if tags[at - 1] == "C":
        for j in range(at - 2, -1, -1):
            if tags[j] in "pXhdmHR":
                return False
            if tags[j] == "V":
                return _opens(reading, j) and reading.group(j).form == "f"
            if tags[j] == "s":
                return False
    return False


def question_predicate(reading: Reading) -> Predicate | None:
    """A question that is put: "Will the Department approve?"."""
    tags = reading.tags
    if tags.count("(") > tags.count(")"):
        return None  # "(February?)"
    at = tags.find("V")
    at = at if at >= 0 else 0
    lows = reading.s.lows
    polite = word_set("acts_words", "asking_you")
    asked = any(low in polite and lows[j + 1] == "you" for j, low in enumerate(lows[:-1]))
    act = "request" if asked and "Q" not in tags[:3] else "inquire"
    return Predicate(
        act, None, "question", "?", None, "question", None, "", 0, len(tags) - 1, True,
        "have", at,
    )  # fmt: skip


def adjective_predicate(reading: Reading, i: int, low: str) -> Predicate | None:
    """ "is undesirable", "are prepared to", "is unable to"."""
    lows, tags = reading.s.lows, reading.tags
    if low in word_set("acts_words", "wrongs") and (wrong := _in_wrong(reading, i)) is not None:
        return wrong
    group = reading.group(_before_phrase(tags, i))
    judging = _judging(reading, i) if "X" not in tags[group.first : i] else None
    joined = copula_of(reading, _before_phrase(tags, i)) if judging is None else None
    if judging is not None:
        group = judging
    elif joined is not None:
        group = joined
    elif "X" not in tags[group.first : i] and low not in reading.lexicon.bare:
        return None
    complement, object_, content = reading.complement(i + 1)
    near = lows[i + 1 : i + 3]
    ahead = lows[max(0, i - 4) : i]
    meanings = [
        e for e in reading.lexicon.adjectives[low] if judging is not None or e.whose != "judge"
    ]
    negated = group.negated or _denied(reading, group, i)
    led, wished = _led(reading, content), group.modal in ("would", "should")
    entry = next(
        (
            e
            for e in meanings
            if _suits(
                e,
                complement,
                (ahead, near),
                led,
                public=reading.public,
                wished=wished,
                unless="unless" in reading.words,
                will=group.modal in ("will", "shall"),
            )
            and (e.denied not in ("", "-") if negated else e.act != "-")
        ),
        None,
    )
    if entry is None:
        return None
    subject, shared = reading.subject_of(group)
    lone = "X" not in tags[group.first : i] and judging is None and joined is None
    if entry.whose == "speaker" and lone and not _opens(reading, i):
        return None  # "imperative needs"
    if entry.whose == "you":
        return _allowed(reading, group, subject, i)
    if judging is not None and (shared == "relative" or group.modal in ("may", "might", "could")):
        return None
    if entry.act == "refuse" and complement == "to" and _helpless(reading, content):
        return None
    bent = complement == "to" and entry.act in ("offer", "refuse", "-")
    if bent and led in word_set("acts_words", "mental"):
        return None  # "am prepared to believe"
    act = entry.denied if negated else entry.act
    found = Predicate(
        act, group, "adjective", low, subject, shared, object_, complement, content,
        reading.stop_after(max(content, i + 1)), entry.sure,
        "keep" if act == "advise" else "have", i,
        condition=conditional(reading, group.first) and "unless" not in entry.needs, settled=True,
    )  # fmt: skip
    by = _by_behind(reading, group.verb + 1) if judging is not None and group.passive else None
    group.passive = False
    if by is not None:
        found.object, found.subject, found.shared = subject, by, "agent"
        found.stop = max(found.stop, by[1])
    elif judging is not None:
        found.object, found.content = reading.phrase_after(group.verb + 1), group.verb + 1
        found.stop = max(found.stop, i + 1)
    elif entry.whose == "for":
        found.subject, found.shared = _experiencer(reading, group.first, i), "for"
        found.object = subject
    elif entry.whose == "any":
        found.subject, found.object = _experiencer(reading, group.first, i), subject
        found.shared = "for" if found.subject is not None else "speaker"
    elif entry.whose == "speaker":
        found.subject, found.shared, found.object = None, "speaker", subject
    return found


def _in_wrong(reading: Reading, i: int) -> Predicate | None:
    """ "In open violation of the treaty", said of what was done."""
    tags, j = reading.tags, i - 1
    while j > 0 and tags[j] in "we":
        j -= 1
    led = j > 0 and reading.s.lows[j] == "in" and tags[j - 1] not in "XAn"
    if not led or tags[i + 1 : i + 2] != "O":
        return None
    object_ = reading.phrase_after(i + 2)
    return Predicate(
        "accuse", None, "adjective", reading.s.lows[i], None, "speaker", object_, "", i + 1,
        reading.stop_after(i + 1), False, "have", i, settled=True,
        condition=conditional(reading, j),
    )  # fmt: skip


def copula_of(reading: Reading, i: int) -> Group | None:
    """The verb that joins an adjective as "be" does: "feels unable", "declared itself ready"."""
    tags, lemmas, j = reading.tags, reading.lexicon.lemmas, i - 1
    while j > 0 and (tags[j] in "An" or reading.s.lows[j] in ("as", "to")):
        j -= 1
    while j > 0 and tags[j] in "XT":
        j -= 1  # "professed itself to be"
    names = "copulas"
    if j > 0 and reading.s.lows[j] in word_set("acts_words", "oneself"):
        names, j = "reflexive", j - 1
        while j > 0 and tags[j] == "A":
            j -= 1
    if j < 0 or tags[j] not in "Vseg":
        return None
    known = lemmas.get(reading.s.lows[j], "") in word_set("acts_words", names)
    return reading.group(j) if known else None


def _denied(reading: Reading, group: Group, i: int) -> bool:
    """ "Is in no position", "declared itself not ready": denied after the verb."""
    tags, lows = reading.tags, reading.s.lows
    return any(
        lows[k] == "no" or (tags[k] == "n" and lows[k + 1] != "only") for k in range(group.verb, i)
    )


def _before_phrase(tags: str, i: int) -> int:
    """Where "be" is looked for: before the preposition of "in a position", "at liberty"."""
    j = i
    while j > 1 and i - j < 3 and tags[j - 1] in "DwA":
        j -= 1
    while j > 1 and i - j < 6 and tags[j - 1] in "PO":
        j -= 1  # "out of the question"
    return j if tags[j] in "PO" or tags[j - 1] in "XA" else i


def _judging(reading: Reading, i: int) -> Group | None:
    """The verb that finds something so: "considers it essential", "regard them as unfounded"."""
    tags, lemmas = reading.tags, reading.lexicon.lemmas
    for j in range(i - 1, max(-1, i - 10), -1):
        if tags[j] in "Vse":
            lemma = lemmas.get(reading.s.lows[j], "")
            group = reading.group(j)
            by = group.passive and _by_behind(reading, j + 1) is not None
            passive = group.passive and not by
            if lemma not in reading.lexicon.judging or passive or group.form not in "fe":
                return None
            between = reading.s.lows[j + 1 : i]
            oneself = not word_set("acts_words", "oneself").isdisjoint(between)
            return group if (between or by) and not oneself else None
        if tags[j] not in "AwNDpo'#OXT" and not (
            tags[j] == "P" and reading.s.lows[j] in ("as", "by")
        ):
            return None
    return None


def _by_behind(reading: Reading, at: int) -> Span | None:
    """By whom something is found so, in the passive: "is regarded by the Government as"."""
    for k in range(at, min(at + 6, reading.size - 1)):
        if reading.s.lows[k] in reading.lexicon.by:
            return reading.phrase_after(k + 1)
        if reading.tags[k] not in "wADPeTXO" or reading.s.lows[k] == "that":
            return None
    return None


def _led(reading: Reading, at: int) -> str:
    """The verb of an infinitive whose content begins at a token."""
    while at < reading.size and reading.tags[at] in "TAn":
        at += 1
    return reading.lexicon.lemmas.get(reading.s.lows[at], "") if at < reading.size else ""


def _helpless(reading: Reading, at: int) -> bool:
    """ "Unable to find": no refusal, where what one cannot do is nothing that is asked."""
    lemma = _led(reading, at)
    return lemma in word_set("acts_words", "helpless")


def _allowed(reading: Reading, group: Group, subject: Span | None, i: int) -> Predicate | None:
    """ "You are at liberty to inform him": what one may do who takes orders."""
    lows = reading.s.lows
    you = subject is not None and lows[subject[0] : subject[1]] == ["you"]
    if (
        not you
        or group.negated
        or group.modal
        or not main_clause(reading, subject[0] if subject else 0)
    ):
        return None
    return Predicate(
        "instruct", group, "order", "you", subject, "order", None, "to", i + 1,
        reading.stop_after(i + 2), False, "ask", i, condition=conditional(reading, group.first),
        settled=True,
    )  # fmt: skip


def _suits(
    entry: Adjective,
    complement: str,
    beside: tuple[list[str], list[str]],
    led: str,
    *,
    public: bool,
    wished: bool,
    unless: bool,
    will: bool,
) -> bool:
    """Whether what stands before and after an adjective makes it an act."""
    before, near = beside
    if "*" in entry.needs or complement in entry.needs or (public and "on" in entry.needs):
        return True
    return any(
        (need == "you" and complement == "np" and near[:1] in (["you"], ["i"]))
        or (need[:1] == "@" and not set(need[1:].split(",")).isdisjoint(near))
        or (
            need[:1] == ("%" if wished else ">")
            and complement == "to"
            and led in need[1:].split(",")
        )
        or (need[:1] == "<" and not set(need[1:].split(",")).isdisjoint(before))
        or (need == "would" and wished and complement in ("to", "that", "o+to", "if"))
        or (need == "unless" and unless)
        or (need == "will" and will and complement == "to")
        for need in entry.needs
    )


def _experiencer(reading: Reading, first: int, at: int) -> Span | None:
    """For whom something is undesirable: "For the Government this is …", "… to the Government"."""
    lows = reading.s.lows
    if lows[at - 1] in word_set("acts_words", "possessives"):
        return at - 1, at  # "out of their power"
    for k in [*range(at + 1, min(at + 5, reading.size)), *range(first - 1, -1, -1)]:
        led = lows[k] in ("for", "to") or (k > at and lows[k] in ("of", "by"))
        if led and reading.tags[k + 1 : k + 2] not in ("V", "X"):
            phrase = reading.phrase_after(k + 1)
            if phrase is not None and reading.tags[phrase[0] - 1] != "H":
                return phrase
    return None
