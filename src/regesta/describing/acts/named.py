"""Who is named: a title with a name, a power, a capital, or a party of the paper.

Words of a phrase come in, an actor goes out, or None where they name nobody who acts.
"""

import re
from collections.abc import Sequence

from regesta.describing.acts.actor import Actor, Scene
from regesta.describing.acts.naming import adjectives, called, powers_of
from regesta.describing.acts.seats import seat_of
from regesta.describing.acts.tags import Sentence
from regesta.describing.places.gazetteer import is_post
from regesta.describing.powers.states import speaks_for
from regesta.describing.powers.words import power_of
from regesta.describing.words import vocabulary, word_set
from regesta.documents import Party

_WORDS = "acts_actors"
_IN = re.compile(r"\b(?:in|to|at|en|à|aux?|in der|im)\s+(?:the\s+)?([A-ZÀ-Þ][\w’' -]+)")


def person(sentence: Sentence, start: int, end: int, scene: Scene) -> Actor | None:
    """A title with a name, or a name alone."""
    words, lows, tags = sentence.words, sentence.lows, sentence.tags
    titles, nobody = word_set(_WORDS, "title"), word_set(_WORDS, "nobody")
    known = adjectives()
    last = end - 1
    while last >= start and lows[last] in word_set(_WORDS, "after_name"):
        last -= 1
    if last < start or tags[last] != "N":
        return None
    name = lows[last]
    if (
        name in nobody
        or name in known
        or name in titles
        or (words[last].isupper() and len(name) > 9)
    ):
        return None
    if (
        name in word_set(_WORDS, "government")
        or name in word_set(_WORDS, "body")
        or name in word_set(_WORDS, "forces")
        or name in word_set(_WORDS, "paper")
    ):
        return None
    before = [lows[j].rstrip(".") for j in range(start, last)]
    titled = any(word in titles for word in before)
    if titled:
        power = next((p for _, p in powers_of(words[start:last], scene.year)), "")
        ranked = bool(power) or any(word not in word_set(_WORDS, "courtesy") for word in before)
        found = Actor(_surname(words, start, last), "person", 0.93 if ranked else 0.79, power)
        for word in before if ranked else ():
            if word in titles and word not in word_set(_WORDS, "courtesy"):
                scene.titled[word] = found
        return found
    if any(tags[j] == "D" for j in range(start, last)):
        return None
    if last == start or all(tags[j] == "N" for j in range(start, last)):
        if speaks_for(words[last], scene.year) or _plural_of_power(name):
            return None
        alone = last == start and not _is_party(words[last], scene)
        if alone and is_post(words[last]):
            return _seat(words[last], scene)
        if alone and not start and _is_common(name):
            return None  # "Negotiations": a capital only because it opens its sentence
        if scene.capitals and not _is_party(words[last], scene):
            return None
        # A party of the paper is known; any other capital may be anything.
        return Actor(words[last], "person", 0.9 if _is_of_paper(words[last], scene) else 0.6)
    return None


def _is_common(low: str) -> bool:
    """Whether a word that opens a sentence is likely no name."""
    return low.endswith(tuple(vocabulary(_WORDS)["common_endings"]))


def _plural_of_power(low: str) -> bool:
    """Whether a word is a people: "the Germans"."""
    return low.endswith("ns") and low[:-1] in adjectives()


def _is_party(name: str, scene: Scene) -> bool:
    """Whether a name is that of somebody who speaks or is spoken of here."""
    known = (scene.speaker, scene.hearer, *scene.recent)
    return any(actor is not None and actor.name == name for actor in known)


def _is_of_paper(name: str, scene: Scene) -> bool:
    """Whether a name is the sender's or recipient's."""
    return any(a is not None and a.name == name for a in (scene.speaker, scene.hearer))


def of_capital(words: list[str], noun: int, cut: int, scene: Scene) -> Actor | None:
    """The government by its capital: "the Vienna Cabinet", "the Cabinet of Vienna"."""
    for word in (*words[: min(noun, cut) - 1], " ".join(words[noun + 1 :])):
        if power := seat_of(word, scene.year):
            name = called(power, scene.year)
            return Actor(name, "power", 0.85, name)
    return None


def _seat(town: str, scene: Scene) -> Actor | None:
    """The government that sits in a capital ("Washington refuses"); other towns do nothing."""
    power = seat_of(town, scene.year)
    if not power:
        return None
    name = called(power, scene.year)
    return Actor(name, "power", 0.8, name)


