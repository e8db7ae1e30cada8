"""Who acts and toward whom: the actor and addressee of a row, by the shape of its clause."""

from regesta.describing.acts.actor import Actor, Scene
from regesta.describing.acts.actors import body_of, resolve
from regesta.describing.acts.groups import Group
from regesta.describing.acts.modality import by_speaker
from regesta.describing.acts.passives import besought, passive
from regesta.describing.acts.phrases import Span
from regesta.describing.acts.reading import Reading
from regesta.describing.acts.row import Row
from regesta.describing.acts.seats import seats
from regesta.describing.words import word_set

_WORDS = "acts_words"
#: How firmly an actor is known by how its subject was found.
_FIRM = {
    "near": 1.0, "agent": 0.97, "shared": 0.92, "relative": 0.85, "possessive": 0.9, "of": 0.85,
    "adjective": 0.85, "for": 0.9, "main": 0.8, "speaker": 0.85, "order": 1.0, "none": 0.8,
}  # fmt: skip


def set_actor(reading: Reading, row: Row, scene: Scene) -> None:
    """Find who does it; the actor stays None where nobody can be named."""
    _set_actor(reading, row, scene)
    outer, actor = row.outer, row.actor
    ordered = outer is not None and (outer.act == "instruct" or outer.predicate.kind == "order")
    voiced = row.act in word_set(_WORDS, "voiced") or (
        row.predicate.word in word_set(_WORDS, "voiced_words")
    )
    voiced = voiced and ordered and bool(scene.speaker_power)
    ours = actor is not None and actor.power in ("", scene.speaker_power)
    if voiced and ours and row.predicate.kind != "order":
        # Thanks that an envoy is told to express are those of his government.
        row.actor = Actor(scene.speaker_power, "power", 0.85, scene.speaker_power)


def _set_actor(reading: Reading, row: Row, scene: Scene) -> None:
    predicate, group, outer = row.predicate, row.predicate.group, row.outer
    if predicate.kind in ("order", "question"):
        row.actor, row.addressee = scene.speaker, scene.hearer
        if scene.hearer is None:
            row.actor = None
        row.sure *= 0.95 if predicate.word in ("you", "?") else 0.85
        return
    if predicate.asker >= 0:
        if outer is not None:
            besought(row, scene, outer)
        return
    if predicate.shared == "speaker":
        told = outer is not None and outer.predicate.then == "keep" and outer.actor is not None
        row.actor = outer.actor if told and outer is not None else scene.speaker
        row.sure *= 0.85
        return
    if predicate.owner is not None and outer is not None:
        owner = resolve(reading.s, *predicate.owner, scene)
        if owner is not None and owner.sort in ("power", "office", "several"):
            row.actor = owner
            row.sure *= owner.sure * 0.9
            return
    if (
        group is not None
        and group.form == "i"
        and outer is not None
        and outer.predicate.then == "ask"
    ):
        if by_speaker(reading, outer):
            row.told = row.act in word_set(_WORDS, "spoken")
            row.actor = scene.speaker
            if not row.told:
                row.modality = "requested"  # "I am instructed to sign" does not sign
            if scene.speaker_power and not scene.within and outer.predicate.shared == "agent":
                row.actor = Actor(scene.speaker_power, "power", 0.9, scene.speaker_power)
        else:
            _asked(reading, row, scene, outer)
        return
    if predicate.owner is not None:
        owner = resolve(reading.s, *predicate.owner, scene)
        if owner is not None and owner.sort in ("power", "office", "several"):
            row.actor = owner
            row.sure *= owner.sure * 0.95
            return
        row.sure *= 0.75
    if predicate.subject is not None:
        row.actor = resolve(reading.s, *predicate.subject, scene)
        short = predicate.shared == "near" and predicate.subject[1] - predicate.subject[0] < 4
        if row.actor is None and short and reading.s.lows[predicate.subject[0]] == "the":
            row.actor = body_of(reading.s, *predicate.subject)  # "the governor refused it"
        if row.actor is None and outer is not None:
            row.actor = _teller_s(reading, predicate.subject, outer)
        if row.actor is None or row.actor.sort == "body":
            row.actor = _named_after(reading, predicate.subject, scene) or row.actor
        asked = predicate.shared == "agent" and group is not None and group.form == "e"
        if asked and row.actor is not None and row.actor.sort == "person" and row.actor.sure < 0.7:
            row.actor = None  # "Asked by the paper, the Minister said …"
        if predicate.shared == "of" and _is_town(reading, predicate.subject):
            row.actor = None  # "the declaration of Paris"
        if row.actor is not None:
            row.sure *= row.actor.sure * _FIRM.get(predicate.shared, 0.85)
        return
    if group is None:
        return
    if group.passive:
        wished = reading.s.lows[group.first] == "be" or group.modal in word_set(_WORDS, "ordering")
        if row.modality == "requested" and outer is not None and wished:
            besought(row, scene, outer)
        if row.actor is None:
            passive(reading, row, scene, group)
    elif group.form == "g":
        _participle(reading, row, scene, group)
    elif outer is not None and outer.predicate.kind == "order":
        row.actor = scene.hearer
    else:
        _subjectless(reading, row, scene, group)


