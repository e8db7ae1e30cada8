"""Predicates into acts: who did it, was it done, who says so, and how firmly that is known."""

import msgspec

from regesta.describing.acts_actors import Actor, Scene, resolve
from regesta.describing.acts_clauses import Predicate
from regesta.describing.acts_lexicon import kinds
from regesta.describing.acts_reading import Reading, Span
from regesta.describing.words import vocabulary, word_set
from regesta.documents import Act

_WORDS = "acts_words"
#: `about` has at most so many words.
ABOUT = 12
#: Acts of at least this confidence are certain.
CERTAIN = 0.8


class _Row:
    """An act on its way."""

    __slots__ = (
        "act",
        "actor",
        "addressee",
        "instruct",
        "modality",
        "polarity",
        "predicate",
        "reporter",
        "sure",
    )

    def __init__(self, predicate: Predicate, act: str) -> None:
        self.predicate = predicate
        self.act = act
        self.actor: Actor | None = None
        self.addressee: Actor | None = None
        self.modality = "actual"
        self.polarity = (
            "negated"
            if predicate.negated or (predicate.group and predicate.group.negated)
            else "affirmed"
        )
        self.reporter: Actor | None = None
        self.sure = 1.0
        self.instruct = False


def judge(text: str, reading: Reading, found: list[Predicate], scene: Scene) -> list[Act]:
    """Give the acts of a sentence.

    Args:
        text: The text of the document.
        reading: The sentence.
        found: Its predicates, in order.
        scene: Who speaks to whom.
    """
    rows: list[_Row | None] = []
    for predicate in found:
        rows.append(_row(reading, predicate, scene, found, rows))
    _absorb(found, rows)
    acts: list[Act] = []
    for row in rows:
        if row is not None and row.actor is not None:
            act = _act(text, reading, row, scene)
            if act is not None:
                if row.instruct:
                    acts.append(_instruction(act, scene))
                acts.append(act)
    return _once(acts)


def _row(
    reading: Reading,
    predicate: Predicate,
    scene: Scene,
    found: list[Predicate],
    rows: list[_Row | None],
) -> _Row | None:
    row = _Row(predicate, predicate.act)
    group = predicate.group
    outer = found[predicate.governor] if predicate.governor >= 0 else None
    outer_row = rows[predicate.governor] if predicate.governor >= 0 else None
    if group is not None and not _modality(reading, row, scene, outer):
        return None
    _who(reading, row, scene, outer, outer_row)
    if row.actor is None:
        return None
    _toward(reading, row, scene, outer_row)
    if outer_row is not None and outer is not None and outer.then == "keep":
        reporter = outer_row.actor
        row.reporter = reporter if reporter and reporter.own != "speaker" else None
    _which(reading, row, scene)
    if not _counts(reading, row, scene):
        row.sure = 0.0
    return row


def _modality(reading: Reading, row: _Row, scene: Scene, outer: Predicate | None) -> bool:
    """Set the modality of a verb; False where it is no act at all."""
    predicate, group = row.predicate, row.predicate.group
    assert group is not None
    lows = reading.s.lows
    if predicate.condition:
        row.modality = "conditional"
    if group.form == "i":
        if outer is not None and outer.then == "ask" and predicate.wrapper not in ("actual",):
            row.modality = "requested"
            return True
        if predicate.wrapper == "actual":
            row.modality = (
                "conditional"
                if group.modal in ("would", "might")
                and reading.s.lows[group.first - 2 : group.first - 1] != ["like"]
                else row.modality
            )
            if predicate.negated:
                row.polarity = "negated"
            return True
        if predicate.wrapper == "offer":
            row.modality = "actual" if predicate.act == "offer" else "conditional"
            row.sure *= 0.7
            return True
        if predicate.wrapper == "intended":
            row.modality = "intended"
            row.sure *= 0.8
            return True
        if predicate.wrapper == "joined":
            return False
        return False
    modal = group.modal
    if modal in ("will", "shall"):
        row.modality = "intended"
    elif modal in ("would", "should", "could", "might", "may"):
        polite = modal in ("would", "should", "may") and predicate.act in (
            "request",
            "propose",
            "advise",
            "inquire",
            "approve",
        )
        mine = predicate.subject is not None and lows[predicate.subject[0]] in ("i", "we")
        row.modality = "actual" if polite and mine and not predicate.condition else "conditional"
        row.sure *= 0.8
        if modal == "should" and not mine:
            row.modality = "requested"
            row.sure *= 0.6
    elif modal in ("can", "cannot", "must", "ought"):
        mine = predicate.subject is not None and lows[predicate.subject[0]] in ("i", "we")
        row.modality = "actual" if mine or modal == "cannot" else "conditional"
        row.sure *= 0.8
        if modal == "must" and not mine:
            row.modality = "requested"
    if outer is not None and outer.then == "ask" and predicate.governor >= 0:
        row.modality = "requested"
    if group.form == "e" and not group.passive and predicate.shared == "none":
        row.sure *= 0.8
    return True


