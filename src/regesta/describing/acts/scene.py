"""The scenes of a document: who speaks to whom in its body, in each enclosure, in a quotation.

What comes in is a described document; what goes out are stretches of its text with their scenes.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from regesta.describing.acts.actor import Actor, Scene
from regesta.describing.acts.named import party_actor, residence
from regesta.describing.acts.naming import called, powers_of
from regesta.describing.acts.seats import has_ruler, seat_of, towns
from regesta.describing.base import Context
from regesta.describing.frame.document import frame_of
from regesta.describing.parties.document import describe_parties
from regesta.describing.powers.words import power_of
from regesta.describing.words import pattern, vocabulary, word_set
from regesta.documents import Document, Enclosure, Party

_WORDS = "acts_scenes"
_SALUTATION = re.compile(
    r"^(?:My )?(?:(?:Sir|Lord|Dear|Excellency|Gentlemen)\b|Mr\. (?:Minister|Secretary|Chargé|Amb))",
    re.M,
)
#: A line of a letterhead has at most so many letters.
LETTERHEAD = 110
_PARTS = re.compile(r"[,\n]+")
#: What stands behind a name in a heading and may be a town.
_POST = re.compile(r"[(,] ?([^(),\n]+)")
_GOVERNED = re.compile(
    r"([A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?) "
    r"(?:[Gg]overnment|[Mm]inister|[Cc]abinet|[Aa]uthorities|[Ff]oreign [Oo]ffice|[Ll]egation)"
)


class Stretch(NamedTuple):
    """Some text that one voice speaks, ``[start, end)``."""

    start: int
    end: int
    scene: Scene


@lru_cache(maxsize=256)
def home_of(title: str) -> str:
    """The power whose papers a collection prints, by its title, or ""."""
    for words, power in vocabulary(_WORDS)["collections"].items():
        if words in title.lower():
            return str(power)
    return ""


def scenes(document: Document, context: Context) -> Iterator[Stretch]:
    """The stretches of a document, in order, with who speaks in them."""
    title = context.collection.title if context.collection else ""
    home = home_of(title) or home_of(document.collection or document.id.partition("/")[0])
    year = int(document.date.earliest[:4]) if document.date and document.date.earliest else 0
    first = min((e.start for e in document.enclosures), default=len(document.text))
    main = make_scene(
        document.senders, document.recipients, document.text[:first], document.heading, home, year
    )
    main.press = bool(document.word("publication")) and not document.senders
    main.public = not document.recipients and _is_public(document)
    start, end = _body(document)
    at = start
    for enclosure in sorted(document.enclosures, key=lambda e: e.start):
        if enclosure.start > at:
            yield Stretch(at, min(end, enclosure.start) if at < end else enclosure.start, main)
        yield Stretch(enclosure.start, enclosure.end, _enclosed(document, enclosure, home, year))
        at = max(at, enclosure.end)
    if at < end:
        yield Stretch(at, end, main)


def _is_public(document: Document) -> bool:
    """Whether a paper without recipient speaks to everybody: printed, an interview, unsigned."""
    spoken = any(f.field == "sender" and f.rule == "reported-speaker" for f in document.facts)
    return spoken or bool(document.word("publication")) or not document.senders


def _body(document: Document) -> tuple[int, int]:
    bodies = [layer for layer in document.layers if layer.kind == "body"]
    if bodies:
        return bodies[0].start, max(layer.end for layer in bodies)
    if not document.layers:
        frame = frame_of(document)
        end = frame.body_end if frame.body_end > frame.body_start + 1 else len(document.text)
        # A lone paragraph looks like a heading: then it is all there is to read.
        return (frame.body_start, end) if frame.body_start < end - 1 else (0, len(document.text))
    head = [x.end for x in document.layers if x.kind in ("heading", "dateline", "source note")]
    # A closer may ask for something; its courtesies are no acts anyway.
    foot = [x.start for x in document.layers if x.kind == "signature"]
    start = max((e for e in head if e < len(document.text)), default=0)
    end = min((s for s in foot if s > start + 1), default=len(document.text))
    return start, end


def _enclosed(document: Document, enclosure: Enclosure, home: str, year: int) -> Scene:
    senders = [
        f.value for f in enclosure.facts if f.field == "sender" and isinstance(f.value, Party)
    ]
    recipients = [
        f.value for f in enclosure.facts if f.field == "recipient" and isinstance(f.value, Party)
    ]
    text = document.text[enclosure.start : enclosure.end]
    if not senders and not recipients:
        inner = Document(
            id=enclosure.id, collection=document.collection, source=document.source,
            text=text, heading=enclosure.heading,
        )  # fmt: skip
        facts = describe_parties(inner, Context())
        senders = [f.value for f in facts if f.field == "sender" and isinstance(f.value, Party)]
        recipients = [
            f.value for f in facts if f.field == "recipient" and isinstance(f.value, Party)
        ]
    scene = make_scene(senders, recipients, text, enclosure.heading, home, year)
    scene.public = not senders and not recipients
    return scene


def make_scene(
    senders: list[Party], recipients: list[Party], text: str, heading: str, home: str, year: int
) -> Scene:
    """Who speaks to whom, for which powers, of which land."""
    scene = Scene(year=year, home=home)
    senders, recipients = _held(senders), _held(recipients)
    sender = senders[0] if senders else None
    recipient = recipients[0] if recipients else None
    if not scene.home:
        scene.home = _service(sender, _seat(text, year)) or _service(recipient)
    if sender is not None:
        scene.speaker, scene.speaker_power = party_actor(sender, year, own="speaker")
        if len(senders) > 1 and scene.speaker is not None:
            others = [party_actor(p, year, own="speaker")[0] for p in senders]
            people = [a for a in others if a and a.sort == "person"]  # and no "corps in Norland"
            names = list(dict.fromkeys(a.name for a in people or others if a))
            scene.speaker = scene.speaker._replace(name=", ".join(names[:4]))
        if not scene.speaker_power and "secretary of state for" in sender.office.lower():
            scene.speaker_power = _service(sender, _seat(text, year))  # never the one of America
    if recipient is not None:
        scene.hearer, scene.hearer_power = party_actor(recipient, year, own="hearer")
    _sides(scene, sender, recipient, text, heading)
    scene.you = " you " in text or " your " in text
    return scene


def _held(parties: list[Party]) -> list[Party]:
    """An office and the name behind it are one party: "the Ambassador in Norland, Count Kell"."""
    if len(parties) == 2 and not parties[0].name and not parties[1].office and parties[1].name:
        one, other = parties
        return [Party(other.name, one.office, one.power, other.person)]
    return [_parted(party) for party in parties]


def _parted(party: Party) -> Party:
    """An office that a name is joined to by a comma, before it or behind it."""
    one, _, other = party.office.partition(", ")
    if party.name or not other:
        return party
    if _is_office(one) and not _is_office(other) and other[:1].isupper():
        return Party(other, one, party.power, party.person)
    if _is_office(other) and not _is_office(one) and one[:1].isupper():
        return Party(one, other, party.power, party.person)
    return party


def _is_office(words: str) -> bool:
    """Whether words call an envoy or a home office."""
    envoy = not word_set(_WORDS, "envoys").isdisjoint(words.lower().split())
    return envoy or _names_home(words)


def _from_abroad(envoy: Party | None, other: Party | None, year: int) -> bool:
    """Whether a party is another power's envoy to him to whom he writes: "the French Minister"."""
    if envoy is None or other is None or not envoy.power or other.power == envoy.power:
        return False
    words = envoy.office.lower().split()
    named = not word_set(_WORDS, "envoys").isdisjoint(words) and not _residence(envoy, year)
    return named and _is_home(other) and (not other.power or other.power != envoy.power)


