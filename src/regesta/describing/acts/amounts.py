"""What the words amount to between two: the act of the dictionary in, that of the paper out.

"I ask you to wait" is a request of an equal and an order of a superior; "I will thank you for a
copy" asks, and "has not accepted" refuses. Each rule looks at a row and may change it.
"""

from collections.abc import Callable

from regesta.describing.acts.actor import Scene
from regesta.describing.acts.lexicon import kinds
from regesta.describing.acts.predicate import Predicate
from regesta.describing.acts.reading import Reading
from regesta.describing.acts.row import Row
from regesta.describing.words import vocabulary, word_set

_WORDS = "acts_words"


def amount(reading: Reading, row: Row, scene: Scene) -> None:
    """Set the act that a row amounts to; its actor must be known."""
    for rule in _RULES:
        rule(reading, row, scene)


def _is_own(row: Row, scene: Scene) -> bool:
    """Whether the writer or his power acts."""
    actor = row.actor
    return actor is not None and (
        actor.own == "speaker" or actor.power == scene.speaker_power != ""
    )


def _is_told_here(row: Row, scene: Scene) -> bool:
    """Whether the reader, of the writer's own service, is the one toward whom it is done."""
    return scene.within and (row.addressee is None or row.addressee.own == "hearer")


def _let_go(reading: Reading, row: Row, scene: Scene) -> None:
    """ "Allowed the ship to proceed" releases it."""
    del scene
    predicate = row.predicate
    if predicate.word not in word_set(_WORDS, "letting") or row.act != "accept":
        return
    complement = predicate.complement.removeprefix("o+")
    at = predicate.content
    verb = reading.lexicon.lemmas.get(reading.s.lows[at]) if at < reading.size else ""
    if complement == "to" and verb in word_set(_WORDS, "going"):
        row.act = "release"


def _thanked(reading: Reading, row: Row, scene: Scene) -> None:
    """ "I will thank you for a copy" asks for it."""
    del reading, scene
    predicate = row.predicate
    wished = predicate.word == "thank" or (predicate.kind == "adjective" and row.act == "approve")
    if wished and predicate.group is not None and predicate.group.modal:
        row.act, row.modality = "request", "actual"


def _urged(reading: Reading, row: Row, scene: Scene) -> None:
    """ "Recommend this claim to your attention" asks that it be heeded."""
    predicate = row.predicate
    urged = predicate.word == "recommend" and not scene.within
    if urged and not word_set(_WORDS, "heeded").isdisjoint(reading.s.lows[predicate.at :]):
        row.act = "request"


def _suggested(reading: Reading, row: Row, scene: Scene) -> None:
    """A suggestion within one service advises; "I suggested that" was to somebody else."""
    del reading
    actor, addressee = row.actor, row.addressee
    theirs = addressee is not None and addressee.power == scene.home != ""
    near = _is_told_here(row, scene) or (scene.within and theirs)
    own = actor is not None and actor.own == "speaker"
    if row.predicate.word == "suggest" and not row.past and own and near:
        row.act = "advise"


def _told(reading: Reading, row: Row, scene: Scene) -> None:
    """ "Advises that it has been settled" informs; "said that Norland must pay" demands."""
    predicate = row.predicate
    if row.act == "advise" and predicate.word == "advise" and _is_fact(reading, predicate):
        row.act = "inform"
    if row.act in ("inform", "declare") and _requires(reading, row):
        row.act = "demand"
    if predicate.kind == "order" and predicate.word == "tell" and scene.superior:
        row.act = "instruct"  # "Cable the views of the Government"


def _found_needful(reading: Reading, row: Row, scene: Scene) -> None:
    """ "It is important that you wait": proposed to another power, asked or ordered at home."""
    actor, predicate = row.actor, row.predicate
    if predicate.kind != "adjective" or predicate.shared != "speaker" or row.act != "advise":
        return
    other = actor is not None and actor.own != "speaker"
    other = other and actor is not None and actor.power not in ("", scene.speaker_power)
    if predicate.complement.endswith("that"):
        predicate.then = "ask"  # what is found needful is asked for
    if not scene.within or other:
        row.act = "propose"
    elif _of_me(reading, predicate):
        row.act = "request"  # "it is important that I be informed"
    elif of_you(reading, predicate):
        row.act = "instruct" if scene.superior else "request"


