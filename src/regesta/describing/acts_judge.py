"""Predicates into acts: who did it, was it done, who says so, and how firmly that is known."""

from regesta.describing.acts_actors import Actor, Scene
from regesta.describing.acts_agents import set_actor, set_addressee
from regesta.describing.acts_clauses import Predicate
from regesta.describing.acts_lexicon import kinds
from regesta.describing.acts_modality import set_modality
from regesta.describing.acts_reading import Reading, Span
from regesta.describing.acts_row import Row
from regesta.describing.words import vocabulary, word_set
from regesta.documents import Act

_WORDS = "acts_words"
#: `about` has at most so many words.
ABOUT = 12
#: Acts of at least this confidence are certain.
CERTAIN = 0.8


def judge(reading: Reading, found: list[Predicate], scene: Scene) -> list[Act]:
    """Give the acts of a sentence.

    Args:
        reading: The sentence.
        found: Its predicates, in order.
        scene: Who speaks to whom.
    """
    rows: list[Row | None] = []
    for predicate in found:
        outer = rows[predicate.governor] if predicate.governor >= 0 else None
        rows.append(_row(reading, Row(predicate, predicate.act, outer), scene))
    kept = [row for row in rows if row is not None]
    for row in kept:
        _absorb(row)
    return _once([_act(reading, row, scene) for row in kept if row.actor and not row.gone])


def _row(reading: Reading, row: Row, scene: Scene) -> Row | None:
    if not set_modality(reading, row, scene):
        return None
    if row.predicate.idle:
        return None
    set_actor(reading, row, scene)
    if row.actor is None:
        # It is no row, and still says what those in its complement are.
        return row if row.predicate.then in ("ask", "keep") else None
    set_addressee(reading, row, scene)
    outer = row.outer
    if outer is not None and outer.predicate.then in ("keep", "neg"):
        told = outer.actor
        row.reporter = told if told and told.own != "speaker" else outer.reporter
    scene.remember(row.addressee)
    scene.remember(row.actor)
    _which(row, scene)
    if not _counts(reading, row, scene):
        row.gone = True
    return row


def _which(row: Row, scene: Scene) -> None:
    """The act that the words amount to between these two."""
    actor, addressee = row.actor, row.addressee
    assert actor is not None
    inner = scene.within and (addressee is None or addressee.own == "hearer")
    if row.predicate.word in ("suggest", "suggestion", "propose", "proposal") and inner:
        if (
            actor.own == "speaker"
            and row.predicate.kind == "verb"
            and row.predicate.word == "suggest"
        ):
            row.act = "advise"
    if row.act == "instruct" and actor.own == "speaker":
        if not scene.within or (scene.below and row.predicate.kind == "order"):
            row.act = "request"
        if row.predicate.kind == "order" and not scene.superior:
            row.sure *= 0.85
    passive = row.predicate.group is not None and row.predicate.group.passive
    if row.act == "request" and passive and scene.superior and addressee is not None:
        if addressee.own == "hearer":
            row.act = "instruct"
    if row.act == "request" and actor.power and addressee is not None:
        if addressee.own == "speaker" and actor.power == scene.speaker_power and actor.own == "":
            row.act = "instruct"  # "at the request of my Government"
    if row.polarity == "negated":
        become = vocabulary(_WORDS)["negated"].get(row.act)
        if become:
            row.act, row.polarity = become, "affirmed"


def _counts(reading: Reading, row: Row, scene: Scene) -> bool:
    """Whether it is an act of one toward another by the rules."""
    actor, addressee, predicate = row.actor, row.addressee, row.predicate
    assert actor is not None
    if addressee is not None and addressee.name == actor.name:
        return False
    if row.act in ("inform", "declare", "deny"):
        if scene.within and actor.own and (addressee is None or addressee.own):
            return False
        if row.act == "inform" and addressee is None:
            return False
        if row.act == "inform" and predicate.word in word_set(_WORDS, "saying"):
            row.sure *= 0.8
    if predicate.word in word_set(_WORDS, "feeling") and scene.within and actor.own == "speaker":
        return "you" in reading.s.lows[predicate.at : predicate.stop]
    if predicate.kind == "will" and not _promises(row, scene):
        return False
    if row.act == "inquire" and predicate.word in word_set(_WORDS, "learned"):
        return predicate.led in word_set(_WORDS, "wish")
    if predicate.kind == "order" and scene.public:
        return False
    return not (predicate.kind == "question" and scene.public)


