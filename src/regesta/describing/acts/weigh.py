"""How firmly an act is known: the marks of a row in, the probability that it is right out.

The weights of the marks stand in ``vocabularies/acts_weights.tsv``: a logistic regression on acts
read one by one, fitted once by ``benchmarks/acts_weights.py``; nothing is fitted here.
"""

import math
from collections.abc import Iterator
from functools import lru_cache

from regesta.describing.acts.actor import Scene
from regesta.describing.acts.reading import Reading
from regesta.describing.acts.row import Row
from regesta.describing.words import rows, word_set

_WORDS = "acts_words"
#: Acts of at least this confidence are certain: read blind by two, nine in ten were right.
CERTAIN = 0.7
#: Below this there is no row.
FLOOR = 0.25
#: In what is addressed to everybody, and in other languages than English, less will do: the weights
#: are of letters and telegrams in English.
LOOSE_FLOOR = 0.15
#: A sentence of more words is long.
LONG = 45
#: A subject so many words before its verb is far.
FAR = 4


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    return {mark: float(weight) for mark, weight in rows("acts_weights")}


def confidence_of(reading: Reading, row: Row, scene: Scene) -> float:
    """The probability that a row is right in actor, act, polarity and modality, 0 to 1."""
    weights = _weights()
    total = weights["bias"] + weights["sure"] * math.log(max(row.sure, 0.05))
    for mark in marks(reading, row, scene):
        total += weights.get(mark, 0.0)
    return round(max(0.01, min(0.99, 1.0 / (1.0 + math.exp(-total)))), 2)


def marks(reading: Reading, row: Row, scene: Scene) -> Iterator[str]:
    """The marks of a row that speak for or against it, each a name of the table of weights."""
    predicate, outer = row.predicate, row.outer
    yield f"kind:{predicate.kind}"
    yield f"word:{predicate.word}"
    yield f"act:{row.act}"
    yield f"found:{predicate.shared or 'none'}"
    yield f"modality:{row.modality}"
    if predicate.sure:
        yield "plain word"
    if row.polarity == "negated":
        yield "negated"
    if predicate.complement:
        yield f"complement:{predicate.complement}"
    if predicate.wrapper:
        yield f"wrapper:{predicate.wrapper}"
    if outer is not None:
        yield f"within:{'order' if outer.predicate.kind == 'order' else outer.predicate.then}"
        if row.modality == "requested":
            yield f"requested within:{outer.predicate.kind}"
    elif row.modality == "requested":
        yield "requested by nobody"
    yield from _of_actor(reading, row, scene)
    yield from _of_sentence(reading, row)


def _of_actor(reading: Reading, row: Row, scene: Scene) -> Iterator[str]:
    """Who acts toward whom, between whom the paper goes."""
    actor, addressee, subject = row.actor, row.addressee, row.predicate.subject
    assert actor is not None
    yield f"actor:{actor.own or actor.sort}"
    if actor.sure < 0.8:
        yield "actor doubtful"
    if addressee is None:
        yield "no addressee"
    elif not addressee.own:
        yield "addressee named"
    if scene.speaker is None:
        yield "nobody speaks"
    elif scene.superior:
        yield "paper:order"
    elif scene.below:
        yield "paper:report"
    elif scene.within:
        yield "paper:service"
    else:
        yield "paper:note"
    if scene.within and row.act in word_set(_WORDS, "telling"):
        yield "telling within"
    if subject is not None:
        low = reading.s.lows[subject[0]]
        if low in word_set("acts_actors", "person"):
            yield "subject:he"
        elif low in word_set("acts_actors", "thing") or low in word_set("acts_actors", "several"):
            yield "subject:it"
        elif low in word_set(_WORDS, "none"):
            yield "subject:none"
        if subject[1] - subject[0] > FAR:
            yield "subject:long"


def _of_sentence(reading: Reading, row: Row) -> Iterator[str]:
    """Where in its sentence it stands, and what the sentence is."""
    predicate, group, tags = row.predicate, row.predicate.group, reading.tags
    first = group.first if group else predicate.at
    if len(tags) > LONG:
        yield "sentence:long"
    if '"' in tags[:first]:
        yield "after a quotation mark"
    if tags.endswith("?") and predicate.kind != "question":
        yield "in a question"
    if predicate.condition:
        yield "condition"
    if group is not None:
        yield f"form:{group.form}"
        if group.passive:
            yield "passive by" if predicate.shared == "agent" else "passive"
        if group.modal:
            yield f"modal:{group.modal}"
    subject = predicate.subject
    if subject is not None:
        if first - subject[1] > FAR:
            yield "subject:far"
        if subject[0] and tags[subject[0] - 1] in "HRSQ":
            yield f"clause:{tags[subject[0] - 1]}"
    if predicate.noun is not None and predicate.kind == "light":
        article = reading.s.lows[predicate.noun[0] - 1]
        yield "noun:definite" if article in word_set(_WORDS, "definite") else "noun:new"
