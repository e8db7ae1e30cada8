"""What the grammar thought of a document, kept while its acts are found: where an act was lost.

Sentences and rows come in as they are read; of a stretch of words and an act, the step at which
it was given up goes out. Nothing is kept unless somebody asks.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from regesta.describing.acts.reading import Reading
from regesta.describing.acts.row import Row
from regesta.describing.words import word_set

#: Why a row is not written that no test speaks against.
NOBODY, ABSORBED, UNLIKELY = "nobody named", "another row says it", "too unlikely"

#: The steps at which an act is lost, in their order.
STEPS = (
    "not read", "kept back", "not in the lexicon", "no verb", "frame", "actor", "tests",
    "absorbed", "unlikely", "another act", "written",
)  # fmt: skip


class Loss(NamedTuple):
    """Where an act was lost.

    Attributes:
        step: One of :data:`STEPS`.
        word: The word at which it was: a verb, noun or adjective of the lexicon, or the verbs
            that it does not know as this act.
        why: What the step says of it.
    """

    step: str
    word: str = ""
    why: str = ""


@dataclass(slots=True)
class Trace:
    """What was thought of a document.

    Attributes:
        passed: Sentences that the sieve kept back.
        read: The sentences that were read, with every row, those not written too.
    """

    passed: list[tuple[int, int]] = field(default_factory=list)
    read: list[tuple[Reading, list[Row]]] = field(default_factory=list)

    def judged(self, reading: Reading, rows: list[Row]) -> None:
        """Remember a sentence and its rows."""
        self.read.append((reading, rows))

    def lost(self, act: str, start: int, end: int) -> Loss:
        """Say where an act in ``[start, end)`` of the text was lost.

        Of several rows the one counts that came furthest.
        """
        here = [
            (reading, rows, *_tokens(reading, start, end))
            for reading, rows in self.read
            if _meets(reading, start, end)
        ]
        losses = [
            _of_row(row)
            for _, rows, first, last in here
            for row in rows
            if act in (row.act, row.predicate.act) and _stands(row, first, last)
        ]
        if losses:
            return max(losses, key=lambda loss: STEPS.index(loss.step))
        for reading, _, first, last in here:
            losses += _of_words(reading, act, first, last)
        if losses:
            return max(losses, key=lambda loss: STEPS.index(loss.step))
        if not here:
            kept = any(a < end and start < b for a, b in self.passed)
            return Loss("kept back" if kept else "not read")
        others = [
            Loss("not in the lexicon", row.predicate.word, f"{row.predicate.kind} {row.act}")
            for _, rows, first, last in here
            for row in rows
            if _stands(row, first, last)
        ]
        words = sorted({word for reading, _, a, b in here for word in _verbs(reading, a, b)})
        return others[0] if others else Loss("not in the lexicon", " ".join(words))


def _meets(reading: Reading, start: int, end: int) -> bool:
    first, last = reading.s.offsets(0, reading.size - 1) if reading.size else (0, 0)
    return first < end and start < last


def _tokens(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """The tokens of a stretch of the text."""
    every = range(reading.size)
    inside = [i for i in every if reading.s.offsets(i, i)[1] > start]
    first = inside[0] if inside else reading.size
    last = next((i for i in every if reading.s.offsets(i, i)[0] >= end), reading.size)
    return first, last


def _stands(row: Row, first: int, last: int) -> bool:
    return first <= row.predicate.at < last


def _of_row(row: Row) -> Loss:
    word = f"{row.predicate.kind}:{row.predicate.word}"
    if row.gone == NOBODY:
        how = row.predicate.group
        shape = "passive" if how is not None and how.passive else row.predicate.shared
        return Loss("actor", word, shape if row.predicate.subject is None else f"{shape}, named")
    if row.gone == ABSORBED:
        return Loss("absorbed", word)
    if row.gone == UNLIKELY:
        return Loss("unlikely", word, f"{row.confidence:.1f}")
    if row.gone:
        return Loss("tests", word, row.gone)
    return Loss("written" if row.act == row.predicate.act else "another act", word)


def _of_words(reading: Reading, act: str, first: int, last: int) -> Iterator[Loss]:
    """Words of the lexicon that could show an act, and gave no predicate."""
    lexicon, lows, tags = reading.lexicon, reading.s.lows, reading.tags
    for i in range(first, min(last, reading.size)):
        low = lows[i]
        lemma = lexicon.lemmas.get(low, "")
        if any(frame.act == act for frame in lexicon.frames.get(lemma, ())):
            verb = tags[i] in "Vseg"
            yield Loss("frame" if verb else "no verb", lemma, "" if verb else tags[i])
        noun = lexicon.nouns.get(low)
        if noun is not None and noun.act == act:
            yield Loss("frame", f"noun:{noun.lemma}")
        if any(act in (e.act, e.denied) for e in lexicon.adjectives.get(low, ())):
            yield Loss("frame", f"adjective:{low}")


def _verbs(reading: Reading, first: int, last: int) -> Iterator[str]:
    """The verbs of a stretch, by their lemmas, without the commonest."""
    for i in range(first, min(last, reading.size)):
        low = reading.s.lows[i]
        lemma = reading.lexicon.lemmas.get(low, low)
        if reading.tags[i] in "Vseg" and lemma not in word_set("acts_words", "unordered"):
            yield lemma
