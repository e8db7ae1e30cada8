"""Whether an act is done, intended, possible or asked for: by what stands around its verb."""

from regesta.describing.acts.actor import Scene
from regesta.describing.acts.groups import Group
from regesta.describing.acts.reading import Reading
from regesta.describing.acts.row import Row
from regesta.describing.words import word_set

#: Acts that politeness puts with "would" and "should": "I should be glad to learn".
_WORDS = "acts_words"


def set_modality(reading: Reading, row: Row, scene: Scene) -> bool:
    """Set the modality of a row.

    Returns:
        False where the words show no act at all (an infinitive of purpose).
    """
    predicate = row.predicate
    group = predicate.group
    if predicate.negated or (group is not None and group.negated and not predicate.settled):
        row.polarity = "negated"
    if group is None or predicate.kind in ("order", "must", "should"):
        if predicate.condition:
            row.modality = "conditional"
        _inherit(row)
        return True
    if group.form == "i":
        return _infinitive(reading, row, group)
    if group.form == "g" and group.first:
        row.sure *= 0.9
        before = reading.s.lows[group.first - 1]
        led = reading.s.lows[group.first - 2 : group.first - 1]
        performed = before == "of" and not word_set(_WORDS, "performed").isdisjoint(led)
        revealed = before in word_set(_WORDS, "revealing") or performed
        if before in ("of", "from") and _bent(reading, row, group):
            return True
        if reading.tags[group.first - 1] in "PO" and not revealed:
            return False
        if reading.tags[group.first - 1] in "Vse" and not predicate.negated:
            led_by = reading.lexicon.lemmas.get(before, "")
            if led_by and led_by not in word_set(_WORDS, "beginning"):
                return False  # "to evade signing it", "prohibits giving guarantees"
        if reading.tags[group.first - 1] in "HQS":
            return False  # "that seizing the ships would be a mistake"
    if predicate.kind == "will":
        row.sure *= 0.75
        if predicate.condition:
            row.modality = "conditional"
        return True
    row.past = reading.tags[group.verb] == "e" and not group.modal and not group.passive
    _finite(reading, row, group)
    if predicate.then == "mean" and row.modality == "actual":
        row.modality = "intended"
    if row.outer is not None and row.outer.predicate.kind == "order":
        row.modality = "requested"
    elif predicate.condition:
        row.modality = "conditional"
    _inherit(row)
    return True


def _infinitive(reading: Reading, row: Row, group: Group) -> bool:
    predicate, outer = row.predicate, row.outer
    if outer is not None and _by_leave(reading, outer):
        row.outer = None
        return True  # "I beg leave to request"
    asked = outer is not None and outer.predicate.then == "ask"
    if (
        asked
        and outer is not None
        and not by_speaker(reading, outer)
        and not (_passed_on(reading, row, outer))
    ):
        row.modality = "requested"
        row.sure *= 0.95
        return True
    row.told = asked
    if asked:
        _inherit(row)
        return True
    if predicate.wrapper in ("purpose", "possible", "", "refused", "offer"):
        if predicate.wrapper == "offer" and row.act == "accept" and _ready(outer):
            row.modality, row.outer = "intended", None
            return True  # "are disposed to accept"
        if predicate.wrapper == "possible" and outer is not None and outer.act == "request":
            row.modality, row.sure = "requested", row.sure * 0.8
            return True  # "hopes that it will be able to accept"
        if predicate.wrapper == "offer":
            row.modality, row.sure = "conditional", row.sure * 0.8
            return True
        return False
    if predicate.wrapper == "intended":
        row.modality = "intended"
        row.sure *= 0.85
    elif predicate.led in word_set(_WORDS, "wants") and (
        predicate.negated or not (_mine(reading, row) or row.act == "inquire" or _wished(row))
    ):
        row.modality = "intended"
    elif predicate.negated and predicate.wrapper in ("actual", "beside"):
        row.sure *= 0.7
    if group.modal in ("would", "might", "could", "may") and not _polite(reading, row):
        row.modality = "conditional"
    elif group.modal in ("will", "shall") and row.modality == "actual":
        row.modality = "actual" if _polite(reading, row) else "intended"
    if predicate.condition:
        row.modality = "conditional"
    _inherit(row)
    return True