def _teller_s(reading: Reading, subject: Span, outer: Row) -> Actor | None:
    """Whom "it" means in what an envoy says: his power. "The Minister said that it would not"."""
    low, teller = reading.s.lows[subject[0]], outer.actor
    if low not in word_set("acts_actors", "thing") or subject[1] - subject[0] > 1:
        return None
    if teller is None or not teller.power or outer.predicate.then != "keep":
        return None
    return Actor(teller.power, "power", 0.75, teller.power)


def _named_after(reading: Reading, subject: Span, scene: Scene) -> Actor | None:
    """Who is named behind his office: "the People’s Commissar, Jan Kell, said"."""
    tags, first = reading.tags, subject[1] + 1
    if tags[subject[1] : first] != ",":
        return None
    end = tags.find(",", first)
    if end < 0 or not 0 < end - first < 5 or set(tags[first:end]) != {"N"}:
        return None
    found = resolve(reading.s, first, end, scene)
    return found._replace(sure=0.85) if found is not None and found.sort == "person" else None


def _is_town(reading: Reading, span: Span) -> bool:
    """Whether a phrase is the name of a capital and nothing more."""
    return span[1] - span[0] == 1 and reading.s.words[span[0]] in seats()


def _asked(reading: Reading, row: Row, scene: Scene, outer: Row) -> None:
    """Of an infinitive after "ask": the one who is asked."""
    if outer.predicate.kind == "order":
        row.actor = scene.hearer
        return
    if outer.predicate.object is not None and outer.predicate.kind != "order":
        row.actor = resolve(reading.s, *outer.predicate.object, scene)
    row.actor = row.actor or outer.addressee
    if row.actor is None and outer.predicate.kind == "noun":
        row.actor = _receiver(reading, outer, scene)
    if row.actor is None and outer.predicate.object is not None and outer.actor is not None:
        row.actor = body_of(reading.s, *outer.predicate.object)  # "asks the local authorities to"
    same = row.actor is not None and outer.actor is not None and row.actor.name == outer.actor.name
    if same and not _own_agent(reading, outer.predicate.object):
        row.actor = None
    row.sure *= 0.88


def _receiver(reading: Reading, outer: Row, scene: Scene) -> Actor | None:
    """Who has what a noun says: "he had received instructions to protest"."""
    lexicon = reading.lexicon
    for k in range(outer.predicate.at - 1, max(-1, outer.predicate.at - 8), -1):
        if reading.tags[k] in "Vseg":
            if lexicon.lemmas.get(reading.s.lows[k], "") not in lexicon.received:
                return None
            subject, _ = reading.subject_of(reading.group(k))
            return resolve(reading.s, *subject, scene) if subject is not None else None
    return None


def _own_agent(reading: Reading, span: Span | None) -> bool:
    """Whether a power asks one of its own: "instructed its Minister to accept"."""
    if span is None:
        return False
    words = reading.words_in(span)
    officers = word_set("acts_actors", "government") | word_set("acts_actors", "forces")
    return not words.isdisjoint(officers) and words.isdisjoint(word_set(_WORDS, "whole"))