def _who(
    reading: Reading, row: _Row, scene: Scene, outer: Predicate | None, outer_row: _Row | None
) -> None:
    predicate, group = row.predicate, row.predicate.group
    s = reading.s
    if (
        group is not None
        and group.form == "i"
        and outer is not None
        and outer.then == "ask"
        and predicate.wrapper not in ("actual",)
    ):
        if outer.object is not None:
            row.actor = resolve(s, *outer.object, scene)
        elif outer_row is not None and outer_row.addressee is not None:
            row.actor = outer_row.addressee
        if row.actor is None and outer_row is not None:
            row.actor = outer_row.addressee
        row.sure *= 0.85
        return
    if predicate.subject is not None:
        row.actor = resolve(s, *predicate.subject, scene)
        if row.actor is not None:
            row.sure *= row.actor.sure
            if predicate.shared in ("relative", "possessive", "of", "adjective"):
                row.sure *= 0.85
            elif predicate.shared == "shared":
                row.sure *= 0.9
        return
    if group is None:
        return
    if group.passive:
        _passive(reading, row, scene)
        return
    if group.form == "g":
        _participle(reading, row, scene)
        return
    opens = (
        group.first == 0
        or reading.tags[group.first - 1] in '.;:-"'
        or (reading.tags[group.first - 1] in ",C" and predicate.shared in ("shared", "main"))
        or all(t in "A,#" for t in reading.tags[: group.first])
    )
    if not opens:
        return
    if reading.tags[group.verb] == "V" and group.modal == "":
        # "Request instructions", "Inform the Government": one's own request, or an order.
        if (
            predicate.act in ("request", "advise", "propose", "inquire", "regret", "approve")
            and not scene.superior
        ):
            row.actor = scene.speaker
            row.sure *= 0.85
        elif scene.hearer is not None and scene.speaker is not None:
            row.actor, row.instruct, row.modality = scene.hearer, True, "requested"
            row.sure *= 0.8
        return
    if group.form in ("f", "e") or group.modal:
        row.actor = scene.speaker
        row.sure *= 0.85


def _passive(reading: Reading, row: _Row, scene: Scene) -> None:
    """ "You are instructed": by the writer. Without "by" nobody else is named."""
    predicate = row.predicate
    if predicate.object is None:
        return
    subject = resolve(reading.s, *predicate.object, scene)
    if subject is None:
        return
    group = predicate.group
    assert group is not None
    present = any(low in ("are", "is") for low in reading.s.lows[group.first : group.verb])
    if (
        subject.own == "hearer"
        and predicate.act in ("instruct", "request", "invite", "inform", "advise")
        and present
    ):
        row.actor = scene.speaker
        row.addressee = subject
    elif (
        subject.own == "speaker"
        and predicate.act == "instruct"
        and scene.within
        and not scene.superior
    ):
        row.actor = scene.hearer
        row.addressee = subject
        row.sure *= 0.8