def _should(reading: Reading, row: Row, scene: Scene) -> None:
    """ "The Consul should wait" orders, or is an opinion of him who orders nothing."""
    del reading
    if row.predicate.kind == "must" and scene.superior and _is_own(row, scene):
        row.act, row.polarity = "instruct", "affirmed"  # "You must not leave"
    if row.predicate.kind == "should":
        row.act = "instruct"
        if not scene.superior or row.actor is None or row.actor.own != "speaker":
            row.gone = "an opinion"


def _counselled(reading: Reading, row: Row, scene: Scene) -> None:
    """ "Thinks that we should wait" advises, or proposes it to another power."""
    if row.act == "declare" and _counsels(reading, row):
        row.act = "advise" if scene.within else "propose"


def _asked_to_know(reading: Reading, row: Row, scene: Scene) -> None:
    """ "Request that you will inform me" inquires."""
    if row.act in ("request", "invite") and _asks_to_know(reading, row, scene):
        row.act = "inquire"


def _will(reading: Reading, row: Row, scene: Scene) -> None:
    """ "Instructions will be sent" promises; "we shall not inform them" refuses."""
    del reading
    predicate, group = row.predicate, row.predicate.group
    if group is None or group.modal not in ("will", "shall"):
        return
    own = row.actor is not None and row.actor.own == "speaker"
    if row.act == "instruct" and predicate.kind == "light" and own:
        row.act, row.modality = "promise", "actual"
    reports = predicate.word in word_set(_WORDS, "reporting") and not predicate.condition
    if row.act == "inform" and reports and own and row.polarity == "affirmed":
        row.act, row.modality = "promise", "actual"  # "I shall inform the Department"
    if row.polarity == "negated" and _is_own(row, scene) and kinds()[row.act].group == "tell":
        row.act, row.polarity, row.modality = "refuse", "affirmed", "actual"


def _asked_by_superior(reading: Reading, row: Row, scene: Scene) -> None:
    """ "I ask you to make known", "the Department desires a full report", from a superior."""
    actor, predicate = row.actor, row.predicate
    asked = row.act == "request" and scene.superior and _is_own(row, scene)
    if not asked or row.addressee is None or not _is_told_here(row, scene):
        return
    own = actor is not None and actor.own == "speaker"
    you = of_you(reading, predicate)
    told_you = predicate.complement == "o+to" and (own or you)
    told_you = told_you or (predicate.complement == "that" and predicate.word != "trust" and you)
    told_you = told_you or (
        predicate.word in word_set(_WORDS, "wishing") and predicate.complement in ("np", "@")
    )
    if told_you or not word_set(_WORDS, "polite_you").isdisjoint(reading.s.lows):
        row.act = "instruct"


def _ordered(reading: Reading, row: Row, scene: Scene) -> None:
    """Who cannot order asks; whom his own power asks through another, or a superior, is told."""
    actor, addressee, predicate = row.actor, row.addressee, row.predicate
    group, object_ = predicate.group, predicate.object
    second = word_set("acts_actors", "second")
    you = object_ is not None and not second.isdisjoint(reading.words_in(object_))
    if row.act == "instruct" and actor is not None and actor.own == "speaker":
        two = scene.within or "" in (scene.speaker_power, scene.hearer_power)
        told = predicate.word == "you" and group is not None and group.modal == "will"
        order = told and two and not scene.below  # so only his superior writes
        other = addressee is not None and not addressee.own  # one of his own men
        named = object_ is not None and predicate.complement == "o+to" and not you
        third = (other or named) and predicate.kind in ("verb", "noun") and not order
        if not order and not third and (not scene.within or _pleads(predicate, scene)):
            row.act = "request"
        if predicate.kind == "order" and not scene.superior:
            row.sure *= 0.85
    elif row.act == "request" and addressee is not None and actor is not None:
        passive = group is not None and group.passive
        ordered = passive and scene.superior and addressee.own == "hearer" and you
        # "at the request of my Government"
        by_own = not actor.own and bool(actor.power) and actor.power == scene.speaker_power
        if ordered or (by_own and addressee.own == "speaker"):
            row.act = "instruct"


def _complained(reading: Reading, row: Row, scene: Scene) -> None:
    """A complaint that a government hands over protests."""
    del reading
    actor, predicate = row.actor, row.predicate
    if actor is None or predicate.kind != "light" or predicate.word != "complaint":
        return
    another = not scene.within or actor.power not in ("", scene.speaker_power)
    if another and actor.sort in ("power", "office", "person"):
        row.act = "protest"


