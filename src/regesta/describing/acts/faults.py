"""Whether a row with its actor is an act of one toward another; what it is taken for if not."""

from collections.abc import Callable

from regesta.describing.acts.actor import Actor, Scene
from regesta.describing.acts.lexicon import kinds
from regesta.describing.acts.reading import Reading
from regesta.describing.acts.row import Row
from regesta.describing.words import word_set

_WORDS = "acts_words"
#: The fault of what a parliament lays down.
LAW = "a law"


def fault_of(reading: Reading, row: Row, scene: Scene) -> str:
    """Why a row with an actor is no act of one toward another by the rules, or ""."""
    actor, addressee = row.actor, row.addressee
    assert actor is not None
    if addressee is not None and addressee.name == actor.name:
        if row.predicate.kind != "order":
            return "toward himself"
        row.addressee = None  # relayed by him for whom it is
    for test, fault in _TESTS:
        against = test(reading, row, scene)
        if against is None:
            break
        if against:
            return fault
    return ""


def _told_at_home(reading: Reading, row: Row, scene: Scene) -> bool:
    """What one office tells its own government, or nobody."""
    del reading
    actor, addressee = row.actor, row.addressee
    assert actor is not None
    if row.act not in word_set(_WORDS, "telling"):
        return False
    ours = addressee is None or bool(addressee.own) or _is_other_side(addressee, scene)
    if scene.within and actor.own and ours:
        return True
    if row.act != "inform":
        return False
    if addressee is None or row.modality == "conditional":
        return True
    if scene.within and actor.power == scene.speaker_power != "" and ours:
        return True  # "our Minister informs me"
    if scene.within and addressee.power == scene.home != "":
        return True
    if row.predicate.word in word_set(_WORDS, "saying"):
        row.sure *= 0.8
    return False


def _lawgiver(reading: Reading, row: Row, scene: Scene) -> bool:
    """A law: "Congress has authorized the Secretary to spend it"."""
    del reading, scene
    actor = row.actor
    laid_down = row.act in ("instruct", "accept", "declare") and row.predicate.kind == "verb"
    if not laid_down or actor is None or actor.sort != "body":
        return False
    return actor.name.lower() in word_set(_WORDS, "lawgivers")


def _phrase(reading: Reading, row: Row, scene: Scene) -> bool:
    """A phrase that is no act though its verb is one."""
    del scene
    predicate, lows = row.predicate, reading.s.lows
    object_ = predicate.object
    group = predicate.group
    if group is not None and predicate.kind == "verb" and reading.tags[group.verb] == "V":
        before = reading.tags[: group.verb].rstrip("A")
        if before[-1:] == "X" and not group.passive:
            return True  # "they are equally free": no verb behind "are"
    taken = predicate.kind == "verb" and kinds()[row.act].group == "measure"
    unsaid = group is not None and group.form == "e" and group.passive and not predicate.subject
    if taken and unsaid:
        return True  # "the men paroled have gone": by whom is not said
    oneself = object_ and lows[object_[0]] in word_set(_WORDS, "oneself")
    if oneself and row.act in ("deny", "refuse", "approve", "accuse"):
        return True  # "I cannot deny myself the pleasure", "we felicitate ourselves"
    if predicate.word == "beg" and object_ and lows[object_[1] - 1] in _leave():
        return True
    mine = object_ and lows[object_[0]] in word_set("acts_actors", "first")
    if row.act == "accept" and (oneself or mine) and predicate.complement == "o+to":
        return True  # "I permit myself to ask"
    if predicate.word == "call" and row.act == "request" and mine:
        return True  # "he called on me to discuss it"
    return predicate.word == "invite" and "attention" in lows[: predicate.stop]


def _asked_whether(reading: Reading, row: Row, scene: Scene) -> bool:
    """What is asked is not done: "whether Norland has refused"."""
    del scene
    start = row.predicate.subject[0] if row.predicate.subject else 0
    return bool(start) and reading.s.lows[start - 1] == "whether"