def _participle(reading: Reading, row: _Row, scene: Scene) -> None:
    """ "your note asking …": who wrote the paper; else the subject of the sentence."""
    _predicate, group = row.predicate, row.predicate.group
    assert group is not None
    phrase = reading.phrase_before(group.first)
    tags, lows = reading.tags, reading.s.lows
    papers = word_set("acts_actors", "paper")
    j = group.first - 1
    limit = max(-1, j - 25)
    while j > limit:
        if tags[j] in ".;:VseXm":
            break
        if lows[j] in papers:
            k = j
            while k > 0 and tags[k] in "wNe#":
                k -= 1
            if lows[k] in ("my", "our", "your", "his", "their", "its"):
                row.actor = resolve(reading.s, k, k + 1, scene)
            elif tags[j + 1 : j + 2] in ("O",) or lows[j + 1 : j + 2] in (["from"], ["by"]):
                after = reading.phrase_after(j + 2)
                row.actor = resolve(reading.s, *after, scene) if after else None
            row.sure *= 0.8
            return
        j -= 1
    if phrase is not None and tags[group.first - 1] != ",":
        return
    for k in range(group.first):
        if tags[k] in "Vse" and k < group.first:
            main = reading.group(k)
            subject, _ = reading.subject_before(main.first)
            if subject is not None:
                row.actor = resolve(reading.s, *subject, scene)
                row.sure *= 0.7
                return


def _toward(reading: Reading, row: _Row, scene: Scene, outer_row: _Row | None) -> None:
    predicate = row.predicate
    if row.addressee is not None or row.actor is None:
        return
    s, tags, lows = reading.s, reading.tags, reading.s.lows
    if predicate.object is not None:
        row.addressee = resolve(s, *predicate.object, scene)
        if row.addressee is not None and row.addressee.name == row.actor.name:
            row.addressee = None
    if row.addressee is None:
        start = predicate.noun[1] if predicate.noun else predicate.at + 1
        for j in range(start, min(predicate.stop, start + 14)):
            if tags[j] in "T" or lows[j] in (
                "upon",
                "from",
                "with",
                "against",
                "toward",
                "towards",
                "on",
                "by",
            ):
                phrase = reading.phrase_after(j + 1)
                if phrase is not None:
                    actor = resolve(s, *phrase, scene)
                    if actor is not None and actor.name != row.actor.name:
                        row.addressee = actor
                        break
    if row.addressee is None:
        if row.actor.own == "speaker":
            row.addressee = scene.hearer
        elif row.actor.own == "hearer":
            row.addressee = scene.speaker


def _which(reading: Reading, row: _Row, scene: Scene) -> None:
    """The act that the words amount to between these two."""
    actor = row.actor
    assert actor is not None
    other_side = row.addressee is None or row.addressee.own == "" or not scene.within
    if (
        row.act == "advise"
        and actor.own != "speaker"
        and not scene.within
        and row.predicate.word == "suggest"
    ):
        row.act = "propose"
    if (
        row.predicate.word in ("suggest", "suggestion")
        and scene.within
        and actor.own == "speaker"
        and (row.addressee is None or row.addressee.own == "hearer")
    ):
        row.act = "advise"
    if row.act == "instruct" and not other_side and not scene.superior and actor.own == "speaker":
        row.act = "request"
    if row.polarity == "negated":
        become = vocabulary(_WORDS)["negated"].get(row.act)
        if become:
            row.act, row.polarity = become, "affirmed"


def _counts(reading: Reading, row: _Row, scene: Scene) -> bool:
    """Whether it is an act of one toward another by the rules."""
    actor, addressee = row.actor, row.addressee
    assert actor is not None
    if row.act in ("inform", "declare", "deny"):
        if scene.within and actor.own and (addressee is None or addressee.own):
            return False
        if row.act == "inform" and addressee is None:
            return False
        if row.act == "inform" and row.predicate.word in (
            "say",
            "state",
            "reply",
            "answer",
            "add",
            "intimate",
            "report",
            "explain",
        ):
            if actor.own == "speaker":
                row.sure *= 0.9
            else:
                row.sure *= 0.75
    return True


