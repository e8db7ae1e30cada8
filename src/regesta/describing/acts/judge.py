"""Predicates into acts: who did it, was it done, who says so, and how firmly that is known."""

from regesta.describing.acts.actor import Scene
from regesta.describing.acts.agents import set_actor, set_addressee
from regesta.describing.acts.amounts import amount, of_you
from regesta.describing.acts.faults import LAW, fault_of
from regesta.describing.acts.lexicon import kinds
from regesta.describing.acts.modality import set_modality
from regesta.describing.acts.predicate import Predicate
from regesta.describing.acts.quoting import Speech
from regesta.describing.acts.reading import Reading
from regesta.describing.acts.row import Row
from regesta.describing.acts.trace import ABSORBED, NOBODY, UNLIKELY, Trace
from regesta.describing.acts.weigh import FLOOR, LOOSE_FLOOR, confidence_of
from regesta.describing.acts.written import written
from regesta.describing.words import word_set
from regesta.documents import Act

_WORDS = "acts_words"
#: Why a row is not written: its words show no act.
NOT_DONE = "not done"


def judge(
    reading: Reading,
    found: list[Predicate],
    paper: Scene,
    speech: Speech | None = None,
    trace: Trace | None = None,
) -> list[Act]:
    """Give the acts of a sentence.

    Args:
        reading: The sentence.
        found: Its predicates, in order.
        paper: Who speaks to whom.
        speech: What is quoted in it.
        trace: Remembers every row, those not written too.
    """

    def scene_at(row: Row) -> Scene:
        quoted = speech is not None and speech.start <= row.predicate.at < speech.end
        return speech.scene if speech is not None and quoted else paper

    every: list[Row] = []
    rows: list[Row | None] = []
    for predicate in found:
        outer = rows[predicate.governor] if predicate.governor >= 0 else None
        row = Row(predicate, predicate.act, outer)
        counts = _settle(reading, row, scene_at(row))
        if predicate.governor >= 0 and outer is None and _unasked(every[predicate.governor]):
            row.gone = row.gone or "not asked"  # "advisable to suggest that he propose it"
        every.append(row)
        rows.append(row if counts else None)
    kept = [row for row in rows if row is not None]
    for row in kept:
        _absorb(row, scene_at(row))
        row.gone = row.gone or _said_besides(reading, row, kept)
    # In newspapers anybody acts, of whom the weights know nothing.
    other = reading.lexicon.elided or reading.lexicon.bracket
    floor = 0.0 if paper.press else LOOSE_FLOOR if paper.public or other else FLOOR
    acts = []
    for row in kept:
        if row.actor and not row.gone:
            own = scene_at(row)
            row.confidence = confidence_of(reading, row, own)
            if row.confidence >= floor:
                acts.append(written(reading, row, own, row.confidence))
            else:
                row.gone = UNLIKELY
    if trace is not None:
        trace.judged(reading, every)
    return _once(acts)


def _unasked(outer: Row) -> bool:
    """Whether what a complement holds is asked by words that are no act: nobody asks it yet."""
    asks = outer.predicate.then == "ask" and outer.predicate.complement.endswith(("that", "to"))
    return asks and outer.gone == NOT_DONE


def _said_besides(reading: Reading, row: Row, kept: list[Row]) -> str:
    """Why a row repeats another one of its sentence and is dropped; "" if it does not."""
    if row.predicate.kind == "noun" and row.predicate.asker < 0:
        for other in kept:
            if _is_object(row, other) and not _obeyed(reading, row):
                asks = kinds()[other.act].group == "ask"
                if not asks or row.actor is None or row.actor.own:
                    return "another's object"
                row.modality = "requested"  # "asks for the consent of Norland"
    if _idle(reading, row):
        return "a hope that asks nothing"
    return "asked besides" if _asked_besides(row, kept) else ""


def _obeyed(reading: Reading, noun: Row) -> bool:
    """Whether a noun is an order that is obeyed: "refused in obedience to a direction of"."""
    at = noun.predicate.at
    before = reading.s.lows[max(0, at - 5) : at]
    return noun.act == "instruct" and not word_set(_WORDS, "bidden").isdisjoint(before)


