"""Orders without a verb that orders: "you are to wait", "Instruction mailed on the 12th to wait".

A sentence comes in with the predicates found in it; the orders are added to them.
"""

import re

from regesta.describing.acts.predicate import Predicate, conditional
from regesta.describing.acts.reading import Reading
from regesta.describing.acts.shapes import main_clause
from regesta.describing.words import word_set

_WORDS = "acts_words"
#: "You are … to" and "you will be" with its participle or adjective.
_BOUND, _LED = re.compile("pX[An]*T[A]*[VX]"), re.compile("pmA*XA*[we]")
#: An order is made known by its date and what it says within so many words.
_FURTHEST = 8


def add_orders(reading: Reading, found: list[Predicate]) -> None:
    """Add what a reader is ordered by these words."""
    if "you" in reading.words:
        _bound(reading, found)
    if reading.lexicon.bracket:
        _willed(reading, found)
    if not word_set(_WORDS, "dispatched").isdisjoint(reading.words):
        _dispatched(reading, found)


def _bound(reading: Reading, found: list[Predicate]) -> None:
    """ "You are to avoid any promise", "you will be guided by the instructions of the 3d"."""
    lows = reading.s.lows
    guided = word_set(_WORDS, "guided")
    places = [m.start() for m in _BOUND.finditer(reading.tags)]
    places += [m.start() for m in _LED.finditer(reading.tags) if lows[m.end() - 1] in guided]
    for at in places:
        ours = lows[at] == "you" and lows[at + 1] in ("are", "will", "should")
        if not ours or not main_clause(reading, at) or conditional(reading, at):
            continue
        verb = next(k for k in range(at + 2, reading.size) if reading.tags[k] in "VXwe")
        if any(p.at == verb and p.kind == "order" for p in found):
            continue
        found.append(
            Predicate(
                "instruct", reading.group(verb), "order", "you", (at, at + 1), "order", None, "to",
                verb, reading.stop_after(verb + 1), True, "ask", verb, settled=True,
            )
        )  # fmt: skip
    found.sort(key=lambda predicate: predicate.at)


def _willed(reading: Reading, found: list[Predicate]) -> None:
    """German "Euer Exzellenz wollen ihm erklären", "Wollen Sie ihm erklären"."""
    lows, words = reading.s.lows, reading.s.words
    bidding = word_set("acts_de", "bidding")
    for m in [m for m, low in enumerate(lows) if low in bidding]:
        if m and lows[m - 1] in word_set("acts_actors", "excellency"):
            reader = (max(0, m - 2), m)
        elif words[m + 1 : m + 2] and words[m + 1] in word_set("acts_actors", "polite"):
            reader = (m + 1, m + 2)
        else:
            continue
        for predicate in found:
            if predicate.group is not None and predicate.group.modal == lows[m]:
                predicate.subject = reader
        found.append(
            Predicate(
                "instruct", None, "order", "you", reader, "order", None, "to", m + 1,
                reading.stop_after(m + 1), True, "ask", m, settled=True,
                condition=conditional(reading, m),
            )
        )  # fmt: skip
    found.sort(key=lambda predicate: predicate.at)


def _dispatched(reading: Reading, found: list[Predicate]) -> None:
    """ "Instruction mailed on the 12th to demand it": who has sent it is he who writes."""
    tags, lows = reading.tags, reading.s.lows
    orders, sent = reading.lexicon.nouns, word_set(_WORDS, "dispatched")
    for v in [k for k, low in enumerate(lows) if low in sent]:
        noun = orders.get(lows[v - 1]) if v else None
        bare = noun is not None and noun.act == "instruct" and not set(tags[: v - 1]) - set("Aw.,")
        if not bare or noun is None or any(p.at in (v, v - 1) for p in found):
            continue
        to = tags.find("T", v + 1, v + _FURTHEST)
        if to < 0 or tags[to + 1 : to + 2] != "V" or "." in tags[v:to]:
            continue
        found.append(
            Predicate(
                "instruct", None, "noun", noun.lemma, None, "speaker", None, "to", to + 1,
                reading.stop_after(to + 1), False, "ask", v - 1, noun=(v - 1, v),
            )
        )  # fmt: skip
    found.sort(key=lambda predicate: predicate.at)
