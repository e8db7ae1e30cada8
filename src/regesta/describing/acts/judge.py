"""Predicates into acts: who did it, was it done, who says so, and how firmly that is known."""

from regesta.describing.acts.actors import Actor, Scene
from regesta.describing.acts.agents import set_actor, set_addressee
from regesta.describing.acts.lexicon import kinds
from regesta.describing.acts.modality import set_modality
from regesta.describing.acts.predicate import Predicate
from regesta.describing.acts.quoting import Speech
from regesta.describing.acts.reading import Reading
from regesta.describing.acts.row import Row
from regesta.describing.acts.weigh import FLOOR, LOOSE_FLOOR, confidence_of
from regesta.describing.acts.written import written
from regesta.describing.words import vocabulary, word_set
from regesta.documents import Act

_WORDS = "acts_words"


def judge(
    reading: Reading, found: list[Predicate], paper: Scene, speech: Speech | None = None
) -> list[Act]:
    """Give the acts of a sentence.

    Args:
        reading: The sentence.
        found: Its predicates, in order.
        paper: Who speaks to whom.
        speech: What is quoted in it.
    """

    def scene_at(row: Row) -> Scene:
        quoted = speech is not None and speech.start <= row.predicate.at < speech.end
        return speech.scene if speech is not None and quoted else paper

    rows: list[Row | None] = []
    for predicate in found:
        outer = rows[predicate.governor] if predicate.governor >= 0 else None
        row = Row(predicate, predicate.act, outer)
        rows.append(_row(reading, row, scene_at(row)))
    kept = [row for row in rows if row is not None]
    for row in kept:
        _absorb(row, scene_at(row))
        if row.predicate.kind == "noun":
            row.gone = row.gone or any(_is_object(row, other) for other in kept)
        row.gone = row.gone or _idle(reading, row) or _asked_besides(row, kept)
    # In newspapers anybody acts, of whom the weights know nothing.
    other = reading.lexicon.elided or reading.lexicon.bracket
    floor = 0.0 if paper.press else LOOSE_FLOOR if paper.public or other else FLOOR
    acts = []
    for row in kept:
        if row.actor and not row.gone:
            own = scene_at(row)
            confidence = confidence_of(reading, row, own)
            if confidence >= floor:
                acts.append(written(reading, row, own, confidence))
    return _once(acts)


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
    if not predicate.complement.endswith("that"):
        return False
    said = slice(predicate.content, predicate.stop)
    wished = predicate.word in word_set(_WORDS, "wishing") and (
        "be" in reading.s.lows[predicate.content :]
    )
    return not wished and not any(letter == "m" for letter in reading.tags[said])


def _row(reading: Reading, row: Row, scene: Scene) -> Row | None:
    _own_wish(reading, row, scene)
    if not set_modality(reading, row, scene):
        return None
    set_actor(reading, row, scene)
    if row.actor is None:
        # It is no row, and still says what those in its complement are.
        return row if row.predicate.then in ("ask", "keep") else None
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
    _which(reading, row, scene)
    if not _counts(reading, row, scene):
        row.gone = True
    return row


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
        outer.gone, row.outer, outer.actor = True, None, None