def _felt(reading: Reading, row: Row, scene: Scene) -> bool | None:
    """A feeling of one's own side, told within one service; None where it asks for something."""
    actor, predicate = row.actor, row.predicate
    assert actor is not None
    ours = actor.own == "speaker" or actor.power == scene.speaker_power != ""
    plain = predicate.kind != "light"
    if not (plain and predicate.word in word_set(_WORDS, "feeling") and scene.within and ours):
        return False
    hoped = slice(predicate.at, predicate.stop)
    asked = not word_set(_WORDS, "asked").isdisjoint(reading.s.lows[hoped])
    asked = asked or ("m" in reading.tags[hoped] and "be" in reading.s.lows[hoped])
    return None if asked else True


def _is_forecast(reading: Reading, row: Row, scene: Scene) -> bool:
    del reading
    return row.modality == "intended" and row.predicate.kind != "will" and _forecast(row, scene)


def _no_promise(reading: Reading, row: Row, scene: Scene) -> bool:
    return row.predicate.kind == "will" and not _promises(reading, row, scene)


def _learned(reading: Reading, row: Row, scene: Scene) -> bool:
    """What somebody learned, and no wish to know it."""
    del reading, scene
    predicate = row.predicate
    wished = row.act in ("inquire", "request") and predicate.kind == "verb"
    if predicate.word not in word_set(_WORDS, "learned") or not wished:
        return False
    wish = predicate.led in word_set(_WORDS, "wish")
    return not wish or predicate.complement in ("that", "@")


def _thought(reading: Reading, row: Row, scene: Scene) -> bool:
    """What one only thinks, or what an office thinks and tells its own."""
    del reading
    actor, predicate = row.actor, row.predicate
    assert actor is not None
    if predicate.kind not in ("verb", "adjective") or row.act != "declare":
        return False
    if predicate.kind == "adjective" and scene.public:
        return False
    if predicate.word not in word_set(_WORDS, "positions"):
        return False
    if actor.sort not in ("power", "several") or row.outer is not None:
        return True
    if scene.within and actor.power == scene.speaker_power:
        return True
    row.sure *= 0.8
    return False


def _courtesy(reading: Reading, row: Row, scene: Scene) -> bool:
    """A formula: "accept the assurances of my consideration"."""
    del scene
    predicate = row.predicate
    said = reading.s.lows[predicate.at : predicate.stop]
    formal = predicate.word in word_set(_WORDS, "formal") or "accept" in said[1:]
    return formal and not word_set(_WORDS, "courtesy").isdisjoint(said)


def _to_all(reading: Reading, row: Row, scene: Scene) -> bool:
    """An order or question to everybody."""
    del reading
    return scene.public and row.predicate.kind in ("order", "question")


def _leave() -> frozenset[str]:
    return word_set(_WORDS, "beg_leave")


def _is_idle(reading: Reading, row: Row, scene: Scene) -> bool:
    """What is no act though its verb is one: "did not attack", "Am I authorized?"."""
    del scene
    group = row.predicate.group
    bound = group is not None and group.form == "i" and row.predicate.wrapper == "beside"
    if bound and kinds()[row.act].group == "measure":
        return True  # "I am to extend protection"
    undone = row.polarity == "negated" and row.modality == "actual"
    if undone and kinds()[row.act].group == "measure":
        return True
    asked = reading.tags.endswith("?") and row.predicate.kind in ("verb", "light", "adjective")
    if asked and (row.act == "instruct" or not (row.actor and row.actor.own == "speaker")):
        return True  # "Am I authorized?", "Would Norland welcome it?"
    return row.act == "approve" and group is not None and group.modal == "would"


def _is_other_side(actor: Actor, scene: Scene) -> bool:
    """Whether an actor is him to whom the paper goes, under another name."""
    hearer = scene.hearer
    return hearer is not None and (
        actor.name == hearer.name or bool(scene.below and actor.power == scene.home)
    )


def _is_clause(reading: Reading, row: Row, scene: Scene) -> bool:
    """A clause of a treaty or statute: "shall be ratified"."""
    del reading, scene
    group, actor = row.predicate.group, row.actor
    if group is None or group.modal != "shall" or row.outer is not None:
        return False
    return actor is not None and not actor.own


