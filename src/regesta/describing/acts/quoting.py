"""Words quoted within a paragraph: a sentence and its scene in, who speaks in the quotation out.

"The Minister replied: “My Government cannot accept it.”": there "my" is the Minister's. What is
quoted over several paragraphs is another matter (:mod:`regesta.describing.acts.relay`).
"""

from dataclasses import replace
from typing import NamedTuple

from regesta.describing.acts.actor import Actor, Scene
from regesta.describing.acts.actors import resolve
from regesta.describing.acts.phrases import Span
from regesta.describing.acts.reading import Reading
from regesta.describing.words import word_set

_WORDS = "acts_words"
#: A quotation of fewer words is a term or a title, and nobody's speech.
FEWEST = 4
#: Whoever is quoted is named within so many words before the quotation.
NEAR = 22


class Speech(NamedTuple):
    """What is quoted: its tokens ``[start, end)``, and the scene of him who speaks."""

    start: int
    end: int
    scene: Scene


def speech_of(reading: Reading, scene: Scene) -> Speech | None:
    """The speech that a sentence quotes, or to which it leads; None where nobody is named."""
    span = _quotation(reading)
    if span is None and reading.tags.rstrip("-")[-1:] == ":":
        span = (reading.size, reading.size)
    other = _quoted_by(reading, span[0], scene) if span is not None else None
    return Speech(*span, other) if span is not None and other is not None else None


def _quotation(reading: Reading) -> Span | None:
    """The tokens of a speech that the sentence quotes: from its first word to its last.

    It opens after a colon, a comma or the verb of saying; it may go on beyond the sentence.
    """
    tags, words = reading.tags, reading.s.words
    start = next((k for k, word in enumerate(words) if word == "“"), -1)
    if start < 1 or not (tags[start - 1] in ":," or _says(reading, start - 1)):
        return None
    end = next((k for k in range(start + 1, len(words)) if words[k] == "”"), len(words))
    return (start + 1, end) if end - start > FEWEST else None


def _says(reading: Reading, at: int) -> bool:
    low, tags = reading.s.lows[at], reading.tags
    shown = tags[at] in "Vseg" or (low.endswith("s") and tags[at + 1 : at + 2] in (":", "P"))
    return shown and reading.lexicon.lemmas.get(low, "") in word_set(_WORDS, "quoting")


def _quoted_by(reading: Reading, start: int, scene: Scene) -> Scene | None:
    """The scene of a quotation that begins at a token; None where who speaks is not named."""
    subject = _speaker(reading, start)
    if subject is None:
        return None
    actor = resolve(reading.s, *subject, scene)
    if actor is None:
        return None
    if actor.own == "speaker":
        return scene
    return _scene_of(actor, scene)


def _scene_of(actor: Actor, scene: Scene) -> Scene:
    """The scene in which another than the writer of a paper speaks, to whom is not known."""
    power = actor.power
    ours = bool(power) and power == scene.home
    return replace(
        scene, speaker=actor._replace(own="speaker"), hearer=None, reporter=scene.speaker,
        speaker_power=power, hearer_power=scene.home if ours else "",
        within=ours and scene.within, superior=False, below=ours, public=False,
        host=scene.host if ours else "", recent=[], known={},
    )  # fmt: skip


def _speaker(reading: Reading, start: int) -> Span | None:
    """The subject of the nearest verb of saying, or whose note it is that "reads"."""
    tags, lows = reading.tags, reading.s.lows
    for k in range(start - 2, max(-1, start - NEAR), -1):
        if tags[k] in ".;":
            return None
        if _says(reading, k):
            group = reading.group(k)
            if group.passive or (group.form == "e" and _behind(reading, k)):
                return None
            subject, _ = reading.subject_of(group)
            if subject is None and tags[k] == "w":
                subject = reading.phrase_before(k)
            if subject is not None:
                return _owner(reading, subject)
        if lows[k] == "from" and not word_set("acts_actors", "paper").isdisjoint(lows[:k]):
            return reading.phrase_after(k + 1)
    return None


def _behind(reading: Reading, at: int) -> bool:
    """Whether a participle only says which: "the note addressed to him"."""
    return reading.tags[at - 1 : at] == "w" and reading.s.lows[at - 1] in word_set(
        "acts_actors", "paper"
    )


def _owner(reading: Reading, subject: Span) -> Span | None:
    """Of "the Swedish note", "the note of Norland" he whose it is; else the subject itself."""
    lows, tags = reading.s.lows, reading.tags
    start, end = subject
    of = tags.find("O", start, end)
    head = (of if of > start else end) - 1
    if lows[head] not in word_set("acts_actors", "paper"):
        return subject
    if of > start:
        return of + 1, end
    return (start, head) if head - start > 1 or tags[start] in "DN" else None