def _which(reading: Reading, row: Row, scene: Scene) -> None:
    """The act that the words amount to between these two."""
    actor, addressee, predicate = row.actor, row.addressee, row.predicate
    assert actor is not None
    ours = scene.within and (addressee is None or addressee.own == "hearer")
    wished = predicate.word == "thank" or (predicate.kind == "adjective" and row.act == "approve")
    if wished and predicate.group is not None and predicate.group.modal:
        row.act, row.modality = "request", "actual"  # "I will thank you for a copy"
    theirs = addressee is not None and addressee.power == scene.home != ""
    urged = predicate.word == "recommend" and not scene.within
    if urged and not word_set(_WORDS, "heeded").isdisjoint(reading.s.lows[predicate.at :]):
        row.act = "request"  # "recommend this claim to your attention"
    if (
        predicate.word == "suggest"
        and actor.own == "speaker"
        and (ours or (scene.within and theirs))
    ):
        row.act = "advise"
    if row.act in ("inform", "declare") and _requires(reading, row):
        row.act = "demand"
    if row.act in ("request", "invite") and _asks_to_know(reading, row, scene):
        row.act = "inquire"
    group = predicate.group
    will = group is not None and group.modal in ("will", "shall")
    if row.act == "instruct" and will and predicate.kind == "light" and actor.own == "speaker":
        row.act, row.modality = "promise", "actual"  # "instructions will be sent"
    ourselves = actor.own == "speaker" or actor.power == scene.speaker_power != ""
    if row.polarity == "negated" and will and ourselves and kinds()[row.act].group == "tell":
        row.act, row.polarity, row.modality = "refuse", "affirmed", "actual"
    asked_of = row.act == "request" and actor.own == "speaker" and scene.superior and ours
    you = not word_set(_WORDS, "polite_you").isdisjoint(reading.s.lows)
    if asked_of and addressee is not None and (predicate.complement == "o+to" or you):
        row.act = "instruct"  # "I ask you to make known", from him who gives the orders
    if row.act == "instruct" and actor.own == "speaker":
        two = scene.within or "" in (scene.speaker_power, scene.hearer_power)
        group = predicate.group
        told = predicate.word == "you" and group is not None and group.modal == "will"
        order = told and two and not scene.below  # so only his superior writes
        other = addressee is not None and not addressee.own  # one of his own men
        named = (
            predicate.object is not None
            and predicate.complement == "o+to"
            and not (word_set("acts_actors", "second") & reading.words_in(predicate.object))
        )
        third = (other or named) and predicate.kind == "verb" and not order
        if not order and not third and (not scene.within or _pleads(predicate, scene)):
            row.act = "request"
        if predicate.kind == "order" and not scene.superior:
            row.sure *= 0.85
    elif row.act == "request" and addressee is not None:
        passive = predicate.group is not None and predicate.group.passive
        you = predicate.object is not None and not word_set("acts_actors", "second").isdisjoint(
            reading.words_in(predicate.object)
        )
        ordered = passive and scene.superior and addressee.own == "hearer" and you
        # "at the request of my Government"
        by_own = not actor.own and bool(actor.power) and actor.power == scene.speaker_power
        if ordered or (by_own and addressee.own == "speaker"):
            row.act = "instruct"
    handed = predicate.kind == "light" and predicate.word == "complaint"
    another = not scene.within or actor.power not in ("", scene.speaker_power)
    if handed and another and actor.sort in ("power", "office", "person"):
        row.act = "protest"  # a complaint that a government hands over
    if row.polarity == "negated" and predicate.kind == "light" and predicate.word == "objection":
        row.act, row.polarity = "accept", "affirmed"  # "offers no objection"
    if row.polarity == "negated":
        become = vocabulary(_WORDS)["negated"].get(row.act)
        if become:
            row.act, row.polarity = become, "affirmed"


def _requires(reading: Reading, row: Row) -> bool:
    """Whether what is said is that another must do something: "said that Norland must pay"."""
    predicate, tags, lows = row.predicate, reading.tags, reading.s.lows
    if not predicate.complement.endswith("that"):
        return False
    first = word_set("acts_actors", "first") | word_set("acts_actors", "first_plural")
    for j in range(predicate.content, min(predicate.stop, reading.size - 1)):
        if tags[j] in "mXhVs":
            does = lows[j] == "must" and tags[j + 1] == "V"
            own = [low for k, low in enumerate(lows[:j]) if tags[k] in "poD"]
            return does and first.isdisjoint(own[-4:])
    return False


def _pleads(predicate: Predicate, scene: Scene) -> bool:
    """Whether what looks like an order comes from one who takes orders."""
    return scene.below and predicate.kind == "order"