def _found_so(row: Row) -> bool:
    """Whether somebody finds that it would be well, which counsels it now."""
    predicate = row.predicate
    found = predicate.kind == "adjective" and predicate.shared == "speaker"
    return found and row.act in word_set(_WORDS, "polite")


def _wished(row: Row) -> bool:
    """Whether the wish itself asks for what follows: "wishes to receive a copy"."""
    asks = row.predicate.word in word_set(_WORDS, "learned")
    return asks and row.act in ("request", "inquire")


def _by_leave(reading: Reading, outer: Row) -> bool:
    """Whether what is begged is only leave to say what follows."""
    predicate = outer.predicate
    span = predicate.object
    return (
        predicate.word == "beg"
        and span is not None
        and (reading.s.lows[span[1] - 1] in word_set(_WORDS, "beg_leave"))
    )


def _passed_on(reading: Reading, row: Row, outer: Row) -> bool:
    """ "He has asked me to say that …": said by these words."""
    object_ = outer.predicate.object
    return (
        object_ is not None
        and row.act in word_set(_WORDS, "telling")
        and row.predicate.complement.endswith("that")
        and reading.s.lows[object_[0]] in word_set("acts_actors", "first")
    )


def _bent(reading: Reading, row: Row, group: Group) -> bool:
    """ "No intention of closing", "cannot refrain from protesting": what these make of it."""
    lows, tags, at = reading.s.lows, reading.tags, group.first - 2
    if lows[at] in word_set(_WORDS, "meant"):
        row.modality = "intended"
        for k in range(at - 1, max(-1, at - 5), -1):
            if lows[k] in ("no", "any") or tags[k] == "n":
                row.polarity = "negated"
            if tags[k] in "Vse":
                if reading.group(k).negated:
                    row.polarity = "negated"
                return True
        return False
    if tags[at] in "Vse" and reading.lexicon.lemmas.get(lows[at]) in word_set(_WORDS, "refraining"):
        return reading.group(at).negated
    return False


def _ready(outer: Row | None) -> bool:
    """Whether "is ready to" leads what is done; it is no offer of its own then."""
    if outer is None or outer.act != "offer" or outer.predicate.kind != "adjective":
        return False
    outer.gone = "leads what is done"
    return True


def by_speaker(reading: Reading, outer: Row) -> bool:
    """ "I am instructed to protest": what was asked of the writer is done by these words."""
    group = outer.predicate.group
    if group is None or outer.predicate.object is None or outer.predicate.kind == "order":
        return False
    lately = reading.tags[group.verb] == "s" or "h" in reading.tags[group.first : group.verb]
    if not group.passive and (outer.act != "instruct" or not lately):
        return False  # "directs me to thank you" does it; "asked me to see him" does not
    first = reading.s.lows[outer.predicate.object[0]]
    own = first in word_set("acts_actors", "first") or "undersigned" in reading.s.lows
    return own and {"be", "was"}.isdisjoint(reading.s.lows[group.first : group.verb])