def _promises(row: Row, scene: Scene) -> bool:
    """A bare "will" promises where the writer says it of his own side, or one is reported to."""
    actor, outer = row.actor, row.outer
    assert actor is not None
    own = actor.own == "speaker" or bool(actor.power and actor.power == scene.speaker_power)
    if outer is not None and not outer.gone:
        return outer.predicate.then == "keep" and actor.sort in ("power", "several", "office")
    if scene.public and own and row.act == "promise":
        row.act = "declare"
    return own


def _absorb(row: Row) -> None:
    """Drop what another row says already: the telling around an act, the act within a refusal."""
    outer = row.outer
    if row.actor is None or row.gone or outer is None or outer.actor is None:
        return
    then = outer.predicate.then
    if then == "keep":
        if outer.act in ("inform", "declare") and row.predicate.kind != "noun":
            outer.gone = True
    elif then in ("have", "neg") and not outer.gone:
        row.gone = True


def _act(reading: Reading, row: Row, scene: Scene) -> Act:
    predicate, s = row.predicate, reading.s
    kind = kinds()[row.act]
    start, end = _span(reading, predicate)
    sure = row.sure * (1.0 if predicate.sure else 0.82)
    confidence = round(max(0.05, min(0.99, sure)), 2)
    assert row.actor is not None
    return Act(
        actor=row.actor.name,
        act=row.act,
        addressee=row.addressee.name if row.addressee else "",
        about=_about(reading, predicate),
        polarity=row.polarity,
        modality=row.modality,
        reported_by=_reporter(row, row.actor, scene),
        span=(s.starts[start], s.ends[end - 1]),
        plover=kind.plover,
        cameo=kind.cameo,
        confidence=confidence,
        tier="certain" if confidence >= CERTAIN else "probable",
        group=kind.group,
        language="en",
        rule=f"grammar:{predicate.kind}:{predicate.word}",
    )


def _reporter(row: Row, actor: Actor, scene: Scene) -> str:
    if row.reporter is not None and row.reporter.name != actor.name:
        return row.reporter.name
    speaker = scene.speaker
    if speaker is None or actor.own == "speaker" or row.modality == "requested":
        return ""
    if actor.power and actor.power == scene.speaker_power:
        return ""
    return speaker.name if speaker.name != actor.name else ""


def _span(reading: Reading, predicate: Predicate) -> Span:
    first = predicate.group.first if predicate.group else predicate.at
    start, end = first, max(predicate.stop, predicate.at + 1)
    if predicate.kind == "question":
        start = 0
    if predicate.subject is not None:
        if predicate.subject[0] < first and first - predicate.subject[1] < 12:
            start = predicate.subject[0]
        elif predicate.subject[1] > end:
            end = predicate.subject[1]
    if predicate.object is not None and first - 12 < predicate.object[0] < start:
        start = predicate.object[0]
    while end > start + 1 and reading.tags[end - 1] in ',;:."(-':
        end -= 1
    return start, end


def _about(reading: Reading, predicate: Predicate) -> str:
    s, tags = reading.s, reading.tags
    start = predicate.content
    end = min(predicate.stop, reading.size)
    while start < end and tags[start] in 'HTPOAD,"(':
        start += 1
    stop = min(end, start + ABOUT)
    while stop > start and tags[stop - 1] in 'DPOTC,HRS"(-;.?':
        stop -= 1
    return " ".join(s.words[start:stop]) if stop > start else ""


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