def _asks_to_know(reading: Reading, row: Row, scene: Scene) -> bool:
    """Whether what is asked is to be told something: "request that you will inform me"."""
    predicate, lows, tags = row.predicate, reading.s.lows, reading.tags
    if predicate.kind == "order" and scene.superior:
        return False
    known = reading.lexicon.objects.get("information", frozenset()) | word_set(_WORDS, "views")
    span = predicate.object
    if span is not None and not known.isdisjoint(lows[slice(*span)]):
        return True
    if predicate.complement in ("np", "@"):
        return False
    start = predicate.at if predicate.kind == "order" else predicate.content
    for j in range(start, min(start + 7, reading.size)):
        if tags[j] in "Vseg":
            lemma = reading.lexicon.lemmas.get(lows[j], "")
            if lemma == "make" and reading.group(j).passive:
                continue  # "to be made acquainted with"
            if lemma not in word_set(_WORDS, "informing"):
                return False
            you = "you" in lows[start - 1 : j]
            told = bool({"me", "us"} & set(lows[j : j + 4])) or predicate.kind == "order"
            return you or told or tags[j] == "e"
    return False


def _counts(reading: Reading, row: Row, scene: Scene) -> bool:
    """Whether it is an act of one toward another by the rules."""
    actor, addressee, predicate = row.actor, row.addressee, row.predicate
    assert actor is not None
    if addressee is not None and addressee.name == actor.name:
        return False
    if row.act in ("inform", "declare", "deny"):
        ours = addressee is None or addressee.own or _is_other_side(addressee, scene)
        if scene.within and actor.own and ours:
            return False
        if row.act == "inform" and (addressee is None or row.modality == "conditional"):
            return False
        home = scene.within and scene.home != "" and addressee is not None
        if (
            row.act == "inform"
            and scene.within
            and actor.power == scene.speaker_power != ""
            and ours
        ):
            return False  # "our Minister informs me"
        if row.act == "inform" and home and addressee is not None and addressee.power == scene.home:
            return False
        if row.act == "inform" and predicate.word in word_set(_WORDS, "saying"):
            row.sure *= 0.8
    object_ = predicate.object
    oneself = object_ and reading.s.lows[object_[0]] in word_set(_WORDS, "oneself")
    if oneself and row.act in ("deny", "refuse", "approve", "accuse"):
        return False  # "I cannot deny myself the pleasure", "we felicitate ourselves"
    if predicate.word == "beg" and object_ and reading.s.lows[object_[1] - 1] in _leave():
        return False
    mine = object_ and reading.s.lows[object_[0]] in word_set("acts_actors", "first")
    if row.act == "accept" and (oneself or mine) and predicate.complement == "o+to":
        return False  # "I permit myself to ask"
    if predicate.word == "call" and row.act == "request" and mine:
        return False  # "he called on me to discuss it"
    if predicate.word == "invite" and "attention" in reading.s.lows[: predicate.stop]:
        return False
    start = predicate.subject[0] if predicate.subject else 0
    if start and reading.s.lows[start - 1] == "whether":
        return False  # what is asked is not done
    ours = actor.own == "speaker" or actor.power == scene.speaker_power != ""
    plain = predicate.kind != "light"
    if plain and predicate.word in word_set(_WORDS, "feeling") and scene.within and ours:
        hoped = slice(predicate.at, predicate.stop)
        asked = not word_set(_WORDS, "asked").isdisjoint(reading.s.lows[hoped])
        return asked or ("m" in reading.tags[hoped] and "be" in reading.s.lows[hoped])
    if _is_clause(reading, row) or _is_idle(reading, row):
        return False
    if row.modality == "intended" and predicate.kind != "will" and _forecast(row, scene):
        return False
    if predicate.kind == "will" and not _promises(reading, row, scene):
        return False
    wished = row.act in ("inquire", "request") and predicate.kind == "verb"
    if predicate.word in word_set(_WORDS, "learned") and wished:
        return predicate.led in word_set(_WORDS, "wish") and predicate.complement not in (
            "that",
            "@",
        )
    thought = predicate.kind == "verb" and row.act == "declare"
    if thought and predicate.word in word_set(_WORDS, "positions"):
        if actor.sort not in ("power", "several") or row.outer is not None:
            return False
        if scene.within and actor.power == scene.speaker_power:
            return False  # what the Department thinks, told to its own
        row.sure *= 0.8
    said = reading.s.lows[predicate.at : predicate.stop]
    formal = predicate.word in word_set(_WORDS, "formal") or "accept" in said[1:]
    if formal and not word_set(_WORDS, "courtesy").isdisjoint(said):
        return False
    if predicate.kind == "order" and scene.public:
        return False
    return not (predicate.kind == "question" and scene.public)


