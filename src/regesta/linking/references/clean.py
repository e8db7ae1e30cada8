"""First step: a document into passages of one voice, each with who speaks in it, to whom and when.

Headings, datelines, source notes and signatures are left out. Offsets stay those of the document.
"""

from collections.abc import Iterator, Sequence

from regesta.documents import Document
from regesta.linking.base import Card, Passage, Voice
from regesta.linking.cards import card_of, enclosure_cards
from regesta.linking.words import LANGUAGES

#: Layers in which nobody mentions a document, or an editor speaks of this one.
_SILENT = {"heading", "dateline", "signature", "source note", "salutation"}
#: Layers with a speaker of their own.
_VOICES: dict[str, Voice] = {"quotation": "quotation", "enclosure": "enclosure"}
#: Start, end, voice or None for silence, and the paper that speaks, where it is one of its own.
_Span = tuple[int, int, Voice | None, Card | None]
#: Longest passage that is read, in code points; a longer text is read in pieces of this size.
LONGEST = 200_000


def clean(document: Document, card: Card | None = None) -> list[Passage]:
    """Give the passages of a document's text and of its notes, in the order of the text."""
    card = card or card_of(document)
    languages = _languages(document)
    papers = {paper.part: paper for paper in enclosure_cards(document)}
    passages: list[Passage] = []
    opens = True
    for start, end, voice, paper in _stretches(document, card, papers):
        if document.text[start:end].isspace():
            continue
        for a, b in _pieces(start, end):
            passages.append(Passage(a, b, voice, paper, None, languages, opens))
            opens = False
    for i, note in enumerate(document.notes):
        passages += [
            Passage(start=a, end=b, voice="note", card=card, note=i, languages=languages)
            for a, b in _pieces(0, len(note.text))
        ]
    return passages


def _languages(document: Document) -> tuple[str, ...]:
    """The grammars to read with: that of the language, or all where it is not known."""
    language = document.word("language")[:2]
    if not language:
        return LANGUAGES
    return (language,) if language in LANGUAGES else ()


def _pieces(start: int, end: int) -> Iterator[tuple[int, int]]:
    for at in range(start, end, LONGEST):
        yield at, min(at + LONGEST, end)


def _stretches(
    document: Document, card: Card, papers: dict[str, Card]
) -> Iterator[tuple[int, int, Voice, Card]]:
    """Sweep over the layers: between two bounds, the innermost that has a voice speaks.

    A quotation has the card of what quotes it, without its parties: "my" is not the writer's there.
    """
    spans: list[_Span] = []
    for layer in document.layers:
        if layer.kind in _SILENT:
            spans.append((layer.start, layer.end, None, None))
        elif layer.kind in _VOICES:
            spans.append((layer.start, layer.end, _VOICES[layer.kind], None))
    for enclosure in document.enclosures:
        nobody = Card(id=card.id, collection=card.collection, part=enclosure.id, order=card.order)
        paper = papers.get(enclosure.id, nobody)
        spans.append((enclosure.start, enclosure.end, "enclosure", paper))
    if not spans:
        yield 0, len(document.text), "body", card
        return
    yield from _sweep(spans, len(document.text), card)


def _sweep(
    spans: Sequence[_Span], length: int, card: Card
) -> Iterator[tuple[int, int, Voice, Card]]:
    # Of two spans that begin together the longer one is outside; a paper outside of its layer.
    rest = sorted(spans, key=lambda s: (s[0], -s[1], s[3] is not None), reverse=True)
    stack: list[tuple[int, Voice | None, Card]] = [(length, "body", card)]
    at = 0
    while stack:
        end, voice, speaker = stack[-1]
        if rest and rest[-1][0] < end:
            start, stop, kind, paper = rest.pop()
            if at < start and voice:
                yield at, start, voice, speaker
            at = max(at, start)
            inside = paper or (_quoted(speaker) if kind in _VOICES else speaker)
            if paper is None and kind == "enclosure" and voice == "enclosure":
                inside = speaker
            stack.append((min(stop, end), kind, inside))
            continue
        if at < end and voice:
            yield at, end, voice, speaker
        at = max(at, end)
        stack.pop()


def _quoted(card: Card) -> Card:
    """A card that knows its day and nobody who speaks."""
    return Card(
        id=card.id, collection=card.collection, part=card.part, order=card.order, day=card.day
    )
