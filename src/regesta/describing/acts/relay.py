"""Telegrams that one office sends for another: "For Kell from Vane:", "[From the Trade Board.]".

A scene and a line of text come in; the scene in which its writer and reader are named comes out.
"""

import re
from dataclasses import replace
from functools import lru_cache

from regesta.describing.acts.actor import Actor, Scene
from regesta.describing.acts.named import party_actor
from regesta.describing.parties.holders import parse_party
from regesta.describing.places.gazetteer import is_post
from regesta.describing.words import vocabulary, word_set

_WORDS = "acts_scenes"
#: What a line may open with before it says for whom or from whom it is.
_NUMBER = r"[\[(“\"]?(?:(?:No\. )?\d+\. )?[\[(“]?"
_NAME = r"[A-Z][\w’'-]+(?:,? (?:of the |of |and )?[A-Z][\w’'-]+){0,4}"
_PART = re.compile(rf"[\s,]*[\[(]?\b([Ff]or|[Ff]rom) (?:the )?(?:\[|(?={_NAME}))({_NAME})[\])]?")
#: Where a day is named before the colon, it stands within so many characters.
DATED = 40
#: A line that says so is looked at in so many characters.
OPENING = 120


@lru_cache(maxsize=1)
def _lead() -> re.Pattern[str]:
    words = "|".join(vocabulary(_WORDS)["relayed"])
    return re.compile(rf"{_NUMBER}(?:(?:{words}) )?(?=[\[(]?(?:[Ff]or|[Ff]rom) )")


def relayed(scene: Scene, line: str) -> Scene:
    """The scene from a line on, where it names who writes or who is to read.

    Only within one service: "[From the Gazette.]" before a newspaper's words names nobody.
    """
    lead = _lead().match(line) if scene.within else None
    if lead is None:
        return scene
    at = lead.end()
    found: dict[str, str] = {}
    while part := _PART.match(line, at, OPENING):
        found.setdefault(part[1].lower(), part[2])
        at = part.end()
    if not found or line[at : at + 1] not in ("", ":", ".", "]", ")", ",", "\n"):
        return scene
    if line[at : at + 1] == "," and ":" not in line[at : at + DATED]:
        return scene  # "Telegram from the Consul, dated May 3, says"
    writer = _named(found.get("from", ""), scene, "speaker")
    reader = _named(found.get("for", ""), scene, "hearer")
    return replace(scene, speaker=writer or scene.speaker, hearer=reader or scene.hearer, known={})


def _named(name: str, scene: Scene, own: str) -> Actor | None:
    """The one who is named; None for the home office, which the heading names already."""
    low = name.lower()
    if not name or low in word_set("acts_actors", "home"):
        return None
    office = vocabulary(_WORDS)["departments"].get(name)
    if office is not None:
        return Actor(str(office), "office", 0.85, scene.home, own)
    if not word_set("acts_actors", "body").isdisjoint(low.split()):
        return Actor(name, "body", 0.85, scene.home, own)
    if is_post(name):
        return None  # "From Borgstad": whoever writes there
    party = parse_party(name)
    if party is None or not party.name:
        return None
    actor, power = party_actor(party, scene.year, own=own)
    return actor._replace(power=power or scene.home) if actor is not None else None