def _seat(text: str, year: int) -> str:
    """The power whose capital the dateline of a paper names, or ""."""
    return _dated_from(text[:900], Scene(year=year))


def _service(party: Party | None, seat: str = "") -> str:
    """The power whose home office a party is; one that several have, of the ``seat`` it writes at.

    "The Secretary of State" at London is no American.
    """
    if party is None or not _is_home(party):
        return ""
    if power := party.power or power_of(party.office):
        return called(power, 0)
    offices = f"{party.office} {party.name}".lower().replace("'", "’")
    services = vocabulary(_WORDS)["services"].items()
    found = next((str(power) for words, power in services if words in offices), "")
    return seat if found and seat and "secretary of state" in offices else found


def _is_consul(party: Party | None) -> bool:
    return party is not None and "consul" in party.office.lower()


def _is_home(party: Party | None) -> bool:
    if party is None:
        return False
    return _names_home(f"{party.office} {party.name}")


@lru_cache(maxsize=4096)
def _names_home(party: str) -> bool:
    words = party.lower().replace("'", "’")
    return any(w in words for w in vocabulary(_WORDS)["home_offices"])


def _departments(scene: Scene, sender: Party | None, recipient: Party | None) -> None:
    """Departments of one power that face one another keep their names."""
    named = vocabulary(_WORDS)["departments"]
    offices = [_office_of(party) for party in (sender, recipient)]
    if offices[0] == offices[1] or not all(office in named for office in offices):
        return
    if sender is not None and not sender.name:
        scene.speaker = Actor(named[offices[0]], "office", 0.9, scene.speaker_power, "speaker")
    if recipient is not None and not recipient.name:
        scene.hearer = Actor(named[offices[1]], "office", 0.9, scene.hearer_power, "hearer")
    scene.superior = scene.below = False  # neither orders the other about


