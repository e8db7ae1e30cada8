"""Who acts where the passive names nobody: by the papers' two sides, by the place, by who is asked.

A row in the passive comes in; its actor is set where one can be told.
"""

from regesta.describing.acts.actor import Actor, Scene
from regesta.describing.acts.actors import powers_in, resolve
from regesta.describing.acts.groups import Group
from regesta.describing.acts.naming import called, powers_of
from regesta.describing.acts.phrases import Span
from regesta.describing.acts.reading import Reading
from regesta.describing.acts.row import Row
from regesta.describing.acts.seats import seat_of
from regesta.describing.words import word_set

_WORDS = "acts_words"


def passive(reading: Reading, row: Row, scene: Scene, group: Group) -> None:
    """ "You are instructed": by the writer. Without "by" nobody else is named."""
    predicate = row.predicate
    if predicate.parties is not None:
        parties = _between(reading, predicate.at + 1) or predicate.parties
        powers = powers_in(reading.s, *parties, scene)
        row.actor = powers if powers is not None and powers.sort == "several" else None
        row.sure *= 0.85
        return
    lows = reading.s.lows[group.first : group.verb]
    present = not {"are", "is", "be"}.isdisjoint(lows)
    unable = group.modal in ("cannot", "must") or (group.modal == "can" and group.negated)
    if row.act == "accept" and (both := _between(reading, predicate.at + 1)) is not None:
        row.actor = powers_in(reading.s, *both, scene)  # "it was agreed between Peru and Chile"
        row.sure *= 0.85
        return
    if row.act == "approve" and scene.superior and (present or "been" in lows):
        row.actor = Actor(scene.speaker_power, "power", 0.8, scene.speaker_power, "speaker")
        return
    yours = predicate.object is not None and reading.s.lows[predicate.object[0]] == "your"
    if row.act == "approve" and scene.superior and not lows and yours:
        # "Your action approved."
        row.actor = Actor(scene.speaker_power, "power", 0.8, scene.speaker_power, "speaker")
        return
    valued = reading.lexicon.lemmas.get(reading.s.lows[predicate.at]) in word_set(_WORDS, "valued")
    if valued and row.act in word_set(_WORDS, "felt") and (present or not lows):
        row.actor, row.sure = scene.speaker, row.sure * 0.8  # "is greatly appreciated"
        return
    if valued and not lows and predicate.object is not None and scene.within:
        row.actor, row.sure = scene.speaker, row.sure * 0.8  # "Instructions requested."
        return
    sent = row.act == "instruct" and predicate.kind == "light" and not group.modal
    if sent and not scene.within and scene.speaker_power and "been" in lows:
        # "Orders have been given that he be released": by the government of him who writes
        row.actor = Actor(scene.speaker_power, "power", 0.75, scene.speaker_power)
        row.sure *= 0.8
        return
    if predicate.kind == "light" and not group.modal and _between_two(reading, row, scene):
        return
    if predicate.object is None:
        return
    if row.act in word_set(_WORDS, "moving") and _is_force(reading, predicate.object):
        # "British troops were landed": nobody else lands them
        row.actor = resolve(reading.s, *predicate.object, scene)
        row.sure *= 0.9
        return
    if reading.s.lows[predicate.object[0]] == "it" and predicate.complement in ("that", "if"):
        now = lows[:1] in (["is"], ["it"]) or "is" in lows or group.modal == "would"
        if now and row.act != "accuse":
            row.actor, row.sure = scene.speaker, row.sure * 0.8
        return
    subject = resolve(reading.s, *predicate.object, scene)
    told = row.act in word_set(_WORDS, "told")
    if sent and scene.superior and scene.within:
        # "An instruction was sent to the consul": by the house that writes
        row.actor = Actor(scene.speaker_power, "power", 0.8, scene.speaker_power, "speaker")
        row.addressee, row.sure = subject, row.sure * 0.8
        return
    if told and subject is not None and subject.own == "hearer" and present:
        row.actor, row.addressee = scene.speaker, subject
        row.sure *= 0.95
    elif row.act == "instruct" and subject is not None:
        _instructed(row, scene, subject)
    elif told and subject is not None and not subject.own and "been" in lows and scene.superior:
        if subject.sort in ("power", "office") and subject.power != scene.speaker_power:
            row.actor, row.addressee, row.sure = scene.speaker, subject, row.sure * 0.75
    elif told and subject is not None and not subject.own and "is" in lows:
        row.actor, row.addressee, row.sure = scene.speaker, subject, row.sure * 0.75
    elif (
        told and (scene.superior or not scene.within) and not {"is", "are", "been"}.isdisjoint(lows)
    ):
        # "The papers have been asked for": by the house that writes
        power = scene.speaker_power
        row.actor = Actor(power, "power", 0.7, power, "speaker") if power else None
        row.sure *= 0.7
    elif row.act in word_set(_WORDS, "placed"):
        _by_place(reading, row, scene)
    elif row.act in word_set(_WORDS, "answered") and (
        present or unable or ("been" in lows and not scene.within)
    ):
        first = reading.s.lows[predicate.object[0]]
        yours = first in word_set("acts_actors", "second")
        if yours or unable or "hereby" in lows:
            row.actor, row.sure = scene.speaker, row.sure * 0.8


