"""Whom a mention means: "your", "my", "the Department's", "Mr. Kell's" into keys of parties."""

from functools import lru_cache

from regesta.linking.base import Card, Mention
from regesta.linking.parties import is_home, is_mission, named_keys, words_of
from regesta.linking.words import LANGUAGES, vocabulary

#: Keys of sender and recipient; empty where a mention does not say.
Expected = tuple[frozenset[str], frozenset[str]]
NOBODY: frozenset[str] = frozenset()


def expected(mention: Mention) -> Expected:
    """Give the keys of the sender and of the recipient that a mention means.

    Who speaks is told by the paper that the words belong to; in a quotation nobody is known.
    """
    speaker = mention.passage.card
    sender, recipient = _by_owner(mention, speaker)
    if mention.recipient:
        recipient = _named(mention.recipient, speaker)
    return sender, recipient


def _by_owner(mention: Mention, speaker: Card) -> Expected:
    owner = mention.owner
    if owner == "you":
        return speaker.recipients, speaker.senders
    if owner == "me":
        return speaker.senders, speaker.recipients
    if owner == "named":
        return named_keys(mention.sender), NOBODY
    if owner in ("home", "mission"):
        return _by_office(mention, speaker)
    return NOBODY, NOBODY


def _by_office(mention: Mention, speaker: Card) -> Expected:
    """The speaker or the one spoken to, whichever is of that office, wrote to the other."""
    if mention.owner == "mission" and (named := _place_of(mention.sender)):
        home = [keys for keys in (speaker.senders, speaker.recipients) if is_home(keys)]
        return named, home[0] if home else NOBODY
    test = is_home if mention.owner == "home" else is_mission
    first, second = test(speaker.senders), test(speaker.recipients)
    if first and not second:
        return speaker.senders, speaker.recipients
    if second and not first:
        return speaker.recipients, speaker.senders
    return NOBODY, NOBODY


@lru_cache(maxsize=4096)
def _place_of(printed: str) -> frozenset[str]:
    """The words of "the Tarn Consulate" that say which; offices themselves say nothing."""
    return words_of(printed) - _office_words()


@lru_cache(maxsize=1)
def _office_words() -> frozenset[str]:
    table = vocabulary("reference_words")
    words = [
        w for language in LANGUAGES for key in ("home", "mission") for w in table[language][key]
    ]
    return frozenset(word for phrase in words for word in words_of(phrase))


def _named(printed: str, speaker: Card) -> frozenset[str]:
    if printed == "you":
        return speaker.recipients
    if printed == "me":
        return speaker.senders
    return named_keys(printed)