def _office_of(party: Party | None) -> str:
    """An office without its article, and whoever only acts for its holder."""
    return party.office.removeprefix("the ").removeprefix("Acting ") if party is not None else ""


def _residence(party: Party | None, year: int) -> str:
    """The land where an envoy is: of his office ("in Russia"), or of its capital ("in London")."""
    if party is None or not party.office:
        return ""
    land = residence(party.office, year)
    if land:
        return land
    for match in towns().finditer(party.office):
        if party.office[: match.start()].rsplit(" ", 2)[-2:-1] in (["in"], ["at"], ["à"]):
            return called(seat_of(match[0], year), year)
    return ""


def _by_titles(scene: Scene, heading: str) -> None:
    """A title before a name in the heading tells whose man he is ("Earl Kell" is British)."""
    for actor, own in ((scene.speaker, "speaker"), (scene.hearer, "hearer")):
        if actor is None or actor.sort != "person" or getattr(scene, f"{own}_power"):
            continue
        before = heading[: heading.find(actor.name)].split()[-2:] if actor.name in heading else []
        titles = [word.lower().rstrip(".") for word in before]
        british = vocabulary(_WORDS)["british_titles"]
        foreign = vocabulary(_WORDS)["foreign_titles"]
        title = next((t for t in reversed(titles) if t in british or t in foreign), "")
        if title in british:
            setattr(scene, f"{own}_power", "Great Britain")
        elif scene.home == "United States" and title in foreign:
            scene.foreign = own


def _land_of(house: str, scene: Scene) -> str:
    """The land that a dateline names: "Legation in Norland", "Borgstad, Norland"."""
    head = house[: found.start()] if (found := _SALUTATION.search(house)) else house[:300]
    for part in _PARTS.split(head):
        words = part.split()
        if "in" in words:
            words = words[words.index("in") + 1 :]
        elif len(words) > 2:
            continue
        for _, name in powers_of(words, scene.year):
            if name not in (scene.home, scene.speaker_power):
                return name
    return ""


def _spoken_of(text: str, scene: Scene) -> str:
    """The one power of whose government a paper speaks, far more than of any other."""
    found: Counter[str] = Counter()
    for match in _GOVERNED.finditer(text, 0, 6000):
        for _, name in powers_of(match[1].split(), scene.year):
            found[name] += name != scene.home
    (best, often), (_, next_) = (*found.most_common(2), ("", 0), ("", 0))[:2]
    return best if often > 2 * next_ else ""


def _dated_from(house: str, scene: Scene) -> str:
    """The land whose capital stands in the dateline of an envoy."""
    for match in towns().finditer(house, 0, _dateline_end(house)):
        if power := seat_of(match[0], scene.year):
            name = called(power, scene.year)
            return name if name != scene.speaker_power else ""
    return ""


def _dateline_end(house: str) -> int:
    """Where the opening lines end: before "Sir", else after some lines of a telegram."""
    found = _SALUTATION.search(house)
    return found.start() if found else min(len(_letterhead(house)), 400)


def _letterhead(house: str) -> str:
    """The short lines that a paper opens with: its house and date, nothing of what it says."""
    end = 0
    for line in house.split("\n"):
        if end and len(line) > LETTERHEAD:  # the first is a heading, which may be long
            break
        end += len(line) + 1
    return house[:end]


