"""What governs what in a sentence: that-clauses, infinitives and the words that lead them.

Predicates come in; their governors, wrappers and the subjects that infinitives borrow are set.
"""

from regesta.describing.acts.predicate import Predicate, conditional
from regesta.describing.acts.reading import Reading
from regesta.describing.acts.shapes import copula_of

#: An aside before the "to" of an infinitive has at most so many words.
FURTHEST = 14


def govern(reading: Reading, found: list[Predicate]) -> None:
    """Say of every predicate in whose complement it stands."""
    for number, predicate in enumerate(found):
        at = predicate.group.first if predicate.group else predicate.at
        if predicate.kind in ("order", "question"):
            continue
        if predicate.asker >= 0:
            predicate.governor = _asker(found, number)
            continue
        for before in range(number - 1, -1, -1):
            other = found[before]
            if other.kind == "order":
                near = other.at == predicate.at or (
                    predicate.group is not None
                    and (
                        predicate.group.form == "i"
                        or _goes_with(reading, predicate.group.first, predicate.group.form)
                        or (other.subject is not None and predicate.subject == other.subject)
                    )
                    and "." not in reading.tags[other.at : at]
                )
                if not near:
                    continue
            elif _beside(reading, predicate, other) or not _covers(reading, other, at):
                continue
            predicate.governor = before
            break
        if predicate.group is not None and predicate.group.form == "i":
            _wrap(reading, predicate)


def _asker(found: list[Predicate], number: int) -> int:
    """The number of the predicate that asks for what is named."""
    asker = found[number].asker
    numbers = [n for n, p in enumerate(found) if p.at == asker and p.kind != "order"]
    return numbers[-1] if numbers and numbers[-1] < number else -1


def _goes_with(reading: Reading, first: int, form: str) -> bool:
    """Whether a participle says how an order is carried out: "You will see him, urging that"."""
    return form == "g" and reading.tags[first - 1 : first] == ","


def _beside(reading: Reading, one: Predicate, other: Predicate) -> bool:
    """Whether two predicates are joined in one clause, neither in the other's complement."""
    joined = one.group is not None and reading.tags[one.group.first - 1 : one.group.first] == "C"
    if joined and one.group and other.group and one.group.form == other.group.form == "g":
        return True  # "urging that it be released and threatening to leave"
    if one.subject is None or other.subject is None or one.group is None:
        return False
    if one.shared == "shared":
        return one.subject == other.subject
    lows, start = reading.s.lows, one.subject[0]
    again = lows[slice(*one.subject)] == lows[slice(*other.subject)]
    # "He asks that you go, and I urge it"
    again = again or (lows[start] in ("i", "we") and lows[other.subject[0]] not in ("i", "we"))
    # "He assured me that it should be paid, but he could not admit that it was due"
    again = again or (reading.tags[start] == "p" and reading.tags[start - 2 : start] == ",C")
    return again and reading.tags[start - 1 : start] == "C"


def _covers(reading: Reading, other: Predicate, at: int) -> bool:
    """Whether the complement of a predicate reaches to a token."""
    complement = other.complement
    if not complement.endswith(("that", "to", "if", "quote", "ing")) or other.content - 1 > at:
        return False
    between = reading.tags[other.content : at]
    if complement.endswith("quote"):
        return True
    if other.kind == "adjective" and ",p" in between:
        return False  # "it is very desirable that it be seen, I am directed to"
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
    if j > 1 and tags[j] == "," and (aside := _aside_before(reading, j)) > 0:
        j = aside
    elif j > 1 and tags[j] in "C,":
        j = _joined_head(reading, j)
    if group.passive and j >= 0 and tags[j] == "X" and lows[j - 1 : j] == ["it"]:
        predicate.wrapper, predicate.shared = "actual", "speaker"
        return  # "it is to be regretted"
    if j >= 0 and lows[j] in wrappers["beside"]:
        _led(reading, predicate, "actual", j)
        predicate.wrapper = "beside" if lows[j] == "am" and group.head == j else "actual"
        return
    if _caused(reading, predicate, j):
        return
    limit = max(-1, j - 6)
    lemmas = reading.lexicon.lemmas
    while j > limit:
        forms = {lows[j], lemmas.get(lows[j], "") if tags[j] in "Vse" else ""}
        if not forms.isdisjoint(wrappers.get("hearsay", ())) and _hearsay(reading, j):
            _led(reading, predicate, "actual", j)
            return
        for name, words in wrappers.items():
            if not words.isdisjoint(forms) and name not in ("beside", "hearsay"):
                _led(reading, predicate, name, j)
                if name == "refused" and predicate.negated and lows[j].startswith("hesitat"):
                    predicate.wrapper, predicate.negated = "actual", False
                return
        if tags[j] in ".;:VsXhdm":
            break
        j -= 1
    predicate.wrapper = "purpose"


def _caused(reading: Reading, predicate: Predicate, j: int) -> bool:
    """ "This compels my Government to decline": its subject is whom something compels."""
    tags = reading.tags
    phrase = (j, j + 1) if tags[j] == "o" else reading.phrase_before(j + 1) if j > 0 else None
    at = phrase[0] - 1 if phrase else -1
    if phrase is None or at < 0 or tags[at] not in "Vse":
        return False
    group = reading.group(at)
    lemma = reading.lexicon.lemmas.get(reading.s.lows[at], "")
    if group.passive or lemma not in reading.lexicon.wrappers.get("causing", ()):
        return False
    predicate.wrapper, predicate.led = "actual", reading.s.lows[at]
    predicate.subject, predicate.shared = phrase, "near"
    predicate.condition = predicate.condition or conditional(reading, group.first)
    predicate.negated = predicate.negated or group.negated
    if group.modal and predicate.group is not None:
        predicate.group.modal = group.modal
    return True


def _hearsay(reading: Reading, j: int) -> bool:
    """Whether a verb only says that it is said so: "is reported to have", "seems to"."""
    return (
        reading.tags[j] in "Vs"
        or (reading.tags[j] == "e" and reading.group(j).passive)
        or (reading.lexicon.lemmas.get(reading.s.lows[j]) in ("seem", "appear"))
    )


def _aside_before(reading: Reading, comma: int) -> int:
    """Before an aside that ends here: "have the honor, under instructions from him, to"; or -1."""
    first = reading.tags.rfind(",", max(0, comma - FURTHEST), comma)
    return first - 1 if first > 0 and reading.tags[first + 1] == "P" else -1


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
    if first > 1 and tags[first - 1] == "o" and tags[first - 2] in "Vse":
        first -= 2  # "finds itself obliged to"
    head = reading.group(first) if tags[first] in "XhVse" else None
    if head is not None and head.form == "e" and first > 1:
        head = copula_of(reading, first) or head  # "feels constrained to"
    if head is None and tags[j] in "Vseg":
        head = reading.group(j)
    if head is not None:
        first = head.first
        predicate.condition = predicate.condition or conditional(reading, first)
        if head.modal and not group.modal:
            group.modal = head.modal
        if head.passive or tags[head.verb] == "X":
            group.led = lows[j]
        predicate.subject, predicate.shared = reading.subject_of(head)
        if head.form == "i" and predicate.subject is None:
            predicate.subject, predicate.shared = reading.subject_before(head.first - 1)
    else:
        predicate.subject, predicate.shared = reading.subject_before(first)
    denying = ("not", "never", "no", "cannot")
    if any(lows[k] in denying and lows[k + 1] != "only" for k in range(first, j + 1)):
        predicate.negated = True
    if predicate.shared == "none" and first == 0:
        predicate.shared = "open"
