"""What one document says of others, before any other is known: to be kept, and resolved later.

Finding reads every text and is done once a document; resolving needs the whole edition and is done
at every build. Between them stands this value, small enough to be kept.
"""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from regesta.documents import Document
from regesta.documents.base import Value
from regesta.linking.base import Card, Mention
from regesta.linking.cards import anchors_of, card_of, enclosure_cards
from regesta.linking.counterparts.traits import Traits, traits_of, trim
from regesta.linking.references.references import find_mentions

_NOBODY = Card(id="", collection="")


class FoundMention(Value, frozen=True):
    """A mention without its speaker, and the place of the speaker among the speakers."""

    mention: Mention
    speaker: int = 0


class Found(Value, frozen=True):
    """A document as linking needs it.

    Attributes:
        card: The document's card.
        parts: Cards of the papers that it encloses.
        anchors: Ids in its source by which others point into it.
        speakers: Cards of those who speak in its mentions.
        mentions: What it says of others.
        traits: What it speaks of, by which counterparts are found.
    """

    card: Card
    parts: tuple[Card, ...] = ()
    anchors: tuple[str, ...] = ()
    speakers: tuple[Card, ...] = ()
    mentions: tuple[FoundMention, ...] = ()
    traits: Traits = Traits()


class Named(Value, frozen=True):
    """The id of a card."""

    id: str


class Told(Value, frozen=True):
    """Of :class:`Found` what a document speaks of: as it was kept, without the rest."""

    card: Named
    traits: Traits = Traits()


def found_in_source(documents: Iterable[Document]) -> list[Found]:
    """Find what the documents of one source say of others, and what they speak of."""
    found = [found_in(document) for document in documents]
    trimmed = trim([one.traits for one in found])
    return [replace(one, traits=traits) for one, traits in zip(found, trimmed, strict=True)]


def found_in(document: Document) -> Found:
    """Find what a document says of others."""
    card = card_of(document)
    speakers: dict[Card, int] = {}
    made = []
    for mention in find_mentions(document, card):
        speaker = speakers.setdefault(mention.passage.card, len(speakers))
        bare = replace(mention, passage=replace(mention.passage, card=_NOBODY))
        made.append(FoundMention(bare, speaker))
    return Found(
        card=card,
        parts=tuple(enclosure_cards(document)),
        anchors=tuple(anchors_of(document)),
        speakers=tuple(speakers),
        mentions=tuple(made),
        traits=traits_of(document),
    )


def mentions_of(found: Found) -> list[Mention]:
    """The mentions with their speakers again."""
    return [
        replace(
            item.mention,
            passage=replace(item.mention.passage, card=found.speakers[item.speaker]),
        )
        for item in found.mentions
    ]


def cards_in(found: Sequence[Found]) -> list[Card]:
    """The cards of documents and of what they enclose."""
    return [card for one in found for card in (one.card, *one.parts)]