def _by_dateline(scene: Scene, house: str) -> None:
    """Of two powers one is ours; the other is that whose capital the dateline names.

    From our house there the letter goes to its government; without one it comes from it.
    """
    home, land = scene.home, _dated_from(house, scene)
    if not home or not land or land == home:
        return
    if scene.speaker_power == home and not scene.hearer_power:
        scene.hearer_power = land
    elif not scene.speaker_power and scene.hearer_power in ("", home):
        scene.speaker_power, scene.hearer_power = land, home


def _sides(
    scene: Scene, sender: Party | None, recipient: Party | None, text: str, heading: str
) -> None:
    """Say for which powers the two speak, whose land it is, and who orders whom."""
    home = scene.home
    # An office of another power is not the house that these papers are of.
    sender_home = _is_home(sender) and (not home or scene.speaker_power in ("", home))
    recipient_home = _is_home(recipient) and (not home or scene.hearer_power in ("", home))
    _by_offices(scene, sender, recipient, sender_home=sender_home, recipient_home=recipient_home)
    _by_titles(scene, heading)
    if scene.hearer_power and home and scene.hearer_power != home and not scene.speaker_power:
        scene.speaker_power = home  # of two in our papers, one is ours
    elif scene.speaker_power and home and scene.speaker_power != home and not scene.hearer_power:
        scene.hearer_power = home
    house, opening = text[:900], text[:6000]
    _by_house(scene, recipient, house)
    if scene.speaker_power == home != "" and not scene.hearer_power:
        # An envoy who speaks of "the Department" writes to it.
        abroad = bool(_dated_from(house, scene)) and not sender_home
        if abroad and pattern(_WORDS, "own_department", r"\b(?:{})").search(opening):
            scene.hearer_power = home
    if scene.speaker_power and scene.hearer_power:
        scene.within = scene.speaker_power == scene.hearer_power
    elif sender is not None and recipient is not None:
        foreign = _is_foreign(scene, sender, recipient, text, sender_home=sender_home)
        scene.within = not foreign
        if foreign:
            _by_dateline(scene, house)
    if scene.within and home:
        _at_home(scene, text, heading)
    elif scene.within:
        _of_one_service(scene, heading, house, leads=_is_home(sender) and not _is_home(recipient))
    _as_powers(scene, sender, recipient)
    _departments(scene, sender, recipient)


def _by_offices(
    scene: Scene,
    sender: Party | None,
    recipient: Party | None,
    *,
    sender_home: bool,
    recipient_home: bool,
) -> None:
    """What the offices of the two say: who is at home, who is an envoy and where."""
    home = scene.home
    sender_in = _residence(sender, scene.year)
    recipient_in = _residence(recipient, scene.year)
    if sender_home and home:
        scene.speaker_power = scene.speaker_power or home
        scene.superior = True
    scene.below = recipient_home and not sender_home
    if sender_in and _is_consul(recipient) and not _is_consul(sender):
        scene.superior = True  # an envoy writes to a consul
    if recipient_home and home:
        scene.hearer_power = scene.hearer_power or home
    if sender and not scene.speaker_power and sender_in and home:
        scene.speaker_power = home
    if recipient and not scene.hearer_power and recipient_in and home:
        scene.hearer_power = home
    if sender_in and scene.speaker_power and sender_in != scene.speaker_power:
        scene.host = sender_in
    there = recipient_in and scene.hearer_power and recipient_in != scene.hearer_power
    if there and not scene.host:
        scene.host = recipient_in


def _by_house(scene: Scene, recipient: Party | None, house: str) -> None:
    """What the letterhead says: "Foreign Office", "Imperial Russian Legation"."""
    home = scene.home
    found = pattern(_WORDS, "house", r"{}").search(_letterhead(house))
    if found and pattern(_WORDS, "mission", r"(?i:\b{})").search(found[0]):
        # From a legation orders go to consuls only.
        scene.below = scene.below or not _is_consul(recipient)
    if scene.speaker_power or not found:
        return
    of = called(power_of(found["of"]), scene.year) if found["of"] else home
    of = _named_before(house, found.start(), scene.year) or of
    scene.speaker_power = "" if scene.foreign == "speaker" and of == home else of
    if found[0].lower() == "foreign office":
        # One of any other power names its town.
        unnamed = vocabulary(_WORDS)["foreign_office"]
        scene.speaker_power = _dated_from(house, scene) or unnamed
    elif "department of state" in found[0].lower() and home:
        scene.speaker_power, scene.superior = home, True