def _leave() -> frozenset[str]:
    return word_set(_WORDS, "beg_leave")


def _is_idle(reading: Reading, row: Row) -> bool:
    """What is no act though its verb is one: "did not attack", "Am I authorized?"."""
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


def _is_clause(reading: Reading, row: Row) -> bool:
    """A clause of a treaty or statute: "shall be ratified"."""
    group, actor = row.predicate.group, row.actor
    if group is None or group.modal != "shall" or row.outer is not None:
        return False
    return actor is not None and not actor.own


def _forecast(row: Row, scene: Scene) -> bool:
    """What others will do, where nobody says that they said so."""
    actor, outer = row.actor, row.outer
    group = row.predicate.group
    assert actor is not None
    if group is None or not group.modal or group.form == "i":
        return False
    own = actor.own or (actor.power and actor.power == scene.speaker_power)
    told = outer is not None and outer.predicate.then == "keep" and outer.actor is not None
    if told and outer is not None and outer.actor is not None:
        told = outer.actor.own != "speaker"
    return not own and not scene.public and not told


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


def _promises(reading: Reading, row: Row, scene: Scene) -> bool:
    """A bare "will" promises where the writer says it of his own side, or one is reported to."""
    actor, outer = row.actor, row.outer
    assert actor is not None
    own = actor.own == "speaker" or bool(actor.power and actor.power == scene.speaker_power)
    own = own or (scene.press and actor.sort in ("power", "office"))
    if row.predicate.word == "would" and row.act == "promise":
        # "He said that he would write": another who will do it is only spoken of.
        if own or outer is None or outer.actor is None or outer.predicate.then != "keep":
            return False
        if outer.actor.name != actor.name:
            return False
        row.modality = "actual"
        return not row.predicate.condition
    told = outer is not None and outer.predicate.then == "keep" and outer.actor is not None
    if row.predicate.word == "could" and not (
        told and outer and outer.actor and (outer.actor.own != "speaker")
    ):
        return False  # "I could not find it"
    if row.outer is None and _supposed(reading, row):
        return False
    subject = row.predicate.subject
    forces = subject is not None and not word_set("acts_actors", "forces").isdisjoint(
        reading.words_in(subject)
    )
    if forces and not actor.own:
        return False  # "the ship will visit the port"
    if outer is not None and not outer.gone:
        return outer.predicate.then == "keep" and actor.sort in ("power", "several", "office")
    if row.predicate.word == "shall" and (row.predicate.subject is None or not actor.own):
        return False  # "which shall sit": what is stipulated
    if scene.public and own and row.act == "promise" and not scene.press:
        row.act = "declare"
    return own


def _absorb(row: Row, scene: Scene) -> None:
    """Drop what another row says already: the telling around an act, the act within a refusal."""
    outer = row.outer
    if row.actor is None or row.gone or outer is None or outer.actor is None:
        return
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
            outer.gone = True
    elif outer.act == "regret" and outer.predicate.complement.endswith("that"):
        # "regrets that it is unable to consent": the refusal alone
        outer.gone = outer.gone or row.act in word_set(_WORDS, "answers")
    elif then in ("have", "neg") and not outer.gone:
        row.gone = True


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
