"""Whom a pronoun or possessive means: its word and the scene in, an actor or None out."""

from functools import lru_cache

from regesta.describing.acts.actor import Actor, Scene
from regesta.describing.acts.seats import has_ruler
from regesta.describing.words import vocabulary, word_set

_WORDS = "acts_actors"


@lru_cache(maxsize=1)
def pronouns() -> frozenset[str]:
    """All pronouns and possessives that stand for somebody."""
    names = ("first", "first_plural", "second", "person", "thing", "several")
    return frozenset(word for name in names for word in vocabulary(_WORDS)[name])


def pronoun(low: str, scene: Scene) -> Actor | None:
    """Whom a pronoun or possessive means."""
    if low in word_set(_WORDS, "first"):
        return scene.speaker
    if low in word_set(_WORDS, "first_plural"):
        if scene.within and not scene.superior and scene.speaker is not None:
            return scene.speaker  # an envoy and his mission
        if scene.speaker_power and scene.speaker is not None:
            return Actor(scene.speaker_power, "power", 0.8, scene.speaker_power, "speaker")
        return scene.speaker
    if low in word_set(_WORDS, "second"):
        return scene.hearer
    wanted: tuple[str, ...] = ()
    if low in word_set(_WORDS, "person"):
        wanted = ("person", "office")
    elif low in word_set(_WORDS, "thing"):
        wanted = ("power", "body")
    elif low in word_set(_WORDS, "several"):
        wanted = ("several", "body", "power")
    for sort in (wanted,) if low not in word_set(_WORDS, "several") else ((wanted[0],), wanted):
        for actor in reversed(scene.recent):
            if actor.sort in sort:
                return actor._replace(sure=min(actor.sure, 0.76))
    if scene.speaker_power and low in word_set(_WORDS, "thing") and not scene.within:
        return Actor(scene.speaker_power, "power", 0.8, scene.speaker_power)
    if scene.host and low in word_set(_WORDS, "person") and scene.within and not scene.recent:
        return Actor(scene.host, "office", 0.7, scene.host)
    return None


def possessed(first: str, lows: list[str], scene: Scene) -> Actor | None:
    """ "my Government", "your Minister", "his Government"."""
    if first in word_set(_WORDS, "first") or first in word_set(_WORDS, "first_plural"):
        power, own = scene.speaker_power, "speaker"
    elif first in word_set(_WORDS, "second"):
        power, own = scene.hearer_power, "hearer"
    else:
        if "majesty" in lows or any(low.startswith("majesty") for low in lows):
            return _majesty(first, scene, alone=lows[-1] == "majesty")
        owner = next((a for a in reversed(scene.recent) if a.power), None)
        power, own = (owner.power if owner else scene.host), ""
    if not power:
        return None
    return Actor(power, "power", 0.9 if own else 0.75, power, "")


def _majesty(first: str, scene: Scene, *, alone: bool) -> Actor | None:
    """ "Her Majesty", "his Majesty's Government": of the one side that has such a ruler.

    "His Majesty's Government" is the one that is always called so in its own papers, and in one
    that shows neither side.
    """
    british = str(vocabulary("acts_scenes")["foreign_office"])
    shown = scene.speaker_power or scene.hearer_power or scene.host
    if not alone and shown in ("", british) and scene.speaker_power == shown:
        return Actor(british, "power", 0.9 if shown else 0.75, british)
    sides = [scene.host if scene.within else scene.hearer_power]
    if not alone:
        sides = [scene.speaker_power, scene.hearer_power, scene.host]
    queen = first == "her"
    crowned = {power for power in sides if power and has_ruler(power, scene.year, queen=queen)}
    if len(crowned) != 1:
        return None
    power = crowned.pop()
    sure = 0.9 if power == scene.speaker_power and not alone else 0.75
    return Actor(power, "office" if alone else "power", sure, power)


def this(scene: Scene) -> Actor | None:
    """ "this Government": the host's in an envoy's report, the writer's own in a note."""
    if scene.within and scene.host and not scene.superior:
        return Actor(scene.host, "power", 0.85, scene.host)
    if scene.speaker_power:
        return Actor(scene.speaker_power, "power", 0.9, scene.speaker_power)
    return None