def _finite(reading: Reading, row: Row, group: Group) -> None:
    modal = group.modal
    lows = reading.s.lows
    assured = modal == "may" and group.passive and row.act == "promise"
    if assured:
        return  # "you may be assured"
    if modal in ("will", "shall") and row.predicate.kind == "adjective" and row.act == "request":
        return  # "I shall be obliged if"
    if modal in ("will", "shall"):
        row.modality = "intended"
        if row.act in word_set(_WORDS, "by_will") and not _reports(row):
            row.modality = "actual"
        row.sure *= 0.93
    elif modal in ("would", "should", "could", "might", "may"):
        if _polite(reading, row):
            row.modality = "actual"
        elif modal == "could" and group.negated and _reports(row):
            row.modality = "actual"  # "replied that he could not consent"
        elif modal == "would" and _found_so(row):
            row.modality = "actual"
        elif modal == "would" and row.predicate.kind == "adjective":
            row.modality = "conditional"  # "would be disposed to sell"
        elif modal == "would" and (_reports(row) or _is_told(reading, row)):
            row.modality = "intended"
            if row.act in word_set(_WORDS, "by_will") and not _reports(row):
                row.modality = "actual"  # "left no doubt that it would not accept"
        elif modal == "should":
            row.modality, row.sure = "requested", row.sure * 0.7
        else:
            row.modality = "conditional"
        row.sure *= 0.88
    elif modal in ("can", "cannot", "must", "ought"):
        unable = modal == "cannot" or (modal == "can" and group.negated)
        # "Your request must be denied": the answer itself
        unable = unable or (group.passive and row.act in word_set(_WORDS, "answered"))
        # "must decline": done by these words, whoever says so
        unable = unable or (modal == "must" and row.act in word_set(_WORDS, "by_must"))
        if not unable and not _mine(reading, row):
            row.modality = "requested" if modal == "must" else "conditional"
        row.sure *= 0.88
    elif "be" in lows[group.first : group.verb] and lows[group.first] == "be":
        row.modality = "requested"  # "that it be authorized"


def _is_told(reading: Reading, row: Row) -> bool:
    """Whether a clause with "that" stands behind other words than those of thinking."""
    subject = row.predicate.subject
    if subject is None or subject[0] < 2 or reading.tags[subject[0] - 1] != "H":
        return False
    low = reading.s.lows[subject[0] - 2]
    thinking = reading.lexicon.lemmas.get(low, low) in word_set(_WORDS, "supposing")
    return reading.tags[subject[0] - 2] in "VseXwA" and not thinking


def _mine(reading: Reading, row: Row) -> bool:
    subject = row.predicate.subject
    if subject is None:
        return row.predicate.shared in ("open", "shared")
    return reading.s.lows[subject[0]] in word_set("acts_actors", "first") | word_set(
        "acts_actors", "first_plural"
    )


def _opens(reading: Reading, row: Row) -> bool:
    """Whether a verb without subject opens its sentence, as in telegrams."""
    group = row.predicate.group
    return group is not None and not set(reading.tags[: group.first]) - set("A,#.C")


def _polite(reading: Reading, row: Row) -> bool:
    """ "I would suggest", "should be glad to learn": politeness, done by these very words."""
    wished = row.predicate.word in word_set(_WORDS, "wished_for") and not row.predicate.condition
    if wished and row.act in ("request", "inquire"):
        return True  # "the Norwegian Government would appreciate a reply"
    return (
        row.act in word_set(_WORDS, "polite")
        and not row.predicate.condition
        and (_mine(reading, row) or (row.predicate.subject is None and _opens(reading, row)))
    )


def _reports(row: Row) -> bool:
    """Whether it stands in what somebody is reported to have said."""
    return row.outer is not None and row.outer.predicate.then in ("keep", "neg")


def _inherit(row: Row) -> None:
    """What is told within an order, a condition or an intention is so too."""
    outer = row.outer
    if outer is None:
        return
    then = outer.predicate.then
    group = row.predicate.group
    besought = row.modality == "intended" or (
        # "requests that he may be released"
        row.modality == "conditional"
        and group is not None
        and group.passive
        and group.modal in ("may", "might")
        and not row.predicate.condition
    )
    if then == "ask" and besought and outer.predicate.complement.endswith("that"):
        row.modality = "requested"
    if row.predicate.asker >= 0:
        row.modality = "requested"
    if row.modality != "actual":
        return
    if then == "ask" and not outer.told and not row.told:
        row.modality = (
            "requested" if outer.predicate.complement.endswith(("that", "to")) else "conditional"
        )
    elif then == "keep" and outer.modality in ("requested", "conditional"):
        row.modality = outer.modality if not row.past else "actual"
    elif outer.predicate.complement.endswith("if"):
        row.modality = "conditional"