def _denied(reading: Reading, row: Row, scene: Scene) -> None:
    """ "Offers no objection" accepts, "does not accept" refuses; "neither … nor" leaves it open."""
    del scene
    if row.polarity != "negated":
        return
    predicate, group = row.predicate, row.predicate.group
    if predicate.word in word_set(_WORDS, "refraining"):
        row.gone = "done after all"  # "cannot refrain from expressing"
        return
    if predicate.kind == "light" and predicate.word == "objection":
        row.act, row.polarity = "accept", "affirmed"
        return
    if group is not None and "neither" in reading.s.lows[group.first : group.verb]:
        return  # "has neither accepted nor refused"
    become = vocabulary(_WORDS)["negated"].get(row.act)
    if become:
        row.act, row.polarity = become, "affirmed"


#: In this order: what one makes of a row the next one sees.
_RULES: tuple[Callable[[Reading, Row, Scene], None], ...] = (
    _let_go, _thanked, _urged, _suggested, _told, _found_needful, _should, _counselled,
    _asked_to_know, _will, _asked_by_superior, _ordered, _complained, _denied,
)  # fmt: skip


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


def _counsels(reading: Reading, row: Row) -> bool:
    """Whether one is of opinion that something should be done: "thinks we should wait"."""
    predicate, lows = row.predicate, reading.s.lows
    if predicate.word not in word_set(_WORDS, "opining") or row.polarity == "negated":
        return False
    if not predicate.complement.endswith("that"):
        return False
    said = lows[predicate.content : predicate.stop]
    return not word_set(_WORDS, "counselling").isdisjoint(said)


def _is_fact(reading: Reading, predicate: Predicate) -> bool:
    """Whether what one is advised is a fact: "advises that the trouble has been settled"."""
    if predicate.complement != "that":
        return False
    for j in range(predicate.content, min(predicate.stop, reading.size)):
        if reading.tags[j] in "mXhVse" and reading.tags[j] != "e":
            low = reading.s.lows[j]
            return (reading.tags[j] in "Xhs" and low != "be") or low in ("will", "would")
    return False


def of_you(reading: Reading, predicate: Predicate) -> bool:
    """Whether what is desired is something that the reader is to do: "desires that you wait"."""
    lows, content = reading.s.lows, predicate.content
    at = predicate.object[0] if predicate.object is not None else content
    return "you" in (*lows[at : at + 1], *lows[content : content + 1])


def _of_me(reading: Reading, predicate: Predicate) -> bool:
    """Whether what is found necessary is something for the writer: "important I have it"."""
    lows, content = reading.s.lows, predicate.content
    at = predicate.object[0] if predicate.object is not None else content
    return "i" in (*lows[at : at + 1], *lows[content : content + 1])


def _pleads(predicate: Predicate, scene: Scene) -> bool:
    """Whether what looks like an order comes from one who takes orders."""
    return scene.below and predicate.kind == "order"


def _is_third(reading: Reading, at: int) -> bool:
    """Whether somebody else is to be told: "request that you inform the Grand Vizier"."""
    phrase = reading.phrase_after(at)
    if phrase is None or "N" not in reading.tags[slice(*phrase)]:
        return False
    first, *more = reading.s.lows[slice(*phrase)]
    own = first in word_set("acts_actors", "first") or first in word_set(
        "acts_actors", "first_plural"
    )
    return not own and " ".join(more) not in word_set("acts_actors", "home")


def _asks_to_know(reading: Reading, row: Row, scene: Scene) -> bool:
    """Whether what is asked is to be told something: "request that you will inform me"."""
    predicate, lows, tags = row.predicate, reading.s.lows, reading.tags
    if predicate.kind == "order" and scene.superior:
        return False
    known = reading.lexicon.objects.get("information", frozenset()) | word_set(_WORDS, "views")
    span = predicate.object
    if predicate.word in word_set(_WORDS, "receiving") and not predicate.complement.endswith("if"):
        # "should be grateful to receive an expression of your views"
        near = lows[predicate.content : min(predicate.stop, predicate.content + 14)]
        if not word_set(_WORDS, "asked_views").isdisjoint(near):
            return True
    if span is not None and predicate.noun is not None and span[0] < predicate.noun[0]:
        span = None  # "submits this information with a request"
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
            you = "you" in lows[start - 1 : j] and not _is_third(reading, j + 1)
            told = bool({"me", "us"} & set(lows[j : j + 4])) or predicate.kind == "order"
            return you or told or tags[j] == "e"
    return False