def _surname(words: list[str], start: int, last: int) -> str:
    particles = word_set(_WORDS, "particles")
    j = last
    if any(words[k].lower() in particles for k in range(max(start, 0) + 2, last)):
        while j - 1 > start and words[j - 1].lower().rstrip(".") not in word_set(_WORDS, "title"):
            j -= 1
        return " ".join(words[j : last + 1])
    while j - 1 > start and words[j - 1].lower() in particles:
        j -= 1
    return " ".join(words[j : last + 1])


def of_power(
    lows: list[str], words: list[str], powers: Sequence[tuple[int, str]], cut: int, scene: Scene
) -> Actor | None:
    """Who acts where a phrase names powers: the power, its forces, or a body of it.

    Args:
        lows, words: The phrase, in lower case and as printed.
        powers: Where in it which powers are named.
        cut: Where another phrase is led in.
        scene: Who speaks to whom.
    """
    names = list(dict.fromkeys(name for at, name in powers if at < cut)) or list(
        dict.fromkeys(name for _, name in powers)
    )
    head = lows[cut - 1]
    name = ", ".join(names)
    power = names[0] if len(names) == 1 else ""
    sort = "power" if len(names) == 1 else "several"
    whole_power = (
        powers[0][0] <= 1 and cut - powers[0][0] <= 2 and head not in word_set(_WORDS, "body")
    )
    heads = set(lows[:cut])
    if not heads.isdisjoint(word_set(_WORDS, "forces")):
        return Actor(name, sort, 0.85, power)
    if head in word_set(_WORDS, "body") and head not in word_set(_WORDS, "government"):
        first = 1 if lows[0] in ("the", "a", "an", "these", "those") else 0
        return Actor(" ".join(words[first:cut]), "body", 0.85, power)
    if not heads.isdisjoint(word_set(_WORDS, "government")):
        office = heads.isdisjoint(word_set(_WORDS, "governing"))
        return Actor(name, "office" if office and sort == "power" else sort, 0.92, power)
    if not heads.isdisjoint(word_set(_WORDS, "foreign_heads")):
        return Actor(name, "office" if sort == "power" else sort, 0.85, power)
    if words[cut - 1][:1].isupper() and whole_power:
        return Actor(name, sort, 0.85, power)
    if scene.press and head in word_set(_WORDS, "press"):
        first = 1 if lows[0] in ("the", "a", "an", "these", "those") else 0
        return Actor(" ".join(words[first:cut]), "body", 0.7)
    if scene.press and words[cut - 1][:1].isupper():
        return Actor(name, "person", 0.6, power)  # "Norland’s leader Jan Kell"
    return None


def residence(office: str, year: int) -> str:
    """The power in whose land an office is held: "Ambassador in Russia"."""
    match = _IN.search(office)
    if match is None:
        return ""
    powers = powers_of(match[1].split(), year)
    return powers[0][1] if powers else ""


def _last_name(name: str) -> str:
    """The surname of a party's name, with its particles."""
    words = name.rstrip(" .,").removesuffix("’s").removesuffix("'s").split()
    if len(words) > 1 and words[-1].lower() in word_set(_WORDS, "after_name"):
        return " ".join(words[-2:])  # "Kell Pasha"
    return _surname(words, -1, len(words) - 1) if words else name


def _governed(office: str, year: int) -> str:
    """The power whose government an office is: "Government of the USSR"."""
    words = office.split()
    if word_set(_WORDS, "governing").isdisjoint(office.lower().split()):
        return ""
    powers = powers_of(words, year)
    return powers[0][1] if len(powers) == 1 else ""


def party_actor(party: Party, year: int, *, own: str) -> tuple[Actor | None, str]:
    """A sender or recipient as an actor, and the power it speaks for."""
    power = party.power or power_of(party.office) or _governed(party.office, year)
    power = called(power, year) if power else ""
    if power and power == residence(party.office, year):
        power = ""  # "Minister in the Netherlands" is another's
    if party.name and any(c.isupper() for c in party.name.split()[-1]):
        name = party.name
        spoken = powers_of(name.split(), year)
        if spoken and not party.office:
            return Actor(spoken[0][1], "power", 0.9, spoken[0][1], own), spoken[0][1]
        return Actor(_last_name(name), "person", 0.95, power, own), power
    if power:
        return Actor(power, "power", 0.9, power, own), power
    if party.office:
        return Actor(party.office, "office", 0.6, "", own), ""
    return None, ""