def _between_two(reading: Reading, row: Row, scene: Scene) -> bool:
    """Who made what was made to one of the two sides: the other one.

    "A demand was made upon me": by the power where he is; "a protest was lodged with the
    Government" of that power: by him who writes.
    """
    to = _made_to(reading, row, scene)
    if to is None:
        return False
    if row.act == "instruct":
        if not scene.superior:
            _instructed(row, scene, to)
        return row.actor is not None
    theirs = scene.host if scene.within else scene.hearer_power
    to_them = to.power == theirs and not to.own and not scene.superior
    if to.own == "speaker" and theirs:
        row.actor = Actor(theirs, "power", 0.75, theirs)
    elif (theirs and to_them) or (not scene.within and to.own == "hearer"):
        row.actor = scene.speaker
    elif scene.superior and to.power not in ("", scene.speaker_power):
        row.actor = Actor(scene.speaker_power, "power", 0.75, scene.speaker_power)
    if row.actor is None:
        return False
    row.addressee, row.sure = to, row.sure * 0.75
    return True


def _made_to(reading: Reading, row: Row, scene: Scene) -> Actor | None:
    """To whom something was made or given, behind the verb or behind the noun before it."""
    predicate, lows = row.predicate, reading.s.lows
    starts = [predicate.at + 1]
    if predicate.noun is not None and predicate.noun[1] < predicate.at:
        starts.append(predicate.noun[1])
    for start in starts:
        for k in range(start, min(start + 6, reading.size - 1)):
            if reading.tags[k] in ".;:,HRC":
                break
            led = lows[k] in word_set(_WORDS, "made_to")
            at = k + 1 if led else k
            if led or (k == start and reading.tags[k] in "oDN"):
                phrase = reading.phrase_after(at)
                to = resolve(reading.s, *phrase, scene) if phrase is not None else None
                if to is not None:
                    return to
    return None


def _instructed(row: Row, scene: Scene, subject: Actor) -> None:
    """Who instructs where no one is named: the government of him who is instructed."""
    row.addressee = subject
    row.sure *= 0.85
    if subject.own == "speaker":
        if scene.within and not scene.superior:
            power = scene.hearer_power
            row.actor = Actor(power, "power", 0.85, power, "hearer") if power else scene.hearer
        elif scene.speaker_power and not scene.within:
            row.actor = Actor(scene.speaker_power, "power", 0.8, scene.speaker_power)
    elif subject.power and subject.power != scene.speaker_power and subject.sort == "office":
        # "the Swedish Minister has been instructed": by Sweden
        row.actor = Actor(subject.power, "power", 0.85, subject.power)
        row.addressee = None
    elif subject.own != "speaker" and scene.superior and scene.speaker_power:
        row.actor = Actor(scene.speaker_power, "power", 0.9, scene.speaker_power, "speaker")


def _between(reading: Reading, at: int) -> Span | None:
    """The parties named behind: "was signed between Norland and Sudland"."""
    stop = reading.stop_after(at)
    lows = reading.s.lows[at:stop]
    return (at + lows.index("between") + 1, stop) if "between" in lows else None


def _by_place(reading: Reading, row: Row, scene: Scene) -> None:
    """Who takes a measure that no one is named for: the power in whose land it is taken."""
    predicate, tags = row.predicate, reading.tags
    for k in range(predicate.at + 1, min(reading.size - 1, predicate.at + 9)):
        if tags[k] in ".;:VsXHR":
            break
        if reading.s.lows[k] in ("in", "at", "from", "near") and tags[k + 1] in "ND":
            phrase = reading.phrase_after(k + 1)
            words = reading.s.words[slice(*phrase)] if phrase else []
            found = powers_of(words, scene.year)
            power = found[0][1] if found else seat_of(" ".join(words), scene.year)
            if power:
                name = called(power, scene.year)
                row.actor, row.sure = Actor(name, "power", 0.75, name), row.sure * 0.7
                return
    if row.act not in word_set(_WORDS, "taken"):
        return
    if scene.within and scene.host:
        row.actor, row.sure = Actor(scene.host, "power", 0.7, scene.host), row.sure * 0.6


def _is_force(reading: Reading, span: Span) -> bool:
    """Whether a phrase names forces with the power whose they are."""
    named = "N" in reading.tags[slice(*span)]
    return named and not word_set("acts_actors", "forces").isdisjoint(reading.words_in(span))


def besought(row: Row, scene: Scene, outer: Row) -> None:
    """Who is to do what is asked in the passive, "request that he be released": the one asked."""
    if outer.predicate.then != "ask" and row.predicate.asker < 0:
        return
    asked = outer.addressee or (scene.hearer if outer.actor is not None else None)
    if outer.past and scene.within and asked is not None and asked.own == "hearer":
        # "I requested the release": of the power where the envoy is
        asked = Actor(scene.host, "power", 0.7, scene.host) if scene.host else None
    if asked is None or (outer.actor is not None and asked.name == outer.actor.name):
        return
    power = scene.hearer_power if asked.own == "hearer" else asked.power
    if power and not scene.within:
        asked = Actor(power, "power", 0.8, power)
    row.actor, row.sure = asked, row.sure * 0.7