def _is_object(noun: Row, other: Row) -> bool:
    """Whether a noun is only the object of an act already marked: "refused the proposal"."""
    if other is noun or other.actor is None or other.gone or other.predicate.kind == "order":
        return False
    if other.act == "regret" and noun.act == "refuse":
        return False  # "regrets its inability"
    span = other.predicate.object
    if span is not None and span[0] <= noun.predicate.at < span[1]:
        return True
    near = other.predicate.at < noun.predicate.at < other.predicate.at + 7
    return near and other.act in word_set(_WORDS, "answers")


def _asked_besides(row: Row, kept: list[Row]) -> bool:
    """Whether a question only puts what its own verb asks: "May I ask for instructions?"."""
    return row.predicate.kind == "question" and any(
        other.actor is not None
        and not other.gone
        and other.actor.own == "speaker"
        and other.act in ("request", "inquire", "propose", "invite")
        for other in kept
        if other is not row
    )


def _idle(reading: Reading, row: Row) -> bool:
    """A hope that looks back ("trusts you had a good journey"), a wish denied: nothing is asked."""
    predicate = row.predicate
    if predicate.kind != "verb" or predicate.word not in word_set(_WORDS, "hoping"):
        return False
    if row.polarity == "negated":
        return row.act == "request"
    if not predicate.complement.endswith("that") or of_you(reading, predicate):
        return False
    said = slice(predicate.content, predicate.stop)
    wished = predicate.word in word_set(_WORDS, "wishing") and (
        "be" in reading.s.lows[predicate.content :]
    )
    return not wished and not any(letter == "m" for letter in reading.tags[said])


def _settle(reading: Reading, row: Row, scene: Scene) -> bool:
    """Find out all that a row says.

    Returns:
        Whether it counts for those in its complement: one whose actor nobody names still says
        what they are, if it asks or tells.
    """
    _own_wish(reading, row, scene)
    if not set_modality(reading, row, scene):
        row.gone = NOT_DONE
        return False
    set_actor(reading, row, scene)
    if row.outer is not None and row.outer.gone == LAW:
        row.gone = LAW  # what a law permits is not done
    if row.actor is None:
        row.gone = row.gone or NOBODY
        return row.predicate.then in ("ask", "keep")
    set_addressee(reading, row, scene)
    _settle_answer(row)
    _forced(row)
    group = row.predicate.group
    mine = row.actor.own == "speaker" or row.actor.power == scene.speaker_power != ""
    polite = group is not None and group.modal in ("would", "should") and row.act != "approve"
    if mine and polite and row.act in word_set(_WORDS, "polite") and not row.predicate.condition:
        row.modality = "actual" if row.modality == "conditional" else row.modality
    wants = row.predicate.led in word_set(_WORDS, "wants")
    if (
        wants
        and row.modality == "intended"
        and row.polarity == "affirmed"
        and row.actor.power == scene.speaker_power != ""
    ):
        row.modality = "actual"  # "the Department desires to congratulate you"
    outer = row.outer
    if outer is not None and outer.predicate.then in ("keep", "neg"):
        told = outer.actor
        row.reporter = told if told and told.own != "speaker" else outer.reporter
    if row.modality != "requested" and row.predicate.kind != "noun":
        scene.remember(row.addressee)
        scene.remember(row.actor)
    amount(reading, row, scene)
    if outer is not None and _untold(outer) and row.modality != "actual":
        row.polarity = "negated"  # "has not even told us that it would accept"
    elif outer is not None and _is_doubted(outer):
        row.gone = "denied"
    row.gone = row.gone or fault_of(reading, row, scene)
    return True


def _untold(outer: Row) -> bool:
    """Whether what is told in a complement is not told at all."""
    group = outer.predicate.group
    return outer.predicate.then == "keep" and group is not None and group.negated


def _is_doubted(outer: Row) -> bool:
    """Whether what is said in a complement is not so: "it is not true that", "does not think"."""
    predicate, group = outer.predicate, outer.predicate.group
    if not predicate.complement.endswith("that"):
        return False
    opines = predicate.word in word_set(_WORDS, "opining")
    return outer.act == "deny" or (opines and group is not None and group.negated)