def _subjectless(reading: Reading, row: Row, scene: Scene, group: Group) -> None:
    """Telegrams leave the subject out: it is the writer, where the verb opens its clause."""
    tags = reading.tags
    first = group.head + 1 if group.form == "i" else group.first
    opens = first <= 0 or tags[first - 1] in '.;:-"('
    if not opens:
        before = tags[:first]
        opens = not (set(before) - set("A,#C.T")) or row.predicate.shared == "open"
    if not opens and tags[first - 1] in ",C":
        j = first - 1
        while j >= 0 and tags[j] not in '.;:pR-"':
            j -= 1
        opens = j < 0 or tags[j] in '.;:-"'
        row.sure *= 0.85
    if not opens:
        return
    if tags[group.verb] == "s" or tags[group.first : group.first + 1] == "s":
        return
    bare = tags[group.verb] == "V" and not group.modal and group.form == "f"
    if bare and not scene.below:
        if row.act == "accept":
            return
        row.sure *= 0.8  # it may be an order as well
    opining = row.predicate.word in word_set(_WORDS, "opining")
    if bare and row.act not in word_set(_WORDS, "own") and not opining:
        return  # an imperative: the order around it is the act
    row.actor = scene.speaker
    row.sure *= 0.9


def _participle(reading: Reading, row: Row, scene: Scene, group: Group) -> None:
    """ "your note asking …": who wrote the paper; else the subject of the sentence."""
    tags = reading.tags
    if _of_paper(reading, row, scene, group):
        return
    end = len(tags[: group.first].rstrip("A"))
    if tags[end - 1 : end] in ("w", "N", "'", "#"):
        # "the Minister asking": a noun just before is the subject where it can act.
        phrase = reading.phrase_before(end)
        if phrase is not None:
            row.actor = resolve(reading.s, *phrase, scene)
            row.sure *= 0.75
        if row.actor is not None or phrase is None or "N" in tags[slice(*phrase)]:
            return
    if not group.first and "h" not in tags[: group.verb] and not _main_verb(tags):
        row.actor, row.sure = scene.speaker, row.sure * 0.9  # "Thanking you for your note,"
        return
    for k in range(group.first):
        if tags[k] in "Vse":
            subject, _ = reading.subject_of(reading.group(k))
            if subject is not None:
                row.actor = resolve(reading.s, *subject, scene)
                row.sure *= 0.75
                return
    for k in range(group.verb + 1, reading.size):
        if tags[k] == ",":
            phrase = reading.phrase_after(k + 1)
            if phrase is not None:
                row.actor = resolve(reading.s, *phrase, scene)
                row.sure *= 0.7
            return


def _main_verb(tags: str) -> bool:
    """Whether a sentence has a verb of its own and not only a participle."""
    return bool(set(tags) & set("VsXmhd"))


def _of_paper(reading: Reading, row: Row, scene: Scene, group: Group) -> bool:
    tags, lows = reading.tags, reading.s.lows
    papers = word_set("acts_actors", "paper")
    j = group.first - 1
    limit = max(-1, j - 45)
    while j > limit:
        if tags[j] in ".;:VsXm" or (tags[j] == "e" and tags[j - 1 : j] in ("p", "h", "X")):
            return False
        numbered = lows[j] in ("no", "nos") and tags[j + 1 : j + 2] == "#"
        if lows[j] in papers or numbered:
            k = j
            while k > 0 and tags[k] in "wNe#":
                k -= 1
            if lows[k] in word_set(_WORDS, "possessives"):
                row.actor = resolve(reading.s, k, k + 1, scene)
            elif tags[k] == "'" and (phrase := reading.phrase_before(k)):
                row.actor = resolve(reading.s, *phrase, scene)
            elif tags[j + 1 : j + 2] == "O" or lows[j + 1 : j + 2] in (["from"], ["by"]):
                after = reading.phrase_after(j + 2)
                row.actor = resolve(reading.s, *after, scene) if after else None
            elif tags[j + 1 : j + 2] == "R" or tags[j + 1 : j + 3] == ",R":
                _of_sent_paper(reading, row, scene, j + 1)
            elif tags[j + 1 : j + 2] == "e" and lows[j + 2 : j + 3] == ["by"]:
                after = reading.phrase_after(j + 3)  # "a letter addressed by myself, asking"
                row.actor = resolve(reading.s, *after, scene) if after else None
            elif lows[k] in ("a", "an"):
                _of_new_paper(reading, row, scene, k)
            row.sure *= 0.88
            return True
        j -= 1
    return False