def _absorb(found: list[Predicate], rows: list[_Row | None]) -> None:
    """Drop what another row says already: the telling around an act, the act within a refusal."""
    for number, predicate in enumerate(found):
        row = rows[number]
        if row is None or row.actor is None or row.sure <= 0:
            if row is not None and row.sure <= 0:
                row.actor = None
            continue
        outer = predicate.governor
        if outer < 0 or rows[outer] is None:
            continue
        then = found[outer].then
        outer_row = rows[outer]
        assert outer_row is not None
        if then == "keep":
            if outer_row.act in ("inform", "declare"):
                outer_row.actor = None
        elif then in ("have", "neg") and outer_row.actor is not None:
            near = (
                predicate.group is None
                or predicate.group.form == "i"
                or found[outer].complement.endswith(("that", "if"))
            )
            if near:
                row.actor = None


def _act(text: str, reading: Reading, row: _Row, scene: Scene) -> Act | None:
    predicate = row.predicate
    s = reading.s
    kind = kinds()[row.act]
    start, end = _span(reading, predicate)
    sure = row.sure * (1.0 if predicate.sure else 0.8)
    confidence = round(max(0.05, min(0.99, sure)), 2)
    actor = row.actor
    assert actor is not None
    reporter = ""
    if row.reporter is not None:
        reporter = row.reporter.name
    elif (
        actor.own != "speaker"
        and scene.speaker is not None
        and row.modality != "requested"
        and not _speaks_for(actor, scene)
    ):
        reporter = scene.speaker.name
    return Act(
        actor=actor.name,
        act=row.act,
        addressee=row.addressee.name if row.addressee else "",
        about=_about(reading, predicate),
        polarity=row.polarity,
        modality=row.modality,
        reported_by=reporter if reporter != actor.name else "",
        span=(s.starts[start], s.ends[end - 1]),
        plover=kind.plover,
        cameo=kind.cameo,
        confidence=confidence,
        tier="certain" if confidence >= CERTAIN else "probable",
        group=kind.group,
        language="en",
        rule=f"grammar:{predicate.kind}:{predicate.word}",
    )


def _speaks_for(actor: Actor, scene: Scene) -> bool:
    return bool(actor.power) and actor.power == scene.speaker_power


def _span(reading: Reading, predicate: Predicate) -> Span:
    first = predicate.group.first if predicate.group else predicate.at
    start, end = first, max(predicate.stop, predicate.at + 1)
    if predicate.subject is not None:
        if predicate.subject[0] < first and first - predicate.subject[1] < 12:
            start = predicate.subject[0]
        elif predicate.subject[1] > end:
            end = predicate.subject[1]
    if predicate.kind == "light" and predicate.noun is not None:
        start = min(start, predicate.noun[0])
    while end > start + 1 and reading.tags[end - 1] in ',;:."(-':
        end -= 1
    return start, end


def _about(reading: Reading, predicate: Predicate) -> str:
    s = reading.s
    start = predicate.content
    end = min(predicate.stop, reading.size)
    while start < end and reading.tags[start] in 'HTPOAD,"(':
        start += 1
    stop = min(end, start + ABOUT)
    while stop > start and reading.tags[stop - 1] in 'DPOTC,HRS"(-;.':
        stop -= 1
    return " ".join(s.words[start:stop]) if stop > start else ""


def _instruction(act: Act, scene: Scene) -> Act:
    """The order around an act that is ordered."""
    speaker = scene.speaker
    kind = kinds()["instruct" if scene.superior or scene.within else "request"]
    return msgspec.structs.replace(
        act, act=kind.name, actor=speaker.name if speaker else "", addressee=act.actor,
        modality="actual", polarity="affirmed", group=kind.group, cameo=kind.cameo,
        plover=kind.plover, reported_by="", rule="grammar:imperative",
    )  # fmt: skip


def _once(acts: list[Act]) -> list[Act]:
    """Each act once: the same one of the same actor at its fullest wording."""
    kept: list[Act] = []
    for act in acts:
        same = next(
            (k for k in kept if k.act == act.act and k.actor == act.actor and k.span and act.span
             and k.span[0] < act.span[1] and act.span[0] < k.span[1]
             and k.modality == act.modality),
            None,
        )  # fmt: skip
        if same is None:
            kept.append(act)
    return kept