def _settle_answer(row: Row) -> None:
    """ "Said that it would not cede" refuses, "has decided to postpone" postpones: it is done."""
    outer, actor, predicate = row.outer, row.actor, row.predicate
    if row.modality != "intended" or actor is None or predicate.condition:
        return
    decided = predicate.led in word_set(_WORDS, "decided")
    if decided and kinds()[row.act].group == "answer":
        row.modality = "actual"
    group = predicate.group
    would = group is not None and group.modal in ("would", "will", "shall")
    if would and outer is not None and outer.predicate.then == "keep" and outer.actor is not None:
        own = outer.actor.name == actor.name or (outer.actor.power or "-") == actor.power
        if own and row.act in word_set(_WORDS, "by_will"):
            row.modality = "actual"


def _forced(row: Row) -> None:
    """ "Will be obliged to detain your ships" threatens what it would do."""
    predicate, group = row.predicate, row.predicate.group
    harmful = kinds()[row.act].plover in ("SANCTION", "COERCE", "ASSAULT", "MOBILIZE", "REJECT")
    led = predicate.led in word_set(_WORDS, "forced")
    if led and group is not None and group.modal and harmful:
        row.act = "threaten"


def _pleading(reading: Reading, predicate: Predicate) -> bool:
    """Whether "please" stands before an order: then it is one, whatever its verb is."""
    first = predicate.group.first if predicate.group else predicate.at
    words = reading.s.lows[max(0, first - 1) : predicate.at]
    return not reading.lexicon.please.isdisjoint(words)


def _own_wish(reading: Reading, row: Row, scene: Scene) -> None:
    """ "Request instructions" from one who takes orders is his own request, and orders nothing."""
    outer = row.outer
    if outer is None or outer.predicate.kind != "order" or outer.predicate.word != "imperative":
        return
    same = outer.predicate.at == row.predicate.at and not _pleading(reading, outer.predicate)
    if same and not scene.superior and row.act in word_set(_WORDS, "own"):
        outer.gone, row.outer, outer.actor = "an own wish", None, None


def _absorb(row: Row, scene: Scene) -> None:
    """Drop what another row says already: the telling around an act, the act within a refusal."""
    outer = row.outer
    if row.actor is None or row.gone or outer is None or outer.actor is None:
        return
    if row.predicate.asker >= 0:
        return  # what is asked for is asked besides
    then = outer.predicate.then
    if then == "keep":
        same = outer.actor.name == row.actor.name or row.actor.power == outer.actor.power != ""
        ours = row.actor.power == scene.speaker_power != ""
        told = row.act == "instruct" and row.addressee is not None
        told = told and row.addressee is not None and row.addressee.own == "speaker"
        same = (
            same
            or told
            or (ours and (outer.modality == "requested" or outer.actor.own == "speaker"))
        )
        if outer.act in ("inform", "declare") and row.predicate.kind != "noun" and same:
            outer.gone = outer.gone or ABSORBED
    elif outer.act == "regret" and outer.predicate.complement.endswith("that"):
        # "regrets that it is unable to consent": the refusal alone
        if row.act in word_set(_WORDS, "answers"):
            outer.gone = outer.gone or ABSORBED
    elif then in ("have", "neg") and not outer.gone and not _besides(row, outer):
        row.gone = ABSORBED


def _besides(row: Row, outer: Row) -> bool:
    """Whether a participle behind an order is to be done as well: "inform him, expressing …"."""
    group = row.predicate.group
    return outer.predicate.kind == "order" and group is not None and group.form == "g"


def _once(acts: list[Act]) -> list[Act]:
    """Each act once: the same one of the same actor in overlapping words is one."""
    kept: list[Act] = []
    for act in acts:
        if not any(_same(act, other) for other in kept):
            kept.append(act)
    return kept


def _same(one: Act, other: Act) -> bool:
    if (one.act, one.actor, one.modality) != (other.act, other.actor, other.modality):
        return False
    a, b = one.span, other.span
    return a is not None and b is not None and a[0] < b[1] and b[0] < a[1]