def _of_sent_paper(reading: Reading, row: Row, scene: Scene, at: int) -> None:
    """ "the telegram which I sent you, asking …": who sent it."""
    for k in range(at + 1, min(at + 7, reading.size)):
        if reading.tags[k] in "Vse":
            subject, _ = reading.subject_of(reading.group(k))
            sent = subject is not None and reading.tags[subject[0] - 1] in "RA"
            row.actor = resolve(reading.s, *subject, scene) if subject and sent else None
            return


def _of_new_paper(reading: Reading, row: Row, scene: Scene, at: int) -> None:
    """ "I left a note asking …": who sends it; of one received, him from whom it comes."""
    tags, lows = reading.tags, reading.s.lows
    for k in range(at - 1, max(-1, at - 14), -1):
        if tags[k] in ".;:":
            return
        if tags[k] not in "Vse":
            continue
        if reading.lexicon.lemmas.get(lows[k]) in reading.lexicon.received:
            sources = [j for j in range(k + 1, at) if lows[j] == "from"]
            phrase = reading.phrase_after(sources[0] + 1) if sources else None
        else:
            phrase, _ = reading.subject_of(reading.group(k))
        row.actor = resolve(reading.s, *phrase, scene) if phrase is not None else None
        return


def set_addressee(reading: Reading, row: Row, scene: Scene) -> None:
    """Find toward whom it is done: object, "to …", else the other side of the paper."""
    predicate, actor = row.predicate, row.actor
    if row.addressee is not None or actor is None:
        return
    s, tags, lows = reading.s, reading.tags, reading.s.lows

    def other(start: int, end: int) -> Actor | None:
        found = resolve(s, start, end, scene)
        return found if found is not None and found.name != actor.name else None

    if reading.lexicon.elided and lows[max(0, predicate.at - 1)] in word_set(
        "acts_actors", "second"
    ):
        row.addressee = scene.hearer  # "je vous prie de dire à Lord Kell"
    elif predicate.object is not None:
        first, last = predicate.object
        of = tags.find("O", first, last)
        if of > first and predicate.word in word_set(_WORDS, "of_matter"):
            last = of  # "informs Norland of a telegram"
        row.addressee = other(first, last)
    if row.addressee is None:
        start = predicate.at + 1 if predicate.group else predicate.noun[1] if predicate.noun else 0
        stop = min(predicate.stop, start + 14)
        if predicate.complement.endswith(("that", "to", "if", "quote", "ing")):
            stop = min(stop, predicate.content - 1)
        toward = word_set(_WORDS, "toward")
        for j in range(start, stop):
            if tags[j] == "T" or lows[j] in toward:
                phrase = reading.phrase_after(j + 1)
                row.addressee = other(*phrase) if phrase is not None else None
                if row.addressee is not None:
                    break
    start = predicate.content if predicate.object is None else predicate.object[0]
    private = word_set("acts_actors", "private")
    if not private.isdisjoint(lows[start : min(start + 5, predicate.stop)]):
        return  # "appeals to the workers of the Allies": to none of the two
    if row.addressee is None:
        if actor.own == "speaker" or (actor.power and actor.power == scene.speaker_power):
            row.addressee = scene.hearer
        elif actor.own == "hearer" and row.modality == "requested":
            row.addressee = Actor(scene.host, "power", 0.7, scene.host) if scene.host else None
        elif actor.own == "hearer":
            row.addressee = scene.speaker
    if row.addressee is not None and row.addressee.name == actor.name:
        row.addressee = None