def _forecast(row: Row, scene: Scene) -> bool:
    """What others will do, where nobody says that they said so."""
    actor, group = row.actor, row.predicate.group
    assert actor is not None
    if group is None or not group.modal or group.form == "i":
        return False
    own = actor.own or (actor.power and actor.power == scene.speaker_power)
    return not own and not scene.public and not _is_reported(row)


def _teller(row: Row) -> Actor | None:
    """Who says what the row says, where the saying itself is no act beside it."""
    outer = row.outer
    return outer.actor if outer is not None and outer.predicate.then == "keep" else None


def _is_reported(row: Row) -> bool:
    """Whether another than the writer says it."""
    teller = _teller(row)
    return teller is not None and teller.own != "speaker"


def _supposed(reading: Reading, row: Row) -> bool:
    """Whether "I will" stands in what is feared, thought, or only where and when it would be."""
    subject = row.predicate.subject
    if subject is None or not subject[0]:
        return False
    before = subject[0] - 1
    if reading.tags[before] == "H" and before:
        before -= 1
    low = reading.s.lows[before]
    thinking = low if reading.tags[before] == "w" else reading.lexicon.lemmas.get(low, "")
    return reading.tags[before] in "SQR" or thinking in word_set(_WORDS, "supposing")


def _ordered(row: Row, scene: Scene) -> bool:
    """Whether a superior says what his own agent "will" do: "The Legation will submit it"."""
    actor = row.actor
    return (
        actor is not None
        and scene.superior
        and scene.speaker is not None
        and row.outer is None
        and actor.own == "hearer"
        and row.predicate.subject is not None
    )


def _promises(reading: Reading, row: Row, scene: Scene) -> bool:
    """A bare "will" promises where the writer says it of his own side, or one is reported to."""
    actor, outer = row.actor, row.outer
    assert actor is not None
    own = actor.own == "speaker" or bool(actor.power and actor.power == scene.speaker_power)
    own = own or (scene.press and actor.sort in ("power", "office"))
    if row.predicate.word == "would" and row.act == "promise":
        # "He said that he would write": another who will do it is only spoken of.
        teller = _teller(row)
        if teller is None or teller.name != actor.name:
            return False
        row.modality = "actual"
        return not row.predicate.condition
    if row.predicate.word == "could" and not _is_reported(row):
        return False  # "I could not find it"
    if row.predicate.word == "would be":
        return _is_reported(row) and not row.predicate.condition
    if outer is None and _supposed(reading, row):
        return False
    if row.predicate.word == "will be":
        return bool(own) and not row.predicate.condition and not scene.public
    subject = row.predicate.subject
    forces = subject is not None and not word_set("acts_actors", "forces").isdisjoint(
        reading.words_in(subject)
    )
    if forces and not actor.own:
        return False  # "the ship will visit the port"
    if row.predicate.word == "will" and row.act == "promise" and _ordered(row, scene):
        row.act, row.addressee, row.actor = "instruct", actor, scene.speaker
        return not row.predicate.condition
    if outer is not None and not outer.gone:
        return outer.predicate.then == "keep" and actor.sort in ("power", "several", "office")
    if row.predicate.word == "shall" and (row.predicate.subject is None or not actor.own):
        return False  # "which shall sit": what is stipulated
    if scene.public and own and row.act == "promise" and not scene.press:
        row.act = "declare"
    return own


#: In the order in which they are asked, each with what it says of the row; None settles that it is
#: an act.
_TESTS: tuple[tuple[Callable[[Reading, Row, Scene], bool | None], str], ...] = (
    (_told_at_home, "told at home"),
    (_lawgiver, LAW),
    (_phrase, "a phrase"),
    (_asked_whether, "asked whether"),
    (_felt, "felt"),
    (_is_clause, "a treaty's clause"),
    (_is_idle, "not done"),
    (_is_forecast, "forecast"),
    (_no_promise, "no promise"),
    (_learned, "learned"),
    (_thought, "thought"),
    (_courtesy, "courtesy"),
    (_to_all, "to all"),
)