def _is_foreign(
    scene: Scene, sender: Party, recipient: Party, text: str, *, sender_home: bool
) -> bool:
    """Whether a paper goes from one power to another, by its words and the two's offices."""
    home, house, opening = scene.home, text[:900], text[:6000]
    if scene.foreign or _from_abroad(sender, recipient, scene.year):
        return True
    if _from_abroad(recipient, sender, scene.year):
        return True
    marked = not sender_home and scene.speaker_power != home
    if marked and pattern(_WORDS, "from_another", r"(?m:{})").search(house) is not None:
        return True
    if pattern(_WORDS, "own_government", r"\b(?:{})").search(opening) is not None:
        ours = bool(home) and scene.speaker_power == home
        if not (ours and _dated_from(house, scene)):  # else our envoy repeats what he said there
            return True
    of_republic = bool(home) and not has_ruler(home, scene.year)
    if of_republic and any(words in opening for words in vocabulary(_WORDS)["between_others"]):
        return True
    return pattern(_WORDS, "between_powers", r"\b(?:{})").search(opening) is not None


def _at_home(scene: Scene, text: str, heading: str) -> None:
    """Of two of one service: whose land is spoken of, and that both are of home."""
    house = text[:900]
    if not scene.host:
        land = _posted(scene, heading)[1]
        scene.host = land if land != scene.speaker_power else ""
    if not scene.host and not scene.superior:
        scene.host = _dated_from(house, scene) or _land_of(house, scene)
    if not scene.host:
        scene.host = _spoken_of(text, scene)
    scene.speaker_power = scene.speaker_power or scene.home
    scene.hearer_power = scene.hearer_power or scene.home


def _of_one_service(scene: Scene, heading: str, house: str, *, leads: bool) -> None:
    """Of two of one service that no collection names: the power of the one is the other's.

    Whose land is spoken of says the town where one of them is, by the heading ("Sir John Kell
    (Madrid) to Mr. Borg") or by the dateline of him who writes to his own house.
    """
    power = scene.speaker_power or scene.hearer_power
    scene.home = scene.speaker_power = scene.hearer_power = power
    scene.superior = scene.superior or leads
    own, land = _posted(scene, heading)
    if land and land != power:
        scene.host = scene.host or land
        scene.superior = scene.superior or own == "hearer"
        scene.below = scene.below or own == "speaker"
    elif power and not scene.host and not scene.superior:
        scene.host = _dated_from(house, scene)


def _posted(scene: Scene, heading: str) -> tuple[str, str]:
    """Which of the two is in a capital that stands behind his name, and whose capital it is."""
    for match in _POST.finditer(heading):
        if power := seat_of(match[1].strip(" ."), scene.year):
            before = heading[: match.start()].rstrip()
            for own, actor in (("hearer", scene.hearer), ("speaker", scene.speaker)):
                if actor is not None and before.endswith(actor.name):
                    return own, called(power, scene.year)
    return "", ""


def _named_before(house: str, at: int, year: int) -> str:
    """The power whose adjective stands before a house: "Imperial Russian Legation"."""
    words = house[house.rfind("\n", 0, at) + 1 : at].split()
    powers = powers_of(words, year)
    return powers[-1][1] if powers else ""


def _as_powers(scene: Scene, sender: Party | None, recipient: Party | None) -> None:
    """An office without a name is its power; of two of one service, only the one at home."""
    home, their = _is_home(sender), _is_home(recipient)
    power = scene.speaker_power
    office = scene.speaker is not None and scene.speaker.sort == "office"
    if office and power and (not scene.within or home or not their):
        scene.speaker = Actor(power, "power", 0.9, power, "speaker")
    power = scene.hearer_power
    office = scene.hearer is not None and scene.hearer.sort == "office"
    if office and power and (not scene.within or their or not home):
        scene.hearer = Actor(power, "power", 0.9, power, "hearer")


def quoted(scene: Scene) -> Scene:
    """The scene of a paragraph in quotation marks: its "I" and "you" are not the paper's.

    In what an envoy sends home, "my Government" is then the one that he is accredited to.
    """
    abroad = scene.within and bool(scene.host) and not scene.superior
    return replace(
        scene, speaker=None, hearer=None, reporter=scene.speaker,
        speaker_power=scene.host if abroad else "", hearer_power=scene.home if abroad else "",
        within=False, superior=False, below=False, known={},
    )  # fmt: skip
